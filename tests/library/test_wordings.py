"""What contracts say in many ways: each is shown by its own sentences, and a cue that names it finds any of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from convenu.agreement.audit.words.shadow import plain
from convenu.library.front_matter import FrontMatterError
from convenu.library.recognition import wording, wording_cases
from convenu.library.wordings import in_full, read_wordings

CASES = wording_cases()


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{index}" for index, (name, _) in enumerate(CASES)])
def test_a_wording_is_found_where_a_sentence_says_it_and_nowhere_else(name: str, case: Mapping[str, Any]) -> None:
    words = plain(case["text"])
    assert (wording(name).search(words, 0, len(words)) is not None) is case["says"]


@pytest.mark.parametrize("name", sorted({name for name, _ in CASES}))
def test_each_wording_is_shown_by_a_sentence_that_says_it_and_one_that_does_not(name: str) -> None:
    assert {case["says"] for known, case in CASES if known == name} == {True, False}


def test_a_wording_may_be_made_of_others() -> None:
    wordings = read_wordings({"late_or_unpaid": {"ways": ["<unpaid>", "retard"]}, "unpaid": {"ways": ["impayé"]}})
    assert in_full({"cue": ["<late_or_unpaid> de <duration>"]}, wordings) == {"cue": ["((impayé) | retard) de <duration>"]}


def test_a_wording_is_not_made_of_itself() -> None:
    with pytest.raises(FrontMatterError, match="is made of itself"):
        read_wordings({"late": {"ways": ["<unpaid>"]}, "unpaid": {"ways": ["<late>"]}})


def test_a_wording_takes_no_name_of_a_capture() -> None:
    with pytest.raises(FrontMatterError, match="« duration » is a capture already"):
        read_wordings({"duration": {"ways": ["délai"]}})
