"""What the days of a stranger's contract tell: a notice soon too late, or too late already; a late rate under the floor of its start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from convenu.agreement.audit.said.dates import Deadlines, ReadDate, deadlines, effective_date, months, notice_of, signature_day
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import AuditFinding, Told
from convenu.agreement.audit.verdict.reading_terms import ReadTerms, points_above_legal, rate_of_no_period
from convenu.law.book import LawBook
from convenu.terms.closed_lists import LateRateKind
from convenu.vocabulary import french
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.findings import Citation, Severity, Status
from convenu.vocabulary.span import Span

# Days before the last day of a notice within which somebody should decide.
_SOON = 120


_NOTICE = Told(
    rule="notice_window",
    title="Fenêtre de préavis",
    severity=Severity.HIGH,
    remedy="Décider sans attendre : rester, renégocier ou dénoncer par écrit.",
)
_LATE_RATE = Told(
    rule="com-l441-10-penalites",
    title="Taux des pénalités de retard sous le plancher légal",
    severity=Severity.HIGH,
    remedy="Retenir le taux de la BCE majoré de dix points, jamais sous le plancher légal.",
    law=(Citation("C. com., art. L. 441-10 II", "doctrine.fr, version du 26 avril 2019"),),
    terms=("late_rate",),
)

_OF_NO_PERIOD = "Taux des pénalités de retard sans période"
_UNDER_AT_THE_START = "Taux des pénalités de retard sous le plancher au début du contrat"


def dated_findings(reading: Reading, read: ReadTerms, law: LawBook, *, on: date) -> Iterator[AuditFinding]:
    """The findings that the days of a contract give, as of a day."""
    begins = effective_date(reading.document)
    yield from _notice(reading, begins, on)
    if reading.law is None:
        yield from _late_rate_above_the_legal_one(reading, law, on)
        yield from _late_rate_of_no_period(reading, read, law, on)
        yield from _late_rate_at_the_start(reading, read, begins or signature_day(reading.document), law, on)


def _notice(reading: Reading, begins: ReadDate | None, on: date) -> Iterator[AuditFinding]:
    values = reading.values
    notice, renewal = values.get("notice_period_days"), values.get("renewal_duration_months")
    if begins is None or notice is None or renewal is None or "initial_duration_months" not in values:
        return
    again = months(renewal.value)
    running = deadlines(begins.day, months(values["initial_duration_months"].value), again, notice_of(notice.value), on=on)
    if running is None or running.notice_by is None or again is None or (running.notice_by - on).days > _SOON:
        return
    message = _deadline(running, running.notice_by, again, on)
    yield _NOTICE.beside(notice.quote, message, reading, kind="values")


def _deadline(running: Deadlines, last_day: date, again: Span, on: date) -> str:
    following = french.day(running.ends + timedelta(days=1))
    if last_day < on:
        return (
            f"Le préavis devait être donné le {french.day(last_day)} au plus tard : sauf accord, le contrat est reconduit le {following} "
            f"pour {french.span(again)}."
        )
    return (
        f"Le préavis doit être donné le {french.day(last_day)} au plus tard : ensuite, le contrat est reconduit le {following} "
        f"pour {french.span(again)}."
    )


def _late_rate_above_the_legal_one(reading: Reading, law: LawBook, on: date) -> Iterator[AuditFinding]:
    """A rate of some points above the legal interest, which no term holds, where both together stay under the floor of the day."""
    written = reading.values.get("late_penalty_rate")
    points = None if written is None else points_above_legal(written)
    if written is None or points is None:
        return
    try:
        floor, agreed = law.number("late_rate_floor", on), law.number("legal_interest_professional", on) + points
    except NotInForceError:
        return
    if agreed < floor:
        message = (
            f"Le taux convenu (l’intérêt légal majoré de {french.number(points)} points, soit {french.number(agreed)} %) est inférieur au "
            f"plancher de trois fois le taux légal ({french.number(floor)} % au {french.day(on)})."
        )
        yield replace(_LATE_RATE, severity=Severity.BLOCKING).beside(written.quote, message, reading, kind="values")


def _late_rate_of_no_period(reading: Reading, read: ReadTerms, law: LawBook, on: date) -> Iterator[AuditFinding]:
    """A question on a percentage that no words tie to a year or a month, and that is under the floor if it is that of a year."""
    written = reading.values.get("late_penalty_rate")
    rate = None if written is None else rate_of_no_period(written)
    if written is None or rate is None or read.terms.late_rate.stated:
        return
    try:
        floor = law.number("late_rate_floor", on)
    except NotInForceError:
        return
    if rate < floor:
        message = (
            f"Le taux des pénalités de retard ({french.number(rate)} %) est écrit sans sa période : par an, il serait sous le plancher de "
            f"trois fois le taux légal ({french.number(floor)} % au {french.day(on)}). Est-il mensuel ?"
        )
        told = replace(_LATE_RATE, title=_OF_NO_PERIOD, severity=Severity.BLOCKING)
        yield told.beside(written.quote, message, reading, kind="values").told_as(message, status=Status.NOT_VERIFIABLE)


def _late_rate_at_the_start(reading: Reading, read: ReadTerms, begins: ReadDate | None, law: LawBook, on: date) -> Iterator[AuditFinding]:
    """A fixed rate that the law's floor of the day exceeds is told by the rule; this tells one that it exceeded when the contract began."""
    rate, quote = read.terms.late_rate.value, read.quotes.get("late_rate")
    if rate is None or quote is None or rate.kind is not LateRateKind.FIXED or rate.rate is None or begins is None or begins.day > on:
        return
    try:
        floor, today = law.number("late_rate_floor", begins.day), law.number("late_rate_floor", on)
    except NotInForceError:
        return
    if today <= rate.rate.value < floor:
        message = (
            f"Le taux convenu ({french.number(rate.rate.value)} %) était sous le plancher de trois fois le taux légal quand le contrat a "
            f"commencé ({french.number(floor)} % au {french.day(begins.day)}) : un taux fixe peut y retomber."
        )
        yield replace(_LATE_RATE, title=_UNDER_AT_THE_START).beside(quote, message, reading, kind="values")
