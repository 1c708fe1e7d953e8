"""Whole deals against the whole pack: what it must find on each, and what it must not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.check import check
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary import yaml_text
from convenu.vocabulary.findings import Severity, Status
from tests.library.test_rule_cases import LOOKED_UP, article, example

LIBRARY = french()
DEALS: list[Mapping[str, Any]] = yaml_text.read((Path(__file__).parent / "deals.yaml").read_bytes()).data
FIELDS = {"name", "on", "base", "given", "text", "found", "not_found"}


@pytest.mark.parametrize("deal", DEALS, ids=lambda deal: deal["name"])
def test_the_pack_finds_in_a_deal_what_it_must_and_nothing_it_must_not(deal: Mapping[str, Any]) -> None:
    assert set(deal) <= FIELDS
    assert deal.get("found") or deal.get("not_found")
    terms = (example(deal["base"]) if "base" in deal else Terms()).replace(**deal.get("given", {}))
    text = article(deal["text"]) if "text" in deal else None
    on = date.fromisoformat(deal["on"]) if "on" in deal else LOOKED_UP
    # The findings come gravest first: read backwards, each rule keeps its gravest.
    found = {one.rule: one.severity for one in reversed(check(terms, text, LIBRARY, on=on)) if one.status is Status.FOUND}
    for rule, severity in deal.get("found", {}).items():
        assert rule in found, f"{rule} said nothing"
        assert not severity or found[rule] is Severity(severity)
    for rule in deal.get("not_found", ()):
        assert LIBRARY.rule(rule).id == rule
        assert rule not in found
