"""Taking a position of a clause: its answers or its wording in one go, through the same path as any answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import current_terms
from convenu.actions.interview import Outcome, answer
from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.agreement.positions import WORDINGS, answers_of, choosing
from convenu.store.models import Contract, Membership


@transaction.atomic
def take_position(member: Membership, contract: Contract, clause: str, alternative: str, *, now: datetime) -> Outcome:
    """Answer as an alternative of a clause proposes; the outcome carries what takes it back."""
    require(member, Permission.ANSWER)
    kept = row(Contract, contract.pk, to_change=True)
    known = next((one for one in library_of(kept).clauses if one.key == clause), None)
    proposed = known.alternative(alternative) if known else None
    if known is None or proposed is None:
        refuse("", _("Cette position n’est pas dans la bibliothèque de ce contrat."), _("Choisissez-en une autre."))
    return answer(member, kept, answers_of(known, proposed, current_terms(kept)), now=now)


@transaction.atomic
def take_own_words(member: Membership, contract: Contract, clause: str, *, now: datetime) -> Outcome:
    """Give a clause its own words again."""
    require(member, Permission.ANSWER)
    kept = row(Contract, contract.pk, to_change=True)
    return answer(member, kept, {WORDINGS: choosing(current_terms(kept), clause, None)}, now=now)
