"""The figures of the law that a contract's clauses print, and these clauses alone written again when one of the figures moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, cast

from convenu.agreement.assemble import included_clauses, scope_of, section_of, write
from convenu.agreement.clause import Clause, Place
from convenu.agreement.language import Scope, figures_said, sources_of
from convenu.agreement.library import Library
from convenu.agreement.verdicts import Places
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.states import Term
from convenu.vocabulary.contract_text import Section


def clauses_printing(terms: Terms, library: Library, *, on: date) -> dict[str, tuple[str, ...]]:
    """The clauses that print each figure, or choose their words by it, by name and in the order of the contract."""
    clauses = included_clauses(terms, library)
    scope = scope_of(terms, clauses, library.law, on)
    found: dict[str, list[str]] = defaultdict(list)
    for clause in clauses:
        for figure in sorted(_figures_of(clause, clauses, scope, library)):
            found[figure].append(clause.key)
    return {figure: tuple(keys) for figure, keys in found.items()}


def _figures_of(clause: Clause, clauses: Iterable[Clause], scope: Scope, library: Library) -> set[str]:
    texts = [clause.parsed]
    if clause.place is Place.SUMMARY:
        texts += [one.summary for one in clauses if one.summary]
    if clause.parsed.lists_definitions:
        texts += [term.meaning for term in library.definitions]
    return {figure for parsed in texts if parsed.law for figure in figures_said(parsed, scope.read(parsed))}


def stand_alone(keys: Iterable[str], library: Library) -> bool:
    """Whether none of these clauses is written from the others, as the definitions and the summary are."""
    clauses = map(library.clause, keys)
    return not any(clause.parsed.lists_definitions or clause.place is Place.SUMMARY for clause in clauses)


def written_again(keys: Iterable[str], data: Mapping[str, Any], places: Places, library: Library, *, on: date) -> tuple[Section, ...]:
    """The sections of these clauses with the figures of a day, from the terms as plain data; all else in the contract being as it was.

    Each clause stands alone, and the figures were published before and are now: they then move no branch, no reference and no definition.
    """
    own = [library.clause(key) for key in keys]
    read_by_most = {source for clause in own for name in clause.parsed.names for source in sources_of(name)}
    terms = _TermsAsRead(data, {"clause_wordings", *read_by_most})
    wordings = {one.clause: one.wording for one in terms.clause_wordings.value or ()}
    chosen = [clause.worded(wordings.get(clause.key)) for clause in own]
    scope = scope_of(cast("Terms", terms), chosen, library.law, on)
    scope.included = frozenset(places.sections)
    numbers = {clause: number for clause, (number, _title) in places.sections.items()}
    return tuple(section_of(clause, write(clause.parsed, scope, library), numbers) for clause in chosen)


class _TermsAsRead:
    """Terms of which each is read from its plain data when somebody looks at it: reading all three hundred takes longer than the rest."""

    def __init__(self, data: Mapping[str, Any], together: Collection[str]) -> None:
        self._data = data
        self._found: dict[str, Term[Any]] = {}
        self._read(together)

    def _read(self, keys: Collection[str]) -> None:
        terms = Terms.model_validate({key: self._data[key] for key in keys if key in self._data})
        self._found |= {key: terms.term(key) for key in keys}

    def term(self, key: str) -> Term[Any]:
        """The term of that key."""
        if key not in self._found:
            self._read((key,))
        return self._found[key]

    def __getattr__(self, key: str) -> Any:
        if key not in TERM_KEYS:
            raise AttributeError(key)
        return self.term(key)
