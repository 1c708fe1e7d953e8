"""What a verb says: its mistakes, all at once, and its JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError

P = ParamSpec("P")
R = TypeVar("R")

BLOCKING = 1
WRONG_INPUT = 2


def tells_mistakes(command: Callable[P, R]) -> Callable[P, R]:
    """Show every mistake of an input at once and leave with 2."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except MistakesError as error:
            _tell(error.mistakes, as_json=bool(kwargs.get("as_json")))
            sys.exit(WRONG_INPUT)

    return wrapped


def print_json(data: Any) -> None:
    """The answer of a verb in JSON, as the API gives it."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _tell(mistakes: Iterable[Mistake], *, as_json: bool) -> None:
    """Every mistake on the error output; in JSON on the standard output when it was asked."""
    told = list(mistakes)
    if as_json:
        print_json({"errors": [mistake.as_json() for mistake in told]})
    for mistake in told:
        click.echo(french.typography(str(mistake)), err=True)
    click.echo(f"{len(told)} erreur{'s' if len(told) > 1 else ''} : rien n’a été écrit.", err=True)
