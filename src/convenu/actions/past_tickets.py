"""The past that a contract is tried on: which stored tickets are taken, and each of them as facts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from convenu.agreement.trial import Past
from convenu.connectors.tickets_file import ticket_from
from convenu.facts.interruptions import Interruption, InterruptionKind
from convenu.facts.tickets import Ticket
from convenu.service.resampling import Likeness
from convenu.store.models import StoredTicket, TicketSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Which tickets are taken: of some sources, of one client when it is named, drawn when the client has no history of its own."""

    sources: tuple[uuid.UUID, ...]
    client_name: str = ""
    like: Likeness | None = None


def client_names() -> list[str]:
    """The names that the tools give to the clients of the tickets kept."""
    return list(StoredTicket.objects.exclude(client="").order_by("client").values_list("client", flat=True).distinct())


def readable(taken: Taken) -> QuerySet[StoredTicket]:
    """The rows of the tickets taken that enter a figure."""
    rows = StoredTicket.objects.filter(source_id__in=taken.sources, reason="")
    return rows.filter(client=taken.client_name) if taken.client_name else rows


def past_of(taken: Taken, *, only_worked: bool = False) -> Past:
    """The tickets taken, or those alone that tell some time spent; those of several sources bear its name, for two tools may number alike.

    Nobody knows whose a ticket left out is: its reason is told when every client's tickets are taken as they are.
    """
    names = _names(taken.sources)
    rows = readable(taken).order_by("source__name", "key").values_list("source_id", "facts")
    if only_worked:
        # As `Ticket.as_json` writes it, without spaces: within a word of the tool its quotes would be escaped.
        rows = rows.filter(facts__contains='"worked":[')
    tickets = tuple(_named(facts, names[source]) for source, facts in rows.iterator(chunk_size=2000))
    aside = StoredTicket.objects.filter(source_id__in=taken.sources).exclude(reason="").order_by("reason")
    whole = not taken.client_name and taken.like is None
    past = Past(
        tickets=tickets,
        interruptions=interruptions_of(taken.sources),
        left_out=tuple(aside.values_list("reason", flat=True)) if whole else (),
    )
    return past.like(taken.like) if taken.like else past


def ticket_of(taken: Taken, key: str) -> Ticket | None:
    """One of the tickets taken, by the number that a result gives it."""
    # « 812~2 » is a ticket drawn a second time, « 812/2 » one that was reopened too late.
    plain = key.partition("~")[0] if taken.like else key
    for source, name in _names(taken.sources).items():
        for number in dict.fromkeys((plain, plain.rpartition("/")[0])):
            found = readable(taken).filter(source_id=source, key=number.removeprefix(name)).first() if number.startswith(name) else None
            if found is not None:
                return _named(found.facts, name)
    return None


def interruptions_of(sources: Iterable[uuid.UUID]) -> tuple[Interruption, ...]:
    """What stopped everybody's work, as these sources tell it."""
    told = TicketSource.objects.filter(pk__in=list(sources)).values_list("interruptions", flat=True)
    return tuple(Interruption(**{**one, "kind": InterruptionKind(one["kind"])}) for source in told for one in source)


def _names(sources: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What each source puts before its numbers: nothing when it is alone."""
    rows = TicketSource.objects.filter(pk__in=sources).values_list("pk", "name")
    return {key: f"{name} " if len(sources) > 1 else "" for key, name in rows}


def _named(facts: str, name: str) -> Ticket:
    told = json.loads(facts)
    return ticket_from({**told, "key": f"{name}{told['key']}"} if name else told)
