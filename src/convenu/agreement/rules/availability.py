"""Availability: what it leaves for stops, what measures it, and whether those behind us promise as much."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.hours import DAY, WorkingDay, bounds, working_day
from convenu.agreement.rules.names import same_thing
from convenu.terms.closed_lists import DutyNature, Frequency, Owner, PauseReason
from convenu.terms.values import AvailabilityTarget, LinkedContract, MaintenanceWindow
from convenu.vocabulary import french
from convenu.vocabulary.span import Span

_PERIOD_DAYS = {
    Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.MONTHLY: 30, Frequency.QUARTERLY: 91,
    Frequency.HALF_YEARLY: 182, Frequency.YEARLY: 365,
}  # fmt: skip
# From Friday evening to Monday morning, what a supplier who works in office hours may add.
_WEEKEND = 62 * 60


@checks("availability_vs_windows")
def availability_vs_windows(look: Look) -> Iterator[Hit]:
    """Windows that count as stops may not take more than the availability leaves."""
    targets = known(look.terms.availability) or ()
    counted = [target for target in targets if not target.windows_excluded]
    if not counted:
        return
    windows = known(look.terms.maintenance_windows) or ()
    found = [
        f"{target.service} : {french.percent(target.target)} laisse {french.number(allowance(target))} minutes d’arrêt par période "
        "de mesure, "
        f"les fenêtres annoncées en prennent {french.number(taken)}"
        for target in counted
        if (taken := _minutes_of(windows, target)) > allowance(target)
    ]
    if found:
        excluded = [target.model_copy(update={"windows_excluded": True}) for target in targets]
        yield Hit(
            message=f"{' ; '.join(found)}.", terms=("availability", "maintenance_windows"), change=changes.items("availability", excluded)
        )


@checks("availability_unmeasured")
def availability_unmeasured(look: Look) -> Iterator[Hit]:
    """A rate that no probe measures is a quarrel at each outage."""
    targets = known(look.terms.availability) or ()
    blind = [target for target in targets if target.probe is None]
    if blind:
        promised = french.enumeration([f"{target.service} ({french.percent(target.target)})" for target in blind])
        probe = {"probe": "sonde externe indépendante", "probe_interval": Span.parse("5 minutes")}
        yield Hit(
            message=f"Disponibilité promise sans sonde qui la mesure : {promised}.",
            terms=("availability",),
            change=changes.items("availability", [target if target.probe else target.model_copy(update=probe) for target in targets]),
        )


@checks("one_p1_breaks_availability")
def one_p1_breaks_availability(look: Look) -> Iterator[Hit]:
    """A firm cure of one P1, kept to the minute, may use up more than the availability leaves."""
    targets = known(look.terms.availability) or ()
    if not targets:
        return
    restoration = known(look.terms.restoration_time)
    if restoration is None or restoration.P1 is None or known(look.terms.restoration_nature) is DutyNature.MOYENS:
        return
    day = working_day(known(look.terms.service_hours) if not restoration.P1.in_service_time else None)
    stop = bounds(restoration.P1, day)[0]
    broken = [target for target in targets if stop > allowance(target)]
    if broken:
        left = french.enumeration(
            [f"{french.number(allowance(target))} minutes pour {target.service} ({french.percent(target.target)})" for target in broken]
        )
        yield Hit(
            message=(
                f"Un seul Incident P1 rétabli dans son délai ({french.span(restoration.P1)}, soit {french.number(stop)} minutes) dépasse "
                f"l’arrêt admis : {left}."
            ),
            terms=("restoration_time", "availability"),
        )


@checks("supplier_weaker")
def supplier_weaker(look: Look) -> Iterator[Hit]:
    """What we promise and a supplier of ours does not."""
    yield from each_aspect(look, _weaker_rates, _slower_repairs)


def allowance(target: AvailabilityTarget) -> Decimal:
    """The minutes of stop that a target leaves in its period, round the clock; 30 days a month."""
    return (100 - target.target.value) / 100 * DAY * _PERIOD_DAYS.get(target.period, 30)


def _minutes_of(windows: tuple[MaintenanceWindow, ...], target: AvailabilityTarget) -> Decimal:
    """The minutes that the windows take in the target's period."""
    days = _PERIOD_DAYS.get(target.period, 30)
    return sum((window.length.minutes() * round(Decimal(window.frequency.per_year * days) / 365) for window in windows), Decimal(0))


def _weaker_rates(look: Look) -> Iterator[Hit]:
    contracts = known(look.terms.linked_contracts) or ()
    rated = [contract for contract in contracts if contract.availability and contract.holder is Owner.PROVIDER]
    targets = (known(look.terms.availability) or ()) if rated else ()
    mended, found = [], []
    for target in targets:
        under = [one for one in rated if one.availability and one.availability < target.target and same_thing(one.what, target.service)]
        lowest = min((one.availability for one in under if one.availability), default=target.target)
        mended.append(target.model_copy(update={"target": lowest}))
        found += [
            f"{target.service} : {french.percent(target.target)} promis, {french.percent(one.availability)} seulement chez {one.supplier}"
            for one in under
            if one.availability
        ]
    if found:
        yield Hit(message=f"{' ; '.join(found)}.", terms=("availability", "linked_contracts"), change=changes.items("availability", mended))


def _slower_repairs(look: Look) -> Iterator[Hit]:
    slow = [contract for contract in known(look.terms.linked_contracts) or () if contract.repair_time]
    restoration = known(look.terms.restoration_time) if slow else None
    if restoration is None or restoration.P1 is None:
        return
    limit, day = restoration.P1, working_day(known(look.terms.service_hours))
    slow = [contract for contract in slow if contract.repair_time and _too_slow(contract.repair_time, limit, day)]
    ours = [contract for contract in slow if contract.holder is Owner.PROVIDER]
    if ours:
        yield Hit(message=_slower(ours, limit), terms=("restoration_time", "linked_contracts"))
    theirs = [contract for contract in slow if contract.holder is not Owner.PROVIDER]
    if not theirs:
        return
    pauses = known(look.terms.clock_pauses) or ()
    if PauseReason.SUPPLIER not in pauses:
        yield Hit(
            message=f"{_slower(theirs, limit)} Rien n’arrête le décompte pendant cette attente.",
            terms=("clock_pauses", "linked_contracts"),
            change=changes.words("clock_pauses", (*pauses, PauseReason.SUPPLIER)),
            remedy="Suspendre le décompte pendant l’attente d’un fournisseur que le Prestataire n’a pas choisi.",
        )


def _slower(contracts: list[LinkedContract], limit: Span) -> str:
    suppliers = french.enumeration(
        [f"{one.supplier} ({one.what}) répare en {french.span(one.repair_time)}" for one in contracts if one.repair_time]
    )
    return f"Rétablissement P1 promis en {french.span(limit)}, mais {suppliers}."


def _too_slow(theirs: Span, ours: Span, day: WorkingDay) -> bool:
    """Whether the supplier may keep its time and we miss ours, counted from the opening of a working day."""
    if theirs.in_service_time:
        used = bounds(theirs, day)[1] if ours.in_service_time else bounds(theirs, day)[1] + _WEEKEND
    elif ours.in_service_time:
        days, rest = divmod(theirs.minutes(), DAY)
        used = days * day.shortest + min(rest, Decimal(day.shortest))
    else:
        used = theirs.minutes()
    return used > bounds(ours, day)[1 if ours.in_service_time and theirs.in_service_time else 0]
