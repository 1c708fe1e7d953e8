"""Paragraphs, lists and tables of a clause as elements of a Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convenu.documents.columns import column_shares, figure_columns
from convenu.documents.outline import Heading, openings
from convenu.documents.word_styles import TEXT_WIDTH
from convenu.documents.word_xml import Xml, field, joined, paragraph, text_run, w
from convenu.vocabulary.contract_text import Block, Bullets, Paragraph, Run, RunKind, Runs, Subtitle, Table

# A table stays on one page up to that many rows and letters: longer, it would leave the foot of the page before it empty.
_SMALL = 8
_SHORT = 1200
_STYLES = {RunKind.VALUE: "Value", RunKind.TO_CONFIRM: "ToConfirm", RunKind.CITATION: "Citation"}


class WordBlocks:
    """Writes blocks; knows the bookmark and the heading that each reference aims at."""

    def __init__(self, bookmarks: Mapping[str, str], headings: Mapping[str, Heading]) -> None:
        self._bookmarks = bookmarks
        self._headings = headings

    def written(self, blocks: Sequence[Block], *, closing: int = 0) -> Xml:
        """Some blocks, in order; the last `closing` of them stay on the page of what follows."""
        first = len(blocks) - closing
        several = enumerate(zip(blocks, openings(blocks), strict=True))
        return joined(*(self._block(block, opens=opens, closes=rank >= first) for rank, (block, opens) in several))

    def _block(self, block: Block, *, opens: bool, closes: bool) -> Xml:
        match block:
            case Paragraph(runs):
                return w("p", w("pPr", w("keepNext")) if opens or closes else None, self.runs(runs))
            case Subtitle(runs):
                return paragraph(self.runs(runs), style="Heading3")
            case Bullets(items):
                return joined(*(self._item(item, stays=closes and item is items[-1]) for item in items))
            case Table():
                return joined(self.table(block, closes=closes), _after_table(stays=closes))

    def _item(self, item: Runs, *, stays: bool) -> Xml:
        return w("p", w("pPr", w("pStyle", val="ListBullet"), w("keepNext") if stays else None), self.runs(item))

    def runs(self, runs: Runs) -> Xml:
        """The pieces of a sentence."""
        return joined(*(self._run(run) for run in runs))

    def _run(self, run: Run) -> Xml:
        if run.kind is RunKind.REFERENCE and run.target in self._bookmarks:
            return self._reference(run)
        return text_run(run.text, bold=run.bold, style=_STYLES.get(run.kind))

    def table(self, table: Table, *, closes: bool = False) -> Xml:
        """A table in our style: its first row comes back on each page, no row is cut in two, a small one stays whole."""
        widths = [round(share * TEXT_WIDTH) for share in column_shares(table)]
        columns = list(zip(widths, figure_columns(table), strict=True))
        whole = len(table.rows) <= _SMALL and _letters(table) <= _SHORT
        rows = [self._row(table.header, columns, header=True, stays=True)]
        rows += [self._row(row, columns, stays=closes if row is table.rows[-1] else whole) for row in table.rows]
        properties = w(
            "tblPr",
            w("tblStyle", val="ContractTable"),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        )
        return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *rows)

    def _row(self, cells: tuple[Runs, ...], columns: list[tuple[int, bool]], *, header: bool = False, stays: bool = False) -> Xml:
        written = [self._cell(cell, width, stays=stays, figure=figure) for cell, (width, figure) in zip(cells, columns, strict=True)]
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if header else None), *written)

    def _cell(self, cell: Runs, width: int, *, stays: bool, figure: bool) -> Xml:
        """A cell; when it stays, on the same page as the next row."""
        style = w("pStyle", val="FigureText" if figure else "CellText")
        shape = w("pPr", style, w("keepNext") if stays else None)
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), w("p", shape, self.runs(cell)))

    def _reference(self, run: Run) -> Xml:
        """A reference whose number Word computes from the heading aimed at; until then it shows the number of our text.

        The number of a clause is « 3.2 »: its word stays outside the field. The number of an article or an annex carries its word.
        """
        target = run.target or ""
        heading = self._headings[target]
        if not heading.number:
            return text_run(run.text, bold=run.bold)
        code = f"REF {self._bookmarks[target]} \\r \\h"
        if heading.level == 1:
            case = r" \* lower" if heading.number.startswith("Article") else ""
            return field(code + case, text_run(run.text, bold=run.bold))
        word = text_run(run.text.removesuffix(heading.number), bold=run.bold)
        return joined(word, field(code, text_run(heading.number, bold=run.bold)))


def _letters(table: Table) -> int:
    return sum(len(run.text) for row in table.rows for cell in row for run in cell)


def _after_table(*, stays: bool) -> Xml:
    """The white line under a table, which also keeps two tables apart."""
    return w("p", w("pPr", w("keepNext") if stays else None, w("spacing", before=0, after=60, line=120, lineRule="exact")))
