"""What pydantic refused in a person's file, told in French with its place."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from convenu.terms import values
from convenu.vocabulary import yaml_text
from convenu.vocabulary.days import missing_day
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.yaml_text import YamlText

_MESSAGES = {
    "int_type": "un nombre entier est attendu",
    "int_parsing": "un nombre entier est attendu",
    "greater_than_equal": "la valeur est trop petite (minimum {ge})",
    "less_than_equal": "la valeur est trop grande (maximum {le})",
    "greater_than": "la valeur doit dépasser {gt}",
    "bool_type": "« true » ou « false » est attendu",
    "bool_parsing": "« true » ou « false » est attendu",
    "date_type": "une date est attendue : écrivez « 2027-01-31 »",
    "time_parsing": "heure impossible : écrivez « 20:00 »",
    "string_type": "un texte est attendu",
    "string_too_long": "texte trop long (maximum {max_length} caractères)",
    "string_too_short": "texte vide",
    "string_pattern_mismatch": "texte dont la forme n’est pas celle attendue : {form}",
    "tuple_type": "une liste est attendue",
    "missing": "cette précision manque",
    "model_type": "un groupe de précisions (clé : valeur) est attendu",
    "model_attributes_type": "un groupe de précisions (clé : valeur) est attendu",
    "dict_type": "un groupe de précisions (clé : valeur) est attendu",
    "decimal_parsing": "un nombre est attendu",
    "decimal_type": "un nombre est attendu",
}

_NO_DAY = {"date_from_datetime_parsing", "date_parsing", "date_from_datetime_inexact"}

# What to write where a text has a form of its own, by the pattern that refused it.
_FORMS = {
    values.EMAIL: "écrivez par exemple « nom@societe.fr »",
    values.KEY: "des minuscules sans accent, des chiffres et des « _ », par exemple « sauvegarde_geree »",
    values.WEEKDAY: "l’un de mon, tue, wed, thu, fri, sat, sun",
    values.PRIORITY: "l’un de P1, P2, P3, P4",
}
# A file with more mistakes than this is another kind of file.
MAX_TOLD = 300


def mistakes_of(error: ValidationError, text: YamlText, model: type[BaseModel]) -> list[Mistake]:
    """Tell each refused value in French, in the order of the file, with its place and, where one is near, the word that was meant.

    `model` is what the file describes.
    """
    refused = [(_place(details, text), details) for details in error.errors(include_url=False)]
    refused.sort(key=lambda one: text.line(one[0]))
    told = [_mistake(details, place, text, model) for place, details in refused[:MAX_TOLD]]
    left = len(refused) - len(told)
    return [*told, Mistake("fichier", f"et {left} autres erreurs", "Corrigez d’abord celles-ci.")] if left else told


def _place(details: ErrorDetails, text: YamlText) -> tuple[str | int, ...]:
    """The place in the person's file: pydantic's path without the `value` of a short form."""
    place: list[str | int] = []
    data = text.data
    for part in details["loc"]:
        known = (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int) and part < len(data))
        if known:
            place.append(part)
            data = data[part]
        elif part != "value" and details["type"] in {"missing", "extra_forbidden"}:
            place.append(part)
    return tuple(place)


def _mistake(details: ErrorDetails, place: tuple[str | int, ...], text: YamlText, model: type[BaseModel]) -> Mistake:
    kind = details["type"]
    context = details.get("ctx", {})
    if kind == "extra_forbidden":
        key = str(details["loc"][-1])
        return Mistake(text.where(place), f"« {key} » n’existe pas ici", yaml_text.suggest(key, _siblings(place, model)))
    if kind == "value_error":
        return Mistake(text.where(place), str(context.get("error", details["msg"])))
    if kind == "enum":
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        given = str(details["input"])
        return Mistake(
            text.where(place), f"« {given[:80]} » n’est pas une valeur admise : {expected}", yaml_text.suggest(given, expected.split(", "))
        )
    message = _MESSAGES.get(kind, "valeur refusée").format(form=_FORMS.get(context.get("pattern", ""), ""), **context)
    if kind in _NO_DAY:
        given = str(details["input"])
        message = f"« {given[:80]} » {missing_day(given) or 'n’est pas une date'} : écrivez « 2027-01-31 »"
    label = _label(place, model)
    return Mistake(text.where(place), f"{message} ({label})" if label else message, _fields_of(str(context.get("class_name", ""))))


def _label(place: tuple[str | int, ...], model: type[BaseModel]) -> str:
    """What the field where a place begins is called, when the model says it."""
    field = model.model_fields.get(str(place[0])) if place else None
    return field.title or "" if field else ""


def _fields_of(model: str) -> str:
    """The keys that a structured value admits, for who wrote a word in its place."""
    known = getattr(values, model, None)
    if not (isinstance(known, type) and issubclass(known, values.Value)):
        return ""
    named = {field.alias or name: field.is_required() for name, field in known.model_fields.items()}
    needed = [name for name, required in named.items() if required] or list(named)
    return f"Écrivez par exemple « {{{', '.join(f'{name}: …' for name in needed)}}} »."


def _siblings(place: tuple[str | int, ...], model: type[BaseModel]) -> list[str]:
    """The keys admitted where an unknown one stands."""
    fields = model.model_fields
    if len(place) <= 1:
        return [field.alias or name for name, field in fields.items()]
    inside: Any = fields[str(place[0])].annotation if place[0] in fields else None
    names: set[str] = set()
    _collect_fields(inside, names)
    return sorted(names)


def _collect_fields(annotation: Any, names: set[str]) -> None:
    fields = getattr(annotation, "model_fields", None)
    if fields:
        for name, field in fields.items():
            if name not in names:
                names.add(field.alias or name)
                _collect_fields(field.annotation, names)
    for part in getattr(annotation, "__args__", ()):
        _collect_fields(part, names)
