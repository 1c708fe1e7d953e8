"""What a character may do to a page: control signs are shown, never obeyed; « 1er » is raised; a long word may be cut at the line's end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from convenu.vocabulary.contract_text import ContractText

# Signs that no XML file admits, and those that turn the words after them: a clause could be made to read otherwise than it is.
_NO_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
_TURNING = "\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_OBEYED = re.compile(f"[{_NO_XML}{_TURNING}]")
_BREAKS = re.compile(r"[\t\r\n]+")
_ORDINAL = re.compile(r"(?<!\w)(1)(er)(?=\s|$|[.,;)])")
# What the fonts inside the typesetter can draw; a test has it draw them all. The rest is shown by its number.
_DRAWN = (
    (0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x482), (0x48A, 0x4FF), (0x5D0, 0x5EA), (0x621, 0x63A), (0x640, 0x64A), (0x660, 0x66D),
    (0x1E00, 0x1FFF), (0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x2040), (0x20A0, 0x20BF), (0x2100, 0x211E), (0x2190, 0x23FF),
    (0x2460, 0x262F), (0x270C, 0x2727), (0xFFFD, 0xFFFD),
)  # fmt: skip
_MARKS_ALONE = {"Mn", "Me", "Cn", "Co", "Cs", "Cc"}
_LONG_WORD = re.compile(r"[^\s\u00a0\u202f]{24,}")
_BREAK_AFTER = re.compile(r"(?<=[@./\\_-])(?=\w)")
_PIECE = 40


def shown(text: str) -> str:
    """The text with control signs replaced by « � » and line ends by spaces; every format prints this."""
    return _OBEYED.sub("\ufffd", _BREAKS.sub(" ", text))


def raised(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, and whether each is the « er » of « 1er », printed above the line."""
    position = 0
    for match in _ORDINAL.finditer(text):
        yield text[position : match.start(2)], False
        yield match[2], True
        position = match.end()
    if position < len(text) or not text:
        yield text[position:], False


def drawn(text: str) -> str:
    """The text with what the fonts cannot draw written by its number, « [U+1F600] »."""
    text = unicodedata.normalize("NFC", shown(text))
    if text.isascii() or all(_can_be_drawn(sign) for sign in set(text)):
        return text
    return "".join(sign if _can_be_drawn(sign) else f"[U+{ord(sign):04X}]" for sign in text)


@dataclass(frozen=True, slots=True)
class Undrawable:
    """A character that the PDF can only show by its number, and the terms whose values hold it."""

    sign: str
    terms: tuple[str, ...]

    @property
    def number(self) -> str:
        """« U+1F680 », as the PDF prints it."""
        return f"U+{ord(self.sign):04X}"


def undrawable(text: ContractText) -> tuple[Undrawable, ...]:
    """The characters of a contract that the fonts of its PDF lack, so that a person may choose other words."""
    found: dict[str, dict[str, None]] = {}
    for section in text.sections():
        for run in section.runs:
            for sign in _lacking(run.text):
                found.setdefault(sign, {}).update(dict.fromkeys(run.terms))
    return tuple(Undrawable(sign, tuple(found[sign])) for sign in sorted(found))


def breakable(text: str) -> str:
    """Very long words with places where a line may end, invisible unless used."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_pieces(word[0])), text)


@lru_cache(maxsize=8192)
def _lacking(text: str) -> frozenset[str]:
    """Kept from one page to the next: most runs of a contract are the library's own words."""
    return frozenset(sign for sign in set(unicodedata.normalize("NFC", shown(text))) if not _can_be_drawn(sign))


def _can_be_drawn(sign: str) -> bool:
    return unicodedata.category(sign) not in _MARKS_ALONE and any(first <= ord(sign) <= last for first, last in _DRAWN)


def _pieces(word: str) -> Iterator[str]:
    for part in _BREAK_AFTER.split(word):
        if len(part) <= _PIECE:
            yield part
        else:
            yield from (part[start : start + 8] for start in range(0, len(part), 8))
