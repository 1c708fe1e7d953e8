"""`convenu clock`: a calendar, intervals, and their open seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from convenu.cli.main import main

OFFICE = 'timezone: Europe/Paris\nhours: {mon: ["09:00-18:00"], fri: ["09:00-18:00"]}\nholidays: FR\n'


def run(tmp_path: Path, intervals: str | bytes, *calendars: str) -> Result:
    arguments = ["clock"]
    for number, text in enumerate(calendars or (OFFICE,)):
        path = tmp_path / f"calendar{number}.yaml"
        path.write_text(text, "utf-8")
        arguments += ["--calendar", str(path)]
    rows = tmp_path / "intervals.csv"
    rows.write_bytes(intervals.encode() if isinstance(intervals, str) else intervals)
    return CliRunner().invoke(main, [*arguments, str(rows)], catch_exceptions=False)


def test_the_rows_come_back_in_their_order_with_whole_seconds(tmp_path: Path) -> None:
    rows = "start,end\n2026-11-27T16:00:00+01:00,2026-11-30T13:00:00+01:00\n2026-11-27T15:00:00Z,2026-11-27T15:00:07Z\n"
    result = run(tmp_path, rows)
    assert result.exit_code == 0
    assert result.stdout == (
        "start,end,seconds\n2026-11-27T16:00:00+01:00,2026-11-30T13:00:00+01:00,21600\n2026-11-27T15:00:00Z,2026-11-27T15:00:07Z,7\n"
    )


def test_other_columns_are_kept_as_they_are(tmp_path: Path) -> None:
    result = run(tmp_path, '\ufeffticket,end,start\n"a,b",2026-11-27T16:00:01+01:00,2026-11-27T16:00:00+01:00\n')
    assert result.stdout.splitlines()[1] == '"a,b",2026-11-27T16:00:01+01:00,2026-11-27T16:00:00+01:00,1'


def test_all_bad_rows_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    good = "2026-11-27T16:00:00+01:00"
    bad = ("2026-11-27T16:00:00,x", f"{good},2026-11-26T16:00:00+01:00", f"{good},{good},more", f"{good},2026-11-27T16:00:00.5+01:00")
    result = run(tmp_path, "\n".join(["start,end", f"{good},{good}", *bad]) + "\n")
    assert result.exit_code == 2
    assert result.stdout == ""
    told = result.stderr.splitlines()
    assert [line.split("\u00a0")[0] for line in told[:4]] == ["ligne 3", "ligne 4", "ligne 5", "ligne 6"]
    assert "sans décalage" in told[0]
    assert "n’est pas un instant" in told[0]
    assert "fraction de seconde" in told[3]
    assert "4 erreurs" in told[4]


@pytest.mark.parametrize(
    ("intervals", "calendar", "expected"),
    [
        ("begin,end\n", OFFICE, "colonnes"),
        (b"\xff\xfe", OFFICE, "UTF-8"),
        ('start,end\n"2026', OFFICE, "guillemets"),
        ("", OFFICE, "colonnes"),
        ("start,end\n", "timezone: Europe/Pariss\nhours: {mon: ['09:00-18:00']}\n", "fuseau"),
        ("start,end\n", "hours: {mon: ['9h-18h']}\n", "plage"),
        ("start,end\n", "- a\n", "clé : valeur"),
        ("start,end\n2020-01-01T00:00:00Z,2020-01-02T00:00:00Z\n", f"{OFFICE}in_force_from: 2026-01-01\n", "01/01/2026"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, intervals: str | bytes, calendar: str, expected: str) -> None:
    result = run(tmp_path, intervals, calendar)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert expected in result.stderr.replace("\u00a0", " ")


def test_versions_of_a_calendar_are_several_files(tmp_path: Path) -> None:
    shorter = 'timezone: Europe/Paris\nhours: {mon: ["09:00-10:00"]}\nin_force_from: 2026-11-30\n'
    rows = "start,end\n2026-11-23T00:00:00+01:00,2026-11-28T00:00:00+01:00\n2026-11-30T00:00:00+01:00,2026-12-05T00:00:00+01:00\n"
    result = run(tmp_path, rows, OFFICE, shorter)
    assert [row.rsplit(",", 1)[1] for row in result.stdout.splitlines()[1:]] == ["64800", "3600"]


def test_a_file_of_no_rows_gives_the_header_alone(tmp_path: Path) -> None:
    assert run(tmp_path, "start,end\n").stdout == "start,end,seconds\n"
