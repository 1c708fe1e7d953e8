"""Which words are quoted where several say the same: those at the seat of their matter that bind, and not the first that match."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from convenu.agreement.audit.guides.guides import Seat
from convenu.agreement.audit.looking.looking import Looker, Seen
from convenu.agreement.audit.looking.polarity import head_of_list
from convenu.agreement.audit.looking.whose_act import whose_act
from convenu.agreement.audit.text.headings import is_item
from convenu.agreement.audit.text.party_names import PartyRole

# « « Service » : désigne… », « Le Logiciel s'entend de… »: what a word means binds nobody.
_DEFINES = re.compile(r"\W{0,6}[^.;:]{1,60}(?<![a-z])(?:designe(?:nt)?|signifie(?:nt)?|s'entend(?:ent)?|(?:est|sont) definie?s?)(?![a-z])")
# The clauses that outlive the contract are only named there.
_ONLY_NAMES = re.compile(r"surviv\w+|(?:demeure|reste)\w*[^.;]{0,40}en vigueur[^.;]{0,40}(?:apres|au dela|nonobstant)")
# What counts for no credit says nothing of liability, nor of force majeure: « Exclusions du calcul », « N'ouvrent pas droit à avoir : ».
_OF_CREDITS = re.compile(
    r"(?:exclu\w*|non (?:compt|comptabilis|pris)\w*|(?:ne|n') ?(?:ouvr|compt|sont pas pris|entr)\w*)[^.;]{0,60}"
    r"(?:credits?|avoirs?|sla|disponibilite|calcul|taux)(?![a-z])"
    r"|(?:credits?|avoirs?|sla|disponibilite)(?![a-z])[^.;]{0,60}(?:exclu|ne (?:s'applique|sont)|sauf)"
)
_AN_EXCLUSION = re.compile(r"\W{0,6}exclusions?\W{0,3}")
_ON_LEVELS = re.compile(r"(?<![a-z])(?:sla|credits?|avoirs?|disponibilite|niveaux? de services?)(?![a-z])")
# How far words stand from their matter: under its title, under none of any matter, under that of another.
_AT_HOME, _ANYWHERE, _ELSEWHERE = range(3)


def best_first(seen: Iterable[Seen], looker: Looker, seat: Seat) -> list[Seen]:
    """Several words, once a sentence, the best first: that bind, under a title of their matter, seen by most cues; then as they come.

    Where nothing tells them apart they keep their order, in which the surest cues come before the others.
    """
    each = list(seen)
    times = Counter(one.sentence for one in each)
    once = list({one.sentence: one for one in reversed(each)}.values())[::-1]
    return sorted(once, key=lambda one: (_binds_nobody(one, looker, seat), _away(one, looker, seat) > _AT_HOME, -times[one.sentence]))


def best_of_the_matter(seen: Iterable[Seen], looker: Looker, seat: Seat) -> Seen | None:
    """The best of several words that stand under no title of another matter; None where all do."""
    best = best_first((one for one in seen if _away(one, looker, seat) < _ELSEWHERE), looker, seat)
    return best[0] if best else None


def best_of_the_service(seen: Iterable[Seen], looker: Looker, seat: Seat) -> Seen | None:
    """The words that best show the service to which something lacks, by the surest cue; None where all are beside it or another's."""
    told = [one for one in seen if not (_is_the_clients(one, looker) or _binds_nobody(one, looker, seat) or _shows_none(one, looker, seat))]
    said = [one for one in told if not looker.document.sentences[one.sentence].row]
    by_cue = (
        [one for one in some if one.cue.written == cue] for some in (said, told) for cue in dict.fromkeys(one.cue.written for one in some)
    )
    return next((best for each in by_cue if (best := best_of_the_matter(_whole(each, looker), looker, seat)) is not None), None)


def _shows_none(seen: Seen, looker: Looker, seat: Seat) -> bool:
    """Whether the sentence of the words holds what shows nothing of the matter: a price, a limit."""
    sentence = looker.document.sentences[seen.sentence]
    return any(one.search(looker.document.shadow.plain, sentence.low, sentence.high) for one in seat.shows_none)


def _whole(seen: list[Seen], looker: Looker) -> list[Seen]:
    """The words that are whole sentences; the items of lists where none is."""
    document = looker.document
    each = ((one, document.sentences[one.sentence]) for one in seen)
    return [one for one, sentence in each if not is_item(document.text[sentence.start : sentence.end])] or seen


def _away(seen: Seen, looker: Looker, seat: Seat) -> int:
    article = looker.document.sentences[seen.sentence].article
    if looker.titled(seat.own, article):
        return _AT_HOME
    return _ELSEWHERE if looker.titled(seat.others, article) else _ANYWHERE


def _binds_nobody(seen: Seen, looker: Looker, seat: Seat) -> bool:
    """Whether the words only define, or name, what other words say, or tell what counts for no credit."""
    document = looker.document
    sentence = document.sentences[seen.sentence]
    if sentence.article in document.definitions or _DEFINES.match(document.shadow.plain, sentence.low, sentence.high):
        return True
    if _ONLY_NAMES.search(document.shadow.plain, sentence.low, sentence.high):
        return True
    return not seat.of_credits and _is_of_credits(seen.sentence, looker)


def _is_of_credits(index: int, looker: Looker) -> bool:
    """Whether a sentence stands in what is counted for no credit: by its title, those above it or the head of its list."""
    document = looker.document
    article = document.sentences[index].article
    titles = [document.titles[one] for one in (article, *document.articles[article].above)]
    if any(_OF_CREDITS.search(one) for one in titles):
        return True
    if _AN_EXCLUSION.fullmatch(titles[0]) and any(_ON_LEVELS.search(one) for one in titles[1:]):
        return True
    head = head_of_list(document, index)
    return head is not None and _OF_CREDITS.search(document.words(head)) is not None


def _is_the_clients(seen: Seen, looker: Looker) -> bool:
    return whose_act(looker.document, seen.sentence, *seen.match.span()) is PartyRole.CLIENT
