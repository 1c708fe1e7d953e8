"""What is covered: assets nobody can repair, software nobody answers for, exclusions and quotas that contradict what is sold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.names import plain, same_thing
from convenu.terms.closed_lists import AdviceAnswer, AssetClass, ContractPart, CoverStatus, Damage
from convenu.terms.contract import label_of
from convenu.terms.values import Advice, Application, AssetLine, Derogation
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

_NOT_HARDWARE = frozenset({AssetClass.CLOUD_TENANT, AssetClass.HOSTED_SERVICE})
# Hardware whose repair alone is excluded is served for the rest (clause « unsupported_assets »).
_SERVED = (CoverStatus.COVERED, CoverStatus.REPAIR_EXCLUDED)
_QUOTAS = (
    "arrivals_quota", "small_request_limit", "onsite_visits", "restores_included", "on_call_included_calls", "hour_pack",
)  # fmt: skip
_NOTHING = re.compile(r"\b(?:ni|aucun|aucune|sans)\b")
_BOUNDLESS = ("illimite", "tout compris", "tout inclus", "sans limite")


@checks("unknown_maker_not_excluded")
def unknown_maker_not_excluded(look: Look) -> Iterator[Hit]:
    """Hardware that no known maker stands behind, or out of warranty, is not ours to answer for."""
    inventory, start = known(look.terms.inventory) or (), known(look.terms.effective_date)
    if not inventory:
        return
    makers = {plain(name) for term in (look.terms.approved_makers, look.terms.approved_publishers) for name in known(term) or ()}
    reasons = {line: reason for line in inventory if (reason := _why_not_hardware(line, makers, start))}
    if reasons:
        mended = [
            line.model_copy(update={"status": CoverStatus.REPAIR_EXCLUDED, "reason": reasons[line]}) if line in reasons else line
            for line in inventory
        ]
        unsaid = all(line.maker is None for line in reasons)
        yield Hit(
            message=f"Matériel couvert sans que personne en réponde : {_listed({line.label: reason for line, reason in reasons.items()})}.",
            terms=("inventory", "approved_makers"),
            change=changes.items("inventory", mended),
            severity=Severity.MEDIUM if unsaid else None,
        )


@checks("unknown_publisher_not_excluded")
def unknown_publisher_not_excluded(look: Look) -> Iterator[Hit]:
    """Software that no known publisher repairs cannot be cured by us."""
    applications = known(look.terms.applications) or ()
    if not applications:
        return
    publishers = {plain(name) for name in known(look.terms.approved_publishers) or ()}
    reasons = {one: reason for one in applications if (reason := _why_not_software(one, publishers))}
    if reasons:
        mended = [
            one.model_copy(update={"status": CoverStatus.EXCLUDED, "reason": reasons[one]}) if one in reasons else one
            for one in applications
        ]
        yield Hit(
            message=f"Logiciel couvert sans que personne en réponde : {_listed({one.name: reason for one, reason in reasons.items()})}.",
            terms=("applications", "approved_publishers"),
            change=changes.items("applications", mended),
        )


@checks("target_on_uncovered_asset")
def target_on_uncovered_asset(look: Look) -> Iterator[Hit]:
    """A promised cure does not hold on what its maker or publisher no longer supports."""
    cures = [term for term in (look.terms.restoration_time, look.terms.workaround_time) if known(term)]
    if not cures:
        return
    start = known(look.terms.effective_date)
    assets, applications = known(look.terms.inventory) or (), known(look.terms.applications) or ()
    every: tuple[AssetLine | Application, ...] = (*assets, *applications)
    ended = {
        _name(one): f"support arrêté le {french.short_day(end)}"
        for one in every
        if one.status in _SERVED and (end := _support_end(one)) and start and end < start
    }
    settled = [one.asset for one in known(look.terms.derogations) or () if _promises_nothing(one)]
    kept = [_name(one) for one in every if one.status is CoverStatus.DEROGATION]
    kept = [name for name in kept if not any(same_thing(name, asset) for asset in settled)]
    promised = french.enumeration([label_of(term.key).lower() for term in cures])
    if ended:
        yield Hit(
            message=f"Des délais sont promis ({promised}) sur ce que plus personne ne corrige : {_listed(ended)}.",
            terms=("inventory", "applications", *(term.key for term in cures)),
        )
    if kept:
        yield Hit(
            message=(
                f"Sous dérogation : {french.enumeration(kept)}. Vérifier qu’aucun délai ({promised}) ni aucune promesse de sécurité ne les "
                "vise."
            ),
            terms=("derogations", *(term.key for term in cures)),
            severity=Severity.MEDIUM,
            remedy="Écrire dans la dérogation qu’aucun délai ni aucune sécurité n’est promis, ou remplacer l’actif.",
        )


def _promises_nothing(derogation: Derogation) -> bool:
    """Whether a derogation itself says that neither time nor security is promised."""
    said = plain(derogation.measures or "")
    return "delai" in said and "securite" in said and _NOTHING.search(said) is not None


@checks("exclusion_contradicts_service")
def exclusion_contradicts_service(look: Look) -> Iterator[Hit]:
    """What is sold with one hand is not excluded with the other."""
    excluded = known(look.terms.excluded_damage) or ()
    if not excluded:
        return
    repaired = known(look.terms.repaired_damage) or ()
    backed_up = known(look.terms.backups)
    both: list[Damage] = [damage for damage in excluded if damage in repaired]
    # The loss of the data itself is told by the rule on the essential obligation.
    contrary: list[Damage] = [damage for damage in excluded if backed_up and damage is Damage.RESTORATION and damage not in both]
    problems = []
    if contrary:
        problems.append(f"la Sauvegarde est confiée au Prestataire, mais le contrat exclut {_damages(contrary)}")
    if both:
        problems.append(f"le contrat répare et exclut à la fois {_damages(both)}")
    if problems:
        left = [damage for damage in excluded if damage not in (*contrary, *both)]
        yield Hit(
            message=f"{' ; '.join(problems)[0].upper()}{' ; '.join(problems)[1:]}.",
            terms=("excluded_damage", "repaired_damage", "backups"),
            change=changes.words("excluded_damage", left),
        )


@checks("unlimited_with_quota")
def unlimited_with_quota(look: Look) -> Iterator[Hit]:
    """« Illimité » and a number of hours cannot both be true."""
    quotas = [key for key in _QUOTAS if getattr(look.terms, key).stated]
    declared, boundless = _said_unlimited(look)
    if not quotas or not (declared or boundless):
        return
    sources = [*(["les stipulations particulières"] if declared else []), *boundless]
    left = [part for part in known(look.terms.special_stipulations) or () if part is not ContractPart.UNLIMITED_SERVICE]
    yield Hit(
        message=f"Prestations dites illimitées ({french.enumeration(sources)}), alors que des limites sont fixées : "
        f"{french.enumeration([label_of(key).lower() for key in quotas])}.",
        terms=("special_stipulations" if declared else "services", *quotas),
        change=changes.words("special_stipulations", left) if declared and not boundless else None,
    )


@checks("boundless_flat_fee")
def boundless_flat_fee(look: Look) -> Iterator[Hit]:
    """A flat fee with no bound at all takes in the office move and the migration."""
    declared, boundless = _said_unlimited(look)
    if not (declared or boundless) or any(known(getattr(look.terms, key)) for key in (*_QUOTAS, "project_hours", "project_assets")):
        return
    yield Hit(
        message="Des prestations sont dites illimitées, et ni quota, ni durée, ni seuil de projet ne les borne.",
        terms=("special_stipulations" if declared else "services", "small_request_limit", "project_hours"),
        change=Change("project_hours", 8),
    )


def _said_unlimited(look: Look) -> tuple[bool, list[str]]:
    """Whether a stipulation says « illimité », and the services that say so."""
    declared = ContractPart.UNLIMITED_SERVICE in (known(look.terms.special_stipulations) or ())
    services = known(look.terms.services) or ()
    return declared, [one.name for one in services if any(word in plain(f"{one.name} {one.content}") for word in _BOUNDLESS)]


@checks("advice_open")
def advice_open(look: Look) -> Iterator[Hit]:
    """A risk that was seen is written, and the client answers it."""
    yield from each_aspect(look, _unanswered, _unadvised)


def _unanswered(look: Look) -> Iterator[Hit]:
    waiting = [advice.subject for advice in known(look.terms.advice_register) or () if advice.answer is AdviceAnswer.UNANSWERED]
    if waiting:
        yield Hit(
            message=f"Recommandation sans réponse du Client : {french.enumeration(waiting)}.",
            terms=("advice_register",),
            remedy="Obtenir la réponse du Client, acceptation ou refus signé, avant la signature.",
        )


def _unadvised(look: Look) -> Iterator[Hit]:
    register, start = known(look.terms.advice_register) or (), known(look.terms.effective_date)
    every: tuple[AssetLine | Application, ...] = (*(known(look.terms.inventory) or ()), *(known(look.terms.applications) or ()))
    risks = [f"{_name(one)} (plus de support)" for one in every if _unsupported(one, start) and not _advised(one, register)]
    backups = known(look.terms.backups) or ()
    online_only = bool(backups) and not any(backup.offline_copy for backup in backups)
    if online_only and not _advised_on(("hors ligne", "immuable", "deconnect"), register):
        risks.append("aucune copie de Sauvegarde hors ligne")
    if risks:
        yield Hit(
            message=f"Risque connu sans recommandation écrite : {french.enumeration(risks)}.",
            terms=("advice_register", "inventory", "applications", "backups"),
        )


def _why_not_hardware(line: AssetLine, makers: set[str], start: date | None) -> str | None:
    if line.status is not CoverStatus.COVERED or line.asset_class in _NOT_HARDWARE:
        return None
    if line.maker is None:
        return "fabricant non indiqué"
    if makers and plain(line.maker) not in makers:
        return f"fabricant non reconnu ({line.maker})"
    if line.warranty_end and start and line.warranty_end < start:
        return f"garantie échue le {french.short_day(line.warranty_end)}"
    return None


def _why_not_software(one: Application, publishers: set[str]) -> str | None:
    if one.status is not CoverStatus.COVERED:
        return None
    if one.publisher is None:
        return "éditeur inconnu"
    if one.support_contract is False:
        return "aucun contrat de support"
    if publishers and plain(one.publisher) not in publishers and one.support_contract is None:
        return f"éditeur non reconnu ({one.publisher}), contrat de support non indiqué"
    return None


def _support_end(one: AssetLine | Application) -> date | None:
    return one.support_end if isinstance(one, AssetLine) else one.support_until


def _name(one: AssetLine | Application) -> str:
    return one.label if isinstance(one, AssetLine) else one.name


def _unsupported(one: AssetLine | Application, start: date | None) -> bool:
    if one.status is CoverStatus.EXCLUDED:
        return False
    end = _support_end(one)
    return bool(end and start and end < start) or (isinstance(one, Application) and one.support_contract is False)


def _advised(one: AssetLine | Application, register: tuple[Advice, ...]) -> bool:
    return any(same_thing(_name(one), f"{advice.subject} {advice.asset or ''}") for advice in register)


def _advised_on(words: tuple[str, ...], register: tuple[Advice, ...]) -> bool:
    return any(word in plain(f"{advice.subject} {advice.risk}") for advice in register for word in words)


def _listed(reasons: dict[str, str]) -> str:
    return french.enumeration([f"{name} ({reason})" for name, reason in reasons.items()])


def _damages(damages: list[Damage]) -> str:
    return french.enumeration([damage.label for damage in damages])


@checks("derogation_past_limit")
def derogation_past_limit(look: Look) -> Iterator[Hit]:
    """A derogation that outlives its own limit has become the rule."""
    derogations = known(look.terms.derogations) or ()
    if not derogations:
        return
    limit, start = known(look.terms.derogation_limit), known(look.terms.effective_date)
    if limit is None or start is None:
        return
    latest = start + relativedelta(months=int(limit.months()))
    late = [f"{one.asset} ({french.short_day(one.until)})" for one in derogations if one.until > latest]
    if late:
        yield Hit(
            message=f"Dérogation plus longue que les {french.span(limit)} convenus : {french.enumeration(late)}.",
            terms=("derogations", "derogation_limit"),
        )
