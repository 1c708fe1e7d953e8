"""Scoping: from the answers of an interview to the terms of a contract.

An answer wins over the MSP's own default, which wins over the sector's, which wins over the segment's; what nobody said stays unknown
and becomes an open point.
Answers with `defaults: none` take no default at all: that is how a contract already written elsewhere is entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convenu.agreement.library import Library
from convenu.agreement.positions import wording_mistakes
from convenu.agreement.question import Question
from convenu.agreement.sector import active_sectors, facts_of, proposals
from convenu.agreement.wording import in_words
from convenu.terms.contract import Terms, label_of
from convenu.terms.files import terms_from
from convenu.terms.states import Origin, Term, is_long_form
from convenu.terms.values import vat_of
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.money import Money, total
from convenu.vocabulary.yaml_text import YamlText

SETTINGS = ("defaults", "house", "notes", "problems")
_NOTHING_SAID = Terms()


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A question still without an answer: the terms it would fill and who must answer."""

    question: str
    text: str
    terms: tuple[str, ...]
    who: str | None

    def as_json(self) -> dict[str, Any]:
        """The shape shared by the command line and the API."""
        return {
            "question": self.question,
            "text": self.text,
            "terms": list(self.terms),
            "labels": [label_of(key) for key in self.terms],
            "who": self.who,
        }


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, by term key, and where the defaults come from."""

    given: Mapping[str, Any]
    house: Mapping[str, Any]
    use_defaults: bool
    text: YamlText


def read_answers(content: bytes | str) -> Answers:
    """Read an answers file: term keys, and `defaults`, `house`; `notes` and `problems` are for the reader.

    Raises `MistakesError` with every mistake of the file.
    """
    text = yaml_text.read(content)
    if not isinstance(text.data, dict):
        raise MistakesError([Mistake(text.where(()), "le fichier doit être une liste de « clé : valeur »")])
    defaults = text.data.get("defaults", "segment")
    if defaults not in ("segment", "none"):
        raise MistakesError([Mistake(text.where(("defaults",)), f"« {defaults} » n’est pas admis", "Écrivez « segment » ou « none ».")])
    house = text.data.get("house", {})
    if not isinstance(house, dict):
        raise MistakesError([Mistake(text.where(("house",)), "les valeurs de la maison s’écrivent « clé : valeur »")])
    given = {key: value for key, value in text.data.items() if key not in SETTINGS}
    return Answers(given, house, defaults == "segment", text)


def scope(answers: Answers, library: Library) -> Terms:
    """The terms that the answers make; raises `MistakesError` when an answer cannot be read or contradicts another."""
    given, house = _read(answers)
    merged: dict[str, Term[Any]] = {key: house.term(key).model_copy(update={"origin": Origin.HOUSE}) for key in answers.house}
    merged |= {key: given.term(key) for key in answers.given}
    if answers.use_defaults:
        segment = _segment_defaults(answers, library)
        merged = {**segment, **_sector_defaults({**segment, **merged}, library), **merged}
    terms = derive(_NOTHING_SAID.model_copy(update=merged))
    found = contradictions(terms, library, answers.text)
    if found:
        raise MistakesError(found)
    return terms


def open_points(terms: Terms, library: Library) -> tuple[OpenPoint, ...]:
    """The questions that still apply and lack an answer."""
    return tuple(point for question in library.questions if (point := _open(question, terms)) is not None)


def applies(question: Question, terms: Terms) -> bool:
    """Whether a question is to be asked with these answers."""
    return question.skip_when is None or not question.skip_when.holds(terms)


def _open(question: Question, terms: Terms) -> OpenPoint | None:
    missing = tuple(key for key in question.fills if terms.term(key).unknown)
    if not missing or not applies(question, terms):
        return None
    who = next((term.who for key in missing if (term := terms.term(key)).who), None)
    return OpenPoint(question.key, question.text, missing, who)


def _read(answers: Answers) -> tuple[Terms, Terms]:
    """The answers and the house values; all that cannot be read is told together."""
    read: list[Terms] = []
    found: list[Mistake] = []
    for data, prefix in ((answers.given, ()), (answers.house, ("house",))):
        lines = {place[len(prefix) :]: line for place, line in answers.text.lines.items() if place[: len(prefix)] == prefix}
        part = YamlText(dict(data), lines)
        try:
            read.append(terms_from(part))
        except MistakesError as error:
            found += error.mistakes
    if found:
        raise MistakesError(found)
    given, house = read
    return given, house


def _segment_defaults(answers: Answers, library: Library) -> dict[str, Term[Any]]:
    given = answers.given.get("client_segment")
    segment = given.get("value") if isinstance(given, dict) else given
    if segment is None:
        raise MistakesError(
            [Mistake("client_segment", "le segment de l’offre manque", f"Écrivez l’un de : {', '.join(library.segments)}.")]
        )
    if segment not in library.segments:
        raise MistakesError(
            [
                Mistake(
                    answers.text.where(("client_segment",)),
                    f"aucun jeu de valeurs pour le segment « {segment} »",
                    f"Segments disponibles : {', '.join(library.segments)}.",
                )
            ]
        )
    return dict(library.segments[segment].proposed)


def _sector_defaults(before: Mapping[str, Term[Any]], library: Library) -> dict[str, Term[Any]]:
    """What the sectors propose that the facts call, as these stand before any sector is laid."""
    facts = _NOTHING_SAID.model_copy(update={key: before[key] for key in facts_of(library.sectors) if key in before})
    proposed = proposals(active_sectors(facts, library.sectors))
    if not proposed:
        return {}
    read = Terms.model_validate({key: with_origin(value, Origin.SECTOR) for key, value in proposed.items()})
    return {key: read.term(key) for key in proposed}


def with_origin(value: Any, origin: Origin) -> dict[str, Any]:
    """A value in long form, saying who put it there."""
    if isinstance(value, dict) and is_long_form(value):
        return {**value, "origin": origin.value}
    if value in ("none", "absent", "unknown"):
        return {"state": value, "origin": origin.value}
    return {"value": value, "origin": origin.value}


def derive(terms: Terms) -> Terms:
    """Fill what follows from other answers and nobody said: VAT numbers, both notices, the legal size."""
    changes: dict[str, Any] = {}
    for side in ("provider", "client"):
        siren = terms.term(f"{side}_siren")
        if siren.value is not None and terms.term(f"{side}_vat_number").unknown:
            changes[f"{side}_vat_number"] = {"value": vat_of(siren.value), "origin": siren.origin.value}
    if terms.provider_notice_period.unknown and terms.notice_period.stated:
        changes["provider_notice_period"] = terms.notice_period
    if (
        terms.client_legal_size.unknown
        and terms.client_headcount.stated
        and (terms.client_turnover.stated or terms.client_balance_sheet.stated)
    ):
        changes["client_legal_size"] = legal_size(
            terms.client_headcount.value or 0, terms.client_turnover.value, terms.client_balance_sheet.value
        )
    return terms.replace(**changes) if changes else terms


def legal_size(headcount: int, turnover: Money | None, balance: Money | None) -> str:
    """The size category of a company (loi 2008-776, art. 51; décret 2008-1354): headcount and turnover or balance sheet."""

    def within(turnover_limit: int, balance_limit: int) -> bool:
        return any(
            amount is not None and amount.amount <= limit for amount, limit in ((turnover, turnover_limit), (balance, balance_limit))
        )

    if headcount < 10 and within(2_000_000, 2_000_000):
        return "micro"
    if headcount < 250 and within(50_000_000, 43_000_000):
        return "pme"
    if headcount < 5_000 and within(1_500_000_000, 2_000_000_000):
        return "eti"
    return "ge"


def contradictions(terms: Terms, library: Library, text: YamlText) -> list[Mistake]:
    """Answers that cannot both be true, and choices that the library does not hold."""
    found = list(wording_mistakes(terms, library, text))
    signed, start = terms.signature_date.value, terms.effective_date.value
    if signed and start and start < signed:
        found.append(
            Mistake(
                text.where(("effective_date",)),
                f"la date d’effet ({start}) précède la signature ({signed})",
                "Corrigez l’une des deux dates.",
            )
        )
    for side in ("provider", "client"):
        siren, vat = terms.term(f"{side}_siren").value, terms.term(f"{side}_vat_number").value
        if siren and vat and vat.startswith("FR") and not vat.endswith(siren):
            found.append(
                Mistake(
                    text.where((f"{side}_vat_number",)),
                    f"le numéro de TVA {vat} n’est pas celui du SIREN {siren}",
                    f"Attendu : {vat_of(siren)}.",
                )
            )
    if terms.provider_siren.value and terms.provider_siren.value == terms.client_siren.value:
        found.append(Mistake(text.where(("client_siren",)), "les deux parties portent le même SIREN", "Vérifiez le SIREN du Client."))
    site_names = {site.name for site in terms.sites.value or ()}
    strange = [line.site for line in terms.inventory.value or () if line.site and terms.sites.stated and line.site not in site_names]
    found += [
        Mistake(
            text.where(("inventory",)),
            f"l’inventaire cite le site « {name} », absent des sites",
            yaml_text.suggest(name, sorted(site_names)),
        )
        for name in strange
    ]
    for key, what, names in (
        ("sites", "deux sites portent le nom", [site.name for site in terms.sites.value or ()]),
        ("services", "deux services portent la clé", [service.key for service in terms.services.value or ()]),
        ("service_hours", "deux plages de service portent le nom", [calendar.name for calendar in terms.service_hours.value or ()]),
        ("exit_fee_steps", "deux parts sont données pour l’année", [str(step.year) for step in terms.exit_fee_steps.value or ()]),
    ):
        found += [
            Mistake(text.where((key,)), f"{what} « {name} »", "Gardez-en une, ou distinguez-les.")
            for name, times in Counter(names).items()
            if times > 1
        ]
    if sum(discount.share.value for discount in terms.discounts.value or ()) > 100:
        found.append(
            Mistake(text.where(("discounts",)), "les remises dépassent ensemble 100 %", "Corrigez leurs parts : le prix serait négatif.")
        )
    instalments = terms.setup_instalments.value
    if instalments and terms.setup_fee.value and total([one.amount for one in instalments]) != terms.setup_fee.value:
        found.append(
            Mistake(
                text.where(("setup_instalments",)),
                f"les échéances ne font pas ensemble les frais de mise en service ({in_words(terms.setup_fee.value)})",
                "Corrigez leurs montants.",
            )
        )
    if terms.health_data.value is True and not terms.personal_data.unknown and terms.personal_data.value is not True:
        found.append(
            Mistake(
                text.where(("health_data",)),
                "des données de santé sont confiées alors qu’aucune donnée personnelle n’est traitée",
                "Corrigez l’une des deux réponses : une donnée de santé est une donnée personnelle.",
            )
        )
    if terms.personal_data.value is False and terms.processings.value:
        found.append(
            Mistake(
                text.where(("personal_data",)),
                "des traitements sont décrits alors qu’aucune donnée personnelle n’est traitée",
                "Corrigez l’une des deux réponses.",
            )
        )
    return found
