"""A contract's words and findings from its terms, kept at hand from one answer to the next."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from django.utils import timezone

from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.agreement.library import Library
from convenu.library import loader
from convenu.store.models import Contract
from convenu.terms.contract import Terms
from convenu.terms.files import terms_hash
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.findings import Finding

KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What some terms give with a library, on a day of the law."""

    terms: Terms
    library: Library
    text: ContractText
    findings: tuple[Finding, ...]
    on: date


_Key = tuple[str, str, str, str, date]
_drafts: OrderedDict[_Key, Draft] = OrderedDict()
_lock = Lock()


def law_day(contract: Contract, now: datetime) -> date:
    """The day whose law applies to a contract: the one chosen, else today."""
    return contract.on_day or timezone.localdate(now)


def draft_of(terms: Terms, library: Library, *, on: date) -> Draft:
    """The contract that these terms write; the same terms with the same library on the same day are written once.

    The library gives the words. What looks at them are the rules and the law of today: a contract keeps its words, not the law of its time.
    """
    today = loader.current()
    key = (terms_hash(terms), library.hash, today.hash, today.law.edition, on)
    with _lock:
        if key in _drafts:
            _drafts.move_to_end(key)
            return _drafts[key]
    text = assemble(terms, library, on=on)
    made = Draft(terms=terms, library=library, text=text, findings=check(terms, text, today, on=on), on=on)
    with _lock:
        _drafts[key] = made
        while len(_drafts) > KEPT:
            _drafts.popitem(last=False)
    return made
