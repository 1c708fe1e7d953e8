"""The contract for the screen: a whole page that needs nothing else, or one clause for a page of ours.

Everything that a person wrote is escaped: no element of a page ever comes from a value.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from convenu.documents.brand import Brand
from convenu.documents.characters import raised, shown
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
    section_heading,
)
from convenu.vocabulary.contract_text import Article, Block, Bullets, ContractText, Paragraph, Run, RunKind, Runs, Section, Subtitle, Table

_EMPTY = Markup()
_RANKS = {2: Markup("h2"), 3: Markup("h3"), 4: Markup("h4")}


def section_html(section: Section, *, widths: bool = False) -> Markup:
    """One clause: its heading and its blocks, under the id that references aim at.

    `widths` sets the columns as on paper, by styles written in the elements: the security policy of our own pages takes none.
    """
    heading = section_heading(section)
    level = heading.level + 1
    written = _EMPTY.join(_block(block, level, widths=widths) for block in section.blocks)
    return Markup('<section id="clause-{0}" class="clause" data-clause="{0}">\n{1}\n{2}</section>\n').format(
        section.clause, _heading(heading, level), written
    )


def article_title_html(article: Article) -> Markup:
    """The heading of an article of several clauses, which stands before the first of them."""
    heading = article_heading(article)
    return Markup('<div id="clause-{0}" class="article">\n{1}\n</div>\n').format(heading.anchor, _heading(heading, 2))


def part_html(heading: Heading) -> Markup:
    """The heading of one of the three parts of the contract, which stands before its first clause."""
    return Markup('<h2 id="clause-{}" class="part">{}</h2>\n').format(heading.anchor, heading.title)


def write_html(text: ContractText, *, brand: Brand, edition: Edition) -> str:
    """The contract as one page that needs nothing else: its style is inside, and there is no script."""
    body = _EMPTY.join([_title(text, edition), _contents(text), _contract(text), _signatures(text), _frame(text, brand, edition)])
    return str(
        Markup(
            '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<title>{title}</title>\n<style>\n:root {{ --ink: {ink}; --colour: {colour}; --tint: {tint}; }}\n{style}</style>\n"
            "</head>\n<body>\n{body}</body>\n</html>\n"
        ).format(title=shown(text.title), ink=brand.ink, colour=brand.colour, tint=brand.tint, style=_style(), body=body)
    )


@cache
def _style() -> Markup:
    """Our own style sheet, which no person's text enters."""
    return Markup(files("convenu.documents").joinpath("static", "contract.css").read_text(encoding="utf-8"))  # noqa: S704


def _heading(heading: Heading, level: int) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(_RANKS[level], _heading_words(heading))


def _heading_words(heading: Heading) -> Markup:
    number = Markup('<span class="number">{}</span> ').format(heading.number) if heading.number else _EMPTY
    return number + escape(shown(heading.title))


def _block(block: Block, level: int, *, widths: bool) -> Markup:
    match block:
        case Paragraph(runs):
            return Markup("<p>{}</p>\n").format(_runs(runs))
        case Subtitle(runs):
            return Markup("<{0}>{1}</{0}>\n").format(_RANKS[level + 1], _runs(runs))
        case Bullets(items):
            return Markup("<ul>\n{}</ul>\n").format(_EMPTY.join(Markup("<li>{}</li>\n").format(_runs(item)) for item in items))
        case Table():
            return _table(block, widths=widths)


def _table(table: Table, *, widths: bool) -> Markup:
    figures = figure_columns(table)
    head = _cells(table.header, figures, cell=Markup('<th scope="col"{}>{}</th>'))
    rows = _EMPTY.join(Markup("<tr>{}</tr>\n").format(_cells(row, figures, cell=Markup("<td{}>{}</td>"))) for row in table.rows)
    return Markup("<table>\n{}<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n").format(
        _columns(table) if widths else _EMPTY, head, rows
    )


def _columns(table: Table) -> Markup:
    shares = _EMPTY.join(Markup('<col style="width: {}%">').format(round(share * 100, 1)) for share in column_shares(table))
    return Markup("<colgroup>{}</colgroup>\n").format(shares)


def _cells(row: tuple[Runs, ...], figures: tuple[bool, ...], *, cell: Markup) -> Markup:
    return _EMPTY.join(cell.format(_figure(right=right), _runs(runs)) for runs, right in zip(row, figures, strict=True))


def _figure(*, right: bool) -> Markup:
    return Markup(' class="figure"') if right else _EMPTY


def _runs(runs: Runs) -> Markup:
    return _EMPTY.join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    words = _words(run.text)
    if run.bold:
        words = Markup("<strong>{}</strong>").format(words)
    match run.kind:
        case RunKind.VALUE:
            return Markup('<span class="value" dir="auto"{}>{}</span>').format(_terms(run), words)
        case RunKind.REFERENCE if run.target:
            return Markup('<a href="#clause-{}">{}</a>').format(run.target, words)
        case RunKind.TO_CONFIRM:
            return Markup("<mark{}>{}</mark>").format(_terms(run), words)
        case RunKind.CITATION:
            return Markup("<cite>{}</cite>").format(words)
        case _:
            return words


def _terms(run: Run) -> Markup:
    return Markup(' data-terms="{}"').format(" ".join(run.terms)) if run.terms else _EMPTY


def _words(text: str) -> Markup:
    return _EMPTY.join(Markup("<sup>{}</sup>").format(piece) if above else escape(piece) for piece, above in raised(shown(text)))


def _title(text: ContractText, edition: Edition) -> Markup:
    particulars = _EMPTY.join(Markup("<dt>{}</dt><dd>{}</dd>\n").format(label, _words(value)) for label, value in edition.particulars(text))
    return Markup(
        '<header class="title">\n<h1>{}</h1>\n'
        '<p class="parties">entre <strong>{}</strong><br>et <strong>{}</strong></p>\n<dl>\n{}</dl>\n</header>\n'
    ).format(shown(text.title), shown(text.provider), shown(text.client), particulars)


def _contents(text: ContractText) -> Markup:
    entries = _EMPTY.join(
        Markup('<li class="level-{}"><a href="#clause-{}">{}</a></li>\n').format(heading.level, heading.anchor, _heading_words(heading))
        for heading in headings(text)
    )
    return Markup('<nav aria-label="{0}">\n<h2>{0}</h2>\n<ol>\n{1}</ol>\n</nav>\n').format(CONTENTS, entries)


def _contract(text: ContractText) -> Markup:
    parts = [section_html(text.summary, widths=True)] if text.summary else []
    parts += [part_html(SPECIAL_TERMS)] if text.front else []
    parts += [section_html(section, widths=True) for section in text.front]
    parts += [part_html(GENERAL_TERMS)] if text.articles else []
    for article in text.articles:
        if not article.single:
            parts.append(article_title_html(article))
        parts += [section_html(section, widths=True) for section in article.sections]
    parts += [part_html(ANNEXES)] if text.annexes else []
    parts += [section_html(section, widths=True) for section in text.annexes]
    return Markup("<main>\n{}</main>\n").format(_EMPTY.join(parts))


def _signatures(text: ContractText) -> Markup:
    if not text.signatories:
        return _EMPTY
    sides = _EMPTY.join(
        Markup("<div><p><strong>{}</strong></p><p>{}</p><p>{}, {}</p><p>Lieu et date :</p><p>Signature :</p></div>\n").format(
            signatory.side, shown(signatory.name), shown(signatory.person), shown(signatory.quality)
        )
        for signatory in text.signatories
    )
    return Markup('<section id="clause-{}" class="signatures">\n<h2>{}</h2>\n<div class="sides">\n{}</div>\n</section>\n').format(
        SIGNATURE_HEADING.anchor, SIGNATURE_HEADING.title, sides
    )


def _frame(text: ContractText, brand: Brand, edition: Edition) -> Markup:
    """Above and below each printed page; on the screen, at the end."""
    return Markup('<footer><p class="running-title">{} · {}</p><p class="running-legal">{}</p></footer>\n').format(
        shown(text.title), edition.mark, shown(brand.legal_footer or brand.name)
    )
