"""Who fills what a contract leaves open: who writes it, before it is sent; who signs; or who uses a form that it only shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from itertools import takewhile

from convenu.agreement.audit.said.empty_values import is_alone
from convenu.agreement.audit.said.mark_forms import line_above, line_below, line_of
from convenu.agreement.audit.text.segmentation import Document


class FilledBy(Enum):
    """Who fills a mark."""

    WRITER = "writer"
    SIGNATORY = "signatory"
    USER_OF_A_FORM = "user of a form"


# What is asked of who signs, at the head of a line or of a cell, or just before the blank.
_IDENTITY = (
    r"raison sociale|d[eé]nomination|soci[eé]t[eé]|adresse|num[eé]ro|siren|siret|nom|pr[eé]nom|qualit[eé]|fonction|date|lieu"
    r"|repr[eé]sent|agissant en qualit"
)
_TO_SIGN = r"fait (?:[àa]|le)\b|cachet|signatures?\b|\bvisa\b|lu et approuv|bon pour accord|je soussign|pour(?: l[ae]\b| l['’]|(?=\s*$))"
_LABELLED = re.compile(rf"^\W*(?:{_IDENTITY}|{_TO_SIGN}|le(?=\W*$))[^\n]{{0,60}}$", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:\b(?:{_IDENTITY}|signature|fait (?:[àa]|le))|,\s*le|[_.…\]]\s*[àa]|\ble"
    r"|(?-i:[Pp]our (?:le |la |l['’])[A-ZÉ])[\w ().'’-]{2,40})[\s:*]*$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 50
# The words of a block to sign; a date of signature, or an effect on signature, is told anywhere.
_SIGNED = re.compile(
    r"(?<!date de )(?<!dès la )(?<!dès sa )(?<!de la )(?<!à la )(?<!lors de la )(?<!après )(?<!avant )\bsignatures?\b(?! [ée]lectronique)"
    r"|\bsignataires?\b|\bfait [àa]\b|\bfait le\b",
    re.IGNORECASE,
)
# A block that says who the parties are has the same labels, and no one fills it by hand.
_INTRODUCES = re.compile(
    r"\bci[- ]?apr[eè]s|\bsi[eè]ge social|\bimmatricul|\bd['’](?:une|autre) part\b|\bentre\b.{0,20}\bsoussign", re.IGNORECASE
)
_WHO_SIGNS = re.compile(rf"^\W*(?:{_TO_SIGN}|nom, |en attente de signature)", re.IGNORECASE)
_ON_ITS_LINE = re.compile(r"paraphe|\bsignature\W{0,4}(?:$|[:._…|])|\bcachet\b|\bvisa\b|lu et approuv", re.IGNORECASE)
_IN_THE_BRACKET = re.compile(r"signature|paraphe|cachet|\bvisa\b|lu et approuv", re.IGNORECASE)
# A block to sign is made of short lines, and of the sentence that says how many copies there are.
_LONGEST_OF_A_BLOCK = 130
_AROUND = 700
_NEXT = 2
_FORM = re.compile(
    r"formulaire|\(?mod[eèé]le\)?|\bbon d(?:e |['’])\w+|\bfiche d(?:e |['’])\w+|bulletin|coupon|r[eé]tractation"
    r"|fiche[- ]type|proc[eè]s[- ]verbal",
    re.IGNORECASE,
)
# The form by which a client withdraws is shown as the law draws it, its brackets with it.
_OF_A_WITHDRAWAL = re.compile(r"formulaire[^\n]{0,20}r[eé]tractation", re.IGNORECASE)
# Letters at the head of a file, where it says what it is.
_HEAD = 300
_ABOVE = 900
_LONGEST_TITLE = 90
_LONGEST_FORM_LINE = 160
# What a public buyer sends to be filled by who tenders.
_TENDER = re.compile(
    r"^\W*(?:acte d['’]engagement|lettre de candidature|d[eé]claration du candidat|bordereau des prix|cadre de r[eé]ponse"
    r"|attri ?1|dc ?[1-4])\b[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
# What the buyer writes itself, and which only lists those.
_OF_THE_BUYER = re.compile(r"\bcahier des|\bcc[at]p\b|r[eè]glement de (?:la )?consultation", re.IGNORECASE)
_FIRST_PAGE = 1500


def is_for_who_tenders(document: Document) -> bool:
    """Whether the title of a document says that who tenders fills it: « Acte d'engagement », « DC1 »."""
    first = document.clauses[:_FIRST_PAGE]
    titled = _TENDER.search(first)
    return titled is not None and _OF_THE_BUYER.search(first, 0, titled.start()) is None


def filled_by(document: Document, found: re.Match[str]) -> FilledBy:
    """Who fills a mark, by its line, the block in which it stands and the titles above it."""
    if found[0][0] == "[":
        if _OF_A_WITHDRAWAL.search(document.article_at(found.start()).title):
            return FilledBy.USER_OF_A_FORM
        signs = bool(_IN_THE_BRACKET.search(found[0])) or _is_in_a_block_to_sign(found)
        return FilledBy.SIGNATORY if signs else FilledBy.WRITER
    if found[0][0] not in ".…_":
        return FilledBy.WRITER
    article = document.article_at(found.start())
    above = " ".join(document.articles[one].title for one in article.above)
    if _is_a_form(f"{above} {article.title}", found.string) or _stands_in_a_form(found):
        return FilledBy.USER_OF_A_FORM
    return FilledBy.SIGNATORY if _is_on_a_line_to_sign(found) or _is_in_a_block_to_sign(found) else FilledBy.WRITER


def _is_on_a_line_to_sign(found: re.Match[str]) -> bool:
    """Whether a blank stands beside the words « signature », « cachet », or alone above them."""
    line, below = line_of(found), line_below(found).strip()
    if is_alone(line) and _IN_THE_BRACKET.match(below):
        return True
    return _ON_ITS_LINE.search(below if is_alone(line) else line) is not None


def _is_in_a_block_to_sign(found: re.Match[str]) -> bool:
    """Whether a blank stands under or beside a label of a block in which other lines speak of signing."""
    text, start = found.string, found.start()
    before = text[text.rfind("\n", 0, start) + 1 : start]
    labelled = (
        _LABELLED.match(before)
        or (found[0][0] in ".…_" and _LABEL.search(text, max(0, start - _LONGEST_LABEL), start))
        or (is_alone(before) and _WHO_SIGNS.match(line_above(found)))
        or "signataire" in found[0].casefold()
    )
    if not labelled:
        return False
    above, line, below = _block(found)
    near = "\n".join([*above[:_NEXT], line, *below[:_NEXT]])
    return _INTRODUCES.search(near) is None and _SIGNED.search("\n".join([*above, line, *below])) is not None


def _block(found: re.Match[str]) -> tuple[list[str], str, list[str]]:
    """The line of a blank without it, and the lines above and below as long as they are short, the nearest first, the empty ones aside."""
    text = found.string
    low, high = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
    high = len(text) if high < 0 else high
    above = reversed(text[max(0, found.start() - _AROUND) : low].splitlines())
    below = text[high : found.end() + _AROUND].splitlines()
    return _short(above), f"{text[low : found.start()]}\n{text[found.end() : high]}", _short(below)


def _short(lines: Iterable[str]) -> list[str]:
    return [line for line in takewhile(lambda line: len(line) <= _LONGEST_OF_A_BLOCK, lines) if line.strip()]


def _is_a_form(title: str, text: str) -> bool:
    """Whether a title names a form that the contract only shows: what the file is from its first words is no form to fill later."""
    opening = text[:_HEAD].casefold()
    return any(found[0].casefold() not in opening for found in _FORM.finditer(title))


def _stands_in_a_form(found: re.Match[str]) -> bool:
    """Whether the nearest line above that names a form has only lines to fill, or short ones, between it and here."""
    low = found.string.rfind("\n", 0, found.start()) + 1
    for words in reversed(found.string[max(0, low - _ABOVE) : low].splitlines()):
        if len(words) <= _LONGEST_TITLE and _is_a_form(words, found.string):
            return True
        if len(words) > _LONGEST_FORM_LINE:
            return False
    return False
