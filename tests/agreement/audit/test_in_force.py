"""A file that holds a contract and its amendments is judged on the text in force: what an amendment took away is read no more."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import product

import pytest

from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.text.amendments import amendments_of
from convenu.agreement.audit.text.in_force import in_force
from convenu.agreement.audit.text.segmentation import segmented
from convenu.documents.reading.plain import read_plain
from convenu.library import loader
from convenu.library.recognition import recognition
from tests.agreement.audit.proven import all_proven

CONTRACT = """CONTRAT DE MAINTENANCE INFORMATIQUE

Entre la société Lierre Numérique, ci-après le Prestataire, et la société Ateliers du Bourg, ci-après le Client, sociétés commerciales.

ARTICLE 1 - OBJET

Le contrat a pour objet la maintenance informatique : le Prestataire assure celle des serveurs et des postes de travail du Client.
Il sauvegarde ses données chaque nuit.

ARTICLE 2 - MODIFICATION DU CONTRAT

Tout avenant au contrat est écrit et signé. Le Prestataire peut modifier les présentes conditions à tout moment, sans l'accord du Client.

ARTICLE 3 - DURÉE

Le contrat est conclu pour une durée de 36 mois à compter du 1er février 2023. Il se renouvelle par tacite reconduction par périodes de
24 mois, sauf dénonciation six mois avant l'échéance.

ARTICLE 4 - PRIX ET FACTURES

Le prix est de 900 euros hors taxes par mois. Les factures sont payables à 75 jours fin de mois.

ARTICLE 5 - RESPONSABILITÉ

La responsabilité du Prestataire est limitée aux sommes payées au cours des trois derniers mois.

ARTICLE 6 - DONNÉES

Le Client fait les déclarations à la CNIL. Une sauvegarde est conservée quinze jours.

ARTICLE 7 - ASSURANCE

Le Prestataire est assuré à hauteur de 200 000 euros par sinistre.

ARTICLE 8 - RÉSILIATION

Chaque partie peut résilier le contrat pour un manquement grave, trente jours après une mise en demeure restée sans effet.

ARTICLE 9 - LOI ET TRIBUNAL

Le présent contrat est soumis au droit français. Tribunal de grande instance de Niort.
"""

FORMAL = """
AVENANT N° 1 au contrat de maintenance informatique du 20 janvier 2023, signé entre les mêmes parties

Article 1 - Durée. L'article 3 du contrat est remplacé par : « Le contrat est conclu pour une durée de 12 mois à compter du 1er mars 2026.
Il se renouvelle par tacite reconduction par périodes de 12 mois, sauf dénonciation deux mois avant l'échéance. »

Article 2 - Prix. À l'article 4, les mots « 75 jours fin de mois » sont remplacés par « 30 jours date de facture ».

Article 3 - La seconde phrase de l'article 2 est supprimée.

Article 4 - Les autres stipulations demeurent.
"""

LETTER = """
Lettre-avenant du 4 mars 2026

Objet : avenant au contrat de maintenance informatique, par échange de lettres

Madame, nous vous confirmons notre accord. La durée de l'article 3 est ramenée à 12 mois. Le délai de l'article 4 est ramené à 30 jours date
de facture. Le montant de l'article 7 est porté à 500 000 euros. Merci de nous retourner cette lettre signée.
"""

TABLE = """
AVENANT N° 1 du 4 mars 2026

| Article | Ancienne rédaction | Nouvelle rédaction |
|---|---|---|
| 4 | payables à 75 jours fin de mois | payables à 30 jours date de facture |
| 5 | trois derniers mois | douze derniers mois |
"""

MINUTES = """
Procès-verbal de la réunion du 4 mars 2026 valant avenant n° 1

1. Les parties conviennent que l'article 6 est supprimé.
2. À l'article 9, la désignation du tribunal est remplacée par : « tribunal de commerce de Niort ».
"""

STYLES = {"formal": FORMAL, "letter": LETTER, "table": TABLE, "minutes": MINUTES}


@cache
def audited(text: str) -> Audit:
    return audit(read_plain("contrat.txt", text.encode()), loader.current(), all_proven(), on=date(2026, 11, 25))


def amended(by: str) -> Audit:
    return audited(f"{CONTRACT}\n{by}")


def rules(one: Audit) -> set[str]:
    return {found.finding.rule for found in one.findings}


def values(one: Audit) -> dict[str, object]:
    return one.reading.values_as_json(recognition())


def test_without_amendment_every_word_of_the_contract_counts() -> None:
    read = audited(CONTRACT)
    assert read.reading.document.revisions == ()
    assert values(read)["initial_duration_months"] == 36
    assert {"com-l441-10-delai", "outdated_law", "civ-1103-1104-1193"} <= rules(read)


def test_a_formal_amendment_gives_the_text_in_force() -> None:
    read = amended(FORMAL)
    told = values(read)
    assert (told["initial_duration_months"], told["renewal_duration_months"], told["notice_period_days"]) == (12, 12, 60)
    assert told["payment_terms_days"] == 30
    assert not {"com-l441-10-delai", "contradictory_values", "civ-1103-1104-1193"} & rules(read)


def test_a_deadline_is_reckoned_on_the_new_article() -> None:
    read = amended(FORMAL)
    said = [one.finding.message for one in (*read.findings, *read.to_verify)]
    assert not any("2029" in one or "36 mois" in one for one in said)


def test_an_exchange_of_letters_changes_the_figures_that_it_names() -> None:
    told = values(amended(LETTER))
    assert told["initial_duration_months"] == 12
    assert told["payment_terms_days"] == 30
    assert told["renewal_duration_months"] == 24
    document = amended(LETTER).reading.document
    assert "500 000 euros par sinistre" in document.shadow.plain
    assert "200 000 euros" not in document.shadow.plain


def test_a_table_of_old_and_new_wordings_is_applied_row_by_row() -> None:
    read = amended(TABLE)
    assert values(read)["payment_terms_days"] == 30
    assert values(read)["liability_cap_months"] == 12
    assert "com-l441-10-delai" not in rules(read)


def test_minutes_worth_an_amendment_are_one() -> None:
    read = amended(MINUTES)
    assert "outdated_law" in rules(audited(CONTRACT))
    assert "outdated_law" not in rules(read)
    assert any("article 6 (supprimé, avenant n° 1, 1)" in one for one in read.remarks)


def test_the_latest_of_two_amendments_wins() -> None:
    second = """
AVENANT N° 2 au contrat de maintenance informatique du 20 janvier 2023, modifié par l'avenant n° 1

Article 1 - L'article 3, tel que modifié, est remplacé par : « Le contrat est conclu pour une durée de 18 mois à compter du 1er mai 2026. »

Article 2 - Le délai de l'article 4, tel que modifié par l'avenant n° 1, est porté à 45 jours fin de mois.
"""
    told = values(amended(FORMAL + second))
    assert told["initial_duration_months"] == 18
    assert told["payment_terms_days"] == 45


def test_an_amendment_of_a_higher_number_wins_even_when_it_stands_first() -> None:
    first = "\nAVENANT N° 2 du 4 mai 2026\n\nL'article 3 est remplacé par : « Le contrat est conclu pour une durée de 48 mois. »\n"
    last = "\nAVENANT N° 1 du 4 mai 2025\n\nL'article 3 est remplacé par : « Le contrat est conclu pour une durée de 60 mois. »\n"
    assert values(amended(first + last))["initial_duration_months"] == 48


def test_a_replaced_annex_is_read_no_more() -> None:
    annex = "\nANNEXE 2 - NIVEAUX\n\nLe Prestataire promet une disponibilité de 95 % par mois.\n"
    change = (
        "\nAVENANT N° 1 du 4 mars 2026\n\nL'annexe 2 est remplacée par l'annexe jointe.\n\nNiveaux\n\n"
        "Le Prestataire promet une disponibilité de 99,9 % par mois.\n"
    )
    read = audited(f"{CONTRACT}{annex}{change}")
    assert values(read)["availability_pct"] == 99.9
    assert any("annexe 2 (avenant n° 1)" in one for one in read.remarks)


def test_the_remark_says_what_was_replaced_and_by_what() -> None:
    said = " ".join(amended(FORMAL).remarks)
    assert "article 3 (avenant n° 1, article 1)" in said
    assert "article 4 (avenant n° 1, article 2)" in said
    assert "article 2 (avenant n° 1, article 3)" in said
    assert said == " ".join(amended(FORMAL).as_json()["remarks"])


def test_a_contract_with_its_amendments_is_whole() -> None:
    opening = "[numérisation : contrat + avenant 1]\n\n"
    assert not audited(f"{opening}{CONTRACT}{FORMAL}").reading.is_part


def test_an_amendment_alone_is_a_part_of_a_contract() -> None:
    read = audited(FORMAL.strip())
    assert read.reading.is_part
    assert read.reading.document.revisions == ()


def test_what_cannot_be_applied_surely_makes_questions_of_the_findings_on_its_article() -> None:
    unsure = "\nAVENANT N° 1 du 4 mars 2026\n\nLes conditions de l'article 4 sont modifiées selon le courrier du 2 mars 2026.\n"
    read = amended(unsure)
    assert "com-l441-10-delai" not in rules(read)
    asked = [one for one in read.to_verify if one.finding.rule == "com-l441-10-delai"]
    assert ["encore en vigueur" in one.finding.message for one in asked] == [True]
    assert any("n’a pas pu établir" in one and "article 4 (avenant n° 1)" in one for one in read.remarks)


def test_a_part_of_an_article_is_not_the_whole_of_it() -> None:
    change = "\nAVENANT N° 1 du 4 mars 2026\n\nLa première phrase de l'article 6 est supprimée.\n"
    document = amended(change).reading.document
    assert "declarations a la cnil" not in document.shadow.plain
    assert "conservee quinze jours" in document.shadow.plain


def test_a_figure_that_could_be_one_of_several_is_left_as_it_is() -> None:
    change = "\nAVENANT N° 1 du 4 mars 2026\n\nLa période de l'article 3 est portée à 30 mois.\n"
    document = amended(change).reading.document
    assert document.struck == ()
    assert [one.settled for one in document.revisions] == [False]


@pytest.mark.parametrize(
    "clause",
    [
        "ARTICLE 10 - AVENANTS\n\nTout avenant n'est valable que signé. L'article 3 n'est modifié que par avenant.",
        "ARTICLE 10 - PÉNALITÉS\n\nL'article 1152 du code civil est remplacé par l'article 1231-5.",
        "ARTICLE 10 - DÉROGATIONS\n\nPar dérogation à l'article 14 du CCAG-TIC, les pénalités sont remplacées par un avoir.",
        "ARTICLE 10 - PIÈCES\n\nLe contrat comprend ses annexes et ses avenants :\n- Avenant n° 1 du 4 mai 2025 ;\n- l'annexe 2.",
    ],
)
def test_what_is_no_amendment_changes_nothing(clause: str) -> None:
    document = audited(f"{CONTRACT}\n{clause}\n").reading.document
    assert amendments_of(document) == ()
    assert document.struck == ()
    assert document.revisions == ()


@pytest.mark.parametrize(
    ("order", "duration", "renewal", "payment"),
    [
        (
            ("L'article 3 est ainsi modifié :\n- les mots « 36 mois » sont remplacés par les mots « 12 mois » ;\n"
            "- les mots « 24 mois » sont remplacés par les mots « 6 mois »."),
            12, 6, 75,
        ),
        (
            ("Article 1 - Modification de l'article 3\n\nL'article 3 est supprimé et remplacé par les dispositions suivantes :\n\n"
            "Le contrat est conclu pour une durée de 12 mois. Il se renouvelle par périodes de 6 mois.\n\n"
            "Article 2 - Modification de l'article 4\n\nLes mots « 75 jours fin de mois » sont remplacés par « 30 jours »."),
            12, 6, 30,
        ),
        ("L'article 3 devient : « Le contrat est conclu pour une durée de 12 mois. »", 12, None, 75),
        ("Article 1er : Durée\nLa durée du contrat, fixée à l'article 3, est portée à 60 mois.", 60, 24, 75),
        ("Le délai de paiement de l'article 4 passe de 75 jours fin de mois à 30 jours.", 36, 24, 30),
    ],
)  # fmt: skip
def test_an_order_is_followed_in_the_words_of_any_amendment(order: str, duration: int, renewal: int | None, payment: int) -> None:
    read = amended(f"AVENANT N° 1 du 4 mars 2026\n\n{order}\n")
    told = values(read)
    assert (told["initial_duration_months"], told["renewal_duration_months"], told["payment_terms_days"]) == (duration, renewal, payment)
    assert all(one.settled for one in read.reading.document.revisions)
    assert read.reading.document.revisions


@pytest.mark.parametrize(
    "words",
    [
        "L'article 3 n'est pas modifié. L'article 4 demeure inchangé.",
        "Si l'article 3 est modifié ou supprimé par la loi, les parties se rencontrent.",
        "Toute clause de l'article 4 qui est supprimée d'un commun accord l'est par écrit.",
    ],
)
def test_what_stays_or_may_happen_one_day_is_no_order(words: str) -> None:
    assert amended(f"AVENANT N° 1 du 4 mars 2026\n\n{words}\n").reading.document.revisions == ()


def test_a_table_of_versions_only_recalls_and_a_table_of_years_says_prices() -> None:
    recalls = "\nTableau des stipulations\n\n| Sujet | 2023 | avenant 1 |\n|---|---|---|\n| Paiement | 75 jours | 30 jours |\n"
    prices = "\nPrix\n\n| Service | 2026 | 2027 |\n|---|---|---|\n| Sauvegarde | 90 euros | 95 euros |\n"
    document = amended(FORMAL + recalls + prices).reading.document
    assert "| paiement |" not in document.shadow.plain
    assert "| sauvegarde |" in document.shadow.plain


def test_an_amendment_that_cites_a_law_changes_no_article_of_the_contract() -> None:
    law = "\nAVENANT N° 1 du 4 mars 2026\n\nL'article 4 de la loi du 3 mai 2019 est abrogé. "
    law += "L'article 5 du code de commerce est remplacé par : « Rien. »\n"
    assert amended(law).reading.document.revisions == ()


@pytest.mark.parametrize("styles", [tuple(STYLES), *product(STYLES, repeat=2)], ids="-".join)
def test_positions_never_move_and_quotes_are_the_words_of_the_file(styles: tuple[str, ...]) -> None:
    text = CONTRACT + "".join(STYLES[one].replace("n° 1", f"n° {rank}").replace("N° 1", f"N° {rank}") for rank, one in enumerate(styles, 1))
    read = audited(text)
    document = read.reading.document
    assert len(document.clauses) == len(document.text) == len(text)
    assert len(document.shadow.plain) == len(document.shadow.places)
    assert list(document.shadow.places) == sorted(document.shadow.places)
    quotes = [
        *(quote for one in read.reading.provisions.values() for quote in one.quotes),
        *(one.quote for one in read.reading.values.values()),
        *(one.quote for one in (*read.findings, *read.to_verify) if one.quote is not None),
    ]
    assert quotes
    assert all(text[one.start : one.end] == one.text for one in quotes)
    assert all(document.clauses[one.start : one.end].strip() for one in quotes)


def test_the_text_in_force_of_the_text_in_force_is_itself() -> None:
    document = segmented(read_plain("contrat.txt", CONTRACT.encode()), recognition().parties)
    assert in_force(document) is document
