"""Headings of every style: « Article 3 – », « 3.2 », roman numbers, capitals, Markdown, bold, or a short line alone above its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 110
MOST_WORDS = 15
_UNNUMBERED_WORDS = 9
_UNNUMBERED_LENGTH = 70
_RUN_IN_WORDS = 9
_SHORT_TITLE = 3
_SHORTEST_BODY = 25
# A line of a table of contents is short, and its page stands at its end; a paragraph longer than this only begins with a title.
_LONGEST_CONTENTS = 400
_TAIL = 160
_HEAD = 400
# Levels: a smaller one holds the larger ones that follow it.
_PART, _ARTICLE, _SHORT_LINE, _RUN_IN = 1, 2, 6, 8

_MARKDOWN = re.compile(r"^(#{1,6})\s*(?=[^\s#])(?P<rest>.+?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(\*\*|__)(?P<rest>[^*_].{0,120}?)\1\s*:?\s*$")
_MARKS = re.compile(r"[*_`\\]+")
_NUMBER = r"(?:premier|1\s?er|[IVXLC]{1,6}|\d{1,3})(?:\s?[.-]\s?\d{1,2}){0,4}"
_UNITS = "premi[eè]re|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
_IN_LETTERS = rf"(?:(?:vingt|trente|quarante|dix)(?:[- ](?:et[- ])?(?:{_UNITS}))?|{_UNITS})"
_NAMED = re.compile(
    rf"^(?P<name>article|art\.?|clause|chapitre|titre|section|partie|annexe|§)\s*(?:n\s?[°ºo]\s*)?(?P<number>{_IN_LETTERS}|{_NUMBER}|[A-H])(?![\w])\s*[.:)\]–—-]*\s*(?P<title>.*)$",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?:\s*[.):°–—-]+\s*|\s+)(?P<title>[^\W\d_].*)$")
_ROMAN = re.compile(r"^(?P<number>[IVXL]{1,6}(?:\.\d{1,2}){0,3})\s*[.):°–—-]+\s*(?P<title>[^\W\d_].*)$")
_LETTER = re.compile(r"^(?P<number>[A-Z])\s*[.):–—-]+\s+(?P<title>[^\W\d_].*)$")
_RUN_IN_TITLE = re.compile(r"^(?P<title>[^\W\d_][^.:;|]{2,70}?)\s*(?:\s:|:\s|\s[–—-]\s|\.\s+(?=[A-ZÉÈÀÎL«]))\s*(?P<body>\S.*)$", re.DOTALL)
# An annex that has a name in place of a number.
_NAMED_ANNEX = re.compile(r"^annexe\s*[:–—-]?\s*[«“\"]\s*(?P<title>[^»”\"]{3,80}?)\s*[»”\"](?:\s*\([^)]{1,40}\))?$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-•–—*▪◦●○‣>✓✔➢❖]|[a-z]\)|\([a-z0-9]{1,2}\)|[ivx]{1,4}\)|\d{1,2}\))\s+")
_CONTENTS = re.compile(r"(?:\.{4}|…{2}|(?:\s\.){4}|\t)\s*\d{1,3}\s*$|^\s*[-*]?\s*\[[^\]]{2,90}\]\(#")
_VERB = re.compile(
    r"\b(?:s[’']engage\w*|est|sont|sera|seront|peut|peuvent|pourra|pourront|doit|doivent|devra|devront|n[’']est|ont|constitue\w*|désigne\w*)\b",
    re.IGNORECASE,
)
_ENDS = (".", ";", ",", "!", "?")
# A line in capitals that the next one, in small letters, ends.
_GOES_ON = re.compile(r"\s(?:DE|DU|DES|LA|LE|LES|AUX?|À|ET|PAR|SUR)$")
# A paragraph of an article, by its number, whose first line holds some words and stops on none of the signs that end one.
_CUT = re.compile(r"^\d{1,2}\.\d{1,2}\b.*[^\W\d_](?:\s\S+){5,}[^\W_]$")
# A line by itself that asks is the title of what answers: « Combien de temps ? ».
_ASKS = "?"
# « 2 Heures Ouvrées », a cell that its table lost: a number and what it counts.
_COUNTED = re.compile(r"^\d{1,3}\s+(?:minutes?|heures?|jours?|semaines?|mois|ans?|années?)\b", re.IGNORECASE)
_PARTS = ("chapitre", "titre", "partie", "section", "annexe")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in a line: its number, its title, its level; `body_at`, where the line's own text begins when it goes on.

    A line that goes on is read whole as a sentence too: what looks like a title may be one.
    """

    number: str
    title: str
    level: int
    body_at: int | None = None


def heading_in(line: str, *, before: str, after: str, told: int | None = None) -> Heading | None:
    """The heading that a line is, or begins with; `told`: the level when the file itself says that the line is one.

    `before` and `after` are the lines around it, which decide for a short line without number.
    """
    stripped = line.strip()[:_HEAD]
    if not stripped or is_contents(stripped) or _COUNTED.match(stripped):
        return None
    markdown = _MARKDOWN.match(stripped)
    if markdown is not None:
        number, title = _parted(_bare(markdown["rest"]))
        return Heading(number, title, len(markdown[1]))
    if told is not None:
        number, title = _parted(_bare(stripped))
        # A file may take the first line of a numbered paragraph for a title: it is read as a sentence too.
        said = len(line) if len(title.split()) > _RUN_IN_WORDS and _VERB.search(title) else None
        return Heading(number, title, told, said)
    if _is_part_of_more(stripped, after):
        return None
    if _BULLET.match(line):
        return _lettered(line)
    bold = _BOLD.match(stripped)
    bare = _bare(stripped)
    numbered = _numbered(bare, line)
    if numbered is not None:
        return numbered
    if bold is not None and len(bare) <= LONGEST and not bare.endswith(_ENDS):
        return Heading("", bare.rstrip(" :"), _SHORT_LINE - 1)
    if _in_capitals(bare):
        return Heading("", bare.rstrip(" :"), _ARTICLE)
    if _alone(bare, before, after):
        return Heading("", bare.rstrip(" :"), _SHORT_LINE)
    return _run_in(bare, line, "", _RUN_IN)


def _is_part_of_more(stripped: str, after: str) -> bool:
    """Whether a line is a row of a table, or goes on in the next one: a title on two lines, a numbered paragraph that the file cuts."""
    if "|" in stripped or stripped.count("\t") > 1:
        return True
    if _GOES_ON.search(stripped):
        return not _in_capitals(_bare(after))
    return _CUT.match(_bare(stripped)) is not None and after.strip()[:1].islower() and not is_item(after)


def is_contents(line: str) -> bool:
    """Whether a line belongs to a table of contents."""
    return bool(_CONTENTS.search(line[-_TAIL:])) if len(line) <= _LONGEST_CONTENTS else False


def is_item(line: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(line))


def _lettered(line: str) -> Heading | None:
    """« h) NOTRE RESPONSABILITÉ » heads an article; « h) le prix » is an item of a list."""
    found = _BULLET.match(line)
    letter, title = ("", "") if found is None else (found[0].strip(" )"), _bare(line[found.end() :]))
    if not letter.isalpha() or not _in_capitals(title) or len(title.split()) > _RUN_IN_WORDS:
        return None
    return Heading(letter, title.rstrip(" :"), _ARTICLE)


def _numbered(bare: str, line: str) -> Heading | None:
    annex = _NAMED_ANNEX.match(bare)
    if annex is not None:
        return Heading("", annex["title"], _PART)
    named = _NAMED.match(bare)
    if named is not None:
        level = _PART if named["name"].lower() in _PARTS else _ARTICLE + _depth(named["number"])
        title = named["title"].strip()
        if len(title) <= LONGEST and not (title.endswith(_ENDS) and _VERB.search(title)):
            return Heading(named["number"], title.rstrip(" .:"), level)
        return _run_in(title, line, named["number"], level)
    for pattern, base in ((_DECIMAL, _ARTICLE), (_ROMAN, _PART), (_LETTER, _PART)):
        found = pattern.match(bare)
        if found is None or not found["title"][:1].isupper():
            continue
        level, title = base + _depth(found["number"]), found["title"].strip()
        if _is_title(title):
            # A number, a few words and a full stop are a title to some and a whole sentence to most: both are read.
            said = len(line) if title.endswith(".") and len(title.split()) > _SHORT_TITLE else None
            return Heading(found["number"], title.rstrip(" :."), level, said)
        # « B) Par le Client : … » is a part of the article that it stands in.
        return _run_in(title, line, found["number"], _SHORT_LINE if pattern is _LETTER and ")" in bare[:3] else level)
    return None


def _run_in(words: str, line: str, number: str, level: int) -> Heading | None:
    """A title at the head of its own paragraph: « Durée : le contrat… »."""
    found = _RUN_IN_TITLE.match(words)
    if found is None or len(found["body"]) < _SHORTEST_BODY:
        return None
    title = found["title"].strip()
    if not number and words[found.end("title")] == "." and len(title.split()) > _SHORT_TITLE:
        return None
    if len(title.split()) > _RUN_IN_WORDS or _VERB.search(title) or not title[:1].isupper():
        return None
    body_at = line.find(found["body"][:_SHORTEST_BODY])
    if body_at < 0:
        # Spaces that the title has once may be several in the line.
        body_at = line.find(found["body"].split()[0], line.find(title.split()[-1]) + 1)
    return Heading(number, title, level, body_at if body_at > 0 else None)


def _is_title(title: str) -> bool:
    if len(title) > LONGEST or len(title.split()) > MOST_WORDS:
        return False
    if title.endswith((";", ",")) or (title.endswith(".") and len(title.split()) > _RUN_IN_WORDS):
        return False
    return not _VERB.search(title)


def _in_capitals(bare: str) -> bool:
    letters = [letter for letter in bare if letter.isalpha()]
    # A formula is in capitals too.
    if len(letters) < 4 or "=" in bare or len(bare) > LONGEST or len(bare.split()) > MOST_WORDS or bare.endswith((";", ",", ".")):
        return False
    return sum(letter.isupper() for letter in letters) >= 0.85 * len(letters)


def _alone(bare: str, before: str, after: str) -> bool:
    """A short line, capital first and no stop at the end unless it asks, above a text."""
    if before.strip() or not bare[:1].isupper() or bare.rstrip(_ASKS).rstrip().endswith(_ENDS) or len(bare) > _UNNUMBERED_LENGTH:
        return False
    if (
        ":" in bare[:-1]
        or len(bare.split()) > _UNNUMBERED_WORDS
        or _VERB.search(bare)
        or "{{" in bare
        or "@" in bare
        or re.search(r"\d{4,}", bare)
    ):
        return False
    following = after.strip()
    if following[:1].islower():
        # The words go on: this is the first line of a paragraph.
        return False
    return (
        len(following) > _UNNUMBERED_LENGTH
        or (following[:1] in "-•*" and len(following) > 3)
        or (following.endswith((".", ";", ":")) and len(following) > 30)
    )


def _parted(bare: str) -> tuple[str, str]:
    """The number and the title of a line that is a heading for certain."""
    for pattern in (_NAMED, _DECIMAL, _ROMAN):
        found = pattern.match(bare)
        if found is not None and found["title"]:
            return found["number"], found["title"].strip(" .:–—-")
    return "", bare.strip(" :")


def _bare(words: str) -> str:
    return " ".join(_MARKS.sub("", words).split())


def _depth(number: str) -> int:
    return len(re.findall(r"[.-]\s?\d", number))
