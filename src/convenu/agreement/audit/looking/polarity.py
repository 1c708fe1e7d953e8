"""Whether a contract affirms the words that a cue matched, or denies them: « pas de données de santé », « sont hors du service : »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from convenu.agreement.audit.guides.cues import Cue
from convenu.agreement.audit.text.headings import is_item
from convenu.agreement.audit.text.segmentation import Document, Sentence
from convenu.agreement.audit.words.shadow import plain

# Sentences before one among which the head of its list is looked for.
# « … dans chacun des cas ci-dessous. »: a full stop before the list that a sentence opens.
_POINTS_BELOW = re.compile(
    r"(?:cas|motifs?|conditions?|hypotheses?|manquements?|evenements?) (?:ci[- ]?(?:dessous|apres)|suivante?s?)(?![a-z])"
)
_LONGEST_LIST = 15
# The sign before a member of a list: members under one sign go on, whatever ends each; a number or a letter may open an article.
_SIGN = re.compile(r"\s{0,20}([-•–—*▪◦●○‣✓✔➢❖→➔➜➤►▶■□·])\s")
# A cue that holds one of these reads a denial, or an exclusion, as it is written: nothing may turn it over.
_NEGATIVE = re.compile(
    r"(?<![a-z0-9])(?:ne|n'|pas|point|aucune?s?|nulle?s?|sans|ni|jamais|non|rien|hors|hormis|exclu\w*|ecart\w*|refus\w*|renonc\w*"
    r"|interdi\w*|decharg\w*|degag\w*|dispens\w*|exoner\w*|irrevocabl\w*|impossib\w*)(?![a-z0-9])"
)
# « pas de … », « aucune … », « à l'exclusion des … », just before the words.
_NONE_OF = re.compile(
    r"(?<![a-z0-9])(?:pas|point|jamais|aucune?|nulle?|ni|non|hors|hormis|a l'(?:exclusion|exception)"
    r"|(?:exclut|exclus|exclue|excluons|interdit)e?s?)"
    r"(?:[^a-z0-9.;:,]{1,3}(?:de|des|d|du|la|le|les|l|toute?s?|tels?|cas)){0,3}[^a-z0-9.;:,]{1,3}$"
)
# « ne peut … », « n'est … »: the verb of the words, or just before them.
_NOT = re.compile(r"(?<![a-z0-9])n(?:e(?![a-z0-9])|'(?!importe))")
_JUST_BEFORE = re.compile(r"(?<![a-z0-9])n(?:e[^a-z0-9]{1,3}|')(?:(?:se|s|en|y|lui|leur|les|le|la|nous|vous)[^a-z0-9]{1,3})?$")
# What a subordinate clause denies is not what the sentence says: « si le Client ne paie pas, le Prestataire peut ».
_SUBORDINATE = re.compile(
    r"(?<![a-z0-9])(?:si|s'ils?|lorsqu(?:e|')|des lors qu(?:e|')|quand|qui|qu(?:e|')|dont|ou|tant|bien|faute)(?![a-z0-9])[^.;]{0,60}$"
)
# « ne peut … que le 1er janvier » restricts and does not deny, save where it asks for the other's agreement.
_ONLY = re.compile(r"(?<![a-z0-9])(?:que(?![a-z0-9])|qu')(?! ?(?:avec|apres (?:accord|avenant)|par (?:ecrit|avenant|accord)|d'un commun))")
_WITHIN = 90
# « … est exclu », « … ne constitue pas », « … n'en sont jamais », just after the words.
_DENIED_AFTER = re.compile(
    r"(?:[^.;:,]|, (?:et |ou |ni )?(?:de |d'|du |des |les? |la |l'|ses? |sa |son |leurs? )){0,80}?(?<![a-z0-9])(?:"
    r"(?:est|sont|sera|seront|reste|restent|demeure|demeurent)[^a-z0-9](?:(?:expressement|formellement|strictement|toujours) )?"
    r"(?:exclue?s?|interdite?s?|proscrite?s?|prohibee?s?|ecartee?s?|hors (?:du|de|perimetre|champ|service|contrat))"
    r"|n(?:e[^a-z0-9]|')(?:(?:en|y|la|le|les) |l')?(?:est|sont|sera|seront|constitue(?:nt)?|releve(?:nt)?|entre(?:nt)?|figure(?:nt)?"
    r"|fait partie|font partie)[^a-z0-9](?:en )?"
    r"(?:pas|point|jamais|nullement|aucun)"
    r"|(?:reputee?s?|censee?s?) ne (?:pas|point|jamais))(?![a-z0-9])"
)
_RELATIVE = re.compile(r"(?<![a-z0-9])(?:qui|que|dont|si|lorsque|quand)(?![a-z0-9])")
# The head of a list, or a title, whose members are what is left out.
_HEAD = (
    r"(?:sont|est|restent|demeurent|etant)[^a-z0-9](?:(?:expressement|toujours|donc) )?"
    r"(?:exclue?s?|hors (?:du|de|des)|interdite?s?|en dehors)"
    r"|n(?:e[^a-z0-9]|')(?:(?:y|en|la|le|les) |l')?(?:est|sont|sera|seront|entre(?:nt)?|comprend|comprennent|couvre|couvrent"
    r"|inclut|incluent|figure(?:nt)?|constitue(?:nt)?|releve(?:nt)?|font|fait|concerne|prend|prenons|porte)"
    r"[^a-z0-9](?:en )?(?:pas|point|jamais)"
    r"|(?:reputee?s?|censee?s?|tenue?s?|regardee?s?) (?:pour )?ne (?:pas|point|jamais)|a l'(?:exclusion|exception) d"
)
_LEFT_OUT = re.compile(rf"(?<![a-z0-9])(?:{_HEAD})")
# Under « Exclusions » alone whole sentences stand too, which say what they say.
_LEFT_OUT_TITLE = re.compile(
    r"(?<![a-z0-9])(?:(?:prestations|services?|elements) (?:exclue?s?|non compris\w*)"
    rf"|non compris\w*|hors (?:du |de la )?(?:service|perimetre|forfait|contrat|prestation)\w*|{_HEAD})"
)
_ON_LIABILITY = re.compile(r"responsab|dommage|prejudice|garantie")


def is_denied(document: Document, cue: Cue, index: int, low: int, high: int) -> bool:
    """Whether the words `low` to `high` of the shadow, which a cue matched, are denied by their sentence, its list or its title."""
    if reads_a_denial(cue.written):
        return False
    words, sentence = document.shadow.plain, document.sentences[index]
    if _NONE_OF.search(words, sentence.low, low) or _is_negated(words, sentence.low, low, high):
        return True
    after = _DENIED_AFTER.match(words, high, sentence.high)
    if after is not None and not _RELATIVE.search(after[0]):
        return True
    return _is_left_out(document, index, low)


@cache
def reads_a_denial(written: str) -> bool:
    """Whether a cue holds words of denial or exclusion, and reads them as they are written."""
    return _NEGATIVE.search(plain(written)) is not None


def _is_negated(words: str, start: int, low: int, high: int) -> bool:
    """Whether the verb of the words, in them or just before, is denied outright."""
    before = _JUST_BEFORE.search(words, start, low)
    places = ([before.start()] if before is not None else []) + [one.start() for one in _NOT.finditer(words, low, high)]
    return any(not _SUBORDINATE.search(words, start, place) and not _ONLY.search(words, place, place + _WITHIN) for place in places)


def _is_left_out(document: Document, index: int, low: int) -> bool:
    """Whether the words are a member of a list of what is left out, by its head or by the title above it."""
    words, sentence = document.shadow.plain, document.sentences[index]
    title = document.titles[sentence.article]
    if _LEFT_OUT_TITLE.search(title) and not _ON_LIABILITY.search(title):
        return True
    head = words.rfind(":", sentence.low, low)
    if head >= 0 and _LEFT_OUT.search(words, sentence.low, head):
        return not _ON_LIABILITY.search(words, sentence.low, head)
    above = head_of_list(document, index)
    said = "" if above is None else words[above.low : above.high]
    return _LEFT_OUT.search(said) is not None and not _ON_LIABILITY.search(said)


def head_of_list(document: Document, index: int) -> Sentence | None:
    """The sentence that opens the list of which another is a member: « Ne sont pas compris : »."""
    words, sentence = document.shadow.plain, document.sentences[index]
    below = sentence
    for one in reversed(document.sentences[max(0, index - _LONGEST_LIST) : index]):
        said = words[one.low : one.high].rstrip()
        if one.article != sentence.article:
            return None
        if said.endswith(":") or (said.endswith(".") and _POINTS_BELOW.search(said) and is_item(document.text[below.start : below.end])):
            return one
        if said.endswith(".") and not _are_members_alike(document, one, below):
            return None
        below = one
    return None


def _are_members_alike(document: Document, above: Sentence, below: Sentence) -> bool:
    """Whether two sentences are members of one list under the same sign, each of which a full stop may end."""
    signs = [_SIGN.match(document.text, one.start, one.end) for one in (above, below)]
    return signs[0] is not None and signs[1] is not None and signs[0][1] == signs[1][1]


def list_opened_by(document: Document, index: int) -> Iterator[Sentence]:
    """The members of the list that a sentence opens by its colon, up to the next full stop."""
    words, sentence = document.shadow.plain, document.sentences[index]
    if not words[sentence.low : sentence.high].rstrip().endswith(":"):
        return
    before = None
    for one in document.sentences[index + 1 : index + 1 + _LONGEST_LIST]:
        if one.article != sentence.article:
            return
        if before is not None and words[before.low : before.high].rstrip().endswith(".") and not _are_members_alike(document, before, one):
            return
        yield one
        before = one
