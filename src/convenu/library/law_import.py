"""Read a newer publication of a figure from a CSV or YAML file: every mistake at once, each with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Any

from convenu.law.book import LawValue
from convenu.law.series import Growth, Published, growth
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.days import missing_day
from convenu.vocabulary.mistakes import Mistake, MistakesError

COLUMNS = ("from", "value", "source")
_EXAMPLE = "Écrivez une ligne de titres « from,value,source », puis par exemple « 2027-01-01,2.90,arrêté du 15 décembre 2026 »."


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    day: str
    value: str
    source: str


def read_publication(
    figure: LawValue, content: bytes, *, suffix: str, source: str = "", known_until: date | None = None, replacing: bool = False
) -> Growth:
    """What a file says of a figure, set against what is known of it.

    `source` stands for the lines that name none. A published value that would change is a mistake unless `replacing`.
    """
    if not all(isinstance(one.value, Decimal) for one in figure.dated.values.values()):
        raise MistakesError(
            [Mistake(figure.name, "ce chiffre n’est pas une série de nombres", "Seules les séries de nombres s’importent.")]
        )
    rows = list(_yaml_rows(content) if suffix in (".yaml", ".yml") else _csv_rows(content))
    mistakes: list[Mistake] = []
    published = [one for row in rows if (one := _published(figure, row, source, mistakes))]
    seen: dict[date, str] = {}
    for row in rows:
        day = _day(row.day)
        if day is not None and seen.setdefault(day, row.where) != row.where:
            mistakes.append(Mistake(row.where, f"le {day:%d/%m/%Y} est déjà donné : {seen[day]}", "Gardez une seule ligne par jour."))
    if not rows:
        mistakes.append(Mistake("fichier", "aucune valeur", _EXAMPLE))
    if mistakes:
        raise MistakesError(mistakes)
    found = growth(figure, published, known_until=known_until)
    if mistakes := [*_end_mistakes(figure, found, known_until), *(() if replacing else _altered(found))]:
        raise MistakesError(mistakes)
    return found


def _end_mistakes(figure: LawValue, found: Growth, known_until: date | None) -> Iterator[Mistake]:
    """Until when the figure is known must be said, and never goes back."""
    until = figure.dated.known_until
    if until is None:
        return
    if known_until is None and found.added:
        yield Mistake(
            figure.name,
            "rien ne dit jusqu’à quel jour ces valeurs sont connues",
            "Donnez le premier jour non publié : « --known-until 2027-07-01 ».",
        )
    last = max((one.day for one in found.added), default=until)
    if known_until is not None and (known_until < until or (known_until <= last < known_until.max and found.added and known_until <= last)):
        yield Mistake(
            figure.name,
            f"le {known_until:%d/%m/%Y} est trop tôt : ce chiffre est déjà connu jusqu’au {max(until, last):%d/%m/%Y}",
            "Donnez le premier jour que la publication ne couvre pas.",
        )


def _altered(found: Growth) -> list[Mistake]:
    return [
        Mistake(
            f"{one.day:%d/%m/%Y}",
            f"la valeur publiée est {french.number(one.known) if isinstance(one.known, Decimal) else one.known}, le fichier dit "
            f"{french.number(one.new.value)}",
            "Vérifiez la source ; pour remplacer une valeur publiée, ajoutez « --replace ».",
        )
        for one in found.altered
    ]


def _published(figure: LawValue, row: _Row, source: str, mistakes: list[Mistake]) -> Published | None:
    day, value, read_in = _day(row.day), _number(row.value), row.source or source
    if day is None:
        mistakes.append(
            Mistake(row.where, f"« {row.day} » {missing_day(row.day) or 'n’est pas une date'}", "Écrivez par exemple 2027-01-01.")
        )
    elif figure.monthly and day.day != 1:
        mistakes.append(Mistake(row.where, f"le {day:%d/%m/%Y} n’est pas le premier d’un mois", "Cette série a une valeur par mois."))
    elif day < min(figure.dated.values):
        mistakes.append(
            Mistake(row.where, f"le {day:%d/%m/%Y} précède la première valeur connue", f"Elle est du {min(figure.dated.values):%d/%m/%Y}.")
        )
    if value is None:
        mistakes.append(Mistake(row.where, f"« {row.value} » n’est pas un nombre", "Écrivez par exemple 2.90, sans unité."))
    if not read_in:
        mistakes.append(Mistake(row.where, "aucune source", "Remplissez la colonne « source », ou donnez « --source »."))
    return Published(day, value, read_in) if day and value is not None and read_in else None


def _csv_rows(content: bytes) -> Iterator[_Row]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MistakesError([Mistake("fichier", "ce n’est pas un texte en UTF-8", "Enregistrez-le en « CSV UTF-8 ».")]) from error
    first = text.split("\n", 1)[0]
    delimiter = next((sign for sign in (";", "\t") if sign in first), ",")
    lines = [(number, [cell.strip() for cell in row]) for number, row in enumerate(csv.reader(StringIO(text), delimiter=delimiter), 1)]
    filled = [(number, row) for number, row in lines if any(row)]
    if not filled or not {"from", "value"} <= set(filled[0][1]) <= set(COLUMNS):
        raise MistakesError([Mistake("ligne 1", "les titres attendus sont « from », « value » et « source »", _EXAMPLE)])
    titles = filled[0][1]
    for number, row in filled[1:]:
        cells = dict(zip(titles, row, strict=False))
        yield _Row(f"ligne {number}", cells.get("from", ""), cells.get("value", ""), cells.get("source", ""))


def _yaml_rows(content: bytes) -> Iterator[_Row]:
    """`values: {2027-01-01: {value: 2.9, source: …}}`, as the library writes them."""
    data: Any = yaml_text.read(content).data
    values = data.get("values") if isinstance(data, dict) else None
    if not isinstance(values, dict):
        raise MistakesError([Mistake("fichier", "il manque « values »", "Écrivez « values: {2027-01-01: {value: 2.90, source: …}} ».")])
    for day, one in values.items():
        cells = one if isinstance(one, dict) else {"value": one}
        yield _Row(f"values.{day}", str(day), str(cells.get("value", "")), str(cells.get("source", "")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").removesuffix("%").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
