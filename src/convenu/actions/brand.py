"""What the MSP's documents look like: its logo, its colour, the legal line of its pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.mistakes import refuse_any
from convenu.actions.permissions import Permission, require
from convenu.agreement.wording import address_in_words, in_words
from convenu.documents.brand import HOUSE_COLOUR, Brand, Logo, read_logo
from convenu.store import audit
from convenu.store.models import House, Membership, Organisation, StoredFile
from convenu.store.versions import FileKind, digest_of
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError

LONGEST_FOOTER = 300
MEDIA = {"png": "image/png", "jpg": "image/jpeg"}


@transaction.atomic
def change_brand(
    member: Membership, *, colour: str = "", legal_footer: str = "", logo: bytes | None = None, without_logo: bool = False, now: datetime
) -> House:
    """Change the look of the documents to come. No logo given: the one in place stays, unless it is to go."""
    require(member, Permission.CHANGE_HOUSE)
    picture, mistakes = _read(logo)
    refuse_any([*mistakes, *_mistakes_in_colour(colour), *_mistakes_in_footer(legal_footer)])
    house, _created = House.objects.get_or_create(organisation_id=member.organisation_id)
    house.colour, house.legal_footer = colour.strip().lower(), " ".join(legal_footer.split())
    if picture is not None:
        house.logo = _keep(member, picture, now=now)
    elif without_logo:
        house.logo = None
    house.save()
    audit.append(action="brand_changed", subject=house, actor=member.user, now=now)
    return house


def brand_of(organisation: Organisation) -> Brand:
    """The look of an organisation's documents, with what it does not say taken from its own terms."""
    house = House.objects.select_related("logo").first()
    logo = read_kept_logo(house.logo) if house and house.logo else None
    footer = house.legal_footer if house else ""
    colour = house.colour if house else ""
    return Brand(
        name=organisation.name, legal_footer=footer or legal_line(organisation.house_terms), colour=colour or HOUSE_COLOUR, logo=logo
    )


def legal_line(house_terms: dict[str, Any]) -> str:
    """« Hélionde SAS, société par actions simplifiée, capital 60 000 €, 14 rue…, SIREN …, RCS Rennes » from what the MSP said of itself."""
    terms = Terms.model_validate(house_terms)
    parts = [in_words(term.value) for term in (terms.provider_name, terms.provider_legal_form) if term.stated]
    if terms.provider_capital.value is not None:
        parts.append(f"capital de {french.euros(terms.provider_capital.value)}")
    if terms.provider_address.value is not None:
        parts.append(address_in_words(terms.provider_address.value))
    if terms.provider_siren.value is not None:
        city = f" RCS {terms.provider_rcs_city.value}" if terms.provider_rcs_city.value else ""
        parts.append(f"SIREN {french.grouped_by_three(terms.provider_siren.value)}{city}")
    return french.typography(", ".join(parts))


def read_kept_logo(kept: StoredFile) -> Logo:
    """The logo as the documents take it."""
    return read_logo(bytes(kept.content))


def _read(logo: bytes | None) -> tuple[Logo | None, list[Mistake]]:
    if logo is None:
        return None, []
    try:
        return read_logo(logo), []
    except MistakesError as error:
        return None, list(error.mistakes)


def _keep(member: Membership, picture: Logo, *, now: datetime) -> StoredFile:
    return StoredFile.objects.create(
        kind=FileKind.LOGO,
        name=f"logo.{picture.kind}",
        media_type=MEDIA[picture.kind],
        sha256=digest_of(picture.content),
        content=picture.content,
        at=now,
        by=member.user,
    )


def _mistakes_in_colour(colour: str) -> list[Mistake]:
    if not colour.strip():
        return []
    try:
        Brand(name="", colour=colour.strip())
    except MistakesError as error:
        return [Mistake("colour", mistake.message, mistake.suggestion) for mistake in error.mistakes]
    return []


def _mistakes_in_footer(legal_footer: str) -> list[Mistake]:
    return [Mistake("legal_footer", _("Ce texte est trop long : 300 caractères au plus."))] if len(legal_footer) > LONGEST_FOOTER else []
