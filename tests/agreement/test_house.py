"""The house's clauses are laid over the library under the checks of the library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.check import check
from convenu.agreement.clause import Stance
from convenu.agreement.clause_mistakes import ClauseSyntaxError
from convenu.agreement.coherence import faults
from convenu.agreement.house import HouseLayer, mistakes_with
from convenu.agreement.house_clause import Base, HouseAlternative, HouseClause, HouseDefinition
from convenu.agreement.positions import answers_of, wording_mistakes
from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.vocabulary.yaml_text import YamlText

LIBRARY = french()
TERMS = scope(read_answers(Path("examples/valdrene.answers.yaml").read_bytes()), LIBRARY)
ON = date(2026, 11, 23)
OURS = LIBRARY.clause("non_solicitation")
VISIT = HouseClause(
    key="house_visit",
    title="Visite annuelle",
    provision=26,
    text="Le Prestataire visite les sites chaque année, sur {{ notice_period }} d'avis.\n",
)
SOMETIMES = next(clause.key for clause in LIBRARY.clauses if not clause.applies_when.always)


def wording(**changes: str) -> HouseClause:
    base = Base(release=LIBRARY.release, title=OURS.title, text=OURS.text)
    return HouseClause(key=OURS.key, base=base, title="Respect des équipes", text=OURS.text).model_copy(update=changes)


def layer(*clauses: HouseClause) -> HouseLayer:
    return HouseLayer(3, clauses)


def told(*clauses: HouseClause) -> list[tuple[str, int, str]]:
    return [(one.clause, one.line, one.message) for one in mistakes_with(LIBRARY, layer(*clauses))]


def test_a_clause_of_the_house_stands_in_its_article_and_its_wording_in_place_of_ours() -> None:
    reworded = wording(text=OURS.text.replace("Une annonce publique", "Une petite annonce"))
    library = LIBRARY.with_house(layer(VISIT, reworded))
    text = assemble(TERMS, library, on=ON)
    visit, ours = text.section("house_visit"), text.section("non_solicitation")
    assert visit
    assert ours
    assert "3\u00a0mois d’avis" in visit.plain
    assert visit.number.split(".")[0] == ours.number.split(".")[0]
    assert (ours.title, "Une petite annonce" in ours.plain) == ("Respect des équipes", True)
    assert text.release == f"{LIBRARY.release}, maison 3"
    assert ours.states == assemble(TERMS, LIBRARY, on=ON).section("non_solicitation").states  # type: ignore[union-attr]


def test_the_same_house_writes_the_same_contract_and_another_version_another() -> None:
    once, again = (LIBRARY.with_house(layer(VISIT)) for _time in range(2))
    assert once.hash == again.hash != LIBRARY.hash
    assert assemble(TERMS, once, on=ON).hash == assemble(TERMS, again, on=ON).hash
    newer = layer(VISIT).with_clause(VISIT.model_copy(update={"title": "Visite"}))
    assert (newer.number, newer.hash != layer(VISIT).hash, LIBRARY.with_house(newer).hash != once.hash) == (4, True, True)
    assert newer.without("house_visit") == HouseLayer(5)


def test_every_mistake_of_every_clause_is_told_together_with_its_line() -> None:
    text = "Le Prestataire vient.\nIl prévient 15 jours avant.\nVoir {{ nowhere }}.\n"
    wrong = VISIT.model_copy(update={"text": text, "provision": 99})
    lacking = wording(title="", text="Les salariés de l'autre ne sont pas approchés pendant {{ non_solicitation }}.")
    found = told(wrong, lacking)
    assert sorted(found)[:3] == [
        ("house_visit", 0, "l’article où la placer manque"),
        ("house_visit", 2, "« 15 jours » est tapé dans le texte"),
        ("house_visit", 3, "aucun terme ne s’appelle « nowhere »"),
    ]
    assert [message.partition(" « ")[0] for key, _line, message in found if key == OURS.key] == [
        "le titre manque ou est trop long",
        "votre texte ne dit plus",
    ]


@pytest.mark.parametrize(
    ("clause", "line", "message"),
    [
        (VISIT.model_copy(update={"key": "house_É"}), 0, "la clé est « house_ »"),
        (VISIT.model_copy(update={"key": "visit"}), 0, "la bibliothèque n’a pas de clause de cette clé"),
        (VISIT.model_copy(update={"text": " \n"}), 0, "le texte manque"),
        (VISIT.model_copy(update={"text": 'Selon l\'{{ "nowhere" | article }}.'}), 1, "renvoie à « nowhere »"),
        (VISIT.model_copy(update={"text": f"Un fait.\nSelon l'{{{{ '{SOMETIMES}' | article }}}}."}), 2, "que certains contrats n’ont pas"),
        (VISIT.model_copy(update={"text": "Selon le Calendrier."}), 1, "« Calendrier » porte une majuscule"),
        (VISIT.model_copy(update={"applies_when": {"sectors": "health"}}), 0, "les cas où elle joue ne se lisent pas"),
        (wording().model_copy(update={"key": "gone_clause"}), 0, "la bibliothèque n’a plus cette clause"),
    ],
)
def test_the_house_is_held_to_the_checks_of_the_library(clause: HouseClause, line: int, message: str) -> None:
    [mistake] = mistakes_with(LIBRARY, layer(clause))
    assert (mistake.line, message in mistake.message) == (line, True), mistake
    with pytest.raises(ClauseSyntaxError, match=message[:12]):
        LIBRARY.with_house(layer(clause))


def test_a_wording_that_keeps_silent_on_a_value_agreed_is_told_with_the_contract() -> None:
    silent = wording(
        text="{% if non_solicitation is unknown and non_solicitation_salary_months is unknown %}\nÀ dire.\n{% endif %}\nRespect.\n"
    )
    library = LIBRARY.with_house(layer(silent))
    assert "passe sous silence" in "".join(mistake.message for mistake in wording_mistakes(TERMS, library, YamlText({})))
    assert not list(wording_mistakes(TERMS, LIBRARY.with_house(layer(wording())), YamlText({})))


def test_a_clause_of_the_house_may_be_an_annex_and_appear_in_some_cases_only() -> None:
    annex = VISIT.model_copy(update={"annex": True, "applies_when": {"client_sector": "health"}})
    library = LIBRARY.with_house(layer(annex))
    assert assemble(TERMS, library, on=ON).section("house_visit") is None
    written = assemble(TERMS.replace(client_sector="health"), library, on=ON).section("house_visit")
    assert written is not None
    assert written.number.isalpha()


COMMITTEE = HouseDefinition(name="Comité technique", meaning="réunion des techniciens des Parties.")
TECHNICAL = VISIT.model_copy(update={"text": "Le Comité technique se réunit.\n", "definitions": (COMMITTEE,)})
SHORTER = HouseAlternative(key="shorter", stance=Stance.CLIENT, summary="Sans préavis.", title="Visite", text="Le Prestataire visite.\n")


def test_a_word_that_the_house_defines_enters_the_definitions_of_the_contracts_that_use_it() -> None:
    text = assemble(TERMS, LIBRARY.with_house(layer(TECHNICAL)), on=ON)
    listed = text.section("definitions")
    assert listed
    assert "Comité technique\u00a0: réunion des techniciens des Parties." in listed.plain
    assert "Comité technique" not in assemble(TERMS, LIBRARY.with_house(layer(VISIT)), on=ON).section("definitions").plain  # type: ignore[union-attr]
    assert not faults(TERMS, text, LIBRARY.with_house(layer(TECHNICAL)))


def test_a_word_defined_by_one_clause_of_the_house_serves_the_others_in_the_plural_too() -> None:
    other = VISIT.model_copy(update={"key": "house_other", "text": "Voir aussi les Comités techniques.\n"})
    assert told(TECHNICAL, other) == []
    assert told(other) == [("house_other", 1, "« Comités » porte une majuscule de mot défini, et rien ne le définit")]


@pytest.mark.parametrize(
    ("definitions", "message"),
    [
        ((HouseDefinition(name="Actif", meaning="autre chose."),), "déjà défini par la bibliothèque"),
        ((COMMITTEE, COMMITTEE), "défini deux fois"),
        ((HouseDefinition(name="comité", meaning="réunion."),), "n’est pas un mot défini"),
        ((HouseDefinition(name="Comité", meaning="réunion du Directoire."),), "« Directoire » porte une majuscule"),
        ((HouseDefinition(name="Comité", meaning="réunion sous 3 jours."),), "« 3 jours » est tapé"),
        ((HouseDefinition(name="Comité", meaning="voir {{ 'definitions' | article }}."),), "un sens renvoie à une clause"),
        (
            (HouseDefinition(name="Comité", meaning="ce que dit le Bureau."), HouseDefinition(name="Bureau", meaning="celui du Comité.")),
            "se définissent l’un par l’autre",
        ),
    ],
)
def test_the_definitions_of_the_house_are_held_to_checks(definitions: tuple[HouseDefinition, ...], message: str) -> None:
    found = told(VISIT.model_copy(update={"definitions": definitions}))
    assert any(message in one for _place, _line, one in found), found
    assert {place for place, _line, _one in found} == {"house_visit/définitions"}


def test_a_brand_declared_as_such_is_not_taken_for_a_defined_word() -> None:
    text = "Le Prestataire tient le Portail Acme à jour.\n"
    undeclared = VISIT.model_copy(update={"text": text})
    branded = undeclared.model_copy(update={"proper_names": ("Portail Acme",)})
    assert [message for _key, _line, message in told(undeclared)] == [
        "« Portail » porte une majuscule de mot défini, et rien ne le définit"
    ]
    library = LIBRARY.with_house(layer(branded))
    written = assemble(TERMS, library, on=ON)
    assert "le Portail Acme à jour" in written.section("house_visit").plain  # type: ignore[union-attr]
    assert not faults(TERMS, written, library)
    assert "undefined_term" not in {one.rule for one in check(TERMS, written, library, on=ON)}


@pytest.mark.parametrize("text", ["Le Portail Acme suit le Calendrier.\n", "Selon le Portail.\n", "Selon les Portails Acme.\n"])
def test_a_declared_brand_lets_no_other_capital_through(text: str) -> None:
    [(_key, _line, message)] = told(VISIT.model_copy(update={"text": text, "proper_names": ("Portail Acme",)}))
    assert "porte une majuscule de mot défini" in message


def test_another_text_of_a_clause_of_the_house_is_a_position_like_ours() -> None:
    library = LIBRARY.with_house(layer(VISIT.model_copy(update={"alternatives": (SHORTER,)})))
    clause = library.clause("house_visit")
    [alternative] = clause.alternatives
    chosen = TERMS.replace(**answers_of(clause, alternative, TERMS))
    section = assemble(chosen, library, on=ON).section("house_visit")
    assert section
    assert (section.title, section.plain.strip()) == ("Visite", "Le Prestataire visite.")
    assert list(wording_mistakes(chosen, library, YamlText({}))) == []


def test_another_text_may_stand_beside_those_of_the_clause_that_the_house_rewords() -> None:
    kinder = HouseAlternative(key="kinder", stance=Stance.CLIENT, summary="Plus doux.", title="Équipes", text=OURS.text)
    clause = LIBRARY.with_house(layer(wording().model_copy(update={"alternatives": (kinder,)}))).clause(OURS.key)
    assert [one.key for one in clause.alternatives] == [*(one.key for one in OURS.alternatives), "kinder"]
    assert clause.worded("kinder").states == OURS.states


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"key": "É"}, "la clé d’une rédaction"),
        ({"summary": ""}, "n’a pas sa phrase"),
        ({"text": " "}, "manque ou est trop long"),
        ({"text": "Le Prestataire vient sous 3 jours."}, "« 3 jours » est tapé"),
        ({"text": "Le Prestataire suit le Calendrier."}, "« Calendrier » porte"),
        ({"text": "Voir {{ 'nowhere' | article }}."}, "renvoie à « nowhere »"),
    ],
)
def test_another_text_is_held_to_the_checks_of_the_library(changes: dict[str, str], message: str) -> None:
    found = told(VISIT.model_copy(update={"alternatives": (SHORTER.model_copy(update=changes),)}))
    assert any(message in one for _place, _line, one in found), found


def test_two_texts_of_a_clause_never_share_a_key() -> None:
    found = told(VISIT.model_copy(update={"alternatives": (SHORTER, SHORTER)}))
    assert [message for _key, _line, message in found] == ["deux positions de cette clause s’appellent « shorter »"]


def test_a_clause_that_defines_nothing_keeps_the_hash_it_had() -> None:
    kept = layer(VISIT).hash
    assert {"definitions", "proper_names", "alternatives"}.isdisjoint(VISIT.kept())
    assert layer(TECHNICAL).hash != kept
