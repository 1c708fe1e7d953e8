"""A service calendar written in a file of its own: the hours, and the day from which that version is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import ValidationError

from convenu.service.calendar import CalendarVersions
from convenu.terms.refused_values import mistakes_of
from convenu.terms.values import Day, Line, ServiceCalendar
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.yaml_text import YamlText


class CalendarFile(ServiceCalendar):
    """A calendar as a file says it; one without `in_force_from` has always been in force."""

    name: Line = "Plage de service"
    in_force_from: Day | None = None


def calendar_from(text: YamlText) -> CalendarFile:
    """Read one file; raises `MistakesError` with every mistake of it."""
    if not isinstance(text.data, dict):
        raise MistakesError([Mistake(text.where(()), "le fichier doit être une liste de « clé : valeur »")])
    try:
        return CalendarFile.model_validate(text.data)
    except ValidationError as error:
        raise MistakesError(mistakes_of(error, text, CalendarFile)) from error


def versions_of(files: Sequence[CalendarFile]) -> CalendarVersions:
    """The versions of one calendar, from the file of each; two of the same day are a mistake."""
    by_day: dict[date, ServiceCalendar] = {}
    for file in files:
        first = file.in_force_from or date.min
        if first in by_day:
            since = f"en vigueur le {first:%d/%m/%Y}" if file.in_force_from else "sans « in_force_from »"
            raise MistakesError([Mistake("calendrier", f"deux versions {since}", "Donnez à chacune son premier jour.")])
        by_day[first] = file
    return CalendarVersions(by_day)
