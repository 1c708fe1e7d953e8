"""The documents by which a contract says it is bound and that its file does not hold: general conditions at an address, a policy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.text.segmentation import Document

# By which words each kind of document is named, in plain letters. Quotes and orders are the deal's own, and nobody sends them with it.
_KINDS = (
    ("conditions générales", r"conditions generales|cg[vus]|cgvu"),
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
# The contract itself, or what stands further on in its file.
_ITSELF = re.compile(r"(?<![a-z])(?:presente?s?|lesdites|desdites|ces|cette|nos) (?:[a-z-]+ )?$")
_IN_THE_FILE = re.compile(r"(?<![a-z])(?:ci-apres|ci-dessous|au verso|reproduite?s?|qui suivent)(?![a-z])")
# An address alone on its line looks like a title.
_ADDRESS = re.compile(r"https?:|www\.")
_BEFORE = 40
# Letters at the head of a file, where it says what it is.
_OPENING = 500


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
        if _is_held(document, named):
            continue
        for sentence in document.sentences:
            found = named.search(plain, sentence.low, sentence.high)
            if found is None or _IN_THE_FILE.search(plain, sentence.low, sentence.high):
                continue
            before = _RELIES_ON.search(plain, max(sentence.low, found.start() - _BEFORE), found.start())
            if before is not None or _BINDS.search(plain, sentence.low, sentence.high):
                quote = Quote(document.text[sentence.start : sentence.end], sentence.start, sentence.end)
                asked[label] = DocumentApart(label, quote)
                break
    return tuple(sorted(asked.values(), key=lambda one: one.quote.start))


def _is_held(document: Document, named: re.Pattern[str]) -> bool:
    """Whether the file is that document, or holds it: its opening or a title without number names it, or it speaks of « les présentes »."""
    plain = document.shadow.plain
    if named.search(plain, 0, _OPENING):
        return True
    titled = (title for title, article in zip(document.titles, document.articles, strict=True) if not article.number)
    if any(named.search(title) and not _ADDRESS.search(title) for title in titled):
        return True
    return any(_ITSELF.search(plain, max(0, one.start() - _BEFORE), one.start()) for one in named.finditer(plain))
