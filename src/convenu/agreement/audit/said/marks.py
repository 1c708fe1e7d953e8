"""The marks that somebody left to fill in a contract, by what they leave open: money, days, annexes, the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.said.empty_values import empty_cells, is_a_rule, is_alone
from convenu.agreement.audit.said.left_open import PARTIES, SUBJECTS, Left, subjects_of
from convenu.agreement.audit.text.segmentation import Document, ReadArticle

# What stands between square brackets when somebody must still write it.
_TO_WRITE = (
    r"à compléter|a completer|à définir|à préciser|à (?:valider|confirmer|trancher|écrire|rédiger|négocier)"
    r"|nom|date|adresse|montant|variable|client|société|prestataire|durée|ville|xx|TBD|insérer"
    r"|\.{3}|…|(?<![^\W_])_{2,}(?![^\W_])"
)
# What a quotation leaves out.
_ELISION = re.compile(r"\[(?:\.{3}|…)\]")
_MARK = re.compile(
    r"\{\{(?![#/!>])[^{}\n]{1,80}\}\}"
    rf"|\[[^\]\[\n(]{{0,60}}(?:{_TO_WRITE})[^\]\[\n(]{{0,60}}\](?!\()"
    r"|\[\s*(?:n\s?[°º]\s*)?(?:[•●?]|x{2,4}|_{1,40})\s*\](?!\()|\[[^\]\[\n]{1,40}\s/\s[^\]\[\n]{1,40}\](?!\()"
    r"|\(\s*à (?:compléter|renseigner|remplir)\b[^()\n]{0,40}\)|(?-i:\bXX\b)(?=\s*(?:jours?|mois|%|€|euros?|heures?|ans)\b)"
    r"|(?-i:\[[A-ZÉÈÀ_' ]{3,50}\])(?!\()|==[a-z_0-9]{2,40}==|(?-i:<[A-ZÉÈÀ_ ]{4,40}>)"
    r"|[.…]{8,}|…{3,}|\?{3,}|\.{3} \([a-zé ]{4,40}\)"
    # After a label and its colon, or in a date, fewer dots are a blank too.
    r"|(?:(?<=:)|(?<=:[ \t]))[.…]{4,}(?=\s*$)|[.…]{3,}\s?/\s?[.…]{3,}\s?/\s?(?:20\d\d|[.…]{2,})"
    r"|_{2,}\s?/\s?_{2,}\s?/\s?(?:20\d\d|20_{2}|_{2,})|(?<![\[_])_{2,5}(?=\s?(?:€|%|euros?\b|mois\b|jours?\b|ans\b|heures?\b))"
    r"|(?:(?<=\t)|(?<=\| ))_{2,5}(?=[ ]?(?:[\t|]|$))|_{6,}|\bX{3,}\b|\bXX[/.]XX(?:[/.](?:\d{4}|XX))?|lorem ipsum",
    re.IGNORECASE | re.MULTILINE,
)
_SLIP_LINE = re.compile(
    r"^\W*(?:raison sociale|d[eé]nomination|soci[eé]t[eé]|adresse|num[eé]ro|siren|siret|nom|pr[eé]nom|qualit[eé]|fonction|date"
    r"|fait [àa]|lieu|cachet|signature|bon pour accord|repr[eé]sent|je soussign|agissant en qualit|pour l[ae'’]|le(?=\W*$))[^\n]{0,60}$",
    re.IGNORECASE,
)
# What is asked of who signs, several on one line: « Pour le Client — Nom : …… Qualité : …… ».
_SLIP_LABEL = re.compile(
    r"(?:\b(?:raison sociale|d[eé]nomination|nom|pr[eé]nom|qualit[eé]|fonction|date|fait [àa]|lieu|signature)|,\s*le)\s*:?\s*$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 40
_AROUND_A_SIGNATURE = 700
# Dots that lead from a label to its value, as in a list of prices, are no blank.
_LED_TO = re.compile(r"[ .…_]*(?:[<>≥≤]?[ \t]?\d|inclus|compris|gratuit|offert|sur devis|n[ée]ant|non\b|oui\b)", re.IGNORECASE)
_RUN_OF_DOTS = re.compile(r"[.…]{4,}")
# Blanks that somebody fills by hand each time: on a line to sign, or in a form that the contract only shows.
_BY_HAND = re.compile(r"paraphe|signature|cachet|\bvisa\b|lu et approuv", re.IGNORECASE)
_FORM = re.compile(
    r"formulaire|\(?mod[eèé]le\)?|\bbon d(?:e |['’])\w+|\bfiche d(?:e |['’])\w+|bulletin|coupon|r[eé]tractation"
    r"|fiche[- ]type|proc[eè]s[- ]verbal",
    re.IGNORECASE,
)
_ABOVE = 900
# Letters at the head of a file, where it says what it is.
_HEAD = 300
_LONGEST_LINE = 1500
_LONGEST_TITLE = 90
_LONGEST_FORM_LINE = 160
# A line that stands so often is printed on each page.
_EACH_PAGE = 3
_PAGE = re.compile(r"[ .…\t]{0,40}\n?[ \t]{0,20}\d{1,3}[ \t]{0,20}(?:\n|$)")
_TITLE_BETWEEN_DOTS = re.compile(r"[.…]{4,}[ \t]{0,3}\d{1,2}(?:\.\d{1,2}){0,2}[.)]?[ \t]+[^\W\d_][^.…:\n]{2,60}$")
# What the line of a mark speaks of.
_MONEY = re.compile(
    r"€|\beur\b|euros?\b|montant|\bprix\b|tarif|plafon|%|\btaux\b|indemnit|p[eé]nalit|par sinistre|redevance|forfait|honoraires",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\bdate|\bXX[/.]|\bjours?\b|\bmois\b|\bdur[eé]e|\bcompter\b|\bheures?\b|\bann[eé]es?\b|\bans?\b|\b20\d\d\b|(?<!meilleurs )d[eé]lai",
    re.IGNORECASE,
)
# The capital of a party names it, and costs nobody anything.
_CAPITAL = re.compile(r"\bcapital\b", re.IGNORECASE)
_BEFORE, _AFTER = 30, 10
_EVERYWHERE = 3
# Words of a line before a mark that tell of what it is.
_LONGEST_LEAD = 220
_LETTERS = re.compile(r"[^\W\d_x]{3}")
# A blank inside a bracket is one by itself, whatever unit follows it: « [__ semaines] ».
_BLANK = re.compile(r"_{2,}|[.…]{4,}|[•●]")
_FIELD = re.compile(r"[\[\]{}]|_{3,}|:\s*\S|^(?:siret|siren|rcs|nom|adresse)\b|\b\d{5}\b", re.IGNORECASE)
_ANNEX = re.compile(r"^\W{0,6}annexe\b", re.IGNORECASE)
# Once a document leaves sure marks in brackets, what else it puts in short ones is to be filled or settled too.
_BRACKETS = re.compile(r"(?<![^\W_])\[[^\[\]\n]{1,80}\](?![(\w])")
_NO_MARK = re.compile(
    r"\[\s*(?:\d{1,3}|sic|\([.…]{1,3}\)|i|suite|fin|fin de page|email[^\]]{0,20}protected|(?:image|logo|signature)[^\]]*)?\s*\]"
    # The pattern of a date, in the name of a file.
    r"|(?-i:<[AJYMDHNS_ -]+>)",
    re.IGNORECASE,
)
# A box to tick is no blank; an x before a unit is.
_BOX = re.compile(r"\[[xX]\](?!\s*(?:%|€|euros?|jours?|mois|ans|heures?))")
_EMPTY_BOX = re.compile(r"\[\s*_{1,4}\s*\]")
# What a mailing fills: « NomClient » and its like, without a space between the marks. A name in two words may be written so too.
_MERGED = re.compile(r"«[A-Z][a-z]+(?:[A-Z0-9][A-Za-z0-9]*)+»")
# The names of what a template fills by itself: where a document leaves several, nobody fills any of them by hand.
_VARIABLE = re.compile(r"\[[A-ZÉÈÀÊÎÔÇ0-9]{2,}(?:[_ ][A-ZÉÈÀÊÎÔÇ0-9]+){0,5}\]")
_A_TEMPLATE = 3
# A bracket of a formula groups its figures and its indices; one that only chooses between two sums has no operator beside it.
_FORMULA = re.compile(r"\[(?=[^\]]*\d)(?:\b[A-Za-z]{1,4}\d{0,2}\b|[\s\d.,%()+×*/÷=-])+\]")
_OPERATOR = re.compile(r"[+×*÷=]|\d\s*[x-]\s*\(")
_AFTER_AN_OPERATOR = re.compile(r"[+×x*/÷=-]\s*$")
_SETTLED = re.compile(r"\bci-apr[eè]s\b|«", re.IGNORECASE)
_CHOICE = re.compile(r"\[[^\[\]\n]{1,40}\s/\s[^\[\]\n]{1,40}\]|\[[^\[\]\n]{0,40}\?[^\[\]\n]{0,40}\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to fill: its words, what it leaves open, the article it stands in; `name`: it stands for a name all along the text.

    `times`: how often it stands so in its article, or in the text if it is a name; `subjects`: what matters of all that it leaves open.
    """

    quote: Quote
    left: Left
    article: str
    name: bool = False
    times: int = 1
    subjects: frozenset[str] = frozenset()

    @property
    def is_blank(self) -> bool:
        """Whether it holds no word that says what it stands for: each time it is written, something else is to be filled."""
        return _is_blank(self.quote.text)

    @property
    def is_a_choice(self) -> bool:
        """Whether it holds several answers, of which none is given: « [50 000 / 100 000] »."""
        return bool(_CHOICE.fullmatch(self.quote.text))


def marks_of(document: Document) -> tuple[Mark, ...]:
    """The marks that somebody left to fill, in reading order, each wording once an article; those of a comment are none."""
    found = [*_sure(document), *empty_cells(document.clauses)]
    merged = list(_MERGED.finditer(document.clauses))
    if len({one[0] for one in merged}) >= _A_TEMPLATE:
        found += merged
    if len({one[0] for one in found if _VARIABLE.fullmatch(one[0])}) >= _A_TEMPLATE:
        found += [one for one in _VARIABLE.finditer(document.clauses) if not _NO_MARK.fullmatch(one[0])]
    if any(one[0].startswith("[") for one in found):
        found += [one for one in _BRACKETS.finditer(document.clauses) if _is_left_open(document, one)]
    placed: dict[tuple[str, int], Mark] = {}
    last = -1
    for one in sorted(found, key=lambda match: (match.start(), -match.end())):
        if one.start() < last:
            continue
        last = one.end()
        article = document.article_at(one.start())
        quote = Quote(one[0], one.start(), one.end())
        own = _subjects(document, quote)
        left = _left(document, article, quote, own)
        mark = Mark(quote, left, _numbered(document, article), subjects=own or _titled(document, article))
        key = (one[0].casefold(), article.start)
        placed[key] = _with(placed[key], mark) if key in placed else mark
    return tuple(_gathered(placed))


def _with(mark: Mark, other: Mark) -> Mark:
    """A mark and one that is written alike in its article."""
    gravest = min((mark.left, other.left), key=list(Left).index) if mark.is_blank else mark.left
    return replace(mark, times=mark.times + 1, left=gravest, subjects=mark.subjects | other.subjects)


def _is_blank(words: str) -> bool:
    return _LETTERS.search(words) is None or _BLANK.search(words) is not None


def _subjects(document: Document, quote: Quote) -> frozenset[str]:
    """What matters of all that a mark leaves open, by its own words, else by those of its line before it."""
    own = frozenset() if _is_blank(quote.text) else subjects_of(quote.text.replace("_", " ").replace(".", " "))
    return own or subjects_of(_lead(document.clauses, quote.start))


def _titled(document: Document, article: ReadArticle) -> frozenset[str]:
    """What matters of all that the titles above a mark speak of; under one on the parties stands anything."""
    return subjects_of(" ".join([*(document.articles[one].title for one in article.above), article.title])) - {PARTIES}


def _lead(text: str, start: int) -> str:
    """What the line of a mark says before it, its last sentence; of a line without words, the line with words above it."""
    before = text[max(0, start - _LONGEST_LEAD) : start].rpartition("\n")[2].rpartition(". ")[2]
    return before if _LETTERS.search(before) else f"{_line_above(text, start).strip()} {before}".strip()


def _line_above(text: str, start: int) -> str:
    """The nearest line above that of a place that is not empty, in the few letters before it; empty where there is none."""
    above = text[max(0, start - _ABOVE) : start].rpartition("\n")[0]
    return next((line for line in reversed(above.splitlines()) if line.strip()), "")


def _gathered(placed: Mapping[tuple[str, int], Mark]) -> Iterator[Mark]:
    """The marks, one that holds words and comes back in article after article being told once: it stands for a name."""
    counted = Counter(words for words, _ in placed)
    written = Counter[str]()
    for (words, _), mark in placed.items():
        written[words] += mark.times
    titles = {words: len({mark.article for (other, _), mark in placed.items() if other == words}) for words in counted}
    told: set[str] = set()
    for (words, _), mark in placed.items():
        if counted[words] < _EVERYWHERE or mark.is_blank:
            yield mark
        elif words not in told:
            told.add(words)
            article = f"{titles[words]} article{'s' if titles[words] > 1 else ''}"
            yield replace(mark, article=article, left=Left.REST, name=True, times=written[words])


def is_a_field(label: str) -> bool:
    """Whether a title only names what is to be filled, and is no place of the contract: « SIRET », « Nom : [nom] »."""
    return _FIELD.search(label) is not None


def _numbered(document: Document, article: ReadArticle) -> str:
    """The nearest title above that has a number, else the one just above: a title run in its own paragraph is not looked for."""
    above = [document.articles[one] for one in reversed(article.above)]
    return next((one.label for one in (article, *above) if one.number), (above[0] if above else article).label)


def _sure(document: Document) -> Iterator[re.Match[str]]:
    """What is a mark in any document."""
    text = document.clauses
    for found in _MARK.finditer(text):
        if _ELISION.fullmatch(found[0]) or _NO_MARK.fullmatch(found[0]):
            continue
        if found[0][0] in ".…" and (_leads_to_a_page(text, found.end()) or _follows_a_numbered_title(text, found.start())):
            continue
        if found[0][0] in ".…_" and _is_no_blank_of_the_contract(document, found):
            continue
        if found[0][0] == "[" and not _is_left_open(document, found):
            continue
        yield found


def _is_left_open(document: Document, found: re.Match[str]) -> bool:
    """Whether a bracket is to be filled before the contract is sent, and not by who signs, nor a bracket of style."""
    if _NO_MARK.fullmatch(found[0]) or _is_a_box(found) or _is_quoted_code(found) or _SETTLED.search(found[0]) or _BY_HAND.search(found[0]):
        return False
    return not _is_of_a_formula(found) and not _in_a_signature_slip(document.clauses, found.start())


def _is_a_box(found: re.Match[str]) -> bool:
    """Whether a bracket is a box to tick: an x, or empty lines before several choices of one line."""
    if _BOX.match(found.string, found.start()):
        return True
    return bool(_EMPTY_BOX.fullmatch(found[0])) and len(_EMPTY_BOX.findall(_line_of(found))) > 1


def _is_quoted_code(found: re.Match[str]) -> bool:
    """Whether a bracket stands between the marks of code: it is what somebody will type, as the subject of a message."""
    low = found.string.rfind("\n", 0, found.start()) + 1
    return found.string.count("`", low, found.start()) % 2 == 1


def _line_of(found: re.Match[str]) -> str:
    low, high = found.string.rfind("\n", 0, found.start()) + 1, found.string.find("\n", found.end())
    return found.string[low : len(found.string) if high < 0 else high]


def _is_of_a_formula(found: re.Match[str]) -> bool:
    """Whether a bracket holds figures and operators, or stands after one, as in a formula of revision."""
    if not _FORMULA.fullmatch(found[0]) or "xx" in found[0].casefold():
        return False
    return bool(_OPERATOR.search(found[0]) or _AFTER_AN_OPERATOR.search(found.string[max(0, found.start() - _BEFORE) : found.start()]))


def _left(document: Document, article: ReadArticle, quote: Quote, own: frozenset[str]) -> Left:
    text = document.clauses
    around = text[max(0, quote.start - _BEFORE) : quote.start].rpartition("\n")[2] + quote.text
    around += text[quote.end : quote.end + _AFTER].partition("\n")[0]
    if _ANNEX.match(text[article.start : article.start + 40]):
        return Left.ANNEXES
    grouped = next((subject.left for name, subject in SUBJECTS.items() if name in own and subject.left is not None), None)
    if grouped is not None:
        return grouped
    if _MONEY.search(around) and not _CAPITAL.search(around):
        return Left.MONEY
    return Left.DAYS if _DAYS.search(around) else Left.REST


def _is_no_blank_of_the_contract(document: Document, found: re.Match[str]) -> bool:
    """Whether dots or a line are no value that the contract lacks: they lead to one, or are filled by hand elsewhere or at each use."""
    text = document.clauses
    low, high = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
    line = text[low : len(text) if high < 0 else high]
    if len(line) <= _LONGEST_LINE and (_BY_HAND.search(line) or (not is_alone(line) and text.count(line.strip()) >= _EACH_PAGE)):
        return True
    if is_alone(line) and (is_a_rule(line, _line_above(text, low)) or _BY_HAND.search(_line_below(text, high))):
        return True
    if (
        _LED_TO.match(text, found.end())
        or _heads_columns(line, text[high + 1 :] if high >= 0 else "")
        or _in_a_signature_slip(text, found.start())
    ):
        return True
    article = document.article_at(found.start())
    above = " ".join(document.articles[one].title for one in article.above)
    return _is_a_form(f"{above} {article.title}", text) or _stands_in_a_form(text, low)


def _line_below(text: str, end: int) -> str:
    """The nearest line after the end of one that is not empty."""
    return "" if end < 0 else next((line for line in text[end : end + _ABOVE].splitlines() if line.strip()), "")


def _is_a_form(title: str, text: str) -> bool:
    """Whether a title names a form that the contract only shows: what the file is from its first words is no form to fill later."""
    opening = text[:_HEAD].casefold()
    return any(found[0].casefold() not in opening for found in _FORM.finditer(title))


def _heads_columns(line: str, below: str) -> bool:
    """Whether dots stand between the titles of columns, above a row whose dots lead to its values."""
    row = below.lstrip("\n").partition("\n")[0]
    runs = list(_RUN_OF_DOTS.finditer(row))
    return bool(runs) and len(runs) == len(_RUN_OF_DOTS.findall(line)) and all(_LED_TO.match(row, run.end()) for run in runs)


def _stands_in_a_form(text: str, line: int) -> bool:
    """Whether the nearest line above that names a form has only lines to fill, or short ones, between it and here."""
    above = text[max(0, line - _ABOVE) : line].splitlines()
    for words in reversed(above):
        if len(words) <= _LONGEST_TITLE and _is_a_form(words, text):
            return True
        if len(words) > _LONGEST_FORM_LINE:
            return False
    return False


def _leads_to_a_page(text: str, end: int) -> bool:
    """Whether dots lead to the number of a page, in a table of contents."""
    return bool(_PAGE.match(text, end))


def _follows_a_numbered_title(text: str, start: int) -> bool:
    """Whether dots lead from one title of a table of contents to the next, all written on one line."""
    return bool(_TITLE_BETWEEN_DOTS.search(text, max(0, start - _LONGEST_TITLE), start))


def _in_a_signature_slip(text: str, start: int) -> bool:
    """Whether a blank is to be filled by hand by who signs, on a line that names what to write."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    around = text[max(0, start - _AROUND_A_SIGNATURE) : start + _AROUND_A_SIGNATURE].casefold()
    labelled = _SLIP_LINE.match(line) or (text[start] in ".…_" and _SLIP_LABEL.search(text, max(0, start - _LONGEST_LABEL), start))
    return bool(labelled) and any(word in around for word in ("signature", "signataire", "fait à"))
