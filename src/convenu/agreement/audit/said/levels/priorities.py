"""The names that contracts give to priorities, and the one name that each is told by."""

from __future__ import annotations

import re

from convenu.agreement.audit.said.levels.times import A_TIME
from convenu.agreement.audit.words.shadow import plain

PRIORITY = re.compile(
    r"(?<![a-z0-9])(?:p ?[0-5]|(?:premier|deuxieme|second|troisieme|quatrieme) (?:rang|degre)|priorites? [0-5]"
    r"|(?:niveau|severite|gravite|criticite|priorite|classe) [0-5]|[sg][1-4]"
    r"|(?:(?<=niveau )|(?<=priorite )|(?<=code )|(?<=alerte ))(?:rouge|orange|jaune|verte?|bleue?|noire?)"
    r"|genante?s?|serieuse?s?|legere?s?"
    r"|(?:semi-?|non[- ])?bloquante?s?|critiques?|(?<!force )majeure?s?|mineure?s?|(?:non[- ])?urgente?s?|importante?s?"
    r"|hautes?|elevee?s?|(?<!en )moyennes?|moderee?s?|normale?s?|normaux|basses?|faibles?|standards?"
    r"|premium|gold|silver|bronze|platinum|free|starter|business|enterprise"
    r"|(?:(?<=demandes )|(?<=incidents )|(?<=tickets )|(?<=anomalies )|(?<=cas ))(?:ordinaires?|courante?s?)"
    r"|professional|basic|cosmetique|demandes? de service|information"
    r"|(?:toute? )?autres? (?:demande|incident|anomalie|panne|dysfonctionnement|cas)s?)(?![a-z0-9])"
)
_SAID_PRIORITY = re.compile(
    r"(?<=priorite )(?:critique|urgente?|haute|elevee|moyenne|normale|basse|faible|majeure|mineure|bloquante|[0-5])(?![a-z0-9])"
)
_COLOUR = re.compile(r"\b(?:rouge|orange|jaune|vert|bleu|noir|gris|blanc)(?:es?|s)?\b")
# « Cas A », « situation n° 2 ».
_LETTERED = re.compile(
    r"(?P<kind>cas|situation|niveau|classe|categorie|type|groupe|degre|rang|code|famille|urgence|panne)s?"
    r" (?:n ?° ?)?(?P<letter>[a-e]|[0-5]|i{1,3})"
)
_BRACKETED = re.compile(r"\([^()]{1,120}\)")
_NAME = re.compile(r"[^\W\d_][^|:;(,—–/]*?(?=\s*(?:[:;(,—–/]| - |$))")
_MOST_NAME_WORDS, _MOST_FULL_WORDS = 6, 8
_FEMININE = {
    "bloquant": "Bloquante",
    "majeur": "Majeure",
    "mineur": "Mineure",
    "urgent": "Urgente",
    "non urgent": "Non urgente",
    "non-urgent": "Non urgente",
    "normaux": "Normale",
    "important": "Importante",
    "genant": "Gênante",
    "genante": "Gênante",
    "eleve": "Élevée",
    "elevee": "Élevée",
    "leger": "Légère",
    "legere": "Légère",
    "serieuse": "Sérieuse",
    "moderee": "Modérée",
}
# Offers of one service: beside priorities, what each promises is not another priority.
OFFERS = frozenset(
    ("Standard", "Premium", "Gold", "Silver", "Bronze", "Platinum", "Free", "Starter", "Business", "Enterprise", "Professional", "Basic")
)
_SCALES = {"severite": "Sévérité", "gravite": "Gravité", "criticite": "Criticité"}


def written_name(cell: str) -> str | None:
    """The name that a contract gives to a priority, as it writes it."""
    found = _NAME.match(cell.strip(" *_`"))
    name = found[0].strip(" *_`") if found is not None else ""
    return name if name and len(name.split()) <= _MOST_NAME_WORDS and not A_TIME.search(plain(name)) else None


def fuller_name(cell: str) -> str | None:
    """The name of a row that another one of its table shares up to a dash or a comma: « Hébergement – baie »."""
    name = re.sub(r"\s*[:(|].*", "", cell.strip(" *_`"))
    return name if len(name.split()) <= _MOST_FULL_WORDS and not A_TIME.search(plain(name)) else None


def is_colour(name: str) -> bool:
    """Whether a name is a colour alone, as priorities may bear."""
    return _COLOUR.fullmatch(name) is not None


def name_alone(words: str) -> str | None:
    """The name of a priority that only its place tells to be one: a colour, or « cas A »."""
    lettered = _LETTERED.fullmatch(words)
    if lettered is not None and not lettered["letter"].isdigit():
        return f"{lettered['kind'].capitalize()} {lettered['letter'].upper()}"
    return words.capitalize() if lettered is not None or is_colour(words) else None


def priorities_in(words: str) -> list[re.Match[str]]:
    """Every priority that a sentence names."""
    return list(_SAID_PRIORITY.finditer(words)) or _outside(words, list(PRIORITY.finditer(words))) or _colours(words)


def _outside(words: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The priorities without those that only tell, between brackets, what another one is: « Important (fonction majeure) »."""
    told = [one.span() for one in _BRACKETED.finditer(words)]
    apart = [one for one in found if one[0][-1].isdigit() or not any(low < one.start() < high for low, high in told)]
    return apart or found


def _colours(words: str) -> list[re.Match[str]]:
    """The colours that a sentence names one after the other, which are priorities: « rouge une heure, orange quatre heures »."""
    found = list(_COLOUR.finditer(words))
    return found if len({one[0].rstrip("es") for one in found}) > 1 else []


def priority_in(cell: str) -> str | None:
    """The priority that a cell names; of « critique / bloquante », the one that says what is stopped."""
    found = [one[0] for one in _outside(cell, list(PRIORITY.finditer(cell)))]
    numbered = [one for one in found if one[-1].isdigit()]
    return name_of(next((one for one in found if one.startswith("bloquant") and not numbered), (numbered or found)[0])) if found else None


def name_of(words: str) -> str:
    """« Critique », « P1 », « Sévérité 1 »: one name for each way to write a priority; another scale than priorities keeps its name."""
    number = re.search(r"[0-5]$", words)
    if words.isdigit():
        return f"P{words}"
    if number is not None:
        scale = words[: number.start()].strip()
        return f"P{number[0]}" if scale in ("p", "priorite", "priorites") else _on_a_scale(scale, number[0])
    if "autre" in words:
        return words.capitalize()
    if words.endswith(("rang", "degre")):
        return re.sub("ieme", "ième", words).replace("degre", "degré").capitalize()
    stem = re.sub(r"(?<=[a-z]{4})(?<!s)s$", "", words)
    return _FEMININE.get(stem, stem.capitalize())


def _on_a_scale(scale: str, number: str) -> str:
    """« Sévérité 1 », « G1 »."""
    return f"{scale.upper()}{number}" if len(scale) == 1 else f"{_SCALES.get(scale, scale.capitalize())} {number}"
