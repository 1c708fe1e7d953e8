"""What is said of a contract by those who read it by a link, and what the MSP answers."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from convenu.actions.links import count_request
from convenu.actions.look_up import NotFoundError, row
from convenu.actions.mail import send_after_commit
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require, require_link
from convenu.actions.shared import shared_contract
from convenu.actions.standing import digest
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.links import RemarkKind
from convenu.store.models import AccessLink, Contract, Membership, Remark
from convenu.store.people import Language
from convenu.vocabulary.contract_text import label

LONGEST_WORDS = 4000
FREE_KINDS = (RemarkKind.QUESTION, RemarkKind.REMARK)


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and what was answered."""

    remark: Remark
    answers: tuple[Remark, ...]

    @property
    def open(self) -> bool:
        """Whether the MSP still has to close it."""
        return self.remark.closed_at is None


@transaction.atomic
def leave_remark(link: AccessLink, *, kind: str, clause: str, words: str, now: datetime) -> Remark:
    """Say something of an article, or of the whole contract when none is named."""
    require_link(link, Permission.REMARK, now=now)
    count_request(link, now=now)
    if kind not in FREE_KINDS:
        refuse("kind", _("Choisissez dans la liste."))
    said, place = _said(words), ""
    if clause:
        section = shared_contract(link, now=now).text.section(clause)
        if section is None:
            raise NotFoundError(Remark)
        place = f"{label(section.number)}, {section.title}"
    return _leave(link, now=now, kind=kind, clause=clause, place=place, words=said)


@transaction.atomic
def reply_to_question(link: AccessLink, finding: str, *, words: str = "", now: datetime) -> Remark:
    """Mark a question to the lawyer answered, with what there is to say; it is asked again when its rule or its terms change."""
    require_link(link, Permission.READ_SHARED_FINDINGS, now=now)
    count_request(link, now=now)
    shared = shared_contract(link, now=now)
    asked = [one.finding for one in (*shared.findings.questions, *shared.findings.replied)] if shared.findings else []
    found = next((one for one in asked if one.key == finding), None)
    if found is None:
        refuse("", _("Cette question n’est plus posée."), _("Une réponse l’a levée depuis."))
    if len(words) > LONGEST_WORDS:
        refuse("words", _("Ce texte est trop long : 4 000 caractères au plus."))
    return _leave(
        link,
        now=now,
        kind=RemarkKind.REPLY,
        clause=found.clause or "",
        place=f"{found.title} ({found.where})"[:300],
        finding=found.key,
        digest=digest(found, shared.draft.terms),
        words=words.strip(),
    )


@transaction.atomic
def answer_remark(member: Membership, contract: Contract, key: uuid.UUID, *, words: str, close: bool = False, now: datetime) -> Remark:
    """Answer a remark; its author reads it by the same link."""
    require(member, Permission.WRITE_CONTRACTS)
    remark = _remark(contract, key)
    answer = Remark.objects.create(
        contract=remark.contract, kind=RemarkKind.REMARK, by=member.user, answers=remark, clause=remark.clause, words=_said(words), at=now
    )
    audit.append(action="remark_answered", subject=remark, actor=member.user, now=now)
    _tell_the_author(member, remark, now=now)
    if close:
        _set_closed(member, remark, closed=True, now=now)
    return answer


@transaction.atomic
def close_remark(member: Membership, contract: Contract, key: uuid.UUID, *, now: datetime) -> None:
    """Close a remark: there is nothing left to do about it."""
    require(member, Permission.WRITE_CONTRACTS)
    _set_closed(member, _remark(contract, key), closed=True, now=now)


@transaction.atomic
def reopen_remark(member: Membership, contract: Contract, key: uuid.UUID, *, now: datetime) -> None:
    """Open a remark that was closed."""
    require(member, Permission.WRITE_CONTRACTS)
    _set_closed(member, _remark(contract, key), closed=False, now=now)


def threads_of(member: Membership, contract: Contract) -> tuple[Thread, ...]:
    """Everything said of a contract: what is open first, the latest first."""
    require(member, Permission.SEE)
    threads = _threads(Remark.objects.filter(contract=row(Contract, contract.pk)))
    return tuple(sorted(threads, key=lambda thread: (not thread.open, -thread.remark.at.timestamp())))


def threads_for(link: AccessLink, *, now: datetime) -> tuple[Thread, ...]:
    """What the holder of a link said of the contract, by this link or an earlier one, with the answers; nothing of anybody else."""
    require_link(link, Permission.READ_SHARED, now=now)
    mine = Q(link__email=link.email, link__role=link.role) | Q(answers__link__email=link.email, answers__link__role=link.role)
    return _threads(Remark.objects.filter(mine, contract=link.contract_id))


def open_remarks(contract: Contract) -> int:
    """How many remarks the MSP has not closed."""
    return Remark.objects.filter(contract=contract, answers__isnull=True, closed_at__isnull=True).count()


def _threads(remarks: QuerySet[Remark]) -> tuple[Thread, ...]:
    """The remarks in the order in which they were made, each with its answers."""
    answers: dict[uuid.UUID | None, list[Remark]] = defaultdict(list)
    for one in remarks.select_related("link", "by", "closed_by"):
        answers[one.answers_id].append(one)
    return tuple(Thread(one, tuple(answers[one.pk])) for one in answers[None])


def _leave(link: AccessLink, *, now: datetime, **said: str) -> Remark:
    contract = row(Contract, link.contract_id, to_change=True)
    if contract.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé : il se lit, et ne se commente plus."))
    remark = Remark.objects.create(contract=contract, link=link, at=now, **said)
    audit.append(action="remark_left", subject=link, actor=None, now=now, kind=remark.kind, remark=str(remark.pk))
    _tell_the_msp(contract, remark)
    return remark


def _tell_the_msp(contract: Contract, remark: Remark) -> None:
    """Tell who opened the link, as long as they belong here; the words stay inside, behind a sign-in."""
    link = remark.link
    if link is None or not Membership.objects.filter(user=link.by, is_active=True).exists():
        return
    said = {"person": _one_line(link.name), "reference": _one_line(contract.reference), "place": remark.place or _("le contrat entier")}
    with override(link.by.language):
        send_after_commit(
            to=link.by.email,
            subject=_("%(person)s a commenté le contrat %(reference)s") % said,
            body=_(
                "Bonjour,\n\n%(person)s a laissé un mot sur le contrat %(reference)s (%(place)s).\n"
                "Il se lit dans Convenu, page « Échanges »."
            )
            % said,
        )


def _tell_the_author(member: Membership, remark: Remark, *, now: datetime) -> None:
    """Tell who asked that there is an answer, while their link still opens; a reader without an account reads French."""
    link = remark.link
    if link is None or link.withdrawn_at is not None or link.expires_at <= now:
        return
    said = {"organisation": _one_line(member.organisation.name), "reference": _one_line(link.contract.reference)}
    with override(Language.FRENCH):
        send_after_commit(
            to=link.email,
            subject=_("%(organisation)s vous a répondu sur le contrat %(reference)s") % said,
            body=_(
                "Bonjour,\n\n%(organisation)s a répondu à votre mot sur le contrat %(reference)s.\nLa réponse se lit par le lien déjà reçu."
            )
            % said,
        )


def _one_line(words: str) -> str:
    """Words of a person, fit for the subject of a message."""
    return " ".join(words.split())


def _said(words: str) -> str:
    said = words.strip()
    if not said:
        refuse("words", _("Cette réponse manque."))
    if len(said) > LONGEST_WORDS:
        refuse("words", _("Ce texte est trop long : 4 000 caractères au plus."))
    return said


def _remark(contract: Contract, key: uuid.UUID) -> Remark:
    remark = row(Remark, key, to_change=True)
    if remark.contract_id != contract.pk or remark.answers_id is not None:
        raise NotFoundError(Remark)
    return remark


def _set_closed(member: Membership, remark: Remark, *, closed: bool, now: datetime) -> None:
    if (remark.closed_at is not None) == closed:
        return
    remark.closed_at, remark.closed_by = (now, member.user) if closed else (None, None)
    remark.save(update_fields=["closed_at", "closed_by"])
    audit.append(action="remark_closed" if closed else "remark_reopened", subject=remark, actor=member.user, now=now)
