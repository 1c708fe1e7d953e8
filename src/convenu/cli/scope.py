"""`convenu scope`: from answers to terms."""

from __future__ import annotations

from pathlib import Path

import click

from convenu.agreement.assemble import included_clauses
from convenu.agreement.scoping import open_points, read_answers, scope
from convenu.agreement.sector import overlays
from convenu.agreement.wording import in_words
from convenu.cli.files import content_of, write_whole
from convenu.cli.telling import print_json
from convenu.cli.verbs import verb
from convenu.library import loader
from convenu.terms.files import write_yaml
from convenu.vocabulary import french


@verb("scope")
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Fichier de termes à écrire.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(answers: Path, output: Path, *, as_json: bool) -> None:
    """Write the terms, then say what is still open and which sectors came."""
    library = loader.current()
    terms = scope(read_answers(content_of(answers)), library)
    points, sectors = open_points(terms, library), overlays(terms, library.sectors, included_clauses(terms, library))
    write_whole(output, write_yaml(terms).encode())
    if as_json:
        print_json({"open": [point.as_json() for point in points], "errors": [], "sectors": [one.as_json() for one in sectors]})
        return
    click.echo(f"{output} : termes écrits, {len(points)} point{'s' if len(points) > 1 else ''} à confirmer.")
    for point in points:
        click.echo(f"  - {french.typography(point.text)}")
    for sector in sectors:
        reasons = " et ".join(f"« {reason.label} » est : {in_words(reason.value)}" for reason in sector.reasons)
        click.echo(french.typography(f"Secteur « {sector.pack.label} », parce que {reasons}"))
