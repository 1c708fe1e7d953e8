"""A text file, in any encoding: its words are kept as they stand, and blocks are found in them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from convenu.documents.reading import refusals
from convenu.documents.reading.contents import with_contents_marked
from convenu.documents.reading.typed import opens_a_block, what_it_is
from convenu.vocabulary.read_text import Position, ReadBlock, ReadKind, ReadText

_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What French machines have written: Windows, the Macintosh, DOS. Unix differs from Windows by its euro sign.
_ENCODINGS = ["cp1252", "mac_roman", "cp850"]
_EURO_OF_UNIX = 0xA4
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_PAGE = "\f"
# « de 13 h 30 à 17 h », « 30, le vendredi… » on the next line.
_CUT_NUMBER = re.compile(r"\s*\d{1,3},\s")
_ONE_LINE = {ReadKind.HEADING, ReadKind.CONTENTS}
_WIDEST = 180


def read_plain(name: str, content: bytes) -> ReadText:
    """The text as decoded, with nothing changed, so that positions are those of the file."""
    text = decoded(content)
    if len(text) > refusals.MAX_CHARACTERS:
        raise refusals.too_long()
    blocks = with_contents_marked(text, list(blocks_of(text)))
    if not blocks:
        raise refusals.empty()
    return ReadText(name=name, text=text, blocks=blocks)


def decoded(content: bytes) -> str:
    """The characters of a text file: by its mark, as UTF-8 when it is, else by the encoding that makes the likeliest words."""
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    nulls = content[:4096].count(0)
    if nulls:
        return _decoded(content, "utf-16-le" if content[1:4096:2].count(0) >= content[0:4096:2].count(0) else "utf-16-be")
    if _EURO_OF_UNIX in content and not any(0x80 <= byte <= 0x9F for byte in set(content)):
        return content.decode("iso8859_15")
    found = from_bytes(content, cp_isolation=_ENCODINGS).best()
    return content.decode(found.encoding if found else "cp1252", errors="replace")


def blocks_of(text: str) -> Iterator[ReadBlock]:
    """The paragraphs of a text: lines cut by the width of a page are put together, form feeds count the pages."""
    lines = [(match.start(), match.end()) for match in _LINE.finditer(text) if match[0].strip(" \t\u00a0\ufeff")]
    width = _width([end - start for start, end in lines])
    paged, page, seen, count = _PAGE in text, 1, 0, 0
    for start, end in _paragraphs(text, lines, width):
        turned = text.count(_PAGE, seen, start)
        page, seen, count = page + turned, start, 1 if turned else count + 1
        yield _block(text, start, end, Position(page if paged else None, count))


def _paragraphs(text: str, lines: list[tuple[int, int]], width: int) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends."""
    start = last = end = -1
    for first, after in lines:
        if start >= 0 and _goes_on(text[last:end], text[end:first], text[first:after], width=width, alone=start == last):
            last, end = first, after
            continue
        if start >= 0:
            yield start, end
        start, last, end = first, first, after
    if start >= 0:
        yield start, end


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusals.damaged("un texte") from error


def _block(text: str, start: int, end: int, position: Position) -> ReadBlock:
    words = text[start:end]
    start += len(words) - len(words.lstrip(" \t\u00a0\ufeff"))
    end -= len(words) - len(words.rstrip(" \t\u00a0"))
    words = text[start:end]
    cells = _cells(words, start)
    if cells:
        return ReadBlock(kind=ReadKind.ROW, start=start, end=end, position=position, cells=cells)
    typed = what_it_is(words)
    return ReadBlock(kind=typed.kind, start=start, end=end, level=typed.level, number=typed.number, position=position)


def _cells(words: str, start: int) -> tuple[tuple[int, int], ...]:
    """The cells of a row drawn with bars, as Markdown and many exports do; a line of dashes under a head has none."""
    if words.count("|") < 2 or "\n" in words or not words.startswith("|"):
        return ()
    inner, first = words.strip("|"), start + len(words) - len(words.lstrip("|"))
    cells = []
    for cell in inner.split("|"):
        lead = len(cell) - len(cell.lstrip())
        cells.append((first + lead, first + max(lead, len(cell.rstrip()))))
        first += len(cell) + 1
    return tuple(cells)


def _width(lengths: list[int]) -> int:
    """The width at which lines were cut, 0 when they were not: a paragraph is then a line."""
    if not lengths:
        return 0
    widest = sorted(lengths)[int(len(lengths) * 0.97) - 1 if len(lengths) > 1 else 0]
    return widest if widest <= _WIDEST else 0


def _goes_on(before: str, between: str, line: str, *, width: int, alone: bool) -> bool:
    """Whether a line ends the paragraph that the line before it begins, `alone` so far, or carries on."""
    ends = len(_LINE_END.findall(between))
    if not width or ends > 2 or _PAGE in between or opens_a_block(line, after=before) or line.lstrip().startswith("|"):
        return False
    before = before.strip()
    if (line.lstrip()[:1].islower() or _CUT_NUMBER.match(line)) and not before.endswith((".", ";", ":")):
        # Of a text set with every other line empty too.
        return ends == 1 or len(before) >= 0.8 * width
    return ends == 1 and len(before) >= 0.8 * width and not (alone and what_it_is(before).kind in _ONE_LINE)
