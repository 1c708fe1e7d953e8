"""The shadow in which words are looked for leads back to the text, letter by letter."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convenu.agreement.audit.guides.cues import CueError, cue
from convenu.agreement.audit.words.letters import in_letters
from convenu.agreement.audit.words.numbers import amount_in, percent_in, span_in
from convenu.agreement.audit.words.shadow import shadow_of
from convenu.agreement.audit.words.words_told import WordsTold
from convenu.library.recognition import recognition
from convenu.vocabulary.span import Span

CUES = [evidence.cue for guide in recognition().provisions for evidence in (*guide.present, *guide.partial)]
# Written in each way that a cue may be.
WRITTEN = (
    "n'est pas",
    "sous-traitant*",
    "(prix | tarif de base)* [du] mois",
    "(… délai | 40 % de)",
    "[le] (a b | c)* … d'accord",
    "l'an 2000",
)
SENTENCE = "L’éditeur résilie après un préavis de trente (30) jours."


@pytest.mark.parametrize(
    "written",
    [
        SENTENCE,
        unicodedata.normalize("NFD", SENTENCE),
        "L'editeur resilie apres un preavis de trente (30) jours.",
        "L'ÉDITEUR RÉSILIE APRÈS UN PRÉAVIS DE TRENTE (30) JOURS.",
        "L’éditeur résilie après un pré-\navis de trente (30)\n  jours.",
        "L’édi\u00adteur **résilie** après un préavis\u00a0de trente (30) jours.",
        "L’éditeur résilie après un préavis de trente (3O) jours.".replace("3O", "30"),
    ],
)
def test_a_sentence_reads_the_same_however_it_was_typed(written: str) -> None:
    assert shadow_of(written).plain.strip() == "l'editeur resilie apres un preavis de trente (30) jours."


@pytest.mark.parametrize(
    "written",
    ["de Li-\nmoges", "de Li- \r\nmoges", "de Li-\n\n\fmoges", "de Li\u00ad\nmoges", "de Li‐\n   moges"],
)
def test_a_word_cut_by_a_line_or_a_page_is_whole_again_at_its_place(written: str) -> None:
    shadow = shadow_of(written)
    assert shadow.plain == "de limoges"
    assert shadow.span(3, 10) == (3, len(written))


def test_letters_set_apart_are_one_word_and_a_count_misread_by_a_scanner_is_a_count() -> None:
    assert shadow_of("A R T I C L E  1 - D U R É E : 3O jours, l5 % et 1O0 €, sol, loi").plain == (
        "article 1 - duree : 30 jours, 15 % et 100 €, sol, loi"
    )


def test_a_digit_that_a_scanner_put_for_a_letter_is_read_as_the_letter() -> None:
    assert shadow_of("le c0ntrat, 24h24, 7j7").plain == "le contrat, 24h24, 7j7"


def test_a_match_in_the_shadow_is_cut_from_the_text_with_its_accents() -> None:
    text = unicodedata.normalize("NFD", "Un « préavis » court.")
    shadow = shadow_of(text)
    found = cue("préavis").pattern.search(shadow.plain)
    assert found is not None
    start, end = shadow.span(*found.span())
    assert unicodedata.normalize("NFC", text[start:end]) == "préavis"


@given(st.text(max_size=200))
def test_every_letter_of_the_shadow_stood_somewhere_in_the_text_and_in_order(text: str) -> None:
    shadow = shadow_of(text)
    assert len(shadow.plain) == len(shadow.places)
    assert list(shadow.places) == sorted(shadow.places)
    assert all(0 <= place < len(text) for place in shadow.places)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("trente (30) jours", "30 days"),
        ("un (1) mois", "1 months"),
        ("quarante-cinq jours", "45 days"),
        ("soixante et onze jours", "71 days"),
        ("deux ans", "2 years"),
        ("cent quatre-vingts jours", "180 days"),
        ("vingt-et-un jours", "21 days"),
        ("quatre vingt-dix jours", "90 days"),
        ("cent vingt-cinq jours", "125 days"),
        ("deux cents jours", "200 days"),
        ("trentesix mois", "36 months"),
        ("trois trimestres", "9 months"),
        ("4 heures ouvrees", "4 business_hours"),
        ("5 jours ouvres", "5 business_days"),
        ("15 minutes", "15 minutes"),
    ],
)
def test_a_length_of_time_is_read_in_letters_and_in_figures(written: str, span: str) -> None:
    assert span_in(written) == Span.parse(span)


@pytest.mark.parametrize("written", ["deux trois", "vingt trente", "cent cent", "dix onze", ""])
def test_words_that_are_no_one_number_are_none(written: str) -> None:
    assert in_letters(written) is None


def test_amounts_and_shares_are_read_as_they_are_written() -> None:
    assert amount_in("100 000,50 euros") is not None
    assert str(amount_in("12 k€")) == "12000"
    assert str(percent_in("dix pour cent")) == "10"
    assert str(percent_in("99,95 %")) == "99.95"


def test_a_cue_reads_plurals_endings_gaps_and_words_that_may_be_missing() -> None:
    pattern = cue("(pénalité | intérêt) de retard … [le] (taux | fois)").pattern
    assert pattern.search("des interets de retard calcules sur la base du taux legal")
    assert pattern.search("penalite de retard : trois fois")
    assert not pattern.search("penalites et taux")
    assert cue("résili*").pattern.search("il resiliera")


@given(st.data())
def test_looking_first_for_the_words_that_a_cue_needs_hides_nothing_that_its_pattern_finds(data: st.DataObject) -> None:
    # A copy has no pattern yet: one that has it looks at less first.
    looked_for = replace(data.draw(st.sampled_from(CUES)))
    own = [word for group in looked_for.words for word in group] or ["rien"]
    text = " ".join(data.draw(st.lists(st.sampled_from([*own, *(f"{word}s" for word in own), "de", "30 jours", "autre"]), max_size=12)))
    found, whole = looked_for.search(text, 0, len(text)), looked_for.pattern.search(text)
    assert (found and found.span()) == (whole and whole.span())


@given(st.data())
def test_a_sentence_that_a_cue_matches_holds_the_words_that_it_needs(data: st.DataObject) -> None:
    looked_for = data.draw(st.sampled_from([*CUES, *map(cue, WRITTEN)]))
    text = data.draw(st.from_regex(looked_for.pattern)).lower().replace("_", "-")
    assume(looked_for.pattern.search(text) is not None)
    assert not looked_for.needs or 0 in WordsTold(text, [0]).holding(looked_for.needs)


@pytest.mark.parametrize(
    ("written", "said", "held"),
    [
        ("prix", "les prix", True),
        ("prix", "le prixe", False),
        ("tarif", "les tarifs", True),
        ("tarif", "la tarification", False),
        ("tarif*", "la tarification", True),
        ("(tarif | prix)*", "la tarification", True),
        ("sous-traitant", "un sous-traitant", True),
        ("sous-traitant", "les soustraitants", True),
        ("sous-traitant", "un traitant", True),
        ("sous-traitant", "un maltraitant", False),
        ("(prix ferme | tarif)", "un prix", False),
        ("(prix ferme | tarif)", "ferme le prix", True),
        ("40 %", "40%", True),
    ],
)
def test_a_word_that_a_cue_needs_is_looked_for_as_it_must_stand(written: str, said: str, held: bool) -> None:
    assert (WordsTold(said, [0]).holding(cue(written).needs) == {0}) is held


def test_a_cue_whose_words_stand_in_another_order_is_not_tried() -> None:
    late = cue("amende de lenteur")
    assert not late.search("lenteur : amende", 0, 16)
    assert "pattern" not in vars(late)
    assert late.search("amendes de lenteur", 0, 18)


def test_a_cue_that_takes_a_length_of_time_is_not_tried_where_none_stands() -> None:
    late = cue("amende de lenteur après <duration>")
    assert not late.search("amende de lenteur apres coup", 0, 28)
    assert "pattern" not in vars(late)
    assert late.search("amende de lenteur apres 3 jours", 0, 31)


@pytest.mark.parametrize(
    ("written", "said", "found"),
    [
        ("(pénalité | intérêt | frais | dû*)", "penalites", True),
        ("(pénalité | intérêt | frais | dû*)", "fraiss", False),
        ("(pénalité | intérêt | frais | dû*)", "dument", True),
        ("(pénalité | intérêt)", "penalitement", False),
        ("(pénalité | intérêt)*", "interets", True),
    ],
)
def test_each_word_of_a_list_keeps_its_own_ending(written: str, said: str, *, found: bool) -> None:
    assert (cue(written).search(said, 0, len(said)) is not None) is found


@pytest.mark.parametrize("wrong", ["(a | b", "a ) b", "<inconnu>", "( | a)", "-"])
def test_a_cue_that_cannot_be_read_says_which_it_is(wrong: str) -> None:
    with pytest.raises(CueError, match="cue « "):
        cue(wrong)
