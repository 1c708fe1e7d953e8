from __future__ import annotations

from datetime import date

from markupsafe import Markup

from convenu.actions.comparing import ClauseChange, ClauseWords
from convenu.agreement.assemble import assemble
from convenu.agreement.scoping import read_answers, scope
from convenu.library.demonstration import deal_answers
from convenu.library.loader import french
from convenu.vocabulary.word_diff import word_diff
from convenu.web.changed_lines import changed
from convenu.web.interview.document import WHOLE_PANE, Piece, pieces_of, shown_as, swaps


def piece(key: str, words: str = "") -> Piece:
    html = Markup("<section>{}</section>").format(words or key)
    return Piece(key, html, f"{len(words):08x}")


def document(*keys: str) -> list[Piece]:
    return [piece(key) for key in keys]


BEFORE = document("a", "b", "c", "d", "e", "f")


def test_a_document_that_is_shown_as_it_is_needs_no_swap() -> None:
    assert swaps(BEFORE, shown_as(BEFORE)) == ()


def test_only_the_clause_that_changed_is_sent() -> None:
    after = [*document("a", "b"), piece("c", "new words"), *document("d", "e", "f")]
    (one,) = swaps(after, shown_as(BEFORE))
    assert (one.target, one.how) == ("#clause-c", "outerMorph")
    assert "new words" in one.html


def test_clauses_that_come_together_are_placed_after_the_nearest_one_on_screen() -> None:
    (one,) = swaps(document("a", "b", "x", "y", "c", "d", "e", "f"), shown_as(BEFORE))
    assert (one.target, one.how, one.html) == ("#clause-b", "afterend", "<section>x</section><section>y</section>")


def test_a_clause_that_comes_first_is_placed_at_the_top() -> None:
    (one,) = swaps(document("x", "a", "b", "c", "d", "e", "f"), shown_as(BEFORE))
    assert (one.target, one.how) == (WHOLE_PANE, "afterbegin")


def test_a_clause_that_goes_is_deleted() -> None:
    (one,) = swaps(document("a", "b", "d", "e", "f"), shown_as(BEFORE))
    assert (one.target, one.how, one.html) == ("#clause-c", "delete", "")


def test_past_two_changes_in_five_or_in_another_order_the_whole_pane_is_sent() -> None:
    many = [piece(key, "new") for key in "abc"] + document("d", "e", "f")
    moved = document("b", "a", "c", "d", "e", "f")
    for after, shown in ((many, BEFORE), (moved, BEFORE), (BEFORE, document("unknown"))):
        assert [one.target for one in swaps(after, shown_as(shown))] == [WHOLE_PANE]


def test_a_comparison_shows_the_lines_that_changed_and_a_sign_for_the_others() -> None:
    old, new = "Titre\nDélai | 30 jours\nFin\nMot", "Titre\nDélai | 60 jours\nFin\nMot"
    change = ClauseChange(before=ClauseWords("c", "1", "Titre", old), after=ClauseWords("c", "1", "Titre", new), runs=word_diff(old, new))
    lines = ["".join(f"{run.kind[0]}[{run.text}]" for run in line) for line in changed(change).lines]
    assert lines[0] == ""
    assert lines[-1] == ""
    assert "30" in lines[1]
    assert "60" in lines[1]
    assert " : " in lines[1]


def test_the_document_shows_the_summary_then_its_three_parts_in_order() -> None:
    library = french()
    text = assemble(scope(read_answers(deal_answers("valdrene")), library), library, on=date(2026, 11, 23))
    keys = [piece.key for piece in pieces_of(text)]
    marks = ["plain_summary", "part_special_terms", text.front[0].clause, "part_general_terms", "part_annexes", text.annexes[0].clause]
    assert [key for key in keys if key in marks] == marks
    assert keys[keys.index("part_annexes") + 1] == text.annexes[0].clause
    html = "".join(piece.html for piece in pieces_of(text))
    headings = ("Résumé en clair", ">Conditions particulières<", ">Conditions générales<", ">Annexes<")
    assert sorted(headings, key=html.index) == list(headings)
    assert len(set(keys)) == len(keys)
