"""The house's clauses are laid over the library under the checks of the library."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.clause_mistakes import ClauseSyntaxError
from convenu.agreement.house import Base, HouseClause, HouseLayer, mistakes_with
from convenu.agreement.positions import wording_mistakes
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
