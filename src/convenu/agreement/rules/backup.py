"""Backups: tested, frequent enough for the loss admitted, quick enough for the recovery promised."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from convenu.agreement.rule import Hit, Look, MissingTermError, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.hours import bounds, certainly_longer, working_day
from convenu.terms.closed_lists import Frequency, TaskKind
from convenu.terms.values import PreventiveTask
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change
from convenu.vocabulary.span import Span, SpanUnit

_TESTS = (TaskKind.RESTORE_TEST, TaskKind.FULL_RESTORE_TEST)
_TEST = PreventiveTask(
    kind=TaskKind.RESTORE_TEST,
    label="Test de restauration de fichiers et de messagerie",
    frequency=Frequency.QUARTERLY,
    proof="échantillon, durée, contrôle d’ouverture, technicien",
)
GIGABYTES = 1000


@checks("backup_untested")
def backup_untested(look: Look) -> Iterator[Hit]:
    """A backup nobody restored is a hope."""
    backups = known(look.terms.backups)
    if not backups:
        return
    tasks = known(look.terms.preventive_tasks) or ()
    if not any(task.kind in _TESTS and task.proof and task.frequency is not Frequency.ON_EVENT for task in tasks):
        yield Hit(
            message=(
                f"Sauvegarde promise ({french.enumeration([backup.scope for backup in backups])}) sans test de restauration régulier dont "
                "une preuve est gardée."
            ),
            terms=("preventive_tasks", "backups"),
            change=changes.items("preventive_tasks", (*tasks, _TEST)),
        )


@checks("rpo_vs_frequency")
def rpo_vs_frequency(look: Look) -> Iterator[Hit]:
    """Between two backups everything may be lost."""
    loss = known(look.terms.rpo)
    if loss is None:
        return
    backups = known(look.terms.backups) or ()
    day = working_day(None)
    rare = [backup for backup in backups if certainly_longer(backup.frequency, loss, day)]
    if rare:
        slowest = max((backup.frequency for backup in rare), key=lambda span: bounds(span, day)[1])
        told = french.enumeration([f"{backup.scope} (intervalle : {french.span(backup.frequency)})" for backup in rare])
        yield Hit(
            message=f"La perte de données admise est de {french.span(loss)}, mais la copie est plus rare : {told}.",
            terms=("rpo", "backups"),
            change=Change("rpo", str(slowest)),
        )


@checks("rto_vs_volume")
def rto_vs_volume(look: Look) -> Iterator[Hit]:
    """Bringing back the data takes the time that the volume and the measured rate give, after somebody saw the loss."""
    recovery = known(look.terms.rto)
    if recovery is None:
        return
    volume, rate = (_measured(look, key) for key in ("backup_volume", "restore_rate"))
    response = known(look.terms.response_time)
    day = working_day(known(look.terms.service_hours))
    seen = bounds(response.P1, day)[0] if response and response.P1 else Decimal(0)
    needed = seen + Decimal(volume * GIGABYTES) / rate * 60
    if needed > bounds(recovery, day)[0]:
        hours = Decimal(ceil(needed / 60))
        yield Hit(
            message=(
                f"Reprise visée en {french.span(recovery)}, mais restaurer {french.number(volume)} To à {french.number(rate)} Go/h, prise "
                f"en charge comprise, demande environ {french.number(hours)} heures."
            ),
            terms=("rto", "backup_volume", "restore_rate"),
            change=Change("rto", str(Span(hours, SpanUnit.HOURS))),
        )


def _measured(look: Look, key: str) -> int:
    """A measure that no contract need hold: without it, nothing can be verified."""
    found: int | None = known(getattr(look.terms, key))
    if not found:
        raise MissingTermError(key)
    return found


@checks("recovery_plan_untested")
def recovery_plan_untested(look: Look) -> Iterator[Hit]:
    """A recovery plan that nobody has played is a document."""
    if known(look.terms.disaster_recovery) is None:
        return
    rhythm = known(look.terms.disaster_recovery_test)
    if rhythm is None or not rhythm.per_year:
        yield Hit(
            message="Un plan de reprise d’activité est promis, sans test à date régulière.",
            terms=("disaster_recovery_test", "disaster_recovery"),
            change=Change("disaster_recovery_test", Frequency.YEARLY.value),
        )
