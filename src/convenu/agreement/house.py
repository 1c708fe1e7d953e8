"""The MSP's house laid over the library: its own clauses, and its own wording of ours, under the same checks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jinja2 import nodes

from convenu.agreement.clause import Alternative, Clause, Place, Review, Wording
from convenu.agreement.clause_checks import label_of_name, reference_mistakes, replacement_mistakes, statement_mistakes
from convenu.agreement.clause_mistakes import ClauseMistake, ClauseSyntaxError
from convenu.agreement.conditions import Condition, ConditionError
from convenu.agreement.house_clause import ALTERNATIVE_KEY, KEY, LONGEST_TEXT, LONGEST_TITLE, HouseAlternative, HouseClause
from convenu.agreement.house_words import defined_by, place_of_definitions
from convenu.agreement.language import Parsed, finding_names, parse, sources_of
from convenu.agreement.sentences import any_of, undefined
from convenu.vocabulary.contract_text import Run, RunKind, Runs

if TYPE_CHECKING:
    from convenu.agreement.library import Library

# After the library's own clauses of the same article.
ORDER = 900
NO_AUDIT_TYPE = "object_scope"


@dataclass(frozen=True, slots=True)
class HouseLayer:
    """One version of the house's clauses, numbered; the same clauses have the same hash."""

    number: int
    clauses: tuple[HouseClause, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of the clauses in the order of their keys."""
        rows = [clause.kept() for clause in sorted(self.clauses, key=lambda clause: clause.key)]
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
    try:
        library = replace(library, definitions=(*library.definitions, *defined_by(layer.clauses, library.definitions)))
    except ClauseSyntaxError as error:
        mistakes += error.mistakes
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
    misplaced = list(_place_mistakes(row, base, library))
    mistakes = [*_form_mistakes(row), *misplaced, *_meaning_mistakes(row, library)]
    try:
        parsed = parse(row.key, row.text, row.proper_names)
    except ClauseSyntaxError as error:
        raise ClauseSyntaxError([*mistakes, *error.mistakes]) from error
    stated = {name for clause in library.clauses for name in clause.states}
    states = base.states if base else tuple(sorted(parsed.names - stated))
    mentions = tuple(sorted(parsed.names - set(states)))
    mistakes += [*_unsaid_mistakes(row, parsed, states), *_undefined_mistakes(parsed, library)]
    if misplaced:
        raise ClauseSyntaxError(mistakes)
    if base:
        wording = Wording(
            title=row.title,
            states=states,
            mentions=mentions,
            leaves_out=(),
            law=base.law,
            source=row.key,
            text=row.text,
            proper_names=row.proper_names,
        )
        clause = replace(base.in_words(wording), version=row.version)
    else:
        clause = _own_clause(row, states, mentions, library)
    known = {source for name in stated | set(states) for source in sources_of(name)}
    for one in row.alternatives:
        try:
            clause = replace(clause, alternatives=(*clause.alternatives, _alternative(row, one, clause, known, library)))
        except ClauseSyntaxError as error:
            mistakes += error.mistakes
    if mistakes:
        raise ClauseSyntaxError(mistakes)
    return clause


def _alternative(row: HouseClause, one: HouseAlternative, clause: Clause, known: set[str], library: Library) -> Alternative:
    """Another text of a clause of the house, under the checks of the library's; it leaves out what it does not say."""
    place = f"{row.key}/{one.key}"
    mistakes = list(_alternative_mistakes(place, one, clause))
    try:
        parsed = parse(place, one.text, row.proper_names)
    except ClauseSyntaxError as error:
        raise ClauseSyntaxError([*mistakes, *error.mistakes]) from error
    states = tuple(name for name in clause.states if name in parsed.names)
    said = {source for name in states for source in sources_of(name)}
    leaves_out = tuple(sorted({source for name in clause.states for source in sources_of(name)} - said))
    for name in sorted(name for name in parsed.names if not known.issuperset(sources_of(name))):
        told = f"« {label_of_name(name)} » n’est dit que par cette rédaction"
        mistakes.append(ClauseMistake(place, 0, told, "Dites-le aussi dans le texte de la clause."))
    mistakes += [*replacement_mistakes(place, clause, states, leaves_out), *_undefined_mistakes(parsed, library)]
    if mistakes:
        raise ClauseSyntaxError(mistakes)
    mentions = tuple(sorted(parsed.names - set(states)))
    wording = Wording(
        title=one.title or row.title,
        states=states,
        mentions=mentions,
        leaves_out=leaves_out,
        law=clause.law,
        source=place,
        text=one.text,
        proper_names=row.proper_names,
    )
    return Alternative(key=one.key, stance=one.stance, summary=one.summary, wording=wording)


def _own_clause(row: HouseClause, states: tuple[str, ...], mentions: tuple[str, ...], library: Library) -> Clause:
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
        source=row.key,
        text=row.text,
        proper_names=row.proper_names,
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


def _alternative_mistakes(place: str, one: HouseAlternative, clause: Clause) -> Iterator[ClauseMistake]:
    if not ALTERNATIVE_KEY.fullmatch(one.key):
        yield ClauseMistake(place, 0, "la clé d’une rédaction est en lettres sans accent, chiffres ou « _ »")
    if clause.alternative(one.key):
        yield ClauseMistake(place, 0, f"deux positions de cette clause s’appellent « {one.key} »", "Donnez-leur deux titres.")
    if not one.summary.strip():
        yield ClauseMistake(place, 0, "une rédaction n’a pas sa phrase", "Dites en une phrase ce qu’elle change.")
    if not one.text.strip() or len(one.text) > LONGEST_TEXT:
        yield ClauseMistake(place, 0, "le texte d’une rédaction manque ou est trop long", f"{LONGEST_TEXT} caractères au plus.")


def _meaning_mistakes(row: HouseClause, library: Library) -> Iterator[ClauseMistake]:
    """Words written as defined terms, in a meaning, that nothing defines."""
    for line, one in enumerate(row.definitions, start=1):
        place = place_of_definitions(row.key)
        try:
            parsed = parse(place, one.meaning, row.proper_names)
        except ClauseSyntaxError:
            continue  # told where the words are defined
        yield from (replace(mistake, line=line) for mistake in _undefined_mistakes(parsed, library))


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
    """Words written as defined terms that neither the library nor the house defines, the proper names of the clause apart."""
    defined = any_of(form for term in library.definitions for form in term.forms)
    for data in _typed_words(parsed.body):
        for number, line in enumerate(data.data.split("\n"), start=data.lineno):
            for word in undefined(_line(line, parsed.proper_names), defined):
                told = f"« {word} » porte une majuscule de mot défini, et rien ne le définit"
                remedy = "Mettez une minuscule, définissez-le, ou ajoutez-le aux noms propres si c’est une marque ou un produit."
                yield ClauseMistake(parsed.clause, number, told, remedy)


def _line(typed: str, names: tuple[str, ...]) -> Runs:
    """A line as typed, its proper names apart."""
    if not names:
        return (Run(typed),)
    parts = enumerate(finding_names(names).split(typed))
    return tuple(Run(part, RunKind.NAME if rank % 2 else RunKind.TEXT) for rank, part in parts)


def _typed_words(body: Iterable[nodes.Node]) -> Iterator[nodes.TemplateData]:
    for node in body:
        if isinstance(node, nodes.TemplateData):
            yield node
        yield from node.find_all(nodes.TemplateData)
