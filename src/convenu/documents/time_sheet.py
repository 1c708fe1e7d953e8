"""The time spent in a month as an Excel file: its entries, its sums by formula, the prepaid hours; the cost only in the MSP's own file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from convenu.agreement.costing.time_cost import TimeCost
from convenu.facts.worked_time import WorkDecision
from convenu.service.time_statement import TimeEntry, TimeStatement
from convenu.service.work_periods import Period
from convenu.vocabulary import french

_ENTRIES = "Temps passé"
_MINUTES_A_DAY = 24 * 60
_FIRST_PERIOD = 6


def write_time_sheet(statement: TimeStatement, month: date, cost: TimeCost | None = None) -> bytes:
    """A month of entries; with a cost, one sheet more. Times are Excel's own, amounts are before tax."""
    entries = statement.of_month(month)
    held = {period for one in entries for period, _minutes in one.periods}
    periods = [period for period in Period if period in held]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        looks = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "words": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
            "time": book.add_format({"num_format": "[h]:mm", "valign": "top"}),
            "euros": book.add_format({"num_format": '#,##0.00 "€"', "valign": "top"}),
            "time_sum": book.add_format({"num_format": "[h]:mm", "bold": True, "top": 1}),
            "euros_sum": book.add_format({"num_format": '#,##0.00 "€"', "bold": True, "top": 1}),
        }
        _entries(book.add_worksheet(_ENTRIES), entries, periods, looks)
        _sums(book.add_worksheet("Par période"), entries, periods, looks)
        if statement.book is not None:
            _ledger(book.add_worksheet("Carnet d’heures"), statement, looks)
        if cost is not None:
            _cost(book.add_worksheet("Coût"), cost, looks)
    return out.getvalue()


def _entries(sheet: Any, entries: Sequence[TimeEntry], periods: Sequence[Period], looks: dict[str, Any]) -> None:
    heads = (
        ("Jour", 12), ("Ticket", 16), ("Niveau", 8), ("Lieu", 11), ("Sort", 11), ("Temps", 9),
        *((one.label[:1].upper() + one.label[1:], 11) for one in periods), ("Pris sur le carnet", 11),
        ("Facturé hors taxes", 14), ("Raison et calcul", 60),
    )  # fmt: skip
    _heads(sheet, heads, looks)
    drawn = _FIRST_PERIOD + len(periods)
    for rank, one in enumerate(entries, start=1):
        sheet.write_datetime(rank, 0, one.day, looks["day"])
        told = (one.ticket, one.level.label if one.level else "", one.place.label if one.place else "", one.decision.label)
        for place, words in enumerate(told, start=1):
            sheet.write_string(rank, place, words, looks["words"])
        minutes = dict(one.periods)
        last = xlsxwriter.utility.xl_col_to_name(drawn - 1)
        sheet.write_formula(rank, 5, f"=SUM(G{rank + 1}:{last}{rank + 1})", looks["time"], one.minutes / _MINUTES_A_DAY)
        for place, period in enumerate(periods, start=_FIRST_PERIOD):
            if minutes.get(period):
                sheet.write_number(rank, place, minutes[period] / _MINUTES_A_DAY, looks["time"])
        sheet.write_number(rank, drawn, one.drawn / _MINUTES_A_DAY, looks["time"])
        sheet.write_number(rank, drawn + 1, float(one.amount.amount), looks["euros"])
        sheet.write_string(rank, drawn + 2, french.typography(" ; ".join((one.reason, *(line.how for line in one.lines)))), looks["words"])
    total = len(entries) + 1
    sheet.write_string(total, 0, "Total", looks["head"])
    for place in range(5, drawn + 2):
        column = xlsxwriter.utility.xl_col_to_name(place)
        look = looks["euros_sum"] if place > drawn else looks["time_sum"]
        sheet.write_formula(total, place, f"=SUM({column}2:{column}{total})" if entries else "=0", look, _sum(entries, periods, place))


def _sum(entries: Sequence[TimeEntry], periods: Sequence[Period], place: int) -> float:
    """What the formula of a column comes to, for whoever reads the file without computing it."""
    drawn = _FIRST_PERIOD + len(periods)
    if place > drawn:
        return float(sum(one.amount.amount for one in entries))
    if place == drawn:
        return sum(one.drawn for one in entries) / _MINUTES_A_DAY
    if place < _FIRST_PERIOD:
        return sum(one.minutes for one in entries) / _MINUTES_A_DAY
    period = periods[place - _FIRST_PERIOD]
    return sum(dict(one.periods).get(period, 0) for one in entries) / _MINUTES_A_DAY


def _sums(sheet: Any, entries: Sequence[TimeEntry], periods: Sequence[Period], looks: dict[str, Any]) -> None:
    """The time of each period and decision, summed from the first sheet."""
    _heads(sheet, (("Période", 28), *((one.label.capitalize(), 14) for one in WorkDecision), ("Total", 14)), looks)
    last = max(2, len(entries) + 1)
    for rank, period in enumerate(periods, start=1):
        sheet.write_string(rank, 0, period.label, looks["words"])
        column = xlsxwriter.utility.xl_col_to_name(_FIRST_PERIOD + rank - 1)
        for place, decision in enumerate(WorkDecision, start=1):
            held = sum(dict(one.periods).get(period, 0) for one in entries if one.decision is decision) / _MINUTES_A_DAY
            decided = f"'{_ENTRIES}'!E2:E{last}"
            formula = f"=SUMIF({decided},\"{decision.label}\",'{_ENTRIES}'!{column}2:{column}{last})"
            sheet.write_formula(rank, place, formula, looks["time"], held)
        whole = sum(dict(one.periods).get(period, 0) for one in entries) / _MINUTES_A_DAY
        sheet.write_formula(rank, 1 + len(WorkDecision), f"=SUM(B{rank + 1}:D{rank + 1})", looks["time_sum"], whole)


def _ledger(sheet: Any, statement: TimeStatement, looks: dict[str, Any]) -> None:
    """Every movement of the prepaid hours; the balance is a formula on the movements."""
    _heads(sheet, (("Jour", 12), ("Mouvement", 28), ("Ticket", 16), ("Heures", 12), ("Solde", 12), ("Utilisable avant le", 16)), looks)
    for rank, line in enumerate(statement.book or (), start=1):
        sheet.write_datetime(rank, 0, line.day, looks["day"])
        sheet.write_string(rank, 1, line.movement.label, looks["words"])
        sheet.write_string(rank, 2, line.what, looks["words"])
        sheet.write_number(rank, 3, line.minutes / 60)
        sheet.write_formula(rank, 4, f"=SUM(D$2:D{rank + 1})", None, line.balance / 60)
        sheet.write_datetime(rank, 5, line.until, looks["day"])


def _cost(sheet: Any, cost: TimeCost, looks: dict[str, Any]) -> None:
    _heads(sheet, (("Niveau", 16), ("Temps", 12), ("Coût", 14), ("Calcul", 50)), looks)
    for rank, one in enumerate(cost.levels, start=1):
        sheet.write_string(rank, 0, one.level.label if one.level else "niveau non dit", looks["words"])
        sheet.write_number(rank, 1, one.minutes / _MINUTES_A_DAY, looks["time"])
        if one.amount is not None:
            sheet.write_number(rank, 2, float(one.amount.amount), looks["euros"])
        sheet.write_string(rank, 3, french.typography(one.how), looks["words"])
    after = len(cost.levels) + 1
    sheet.write_string(after, 0, "Total", looks["head"])
    if cost.amount is not None:
        sheet.write_formula(after, 2, f"=SUM(C2:C{after})", looks["euros_sum"], float(cost.amount.amount))
    for rank, lacking in enumerate(cost.missing, start=after + 2):
        sheet.write_string(rank, 0, f"Il manque : {lacking.message}. {lacking.suggestion}")


def _heads(sheet: Any, columns: Sequence[tuple[str, int]], looks: dict[str, Any]) -> None:
    for place, (head, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, looks["head"])
    sheet.freeze_panes(1, 1)
    # On paper: A4, landscape, one page wide.
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
