"""A price as an Excel file whose amounts are formulas; the cost and the margin only in the file made for the MSP."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from convenu.agreement.costing.estimate import ItemKind
from convenu.agreement.costing.quote import Costing, Offer
from convenu.service.pricing import PricedLine

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PRICE, _COSTS = "Prix", "Coûts"
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the cells."""

    head: Any
    words: Any
    euros: Any
    number: Any
    total: Any
    share: Any
    plain: Any


def write_price_sheet(offer: Offer, costing: Costing | None = None) -> bytes:
    """The price in a sheet; with a costing, its costs and its margin in two more. Nothing in it is bound to the day it is made."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        euros = {"num_format": '#,##0.00 "€"', "valign": "top"}
        looks = _Looks(
            head=book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            words=book.add_format({"text_wrap": True, "valign": "top"}),
            euros=book.add_format(euros),
            number=book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            total=book.add_format({**euros, "bold": True, "top": 1}),
            share=book.add_format({"num_format": "0.0 %", "valign": "top"}),
            plain=book.add_format({"valign": "top"}),
        )
        monthly = _price(book.add_worksheet(_PRICE), offer, looks)
        if costing is not None:
            cost = _costs(book.add_worksheet(_COSTS), costing, looks)
            if cost:
                _margin(book.add_worksheet("Marge"), costing, (f"='{_PRICE}'!{monthly}", f"='{_COSTS}'!{cost}"), looks)
    return out.getvalue()


def _price(sheet: Any, offer: Offer, looks: _Looks) -> str:
    """The lines of a month; returns the cell of its total."""
    _heads(sheet, (("Ligne", 34), ("Unité", 22), ("Quantité", 12), ("Prix unitaire", 14), ("Par mois", 16), ("Calcul", 44)), looks)
    for row, line in enumerate(offer.price.lines, start=1):
        sheet.write_string(row, 0, line.label, looks.words)
        sheet.write_string(row, 1, line.unit.label if line.unit else "", looks.words)
        if _multiplies(line):
            sheet.write_number(row, 2, float(line.quantity or 0), looks.number)
            sheet.write_number(row, 3, float(line.unit_price.amount if line.unit_price else 0), looks.euros)
            sheet.write_formula(row, 4, f"=ROUND(C{row + 1}*D{row + 1},2)", looks.euros, float(line.amount.amount))
        else:
            sheet.write_number(row, 4, float(line.amount.amount), looks.euros)
        sheet.write_string(row, 5, line.how, looks.words)
    last = len(offer.price.lines)
    totals = (("Total par mois, hors taxes", f"=SUM(E2:E{last + 1})", offer.monthly), ("Par an", f"=E{last + 2}*{_MONTHS}", offer.yearly))
    for row, (label, formula, amount) in enumerate(totals, start=last + 1):
        sheet.write_string(row, 0, label, looks.head)
        sheet.write_formula(row, 4, formula, looks.total, float(amount.amount))
    for row, line in enumerate(offer.set_up, start=last + 4):
        sheet.write_string(row, 0, line.label, looks.words)
        sheet.write_number(row, 4, float(line.amount.amount), looks.euros)
        sheet.write_string(row, 5, line.how, looks.words)
    return f"E{last + 2}"


def _multiplies(line: PricedLine) -> bool:
    """Whether a line is one quantity at one price: steps, discounts and minimums keep the amount computed here."""
    return line.quantity is not None and line.unit_price is not None and line.unit_price * line.quantity == line.amount


def _costs(sheet: Any, costing: Costing, looks: _Looks) -> str:
    """The items of a likely month; returns the cell of their total, or nothing when a cost lacks: it is then named, and no total given."""
    heads = (("Coût", 34), ("Nature", 22), ("Nombre par mois", 14), ("Coût de chacun", 14), ("Par mois", 16), ("Calcul", 70))
    _heads(sheet, heads, looks)
    items = costing.estimate.items
    for row, item in enumerate(items, start=1):
        sheet.write_string(row, 0, item.label, looks.words)
        sheet.write_string(row, 1, item.kind.label, looks.words)
        sheet.write_number(row, 2, float(item.units.likely), looks.number)
        sheet.write_number(row, 3, float(item.unit_cost), looks.euros)
        sheet.write_formula(row, 4, f"=ROUND(C{row + 1}*D{row + 1},2)", looks.euros, float(item.likely.amount))
        sheet.write_string(row, 5, item.how, looks.words)
    last = len(items)
    if costing.monthly_cost is None:
        lacking = [f"{one.where} : {one.message}. {one.suggestion}" for one in costing.estimate.missing]
        for row, told in enumerate(("Non calculé, il manque des coûts :", *lacking), start=last + 2):
            sheet.write_string(row, 0, told, looks.plain)
        return ""
    borne = "+".join(f"C{row}*D{row}" for row, item in enumerate(items, start=2) if item.kind is not ItemKind.CREDITS) or "0"
    sheet.write_string(last + 1, 0, "Frais généraux, en part des coûts directs", looks.words)
    sheet.write_number(last + 1, 3, float(costing.estimate.overheads), looks.share)
    overheads = float(costing.estimate.overheads_amount.amount)
    sheet.write_formula(last + 1, 4, f"=ROUND(({borne})*D{last + 2},2)", looks.euros, overheads)
    sheet.write_string(last + 2, 0, "Coût d’un mois", looks.head)
    sheet.write_formula(last + 2, 4, f"=SUM(E2:E{last + 2})", looks.total, float(costing.estimate.total.amount))
    sheet.write_string(last + 4, 0, costing.estimate.source, looks.words)
    return f"E{last + 3}"


def _margin(sheet: Any, costing: Costing, cells: tuple[str, str], looks: _Looks) -> None:
    """What is left, by formula, then the distribution, which is an estimate and stays as computed."""
    _heads(sheet, (("Marge", 44), ("Montant", 18)), looks)
    cost = costing.estimate.total
    left = Decimal(costing.revenue.amount - cost.amount)
    rows: list[tuple[str, str, Decimal]] = [
        ("Prix d’un mois", cells[0], costing.revenue.amount),
        ("Coût d’un mois", cells[1], cost.amount),
        ("Reste au Prestataire, par mois", "=B2-B3", left),
        ("Reste au Prestataire, par an", f"=B4*{_MONTHS}", left * _MONTHS),
    ]
    for row, (label, formula, amount) in enumerate(rows, start=1):
        sheet.write_string(row, 0, label, looks.words)
        sheet.write_formula(row, 1, formula, looks.euros, float(amount))
    margin = costing.margin
    if margin is None:
        return
    places = (("P10", margin.p10), ("P50", margin.p50), ("P90", margin.p90))
    for row, (name, place) in enumerate(places, start=len(rows) + 2):
        sheet.write_string(row, 0, f"Marge d’un an, {name} (estimation, {len(margin.drawn)} tirages, graine {margin.seed})", looks.words)
        sheet.write_number(row, 1, float(place.amount), looks.euros)


def _heads(sheet: Any, columns: tuple[tuple[str, int], ...], looks: _Looks) -> None:
    for place, (head, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, looks.head)
    sheet.freeze_panes(1, 1)
    # On paper: A4, landscape, one page wide.
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
