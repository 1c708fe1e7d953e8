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
from convenu.actions.look_up import row
from convenu.actions.permissions import Permission, require
from convenu.actions.summaries import answer_changes
from convenu.agreement.assemble import assemble
from convenu.agreement.check import place_of
from convenu.agreement.library import Library
from convenu.agreement.rule import Rule
from convenu.agreement.verdicts import Cause, Move, Moved, Pack, Places, Sources, Verdict, digest, figures_in, moves, what_law_says
from convenu.law.book import watched
from convenu.library import loader
from convenu.library.rules import fingerprint_of
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, ContractVerdicts, EstatePass, Membership, Organisation
from convenu.terms.contract import Terms, label_of
from convenu.terms.files import as_data
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText, Section
from convenu.vocabulary.kept_text import packed, unpacked
from convenu.vocabulary.member_lines import MemberLines, in_lines
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
NO_TERMS = Terms()
# What a contract that no longer holds together may raise: a release not shipped, a value of another shape, rules that contradict.
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)


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


def estate(member: Membership, passage: EstatePass, *, now: datetime) -> Iterator[EstatePass]:
    """Go on with a passage: after each slice, how far it is. Nothing is lost when the caller stops asking."""
    require(member, Permission.SEE)
    library, kept = loader.current(), row(EstatePass, passage.pk)
    pack = Pack(library.rules, library.law, {rule.id: fingerprint_of(rule) for rule in library.rules})
    while kept.finished_at is None:
        kept = _one_slice(kept, pack, now)
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
def _one_slice(begun: EstatePass, pack: Pack, now: datetime) -> EstatePass:
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
    looked = [_Kept(passage, pack, contract, kept.get(contract.pk), passage.on or law_day(contract, now)) for contract in contracts]
    unsettled = [one for one in looked if one.unsettled(_stamp(one.contract, answers.get(one.contract.pk)))]
    _read_heavy(one.row for one in unsettled)
    passage.looks += sum(one.look() for one in unsettled)
    _write(passage, [one for one in looked if one.changed])
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


def _write(passage: EstatePass, changed: Sequence[_Kept]) -> None:
    """Keep what was seen; the passage that saw it is written for all of them at once, for the guard looks at each row pointed to."""
    for one in changed:
        one.row.line_count = len(one.row.lines)
        if one.row._state.adding:  # noqa: SLF001 - how Django tells a row that is not kept yet
            one.row.save()
        else:
            ContractVerdicts.objects.filter(pk=one.row.pk).update(**{name: getattr(one.row, name) for name in one.changed})
    ContractVerdicts.objects.filter(pk__in=[one.row.pk for one in changed]).update(passage=passage)


class _Kept:
    """One contract during a passage: what was kept of it, and what is read anew only if a rule asks for it."""

    def __init__(self, passage: EstatePass, pack: Pack, contract: Contract, row: ContractVerdicts | None, on: date) -> None:
        self.passage, self.pack, self.contract, self.on = passage, pack, contract, on
        self.row = row or ContractVerdicts(contract=contract)
        # The columns of the row to be written.
        self.changed: set[str] = set()
        self._now: Sources | None = None
        self._read_anew: Terms | None = None
        self._drawn: dict[str, Verdict] = {}

    def unsettled(self, stamp: str) -> bool:
        """Read the contract again if it moved; whether some verdict may no longer hold, told without reading any."""
        try:
            if self._read_if_moved(stamp):
                self.changed |= READ
        except UNREADABLE as error:
            self._unreadable(error)
            return False
        row = self.row
        self._now = Sources(on=self.on, terms=row.terms_digest, text=digest([row.terms_digest, row.printed]))
        if self.passage.chosen or row.settled != self._settled or not self.pack.still_says(row.figures):
            return True
        if self.changed or row.trouble:
            self._tell([])
        return False

    def look(self) -> int:
        """Let each rule look whose verdict no longer holds, and keep what was found; how many looked."""
        try:
            return self._look(self._now) if self._now else 0
        except UNREADABLE as error:
            self._unreadable(error)
            return 0

    def _unreadable(self, error: Exception) -> None:
        # No stamp: it is read again at the next passage.
        self.row.stamp, self.row.trouble = "", _("Ce contrat n’a pas pu être lu : %(reason)s") % {"reason": str(error)[:500]}
        self.changed = {"stamp"}
        self._tell([])

    def _tell(self, lines: list[dict[str, Any]]) -> None:
        self.row.lines = lines
        self.changed |= {"lines", "line_count", "trouble"}

    @cached_property
    def _settled(self) -> str:
        """A digest of the rules, the day, the terms and what the words come from: the same, and every verdict holds."""
        return digest([self.pack.edition(self.on), self._now and [self._now.terms, self._now.text]])

    def _look(self, now: Sources) -> int:
        stale = {
            rule.id: cause
            for rule in self.pack.looking
            if self._may_be_asked(rule) and (cause := self.pack.stale(rule, self.kept(rule.id), now, lambda: self.data))
        }
        terms = self._terms_of(stale)
        lines = []
        for rule in self.pack.looking:
            if rule.id not in stale and not self.passage.chosen:
                continue
            before = after = self.kept(rule.id)
            if rule.id in stale:
                after = self.pack.verdict(rule, lambda: self.data, terms, self, lambda: self.text, now)
            if after is not None and self._asked(rule, before, after):
                self._drawn[rule.id] = after
                lines += [self._line(rule, one, stale.get(rule.id)) for one in moves(before, after) if self._tells(one)]
        settling = not self.passage.chosen and self.row.settled != self._settled
        if stale or lines or self.changed or settling or self.row.trouble:
            self._keep_verdicts("" if self.passage.chosen else self._settled)
            self._tell(lines)
        return len(stale)

    def kept(self, rule: str) -> Verdict | None:
        """The last verdict of a rule."""
        return self._drawn.get(rule) or self.verdicts.get(rule)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdicts as kept; those of rules that left the pack are dropped."""
        looking = self.pack.bases(self.on)
        return {key: Verdict._make(one) for key, one in json.loads(self.row.verdicts).items() if key in looking}

    def _keep_verdicts(self, settled: str) -> None:
        verdicts = self.verdicts | self._drawn
        self.row.verdicts = json.dumps(verdicts, ensure_ascii=False, separators=(",", ":"))
        self.row.settled, self.row.figures = settled, figures_in(verdicts.values())
        self.changed |= {"verdicts", "settled", "figures"}

    def section(self, clause: str) -> Section | None:
        """The section of a clause, without its words."""
        return self.places.section(clause)

    def stating(self, term: str) -> Section | None:
        """The section that states a term, without its words."""
        return self.places.stating(term)

    def _may_be_asked(self, rule: Rule) -> bool:
        return not self.passage.rules or bool(self.passage.figures) or rule.id in self.passage.rules

    def _asked(self, rule: Rule, before: Verdict | None, after: Verdict) -> bool:
        """Whether the passage is about this rule, or about a figure that it reads or read; a verdict that is not stays to be told."""
        figures = self.passage.figures
        if not self.passage.chosen or rule.id in self.passage.rules:
            return True
        return after.reads_figure(figures) or (before is not None and before.reads_figure(figures))

    def _tells(self, moved: Moved) -> bool:
        return self.passage.chosen or moved.move is not Move.UNCHANGED

    def _line(self, rule: Rule, moved: Moved, cause: Cause | None) -> dict[str, Any]:
        found = moved.found
        section = self.section(found.clause) if found.clause else None
        where = place_of(section) if section else label_of(found.terms[0]) if found.terms else "ensemble du contrat"
        return {
            "rule": rule.id,
            "move": moved.move.value,
            "cause": cause.value if cause else "",
            "where": french.typography(where),
            "about": section.title if section and section.number else "",
            "message": found.message,
            "status": found.status,
            "severity": found.severity,
            "remedy": found.remedy,
        }

    def _read_if_moved(self, stamp: str) -> bool:
        """Read the contract again when its answers, its library or a figure that its words print moved since; whether it was."""
        row, library = self.row, library_of(self.contract)
        moved = row.stamp != stamp or any(self._law_says(library, name) != said for name, said in row.printed.items() if name != LIBRARY)
        if not moved and row.printed.get(LIBRARY) == library.hash:
            return False
        reading = reading_of(self.contract, answers_of(self.contract))
        self._read_anew = reading.terms
        self.data = as_data(reading.terms)
        book = watched(library.law)
        self.text = assemble(reading.terms, replace(library, law=book), on=self.on)
        self.places = Places.of(self.text)
        row.stamp, row.terms, row.terms_digest = stamp, in_lines(self.data), digest(self.data)
        row.words = packed(self.text)
        row.places = json.dumps([self.places.sections, self.places.stated], ensure_ascii=False)
        row.printed = {LIBRARY: library.hash, **{name: said for (name, day), said in book.asked.items() if day == self.on}}
        row.trouble = " ".join(str(mistake) for mistake in reading.unreadable)
        return True

    def _law_says(self, library: Library, name: str) -> str:
        """What the figures that write a contract say; most contracts are written with those of the day, which are asked once."""
        same = library.law is self.pack.law
        return self.pack.said(name, self.on.isoformat()) if same else what_law_says(library.law, name, self.on)

    def _terms_of(self, stale: Iterable[str]) -> Terms:
        """The terms that these rules may read, and no other: reading all three hundred takes longer than most rules."""
        if self._read_anew is not None:
            return self._read_anew
        chosen = set(stale)
        wanted = frozenset().union(*(self.pack.terms_of(rule) for rule in self.pack.looking if rule.id in chosen))
        return Terms.model_validate({key: self.data[key] for key in wanted if key in self.data}) if wanted else NO_TERMS

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The terms as kept."""
        return MemberLines(self.row.terms)

    @cached_property
    def text(self) -> ContractText:
        """The contract's words, as kept: what they come from has not moved, save the day."""
        return replace(unpacked(bytes(self.row.words)), law_day=self.on.isoformat())

    @cached_property
    def places(self) -> Places:
        """Where each term stands."""
        sections, stated = json.loads(self.row.places)
        return Places({clause: (number, title) for clause, (number, title) in sections.items()}, stated)
