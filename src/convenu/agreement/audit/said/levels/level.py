"""One service level as read: a priority, its times, the words it was read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary.span import Span, SpanUnit

_RANKS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
# A time promised for every call alike.
ALL = "all"
# Each unit as one is written, then as several are; from two up it is several.
_UNITS = {
    SpanUnit.MINUTES: ("min", "min"),
    SpanUnit.BUSINESS_MINUTES: ("min", "min"),
    SpanUnit.HOURS: ("h", "h"),
    SpanUnit.BUSINESS_HOURS: ("h ouvrée", "h ouvrées"),
    SpanUnit.DAYS: ("jour", "jours"),
    SpanUnit.BUSINESS_DAYS: ("jour ouvré", "jours ouvrés"),
    SpanUnit.WORKING_DAYS: ("jour ouvrable", "jours ouvrables"),
    SpanUnit.WEEKS: ("semaine", "semaines"),
    SpanUnit.MONTHS: ("mois", "mois"),
}
_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLevel:
    """What is promised for one priority, with the words it was read in."""

    priority: str
    response: Span | None
    restoration: Span | None
    workaround: Span | None = None
    quote: Quote

    @property
    def rank(self) -> str | None:
        """The rank of a numbered priority as our terms name it, whatever its scale: P1 for « Sévérité 1 » and for « Premier rang »."""
        rank = _RANKS.get(plain(self.priority.split()[0]), self.priority[-1])
        return f"P{rank}" if str(rank).isdigit() else None

    def as_json(self) -> dict[str, str | None]:
        """The priority and its times as written; the time to a way round where the contract promises one beside the mending."""
        told = {"priority": self.priority, "response": _said(self.response), "restoration": _said(self.restoration)}
        return told | ({"workaround": _said(self.workaround)} if self.workaround is not None else {})


def timed_level(priority: str, times: Mapping[str, Span], quote: Quote) -> ReadLevel:
    """A level with its times, by their kind."""
    return ReadLevel(
        priority=priority,
        response=times.get("response"),
        restoration=times.get("restoration"),
        workaround=times.get("workaround"),
        quote=quote,
    )


def _said(span: Span | None) -> str | None:
    if span is None:
        return None
    one, several = _UNITS[span.unit]
    return f"{span.count.normalize():f} {several if span.count >= _SEVERAL else one}"
