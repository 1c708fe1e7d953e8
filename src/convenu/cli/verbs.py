"""The verbs of `convenu`: the sentence that tells each, and its module, of the same name, imported when it is typed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from convenu.cli.telling import tells_mistakes
from convenu.cli.usage import FrenchCommand, FrenchGroup

VERBS = {
    "scope": "Passer des réponses aux termes ; liste les points restés ouverts.",
    "draft": "Écrire le contrat en Word, PDF, HTML ou Markdown.",
    "check": "Contrôler un contrat au regard du droit d’un jour et du bon sens d’exploitation.",
    "rules": "Lister les règles : identifiant, nature, gravité, droit, période.",
    "clauses": (
        "Lister les clauses : clé, titre, termes énoncés, fondement ; ce qui a changé depuis une version ; ou les offres face à face."
    ),
    "law": "Dire un chiffre de la loi un jour donné, son histoire, ou importer une publication plus récente.",
    "clock": "Compter les secondes de service de chaque intervalle « start,end » d’un fichier CSV.",
    "tickets": "Regarder un export de tickets : ses lignes, une correspondance à compléter, ou ce qu’elle en lit. N’écrit rien.",
    "replay": "Essayer des termes sur des tickets passés : délais tenus, manqués, avoirs, heures demandées.",
    "inventory": (
        "Lire un parc (tableau, ou fichiers d’agents) et dire ce que le contrat couvre, exclut ou laisse à préciser. N’écrit rien."
    ),
    "price": "Chiffrer un contrat : prix, coût, marge et ce qui la fait bouger ; jusqu’à quatre variantes côte à côte.",
    "worked": "Compter le temps passé sur des tickets : par période, compris, facturé ou à décider, avec le carnet d’heures.",
    "estate": "Parcourir les contrats enregistrés : ceux que concerne ce qui a changé depuis le dernier passage, par article.",
    "audit": "Auditer un contrat existant, ou un dossier : stipulations, valeurs, constats, ce qui manque.",
    "schema": "Écrire le schéma JSON d’un fichier de termes.",
    "serve": "Lancer l’application et son travail de fond.",
}


def verb(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function the verb of that name; the mistakes that it raises are told."""

    def made(run: Callable[..., Any]) -> click.Command:
        return click.command(name, cls=FrenchCommand, help=VERBS[name], **attributes)(tells_mistakes(run))

    return made


class VerbGroup(FrenchGroup):
    """`convenu`: its help is told from the table, and what a verb stands on is imported with it."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(commands=[FrenchCommand(name, help=said) for name, said in VERBS.items()], **attributes)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was typed, and what follows it."""
        name, _told, following = super().resolve_command(ctx, args)
        command: click.Command = import_module(f"convenu.cli.{name}").command
        return name, command, following
