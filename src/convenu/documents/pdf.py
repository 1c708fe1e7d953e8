"""The contract as a PDF that declares PDF/A-3a and PDF/UA-1, with its terms attached.

The tree goes to the typesetter as data, beside a template that never changes: whatever a person typed is a string there, never markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from convenu.documents.brand import Brand
from convenu.documents.characters import breakable, drawn, raised
from convenu.documents.columns import column_shares, figure_columns
from convenu.documents.edition import Edition
from convenu.documents.outline import (
    ANNEXES,
    CONTENTS,
    GENERAL_TERMS,
    SIGNATURE_HEADING,
    SPECIAL_TERMS,
    Heading,
    article_heading,
    headings,
    openings,
    section_heading,
)
from convenu.documents.typesetting import typeset
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, Bullets, ContractText, Paragraph, Run, RunKind, Runs, Section, Subtitle, Table

# Words; some thirteen pages.
SHORT = 8_000
_KINDS = {"json": "application/json", "xml": "text/xml", "csv": "text/csv"}


def write_pdf(text: ContractText, *, brand: Brand, edition: Edition, attachments: Mapping[str, bytes] | None = None) -> bytes:
    """The contract as the bytes of a PDF, set in this process; a server sets it in workers instead (`PdfWorkers`)."""
    return typeset(pdf_files(text, brand=brand, edition=edition, attachments=attachments or {}), made=made_on(edition))


def made_on(edition: Edition) -> datetime:
    """The moment written in the file: midnight, universal time, of the edition's day."""
    return datetime(edition.day.year, edition.day.month, edition.day.day, tzinfo=UTC)


def pdf_files(text: ContractText, *, brand: Brand, edition: Edition, attachments: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the typesetter needs: the template, the contract as data, the logo, the attachments."""
    data = _contract(text, brand, edition)
    data["attachments"] = [
        {"path": f"attached-{rank}", "name": name, "kind": _KINDS.get(name.rsplit(".", 1)[-1], "application/octet-stream")}
        for rank, name in enumerate(attachments)
    ]
    found = {"main.typ": template(), "contract.json": json.dumps(data, ensure_ascii=False).encode()}
    found |= {f"attached-{rank}": content for rank, content in enumerate(attachments.values())}
    if brand.logo:
        found[f"logo.{brand.logo.kind}"] = brand.logo.content
    return found


def is_short(text: ContractText) -> bool:
    """Whether the contract is read in one sitting: its contents then stand on its title page, its signatures after its last line."""
    return sum(len(section.plain.split()) for section in text.sections()) < SHORT


@cache
def template() -> bytes:
    """The template of every PDF."""
    return files("convenu.documents").joinpath("typst", "contract.typ").read_bytes()


def _contract(text: ContractText, brand: Brand, edition: Edition) -> dict[str, Any]:
    return {
        "title": words_data(text.title),
        "note": None,
        "provider": words_data(text.provider),
        "client": words_data(text.client),
        "particulars": [[words_data(label), words_data(value)] for label, value in edition.particulars(text)],
        "day": [edition.day.year, edition.day.month, edition.day.day],
        "mark": words_data(edition.mark),
        "draft": edition.draft,
        "marks_title_page": edition.marks_title_page,
        "short": is_short(text),
        "brand": brand_data(brand),
        "contents": CONTENTS,
        "headings": {heading.anchor: [words_data(heading.number), words_data(heading.title)] for heading in headings(text)},
        "parts": _parts(text),
        "signatures": SIGNATURE_HEADING.anchor,
        "signatories": [
            [words_data(signatory.side), words_data(signatory.name), words_data(signatory.person), words_data(signatory.quality)]
            for signatory in text.signatories
        ],
        "made_by": words_data(
            f"Texte {text.hash[:16]}, bibliothèque {text.release}, droit au {french.day(date.fromisoformat(text.law_day))}"
        ),
    }


def brand_data(brand: Brand) -> dict[str, Any]:
    """The look of the house, as the template reads it."""
    return {
        "name": words_data(brand.name),
        "footer": words_data(brand.legal_footer or brand.name),
        "colour": brand.colour,
        "ink": brand.ink,
        "tint": brand.tint,
        "logo": f"logo.{brand.logo.kind}" if brand.logo else None,
    }


def _parts(text: ContractText) -> list[dict[str, Any]]:
    """Headings and clauses in reading order."""
    parts = [_clause(text.summary, section_heading(text.summary), "summary")] if text.summary else []
    parts += [_part(SPECIAL_TERMS)] if text.front else []
    parts += [_clause(section, section_heading(section), "front") for section in text.front]
    parts += [_part(GENERAL_TERMS)] if text.articles else []
    for article in text.articles:
        heading = article_heading(article)
        if article.single:
            parts.append(_clause(article.sections[0], heading, "article"))
            continue
        parts.append({"level": 1, "anchor": heading.anchor, "place": "article", "blocks": []})
        parts += [_clause(section, section_heading(section), "clause") for section in article.sections]
    parts += [_part(ANNEXES)] if text.annexes else []
    return parts + [_clause(section, section_heading(section), "annex") for section in text.annexes]


def _part(heading: Heading) -> dict[str, Any]:
    return {"level": 1, "anchor": heading.anchor, "place": "part", "blocks": []}


def _clause(section: Section, heading: Heading, place: str) -> dict[str, Any]:
    return {"level": heading.level, "anchor": heading.anchor, "place": place, "blocks": block_data(section.blocks)}


def block_data(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Blocks, as the template reads them."""
    return [_block(block, opens=opens) for block, opens in zip(blocks, openings(blocks), strict=True)]


def _block(block: Block, *, opens: bool) -> dict[str, Any]:
    match block:
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs(runs), "opens": opens}
        case Subtitle(runs):
            return {"kind": "subtitle", "runs": _runs(runs)}
        case Bullets(items):
            return {"kind": "bullets", "items": [_runs(item) for item in items]}
        case Table(header, rows):
            return {
                "kind": "table",
                "shares": [round(share, 4) for share in column_shares(block)],
                "figures": figure_columns(block),
                "header": [_runs(cell) for cell in header],
                "rows": [[_runs(cell) for cell in row] for row in rows],
            }


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [piece for run in runs for piece in _pieces(run)]


def _pieces(run: Run) -> list[dict[str, Any]]:
    """A run as the template reads it; what is not said is plain."""
    details: dict[str, Any] = {"bold": True} if run.bold else {}
    if run.kind is RunKind.REFERENCE and run.target:
        details["to"] = run.target
    if run.kind is RunKind.TO_CONFIRM:
        details["open"] = True
    return [_piece(words_data(text), details, above=above) for text, above in raised(run.text)]


def _piece(words: str, details: dict[str, Any], *, above: bool) -> dict[str, Any]:
    """An address or a code cut at the end of a line takes no hyphen, which would read as part of it."""
    return {"text": words, **details, **({"above": True} if above else {}), **({"solid": True} if "\u200b" in words else {})}


def words_data(text: str) -> str:
    """Words that the fonts can draw, with places where a very long one may be cut."""
    return breakable(drawn(text))
