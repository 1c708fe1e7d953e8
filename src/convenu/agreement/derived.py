"""Values computed from the terms, that clauses and summaries print like any term.

Each names the terms it is made from, so that an open point shows as « à confirmer » and a change of answer finds the words it moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from convenu.agreement.clock_example import ClockExample, clock_example
from convenu.agreement.invoice_example import InvoiceExample, invoice_example
from convenu.agreement.window_dates import WindowDates, window_dates
from convenu.agreement.wording import closings_in_words, day_of_year, hours_in_words
from convenu.service.pricing import recurring_fee
from convenu.terms.closed_lists import CourtKind, DocumentRank
from convenu.terms.contract import Terms
from convenu.terms.values import ExitFeeStep, Freeze
from convenu.vocabulary import french
from convenu.vocabulary.money import ZERO, Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.same import Same
from convenu.vocabulary.span import Span, SpanUnit


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
class FreezeRow:
    """One yearly freeze, or stop of the production, in words."""

    label: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class EarlyExitRow:
    """What a departure costs after so many months, committed licences apart."""

    after: Span
    left: Span
    share: Percent
    fee: Money
    setup_left: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed value: what it is made from, what type it has, how to compute it (None: there is none)."""

    label: str
    sources: tuple[str, ...]
    kind: Any
    compute: Callable[[Terms], Any]


TWO_LEVELS = {"P1": "bloquant", "P3": "autre"}
_WHOLE_MONTHS = {SpanUnit.MONTHS, SpanUnit.YEARS}


def monthly_fee(terms: Terms) -> Money | None:
    """The monthly fee before tax at the signature: lines, less every discount, not under the minimum."""
    return _monthly_fee(Same(terms))


# Some ten values rest on the fee.
@lru_cache(maxsize=8)
def _monthly_fee(of: Same[Terms]) -> Money | None:
    fee = recurring_fee(of.it)
    return fee.total if fee else None


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


def early_exit_months_left(terms: Terms) -> Span | None:
    """How many months remain to run when the client leaves on the first day it may; None when days or weeks leave no whole number."""
    whole, after = terms.initial_duration.value, terms.early_exit_from.value
    if not whole or not after or not {whole.unit, after.unit} <= _WHOLE_MONTHS or after.months() >= whole.months():
        return None
    return Span(whole.months() - after.months(), SpanUnit.MONTHS)


def early_exit_share(terms: Terms) -> Percent | None:
    """The share of the remaining fees due that day; None when no share is agreed."""
    after, steps = terms.early_exit_from.value, terms.exit_fee_steps.value
    return _share_after(after.months(), steps) if after and steps else None


def _share_after(months: Decimal, steps: tuple[ExitFeeStep, ...]) -> Percent:
    """The step of the contract year that then begins or runs, none written being none due."""
    year = int(months // 12) + 1
    return next((step.share for step in steps if step.year == year), Percent(Decimal(0)))


def early_exit_fee(terms: Terms) -> Money | None:
    """The fee of a departure that day, set-up and licences apart."""
    left, share, month = early_exit_months_left(terms), early_exit_share(terms), monthly_fee(terms)
    return month * (left.count * share.share) if left and share and month else None


def early_exit_setup_left(terms: Terms) -> Money | None:
    """The part of the set-up fee that the months run have not yet paid back, spread evenly over the initial period."""
    left, whole, setup = early_exit_months_left(terms), terms.initial_duration.value, terms.setup_fee.value
    return setup * (left.count / whole.months()) if left and whole and setup else None


def early_exit_total(terms: Terms) -> Money | None:
    """What a departure that day costs, committed licences apart."""
    fee = early_exit_fee(terms)
    return fee + (early_exit_setup_left(terms) or ZERO) if fee and not terms.setup_fee.unknown else None


def early_exit_rows(terms: Terms) -> tuple[EarlyExitRow, ...]:
    """What leaving costs on the first day allowed and at each anniversary after it; empty when there is no such anniversary."""
    whole, after, month = terms.initial_duration.value, terms.early_exit_from.value, monthly_fee(terms)
    if not whole or not after or not month or early_exit_months_left(terms) is None:
        return ()
    if terms.setup_fee.unknown or terms.exit_fee_steps.unknown:
        return ()
    first, last = after.months(), whole.months()
    days = [first, *(Decimal(year * 12) for year in range(1, int(last // 12) + 1) if first < year * 12 < last)]
    return tuple(_early_exit_row(terms, months, last, month) for months in days) if len(days) > 1 else ()


def _early_exit_row(terms: Terms, months: Decimal, whole: Decimal, month: Money) -> EarlyExitRow:
    left, share = whole - months, _share_after(months, terms.exit_fee_steps.value or ())
    fee, setup = month * (left * share.share), (terms.setup_fee.value or ZERO) * (left / whole)
    return EarlyExitRow(Span(months, SpanUnit.MONTHS), Span(left, SpanUnit.MONTHS), share, fee, setup, fee + setup)


def counted(key: str, unit: SpanUnit) -> Callable[[Terms], Span | None]:
    """A term that is a bare number, read with its unit so that it agrees in a sentence: « 1 jour », « 8 heures »."""

    def read(terms: Terms) -> Span | None:
        number = terms.term(key).value
        return None if number is None else Span(Decimal(number), unit)

    return read


def court_name(terms: Terms) -> str | None:
    """The court with its city as French writes it: « tribunal de commerce d’Angers », « … du Mans »."""
    court = terms.court.value
    if court is None or court.city is None:
        return None
    kind = "tribunal" if court.kind is CourtKind.UNSPECIFIED else court.kind.label
    return f"{kind} {_of_city(court.city)}"


def _of_city(city: str) -> str:
    """« de Rennes », « d’Angers », « du Mans », « des Sables-d’Olonne »."""
    if city.startswith("Le "):
        return f"du {city[3:]}"
    if city.startswith("Les "):
        return f"des {city[4:]}"
    return f"d’{city}" if city[0].upper() in "AEIOUYÉÈÊÎÔ" else f"de {city}"


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


def priority_people_allowed(terms: Terms) -> int | None:
    """How many people the client may name whose urgency goes up a step; None when it may name nobody."""
    return terms.priority_people.value or None


def priority_names(terms: Terms) -> dict[str, str]:
    """« P1 » to « P4 »; an offer that tells only what blocks from the rest says « bloquant » and « autre »."""
    matrix = terms.priority_matrix.value
    told = {*matrix.I1, *matrix.I2, *matrix.I3} if matrix else set()
    return TWO_LEVELS if told == set(TWO_LEVELS) else {}


def priority_rows(terms: Terms) -> tuple[PriorityRow, ...]:
    """The promises, one row a priority that has any."""
    columns = [term.value for term in (terms.acknowledgement_time, terms.response_time, terms.workaround_time, terms.restoration_time)]
    attainment, names = terms.attainment_target.value, priority_names(terms)
    rows = []
    for name in ("P1", "P2", "P3", "P4"):
        acknowledgement, response, workaround, restoration = (getattr(column, name) if column else None for column in columns)
        if acknowledgement or response or workaround or restoration:
            share = getattr(attainment, name) if attainment else None
            rows.append(PriorityRow(names.get(name, name), acknowledgement, response, workaround, restoration, share))
    return tuple(rows)


def matrix_rows(terms: Terms) -> tuple[MatrixRow, ...]:
    """The priority matrix, one row an impact."""
    matrix = terms.priority_matrix.value
    if matrix is None:
        return ()
    labels = ("Toute l’entreprise, un site ou un service critique", "Une équipe", "Un utilisateur")
    names = priority_names(terms)
    rows = zip(labels, (matrix.I1, matrix.I2, matrix.I3), strict=True)
    return tuple(MatrixRow(label, *(names.get(one, one) for one in row)) for label, row in rows)


def calendar_rows(terms: Terms) -> tuple[CalendarRow, ...]:
    """The service calendars in words, one row each."""
    calendars = terms.service_hours.value or ()
    return tuple(CalendarRow(cal.name, hours_in_words(cal), closings_in_words(cal), french.local_time(cal.timezone)) for cal in calendars)


def opening_hours(terms: Terms) -> tuple[str, ...]:
    """The hours of the calendars in words, each once: three sites that open alike say it in one breath."""
    return tuple(dict.fromkeys(hours_in_words(cal) for cal in terms.service_hours.value or ()))


def freeze_rows(terms: Terms) -> tuple[FreezeRow, ...]:
    """The yearly freezes, their days in words."""
    return _rows_of(terms.change_freezes.value or ())


def first_invoice(terms: Terms) -> InvoiceExample | None:
    """The first invoice at the signed quantities."""
    return invoice_example(terms, monthly_fee(terms))


def stop_rows(terms: Terms) -> tuple[FreezeRow, ...]:
    """The yearly stops of the client's production, their days in words."""
    return _rows_of(terms.production_stops.value or ())


def _rows_of(freezes: Iterable[Freeze]) -> tuple[FreezeRow, ...]:
    return tuple(FreezeRow(one.label, day_of_year(one.start), day_of_year(one.end)) for one in freezes)


def ranked_documents(terms: Terms) -> tuple[DocumentRank, ...]:
    """The ranked documents that this contract has: no data annex without personal data, no terms of purchase that are refused."""
    absent = {DocumentRank.DATA_ANNEX: terms.personal_data, DocumentRank.CLIENT_TERMS: terms.client_paper}
    ranks = terms.order_of_precedence.value or ()
    return tuple(rank for rank in ranks if rank not in absent or absent[rank].unknown or absent[rank].value is True)


DERIVED: dict[str, Derived] = {
    "ranked_documents": Derived(
        "Ordre des documents du contrat",
        ("order_of_precedence", "personal_data", "client_paper"),
        tuple[DocumentRank, ...],
        ranked_documents,
    ),
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
    "early_exit_months_left": Derived(
        "Mois restants au premier départ anticipé", ("initial_duration", "early_exit_from"), Span, early_exit_months_left
    ),
    "early_exit_share": Derived(
        "Part des redevances restantes au premier départ anticipé", ("early_exit_from", "exit_fee_steps"), Percent, early_exit_share
    ),
    "early_exit_fee": Derived(
        "Indemnité au premier départ anticipé",
        ("initial_duration", "early_exit_from", "exit_fee_steps", "price_lines"),
        Money,
        early_exit_fee,
    ),
    "early_exit_setup_left": Derived(
        "Frais de mise en service restants au premier départ anticipé",
        ("initial_duration", "early_exit_from", "setup_fee"),
        Money,
        early_exit_setup_left,
    ),
    "early_exit_total": Derived(
        "Coût du premier départ anticipé",
        ("initial_duration", "early_exit_from", "exit_fee_steps", "price_lines", "setup_fee"),
        Money,
        early_exit_total,
    ),
    "early_exit_rows": Derived(
        "Coût d’un départ à chaque anniversaire",
        ("initial_duration", "early_exit_from", "exit_fee_steps", "price_lines", "setup_fee"),
        tuple[EarlyExitRow, ...],
        early_exit_rows,
    ),
    "data_help_time": Derived("Aide annuelle comprise", ("data_help_days",), Span, counted("data_help_days", SpanUnit.DAYS)),
    "audit_length": Derived("Durée d’un audit sur place", ("audit_days",), Span, counted("audit_days", SpanUnit.DAYS)),
    "exit_free_time": Derived("Assistance à la sortie comprise", ("exit_free_hours",), Span, counted("exit_free_hours", SpanUnit.HOURS)),
    "non_solicitation_salary": Derived(
        "Indemnité de non-sollicitation",
        ("non_solicitation_salary_months",),
        Span,
        counted("non_solicitation_salary_months", SpanUnit.MONTHS),
    ),
    "court_name": Derived("Tribunal compétent", ("court",), str, court_name),
    "cap_amount": Derived("Plafond de responsabilité en euros", ("liability_cap", "price_lines"), Money, cap_amount),
    "data_cap_amount": Derived(
        "Plafond propre aux données en euros", ("liability_cap", "data_liability_share", "price_lines"), Money, data_cap_amount
    ),
    "priority_people_allowed": Derived("Personnes prioritaires admises", ("priority_people",), int, priority_people_allowed),
    "total_headcount": Derived("Utilisateurs sous contrat", ("users",), int, total_headcount),
    "priority_rows": Derived(
        "Engagements par priorité",
        ("response_time", "acknowledgement_time", "workaround_time", "restoration_time", "attainment_target", "priority_matrix"),
        tuple[PriorityRow, ...],
        priority_rows,
    ),
    "matrix_rows": Derived("Matrice des priorités", ("priority_matrix",), tuple[MatrixRow, ...], matrix_rows),
    "calendar_rows": Derived("Plages de service", ("service_hours",), tuple[CalendarRow, ...], calendar_rows),
    "opening_hours": Derived("Horaires", ("service_hours",), tuple[str, ...], opening_hours),
    "clock_example": Derived(
        "Exemple de décompte",
        ("service_hours", "on_call", "response_time", "workaround_time", "restoration_time"),
        ClockExample,
        clock_example,
    ),
    "first_invoice": Derived(
        "Exemple de facture",
        ("effective_date", "billing_rhythm", "price_lines", "discounts", "minimum_fee", "setup_fee", "on_call_fee"),
        InvoiceExample,
        first_invoice,
    ),
    "window_dates": Derived(
        "Dates des fenêtres de maintenance",
        ("maintenance_windows", "change_freezes", "effective_date"),
        tuple[WindowDates, ...],
        window_dates,
    ),
    "freeze_rows": Derived("Périodes de gel", ("change_freezes",), tuple[FreezeRow, ...], freeze_rows),
    "stop_rows": Derived("Jours d’arrêt de production", ("production_stops",), tuple[FreezeRow, ...], stop_rows),
}
