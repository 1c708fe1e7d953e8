"""What these tests share: two MSPs, one of them at work, and a contract of hers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.houses import house, quick_passwords

if TYPE_CHECKING:
    from convenu.store.models import Contract
    from tests.web.people import House

__all__ = ["argoat", "contract", "house", "quick_passwords"]


@pytest.fixture
def argoat(house: House) -> Iterator[House]:
    """Argoat at work: every query is inside its tenant."""
    from convenu.store.tenancy import tenant_scope

    with tenant_scope(house.argoat):
        yield house


@pytest.fixture
def contract(argoat: House) -> Contract:
    """A contract of Argoat's, with every answer of the example."""
    from tests.actions.deals import a_full_contract

    return a_full_contract(argoat.alice)
