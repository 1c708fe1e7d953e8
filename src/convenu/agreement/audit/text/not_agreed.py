"""What a file holds and nobody agrees there: an extract for information, an old wording, the offers not chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from convenu.agreement.audit.text.amendments import amendments_of
from convenu.agreement.audit.text.parts import under_titles
from convenu.agreement.audit.text.segmentation import Document, cells_of
from convenu.agreement.audit.words.shadow import plain

_CONTRACT = r"(?:contrat|convention|accord|marche|abonnement)"
# The title of what stands there to be known: an extract, the figures of a past year, an example worked out.
_SHOWN = re.compile(
    r"\((?:[^()]{0,60}\b)?(?:pour (?:simple )?(?:information|transparence|memoire)|a titre (?:d'information|informatif|indicatif|d'exemple)"
    r"|indicati(?:f|ve)s?|resume a l'usage|non contractuel)[^()]{0,40}\)"
    r"|^\W*(?:pour information|document non contractuel|statistiques|bilan|historique)\b"
    r"|^\W*(?:extraits?|rappels?) (?:de|du) (?:l'|votre |leur )?(?:ancien|precedent)"
    r"|^\W*(?:exemples?|illustrations?|simulations?) (?:chiffre|de calcul|annexe)"
    r"|\bresultats? (?:de l'(?:an|annee|exercice)|du (?:dernier )?(?:mois|trimestre|semestre)) (?:ecoule|passe|dernier)"
)
_WAS = r"\b(?:[a-z]{2,}(?<!r)aient|etait|avait|pouvait|devait|prevoyait|payait|appliquait|facturait|demandait|portait|durait|courait)\b"
# An old wording told as such: « Ancien texte : … », « l'ancien article 9, qui prévoyait… ».
_OLD_WORDING = re.compile(
    r"\b(?:ancien(?:ne)?|anterieure?)s? "
    r"(?:articles?|clauses?|textes?|redactions?|versions?|dispositions?|formules?|regles?|grilles?|taux|delais?)\b"
    rf"|^\W*(?:\d+\W+)?(?:supprimee?s?|(?:ancien|precedent)(?:ne|e)? {_CONTRACT}) ?:"
    r"|^\W*[a-z ]{0,30}\bnon (?:retenu|choisi|souscrit)e?s? ?:"
    # « Les contrats de nos confrères ».
    r"|\b(?:contrats|conditions|tarifs|prix) de (?:nos|ses|leurs|certains) (?:confreres|concurrents)\b"
    rf"|\b(?:extrait|rappel|clause|article)s? (?:de|du) [^.;:]{{0,20}}\b(?:ancien|precedent)(?:ne|e)? {_CONTRACT}\b"
    # « L'indexation que vous avez connue a disparu de nos contrats ».
    r"|\b(?:a|ont) (?:disparu d|ete (?:ecarte|rejete)e?s?\b|ete (?:supprime|abandonne|abroge|retire)e?s? (?:d|en|depuis|a ))"
    r"|\bn'existent? plus\b|\bn'a plus cours\b"
    r"|\bqui (?:y |l[ae]s? |le )?(?:figurai|prevoyai|stipulai)(?:t|ent)\b"
    # « Auparavant, les factures étaient payées à soixante jours ».
    r"|\b(?:auparavant|autrefois|par le passe|a l'epoque|jusqu'alors|jusque-la|anciennement|jusqu'(?:en|au) [^.;]{0,20}\b20\d\d)\b"
    rf"[^.;]{{0,60}}{_WAS}"
    # « Le Client avait souscrit un contrat reconductible par périodes de deux ans »; « il avait demandé que… ».
    rf"|\bavai(?:t|ent|ons) (?:[a-z0-9]+ ){{0,2}}?(?:souscrit|conclu|signe|passe)\b[^.;]{{0,40}}\b{_CONTRACT}"
    r"|\bavai(?:t|ent|ez) (?:[a-z]+ ){0,2}?(?:demande|souhaite|propose|sollicite|envisage)\b"
)
# What is put in its place is told in the same sentence; an amendment tells it in whatever sentences it likes.
_NEW_WORDING = re.compile(
    r"\bremplace|\bdesormais|\bdevien|\bnouve(?:au|l|lle)s?\b|\b(?:porte|ramene|passe)e?s? (?:a|de)\b|\bmodifi|\bavenant"
)
# « Formule choisie par le client : Éco. »
_CHOSEN = re.compile(
    r"\b(?:formule|offre|niveau|option|pack|plan|gamme)s? (?:de (?:service|base) )?"
    r"(?:choisi|retenu|souscrit|selectionne|commande)e?s?(?: (?:par|pour) [a-z' ]{2,30})? ?: ?(?P<name>[^.;|]{1,40}?) ?(?:[.;|]|$)"
)


def without_what_is_not_agreed(document: Document) -> Document:
    """The document without what it shows and does not agree; the same one where it shows nothing."""
    apart = under_titles(document, lambda title: _SHOWN.search(title) is not None) | _not_chosen(document)
    amendments = amendments_of(document)
    kept = tuple(
        one
        for index, one in enumerate(document.sentences)
        if index not in apart
        and (not _tells_an_old_wording(document.words(one)) or any(amendment.holds(one.start) for amendment in amendments))
    )
    return document if len(kept) == len(document.sentences) else replace(document, sentences=kept)


def _tells_an_old_wording(words: str) -> bool:
    return _OLD_WORDING.search(words) is not None and _NEW_WORDING.search(words) is None


def _not_chosen(document: Document) -> frozenset[int]:
    """The rows of a table of offers, but its first one, where the contract names the one that is chosen and another row bears its name."""
    chosen = {found["name"].strip(' "') for one in document.sentences if (found := _CHOSEN.search(document.words(one))) is not None}
    left: set[int] = set()
    for rows in _tables(document) if chosen else ():
        written = {row: document.clauses[document.sentences[row].start : document.sentences[row].end] for row in rows}
        names = {row: plain(cells_of(words)[0]).strip() for row, words in written.items()}
        if any(name in chosen for name in names.values()):
            left.update(row for row in rows[1:] if names[row] not in chosen)
    return frozenset(left)


def _tables(document: Document) -> Iterator[list[int]]:
    """The rows that follow one another."""
    rows: list[int] = []
    for index, sentence in enumerate(document.sentences):
        if not sentence.row or (rows and sentence.article != document.sentences[rows[-1]].article):
            yield rows
            rows = []
        if sentence.row:
            rows.append(index)
    yield rows
