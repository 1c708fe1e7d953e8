"""`convenu estate`: the contracts of the data folder that changed rules and figures concern, with the amendments to write."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from convenu.cli.telling import print_json
from convenu.cli.typed import DAY
from convenu.cli.verbs import verb
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError

if TYPE_CHECKING:
    from convenu.actions.estate import EstateLine
    from convenu.store.models import Membership

_NOT_OPENED = "Ouvrez-le une fois avec « convenu serve », ou donnez le même « CONVENU_DATA » qu’à lui."


def show_estate(*, rules: Sequence[str], figures: Sequence[str], on: date | None, organisation: str | None, as_json: bool) -> None:
    """Go through the contracts, with how far it is on the error output; then what was seen."""
    _open_database()
    from django.utils import timezone  # noqa: PLC0415 - Django is loaded only by the verb that needs it

    from convenu.actions.estate import begin_pass, concerned, estate, lines_of, unread  # noqa: PLC0415
    from convenu.actions.estate_workers import on_every_core  # noqa: PLC0415
    from convenu.store.tenancy import tenant_scope  # noqa: PLC0415

    member, now = _owner(organisation), timezone.now()
    with tenant_scope(member.organisation_id):
        passage = begin_pass(member, rules=rules, figures=figures, on=on, now=now)
        bar = click.progressbar(length=max(passage.total, 1), label="Contrats", file=sys.stderr)
        with bar, on_every_core() as looking:
            for so_far in estate(member, passage, now=now, looking=looking):
                bar.update(so_far.done - bar.pos)
        passage.refresh_from_db()
        lines = list(lines_of(concerned(member, passage)))
        not_read = [
            {"reference": kept.contract.reference, "client": kept.contract.client.name, "message": kept.trouble}
            for kept in unread(member, passage)
        ]
    if as_json:
        day = on or timezone.localdate(now)
        data = {"on": day.isoformat(), "checked": passage.done, "looks": passage.looks, "contracts": [one.as_json() for one in lines]}
        print_json({**data, "unread": not_read})
        return
    _show(lines, not_read)
    many = "s" if passage.done > 1 else ""
    contracts = len({line.contract.pk for line in lines})
    sentence = f"{passage.done} contrat{many} parcouru{many}, {contracts} concerné{'s' if contracts > 1 else ''} : {len(lines)} constats."
    click.echo(french.typography(sentence))


def _show(lines: list[EstateLine], not_read: list[dict[str, Any]]) -> None:
    for contract, group in groupby(lines, key=lambda line: line.contract):
        click.echo(french.typography(f"{contract.reference}  {contract.client.name}"))
        for line in group:
            click.echo(french.typography(f"  {line.move_label}, {line.where} : {line.title}  [{line.said['rule']}]"))
            click.echo(french.typography(f"    {line.said['message']}"))
            if line.subject:
                click.echo(f"    {line.subject}")
    for one in not_read:
        click.echo(french.typography(f"?  {one['reference']}  {one['client']} : {one['message']}"), err=True)


def _open_database() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "convenu.web.settings")
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.utils import DatabaseError  # noqa: PLC0415

    try:
        django.setup()
        from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (ImproperlyConfigured, DatabaseError) as error:
        raise MistakesError([Mistake("base de données", str(error).strip(), _NOT_OPENED)]) from error
    if behind:
        raise MistakesError([Mistake("base de données", "elle n’est pas à jour pour cette version de Convenu", _NOT_OPENED)])


def _owner(name: str | None) -> Membership:
    """The owner of the organisation named, or of the only one: whoever holds the data folder holds all of it."""
    from convenu.store.models import Membership, Organisation  # noqa: PLC0415
    from convenu.store.people import Role  # noqa: PLC0415
    from convenu.store.tenancy import tenant_scope  # noqa: PLC0415

    known = list(Organisation.objects.order_by("name"))
    found = [one for one in known if name is None or one.name.casefold() == name.casefold()]
    if not known:
        raise MistakesError([Mistake("base de données", "aucune entreprise n’y est ouverte", _NOT_OPENED)])
    if len(found) != 1:
        names = ", ".join(f"« {one.name} »" for one in known)
        told = "plusieurs entreprises" if name is None else f"aucune entreprise « {name} », ou plusieurs"
        raise MistakesError([Mistake("--organisation", told, f"Choisissez parmi : {names}.")])
    with tenant_scope(found[0]):
        owner = Membership.objects.filter(role=Role.OWNER, is_active=True).select_related("user").first()
    if owner is None:
        raise MistakesError([Mistake("--organisation", f"« {found[0].name} » n’a plus de propriétaire", "Invitez-en un.")])
    return owner


@verb("estate")
@click.option("--rule", "rules", metavar="ID", multiple=True, help="Règle à regarder ; à répéter.")
@click.option(
    "--figure", "figures", metavar="NAME", multiple=True, help="Chiffre de la loi dont dépendent les règles à regarder ; à répéter."
)
@click.option("--on", "on", type=DAY, help="Jour du droit (par défaut celui de chaque contrat).")
@click.option("--organisation", metavar="NOM", help="Entreprise, quand la base en a plusieurs.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(
    rules: tuple[str, ...], figures: tuple[str, ...], on: date | None, organisation: str | None, *, as_json: bool
) -> None:  # fmt: skip
    """Go through the contracts that are kept."""
    show_estate(rules=rules, figures=figures, on=on, organisation=organisation, as_json=as_json)
