"""What others agree elsewhere gives no value of the contract; what is said of them is still read for its provisions."""

from __future__ import annotations

from convenu.agreement.audit.said.reading import Reading, read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

OPENING = """Contrat de services entre la société Alizé, ci-après « {provider} », et la société Rivage, ci-après « le Client ».

Article 1 - Objet

{provider} assure la maintenance des équipements du Client. {provider} répond à ses demandes. {provider} surveille ses serveurs.

"""


def read(words: str, provider: str = "le Prestataire") -> Reading:
    opening = OPENING.format(provider=provider)
    return read_contract(ReadText(name="contrat.txt", text=f"{opening}{words}", blocks=()), recognition())


def test_the_availability_that_a_host_announces_is_not_promised_by_the_provider() -> None:
    reading = read("Article 2 - Hébergement\n\nL'hébergeur annonce à ses clients une disponibilité de 99,9 %.")
    assert "availability_pct" not in reading.values


def test_the_availability_of_a_host_that_the_provider_takes_up_is_promised() -> None:
    words = "L'hébergeur annonce une disponibilité de 99,9 %, que le Prestataire garantit au Client."
    assert str(read(f"Article 2 - Hébergement\n\n{words}").values["availability_pct"].value) == "99.9"


def test_a_host_that_is_the_provider_promises_its_availability() -> None:
    reading = read("Article 2 - Hébergement\n\nL'Hébergeur garantit une disponibilité de 99,9 %.", provider="l'Hébergeur")
    assert str(reading.values["availability_pct"].value) == "99.9"


def test_a_host_that_a_contract_names_more_than_any_provider_is_believed_to_be_it() -> None:
    words = "Conditions d'hébergement\n\nL'hébergeur garantit une disponibilité de 99,9 %. Le client prévient l'hébergeur de ses pannes."
    reading = read_contract(ReadText(name="contrat.txt", text=words, blocks=()), recognition())
    assert str(reading.values["availability_pct"].value) == "99.9"


def test_what_a_contract_tells_of_its_subcontractors_is_still_a_provision() -> None:
    words = "Le Prestataire peut recourir à des sous-traitants, dont il répond. Il paie ses sous-traitants à quarante-cinq jours."
    reading = read(f"Article 2 - Sous-traitance\n\n{words}")
    assert "payment_terms_days" not in reading.values
    assert reading.provisions["subcontracting"].status.value == "present"


def test_a_part_titled_by_the_noun_of_the_provider_is_of_this_contract() -> None:
    part = "Article 2 - Prix de l'éditeur\n\nLes factures sont payables à trente jours.\n\nArticle 3 - Secret\n\nTout est tenu secret.\n"
    assert read(part, provider="l'Éditeur").values["payment_terms_days"].value == 30
    assert "payment_terms_days" not in read(part).values


def test_a_part_titled_by_the_noun_of_somebody_is_of_this_contract_where_no_provider_is_named_otherwise() -> None:
    text = (
        "Nos conditions\n\nNous gardons vos sites. Nous répondons le jour même. Nous restons à votre écoute.\n\n"
        "Prix de l'hébergeur\n\nLes factures sont payables à trente jours.\n\nSecret\n\nTout est tenu secret.\n"
    )
    assert read_contract(ReadText(name="cgv.txt", text=text, blocks=()), recognition()).values["payment_terms_days"].value == 30
