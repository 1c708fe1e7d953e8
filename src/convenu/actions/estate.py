"""The estate: which contracts a changed rule or figure concerns, by article, with the subject of the amendment.

A passage goes through the drafts in slices. What a slice saw is kept in one transaction, after the looking, so that the pages wait for
nobody: stopped in the middle, it goes on where it stood. On each contract only the rules whose verdict no longer holds look again, and
with the terms kept beside it, so that nothing else is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions import background
from convenu.actions.contract_library import library_of
from convenu.actions.drafted import law_day
from convenu.actions.estate_reading import UNREADABLE, Due, Looked, digest_of_words
from convenu.actions.estate_workers import Looking, here, on_every_core
from convenu.actions.look_up import row
from convenu.actions.permissions import Permission, require
from convenu.actions.summaries import answer_changes
from convenu.agreement.library import Library
from convenu.agreement.looking_again import Asked, Kept, Printed
from convenu.agreement.printed_figures import stand_alone
from convenu.agreement.rule import Rule
from convenu.agreement.verdicts import Cause, Move, Pack, Sources, digest, what_law_says
from convenu.library import loader
from convenu.library.rules import fingerprint_of
from convenu.store.contracts import ContractStatus
from convenu.store.models import Answer, Contract, ContractVerdicts, EstatePass, Membership
from convenu.store.work import WorkState
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError

# Contracts read, checked and kept together: some seconds of work when each is read for the first time.
SLICE = 100
# What most contracts of a passage never need: read from the database when a rule looks again.
HEAVY = ("terms", "places", "words", "rewritten", "verdicts")
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
        """The rule's title, its name when it has left the library; of a figure that an article prints, what is to be reread."""
        if self.figure:
            return _("Chiffre écrit dans le contrat")
        return french.typography(self.rule.title) if self.rule else str(self.said["rule"])

    @property
    def figure(self) -> str:
        """The figure of the law that the article prints, when the line is about one and not about a finding."""
        return str(self.said["figure"])

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
        if self.figure:
            return _subject_of_figure(self.said)
        return None if self.move == Move.LIFTED or self.rule is None else subject_of(self.rule, self.said)

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "reference": self.contract.reference,
            "client": self.contract.client.name,
            "rule": self.said["rule"] or None,
            "figure": self.figure or None,
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
    passage = EstatePass(on=on, rules=list(dict.fromkeys(rules)), figures=list(dict.fromkeys(figures)), total=_drafts().count())
    passage.state, passage.at, passage.by, passage.seen_at = WorkState.RUNNING, now, member.user, now
    passage.save()
    return passage


@transaction.atomic
def begin_behind(
    member: Membership, *, rules: Sequence[str] = (), figures: Sequence[str] = (), on: date | None = None, now: datetime
) -> EstatePass:
    """Begin a passage behind the pages; `begin_pass` is for whoever goes through it at once."""
    passage = begin_pass(member, rules=rules, figures=figures, on=on, now=now)
    background.begin(passage)
    return passage


@transaction.atomic
def stop_pass(member: Membership, passage: EstatePass, *, now: datetime) -> None:
    """Stop a passage; what it saw stays."""
    require(member, Permission.SEE)
    background.ask_to_stop(passage, now=now)


@transaction.atomic
def pass_again(member: Membership, passage: EstatePass, *, now: datetime) -> None:
    """Go on with a passage that failed, was stopped or was left alone."""
    require(member, Permission.SEE)
    background.begin_again(passage, now=now)


def go_through(work: EstatePass, progress: background.Progress) -> None:
    """What the worker does of a passage, on every core; `work` is its row."""
    progress.expect(_drafts().count())
    with on_every_core() as looking:
        for seen in _slices(work, looking, work.at):
            progress(seen)


def estate(member: Membership, passage: EstatePass, *, now: datetime, looking: Looking = here) -> Iterator[EstatePass]:
    """Go through a passage that was begun: after each slice, how far it is."""
    require(member, Permission.SEE)
    work = row(EstatePass, passage.pk)
    work.done = 0
    for seen in _slices(work, looking, now):
        work.done, work.seen_at = work.done + seen, timezone.now()
        work.save(update_fields=["done", "seen_at"])
        yield work
        work.refresh_from_db(fields=["stop_asked"])
        if work.stop_asked:
            break
    work.state, work.finished_at = WorkState.STOPPED if work.stop_asked else WorkState.DONE, now
    work.save(update_fields=["state", "finished_at"])
    yield work


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
    about = _about(said)
    because = f" Risque à vérifier au regard de : {law}." if law else " Risque d’exploitation à vérifier."
    if said["status"] != "found":
        return french.typography(f"Avant tout avenant : compléter ce qui manque pour vérifier « {rule.title} », {about}.{because}")
    if rule.look is None:
        return french.typography(f"Avant tout avenant : question à l’avocat, {about} : {rule.title}.{because}")
    remedy = said["remedy"].rstrip(". ")
    return french.typography(f"Avenant : {_revised(said)} : {rule.title}. {remedy}.{because}")


def _subject_of_figure(said: Mapping[str, Any]) -> str | None:
    """The subject of an amendment that follows a figure of the law; none while the article writes what the law says."""
    if said["before"] == said["now"]:
        return None
    return french.typography(f"Avenant : {_revised(said)} : y écrire {said['now']} au lieu de {said['before']}. {said['message']}")


def _about(said: Mapping[str, Any]) -> str:
    return str(said["where"]) + (f" ({_inside(said['about'])})" if said["about"] else "")


def _revised(said: Mapping[str, Any]) -> str:
    article = said["where"].startswith(("article", "annexe"))
    return f"révision de l’{_about(said)}" if article else f"révision de ce qui touche à « {_about(said)} »"


def _inside(title: str) -> str:
    """A title inside a sentence; an acronym keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _drafts() -> Any:
    return Contract.objects.filter(status=ContractStatus.DRAFT)


def _slices(passage: EstatePass, looking: Looking, now: datetime) -> Iterator[int]:
    """Go through the drafts in the order of their keys; how many were seen before, then by each slice."""
    library = loader.current()
    pack = Pack(library.rules, library.law, {rule.id: fingerprint_of(rule) for rule in library.rules})
    ahead = _drafts().select_related("house_version").defer(*DEFAULTS).order_by("pk")
    if passage.cursor:
        yield _drafts().filter(pk__lte=passage.cursor).count()
        ahead = ahead.filter(pk__gt=passage.cursor)
    begun = None
    while contracts := list(ahead[:SLICE]):
        # The workers look at a slice while the next one is read and the one before is written.
        following = _Slice(passage, contracts, pack, looking, now)
        if begun:
            yield begun.keep()
        begun = following
        ahead = ahead.filter(pk__gt=contracts[-1].pk)
    if begun:
        yield begun.keep()


class _Slice:
    """Contracts read together, looked at, then kept together."""

    def __init__(self, passage: EstatePass, contracts: Sequence[Contract], pack: Pack, looking: Looking, now: datetime) -> None:
        self.passage = passage
        self.keys = [contract.pk for contract in contracts]
        # What answers come from is read before they are: a contract that moves meanwhile is read again at the next passage.
        answers = answer_changes(self.keys)
        kept = {one.contract_id: one for one in ContractVerdicts.objects.filter(contract__in=self.keys).defer(*HEAVY, "lines")}
        self.drafts = [
            _Drafted(passage, pack, contract, kept.get(contract.pk), passage.on or law_day(contract, now)) for contract in contracts
        ]
        self.unsettled = [one for one in self.drafts if one.unsettled(_stamp(one.contract, answers.get(one.contract.pk)))]
        asked = Asked(rules=tuple(passage.rules), figures=tuple(passage.figures))
        self.seen = looking(pack, asked, list(_due(self.unsettled)))

    def keep(self) -> int:
        """Keep what was seen of them; how many they are."""
        self.passage.looks += sum(one.take(looked) for one, looked in zip(self.unsettled, self.seen, strict=True))
        self.passage.cursor = self.keys[-1]
        _write(self.passage, [one for one in self.drafts if one.changed])
        return len(self.keys)


def _stamp(contract: Contract, answers: Any) -> str:
    """What the contract's terms come from: its own row and its answers."""
    seen = [contract.updated_at, contract.library_release, contract.library_hash, contract.house_version_id, answers]
    return hashlib.sha256(json.dumps(seen, default=str, sort_keys=True).encode()).hexdigest()


def _due(drafts: Sequence[_Drafted]) -> Iterator[Due]:
    """What each contract is to be looked at with, read from the database for all of them at once."""
    whole = [one.contract for one in drafts if one.whole]
    _read_deferred(Contract, whole, DEFAULTS)
    _read_deferred(ContractVerdicts, [one.row for one in drafts if not one.is_new], HEAVY)
    said: dict[Any, dict[str, Any]] = {contract.pk: {} for contract in whole}
    answers = Answer.objects.filter(contract__in=list(said)).values_list("contract", "term", "value")
    for contract, term, value in answers:
        if value is not None:
            said[contract][term] = value
    return (one.due(said.get(one.contract.pk)) for one in drafts)


def _read_deferred(model: type[Contract | ContractVerdicts], rows: Sequence[Any], names: Sequence[str]) -> None:
    """Read at once what was left out of some rows."""
    lacking = {row.pk: row for row in rows}
    for found in model.objects.filter(pk__in=list(lacking)).values("pk", *names):
        for name in names:
            setattr(lacking[found["pk"]], name, found[name])


@transaction.atomic
def _write(passage: EstatePass, changed: Sequence[_Drafted]) -> None:
    """Keep what was seen, save where another passage saw it meanwhile.

    The passage that saw it is written for all of them at once, for the guard looks at each row pointed to.
    """
    new = [one.row for one in changed if one.is_new]
    written = [row.pk for row in new]
    for one in changed:
        values = {name: getattr(one.row, name) for name in one.changed}
        if not one.is_new and ContractVerdicts.objects.filter(pk=one.row.pk, passage=one.row.passage_id).update(**values):
            written.append(one.row.pk)
    ContractVerdicts.objects.bulk_create(new, ignore_conflicts=True)
    ContractVerdicts.objects.filter(pk__in=written).update(passage=passage)
    EstatePass.objects.filter(pk=passage.pk).update(looks=passage.looks, cursor=passage.cursor)


class _Drafted:
    """One contract during a passage: what is kept of it, and whether it moved since."""

    def __init__(self, passage: EstatePass, pack: Pack, contract: Contract, row: ContractVerdicts | None, on: date) -> None:
        self.pack, self.contract, self.on = pack, contract, on
        self.chosen = passage.chosen
        self.row = row or ContractVerdicts(contract=contract)
        self.printed = {name: Printed(*said) for name, said in self.row.printed.items()}
        # Whether it is to be read as a whole; else the figures that its words print and that moved, with what each says now.
        self.whole = False
        self.moved: Mapping[str, str] = {}
        # The columns of the row to be written.
        self.changed: set[str] = set()

    @property
    def is_new(self) -> bool:
        """Whether nothing is kept of it yet."""
        return self.row._state.adding  # noqa: SLF001 - how Django tells a row that is not kept yet

    def unsettled(self, stamp: str) -> bool:
        """Whether the contract moved or some verdict may no longer hold, told without reading its terms, its words or a verdict."""
        try:
            library = library_of(self.contract)
        except UNREADABLE as error:
            self.unreadable(str(error))
            return False
        row = self.row
        now = {name: self._law_says(library, name) for name in self.printed}
        self.moved = {name: said for name, said in now.items() if said != self.printed[name].said}
        self.whole = row.stamp != stamp or row.library != library.hash or not self._only_reprinted(library)
        self._stamp = stamp
        if self.whole or self.moved or self.chosen or row.settled != self._settled or not self.pack.still_says(row.figures):
            return True
        if any(one.is_news(name, self.pack, self.on) for name, one in self.printed.items()):
            return True
        if row.trouble:
            self._tell(())
        return False

    def due(self, answers: Mapping[str, Any] | None) -> Due:
        """What the rules look at again; the answers when the contract is to be read as a whole."""
        row = self.row
        kept = Kept(
            terms=row.terms,
            places=row.places,
            words=bytes(row.words),
            rewritten=row.rewritten,
            printed=self.printed,
            verdicts=row.verdicts,
            now=self._now,
            news=bool(row.trouble) or (not self.chosen and row.settled != self._settled),
        )
        return Due(contract=self.contract, on=self.on, answers=answers, moved=self.moved, kept=kept)

    def take(self, looked: Looked | str) -> int:
        """Take what was seen, or why nothing could be; how many rules looked."""
        if isinstance(looked, str):
            self.unreadable(looked)
            return 0
        columns = dict(looked.columns)
        if not columns:
            return 0
        self.printed = columns.pop("printed")
        self._keep(**columns, printed={name: list(one) for name, one in self.printed.items()}, stamp=self._stamp)
        self._keep(settled="" if self.chosen else self._settled)
        self.changed.add("trouble")
        return looked.again.looks

    def unreadable(self, reason: str) -> None:
        """Tell why; without a stamp, the contract is read again at the next passage."""
        self.changed = set()
        self._keep(stamp="", trouble=_("Ce contrat n’a pas pu être lu : %(reason)s") % {"reason": reason[:500]})
        self._tell(())

    def _tell(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self._keep(lines=list(lines), line_count=len(lines))

    def _keep(self, **columns: Any) -> None:
        for name, value in columns.items():
            setattr(self.row, name, value)
        self.changed |= set(columns)

    @property
    def _now(self) -> Sources:
        row = self.row
        return Sources(on=self.on, terms=row.terms_digest, text=digest_of_words(row.terms_digest, row.library, self.printed))

    @property
    def _settled(self) -> str:
        """A digest of the rules, the day, the terms and what the words come from: the same, and every verdict holds."""
        return digest([self.pack.edition(self.on), self._now.terms, self._now.text])

    def _only_reprinted(self, library: Library) -> bool:
        """Whether the figures that moved, if any, only change what some clauses that stand alone print."""
        clauses = {clause for name in self.moved for clause in self.printed[name].clauses}
        published = all(said[:1] not in ("", "?") for name, now in self.moved.items() for said in (now, self.printed[name].said))
        return published and stand_alone(clauses, library)

    def _law_says(self, library: Library, name: str) -> str:
        """What the figures that write a contract say; most contracts are written with those of the day, which are asked once."""
        same = library.law is self.pack.law
        return self.pack.said(name, self.on.isoformat()) if same else what_law_says(library.law, name, self.on)
