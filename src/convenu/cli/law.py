"""`convenu law`: a figure of the law on a day, its history, and the import of a newer publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from convenu.cli.files import content_of
from convenu.cli.telling import print_json
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.law.book import LawBook, LawValue
from convenu.law.series import Growth
from convenu.law.words import figure_in_words
from convenu.library import loader
from convenu.library.law_import import read_publication
from convenu.library.law_overlay import keep
from convenu.vocabulary import french
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.mistakes import Mistake, MistakesError


def show_answer(book: LawBook, name: str, on: date, *, as_json: bool) -> None:
    """The figure on a day, with the days it holds, where it was read and when somebody last looked."""
    try:
        answer = book.on(name, on)
    except NotInForceError as error:
        remedy = "Rien n’est extrapolé : demandez un jour couvert, ou attendez la publication."
        raise MistakesError([Mistake(f"{name} au {on:%d/%m/%Y}", error.reason, remedy)]) from error
    if as_json:
        print_json(answer.as_json())
        return
    value = figure_in_words(answer.value, answer.unit)
    until = f" jusqu’au {french.short_day(answer.end)} exclu" if answer.end else ""
    click.echo(f"{answer.label} au {french.short_day(on)} : {value}")
    click.echo(f"  depuis le {french.short_day(answer.start)}{until}\n  source : {answer.source}")
    if answer.last_checked:
        click.echo(f"  vérifié le {french.short_day(answer.last_checked)}")


def show_history(book: LawBook, name: str, *, as_json: bool) -> None:
    """Every known value of a figure, the oldest first."""
    figure = _series(book, name)
    lines = sorted(figure.dated.values.items())
    if as_json:
        print_json([{"from": day.isoformat(), "value": str(one.value), "source": one.source} for day, one in lines])
        return
    for day, one in lines:
        click.echo(f"{french.short_day(day)}  {figure_in_words(one.value, figure.unit):>16}  {one.source}")
    until = f", connu jusqu’au {french.short_day(figure.dated.known_until)} exclu" if figure.dated.known_until else ""
    click.echo(french.typography(f"{figure.label} : {len(lines)} valeur{'s' if len(lines) > 1 else ''}{until}."))


def import_publication(book: LawBook, name: str, content: bytes, *, today: date, imported: Path, applied: bool, **options: Any) -> None:
    """Show what a newer publication adds to a figure; keep it in the data folder when it is to be applied."""
    figure = _series(book, name)
    found = read_publication(
        figure,
        content,
        suffix=imported.suffix.lower(),
        source=options["source"],
        known_until=options["known_until"],
        replacing=options["replacing"],
    )
    new = [*found.added, *(one.new for one in found.altered)]
    file = keep(figure, new, known_until=found.known_until, today=today) if applied and new else None
    if options["as_json"]:
        print_json({"name": name, **_as_data(found), "written": str(file) if file else None})
        return
    for row in found.added:
        click.echo(f"+ {french.short_day(row.day)}  {figure_in_words(row.value, figure.unit)}  {row.source}")
    for one in found.altered:
        known, replacing = (figure_in_words(value, figure.unit) for value in (one.known, one.new.value))
        click.echo(f"! {french.short_day(one.day)}  {known} deviendrait {replacing}")
    click.echo(
        french.typography(
            f"{figure.label} : {_counted(len(found.added), 'ajoutée')}, {_counted(len(found.altered), 'remplacée')}, "
            f"{_counted(len(found.repeated), 'inchangée')}."
        )
    )
    if file:
        click.echo(f"{file} : écrit.")
    elif new:
        click.echo("Rien n’a été écrit : ajoutez « --apply » pour garder ces valeurs.")


def _series(book: LawBook, name: str) -> LawValue:
    if name not in book.values:
        raise MistakesError([Mistake(name, "ce chiffre est calculé à partir d’autres", "Demandez l’histoire des chiffres dont il vient.")])
    return book.values[name]


def _as_data(found: Growth) -> dict[str, Any]:
    return {
        "added": [{"from": one.day.isoformat(), "value": str(one.value), "source": one.source} for one in found.added],
        "changed": [{"from": one.day.isoformat(), "known": str(one.known), "value": str(one.new.value)} for one in found.altered],
        "unchanged": len(found.repeated),
        "known_until": found.known_until.isoformat() if found.known_until else None,
    }


def _counted(number: int, word: str) -> str:
    return f"{number} valeur{'s' if number > 1 else ''} {word}{'s' if number > 1 else ''}"


@verb("law")
@click.argument("name")
@click.option("--on", "on", type=DAY, help="Jour demandé (par défaut aujourd’hui).")
@click.option("--history", is_flag=True, help="Toutes les valeurs connues, avec leurs sources.")
@click.option("--import", "imported", type=click.Path(path_type=Path), help="Publication plus récente à comparer (.csv, .yaml).")
@click.option("--source", default="", help="Source des lignes qui n’en nomment pas.")
@click.option("--known-until", type=DAY, help="Premier jour que la publication ne couvre pas.")
@click.option("--replace", "replacing", is_flag=True, help="Accepter qu’une valeur publiée change.")
@click.option("--apply", "applied", is_flag=True, help="Garder ces valeurs dans le dossier de données.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(name: str, on: date | None, **options: Any) -> None:
    """The figure, its history, or what a publication would change."""
    book = loader.current().law
    if name not in book.names:
        raise MistakesError([Mistake(name, "aucun chiffre de ce nom", f"Noms connus : {', '.join(book.names)}.")])
    if options["imported"]:
        import_publication(book, name, content_of(options["imported"]), today=today(), **options)
    elif options["history"]:
        show_history(book, name, as_json=options["as_json"])
    else:
        show_answer(book, name, on or today(), as_json=options["as_json"])
