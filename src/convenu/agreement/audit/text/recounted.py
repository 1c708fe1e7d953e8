"""What a file only recounts: a contract that has ended, a draft not kept, a question asked, an example. None of it is agreed."""

from __future__ import annotations

import re
from dataclasses import replace

from convenu.agreement.audit.text.segmentation import Document, Sentence
from convenu.agreement.audit.words.numbers import DURATION, MONTH_NAMES

_TIME_OF_YEAR = "|".join((*MONTH_NAMES, "an", "annee", "mois", "ete", "automne", "hiver", "printemps", "trimestre", "semestre"))
_OLD_CONTRACT = re.compile(
    r"\b(?:contrat|convention|accord|marche)s?\b[^.;]{0,60}\b(?:prevoyai(?:t|ent)|stipulai(?:t|ent)|fixai(?:t|ent)|comportai(?:t|ent)|imposai(?:t|ent))\b"
    r"|\b(?:etaient|avaient ete|etait|avait ete) (?:alors |deja )?(?:lie|engage)(?:e|s|es)? (?:a |au |aux |avec |par |depuis )[^.;]{0,60}"
    r"\b(?:contrat|convention|accord|marche)"
    # « conclu pour deux ans et arrivé à son terme en juin dernier », « le contrat précédent avait été signé pour un an ».
    r"|\b(?:contrat|convention|accord|marche)s?\b[^.;]{0,100}\b(?:arrive|expire|echu|acheve|termine|resilie|clos)[a-z]{0,2}\b[^.;]{0,40}"
    rf"\b(?:{_TIME_OF_YEAR}) (?:derni(?:er|ere)|passee?|ecoulee?)\b"
    r"|\b(?:precedente?|ancien|ancienne|anterieure?|premiere?) (?:contrat|convention|accord|marche)\b[^.;]{0,60}"
    r"\b(?:avait|avaient|etait|a pris fin|a ete|a dure|s'est (?:acheve|termine)|durait|courait|portait)"
    r"|\bavai(?:t|ent) (?:ete )?[^.;]{0,60}\b(?:contrat|convention|accord|marche) (?:precedente?|anterieure?)\b"
    r"|\b(?:contrat|convention|accord|marche) (?:precedente?|anterieure?)\b[^.;]{0,60}"
    r"\b(?:avait|avaient|etait|a pris fin|a ete|a dure|s'est (?:acheve|termine)|durait|courait|portait)"
    r"|\b(?:ont|a|avons|avez) (?:[a-z]+ ){0,3}?(?:signe|conclu|souscrit|passe)\b[^.;]{0,60}\b(?:contrat|convention|accord|marche)\b"
    r"[^.;]{0,60}\b(?:recondui|renouvel|prolong|proroge|execut)[a-z]*\b[^.;]{0,40}\b(?:jusqu'(?:en|au|a)|reprises|plusieurs fois|depuis)"
)
# « Ce contrat est remplacé par les présentes », after what it was.
_NO_MORE = re.compile(
    r"^\W*(?:\d[\d.]*\W+)?(?:ce|cet|cette|ces|ledit|ladite|celui-ci|celle-ci) ?(?:contrat|convention|accord|marche|document)?s?[^.;]{0,40}"
    r"(?:\b(?:est|a ete|sont|ont ete) [^.;]{0,30}(?:abroge|annule|remplace)|\ba pris fin|\bn'est plus en vigueur|\ba cesse\b)"
)
_A_CONTRACT = re.compile(r"\b(?:une?|l[ea]|leur|notre|d'une?) (?:[a-z]+ )?(?:contrat|convention|accord|marche)\b")
# A row of the history of a document: its version, its day, and what was proposed that day.
_VERSION = re.compile(
    r"^\W{0,4}(?:v(?:ersion)? ?\d{1,2}(?:[.,]\d{1,2}){0,2}|indice [a-z0-9]{1,2}|rev(?:ision)?\.? ?\d{1,2})\b"
    r"[\s|]{1,12}\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"
)
# « Par exemple, … », or an article of examples: they show how a clause works.
_EXAMPLE = re.compile(
    r"^\W*(?:par exemple|a titre d'(?:exemple|illustration)|exemples? ?:|pour illustrer)(?![a-z])"
    # « Soit un contrat dont le plafond serait de… », « Supposons une redevance de… ».
    r"|^\W*(?:supposons|imaginons|prenons l'exemple)\b|^\W*soit [^.;]{0,80}\b(?:ser|aur)ai(?:t|ent)\b"
)
_EXAMPLES = re.compile(r"^\W*(?:\d[\d.]*\W+)?(?:exemples?|illustrations?|simulations?|cas pratiques?)(?: (?:de calcul|chiffre)e?s?)?\W*$")
# A question that holds a figure: another is the plain title of what answers it, « Pas de réponse ? L'étape est acquise. »
_QUESTION = re.compile(rf"(?:\d|{DURATION})[^?]*\?[\s»\"'*_)]{{0,4}}$")


def without_what_is_recounted(document: Document) -> Document:
    """The document without the sentences that recount what binds nobody; the same one where it holds none."""
    kept = tuple(one for index, one in enumerate(document.sentences) if not (_is_recounted(document, one) or _is_replaced(document, index)))
    return document if len(kept) == len(document.sentences) else replace(document, sentences=kept)


def _is_recounted(document: Document, sentence: Sentence) -> bool:
    words = document.words(sentence)
    if _EXAMPLE.match(words) is not None or _is_under_examples(document, sentence):
        return True
    return _QUESTION.search(words) is not None or _VERSION.match(words) is not None or _OLD_CONTRACT.search(words) is not None


def _is_under_examples(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence stands in an article of examples; « Exemples : » within an article is above what follows it in that one too."""
    return not document.articles[sentence.article].above and _EXAMPLES.match(document.titles[sentence.article]) is not None


def _is_replaced(document: Document, index: int) -> bool:
    """Whether a sentence tells of a contract that the next one, in the same article, says to be no more."""
    sentence, after = document.sentences[index], document.sentences[index + 1 : index + 2]
    if not after or after[0].article != sentence.article or _NO_MORE.match(document.words(after[0])) is None:
        return False
    return _A_CONTRACT.search(document.words(sentence)) is not None
