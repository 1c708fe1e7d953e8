"""The documents by which a contract says it is bound and that its file does not hold: general conditions at an address, a policy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.text.segmentation import Document

# By which words each kind of document is named, in plain letters. Quotes and orders are the deal's own, and nobody sends them with it.
_KINDS = (
    ("conditions générales", r"conditions generales|cg[vus]|cgvu"),
    ("conditions générales d’utilisation", r"conditions generales d'utilisation|cgu"),
    ("conditions particulières", r"conditions particulieres"),
    ("convention de services", r"conventions? de services?"),
    ("contrat-cadre", r"contrat[- ]cadre"),
    ("contrat de mise à disposition", r"contrat de mise a disposition"),
    ("politique de confidentialité", r"politique de (?:confidentialite|protection des donnees)"),
    ("accord sur les données personnelles", r"accord de (?:sous-traitance|traitement) (?:des|de) donnees|dpa|data processing agreement"),
)
_NAMED = tuple((label, re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])")) for label, words in _KINDS)
# What makes a document part of the contract, or says where to find it, anywhere in its sentence; and what does just before its name.
_BINDS = re.compile(
    r"partie integrante|(?:font|fait) partie (?:du|de la|des)(?: presente?s?)? (?:contrat|convention|accord)|\bci-joint|annexe intitulee"
    r"|(?:accessible|consultable|disponible)s?[^.;]{0,60}(?:adresse|en ligne|https?:|www\.)"
)
_RELIES_ON = re.compile(r"(?:articles? [a-z]{0,2}\d[\w. ]{0,12} (?:du|de la|des|de l')|regie?s? par (?:les?|la|l')) ?$")
# Words before a name, in a sentence that speaks of the document and is not its title.
_OF_ANOTHER = re.compile(r"(?<![a-z])(?:les|des|aux|nos|ses|leurs|la|sa|notre) $")
# The contract itself, or what stands further on in its file.
_ITSELF = re.compile(r"(?<![a-z])(?:presente?s?|lesdites|desdites|ces|cette|nos) (?:[a-z-]+ )?$")
_IN_THE_FILE = re.compile(r"(?<![a-z])(?:ci-apres|ci-dessous|au verso|reproduite?s?|qui suivent)(?![a-z])")
# What somebody else publishes is not the contract's: « les conditions particulières de Stripe », « de leur éditeur ».
_OF_SOMEBODY_ELSE = re.compile(r"[\W_]{0,3}(?:de |d['’])(?:leurs? |son |ses )?(?!Vente|Utilisation|Service|Prestation|Abonnement)[A-Z]\w+")
_ROLE = re.compile(r"\W{0,3}(?:de |d')(?:la |l'|le )?(?:prestataire|client)(?![a-z])|\W{0,3}du (?:prestataire|client)(?![a-z])")
_LONGEST_NAME = 60
# An address alone on its line looks like a title.
_ADDRESS = re.compile(r"https?:|www\.")
_BEFORE = 40
# Letters at the head of a file, where it says what it is, and of a line alone above an article that begins the numbers.
_OPENING = 500
_LONGEST_CAPTION = 80
_FIRST = ("1", "I")


@dataclass(frozen=True, slots=True)
class DocumentApart:
    """A document that the file does not hold, as a reader would ask for it, and the sentence that relies on it."""

    label: str
    quote: Quote


def documents_apart(document: Document) -> tuple[DocumentApart, ...]:
    """Each kind of document by which the contract is bound and that its file does not hold, once, in reading order."""
    plain = document.shadow.plain
    asked: dict[str, DocumentApart] = {}
    for label, named in _NAMED:
        if is_held(document, named):
            continue
        for sentence in document.sentences:
            found = named.search(plain, sentence.low, sentence.high)
            if found is None or _IN_THE_FILE.search(plain, sentence.low, sentence.high) or _is_somebody_elses(document, found.end()):
                continue
            before = _RELIES_ON.search(plain, max(sentence.low, found.start() - _BEFORE), found.start())
            if before is not None or _BINDS.search(plain, sentence.low, sentence.high):
                quote = Quote(document.text[sentence.start : sentence.end], sentence.start, sentence.end)
                asked[label] = DocumentApart(label, quote)
                break
    return tuple(sorted(asked.values(), key=lambda one: one.quote.start))


def _is_somebody_elses(document: Document, end: int) -> bool:
    """Whether a name that ends at a place of the shadow is followed by that of one who is no party."""
    if _ROLE.match(document.shadow.plain, end):
        return False
    place = document.shadow.places[end - 1] + 1
    return _OF_SOMEBODY_ELSE.match(document.text, place, place + _LONGEST_NAME) is not None


def is_held(document: Document, named: re.Pattern[str]) -> bool:
    """Whether the file is a document, or holds it: its opening or a title names it, or a line above an article 1, or « les présentes ».

    An opening that speaks of « les conditions générales » names another, and a title above words that say where to find it holds none.
    """
    plain = document.shadow.plain
    if any(_OF_ANOTHER.search(plain, max(0, one.start() - _BEFORE), one.start()) is None for one in named.finditer(plain, 0, _OPENING)):
        return True
    if any(_is_headed(document, named, article) for article in range(len(document.articles))):
        return True
    if _stands_above_a_first_article(document, named):
        return True
    return any(_ITSELF.search(plain, max(0, one.start() - _BEFORE), one.start()) for one in named.finditer(plain))


def _is_headed(document: Document, named: re.Pattern[str], article: int) -> bool:
    """Whether an article without number is headed by a name, and does not say that the document of that name is elsewhere."""
    title = document.titles[article]
    if document.articles[article].number or not named.search(title) or _ADDRESS.search(title):
        return False
    inside = (document.sentences[index] for index in document.inside[article])
    return not any(_BINDS.search(document.shadow.plain, one.low, one.high) for one in inside)


def _stands_above_a_first_article(document: Document, named: re.Pattern[str]) -> bool:
    """Whether a line alone, just above an article that begins the numbers, is a name: that of the document that these articles make."""
    above = (inside[-1] for inside, below in zip(document.inside, document.articles[1:], strict=False) if inside and below.number in _FIRST)
    lines = (document.sentences[index] for index in above)
    return any(
        line.high - line.low <= _LONGEST_CAPTION and named.match(document.shadow.plain, line.low, line.high) is not None for line in lines
    )
