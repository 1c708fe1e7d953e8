"""What the MSP says of itself once, and that every contract of its starts from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from convenu.terms.closed_lists import LegalForm
from convenu.terms.files import terms_from
from convenu.terms.values import Address, Email, Line, ServiceCalendar, Siren, VatNumber, vat_of
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.money import Money
from convenu.vocabulary.yaml_text import YamlText


class HouseTerms(BaseModel):
    """The provider's side of the terms, under the keys that the terms use, and its usual value of any other term (`others`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider_name: Line
    provider_legal_form: LegalForm
    provider_capital: Money | None = None
    provider_siren: Siren
    provider_vat_number: VatNumber | None = None
    provider_rcs_city: Line | None = None
    provider_address: Address
    provider_email: Email | None = None
    provider_signatory: Line
    provider_signatory_quality: Line
    service_hours: tuple[ServiceCalendar, ...] = ()
    others: dict[str, Any] = Field(default_factory=dict, exclude=True)

    def as_json(self) -> dict[str, Any]:
        """As kept with the organisation: what was not given is not there."""
        kept = self.model_dump(mode="json", exclude_none=True)
        return {**{key: value for key, value in kept.items() if value != []}, **self.others}


# What the page of the company asks; every other term is one of `others`.
IDENTITY = frozenset(HouseTerms.model_fields) - {"others"}


def mistakes_in(values: Mapping[str, Any]) -> list[Mistake]:
    """What is wrong with the values given, those not given yet left aside."""
    try:
        HouseTerms.model_validate(_own(values))
    except ValidationError as error:
        return [_mistake(detail) for detail in error.errors() if not _not_given_yet(detail, values)]
    return []


def house_terms(values: Mapping[str, Any]) -> HouseTerms:
    """The MSP's terms from the values of its set-up, its VAT number computed when it is not given; every mistake at once."""
    others = {key: value for key, value in values.items() if key not in IDENTITY}
    mistakes = _mistakes_in_others(others)
    try:
        given = HouseTerms.model_validate({**_own(values), "others": others})
    except ValidationError as error:
        raise MistakesError([*(_mistake(detail) for detail in error.errors()), *mistakes]) from error
    if mistakes:
        raise MistakesError(mistakes)
    if given.provider_vat_number is None:
        return given.model_copy(update={"provider_vat_number": vat_of(given.provider_siren)})
    return given


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in IDENTITY}


def _mistakes_in_others(values: Mapping[str, Any]) -> list[Mistake]:
    """What is wrong with the usual values of other terms, all of them."""
    try:
        terms_from(YamlText(dict(values)))
    except MistakesError as error:
        return list(error.mistakes)
    return []


def _not_given_yet(detail: ErrorDetails, values: Mapping[str, Any]) -> bool:
    return detail["type"] == "missing" and detail["loc"][0] not in values


def _mistake(detail: ErrorDetails) -> Mistake:
    where = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "value_error":
        return Mistake(where, str(detail["ctx"]["error"]))
    if detail["type"] in ("missing", "string_too_short"):
        return Mistake(where, _("Cette réponse manque."))
    if detail["type"] == "string_too_long":
        return Mistake(where, _("Ce texte est trop long : 300 caractères au plus."))
    return Mistake(where, _("Cette valeur ne convient pas."))
