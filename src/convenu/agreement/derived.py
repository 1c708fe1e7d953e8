"""Values computed from the terms, that clauses and summaries print like any term.

Each names the terms it is made from, so that an open point shows as « à confirmer » and a change of answer finds the words it moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from convenu.agreement.wording import holidays_in_words, week_in_words
from convenu.terms.contract import Terms
from convenu.terms.values import PriceLine, monthly_total
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """What is promised for one priority."""

    priority: str
    acknowledgement: Span | None
    response: Span | None
    workaround: Span | None
    restoration: Span | None
    attainment: Percent | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """The priorities of one impact."""

    impact: str
    stopped: str
    degraded: str
    unhindered: str


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One calendar in words."""

    name: str
    hours: str
    holidays: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed value: what it is made from, what type it has, how to compute it (None: there is none)."""

    label: str
    sources: tuple[str, ...]
    kind: Any
    compute: Callable[[Terms], Any]


def monthly_fee(terms: Terms) -> Money | None:
    """The monthly fee before tax: lines, less the discounts, not under the minimum."""
    lines: tuple[PriceLine, ...] | None = terms.price_lines.value
    if not lines:
        return None
    gross = monthly_total(lines)
    reductions = [gross * discount.share.share for discount in terms.discounts.value or ()]
    net = gross
    for reduction in reductions:
        net = net - reduction
    minimum = terms.minimum_fee.value
    return max(net, minimum) if minimum else net


def yearly_fee(terms: Terms) -> Money | None:
    """Twelve monthly fees."""
    month = monthly_fee(terms)
    return month * 12 if month else None


def end_date(terms: Terms) -> date | None:
    """The last day of the initial period."""
    start, length = terms.effective_date.value, terms.initial_duration.value
    return length.after(start) - timedelta(days=1) if start and length else None


def notice_deadline(terms: Terms) -> date | None:
    """The last day on which the client may send its notice."""
    return _deadline(terms, terms.notice_period.value)


def provider_notice_deadline(terms: Terms) -> date | None:
    """The last day on which the provider may send its notice."""
    return _deadline(terms, terms.provider_notice_period.value or terms.notice_period.value)


def _deadline(terms: Terms, notice: Span | None) -> date | None:
    end = end_date(terms)
    return notice.before(end + timedelta(days=1)) - timedelta(days=1) if end and notice else None


def early_exit_date(terms: Terms) -> date | None:
    """The first day on which the client may leave early."""
    start, after = terms.effective_date.value, terms.early_exit_from.value
    return after.after(start) if start and after else None


def cap_amount(terms: Terms) -> Money | None:
    """The liability cap in euros at the signed quantities."""
    cap = terms.liability_cap.value
    return cap.amount_for(monthly_fee(terms)) if cap else None


def data_cap_amount(terms: Terms) -> Money | None:
    """The cap for data and security losses in euros."""
    cap, share = cap_amount(terms), terms.data_liability_share.value
    return cap * share.share if cap and share else None


def total_headcount(terms: Terms) -> int | None:
    """How many users are under contract, all kinds together."""
    return sum(line.count for line in terms.users.value) if terms.users.value else None


def priority_rows(terms: Terms) -> tuple[PriorityRow, ...]:
    """The promises, one row a priority that has any."""
    columns = [term.value for term in (terms.acknowledgement_time, terms.response_time, terms.workaround_time, terms.restoration_time)]
    attainment = terms.attainment_target.value
    rows = []
    for name in ("P1", "P2", "P3", "P4"):
        acknowledgement, response, workaround, restoration = (getattr(column, name) if column else None for column in columns)
        if acknowledgement or response or workaround or restoration:
            rows.append(
                PriorityRow(name, acknowledgement, response, workaround, restoration, getattr(attainment, name) if attainment else None)
            )
    return tuple(rows)


def matrix_rows(terms: Terms) -> tuple[MatrixRow, ...]:
    """The priority matrix, one row an impact."""
    matrix = terms.priority_matrix.value
    if matrix is None:
        return ()
    labels = ("Toute l’entreprise, un site ou un service critique", "Une équipe", "Un utilisateur")
    return tuple(MatrixRow(label, *row) for label, row in zip(labels, (matrix.I1, matrix.I2, matrix.I3), strict=True))


def calendar_rows(terms: Terms) -> tuple[CalendarRow, ...]:
    """The service calendars in words, one row each."""
    calendars = terms.service_hours.value or ()
    return tuple(CalendarRow(cal.name, week_in_words(cal.hours), holidays_in_words(cal.holidays), cal.timezone) for cal in calendars)


DERIVED: dict[str, Derived] = {
    "monthly_fee": Derived("Redevance mensuelle", ("price_lines", "discounts", "minimum_fee"), Money, monthly_fee),
    "yearly_fee": Derived("Redevance annuelle", ("price_lines", "discounts", "minimum_fee"), Money, yearly_fee),
    "end_date": Derived("Fin de la période initiale", ("effective_date", "initial_duration"), date, end_date),
    "notice_deadline": Derived(
        "Date limite de préavis du Client", ("effective_date", "initial_duration", "notice_period"), date, notice_deadline
    ),
    "provider_notice_deadline": Derived(
        "Date limite de préavis du Prestataire",
        ("effective_date", "initial_duration", "provider_notice_period"),
        date,
        provider_notice_deadline,
    ),
    "early_exit_date": Derived("Premier jour d’un départ anticipé", ("effective_date", "early_exit_from"), date, early_exit_date),
    "cap_amount": Derived("Plafond de responsabilité en euros", ("liability_cap", "price_lines"), Money, cap_amount),
    "data_cap_amount": Derived(
        "Plafond propre aux données en euros", ("liability_cap", "data_liability_share", "price_lines"), Money, data_cap_amount
    ),
    "total_headcount": Derived("Utilisateurs sous contrat", ("users",), int, total_headcount),
    "priority_rows": Derived(
        "Engagements par priorité",
        ("acknowledgement_time", "response_time", "workaround_time", "restoration_time", "attainment_target"),
        tuple[PriorityRow, ...],
        priority_rows,
    ),
    "matrix_rows": Derived("Matrice des priorités", ("priority_matrix",), tuple[MatrixRow, ...], matrix_rows),
    "calendar_rows": Derived("Plages de service", ("service_hours",), tuple[CalendarRow, ...], calendar_rows),
}

# What a derived value needs before it can be printed; the other sources only adjust it.
OPTIONAL_SOURCES = frozenset(
    {
        "discounts",
        "minimum_fee",
        "acknowledgement_time",
        "workaround_time",
        "restoration_time",
        "attainment_target",
        "provider_notice_period",
    }
)
