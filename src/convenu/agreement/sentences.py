"""A contract read sentence by sentence: its own words apart from what it prints, the words it defines, the marks left in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from convenu.vocabulary.contract_text import Bullets, ContractText, Paragraph, RunKind, Runs, Section, words
from convenu.vocabulary.same import Same

# What a mark begins with: a plain search for these is far faster, and most clauses hold none.
_MARK_SIGNS = ("[", "{{", "{%", "___", "XX", "xx", "……", "....")
_MARKS = re.compile(
    r"\[\s*à (?:confirmer|compléter|définir|préciser)[^\]]*\]|\[\s*(?:…|\.\.\.)?\s*\]|\{\{(?:.*?\}\})?|\{%.*?%\}"
    r"|___+|X(?<!\wX)X+(?!\w)|x(?<!\wx)x+(?!\w)|……+|\.\.\.\.+"
)
# « Mot : sens » in the definitions, « Mot » désigne… anywhere.
_LISTED = re.compile(r"\s*(?:«\s*)?(?P<name>[A-ZÀ-ÖØ-Þ][\w’ -]{1,60}?)(?:\s*»)?\s*:\s*\S")
_DESIGNATED = re.compile(r"«\s*(?P<name>[A-ZÀ-ÖØ-Þ][\w’ -]{1,60}?)\s*»,?\s*(?:désigne|signifie)(?:nt)?\b")
# A capital after a determiner, inside a sentence: the way a contract writes a word it has defined.
# The look-behind, on the last letter of a determiner, comes after the capital, which a long text is searched fast for.
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ](?<=(?:[aenrstux]\s|[dlLD]’).)[a-zà-öø-ÿ]+")
_DETERMINER = re.compile(
    r"(?<!\w)(?:(?:le|la|les|un|une|des|du|de|aux?|ce|cet|cette|ces|son|sa|ses|leurs?|chaque|toute?|tou(?:te)?s les|aucune?|d’une?)\s"
    r"|[dlLD]’)$"
)
_LONGEST_DETERMINER = 12
_LONGEST_NAME = 64
SECTIONS_KEPT = 1024
LINES_KEPT = 16384
# Proper nouns that French writes with an article.
_PROPER = re.compile(
    r"(?:Alsace|Ascension|Assomption|Banque|Code|Commission|Conseil|Constitution|Cour|Espace|Europe|Fédération|France|Internet|Journal|Légifrance"
    r"|Moselle|Noël|Parlement|Premier|République|Réunion|Syntec|Toussaint|Trésor|Union|État)s?"
)
_BLOT = "\ue000"


def marks_in(text: str) -> list[str]:
    """The marks left to fill in a text."""
    return _MARKS.findall(text) if any(sign in text for sign in _MARK_SIGNS) else []


# From one answer to the next, and from one contract to the next, most sections read alike.
@lru_cache(maxsize=SECTIONS_KEPT)
def left_open_in(section: Section) -> tuple[Runs, tuple[str, ...]]:
    """The open points of a section, and the marks left to fill in the rest of what it says."""
    unwritten = tuple([run for run in section.runs if run.kind is RunKind.TO_CONFIRM])
    written = "\n".join([run.text for run in section.runs if run.kind is not RunKind.TO_CONFIRM])
    return unwritten, tuple(marks_in(written))


# Every rule on the words of a contract looks for its own in turn.
@lru_cache(maxsize=2)
def in_small(text: Same[ContractText]) -> str:
    """All the words of a contract in small letters, summary apart."""
    return "\n".join([section.small for section in text.it.sections()])


def naming(text: ContractText, *small: str) -> Iterator[Section]:
    """The sections that hold one of these words, given in small letters: the others need not be read sentence by sentence."""
    if not any(word in in_small(Same(text)) for word in small):
        return iter(())
    return (section for section in text.sections() if any(word in section.small for word in small))


def lines(section: Section) -> Iterator[Runs]:
    """The runs of each sentence-bearing line: paragraphs and items; titles and cells start with a capital of their own."""
    for block in section.blocks:
        match block:
            case Paragraph(runs):
                yield runs
            case Bullets(items):
                yield from items
            case _:
                continue


def definitions_in(text: ContractText) -> dict[str, str]:
    """Each defined word and the line that defines it."""
    return {name: line for section in text.sections() for name, line in _definitions_in(section)}


@lru_cache(maxsize=SECTIONS_KEPT)
def _definitions_in(section: Section) -> tuple[tuple[str, str], ...]:
    name_in = listed_in if section.clause == "definitions" else designated_in
    return tuple((name, line) for line in map(words, lines(section)) if (name := name_in(line)))


@lru_cache(maxsize=LINES_KEPT)
def listed_in(line: str) -> str | None:
    """The word that a line of the definitions gives the meaning of."""
    match = _LISTED.match(line)
    return match["name"].strip() if match else None


@lru_cache(maxsize=LINES_KEPT)
def designated_in(line: str) -> str | None:
    """The word that a sentence defines in passing."""
    match = _DESIGNATED.search(line)
    return match["name"].strip() if match else None


def undefined(line: Runs, defined: re.Pattern[str]) -> Iterator[str]:
    """The capitalised words of a line's plain runs that begin no defined term."""
    return (word for word, following in capitals(line) if not defined.match(following))


# The contracts of one library define the same words, and most of their sections read alike.
@lru_cache(maxsize=SECTIONS_KEPT)
def undefined_in(section: Section, defined: re.Pattern[str]) -> tuple[str, ...]:
    """The same, of every line of a section."""
    return tuple(word for word, following in _capitals_in(section) if not defined.match(following))


@lru_cache(maxsize=SECTIONS_KEPT)
def _capitals_in(section: Section) -> tuple[tuple[str, str], ...]:
    return tuple(found for line in lines(section) for found in capitals(line))


def capitals(line: Runs) -> Iterator[tuple[str, str]]:
    """The words of a line's plain runs written as defined words are, each with the text that it begins."""
    places = _capitals_at(own_words(line))
    if places:
        whole = words(line)
        for word, start in places:
            yield word, whole[start : start + _LONGEST_NAME]


# Once what it prints is blotted out, a line is the same in most contracts.
@lru_cache(maxsize=LINES_KEPT)
def _capitals_at(own: str) -> tuple[tuple[str, int], ...]:
    """The words written as defined words are in a line's own words, each with its place."""
    return tuple(
        (match[0], match.start())
        for match in _CAPITALISED.finditer(own)
        if _DETERMINER.search(own[max(match.start() - _LONGEST_DETERMINER, 0) : match.start()]) and not _PROPER.fullmatch(match[0])
    )


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """What finds one of the defined words where a text begins, in the singular or the plural."""
    return re.compile("|".join(rf"{with_plurals(name)}(?!\w)" for name in names) or r"(?!)")


def own_words(line: Runs) -> str:
    """The line with its values, references and citations blotted out, at the same places."""
    return "".join([run.text if run.kind is RunKind.TEXT else _BLOT * len(run.text) for run in line])


def is_named(text: str, name: str) -> bool:
    """Whether a text uses the word, in the singular or the plural."""
    return re.search(rf"{with_plurals(name)}(?!\w)", text) is not None


@lru_cache(maxsize=LINES_KEPT)
def with_plurals(name: str) -> str:
    """A pattern for the name at the start of a word, each of its words in the singular or the plural."""
    first, *others = (re.escape(re.sub("[sx]$", "", word)) for word in name.split())
    # The look-behind comes after the first letters, which a long text is searched for fast.
    return r"[\s\u00a0]".join([rf"{first}(?<!\w{first})[sx]?", *(f"{word}[sx]?" for word in others)])
