"""The terms of a contract as its answers and its defaults make them now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from convenu.agreement.conditions import Condition
from convenu.agreement.library import Library
from convenu.agreement.scoping import contradictions, derive, with_origin
from convenu.store.models import Answer, Contract
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.files import as_data
from convenu.terms.refused_values import mistakes_of
from convenu.terms.states import Origin, Term
from convenu.vocabulary.mistakes import Mistake
from convenu.vocabulary.yaml_text import YamlText


@dataclass(frozen=True, slots=True)
class Reading:
    """Terms read from what is kept; what this release can no longer read is said, and stands as unknown."""

    terms: Terms
    unreadable: tuple[Mistake, ...]

    def contradictions(self, library: Library) -> tuple[Mistake, ...]:
        """Answers that cannot both be true, or that this library cannot write."""
        return tuple(contradictions(self.terms, library, YamlText({})))


def current_terms(contract: Contract) -> Terms:
    """The terms of a contract: an answer before the house's value, before the sector's, before the segment's."""
    return reading_of(contract, answers_of(contract)).terms


def answers_of(contract: Contract) -> dict[str, Answer]:
    """The rows of a contract's answers by term, those put back to their default included."""
    return {answer.term: answer for answer in Answer.objects.filter(contract=contract).select_related("updated_by")}


def reading_of(contract: Contract, answers: Mapping[str, Answer]) -> Reading:
    """The terms that these answers make; the sectors follow the facts that the answers tell."""
    return reading_from(contract, _given(answers))


def reading_from(contract: Contract, given: Mapping[str, Any]) -> Reading:
    """The same, from what the answers say in the form kept."""
    return _reading(_canonical(_defaults(contract, _called_sectors(contract, given))), _canonical(given))


def base_terms(contract: Contract, answers: Mapping[str, Answer]) -> Terms:
    """What the contract says when nobody answers anything but the facts that call its sectors."""
    return _base(_canonical(_defaults(contract, _called_sectors(contract, _given(answers)))))


def read(values: Mapping[str, Any], *, over: Terms) -> Reading:
    """Read kept values over other terms, dropping those that this release does not understand."""
    unknown = [Mistake(key, f"« {key} » n’existe plus dans cette version") for key in values if key not in TERM_KEYS]
    known = {key: value for key, value in values.items() if key in TERM_KEYS}
    try:
        return Reading(derive(over.replace(**known)), tuple(unknown))
    except ValidationError as error:
        refused = {detail["loc"][0] for detail in error.errors(include_url=False)}
        kept = {key: value for key, value in known.items() if key not in refused}
        return Reading(derive(over.replace(**kept)), (*unknown, *mistakes_of(error, YamlText(known), Terms)))


def segment_snapshot(library: Library, segment: str) -> dict[str, Any]:
    """The segment's defaults in the form kept with a contract."""
    return snapshot(library.segments[segment].defaults, Origin.SEGMENT)


def sector_snapshot(library: Library) -> dict[str, Any]:
    """What each sector is called by and proposes, in the form kept with a contract."""
    return {
        pack.key: {"applies_when": [dict(case) for case in pack.applies_when.cases], "terms": snapshot(pack.defaults, Origin.SECTOR)}
        for pack in library.sectors
    }


def snapshot(values: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """Plain values in the form kept with a contract, each with where it comes from."""
    return as_data(Terms.model_validate({key: with_origin(value, origin) for key, value in values.items()}))


def long_form(term: Term[Any]) -> dict[str, Any]:
    """A term as a terms file writes it when it says everything: its value or state, its origin, who answers it and before when."""
    # Any origin but « asked » makes the term write itself in full.
    full: dict[str, Any] = term.model_copy(update={"origin": Origin.READ}).model_dump(mode="json", by_alias=True, exclude_none=True)
    return {**full, "origin": term.origin.value}


def bare(term: Term[Any]) -> Any:
    """What a term says, whoever said it."""
    full = long_form(term)
    return {name: full[name] for name in ("value", "state") if name in full}


def _given(answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {term: answer.value for term, answer in answers.items() if answer.value is not None}


def _called_sectors(contract: Contract, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the sectors kept with the contract propose, of those that its facts call."""
    conditions = _canonical({key: kept["applies_when"] for key, kept in contract.sector_packs.items()})
    told = {**_defaults(contract, {}), **given}
    called = _called(conditions, _canonical({key: told[key] for key in _facts(conditions) if key in told}))
    return {key: value for sector in called for key, value in contract.sector_packs[sector]["terms"].items()}


# Most contracts keep the same sectors, and the few facts that call them say the same.
@lru_cache(maxsize=64)
def _facts(conditions: str) -> frozenset[str]:
    return frozenset().union(*(condition.terms for condition in _conditions(conditions).values()))


@lru_cache(maxsize=256)
def _called(conditions: str, told: str) -> tuple[str, ...]:
    """The sectors that these facts call."""
    facts = read(json.loads(told), over=Terms()).terms
    return tuple(key for key, condition in _conditions(conditions).items() if not condition.always and condition.holds(facts))


@lru_cache(maxsize=64)
def _conditions(kept: str) -> Mapping[str, Condition]:
    return {key: _condition(cases) for key, cases in json.loads(kept).items()}


def _condition(cases: list[dict[str, Any]]) -> Condition:
    """The facts that call a sector kept by an older release; a fact that no longer exists is never told, and calls nothing."""
    return Condition.read([case for case in cases if set(case) <= set(TERM_KEYS)])


def _defaults(contract: Contract, called: Mapping[str, Any]) -> dict[str, Any]:
    return {**contract.segment_terms, **called, **contract.house_terms}


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


# Some three hundred values to validate: the defaults once a contract, the answers once a change.
@lru_cache(maxsize=256)
def _base(defaults: str) -> Terms:
    return read(json.loads(defaults), over=Terms()).terms


@lru_cache(maxsize=256)
def _reading(defaults: str, answers: str) -> Reading:
    return read(json.loads(answers), over=_base(defaults))
