"""French public holidays by zone (C. trav., art. L. 3133-1, L. 3134-13 and L. 3422-2)."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

from convenu.law.book import Answer, LawBook
from convenu.vocabulary.dated import NotInForceError

# Day and month of the holiday proper to each zone; Saint-Martin and Saint-Barthélemy commemorate the abolition of slavery.
_OWN_DAYS: dict[str, tuple[int, int]] = {
    "FR-GP": (5, 27), "FR-MQ": (5, 22), "FR-GF": (6, 10), "FR-RE": (12, 20), "FR-YT": (4, 27), "FR-BL": (10, 9), "FR-MF": (5, 27),
}  # fmt: skip
# 8 May is a public holiday again since 1982 (loi n° 81-893 du 2 octobre 1981); Easter is known well beyond the last year.
_LIST_SINCE = 1982
_LAST_YEAR = 2199
ZONES = ("FR", "FR-ALSACE-MOSELLE", *_OWN_DAYS)
LABEL = "Jours fériés légaux"
SOURCE = "C. trav., art. L. 3133-1, L. 3134-13 et L. 3422-2"


def public_holidays(year: int, zone: str = "FR", *, good_friday: bool = True) -> tuple[date, ...]:
    """The public holidays of a year in a zone, in order.

    `good_friday` matters in Alsace-Moselle only, where the day is a holiday in communes with a Protestant or mixed church.
    """
    if zone == "none":
        return ()
    if zone not in ZONES:
        raise ValueError(f"no holiday zone is called {zone!r}. Zones: {', '.join(ZONES)}")
    sunday = easter(year)
    days = {date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))}
    days |= {sunday + timedelta(days=offset) for offset in (1, 39, 50)}
    if zone == "FR-ALSACE-MOSELLE":
        days.add(date(year, 12, 26))
        if good_friday:
            days.add(sunday - timedelta(days=2))
    if zone in _OWN_DAYS:
        days.add(date(year, *_OWN_DAYS[zone]))
    return tuple(sorted(days))


def holidays_on(_book: LawBook, day: date) -> Answer:
    """The national public holidays of the year of a day, since the list is what it is."""
    if not _LIST_SINCE <= day.year <= _LAST_YEAR:
        reason = (
            f"la liste des jours fériés est celle d’aujourd’hui depuis {_LIST_SINCE}" if day.year < _LIST_SINCE else "année trop lointaine"
        )
        raise NotInForceError("public_holidays", day, reason)
    return Answer(
        name="public_holidays", label=LABEL, on=day, value=public_holidays(day.year), unit="jours", source=SOURCE,
        start=date(day.year, 1, 1), end=date(day.year + 1, 1, 1),
    )  # fmt: skip
