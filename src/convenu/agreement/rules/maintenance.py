"""Maintenance: windows that fall at the wrong time, tasks without a tool or a proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.freezes import frozen_days
from convenu.agreement.rules.hours import DAY, Calendars
from convenu.agreement.rules.names import plain
from convenu.agreement.sentences import naming
from convenu.terms.closed_lists import AssetClass, Frequency, TaskKind, ToolKind
from convenu.terms.contract import label_of
from convenu.terms.values import Freeze, MaintenanceWindow, Service, Tool
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# In small letters, on the line that speaks of the window and of the freeze.
_PUT_OFF = re.compile(r"fenêtre\b.*\bgel\b.*\b(?:reporté|décalé|déplacé)|gel\b.*\bfenêtre\b.*\b(?:reporté|décalé|déplacé)")
_DAYS_BETWEEN = {
    Frequency.DAILY: 1, Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.MONTHLY: 28, Frequency.QUARTERLY: 90,
    Frequency.HALF_YEARLY: 181, Frequency.YEARLY: 365,
}  # fmt: skip
_RANKS = {"premier": 1, "1er": 1, "deuxieme": 2, "second": 2, "2e": 2, "troisieme": 3, "3e": 3, "quatrieme": 4, "4e": 4}
_TOOL_OF_TASK = {
    TaskKind.PATCH_WORKSTATION: ToolKind.RMM, TaskKind.PATCH_SERVER: ToolKind.RMM, TaskKind.EMERGENCY_PATCH: ToolKind.RMM,
    TaskKind.CAPACITY: ToolKind.RMM, TaskKind.INVENTORY: ToolKind.RMM, TaskKind.BACKUP_CHECK: ToolKind.BACKUP,
    TaskKind.RESTORE_TEST: ToolKind.BACKUP, TaskKind.FULL_RESTORE_TEST: ToolKind.BACKUP, TaskKind.EDR_CHECK: ToolKind.EDR,
    TaskKind.SECRETS_ROTATION: ToolKind.VAULT,
}  # fmt: skip
_TOOL_OF_SERVICE = {"edr": ToolKind.EDR, "backup": ToolKind.BACKUP, "monitoring": ToolKind.RMM}
_PLAIN_PROOF = "compte rendu daté, joint au Ticket de la tâche"

Need = tuple[str, ToolKind, frozenset[AssetClass]]


@checks("window_in_production")
def window_in_production(look: Look) -> Iterator[Hit]:
    """A window that stops the client while it works."""
    windows = known(look.terms.maintenance_windows) or ()
    if not windows:
        return
    calendars = tuple(calendar for calendar in known(look.terms.service_hours) or () if not calendar.around_the_clock)
    inside = [window for window in windows if _overlaps(window, calendars)]
    if inside:
        mended = [_after_closing(window, calendars) if window in inside else window for window in windows]
        solved = not any(_overlaps(window, calendars) for window in mended)
        yield Hit(
            message=f"Fenêtre de maintenance pendant les heures de travail : {french.enumeration([_told(window) for window in inside])}.",
            terms=("maintenance_windows", "service_hours"),
            change=changes.items("maintenance_windows", mended) if solved else None,
        )


@checks("window_vs_freeze")
def window_vs_freeze(look: Look) -> Iterator[Hit]:
    """A window that comes back in the days when nothing may change."""
    windows = known(look.terms.maintenance_windows) or ()
    freezes = known(look.terms.change_freezes) or () if windows else ()
    met = [
        f"{window.name} ({window.recurrence}) et {freeze.label}" for window in windows for freeze in freezes if _may_meet(window, freeze)
    ]
    if met and not _put_off(look):
        yield Hit(
            message=f"Fenêtre qui peut tomber dans une période de gel : {french.enumeration(met)}.",
            terms=("maintenance_windows", "change_freezes"),
        )


def _put_off(look: Look) -> bool:
    """Whether the contract says what becomes of a window that meets a freeze."""
    sections = naming(look.text, "gel") if look.text else ()
    return any(_PUT_OFF.search(line) for section in sections for line in section.small.splitlines())


@checks("window_notice")
def window_notice(look: Look) -> Iterator[Hit]:
    """A notice as long as the interval announces a window before the one that precedes it."""
    yield from each_aspect(look, _late_announcement, _slow_emergency)


def _late_announcement(look: Look) -> Iterator[Hit]:
    windows, notice = known(look.terms.maintenance_windows) or (), known(look.terms.maintenance_notice)
    close = [
        (window, interval)
        for window in windows
        if notice and (interval := _DAYS_BETWEEN.get(window.frequency)) and notice.days() >= interval
    ]
    if notice and close:
        interval = min(interval for _, interval in close)
        yield Hit(
            message=f"L’annonce ({french.span(notice)}) est au moins aussi longue que l’intervalle entre deux fenêtres : "
            f"{french.enumeration([f'{window.name} ({window.frequency.label})' for window, _ in close])}.",
            terms=("maintenance_notice", "maintenance_windows"),
            change=Change("maintenance_notice", "2 business_days") if interval >= 7 else None,
        )


def _slow_emergency(look: Look) -> Iterator[Hit]:
    urgent, patch = known(look.terms.emergency_window_notice), known(look.terms.emergency_patch_delay)
    if urgent and patch and urgent.days() >= patch.days():
        yield Hit(
            message=(
                f"L’annonce d’une maintenance urgente ({french.span(urgent)}) consomme tout le délai du correctif d’une faille exploitée "
                f"({french.span(patch)})."
            ),
            terms=("emergency_window_notice", "emergency_patch_delay"),
            change=Change("emergency_window_notice", "2 hours"),
            remedy="Raccourcir l’annonce d’une maintenance urgente.",
        )


@checks("task_without_tool")
def task_without_tool(look: Look) -> Iterator[Hit]:
    """A task or a service that runs on a tool the contract does not list, or not for those assets."""
    needs = list(_needs(look))
    if not needs:
        return
    tools = known(look.terms.tools) or ()
    absent: dict[ToolKind, list[str]] = {}
    for label, kind, _ in needs:
        if not any(tool.kind is kind for tool in tools):
            absent.setdefault(kind, []).append(label)
    wanted = [f"{kind.label} pour {french.enumeration(labels)}" for kind, labels in absent.items()]
    uncovered = {
        (label, kind): missing
        for label, kind, classes in needs
        if any(tool.kind is kind for tool in tools) and (missing := classes - _covered(tools, kind))
    }
    gaps = [f"{label} ({french.enumeration(sorted(one.label for one in classes))})" for (label, _), classes in uncovered.items()]
    sentences = [
        *([f"Outil absent de l’annexe : {' ; '.join(wanted)}."] if wanted else []),
        *([f"L’outil prévu ne couvre pas ces actifs : {french.enumeration(gaps)}."] if gaps else []),
    ]
    if sentences:
        widened = [_widened(tool, tools, uncovered) for tool in tools]
        yield Hit(
            message=" ".join(sentences),
            terms=("tools", "preventive_tasks", "services"),
            change=None if absent else changes.items("tools", widened),
        )


@checks("proof_without_source")
def proof_without_source(look: Look) -> Iterator[Hit]:
    """A task nobody can prove was done is a promise nobody can keep."""
    tasks = known(look.terms.preventive_tasks) or ()
    unproved = [task for task in tasks if task.proof is None]
    if unproved:
        mended = [task if task.proof else task.model_copy(update={"proof": _PLAIN_PROOF}) for task in tasks]
        yield Hit(
            message=f"Tâche sans preuve de son exécution : {french.enumeration([task.label for task in unproved])}.",
            terms=("preventive_tasks",),
            change=changes.items("preventive_tasks", mended),
        )


def _overlaps(window: MaintenanceWindow, calendars: Calendars) -> bool:
    """Whether the window covers an open minute, on its weekday or on every day when it has none."""
    begin, length = _minute(window.start), int(window.length.minutes())
    days = range(7) if window.weekday is None else (_WEEKDAYS.index(window.weekday),)
    return any(
        max(begin, start + shift) < min(begin + length, end + shift)
        for day in days
        for calendar in calendars or ()
        for shift, weekday in ((-DAY, day - 1), (0, day), (DAY, day + 1))
        for start, end in calendar.day_intervals(weekday % 7)
    )


def _after_closing(window: MaintenanceWindow, calendars: Calendars) -> MaintenanceWindow:
    """The same window from the closing hour of its day."""
    days = range(7) if window.weekday is None else (_WEEKDAYS.index(window.weekday),)
    closing = max((end for calendar in calendars or () for day in days for _, end in calendar.day_intervals(day)), default=0) % DAY
    return window.model_copy(update={"start": time(closing // 60, closing % 60)})


def _minute(start: time) -> int:
    return start.hour * 60 + start.minute


def _told(window: MaintenanceWindow) -> str:
    return f"{window.name}, {window.recurrence} à {french.clock(window.start)}, {french.span(window.length)}"


def _may_meet(window: MaintenanceWindow, freeze: Freeze) -> bool:
    """Whether the window may fall in the freeze: surely when it comes back sooner than the freeze lasts, else by its day of the month."""
    frozen = frozen_days(freeze)
    if window.frequency is Frequency.ON_EVENT:
        return False
    if _DAYS_BETWEEN[window.frequency] <= 14:
        return len(frozen) >= _DAYS_BETWEEN[window.frequency]
    ranks = _days_of_month(window.recurrence)
    return any(day.day in ranks for day in frozen)


def _days_of_month(recurrence: str) -> range:
    """The days of the month on which « le deuxième jeudi » may fall; any day when the words do not say."""
    words = set(re.findall(r"[a-z0-9]+", plain(recurrence)))
    if "dernier" in words:
        return range(22, 32)
    rank = next((number for word, number in _RANKS.items() if word in words), None)
    return range(7 * rank - 6, 7 * rank + 1) if rank else range(1, 32)


def _needs(look: Look) -> Iterator[Need]:
    for task in known(look.terms.preventive_tasks) or ():
        kind = _TOOL_OF_TASK.get(task.kind)
        if kind:
            yield task.label, kind, frozenset({task.asset_class} if task.asset_class else ())
    for service in known(look.terms.services) or ():
        kind = _tool_of(service)
        if kind:
            yield service.name, kind, frozenset(service.asset_classes)
    if known(look.terms.availability):
        yield label_of("availability"), ToolKind.MONITORING, frozenset()


def _tool_of(service: Service) -> ToolKind | None:
    return next((kind for word, kind in _TOOL_OF_SERVICE.items() if word in service.key.split("_")), None)


def _covered(tools: tuple[Tool, ...], kind: ToolKind) -> frozenset[AssetClass]:
    """The classes that the tools of a kind cover; one that lists no class is taken to cover all."""
    own = [tool for tool in tools if tool.kind is kind]
    if any(not tool.covers for tool in own):
        return frozenset(AssetClass)
    return frozenset(one for tool in own for one in tool.covers)


def _widened(tool: Tool, tools: tuple[Tool, ...], uncovered: dict[tuple[str, ToolKind], frozenset[AssetClass]]) -> Tool:
    """The first tool of a kind, covering what its tasks need."""
    if tool is not next(one for one in tools if one.kind is tool.kind):
        return tool
    missing = {one for (_, kind), classes in uncovered.items() if kind is tool.kind for one in classes}
    return tool.model_copy(update={"covers": (*tool.covers, *sorted(missing))}) if missing else tool
