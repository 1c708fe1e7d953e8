"""Contracts in a table: how far each is, its findings counted, and the order and filters that the address carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from convenu.actions.standing import Tally
from convenu.actions.summaries import summaries_of
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, ContractSummary, Membership
from convenu.terms.closed_lists import ClientSegment


@dataclass(frozen=True, slots=True)
class Row:
    """A contract as a line of a table; without summary when the release that it is written with is not installed here."""

    contract: Contract
    summary: ContractSummary | None

    @property
    def lacking(self) -> str:
        """The release that the contract waits for; empty when it is there."""
        return "" if self.summary else self.contract.library_release

    @property
    def tally(self) -> Tally:
        """Its findings to treat, by weight."""
        return Tally(self.summary.blocking, self.summary.alerts, self.summary.advice) if self.summary else Tally(0, 0, 0)

    @property
    def segment(self) -> str:
        """The offer it started from."""
        return ClientSegment(self.contract.segment).label

    @property
    def share(self) -> int:
        """Answers as a percentage, for the bar."""
        return round(100 * self.summary.answered / self.summary.applicable) if self.summary and self.summary.applicable else 0


@dataclass(frozen=True, slots=True)
class Column:
    """A header that sorts: the address it leads to and how the table stands now, as aria-sort says it."""

    label: str | Promise
    href: str
    sorted: str


SORTS: Mapping[str, tuple[str, str | Promise]] = {
    "client": ("client__name", _("Client")),
    "reference": ("reference", _("Référence")),
    "segment": ("segment", _("Offre")),
    "modifie": ("updated_at", _("Modifié")),
}


def rows_of(member: Membership, contracts: Iterable[Contract]) -> list[Row]:
    """Each contract read as it stands now."""
    listed = list(contracts)
    return [Row(contract, summary) for contract, summary in zip(listed, summaries_of(member, listed, now=timezone.now()), strict=True)]


def found(params: Mapping[str, str]) -> QuerySet[Contract]:
    """The contracts that the address asks for, in its order."""
    contracts = Contract.objects.select_related("client")
    archived = params.get("etat") == "archives"
    contracts = contracts.filter(status=ContractStatus.ARCHIVED if archived else ContractStatus.DRAFT)
    if params.get("segment"):
        contracts = contracts.filter(segment=params["segment"])
    for word in params.get("q", "").split()[:8]:
        contracts = contracts.filter(Q(client__name__icontains=word) | Q(reference__icontains=word))
    name, backwards = _order(params)
    return contracts.order_by(f"{'-' if backwards else ''}{SORTS[name][0]}", "id")


def columns(params: Mapping[str, str]) -> list[Column]:
    """The headers that sort."""
    name, backwards = _order(params)
    kept = {key: value for key, value in params.items() if value and key not in ("tri", "page")}
    return [
        Column(
            label,
            f"?{urlencode({**kept, 'tri': f'-{key}' if key == name and not backwards else key})}",
            _sorted(key, name, backwards=backwards),
        )
        for key, (_field, label) in SORTS.items()
    ]


def _sorted(key: str, name: str, *, backwards: bool) -> str:
    if key != name:
        return "none"
    return "descending" if backwards else "ascending"


def _order(params: Mapping[str, str]) -> tuple[str, bool]:
    wanted = params.get("tri", "-modifie")
    name = wanted.removeprefix("-")
    return (name, wanted.startswith("-")) if name in SORTS else ("modifie", True)
