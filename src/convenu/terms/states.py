"""A term: one agreed value, where it comes from, and whether it is known at all."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

T = TypeVar("T")

MAX_ITEMS = 500


class State(StrEnum):
    """How much is known of a value."""

    STATED = "stated"
    NONE = "none"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """Who put the value there."""

    ASKED = "asked"
    SEGMENT = "segment_default"
    SECTOR = "sector_default"
    HOUSE = "house_default"
    NEGOTIATED = "negotiated"
    AMENDMENT = "amendment"
    READ = "read_from_file"

    @property
    def proposed(self) -> bool:
        """Whether nobody answered: the value is the offer's or the house's."""
        return self in (Origin.SEGMENT, Origin.SECTOR, Origin.HOUSE)

    @property
    def label(self) -> str:
        """How the origin is told on screen and in the note to the lawyer."""
        return {
            "asked": "votre réponse",
            "segment_default": "valeur du segment",
            "sector_default": "valeur du secteur",
            "house_default": "valeur de votre maison",
            "negotiated": "négocié",
            "amendment": "avenant",
            "read_from_file": "lu dans un document",
        }[self.value]


_WORDS = {"none": State.NONE, "absent": State.ABSENT, "unknown": State.UNKNOWN}
# `key` is ours: it comes back when one kind of term is read as another, and is set anew by `Terms`.
_LONG = {"value", "state", "origin", "who", "before", "note", "key"}


class Term(BaseModel, Generic[T]):
    """One value of the contract in one of four states.

    `stated` carries a value; `none` says there is none; `absent` says a whole document was read without finding it;
    `unknown` is an open point, with who must answer and before when.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, coerce_numbers_to_str=True)

    state: State = State.STATED
    value: T | None = None
    origin: Origin = Origin.ASKED
    who: str | None = Field(default=None, max_length=200)
    before: date | None = None
    note: str | None = Field(default=None, max_length=2000)
    key: str = Field(default="", exclude=True)

    @property
    def stated(self) -> bool:
        """Whether there is a value to read."""
        return self.state is State.STATED

    @property
    def lacking(self) -> bool:
        """Whether it is certain that nothing was agreed."""
        return self.state in (State.NONE, State.ABSENT)

    @property
    def unknown(self) -> bool:
        """Whether the answer is still to come."""
        return self.state is State.UNKNOWN

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        if isinstance(given, cls):
            return given
        if isinstance(given, Term):
            return {name: getattr(given, name) for name in cls.model_fields}
        if given is None:
            raise ValueError("valeur vide ou « null » refusée : écrivez « none », « unknown », ou retirez la ligne")
        if isinstance(given, str) and given.strip() in _WORDS:
            return {"state": _WORDS[given.strip()]}
        if isinstance(given, dict) and is_long_form(given):
            return _checked_long_form(given)
        return {"value": given}

    @model_validator(mode="after")
    def _within_reason(self) -> Self:
        if isinstance(self.value, tuple) and len(self.value) > MAX_ITEMS:
            raise ValueError(f"{len(self.value)} lignes : {MAX_ITEMS} au plus ; regroupez celles qui se ressemblent")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return _any_form(handler.resolve_ref_schema(handler(schema)))

    @model_serializer(mode="wrap")
    def _shortest_form(self, handler: Any) -> Any:
        full: dict[str, Any] = handler(self)
        details = {name: full[name] for name in ("who", "before", "note") if full.get(name) is not None}
        if self.origin is not Origin.ASKED:
            details = {"origin": self.origin.value, **details}
        if self.stated:
            value = full["value"]
            ambiguous = isinstance(value, str) and value in _WORDS
            return {"value": value, **details} if details or ambiguous else value
        return {"state": self.state.value, **details} if details else self.state.value


def _any_form(long_form: JsonSchemaValue) -> JsonSchemaValue:
    """What a terms file may write for a term: the value alone, a word for its state, or everything."""
    properties = {name: part for name, part in long_form["properties"].items() if name != "key"}
    value: JsonSchemaValue = next((part for part in properties["value"]["anyOf"] if part.get("type") != "null"), {})
    return {"anyOf": [value, {"enum": list(_WORDS)}, {"type": "object", "additionalProperties": False, "properties": properties}]}


def is_long_form(given: dict[Any, Any]) -> bool:
    """Whether a mapping is a term with its state or details, rather than a structured value."""
    return bool(given) and set(given) <= _LONG and ("value" in given or "state" in given)


def _checked_long_form(given: dict[str, Any]) -> dict[str, Any]:
    value = given.get("value")
    if isinstance(value, str) and value in _WORDS and "state" not in given:
        return {**{name: part for name, part in given.items() if name != "value"}, "state": _WORDS[value]}
    stated = given.get("state", "stated") in (State.STATED, "stated")
    if stated and value is None:
        raise ValueError("une valeur « stated » doit être donnée dans « value »")
    if not stated and value is not None:
        raise ValueError(f"l’état « {given['state']} » n’admet pas de valeur")
    return given


UNKNOWN: Term[Any] = Term[Any](state=State.UNKNOWN)


__all__ = ["UNKNOWN", "Origin", "State", "Term", "is_long_form"]
