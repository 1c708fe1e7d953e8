"""What every test shares: the programs some of them need, and the closing line that says what was not run."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter

import pytest
from hypothesis import settings

from tools.system_packages import missing_packages

# The same examples every time, so that a red run stays red; no deadline, because no test depends on the speed of the machine.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

# The tests never see the person's own data: Django's settings, loaded after this, keep everything in a folder of this run.
# The workers of pytest-xdist inherit it.
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not IS_WORKER:
    os.environ["CONVENU_DATA"] = tempfile.mkdtemp(prefix="convenu-tests-")
# What is tested is the library being written, whichever release was frozen last.
os.environ["CONVENU_LIBRARY"] = "folder"
os.environ["DJANGO_SETTINGS_MODULE"] = "convenu.web.settings"

LEFT_OUT = "not run, "
LONGEST = ("slow", "browser", "libreoffice")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests whose program this machine does not have, and begin with the longest."""
    # Shared between processes, a long file that begins last keeps one of them at work while the others are done.
    items.sort(key=lambda item: not any(item.get_closest_marker(mark) for mark in LONGEST))
    reasons = {package.mark: f"{LEFT_OUT}{package.debian_names[0]} is not installed" for package in missing_packages()}
    for item in items:
        for mark, reason in reasons.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """Spare the collector of garbage the thousands of tests and modules, which stay to the end: it would walk them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _reason_left_out(report: pytest.TestReport) -> str | None:
    """The reason of a test left out for want of a program, from pytest's report of a skipped test."""
    if not isinstance(report.longrepr, tuple):
        return None
    reason = report.longrepr[2].removeprefix("Skipped: ")
    return reason.removeprefix(LEFT_OUT) if reason.startswith(LEFT_OUT) else None


def closing_line(reports: list[pytest.TestReport]) -> str:
    """One line: which tests were not run, and why."""
    counts = Counter(reason for report in reports if (reason := _reason_left_out(report)))
    if not counts:
        return "Every test that was selected was run."
    return "Tests not run: " + "; ".join(f"{count} ({reason})" for reason, count in sorted(counts.items())) + "."


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End on that line, after pytest's own summary, and leave no data behind."""
    if IS_WORKER:
        return
    shutil.rmtree(os.environ["CONVENU_DATA"])
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not config.option.collectonly:
        reporter.write_line(closing_line(reporter.stats.get("skipped", [])))
