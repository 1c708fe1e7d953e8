"""The MSP's house laid over the library: its own clauses, and its own wording of ours, under the same checks."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from pydantic import BaseModel, ConfigDict

from convenu.agreement.clause import Clause, Place, Review, Wording
from convenu.agreement.clause_checks import label_of_name, reference_mistakes, statement_mistakes
from convenu.agreement.clause_mistakes import ClauseMistake, ClauseSyntaxError
from convenu.agreement.conditions import Condition, ConditionError
from convenu.agreement.language import Parsed, parse
from convenu.agreement.sentences import any_of, undefined
from convenu.vocabulary.contract_text import Run

if TYPE_CHECKING:
    from convenu.agreement.library import Library

PREFIX = "house_"
KEY = re.compile(rf"{PREFIX}[a-z0-9_]{{1,50}}")
LONGEST_TEXT = 20_000
LONGEST_TITLE = 120
# After the library's own clauses of the same article.
ORDER = 900
NO_AUDIT_TYPE = "object_scope"


class Base(BaseModel):
    """The library's clause that a wording of the house replaces, as it was when the wording was written or last settled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    release: str
    title: str
    text: str


class HouseClause(BaseModel):
    """A clause of the house's own (`house_…`), or its wording of the library's clause of that key (then with its `base`).

    A clause of its own says where it stands and when it appears; a wording takes that from the clause it replaces.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    version: int = 1
    title: str
    text: str
    provision: int = 0
    annex: bool = False
    applies_when: dict[str, Any] | None = None
    law: tuple[str, ...] = ()
    gloss: str = ""
    base: Base | None = None

    @property
    def own(self) -> bool:
        """Whether the house wrote it from nothing."""
        return self.key.startswith(PREFIX)


@dataclass(frozen=True, slots=True)
class HouseLayer:
    """One version of the house's clauses, numbered; the same clauses have the same hash."""

    number: int
    clauses: tuple[HouseClause, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of the clauses in the order of their keys."""
        rows = [clause.model_dump(mode="json") for clause in sorted(self.clauses, key=lambda clause: clause.key)]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def clause(self, key: str) -> HouseClause | None:
        """The house's clause of that key, if it has one."""
        return next((clause for clause in self.clauses if clause.key == key), None)

    def with_clause(self, clause: HouseClause) -> HouseLayer:
        """The next version, with this clause in place of the one of its key."""
        others = tuple(one for one in self.clauses if one.key != clause.key)
        return HouseLayer(self.number + 1, tuple(sorted((*others, clause), key=lambda one: one.key)))

    def without(self, key: str) -> HouseLayer:
        """The next version, without the clause of that key."""
        return HouseLayer(self.number + 1, tuple(one for one in self.clauses if one.key != key))


def lay_over(library: Library, layer: HouseLayer) -> Library:
    """The library as this house words it; all that does not hold together is raised at once in a `ClauseSyntaxError`.

    A library already laid over keeps none of the layer before.
    """
    mistakes: list[ClauseMistake] = []
    made: dict[str, Clause] = {}
    by_key = {clause.key: clause for clause in library.clauses}
    for row in layer.clauses:
        try:
            made[row.key] = _clause_of(row, by_key, library)
        except ClauseSyntaxError as error:
            mistakes += error.mistakes
    own = (made[row.key] for row in layer.clauses if row.own and row.key in made)
    clauses = (*(made.get(clause.key, clause) for clause in library.clauses), *own)
    together = (*reference_mistakes(clauses), *statement_mistakes(clauses))
    # The library's own clauses were found sound when it was loaded.
    mistakes += [mistake for mistake in together if mistake.clause.partition("/")[0] in made]
    if mistakes:
        raise ClauseSyntaxError(mistakes)
    return replace(
        library,
        hash=hashlib.sha256(f"{library.hash} {layer.number} {layer.hash}".encode()).hexdigest(),
        house=layer.number,
        clauses=clauses,
        replaced={row.key: by_key[row.key] for row in layer.clauses if not row.own},
    )


def mistakes_with(library: Library, layer: HouseLayer) -> tuple[ClauseMistake, ...]:
    """What keeps a layer from being laid over a library; nothing when it can be."""
    try:
        lay_over(library, layer)
    except ClauseSyntaxError as error:
        return error.mistakes
    return ()


def _clause_of(row: HouseClause, library_clauses: Mapping[str, Clause], library: Library) -> Clause:
    base = None if row.own else library_clauses.get(row.key)
    mistakes = [*_form_mistakes(row), *_place_mistakes(row, base, library)]
    try:
        parsed = parse(row.key, row.text)
    except ClauseSyntaxError as error:
        raise ClauseSyntaxError([*mistakes, *error.mistakes]) from error
    stated = {name for clause in library.clauses for name in clause.states}
    states = base.states if base else tuple(sorted(parsed.names - stated))
    mentions = tuple(sorted(parsed.names - set(states)))
    mistakes += [*_unsaid_mistakes(row, parsed, states), *_undefined_mistakes(parsed, library)]
    if mistakes:
        raise ClauseSyntaxError(mistakes)
    if base:
        wording = Wording(title=row.title, states=states, mentions=mentions, leaves_out=(), law=base.law, text=row.text, parsed=parsed)
        return replace(base.in_words(wording), version=row.version)
    return _own_clause(row, parsed, states, mentions, library)


def _own_clause(row: HouseClause, parsed: Parsed, states: tuple[str, ...], mentions: tuple[str, ...], library: Library) -> Clause:
    audit_type = next((clause.audit_type for clause in library.clauses if clause.provision == row.provision), NO_AUDIT_TYPE)
    return Clause(
        key=row.key,
        title=row.title,
        version=row.version,
        provision=row.provision,
        order=ORDER,
        audit_type=audit_type,
        place=Place.ANNEX if row.annex else Place.BODY,
        states=states,
        mentions=mentions,
        applies_when=Condition.read(row.applies_when),
        excludes=(),
        law=row.law,
        gloss=row.gloss,
        why="",
        yields_first="",
        never="",
        alternatives=(),
        reviewed=Review(),
        text=row.text,
        parsed=parsed,
    )


def _form_mistakes(row: HouseClause) -> Iterator[ClauseMistake]:
    if not row.title.strip() or len(row.title) > LONGEST_TITLE:
        yield ClauseMistake(row.key, 0, "le titre manque ou est trop long", f"{LONGEST_TITLE} caractères au plus.")
    if not row.text.strip():
        yield ClauseMistake(row.key, 0, "le texte manque")
    if len(row.text) > LONGEST_TEXT:
        yield ClauseMistake(row.key, 0, "le texte est trop long", f"{LONGEST_TEXT} caractères au plus : faites-en plusieurs clauses.")
    if row.own and not KEY.fullmatch(row.key):
        yield ClauseMistake(row.key, 0, "la clé est « house_ » puis des lettres sans accent, des chiffres ou « _ »")


def _place_mistakes(row: HouseClause, base: Clause | None, library: Library) -> Iterator[ClauseMistake]:
    if not row.own and base is None:
        told = "la bibliothèque n’a plus cette clause" if row.base else "la bibliothèque n’a pas de clause de cette clé"
        yield ClauseMistake(row.key, 0, told, "Retirez votre rédaction, ou faites-en une clause à vous.")
    if row.own and row.provision not in {provision.number for provision in library.provisions}:
        yield ClauseMistake(row.key, 0, "l’article où la placer manque", "Choisissez-le dans la liste.")
    try:
        Condition.read(row.applies_when)
    except ConditionError as error:
        yield ClauseMistake(row.key, 0, f"les cas où elle joue ne se lisent pas : {error}", "Écrivez « terme: valeur ».")


def _unsaid_mistakes(row: HouseClause, parsed: Parsed, states: Iterable[str]) -> Iterator[ClauseMistake]:
    """Terms that no clause would fix any more."""
    for name in sorted(set(states) - parsed.names):
        told = f"votre texte ne dit plus « {label_of_name(name)} », que cette clause fixe"
        yield ClauseMistake(row.key, 0, told, f"Écrivez {{{{ {name} }}}}, dans une phrase ou dans un « if ».")


def _undefined_mistakes(parsed: Parsed, library: Library) -> Iterator[ClauseMistake]:
    """Words written as defined terms that the library does not define."""
    defined = any_of(form for term in library.definitions for form in term.forms)
    for data in _typed_words(parsed.body):
        for number, line in enumerate(data.data.split("\n"), start=data.lineno):
            for word in undefined((Run(line),), defined):
                told = f"« {word} » porte une majuscule de mot défini, et rien ne le définit"
                yield ClauseMistake(parsed.clause, number, told, "Mettez une minuscule, ou un mot défini.")


def _typed_words(body: Iterable[nodes.Node]) -> Iterator[nodes.TemplateData]:
    for node in body:
        if isinstance(node, nodes.TemplateData):
            yield node
        yield from node.find_all(nodes.TemplateData)
