"""A command has two cores: a copy of the process works a part out, and what it cannot do is done here, faults included."""

from __future__ import annotations

import os

import pytest

from convenu.cli import second_core


def test_a_part_is_worked_out_by_a_copy_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    value = second_core.aside(os.getpid)
    assert value() != os.getpid()


def test_where_there_is_one_core_the_work_is_done_here_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert second_core.aside(os.getpid)() == os.getpid()


def test_a_fault_in_the_copy_shows_itself_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    value = second_core.aside(lambda: 1 / 0 if os.getpid() else 0)
    with pytest.raises(ZeroDivisionError):
        value()


def test_a_value_that_cannot_be_sent_is_worked_out_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    value = second_core.aside(lambda: os.getpid)
    assert value()() == os.getpid()


def test_a_copy_asks_for_work_aside_and_waits_for_what_was_begun_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    before = second_core.aside(os.getpid)
    first, copied, second, inner = second_core.aside(lambda: (before(), os.getpid(), *second_core.aside(lambda: (os.getpid(), 1))()))()
    assert len({first, copied, second, os.getpid()}) == 4
    assert inner == 1
    # Its answer was taken: it is done again.
    assert before() == os.getpid()
