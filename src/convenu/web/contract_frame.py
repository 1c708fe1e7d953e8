"""What every page of one contract shows around its own content: whose it is, how far, its findings counted, its other pages."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from convenu.actions.contract_view import ContractView, contract_view
from convenu.actions.drafted import law_day
from convenu.actions.look_up import find_contract
from convenu.actions.permissions import Permission, may
from convenu.actions.standing import Standing
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract
from convenu.vocabulary.findings import Severity
from convenu.web.downloads import DOWNLOADS
from convenu.web.interview.questions import counts
from convenu.web.visitors import MemberRequest


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages of a contract."""

    label: str | Promise
    href: str
    current: bool


TABS: tuple[tuple[str, str | Promise], ...] = (
    ("interview", _("Entretien")),
    ("contract", _("Document")),
    ("findings", _("Constats")),
    ("answers", _("Réponses")),
    ("versions", _("Versions")),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings to treat, by weight: ▲ blocking, ◆ alerts, ● advice."""

    blocking: int
    alerts: int
    advice: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.blocking + self.alerts + self.advice


def tally_of(standing: Iterable[Standing]) -> Tally:
    """The findings counted by weight."""
    weights = [one.finding.severity for one in standing]
    blocking, alerts = weights.count(Severity.BLOCKING), weights.count(Severity.HIGH)
    return Tally(blocking, alerts, len(weights) - blocking - alerts)


def view_of(request: MemberRequest, key: uuid.UUID) -> ContractView:
    """The contract of that key, read as of the day whose law applies."""
    return read_again(request, find_contract(request.member, key))


def read_again(request: MemberRequest, contract: Contract) -> ContractView:
    """The contract as it is now."""
    return contract_view(request.member, contract, on=law_day(contract, timezone.now()))


def frame(request: MemberRequest, view: ContractView, *, page: str, tab: str = "") -> dict[str, Any]:
    """The context of a page of this contract; `tab` names the one it is under when it is none of them itself."""
    contract, current = view.contract, tab or page
    is_draft = contract.status == ContractStatus.DRAFT
    return {
        "view": view,
        "contract": contract,
        "client": contract.client,
        "title": f"{dict(TABS).get(current, '')}, {contract.client.name}",
        "tabs": [Tab(label, reverse(name, args=[contract.pk]), name == current) for name, label in TABS],
        "counts": counts(view),
        "tally": tally_of(view.findings.active),
        "is_draft": is_draft,
        "may_write": is_draft and may(request.member, Permission.WRITE_CONTRACTS),
        "may_restore": may(request.member, Permission.WRITE_CONTRACTS),
        "downloads": DOWNLOADS,
        "may_answer": is_draft and may(request.member, Permission.ANSWER),
    }
