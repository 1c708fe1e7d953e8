"""Write the contract: choose the clauses, evaluate them, number the articles, resolve the references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from convenu.agreement.clause import Clause, Place
from convenu.agreement.defined_words import vocabulary
from convenu.agreement.language import Definition, Parsed, Printed, Reading, Scope, evaluate, sources_of
from convenu.agreement.library import Library
from convenu.agreement.markup import blocks_of
from convenu.agreement.wording import in_words
from convenu.law.book import LawBook
from convenu.terms.contract import Terms, label_of
from convenu.terms.states import Term
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import (
    Article,
    Block,
    ContractText,
    RunKind,
    Runs,
    Section,
    Signatory,
    Table,
    label,
    plain_text,
    runs_of,
    with_runs,
)
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.same import Same

TITLE = "Contrat de services managés"
# Wordings kept at hand: some sixty contracts that have nothing in common.
KEPT = 8192


class BrokenReferenceError(LookupError):
    """A clause refers to a clause that this contract does not hold."""

    def __init__(self, clause: str, target: str) -> None:
        super().__init__(f'clause {clause} refers to {target}, which is not in this contract: guard it with « if "{target}" is included ».')


def included_clauses(terms: Terms, library: Library) -> tuple[Clause, ...]:
    """The clauses that these terms call, each in the wording chosen, in the order of the contract.

    An excluding clause takes the place of the excluded one. A wording that the library does not hold is told where the terms are
    read (`positions.wording_mistakes`); here the clause keeps its own words.
    """
    return _included(Same(terms), Same(library))


# The same terms are read when their answers are judged, when they are written and when what was written is looked at.
@lru_cache(maxsize=8)
def _included(of: Same[Terms], among: Same[Library]) -> tuple[Clause, ...]:
    terms, library = of.it, among.it
    wordings = {one.clause: one.wording for one in terms.clause_wordings.value or ()}
    called = [clause for clause in library.clauses if clause.applies_when.holds(terms)]
    excluded = {key for clause in called for key in clause.excludes}
    return tuple(
        clause.worded(wordings.get(clause.key))
        for clause in sorted(called, key=lambda clause: (clause.provision, clause.order, clause.key))
        if clause.key not in excluded
    )


def assemble(terms: Terms, library: Library, *, on: date) -> ContractText:
    """The contract's text from the terms, with the law as of a day; open points stand in it as « [à confirmer : …] »."""
    clauses = included_clauses(terms, library)
    scope = scope_of(terms, clauses, library.law, on)
    written = {clause.key: write(clause.parsed, scope, library) for clause in clauses if not _comes_last(clause)}
    scope.definitions = _used_definitions(written.values(), scope, library)
    written |= {clause.key: write(clause.parsed, scope, library) for clause in clauses if clause.parsed.lists_definitions}
    written |= {clause.key: _summary(clause, clauses, scope, library) for clause in clauses if clause.place is Place.SUMMARY}
    numbers = _numbers(clauses)
    sections = {clause.key: section_of(clause, written[clause.key], numbers) for clause in clauses}
    shown = dict.fromkeys(key for clause in clauses for key in written[clause.key].to_confirm)
    return ContractText(
        title=TITLE,
        provider=_name(terms.provider_name, "le Prestataire"),
        client=_name(terms.client_name, "le Client"),
        reference=_name(terms.contract_reference, ""),
        front=tuple(sections[clause.key] for clause in clauses if clause.place is Place.FRONT),
        articles=tuple(_articles(clauses, sections, library)),
        annexes=tuple(sections[clause.key] for clause in clauses if clause.place is Place.ANNEX),
        signatories=_signatories(terms),
        release=library.label,
        law_day=on.isoformat(),
        open_points=tuple(key for key in shown if terms.term(key).unknown),
        summary=next((sections[clause.key] for clause in clauses if clause.place is Place.SUMMARY), None),
    )


def _comes_last(clause: Clause) -> bool:
    """Whether a clause is written from the others: the definitions from the words they use, the summary from their lines."""
    return clause.parsed.lists_definitions or clause.place is Place.SUMMARY


def scope_of(terms: Terms, clauses: Iterable[Clause], law: LawBook, on: date) -> Scope:
    """What these clauses are evaluated with; the definitions come once the other clauses are written."""
    labels = {name: value.label for name, value in law.values.items()}
    return Scope(terms, _law_in(clauses, law, on), labels, frozenset(clause.key for clause in clauses))


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """The words of a clause before its references have their numbers; told apart by identity, so that it is cheap to remember."""

    blocks: tuple[Block, ...]
    words: str
    to_confirm: tuple[str, ...]
    refers: frozenset[str]


def write(parsed: Parsed, scope: Scope, library: Library) -> Written:
    """The words that a text of the library gives with these terms."""
    return _written(parsed, scope.read(parsed), tuple(library.citation(words) for words in parsed.citations))


_SUMMARY_HEADER = Printed("words", "| En clair | Où le lire |\n|---|---|\n")


def _summary(clause: Clause, clauses: Iterable[Clause], scope: Scope, library: Library) -> Written:
    """The summary: its own words, then the line of each clause that has one, with the article where it is agreed."""
    opening = write(clause.parsed, scope, library)
    lines = [_summary_line(one.summary, scope.read(one.summary), one.key) for one in clauses if one.summary]
    tables = [block for line in lines for block in line.blocks if isinstance(block, Table)]
    blocks: tuple[Block, ...] = opening.blocks
    if tables:
        blocks = (*blocks, Table(tables[0].header, tuple(row for table in tables for row in table.rows)))
    return Written(
        blocks,
        "\n".join(one.words for one in (opening, *lines)),
        tuple(dict.fromkeys(key for one in (opening, *lines) for key in one.to_confirm)),
        opening.refers.union(*(one.refers for one in lines)),
    )


@lru_cache(maxsize=KEPT)
def _summary_line(parsed: Parsed, reading: Reading, key: str) -> Written:
    """A table of one line; of none when the clause has nothing to say to these answers."""
    told = evaluate(parsed, reading)
    if not any(piece.kind != "words" or piece.value.strip() for piece in told):
        return _as_written((), {})
    row = [Printed("words", "| "), *_as_a_sentence(told), Printed("words", " | "), Printed("reference", key), Printed("words", " |\n")]
    return _as_written([_SUMMARY_HEADER, *row], {})


def _as_a_sentence(told: list[Printed]) -> list[Printed]:
    """The line of a clause with its full stop: a list that a loop wrote ends with a semicolon."""
    last = told[-1]
    ended = last.value.rstrip(" ;")
    return told if last.kind != "words" or ended.endswith(".") else [*told[:-1], replace(last, value=f"{ended}.")]


# From one answer to the next, and from one contract to the next, most clauses read the same values.
@lru_cache(maxsize=KEPT)
def _written(parsed: Parsed, reading: Reading, citations: tuple[str, ...]) -> Written:
    return _as_written(evaluate(parsed, reading), dict(zip(parsed.citations, citations, strict=True)))


def _as_written(printed: Iterable[Printed], cited: Mapping[str, str]) -> Written:
    blocks = blocks_of(printed, cited.__getitem__)
    runs = [run for block in blocks for run in runs_of(block)]
    return Written(
        blocks,
        "\n".join(plain_text(block) for block in blocks),
        tuple(dict.fromkeys(key for run in runs if run.kind is RunKind.TO_CONFIRM for key in run.terms)),
        frozenset(run.target for run in runs if run.target),
    )


def _law_in(clauses: Iterable[Clause], book: LawBook, on: date) -> dict[str, Any]:
    """The legal figures that the clauses print; one not published on that day is left out and shows as an open point."""
    found: dict[str, Any] = {}
    for name in {name for clause in clauses for name in clause.parsed.law}:
        try:
            answer = book.on(name, on)
        except NotInForceError:
            continue
        number = Decimal(str(answer.value))
        found[name] = Money(number) if answer.unit == "EUR" else Percent(number) if answer.unit == "%" else number
    return found


def _used_definitions(written: Iterable[Written], scope: Scope, library: Library) -> tuple[Definition, ...]:
    """The definitions of the words that the contract uses, and of the words that these use in turn."""
    words = vocabulary(library.definitions)
    meanings = {term.name: write(term.meaning, scope, library) for term in library.definitions}
    used: frozenset[str] = frozenset()
    fresh = words.used_in(one.words for one in written)
    while fresh:
        used |= fresh
        fresh = words.used_in(meanings[name].words for name in fresh) - used
    return tuple(Definition(name, meanings[name].words) for name in sorted(used, key=_sort_key))


def _sort_key(name: str) -> str:
    return name.translate(str.maketrans("ÉÈÀéèàêâîôû", "EEAeeaeaiou")).lower()


def _numbers(clauses: tuple[Clause, ...]) -> dict[str, str]:
    """« 9.2 » for the second clause of the ninth article, « 3 » for an article of one clause, « B » for the second annex."""
    numbers: dict[str, str] = {}
    body = [clause for clause in clauses if clause.place is Place.BODY]
    provisions = list(dict.fromkeys(clause.provision for clause in body))
    for article, provision in enumerate(provisions, start=1):
        own = [clause for clause in body if clause.provision == provision]
        for rank, clause in enumerate(own, start=1):
            numbers[clause.key] = f"{article}.{rank}" if len(own) > 1 else str(article)
    for rank, clause in enumerate(clause for clause in clauses if clause.place is Place.ANNEX):
        numbers[clause.key] = chr(ord("A") + rank)
    return {clause.key: numbers.get(clause.key, "") for clause in clauses}


def section_of(clause: Clause, written: Written, numbers: Mapping[str, str]) -> Section:
    """The section of a clause, its references with the number of each article."""
    missing = written.refers - numbers.keys()
    if missing:
        raise BrokenReferenceError(clause.key, min(missing))
    labels = tuple((target, french.typography(label(numbers[target]))) for target in sorted(written.refers))
    return Section(
        clause=clause.key,
        version=clause.version,
        number=numbers[clause.key],
        title=french.typography(clause.title),
        blocks=_resolved(written, labels) if labels else written.blocks,
        states=terms_behind(clause.states),
    )


@lru_cache(maxsize=KEPT)
def terms_behind(names: tuple[str, ...]) -> tuple[str, ...]:
    """The terms that some names stand for: themselves, or what a derived value is made from."""
    return tuple(dict.fromkeys(source for name in names for source in sources_of(name)))


@lru_cache(maxsize=KEPT)
def _resolved(written: Written, labels: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """The blocks with the number of each article that they refer to."""
    numbered = dict(labels)

    def resolve(runs: Runs) -> Runs:
        return tuple([replace(run, text=numbered[run.target]) if run.target else run for run in runs])

    return tuple(with_runs(block, resolve) for block in written.blocks)


def _articles(clauses: tuple[Clause, ...], sections: dict[str, Section], library: Library) -> Iterator[Article]:
    body = [clause for clause in clauses if clause.place is Place.BODY]
    titles = {provision.number: provision.title for provision in library.provisions}
    for provision in dict.fromkeys(clause.provision for clause in body):
        own = tuple(sections[clause.key] for clause in body if clause.provision == provision)
        number = own[0].number.split(".")[0]
        title = own[0].title if len(own) == 1 else french.typography(titles[provision])
        yield Article(number=number, title=title, sections=own)


def _name(term: Term[str], otherwise: str) -> str:
    if term.stated and term.value:
        return in_words(term.value)
    return french.typography(f"[à confirmer : {label_of(term.key).lower()}]") if otherwise else ""


def _signatories(terms: Terms) -> tuple[Signatory, ...]:
    return (
        Signatory(
            "Pour le Prestataire",
            _name(terms.provider_name, "?"),
            _name(terms.provider_signatory, "?"),
            _name(terms.provider_signatory_quality, "?"),
        ),
        Signatory(
            "Pour le Client", _name(terms.client_name, "?"), _name(terms.client_signatory, "?"), _name(terms.client_signatory_quality, "?")
        ),
    )
