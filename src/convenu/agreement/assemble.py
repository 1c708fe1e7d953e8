"""Write the contract: choose the clauses, evaluate them, number the articles, resolve the references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from convenu.agreement.clause import Clause, DefinedTerm, Place
from convenu.agreement.language import Definition, Scope, evaluate, sources_of
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
    Bullets,
    ContractText,
    Paragraph,
    Run,
    RunKind,
    Runs,
    Section,
    Signatory,
    Subtitle,
    Table,
    label,
    plain_text,
)
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent

TITLE = "Contrat de services managés"


class BrokenReferenceError(LookupError):
    """A clause refers to a clause that this contract does not hold."""

    def __init__(self, clause: str, target: str) -> None:
        super().__init__(f'clause {clause} refers to {target}, which is not in this contract: guard it with « if "{target}" is included ».')


def included_clauses(terms: Terms, library: Library) -> tuple[Clause, ...]:
    """The clauses that these terms call, in the order of the contract; an excluding clause takes the place of the excluded one."""
    called = [clause for clause in library.clauses if clause.applies_when.holds(terms)]
    excluded = {key for clause in called for key in clause.excludes}
    return tuple(
        sorted((clause for clause in called if clause.key not in excluded), key=lambda clause: (clause.provision, clause.order, clause.key))
    )


def assemble(terms: Terms, library: Library, *, on: date) -> ContractText:
    """The contract's text from the terms, with the law as of a day; open points stand in it as « [à confirmer : …] »."""
    clauses = included_clauses(terms, library)
    scope = Scope(
        terms,
        _law_in(clauses, library.law, on),
        {name: library.law.values[name].label for name in library.law.values},
        frozenset(c.key for c in clauses),
    )
    written = {clause.key: _written(clause, scope, library) for clause in clauses if clause.key != "definitions"}
    scope.definitions = _used_definitions(written.values(), library.definitions, scope, library)
    written |= {clause.key: _written(clause, scope, library) for clause in clauses if clause.key == "definitions"}
    numbers = _numbers(clauses)
    sections = {clause.key: _section(clause, written[clause.key], numbers) for clause in clauses}
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
        open_points=tuple(key for key in _shown_terms(sections.values()) if terms.term(key).unknown),
    )


def _shown_terms(sections: Iterable[Section]) -> list[str]:
    shown: dict[str, None] = {}
    for section in sections:
        for run in section.runs():
            if run.kind is RunKind.TO_CONFIRM:
                shown |= dict.fromkeys(run.terms)
    return list(shown)


def _written(clause: Clause, scope: Scope, library: Library) -> tuple[Block, ...]:
    return blocks_of(evaluate(clause.parsed, scope), library.citation)


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


def _used_definitions(
    written: Iterable[tuple[Block, ...]], defined: tuple[DefinedTerm, ...], scope: Scope, library: Library
) -> tuple[Definition, ...]:
    """The definitions of the words that the contract uses, and of the words that these use in turn."""
    text = "\n".join(_words_of(blocks) for blocks in written)
    meanings = {term.name: _words_of(blocks_of(evaluate(term.meaning, scope), library.citation)) for term in defined}
    used: dict[str, DefinedTerm] = {}
    while True:
        fresh = [term for term in defined if term.name not in used and uses(text, term)]
        if not fresh:
            break
        used |= {term.name: term for term in fresh}
        text = "\n".join(meanings[term.name] for term in fresh)
    return tuple(Definition(name, meanings[name]) for name in sorted(used, key=_sort_key))


def uses(text: str, term: DefinedTerm) -> bool:
    """Whether a text uses a defined term in one of its forms."""
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in term.forms)


def _sort_key(name: str) -> str:
    return name.translate(str.maketrans("ÉÈÀéèàêâîôû", "EEAeeaeaiou")).lower()


def _words_of(blocks: Iterable[Block]) -> str:
    return "\n".join(plain_text(block) for block in blocks)


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


def _section(clause: Clause, blocks: tuple[Block, ...], numbers: dict[str, str]) -> Section:
    resolved = tuple(_resolved(block, clause.key, numbers) for block in blocks)
    states = tuple(dict.fromkeys(source for name in clause.states for source in sources_of(name)))
    return Section(
        clause=clause.key,
        version=clause.version,
        number=numbers[clause.key],
        title=french.typography(clause.title),
        blocks=resolved,
        states=states,
    )


def _resolved(block: Block, clause: str, numbers: dict[str, str]) -> Block:
    match block:
        case Paragraph(runs):
            return Paragraph(_resolve(runs, clause, numbers))
        case Subtitle(runs):
            return Subtitle(_resolve(runs, clause, numbers))
        case Bullets(items):
            return Bullets(tuple(_resolve(item, clause, numbers) for item in items))
        case Table(header, rows):
            return Table(
                tuple(_resolve(cell, clause, numbers) for cell in header),
                tuple(tuple(_resolve(cell, clause, numbers) for cell in row) for row in rows),
            )


def _resolve(runs: Runs, clause: str, numbers: dict[str, str]) -> Runs:
    return tuple(_refer(run, clause, numbers) if run.kind is RunKind.REFERENCE else run for run in runs)


def _refer(run: Run, clause: str, numbers: dict[str, str]) -> Run:
    target = run.target or ""
    if target not in numbers:
        raise BrokenReferenceError(clause, target)
    return replace(run, text=french.typography(label(numbers[target])))


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
