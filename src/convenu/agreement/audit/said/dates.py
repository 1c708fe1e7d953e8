"""When a contract began, as it says itself, and the deadlines that follow from what was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.text.segmentation import Document
from convenu.agreement.audit.words.numbers import DATE, day_in
from convenu.vocabulary.span import Span, SpanUnit

# The day named right after one of these is the first of the contract.
_BEGINS = re.compile(
    rf"(?:date\s+d'\s?effet|date\s+d'\s?entree\s+en\s+vigueur|prise\s+d'\s?effet(?:\s+et\s+terme)?|(?:prend|prendra|produit)\s+effet"
    rf"|entre(?:ra)?\s+en\s+vigueur|conclu[^.;]{{0,60}}a\s+(?:compter|partir)|(?:duree|contrat)\s[^.;]{{0,80}}a\s+(?:compter|partir)"
    rf"|(?:contrat|marche|abonnement|convention)\s+(?:commence|debute|court|courra)(?:\s+(?:du|le))?)"
    rf"[^.;\d]{{0,40}}?(?P<day>{DATE})"
)


# « Fait à Nantes, le 3 mars 2025 », « Nantes, le 3 mars 2025 ».
_SIGNED = re.compile(rf"(?:^|\n)\W*(?:fait\s+(?:a|au|aux|en)\s+)?[a-z][a-z' -]{{2,40}},?\s+le\s+(?P<day>{DATE})")
_DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A day and the words it was read in."""

    day: date
    quote: Quote


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The period that runs on a day: its last day, and the last day on which a notice stops it from being renewed."""

    ends: date
    notice_by: date | None


def effective_date(document: Document) -> ReadDate | None:
    """The first day of the contract, when it names one."""
    looker = Looker(document)
    for index, sentence in enumerate(document.sentences):
        found = _BEGINS.search(document.shadow.plain, sentence.low, sentence.high)
        day = day_in(found["day"]) if found is not None else None
        if found is not None and day is not None:
            return ReadDate(day, looker.quote(*found.span(), index))
    return None


def signature_day(document: Document) -> ReadDate | None:
    """The day on which the contract says that it was signed."""
    looker = Looker(document)
    signed = [(found, day) for found in _SIGNED.finditer(document.shadow.plain) if (day := day_in(found["day"])) is not None]
    return ReadDate(signed[-1][1], looker.quote(*signed[-1][0].span())) if signed else None


def notice_of(days: object) -> Span | None:
    """A notice read in days; whole months of thirty days are calendar months again, as contracts write them."""
    if days is None:
        return None
    count = int(str(days))
    if count and count % _DAYS_A_MONTH == 0:
        return Span.of(count // _DAYS_A_MONTH, SpanUnit.MONTHS)
    return Span.of(count, SpanUnit.DAYS)


def deadlines(start: date, initial: Span | None, renewal: Span | None, notice: Span | None, *, on: date) -> Deadlines | None:
    """The deadlines of the period that runs on a day; None when it is not known, or when nothing renews a contract that has ended."""
    if initial is None:
        return None
    following = initial.after(start)
    times = 0
    while following <= on and renewal is not None and renewal.count:
        times += 1
        following = Span.of(int(renewal.count) * times, renewal.unit).after(initial.after(start))
    if following <= on:
        return None
    return Deadlines(following - timedelta(days=1), notice.before(following) - timedelta(days=1) if notice is not None else None)


def expired_on(start: date, initial: Span | None, renewal: Span | None, *, on: date) -> date | None:
    """The last day of a contract that is over and that nothing read renews; None while it runs, or where it does not tell."""
    if initial is None or (renewal is not None and renewal.count):
        return None
    following = initial.after(start)
    return following - timedelta(days=1) if following <= on else None


def months(count: object) -> Span | None:
    """A number of months as a span."""
    return Span.of(str(count), SpanUnit.MONTHS) if count is not None else None
