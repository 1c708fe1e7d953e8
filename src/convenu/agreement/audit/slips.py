"""What went wrong in the writing: marks left to fill, references that lead nowhere, articles of law that were renumbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convenu.agreement.audit.guides import Recognition, RepealedGuide
from convenu.agreement.audit.looking import LONGEST_QUOTE, Looker, Quote
from convenu.agreement.audit.segmentation import Document

# What stands between square brackets when somebody must still write it.
_TO_WRITE = (
    r"à compléter|a completer|à définir|à préciser|nom|date|adresse|montant|variable|client|société|prestataire|durée|ville|xx|TBD|insérer"
    r"|\.{3}|…"
)
_MARK = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}"
    rf"|\[[^\]\[\n(]{{0,60}}(?:{_TO_WRITE})[^\]\[\n(]{{0,60}}\](?!\()"
    r"|(?-i:\[[A-ZÉÈÀ_' ]{3,50}\])(?!\()|==[a-z_0-9]{2,40}==|(?-i:<[A-ZÉÈÀ_ ]{4,40}>)"
    r"|[.…]{8,}|_{6,}|\bX{3,}\b|\bXX[/.]XX|lorem ipsum",
    re.IGNORECASE | re.MULTILINE,
)
_REFERENCE = re.compile(r"\b(?:article|clause)s?\s+(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?![\d-])(?P<after>[^.;\n]{0,45})", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"^\s*(?:(?:et|à|,)\s*\d+(?:\.\d+)*\s*)*(?:du|de la|de l[’']|des|d[’'])\s*(?!présent|present)"
    r"|code|rgpd|règlement|reglement|loi|directive|ccag|cctp|ccap|décret|cgi|\(\d\)",
    re.IGNORECASE,
)
_BEFORE_ELSEWHERE = re.compile(r"(?:ccag|rgpd|code|loi|règlement|cgv|conditions générales)[^.;\n]{0,30}$", re.IGNORECASE)
_DATA_LAW = re.compile(
    r"rgpd|(?:dudit|du m[eê]me|de ce) r[eè]glement|r[eè]glement (?:\(ue\)|europ|g[eé]n[eé]ral)|2016/679|code (?:civil|de|du|p[eé]nal)",
    re.IGNORECASE,
)
# Articles of the regulation on data that agreements cite by their number alone.
_OF_THE_REGULATION = frozenset({*range(12, 23), 24, 25, 26, 28, 30, *range(32, 38), *range(44, 50), 82, 83})
_REGULATION = re.compile(r"\brgpd\b|2016/679|r[eè]glement g[eé]n[eé]ral sur la protection", re.IGNORECASE)
_NEAR = 160
_LONGEST_LINE = 1500
# A public contract derogates from articles of the general clauses that it names: their numbers are not its own.
_PUBLIC_CLAUSES = re.compile(r"\bccag\b|cahier des clauses administratives g[eé]n[eé]rales", re.IGNORECASE)
_SLIP_LINE = re.compile(
    r"^\W*(?:raison sociale|d[eé]nomination|soci[eé]t[eé]|adresse|num[eé]ro|siren|siret|nom|pr[eé]nom|qualit[eé]|fonction|date"
    r"|fait [àa]|lieu|cachet|signature|bon pour accord|repr[eé]sent)[^\n]{0,60}$",
    re.IGNORECASE,
)
_AROUND_A_SIGNATURE = 700
# Dots that lead from a label to its value, as in a list of prices, are no blank.
_LED_TO = re.compile(r"[ .…_]*(?:[<>≥≤]?\s?\d|inclus|compris|gratuit|offert|sur devis|n[ée]ant|non\b|oui\b)", re.IGNORECASE)
# Blanks that somebody fills by hand each time: on a line to sign, or in a form that the contract only shows.
_BY_HAND = re.compile(r"paraphe|signature|cachet|\bvisa\b|lu et approuv", re.IGNORECASE)
_FORM = re.compile(
    r"formulaire|\(?mod[eèé]le\)?|\bbon d(?:e |['’])\w+|\bfiche d(?:e |['’])\w+|bulletin|coupon|r[eé]tractation"
    r"|fiche[- ]type|proc[eè]s[- ]verbal",
    re.IGNORECASE,
)
_ABOVE = 900
_LONGEST_TITLE = 90
_LONGEST_FORM_LINE = 160
# A line that stands so often is printed on each page.
_EACH_PAGE = 3
_PAGE = re.compile(r"[ .…\t]{0,40}\n?[ \t]{0,20}\d{1,3}[ \t]{0,20}(?:\n|$)")
MOST = 8


@dataclass(frozen=True, slots=True)
class Repealed:
    """Law that the contract cites and that stands no more, or no more under that number."""

    guide: RepealedGuide
    quote: Quote


@dataclass(frozen=True, slots=True)
class Broken:
    """A reference to an article that the text does not have."""

    number: str
    quote: Quote


def placeholders(document: Document) -> tuple[Quote, ...]:
    """The marks that somebody left to fill, in reading order, each wording once."""
    once: dict[str, Quote] = {}
    for found in _MARK.finditer(document.text):
        if found[0][0] in ".…" and _leads_to_a_page(document.text, found.end()):
            continue
        if found[0][0] in ".…_" and _is_no_blank_of_the_contract(document, found):
            continue
        once.setdefault(found[0].casefold(), Quote(found[0], found.start(), found.end()))
    return tuple(once.values())


def _is_no_blank_of_the_contract(document: Document, found: re.Match[str]) -> bool:
    """Whether dots or a line are no value that the contract lacks: they lead to one, or are filled by hand elsewhere or at each use."""
    text = document.text
    low, high = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
    line = text[low : len(text) if high < 0 else high]
    if len(line) <= _LONGEST_LINE and (_BY_HAND.search(line) or text.count(line.strip()) >= _EACH_PAGE):
        return True
    if _LED_TO.match(text, found.end()) or _in_a_signature_slip(text, found.start()):
        return True
    article = document.article_at(found.start())
    above = " ".join(document.articles[one].title for one in article.above)
    return bool(_FORM.search(f"{above} {article.title}")) or _stands_in_a_form(text, low)


def _stands_in_a_form(text: str, line: int) -> bool:
    """Whether the nearest line above that names a form has only lines to fill, or short ones, between it and here."""
    above = text[max(0, line - _ABOVE) : line].splitlines()
    for words in reversed(above):
        if _FORM.search(words) and len(words) <= _LONGEST_TITLE:
            return True
        if len(words) > _LONGEST_FORM_LINE:
            return False
    return False


def _leads_to_a_page(text: str, end: int) -> bool:
    """Whether dots lead to the number of a page, in a table of contents."""
    return bool(_PAGE.match(text, end))


def _in_a_signature_slip(text: str, start: int) -> bool:
    """Whether a blank is to be filled by hand by who signs, on a line that names what to write."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    around = text[max(0, start - _AROUND_A_SIGNATURE) : start + _AROUND_A_SIGNATURE].casefold()
    return bool(_SLIP_LINE.match(line)) and ("signature" in around or "signataire" in around)


def _line_of(text: str, start: int, end: int) -> str:
    """The line of a match with some letters on each side, long lines cut."""
    low = max(text.rfind("\n", 0, start), start - _LONGEST_LINE)
    after = text.find("\n", end)
    high = min(len(text) if after < 0 else after, end + _LONGEST_LINE)
    return text[min(max(0, low), max(0, start - _NEAR)) : max(high, end + _NEAR)]


def repealed_articles(looker: Looker, recognition: Recognition) -> tuple[Repealed, ...]:
    """The law of before that a contract cites, each once."""
    first = ((guide, next(iter(looker.evidence(guide.evidence)), None)) for guide in recognition.repealed)
    return tuple(Repealed(guide, looker.quote(*seen.match.span(), seen.sentence)) for guide, seen in first if seen is not None)


def broken_references(document: Document) -> tuple[Broken, ...]:
    """The references to articles of the contract itself that lead nowhere; nothing is said of a text whose articles have no number."""
    numbers = set(_numbers(document))
    highest = max((int(number.split(".")[0]) for number in numbers), default=0)
    if len(numbers) < 3 or _PUBLIC_CLAUSES.search(document.text):
        return ()
    cites_the_regulation = bool(_REGULATION.search(document.text))
    broken: dict[str, Broken] = {}
    for found in _REFERENCE.finditer(document.text):
        number = found["number"]
        if _ELSEWHERE.search(found["after"]) or _BEFORE_ELSEWHERE.search(document.text[max(0, found.start() - 45) : found.start()]):
            continue
        if _DATA_LAW.search(_line_of(document.text, found.start(), found.end())):
            continue
        if cites_the_regulation and number.isdigit() and int(number) in _OF_THE_REGULATION:
            continue
        if number not in numbers and int(number.split(".")[0]) > highest:
            broken.setdefault(
                number, Broken(number, Quote(found[0][:LONGEST_QUOTE].rstrip(), found.start(), found.start() + len(found[0].rstrip())))
            )
    return tuple(broken.values())[:MOST]


def _numbers(document: Document) -> Iterator[str]:
    for article in document.articles:
        number = article.number.replace(" ", "").replace("-", ".")
        if number[:1].isdigit() and number.replace(".", "").isdigit():
            parts = number.split(".")
            yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))
