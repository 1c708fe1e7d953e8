"""What was read, as terms: stated with the words they were read in, absent when the whole file does not say them, else unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from convenu.agreement.audit.guides.guides import ChoiceGuide, Recognition, Seat
from convenu.agreement.audit.looking.best_words import best_first
from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.nature import left_to_another
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.said.read_values import ReadValue
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.second_look import Doubt, doubts_on
from convenu.agreement.audit.words.numbers import number_in
from convenu.terms.contract import Terms
from convenu.terms.states import Origin, State

_DAYS_A_MONTH = 30
_RANKS = ("P1", "P2", "P3", "P4")


@dataclass(frozen=True, slots=True)
class ReadTerms:
    """The terms of a contract as read, and the words behind each.

    `member_quotes`: of a term that is a list, the words behind each of its members.
    `doubts`: the terms not seen of which the file bears a trace, unknown in `terms`; `hasty`: the terms as they would be without that look.
    """

    terms: Terms
    quotes: Mapping[str, Quote]
    member_quotes: Mapping[tuple[str, str], Quote]
    doubts: Mapping[str, Doubt]
    hasty: Terms


def terms_of(reading: Reading, recognition: Recognition) -> ReadTerms:
    """The terms that a contract states, each « lu dans un document »."""
    looker = Looker(reading.document)
    given: dict[str, dict[str, Any]] = {}
    quotes: dict[str, Quote] = {}
    for key in _absent(looker, reading, recognition):
        given[key] = {"state": State.ABSENT.value, "origin": Origin.READ.value}
    member_quotes: dict[tuple[str, str], Quote] = {}
    for guide in recognition.choices:
        chosen = _chosen(guide, looker, reading, recognition.seat(guide.term))
        member_quotes |= {(guide.term, member): quote for member, quote in chosen.items()}
        _choose(guide, chosen, reading, given, quotes)
    unheld: dict[str, Quote] = {}
    for key, value in reading.values.items():
        if (kept := _MAY_STAY_UNKNOWN.get(key)) is not None:
            _not_absent(given, kept)
            unheld[kept] = value.quote
        for term, written in _written(key, value, reading):
            given[term] = {"value": written, "origin": Origin.READ.value}
            quotes[term] = value.quote
    _levels(reading, given, quotes)
    _facts(reading, given)
    _carve_outs(given)
    if given.get("payment_days", {}).get("value") == "0 days":
        given.pop("payment_start", None)
    doubts = doubts_on(looker, recognition, _concluded(given), quotes)
    return ReadTerms(
        terms=_valid(_given_doubts(given, doubts)),
        quotes=unheld | {key: quote for key, quote in quotes.items() if key in given},
        member_quotes=member_quotes,
        doubts=doubts,
        hasty=_valid(given),
    )


def _concluded(given: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The terms held to be absent, and the lists read with the members seen, one of which may lack."""
    return {
        term: tuple(one["value"]) if isinstance(one.get("value"), list) else ()
        for term, one in given.items()
        if one.get("state") or isinstance(one.get("value"), list)
    }


def _given_doubts(given: dict[str, dict[str, Any]], doubts: Mapping[str, Doubt]) -> dict[str, dict[str, Any]]:
    """What was read with every doubt granted: a term is unknown, a list holds what it may hold."""
    granted = {term: one for term, one in given.items() if term not in doubts}
    for term, doubt in doubts.items():
        if doubt.members:
            granted[term] = {"value": [*given[term].get("value", ()), *doubt.members], "origin": Origin.READ.value}
    return granted


def _absent(looker: Looker, reading: Reading, recognition: Recognition) -> set[str]:
    """The terms of the provisions that are nowhere in the file, save what it leaves to another document."""
    if reading.is_part:
        return set()
    lacking = {key for key, provision in reading.provisions.items() if provision.status is ProvisionStatus.ABSENT}
    lacking -= left_to_another(looker, recognition)
    absent = {term for guide in recognition.provisions if guide.key in lacking for term in guide.terms}
    if reading.provisions["late_penalties"].status is not ProvisionStatus.ABSENT:
        absent.add("recovery_fee")
    return absent


def _speaks(guide: ChoiceGuide, reading: Reading) -> bool:
    return not guide.provision or reading.provisions[guide.provision].stated


def _chosen(guide: ChoiceGuide, looker: Looker, reading: Reading, seat: Seat) -> dict[str, Quote]:
    """The members of a term that a contract shows, each with its words."""
    chosen: dict[str, Quote] = {}
    for member, evidence in guide.members if _speaks(guide, reading) else ():
        seen = [one for piece in evidence for one in looker.evidence(piece)]
        if seen:
            chosen[member] = looker.quote_of(best_first(seen, looker, seat)[0])
    return chosen


def _choose(
    guide: ChoiceGuide, chosen: Mapping[str, Quote], reading: Reading, given: dict[str, dict[str, Any]], quotes: dict[str, Quote]
) -> None:
    if not _speaks(guide, reading):
        return
    if len(chosen) >= guide.least:
        given[guide.term] = {"value": list(chosen) if guide.many else next(iter(chosen)), "origin": Origin.READ.value}
        quotes[guide.term] = next(iter(chosen.values()))
    elif guide.lacking == State.NONE.value:
        given[guide.term] = {"state": State.NONE.value, "origin": Origin.READ.value}


def _written(key: str, value: ReadValue, reading: Reading) -> list[tuple[str, Any]]:
    """The terms that a value says, as a terms file writes them."""
    write = _WRITERS.get(key)
    return list(write(value, reading)) if write is not None else []


def _months(term: str) -> Callable[[ReadValue, Reading], list[tuple[str, Any]]]:
    return lambda value, _: [(term, f"{value.value} months")]


def _days(term: str, *, calendar: bool = False) -> Callable[[ReadValue, Reading], list[tuple[str, Any]]]:
    def written(value: ReadValue, _: Reading) -> list[tuple[str, Any]]:
        days = int(value.value)
        if calendar and days and days % _DAYS_A_MONTH == 0:
            return [(term, f"{days // _DAYS_A_MONTH} months")]
        return [(term, f"{days} days")]

    return written


def _payment(value: ReadValue, _: Reading) -> list[tuple[str, Any]]:
    """The delay; what is due at once has no starting point to discuss."""
    return [("payment_days", f"{value.value} days")]


_STAFF = re.compile(
    r"salari|collaborat|personnel|embauch|débauch|debauch|employ|recrut|préposé|prepose|technicien|consultant|intervenant|équipe",
    re.IGNORECASE,
)


def _non_solicitation(value: ReadValue, reading: Reading) -> list[tuple[str, Any]]:
    """The time during which the other's staff is not hired, as its sentence or its title says; clients are another matter."""
    title = reading.document.article_at(value.quote.start).title
    return [("non_solicitation", f"{value.value} months")] if _STAFF.search(f"{title} {value.quote.text}") else []


_MONTHS_A_YEAR = 12
_AT_THE_LEGAL_RATE = re.compile(
    r"\btaux\s+(?:de\s+l[’']|d[’'])?\s*(?:int[ée]r[êe]t\s+)?l[ée]gal|\bint[ée]r[êe]ts\s+l[ée]gaux\s+de\s+retard", re.IGNORECASE
)
_PERIOD = re.compile(
    r"%\s*(?:\)\s*)?(?:(?P<month>par mois|mensuel|le mois)|par an|annuel|l[’']an)"
    r"|taux\s+(?:d[’']int[ée]r[êe]t\s+)?(?:(?P<monthly>mensuel)|annuel)",
    re.IGNORECASE,
)
# What counts a percentage by another length of time, or once.
_OTHER_PERIOD = re.compile(
    r"(?:par|chaque|/|tout)\s*(?:jour|semaine|quinzaine|mois|trimestre|semestre)|mensuel|journali|une\s+seule\s+fois", re.IGNORECASE
)


_ABOVE_LEGAL = re.compile(
    r"l[ée]gal(?:\s+en vigueur)?[,\s]+(?:major[ée]e?s?|augment[ée]e?s?|relev[ée]e?s?|plus|\+)\s*(?:de\s+|d[’'])?"
    r"(?:(?:\w+\s+)?\()?\s*(?P<points>\d{1,2}(?:[.,]\d{1,2})?)\s*\)?\s*(?:points?|%)",
    re.IGNORECASE,
)
_EMPHASIS = str.maketrans("", "", "*_")


def points_above_legal(value: ReadValue) -> Decimal | None:
    """The points that a late rate adds to the legal interest, which no term holds: « l'intérêt légal majoré de cinq (5) points »."""
    return _added_to_legal(value) if str(value.value).startswith("intérêt légal") else None


def _added_to_legal(value: ReadValue) -> Decimal | None:
    """The points that are added to the legal interest, or to several times it."""
    found = _ABOVE_LEGAL.search(value.quote.text.translate(_EMPHASIS))
    return None if found is None else Decimal(found["points"].replace(",", "."))


def rate_of_no_period(value: ReadValue) -> Decimal | None:
    """The percentage of a late rate of which the words do not say for how long it counts; None of any other."""
    told = str(value.value)
    alone = told.endswith("%") and not told.startswith(("majoration", "BCE")) and "légal" not in told
    if not alone or _PERIOD.search(value.quote.text) or _OTHER_PERIOD.search(value.quote.text):
        return None
    return number_in(told.replace(",", "."))


def _late_rate(value: ReadValue, _: Reading) -> list[tuple[str, Any]]:
    told = str(value.value)
    number = number_in(told.replace(",", "."))
    if _added_to_legal(value) is not None:
        return []
    if told == "intérêt légal" and _AT_THE_LEGAL_RATE.search(value.quote.text):
        return [("late_rate", {"kind": "legal_multiple", "multiple": "1"})]
    if number is None:
        return []
    if "intérêt légal" in told:
        return [("late_rate", {"kind": "legal_multiple", "multiple": str(number)})]
    if told.startswith("BCE"):
        return [("late_rate", {"kind": "ecb_plus", "points": f"{number} %"})]
    if told.endswith("%") and not told.startswith("majoration") and (period := _PERIOD.search(value.quote.text)):
        yearly = number * _MONTHS_A_YEAR if period["month"] or period["monthly"] else number
        return [("late_rate", {"kind": "fixed", "rate": f"{yearly} %"})]
    return []


def _not_absent(given: dict[str, dict[str, Any]], term: str) -> None:
    """A value that was read in a form that no term holds leaves its term unknown: the contract is not silent on it."""
    if given.get(term, {}).get("state") == State.ABSENT.value:
        del given[term]


_PROVIDER_ENDS = re.compile(r"(?<![a-z0-9])prestataire (?:peut|pourra|est libre|a (?:le droit|la faculte))")
_EITHER_ENDS = re.compile(r"(?<![a-z0-9])(?:client|parties?|chacune?|vous|l'une?)(?![a-z0-9])")


def _force_majeure_exit(value: ReadValue, reading: Reading) -> list[tuple[str, Any]]:
    """When lasting force majeure lets the client leave; a way out that is the provider's alone is none for the client."""
    shadow = reading.document.shadow
    words = shadow.plain[shadow.at(value.quote.start) : shadow.at(value.quote.end)]
    if _PROVIDER_ENDS.search(words) and not _EITHER_ENDS.search(words):
        return []
    return [("force_majeure_exit", f"{value.value} days")]


def _cap(value: ReadValue, reading: Reading) -> list[tuple[str, Any]]:
    told = str(value.value)
    if told.startswith("plafond non arrêté"):
        return []
    months = reading.values.get("liability_cap_months")
    number = number_in(told.replace(",", "."))
    if told.endswith("EUR"):
        return [("liability_cap", {"kind": "fixed_amount", "amount": told})]
    if "%" in told and months is not None and number is not None and months.value in (12, number * 12 / 100):
        return [("liability_cap", {"kind": "percent_of_year", "share": f"{number} %"})]
    if months is not None and "%" not in told:
        return [("liability_cap", {"kind": "months_of_fees", "months": str(months.value)})]
    return []


def _court(value: ReadValue, _: Reading) -> list[tuple[str, Any]]:
    words = value.quote.text.lower()
    kind = "commercial" if "tribunal de commerce" in words or "tribunaux de commerce" in words else "unspecified"
    if "activités économiques" in words or "activites economiques" in words:
        kind = "tae"
    elif "judiciaire" in words:
        kind = "judicial"
    city = str(value.value)
    # « du Mans » is Le Mans: the article is part of the town's name.
    name = f"Le {city}" if re.search(rf"\bdu {re.escape(city.lower())}", words) else city
    return [("court", {"kind": kind, "city": name})]


_INDEXES = {"Syntec": "syntec_revised", "ICHT": "icht_ime", "SMIC": "smic", "consommation": "cpi"}


def _index(value: ReadValue, _: Reading) -> list[tuple[str, Any]]:
    """The index, when it is one that our rules know; of another they could only say that it is not named."""
    known = next((key for sign, key in _INDEXES.items() if sign in str(value.value)), None)
    return [] if known is None else [("price_index", known)]


# Values that a term does not always hold, by the term that they speak of.
_MAY_STAY_UNKNOWN = {
    "late_penalty_rate": "late_rate",
    "liability_cap": "liability_cap",
    "liability_cap_months": "liability_cap",
    "index_name": "price_index",
    "force_majeure_exit_days": "force_majeure_exit",
}
_WRITERS: dict[str, Callable[[ReadValue, Reading], list[tuple[str, Any]]]] = {
    "initial_duration_months": _months("initial_duration"),
    "renewal_duration_months": _months("renewal_duration"),
    "notice_period_days": _days("notice_period", calendar=True),
    "payment_terms_days": _payment,
    "cure_period_days": _days("cure_period"),
    "non_solicitation_months": _non_solicitation,
    "force_majeure_exit_days": _force_majeure_exit,
    "claims_period_months": _months("claims_period"),
    "late_penalty_rate": _late_rate,
    "liability_cap": _cap,
    "jurisdiction_city": _court,
    "index_name": _index,
    "index_cap_pct": lambda value, _: [("index_cap", f"{value.value} %")],
    "indemnity_40_eur": lambda _, __: [("recovery_fee", "40 EUR")],
}


def _levels(reading: Reading, given: dict[str, dict[str, Any]], quotes: dict[str, Quote]) -> None:
    """The times promised for P1 to P4, whose order a rule looks at."""
    for term, name in (("response_time", "response"), ("restoration_time", "restoration")):
        known = {level.rank: str(span) for level in reading.levels if (span := getattr(level, name)) is not None and level.rank in _RANKS}
        if known:
            given[term] = {"value": known, "origin": Origin.READ.value}
            quotes[term] = next(level.quote for level in reading.levels if level.rank in known)


def _facts(reading: Reading, given: dict[str, dict[str, Any]]) -> None:
    """What such a contract supposes: personal data pass through the hands of who runs, hosts or repairs a client's computers."""
    if reading.handles_data:
        given["personal_data"] = {"value": True, "origin": Origin.READ.value}
    if reading.law is None and reading.provisions["governing_law_jurisdiction"].stated:
        given["governing_law"] = {"value": "droit français", "origin": Origin.READ.value}


def _carve_outs(given: dict[str, dict[str, Any]]) -> None:
    """What a limit spares is asked only where a limit was read."""
    limited = any("value" in given.get(key, {}) for key in ("liability_cap", "excluded_damage"))
    if not limited:
        given.pop("cap_carve_outs", None)


def _valid(given: dict[str, dict[str, Any]]) -> Terms:
    """The terms, without the values that a term does not admit: they stay unknown."""
    while True:
        try:
            return Terms.model_validate(given)
        except ValidationError as error:
            refused = {str(one["loc"][0]) for one in error.errors()}
            if not refused & set(given):
                raise
            given = {key: value for key, value in given.items() if key not in refused}
