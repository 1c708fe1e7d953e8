"""What a contract says, term by term, for a person to confirm beside the words it was read in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from convenu.agreement.audit.audit import Audit
from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.said.dates import effective_date
from convenu.agreement.audit.verdict.reading_terms import terms_of
from convenu.agreement.term_words import lines_of
from convenu.terms.contract import TERM_KEYS, Terms, label_of
from convenu.terms.states import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmable:
    """A term as read: in words, in the form of a terms file with its origin, and the words of the contract behind it."""

    term: str
    label: str
    words: str
    written: dict[str, Any]
    quote: Quote


def confirmable_in(audit: Audit) -> tuple[Confirmable, ...]:
    """Every term that the contract states in words that can be shown, in the order of a terms file."""
    return tuple(_confirmable(audit)) if audit.reading.is_service_contract and audit.reading.in_french else ()


def _confirmable(audit: Audit) -> Iterator[Confirmable]:
    read = terms_of(audit.reading, audit.recognition)
    terms, quotes = read.terms, dict(read.quotes)
    begins = effective_date(audit.reading.document)
    if begins is not None:
        first = Terms.model_validate({"effective_date": {"value": begins.day.isoformat(), "origin": Origin.READ.value}})
        terms = terms.model_copy(update={"effective_date": first.effective_date})
        quotes["effective_date"] = begins.quote
    dumped = terms.model_dump(mode="json", by_alias=True, exclude_none=True)
    for key in TERM_KEYS:
        term = terms.term(key)
        if key in quotes and term.stated and term.origin is Origin.READ:
            yield Confirmable(term=key, label=label_of(key), words=" ; ".join(lines_of(term)), written=dumped[key], quote=quotes[key])
