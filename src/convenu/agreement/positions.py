"""What is negotiated in a clause: the wording chosen, what an alternative answers, and what a wording may not leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from convenu.agreement.assemble import included_clauses
from convenu.agreement.clause import Alternative, Clause
from convenu.agreement.language import Scope, said, sources_of
from convenu.agreement.library import Library
from convenu.agreement.term_words import lines_of
from convenu.terms.contract import Terms, label_of
from convenu.terms.values import ClauseWording
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.yaml_text import YamlText

WORDINGS = "clause_wordings"


def chosen_wordings(terms: Terms) -> dict[str, str]:
    """The wording chosen for each clause that does not keep its own words."""
    return {one.clause: one.wording for one in terms.clause_wordings.value or ()}


def choosing(terms: Terms, clause: str, wording: str | None) -> list[dict[str, str]] | str:
    """The answer to « Rédactions choisies » with another wording of a clause, or with its own words again; « none » when none is left."""
    kept = [one for one in terms.clause_wordings.value or () if one.clause != clause]
    chosen = [*kept, ClauseWording(clause=clause, wording=wording)] if wording else kept
    return [one.model_dump() for one in chosen] or "none"


def answers_of(clause: Clause, alternative: Alternative, terms: Terms) -> dict[str, Any]:
    """What an alternative answers, as a terms file writes it."""
    return {WORDINGS: choosing(terms, clause.key, alternative.key)} if alternative.wording else dict(alternative.change)


def is_taken(clause: Clause, alternative: Alternative, terms: Terms) -> bool:
    """Whether the terms already are what the alternative proposes."""
    if alternative.wording:
        return chosen_wordings(terms).get(clause.key) == alternative.key
    there = Terms.model_validate(alternative.change)
    return all(_same(terms, there, key) for key in alternative.change)


def _same(terms: Terms, there: Terms, key: str) -> bool:
    one, other = terms.term(key), there.term(key)
    return one.state is other.state and one.value == other.value


def wordings_in_words(terms: Terms, library: Library) -> tuple[str, ...]:
    """The wordings chosen, one line each: the title of the clause, and what its wording is for."""
    by_key = {clause.key: clause for clause in library.clauses}
    chosen = (
        (by_key[clause], by_key[clause].alternative(wording)) for clause, wording in chosen_wordings(terms).items() if clause in by_key
    )
    return tuple(french.typography(f"{clause.title} : {other.summary.rstrip('.')}") for clause, other in chosen if other)


def value_in_words(terms: Terms, key: str, library: Library) -> tuple[str, ...]:
    """A term in French words, one line an item; the wordings chosen by the titles of their clauses."""
    return (wordings_in_words(terms, library) if key == WORDINGS else ()) or lines_of(terms.term(key))


def wording_mistakes(terms: Terms, library: Library, text: YamlText) -> Iterator[Mistake]:
    """Choices of wording that the library does not hold, twice made, or that leave out a value: each with its place and its remedy."""
    where = text.where((WORDINGS,))
    chosen = terms.clause_wordings.value or ()
    for name, times in Counter(one.clause for one in chosen).items():
        if times > 1:
            yield Mistake(where, f"deux rédactions sont choisies pour la clause « {name} »", "Gardez-en une.")
    by_key = {clause.key: clause for clause in library.clauses}
    for index, one in enumerate(chosen):
        place = text.where((WORDINGS, index))
        clause = by_key.get(one.clause)
        if clause is None:
            yield Mistake(place, f"aucune clause ne s’appelle « {one.clause} »", yaml_text.suggest(one.clause, sorted(by_key)))
        elif one.wording not in clause.wordings:
            yield _no_wording(place, clause, one.wording)
    for clause, left in unsaid(terms, library):
        names = french.enumeration([f"« {label_of(key)} »" for key in left])
        yield Mistake(
            where,
            f"la rédaction choisie pour « {french.typography(clause.title)} » passe sous silence une valeur convenue : {names}",
            "Reprenez la rédaction de base de cette clause, ou répondez qu’il n’y en a pas.",
        )


def _no_wording(place: str, clause: Clause, wording: str) -> Mistake:
    title = french.typography(clause.title)
    other = clause.alternative(wording)
    if other is not None:
        changed = french.enumeration([f"« {label_of(key)} »" for key in other.change])
        return Mistake(
            place, f"« {wording} » n’est pas une rédaction de « {title} » : cette position change {changed}", "Changez ces réponses."
        )
    if not clause.wordings:
        return Mistake(place, f"la clause « {title} » n’a pas d’autre rédaction que la sienne", "Retirez cette ligne.")
    return Mistake(place, f"la clause « {title} » n’a pas de rédaction « {wording} »", yaml_text.suggest(wording, list(clause.wordings)))


def unsaid(terms: Terms, library: Library) -> Iterator[tuple[Clause, tuple[str, ...]]]:
    """The agreed values that a clause states in its own words and that the wording chosen for it leaves out.

    This is what keeps each value of a contract written in one normative place, whatever wordings are chosen.
    """
    chosen = {*chosen_wordings(terms), *library.replaced}
    if not chosen:
        return
    included = included_clauses(terms, library)
    scope = Scope(terms, {}, {}, frozenset(clause.key for clause in included))
    for clause in included:
        base = library.replaced.get(clause.key) or library.clause(clause.key)
        if clause.key in chosen and base is not clause:
            stated = {source for name in base.states for source in sources_of(name) if _has_value(terms, source)}
            left = stated - said(clause.parsed, scope.read(clause.parsed))
            # The clause's own words are read only where the wording chosen leaves something out.
            left = left and left & said(base.parsed, scope.read(base.parsed))
            if left:
                yield clause, tuple(sorted(left))


def _has_value(terms: Terms, key: str) -> bool:
    term = terms.term(key)
    return term.stated and term.value != ()
