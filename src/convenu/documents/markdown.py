"""The contract as Markdown, one block a line: made to be compared from one version to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from convenu.documents.characters import shown
from convenu.documents.outline import ANNEXES, GENERAL_TERMS, SIGNATURE_HEADING, SPECIAL_TERMS, Heading, article_heading, section_heading
from convenu.vocabulary.contract_text import Block, Bullets, ContractText, Paragraph, Run, RunKind, Runs, Section, Subtitle, Table

# Any of these, typed by a person, is a letter and not markup.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!@])")
# At the head of a line these would begin a list, a heading or a rule.
_OPENING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def write_markdown(text: ContractText) -> str:
    """The whole contract; the same contract gives the same characters."""
    return "\n\n".join(_lines(text)) + "\n"


def escaped(text: str) -> str:
    """A text in which no sign is markup any more."""
    return _SPECIAL.sub(r"\\\1", shown(text))


def block_markdown(block: Block, *, level: int) -> str:
    """One block, under a heading of a rank."""
    match block:
        case Paragraph(runs):
            return _opening_kept(_runs(runs))
        case Subtitle(runs):
            return f"{'#' * (level + 2)} {_runs(runs)}"
        case Bullets(items):
            return "\n".join(f"- {_opening_kept(_runs(item))}" for item in items)
        case Table(header, rows):
            return _table([_runs(cell) for cell in header], [[_runs(cell) for cell in row] for row in rows])


def _lines(text: ContractText) -> Iterator[str]:
    yield f"# {escaped(text.title)}"
    yield f"Entre **{escaped(text.provider)}** et **{escaped(text.client)}**"
    if text.reference:
        yield f"Référence : {escaped(text.reference)}"
    yield from _parts(text)
    if text.signatories:
        yield _heading(SIGNATURE_HEADING)
    for signatory in text.signatories:
        yield _opening_kept(
            f"**{escaped(signatory.side)}** : {escaped(signatory.name)}, {escaped(signatory.person)}, {escaped(signatory.quality)}"
        )


def _parts(text: ContractText) -> Iterator[str]:
    """The summary, then the three parts of the contract."""
    if text.summary:
        yield from _section(text.summary, section_heading(text.summary))
    if text.front:
        yield _heading(SPECIAL_TERMS)
    for section in text.front:
        yield from _section(section, section_heading(section))
    if text.articles:
        yield _heading(GENERAL_TERMS)
    for article in text.articles:
        heading = article_heading(article)
        if article.single:
            yield from _section(article.sections[0], heading)
            continue
        yield _heading(heading)
        for section in article.sections:
            yield from _section(section, section_heading(section))
    if text.annexes:
        yield _heading(ANNEXES)
    for section in text.annexes:
        yield from _section(section, section_heading(section))


def _section(section: Section, heading: Heading) -> Iterator[str]:
    yield _heading(heading)
    for block in section.blocks:
        yield block_markdown(block, level=heading.level)


def _heading(heading: Heading) -> str:
    return f"{'#' * (heading.level + 1)} {escaped(heading.words)}"


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _opening_kept(line: str) -> str:
    """A line whose first sign begins nothing."""
    return _OPENING.sub(lambda match: f"{match[1]}\\{match[2]}" if not match[2].isdigit() else f"{match[1]}{match[2]}\\", line)


def _runs(runs: Runs) -> str:
    """The words of a sentence; bold runs that follow one another are one: four stars in a row are no mark."""
    return "".join(_stretch(group, strong=strong) for strong, group in groupby(runs, key=_is_strong)).strip()


def _is_strong(run: Run) -> bool:
    return run.bold or run.kind is RunKind.TO_CONFIRM


def _stretch(runs: Iterable[Run], *, strong: bool) -> str:
    words = "".join(escaped(run.text) for run in runs)
    return f"**{words}**" if strong and words.strip() else words
