"""What readers found of the audit's findings: a kind is told once it was right often enough, and asked until then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from convenu.library.front_matter import FrontMatterError
from convenu.library.readings import asked_dangers, asked_rules, is_told
from convenu.library.recognition import recognition


@pytest.mark.parametrize(
    ("right", "of", "told"), [(0, 0, False), (1, 1, True), (1, 2, False), (3, 4, True), (5, 7, False), (14, 20, False)]
)
def test_a_danger_is_told_once_seven_readings_in_ten_were_right_two_doubtful_ones_being_supposed(
    right: int, of: int, *, told: bool
) -> None:
    assert is_told(right, of) is told


@pytest.mark.parametrize("of", range(1, 40))
def test_one_more_right_reading_never_makes_a_question_of_what_was_told(of: int) -> None:
    told = [is_told(right, of) for right in range(of + 1)]
    assert told == sorted(told)


def test_a_danger_that_nobody_read_is_asked_and_a_rule_that_nobody_read_is_told() -> None:
    read = {"rules": [], "dangers": {"well_read": {"right": 9, "of": 10}}}
    assert asked_dangers(read, ["well_read", "never_read"]) == {"never_read"}
    assert asked_rules(read) == frozenset()


def test_a_rule_is_asked_under_the_title_that_readers_found_wrong_and_told_under_its_others() -> None:
    one = {"rule": "com-l441-10-delai", "right": 9, "of": 10, "title": "Délai de paiement au-delà du maximum légal"}
    other = {"rule": "com-l441-10-delai", "right": 1, "of": 4, "title": "Délai de paiement non convenu"}
    assert asked_rules({"rules": [one, other]}) == {("com-l441-10-delai", "Délai de paiement non convenu")}


@pytest.mark.parametrize(
    ("dangers", "fault"),
    [
        ({"no_such_danger": {"right": 1, "of": 1}}, "no danger is called « no_such_danger »"),
        ({"known": {"right": 2, "of": 1}}, "the first no greater"),
        ({"known": {"right": "two", "of": 3}}, "whole numbers"),
        ({"known": {"right": 1, "of": 1, "by": "me"}}, "by"),
    ],
)
def test_counts_that_do_not_hold_together_are_refused_with_their_name(dangers: Mapping[str, Any], fault: str) -> None:
    with pytest.raises(FrontMatterError, match=fault):
        asked_dangers({"rules": [], "dangers": dangers}, ["known"])


def test_the_counts_of_the_library_name_dangers_and_rules_that_there_are() -> None:
    known = recognition()
    assert known.asked_dangers < {danger.name for danger in known.dangers}
    judging = {*known.rules, *(danger.rule for danger in known.dangers)}
    slips = {"broken_reference", "contradictory_values", "empty_target", "placeholder_left"}
    assert {rule for rule, _ in known.asked_rules} <= judging | slips
