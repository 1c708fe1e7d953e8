"""Instants as they are written: ISO 8601 with an offset, kept as UTC epoch seconds."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

_EXAMPLE = "2026-03-27T16:00:00+01:00"
FIRST_YEAR, LAST_YEAR = 1950, 2150


def parse_instant(written: str) -> int:
    """The epoch second of « 2026-03-27T16:00:00+01:00 »; a time without its offset, or with a fraction of a second, is refused."""
    text = written.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"« {text[:60]} » n’est pas un instant ISO 8601 : écrivez par exemple « {_EXAMPLE} »") from None
    if moment.tzinfo is None:
        raise ValueError(f"« {text[:60]} » est sans décalage horaire : écrivez par exemple « {_EXAMPLE} »")
    return epoch_second(moment)


def epoch_second(moment: datetime) -> int:
    """The epoch second of a time that knows its zone; a fraction of a second, or a year beyond reason, is refused."""
    if moment.microsecond:
        raise ValueError(f"« {moment.isoformat()} » a une fraction de seconde : l’horloge compte en secondes entières")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"« {moment.isoformat()} » : année hors de propos")
    return int(moment.timestamp())


def written(instant: int, zone: tzinfo = UTC) -> str:
    """An instant in ISO 8601, with the offset of a zone."""
    return datetime.fromtimestamp(instant, zone).isoformat()
