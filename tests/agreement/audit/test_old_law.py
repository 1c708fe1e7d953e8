"""Law that stands no more is told where a contract cites it, in whatever words, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.old_law import repealed_articles
from convenu.agreement.audit.text.segmentation import segmented
from convenu.library.recognition import recognition, repealed_cases
from convenu.vocabulary.read_text import ReadText


@pytest.mark.parametrize("case", repealed_cases(), ids=lambda case: case["text"])
def test_a_sentence_cites_the_law_of_before_that_its_lawyer_says_and_no_other(case: Mapping[str, Any]) -> None:
    looker = Looker(segmented(ReadText(name="x", text=case["text"], blocks=())))
    cited = [one.guide.label for one in repealed_articles(looker, recognition())]
    assert case["cites"] in cited if case["cites"] else cited == []


def test_what_was_abolished_says_since_when_and_on_what_ground() -> None:
    told = [guide for guide in recognition().repealed if guide.message]
    assert [guide.label for guide in told if not guide.law or not any(digit.isdigit() for digit in guide.message)] == []
