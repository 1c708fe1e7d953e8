"""The parties of a stranger's contract are known by the names that it gives them, and their words stay where they stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.reading import read_contract
from convenu.agreement.audit.text.party_names import PartyRole, party_names, under_roles
from convenu.agreement.audit.text.segmentation import segmented
from convenu.agreement.audit.words.shadow import Shadow, shadow_of
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

GUIDE = recognition().parties
BRACKETS = """Entre LUMEN RÉSEAUX, SARL au capital de 10 000 €, RCS Tours 500 000 001 (« Lumen »), et l'association LES ROSEAUX, dont
le siège est à Blois (« l'Association »).

1. Objet
Lumen exploite les serveurs de l'Association. Lumen assure l'assistance. Lumen corrige les anomalies.
2. Prix
L'Association paie le prix à Lumen à trente jours. L'Association garde ses mots de passe. Une faute de l'Association libère Lumen.
"""
DENOMINATED = """La société LUMEN, SAS au capital de 10 000 €, ci-après dénommée « le Mainteneur », d'une part, et la MUTUELLE DES ROSEAUX,
représentée par son président, ci-après dénommée « la Mutuelle », d'autre part.

Le Mainteneur rend compte à la Mutuelle. La Mutuelle paie. Les données de la Mutuelle lui restent.
"""
COLUMNS = """FOURNISSEUR                    CLIENT
LUMENA OUEST SAS               GARAGE DES ROSEAUX
RCS Tours 500 000 001          RCS Blois 500 000 002

LUMENA assure la maintenance. LUMENA peut la suspendre. LUMENA ne répond pas du reste.
"""


def roles(text: str) -> dict[str, PartyRole]:
    return {one.name: one.role for one in party_names(shadow_of(text), GUIDE)}


def read(text: str) -> Shadow:
    shadow = shadow_of(text)
    return under_roles(shadow, party_names(shadow, GUIDE))


def test_two_names_that_say_no_role_are_told_apart_by_what_each_party_does() -> None:
    assert roles(BRACKETS) == {"lumen": PartyRole.PROVIDER, "association": PartyRole.CLIENT}


def test_a_party_across_from_one_whose_noun_says_the_role_has_the_other_role() -> None:
    assert roles(DENOMINATED) == {"mainteneur": PartyRole.PROVIDER, "mutuelle": PartyRole.CLIENT}


def test_a_client_that_also_does_a_little_of_what_a_provider_does_is_still_the_client() -> None:
    text = DENOMINATED.replace("Mainteneur", "Prestataire").replace("à la Mutuelle", "au Syndicat").replace("de la Mutuelle", "du Syndicat")
    text = text.replace("la Mutuelle", "le Syndicat").replace("La Mutuelle", "Le Syndicat")
    assert roles(f"{text}Le Syndicat assure le gardiennage. Le Syndicat fournit les clefs.\n") == {"syndicat": PartyRole.CLIENT}


def test_a_company_named_in_a_column_is_known_by_the_head_of_its_column() -> None:
    assert roles(COLUMNS) == {"fournisseur": PartyRole.PROVIDER, "lumena": PartyRole.PROVIDER}


def test_of_two_names_one_that_renders_no_service_is_the_client() -> None:
    text = (
        "La fondation LES ROSEAUX, représentée par sa directrice, ci-après « l'Entité », et LUMEN DONNÉES, SAS, RCS Tours 500 000 001, "
        "ci-après « LUD ».\n\nLUD héberge les applications de l'Entité. LUD assure leur sauvegarde. LUD écrit à l'Entité. "
        "L'Entité tient sa liste. L'Entité peut transmettre le contrat. LUD garde ses outils.\n"
    )
    assert roles(text) == {"lud": PartyRole.PROVIDER, "entite": PartyRole.CLIENT}


LABELS = (
    "Le dépanneur : Anna Lumen, SIRET 500 000 001 00011, Tours.\nL'atelier : LES ROSEAUX, SARL au capital de 2 000 €, RCS Blois "
    "500 000 002.\n\nLe dépanneur installe les postes de l'atelier. Le dépanneur répond aux appels. Le dépanneur répare ce qui casse. "
    "L'atelier paie au mois. L'atelier tient sa liste. On écrit à l'atelier.\n"
)


def test_two_nouns_that_tell_no_role_are_known_by_what_their_labels_and_their_acts_tell() -> None:
    assert roles(LABELS) == {"depanneur": PartyRole.PROVIDER, "atelier": PartyRole.CLIENT}
    assert "le prestataire installe les postes du client" in read(LABELS).plain


@pytest.mark.parametrize(
    "text",
    [
        LABELS.replace("SIRET 500 000 001 00011, ", "").replace("RCS Blois", "à Blois").replace("au capital de 2 000 €, ", ""),
        LABELS.replace("dépanneur", "bailleur").replace("atelier", "assureur"),
    ],
    ids=["whom no register holds", "who stands beside the parties"],
)
def test_a_label_alone_names_no_party(text: str) -> None:
    assert roles(text) == {}


def test_a_party_goes_on_under_its_own_name_after_it_was_given_a_role() -> None:
    text = (
        'Entre :\n\n- Roseaux Conseil, société SAS au capital de 10 000 €, RCS Blois 500 000 002 (ci-après dénommée le "Client"),\n\n'
        '- Lumen, SARL, RCS Tours 500 000 001 (ci-après dénommée le "Prestataire").\n\nRoseaux Conseil veut un site. Roseaux Conseil '
        "garde ses sources. Les sources de Roseaux Conseil sont jointes. Le Prestataire prévient Roseaux Conseil.\n"
    )
    assert roles(text) == {"roseaux conseil": PartyRole.CLIENT}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Entre LUMEN, SAS au capital de 10 000 € (« Lumen »), et l'association LES ROSEAUX (« Roseaux »). "
            "Lumen et Roseaux se rencontrent. Lumen et Roseaux conviennent du lieu. Lumen et Roseaux se quittent."
        ),
        (
            "La société LUMEN, SAS au capital de 10 000 €, ci-après le Prestataire, présente son offre (« la Solution »). "
            "La Solution répond. La Solution évolue. La Solution est documentée. La Solution corrige les erreurs."
        ),
        (
            "Le Prestataire choisit qui il veut (chacun un « Fournisseur »). Le Prestataire répond du Fournisseur. "
            "Le Prestataire prévient le Client quand un Fournisseur cesse. Le Prestataire remplace le Fournisseur."
        ),
    ],
    ids=["two names that do the same", "a thing", "a third party"],
)
def test_a_name_whose_role_is_not_certain_is_left_as_it_is(text: str) -> None:
    assert roles(text) == {}


def test_each_name_reads_as_its_role_with_the_article_that_french_asks() -> None:
    assert "le prestataire exploite les serveurs du client" in read(BRACKETS).plain
    assert "le client paie le prix au prestataire" in read(BRACKETS).plain
    assert "une faute du client libere le prestataire" in read(BRACKETS).plain
    assert "le prestataire rend compte au client" in read(DENOMINATED).plain


def test_the_whole_name_of_a_company_and_an_ordinary_word_are_left_alone() -> None:
    text = BRACKETS + "Lumen Réseaux Ouest est un autre. Une association peut visiter les lieux.\n"
    assert "lumen reseaux ouest" in read(text).plain
    assert "une association peut" in read(text).plain


def test_words_found_under_a_role_are_quoted_as_the_contract_writes_them() -> None:
    shadow = read(BRACKETS)
    words = "le prestataire exploite les serveurs du client"
    low = shadow.plain.index(words)
    start, end = shadow.span(low, low + len(words))
    assert BRACKETS[start:end] == "Lumen exploite les serveurs de l'Association"


@given(st.text(alphabet="Lumen l'Asoci.tdà\n«» ", max_size=80))
def test_letters_keep_their_order_and_lead_into_the_text(words: str) -> None:
    shadow = read(BRACKETS + words)
    assert list(shadow.places) == sorted(shadow.places)
    assert len(shadow.places) == len(shadow.plain)
    assert all(0 <= place < len(shadow.text) for place in shadow.places)


def test_a_title_names_the_parties_by_their_roles_too() -> None:
    document = segmented(ReadText(name="x", text=BRACKETS + "3. Obligations de l'Association\nElle paie.\n", blocks=()), GUIDE)
    assert document.titles[-1] == "obligations du client"
    assert Looker(document).heading(len(document.articles) - 1).text == "3. Obligations de l'Association"


def test_a_duty_of_a_party_under_its_own_name_is_read_as_the_provision_it_is() -> None:
    text = BRACKETS + "3. Collaboration\nL'Association s'engage à fournir les accès et les informations nécessaires.\n"
    provisions = read_contract(ReadText(name="x", text=text, blocks=()), recognition()).provisions
    assert "L'Association s'engage" in " ".join(quote.text for quote in provisions["client_obligations"].quotes)


SPOKEN = """Conditions générales

Le Client commande en ligne. Le Client paie d'avance. Tout Client accepte ces conditions.
Chaque jour, {name} fournit l'accès au service. En cas d'impayé, {name} se réserve le droit de le suspendre.
Dans tous les cas, {name} ne saurait être tenue des pertes du Client. Pour finir, {name} conserve ses droits.
Enfin, la responsabilité de {name} est limitée. Stripe encaisse les cartes.
"""


@pytest.mark.parametrize(("name", "known"), [("Lumen Réseaux", "lumen reseaux"), ("la Société", "societe"), ("l'Éditeur", "editeur")])
def test_who_serves_a_client_is_known_by_what_it_does_though_nothing_introduces_its_name(name: str, known: str) -> None:
    text = SPOKEN.format(name=name)
    assert roles(text) == {known: PartyRole.PROVIDER}
    assert "le prestataire ne saurait etre" in read(text).plain


def test_a_company_with_its_legal_form_is_the_same_party() -> None:
    text = SPOKEN.format(name="Lumen") + "De même, Lumen SAS facture. De même, Lumen SAS suspend. De même, Lumen SAS garantit.\n"
    assert roles(text) == {"lumen": PartyRole.PROVIDER, "lumen sas": PartyRole.PROVIDER}
    assert "de meme, le prestataire facture" in read(text).plain


def test_nobody_is_taken_for_the_provider_where_two_names_serve_alike() -> None:
    assert roles(SPOKEN.format(name="Lumen") + SPOKEN.format(name="Ogive")) == {}


def test_the_noun_of_a_party_is_never_the_own_name_of_the_next() -> None:
    text = (
        "Entre la société Lumen Réseaux, ci-après le Prestataire, et la société Les Roseaux, ci-après le Client.\n\n"
        "Le Prestataire assure la maintenance. Le Prestataire facture. Le Prestataire sauvegarde. Le Client paie. Le Client répond.\n"
    )
    assert roles(text) == {}
    assert "le prestataire assure la maintenance" in read(text).plain


def test_a_name_that_only_does_what_a_client_does_too_is_not_taken_for_the_provider() -> None:
    text = "Le Client commande en ligne. Le Client paie d'avance. Tout Client accepte ces conditions. Le Client écrit.\n"
    of_both = ("conserve ses fichiers", "garantit ses droits", "modifie ses accès", "met en place un code", "est propriétaire du reste")
    assert roles(text + "".join(f"Chez elle, Ogive {deed}.\n" for deed in of_both)) == {}
    of_one = ("se réserve le choix", "facture", "suspend", "ne saurait répondre", "décline tout")
    assert roles(text + "".join(f"Chez elle, Ogive {deed}.\n" for deed in of_one)) == {"ogive": PartyRole.PROVIDER}
