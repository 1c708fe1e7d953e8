"""The ends of support that ship: dated, with a source, and given to the systems that they name and to no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from convenu.facts.support_ends import Confidence, SupportEnds
from convenu.library.front_matter import FrontMatterError
from convenu.library.support_ends import read_support_ends, shipped, support_ends
from convenu.vocabulary.mistakes import MistakesError

ENDS = SupportEnds(shipped())


@pytest.mark.parametrize(
    ("system", "end"),
    [
        ("Microsoft Windows 10 Professionnel", date(2025, 10, 14)),
        ("Windows 10", date(2025, 10, 14)),
        ("Microsoft® Windows Server® 2012 R2 Standard", date(2023, 10, 10)),
        ("Windows Server 2016 Datacenter", date(2027, 1, 12)),
        ("Microsoft Exchange Server 2019", date(2025, 10, 14)),
        ("VMware ESXi 6.7.0", date(2022, 10, 15)),
        ("Debian GNU/Linux 10 (buster)", date(2024, 6, 30)),
    ],
)
def test_a_system_has_the_end_of_its_product_however_tools_write_it(system: str, end: date) -> None:
    found = ENDS.of(system)
    assert found is not None
    assert found.end == end


@pytest.mark.parametrize(
    "system",
    [
        "",
        "Windows 11 Pro",
        "Windows 10 Enterprise LTSC 2021",
        "Windows 10 IoT Enterprise",
        "Windows 100",
        "Windows",
        "Debian 12",
        "ESXi 7.0.3",
    ],
)
def test_a_system_that_no_line_names_has_no_end_whatever_its_age(system: str) -> None:
    assert ENDS.of(system) is None


def test_each_line_says_where_and_when_it_was_read() -> None:
    assert len({one.product for one in shipped()}) == len(shipped())
    for one in shipped():
        assert one.source.startswith("https://")
        assert one.checked <= date(2026, 11, 26)
        assert one.confidence in (Confidence.MAKER, Confidence.REPORTED)


def test_an_installation_replaces_and_adds_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVENU_DATA", str(tmp_path))
    (tmp_path / "support-ends.yaml").write_text(
        "lines:\n"
        "  - {product: Windows 10, names: [windows 10], end: 2026-10-13, source: contrat ESU n° 12, checked: 2026-11-02}\n"
        "  - {product: Logiciel maison, names: [logiciel maison], end: 2025-01-01, source: son éditeur, checked: 2026-11-02}\n",
        "utf-8",
    )
    found = support_ends()
    windows, own = found.of("Windows 10 Pro"), found.of("Logiciel Maison 3")
    assert windows is not None
    assert own is not None
    assert (windows.end, windows.confidence, own.end) == (date(2026, 10, 13), Confidence.HOUSE, date(2025, 1, 1))
    assert found.of("Windows 7") is not None
    (tmp_path / "support-ends.yaml").write_text("lines:\n  - {product: Windows 10, names: [windows 10], end: 2026-02-31}\n", "utf-8")
    with pytest.raises(MistakesError, match="ne se lit pas"):
        support_ends()


def test_a_line_without_a_source_or_with_an_unknown_field_is_refused() -> None:
    line = {"product": "X", "names": ["x"], "end": "2026-01-01", "source": "y", "checked": "2026-01-01", "confidence": "maker"}
    for wrong in ({**line, "ends": 1}, {key: value for key, value in line.items() if key != "source"}, {**line, "names": []}):
        with pytest.raises(FrontMatterError):
            read_support_ends({"lines": [wrong]})
