"""The support desk: who is there, by which channel, how far away, and whom it may obey."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from convenu.agreement.rule import Hit, Look, MissingTermError, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.hours import bounds, working_day
from convenu.agreement.wording import holidays_in_words
from convenu.terms.closed_lists import CallerRight, ChannelKind, OnCall
from convenu.terms.states import State
from convenu.terms.values import ServiceCalendar, Site
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity
from convenu.vocabulary.span import Span, SpanUnit

# Four people are one week of on-call in four each; six leave room for a holiday and an illness.
SMALLEST_ROTA = 4
SOUND_ROTA = 6
# Door to door, town and parking included, and the time to get ready.
KILOMETRES_AN_HOUR = 50
GETTING_READY = 30
SHORTEST_UNWATCHED_NOTICE = 24 * 60
WEEK_HOURS = 7 * 24


@checks("on_call_team")
def on_call_team(look: Look) -> Iterator[Hit]:
    """Work at any hour needs enough people to take turns and rest."""
    on_call = known(look.terms.on_call)
    bought = on_call is not None and on_call is not OnCall.NONE
    if not bought and not any(calendar.around_the_clock for calendar in known(look.terms.service_hours) or ()):
        return
    team = look.terms.on_call_team_size
    if team.state is State.ABSENT:
        raise MissingTermError(team.key)
    size = known(team) or 0
    if size < SOUND_ROTA:
        scope = on_call.label if bought and on_call else "une plage de service sans fermeture"
        yield Hit(
            message=(
                f"{size} {'technicien' if size < 2 else 'techniciens'} au roulement pour couvrir {scope} : au-dessous de {SOUND_ROTA}, une "
                "absence suffit à rompre le repos de 11 heures ou le rythme d’une semaine sur quatre."
            ),
            terms=("on_call_team_size", "on_call"),
            severity=Severity.BLOCKING if size < SMALLEST_ROTA else None,
            change=Change("on_call", OnCall.NONE.value) if bought else None,
        )


@checks("unwatched_channel")
def unwatched_channel(look: Look) -> Iterator[Hit]:
    """A clock may only start where somebody looks."""
    yield from each_aspect(look, _silent_phone, _unread_chat, _sunday_notice)


def _silent_phone(look: Look) -> Iterator[Hit]:
    on_call = known(look.terms.on_call)
    if on_call is None or on_call is OnCall.NONE or known(look.terms.on_call_number) is not None:
        return
    channels = known(look.terms.support_channels) or ()
    if not any(channel.kind is ChannelKind.ON_CALL_PHONE for channel in channels):
        yield Hit(
            message=f"L’astreinte couvre {on_call.label}, mais aucun téléphone d’astreinte n’est indiqué pour l’appeler.",
            terms=("on_call_number", "on_call", "support_channels"),
        )


def _unread_chat(look: Look) -> Iterator[Hit]:
    channels = known(look.terms.support_channels) or ()
    chats = [channel for channel in channels if channel.kind is ChannelKind.CHAT and channel.starts_clock]
    if chats:
        quiet = [one.model_copy(update={"starts_clock": False}) if one in chats else one for one in channels]
        yield Hit(
            message="Un message instantané fait courir les délais, alors que personne n’est tenu de le lire à temps.",
            terms=("support_channels",),
            change=changes.items("support_channels", quiet),
            remedy="Faire courir le délai du transfert du message vers un ticket.",
        )


def _sunday_notice(look: Look) -> Iterator[Hit]:
    notice = known(look.terms.breach_notice)
    if notice is None or notice.in_service_time or notice.minutes() >= SHORTEST_UNWATCHED_NOTICE:
        return
    if known(look.terms.on_call) in (None, OnCall.NONE):
        yield Hit(
            message=(
                f"Une violation de données doit être annoncée en {french.span(notice)}, dimanche compris, alors qu’aucune astreinte ne "
                "veille."
            ),
            terms=("breach_notice", "on_call"),
            change=Change("breach_notice", "36 hours"),
            remedy="Allonger le délai d’alerte, ou faire veiller une astreinte.",
        )


@checks("callers_missing")
def callers_missing(look: Look) -> Iterator[Hit]:
    """Two people at least, and each right in somebody's hands."""
    callers = known(look.terms.authorised_callers) or ()
    needed = (CallerRight.ORDER, CallerRight.ACCOUNTS, CallerRight.SECURITY)
    orphans = [right.label for right in needed if not any(right in caller.rights for caller in callers)]
    sentences = []
    if not callers:
        sentences.append("Personne n’est habilité à appeler, à commander ou à décider pour le Client.")
    elif len(callers) == 1:
        sentences.append(f"Une seule personne est habilitée : {callers[0].name}. En son absence, personne ne peut demander ni décider.")
    if callers and orphans:
        sentences.append(f"Personne ne peut {french.enumeration(orphans, last='ni')}.")
    if sentences:
        yield Hit(message=" ".join(sentences), terms=("authorised_callers",))


@checks("onsite_time_vs_distance")
def onsite_time_vs_distance(look: Look) -> Iterator[Hit]:
    """An arrival time holds the qualification, the getting ready and the road."""
    arrival = known(look.terms.onsite_arrival_time)
    if arrival is None:
        return
    distance = look.terms.onsite_distance
    if distance.lacking:
        raise MissingTermError(distance.key)
    kilometres = known(distance) or 0
    response = known(look.terms.response_time)
    day = working_day(known(look.terms.service_hours))
    first = bounds(response.P1, day)[0] if response and response.P1 else Decimal(0)
    needed = first + GETTING_READY + Decimal(kilometres) * 60 / KILOMETRES_AN_HOUR
    if needed > bounds(arrival, day)[0]:
        hours = Decimal(ceil(needed / 60))
        unit = SpanUnit.BUSINESS_HOURS if arrival.in_service_time else SpanUnit.HOURS
        yield Hit(
            message=(
                f"Arrivée sur site promise en {french.span(arrival)}, alors que le technicien le plus proche est à {kilometres} km : avec "
                f"la prise en charge, la préparation et la route, il faut environ {french.number(hours)} heures."
            ),
            terms=("onsite_arrival_time", "onsite_distance"),
            change=Change("onsite_arrival_time", str(Span(hours, unit))),
        )


@checks("calendar_per_site")
def calendar_per_site(look: Look) -> Iterator[Hit]:
    """A site with its own holidays or time zone needs a calendar that has them."""
    sites = known(look.terms.sites) or ()
    calendars = known(look.terms.service_hours) or ()
    if not calendars:
        return
    orphans = [site for site in sites if not any(_suits(calendar, site) for calendar in calendars)]
    if orphans:
        told = french.enumeration([f"{site.name} ({site.timezone}, {holidays_in_words(site.holidays)})" for site in orphans])
        yield Hit(
            message=f"Aucune plage de service ne suit le fuseau horaire et les jours fériés de : {told}.",
            terms=("service_hours", "sites"),
            change=changes.items("service_hours", [*calendars, *(_for_site(calendars[0], site) for site in orphans)]),
        )


def _suits(calendar: ServiceCalendar, site: Site) -> bool:
    return calendar.around_the_clock or (calendar.timezone == site.timezone and calendar.holidays == site.holidays)


def _for_site(calendar: ServiceCalendar, site: Site) -> ServiceCalendar:
    return calendar.model_copy(update={"name": f"{calendar.name} ({site.name})", "timezone": site.timezone, "holidays": site.holidays})


@checks("round_the_clock_headcount")
def round_the_clock_headcount(look: Look) -> Iterator[Hit]:
    """A desk open at every hour takes the working weeks of several people, before anybody is ill or on leave."""
    if not any(calendar.around_the_clock for calendar in known(look.terms.service_hours) or ()):
        return
    staff = known(look.terms.provider_headcount)
    if staff is None:
        raise MissingTermError("provider_headcount")
    usual, longest = look.number("legal_weekly_hours"), look.number("longest_weekly_hours")
    needed, fewest = ceil(WEEK_HOURS / usual), ceil(WEEK_HOURS / longest)
    if staff < needed:
        yield Hit(
            message=f"Une plage de service sans fermeture compte {WEEK_HOURS} heures par semaine, soit {needed} personnes à {usual} "
            f"heures, et {fewest} même à la durée maximale de {longest} heures ; le Prestataire en compte {staff}.",
            terms=("service_hours", "provider_headcount"),
            severity=Severity.BLOCKING if staff < fewest else None,
        )
