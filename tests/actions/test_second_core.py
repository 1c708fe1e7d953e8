"""A command has two cores: a copy of the process works a part out, and what it cannot do is done here, faults included."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from convenu.actions.second_core import aside

# More than a pipe holds: it is sent only while somebody reads it.
LONG = b"x" * 1_000_000

# A copy that waits for ever is what some of these look for.
pytestmark = pytest.mark.timeout(30)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})


@pytest.fixture
def all_have_ended() -> Iterator[Callable[[], bool]]:
    """Whether each process copied from this one during a test has ended: waits until then."""
    open_while_one_lasts, held = os.pipe()

    def ended() -> bool:
        os.close(held)
        return os.read(open_while_one_lasts, 1) == b""

    yield ended
    os.close(open_while_one_lasts)


def test_a_part_is_worked_out_by_a_copy_of_the_process() -> None:
    assert aside(os.getpid)() != os.getpid()


def test_where_there_is_one_core_the_work_is_done_here_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    assert aside(os.getpid)() == os.getpid()


def test_where_the_system_does_not_tell_the_cores_of_a_process_it_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    assert aside(os.getpid)() == os.getpid()


def test_a_fault_in_the_copy_shows_itself_here() -> None:
    value = aside(lambda: 1 / 0 if os.getpid() else 0)
    with pytest.raises(ZeroDivisionError):
        value()


def test_a_value_that_cannot_be_sent_is_worked_out_here() -> None:
    assert aside(lambda: os.getpid)()() == os.getpid()


def test_a_long_value_comes_whole() -> None:
    assert aside(lambda: LONG)() == LONG


def test_a_copy_asks_for_work_aside_and_waits_for_what_was_begun_before_it() -> None:
    before = aside(os.getpid)
    first, copied, second, inner = aside(lambda: (before(), os.getpid(), *aside(lambda: (os.getpid(), 1))()))()
    assert len({first, copied, second, os.getpid()}) == 4
    assert inner == 1
    # Its answer was taken: it is done again.
    assert before() == os.getpid()


def test_a_copy_ends_when_the_process_that_would_have_read_it_has_ended(all_have_ended: Callable[[], bool]) -> None:
    first = os.fork()
    if first == 0:
        aside(lambda: LONG)
        os._exit(0)
    os.waitpid(first, 0)
    assert all_have_ended()


def test_what_a_copy_began_and_never_asked_for_is_not_waited_for_and_ends_with_it(all_have_ended: Callable[[], bool]) -> None:
    never, kept = os.pipe()

    def work() -> int:
        aside(lambda: os.read(never, 1))
        return 1

    assert aside(work)() == 1
    assert all_have_ended()
    os.close(kept)
    os.close(never)
