"""Every clause of the library, written with the terms of the scenarios that stand beside it in `scenarios.yaml`.

A scenario says: `name`, `given` (changes over the Valdrène deal), `says` and `not` (words that the clause must or must not hold,
compared without case), `present: false` when the contract must not hold the clause at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary import yaml_text
from convenu.vocabulary.contract_text import Section
from convenu.vocabulary.french import plain_spaces

ROOT = Path(__file__).parents[2]
CLAUSES = ROOT / "src/convenu/library/fr/clauses"
SIGNED = date(2026, 11, 23)
FIELDS = {"name", "given", "says", "not", "present"}
LIBRARY = french()


@dataclass(frozen=True)
class Scenario:
    clause: str
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.clause}: {self.data.get('name')}"

    def section(self) -> Section | None:
        return assemble(valdrene().replace(**self.data.get("given", {})), LIBRARY, on=SIGNED).section(self.clause)


@cache
def valdrene() -> Terms:
    return scope(read_answers((ROOT / "examples/valdrene.answers.yaml").read_bytes()), LIBRARY)


def scenarios() -> list[Scenario]:
    files = sorted(CLAUSES.glob("*/scenarios.yaml"))
    return [Scenario(file.parent.name, one) for file in files for one in yaml_text.read(file.read_text("utf-8")).data]


def words(text: str) -> str:
    return " ".join(plain_spaces(text).lower().split())


@pytest.mark.parametrize("scenario", scenarios(), ids=str)
def test_a_clause_says_what_its_scenario_expects(scenario: Scenario) -> None:
    assert set(scenario.data) <= FIELDS
    section = scenario.section()
    if scenario.data.get("present") is False:
        assert section is None
        return
    assert section is not None
    written = words(section.plain)
    assert [said for said in scenario.data.get("says", ()) if words(said) not in written] == []
    assert [banned for banned in scenario.data.get("not", ()) if words(banned) in written] == []


def test_a_scenario_that_asks_nothing_does_not_exist() -> None:
    assert [str(one) for one in scenarios() if not {"says", "not", "present"} & set(one.data)] == []


def test_every_clause_has_its_scenarios() -> None:
    told = {scenario.clause for scenario in scenarios()}
    assert [clause.key for clause in LIBRARY.clauses if clause.key not in told] == []
