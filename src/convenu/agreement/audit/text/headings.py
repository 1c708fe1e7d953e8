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
_LONGEST_TITLE = 12
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
_RUN_IN_TITLE = re.compile(
    r"^(?P<title>(?!(?:BIS|TER|bis|ter)\b)[^\W\d_][^.:;|]{2,70}?)\s*"
    r"(?:\s:|:\s|\s[–—-]\s|\.\s+(?=[A-ZÉÈÀÎL«]))\s*(?P<body>\S.*)$",
    re.DOTALL,
)
# An annex that has a name in place of a number.
_NAMED_ANNEX = re.compile(r"^annexe\s*[:–—-]?\s*[«“\"]\s*(?P<title>[^»”\"]{3,80}?)\s*[»”\"](?:\s*\([^)]{1,40}\))?$", re.IGNORECASE)
# « Annexe — Niveaux de service », alone on its line.
_TITLED_ANNEX = re.compile(r"^annexe\s*[–—-]\s+(?P<title>[^\W\d_][^.;|]{2,80})$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-•–—*▪◦●○‣>✓✔➢❖→⇒➔➜➤►▶■□·]|[a-z]\)|\([a-z0-9]{1,2}\)|[ivx]{1,4}\)|\d{1,2}[)/])\s+")
_CONTENTS = re.compile(r"(?:\.{4}|…{2}|(?:\s\.){4}|\t)\s*\d{1,3}\s*$|^\s*[-*]?\s*\[[^\]]{2,90}\]\(#")
_VERB = re.compile(
    r"\b(?:s[’']engage\w*|est|sont|sera|seront|peut|peuvent|pourra|pourront|doit|doivent|devra|devront|n[’']est|ont|constitue\w*|désigne\w*)\b",
    re.IGNORECASE,
)
# What parties and contracts do, in words that are not also nouns of titles.
_ACTS = (
    "accepte accorde applique assure autorise b[eé]n[eé]ficie c[eè]de cesse commence conc[eè]de conserve couvre d[eé]bute "
    "d[eé]clare d[eé]gage d[eé]passe dispose dure effectue emporte entra[iî]ne exc[eè]de ex[eé]cute expire paie paye "
    "r[eé]alise rel[eè]ve rembourse renonce renouvelle r[eé]silie reste supporte verse"
)
_OTHER_ACTS = (
    "appartien(?:t|nent) compren(?:d|nent) devien(?:t|nent) encour(?:t|ent) exclu(?:t|ent) fourni(?:t|ssent) garanti(?:t|ssent) "
    "inclu(?:t|ent) intervien(?:t|nent) maintien(?:t|nent) met(?:tent)? pren(?:d|nent) prescrit pr[eé]voi(?:t|ent) "
    "reconna[iî](?:t|ssent) r[eé]gi(?:t|ssent) remet(?:tent)? r[eé]pond(?:ent)? suspend(?:ent)? tien(?:t|nent) va(?:ut|lent)"
)
# A verb that somebody conjugates, by its form or by the little words before it.
_CONJUGATED = re.compile(
    rf"{_VERB.pattern}|\b(?:ne|ils?|elles?|nous|vous|a [eé]t[eé]|ont [eé]t[eé]|entren?t? en vigueur|court [àa])\s|\bn['’]\w"
    r"|\b(?:se\s|s['’])(?!\w+(?:er|ir|re)\b)\w{4,}"
    r"|\b(?!cam[eé]ra|op[eé]ra)\w{2,}(?:eront|iront|dront|vront|era|ira|dra|vra)\b"
    rf"|\b(?:(?:{'|'.join(_ACTS.split())})(?:nt)?|{'|'.join(_OTHER_ACTS.split())})\b",
    re.IGNORECASE,
)
# What is owed, for how long, and when somebody is there: « 36 mois », « 1 500 € », « de 8 h à 18 h », « du lundi au vendredi ».
_MEASURE = re.compile(
    r"\d\s?\)?\s?(?:€|%|(?:euros?|mois|jours?|semaines?|heures?|ans?|ann[eé]es?|minutes?)\b|h(?:\b|\d))|\bdu lundi au\s"
    r"|\b(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|dix-huit|vingt|trente|quarante-cinq|soixante) "
    r"(?:mois|jours?|semaines?|heures?|ans?|ann[eé]es?)\b",
    re.IGNORECASE,
)
# Opening hours alone on their line are what the title above them announces.
_OPENING = re.compile(r"(?:du lundi|de \d)", re.IGNORECASE)
# A title may be a question, or name its subject by a clause: « Ce qui est compris ».
_TELLS_OF = re.compile(r"^(?:ce qu|qui\s|comment\s|quand\s|quel|combien\s|pourquoi\s)|\?$", re.IGNORECASE)
# What sets the number of an article apart from a sentence; « Article 15 du code » is the sentence itself.
_SET_APART = (".", ":", ")", "]", "–", "—", "-")
_ENDS = (".", ";", ",", "!", "?")
# A line in capitals that the next one, in small letters, ends.
_GOES_ON = re.compile(r"\s(?:DE|DU|DES|LA|LE|LES|AUX?|À|ET|PAR|SUR)$")
# A paragraph of an article, by its number, whose first line holds some words and stops on none of the signs that end one.
_CUT = re.compile(r"^\d{1,2}\.\d{1,2}\b.*[^\W\d_](?:\s\S+){5,}[^\W_]$")
# « 8.2 Ensuite, le contrat se pro- », whose word ends in the next line, and which no title opens.
_HYPHENED = re.compile(r"^(?:\d[\d.]*\s+)?[^.:]{10,}\s[^\W\d_]{2,12}-$")
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


def heading_in(line: str, *, before: str, after: str, told: int | None = None, capitals_tell: bool = True) -> Heading | None:
    """The heading that a line is, or begins with; `told`: the level when the file itself says that the line is one.

    `before` and `after` are the lines around it, which decide for a short line without number. `capitals_tell`: whether a line in
    capitals is a title, which it is not where all is in capitals.
    """
    stripped = line.strip()[:_HEAD]
    if not stripped or is_contents(stripped) or _COUNTED.match(stripped):
        return None
    markdown = _MARKDOWN.match(stripped)
    if markdown is not None:
        return _told_by_the_file(_bare(markdown["rest"]), line, len(markdown[1]))
    if told is not None:
        bare = _bare(stripped)
        if _in_capitals(bare) and not _parted(bare)[0]:
            return _capitals(bare, line, told, capitals_tell=capitals_tell)
        return _told_by_the_file(bare, line, told)
    if _is_part_of_more(stripped, after, capitals_tell=capitals_tell):
        return None
    if _BULLET.match(line):
        return _lettered(line) if capitals_tell else None
    return _written(stripped, line, before=before, after=after, capitals_tell=capitals_tell)


def _written(stripped: str, line: str, *, before: str, after: str, capitals_tell: bool) -> Heading | None:
    """The heading that a line is by its number, its letters, or its place."""
    bare = _bare(stripped)
    numbered = _numbered(bare, line)
    if numbered is not None:
        return numbered
    if _BOLD.match(stripped) and len(bare) <= LONGEST and not bare.endswith(_ENDS):
        return _whole("", bare, line, _SHORT_LINE - 1)
    if capitals_tell and _in_capitals(bare):
        return _capitals(bare, line, _ARTICLE, capitals_tell=True)
    if _alone(bare, before, after):
        return _whole("", bare, line, _SHORT_LINE)
    return _run_in(bare, line, "", _RUN_IN)


def _is_part_of_more(stripped: str, after: str, *, capitals_tell: bool) -> bool:
    """Whether a line is a row of a table, or goes on in the next one: a title on two lines, a numbered paragraph that the file cuts."""
    if "|" in stripped or stripped.count("\t") > 1:
        return True
    if _GOES_ON.search(stripped):
        return not (capitals_tell and _in_capitals(_bare(after)))
    cut = _CUT.match(_bare(stripped)) or _HYPHENED.search(stripped)
    return cut is not None and after.strip()[:1].islower() and not is_item(after)


def is_contents(line: str) -> bool:
    """Whether a line belongs to a table of contents."""
    return bool(_CONTENTS.search(line[-_TAIL:])) if len(line) <= _LONGEST_CONTENTS else False


def is_item(line: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_BULLET.match(line))


def _lettered(line: str) -> Heading | None:
    """« h) NOTRE RESPONSABILITÉ » and « 7) Durée : le contrat… » head an article; « h) le prix » is an item of a list."""
    found = _BULLET.match(line)
    letter, title = ("", "") if found is None else (found[0].strip(" \t)/"), _bare(line[found.end() :]))
    if letter.isdigit():
        return _stated(title, line, letter, _RUN_IN)
    if not letter.isalpha() or not _in_capitals(title) or len(title.split()) > _RUN_IN_WORDS:
        return None
    return Heading(letter, title.rstrip(" :"), _ARTICLE)


def _numbered(bare: str, line: str) -> Heading | None:
    annex = _NAMED_ANNEX.match(bare) or _TITLED_ANNEX.match(bare)
    if annex is not None:
        return Heading("", annex["title"], _PART)
    named = _NAMED.match(bare)
    if named is not None:
        level = _PART if named["name"].lower() in _PARTS else _ARTICLE + _depth(named["number"])
        return _stated(named["title"].strip(), line, named["number"], level) or _named(named, line, level)
    for pattern, base in ((_DECIMAL, _ARTICLE), (_ROMAN, _PART), (_LETTER, _PART)):
        found = pattern.match(bare)
        if found is None or not found["title"][:1].isupper():
            continue
        level, title = base + _depth(found["number"]), found["title"].strip()
        if _is_title(title):
            return _stated(title, line, found["number"], level) or _whole(found["number"], title, line, level)
        # « B) Par le Client : … » is a part of the article that it stands in.
        return _run_in(title, line, found["number"], _SHORT_LINE if pattern is _LETTER and ")" in bare[:3] else level)
    return None


def _named(named: re.Match[str], line: str, level: int) -> Heading | None:
    """« Article 15 – Durée », or « Article 15. Le contrat cesse… », whose words are no title: the number alone opens the article."""
    number, title = named["number"], named["title"].strip()
    is_part = named["name"].lower() in _PARTS and len(title) <= LONGEST
    says = len(title) > LONGEST or (_CONJUGATED.search(title) and (title.endswith(_ENDS) or len(title.split()) > _RUN_IN_WORDS))
    if not says or is_part:
        return _whole(number, title, line, level)
    if not title[:1].isupper() or not named.string[: named.start("title")].rstrip().endswith(_SET_APART):
        return None
    return Heading(number, "", level, _place(line, title, line.find(number) + len(number)))


def _whole(number: str, title: str, line: str, level: int) -> Heading:
    """A line that is a title from end to end; what may be a sentence to others is read as one too."""
    said = _CONJUGATED.search(title) or _MEASURE.search(title) or (number and title.endswith(".") and len(title.split()) > _SHORT_TITLE)
    return Heading(number, title.rstrip(" :."), level, len(line) if said and not _TELLS_OF.search(title) else None)


def _told_by_the_file(bare: str, line: str, level: int) -> Heading:
    """A line that the file takes for a title; it may be the first line of a numbered paragraph, or a paragraph under its title."""
    named = _NAMED.match(bare)
    number, title = _parted(bare)
    stated = _stated(title, line, number, level) if number or ":" in title else None
    if stated is None and named is not None and number:
        stated = _named(named, line, level)
    if stated is not None:
        return stated
    said = _CONJUGATED.search(title) and (len(title.split()) > _RUN_IN_WORDS or bare.endswith(_ENDS[0]))
    return Heading(number, title, level, len(line) if said or _MEASURE.search(title) else None)


def _stated(words: str, line: str, number: str, level: int) -> Heading | None:
    """A title with what it stipulates after it; « Responsabilité – Exclusions de garantie » stipulates nothing."""
    found = _run_in(words, line, number, level)
    if found is None or found.body_at is None:
        return None
    body = _bare(line[found.body_at :])
    length = len(body.split())
    says = length > _LONGEST_TITLE or (body.endswith(".") and length > _SHORT_TITLE) or _CONJUGATED.search(body) or _MEASURE.search(body)
    return found if says else None


def _run_in(words: str, line: str, number: str, level: int) -> Heading | None:
    """A title at the head of its own paragraph: « Durée : le contrat… »."""
    found = _RUN_IN_TITLE.match(words)
    if found is None or (len(found["body"]) < _SHORTEST_BODY and not (number and _MEASURE.search(found["body"]))):
        return None
    title = found["title"].strip()
    if not number and words[found.end("title")] == "." and len(title.split()) > _SHORT_TITLE:
        return None
    if len(title.split()) > _RUN_IN_WORDS or _VERB.search(title) or not title[:1].isupper():
        return None
    body_at = _place(line, found["body"], line.find(title.split()[-1]) + 1)
    return Heading(number, title, level, body_at if body_at > 0 else None)


def _place(line: str, words: str, after: int) -> int:
    """Where words begin in a line, in which spaces that they have once may be several."""
    place = line.find(words[:_SHORTEST_BODY])
    return place if place >= 0 else line.find(words.split(maxsplit=1)[0], after)


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


def _capitals(bare: str, line: str, level: int, *, capitals_tell: bool) -> Heading | None:
    """A line in capitals is a title; « DU LUNDI AU VENDREDI DE 8 H A 18 H » is none, nor is a clause that announces nothing."""
    clause = len(bare.split()) > _RUN_IN_WORDS and _CONJUGATED.search(bare) and not (bare.endswith(":") or _RUN_IN_TITLE.match(bare))
    return None if not capitals_tell or clause or _OPENING.match(bare) else _whole("", bare, line, level)


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
