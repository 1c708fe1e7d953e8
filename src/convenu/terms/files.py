"""Terms in and out of YAML and JSON: every mistake told with its line, keys always in the same order."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import yaml
from pydantic import ValidationError

from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.refused_values import mistakes_of
from convenu.terms.states import Origin
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.yaml_text import YamlText


def read_terms(content: bytes | str) -> Terms:
    """Read a terms file, YAML or JSON; raises `MistakesError` with every mistake of it."""
    return terms_from(yaml_text.read(content))


def terms_from(text: YamlText) -> Terms:
    """Build terms from YAML already read."""
    if not isinstance(text.data, dict):
        raise MistakesError([Mistake(text.where(()), "le fichier doit être une liste de « clé : valeur »")])
    try:
        return Terms.model_validate(text.data)
    except ValidationError as error:
        raise MistakesError(mistakes_of(error, text, Terms)) from error


def write_yaml(terms: Terms) -> str:
    """The terms as YAML in their fixed order, open points left out unless somebody must answer them."""
    return yaml.dump(as_data(terms), allow_unicode=True, sort_keys=False, width=120, Dumper=_Dumper)


def write_json(terms: Terms) -> str:
    """The terms as JSON, the form that travels inside a PDF."""
    return json.dumps(as_data(terms), ensure_ascii=False, indent=1) + "\n"


def agreed(terms: Terms) -> Terms:
    """The terms as both parties may read them: the values alone; who put them there, who must confirm and the notes stay with the MSP."""
    bare: dict[str, Any] = {"origin": Origin.ASKED, "who": None, "before": None, "note": None}
    return terms.model_copy(update={key: terms.term(key).model_copy(update=bare) for key in TERM_KEYS})


def as_data(terms: Terms) -> dict[str, Any]:
    """Plain data of the terms; those unknown with nothing more to say are left out."""
    dumped = terms.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: value for key, value in dumped.items() if value != "unknown"}


def terms_hash(terms: Terms) -> str:
    """SHA-256 of the terms' JSON: the same terms give the same hash for ever."""
    canonical = json.dumps(as_data(terms), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of a terms file."""
    schema = Terms.model_json_schema(mode="validation", by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


class _Dumper(yaml.SafeDumper):
    """Quotes only what our own reader would read as something else than text."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    plain = dumper.represent_scalar("tag:yaml.org,2002:str", value)
    if value.lower() in {"null", "~", "yes", "no", "on", "off", "y", "n"}:
        plain.style = "'"
    return plain


_Dumper.add_representer(str, _text)
