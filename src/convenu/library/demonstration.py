"""The invented deals that the demo opens on, shipped with the package: one MSP of Rennes and a client of each size but the largest."""

from __future__ import annotations

from importlib.resources import files

# The one that the demo shows first comes last: it is the most recently worked on.
DEALS = ("moulin-carre", "pelouan", "valdrene")


def deal_answers(name: str) -> bytes:
    """The answers file of a deal of the demo."""
    return (files("convenu.library") / "demo" / f"{name}.answers.yaml").read_bytes()
