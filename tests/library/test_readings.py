"""What readers found of the audit's findings: a kind is told once it was right often enough, and asked until then."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from convenu.library.front_matter import FrontMatterError
from convenu.library.readings import asked_dangers, asked_rules, is_told
from convenu.vocabulary import french, yaml_text

LIBRARY = Path(str(files("convenu.library")))


COUNTS = [(0, 0, False), (2, 2, False), (3, 3, True), (6, 7, False), (7, 8, True), (16, 20, False), (18, 21, True)]


@pytest.mark.parametrize(("right", "of", "told"), COUNTS)
def test_a_danger_is_told_once_readers_found_it_right_often_enough(right: int, of: int, *, told: bool) -> None:
    assert is_told(right, of) is told


@pytest.mark.parametrize(("right", "of"), [(0, 0), (0, 3), (2, 4), (5, 7), (13, 20), (70, 100)])
def test_one_more_reading_that_is_right_never_makes_a_question_of_what_was_told(right: int, of: int) -> None:
    assert is_told(right, of) <= is_told(right + 1, of + 1)
    assert is_told(right, of) >= is_told(right, of + 1)


def test_a_danger_that_nobody_read_is_asked_and_a_rule_that_nobody_read_is_told() -> None:
    read = [{"danger": "well_read", "title": "Bien lu", "right": 9, "of": 10}]
    assert asked_dangers(read, {"well_read": ["Bien lu"], "never_read": ["Jamais lu"]}) == {("never_read", "Jamais lu")}
    assert asked_rules([]) == frozenset()


def test_a_danger_told_in_a_new_way_is_asked_in_that_way_until_it_is_read() -> None:
    read = [{"danger": "well_read", "title": "Bien lu", "right": 9, "of": 10}]
    assert asked_dangers(read, {"well_read": ["Bien lu", "Dit autrement"]}) == {("well_read", "Dit autrement")}


def test_a_rule_is_asked_under_the_title_that_readers_found_wrong_and_told_under_its_others() -> None:
    one = {"rule": "com-l441-10-delai", "right": 9, "of": 10, "title": "Délai de paiement au-delà du maximum légal"}
    other = {"rule": "com-l441-10-delai", "right": 1, "of": 4, "title": "Délai de paiement non convenu"}
    assert asked_rules([one, other]) == {("com-l441-10-delai", "Délai de paiement non convenu")}


@pytest.mark.parametrize(
    ("read", "fault"),
    [
        ({"danger": "no_such_danger", "title": "Connu", "right": 1, "of": 1}, "no danger « no_such_danger » is told as « Connu »"),
        ({"danger": "known", "title": "Inconnu", "right": 1, "of": 1}, "no danger « known » is told as « Inconnu »"),
        ({"danger": "known", "title": "Connu", "right": 2, "of": 1}, "the first no greater"),
        ({"danger": "known", "title": "Connu", "right": "two", "of": 3}, "whole numbers"),
        ({"danger": "known", "title": "Connu", "right": 1, "of": 1, "by": "me"}, "no field is called « by »"),
    ],
)
def test_counts_that_do_not_hold_together_are_refused_with_their_title(read: Mapping[str, Any], fault: str) -> None:
    with pytest.raises(FrontMatterError, match=fault):
        asked_dangers([read], {"known": ["Connu"]})


def test_each_rule_that_is_counted_still_bears_its_title() -> None:
    said = yaml_text.read((LIBRARY / "fr" / "audit" / "readings.yaml").read_bytes()).data["rules"]
    code = [path for path in LIBRARY.parent.rglob("*.py") if "agreement" in path.parts]
    borne = "".join(
        path.read_text("utf-8") for path in (*code, *LIBRARY.glob("fr/rules/*/rule.yaml"), LIBRARY / "fr" / "audit" / "gates.yaml")
    )
    assert [one["title"] for one in said if french.typography(one["title"]) not in french.typography(borne)] == []
