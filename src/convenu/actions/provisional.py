"""Provisional contracts: prepared from the answers, sent by a link, accepted or refused without an account, taken up in the contract."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from convenu.actions.current_terms import current_terms
from convenu.actions.drafted import law_day
from convenu.actions.interview import answer
from convenu.actions.links import LONGEST_NAME, Given, Reader, count_request, give_access
from convenu.actions.look_up import NotFoundError, row
from convenu.actions.mail import send_after_commit
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require, require_link
from convenu.actions.remarks import LONGEST_WORDS
from convenu.actions.versions import save_version
from convenu.agreement.provisional import quote_of
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.links import LinkRole
from convenu.store.models import AccessLink, Contract, Membership, ProvisionalContract
from convenu.store.provisional import ProvisionalStatus
from convenu.terms.files import as_data
from convenu.terms.states import State

LONGEST_VALIDITY = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Offer:
    """A provisional contract with where it stands today."""

    provisional: ProvisionalContract
    standing: ProvisionalStatus

    @property
    def waits(self) -> bool:
        """Whether the client may still answer."""
        return self.standing is ProvisionalStatus.SENT


@transaction.atomic
def prepare_provisional(member: Membership, contract: Contract, *, valid_until: date, now: datetime) -> ProvisionalContract:
    """Keep the contract as it stands as a provisional contract, valid until the end of a day; contradictions, or no price, stop it."""
    require(member, Permission.WRITE_CONTRACTS)
    kept, today = row(Contract, contract.pk, to_change=True), timezone.localdate(now)
    if not today <= valid_until <= today + LONGEST_VALIDITY:
        refuse("valid_until", _("Choisissez un jour à venir, dans un an au plus."))
    if quote_of(current_terms(kept), on=law_day(kept, now)) is None:
        refuse("", _("Le devis manque : aucune ligne de prix n’est convenue."), _("Répondez à la question du prix."))
    version = save_version(member, kept, comment=_("Contrat prévisionnel"), now=now)
    made = ProvisionalContract.objects.create(version=version, valid_until=valid_until, at=now, by=member.user)
    _note("provisional_prepared", made, member, now=now, until=valid_until.isoformat())
    return made


@transaction.atomic
def send_provisional(
    member: Membership, contract: Contract, key: uuid.UUID, *, name: str, email: str, link_of: Callable[[str], str], now: datetime
) -> Given:
    """Open it to the client until its last day; what was sent before and still waits is withdrawn, so that one offer stands."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = _of(contract, key)
    if kept.standing(timezone.localdate(now)) not in (ProvisionalStatus.DRAFT, ProvisionalStatus.SENT):
        refuse("", _("Ce contrat prévisionnel n’est plus à envoyer."), _("Préparez-en un autre."))
    for other in ProvisionalContract.objects.filter(version__contract=contract, status=ProvisionalStatus.SENT).exclude(pk=kept.pk):
        _withdraw(other, member, now=now)
    reader = Reader(role=LinkRole.CLIENT, name=name, email=email, until=kept.valid_until, with_word=True)
    given = give_access(member, contract, reader, version=kept.version.rank, link_of=link_of, now=now)
    kept.status, kept.sent_at = ProvisionalStatus.SENT, now
    kept.save(update_fields=["status", "sent_at"])
    _note("provisional_sent", kept, member, now=now, link=str(given.link.pk))
    return given


@transaction.atomic
def withdraw_provisional(member: Membership, contract: Contract, key: uuid.UUID, *, now: datetime) -> ProvisionalContract:
    """Take back what the client has not answered."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = _of(contract, key)
    if kept.status not in (ProvisionalStatus.DRAFT, ProvisionalStatus.SENT):
        refuse("", _("Le client a répondu : cela ne se retire plus."))
    _withdraw(kept, member, now=now)
    return kept


@transaction.atomic
def decide(link: AccessLink, *, accepted: bool, name: str, words: str = "", now: datetime) -> ProvisionalContract:
    """The client's answer, by the link, under the name typed: kept with its instant. Past its last day nothing is accepted any more."""
    require_link(link, Permission.DECIDE, now=now)
    count_request(link, now=now)
    kept = _behind(link)
    if kept.version.contract.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé : il se lit, et n’attend plus de réponse."))
    standing, said = kept.standing(timezone.localdate(now)), " ".join(name.split())
    if standing is ProvisionalStatus.EXPIRED:
        refuse("", _("Ce contrat prévisionnel a expiré."), _("Demandez-en un autre à votre prestataire."))
    if standing is not ProvisionalStatus.SENT:
        refuse("", _("Ce contrat prévisionnel n’attend plus de réponse."))
    if not said or len(said) > LONGEST_NAME:
        refuse("name", _("Écrivez votre nom, en 150 caractères au plus."))
    if len(words) > LONGEST_WORDS:
        refuse("words", _("Ce texte est trop long : 4 000 caractères au plus."))
    kept.status = ProvisionalStatus.ACCEPTED if accepted else ProvisionalStatus.REFUSED
    kept.decided_at, kept.decided_by, kept.decided_link, kept.decided_words = now, said, link, words.strip()
    kept.save(update_fields=["status", "decided_at", "decided_by", "decided_link", "decided_words"])
    details = {"provisional": str(kept.pk), "name": said, "text": kept.version.text_hash}
    audit.append(action=f"provisional_{kept.status}", subject=link, actor=None, now=now, **details)
    _tell_the_msp(kept, link)
    return kept


@transaction.atomic
def convert(member: Membership, contract: Contract, key: uuid.UUID, *, now: datetime) -> ProvisionalContract:
    """Take an accepted provisional contract up: every answer of the contract is again the one that was accepted."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = _of(contract, key)
    if kept.status != ProvisionalStatus.ACCEPTED:
        refuse("", _("Seul un contrat prévisionnel accepté se reprend dans le contrat."))
    moved = changed_since(kept)
    if moved:
        answer(member, contract, moved, now=now)
    kept.status, kept.converted_at = ProvisionalStatus.CONVERTED, now
    kept.save(update_fields=["status", "converted_at"])
    _note("provisional_converted", kept, member, now=now, brought_back=",".join(moved))
    return kept


def changed_since(provisional: ProvisionalContract) -> dict[str, Any]:
    """The terms that the contract now says otherwise, each as it was accepted; points left open then are not among them."""
    now = as_data(current_terms(row(Contract, provisional.version.contract_id)))
    return {term: was for term, was in provisional.version.terms.items() if now.get(term) != was and not _was_open(was)}


def offers_of(member: Membership, contract: Contract, *, today: date) -> tuple[Offer, ...]:
    """The provisional contracts of a contract, the latest first."""
    require(member, Permission.SEE)
    found = ProvisionalContract.objects.filter(version__contract=row(Contract, contract.pk)).order_by("-version__rank")
    return tuple(Offer(one, one.standing(today)) for one in found.select_related("version", "by", "decided_link"))


def offer_behind(link: AccessLink, *, now: datetime) -> Offer | None:
    """The provisional contract that a link opens, if it opens one."""
    require_link(link, Permission.READ_SHARED, now=now)
    found = ProvisionalContract.objects.filter(version=link.version_id).select_related("version", "decided_link").first()
    return Offer(found, found.standing(timezone.localdate(now))) if found else None


def _was_open(was: Any) -> bool:
    return isinstance(was, dict) and was.get("state") == State.UNKNOWN


def _of(contract: Contract, key: uuid.UUID) -> ProvisionalContract:
    kept = row(ProvisionalContract, key, to_change=True)
    if kept.version.contract_id != contract.pk:
        raise NotFoundError(ProvisionalContract)
    return kept


def _behind(link: AccessLink) -> ProvisionalContract:
    kept = ProvisionalContract.objects.select_for_update().filter(version=link.version_id).first() if link.version_id else None
    if kept is None:
        raise NotFoundError(ProvisionalContract)
    return kept


def _tell_the_msp(provisional: ProvisionalContract, link: AccessLink) -> None:
    """Tell who sent it, as long as they belong here, in their language."""
    if not Membership.objects.filter(user=link.by, is_active=True).exists():
        return
    said = {"person": " ".join(link.name.split()), "reference": " ".join(provisional.version.contract.reference.split())}
    with override(link.by.language):
        subject = _("%(person)s a refusé le contrat prévisionnel %(reference)s")
        if provisional.status == ProvisionalStatus.ACCEPTED:
            subject = _("%(person)s a accepté le contrat prévisionnel %(reference)s")
        body = _(
            "Bonjour,\n\n%(person)s a répondu au contrat prévisionnel %(reference)s.\n"
            "Sa réponse se lit dans Convenu, page « Prévisionnel »."
        )
        send_after_commit(to=link.by.email, subject=subject % said, body=body % said)


def _withdraw(provisional: ProvisionalContract, member: Membership, *, now: datetime) -> None:
    provisional.status = ProvisionalStatus.WITHDRAWN
    provisional.save(update_fields=["status"])
    _note("provisional_withdrawn", provisional, member, now=now)


def _note(action: str, provisional: ProvisionalContract, member: Membership, *, now: datetime, **details: str) -> None:
    version = provisional.version
    audit.append(
        action=action, subject=provisional, actor=member.user, now=now, contract=str(version.contract_id), number=version.number, **details
    )
