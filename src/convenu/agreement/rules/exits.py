"""How the contract ends: notices, fees for leaving, what outlives it, what is handed back and when it is erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from convenu.agreement.derived import end_date
from convenu.agreement.rule import Hit, Look, checks, known
from convenu.terms.closed_lists import Owner, RenewalMode
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change
from convenu.vocabulary.span import Span

# A month of overlap lets the new provider take over; it is no gap.
_OVERLAP = 31
_RETRIEVAL = Span.parse("30 days")


@checks("notice_vs_duration")
def notice_vs_duration(look: Look) -> Iterator[Hit]:
    """A notice as long as the period it ends cannot be given in time."""
    initial = known(look.terms.initial_duration)
    mode = known(look.terms.renewal_mode)
    if initial is None or mode is RenewalMode.OPEN_ENDED:
        return
    renewal = known(look.terms.renewal_duration) if mode is RenewalMode.TACIT else None
    shortest = min((span for span in (initial, renewal) if span), key=Span.months)
    for key in ("notice_period", "provider_notice_period"):
        notice = known(getattr(look.terms, key))
        if notice and notice.months() >= shortest.months():
            period = "la période initiale" if shortest is initial else "chaque reconduction"
            yield Hit(
                message=(
                    f"{label_of(key)} : {french.span(notice)}, alors que {period} dure {french.span(shortest)} : il ne peut être donné à "
                    "temps."
                ),
                terms=(key, "initial_duration", "renewal_duration"),
                change=Change(key, _third_of(shortest)),
            )


@checks("notice_vs_exit_plan")
def notice_vs_exit_plan(look: Look) -> Iterator[Hit]:
    """The help to leave is given before the end; it has to fit in the notice."""
    help_time = known(look.terms.exit_assistance)
    if help_time is None:
        return
    notice = known(look.terms.notice_period)
    if notice and help_time.months() > notice.months():
        yield Hit(
            message=f"L’assistance à la sortie dure {french.span(help_time)}, mais le préavis n’en laisse que {french.span(notice)}.",
            terms=("exit_assistance", "notice_period"),
            change=Change("exit_assistance", str(notice)),
        )


@checks("supplier_outlives_contract")
def supplier_outlives_contract(look: Look) -> Iterator[Hit]:
    """What stays to be paid after the end, and what stops before it."""
    start, length = known(look.terms.effective_date), known(look.terms.initial_duration)
    end = end_date(look.terms) if start and length else None
    if end is None:
        return
    dated: list[tuple[str, Owner, date]] = [
        (licence.name, licence.holder, licence.committed_until) for licence in known(look.terms.licences) or () if licence.committed_until
    ]
    dated += [(one.what, one.holder, one.until) for one in known(look.terms.linked_contracts) or () if one.until]
    late = [f"{name} ({french.short_day(until)})" for name, _, until in dated if (until - end).days > _OVERLAP]
    early = [f"{name} ({french.short_day(until)})" for name, holder, until in dated if holder is Owner.PROVIDER and until < end]
    sentences = [
        *([f"courent au-delà : {french.enumeration(late)}"] if late else []),
        *([f"s’arrêtent avant : {french.enumeration(early)}"] if early else []),
    ]
    if sentences:
        yield Hit(
            message=f"Le contrat prend fin le {french.day(end)}. Engagements de tiers qui {' ; qui '.join(sentences)}.",
            terms=("licences", "linked_contracts", "initial_duration"),
        )


@checks("deletion_vs_retention")
def deletion_vs_retention(look: Look) -> Iterator[Hit]:
    """First give back, then let the client look, then erase, then prove it."""
    deletion = known(look.terms.deletion_delay)
    if deletion is None:
        return
    handover = known(look.terms.handover_delay)
    if handover and deletion.days() <= handover.days():
        yield Hit(
            message=(
                f"Les données sont supprimées {french.span(deletion)} après la fin, et remises en {french.span(handover)} : il ne reste "
                "pas de temps pour vérifier."
            ),
            terms=("deletion_delay", "handover_delay"),
            change=Change("deletion_delay", _longer(handover)),
        )
    elif known(look.terms.cloud_sold) and deletion.days() < _RETRIEVAL.days():
        yield Hit(
            message=(
                f"Les données des services en ligne sont supprimées {french.span(deletion)} après la fin : le Client doit pouvoir les "
                f"reprendre pendant {french.span(_RETRIEVAL)}."
            ),
            terms=("deletion_delay", "cloud_sold"),
            change=Change("deletion_delay", str(_RETRIEVAL)),
        )
    if known(look.terms.deletion_proof_delay) is None:
        yield Hit(
            message=f"La suppression est promise en {french.span(deletion)}, mais aucune attestation ne la prouve.",
            terms=("deletion_proof_delay", "deletion_delay"),
            change=Change("deletion_proof_delay", "10 business_days"),
            remedy="Promettre une attestation de suppression et son délai.",
        )


def _third_of(span: Span) -> str:
    months = int(span.months() / 3)
    return f"{months} months" if months else "7 days"


def _longer(handover: Span) -> str:
    return str(max(_RETRIEVAL, Span.parse(f"{int(handover.days()) * 2} days"), key=Span.days))


@checks("handover_after_exit")
def handover_after_exit(look: Look) -> Iterator[Hit]:
    """The help to leave is of no use before the new provider holds the access."""
    help_time, handover = known(look.terms.exit_assistance), known(look.terms.handover_delay)
    if help_time and handover and handover.days() >= help_time.days():
        yield Hit(
            message=f"Les accès sont remis en {french.span(handover)} et l’assistance à la sortie dure {french.span(help_time)} : elle "
            "s’achève avant que le repreneur puisse travailler.",
            terms=("handover_delay", "exit_assistance"),
            change=Change("handover_delay", "2 business_days"),
        )
