"""What the tests of the verbs share: a house in the database, for those that go through its contracts."""

from __future__ import annotations

from tests.houses import house, quick_passwords

__all__ = ["house", "quick_passwords"]
