"""Promised times: whether hours and staff allow them, whether they stand in order, whether one knows how they are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import pairwise

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.changes import written
from convenu.agreement.rules.hours import (
    WorkingDay,
    certainly_longer,
    counted_by_the_clock,
    in_service_time,
    never_closes,
    working_day,
)
from convenu.agreement.wording import week_in_words
from convenu.terms.closed_lists import OnCall
from convenu.terms.contract import label_of
from convenu.terms.states import State
from convenu.terms.values import PrioritySpans, ServiceCalendar
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change
from convenu.vocabulary.span import Span

PRIORITIES = ("P1", "P2", "P3", "P4")
STAGES = ("response_time", "workaround_time", "restoration_time")
Targets = Mapping[str, PrioritySpans]


@checks("restoration_needs_hours")
def restoration_needs_hours(look: Look) -> Iterator[Hit]:
    """A cure promised by the clock needs somebody at work at any hour."""
    promised = {key: value for key in STAGES[1:] if (value := known(getattr(look.terms, key)))}
    by_clock = {key: clock for key, value in promised.items() if (clock := _by_the_clock(value))}
    if not by_clock:
        return
    calendars = known(look.terms.service_hours)
    if not calendars:
        return
    on_call = known(look.terms.on_call)
    for key, names in by_clock.items():
        uncovered = [name for name in names if not never_closes(calendars, on_call, name)]
        if uncovered:
            yield Hit(
                message=(
                    f"{label_of(key)} promis en heures d’horloge ({_in_words(promised[key], uncovered)}), alors que le service est ouvert "
                    f"{_open(calendars)} et {_watch(on_call)}."
                ),
                terms=(key, "service_hours", "on_call"),
                change=Change(key, written(_in_hours(promised[key], uncovered))),
            )


@checks("targets_monotone")
def targets_monotone(look: Look) -> Iterator[Hit]:
    """Answering comes before working around, that before curing; and P1 before P2, P3 and P4."""
    targets = {key: value for key in STAGES if (value := known(getattr(look.terms, key)))}
    day = working_day(known(look.terms.service_hours)) if _mixed(targets) else working_day(None)
    found = inversions(targets, day)
    change = _repair(targets, day) if found else None
    for keys, sentence in found:
        yield Hit(message=sentence, terms=keys, change=change if change and change.term in keys else None)


@checks("vague_target")
def vague_target(look: Look) -> Iterator[Hit]:
    """« 48 h » without more lets each side choose between hours of the clock and service hours."""
    calendars = known(look.terms.service_hours)
    for key in ("response_time",) if calendars else STAGES:
        value = known(getattr(look.terms, key))
        names = _by_the_clock(value) if value else []
        if value and (names := [name for name in names if not never_closes(calendars, known(look.terms.on_call), name)]):
            yield Hit(
                message=_vague(key, _in_words(value, names), calendars),
                terms=(key, "service_hours"),
                change=Change(key, written(_in_hours(value, names))),
            )
    request = known(look.terms.request_time)
    if request and counted_by_the_clock(request) and not never_closes(calendars, known(look.terms.on_call), "P4"):
        yield Hit(
            message=_vague("request_time", french.span(request), calendars),
            terms=("request_time", "service_hours"),
            change=Change("request_time", str(in_service_time(request))),
        )


@checks("response_only")
def response_only(look: Look) -> Iterator[Hit]:
    """A contract that answers fast and says nothing of the cure leaves the client to imagine one."""
    response = known(look.terms.response_time)
    cures = (known(look.terms.workaround_time), known(look.terms.restoration_time))
    if response and not any(cures) and look.terms.restoration_time.state is State.ABSENT:
        yield Hit(
            message=(
                f"La prise en charge est promise ({_in_words(response, [name for name, span in response.items() if span])}), mais ni "
                "contournement ni rétablissement, et rien ne dit que ce silence est voulu."
            ),
            terms=("restoration_time", "workaround_time", "response_time"),
            change=Change("restoration_time", "none"),
        )


def inversions(targets: Targets, day: WorkingDay) -> list[tuple[tuple[str, ...], str]]:
    """Every pair of times that stands in the wrong order for certain, with the sentence that says so."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in PRIORITIES:
        for (earlier, first), (later, second) in pairwise(_stages_of(name, targets)):
            if certainly_longer(first, second, day):
                found.setdefault((earlier, later), []).append(
                    f"{name} : {_named(earlier)} ({french.span(first)}) vient après {_named(later)} ({french.span(second)})"
                )
    for key, value in targets.items():
        for (name, first), (next_name, second) in pairwise([(name, span) for name, span in value.items() if span]):
            if certainly_longer(first, second, day):
                found.setdefault((key,), []).append(
                    f"{label_of(key)} : le {name} ({french.span(first)}) est plus long que le {next_name} ({french.span(second)})"
                )
    return [(keys, f"{' ; '.join(sentences)}.") for keys, sentences in found.items()]


def _stages_of(name: str, targets: Targets) -> list[tuple[str, Span]]:
    """The times promised for a priority, in the order in which they come."""
    return [(stage, span) for stage in STAGES if stage in targets and (span := dict(targets[stage].items())[name])]


def _repair(targets: Targets, day: WorkingDay) -> Change | None:
    """The one answer that puts every time in order, if there is one: its times lengthened, shortened, or both."""
    for key in targets:
        longer = _lengthened(key, targets, day)
        for row in (longer, _shortened(key, targets, day), _shortened(key, {**targets, key: longer}, day)):
            if not inversions({**targets, key: row}, day):
                return Change(key, written(row))
    return None


def _lengthened(key: str, targets: Targets, day: WorkingDay) -> PrioritySpans:
    """A row whose times come after the stage before them and the priorities above them."""
    mended: dict[str, Span] = {}
    for name, span in targets[key].items():
        before = [*mended.values(), *(other for stage, other in _stages_of(name, targets) if STAGES.index(stage) < STAGES.index(key))]
        if span:
            mended[name] = reduce(lambda time, limit: limit if certainly_longer(limit, time, day) else time, before, span)
    return PrioritySpans(**mended)


def _shortened(key: str, targets: Targets, day: WorkingDay) -> PrioritySpans:
    """A row whose times come before the stage after them and the priorities under them."""
    mended: dict[str, Span] = {}
    for name, span in reversed(targets[key].items()):
        after = [*mended.values(), *(other for stage, other in _stages_of(name, targets) if STAGES.index(stage) > STAGES.index(key))]
        if span:
            mended[name] = reduce(lambda time, limit: limit if certainly_longer(time, limit, day) else time, after, span)
    return PrioritySpans(**mended)


def _mixed(targets: Targets) -> bool:
    return len({span.unit for value in targets.values() for _, span in value.items() if span}) > 1


def _by_the_clock(value: PrioritySpans) -> list[str]:
    return [name for name, span in value.items() if span and counted_by_the_clock(span)]


def _in_hours(value: PrioritySpans, names: list[str]) -> PrioritySpans:
    return PrioritySpans(**{name: in_service_time(span) if name in names else span for name, span in value.items() if span})


def _in_words(value: PrioritySpans, names: list[str]) -> str:
    return french.enumeration([f"{name} : {french.span(span)}" for name, span in value.items() if span and name in names])


def _open(calendars: tuple[ServiceCalendar, ...] | None) -> str:
    if not calendars:
        return "à des heures que le contrat ne dit pas"
    return " ou ".join(week_in_words(calendar.hours) or "jamais" for calendar in calendars)


def _vague(key: str, times: str, calendars: tuple[ServiceCalendar, ...] | None) -> str:
    return f"{label_of(key)} : {times}, sans dire si ce temps court la nuit et le week-end ; le service est ouvert {_open(calendars)}."


def _watch(on_call: OnCall | None) -> str:
    return (
        f"que l’astreinte ne couvre que {on_call.label}" if on_call and on_call is not OnCall.NONE else "qu’aucune astreinte n’est achetée"
    )


def _named(key: str) -> str:
    return {"response_time": "la prise en charge", "workaround_time": "le contournement", "restoration_time": "le rétablissement"}[key]
