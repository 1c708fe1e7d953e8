"""A stranger's contract beside our library for a segment, provision by provision: to accept, to negotiate, or missing with our clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from convenu.agreement.assemble import assemble
from convenu.agreement.audit.guides.guides import ProvisionGuide, Recognition
from convenu.agreement.audit.said.provisions import ProvisionStatus, ReadProvision
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.agreement.audit.verdict.dangers import wholly_missing
from convenu.agreement.audit.verdict.verdict import Verdict, is_only_asked
from convenu.agreement.library import Library
from convenu.agreement.scoping import read_answers, scope
from convenu.terms.closed_lists import ClientSegment
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, ContractText, Section, plain_text
from convenu.vocabulary.findings import Severity


class Stance(StrEnum):
    """What to do with a provision of somebody else's contract."""

    ACCEPT = "accept"
    NEGOTIATE = "negotiate"
    MISSING = "missing"
    NOT_EXPECTED = "not_expected"

    @property
    def label(self) -> str:
        """The word on screen."""
        return {"accept": "à accepter", "negotiate": "à négocier", "missing": "manque", "not_expected": "non attendue"}[self.value]


@dataclass(frozen=True, slots=True)
class OurClause:
    """A clause of our library that settles the matter, as our offer writes it."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its words, a line a paragraph, an item or a row."""
        return "\n".join(plain_text(block) for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One type of provision: what to do, the rules that spoke of it, and our clauses on the matter as remedy.

    `why`: of one to negotiate, in a line that follows its name.
    """

    provision: str
    label: str
    stance: Stance
    why: str
    rules: tuple[str, ...]
    clauses: tuple[OurClause, ...]

    def as_json(self) -> dict[str, Any]:
        """The stance and our clauses; their words only where one of them is a remedy."""
        return {
            "provision": self.provision,
            "label": self.label,
            "stance": self.stance.value,
            "why": self.why,
            "rules": list(self.rules),
            "clauses": [{"key": one.key, "title": one.title, "text": one.text} for one in self.clauses],
        }


def compare(reading: Reading, verdict: Verdict, library: Library, recognition: Recognition, *, offer: ContractText) -> tuple[Position, ...]:
    """Each type of provision in the order of our contract, against the clauses of an offer of ours.

    None is to accept on which something is found, or asked that stops a signature or is of a kind that is only asked, nor one that says
    nothing it must say.
    """
    told = _by_provision(verdict.findings, reading, library)
    open_ones = [one for one in verdict.to_verify if one.finding.severity is Severity.BLOCKING or is_only_asked(one, recognition)]
    silent = {key: danger.title for danger in wholly_missing(reading, recognition) for key in _provisions_of(danger.terms, library)}
    unsure = silent | {key: ones[0].finding.title for key, ones in _by_provision(open_ones, reading, library).items()}
    return tuple(
        _position(guide, reading, told.get(guide.key, ()), _ours(guide, offer, library), unsure.get(guide.key, ""))
        for guide in recognition.provisions
    )


def worst_first(positions: Iterable[Position]) -> list[Position]:
    """What is missing, then what is to negotiate, then the rest, each in the order of our contract."""
    ranks = {stance: rank for rank, stance in enumerate((Stance.MISSING, Stance.NEGOTIATE, Stance.ACCEPT, Stance.NOT_EXPECTED))}
    return sorted(positions, key=lambda position: ranks[position.stance])


def segment_of(reading: Reading) -> str:
    """The segment that a contract seems written for; PME where nothing tells."""
    plain = reading.document.shadow.plain
    if any(sign in plain for sign in ("pouvoir adjudicateur", "ccag", "accord-cadre", "comite de direction", "dora")):
        return ClientSegment.GRANDE_ENTREPRISE.value
    if any(sign in plain for sign in ("a domicile", "particulier", "artisan", "auto-entrepreneur", "tpe")):
        return ClientSegment.TPE.value
    return ClientSegment.PME.value


@lru_cache(maxsize=8)
def _drafted(segment: str, on: date, holder: _Held) -> ContractText:
    return assemble(scope(read_answers(f"client_segment: {segment}\n"), holder.library), holder.library, on=on)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A library, known by itself: drafting an offer twice with the same one is needless."""

    library: Library

    def __hash__(self) -> int:
        return hash(self.library.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.library is other.library


def offer_of(library: Library, segment: str, on: date) -> ContractText:
    """What we would offer a client of a segment, as of a day."""
    return _drafted(segment, on, _Held(library))


def _ours(guide: ProvisionGuide, offer: ContractText, library: Library) -> tuple[OurClause, ...]:
    clauses = {clause.key for clause in library.clauses if clause.audit_type == guide.key or set(guide.terms) & set(clause.states)}
    sections: list[Section] = [section for section in offer.sections() if section.clause in clauses]
    return tuple(OurClause(section.clause, section.title, section.blocks) for section in sections)


def _provisions_of(terms: Iterable[str], library: Library) -> tuple[str, ...]:
    """The types of provision that some terms belong to, each once."""
    types = {term: clause.audit_type for clause in library.clauses for term in clause.states}
    return tuple(dict.fromkeys(types[term] for term in terms if term in types))


def _by_provision(findings: Iterable[AuditFinding], reading: Reading, library: Library) -> dict[str, tuple[AuditFinding, ...]]:
    """The findings on each type of provision: by their terms, else by the words that they share with it."""
    told: dict[str, tuple[AuditFinding, ...]] = {}
    for one in findings:
        for provision in _provisions_of(one.finding.terms, library) or _sharing_words(one, reading):
            told[provision] = (*told.get(provision, ()), one)
    return told


def _sharing_words(one: AuditFinding, reading: Reading) -> tuple[str, ...]:
    """The provisions read in the words of a finding that has no term of its own."""
    quote = one.quote
    if quote is None or one.finding.terms:
        return ()
    return tuple(
        key
        for key, provision in reading.provisions.items()
        if any(said.start < quote.end and quote.start < said.end for said in provision.quotes)
    )


def _position(
    guide: ProvisionGuide, reading: Reading, told: tuple[AuditFinding, ...], ours: tuple[OurClause, ...], unsure: str
) -> Position:
    """What to do with one; `unsure`: the title of what is asked of it, or of what it does not say at all."""
    read = reading.provisions[guide.key]
    if read.status is ProvisionStatus.ABSENT:
        stance = Stance.MISSING if ours else Stance.NOT_EXPECTED
    elif read.status is ProvisionStatus.PARTIAL or told or unsure:
        stance = Stance.NEGOTIATE
    else:
        stance = Stance.ACCEPT
    return Position(
        provision=guide.key,
        label=guide.label,
        stance=stance,
        why=_why(read, told, unsure) if stance is Stance.NEGOTIATE else "",
        rules=tuple(dict.fromkeys(one.finding.rule for one in told)),
        clauses=ours if stance in (Stance.MISSING, Stance.NEGOTIATE) else (),
    )


def _why(read: ReadProvision, told: tuple[AuditFinding, ...], unsure: str) -> str:
    """What a provision only half says, else the first thing found on it, else what is asked of it."""
    if read.half:
        return read.half
    if not told:
        return french.typography(f"à vérifier : {french.inside_a_sentence(unsure)}")
    titles = dict.fromkeys(french.inside_a_sentence(one.finding.title) for one in told)
    others = {0: "", 1: ", et un autre constat"}.get(len(titles) - 1, f", et {len(titles) - 1} autres constats")
    return f"{next(iter(titles))}{others}"
