"""Whose act a sentence tells: the party that stands as its subject nearest before the words, or by whom they are done."""

from __future__ import annotations

import re
from itertools import islice

from convenu.agreement.audit.looking.polarity import head_of_list
from convenu.agreement.audit.text.party_names import PartyRole
from convenu.agreement.audit.text.segmentation import Document, Sentence

# Sentences before one that may name the party that its « il » or « elle » stands for.
_BEFORE = 3
_AFTER = "".join(f"(?<!{word} )" for word in ("par", "avec", "pour", "chez", "sur", "contre", "envers", "entre", "dont", "comme"))
# An object pronoun follows its subject, or a preposition: « nous vous remettons », « chez vous ».
_ALONE = "".join(f"(?<!{word} )" for word in ("nous", "vous", "prestataire", "il", "chez", "a", "de", "avec", "pour", "par"))
_SUBJECT = re.compile(
    rf"(?<![a-z0-9])(?:{_AFTER}(?:le|les|ce|chaque|tout) (?P<role>prestataire|client)s?"
    rf"|{_ALONE}(?:(?P<nous>nous)|(?P<vous>vous))(?! (?:est|sont|sera|seront|a ete|ont ete|etant) )"
    r"|(?:ils?|elles?)(?! (?:appartient|incombe|revient|est (?:convenu|rappele|precise)|faut|s'agit|y a)))(?![a-z0-9])"
)
# Who does it, just after the words, and not « les services commandés par le Client »; and whose it is to do, anywhere in their sentence.
_STEMS = ("commande", "souscrit", "choisi", "achete", "confie")
_ORDERED = "".join(f"(?<!{word} )" for stem in _STEMS for word in (f"{stem}s", f"{stem}es"))
# Nor « les bases confiées | pour étude par le Client », where the words told end by what the Client does of its own.
_ENDS_ORDERED = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_STEMS)})e?s?$")
_LONGEST_WORD = 20
_DONE_BY = re.compile(rf"[^.;]{{0,30}}?(?<![a-z0-9]){_ORDERED}par (?:le |les )?(?P<role>prestataire|client)s?(?![a-z0-9])")
_INCUMBENT = re.compile(
    r"(?:charge (?:du|des)|(?:appartient|incombe|revient) (?:au|aux)) (?:seul )?(?P<role>prestataire|client)s?(?![a-z0-9])"
)


# The letter or number of a paragraph, before its first word.
_LABEL = re.compile(r"\W{0,4}(?:[a-z]|\d{1,2})(?:\.\d{1,2}){0,3}[.)]?\W{1,4}")
# A member of a list that opens by an infinitive: what somebody must do, and to whom.
_DUTY = re.compile(r"\W{0,6}(?:(?:a|de|d'|ne pas|ne|se|s')\W)*[a-z]{2,}(?:er|ir|re|oir)(?![a-z0-9])")
_SUBORDINATE = re.compile(r"(?<![a-z0-9])(?:que|qu|qui|si|lorsque|quand|dont|afin|[;:.])(?![a-z0-9])")
# « Si le Client ne paie pas, l'accès est coupé »: whoever a condition names before its comma does not do what follows it.
_CONDITION = re.compile(r"(?<![a-z0-9])(?:si|lorsque|quand|(?:des|tant|alors) (?:lors )?que|au cas ou|dans le cas ou|faute pour) $")
# « Le Client voit son accès coupé »: what its subject undergoes is another's act.
_UNDERGOES = re.compile(r"(?<![a-z0-9])(?:se )?(?:voi(?:t|ent)|verr(?:a|ont)|subi(?:t|ra))(?![a-z0-9])")
# « CVA peut » : a party that goes under a short name of which nothing tells the role, in a contract that hardly speaks of a client.
_LEAST_NAMED = 3
_LONGEST_NAME = 40
_LONGEST_CONDITION = 20
_CLIENT = re.compile(r"(?<![a-z0-9])(?:le|au|du|les|aux) clients?(?![a-z0-9])|(?<![a-z0-9])vous(?![a-z0-9])")
_SHORT_NAME = re.compile(r"(?:^|[.;:,(\n]\s{0,3}|\b(?:et|que|dont) |\bqu['’])[A-Z0-9&][A-Z0-9&.-]{1,20}\s{1,3}$")


def is_an_unknown_party(document: Document, low: int) -> bool:
    """Whether the words at `low` of the shadow follow a name in capitals, of whom nothing tells which side it is."""
    place = document.shadow.places[low]
    if _SHORT_NAME.search(document.text, max(0, place - _LONGEST_NAME), place) is None:
        return False
    return sum(1 for _ in islice(_CLIENT.finditer(document.shadow.plain), _LEAST_NAMED)) < _LEAST_NAMED


def whose_act(document: Document, index: int, low: int, high: int) -> PartyRole | None:
    """The party that does what `low` to `high` of the shadow say in a sentence; None when the words do not tell."""
    plain, sentence = document.shadow.plain, document.sentences[index]
    handed = _ENDS_ORDERED.search(plain[max(low, high - _LONGEST_WORD) : high])
    told = (None if handed else _DONE_BY.match(plain, high, sentence.high)) or _INCUMBENT.search(plain, sentence.low, sentence.high)
    if told is not None:
        return PartyRole(told["role"])
    named = _SUBJECT.finditer(plain, sentence.low, high)
    subjects = [one for one in named if not _is_in_a_condition_before(low, one, plain)]
    opening = _DUTY.match(plain, sentence.low, high)
    if opening is not None:
        subjects = [one for one in subjects if not _is_its_object(opening, one, plain)]
        if not subjects:
            return _of_its_list(document, index)
    if not subjects:
        return None
    nearest = next((one for one in reversed(subjects) if one.start() <= low), subjects[0])
    if _UNDERGOES.search(plain, nearest.end(), low) is not None:
        return None
    return _named(nearest) or _last_named(document, index, nearest.start())


def _is_in_a_condition_before(low: int, named: re.Match[str], plain: str) -> bool:
    """Whether a party is the subject of a condition that a comma closes before `low`."""
    start = named.start()
    return plain.find(",", named.end(), low) >= 0 and _CONDITION.search(plain, max(0, start - _LONGEST_CONDITION), start) is not None


def _is_its_object(duty: re.Match[str], named: re.Match[str], plain: str) -> bool:
    """Whether a party is named as the object of the infinitive that opens a member of a list: « informer le Client de… »."""
    return named.start() >= duty.end() and _SUBORDINATE.search(plain, duty.end(), named.start()) is None


def _of_its_list(document: Document, index: int) -> PartyRole | None:
    """The party that the sentence which opens a list names last: what its members tell is for it to do."""
    head = head_of_list(document, index)
    named = () if head is None else _SUBJECT.finditer(document.shadow.plain, head.low, head.high)
    return next((role for one in reversed(list(named)) if (role := _named(one)) is not None), None)


def _named(subject: re.Match[str]) -> PartyRole | None:
    if subject["role"]:
        return PartyRole(subject["role"])
    if subject["nous"] or subject["vous"]:
        return PartyRole.PROVIDER if subject["nous"] else PartyRole.CLIENT
    return None


def _last_named(document: Document, index: int, low: int) -> PartyRole | None:
    """The party that a pronoun stands for: the last one named in its sentence, or just before when it opens the sentence."""
    sentence = document.sentences[index]
    before = [one for one in document.sentences[max(0, index - _BEFORE) : index] if one.article == sentence.article]
    if low > sentence.low and _LABEL.fullmatch(document.shadow.plain, sentence.low, low) is not None:
        # A paragraph of its own goes on about whoever the one before is about.
        return next((role for one in reversed(before) if (role := _first_named(document, one)) is not None), None)
    start = before[0].low if before and low == sentence.low else sentence.low
    named = [role for one in _SUBJECT.finditer(document.shadow.plain, start, low) if (role := _named(one)) is not None]
    return named[-1] if named else None


def _first_named(document: Document, sentence: Sentence) -> PartyRole | None:
    found = _SUBJECT.finditer(document.shadow.plain, sentence.low, sentence.high)
    return next((role for one in found if (role := _named(one)) is not None), None)
