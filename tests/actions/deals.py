"""A contract that tests work on: Argoat's, with a client of Le Mans."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from convenu.actions.clients import add_client
from convenu.actions.contract_view import ContractView, contract_view
from convenu.actions.contracts import open_contract
from convenu.actions.interview import answer
from convenu.store.models import Contract, Membership
from convenu.vocabulary import yaml_text
from tests.web.people import NOW

TODAY = date(2026, 11, 23)
LATER = NOW + timedelta(hours=1)
SIREN = "000481481"
FORBIDDEN_PAYMENT = {"payment_days": "60 days", "payment_start": "end_of_month"}


def a_contract(member: Membership, name: str = "Valdrène Ingénierie", siren: str = SIREN) -> Contract:
    """A contract just opened: nothing answered but what the client's card says."""
    return open_contract(member, add_client(member, name=name, siren=siren, now=NOW), segment="pme", now=NOW)


def a_full_contract(member: Membership) -> Contract:
    """The same with every answer of the example."""
    contract = a_contract(member)
    outcome = answer(member, contract, valdrene(), now=NOW)
    assert outcome.mistakes == ()
    return contract


@cache
def valdrene() -> dict[str, Any]:
    """The answers of the example, without those that the tests' own MSP gives."""
    data = yaml_text.read((Path(__file__).parents[2] / "examples" / "valdrene.answers.yaml").read_bytes()).data
    return {key: value for key, value in data.items() if key not in ("house", "notes", "client_segment")}


def view(member: Membership, contract: Contract, now: datetime = NOW) -> ContractView:
    """The contract as its page shows it."""
    return contract_view(member, contract, on=now.date())
