"""The forms in which a contract leaves something to fill: brackets, braces, dots, lines, crosses; and what only looks like them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.audit.said.empty_values import empty_cells, is_a_rule, is_alone
from convenu.agreement.audit.text.segmentation import Document

# What stands between square brackets when somebody must still write it.
_TO_WRITE = (
    r"à compléter|a completer|à définir|à préciser"
    r"|à (?:valider|confirmer|trancher|écrire|rédiger|négocier|renseigner|remplir|indiquer|choisir)"
    r"|nom|date|adresse|montant|variable|client|société|prestataire|durée|ville|xx|TBD|insérer"
    r"|\.{3}|…|(?<![^\W_])_{2,}(?![^\W_])"
)
_UNIT = r"(?:€|%|(?:euros?|HT|TTC|jours?|mois|semaines?|ans|heures?|postes?|utilisateurs|lots?)\b)"
_FORMS = (
    # A variable of a model, whatever its filters hold; what opens a block of one is none.
    r"\{\{(?![#/!>^]|\s*(?:else|end)\b)[^\n]{1,300}?\}\}",
    # Brackets that say what to write, hold a sign alone, or offer several answers.
    rf"\[[^\]\[\n(]{{0,60}}(?:{_TO_WRITE})[^\]\[\n(]{{0,60}}\](?!\()",
    r"\[\s*(?:n\s?[°º]\s*)?(?:[•●?]|x{1,4}|n{1,4}|_{1,40})\s*\](?!\()|\[[^\]\[\n]{1,40}\s/\s[^\]\[\n]{1,40}\](?!\()",
    r"(?-i:\[[A-ZÉÈÀ_' ]{3,50}\])(?!\()|\[\s*(?:et\s?/\s?)?ou(?: bien)?\s*\]",
    r"\(\s*à (?:compléter|renseigner|remplir)\b[^()\n]{0,40}\)|==[a-z_0-9]{2,40}==|(?-i:<[A-ZÉÈÀ_ ]{4,40}>)",
    # Dots; after a label and its colon, before a unit or in a date, fewer of them are a blank too.
    r"[.…]{8,}|…{3,}|\?{4,}|(?<=: )\?{3}|(?<=\s)\.{3} \((?!voir\b|cf\b|par ex|articles?\b|art\b)[a-zé][^()\n]{3,80}\)",
    r"(?:(?<=:)|(?<=:[ \t]))[.…]{4,}(?=\s*$)|(?<=\s)(?:\.{3,}|…+)(?=\s?(?:€|%|(?:euros?|jours?|mois|ans|heures?)\b))",
    r"[.…]{3,}\s?/\s?[.…]{3,}\s?/\s?(?:20\d\d|[.…]{2,})",
    # Lines: in a date, before a unit, alone in a cell, or long enough by themselves.
    r"_{2,}\s?/\s?_{2,}\s?/\s?(?:20\d\d|20_{2}|_{2,})|_{4,}\s?20_{2,}",
    rf"(?<![\[_])_{{2,5}}(?=\s?{_UNIT})|\?{{3}}(?=\s?{_UNIT})",
    r"(?:(?<=\t)|(?<=\| ))_{2,5}(?=[ ]?(?:[\t|]|$))|(?<![\w*])_{4,5}(?![\w*])|(?<=20\d\d-)_{3,5}|_{6,}",
    # Crosses and the letters of a date: in an address, in a number or a code, in a date, or in the place of one figure.
    r"[\w.]*x{3}[\w.]*@[\w.]+",
    r"(?-i:(?<!\w)(?:FR ?|0\d[ .]|\+\d\d X[ .]|[A-Z]{1,4}(?=XX))?XX+(?:[ ._-]XX+)+\b)|(?-i:\bXX[/.](?:XX|20\d\d)(?:[/.](?:\d{4}|XX+))?)",
    r"(?-i:\b(?:\d\d/\d\d/)?20XX\b)|(?:(?<=\ble )|(?<=\bdu )|(?<=\bau )|(?<=: ))(?<!format : )(?-i:JJ/MM/AA(?:AA)?\b)",
    rf"\bX{{3,}}\b|(?-i:(?<!\d )(?<!\d)\bXX\b)|(?-i:(?<![\d,.+×*/=-])(?<![\dx+×*/=-] )\bX\b(?=\s?{_UNIT}(?!\s?[+×*/=])))",
    "lorem ipsum",
)
_MARK = re.compile("|".join(_FORMS), re.IGNORECASE | re.MULTILINE)
# What a quotation, or an example of a variable, leaves out.
_ELISION = re.compile(r"\[(?:\.{3}|…)\]|\{\{\s*(?:\.{2,}|…)\s*\}\}")
# Crosses are the Roman number of a text that has the one before.
_ROMAN = re.compile(r"\bX(?:IX|VIII)\b")
_PAGE = re.compile(r"[ .…\t]{0,40}\n?[ \t]{0,20}\d{1,3}[ \t]{0,20}(?:\n|$)")
_TITLE_BETWEEN_DOTS = re.compile(r"[.…]{4,}[ \t]{0,3}\d{1,2}(?:\.\d{1,2}){0,2}[.)]?[ \t]+[^\W\d_][^.…:\n]{2,60}$")
_LONGEST_TITLE = 90
# Dots that lead from a label to its value, as in a list of prices, are no blank.
_LED_TO = re.compile(r"[ .…_]*(?:[<>≥≤]?[ \t]?\d|inclus|compris|gratuit|offert|sur devis|n[ée]ant|non\b|oui\b)", re.IGNORECASE)
_RUN_OF_DOTS = re.compile(r"[.…]{4,}")
# Once a document leaves sure marks in brackets, what else it puts in short ones is to be filled or settled too.
_BRACKETS = re.compile(r"(?:(?<![^\W_])|(?<=\bv))\[[^\[\]\n]{1,80}\](?![(\w])")
_NO_MARK = re.compile(
    r"\[\s*(?:\d{1,3}|sic|\([.…]{1,3}\)|i|suite|fin|fin de page|email[^\]]{0,20}protected|(?:image|photo)[^\]]*|logo [^\]]*)?\s*\]"
    # The pattern of a date, in the name of a file.
    r"|(?-i:<[AJYMDHNS_ -]+>)",
    re.IGNORECASE,
)
# A cross is a tick where it begins a line or a cell, and where others are left to tick; before a unit it is no tick.
_TICK = re.compile(rf"\[[xX]\](?!\s*{_UNIT})")
_TO_TICK = re.compile(r"\[ ?\]")
_BEGINS = re.compile(r"(?:^|[|\t])[ \t>*+-]*$")
_CELLS = re.compile(r"[|\t]")
_EMPTY_BOX = re.compile(r"\[\s*_{1,4}\s*\]")
# What a mailing fills: « NomClient » and its like, without a space between the marks. A name in two words may be written so too.
_MERGED = re.compile(r"«(?=[A-Za-z0-9]*(?:[a-z][A-Z0-9]|[A-Z]{2}[a-z]|\d[A-Z]))[A-Z][A-Za-z0-9]+»")
# The names of what a template fills by itself: where a document leaves several, nobody fills any of them by hand.
_VARIABLE = re.compile(r"\[[A-ZÉÈÀÊÎÔÇ0-9]{2,}(?:[_ ][A-ZÉÈÀÊÎÔÇ0-9]+){0,5}\]")
_A_TEMPLATE = 3
# A bracket of a formula groups its figures and its indices; one that only chooses between two sums has no operator beside it.
_FORMULA = re.compile(r"\[(?=[^\]]*\d)(?:\b[A-Za-z]{1,4}\d{0,2}\b|[\s\d.,%()+×*/÷=-])+\]")
_OPERATOR = re.compile(r"[+×*÷=]|\d\s*[x-]\s*\(")
_AFTER_AN_OPERATOR = re.compile(r"[+×x*/÷=-]\s*$")
# An article that a model leaves to be numbered; in a text that numbers its own in Roman figures, X is the tenth.
_TO_NUMBER = re.compile(r"(?<!« )(?<![«\"])\b[Aa]rticles? (?:n\s?[°º]\s?)?[XY]\b(?![.-]?\w)(?! ?»)")
_IN_ROMAN = re.compile(
    r"(?i:\b(?:article|titre|chapitre|section|partie|annexe)s?) (?:[IVX]{2,6}|V)\b|^[ \t*#>]{0,6}(?:[IVX]{2,6}|V)[ \t]?[.)–—-]",
    re.MULTILINE,
)
# Two wordings of which one is to be struck out: « sans que le Client soit prévenu / avec un préavis. », « peut / ne peut pas céder ».
_SIDE = r"[^./;:|•()\n]{3,90}"
_TWO_WORDINGS = re.compile(
    rf"\b(?:sans {_SIDE} / avec {_SIDE}|avec {_SIDE} / sans {_SIDE})(?=[.;])"
    r"|\b(?P<verb>peut|peuvent|pourra|est|sont|sera|seront|doit|doivent|comprend|inclut) / n(?:e |['’])(?P=verb)\b(?: pas)?",
    re.IGNORECASE,
)
_STIPULATES = re.compile(
    r"\b(?:peu(?:t|vent)|pourr(?:a|ont)|est|sont|ser(?:a|ont)|doi(?:t|vent)|s['’]engage|prend|court|intervient|modifie|résilie)\b"
)
_BEFORE = 30
_SETTLED = re.compile(r"\bci-apr[eè]s\b|«", re.IGNORECASE)
# A line that stands so often is printed on each page, and its blanks are filled by hand or by the machine.
_EACH_PAGE = 3


def marks_written(document: Document) -> Iterator[tuple[re.Match[str], bool]]:
    """All that a document leaves to fill, in no order, the same place maybe twice; and whether a machine fills it, as in a model."""
    text = document.clauses
    found = [one for one in _MARK.finditer(text) if not _waits_for_nothing(one)]
    yield from ((one, one[0].startswith("{{")) for one in found)
    yield from ((one, False) for one in empty_cells(text))
    merged = list(_MERGED.finditer(text))
    if len({one[0] for one in merged}) >= _A_TEMPLATE:
        yield from ((one, True) for one in merged)
    if len({one[0] for one in found if _VARIABLE.fullmatch(one[0])}) >= _A_TEMPLATE:
        yield from ((one, True) for one in _VARIABLE.finditer(text) if not _NO_MARK.fullmatch(one[0]))
    if not _IN_ROMAN.search(text):
        yield from ((one, False) for one in _TO_NUMBER.finditer(text))
    yield from ((one, False) for one in _TWO_WORDINGS.finditer(text) if _stands_in_a_stipulation(one))
    if any(one[0].startswith("[") for one in found):
        yield from ((one, False) for one in _BRACKETS.finditer(text) if not _is_a_bracket_of_style(one))


def is_an_article_to_number(words: str) -> bool:
    """Whether a mark is an article to which the text sends without its number: it leaves open where, and no value."""
    return _TO_NUMBER.fullmatch(words) is not None


def is_a_choice_of_wordings(words: str) -> bool:
    """Whether a mark is two wordings that say the contrary, of which one was to be struck out."""
    return _TWO_WORDINGS.match(f"{words}.") is not None


def _stands_in_a_stipulation(found: re.Match[str]) -> bool:
    """Whether two wordings stand in a sentence, and not in a row, in an item of a list or in the name of an offer."""
    low = found.string.rfind("\n", 0, found.start()) + 1
    if _CELLS.search(line_of(found)):
        return False
    return found["verb"] is not None or _STIPULATES.search(found.string, low, found.start()) is not None


def _waits_for_nothing(found: re.Match[str]) -> bool:
    """Whether what has the form of a mark is none: an elision, dots that lead on, a rule, a bracket of style, a Roman number."""
    if _ELISION.fullmatch(found[0]) or _NO_MARK.fullmatch(found[0]):
        return True
    if found[0][0] in ".…_":
        return _is_no_blank(found)
    if found[0][0] == "[":
        return _is_a_bracket_of_style(found)
    return found[0] in ("X", "XX") and _ROMAN.search(found.string) is not None


def _is_no_blank(found: re.Match[str]) -> bool:
    """Whether dots or a line lead to what follows, part two texts, or are printed on each page."""
    text, line = found.string, line_of(found)
    if found[0][0] in ".…" and (_PAGE.match(text, found.end()) or _follows_a_numbered_title(found)):
        return True
    if is_alone(line):
        return is_a_rule(line, line_above(found))
    return text.count(line.strip()) >= _EACH_PAGE or bool(_LED_TO.match(text, found.end())) or _heads_columns(found)


def _follows_a_numbered_title(found: re.Match[str]) -> bool:
    """Whether dots lead from one title of a table of contents to the next, all written on one line."""
    return bool(_TITLE_BETWEEN_DOTS.search(found.string, max(0, found.start() - _LONGEST_TITLE), found.start()))


def _heads_columns(found: re.Match[str]) -> bool:
    """Whether dots stand between the titles of columns, above a row whose dots lead to its values."""
    high = found.string.find("\n", found.end())
    row = "" if high < 0 else found.string[high + 1 :].lstrip("\n").partition("\n")[0]
    runs = list(_RUN_OF_DOTS.finditer(row))
    return bool(runs) and len(runs) == len(_RUN_OF_DOTS.findall(line_of(found))) and all(_LED_TO.match(row, run.end()) for run in runs)


def _is_a_bracket_of_style(found: re.Match[str]) -> bool:
    """Whether a bracket holds nothing to write: a box, code, words settled further on, a formula."""
    if _NO_MARK.fullmatch(found[0]) or _SETTLED.search(found[0]):
        return True
    return _is_a_box(found) or _is_quoted_code(found) or _of_a_formula(found)


def _is_a_box(found: re.Match[str]) -> bool:
    """Whether a bracket is a box to tick: a cross among other boxes or before a choice, or one of several lines on one."""
    if _TICK.match(found.string, found.start()):
        low = found.string.rfind("\n", 0, found.start()) + 1
        return bool(_TO_TICK.search(found.string) or _BEGINS.search(found.string, low, found.start()))
    return bool(_EMPTY_BOX.fullmatch(found[0])) and len(_EMPTY_BOX.findall(line_of(found))) > 1


def _is_quoted_code(found: re.Match[str]) -> bool:
    """Whether a bracket stands between the marks of code: it is what somebody will type, as the subject of a message."""
    low = found.string.rfind("\n", 0, found.start()) + 1
    return found.string.count("`", low, found.start()) % 2 == 1


def _of_a_formula(found: re.Match[str]) -> bool:
    """Whether a bracket holds figures and operators, or stands after one, as in a formula of revision."""
    if not _FORMULA.fullmatch(found[0]) or "xx" in found[0].casefold():
        return False
    return bool(_OPERATOR.search(found[0]) or _AFTER_AN_OPERATOR.search(found.string[max(0, found.start() - _BEFORE) : found.start()]))


def line_of(found: re.Match[str]) -> str:
    """The line on which a mark begins."""
    low, high = found.string.rfind("\n", 0, found.start()) + 1, found.string.find("\n", found.end())
    return found.string[low : len(found.string) if high < 0 else high]


_NEAR = 900


def line_above(found: re.Match[str]) -> str:
    """The nearest line above that of a mark that is not empty; empty where there is none near."""
    above = found.string[max(0, found.start() - _NEAR) : found.start()].rpartition("\n")[0]
    return next((line for line in reversed(above.splitlines()) if line.strip()), "")


def line_below(found: re.Match[str]) -> str:
    """The nearest line below that of a mark that is not empty; empty where there is none near."""
    high = found.string.find("\n", found.end())
    return "" if high < 0 else next((line for line in found.string[high : high + _NEAR].splitlines() if line.strip()), "")
