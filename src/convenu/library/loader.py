"""Load a release of the library from its folder, once."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from convenu.agreement.library import Library
from convenu.library import clauses, interview, law_values, rules
from convenu.vocabulary import yaml_text

RELEASE = "2026.11"


@cache
def french() -> Library:
    """The French library as shipped."""
    return load(files("convenu.library") / "fr")


def load(root: Traversable) -> Library:
    """Read every file of a library folder; a library that does not hold together raises with the file and the reason."""
    read_clauses = tuple(
        clauses.read_clause(folder.name, _text(folder / "clause.md"), _wordings(folder)) for folder in _folders(root / "clauses")
    )
    clauses.check_references(read_clauses)
    clauses.check_stated_once(read_clauses)
    questions = tuple(one for file in _yaml_files(root / "questions") for one in interview.read_questions(_stem(file), _data(file)))
    interview.check_questions(questions)
    figures = {name: law_values.read_law_value(name, one) for file in _yaml_files(root / "law") for name, one in _data(file).items()}
    return Library(
        release=RELEASE,
        hash=_hash(root),
        provisions=clauses.read_provisions(_data(root / "provisions.yaml")),
        clauses=read_clauses,
        definitions=clauses.read_definitions(_data(root / "definitions.yaml")),
        questions=tuple(sorted(questions, key=lambda question: (question.section.order, question.number))),
        segments={_stem(file): interview.read_segment(_stem(file), _data(file)) for file in _yaml_files(root / "segments")},
        rules=tuple(rules.read_rule(folder.name, _data(folder / "rule.yaml")) for folder in _folders(root / "rules")),
        law=law_values.law_book(figures),
    )


def _folders(parent: Traversable) -> list[Traversable]:
    return sorted(
        (child for child in parent.iterdir() if child.is_dir() and not child.name.startswith((".", "_"))), key=lambda child: child.name
    )


def _yaml_files(parent: Traversable) -> list[Traversable]:
    found = [child for child in parent.iterdir() if child.name.endswith(".yaml")]
    for folder in _folders(parent):
        found += _yaml_files(folder)
    return sorted(found, key=lambda child: child.name)


def _wordings(folder: Traversable) -> dict[str, str]:
    """The other wordings of a clause, by the name of their file beside `clause.md`."""
    return {child.name: _text(child) for child in folder.iterdir() if child.name.endswith(".md") and child.name != "clause.md"}


def _stem(file: Traversable) -> str:
    return file.name.removesuffix(".yaml")


def _text(file: Traversable) -> str:
    return file.read_text("utf-8")


def _data(file: Traversable) -> Any:
    return yaml_text.read(_text(file)).data


def _hash(root: Traversable) -> str:
    """SHA-256 of every file's name and content."""
    digest = hashlib.sha256()
    _add(root, "", digest)
    return digest.hexdigest()


def _add(node: Traversable, path: str, digest: Any) -> None:
    if node.is_file():
        digest.update(path.encode() + b"\0" + node.read_bytes() + b"\0")
        return
    for child in sorted(node.iterdir(), key=lambda one: one.name):
        if not child.name.startswith((".", "__")):
            _add(child, f"{path}/{child.name}", digest)
