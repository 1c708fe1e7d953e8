"""The files of terms that a verb is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from convenu.agreement.scoping import SETTINGS, contradictions
from convenu.cli.files import content_of
from convenu.library import loader
from convenu.terms.contract import Terms
from convenu.terms.files import terms_from
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import Mistake, MistakesError


def terms_of(path: Path) -> Terms:
    """The terms of a file; answers that cannot both be true are mistakes, whoever wrote them."""
    text = yaml_text.read(content_of(path))
    if isinstance(text.data, dict) and not text.data.keys().isdisjoint(SETTINGS):
        remedy = f"Écrivez d’abord ses termes : convenu scope {path} -o termes.yaml."
        raise MistakesError([Mistake(str(path), "c’est un fichier de réponses, ce verbe attend des termes", remedy)])
    terms = terms_from(text)
    clashes = contradictions(terms, loader.current(), text)
    if clashes:
        raise MistakesError(clashes)
    return terms


def variants_of(paths: Sequence[Path]) -> dict[str, Terms]:
    """The terms of files that are variants of one another, by the name of each; each is given once, whatever way its name is written."""
    first: dict[Path, Path] = {}
    mistakes = []
    for path in paths:
        known = first.setdefault(path.resolve(), path)
        if known is not path:
            told = f"le même fichier que « {known} »" if str(known) != str(path) else "ce fichier est donné deux fois"
            mistakes.append(Mistake(str(path), told, "Donnez chaque variante une fois ; une variante est un autre fichier de termes."))
    if mistakes:
        raise MistakesError(mistakes)
    return {str(path): terms_of(path) for path in paths}
