"""A contract's words and findings from its terms, kept at hand from one answer to the next."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from django.utils import timezone

from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.library import loader
from convenu.store.models import Contract
from convenu.terms.contract import Terms
from convenu.terms.files import terms_hash
from convenu.vocabulary.contract_text import ContractText
from convenu.vocabulary.findings import Finding

KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What some terms give on a day of the law."""

    terms: Terms
    text: ContractText
    findings: tuple[Finding, ...]
    on: date


_Key = tuple[str, str, date]
_drafts: OrderedDict[_Key, Draft] = OrderedDict()
_lock = Lock()


def law_day(contract: Contract, now: datetime) -> date:
    """The day whose law applies to a contract: the one chosen, else today."""
    return contract.on_day or timezone.localdate(now)


def draft_of(terms: Terms, *, on: date) -> Draft:
    """The contract that these terms write; the same terms on the same day are written once."""
    library = loader.french()
    key = (terms_hash(terms), library.hash, on)
    with _lock:
        if key in _drafts:
            _drafts.move_to_end(key)
            return _drafts[key]
    text = assemble(terms, library, on=on)
    made = Draft(terms=terms, text=text, findings=check(terms, text, library, on=on), on=on)
    with _lock:
        _drafts[key] = made
        while len(_drafts) > KEPT:
            _drafts.popitem(last=False)
    return made
