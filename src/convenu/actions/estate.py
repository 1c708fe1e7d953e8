"""The estate: which contracts a changed rule or figure concerns, by article, with the subject of the amendment.

A passage goes through the drafts in slices, each kept in one transaction: left in the middle, it goes on where it stood. On each
contract only the rules whose verdict no longer holds look again, and with the terms kept beside it, so that nothing else is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import answers_of, reading_of
from convenu.actions.drafted import law_day
from convenu.actions.estate_workers import UNREADABLE, Looking, here
from convenu.actions.look_up import row
from convenu.actions.permissions import Permission, require
from convenu.actions.summaries import answer_changes
from convenu.agreement.assemble import assemble
from convenu.agreement.library import Library
from convenu.agreement.looking_again import Again, Asked, Kept
from convenu.agreement.rule import Rule
from convenu.agreement.verdicts import Cause, Move, Pack, Places, Sources, digest, what_law_says
from convenu.law.book import watched
from convenu.library import loader
from convenu.library.rules import fingerprint_of
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, ContractVerdicts, EstatePass, Membership, Organisation
from convenu.terms.files import as_data
from convenu.vocabulary import french
from convenu.vocabulary.kept_text import packed
from convenu.vocabulary.member_lines import in_lines
from convenu.vocabulary.mistakes import Mistake, MistakesError

# Contracts read, checked and kept together: some seconds of work when each is read for the first time.
SLICE = 50
# Beside the figures that the words print: the library that writes them.
LIBRARY = "library"
# What is kept of a contract's own reading.
READ = frozenset({"stamp", "terms", "terms_digest", "places", "words", "printed"})
# What most contracts of a passage never need: read from the database when a rule looks again.
HEAVY = ("terms", "places", "words", "verdicts")
DEFAULTS = ("segment_terms", "sector_packs", "house_terms")


@dataclass(frozen=True, slots=True)
class EstateLine:
    """A finding on a contract as a passage saw it: what became of it, why its rule looked again, and the amendment it calls for."""

    contract: Contract
    rule: Rule | None
    move: str
    cause: str
    where: str
    said: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The rule's title; its name when it has left the library."""
        return french.typography(self.rule.title) if self.rule else str(self.said["rule"])

    @property
    def move_label(self) -> str:
        """What became of the finding, in French."""
        return Move(self.move).label

    @property
    def cause_label(self) -> str:
        """Why its rule looked again, in French; empty when it did not."""
        return Cause(self.cause).label if self.cause else ""

    @property
    def subject(self) -> str | None:
        """The subject of the amendment, to be reread; none where nothing is to be mended."""
        return None if self.move == Move.LIFTED or self.rule is None else subject_of(self.rule, self.said)

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "reference": self.contract.reference,
            "client": self.contract.client.name,
            "rule": self.said["rule"],
            "title": self.title,
            "status": self.move,
            "cause": self.cause,
            "where": self.where,
            "message": self.said["message"],
            "subject": self.subject,
        }


def begin_pass(
    member: Membership, *, rules: Sequence[str] = (), figures: Sequence[str] = (), on: date | None = None, now: datetime
) -> EstatePass:
    """Begin a passage over the drafts of the organisation; unknown rules and figures are told together."""
    require(member, Permission.SEE)
    library = loader.current()
    known = {rule.id for rule in library.rules}
    mistakes = [Mistake(one, _("aucune règle ne porte ce nom"), _("« convenu rules » les liste.")) for one in rules if one not in known]
    mistakes += [
        Mistake(one, _("aucun chiffre de ce nom"), _("Noms connus : %(names)s.") % {"names": ", ".join(library.law.names)})
        for one in figures
        if one not in library.law.names
    ]
    if mistakes:
        raise MistakesError(mistakes)
    return EstatePass.objects.create(
        on=on, rules=list(dict.fromkeys(rules)), figures=list(dict.fromkeys(figures)), started_at=now, total=_drafts().count()
    )


def estate(member: Membership, passage: EstatePass, *, now: datetime, looking: Looking = here) -> Iterator[EstatePass]:
    """Go on with a passage: after each slice, how far it is. Nothing is lost when the caller stops asking."""
    require(member, Permission.SEE)
    library, kept = loader.current(), row(EstatePass, passage.pk)
    pack = Pack(library.rules, library.law, {rule.id: fingerprint_of(rule) for rule in library.rules})
    while kept.finished_at is None:
        kept = _one_slice(kept, pack, looking, now)
        yield kept


def last_pass(member: Membership) -> EstatePass | None:
    """The latest passage, if there was one."""
    require(member, Permission.SEE)
    return EstatePass.objects.first()


def lines_of(rows: Iterable[ContractVerdicts]) -> Iterator[EstateLine]:
    """What the last passage saw on some contracts, a line a finding."""
    rules = {rule.id: rule for rule in loader.current().rules}
    for kept in rows:
        for line in kept.lines:
            yield EstateLine(kept.contract, rules.get(line["rule"]), line["move"], line["cause"], line["where"], line)


def concerned(member: Membership, passage: EstatePass) -> Any:
    """The contracts of which a passage has something to say, by client and reference."""
    require(member, Permission.SEE)
    rows = ContractVerdicts.objects.filter(passage=passage, line_count__gt=0)
    return rows.select_related("contract__client").order_by("contract__client__name", "contract__reference")


def unread(member: Membership, passage: EstatePass) -> Any:
    """The contracts that the passage could not read, whole or in part."""
    require(member, Permission.SEE)
    rows = ContractVerdicts.objects.filter(passage=passage).exclude(trouble="")
    return rows.select_related("contract__client").order_by("contract__client__name", "contract__reference")


def subject_of(rule: Rule, said: Mapping[str, Any]) -> str:
    """The subject of an amendment that would mend a finding: the article, what it is about, the risk, and the text of law."""
    law = " ; ".join(cited.citation for cited in rule.law)
    about = said["where"] + (f" ({_inside(said['about'])})" if said["about"] else "")
    because = f" Risque à vérifier au regard de : {law}." if law else " Risque d’exploitation à vérifier."
    if said["status"] != "found":
        return french.typography(f"Avant tout avenant : compléter ce qui manque pour vérifier « {rule.title} », {about}.{because}")
    if rule.look is None:
        return french.typography(f"Avant tout avenant : question à l’avocat, {about} : {rule.title}.{because}")
    article = said["where"].startswith(("article", "annexe"))
    revised = f"révision de l’{about}" if article else f"révision de ce qui touche à « {about} »"
    remedy = said["remedy"].rstrip(". ")
    return french.typography(f"Avenant : {revised} : {rule.title}. {remedy}.{because}")


def _inside(title: str) -> str:
    """A title inside a sentence; an acronym keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _drafts() -> Any:
    return Contract.objects.filter(status=ContractStatus.DRAFT)


@transaction.atomic
def _one_slice(begun: EstatePass, pack: Pack, looking: Looking, now: datetime) -> EstatePass:
    # One passage of an organisation at a time, and one page of it: the others wait, then go on from there.
    Organisation.objects.select_for_update().get(pk=begun.organisation_id)
    passage = row(EstatePass, begun.pk, to_change=True)
    if passage.finished_at is not None:
        return passage
    following = _drafts().select_related("house_version").defer(*DEFAULTS).order_by("pk")
    contracts = list(following.filter(pk__gt=passage.cursor)[:SLICE] if passage.cursor else following[:SLICE])
    keys = [contract.pk for contract in contracts]
    kept = {one.contract_id: one for one in ContractVerdicts.objects.filter(contract__in=keys).defer(*HEAVY, "lines")}
    answers = answer_changes(keys)
    drafts = [_Drafted(passage, pack, contract, kept.get(contract.pk), passage.on or law_day(contract, now)) for contract in contracts]
    unsettled = [one for one in drafts if one.unsettled(_stamp(one.contract, answers.get(one.contract.pk)))]
    _read_heavy(one.row for one in unsettled)
    asked = Asked(rules=tuple(passage.rules), figures=tuple(passage.figures))
    seen = looking(pack, asked, [one.kept for one in unsettled])
    passage.looks += sum(one.take(again) for one, again in zip(unsettled, seen, strict=True))
    _write(passage, [one for one in drafts if one.changed])
    passage.checked += len(contracts)
    if len(contracts) < SLICE:
        passage.finished_at, passage.total = now, passage.checked
    else:
        passage.cursor = keys[-1]
    passage.save()
    return passage


def _stamp(contract: Contract, answers: Any) -> str:
    """What the contract's terms come from: its own row and its answers."""
    seen = [contract.updated_at, contract.library_release, contract.library_hash, contract.house_version_id, answers]
    return hashlib.sha256(json.dumps(seen, default=str, sort_keys=True).encode()).hexdigest()


def _read_heavy(rows: Iterable[ContractVerdicts]) -> None:
    """Read at once what was left out of some rows, where nothing took its place meanwhile."""
    lacking = {row.pk: row for row in rows if not row._state.adding}  # noqa: SLF001 - how Django tells a row that is not kept yet
    for found in ContractVerdicts.objects.filter(pk__in=lacking).values("pk", *HEAVY):
        row = lacking[found["pk"]]
        for name in row.get_deferred_fields().intersection(HEAVY):
            setattr(row, name, found[name])


def _write(passage: EstatePass, changed: Sequence[_Drafted]) -> None:
    """Keep what was seen; the passage that saw it is written for all of them at once, for the guard looks at each row pointed to."""
    for one in changed:
        if one.row._state.adding:  # noqa: SLF001 - how Django tells a row that is not kept yet
            one.row.save()
        else:
            ContractVerdicts.objects.filter(pk=one.row.pk).update(**{name: getattr(one.row, name) for name in one.changed})
    ContractVerdicts.objects.filter(pk__in=[one.row.pk for one in changed]).update(passage=passage)


class _Drafted:
    """One contract during a passage: what is kept of it, and whether it moved since."""

    def __init__(self, passage: EstatePass, pack: Pack, contract: Contract, row: ContractVerdicts | None, on: date) -> None:
        self.pack, self.contract, self.on = pack, contract, on
        self.chosen = passage.chosen
        self.row = row or ContractVerdicts(contract=contract)
        # The columns of the row to be written.
        self.changed: set[str] = set()

    def unsettled(self, stamp: str) -> bool:
        """Read the contract again if it moved; whether some verdict may no longer hold, told without reading any."""
        try:
            if self._read_if_moved(stamp):
                self.changed |= READ
        except UNREADABLE as error:
            self.unreadable(str(error))
            return False
        if self.chosen or self.row.settled != self._settled or not self.pack.still_says(self.row.figures):
            return True
        if self.changed or self.row.trouble:
            self._tell(())
        return False

    @property
    def kept(self) -> Kept:
        """What the rules look at again."""
        row = self.row
        news = bool(self.changed or row.trouble) or (not self.chosen and row.settled != self._settled)
        return Kept(terms=row.terms, places=row.places, words=bytes(row.words), verdicts=row.verdicts, now=self._now, news=news)

    def take(self, again: Again | str) -> int:
        """Take what was seen, or why nothing could be; how many rules looked."""
        if isinstance(again, str):
            self.unreadable(again)
            return 0
        if again.verdicts is not None:
            self.row.verdicts, self.row.figures = again.verdicts, again.figures
            self.row.settled = "" if self.chosen else self._settled
            self.changed |= {"verdicts", "settled", "figures"}
            self._tell(again.lines)
        return again.looks

    def unreadable(self, reason: str) -> None:
        """Tell why; without a stamp, the contract is read again at the next passage."""
        self.row.stamp, self.row.trouble = "", _("Ce contrat n’a pas pu être lu : %(reason)s") % {"reason": reason[:500]}
        self.changed = {"stamp"}
        self._tell(())

    def _tell(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self.row.lines, self.row.line_count = list(lines), len(lines)
        self.changed |= {"lines", "line_count", "trouble"}

    @property
    def _now(self) -> Sources:
        row = self.row
        return Sources(on=self.on, terms=row.terms_digest, text=digest([row.terms_digest, row.printed]))

    @cached_property
    def _settled(self) -> str:
        """A digest of the rules, the day, the terms and what the words come from: the same, and every verdict holds."""
        return digest([self.pack.edition(self.on), self._now.terms, self._now.text])

    def _read_if_moved(self, stamp: str) -> bool:
        """Read the contract again when its answers, its library or a figure that its words print moved since; whether it was."""
        row, library = self.row, library_of(self.contract)
        moved = row.stamp != stamp or any(self._law_says(library, name) != said for name, said in row.printed.items() if name != LIBRARY)
        if not moved and row.printed.get(LIBRARY) == library.hash:
            return False
        reading = reading_of(self.contract, answers_of(self.contract))
        data, book = as_data(reading.terms), watched(library.law)
        text = assemble(reading.terms, replace(library, law=book), on=self.on)
        places = Places.of(text)
        row.stamp, row.terms, row.terms_digest = stamp, in_lines(data), digest(data)
        row.words = packed(text)
        row.places = json.dumps([places.sections, places.stated], ensure_ascii=False)
        row.printed = {LIBRARY: library.hash, **{name: said for (name, day), said in book.asked.items() if day == self.on}}
        row.trouble = " ".join(str(mistake) for mistake in reading.unreadable)
        return True

    def _law_says(self, library: Library, name: str) -> str:
        """What the figures that write a contract say; most contracts are written with those of the day, which are asked once."""
        same = library.law is self.pack.law
        return self.pack.said(name, self.on.isoformat()) if same else what_law_says(library.law, name, self.on)
