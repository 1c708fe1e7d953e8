"""Write the contract: choose the clauses, evaluate them, number the articles, resolve the references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from convenu.agreement.clause import Clause, DefinedTerm, Place
from convenu.agreement.language import Definition, Parsed, Reading, Scope, evaluate, sources_of
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
    label,
    plain_text,
    runs_of,
    with_runs,
)
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent

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
    labels = {name: value.label for name, value in library.law.values.items()}
    scope = Scope(terms, _law_in(clauses, library.law, on), labels, frozenset(clause.key for clause in clauses))
    written = {clause.key: write(clause.parsed, scope, library) for clause in clauses if not clause.parsed.lists_definitions}
    scope.definitions = _used_definitions(written.values(), scope, library)
    written |= {clause.key: write(clause.parsed, scope, library) for clause in clauses if clause.parsed.lists_definitions}
    numbers = _numbers(clauses)
    sections = {clause.key: _section(clause, written[clause.key], numbers) for clause in clauses}
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
        release=library.release,
        law_day=on.isoformat(),
        open_points=tuple(key for key in shown if terms.term(key).unknown),
    )


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


# From one answer to the next, and from one contract to the next, most clauses read the same values.
@lru_cache(maxsize=KEPT)
def _written(parsed: Parsed, reading: Reading, citations: tuple[str, ...]) -> Written:
    cited = dict(zip(parsed.citations, citations, strict=True))
    blocks = blocks_of(evaluate(parsed, reading), cited.__getitem__)
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
    vocabulary = _vocabulary(library.definitions)
    meanings = {term.name: write(term.meaning, scope, library) for term in library.definitions}
    used: frozenset[str] = frozenset()
    fresh = _words_used(written, vocabulary)
    while fresh:
        used |= fresh
        fresh = _words_used((meanings[name] for name in fresh), vocabulary) - used
    return tuple(Definition(name, meanings[name].words) for name in sorted(used, key=_sort_key))


def _words_used(written: Iterable[Written], vocabulary: _Vocabulary) -> frozenset[str]:
    return frozenset().union(*(_defined_words_in(one, vocabulary) for one in written))


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """The defined terms of a library, each with what finds one of its forms."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=8)
def _vocabulary(defined: tuple[DefinedTerm, ...]) -> _Vocabulary:
    return _Vocabulary(tuple((term.name, _any_form(term.forms)) for term in defined))


@lru_cache(maxsize=KEPT)
def _defined_words_in(written: Written, vocabulary: _Vocabulary) -> frozenset[str]:
    return frozenset(name for name, pattern in vocabulary.patterns if pattern.search(written.words))


def uses(text: str, term: DefinedTerm) -> bool:
    """Whether a text uses a defined term in one of its forms."""
    return _any_form(term.forms).search(text) is not None


@lru_cache(maxsize=512)
def _any_form(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?!\w)")


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


def _section(clause: Clause, written: Written, numbers: dict[str, str]) -> Section:
    missing = written.refers - numbers.keys()
    if missing:
        raise BrokenReferenceError(clause.key, min(missing))
    labels = tuple((target, french.typography(label(numbers[target]))) for target in sorted(written.refers))
    states = tuple(dict.fromkeys(source for name in clause.states for source in sources_of(name)))
    return Section(
        clause=clause.key,
        version=clause.version,
        number=numbers[clause.key],
        title=french.typography(clause.title),
        blocks=_resolved(written, labels) if labels else written.blocks,
        states=states,
    )


@lru_cache(maxsize=KEPT)
def _resolved(written: Written, labels: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """The blocks with the number of each article that they refer to."""
    numbered = dict(labels)

    def resolve(runs: Runs) -> Runs:
        return tuple(replace(run, text=numbered[run.target]) if run.target else run for run in runs)

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
