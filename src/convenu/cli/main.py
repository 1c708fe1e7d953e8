"""`convenu`: scope, draft, check, price, list rules and clauses, tell the law, go through the estate, time, replay, read assets, serve.

Exit codes: 0 fine, 1 a blocking finding, 2 wrong use or wrong input. Nothing is written when something is wrong.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from convenu import __version__
from convenu.agreement.assemble import assemble, included_clauses
from convenu.agreement.check import blocks_signature, check
from convenu.agreement.costing.costs import Costs, read_costs
from convenu.agreement.costing.quote import SEED
from convenu.agreement.library import Library
from convenu.agreement.library_changes import LibraryChange, changes_between
from convenu.agreement.part_changes import PartChange, part_changes
from convenu.agreement.rule import Rule
from convenu.agreement.scoping import contradictions, open_points, read_answers, scope
from convenu.agreement.sector import overlays
from convenu.agreement.segments import Comparison, compare_segments
from convenu.agreement.term_words import lines_of
from convenu.agreement.wording import in_words
from convenu.cli import law
from convenu.cli.audit import as_rows, audited, audited_folder, read_file, write_report, write_table
from convenu.cli.audit import as_text as audit_as_text
from convenu.cli.clock import counted
from convenu.cli.inventory import as_json as inventory_as_json
from convenu.cli.inventory import as_text as inventory_as_text
from convenu.cli.inventory import covered, imported_of
from convenu.cli.inventory import read_as_json as inventory_read_as_json
from convenu.cli.price import COSTS_HELP, options_as_json, options_as_text, priced, side_by_side
from convenu.cli.price import as_text as price_as_text
from convenu.cli.replay import as_json as replay_as_json
from convenu.cli.replay import as_text as replay_as_text
from convenu.cli.replay import likeness, previewed, proposed, read_as_json, ticket_explained
from convenu.cli.usage import FrenchGroup
from convenu.connectors.asset_files import NamedFile, read_inventory
from convenu.connectors.asset_mapping import AssetMapping
from convenu.connectors.mapping import Mapping
from convenu.connectors.table_file import table_of
from convenu.connectors.tickets_file import read_tickets
from convenu.documents.characters import undrawable
from convenu.documents.drafting import FORMATS, write_draft
from convenu.library import loader
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import Terms, label_of
from convenu.terms.files import json_schema, terms_from, write_yaml
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.days import parse_day
from convenu.vocabulary.findings import Finding, Status
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.word_diff import DiffKind
from convenu.vocabulary.yaml_text import MAX_BYTES

P = ParamSpec("P")
R = TypeVar("R")

WRONG_INPUT = 2
# Characters shown on each side of words that changed.
AROUND = 40
BLOCKING = 1
LAST_PORT = 65535
# Files of facts (intervals, tickets) are longer than those a person writes.
MAX_FACTS_BYTES = 500_000_000


class Day(click.ParamType[date]):
    """A day written 2026-11-23."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or refuse it with an example."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f"{error} : écrivez par exemple 2026-11-23", param, ctx)


DAY = Day()


class Port(click.ParamType[int]):
    """A port of this machine."""

    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or refuse it with the bounds."""
        if not (str(value).isdecimal() and 1 <= int(value) <= LAST_PORT):
            self.fail(f"« {value} » n’est pas un port : écrivez un nombre de 1 à {LAST_PORT}", param, ctx)
        return int(value)


@click.group(
    cls=FrenchGroup,
    subcommand_metavar="VERBE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="convenu", help="Montrer la version.")
def main() -> None:
    """Convenu : un contrat de services managés, écrit, vérifié et exécuté depuis ses termes."""


def tells_mistakes(command: Callable[P, R]) -> Callable[P, R]:
    """Show every mistake of an input at once and leave with 2."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except MistakesError as error:
            _tell(error.mistakes, as_json=bool(kwargs.get("as_json")))
            sys.exit(WRONG_INPUT)

    return wrapped


@main.command("scope")
@click.argument("answers", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Fichier de termes à écrire.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def scope_command(answers: Path, output: Path, *, as_json: bool) -> None:
    """Passer des réponses aux termes ; liste les points restés ouverts."""
    library = loader.current()
    terms = scope(read_answers(_read(answers)), library)
    points, sectors = open_points(terms, library), overlays(terms, library.sectors, included_clauses(terms, library))
    _write(output, write_yaml(terms).encode())
    if as_json:
        _print_json({"open": [point.as_json() for point in points], "errors": [], "sectors": [one.as_json() for one in sectors]})
        return
    click.echo(f"{output} : termes écrits, {len(points)} point{'s' if len(points) > 1 else ''} à confirmer.")
    for point in points:
        click.echo(f"  - {french.typography(point.text)}")
    for sector in sectors:
        reasons = " et ".join(f"« {reason.label} » est : {in_words(reason.value)}" for reason in sector.reasons)
        click.echo(french.typography(f"Secteur « {sector.pack.label} », parce que {reasons}"))


@main.command("draft")
@click.argument("terms_file", metavar="TERMS", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Document à écrire : .docx, .pdf, .html ou .md.")
@click.option("--on", "on", type=DAY, help="Jour du droit appliqué (par défaut aujourd’hui).")
@tells_mistakes
def draft_command(terms_file: Path, output: Path, on: date | None) -> None:
    """Écrire le contrat en Word, PDF, HTML ou Markdown."""
    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        raise MistakesError([Mistake(str(output), f"format « {output.suffix} » inconnu", f"Formats : {', '.join(FORMATS)}.")])
    terms = _terms(terms_file)
    text = assemble(terms, loader.current(), on=on or _today())
    _write(output, write_draft(suffix, terms, text))
    if suffix == ".pdf":
        _warn_of_characters(text)
    points = len(text.open_points)
    click.echo(
        f"{output} : {len(text.articles)} articles, {len(text.annexes)} annexes, {points} point{'s' if points > 1 else ''} à confirmer."
    )


@main.command("check")
@click.argument("terms_file", metavar="TERMS", type=click.Path(path_type=Path))
@click.option("--on", "on", type=DAY, help="Jour du contrôle (par défaut aujourd’hui).")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def check_command(terms_file: Path, on: date | None, *, as_json: bool) -> None:
    """Contrôler un contrat au regard du droit d’un jour et du bon sens d’exploitation."""
    library, day = loader.current(), on or _today()
    terms = _terms(terms_file)
    findings = check(terms, assemble(terms, library, on=day), library, on=day)
    if as_json:
        _print_json({"on": day.isoformat(), "release": library.release, "findings": [finding.as_json() for finding in findings]})
    else:
        _show_findings(findings, library, day)
    sys.exit(BLOCKING if blocks_signature(findings) else 0)


@main.command("rules")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def rules_command(*, as_json: bool) -> None:
    """Lister les règles : identifiant, nature, gravité, droit, période."""
    rules = loader.current().rules
    if as_json:
        _print_json([rule.as_json() for rule in rules])
        return
    for rule in rules:
        click.echo(f"{rule.id:<34} {rule.severity.label:<9} {_kind(rule):<26} {french.typography(rule.title)}")
    click.echo(f"{len(rules)} règles.")
    for title, legal in (("Droit", True), ("Exploitation", False)):
        kinds = Counter(_kind(rule) for rule in rules if rule.legal is legal)
        counted = ", ".join(f"{count} « {kind} »" for kind, count in kinds.most_common())
        click.echo(french.typography(f"{title} : {kinds.total()} règles, dont {counted}."))


@main.command("clauses")
@click.option("--since", metavar="VERSION", help="Ce qui a changé depuis une version figée de la bibliothèque, par exemple 2026.11.")
@click.option("--segments", is_flag=True, help="Comparer les offres : valeurs, clauses et rédactions de chaque segment.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def clauses_command(since: str | None, *, segments: bool, as_json: bool) -> None:
    """Lister les clauses : clé, titre, termes énoncés, fondement ; ce qui a changé depuis une version ; ou les offres face à face."""
    library = loader.current()
    if segments:
        comparison = compare_segments(library, on=_today())
        if as_json:
            _print_json(comparison.as_json())
        else:
            _show_comparison(comparison)
        return
    if since is not None:
        _show_changes(_frozen(since), library, as_json=as_json)
        return
    if as_json:
        _print_json([clause.as_json() for clause in library.clauses])
        return
    for clause in library.clauses:
        click.echo(f"{clause.provision:>2} {clause.key:<28} {french.typography(clause.title)}")
    click.echo(f"{len(library.clauses)} clauses, version {library.release}.")


@main.command("law")
@click.argument("name")
@click.option("--on", "on", type=DAY, help="Jour demandé (par défaut aujourd’hui).")
@click.option("--history", is_flag=True, help="Toutes les valeurs connues, avec leurs sources.")
@click.option("--import", "imported", type=click.Path(path_type=Path), help="Publication plus récente à comparer (.csv, .yaml).")
@click.option("--source", default="", help="Source des lignes qui n’en nomment pas.")
@click.option("--known-until", type=DAY, help="Premier jour que la publication ne couvre pas.")
@click.option("--replace", "replacing", is_flag=True, help="Accepter qu’une valeur publiée change.")
@click.option("--apply", "applied", is_flag=True, help="Garder ces valeurs dans le dossier de données.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def law_command(name: str, on: date | None, **options: Any) -> None:
    """Dire un chiffre de la loi un jour donné, son histoire, ou importer une publication plus récente."""
    book = loader.current().law
    if name not in book.names:
        raise MistakesError([Mistake(name, "aucun chiffre de ce nom", f"Noms connus : {', '.join(book.names)}.")])
    if options["imported"]:
        law.import_publication(book, name, _read(options["imported"]), today=_today(), **options)
    elif options["history"]:
        law.show_history(book, name, as_json=options["as_json"])
    else:
        law.show_answer(book, name, on or _today(), as_json=options["as_json"])


@main.command("clock")
@click.option(
    "--calendar", "calendars", type=click.Path(path_type=Path), required=True, multiple=True,
    help="Calendrier de service ; à répéter pour plusieurs versions, chacune avec « in_force_from ».",
)  # fmt: skip
@click.argument("intervals", metavar="INTERVALS.csv", type=click.Path(path_type=Path))
@tells_mistakes
def clock_command(calendars: tuple[Path, ...], intervals: Path) -> None:
    """Compter les secondes de service de chaque intervalle « start,end » d’un fichier CSV."""
    click.echo(counted([_read(path) for path in calendars], _read(intervals, limit=MAX_FACTS_BYTES)), nl=False)


@main.command("tickets")
@click.argument("tickets_file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@tells_mistakes
def tickets_command(tickets_file: Path, mapping_file: Path | None) -> None:
    """Regarder un export de tickets : ses lignes, une correspondance à compléter, ou ce qu’elle en lit. N’écrit rien."""
    content = _read(tickets_file, limit=MAX_FACTS_BYTES)
    if mapping_file is None:
        _print_json(previewed(table_of(tickets_file.name, content, Mapping())))
    else:
        _print_json(read_as_json(read_tickets(tickets_file.name, content, _mapping(mapping_file))))


@main.command("replay")
@click.option(
    "--terms", "terms_files", metavar="TERMS.yaml", type=click.Path(path_type=Path), required=True, multiple=True,
    help="Termes proposés ; à répéter pour en comparer jusqu’à quatre.",
)  # fmt: skip
@click.option(
    "--tickets", "tickets_file", metavar="FILE", type=click.Path(path_type=Path), required=True,
    help="Tickets passés : .csv, .xlsx, .ods, .parquet ou .json.",
)  # fmt: skip
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@click.option(
    "--solve", "solved", is_flag=True, help="Chercher les délais tenus à 90, 95 et 99 %, et ce que des heures de plus changeraient."
)
@click.option("--ticket", "key", help="Expliquer ce ticket, seconde par seconde.")
@click.option(
    "--like", "lent", metavar="N/M[:TIRAGE]",
    help="Client sans historique, de N équipements : tirer au sort dans ces tickets, qui viennent de M équipements.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="En JSON, expliquer chaque délai manqué.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def replay_command(  # noqa: PLR0913 - an option each
    terms_files: tuple[Path, ...], tickets_file: Path, mapping_file: Path | None, key: str | None,
    *, lent: str | None, solved: bool, explain: bool, as_json: bool,
) -> None:  # fmt: skip
    """Essayer des termes sur des tickets passés : délais tenus, manqués, avoirs, heures demandées."""
    mapping = _mapping(mapping_file) if mapping_file else Mapping()
    read = read_tickets(tickets_file.name, _read(tickets_file, limit=MAX_FACTS_BYTES), mapping)
    like = likeness(lent) if lent else None
    proposals = proposed([(str(path), _terms(path)) for path in _apart(terms_files)], read, on=_today(), solved=solved, like=like)
    if key is not None:
        click.echo(french.typography("\n".join(ticket_explained(key, proposals, read))))
    elif as_json:
        _print_json(replay_as_json(proposals, read, with_stretches=explain, solved=solved, like=like))
    else:
        told = [like.told] if like else []
        click.echo("\n".join(map(french.typography, [*told, *(line for one in proposals for line in replay_as_text(one, read))])))


@main.command("inventory")
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--terms", "terms_file", metavar="TERMS.yaml", type=click.Path(path_type=Path), help="Termes dont chaque actif est rapproché."
)
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@click.option("--on", "on", type=DAY, help="Jour de l’inventaire et du contrat ; aujourd’hui sans cela.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def inventory_command(
    files: tuple[Path, ...], terms_file: Path | None, mapping_file: Path | None, on: date | None, *, as_json: bool
) -> None:
    """Lire un parc (tableau, ou fichiers d’agents) et dire ce que le contrat couvre, exclut ou laisse à préciser. N’écrit rien."""
    given = [NamedFile(path.name, _read(path, limit=MAX_FACTS_BYTES)) for path in files]
    mapping = AssetMapping.read(yaml_text.read(_read(mapping_file))).model_dump(mode="json") if mapping_file else None
    read = read_inventory(given, mapping=mapping)
    if terms_file is None:
        _print_json(inventory_read_as_json(read))
        return
    imported = imported_of(read)
    found = covered(_terms(terms_file), imported, on=on or _today())
    if as_json:
        _print_json(inventory_as_json(found, imported))
    else:
        click.echo("\n".join(french.typography(line) for line in inventory_as_text(found, imported)))


@main.command("price", epilog=COSTS_HELP)
@click.argument("terms_files", metavar="TERMS...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--costs", "costs_file", type=click.Path(path_type=Path), help="Vos coûts (.yaml) : heures, outils, frais généraux.")
@click.option("--tickets", "tickets_file", type=click.Path(path_type=Path), help="Vos tickets passés, à la place des heures supposées.")
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Graine de la simulation.")
@click.option("--client", "for_client", is_flag=True, help="Le prix seul, sans coût ni marge.")
@click.option("--on", "on", type=DAY, help="Jour du prix (par défaut aujourd’hui).")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def price_command(
    terms_files: tuple[Path, ...], *, seed: int, for_client: bool, on: date | None, as_json: bool, **files: Path | None
) -> None:
    """Chiffrer un contrat : prix, coût, marge et ce qui la fait bouger ; jusqu’à quatre variantes côte à côte."""
    costs_file, tickets_file, mapping_file = (files[name] for name in ("costs_file", "tickets_file", "mapping_file"))
    day = on or _today()
    costs = None if for_client else read_costs(yaml_text.read(_read(costs_file))) if costs_file else Costs()
    mapping = _mapping(mapping_file) if mapping_file else Mapping()
    read = read_tickets(tickets_file.name, _read(tickets_file, limit=MAX_FACTS_BYTES), mapping) if tickets_file else None
    variants = {str(path): _terms(path) for path in _apart(terms_files)}
    options = side_by_side(variants, on=day) if len(variants) > 1 else None
    found = [priced(name, terms, costs=costs, read=read, on=day, seed=seed) for name, terms in variants.items()]
    if as_json:
        _print_json(options_as_json(options, found) if options else found[0].as_json())
        return
    lines = [line for one in found for line in price_as_text(one)] + (list(options_as_text(options)) if options else [])
    click.echo("\n".join(french.typography(line) for line in lines))


@main.command("estate")
@click.option("--rule", "rules", metavar="ID", multiple=True, help="Règle à regarder ; à répéter.")
@click.option(
    "--figure", "figures", metavar="NAME", multiple=True, help="Chiffre de la loi dont dépendent les règles à regarder ; à répéter."
)
@click.option("--on", "on", type=DAY, help="Jour du droit (par défaut celui de chaque contrat).")
@click.option("--organisation", metavar="NOM", help="Entreprise, quand la base en a plusieurs.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def estate_command(
    rules: tuple[str, ...], figures: tuple[str, ...], on: date | None, organisation: str | None, *, as_json: bool
) -> None:  # fmt: skip
    """Parcourir les contrats enregistrés : ceux que concerne ce qui a changé depuis le dernier passage, par article."""
    from convenu.cli.estate import show_estate  # noqa: PLC0415 - Django is loaded only by the verb that needs it

    show_estate(rules=rules, figures=figures, on=on, organisation=organisation, as_json=as_json)


@main.command("audit")
@click.argument("path", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option("--on", "on", type=DAY, help="Jour du contrôle (par défaut aujourd’hui).")
@click.option("--segment", type=click.Choice([one.value for one in ClientSegment]), help="Offre à laquelle comparer (par défaut devinée).")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Rapport .pdf ou .docx ; d’un dossier .csv, .xlsx ou .ics.",
)
@click.option("--text", "text_only", is_flag=True, help="Écrire le texte lu, auquel renvoient les positions.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
@tells_mistakes
def audit_command(path: Path, on: date | None, segment: str | None, target: Path | None, *, text_only: bool, as_json: bool) -> None:
    """Auditer un contrat existant, ou un dossier : stipulations, valeurs, constats, ce qui manque."""
    day = on or _today()
    if path.is_dir():
        if text_only:
            raise MistakesError([Mistake(str(path), "« --text » écrit le texte d’un seul fichier", "Nommez le fichier.")])
        folder = audited_folder(path, on=day, segment=segment, tell=_tell_progress)
        if not folder.audits and not folder.mistakes:
            raise MistakesError([Mistake(str(path), "aucun document dans ce dossier", "Nommez un dossier de contrats.")])
        if target is not None:
            _write(target, write_table(target, folder.audits, on=day))
        if as_json:
            errors = [mistake.as_json() for mistake in folder.mistakes]
            _print_json({"on": day.isoformat(), "audits": [one.as_json() for one in folder.audits], "errors": errors})
        else:
            click.echo("\n".join(french.typography(line) for line in as_rows(folder)))
        sys.exit(WRONG_INPUT if folder.mistakes else BLOCKING if any(one.blocks_signature for one in folder.audits) else 0)
    content = _read(path, limit=MAX_FACTS_BYTES)
    if text_only:
        click.echo(read_file(path, content).text, nl=False)
        return
    one = audited(path, content, on=day, segment=segment)
    if target is not None:
        _write(target, write_report(target, one))
    if as_json:
        _print_json(one.as_json())
    else:
        click.echo("\n".join(french.typography(line) for line in audit_as_text(one)))
    sys.exit(BLOCKING if one.blocks_signature else 0)


@main.command("schema")
def schema_command() -> None:
    """Écrire le schéma JSON d’un fichier de termes."""
    _print_json(json_schema())


@main.command("serve")
@click.option("--port", type=Port(), default=8000, show_default=True, help="Port d’écoute sur cette machine.")
@click.option("--demo", is_flag=True, help="Ouvrir sur une société de démonstration.")
def serve_command(port: int, *, demo: bool) -> None:
    """Lancer l’application et son travail de fond."""
    from convenu.web.serve import serve  # noqa: PLC0415 - Django is loaded only by the verb that needs it

    sys.exit(serve(port=port, demo=demo))


def _tell_progress(done: int, total: int, name: str) -> None:
    """A line that renews itself for whoever watches a terminal; nothing in a file."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} / {total}  {name[:60]:<60}", err=True, nl=done == total)


def _kind(rule: Rule) -> str:
    return "dite par une autre règle" if rule.told_by else rule.kind.label


def _frozen(name: str) -> Library:
    known = loader.shelf().names
    if name not in known:
        told = f"Versions figées : {', '.join(known)}." if known else "Aucune version n’est encore figée."
        raise MistakesError([Mistake(name, "aucune version de la bibliothèque ne porte ce nom", told)])
    return loader.release(name)


def _show_changes(old: Library, new: Library, *, as_json: bool) -> None:
    changes, parts_changed = changes_between(old, new), part_changes(old, new)
    if as_json:
        told = {"changes": [change.as_json() for change in changes], "parts": [change.as_json() for change in parts_changed]}
        _print_json({"from": old.release, "to": new.release, **told})
        return
    for change in changes:
        parts = f" ({', '.join(change.parts)})" if change.parts else ""
        click.echo(f"{change.fate.label:<9} {change.clause.key:<28} {french.typography(change.clause.title)}{parts}")
        for note in change.notes:
            law = f" Droit : {' ; '.join(new.citation(one) for one in note.law)}." if note.law else ""
            click.echo(french.typography(f"  version {note.version} : {note.why}{law}"))
        if "texte" in change.parts:
            click.echo(f"  {_marked(change)}")
    many = "s" if len(changes) > 1 else ""
    click.echo(f"{len(changes)} clause{many} changée{many} de {old.release} à {new.release}.")
    for part in parts_changed:
        _show_part(part, new)


def _show_part(change: PartChange, library: Library) -> None:
    """A definition, a segment, a sector, a question, a rule or a figure: what, why, on what law."""
    click.echo(french.typography(f"{change.kind.label} {change.key} : {change.title} ({change.what})"))
    for note in change.notes:
        law = f" Droit : {' ; '.join(library.citation(one) for one in note.law)}." if note.law else ""
        click.echo(french.typography(f"  {note.why}{law}"))
    for line in change.lines:
        click.echo(french.typography(f"  {line.label} : {line.before or '—'} → {line.after or '—'}"))


def _marked(change: LibraryChange) -> str:
    """The words of a change: [-taken out-] and {+put in+}, with a few words around."""
    shown = []
    for run in change.runs:
        words = " ".join(run.text.split())
        match run.kind:
            case DiffKind.SAME:
                shown.append(words if len(words) <= 2 * AROUND else f"{words[:AROUND]} … {words[-AROUND:]}")
            case DiffKind.DELETED:
                shown.append(f"[-{words}-]")
            case DiffKind.INSERTED:
                shown.append(f"{{+{words}+}}")
    return " ".join(shown)


def _show_comparison(comparison: Comparison) -> None:
    """The offers one after the other: what each changes against the measure, term by term and clause by clause."""
    measure = next(pack for pack in comparison.packs if pack.segment == comparison.measure)
    for pack in comparison.packs:
        if pack is measure:
            continue
        segment = pack.segment
        changed = f"{comparison.terms_changed(segment)} termes, {comparison.clauses_changed(segment)} clauses"
        click.echo(f"{pack.label} face à {measure.label} : {changed}")
        for row in comparison.terms:
            if segment in row.differs:
                here, there = (" ; ".join(lines_of(row.values[one])) for one in (segment, measure.segment))
                click.echo(f"  {french.typography(row.label)} : {here}  [{measure.label} : {there}]")
        for line in comparison.clauses:
            if segment in line.differs:
                click.echo(f"  {french.typography(line.title)} : {line.differs[segment].label}")
    click.echo(f"Version {comparison.release}.")


def _figure(value: Any) -> str:
    return value if isinstance(value, str) else french.number(value)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _read(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file a person named; a missing or unreadable one is a mistake, not a crash."""
    try:
        with path.open("rb") as file:
            # One byte too many tells a file too long, and a device that never ends is not read to its end.
            content = file.read(limit + 1)
    except OSError as error:
        raise MistakesError([Mistake(str(path), f"fichier illisible : {error.strerror}", "Vérifiez le chemin.")]) from error
    if len(content) > limit > MAX_BYTES:
        raise MistakesError([Mistake(str(path), f"le fichier dépasse {limit // 1_000_000} Mo", "Séparez-le.")])
    return content


def _mapping(path: Path) -> Mapping:
    return Mapping.read(yaml_text.read(_read(path)))


def _apart(paths: Sequence[Path]) -> Sequence[Path]:
    """Files that are variants of one another: each is given once, whatever way its name is written."""
    first: dict[Path, Path] = {}
    mistakes = []
    for path in paths:
        known = first.setdefault(path.resolve(), path)
        if known is not path:
            told = f"le même fichier que « {known} »" if str(known) != str(path) else "ce fichier est donné deux fois"
            mistakes.append(Mistake(str(path), told, "Donnez chaque variante une fois ; une variante est un autre fichier de termes."))
    if mistakes:
        raise MistakesError(mistakes)
    return paths


def _terms(path: Path) -> Terms:
    """The terms of a file; answers that cannot both be true are mistakes, whoever wrote them."""
    text = yaml_text.read(_read(path))
    terms = terms_from(text)
    clashes = contradictions(terms, loader.current(), text)
    if clashes:
        raise MistakesError(clashes)
    return terms


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    if not path.name:
        raise MistakesError([Mistake(str(path), "ce n’est pas un nom de fichier", "Nommez le fichier à écrire après « -o ».")])
    draft = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise MistakesError([Mistake(str(path), f"écriture impossible : {error.strerror}", "Vérifiez le dossier.")]) from error


def _tell(mistakes: Iterable[Mistake], *, as_json: bool) -> None:
    """Every mistake on the error output; in JSON on the standard output when it was asked."""
    told = list(mistakes)
    if as_json:
        _print_json({"errors": [mistake.as_json() for mistake in told]})
    for mistake in told:
        click.echo(french.typography(str(mistake)), err=True)
    click.echo(f"{len(told)} erreur{'s' if len(told) > 1 else ''} : rien n’a été écrit.", err=True)


def _warn_of_characters(text: ContractText) -> None:
    """On the error output, what the PDF could only write by its number; the file stands as it is."""
    lacking = undrawable(text)
    if lacking:
        click.echo("Caractères que les polices du PDF n’ont pas, écrits par leur numéro :", err=True)
    for one in lacking:
        where = f", dans : {', '.join(label_of(term) for term in one.terms)}" if one.terms else ""
        click.echo(french.typography(f"  « {one.sign} » ({one.number}){where}"), err=True)


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


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
