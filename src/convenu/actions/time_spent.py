"""The time that tickets tell was spent for a client: by period, by price, and what is left of its prepaid hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.actions.own_costs import costs_of
from convenu.actions.past_tickets import Taken, client_names, past_of
from convenu.actions.permissions import Permission, require
from convenu.agreement.costing.time_cost import TimeCost, time_cost
from convenu.documents.time_sheet import write_time_sheet
from convenu.service.contract import NoCalendarError
from convenu.service.hour_packs import PackPurchase
from convenu.service.time_statement import TimeStatement, TimeSums, sums, time_statement
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract, HourPackPurchase, Membership, TicketSource
from convenu.terms.contract import Terms

MOST_PACKS = 500


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Whose time it is, what becomes of it, and the packs bought; `client_name` is empty while nobody has said which client it is."""

    names: tuple[str, ...]
    client_name: str
    statement: TimeStatement
    purchases: tuple[HourPackPurchase, ...]


def time_spent(member: Membership, contract: Contract, terms: Terms, *, client_name: str = "", on: date) -> TimeSpent:
    """The time spent for the contract's client under these terms.

    Tools that name their clients are asked under the name given, else under the client's own; another client's time never stands in.
    """
    require(member, Permission.SEE)
    names = tuple(client_names())
    wanted = (client_name or contract.client.name).casefold()
    name = next((one for one in names if one.casefold() == wanted), "")
    taken = Taken(sources=tuple(TicketSource.objects.values_list("pk", flat=True)), client_name=name)
    tickets = past_of(taken, only_worked=True).tickets if name or not names else ()
    purchases = tuple(HourPackPurchase.objects.filter(contract=contract).select_related("by"))
    bought = [PackPurchase(one.day, one.packs) for one in purchases]
    try:
        statement = time_statement(terms, tickets, purchases=bought, on=on)
    except NoCalendarError:
        refuse("service_hours", _("aucune plage de service n’est convenue"), _("Répondez aux horaires : sans eux rien ne se découpe."))
    return TimeSpent(names, name, statement, purchases)


def cost_of_time(member: Membership, told: TimeSums) -> TimeCost:
    """What some time cost, with the organisation's costs."""
    require(member, Permission.SEE_COSTS)
    return time_cost(told.by_level, costs_of(member))


def time_sheet(member: Membership, contract: Contract, found: TimeSpent, month: date, *, private: bool) -> tuple[str, bytes]:
    """A month as an Excel file, with its name; `private` adds what it cost."""
    require(member, Permission.SEE_COSTS if private else Permission.SEE)
    entries = found.statement.of_month(month)
    cost = cost_of_time(member, sums(entries)) if private else None
    name = f"{'temps-et-couts' if private else 'temps'}-{month:%Y-%m}-{contract.reference}.xlsx"
    return name, write_time_sheet(found.statement, month, cost)


@transaction.atomic
def buy_packs(member: Membership, contract: Contract, terms: Terms, *, day: date, packs: int, now: datetime) -> HourPackPurchase:
    """Note that the client bought packs on a day; a contract without a pack refuses it."""
    require(member, Permission.ANSWER)
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé."), _("Restaurez-le d’abord."))
    if terms.hour_pack.value is None:
        refuse("", _("Le contrat n’a aucun carnet d’heures."), _("Répondez d’abord à « Carnet d’heures »."))
    if day > timezone.localdate(now):
        refuse("day", _("Un achat se note au plus tôt le jour où il a lieu."))
    if not 0 < packs <= MOST_PACKS:
        refuse("packs", _("Écrivez un nombre de carnets, de 1 à %(most)s.") % {"most": MOST_PACKS})
    made = HourPackPurchase.objects.create(contract=kept, day=day, packs=packs, at=now, by=member.user)
    audit.append(action="hour_packs_bought", subject=kept, actor=member.user, now=now, day=day.isoformat(), packs=packs)
    return made


@transaction.atomic
def remove_purchase(member: Membership, contract: Contract, purchase: HourPackPurchase, *, now: datetime) -> None:
    """Take back a purchase noted by mistake."""
    require(member, Permission.ANSWER)
    kept = row(HourPackPurchase, purchase.pk, to_change=True)
    audit.append(
        action="hour_packs_removed", subject=contract, actor=member.user, now=now, day=kept.day.isoformat(), packs=kept.packs
    )  # fmt: skip
    kept.delete()
