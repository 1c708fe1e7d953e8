"""Read what accepting a provisional contract means; like the assumptions of a costing, it is no part of a release."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from convenu.library.front_matter import refuse_others, take
from convenu.vocabulary import yaml_text

NAME = "provisional.yaml"
_FIELDS = frozenset({"law", "meaning", "reviewed"})


@cache
def acceptance() -> tuple[str, ...]:
    """The sentences that the annex of a provisional contract prints, in their order."""
    data = yaml_text.read((files("convenu.library") / NAME).read_text("utf-8")).data
    refuse_others(data, _FIELDS, NAME)
    return tuple(take(data, "meaning", NAME))
