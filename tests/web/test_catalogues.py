from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from convenu.vocabulary.french import typography
from convenu.web import catalogues

PLACES = re.compile(r"%\(\w+\)[sd]|<[^>]+>|&\w+;")


def forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text)]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_holds_exactly_the_messages_of_the_source(language: str) -> None:
    wanted = {(message.id, message.context) for message in catalogues.extracted() if message.id}
    kept = {(message.id, message.context) for message in catalogues.read(language) if message.id}
    assert kept == wanted, "run `python -m convenu.web.catalogues --update`"


def test_every_message_has_its_english() -> None:
    assert [message.id for message in catalogues.read("en") if message.id and not all(forms(message.string))] == []


def test_a_translation_keeps_the_places_of_the_message() -> None:
    for message in catalogues.read("en"):
        if message.id:
            places = {place for form in forms(message.id) for place in PLACES.findall(form)}
            assert {place for form in forms(message.string) for place in PLACES.findall(form)} == places, message.id


def test_the_french_catalogue_repeats_the_source_in_print_typography() -> None:
    for message in catalogues.read("fr"):
        if message.id:
            assert forms(message.string) == [typography(form) for form in forms(message.id)]


def test_the_source_writes_no_straight_apostrophe_and_no_exclamation() -> None:
    faulty = [form for message in catalogues.extracted() for form in forms(message.id) if re.search(r"\w'\w|!|\bOups\b", form)]
    assert faulty == []


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "Une réponse est à reprendre"), (1, "Une réponse est à reprendre"), (2, "%(number)s réponses sont à reprendre")],
)
def test_plurals_follow_french_rules(number: int, text: str) -> None:
    with translation.override("fr"):
        assert ngettext("Une réponse est à reprendre", "%(number)s réponses sont à reprendre", number) == text


def test_a_stale_catalogue_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in catalogues.LANGUAGES:
        target = tmp_path / language / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True)
        target.write_bytes(catalogues.po_path(language).read_bytes())
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    assert catalogues.compile_stale() == ["fr", "en"]
    assert catalogues.compile_stale() == []
    assert (tmp_path / "en" / "LC_MESSAGES" / "django.mo").stat().st_size > 1000
