"""A finding as a person reads it: the words in question, the law, the remedy, and what the remedy would change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from convenu.actions.contract_view import ContractView
from convenu.actions.current_terms import long_form, read
from convenu.actions.drafted import Draft, draft_of
from convenu.actions.interview import MovedClause, moved_clauses
from convenu.actions.standing import Standing
from convenu.agreement.rule import Rule
from convenu.agreement.term_words import lines_of
from convenu.library import loader
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.terms.files import terms_from
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, Bullets, ContractText, Paragraph, Run, Runs, Subtitle, Table, label, words
from convenu.vocabulary.findings import Finding
from convenu.vocabulary.yaml_text import YamlText
from convenu.web.interview.questions import question_of

LONGEST_QUOTE = 280


@dataclass(frozen=True, slots=True)
class Card:
    """One finding on its page."""

    standing: Standing
    quote: str
    rule: Rule
    term: str

    @property
    def finding(self) -> Finding:
        """What was found."""
        return self.standing.finding

    @property
    def id(self) -> str:
        """Its element in the page."""
        return f"f-{hashlib.sha256(self.finding.key.encode()).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a remedy would do: the value before and after, the articles it touches, the findings it would leave."""

    label: str
    before: str
    after: str
    articles: tuple[str, ...]
    others: int


def cards(draft: Draft, standing: Iterable[Standing]) -> list[Card]:
    """The findings of a group."""
    return [card_of(draft, one) for one in standing]


def card_of(draft: Draft, one: Standing) -> Card:
    """A finding with the words of the contract that it is about."""
    finding = one.finding
    term = next((key for key in finding.terms if question_of(key, draft.library)), "")
    return Card(one, _quote(draft.text, finding), loader.current().rule(finding.rule), term)


def preview_of(view: ContractView, finding: Finding) -> Preview | None:
    """What applying the remedy would change."""
    change = finding.change
    if change is None or change.term not in TERM_KEYS:
        return None
    new = long_form(terms_from(YamlText({change.term: change.value})).term(change.term))
    after = draft_of(read({change.term: new}, over=view.terms).terms, view.draft.library, on=view.draft.on)
    moved = [one for one in moved_clauses(view.text, after.text) if one.move != "renumbered"]
    known = {one.key for one in view.draft.findings}
    return Preview(
        label=label_of(change.term),
        before=french.listed(lines_of(view.terms.term(change.term))),
        after=french.listed(lines_of(after.terms.term(change.term))),
        articles=tuple(_place(one) for one in moved),
        others=sum(one.key not in known for one in after.findings),
    )


def _place(moved: MovedClause) -> str:
    return f"{french.typography(label(moved.number))}, {moved.title}"


def _quote(text: ContractText, finding: Finding) -> str:
    """The words of the clause that show one of the terms, cut where they get long: the row that the message names, or else the first."""
    section = text.section(finding.clause) if finding.clause else None
    if section is None:
        return ""
    wanted = set(finding.terms)
    shown = [runs for block in section.blocks for runs in _parts(block) if any(wanted & set(run.terms) for run in runs)]
    named = (runs for runs in shown if words(runs[:1]).strip() and words(runs[:1]).strip() in finding.message)
    said = " ".join(words(next(named, shown[0] if shown else ())).split())
    return french.typography(f"{said[:LONGEST_QUOTE].rsplit(' ', 1)[0]}…" if len(said) > LONGEST_QUOTE else said)


def _parts(block: Block) -> Iterator[Runs]:
    """What is quoted as a whole: a paragraph, an item of a list, a row of a table."""
    match block:
        case Paragraph(runs) | Subtitle(runs):
            yield runs
        case Bullets(items):
            yield from items
        case Table(_header, rows):
            for row in rows:
                yield tuple(run for number, cell in enumerate(row) for run in ((Run(" : "), *cell) if number else cell))
