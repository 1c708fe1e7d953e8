"""Whether one draft holds together: every fault of its text, with its place and its reason.

The rules of `check` judge what was agreed; this looks at how the library wrote it. A draft with a fault shows a clause to mend,
whatever the answers: an open point that nobody is asked, a reference to an article that is not there, a figure from nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from convenu.agreement.assemble import included_clauses, scope_of, terms_behind
from convenu.agreement.clause import Clause, Place
from convenu.agreement.defined_words import vocabulary
from convenu.agreement.figures import figures_in, figures_of
from convenu.agreement.language import Parsed, Reading, Scope, sources_of
from convenu.agreement.library import Library
from convenu.agreement.loops import loops
from convenu.agreement.markup import NOTHING
from convenu.agreement.sentences import LINES_KEPT, any_of, capitals, designated_in, listed_in, marks_in, own_words
from convenu.terms.closed_lists import DocumentRank
from convenu.terms.contract import Terms, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import (
    Block,
    Bullets,
    ContractText,
    Paragraph,
    RunKind,
    Runs,
    Section,
    Subtitle,
    Table,
    label,
    plain_text,
    runs_of,
    words,
)
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.same import Same


class FaultKind(StrEnum):
    """What does not hold."""

    PLACEHOLDER = "placeholder"
    UNFINISHED = "unfinished"
    UNDEFINED = "undefined"
    UNUSED = "unused"
    REFERENCE = "reference"
    CIRCULAR = "circular"
    CHOICE = "choice"
    STATED = "stated"
    FIGURE = "figure"
    PRECEDENCE = "precedence"
    ABSENT_PART = "absent_part"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: what kind, in which clause, at which place of the contract, why (in French)."""

    kind: FaultKind
    clause: str
    where: str
    reason: str


def faults(terms: Terms, text: ContractText, library: Library) -> tuple[Fault, ...]:
    """Every fault of a draft that these terms and this library wrote; the law is that of the text's own day."""
    draft = _Draft(terms, text, library)
    found = [fault for look in _LOOKS for fault in look(draft)]
    return tuple(dict.fromkeys(found))


class _Draft:
    """A draft with what its faults are looked for in."""

    def __init__(self, terms: Terms, text: ContractText, library: Library) -> None:
        self.terms, self.text, self.library = terms, text, library
        self.on = date.fromisoformat(text.law_day)
        summary = [text.summary] if text.summary else []
        self.sections: dict[str, Section] = {section.clause: section for section in (*summary, *text.sections())}
        self.seen = {key: _seen(Same(section.blocks)) for key, section in self.sections.items()}
        called = included_clauses(terms, library)
        self.clauses: dict[str, Clause] = {clause.key: clause for clause in called}
        self.scope: Scope = scope_of(terms, called, library.law, self.on)
        known = vocabulary(library.definitions)
        self.used = {key: known.used_in([seen.words]) for key, seen in self.seen.items()}
        self.listing = {clause.key for clause in called if clause.parsed.lists_definitions}
        self.defined = {name for key, seen in self.seen.items() for name in (seen.listed if key in self.listing else seen.designated)}

    def fault(self, kind: FaultKind, clause: str, reason: str) -> Fault:
        """A fault at the place of a clause."""
        section = self.sections.get(clause)
        where = label(section.number) if section and section.number else section.title if section else "ensemble du contrat"
        return Fault(kind, clause, french.typography(where), french.typography(reason))


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What one clause's blocks hold; told apart by identity, so that it is cheap to remember."""

    words: str
    marks: tuple[str, ...]
    unfinished: tuple[str, ...]
    typed: tuple[str, ...]
    capitals: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str], ...]
    open_points: tuple[tuple[str, tuple[str, ...]], ...]
    citations: tuple[str, ...]
    figures: tuple[tuple[tuple[str, ...], frozenset[int], str], ...]
    terms: frozenset[str]
    listed: tuple[str, ...]
    designated: tuple[str, ...]
    only_refers: bool
    loose_parts: tuple[str, ...]


_DIGIT = re.compile(r"\d")


# The same clause with the same values is looked at once.
@lru_cache(maxsize=8192)
def _seen(blocks: Same[tuple[Block, ...]]) -> _Seen:
    return _seen_in(blocks.it)


# Other answers may make the same words.
@lru_cache(maxsize=8192)
def _seen_in(blocks: tuple[Block, ...]) -> _Seen:
    runs = [run for block in blocks for run in runs_of(block)]
    sentences = [line for block in blocks for line in _lines(block)]
    own = "\n".join(run.text for run in runs if run.kind in (RunKind.TEXT, RunKind.CITATION))
    values = dict.fromkeys((run.terms, run.text) for run in runs if run.kind is RunKind.VALUE)
    return _Seen(
        words="\n".join(plain_text(block) for block in blocks),
        marks=tuple(marks_in(own)),
        unfinished=tuple(_unfinished(blocks)),
        typed=tuple(run.text.strip() for run in runs if run.kind is RunKind.TEXT and _DIGIT.search(run.text)),
        capitals=tuple(found for line in sentences for found in capitals(line)),
        references=tuple(dict.fromkeys((run.target or "", run.text) for run in runs if run.kind is RunKind.REFERENCE)),
        open_points=tuple(dict.fromkeys((run.text, run.terms) for run in runs if run.kind is RunKind.TO_CONFIRM)),
        citations=tuple(dict.fromkeys(run.text for run in runs if run.kind is RunKind.CITATION)),
        figures=tuple((terms, figures, said) for terms, said in values if (figures := figures_in(said))),
        terms=frozenset(key for run in runs for key in run.terms),
        listed=tuple(name for line in sentences if (name := listed_in(words(line)))),
        designated=tuple(name for line in sentences if (name := designated_in(words(line)))),
        only_refers=bool(sentences) and all(any(run.kind is RunKind.REFERENCE for run in line) for line in sentences),
        loose_parts=tuple(_loose_parts(sentences)),
    )


def _lines(block: Block) -> tuple[Runs, ...]:
    """The sentence-bearing lines: titles and cells start with a capital of their own."""
    match block:
        case Paragraph(runs):
            return (runs,)
        case Bullets(items):
            return items
        case _:
            return ()


# --------------------------------------------------------------------------------------------- marks and loose ends


def _placeholders(draft: _Draft) -> Iterator[Fault]:
    """A mark left to fill, or a point to confirm that no open term and no unpublished figure explains."""
    labels = {french.typography(f"[à confirmer : {french.inside_a_sentence(name)}]") for name in _unpublished(draft)}
    for key, seen in draft.seen.items():
        for mark in (*seen.marks, *marks_in(draft.sections[key].title)):
            yield draft.fault(FaultKind.PLACEHOLDER, key, f"la marque « {mark} » reste à remplir")
        for said, terms in seen.open_points:
            if not any(draft.terms.term(term).unknown for term in terms) and said not in labels:
                yield draft.fault(FaultKind.PLACEHOLDER, key, f"« {said} » attend une réponse qui est déjà donnée")


def _unpublished(draft: _Draft) -> Iterator[str]:
    """The labels of the legal figures that the clauses print and that are not published for the day."""
    for name in sorted({name for clause in draft.clauses.values() for name in clause.parsed.law}):
        try:
            draft.library.law.on(name, draft.on)
        except NotInForceError:
            yield draft.library.law.values[name].label


def _unfinished_sentences(draft: _Draft) -> Iterator[Fault]:
    for key, seen in draft.seen.items():
        for words_left in seen.unfinished:
            yield draft.fault(FaultKind.UNFINISHED, key, f"une phrase ne tient pas debout : « {words_left} »")
    if draft.text.summary and any(run.text == NOTHING for run in draft.text.summary.runs):
        yield draft.fault(FaultKind.UNFINISHED, draft.text.summary.clause, f"une ligne du résumé porte « {NOTHING} »")


# Signs that a value, an item or a branch is missing where the clause's own words expected one. Values are blotted out.
_LOOSE = re.compile(
    r"\(\s*[).,;]|\s[,.](?=\s|$)|[,;:]\s*[,.;](?=\s|$)|(?<!\.)\.\s*\.(?!\.)|^\s*[,;:.)]"
    r"|\b(?:de|du|des|le|la|les|à|au|aux|par|pour|sous|l’|d’)\s*[.;)]"
)
_CUT_SHORT = re.compile(r"\b(?:de|du|des|le|la|les|à|au|aux|et|ou|par|pour|sous|l’|d’)\s*$")
_ENDED = re.compile(r"[.:!?»)…\ue000]\s*$")
_SHOWN = 60


def _unfinished(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        for line in _every_line(block):
            yield from _loose_ends(block, line, following)


def _loose_ends(block: Block, line: Runs, following: Block | None) -> Iterator[str]:
    """The pieces of a line that do not hold: a cell or a heading needs no verb and no end, a sentence does."""
    ends = _ends_of(own_words(line))
    if ends.loose:
        start, end = ends.loose
        yield words(line)[max(start - _SHOWN // 2, 0) : end + _SHOWN // 2]
        return
    stops = isinstance(block, Paragraph | Bullets) and (ends.stops_short or _prints_nothing(line))
    if stops or (isinstance(block, Paragraph) and _announces_nothing(ends, following)):
        yield words(line)[-_SHOWN:]


@dataclass(frozen=True, slots=True)
class _Ends:
    """How the own words of a line hold: where they come loose, whether they stop short, announce what follows, have an end."""

    loose: tuple[int, int] | None
    stops_short: bool
    announces: bool
    ended: bool


# Once what it prints is blotted out, a line is the same in most contracts.
@lru_cache(maxsize=LINES_KEPT)
def _ends_of(line: str) -> _Ends:
    """A line stops short that has no words, or that ends on « de » or « et »."""
    own = french.plain_spaces(line)
    loose = _LOOSE.search(own)
    return _Ends(
        loose=loose.span() if loose else None,
        stops_short=not own.strip() or _CUT_SHORT.search(own) is not None,
        announces=own.rstrip().endswith(":"),
        ended=_ENDED.search(own) is not None,
    )


def _prints_nothing(line: Runs) -> bool:
    """Whether a sentence prints « néant » in its middle."""
    return any(run.text == NOTHING and run.kind is RunKind.VALUE for run in line)


def _every_line(block: Block) -> Iterable[Runs]:
    match block:
        case Paragraph(runs) | Subtitle(runs):
            return (runs,)
        case Bullets(items):
            return items
        case Table(header, rows):
            return [cell for row in (header, *rows) for cell in row]


def _announces_nothing(ends: _Ends, following: Block | None) -> bool:
    """A paragraph that announces a list or a table which does not come, or that has no end."""
    return not isinstance(following, Bullets | Table | Paragraph) if ends.announces else not ends.ended


# -------------------------------------------------------------------------------------------------- defined words


def _undefined_words(draft: _Draft) -> Iterator[Fault]:
    users = {name: key for key, used in reversed(draft.used.items()) for name in used}
    for name in sorted(users.keys() - draft.defined):
        yield draft.fault(FaultKind.UNDEFINED, users[name], f"« {name} » s’emploie sans figurer aux définitions")
    defined = any_of(sorted(draft.defined))
    for key, seen in draft.seen.items():
        for word in dict.fromkeys(word for word, following in seen.capitals if not defined.match(following)):
            yield draft.fault(FaultKind.UNDEFINED, key, f"« {word} » porte la majuscule d’un mot défini et ne l’est pas")


def _unused_words(draft: _Draft) -> Iterator[Fault]:
    """A definition that neither a clause nor another definition uses, and definitions that turn in a circle."""
    known = vocabulary(draft.library.definitions)
    place = min(draft.listing, default="")
    in_clauses = frozenset().union(*(used for key, used in draft.used.items() if key not in draft.listing))
    uses = {term.name: known.used_in([term.meaning.words]) for term in draft.library.definitions if term.name in draft.defined}
    for name in uses:
        if name not in in_clauses and not any(name in used for other, used in uses.items() if other != name):
            yield draft.fault(FaultKind.UNUSED, place, f"« {name} » est défini et ne sert nulle part")
    for loop in loops(uses):
        yield draft.fault(FaultKind.CIRCULAR, place, f"des mots se définissent l’un par l’autre : {_quoted(loop)}")


# ------------------------------------------------------------------------------------------- references and choice


def _references(draft: _Draft) -> Iterator[Fault]:
    for key, seen in draft.seen.items():
        for target, said in seen.references:
            section = draft.sections.get(target)
            if section is None:
                yield draft.fault(FaultKind.REFERENCE, key, f"renvoie à « {target} », qui n’est pas dans ce contrat")
            elif said != french.typography(label(section.number)):
                yield draft.fault(
                    FaultKind.REFERENCE, key, f"renvoie à « {target} » sous le nom « {said} », et non « {label(section.number)} »"
                )
            if target == key:
                yield draft.fault(FaultKind.CIRCULAR, key, "la clause renvoie à elle-même")
    empty = {key for key, seen in draft.seen.items() if seen.only_refers and not draft.sections[key].states}
    for loop in loops({key: empty & {target for target, _ in draft.seen[key].references} for key in empty}):
        yield draft.fault(FaultKind.CIRCULAR, loop[0], f"des clauses ne font que renvoyer l’une à l’autre : {_quoted(loop)}")


def _choice(draft: _Draft) -> Iterator[Fault]:
    """The clauses of the text are those that the terms call, and none of them excludes another."""
    for key in draft.sections:
        if key not in draft.clauses:
            yield draft.fault(FaultKind.CHOICE, key, "ces réponses n’appellent pas cette clause")
    for key, clause in draft.clauses.items():
        if key not in draft.sections:
            yield draft.fault(FaultKind.CHOICE, key, f"la clause « {clause.title} » est appelée et manque")
    for clause in draft.library.clauses:
        for other in clause.excludes:
            if clause.key in draft.sections and other in draft.sections:
                yield draft.fault(FaultKind.CHOICE, clause.key, f"exclut « {other} », qui est aussi dans le contrat")


def _stated_once(draft: _Draft) -> Iterator[Fault]:
    """Each term that the contract shows, or that a clause called for it should state, has one normative place."""
    places: dict[str, list[str]] = {}
    for section in draft.sections.values():
        for term in section.states:
            places.setdefault(term, []).append(section.clause)
    for term, several in places.items():
        if len(several) > 1:
            yield draft.fault(FaultKind.STATED, several[1], f"« {label_of(term)} » est déjà fixé par « {several[0]} »")
    homes = _homes(tuple((clause.key, clause.states) for clause in draft.library.clauses))
    homeless = homes.keys() - places.keys()
    for key, seen in draft.seen.items():
        for term in sorted(seen.terms & homeless):
            yield draft.fault(FaultKind.STATED, key, f"« {label_of(term)} » se lit ici et aucune clause du contrat ne le fixe")
    for term in sorted(homeless):
        value = draft.terms.term(term)
        if not value.stated or value.value == ():
            continue
        excluded = [key for key in homes[term] if draft.library.clause(key).applies_when.holds(draft.terms)]
        if excluded:
            yield draft.fault(FaultKind.STATED, excluded[0], f"« {label_of(term)} » a une valeur, et sa clause est écartée par une autre")


@lru_cache(maxsize=8)
def _homes(states: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, list[str]]:
    """The clauses that may state each term, by their keys."""
    homes: dict[str, list[str]] = {}
    for clause, names in states:
        for term in terms_behind(names):
            homes.setdefault(term, []).append(clause)
    return homes


# -------------------------------------------------------------------------------------------------------- figures


def _figures(draft: _Draft) -> Iterator[Fault]:
    """Every figure comes from a term, from the law, from a citation or from a reference."""
    for key, seen in draft.seen.items():
        for typed in (*seen.typed, *re.findall(r"\d\S*", _NAMES_WITH_FIGURES.sub("", draft.sections[key].title))):
            yield draft.fault(FaultKind.FIGURE, key, f"un chiffre est écrit à la main : « {typed} »")
        clause = draft.clauses.get(key)
        if clause is None:
            continue
        for said in _stray_figures(seen, _sources(clause, draft)) if seen.figures else ():
            yield draft.fault(FaultKind.FIGURE, key, f"« {said} » ne vient d’aucune réponse ni d’aucun texte de loi")
        if not seen.citations:
            continue
        cited = {french.typography(draft.library.citation(own)) for own in clause.parsed.citations}
        for said in seen.citations:
            if said not in cited:
                yield draft.fault(FaultKind.FIGURE, key, f"« {said} » n’est pas une citation de cette clause")


_Source = tuple[Parsed, Reading]
# Texts that are known by a name with a figure.
_NAMES_WITH_FIGURES = re.compile(r"NIS\s2\b")


def _sources(clause: Clause, draft: _Draft) -> tuple[_Source, ...]:
    """What a clause was written from: its text and what it reads, and the definitions when it lists them."""
    parts = [clause.parsed]
    if clause.parsed.lists_definitions:
        parts += [term.meaning for term in draft.library.definitions]
    if clause.place is Place.SUMMARY:
        parts += [other.summary for other in draft.clauses.values() if other.summary]
    return tuple((part, draft.scope.read(part)) for part in parts)


@lru_cache(maxsize=8192)
def _stray_figures(seen: _Seen, sources: tuple[_Source, ...]) -> tuple[str, ...]:
    """The values printed whose figures none of the sources holds, and the citations that no source makes."""
    of_terms: dict[tuple[str, ...], frozenset[int]] = {}
    elsewhere: frozenset[int] = frozenset()
    for parsed, reading in sources:
        for name, value in zip(parsed.names, reading.values, strict=True):
            key = sources_of(name)
            of_terms[key] = of_terms.get(key, frozenset()) | figures_of(value)
        elsewhere = elsewhere.union(*(figures_of(value) for value in reading.law), *(figures_in(said) for said in parsed.citations))
    if len(sources) > 1:
        elsewhere = elsewhere.union(*of_terms.values())
    return tuple(said for terms, figures, said in seen.figures if not figures <= of_terms.get(terms, elsewhere))


# ------------------------------------------------------------------------------------------- documents and annexes


def _precedence(draft: _Draft) -> Iterator[Fault]:
    """The order of precedence names the documents that are there, and only them."""
    ranks = draft.terms.order_of_precedence.value or ()
    section = next((section for section in draft.sections.values() if "order_of_precedence" in section.states), None)
    if section is None or not ranks:
        return
    there = {
        DocumentRank.SPECIAL_TERMS: "special_terms" in draft.sections,
        DocumentRank.DATA_ANNEX: "annex_dpa_facts" in draft.sections,
        DocumentRank.ANNEXES: bool(draft.text.annexes),
        DocumentRank.GENERAL_TERMS: bool(draft.text.articles),
        DocumentRank.CLIENT_TERMS: draft.terms.client_paper.unknown or draft.terms.client_paper.value is True,
    }
    for rank, present in there.items():
        named = french.typography(rank.label) in section.plain
        if named and not present:
            yield draft.fault(FaultKind.PRECEDENCE, section.clause, f"l’ordre cite « {rank.label} », qui n’est pas dans ce contrat")
        if rank in ranks and present and not named:
            yield draft.fault(FaultKind.PRECEDENCE, section.clause, f"l’ordre tait « {rank.label} », qui est dans ce contrat")


def _absent_parts(draft: _Draft) -> Iterator[Fault]:
    """A sentence that speaks of an annex or an article says which, by a reference that holds."""
    for key, seen in draft.seen.items():
        numbers = {draft.sections[target].number for target, _ in seen.references if target in draft.sections}
        refers_to_annex = any(number.isalpha() for number in (draft.sections[key].number, *numbers))
        for said in seen.loose_parts:
            itself = r"(?:cette\s|l’)annexe\b" if draft.sections[key].number.isalpha() else r"cette annexe\b"
            if not (refers_to_annex and re.match(itself, said, re.IGNORECASE)):
                yield draft.fault(FaultKind.ABSENT_PART, key, f"« {said} » ne dit pas de quelle partie du contrat il s’agit")


_NAMED_PART = re.compile(r"(?:\b(?:cette|la)\s|\b[ld]’)(?:annexe|article|clause)\b(?![^.;,]{0,40}\ue000)[^.;,]{0,30}", re.IGNORECASE)


def _loose_parts(sentences: Iterable[Runs]) -> Iterator[str]:
    for line in sentences:
        yield from _parts_named(own_words(line))


@lru_cache(maxsize=LINES_KEPT)
def _parts_named(own: str) -> tuple[str, ...]:
    return tuple(found[0] for found in _NAMED_PART.finditer(own))


def _quoted(names: Iterable[str]) -> str:
    return french.enumeration([f"« {name} »" for name in names])


_LOOKS = (
    _placeholders,
    _unfinished_sentences,
    _undefined_words,
    _unused_words,
    _references,
    _choice,
    _stated_once,
    _figures,
    _precedence,
    _absent_parts,
)
