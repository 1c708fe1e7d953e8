"""The structured values a term may hold: addresses, sites, services, windows, price lines and the like."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator
from stdnum import lei
from stdnum.eu import vat
from stdnum.fr import siren as siren_number

from convenu.terms import closed_lists as lists
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span, SpanUnit

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")
EMAIL = r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$"
KEY = r"^[a-z][a-z0-9_]{1,40}$"
CLAUSE_KEY = r"^[a-z][a-z0-9_]{1,60}$"
WEEKDAY = r"^(mon|tue|wed|thu|fri|sat|sun)$"
PRIORITY = r"^P[1-4]$"


def _no_control(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("caractère de contrôle interdit dans ce texte")
    return text


def _one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), AfterValidator(_no_control), AfterValidator(_one_line)
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(_no_control)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=EMAIL, max_length=200),
    AfterValidator(_no_control),
]
Count = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


def _plausible(day: date) -> date:
    if not 1950 <= day.year <= 2150:
        raise ValueError(f"date {day} hors de propos : vérifiez l’année")
    return day


Day = Annotated[date, AfterValidator(_plausible)]


def _siren(text: str) -> str:
    """Luhn-valid SIREN; the block 000 serves invented companies."""
    compact = re.sub(r"\D", "", text)
    if not siren_number.is_valid(compact):
        raise ValueError(f"SIREN « {text} » faux : neuf chiffres dont la clé de contrôle doit tomber juste")
    return compact


def _vat(text: str) -> str:
    compact = re.sub(r"[\s.]", "", text).upper()
    french = re.fullmatch(r"FR(\d{2})(\d{9})", compact)
    if french is not None:
        if int(french[1]) != (12 + 3 * (int(french[2]) % 97)) % 97:
            raise ValueError(f"numéro de TVA « {text} » faux : sa clé ne correspond pas au SIREN")
    elif not vat.is_valid(compact):
        raise ValueError(f"numéro de TVA « {text} » faux")
    return compact


def _lei(text: str) -> str:
    """Legal entity identifier of ISO 17442, with its check digits."""
    compact = re.sub(r"\s", "", text).upper()
    if not lei.is_valid(compact):
        raise ValueError(f"LEI « {text} » faux : vingt caractères dont la clé de contrôle doit tomber juste")
    return compact


Siren = Annotated[str, AfterValidator(_siren)]
Lei = Annotated[str, AfterValidator(_lei)]
VatNumber = Annotated[str, AfterValidator(_vat)]


def vat_of(siren: str) -> str:
    """The French VAT number of a SIREN (key = (12 + 3 × (SIREN mod 97)) mod 97)."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def _on_the_calendar(length: Span) -> Span:
    """A length that leads from one date to another: whole days, weeks, months or years."""
    if length.unit not in (SpanUnit.DAYS, SpanUnit.WEEKS, SpanUnit.MONTHS, SpanUnit.YEARS):
        raise ValueError(
            f"« {length} » ne mène pas à une date : comptez en jours (« days »), en mois (« months ») ou en années (« years »)"
        )
    if length.count != length.count.to_integral_value():
        raise ValueError(f"« {length} » ne mène pas à une date : écrivez un nombre entier")
    return length


CalendarSpan = Annotated[Span, AfterValidator(_on_the_calendar)]


def _not_negative(amount: Money) -> Money:
    if amount.amount < 0:
        raise ValueError(f"montant « {amount} » négatif : écrivez-le sans signe ; une réduction se met dans les remises")
    return amount


def _at_least_zero(percent: Percent) -> Percent:
    if percent.value < 0:
        raise ValueError(f"pourcentage « {percent} » négatif : écrivez-le sans signe")
    return percent


def _part_of_a_whole(percent: Percent) -> Percent:
    if percent.value > 100:
        raise ValueError(f"pourcentage « {percent} » impossible ici : de 0 à 100 %")
    return percent


IndexValue = Annotated[Decimal, Field(gt=0, le=100_000)]
Amount = Annotated[Money, AfterValidator(_not_negative)]
Rate = Annotated[Percent, AfterValidator(_at_least_zero)]
Share = Annotated[Percent, AfterValidator(_at_least_zero), AfterValidator(_part_of_a_whole)]


# 29 February is a day of the year too.
_LEAP_YEAR = 2028


def _day_of_the_year(text: str) -> str:
    wrong = ValueError(f"« {text[:20]} » n’est le jour d’aucune année : écrivez le mois puis le jour, par exemple « 12-24 »")
    if re.fullmatch(r"[0-9]{2}-[0-9]{2}", text) is None:
        raise wrong
    month, day = (int(part) for part in text.split("-"))
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        raise wrong
    return text


DayOfYear = Annotated[
    str,
    AfterValidator(_day_of_the_year),
    WithJsonSchema({"type": "string", "pattern": r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", "examples": ["12-24"]}),
]


class Value(BaseModel):
    """A structured value: frozen, with no unknown key, numbers read as text where text is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, coerce_numbers_to_str=True)


class Address(Value):
    """A postal address."""

    street: Line
    postcode: Line
    city: Line
    country: Line = "France"


class Contact(Value):
    """A person one can reach."""

    name: Line
    quality: Line | None = None
    email: Email | None = None
    phone: Line | None = None


class ClauseWording(Value):
    """A clause, and which of its other wordings takes the place of its own."""

    clause: Annotated[str, StringConstraints(pattern=CLAUSE_KEY)]
    wording: Annotated[str, StringConstraints(pattern=KEY)]


class Site(Value):
    """A place of the client where services are given; its zone and holidays decide its clock."""

    name: Line
    address: Address | None = None
    timezone: Line = "Europe/Paris"
    holidays: lists.HolidayZone = lists.HolidayZone.FR
    headcount: Count | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _known_zone(self) -> Self:
        if self.timezone not in _zones():
            raise ValueError(f"fuseau horaire « {self.timezone} » inconnu : écrivez par exemple « Europe/Paris »")
        return self


class UserCount(Value):
    """How many users of one kind."""

    kind: lists.UserKind
    count: Count


class AssetLine(Value):
    """One line of the inventory: assets of the same class, maker and fate."""

    asset_class: lists.AssetClass
    label: Line
    count: Count
    maker: Line | None = None
    site: Line | None = None
    warranty_end: Day | None = None
    support_end: Day | None = None
    status: lists.CoverStatus = lists.CoverStatus.COVERED
    reason: Line | None = None


class Application(Value):
    """A business application: who publishes it and who repairs it."""

    name: Line
    publisher: Line | None = None
    owner: Line | None = None
    support_contract: bool | None = None
    support_until: Day | None = None
    status: lists.CoverStatus = lists.CoverStatus.COVERED
    reason: Line | None = None


class Service(Value):
    """A service subscribed: what is done, on which assets, and what kind of duty it is."""

    key: Annotated[str, StringConstraints(pattern=KEY)]
    name: Line
    content: Text
    nature: lists.DutyNature = lists.DutyNature.MOYENS
    asset_classes: tuple[lists.AssetClass, ...] = ()
    hosted: bool = False


class CriticalService(Value):
    """A service whose stop stops the client's business."""

    name: Line
    why: Line | None = None
    peaks: Line | None = None


class Advice(Value):
    """One piece of advice given to the client and what became of it."""

    given_on: Day | None = None
    subject: Line
    risk: Text
    asset: Line | None = None
    price: Amount | None = None
    answer: lists.AdviceAnswer
    answered_by: Line | None = None
    review_on: Day | None = None


class Derogation(Value):
    """An unsupported asset kept for a time, on conditions."""

    asset: Line
    reason: Line
    until: Day
    measures: Line | None = None


class Prerequisite(Value):
    """What must be in order before a promise starts."""

    what: Line
    owner: lists.Owner
    before: Day | None = None


class Channel(Value):
    """A way to reach the support desk, and whether it starts a clock."""

    kind: lists.ChannelKind
    address: Line | None = None
    staffed: Line | None = None
    starts_clock: bool = True


class SupportLevel(Value):
    """A level of support and what it does."""

    level: Line
    does: Line


class StandardRequest(Value):
    """A request that comes back often, and how long it takes once it is complete."""

    label: Line
    delay: Span
    given: Line | None = None


class EscalationStep(Value):
    """Whom a ticket that does not move goes up to, when, and what that person owes the client."""

    when: Line
    to: Line
    answer: Line


class Caller(Value):
    """A named person of the client and what they may ask for."""

    name: Line
    rights: tuple[lists.CallerRight, ...]


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = 7 * 1440
_INTERVAL = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")


def _interval(text: str) -> str:
    match = _INTERVAL.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"plage « {text} » illisible : écrivez « 08:30-12:30 »")
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    if start_hour > 23 or start_minute > 59 or end_minute > 59 or end_hour > 24 or (end_hour == 24 and end_minute):
        raise ValueError(f"plage « {text} » : heure impossible")
    if (start_hour, start_minute) == (end_hour, end_minute):
        raise ValueError(f"plage « {text} » : la fin est le début ; pour un jour entier, écrivez « 00:00-24:00 »")
    return text.strip()


Interval = Annotated[str, AfterValidator(_interval)]


def _weekdays(hours: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    wrong = sorted(set(hours) - set(_DAYS))
    if wrong:
        raise ValueError(f"jour « {wrong[0]} » inconnu ; jours admis : {', '.join(_DAYS)}")
    return {name: hours[name] for name in _DAYS if name in hours}


WeekHours = Annotated[dict[str, tuple[Interval, ...]], AfterValidator(_weekdays)]


class Season(Value):
    """Other hours for a part of each year, from one « MM-DD » to another."""

    start: DayOfYear = Field(alias="from")
    end: DayOfYear = Field(alias="to")
    hours: WeekHours

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True, serialize_by_alias=True)

    # A mapping has no hash: equal seasons start and end alike.
    def __hash__(self) -> int:
        return hash((self.start, self.end))


class ServiceCalendar(Value):
    """One calendar of service hours: weekly intervals, zone, holidays and closings."""

    name: Line
    timezone: Line = "Europe/Paris"
    hours: WeekHours
    holidays: lists.HolidayZone = lists.HolidayZone.FR
    good_friday: bool = True
    closed: tuple[Day, ...] = ()
    exceptions: dict[date, tuple[Interval, ...]] = Field(default_factory=dict)
    seasons: tuple[Season, ...] = ()

    # A mapping has no hash: equal calendars are named alike.
    def __hash__(self) -> int:
        return hash((self.name, self.timezone))

    @model_validator(mode="after")
    def _known_words(self) -> Self:
        if self.timezone not in _zones():
            _unknown_zone(self.timezone)
        seasonal = [day for season in self.seasons for day in season.hours.values()]
        if not any([*self.hours.values(), *self.exceptions.values(), *seasonal]):
            raise ValueError(f"plage « {self.name} » sans aucune heure ouverte : écrivez par exemple « mon: [08:30-18:00] »")
        return self

    def day_intervals(self, weekday: int) -> tuple[tuple[int, int], ...]:
        """Open intervals of a weekday (0 = Monday) in minutes from midnight, in order, the end past 1440 when it crosses midnight."""
        return weekday_intervals(self.hours, weekday)

    @property
    def week_minutes(self) -> int:
        """Open minutes in an ordinary week, those open twice over counted once."""
        week = [(day * 1440 + start, day * 1440 + end) for day in range(7) for start, end in self.day_intervals(day)]
        after_sunday = [(0, end - _WEEK) for _, end in week if end > _WEEK]
        return sum(end - start for start, end in _merged([*((start, min(end, _WEEK)) for start, end in week), *after_sunday]))

    @property
    def around_the_clock(self) -> bool:
        """Whether the calendar never closes in an ordinary week, holidays included."""
        return self.week_minutes == _WEEK and self.holidays == "none"


def weekday_intervals(hours: WeekHours, weekday: int) -> tuple[tuple[int, int], ...]:
    """The intervals that weekly hours give a weekday (0 = Monday), as `minutes_of` says them."""
    return minutes_of(hours.get(_DAYS[weekday], ()))


def minutes_of(written: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Intervals as written, in minutes from midnight, in order; an end past 1440 is the next day, and those that meet are one."""
    return _merged_minutes(tuple(written))


@lru_cache(maxsize=1024)
def _merged_minutes(written: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    return _merged(_minutes(text) for text in written)


def _unknown_zone(zone: str) -> None:
    raise ValueError(f"fuseau horaire « {zone} » inconnu : écrivez par exemple « Europe/Paris »")


def _merged(intervals: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same open time with intervals that meet or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _minutes(text: str) -> tuple[int, int]:
    match = _INTERVAL.fullmatch(text)
    if match is None:  # pragma: no cover - validated on the way in
        raise ValueError(text)
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
    return (start, end) if end > start else (start, end + 1440)


class PrioritySpans(Value):
    """A time limit for each priority; a missing one means that nothing is promised for it."""

    P1: Span | None = None
    P2: Span | None = None
    P3: Span | None = None
    P4: Span | None = None

    def items(self) -> tuple[tuple[str, Span | None], ...]:
        """(« P1 », span) in order of priority."""
        return (("P1", self.P1), ("P2", self.P2), ("P3", self.P3), ("P4", self.P4))

    @model_validator(mode="before")
    @classmethod
    def _none_in_words(cls, given: Any) -> Any:
        return _drop_none_words(given)


class PriorityPercents(Value):
    """A share of tickets for each priority."""

    P1: Share | None = None
    P2: Share | None = None
    P3: Share | None = None
    P4: Share | None = None

    def items(self) -> tuple[tuple[str, Percent | None], ...]:
        """(« P1 », share) in order of priority."""
        return (("P1", self.P1), ("P2", self.P2), ("P3", self.P3), ("P4", self.P4))

    @model_validator(mode="before")
    @classmethod
    def _none_in_words(cls, given: Any) -> Any:
        return _drop_none_words(given)


def _drop_none_words(given: Any) -> Any:
    if isinstance(given, dict):
        return {name: part for name, part in given.items() if part != "none"}
    return given


Priority = Annotated[str, StringConstraints(pattern=PRIORITY)]


class PriorityMatrix(Value):
    """Which priority each impact (I1 company, I2 team, I3 one user) and urgency (U1 stopped, U2 degraded, U3 no hindrance) gives."""

    I1: tuple[Priority, Priority, Priority]
    I2: tuple[Priority, Priority, Priority]
    I3: tuple[Priority, Priority, Priority]


class Sample(Value):
    """From how many tickets, over which period, a share means something."""

    tickets: Annotated[int, Field(ge=1, le=10_000, strict=True)]
    period: lists.Frequency


class AvailabilityTarget(Value):
    """The availability promised for one service, and how it is measured."""

    service: Line
    target: Share
    period: lists.Frequency = lists.Frequency.MONTHLY
    probe: Line | None = None
    probe_interval: Span | None = None
    windows_excluded: bool = True


class CreditStep(Value):
    """The credit due when a target is missed by at least so many points."""

    missed_by: Share
    credit: Share


class ChronicFailure(Value):
    """How much repeated failure lets the client leave."""

    cap_reached_months: Count
    within_months: Count
    same_incident_times: Count | None = None


class MaintenanceWindow(Value):
    """A planned window: when it comes back, from when, for how long; `weekday` and `week` give the dates of a monthly one."""

    name: Line
    recurrence: Line
    frequency: lists.Frequency
    weekday: Annotated[str, StringConstraints(pattern=WEEKDAY)] | None = None
    week: lists.WeekOfMonth | None = None
    start: time
    length: Span
    affects: Line | None = None
    technicians: Count | None = None


class Freeze(Value):
    """Days when nothing may be changed, each year, from one « MM-DD » to another."""

    label: Line
    start: DayOfYear
    end: DayOfYear


class PreventiveTask(Value):
    """A task done before anything breaks, with the proof that is kept and what makes it late besides a period without that proof."""

    kind: lists.TaskKind
    label: Line
    asset_class: lists.AssetClass | None = None
    frequency: lists.Frequency
    in_window: bool = False
    proof: Line | None = None
    late_when: Line | None = None
    effort: Span | None = None


class Backup(Value):
    """What is backed up, how often, where and for how long."""

    scope: Line
    frequency: Span
    retention: Line
    place: Line
    offline_copy: bool
    key_holder: lists.Owner | None = None


class Tool(Value):
    """A tool the service runs on, and what becomes of it at the end."""

    kind: lists.ToolKind
    product: Line
    maker: Line | None = None
    covers: tuple[lists.AssetClass, ...] = ()
    tenant_owner: lists.Owner
    licence_holder: lists.Owner | None = None
    data: Line | None = None
    data_country: Line
    retention: Line | None = None
    at_end: Line


class OnlineAccount(Value):
    """A domain name or an online environment of the client: in whose name, at which company, until when."""

    name: Line
    holder: lists.Owner
    company: Line | None = None
    until: Day | None = None


class Licence(Value):
    """A third party's licence or online service and how long it is committed."""

    name: Line
    publisher: Line | None = None
    holder: lists.Owner
    quantity: Count | None = None
    committed_until: Day | None = None


class LinkedContract(Value):
    """Another contract without which the service cannot run."""

    what: Line
    supplier: Line
    holder: lists.Owner
    until: Day | None = None
    repair_time: Span | None = None
    availability: Share | None = None
    exit_cost: Amount | None = None


class Tier(Value):
    """A step of a graduated price: up to so many units at this price."""

    up_to: Annotated[Decimal, Field(gt=0)] | None = None
    unit_price: Amount


class PriceLine(Value):
    """One recurring line of the price grid, a month, before tax; without a word on its steps, each unit is at the price of its own."""

    label: Line
    unit: lists.BillingUnit
    quantity: Annotated[Decimal, Field(ge=0, le=1_000_000)]
    unit_price: Amount
    tiers: tuple[Tier, ...] = ()
    tiering: lists.Tiering | None = None
    asset_class: lists.AssetClass | None = None

    @model_validator(mode="after")
    def _steps_in_order(self) -> Self:
        bounds = [tier.up_to for tier in self.tiers]
        if None in bounds[:-1]:
            raise ValueError(f"« {self.label} » : seule la dernière tranche peut être sans limite ; donnez « up_to » aux autres")
        known = [bound for bound in bounds if bound is not None]
        if any(after <= before for before, after in pairwise(known)):
            raise ValueError(f"« {self.label} » : les tranches doivent aller en croissant, et chaque limite n’y être qu’une fois")
        return self

    @property
    def monthly(self) -> Money:
        """Quantity times price, by steps when there are any, rounded half-up to the cent."""
        return self.price_of(self.quantity)

    def price_of(self, quantity: Decimal) -> Money:
        """What so many units cost a month, rounded half-up to the cent."""
        if self.tiering is lists.Tiering.VOLUME:
            return Money(self.price_reached(quantity).amount * quantity)
        amount, counted = Decimal(0), Decimal(0)
        for tier in self.tiers:
            upper = quantity if tier.up_to is None else min(quantity, tier.up_to)
            amount, counted = amount + tier.unit_price.amount * max(upper - counted, Decimal(0)), max(counted, upper)
        return Money(amount + self.unit_price.amount * max(quantity - counted, Decimal(0)))

    def price_reached(self, quantity: Decimal) -> Money:
        """The unit price of the step in which the last of so many units stands."""
        return next((tier.unit_price for tier in self.tiers if tier.up_to is None or quantity <= tier.up_to), self.unit_price)


class Discount(Value):
    """A reduction with its reason and its end."""

    label: Line
    share: Share
    reason: Line
    until: Day | None = None


class HourlyRate(Value):
    """The rate of an hour of work outside the flat fee, in service hours."""

    label: Line
    rate: Amount


class Uplift(Value):
    """What is added to a rate outside the service hours."""

    period: Line
    uplift: Rate


class HourPack(Value):
    """Prepaid hours."""

    hours: Count
    price: Amount
    validity: Span


class CountingRule(Value):
    """What one unit of a price line counts, what it leaves out, with which user one unit is included, how a count becomes whole."""

    unit: lists.BillingUnit
    counted: Line
    not_counted: Line | None = None
    included_with: lists.UserKind | None = None
    rounding: lists.CountRounding | None = None


class LateRate(Value):
    """The agreed rate of late payment interest."""

    kind: lists.LateRateKind
    points: Rate | None = None
    multiple: Annotated[Decimal, Field(gt=0, le=20)] | None = None
    rate: Rate | None = None
    at_least_legal_floor: bool = False

    @model_validator(mode="after")
    def _has_its_figure(self) -> Self:
        needed = {lists.LateRateKind.ECB_PLUS: "points", lists.LateRateKind.LEGAL_MULTIPLE: "multiple", lists.LateRateKind.FIXED: "rate"}[
            self.kind
        ]
        if getattr(self, needed) is None:
            raise ValueError(f"un taux « {self.kind.label} » demande « {needed} »")
        return self


class LiabilityCap(Value):
    """How much a party may owe in a contract year, all causes together."""

    kind: lists.CapKind
    months: Annotated[Decimal, Field(gt=0, le=120)] | None = None
    share: Rate | None = None
    amount: Amount | None = None
    floor: Amount | None = None

    @model_validator(mode="after")
    def _has_its_figure(self) -> Self:
        needed = {lists.CapKind.MONTHS_OF_FEES: "months", lists.CapKind.PERCENT_OF_YEAR: "share", lists.CapKind.FIXED_AMOUNT: "amount"}[
            self.kind
        ]
        if getattr(self, needed) is None:
            raise ValueError(f"un plafond « {self.kind.label} » demande « {needed} »")
        return self

    def amount_for(self, monthly_fee: Money | None) -> Money | None:
        """The cap in euros for a monthly fee; None when it depends on a fee that is not known."""
        if self.kind is lists.CapKind.FIXED_AMOUNT:
            base = self.amount
        elif monthly_fee is None:
            return None
        elif self.kind is lists.CapKind.MONTHS_OF_FEES and self.months is not None:
            base = monthly_fee * self.months
        else:
            base = monthly_fee * 12 * (self.share.share if self.share else Decimal(0))
        if base is None:
            return None
        return max(base, self.floor) if self.floor else base


class ExitFeeStep(Value):
    """The share of the remaining fees due by a client who leaves during that contract year."""

    year: Annotated[int, Field(ge=1, le=10, strict=True)]
    share: Share


class Processing(Value):
    """One processing of personal data made for the client (RGPD, art. 28(3))."""

    service: Line
    purpose: Line
    operations: Line
    data: Line
    persons: Line
    duration: Line
    place: Line


class SubProcessor(Value):
    """A company that receives the client's personal data from the provider."""

    name: Line
    service: Line
    data: Line
    country: Line
    instrument: Line | None = None
    since: Day | None = None


class Subcontractor(Value):
    """A company that does part of the work."""

    name: Line
    does: Line
    country: Line = "France"


class Court(Value):
    """The court named by the contract."""

    kind: lists.CourtKind
    city: Line | None = None
    visible: bool = True


class AiUse(Value):
    """One use of artificial intelligence in the service."""

    purpose: Line
    model_host: Line
    country: Line
    trains_on_client_data: bool = False
    human_decides: bool = True


class Committee(Value):
    """A level of governance above the regular meeting."""

    name: Line
    frequency: lists.Frequency
    members: Line
    agenda: Line


class Deviation(Value):
    """A point where the contract departs from the client's own frame, and what was agreed instead."""

    frame_article: Line
    subject: Line
    agreed: Text


class RecoveryClass(Value):
    """Services recovered together: how much data may be lost, how long they may be down."""

    name: Line
    services: Line
    rpo: Span
    rto: Span


class RecoveryScenario(Value):
    """A disaster that the recovery plan foresees, and what it does then."""

    label: Line
    response: Line


class SecurityTopic(Value):
    """One chapter of the security plan: what is promised and what proves it."""

    label: Line
    commitment: Line
    proof: Line | None = None


class SecurityTest(Value):
    """A check of the provider's security that comes back by itself."""

    label: Line
    frequency: lists.Frequency
    done_by: Line


class SecurityCertificate(Value):
    """A certificate of the provider's security: its scope and its end."""

    name: Line
    covers: Line
    until: Day | None = None


class StepIn(Value):
    """The client's right to take over a critical service that keeps failing: after which notice, how long, at what excess cost."""

    notice: Span
    length: Span
    excess: Share


class Benchmark(Value):
    """One comparison of the prices with the market: from when, from which gap, and how long the parties then talk."""

    after: CalendarSpan
    gap: Share
    talks: Span


class ExitPhase(Value):
    """One phase of the exit project."""

    label: Line
    content: Line
    length: Span


class DayBank(Value):
    """Days of project work reserved each year, billed when used."""

    days: Count
    day_price: Amount


class CatalogueItem(Value):
    """A piece of work at a price known in advance."""

    label: Line
    price: Amount
    delay: Span | None = None


class SetupInstalment(Value):
    """A part of the set-up fee and when it falls due."""

    due: Line
    amount: Amount
