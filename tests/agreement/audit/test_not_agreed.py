"""What a file shows without agreeing it gives no value: an extract for information, an old wording, an offer that was not chosen."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.said.reading import Reading, read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

HEAD = "CONTRAT D'ASSISTANCE\n\nEntre le Prestataire et le Client, il est convenu ce qui suit.\n\n"


def read(words: str) -> Reading:
    return read_contract(ReadText(name="contrat.txt", text=HEAD + words, blocks=()), recognition())


def test_what_stands_under_a_title_for_information_is_not_agreed() -> None:
    reading = read(
        "Les chiffres du réseau (pour information)\n\nDisponibilité : 99,97 %\n\nNos engagements\n\nDisponibilité : 99,2 % par mois.\n\n"
        "Durée\n\nLe contrat est conclu pour deux ans.\n\nPaiement\n\nLes factures sont payables à 30 jours.\n"
    )
    assert str(reading.values["availability_pct"].value) == "99.2"


@pytest.mark.parametrize(
    "title",
    [
        "Contrat de l'opérateur",
        "Contrat signé entre notre société et son hébergeur",
        "Délais accordés par le Prestataire à ses sous-traitants",
        "Exemple chiffré à la demande du Client",
    ],
)
def test_the_title_of_a_part_may_say_that_it_is_of_others(title: str) -> None:
    part = (
        "{title}\n\n- les factures sont payables à 12 jours ;\n- le contrat dure 50 mois.\n\n"
        "Notre contrat\n\nNous répondons de nos fautes.\n\n"
        "Nous vous assistons à distance. Nous tenons un registre. Nous gardons le secret. Nous sommes assurés.\n"
    )
    assert {"payment_terms_days", "initial_duration_months"}.isdisjoint(read(part.format(title=title)).values)
    assert {"payment_terms_days", "initial_duration_months"} <= read(part.format(title="Ce que nous convenons")).values.keys()


def test_a_contract_whose_own_title_names_a_host_is_read_whole() -> None:
    text = "CONDITIONS DE L'HÉBERGEUR\n\nLe contrat est conclu pour deux ans.\n\nLes factures sont payables à 30 jours.\n"
    reading = read_contract(ReadText(name="contrat.txt", text=text, blocks=()), recognition())
    assert reading.values["payment_terms_days"].value == 30


@pytest.mark.parametrize(
    "old",
    [
        "Ancienne clause : « les factures sont payables à soixante jours ».",
        "Auparavant, les factures étaient payées à soixante jours.",
        "Le délai de paiement de soixante jours a été supprimé en janvier.",
        "Le Client avait demandé un délai de paiement de soixante jours.",
        "Le Client avait conclu en 2020 un contrat dont les factures sont payables à soixante jours.",
    ],
)
def test_an_old_wording_is_not_agreed(old: str) -> None:
    article = "Prix\n\n{words}\n\nAvenants\n\nToute modification fait l'objet d'un avenant.\n"
    assert "payment_terms_days" not in read(article.format(words=old)).values
    assert read(article.format(words="Les factures sont payables à soixante jours.")).values["payment_terms_days"].value == 60


def test_what_an_amendment_puts_in_place_of_an_old_clause_is_agreed() -> None:
    words = "Pour l'ancienne formule, les factures sont payables à vingt jours.\n"
    assert "payment_terms_days" not in read(f"Prix\n\n{words}").values
    amended = read(f"Prix\n\nLe prix est au devis.\n\nAVENANT N° 1 au contrat\n\nArticle 1 - Paiement\n\n{words}")
    assert amended.values["payment_terms_days"].value == 20


def test_a_new_wording_told_with_the_old_one_is() -> None:
    reading = read("Prix\n\nL'ancienne rédaction est remplacée par : « Les factures sont payables à vingt jours. »\n")
    assert reading.values["payment_terms_days"].value == 20


def test_of_a_table_of_offers_the_one_that_is_chosen_is_read() -> None:
    table = "| Formule | Disponibilité |\n|---|---|\n| Jade | 98,5 % |\n| Rubis | 99,8 % |\n\n"
    assert str(read(f"{table}Formule choisie par le Client : Rubis.\n").values["availability_pct"].value) == "99.8"
