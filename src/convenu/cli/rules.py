"""`convenu rules`: the rules, and how many of each kind."""

from __future__ import annotations

from collections import Counter

import click

from convenu.agreement.rule import Rule
from convenu.cli.telling import print_json
from convenu.cli.verbs import verb
from convenu.library import loader
from convenu.vocabulary import french


@verb("rules")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(*, as_json: bool) -> None:
    """A line a rule."""
    rules = loader.current().rules
    if as_json:
        print_json([rule.as_json() for rule in rules])
        return
    for rule in rules:
        click.echo(f"{rule.id:<34} {rule.severity.label:<9} {_kind(rule):<26} {french.typography(rule.title)}")
    click.echo(f"{len(rules)} règles.")
    for title, legal in (("Droit", True), ("Exploitation", False)):
        kinds = Counter(_kind(rule) for rule in rules if rule.legal is legal)
        counted = ", ".join(f"{count} « {kind} »" for kind, count in kinds.most_common())
        click.echo(french.typography(f"{title} : {kinds.total()} règles, dont {counted}."))


def _kind(rule: Rule) -> str:
    return "dite par une autre règle" if rule.told_by else rule.kind.label
