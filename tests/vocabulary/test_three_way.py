from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenu.vocabulary.three_way import Choice, Settled, Side, merge

BASE = "Le Prestataire répond vite. Il prévient le Client.\n\nLes Avoirs s’imputent."
SENTENCES = st.lists(st.sampled_from(["Un. ", "Deux ; ", "Trois\n", "{% if x %}\n", "Fin", " . ", "a.b "]), max_size=8).map("".join)


def test_changes_that_do_not_touch_go_together() -> None:
    ours, theirs = BASE.replace("vite", "sans délai"), BASE.replace("s’imputent", "se déduisent")
    assert merge(BASE, ours, theirs).pieces == (
        Settled("Le Prestataire répond sans délai. Il prévient le Client.\n\nLes Avoirs se déduisent."),
    )


def test_neighbouring_sentences_changed_by_one_side_each_go_together() -> None:
    both = BASE.replace("vite", "sans délai").replace("prévient", "avertit")
    assert merge(BASE, BASE.replace("vite", "sans délai"), BASE.replace("prévient", "avertit")).pieces == (Settled(both),)


def test_a_sentence_that_both_changed_is_a_choice() -> None:
    found = merge(BASE, BASE.replace("vite", "sans délai"), BASE.replace("vite", "aussitôt"))
    assert found.choices == (
        Choice("Le Prestataire répond vite. ", "Le Prestataire répond sans délai. ", "Le Prestataire répond aussitôt. "),
    )
    assert found.text({0: Side.THEIRS}) == BASE.replace("vite", "aussitôt")
    assert found.text({0: Side.OURS}) == BASE.replace("vite", "sans délai")
    with pytest.raises(KeyError):
        found.text({})


def test_a_sentence_taken_out_by_one_and_changed_by_the_other_is_a_choice() -> None:
    base = "Un fait.\nIl prévient le Client.\nUn autre.\n"
    found = merge(base, "Un fait.\nUn autre.\n", base.replace("prévient", "avertit"))
    assert found.choices == (Choice("Il prévient le Client.\n", "", "Il avertit le Client.\n"),)


@given(SENTENCES, SENTENCES)
def test_what_one_side_alone_changed_needs_no_choice(base: str, changed: str) -> None:
    for found in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert "".join(piece.text for piece in found.pieces if isinstance(piece, Settled)) == changed
        assert not found.choices


@given(SENTENCES, SENTENCES, SENTENCES)
def test_a_side_chosen_everywhere_loses_none_of_its_own_changes(base: str, ours: str, theirs: str) -> None:
    found = merge(base, ours, theirs)
    mirrored = merge(base, theirs, ours)
    mine = found.text(dict.fromkeys(range(len(found.choices)), Side.OURS))
    assert mine == mirrored.text(dict.fromkeys(range(len(mirrored.choices)), Side.THEIRS))
