"""Work done behind the pages by the worker that `convenu serve` runs: how far it is, how it is stopped, begun again, and recovered.

A work is a row (`store.work.Work`). The task only names the row, so that a task that is lost, or
comes twice, changes nothing: a work runs once from « waiting », and one that nobody does any more is begun again from its row.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.documents.strangers import StrangerError
from convenu.store.models import Organisation
from convenu.store.tenancy import tenant_scope
from convenu.store.work import Work, WorkState
from convenu.vocabulary.mistakes import MistakesError

# How often a work writes how far it is and asks whether it should stop.
A_SIGN = timedelta(seconds=0.5)

_log = logging.getLogger("convenu.background")
# What does each kind of work. By name: the worker imports this module alone, and what does a work begins it through here.
_DOERS = {
    "TicketImport": "convenu.actions.tickets.import_tickets",
    "ReplayRun": "convenu.actions.replays.try_proposals",
    "StoredAudit": "convenu.actions.audits.read_stored",
    "EstatePass": "convenu.actions.estate.go_through",
}


class StopAskedError(Exception):
    """Somebody asked this work to stop."""


class Progress:
    """Tells how far a work is; raises `StopAskedError` once somebody asked it to stop. Told of each thing done, it writes now and then."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._written = timezone.now()

    def expect(self, total: int) -> None:
        """How many things there are in all."""
        self._work.total = total
        self._work.save(update_fields=["total"])

    def __call__(self, count: int = 1) -> None:
        """So many more are done."""
        self._work.done += count
        now = timezone.now()
        if now - self._written < A_SIGN:
            return
        self._written = now
        rows = type(self._work).objects.filter(pk=self._work.pk)
        rows.update(done=self._work.done, seen_at=now)
        if rows.filter(stop_asked=True).exists():
            raise StopAskedError


def begin(work: Work) -> None:
    """Hand a work to the worker, from the start; inside the caller's transaction."""
    work.state, work.done, work.stop_asked, work.trouble = WorkState.WAITING, 0, False, ""
    work.seen_at = work.finished_at = None
    work.save()
    carry_out.enqueue(type(work).__name__, str(work.pk), str(work.organisation_id))


def begin_again(work: Work, *, now: datetime) -> None:
    """Begin anew a work that failed, was stopped, or that nobody does any more."""
    kept = row(type(work), work.pk, to_change=True)
    if kept.state not in (WorkState.FAILED, WorkState.STOPPED) and not kept.left_alone(now):
        refuse("", _("Ce travail est déjà en cours ou terminé."))
    begin(kept)


def ask_to_stop(work: Work, *, now: datetime) -> None:
    """Stop a work: at once when nobody does it, else as soon as whoever does it looks."""
    kept = row(type(work), work.pk, to_change=True)
    if kept.state == WorkState.WAITING or kept.left_alone(now):
        kept.state, kept.finished_at = WorkState.STOPPED, now
    kept.stop_asked = True
    kept.save(update_fields=["state", "finished_at", "stop_asked"])


@task()
def carry_out(kind: str, key: str, organisation: str) -> None:
    """Do the work of that row, if it still waits."""
    with tenant_scope(Organisation.objects.get(pk=organisation)):
        model: type[Work] = apps.get_model("store", kind)
        claimed = model.objects.filter(pk=uuid.UUID(key), state=WorkState.WAITING)
        if not claimed.update(state=WorkState.RUNNING, seen_at=timezone.now()):
            return
        work = model.objects.get(pk=uuid.UUID(key))
        state, trouble = _done(work, import_string(_DOERS[kind]))
        model.objects.filter(pk=work.pk).update(state=state, trouble=trouble, done=work.done, finished_at=timezone.now())


def _done(work: Work, function: Callable[[Work, Progress], None]) -> tuple[WorkState, str]:
    """What became of a work, and why it failed."""
    try:
        function(work, Progress(work))
    except StopAskedError:
        return WorkState.STOPPED, ""
    except MistakesError as error:
        return WorkState.FAILED, " ".join(f"{one.message}. {one.suggestion}".strip() for one in error.mistakes)
    except StrangerError:
        return WorkState.FAILED, _("Ce fichier n’a pas pu être lu : abîmé, trop grand une fois ouvert, ou trop long à lire.")
    except Exception:  # noqa: BLE001 - whatever it is, the person who asked is told and the log keeps it
        _log.exception("a work failed: %s", work)
        return WorkState.FAILED, _("Une panne a arrêté ce travail. Recommencez ; si elle revient, le journal du serveur dit pourquoi.")
    return WorkState.DONE, ""
