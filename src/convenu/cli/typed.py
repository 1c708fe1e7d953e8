"""What is typed after a verb: a day, a port; refused with an example."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import click

from convenu.vocabulary.days import parse_day

LAST_PORT = 65535


class Day(click.ParamType[date]):
    """A day written 2026-11-23."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or refuse it with an example."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f"{error} : écrivez par exemple 2026-11-23", param, ctx)


class Port(click.ParamType[int]):
    """A port of this machine."""

    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or refuse it with the bounds."""
        if not (str(value).isdecimal() and 1 <= int(value) <= LAST_PORT):
            self.fail(f"« {value} » n’est pas un port : écrivez un nombre de 1 à {LAST_PORT}", param, ctx)
        return int(value)


DAY = Day()


def today() -> date:
    """The day on this machine, when none is typed."""
    return datetime.now(UTC).astimezone().date()
