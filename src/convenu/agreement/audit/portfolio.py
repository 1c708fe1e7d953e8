"""The contracts of a folder side by side: a line each, with its dates, its notice, its index and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from convenu.agreement.audit.audit import Audit
from convenu.agreement.audit.comparison import Stance
from convenu.agreement.audit.said.dates import Deadlines, deadlines, effective_date, expired_on, months, notice_of
from convenu.vocabulary import french
from convenu.vocabulary.findings import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioLine:
    """One contract: what was read of it, None where it does not say; counts of findings by severity, None for a file that was not read.

    `expired`: the last day of a contract that is over and that nothing read renews; `running` is then None.
    """

    file: str
    language: str = ""
    is_service_contract: bool = False
    effective: date | None = None
    initial_months: int | None = None
    renewal_months: int | None = None
    notice_days: int | None = None
    running: Deadlines | None = None
    expired: date | None = None
    payment_days: int | None = None
    price_index: str | None = None
    index_cap: str | None = None
    liability_cap: str | None = None
    findings: dict[Severity, int] | None = None
    missing: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()

    def count(self, *severities: Severity) -> int | None:
        """How many findings of these severities."""
        return None if self.findings is None else sum(self.findings.get(one, 0) for one in severities)


def line_of(audit: Audit) -> PortfolioLine:
    """The line of one contract, its deadlines as of the day of the audit."""
    values = audit.reading.values
    said = {key: value.value for key, value in values.items()}
    begins = effective_date(audit.reading.document) if audit.reading.is_service_contract else None
    initial, renewal = months(said.get("initial_duration_months")), months(said.get("renewal_duration_months"))
    notice = notice_of(said.get("notice_period_days"))
    return PortfolioLine(
        file=audit.name,
        language=audit.reading.language,
        is_service_contract=audit.reading.is_service_contract,
        effective=begins.day if begins is not None else None,
        initial_months=_whole(said.get("initial_duration_months")),
        renewal_months=_whole(said.get("renewal_duration_months")),
        notice_days=_whole(said.get("notice_period_days")),
        running=deadlines(begins.day, initial, renewal, notice, on=audit.on) if begins is not None else None,
        expired=expired_on(begins.day, initial, renewal, on=audit.on) if begins is not None else None,
        payment_days=_whole(said.get("payment_terms_days")),
        price_index=_words(said.get("index_name")),
        index_cap=_words(said.get("index_cap_pct")),
        liability_cap=_words(said.get("liability_cap")),
        findings=dict(Counter(one.finding.severity for one in audit.findings)),
        missing=tuple(one.label for one in audit.comparison if one.stance is Stance.MISSING),
        not_read=audit.remarks,
    )


def said_dates(line: PortfolioLine) -> Iterator[tuple[str, str]]:
    """What a diary needs of a contract that says its first day: each date under its name."""
    if line.effective is not None:
        yield "Date d’effet", french.day(line.effective)
    if line.expired is not None:
        yield "Contrat échu", f"le {french.day(line.expired)}, aucune reconduction n’ayant été lue"
    if line.running is not None:
        yield "Fin de la période en cours", french.day(line.running.ends)
        if line.running.notice_by is not None:
            yield "Dernier jour du préavis", french.day(line.running.notice_by)


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _words(value: object) -> str | None:
    return None if value is None else str(value)
