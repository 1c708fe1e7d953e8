"""The invented deal that the demo opens on: the first of the examples, shipped with the package."""

from __future__ import annotations

from importlib.resources import files


def valdrene_answers() -> bytes:
    """The answers file of an MSP of Rennes and its client of Le Mans."""
    return (files("convenu.library") / "demo" / "valdrene.answers.yaml").read_bytes()
