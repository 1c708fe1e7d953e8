"""`convenu worked`: the time spent on tickets under a contract, by period and price, with the prepaid hours; as JSON, text and Excel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from convenu.agreement.assemble import assemble
from convenu.agreement.check import place_of
from convenu.agreement.costing.costs import Costs, read_costs
from convenu.agreement.costing.time_cost import TimeCost, time_cost
from convenu.cli.files import content_of, named_workbook, write_whole
from convenu.cli.telling import print_json
from convenu.cli.terms_file import terms_of
from convenu.cli.tickets import tickets_of
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.connectors.importing import Imported
from convenu.documents.time_sheet import write_time_sheet
from convenu.facts.worked_time import WorkDecision
from convenu.library import loader
from convenu.service.contract import NoCalendarError
from convenu.service.hour_packs import LedgerLine, PackPurchase
from convenu.service.time_statement import TimeEntry, TimeStatement, TimeSums, sums, time_statement
from convenu.terms.contract import Terms
from convenu.terms.values import HourPack
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.days import parse_day
from convenu.vocabulary.mistakes import Mistake, MistakesError

_MOST_PACKS = 500
_PACK_REMEDY = "Écrivez par exemple --pack 2027-01-05 ou --pack 2027-01-05x2."


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A month of time spent under a contract; `cost` is None when no costs were given."""

    month: date
    entries: tuple[TimeEntry, ...]
    sums: TimeSums
    statement: TimeStatement
    pack: HourPack | None
    text: ContractText
    cost: TimeCost | None

    def article(self, clause: str) -> str:
        """The article of a clause in this contract; empty when the contract lacks it."""
        section = self.text.section(clause)
        return place_of(section) if section else ""


def purchases_of(written: Sequence[str]) -> tuple[PackPurchase, ...]:
    """« 2027-01-05 », « 2027-01-05x2 »; every mistake is told at once."""
    found, mistakes = [], []
    for one in written:
        day, _, packs = one.partition("x")
        try:
            bought = parse_day(day)
        except ValueError as error:
            mistakes.append(Mistake("--pack", str(error), _PACK_REMEDY))
            continue
        number = int(packs or "1") if (packs or "1").isdecimal() else 0
        if 0 < number <= _MOST_PACKS:
            found.append(PackPurchase(bought, number))
        else:
            mistakes.append(Mistake("--pack", f"« {packs[:20]} » carnets : il en faut de 1 à {_MOST_PACKS}", _PACK_REMEDY))
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(found)


def worked(
    terms: Terms, read: Imported, *, purchases: Sequence[PackPurchase], month: date | None, on: date, costs: Costs | None
) -> Worked:  # fmt: skip
    """The time of a month (None: the latest that holds some), under these terms; an export that tells no time is a mistake."""
    tickets = [ticket for ticket in read.tickets if ticket.worked]
    if not tickets:
        told = "Donnez dans la correspondance la colonne « worked », et si possible worked_at, level, place et billing."
        raise MistakesError([Mistake("tickets", "aucun ticket de cet export ne dit de temps passé", told)])
    try:
        statement = time_statement(terms, tickets, purchases=purchases, on=on)
    except NoCalendarError:
        raise MistakesError([Mistake("service_hours", "aucune plage de service n’est convenue", "Répondez aux horaires.")]) from None
    shown = month or statement.months[0]
    entries = statement.of_month(shown)
    told_sums = sums(entries)
    return Worked(
        month=shown, entries=entries, sums=told_sums, statement=statement, pack=terms.hour_pack.value,
        text=assemble(terms, loader.french(), on=on), cost=None if costs is None else time_cost(told_sums.by_level, costs),
    )  # fmt: skip


def _as_json(found: Worked) -> dict[str, Any]:
    """The month, its sums and its entries, the prepaid hours; minutes are whole, amounts decimal strings in euros."""
    statement = found.statement
    return {
        "month": f"{found.month:%Y-%m}",
        "months": [f"{one:%Y-%m}" for one in statement.months],
        "minutes": found.sums.minutes,
        "by_decision": {decision.value: found.sums.decided[decision] for decision in WorkDecision},
        "by_period": {
            period.value: {decision.value: counts[decision] for decision in WorkDecision} for period, counts in found.sums.by_period.items()
        },
        "by_level": {level.value if level else "untold": minutes for level, minutes in found.sums.by_level.items()},
        "billed": str(found.sums.amount),
        "hour_pack": None if statement.book is None else _ledger(statement, statement.book),
        "entries": [_entry(one, found) for one in found.entries],
        "mistakes": [one.as_json() for one in statement.mistakes],
        **({} if found.cost is None else {"cost": found.cost.as_json()}),
    }


def _as_text(found: Worked) -> Iterator[str]:
    """The month for a terminal, a line at a time."""
    told = found.sums
    counted = f"{_time(told.minutes)} en {len(found.entries)} intervention{'s' if len(found.entries) > 1 else ''}"
    yield f"{french.month(found.month)} : {counted}, {french.euros(told.amount)} à facturer hors taxes."
    for period, counts in told.by_period.items():
        parts = ", ".join(f"{decision.label} {_time(counts[decision])}" for decision in WorkDecision if counts[decision])
        yield f"  {period.label} : {_time(counts.total())} ({parts})"
    reasons = Counter((one.decision, one.reason, one.clause.key) for one in found.entries)
    for (decision, reason, clause), count in reasons.most_common():
        yield f"  {decision.label}, {count} : {reason} ({found.article(clause) or 'absent du contrat'})"
    for one in found.entries:
        yield from (f"    {one.ticket}, {french.short_day(one.day)} : {line.how} = {french.euros(line.amount)}" for line in one.lines)
    yield from _pack(found)
    yield from (f"  à corriger, {one.where} : {one.message}. {one.suggestion}" for one in found.statement.mistakes)
    if found.cost is not None:
        yield from _cost(found.cost)


def _ledger(statement: TimeStatement, book: Sequence[LedgerLine]) -> dict[str, Any]:
    return {
        "balance": statement.balance, "until": statement.until.isoformat() if statement.until else None,
        "movements": [
            {
                "day": one.day.isoformat(), "movement": one.movement.value, "minutes": one.minutes, "balance": one.balance,
                "ticket": one.what,
            }
            for one in book
        ],
    }  # fmt: skip


def _pack(found: Worked) -> Iterator[str]:
    statement = found.statement
    if found.pack is None:
        yield "  Carnet d’heures : le contrat n’en a aucun."
        return
    if statement.book is None:
        # The mistakes say why it is not kept.
        return
    if not statement.book:
        yield "  Carnet d’heures : aucun n’est acheté (--pack 2027-01-05)."
        return
    until = f", utilisables avant le {french.short_day(statement.until)}" if statement.until else ""
    yield f"  Carnet d’heures : il reste {_time(statement.balance)}{until}."


def _cost(cost: TimeCost) -> Iterator[str]:
    for one in cost.levels:
        level = one.level.label if one.level else "niveau non dit"
        yield f"  Coût, {level} : {one.how}{'' if one.amount is None else f' = {french.euros(one.amount)}'}"
    yield f"  Coût du mois, avant frais généraux : {'non calculé' if cost.amount is None else french.euros(cost.amount)}"
    yield from (f"  il manque : {one.message}. {one.suggestion}" for one in cost.missing)


def _entry(one: TimeEntry, found: Worked) -> dict[str, Any]:
    return {
        "ticket": one.ticket, "day": one.day.isoformat(), "minutes": one.minutes, "level": one.level, "place": one.place,
        "periods": {period.value: minutes for period, minutes in one.periods},
        "decision": one.decision.value, "reason": one.reason, "clause": one.clause.key, "article": found.article(one.clause.key),
        "drawn": one.drawn, "amount": str(one.amount),
        "lines": [{"amount": str(line.amount), "how": line.how, "counted": line.counted, "clause": line.clause.key} for line in one.lines],
    }  # fmt: skip


def _time(minutes: int) -> str:
    return french.length(minutes * 60) if minutes else "0 h"


@verb("worked")
@click.argument("terms_file", metavar="TERMS", type=click.Path(path_type=Path))
@click.option("--tickets", "tickets_file", type=click.Path(path_type=Path), required=True, help="Vos tickets, avec le temps passé.")
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@click.option("--pack", "packs", metavar="JOUR[xN]", multiple=True, help="Carnets d’heures achetés un jour ; à répéter.")
@click.option("--month", "month", metavar="AAAA-MM", help="Mois à montrer (par défaut le dernier).")
@click.option("--costs", "costs_file", type=click.Path(path_type=Path), help="Vos coûts (.yaml), pour ce que ce temps vous coûte.")
@click.option("--on", "on", type=DAY, help="Jour du solde du carnet (par défaut aujourd’hui).")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Classeur .xlsx du mois.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(
    terms_file: Path, tickets_file: Path, *, packs: tuple[str, ...], month: str | None, on: date | None, as_json: bool,
    **files: Path | None,
) -> None:  # fmt: skip
    """The time of a month under a contract, as text or JSON, and as a workbook when one is named."""
    mapping_file, costs_file, target = (files[name] for name in ("mapping_file", "costs_file", "target"))
    if target is not None:
        named_workbook(target)
    shown = _month(month) if month else None
    bought = purchases_of(packs)
    costs = read_costs(yaml_text.read(content_of(costs_file))) if costs_file else None
    read = tickets_of(tickets_file, mapping_file)
    found = worked(terms_of(terms_file), read, purchases=bought, month=shown, on=on or today(), costs=costs)
    if target is not None:
        write_whole(target, write_time_sheet(found.statement, found.month, found.cost))
    if as_json:
        print_json(_as_json(found))
    else:
        click.echo("\n".join(french.typography(line) for line in _as_text(found)))


def _month(written: str) -> date:
    try:
        return parse_day(f"{written}-01")
    except ValueError as error:
        raise MistakesError([Mistake("--month", f"« {written[:20]} » n’est pas un mois", "Écrivez par exemple 2027-03.")]) from error
