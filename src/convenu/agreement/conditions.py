"""When a clause, a question or a rule applies: a few words on the state or the value of some terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.states import Term

_STATE_WORDS = ("stated", "none", "not_none", "unknown", "known")


class ConditionError(ValueError):
    """A condition names a term that does not exist, or is not written as conditions are."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Any of several cases; a case holds when all its terms answer. No case at all: always.

    Each term is set against a state word (`stated`, `none`, `not_none`, `unknown`, `known`), a value, a list of values,
    or a bound written « <= 5 » or « > 250 ».
    """

    cases: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def read(cls, data: Any) -> Condition:
        """Read a condition from a library file."""
        if data is None:
            return cls()
        cases = data if isinstance(data, list) else [data]
        for case in cases:
            if not isinstance(case, dict):
                raise ConditionError(f"une condition s’écrit « terme: valeur », et non {case!r}")
            for key in case:
                if key not in TERM_KEYS:
                    raise ConditionError(f"aucun terme ne s’appelle « {key} »")
        return cls(tuple(cases))

    @property
    def always(self) -> bool:
        """Whether nothing is asked."""
        return not self.cases

    @property
    def terms(self) -> frozenset[str]:
        """The terms the condition looks at."""
        return frozenset(key for case in self.cases for key in case)

    def holds(self, terms: Terms) -> bool:
        """Whether the condition is met; an unknown value meets only `unknown` and `not_none`."""
        return self.always or any(all(_meets(terms.term(key), wanted) for key, wanted in case.items()) for case in self.cases)

    def undecided(self, terms: Terms) -> tuple[str, ...]:
        """The unknown terms that alone keep the condition from being met; empty when it is met, or refused by a known value."""
        if self.holds(terms):
            return ()
        for case in self.cases:
            unmet = [key for key, wanted in case.items() if not _meets(terms.term(key), wanted)]
            if all(terms.term(key).unknown for key in unmet):
                return tuple(unmet)
        return ()

    def met_by(self, terms: Terms) -> tuple[str, ...]:
        """The terms of every case that is met; empty when none is."""
        met = [case for case in self.cases if all(_meets(terms.term(key), wanted) for key, wanted in case.items())]
        return tuple(dict.fromkeys(key for case in met for key in case))

    def shares_a_fact_with(self, other: Condition) -> bool:
        """Whether one answer may help to meet both: some case of each wants the same value, or the same state, of the same term."""
        return any(
            key in theirs and _plain_values(wanted) & _plain_values(theirs[key])
            for ours in self.cases
            for theirs in other.cases
            for key, wanted in ours.items()
        )

    def rules_out(self, other: Condition) -> bool:
        """Whether the two are never met together, as far as the values of a term that each case of both names can tell."""
        return all(
            any(key in theirs and not _may_agree(wanted, theirs[key]) for key, wanted in ours.items())
            for ours in self.cases
            for theirs in other.cases
        )


def _plain_values(wanted: Any) -> frozenset[str]:
    return frozenset(str(one) for one in (wanted if isinstance(wanted, list) else [wanted]))


def _may_agree(wanted: Any, other: Any) -> bool:
    """Whether one value may answer both; a state or a bound is taken to agree with anything."""
    values = _plain_values(wanted) | _plain_values(other)
    if any(value in _STATE_WORDS or value[:1] in "<>" for value in values):
        return True
    return bool(_plain_values(wanted) & _plain_values(other))


def _meets(term: Term[Any], wanted: Any) -> bool:
    if isinstance(wanted, str) and wanted in _STATE_WORDS:
        return {
            "stated": term.stated and term.value != (),
            "none": term.lacking or (term.stated and term.value == ()),
            "not_none": term.unknown or (term.stated and term.value != ()),
            "unknown": term.unknown,
            "known": not term.unknown,
        }[wanted]
    if not term.stated:
        return False
    if isinstance(wanted, list):
        return any(_equals(term.value, one) for one in wanted)
    return _equals(term.value, wanted)


def _equals(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, str) and wanted[:1] in "<>" and wanted[1:].strip(" =").lstrip("-").replace(".", "", 1).isdigit():
        return _within(value, wanted)
    if isinstance(value, tuple):
        return any(_equals(item, wanted) for item in value)
    if isinstance(value, Enum):
        return bool(value.value == wanted)
    return bool(value == wanted)


def _within(value: Any, bound: str) -> bool:
    sign = bound[:2] if bound[1] == "=" else bound[:1]
    limit, number = Decimal(bound[len(sign) :].strip()), Decimal(str(getattr(value, "amount", value)))
    return {"<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit}[sign]
