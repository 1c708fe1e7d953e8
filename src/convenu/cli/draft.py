"""`convenu draft`: the contract as a document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from convenu.agreement.assemble import assemble
from convenu.cli.files import write_whole
from convenu.cli.terms_file import terms_of
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.documents.characters import undrawable
from convenu.documents.drafting import FORMATS, write_draft
from convenu.library import loader
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.mistakes import Mistake, MistakesError


@verb("draft")
@click.argument("terms_file", metavar="TERMS", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Document à écrire : .docx, .pdf, .html ou .md.")
@click.option("--on", "on", type=DAY, help="Jour du droit appliqué (par défaut aujourd’hui).")
def command(terms_file: Path, output: Path, on: date | None) -> None:
    """Write the document, and say what is still to be confirmed in it."""
    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        raise MistakesError([Mistake(str(output), f"format « {output.suffix} » inconnu", f"Formats : {', '.join(FORMATS)}.")])
    terms = terms_of(terms_file)
    text = assemble(terms, loader.current(), on=on or today())
    write_whole(output, write_draft(suffix, terms, text))
    if suffix == ".pdf":
        _warn_of_characters(text)
    points = len(text.open_points)
    click.echo(
        f"{output} : {len(text.articles)} articles, {len(text.annexes)} annexes, {points} point{'s' if points > 1 else ''} à confirmer."
    )


def _warn_of_characters(text: ContractText) -> None:
    """On the error output, what the PDF could only write by its number; the file stands as it is."""
    lacking = undrawable(text)
    if lacking:
        click.echo("Caractères que les polices du PDF n’ont pas, écrits par leur numéro :", err=True)
    for one in lacking:
        where = f", dans : {', '.join(label_of(term) for term in one.terms)}" if one.terms else ""
        click.echo(french.typography(f"  « {one.sign} » ({one.number}){where}"), err=True)
