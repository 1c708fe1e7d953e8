"""A draft is read as its last reader would: what its writers say to one another is no clause, and what they left to write is told."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.said.left_open import Left
from convenu.agreement.audit.said.marks import marks_of
from convenu.agreement.audit.text.notes import internal_notes, without
from convenu.agreement.audit.text.segmentation import segmented
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.documents.reading.plain import read_plain
from convenu.library import loader
from convenu.vocabulary.read_text import ReadBlock, ReadKind, ReadText
from tests.agreement.audit.proven import all_proven

OPENING = """CONTRAT D'INFOGÉRANCE

Le présent contrat de services informatiques lie la société Quatre-Vents, ci-après le Prestataire, et la société Bois-Joli, ci-après
le Client, sociétés commerciales.

1. OBJET

Le présent contrat a pour objet la maintenance informatique : le Prestataire s'engage à assurer celle des serveurs et des postes
de travail du Client, et la sauvegarde de ses données.

2. DURÉE

Le contrat est conclu pour vingt-quatre mois. Il se renouvelle par tacite reconduction pour douze mois, sauf dénonciation deux mois avant
le terme.

3. PRIX ET FACTURES

Le prix est de 1 100 euros hors taxes par mois. Les factures sont payables à trente jours, comptés de leur date d'émission.

4. CLIENT

Le Client s'engage à laisser le Prestataire entrer dans ses locaux et à lui donner les informations dont il a besoin.

5. RÉSILIATION

Chaque partie peut résilier le contrat pour un manquement grave, trente jours après une mise en demeure restée sans effet.

6. LOI ET TRIBUNAL

Le présent contrat est soumis au droit français. Tout litige relève du tribunal de commerce de Laval.
"""


@cache
def audited(text: str) -> Audit:
    return audit(read_plain("projet.txt", f"{OPENING}\n{text}".encode()), loader.current(), all_proven(), on=date(2026, 11, 25))


def found(text: str, rule: str) -> list[AuditFinding]:
    return [one for one in audited(text).findings if one.finding.rule == rule]


def asked(text: str, rule: str) -> list[AuditFinding]:
    return [one for one in audited(text).to_verify if one.finding.rule == rule]


def message(one: AuditFinding) -> str:
    return one.finding.message.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def notes_in(text: str) -> list[str]:
    source = ReadText(name="x", text=text, blocks=())
    return [text[start:end].strip() for start, end in internal_notes(source)]


def marked(text: str) -> list[str]:
    return [mark.quote.text for mark in marks_of(segmented(ReadText(name="x", text=text, blocks=()))).to_fill]


@pytest.mark.parametrize(
    "note",
    [
        "[Commentaire de l'avocat : les avoirs sont-ils libératoires ?]",
        "[Note de rédaction : reprendre la clause du dossier précédent]",
        "[JLB : vu avec le client, à garder tel quel]",
        "[Me R. : le plafond est trop bas, voir l'assureur]",
        "[à supprimer avant envoi : dernier prix accordé 950 euros]",
        "(note interne : le client a refusé la première version)",
        "NB : prix accordé au client voisin, à supprimer avant envoi",
        "Note au rédacteur : vérifier le numéro de la police.",
    ],
)
def test_what_the_writers_of_a_draft_say_to_one_another_is_a_note(note: str) -> None:
    assert notes_in(f"Le prix est ferme.\n{note}\nLa suite.") == [note]


@pytest.mark.parametrize(
    "clause",
    [
        "NB : les interventions du samedi sont facturées le double.",
        "Les comptes à supprimer sont listés avant le départ de chaque salarié.",
        "Note : la durée court du premier jour du mois.",
        "Le Client remet ses observations sous huit jours.",
        "[SIRET : 000 000 000 00000]",
        "Article 12 - Relecture par un avocat",
        "[lien](page.html)",
    ],
)
def test_a_clause_that_looks_like_a_note_stays_a_clause(clause: str) -> None:
    assert notes_in(f"Le prix est ferme.\n{clause}\nLa suite.") == []


def test_the_pages_of_a_draft_that_say_not_to_be_sent_are_notes_up_to_where_the_contract_begins_again() -> None:
    text = (
        "7. PRIX\n\nLe prix est ferme.\n\nPOINTS OUVERTS\n1. Le plafond.\n2. Le tribunal de Nantes.\n\n"
        "NOTES DE LA RÉUNION DU 3/10\n- Le client paie à 90 jours.\n\nANNEXE 1 - PÉRIMÈTRE\n\nDouze postes."
    )
    left = without(text, internal_notes(ReadText(name="x", text=text, blocks=())))
    assert len(left) == len(text)
    assert [words for words in ("90 jours", "Nantes", "plafond") if words in left] == []
    assert [words for words in ("Le prix est ferme.", "ANNEXE 1 - PÉRIMÈTRE", "Douze postes.") if words not in left] == []


def test_a_table_of_versions_is_no_clause_and_nothing_to_take_out_unless_it_says_so() -> None:
    table = "HISTORIQUE DES VERSIONS\nv1  3/10  première\nv2  8/10  pénalités libératoires\n"
    to_take_out = table.replace("VERSIONS", "VERSIONS (à supprimer avant envoi)")
    assert notes_in(table) == [table.strip()]
    assert not found(f"7. ASSURANCE\n\nLe Prestataire est assuré.\n\n{table}", "internal_note_left")
    assert found(f"7. ASSURANCE\n\nLe Prestataire est assuré.\n\n{to_take_out}", "internal_note_left")


def test_the_comments_of_a_word_processor_are_no_clauses() -> None:
    text = "1. AVOIRS\n\nL'avoir est déduit de la facture.\n\nLes avoirs sont libératoires, non ?"
    start = text.index("Les avoirs")
    block = ReadBlock(kind=ReadKind.COMMENT, start=start, end=len(text))
    document = segmented(ReadText(name="x.docx", text=text, blocks=(block,)))
    assert "liberatoires" not in document.shadow.plain
    assert [document.text[one.start : one.end] for one in document.sentences] == ["L'avoir est déduit de la facture."]


def test_notes_are_told_once_with_their_words_and_found_nothing_by() -> None:
    text = (
        "7. AVOIRS\n\nUn avoir de 5 % du prix mensuel est dû par incident pris en charge en retard, dans la limite de 15 %.\n"
        "[Commentaire du juriste : les avoirs sont-ils la seule réparation du Client, à titre libératoire ?]\n"
    )
    (told,) = found(text, "internal_note_left")
    assert "un commentaire ou une note interne" in told.finding.message
    assert "la seule réparation" in message(told)
    assert not found(text, "credits_sole_remedy")


def test_every_mark_is_told_money_first_then_days_then_annexes_each_with_its_article() -> None:
    text = (
        "7. ASSURANCE\n\nLe Prestataire est assuré auprès de [assureur], pour [•] € par sinistre.\n\n"
        "8. DÉPART\n\nLe service commence le XX/XX/2027.\n\nANNEXE 1 - PRIX\n\nVoir devis n° [•].\n"
    )
    (told,) = found(text, "placeholder_left")
    said = message(told)
    assert "4 marques" in said
    assert said.index("Montants et taux") < said.index("dates et durées") < said.index("annexes") < said.index("autres")
    for words in ("« [assureur] » (7 ASSURANCE)", "« XX/XX/2027 » (8 DÉPART)", "« [•] » (7 ASSURANCE)"):
        assert words in said


def test_each_blank_is_counted_though_those_of_an_article_are_told_once() -> None:
    (told,) = found(
        "7. COPIES\n\nLes copies sont faites ______ et gardées ______, sur ______.\n\n8. DÉPART\n\nLe départ a lieu le ______.\n",
        "placeholder_left",
    )
    assert "4 marques à remplir. Dates et durées : « ______ » (8 DÉPART) ; autres : 3 × « ______ » (7 COPIES)" in message(told)


def test_a_model_that_nobody_filled_is_said_to_be_one_with_what_matters_of_it() -> None:
    articles = "".join(f"{number}. POINT {number}\n\nLe point {number} est convenu avec ______.\n\n" for number in range(20, 32))
    matters = "32. RÈGLES\n\nLe préavis est de ______ mois. Le tribunal de ______ est compétent. Le prix est de ______ euros.\n"
    (told,) = found(articles + matters, "placeholder_left")
    assert "un modèle à remplir : il garde 15 marques, dont le prix, le préavis et le tribunal." in message(told)


def test_marks_written_alike_are_counted_each_time_and_said_to_be_so() -> None:
    text = "7. PRIX\n\nLe prix est de [MONTANT] euros, soit [MONTANT] par an.\n\n8. LIEU\n\nDe [LIEU], le [DATE_DEPART].\n"
    (told,) = found(text, "placeholder_left")
    assert "4 marques (3 différentes) à remplir, dont le prix." in message(told)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("Bénéficiaire\n______________________________\n\nSites desservis\n______________________________\n", "2 marques"),
        ("Durée\t—\nPériodicité\t—\nTotal HT\t €\nRemise\t—\n", "3 marques"),
        ("Abonnement\t€\nRedevance\t€\n", "2 marques"),
        ("| Prix | __ € | __ |\n| Date d'effet | __ / __ / ____ |  |\n", "3 marques"),
        ("Chaque étape prend [__ semaines], puis [__ semaines].\n", "2 marques"),
        ("Durée : —\nDélai de réponse : __________.\n\n9.1 Suite\n\nLe Client paie.\n", "2 marques"),
        ("Le prix est de ???? euros, dus à ... (dénomination sociale).\n", "2 marques"),
        ("Lot de 20 heures : ………… € HT\nLot de 50 heures : ………… € HT\n", "2 marques"),
        ("Contrat «NumContrat» du «DateDoc», pour «NomClient», export <YYYYMMDD>.csv.\n", "3 marques"),
    ],
)
def test_a_value_left_empty_under_its_label_is_a_mark(lines: str, count: str) -> None:
    (told,) = found(f"7. FICHE\n\n{lines}", "placeholder_left")
    assert count in message(told)


@pytest.mark.parametrize(
    "lines",
    [
        "CONDITIONS PARTICULIÈRES\n____________________\n\nLe Client paie.\n",
        "Le Client paie.\n________________________________________\n\nLe Prestataire répond.\n",
        "Fait à Laval\nLe ______________\n\nJe soussigné : ______________\nSignature : ______________\n",
        "Le Prestataire\n__________\nSignature, précédée de « lu et approuvé »\n",
        "Remise\t—\nOptions | —\n",
        "Service\t€\nInstallation\t900\nReprise\t450\n",
    ],
)
def test_a_rule_between_parts_a_line_to_sign_or_a_dash_that_may_say_none_is_no_mark(lines: str) -> None:
    assert not found(f"7. FICHE\n\n{lines}", "placeholder_left")


def test_a_purchase_order_is_no_form_that_it_shows_itself() -> None:
    order = "BON DE COMMANDE\n\nClient : ______________________\n\n"
    source = ReadText(name="commande.txt", text=order + OPENING, blocks=())
    read = audit(source, loader.current(), all_proven(), on=date(2026, 11, 25))
    assert [mark.quote.text for mark in read.reading.marks.to_fill] == ["______________________"]


def test_a_comment_a_box_a_page_of_the_web_and_who_signs_are_no_marks() -> None:
    text = (
        "Le prix est de [montant] €. [Commentaire : à compléter]\n[x] oui  [ ] non\nÉcrire à [email protected].\n"
        "SIGNATURES\nFait à [lieu], le [date]\n[nom, qualité, signature]\n"
    )
    assert marked(text) == ["[montant]"]


def test_brackets_of_a_document_that_leaves_sure_marks_are_marks_too() -> None:
    assert marked("Un préavis de [trois] mois, auprès de [assureur].") == []
    assert marked("Un préavis de [trois] mois, auprès de [assureur], à [•] €.") == ["[trois]", "[assureur]", "[•]"]


def test_a_name_left_to_fill_all_along_the_text_is_one_mark_and_empties_no_provision() -> None:
    articles = "".join(f"{number}. POINT {number}\n\n[prestataire] tient le point {number} à jour.\n\n" for number in range(7, 12))
    text = f"{articles}12. CONFIDENTIALITÉ\n\n[prestataire] garde confidentielles les informations du Client pendant trois ans.\n"
    (told,) = found(text, "placeholder_left")
    assert message(told) == "Le texte garde 6 fois la même marque à remplir, sur les parties (6 articles)."
    assert audited(text).reading.provisions["confidentiality"].status.value == "present"
    assert audited(text).reading.marks.to_fill[0].left is Left.PARTIES


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("Le marché a X lots, dont le lot 2 à XX € HT, selon l'article XX du CCTP.\n", "3 marques"),
        ("Police n° [X], souscrite sous la référence DGT-2027-___, le JJ/MM/AAAA, SIRET XXX XXX XXX XXXXX.\n", "4 marques"),
        ('Délai de {{ sla.delay | default(value="4 heures (ouvrées)") }}, garanti par {{ insurer }}.\n', "2 marques"),
        ("Durée de ____ mois, à compter de la signature du contrat par les deux parties, puis ____ j de préavis.\n", "2 marques"),
        ("Le Prestataire, représenté par ... (nom du représentant légal), est payé ... (voir article 4).\n", "une marque"),
        (
            "IBAN : [À renseigner par la comptabilité]. Écrire à xxx@xxx.xxx ou appeler le +33 X XX XX XX XX, à l'adresse [Adresse].\n",
            "4 marques",
        ),
        ("Le contrat prend effet le ________ 20___.\n", "une marque"),
        ("Sites : «COL1Nom», «SIRETClient» et «CPClient».\n", "3 marques"),
        ("D'une part, la société Orvane,\n\nET\n\n______________\n\nAdresse : ______________\n", "2 marques"),
    ],
)
def test_every_form_of_a_mark_is_counted_once(lines: str, count: str) -> None:
    (told,) = found(f"7. FICHE\n\n{lines}", "placeholder_left")
    assert f"Le texte garde {count}" in message(told)


@pytest.mark.parametrize(
    "lines",
    [
        "[X] Support du matin\n[ ] Support du soir\n",
        "Pénalité = 15 € x X jours, ou X mois / 12.\n",
        "Le titre XIX suit l'article XX.\n",
        "Les dates s'écrivent JJ/MM/AAAA, le taux de 99,X % n'est qu'un exemple.\n",
        "Facture reçue : 2 214 € au lieu de 1 980 ??? à voir.\n",
        "{{#if options}}Les options sont jointes.{{else}}Aucune option.{{/if}} Un modèle écrit {{...}} pour le reste.\n",
    ],
)
def test_a_tick_a_letter_of_a_formula_a_roman_number_or_a_test_of_a_model_is_no_mark(lines: str) -> None:
    assert marked(f"7. FICHE\n\n{lines}") == []


def test_a_mark_is_of_the_kind_that_its_own_name_says_whatever_stands_around_it() -> None:
    text = (
        "7. PRIX\n\nLa société au capital de [montant] €, RCS {{company.rcs_city}} : tarif sur demande à {{billing.email}}, "
        'au taux de {{rate.hourly_rate}} €, dès le {{ now() | date(format="%d/%m") }}, objet {{ exchange.purpose }}.\n'
    )
    (told,) = found(text, "placeholder_left")
    said = message(told)
    money, _, rest = said.partition(" ; dates et durées : ")
    days, _, rest = rest.partition(" ; parties et contacts : ")
    parties, _, rest = rest.partition(" ; autres : ")
    assert "{{rate.hourly_rate}}" in money
    assert "now()" in days
    assert all(words in parties for words in ("[montant]", "{{company.rcs_city}}", "{{billing.email}}"))
    assert "{{ exchange.purpose }}" in rest


def test_a_blank_is_of_the_kind_of_its_unit_or_of_the_nearest_words_before_it() -> None:
    text = (
        "7. SUIVI\n\nLe tarif du support, pour un délai de ____ jours, est de ______ € HT ; interlocuteur : ________ ; "
        "forfait mensuel : ________ ; "
        "tout est signalé dans les meilleurs délais, via ________.\n"
    )
    kinds = [mark.left for mark in audited(text).reading.marks.to_fill]
    assert sorted(kinds, key=list(Left).index) == [Left.MONEY, Left.MONEY, Left.DAYS, Left.PARTIES, Left.REST]


def test_an_article_without_its_number_and_two_wordings_left_side_by_side_are_marks() -> None:
    number = "7. FIN\n\nLe Client part dans les conditions de l'article X."
    (told,) = found(number, "placeholder_left")
    assert "article X" in told.finding.message or (told.quote is not None and told.quote.text == "article X")
    assert not found(f"{number}\n\nArticle XI\n\nLe tribunal est celui de Niort.", "placeholder_left")
    (choice,) = found("7. PRIX\n\nLe prix peut changer sans que l'Abonné en soit averti / avec un avis de deux mois.", "placeholder_left")
    assert choice.quote is not None
    assert choice.quote.text.startswith("sans que l'Abonné")
    (verb,) = found("7. CESSION\n\nLe Client peut / ne peut pas céder le contrat.", "placeholder_left")
    assert verb.quote is not None


@pytest.mark.parametrize(
    "lines",
    [
        "| Formule | sans engagement / avec engagement |",
        "- Abonnement sans engagement de durée / avec engagement d'un an.",
        "Le prix est annuel et / ou mensuel.",
        "Le titre de chaque partie est de la forme « Article X » suivie de son objet.",
        "L'article X-12 du règlement est joint.",
    ],
)
def test_offers_side_by_side_and_what_only_looks_like_a_number_to_write_are_no_marks(lines: str) -> None:
    assert not found(f"7. FICHE\n\n{lines}", "placeholder_left")


def test_what_bites_most_is_quoted_first() -> None:
    text = "7. RÈGLES\n\nVersion du [DATE], pour [Raison sociale]. Le prix est de [•] €. {choice}\n\n8. FICHIERS\n\nexport-<YYYYMMDD>.zip\n"
    (priced,) = found(text.format(choice=""), "placeholder_left")
    (unsettled,) = found(text.format(choice="L'article 4 prévaut. [OU] Le devis prévaut."), "placeholder_left")
    assert [one.quote.text for one in (priced, unsettled) if one.quote] == ["[•]", "[OU]"]
    assert "Choix entre deux textes : « [OU] » (7 RÈGLES)" in message(unsettled)


def test_blanks_for_the_signature_are_counted_apart_and_are_no_finding_alone() -> None:
    slip = (
        "SIGNATURES\n\nFait à ________, le ________\n\nPour ________, le Client\nNom et qualité : ________\nSignature :\n\n"
        "| Pour le Prestataire | [Nom du signataire] |\n"
    )
    assert not found(slip, "placeholder_left")
    (told,) = found(f"7. PRIX\n\nLe prix est de ________ € HT.\n\n{slip}", "placeholder_left")
    assert message(told) == "Le texte garde une marque à remplir, sur le prix, sans compter 5 blancs pour la signature (7 PRIX)."


def test_the_parties_are_not_in_a_block_to_sign_because_a_date_of_signature_stands_near() -> None:
    parties = "7. PARTIES\n\nDate de signature : [JJ/MM/AAAA]\nSociété : [Nom du client]\nAdresse : [Adresse complète]\n"
    assert marked(parties) == ["[JJ/MM/AAAA]", "[Nom du client]", "[Adresse complète]"]
    named = "ET\n\nLA SOCIÉTÉ ………………,\nDont le siège social est à ………………,\nReprésentée par ………………, signataire.\n"
    (told,) = found(f"7. PARTIES\n\n{named}", "placeholder_left")
    assert message(told) == "Le texte garde 3 marques à remplir, sur les parties (7 PARTIES)."


def test_the_marks_of_a_running_head_are_told_once_and_weigh_little_alone() -> None:
    page = "Contrat de [CLIENT], version du [DATE]  page {number}\n\n" + "Le Prestataire tient son registre à jour.\n\n" * 12
    (told,) = found("".join(page.format(number=number) for number in range(1, 8)), "placeholder_left")
    assert told.finding.severity.value == "low"
    assert "2 marques à remplir. En-tête ou pied de chaque page, comptés une fois : « [CLIENT] », « [DATE] »" in message(told)


def test_where_boxes_or_forms_stand_too_the_marks_are_so_many_at_least() -> None:
    (told,) = found("7. PRIX\n\nLe prix est de ________ €.\n\n☐ Engage   ☐ Route\n", "placeholder_left")
    assert "au moins une marque" in message(told)


def test_a_form_that_who_tenders_fills_is_no_draft() -> None:
    form = "ACTE D'ENGAGEMENT\n\nDénomination sociale : ......................\n\nMontant du lot : ...................... € HT\n\n"
    source = ReadText(name="ae.txt", text=form + OPENING, blocks=())
    read = audit(source, loader.current(), all_proven(), on=date(2026, 11, 25))
    (told,) = [one for one in read.findings if one.finding.rule == "placeholder_left"]
    assert (told.finding.severity.value, told.finding.title) == ("low", "Formulaire à remplir par le candidat")
    assert "dont le prix" not in message(told)
    listed = ReadText(name="ccap.txt", text=f"CAHIER DES CLAUSES\n\nPièces du marché :\n\n{form}{OPENING}", blocks=())
    read = audit(listed, loader.current(), all_proven(), on=date(2026, 11, 25))
    assert "high" in [one.finding.severity.value for one in read.findings if one.finding.rule == "placeholder_left"]


def test_the_number_of_an_account_left_blank_weighs_less_than_the_price() -> None:
    (told,) = found("7. PAIEMENT\n\nLe virement va au compte suivant :\nIBAN : ______\nBIC : ______\n", "placeholder_left")
    assert (told.finding.severity.value, "le compte à payer" in message(told)) == ("medium", True)


def test_a_cap_that_is_not_settled_is_told_and_is_no_cap() -> None:
    text = "7. RESPONSABILITÉ\n\nLa responsabilité du Prestataire est limitée à la somme de [20 000 / 40 000] € par an.\n"
    (told,) = found(text, "unsettled_cap")
    assert "« [20 000 / 40 000] »" in message(told)
    reading = audited(text).reading
    assert reading.provisions["liability_cap"].status.value == "partial"
    assert "liability_cap_months" not in reading.values
    assert reading.values["liability_cap"].value == "plafond non arrêté : [20 000 / 40 000]"


def test_a_court_left_to_choose_is_no_court() -> None:
    text = "7. LITIGES\n\nÀ défaut d'accord, tribunal de commerce de [Niort / Poitiers].\n"
    bare = OPENING[: OPENING.index("Tout litige")]
    reading = audit(read_plain("x.txt", f"{bare}\n\n{text}".encode()), loader.current(), all_proven(), on=date(2026, 11, 25)).reading
    assert "jurisdiction_city" not in reading.values


ANNEXES = (
    "ANNEXE 1 - PÉRIMÈTRE\n\nDouze postes, deux serveurs et une sauvegarde, à Laval et à Mayenne, réseau compris, imprimantes exclues.\n\n"
)


TITLED = (
    "Article 1 - Prix\n\nLes prix figurent à l’annexe « Grille des prix ».\n\nAnnexe — Sites\n\nLe siège de Niort, l’atelier de Cholet "
    "et le dépôt de Vannes, avec douze postes et deux serveurs.\n\n{head}\n\nAnnexe — Rapports\n\nUn rapport est remis chaque mois "
    "au Client, avec les incidents et leurs délais de traitement."
)


def test_an_annex_that_bears_a_title_and_nothing_else_is_empty_where_a_clause_relies_on_it() -> None:
    (told,) = found(TITLED.format(head="Annexe — Grille des prix"), "empty_target")
    assert "Grille des prix" in message(told)
    assert not found(TITLED.format(head="Annexe — Grille des prix\n\nUn poste coûte 12 euros par mois."), "empty_target")
    assert not found(TITLED.format(head="Annexe — Plan des locaux"), "empty_target")


def test_an_annex_on_personal_data_that_holds_a_comment_alone_is_told_with_what_relied_on_it() -> None:
    text = (
        "7. DONNÉES PERSONNELLES\n\nLes parties respectent le RGPD. L'annexe 2 contient les clauses de l'article 28.\n\n"
        f"{ANNEXES}ANNEXE 2 - DONNÉES PERSONNELLES\n[Commentaire : insérer nos clauses]\n"
    )
    (told,) = found(text, "empty_target")
    assert told.finding.severity.value == "high"
    assert told.quote is not None
    assert told.quote.text == "ANNEXE 2 - DONNÉES PERSONNELLES"
    assert "L'annexe 2 contient les clauses de l'article 28." in message(told)
    assert told.finding.law[0].citation == "RGPD, art. 28, § 3"


def test_an_annex_forgotten_beside_others_is_a_broken_reference() -> None:
    text = f"7. ASSURANCE\n\nL'attestation est jointe en annexe 5.\n\n{ANNEXES}"
    assert [one.quote.text for one in found(text, "broken_reference") if one.quote] == ["annexe 5"]


def test_an_annex_said_to_be_elsewhere_is_not_an_empty_one() -> None:
    prices = "Le prix d'un poste est de 31 euros par mois, celui d'un serveur de 90 euros, celui d'un site de 12 euros, hors taxes."
    held = f"7. PORTÉE\n\nLes sites sont ceux de l'annexe 2, aux prix de l'annexe 1.\n\nANNEXE 1 - TARIFS\n\n{prices}\n\nANNEXE 2 - SITES"
    last = "\n\nANNEXE 3 - CONTACTS\n\nLe Client écrit au service des relations, à toute heure, et reçoit un numéro par demande.\n"
    assert found(held + last, "empty_target")
    assert not found(f"{held} (non reproduite){last}", "empty_target")


def test_annexes_in_files_of_their_own_are_asked_and_those_said_to_be_apart_are_not() -> None:
    text = "7. SERVICES\n\nLe périmètre est en annexe 1, les niveaux en annexe 2.\n"
    (question,) = asked(text, "broken_reference")
    assert message(question).startswith("Les annexes 1 et 2 ne sont pas dans ce fichier")
    assert not asked(f"{text}Les annexes 1 et 2 sont remises séparément.\n", "broken_reference")
    assert not found(text, "broken_reference")


def test_the_annex_of_another_document_is_none_of_the_contract() -> None:
    text = f"7. SÉCURITÉ\n\nLes mesures suivent l'annexe 4 du règlement intérieur et l'annexe III de la directive.\n\n{ANNEXES}"
    assert not found(text, "broken_reference")
    assert not asked(text, "broken_reference")


@pytest.mark.parametrize(
    "annexes",
    [
        "ANNEXE 1 - PÉRIMÈTRE\nANNEXE 2 - PRIX\nANNEXE 3 - CONTACTS\n",
        f"{ANNEXES}ANNEXE 2 - ATTESTATION (jointe)\n\nANNEXE 3 - CONTACTS\n\nLe support répond au numéro du contrat.\n",
        f"{ANNEXES}ANNEXE 2 - SCÉNARIOS : rançongiciel ; poste perdu.\n\nANNEXE 3 - CONTACTS\n\nLe support répond.\n",
        f"{ANNEXES}ANNEXE 2 - TRAITEMENTS (tableau signé, une page)\n\nANNEXE 3 - CONTACTS\n\nLe support répond au numéro du contrat.\n",
        "ANNEXE B - NIVEAUX\n\nB.1 Priorités\n\nUn incident bloquant est pris en charge en une heure, un autre en quatre heures ouvrées.\n",
    ],
)
def test_a_list_of_annexes_or_a_title_that_says_all_is_no_empty_annex(annexes: str) -> None:
    assert not found(annexes, "empty_target")


def test_an_article_that_is_only_to_be_written_is_told_and_a_title_that_heads_others_is_not() -> None:
    text = "7. CESSION\n\n[Clause à écrire.]\n\n8. SUIVI\n\n8.1 Réunions\n\nLes parties se réunissent chaque trimestre.\n"
    assert [one.quote.text for one in found(text, "empty_target") if one.quote] == ["7. CESSION"]


def test_an_article_without_a_word_between_two_that_follow_is_told() -> None:
    text = "7. CESSION\n\n8. SUIVI\n\nLes parties se réunissent chaque trimestre pour faire le point des services.\n"
    assert [one.quote.text for one in found(text, "empty_target") if one.quote] == ["7. CESSION"]


def test_a_bracket_of_a_formula_is_no_blank_and_a_choice_between_two_sums_is_one() -> None:
    assert marked("Le prix devient P1 = P0 × [0,15 + 0,85 × (S1 / S0)].") == []
    assert marked("Le prix devient P1 = P0 × [S1 / S0].") == []
    assert marked("Le plafond est de [50 000 / 100 000] euros.") == ["[50 000 / 100 000]"]


def test_in_an_annex_on_personal_data_a_bare_article_28_is_that_of_the_regulation() -> None:
    text = "7. SUIVI\n\nLes parties se voient.\n\n8. FIN\n\nUn mois de préavis.\n\n9. DROIT\n\nDroit français.\n\n"
    on_data = f"{text}ANNEXE 1 - ACCORD SUR LES DONNÉES PERSONNELLES\n\nNous prouvons le respect de l'article 28 sur demande.\n"
    assert not found(on_data, "broken_reference")
    elsewhere = f"{text}ANNEXE 1 - PÉRIMÈTRE\n\nNous suivons l'article 28 sur demande.\n"
    assert len(found(elsewhere, "broken_reference")) == 1


def test_dots_between_the_titles_of_columns_are_no_blank() -> None:
    head = "7. DÉLAIS\n\nRang ......... Réponse ......... Reprise\n"
    rows = head + "Un ........... 20 minutes ...... 3 heures\nDeux ......... 2 heures ........ 1 jour\n"
    assert not found(rows, "placeholder_left")
    assert found(rows.replace("20 minutes ...... 3 heures", "................."), "placeholder_left")


def test_the_boxes_of_a_form_and_what_a_message_is_to_bear_are_no_marks() -> None:
    form = "7. SIGNALEMENT\n\nÉcrire avec en objet `[URGENT] <titre>` ou `[__] essai`.\n\n[__] Bloquant [__] Gênant [__] Autre\n"
    assert not found(form, "placeholder_left")
    assert found(form + "\n\nLe plafond est de [__] euros.\n", "placeholder_left")


def test_an_article_of_the_regulation_written_with_its_paragraph_is_not_one_of_the_contract() -> None:
    aided = "Le Prestataire traite les données au sens du RGPD. Il aide le Client à faire l'analyse de l'article 28.3.f."
    text = f"1. OBJET\n\nLe Prestataire infogère les serveurs.\n\n2. DURÉE\n\nUn an.\n\n3. DONNÉES\n\n{aided}\n\n4. PRIX\n\n90 euros.\n"
    assert not found(text, "broken_reference")
    assert not asked(text, "broken_reference")


def test_the_brackets_of_a_form_of_withdrawal_are_for_who_withdraws() -> None:
    form = "ANNEXE - FORMULAIRE DE RÉTRACTATION\n\nJe renonce à la commande de : [produit]\n\nCommandé le : [date]\n"
    assert not found(f"1. OBJET\n\nLe Prestataire infogère les serveurs.\n\n2. DURÉE\n\nUn an.\n\n{form}", "placeholder_left")
    assert found(f"1. OBJET\n\nLe Prestataire infogère les serveurs de [produit].\n\n2. DURÉE\n\nUn an.\n\n{form}", "placeholder_left")


def test_a_mark_below_the_signatures_is_of_no_article_above_them() -> None:
    article = "7. TRIBUNAL ET DONNÉES PERSONNELLES\n\nTout va à Laval.\n\n"
    signed = f"{article}Fait à [ville], le [date].\n\nContrat d'entretien, dossier ......................\n"
    (told,) = found(signed, "placeholder_left")
    assert "dont" not in message(told)
    assert "TRIBUNAL" not in message(told)
    (inside,) = found(f"{article}Contrat d'entretien, dossier ......................\n", "placeholder_left")
    assert "(7 TRIBUNAL ET DONNÉES PERSONNELLES)" in message(inside)


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("Signatures", True),
        ("MANDAT DE PRÉLÈVEMENT SEPA", True),
        ("Signature électronique du registre par les deux parties.", False),
        ("Mandat de prélèvement remis à la banque du Client avec le dossier.", False),
    ],
)
def test_an_article_ends_where_its_file_is_signed_and_not_where_it_speaks_of_signing(line: str, ends: bool) -> None:
    (told,) = found(f"7. SUIVI\n\nTout va à Laval.\n{line}\nLe dossier porte la référence ......................\n", "placeholder_left")
    assert ("SUIVI" in message(told)) is not ends


def test_the_title_of_an_article_does_not_say_what_a_blank_in_it_is_for() -> None:
    (told,) = found("7. DONNÉES PERSONNELLES\n\nLe dossier du client final est le ______.\n", "placeholder_left")
    assert "sur les données personnelles" not in message(told)
    assert "(7 DONNÉES PERSONNELLES)" in message(told)
    (priced,) = found("7. PRIX\n\nLa somme due est de ______ €.\n", "placeholder_left")
    assert "sur le prix" in message(priced)


def test_the_unit_of_a_price_left_to_choose_is_no_length_of_time() -> None:
    (told,) = found("7. DURÉE ET PRIX\n\nLa somme est de [montant] € par [mois / jour].\n", "placeholder_left")
    assert "la durée" not in message(told)
    assert "Dates et durées" not in message(told)
    assert "[mois / jour]" in message(told)
    (timed,) = found("7. DURÉE ET PRIX\n\nLe contrat est conclu pour une durée de [nombre] mois.\n", "placeholder_left")
    assert "la durée" in message(timed)


def test_a_step_of_a_list_or_the_number_of_a_street_is_no_place_and_a_telephone_number_weighs_less() -> None:
    steps = "## Avoirs\n\nProcédure :\n1. Demande écrite\n2. Contrôle\n3. Avoir porté sur la facture\n\n## Contacts\n\n### Nuit\n\n"
    (told,) = found(f"{steps}- Téléphone : +33 X XX XX XX XX\n", "placeholder_left")
    assert (told.finding.severity.value, "(Nuit)" in message(told)) == ("medium", True)


def test_a_figure_that_only_illustrates_a_formula_leaves_the_cap_settled() -> None:
    article = "7. RESPONSABILITÉ\n\nLa responsabilité du Prestataire ne dépasse pas "
    paid = f"{article}les sommes payées par le Client pendant les six mois précédents (soit ______ € à ce jour).\n"
    assert found(paid, "unsettled_cap") == []
    assert len(found(f"{article}______ € par an.\n", "unsettled_cap")) == 1
