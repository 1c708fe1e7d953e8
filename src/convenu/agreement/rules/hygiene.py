"""The text itself: words used as defined terms, marks left to fill, figures that no answer states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from convenu.agreement.rule import Hit, Look, checks
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Bullets, ContractText, Paragraph, RunKind, Runs, Section, words

# Each alternative begins with a plain letter or sign, so that a long text is searched fast.
_MARKS = re.compile(
    r"\[\s*à (?:confirmer|compléter|définir|préciser)[^\]]*\]|\[\s*(?:…|\.\.\.)?\s*\]|\{\{(?:.*?\}\})?|\{%.*?%\}"
    r"|___+|X(?<!\wX)X+(?!\w)|x(?<!\wx)x+(?!\w)|……+|\.\.\.\.+"
)
# « Mot : sens » in the definitions, « Mot » désigne… anywhere.
_LISTED = re.compile(r"\s*(?:«\s*)?(?P<name>[A-ZÀ-ÖØ-Þ][\w’ -]{1,60}?)(?:\s*»)?\s*:\s*\S")
_DESIGNATED = re.compile(r"«\s*(?P<name>[A-ZÀ-ÖØ-Þ][\w’ -]{1,60}?)\s*»,?\s*(?:désigne|signifie)(?:nt)?\b")
# A capital after a determiner, inside a sentence: the way a contract writes a word it has defined.
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+")
_DETERMINER = re.compile(
    r"(?<!\w)(?:(?:le|la|les|un|une|des|du|de|aux?|ce|cet|cette|ces|son|sa|ses|leurs?|chaque|toute?|tou(?:te)?s les|aucune?|d’une?)\s"
    r"|[dlLD]’)$"
)
_LONGEST_DETERMINER = 12
# Proper nouns that French writes with an article.
_PROPER = re.compile(
    r"(?:Alsace|Ascension|Assomption|Banque|Code|Commission|Conseil|Constitution|Cour|Espace|Europe|Fédération|France|Internet|Journal|Légifrance"
    r"|Moselle|Noël|Parlement|Premier|République|Réunion|Syntec|Toussaint|Trésor|Union|État)s?"
)
_FIGURE = re.compile(r"\d(?<![\w.,-]\d)(?:[\d\u00a0\u202f .,]*\d)?")
# What stands before a figure that is a name or a citation, not a promise.
_NAMED_FIGURE = re.compile(
    r"(?:\b(?:articles?|art\.|annexes?|n°|loi|décret|ordonnance|règlement|directive|norme|ISO|IEC|Windows|Microsoft|Office|Server|version|[LRDA]\.?)"
    r"(?:\s\([A-Z]+\))?|[/-])\s?$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"^\s?(%|€|euros?|(?:minutes?|heures?|jours?|semaines?|mois|ans?|années?)(?:\s(?:ouvrées?|ouvrés?|ouvrables?))?)")
_BLOT = "\ue000"
_SHOWN = 6


@checks("placeholder_left")
def placeholder_left(look: Look) -> Iterator[Hit]:
    """A mark left in the text is a promise nobody made."""
    text = _text(look)
    unwritten = [run for section in text.sections() for run in section.runs() if run.kind is RunKind.TO_CONFIRM]
    open_terms = tuple(dict.fromkeys(key for run in unwritten for key in run.terms))
    told = {run.text for run in unwritten}
    if open_terms:
        labels = [label_of(key) for key in open_terms if key in TERM_KEYS]
        yield Hit(message=f"Points restés ouverts dans le texte : {french.enumeration(labels)}.", terms=open_terms)
    for section in text.sections():
        written = "\n".join(run.text for run in section.runs() if run.kind is not RunKind.TO_CONFIRM)
        marks = [mark for mark in _MARKS.findall(written) if mark not in told]
        if marks:
            yield Hit(message=f"« {section.title} » garde des marques à remplir : {_quoted(marks)}.", terms=(), clause=section.clause)


@checks("undefined_term")
def undefined_term(look: Look) -> Iterator[Hit]:
    """A capital tells the reader to look for a definition; there must be one."""
    text = _text(look)
    defined = re.compile("|".join(rf"{_with_plurals(name)}(?!\w)" for name in _definitions(text)) or r"(?!)")
    for section in text.sections():
        found = [word for sentence in _lines(section) for word in _undefined(sentence, defined)]
        if found:
            yield Hit(
                message=f"« {section.title} » écrit avec une majuscule des mots qu’aucune définition ne donne : {_quoted(found)}.",
                terms=(),
                clause=section.clause,
            )


@checks("unused_definition")
def unused_definition(look: Look) -> Iterator[Hit]:
    """A definition never used leaves the reader looking for its use."""
    text = _text(look)
    definitions = _definitions(text)
    every = "\n".join(section.plain for section in text.sections()).lower()
    unused = [name for name, line in definitions.items() if not _uses(every.replace(line.lower(), "", 1), name.lower())]
    if unused:
        section = next(section for section in text.sections() if any(words(line) in definitions.values() for line in _lines(section)))
        yield Hit(message=f"Mots définis et jamais employés : {_quoted(unused)}.", terms=(), clause=section.clause)


@checks("unstated_number")
def unstated_number(look: Look) -> Iterator[Hit]:
    """A figure typed in a sentence stays behind when the answer changes."""
    text = _text(look)
    typed = {section.clause: [figure for line in _lines(section) for figure in _typed_figures(line)] for section in text.sections()}
    if not any(typed.values()):
        return
    values = (run.text for section in text.sections() for run in section.runs() if run.kind is RunKind.VALUE)
    stated = french.plain_spaces(" | ".join(values))
    for section in text.sections():
        figures = [figure for figure in typed[section.clause] if not _states(stated, figure)]
        if figures:
            yield Hit(
                message=f"« {section.title} » porte des chiffres qu’aucune réponse ne fixe : {_quoted(figures)}.",
                terms=(),
                clause=section.clause,
            )


def _text(look: Look) -> ContractText:
    if look.text is None:
        raise ValueError(f"rule {look.rule.id} looks at a text: give one to check()")
    return look.text


def _lines(section: Section) -> Iterator[Runs]:
    """The runs of each sentence-bearing line: paragraphs and items; titles and cells start with a capital of their own."""
    for block in section.blocks:
        match block:
            case Paragraph(runs):
                yield runs
            case Bullets(items):
                yield from items
            case _:
                continue


def _definitions(text: ContractText) -> dict[str, str]:
    """Each defined word and the line that defines it."""
    found = {}
    for section in text.sections():
        for line in map(words, _lines(section)):
            match = _LISTED.match(line) if section.clause == "definitions" else _DESIGNATED.search(line)
            if match:
                found[match["name"].strip()] = line
    return found


def _undefined(line: Runs, defined: re.Pattern[str]) -> Iterator[str]:
    """The capitalised words of a line's plain runs that begin no defined term."""
    own, whole = _own_words(line), words(line)
    for match in _CAPITALISED.finditer(own):
        before = own[max(match.start() - _LONGEST_DETERMINER, 0) : match.start()]
        if _DETERMINER.search(before) and not _PROPER.fullmatch(match[0]) and not defined.match(whole, match.start()):
            yield match[0]


def _own_words(line: Runs) -> str:
    """The line with its values, references and citations blotted out, at the same places."""
    return "".join(run.text if run.kind is RunKind.TEXT else _BLOT * len(run.text) for run in line)


def _uses(text: str, name: str) -> bool:
    return re.search(rf"{_with_plurals(name)}(?!\w)", text) is not None


def _with_plurals(name: str) -> str:
    """A pattern for the name at the start of a word, each of its words in the singular or the plural."""
    first, *others = (re.escape(re.sub("[sx]$", "", word)) for word in name.split())
    # The look-behind comes after the first letters, which a long text is searched for fast.
    return r"[\s\u00a0]".join([rf"{first}(?<!\w{first})[sx]?", *(f"{word}[sx]?" for word in others)])


def _typed_figures(line: Runs) -> Iterator[str]:
    """The figures of the plain runs, with their unit when one follows."""
    text = _own_words(line)
    for match in _FIGURE.finditer(text):
        if not _NAMED_FIGURE.search(text[: match.start()]):
            unit = _UNIT.match(text[match.end() :])
            yield f"{match[0].strip()}{unit[0] if unit else ''}"


def _states(stated: str, figure: str) -> bool:
    """Whether a value printed somewhere reads the same, unit included."""
    return bool(re.search(rf"(?<![\d,.]){re.escape(french.plain_spaces(figure))}(?!\w)", stated))


def _quoted(found: Iterable[str]) -> str:
    """The first few, once each, in quotes."""
    once = list(dict.fromkeys(one.strip() for one in found))
    shown = french.enumeration([f"« {one} »" for one in once[:_SHOWN]])
    return shown if len(once) <= _SHOWN else f"{shown}, et {len(once) - _SHOWN} autres"
