"""The words of a PDF page with their boxes: runs of characters that stand together on one line."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

# In ems: a wider blank parts two runs, as between two cells.
_BETWEEN_RUNS = 1.2
_TOUCHING = 0.08
_NO_BREAK = 0xA0
# Pdfium says by this sign that a word goes on after the end of its line; others write a soft hyphen.
HYPHEN = "\u00ad"
_HYPHENS = {0x02, 0xAD}
_BOLD = 600
# How far the letters of a usual font reach above and below their line, in parts of its size.
_ABOVE = 0.92
_BELOW = 0.22
# In degrees: words drawn further from the edges of the page than this are a mark set across it.
_ASKEW = 10


@dataclass(frozen=True, slots=True)
class Run:
    """Words on one line of a page, in points from the bottom left of the page turned so that they are read from left to right."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageRuns:
    """The runs of a page for each way in which it must be turned to read them, the fullest first, and the words of a mark set across it."""

    by_turn: tuple[tuple[Run, ...], ...]
    across: str


@dataclass(slots=True)
class _Sign:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    turn: int | None
    index: int
    after_blank: bool


def runs_of(page: pypdfium2.PdfPage) -> PageRuns:
    """The runs of a page, in the order in which the file draws them."""
    text_page = page.get_textpage()
    runs: dict[int, list[Run]] = {}
    across = []
    try:
        for signs in _groups(_signs(text_page)):
            if signs[0].turn is None:
                across.append(_words(signs))
            else:
                runs.setdefault(signs[0].turn, []).append(_run(text_page, signs, signs[0].turn))
    finally:
        text_page.close()
    fullest_first = sorted(runs.values(), key=lambda some: -sum(len(run.text) for run in some))
    return PageRuns(tuple(tuple(some) for some in fullest_first), " ".join(across))


def _signs(text_page: pypdfium2.PdfTextPage) -> Iterator[_Sign]:
    """The characters that the page draws, each after a blank or not: pdfium tells one for a space, a gap or the end of a line."""
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    handle = text_page.raw
    after_blank = True
    for index in range(pdfium.FPDFText_CountChars(handle)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code in _HYPHENS:
            text = HYPHEN
        elif code <= 0x20 or code == _NO_BREAK or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            after_blank = True
            continue
        else:
            text = chr(code)
        if pdfium.FPDFText_GetLooseCharBox(handle, index, reference) and box.top > box.bottom:
            turn = _turn(text_page, index)
            yield _Sign(text, *_turned(box.left, box.right, box.bottom, box.top, turn or 0), turn, index, after_blank)
            after_blank = False


def _turn(text_page: pypdfium2.PdfTextPage, index: int) -> int | None:
    """By how many degrees, clockwise, the page must be turned to read a character; None for one that is drawn askew."""
    angle = pdfium.FPDFText_GetCharAngle(text_page.raw, index)
    if not angle:
        return 0
    degrees = -math.degrees(angle)
    quarter = round(degrees / 90)
    return quarter * 90 % 360 if abs(degrees - quarter * 90) <= _ASKEW else None


def _turned(left: float, right: float, bottom: float, top: float, turn: int) -> tuple[float, float, float, float]:
    """A box as it is seen once the page is turned by so many degrees, clockwise."""
    if turn == 90:
        return bottom, top, -right, -left
    if turn == 180:
        return -right, -left, -top, -bottom
    if turn == 270:
        return -top, -bottom, left, right
    return left, right, bottom, top


def _groups(signs: Iterator[_Sign]) -> Iterator[list[_Sign]]:
    group: list[_Sign] = []
    for sign in signs:
        if group and not _follows(group[-1], sign):
            yield group
            group = []
        group.append(sign)
    if group:
        yield group


def _follows(former: _Sign, sign: _Sign) -> bool:
    if former.turn is None or former.turn != sign.turn:
        return former.turn == sign.turn
    em = max(former.top - former.bottom, sign.top - sign.bottom)
    same_line = abs((former.top + former.bottom) - (sign.top + sign.bottom)) < em
    # The letters of a ligature share its box: what no blank parts is one word.
    if same_line and sign.left - former.right < _TOUCHING * em and sign.left > former.left:
        # A raised letter, which pdfium parts from the figure before it.
        sign.after_blank = False
    return same_line and (not sign.after_blank or -0.5 * em < sign.left - former.right < _BETWEEN_RUNS * em)


def _words(signs: list[_Sign]) -> str:
    pieces = (f" {sign.text}" if sign.after_blank else sign.text for sign in signs)
    return " ".join("".join(pieces).replace("\u200b", "").split())


def _run(text_page: pypdfium2.PdfTextPage, signs: list[_Sign], turn: int) -> Run:
    middle = signs[len(signs) // 2]
    bottom, top = _heights(text_page, middle, turn)
    return Run(
        text=_words(signs),
        left=signs[0].left,
        right=signs[-1].right,
        bottom=bottom,
        top=top,
        bold=all(_is_bold(text_page, sign.index) for sign in (signs[0], middle, signs[-1])),
    )


def _heights(text_page: pypdfium2.PdfTextPage, sign: _Sign, turn: int) -> tuple[float, float]:
    """How low and how high the words of a sign's font reach; its box will not do, which is that of a drawing in fonts without a height."""
    matrix, across, up = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    handle, index = text_page.raw, sign.index
    if not pdfium.FPDFText_GetMatrix(handle, index, matrix) or not pdfium.FPDFText_GetCharOrigin(handle, index, across, up):
        return sign.bottom, sign.top
    size = pdfium.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
    if size <= 0:
        return sign.bottom, sign.top
    _left, _right, line, _top = _turned(across.value, across.value, up.value, up.value, turn)
    return line - _BELOW * size, line + _ABOVE * size


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    return pdfium.FPDFText_GetFontWeight(text_page.raw, index) >= _BOLD or "bold" in _font(text_page, index).lower()


def _font(text_page: pypdfium2.PdfTextPage, index: int) -> str:
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    size = pdfium.FPDFText_GetFontInfo(text_page.raw, index, buffer, 128, ctypes.byref(flags))
    return buffer.value.decode(errors="replace") if 0 < size <= 128 else ""
