"""The Excel file of a price: its formulas, opened by a reader, give the amounts of the page."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from openpyxl import load_workbook

from convenu.agreement.costing.costs import read_costs
from convenu.agreement.costing.quote import costing, offer
from convenu.documents.price_sheet import write_price_sheet
from convenu.library.costing import assumptions
from convenu.terms.closed_lists import ClientSegment
from tests.examples.deals import changed_terms, terms_of

COSTS = read_costs({"hour_n1": "29 EUR", "hour_n2": "36 EUR", "hour_n3": "48 EUR", "overheads": "22 %", "travel": "45 EUR"})
VALDRENE = terms_of("valdrene")


def test_each_line_is_its_quantity_times_its_price_and_the_total_their_sum() -> None:
    sheet = load_workbook(io.BytesIO(write_price_sheet(offer(VALDRENE))))["Prix"]
    rows = list(sheet.iter_rows(min_row=2, max_row=8, values_only=True))
    assert rows[0][:5] == ("Utilisateurs complets", "utilisateur complet", 44, 62, "=ROUND(C2*D2,2)")
    assert sheet["E9"].value == "=SUM(E2:E8)"
    kept = load_workbook(io.BytesIO(write_price_sheet(offer(VALDRENE))), data_only=True)["Prix"]
    assert (kept["E9"].value, kept["E10"].value) == (4204, 50448)


def test_the_file_of_the_client_has_no_other_sheet() -> None:
    assert load_workbook(io.BytesIO(write_price_sheet(offer(VALDRENE)))).sheetnames == ["Prix"]


def test_the_file_of_the_msp_adds_costs_and_margin_by_formula() -> None:
    found = costing(VALDRENE, costs=COSTS, assumptions=assumptions()[ClientSegment.PME])
    content = write_price_sheet(offer(VALDRENE), found)
    book, kept = load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)
    assert book.sheetnames == ["Prix", "Coûts", "Marge"]
    assert book["Marge"]["B2"].value == "='Prix'!E9"
    items: list[Any] = [row for row in kept["Coûts"].iter_rows(min_row=2, values_only=True) if isinstance(row[4], (int, float))]
    # The formulas give what the page says: every item, then overheads, then their sum.
    lines, overheads, whole = items[:-2], items[-2], items[-1]
    assert [round(line[2] * line[3], 2) for line in lines] == [float(item.likely.amount) for item in found.estimate.items]
    assert overheads[4] == float(found.estimate.overheads_amount.amount)
    assert round(sum(line[4] for line in lines) + overheads[4], 2) == whole[4] == float(found.estimate.total.amount)
    assert kept["Marge"]["B4"].value == float(found.revenue.amount - found.estimate.total.amount)


def test_while_a_cost_lacks_the_file_names_it_and_tells_no_total_and_no_margin() -> None:
    found = costing(VALDRENE, costs=read_costs({"hour_n1": "29 EUR"}), assumptions=assumptions()[ClientSegment.PME])
    book = load_workbook(io.BytesIO(write_price_sheet(offer(VALDRENE), found)))
    assert book.sheetnames == ["Prix", "Coûts"]
    said = [row[0] for row in book["Coûts"].iter_rows(values_only=True)]
    assert "Coût d’un mois" not in said
    assert any("coût d’une heure N2 non renseigné" in str(one) for one in said)


def test_a_discount_that_is_over_weighs_on_neither_the_price_nor_the_margin() -> None:
    discount = {"label": "Lancement", "share": "10 %", "reason": "premier contrat", "until": "2027-03-31"}
    agreed = changed_terms("valdrene", discounts=[discount])
    for day, revenue in ((date(2027, 3, 31), 3783.6), (date(2027, 4, 1), 4204.0)):
        found = costing(agreed, costs=COSTS, assumptions=assumptions()[ClientSegment.PME], on=day)
        book = load_workbook(io.BytesIO(write_price_sheet(offer(agreed, on=day), found)), data_only=True)
        total = next(row[4] for row in book["Prix"].iter_rows(values_only=True) if row[0] == "Total par mois, hors taxes")
        assert total == book["Marge"]["B2"].value == revenue == float(found.revenue.amount)
