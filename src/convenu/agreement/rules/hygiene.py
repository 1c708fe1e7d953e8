"""The text itself: words used as defined terms, marks left to fill, figures that no answer states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from convenu.agreement.rule import Hit, Look, checks
from convenu.agreement.sentences import (
    SECTIONS_KEPT,
    any_of,
    definitions_in,
    in_small,
    is_named,
    left_open_in,
    lines,
    own_words,
    undefined_in,
)
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText, RunKind, Runs, Section, words
from convenu.vocabulary.same import Same

_FIGURE = re.compile(r"\d(?<![\w.,-]\d)(?:[\d\u00a0\u202f .,]*\d)?")
# What stands before a figure that is a name or a citation, not a promise.
_NAMED_FIGURE = re.compile(
    r"(?:\b(?:articles?|art\.|annexes?|n°|loi|décret|ordonnance|règlement|directive|norme|ISO|IEC|Windows|Microsoft|Office|Server|version|[LRDA]\.?)"
    r"(?:\s\([A-Z]+\))?|[/-])\s?$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"^\s?(%|€|euros?|(?:minutes?|heures?|jours?|semaines?|mois|ans?|années?)(?:\s(?:ouvrées?|ouvrés?|ouvrables?))?)")
_SHOWN = 6


@checks("placeholder_left")
def placeholder_left(look: Look) -> Iterator[Hit]:
    """A mark left in the text is a promise nobody made."""
    text = _text(look)
    left = [(section, *left_open_in(section)) for section in text.sections()]
    unwritten = [run for _section, runs, _marks in left for run in runs]
    open_terms = tuple(dict.fromkeys(key for run in unwritten for key in run.terms))
    told = {run.text for run in unwritten}
    if open_terms:
        labels = [label_of(key) for key in open_terms if key in TERM_KEYS]
        yield Hit(message=f"Points restés ouverts dans le texte : {french.enumeration(labels)}.", terms=open_terms)
    for section, _runs, found in left:
        marks = [mark for mark in found if mark not in told]
        if marks:
            yield Hit(message=f"« {section.title} » garde des marques à remplir : {_quoted(marks)}.", terms=(), clause=section.clause)


@checks("undefined_term")
def undefined_term(look: Look) -> Iterator[Hit]:
    """A capital tells the reader to look for a definition; there must be one."""
    text = _text(look)
    defined = any_of(definitions_in(text))
    for section in text.sections():
        found = undefined_in(section, defined)
        if found:
            yield Hit(
                message=f"« {section.title} » écrit avec une majuscule des mots qu’aucune définition ne donne : {_quoted(found)}.",
                terms=(),
                clause=section.clause,
            )


@checks("unused_definition")
def unused_definition(look: Look) -> Iterator[Hit]:
    """A definition never used leaves the reader looking for its use."""
    text = _text(look)
    definitions = definitions_in(text)
    every = in_small(Same(text))
    unused = [name for name, line in definitions.items() if not is_named(every.replace(line.lower(), "", 1), name.lower())]
    if unused:
        section = next(section for section in text.sections() if any(words(line) in definitions.values() for line in lines(section)))
        yield Hit(message=f"Mots définis et jamais employés : {_quoted(unused)}.", terms=(), clause=section.clause)


@checks("unstated_number")
def unstated_number(look: Look) -> Iterator[Hit]:
    """A figure typed in a sentence stays behind when the answer changes."""
    text = _text(look)
    typed = {section.clause: _figures_of(section) for section in text.sections()}
    if not any(typed.values()):
        return
    values = (run.text for section in text.sections() for run in section.runs if run.kind is RunKind.VALUE)
    stated = french.plain_spaces(" | ".join(values))
    for section in text.sections():
        figures = [figure for figure in typed[section.clause] if not _states(stated, figure)]
        if figures:
            yield Hit(
                message=f"« {section.title} » porte des chiffres qu’aucune réponse ne fixe : {_quoted(figures)}.",
                terms=(),
                clause=section.clause,
            )


def _text(look: Look) -> ContractText:
    if look.text is None:
        raise ValueError(f"rule {look.rule.id} looks at a text: give one to check()")
    return look.text


# From one contract to the next, most sections read alike.
@lru_cache(maxsize=SECTIONS_KEPT)
def _figures_of(section: Section) -> tuple[str, ...]:
    return tuple(figure for line in lines(section) for figure in _typed_figures(line))


def _typed_figures(line: Runs) -> Iterator[str]:
    """The figures of the plain runs, with their unit when one follows."""
    text = own_words(line)
    for match in _FIGURE.finditer(text):
        if not _NAMED_FIGURE.search(text[: match.start()]):
            unit = _UNIT.match(text[match.end() :])
            yield f"{match[0].strip()}{unit[0] if unit else ''}"


def _states(stated: str, figure: str) -> bool:
    """Whether a value printed somewhere reads the same, unit included."""
    return bool(re.search(rf"(?<![\d,.]){re.escape(french.plain_spaces(figure))}(?!\w)", stated))


def _quoted(found: Iterable[str]) -> str:
    """The first few, once each, in quotes."""
    once = list(dict.fromkeys(one.strip() for one in found))
    shown = french.enumeration([f"« {one} »" for one in once[:_SHOWN]])
    return shown if len(once) <= _SHOWN else f"{shown}, et {len(once) - _SHOWN} autres"
