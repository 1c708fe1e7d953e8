"""The deals shipped as examples, as terms: for tests that count, price or measure one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms.contract import Terms

FOLDER = Path(__file__).parents[2] / "examples"


@cache
def terms_of(name: str) -> Terms:
    """The terms of an example, its segment's values included."""
    return scope(read_answers((FOLDER / f"{name}.answers.yaml").read_bytes()), french())


def changed_terms(name: str, **given: object) -> Terms:
    """The terms of an example with some of them stated otherwise."""
    return terms_of(name).model_copy(update={key: Terms.model_validate({key: value}).term(key) for key, value in given.items()})
