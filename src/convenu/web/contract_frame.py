"""What every page of one contract shows around its own content: whose it is, how far, its findings counted, its other pages."""

from __future__ import annotations

import uuid
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
from convenu.actions.remarks import open_remarks
from convenu.store.contracts import ContractStatus
from convenu.web.downloads import DOWNLOADS
from convenu.web.visitors import MemberRequest


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages of a contract."""

    label: str | Promise
    href: str
    current: bool
    count: int = 0


TABS: tuple[tuple[str, str | Promise], ...] = (
    ("interview", _("Entretien")),
    ("contract", _("Document")),
    ("findings", _("Constats")),
    ("price", _("Prix")),
    ("answers", _("Réponses")),
    ("replays", _("Essais")),
    ("fleet", _("Parc")),
    ("provisional", _("Prévisionnel")),
    ("versions", _("Versions")),
    ("sharing", _("Échanges")),
)


def view_of(request: MemberRequest, key: uuid.UUID) -> ContractView:
    """The contract of that key as it is now, read as of the day whose law applies."""
    contract = find_contract(request.member, key)
    return contract_view(request.member, contract, on=law_day(contract, timezone.now()))


def frame(request: MemberRequest, view: ContractView, *, page: str, tab: str = "", named: str = "") -> dict[str, Any]:
    """The context of a page of this contract; `tab` names the one it is under when it is none of them, `named` its title."""
    contract, current = view.contract, tab or page
    is_draft, waiting = contract.status == ContractStatus.DRAFT, open_remarks(contract)
    return {
        "view": view,
        "contract": contract,
        "client": contract.client,
        "title": f"{named or dict(TABS).get(current, '')}, {contract.client.name}",
        "page_title": named,
        "tabs": [
            Tab(label, reverse(name, args=[contract.pk]), name == current, waiting if name == "sharing" else 0) for name, label in TABS
        ],
        "open_remarks": waiting,
        "tally": view.findings.tally,
        "is_draft": is_draft,
        "may_write": is_draft and may(request.member, Permission.WRITE_CONTRACTS),
        "may_restore": may(request.member, Permission.WRITE_CONTRACTS),
        "downloads": DOWNLOADS,
        "may_answer": is_draft and may(request.member, Permission.ANSWER),
    }
