"""The worked example of `docs/replay.md`: its charts say their figures, and its comparison loses no ticket."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from convenu.agreement.trial import Trial, trial_as_json
from convenu.vocabulary.french import plain_spaces
from tools.replay_example import EXAMPLE, FOLDER, charts, opinions, trial_of

CUT = EXAMPLE / "incidents.csv"
PAGE = Path("docs/replay.md")


@pytest.fixture(scope="module")
def trial() -> Trial:
    return trial_of(CUT)


def words(drawn: str) -> list[str]:
    return [plain_spaces(one.text or "") for one in etree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


def test_every_ticket_judged_is_compared_with_the_company_s_own_opinion(trial: Trial) -> None:
    found = opinions(trial, CUT)
    judged = {one.priority: len(one.computed) for one in trial.done.attainments}
    assert Counter(dict.fromkeys(judged, 0)) + sum((Counter({key[0]: count}) for key, count in found.items()), Counter()) == Counter(judged)
    assert [found["P2", *both] for both in ((True, True), (True, False), (False, False), (False, True))] == [2, 25, 19, 0]


def test_the_charts_of_a_trial_write_the_figures_that_they_draw(trial: Trial) -> None:
    drawn = charts(trial_as_json(trial, with_stretches=False, solved=False))
    assert "54,8 % (17 sur 31)" in words(drawn["replay-kept.svg"])
    assert "200 tickets" in words(drawn["replay-times.svg"])
    assert words(drawn["replay-credits.svg"])[1:3] == ["mars 2016", "300 €"]


def test_the_charts_of_the_page_are_those_of_its_figures() -> None:
    page = plain_spaces(PAGE.read_text(encoding="utf-8"))
    for name in ("replay-kept.svg", "replay-times.svg", "replay-credits.svg"):
        assert f"images/{name}" in page
    kept = [one for one in words((FOLDER / "replay-kept.svg").read_text(encoding="utf-8")) if " sur " in one]
    assert len(kept) == 4
    for one in kept:
        share, _, count = one.rstrip(")").partition(" (")
        assert f"| {count} | {share} (" in page
