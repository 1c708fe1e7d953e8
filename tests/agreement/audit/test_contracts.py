"""Whole contracts, invented, in several styles: what each holds, what it lacks, what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.audit.said.reading import read_contract
from convenu.library.recognition import recognition
from convenu.vocabulary import yaml_text
from convenu.vocabulary.read_text import ReadText

CONTRACTS = sorted((Path(__file__).parent / "contracts").glob("*.txt"))


@pytest.mark.parametrize("file", CONTRACTS, ids=lambda file: file.stem)
def test_an_invented_contract_is_read_as_it_was_written(file: Path) -> None:
    expected: dict[str, Any] = yaml_text.read(file.with_suffix(".yaml").read_text("utf-8")).data
    reading = read_contract(ReadText(name=file.name, text=file.read_text("utf-8"), blocks=()), recognition())
    status = {key: provision.status.value for key, provision in reading.provisions.items()}
    values = reading.values_as_json(recognition())
    told = {key: _none_is_none(value) for key, value in expected["values"].items()}
    assert reading.is_service_contract
    assert [key for key in expected["present"] if status[key] == "absent"] == []
    assert [key for key in expected["absent"] if status[key] != "absent"] == []
    assert {key: str(values[key]) for key in told} == {key: str(value) for key, value in told.items()}
    for provision in reading.provisions.values():
        assert all(reading.document.text[quote.start : quote.end] == quote.text for quote in provision.quotes)


def _none_is_none(value: Any) -> Any:
    """YAML's `null` is refused by our reader of files: `none` stands for it."""
    if isinstance(value, list):
        return [{key: _none_is_none(part) for key, part in one.items()} for one in value]
    return None if value == "none" else value
