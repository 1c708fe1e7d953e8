"""What must hold of every clause, whoever wrote it: its names, what it declares, its references, and one normative place for each term."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from convenu.agreement.clause import Clause
from convenu.agreement.clause_mistakes import ClauseMistake, ClauseSyntaxError
from convenu.agreement.derived import DERIVED
from convenu.agreement.language import Parsed, sources_of
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.vocabulary.yaml_text import suggest


def raise_any(mistakes: Iterable[ClauseMistake]) -> None:
    """Raise the mistakes together, if there is one."""
    found = tuple(mistakes)
    if found:
        raise ClauseSyntaxError(found)


def label_of_name(name: str) -> str:
    """What a term or a derived value is called in a contract."""
    return DERIVED[name].label if name in DERIVED else label_of(name)


def declaration_mistakes(parsed: Parsed, states: Collection[str], mentions: Collection[str]) -> Iterator[ClauseMistake]:
    """Names that are no term; terms printed and not declared; terms declared and not printed."""
    place, known = parsed.clause, {*TERM_KEYS, *DERIVED}
    declared = {*states, *mentions}
    for name in sorted(declared - known):
        yield ClauseMistake(place, 0, f"aucun terme ne s’appelle « {name} »", suggest(name, sorted(known)))
    for name in sorted(parsed.names - declared):
        yield ClauseMistake(place, 0, f"« {name} » est écrit sans être déclaré", "Ajoutez-le à states ou à mentions.")
    for name in sorted((declared & known) - parsed.names):
        yield ClauseMistake(
            place,
            0,
            f"« {label_of_name(name)} » ({name}) est déclaré et n’est pas dans le texte",
            f"Écrivez {{{{ {name} }}}}, ou ne le déclarez plus.",
        )


def replacement_mistakes(place: str, of: Clause, states: Collection[str], leaves_out: Collection[str] = ()) -> Iterator[ClauseMistake]:
    """A wording that replaces a clause states what the clause states, save what it declares to leave out."""
    base = {source for name in of.states for source in sources_of(name)}
    here = {source for name in states for source in sources_of(name)}
    for name in sorted(here - base):
        yield ClauseMistake(
            place,
            0,
            f"« {label_of_name(name)} » ({name}) est énoncé ici et ne l’est pas par la clause remplacée",
            "Mentionnez-le seulement.",
        )
    for name in sorted(base - here - set(leaves_out)):
        yield ClauseMistake(
            place, 0, f"« {label_of_name(name)} » n’est plus énoncé nulle part", f"Écrivez {{{{ {name} }}}} : la clause remplacée l’énonce."
        )
    for name in sorted(set(leaves_out) - (base - here)):
        yield ClauseMistake(
            place, 0, f"« {name} » est dit laissé de côté, et la clause ne l’énonce pas ou ce texte l’énonce", "Retirez-le de leaves_out."
        )


def reference_mistakes(clauses: Iterable[Clause]) -> Iterator[ClauseMistake]:
    """References that could break: to no clause, or unguarded to a clause that some contracts lack."""
    by_key = {clause.key: clause for clause in clauses}
    for clause in (variant for one in by_key.values() for variant in one.variants()):
        for target in sorted(clause.parsed.references - by_key.keys()):
            yield _refers(clause, target, f"renvoie à « {target} », qui n’est pas une clause", suggest(target, sorted(by_key)))
        for target in sorted(clause.parsed.unguarded & by_key.keys() - {clause.key}):
            if not by_key[target].applies_when.always and by_key[target].applies_when != clause.applies_when:
                told = f"renvoie à « {by_key[target].title} », que certains contrats n’ont pas"
                yield _refers(clause, target, told, f'Entourez ce renvoi de {{% if "{target}" is included %}} … {{% endif %}}.')
        for target in clause.excludes:
            if target not in by_key:
                yield ClauseMistake(clause.key, 0, f"remplace « {target} », qui n’est pas une clause", suggest(target, sorted(by_key)))


def statement_mistakes(clauses: Iterable[Clause]) -> Iterator[ClauseMistake]:
    """Two clauses that state the same term, unless one excludes the other.

    The wordings of a clause state no more than the clause does, and replace one another.
    """
    owners: dict[str, list[Clause]] = {}
    for clause in clauses:
        for name in clause.states:
            owners.setdefault(name, []).append(clause)
    for name, (first, *others) in owners.items():
        for other in others:
            if other.key not in first.excludes and first.key not in other.excludes:
                told = f"énonce « {label_of_name(name)} » ({name}), que « {first.title} » énonce déjà"
                yield ClauseMistake(other.key, 0, told, "Mentionnez-le seulement.")


def _refers(clause: Clause, target: str, message: str, suggestion: str) -> ClauseMistake:
    return ClauseMistake(clause.parsed.clause, line_of(clause.text, target), message, suggestion)


def line_of(text: str, word: str) -> int:
    """The line where a word stands between quotes; 0 when it stands nowhere."""
    found = re.search(rf"""["']{re.escape(word)}["']""", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0
