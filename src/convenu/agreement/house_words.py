"""The words that a house defines, and the brands and products that it names, in its own clauses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from convenu.agreement.clause import DefinedTerm
from convenu.agreement.clause_mistakes import ClauseMistake, ClauseSyntaxError
from convenu.agreement.defined_words import vocabulary
from convenu.agreement.house_clause import HouseClause
from convenu.agreement.language import parse
from convenu.agreement.loops import loops
from convenu.vocabulary import french

_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’' -]{1,60}")
_PLACE = "définitions"


def place_of_definitions(key: str) -> str:
    """Where the mistakes of a clause's definitions are told."""
    return f"{key}/{_PLACE}"


def defined_by(clauses: Iterable[HouseClause], ours: tuple[DefinedTerm, ...]) -> tuple[DefinedTerm, ...]:
    """The words that these clauses define; a `ClauseSyntaxError` tells all that is wrong with them."""
    made: list[DefinedTerm] = []
    mistakes: list[ClauseMistake] = []
    taken = {form for term in ours for form in term.forms}
    times = Counter(one.name for clause in clauses for one in clause.definitions)
    for clause in clauses:
        place = place_of_definitions(clause.key)
        for line, one in enumerate(clause.definitions, start=1):
            mistakes += (wrong := list(_name_mistakes(place, line, one.name, taken, times)))
            if wrong:
                continue
            try:
                meaning = parse(place, one.meaning)
            except ClauseSyntaxError as error:
                mistakes += [replace(mistake, line=line) for mistake in error.mistakes]
                continue
            if meaning.references:
                mistakes.append(ClauseMistake(place, line, "un sens renvoie à une clause", "Dites le sens en une phrase, sans renvoi."))
            made.append(DefinedTerm(one.name, tuple(_forms(one.name)), meaning))
    mistakes += _circles(clauses, tuple(made))
    if mistakes:
        raise ClauseSyntaxError(mistakes)
    return tuple(made)


def _name_mistakes(place: str, line: int, name: str, taken: set[str], times: Counter[str]) -> Iterator[ClauseMistake]:
    if not _NAME.fullmatch(name):
        yield ClauseMistake(place, line, f"« {name} » n’est pas un mot défini", "Commencez-le par une majuscule, sans ponctuation.")
    if name in taken:
        yield ClauseMistake(place, line, f"« {name} » est déjà défini par la bibliothèque", "Employez-le tel quel, ou prenez un autre mot.")
    if times[name] > 1:
        yield ClauseMistake(place, line, f"« {name} » est défini deux fois dans votre bibliothèque", "Gardez une seule définition.")


def _circles(clauses: Iterable[HouseClause], made: tuple[DefinedTerm, ...]) -> Iterator[ClauseMistake]:
    """Words of the house that define one another: a word of ours never uses one of the house's."""
    home = {one.name: clause.key for clause in clauses for one in clause.definitions}
    known = vocabulary(made)
    for loop in loops({term.name: known.used_in([term.meaning.words]) for term in made}):
        names = french.enumeration([f"« {name} »" for name in loop])
        yield ClauseMistake(place_of_definitions(home[loop[0]]), 0, f"des mots se définissent l’un par l’autre : {names}")


def _forms(name: str) -> Iterator[str]:
    """The word, its first word in the plural, all its words in the plural, each once."""
    words = name.split()
    yield from dict.fromkeys([name, " ".join([_plural(words[0]), *words[1:]]), " ".join(map(_plural, words))])


def _plural(word: str) -> str:
    if word[-1:] in "sxz":
        return word
    return f"{word[:-2]}aux" if word.endswith("al") else f"{word}x" if word.endswith(("au", "eu")) else f"{word}s"
