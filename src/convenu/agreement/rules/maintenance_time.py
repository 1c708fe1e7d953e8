"""Maintenance and the time it takes: tasks that fit in their windows, patches in their order, and before the freeze ends."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.freezes import frozen_days
from convenu.terms.closed_lists import CoverStatus
from convenu.terms.contract import label_of
from convenu.terms.values import AssetLine, PreventiveTask
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change
from convenu.vocabulary.span import Span


@checks("maintenance_load")
def maintenance_load(look: Look) -> Iterator[Hit]:
    """The tasks kept for the windows need no more hours in a year than the windows and their technicians give."""
    tasks = [task for task in known(look.terms.preventive_tasks) or () if task.in_window and task.effort]
    if not tasks:
        return
    inventory, windows = known(look.terms.inventory) or (), known(look.terms.maintenance_windows) or ()
    needed = sum((_yearly_minutes(task, inventory) for task in tasks), Decimal(0))
    given = sum((window.length.minutes() * window.frequency.per_year * (window.technicians or 1) for window in windows), Decimal(0))
    if windows and needed > given:
        yield Hit(
            message=f"Les tâches à faire en fenêtre demandent environ {_hours(needed)} heures par an, et les fenêtres, avec leurs "
            f"techniciens, en donnent {_hours(given)}.",
            terms=("maintenance_windows", "preventive_tasks", "inventory"),
        )


@checks("patch_delays_in_order")
def patch_delays_in_order(look: Look) -> Iterator[Hit]:
    """A flaw that is being used is mended before the ordinary patches."""
    urgent = known(look.terms.emergency_patch_delay)
    if urgent is None:
        return
    ordinary = {key: known(getattr(look.terms, key)) for key in ("server_patch_delay", "workstation_patch_delay")}
    sooner = {key: delay for key, delay in ordinary.items() if delay and delay.days() < urgent.days()}
    if sooner:
        yield Hit(
            message=f"Une faille exploitée est corrigée en {french.span(urgent)}, plus lentement que les correctifs ordinaires : "
            f"{french.enumeration([label_of(key) for key in sooner])}.",
            terms=("emergency_patch_delay", *sooner),
            change=Change("emergency_patch_delay", str(min(sooner.values(), key=Span.days))),
        )


@checks("freeze_vs_patch")
def freeze_vs_patch(look: Look) -> Iterator[Hit]:
    """Nothing may change during a freeze: one longer than the delay of the patches makes them late."""
    freezes = known(look.terms.change_freezes) or ()
    if not freezes:
        return
    delay = known(look.terms.server_patch_delay)
    long = [f"{freeze.label} ({days} jours)" for freeze in freezes if delay and (days := len(frozen_days(freeze))) > delay.days()]
    if delay and long:
        yield Hit(
            message=f"Période de gel plus longue que le délai des correctifs des serveurs ({french.span(delay)}) : "
            f"{french.enumeration(long)}.",
            terms=("change_freezes", "server_patch_delay"),
        )


def _yearly_minutes(task: PreventiveTask, inventory: tuple[AssetLine, ...]) -> Decimal:
    """The minutes of a task in a year: its time on one asset, times the assets of its class; once each time when it names no class."""
    assets = sum(line.count for line in inventory if line.asset_class is task.asset_class and line.status is not CoverStatus.EXCLUDED)
    return (task.effort.minutes() if task.effort else Decimal(0)) * (assets if task.asset_class else 1) * task.frequency.per_year


def _hours(minutes: Decimal) -> str:
    return french.number(Decimal(ceil(minutes / 60)))
