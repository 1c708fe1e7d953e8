"""A negotiating position as a person reads it on a contract: whom it favours, what it changes, and the article that would result."""

from __future__ import annotations

from dataclasses import dataclass

from convenu.actions.comparing import ClauseChange, TermChange, clause_words, compare
from convenu.actions.contract_view import ContractView
from convenu.actions.current_terms import long_form, read
from convenu.actions.drafted import draft_of
from convenu.agreement.clause import Alternative, Clause
from convenu.agreement.positions import answers_of, chosen_wordings, is_taken, wording_mistakes
from convenu.agreement.term_words import lines_of
from convenu.terms.contract import Terms, label_of
from convenu.terms.files import terms_from
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import label
from convenu.vocabulary.findings import Finding
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.yaml_text import YamlText
from convenu.web.changed_lines import ChangedClause, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionCard:
    """One position on its page; with nothing to compare when it is already taken."""

    alternative: Alternative
    taken: bool
    terms: tuple[TermChange, ...] = ()
    article: ChangedClause | None = None
    elsewhere: tuple[ClauseChange, ...] = ()
    raised: tuple[Finding, ...] = ()
    lifted: tuple[Finding, ...] = ()
    refused: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An alternative on the page of the library: the values that it gives to answers, in words."""

    alternative: Alternative
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NegotiatedPlace:
    """An article of the contract that has positions, and whether another wording than its own is chosen there."""

    clause: str
    place: str
    title: str
    reworded: bool


def position_cards(view: ContractView, clause: Clause) -> tuple[PositionCard, ...]:
    """The positions of a clause on this contract."""
    return tuple(_card(view, clause, alternative) for alternative in clause.alternatives)


def negotiated_places(view: ContractView) -> tuple[NegotiatedPlace, ...]:
    """The articles of this contract that have positions, in their order."""
    chosen = chosen_wordings(view.terms)
    with_positions = {clause.key for clause in view.draft.library.clauses if clause.alternatives}
    return tuple(
        NegotiatedPlace(section.clause, french.typography(label(section.number)), section.title, section.clause in chosen)
        for section in view.text.sections()
        if section.clause in with_positions
    )


def proposals(clause: Clause) -> tuple[Proposal, ...]:
    """The alternatives of a clause as the library proposes them."""
    return tuple(Proposal(one, _values(one)) for one in clause.alternatives)


def _values(alternative: Alternative) -> tuple[tuple[str, str], ...]:
    proposed = Terms.model_validate(alternative.change)
    return tuple((label_of(key), french.listed(lines_of(proposed.term(key)))) for key in alternative.change)


def _card(view: ContractView, clause: Clause, alternative: Alternative) -> PositionCard:
    if is_taken(clause, alternative, view.terms):
        return PositionCard(alternative=alternative, taken=True)
    library = view.draft.library
    given = answers_of(clause, alternative, view.terms)
    proposed = terms_from(YamlText(given))
    answers = {key: long_form(proposed.term(key)) for key in given}
    after = draft_of(read(answers, over=view.terms).terms, library, on=view.draft.on)
    comparison = compare((view.terms, clause_words(view.text)), (after.terms, clause_words(after.text)), library)
    there = [one for one in comparison.clauses if not one.only_renumbered]
    before, now = {one.key for one in view.draft.findings}, {one.key for one in after.findings}
    known = set(wording_mistakes(view.terms, library, YamlText({})))
    return PositionCard(
        alternative=alternative,
        taken=False,
        terms=comparison.terms if alternative.change else (),
        article=next((changed(one) for one in there if one.shown.clause == clause.key), None),
        elsewhere=tuple(one for one in there if one.shown.clause != clause.key),
        raised=tuple(one for one in after.findings if one.key not in before),
        lifted=tuple(one for one in view.draft.findings if one.key not in now),
        refused=tuple(one for one in wording_mistakes(after.terms, library, YamlText({})) if one not in known),
    )
