"""What was not recognised in a contract is told, article by article, beside what it is held to lack."""

from __future__ import annotations

from datetime import date

from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.library import loader
from convenu.vocabulary.read_text import ReadText
from tests.agreement.audit.proven import all_proven

CONTRACT = """Contrat de maintenance informatique entre la société Frêne, prestataire, et la société Tilleul, cliente.

Article 1 - Objet
Le Prestataire assure la maintenance des serveurs, des logiciels et des postes de travail du Client, et le support informatique à distance.

Article 2 - Définitions
Le mot « poste » désigne tout ordinateur du Client, et le mot « serveur » toute machine qui partage des fichiers ou des logiciels.

Article 3 - Le jardin
Les arbres de la cour gardent leurs feuilles jusqu'en novembre ; on les ramasse ensuite au pied du mur, et rien de plus n'est dit.

Article 4 - La devise
Aller loin, ensemble.

Article 5 - Durée
Le contrat est conclu pour une durée de trois ans. Il est soumis au droit français et au tribunal de commerce de Laval.

Article 6 - Prix
Le prix est de 900 euros par mois, payable à trente jours de la facture.
"""


def judged(words: str) -> Audit:
    return audit(ReadText(name="contrat.txt", text=words, blocks=()), loader.current(), all_proven(), on=date(2026, 11, 26))


def test_an_article_of_some_length_in_which_nothing_is_recognised_is_told_by_its_heading() -> None:
    one = judged(CONTRACT)
    assert [" ".join(quote.text.split()) for quote in one.unread] == ["Article 3 - Le jardin"]
    assert one.as_json()["unread"] == [quote.as_json() for quote in one.unread]
    assert all(CONTRACT[quote.start : quote.end] == quote.text for quote in one.unread)


def test_what_is_not_judged_tells_no_article() -> None:
    assert (
        judged("Une recette : des poires, du sucre, de la patience, et le jardin que l'on regarde par la fenêtre en attendant.").unread
        == ()
    )


def test_an_article_on_backups_alone_is_understood_though_it_is_no_preventive_maintenance() -> None:
    backups = """Article 7 - Copies
Les sauvegardes des dossiers du Client sont faites toutes les nuits sur une machine à part,
et gardées pendant trente jours dans une autre ville que la sienne.
"""
    one = judged(CONTRACT + backups)
    assert one.reading.provisions["preventive_maintenance"].status is ProvisionStatus.ABSENT
    assert [" ".join(quote.text.split()) for quote in one.unread] == ["Article 3 - Le jardin"]


def test_a_label_a_place_to_sign_and_an_article_that_a_finding_quotes_are_not_said_unread() -> None:
    signed = """BON POUR ACCORD
Les arbres de la rue perdent leurs feuilles en novembre ; on les ramasse ensuite au pied du mur, et rien de plus n'est dit d'eux ici, ni là.
"""
    assert [" ".join(quote.text.split()) for quote in judged(CONTRACT + signed).unread] == ["Article 3 - Le jardin"]
    garden = "on les ramasse ensuite au pied du mur, et rien de plus n'est dit."
    told = judged(CONTRACT.replace(garden, f"{garden} Le Prestataire ne répond d'aucun dommage, quelle qu'en soit la cause."))
    assert "nothing_is_owed" in {one.danger for one in told.findings}
    assert told.unread == ()


def test_a_long_contract_of_which_little_is_recognised_is_told_to_be_read_whole() -> None:
    odd = "\n\n".join(f"§ {number}. Le maître du jardin garde les clefs et les rend quand la saison est close." for number in range(200))
    little = "stipulations qu’il cherche"
    assert not any(little in remark for remark in judged(CONTRACT).remarks)
    (told,) = [remark for remark in judged(f"{CONTRACT}\n{odd}\n").remarks if little in remark]
    assert "des 39" in told
