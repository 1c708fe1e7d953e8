"""A rule is the same as long as its file, its function and all that the function calls are; a change of any of them is told."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convenu.library import sources
from convenu.library.loader import french
from convenu.library.rules import fingerprint_of
from convenu.library.sources import source_behind

HELPER = "LIMIT = 30\n\n\ndef late(days):\n    return days > LIMIT\n\n\ndef unused():\n    return 1\n"
RULE = (
    "from convenu.agreement.rules import trial_helper\nfrom convenu.agreement.rules.trial_helper import late\n\n\n"
    "def looks(days):\n    return late(days) or _own(days)\n\n\ndef other(days):\n    return trial_helper.unused()\n\n\n"
    "def _own(days):\n    return days == 0\n"
)


@pytest.fixture
def function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A rule's function in a module of its own, whose sources and those of its helper may be changed."""

    def load(name: str, source: str) -> Any:
        full = f"convenu.agreement.rules.{name}"
        # A name of its own each time: Python remembers the lines of a file.
        file = tmp_path / f"{name}_{len(list(tmp_path.iterdir()))}.py"
        file.write_text(source, "utf-8")
        spec = importlib.util.spec_from_file_location(full, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, full, module)
        monkeypatch.setattr(sys.modules["convenu.agreement.rules"], name, module, raising=False)
        spec.loader.exec_module(module)
        return module

    def made(*, rule: str = RULE, helper: str = HELPER, name: str = "looks") -> Any:
        sources._read.cache_clear()
        source_behind.cache_clear()
        load("trial_helper", helper)
        return getattr(load("trial_rule", rule), name)

    yield made
    sources._read.cache_clear()
    source_behind.cache_clear()


@pytest.mark.parametrize(
    "changed",
    [
        {"rule": RULE.replace("days == 0", "days <= 0")},
        {"helper": HELPER.replace("days > LIMIT", "days >= LIMIT")},
        {"helper": HELPER.replace("LIMIT = 30", "LIMIT = 45")},
    ],
    ids=["its own helper", "a helper of another module", "a constant that the helper reads"],
)
def test_a_changed_helper_makes_another_rule(function: Any, changed: dict[str, str]) -> None:
    rule = french().rule("ass-rc")
    before = fingerprint_of(replace(rule, look=function()))
    assert fingerprint_of(replace(rule, look=function())) == before
    assert fingerprint_of(replace(rule, look=function(**changed))) != before


def test_what_a_rule_does_not_call_does_not_change_it(function: Any) -> None:
    unused = HELPER.replace("return 1", "return 2")
    assert source_behind(function()) == source_behind(function(helper=unused))
    assert source_behind(function(name="other")) != source_behind(function(name="other", helper=unused))


def test_the_helpers_of_the_pack_are_part_of_its_rules() -> None:
    library = french()
    looks = {rule.id: source_behind(rule.look) for rule in library.rules if rule.look}
    assert all(f"def {rule.look.__name__}(" in looks[rule.id] for rule in library.rules if rule.look)
    assert "def semester(" in looks["com-l441-10-penalites"]
    assert "def plain(" in looks["rgpd-44-49"]
    assert "_DETERMINER = " in looks["undefined_term"]
    assert "def semester(" not in looks["undefined_term"]
