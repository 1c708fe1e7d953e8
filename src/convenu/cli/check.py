"""`convenu check`: what the rules find in a contract on a day."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from convenu.agreement.assemble import assemble
from convenu.agreement.check import blocks_signature, check
from convenu.agreement.library import Library
from convenu.cli.telling import BLOCKING, print_json
from convenu.cli.terms_file import terms_of
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.library import loader
from convenu.vocabulary import french
from convenu.vocabulary.findings import Finding, Status


@verb("check")
@click.argument("terms_file", metavar="TERMS", type=click.Path(path_type=Path))
@click.option("--on", "on", type=DAY, help="Jour du contrôle (par défaut aujourd’hui).")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(terms_file: Path, on: date | None, *, as_json: bool) -> None:
    """Say each finding, then how many there are; leave with 1 when one of them blocks."""
    library, day = loader.current(), on or today()
    terms = terms_of(terms_file)
    findings = check(terms, assemble(terms, library, on=day), library, on=day)
    if as_json:
        print_json({"on": day.isoformat(), "release": library.release, "findings": [finding.as_json() for finding in findings]})
    else:
        _show_findings(findings, library, day)
    sys.exit(BLOCKING if blocks_signature(findings) else 0)


def _show_findings(findings: tuple[Finding, ...], library: Library, day: date) -> None:
    found = [finding for finding in findings if finding.status is Status.FOUND]
    for finding in found:
        law = " ; ".join(cited.citation for cited in finding.law)
        click.echo(f"{finding.severity.label.upper()}  {finding.title}  [{finding.rule}]\n  {finding.where} : {finding.message}")
        click.echo(f"  Remède : {finding.remedy}" + (f"\n  Droit : {french.typography(law)}" if law else ""))
    for finding in findings:
        if finding.status is Status.NOT_VERIFIABLE:
            click.echo(f"?  {finding.title}  [{finding.rule}]\n  {finding.message}")
    click.echo(f"{len(found)} constat{'s' if len(found) > 1 else ''} sur {len(library.rules)} règles, au {french.day(day)}.")
