"""Paragraphs, lists and tables of a clause as elements of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from convenu.documents.columns import column_shares, figure_columns
from convenu.documents.outline import Heading
from convenu.documents.word_styles import TEXT_WIDTH
from convenu.documents.word_xml import Element, field, paragraph, text_run, w
from convenu.vocabulary.contract_text import Block, Bullets, Paragraph, Run, RunKind, Runs, Subtitle, Table

_STYLES = {RunKind.VALUE: "Value", RunKind.TO_CONFIRM: "ToConfirm", RunKind.CITATION: "Citation"}


class WordBlocks:
    """Writes blocks; knows the bookmark and the heading that each reference aims at."""

    def __init__(self, bookmarks: Mapping[str, str], headings: Mapping[str, Heading]) -> None:
        self._bookmarks = bookmarks
        self._headings = headings

    def elements(self, blocks: Iterable[Block]) -> Iterator[Element]:
        """The elements of some blocks, in order."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Element]:
        match block:
            case Paragraph(runs):
                yield paragraph(*self.runs(runs))
            case Subtitle(runs):
                yield paragraph(*self.runs(runs), style="Heading3")
            case Bullets(items):
                yield from (paragraph(*self.runs(item), style="ListBullet") for item in items)
            case Table():
                yield self.table(block)
                yield _after_table()

    def runs(self, runs: Runs) -> Iterator[Element]:
        """The pieces of a sentence."""
        for run in runs:
            if run.kind is RunKind.REFERENCE and run.target in self._bookmarks:
                yield from self._reference(run)
            else:
                yield from text_run(run.text, bold=run.bold, style=_STYLES.get(run.kind))

    def table(self, table: Table) -> Element:
        """A table in our style: its first row comes back on each page, no row is cut in two."""
        widths = [round(share * TEXT_WIDTH) for share in column_shares(table)]
        columns = list(zip(widths, figure_columns(table), strict=True))
        rows = [self._row(table.header, columns, header=True), *(self._row(row, columns) for row in table.rows)]
        properties = w(
            "tblPr",
            w("tblStyle", val="ContractTable"),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        )
        return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *rows)

    def _row(self, cells: tuple[Runs, ...], columns: list[tuple[int, bool]], *, header: bool = False) -> Element:
        written = (
            w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph(*self.runs(cell), style="FigureText" if figures else "CellText"))
            for cell, (width, figures) in zip(cells, columns, strict=True)
        )
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if header else None), *written)

    def _reference(self, run: Run) -> Iterator[Element]:
        """A reference whose number Word computes from the heading aimed at; until then it shows the number of our text.

        The number of a clause is « 3.2 »: its word stays outside the field. The number of an article or an annex carries its word.
        """
        target = run.target or ""
        heading = self._headings[target]
        if not heading.number:
            yield from text_run(run.text, bold=run.bold)
            return
        code = f"REF {self._bookmarks[target]} \\r \\h"
        if heading.level == 1:
            case = r" \* lower" if heading.number.startswith("Article") else ""
            yield from field(code + case, *text_run(run.text, bold=run.bold))
            return
        yield from text_run(run.text.removesuffix(heading.number), bold=run.bold)
        yield from field(code, *text_run(heading.number, bold=run.bold))


def _after_table() -> Element:
    """The white line under a table, which also keeps two tables apart."""
    return w("p", w("pPr", w("spacing", before=0, after=60, line=120, lineRule="exact")))
