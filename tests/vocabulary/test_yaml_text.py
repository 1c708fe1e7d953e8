"""YAML that a person wrote is read safely, and all that is wrong is told with its line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import MistakesError


def refused(content: bytes | str) -> str:
    with pytest.raises(MistakesError) as caught:
        yaml_text.read(content)
    return "\n".join(str(mistake) for mistake in caught.value.mistakes)


def test_words_stay_words_and_numbers_become_exact_numbers() -> None:
    data = yaml_text.read("a: yes\nb: 08:30\nc: 1.10\nd: 12\ne: 0123\nf: true\ng: 2027-01-31\nh: '12'\n").data
    assert {name: str(value) for name, value in data.items()} == {
        "a": "yes", "b": "08:30", "c": "1.10", "d": "12", "e": "0123", "f": "True", "g": "2027-01-31", "h": "12",
    }  # fmt: skip
    assert isinstance(data["h"], str)


@pytest.mark.parametrize("nothing", ["null", "~", "", "Null"])
def test_an_empty_value_is_refused_because_it_says_neither_none_nor_unknown(nothing: str) -> None:
    assert "« none »" in refused(f"a: {nothing}\n")


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    told = refused("a: null\nb: 1\nb: 2\nc: !!python/object/apply:os.system ['true']\nd: &x 1\ne: *x\n")
    assert [line.split(",")[0] for line in told.splitlines()] == ["ligne 1", "ligne 3", "ligne 4", "ligne 6"]


def test_a_text_in_another_encoding_names_the_line() -> None:
    assert refused("a: 1\nb: « é »\n".encode("latin-1")).startswith("ligne 2 : le fichier n’est pas en UTF-8")


def test_a_huge_text_is_refused_before_it_is_parsed() -> None:
    assert "dépasse 2 Mo" in refused(b"a: " + b"x" * 10_000_000)


@pytest.mark.parametrize(
    "deep",
    [
        "[" * 100_000,
        "{a: " * 5_000,
        "- " * 3_000 + "x",
        "? " * 100_000,
        "a: 1\r" + "? " * 100_000,
        "\n".join(" " * n + "a:" for n in range(400)),
    ],
)
def test_deep_nesting_is_refused(deep: str) -> None:
    assert refused(deep)


@pytest.mark.parametrize("broken", ["a: [", "\ta: 1", "a: 'x", "a: 1\n b: 2", "\x00", "", "&a"])
def test_a_broken_text_is_a_mistake_and_not_a_crash(broken: str) -> None:
    assert refused(broken)


def test_a_billion_laughs_never_expands() -> None:
    laughs = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    assert "ancre ou alias" in refused(laughs)


def test_a_text_longer_than_any_term_is_refused_with_its_place() -> None:
    assert refused(f"a: 1\nb: {'x' * 10_001}\n").startswith("ligne 2, b : texte de 10001 caractères")


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("a: Lyon\nb: Lyon : siège\n", "ligne 2 : YAML illisible : « : » inattendu"),
        ("a:\n\tb: 1\n", "ligne 2 : YAML illisible : tabulation"),
        ("a: 'x\n", "guillemet ouvert et jamais refermé"),
        ("a: [1, 2\nb: 3\n", "crochet ou accolade"),
        ("a: 1\n b: 2\nc: 3", "ligne 2"),
        ('a: "C:\\dossier"\n', "« \\ » mal employé"),
        ("a: 1\n---\nb: 2\n", "plusieurs documents"),
    ],
)
def test_what_stops_the_reading_is_told_in_french(broken: str, told: str) -> None:
    assert told in refused(broken)
    assert not any(word in refused(broken) for word in ("found", "expected", "not allowed"))


def test_json_written_by_another_program_is_read() -> None:
    written = '{\n\t"a": "caf\\u00e9 \\ud83d\\ude00 a\\/b",\n\t"b": [1.50, true]\n}'
    assert yaml_text.read(written).data == {"a": "café 😀 a/b", "b": [Decimal("1.50"), True]}
    assert "« \\ » mal employé" in refused('{"a": "\\ud83d"}')
    assert "donné deux fois" in refused('{"a": 1, "a": 1}')
