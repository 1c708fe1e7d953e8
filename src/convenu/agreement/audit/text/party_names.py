"""Who is who in a stranger's contract: the names it gives its provider and its client, and its shadow in which each has one name.

What is looked for says « le prestataire » and « le client »; a contract may say « Lumen », « la Coopérative » or « l'Abonné ». A name is
taken for a party's only where the contract names that party so, and its role is certain: by the noun itself, because the other party's
role is known, or by what that party does.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from convenu.agreement.audit.guides.guides import PartyGuide
from convenu.agreement.audit.words.shadow import Shadow, plain

# Letters within which a contract names its parties.
_OPENING = 9000
# A name that comes back less often is no use, and may be no name.
_LEAST_USES = 3
_LEAST_DEEDS = 3
_LEAST_ACTS = 2
# A name that no words introduce, and that comes back so often: of the few most frequent, one may be the company's.
_LEAST_SPOKEN = 5
_MOST_SPOKEN = 6
_LONGEST_LABEL = 40

_ARTICLE = r"(?:l'|le |la )"
_NAME = r"[a-z0-9][a-z0-9.&-]{1,30}(?:[ ][a-z0-9.&-]{1,30}){0,2}"
_QUOTED = rf'"\s?(?P<article>{_ARTICLE})?(?P<name>{_NAME})\s?"'
_SAID = r"(?:ci[- ]?apres|dans la suite|par abreviation|(?:de|sur)nomme\w{0,3}|designe\w{0,3}|appele\w{0,3})"
_DEFINED = (
    re.compile(rf'{_SAID}[^".;]{{0,60}}?{_QUOTED}(?! ?\w)'),
    re.compile(rf"\(\s?(?P<before>{_ARTICLE})?{_QUOTED}\s?\)"),
    re.compile(rf"[-,:] {_QUOTED}\s?(?=[;,.]|et\b|$)"),
    re.compile(rf"(?P<before>{_ARTICLE})?\"[^\"]{{2,40}}\" ou (?P<again>{_ARTICLE})?{_QUOTED}"),
    re.compile(rf"{_SAID}(?: (?:denomme|designe|appele)\w{{0,3}})?(?: par| ensemble)? (?P<article>{_ARTICLE})(?P<name>[a-z0-9-]{{3,30}})"),
)
# « Titulaire : la société X », at the head of a line.
_LABEL = re.compile(
    rf"^[ \t*#|-]{{0,8}}(?:{_ARTICLE})?(?P<name>[^\W\d_][^\n:|]{{2,{_LONGEST_LABEL}}}?)[ *]{{0,4}}:[ *]", re.MULTILINE | re.IGNORECASE
)
# « Le garagiste : Untel, SIRET 123 456 789 00011 »: a noun that tells no role, beside what only a company or a trader has.
_LABEL_OF_ONE = re.compile(
    rf"^[ \t*#|-]{{0,8}}{_ARTICLE}(?P<name>[a-zà-ÿ-]{{4,20}})[ *]{{0,4}}:(?P<who>[^\n]+)$", re.MULTILINE | re.IGNORECASE
)
# Those who stand beside two parties under a label of their own.
_BESIDE_THEM = re.compile(r"bailleur|assureur|courtier|garant|caution|banque|notaire|referent|interlocuteur|constructeur")
_REGISTERED = re.compile(r"\b(?:siren|siret|rcs|r\.c\.s|immatricul\w+|au capital)\b")
# Two parties that stand side by side at the heads of columns, their names below.
_HEADS = re.compile(r"^[ \t|]*(?P<first>[^\W\d_]+)(?: {3,}|\t| *\| *)(?P<second>[^\W\d_]+)[ \t|]*\n(?P<names>[^\n]+)$", re.MULTILINE)
_CELL = re.compile(r" {3,}|\t|\|")
# « - Lumen Conseil, SAS au capital de…, ci-après le Prestataire »: the name by which a party opens its paragraph.
_OWN = re.compile(
    r"(?:^|\n)[^\w\n]{0,8}(?:(?i:entre|et)\b[\s:,]{0,4})?(?:(?i:la soci[ée]t[ée])\s)?"
    r"(?P<name>[A-ZÀ-Ý][\w&.'’-]{2,30}(?: [A-ZÀ-Ý0-9&][\w&.'’-]{0,30}){0,2})(?=,| ?\()"
)
_LONGEST_HEAD = 600
_CONTRACTED = {
    "du ": "du ",
    "de la ": "du ",
    "de l'": "du ",
    "d'": "du ",
    "de ": "du ",
    "a la ": "au ",
    "a l'": "au ",
    "a ": "au ",
    "au ": "au ",
}
# « …, Lumen Réseaux ne saurait… »: words with a capital inside a sentence, and what stands before one that is no company's name.
_SPOKEN = re.compile(r"(?:[^\W\d_A-Z]|\d|[,;:)»’'])\s(?P<name>[A-Z][\w&.-]+(?: [A-Z][\w&.-]+){0,2})(?![\w&-])")
_COMMON = re.compile(
    r"(?:^|[\W_])(?:l[ea]s?|l['’]|d[ue]s|du|de la|de l['’]|aux?|un|une|c[ei]s?|cette|chaque|tout\w*|[nv]o(?:tre|s)|s(?:on|a|es)|leurs?"
    r"|en|article)\s?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?<![a-z0-9])(?:de la |de l'|du |d'|de |a la |a l'|au |a |le |la |l')$")
_BARE = re.compile(r"(?<![a-z0-9])(?:d'|de |a )$")
_LONGEST_BEFORE = 7
_A_CLIENT = re.compile(r"(?<![a-z0-9])(?:le|la|les|au|aux|du|des|l') ?clients?(?![a-z0-9])")
# A name that a preposition precedes is no subject: « les serveurs de la Société assurent… ».
_SUBJECT = "".join(
    f"(?<!{word})" for word in ("de ", "du ", r"\Wa ", "de la ", "de l'", r"\Wa la ", r"\Wa l'", "par la ", "par l'", "par ")
)


class PartyRole(StrEnum):
    """The two sides of a contract of services, as its shadow names them."""

    PROVIDER = "prestataire"
    CLIENT = "client"

    @property
    def other(self) -> PartyRole:
        """The side across the table."""
        return PartyRole.CLIENT if self is PartyRole.PROVIDER else PartyRole.PROVIDER


@dataclass(frozen=True, slots=True)
class PartyName:
    """A name that a contract gives one of its parties, in the shadow's letters.

    `proper`: it is written without article; `capital`: it counts only where it begins with a capital.
    """

    name: str
    role: PartyRole
    proper: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class _Given:
    """A name as it was given: where, whether with an article and a capital, and its role when the noun says it."""

    name: str
    start: int
    proper: bool
    capital: bool
    role: PartyRole | None


def party_names(shadow: Shadow, guide: PartyGuide) -> tuple[PartyName, ...]:
    """The names of the parties whose roles are certain, « prestataire » and « client » left out."""
    given = {one.name: one for one in (*_columns(shadow, guide), *_labels(shadow, guide), *_definitions(shadow, guide))}
    known = _certain(shadow, [one for one in given.values() if one.role is not None], guide)
    unknown = [one for one in given.values() if one.role is None and _times_used(shadow, one) > _LEAST_USES]
    told = [*known, *_own_names(shadow, known, guide), *_by_elimination(shadow, guide, known, unknown)]
    names = [*told, *_serving(shadow, guide, told, unknown)]
    return tuple(
        PartyName(one.name, one.role, one.proper, one.capital) for one in names if one.role is not None and one.name != one.role.value
    )


def _own_names(shadow: Shadow, known: list[_Given], guide: PartyGuide) -> Iterator[_Given]:
    """The names of the parties themselves, each before the noun under which it says that it goes, where the contract goes on using them."""
    done = 0
    for one in sorted(known, key=lambda given: given.start):
        place = shadow.places[one.start]
        head = shadow.text[max(done, place - _LONGEST_HEAD) : place]
        done = place + len(one.name)
        found = list(_OWN.finditer(head, max(0, head.rfind("\n\n"))))
        name = plain(found[-1]["name"]) if found else ""
        if name and _role_of(name, guide) is None and not _is_thing(name, guide) and _uses(shadow, name) > _LEAST_USES:
            yield _Given(name, one.start, proper=True, capital=True, role=one.role)


def _certain(shadow: Shadow, given: list[_Given], guide: PartyGuide) -> list[_Given]:
    """The names whose noun says the role; a noun that others bear too is somebody else's where that side has a surer one."""
    sure = {one.role for one in given if _role_of(one.name, guide) is not None and one.name not in guide.others_too}
    sure |= {role for role in PartyRole if _uses(shadow, role.value) >= _LEAST_USES}
    return [one for one in given if one.name not in guide.others_too or one.role not in sure]


def under_roles(shadow: Shadow, names: Iterable[PartyName]) -> Shadow:
    """The shadow with each name replaced by « le prestataire » or « le client »; every letter still leads to the words it stands for."""
    known = {one.name: one for one in names}
    if not known:
        return shadow
    pattern = re.compile(rf"(?<![a-z0-9])(?P<name>{'|'.join(map(re.escape, sorted(known, key=len, reverse=True)))})(?![a-z0-9])")
    letters: list[str] = []
    places = array("q")
    done = 0
    for found in pattern.finditer(shadow.plain):
        one = known[found["name"]]
        before = _BEFORE.search(shadow.plain, max(done, found.start() - _LONGEST_BEFORE), found.start())
        if not _counts(shadow, one, found.start(), found.end(), before):
            continue
        article = before[0] if before else ""
        head = found.start() - len(article)
        letters.append(shadow.plain[done:head])
        places.extend(shadow.places[done:head])
        said = _CONTRACTED.get(article, "le ") if article or one.proper else ""
        letters.append(f"{said}{one.role.value}")
        first, start, last = shadow.places[head], shadow.places[found.start()], shadow.places[found.end() - 1]
        places.extend([first] * len(said))
        places.extend([start] * (len(one.role.value) - 1))
        places.append(last)
        done = found.end()
    letters.append(shadow.plain[done:])
    places.extend(shadow.places[done:])
    return Shadow("".join(letters), places, shadow.text)


def _counts(shadow: Shadow, one: PartyName, start: int, end: int, before: re.Match[str] | None) -> bool:
    """Whether a name stands for its party here: written as it was given, and no part of a longer name."""
    capital = _is_capital(shadow, start)
    if one.capital and not capital:
        return False
    if one.proper:
        return not _goes_on(shadow, end)
    return capital or (before is not None and not _BARE.search(before[0]))


def _goes_on(shadow: Shadow, end: int) -> bool:
    """Whether the word after a name has a capital too: « Lumen Informatique SAS » is the company's whole name."""
    return shadow.plain[end : end + 1] == " " and end + 1 < len(shadow.places) and _is_capital(shadow, end + 1)


def _is_capital(shadow: Shadow, place: int) -> bool:
    return shadow.text[shadow.places[place]].isupper()


def _definitions(shadow: Shadow, guide: PartyGuide) -> Iterator[_Given]:
    """The names that an opening gives: « ci-après », between brackets and quotation marks, or after a dash."""
    opening = shadow.plain[:_OPENING]
    found = sorted((one for pattern in _DEFINED for one in pattern.finditer(opening)), key=lambda one: one.start("name"))
    end = 0
    for one in found:
        articles = one.groupdict()
        article = articles.get("article") or articles.get("before") or articles.get("again")
        given = _given(shadow, one["name"], one.start("name"), proper=article is None, guide=guide)
        named = any(sign in opening[end : one.start("name")] for sign in guide.persons)
        follows = one.start() - end < len(one["name"]) + _LONGEST_LABEL and end > 0
        if given.role is not None or ((named or follows) and not _is_thing(given.name, guide)):
            yield given
        end = one.end()


def _labels(shadow: Shadow, guide: PartyGuide) -> Iterator[_Given]:
    """The roles under which an opening puts a name: « Titulaire : la société X »."""
    for found in _LABEL.finditer(shadow.text[:_OPENING]):
        name = plain(found["name"])
        role = _role_of(name, guide)
        if role is not None:
            yield _Given(name, shadow.at(found.start("name")), proper=False, capital=name in guide.others_too, role=role)
    for found in _LABEL_OF_ONE.finditer(shadow.text[:_OPENING]):
        name, start = plain(found["name"]), shadow.at(found.start("name"))
        tells = _role_of(name, guide) is not None or _is_thing(name, guide) or _BESIDE_THEM.match(name)
        if not tells and _REGISTERED.search(plain(found["who"])):
            yield _Given(name, start, proper=False, capital=_is_capital(shadow, start), role=None)


def _columns(shadow: Shadow, guide: PartyGuide) -> Iterator[_Given]:
    """The short names of two parties that stand side by side under their roles."""
    for found in _HEADS.finditer(shadow.text[:_OPENING]):
        roles = [_role_of(plain(found[head]), guide) for head in ("first", "second")]
        cells = [cell.strip() for cell in _CELL.split(found["names"]) if cell.strip()]
        if None in roles or roles[0] is roles[1] or len(cells) < len(roles):
            continue
        for role, head, cell in zip(roles, ("first", "second"), cells, strict=False):
            noun = plain(found[head])
            yield _Given(noun, shadow.at(found.start(head)), proper=False, capital=noun in guide.others_too, role=role)
            name = plain(cell.split()[0])
            given = _Given(name, shadow.at(found.start("names")), proper=True, capital=True, role=role)
            if name not in guide.persons and not _is_thing(name, guide) and _acts(shadow, given, guide):
                yield given


def _given(shadow: Shadow, name: str, start: int, *, proper: bool, guide: PartyGuide) -> _Given:
    role = _role_of(name, guide)
    capital = _is_capital(shadow, start) and (role is None or name in guide.others_too)
    return _Given(name, start, proper and role is None, capital, role)


def _role_of(name: str, guide: PartyGuide) -> PartyRole | None:
    if name in guide.provider:
        return PartyRole.PROVIDER
    return PartyRole.CLIENT if name in guide.client else None


def _is_thing(name: str, guide: PartyGuide) -> bool:
    return any(name.startswith(thing) for thing in guide.things)


def _by_elimination(shadow: Shadow, guide: PartyGuide, known: list[_Given], unknown: list[_Given]) -> list[_Given]:
    """The names whose noun says no role: the other party's is known, or one of them alone renders the services."""
    roles = {one.role for one in known}
    if len(roles) == 1 and len(unknown) == 1:
        return _opposite(unknown[0], known[0].role, _deeds(shadow, unknown[0], guide))
    scores = sorted(((_deeds(shadow, one, guide), one) for one in unknown), key=lambda scored: -scored[0])
    if roles or not scores or scores[0][0] < _LEAST_ACTS:
        return []
    provider, *others = scores
    # Of two names, one that renders no service leaves little doubt on the other.
    if provider[0] < _LEAST_DEEDS and not (len(others) == 1 and others[0][0] <= 0):
        return []
    named = [replace(provider[1], role=PartyRole.PROVIDER)]
    if len(others) == 1 and others[0][0] * _LEAST_DEEDS <= provider[0]:
        return [*named, replace(others[0][1], role=PartyRole.CLIENT)]
    return named if not others else []


def _serving(shadow: Shadow, guide: PartyGuide, known: list[_Given], unknown: list[_Given]) -> list[_Given]:
    """Who serves a client that is known, where no words say so: the one name of those that come back that does what a provider does."""
    roles = {one.role for one in known if _uses(shadow, one.name) >= _LEAST_USES}
    roles |= {role for role in PartyRole if _uses(shadow, role.value) >= _LEAST_USES}
    if len(_A_CLIENT.findall(shadow.plain)) >= _LEAST_SPOKEN:
        roles.add(PartyRole.CLIENT)
    if roles != {PartyRole.CLIENT}:
        return []
    spoken = {one.name: one for one in (*_nouns(shadow, guide), *_companies(shadow, guide), *unknown)}
    whole = [one for name, one in spoken.items() if not any(other != name and f" {name} " in f" {other} " for other in spoken)]
    scores = sorted(((_services(shadow, one, guide), one) for one in whole), key=lambda scored: -scored[0])
    if not scores or scores[0][0] < _LEAST_DEEDS or any(score * _LEAST_DEEDS > scores[0][0] for score, _ in scores[1:]):
        return []
    provider = replace(scores[0][1], role=PartyRole.PROVIDER)
    longer = [f"{provider.name} {form}" for form in guide.forms]
    return [provider, *(replace(provider, name=name) for name in longer if _uses(shadow, name) >= _LEAST_USES)]


def _nouns(shadow: Shadow, guide: PartyGuide) -> Iterator[_Given]:
    """The nouns of providers that a text writes with a capital and never introduces: « L'Éditeur », « la Société »."""
    for noun in (*guide.provider, *guide.companies):
        if _uses(shadow, noun) >= _LEAST_SPOKEN:
            yield _Given(noun, 0, proper=False, capital=True, role=None)


def _companies(shadow: Shadow, guide: PartyGuide) -> Iterator[_Given]:
    """The names that a text writes with a capital and without article, inside its sentences, the most frequent first."""
    counted: Counter[str] = Counter()
    for found in _SPOKEN.finditer(shadow.text):
        if _COMMON.search(shadow.text, max(0, found.start() - _LONGEST_BEFORE), found.start("name")) is None:
            words = plain(found["name"]).strip(".").split()
            while len(words) > 1 and words[-1].strip(".") in guide.forms:
                words.pop()
            counted[" ".join(words)] += 1
    for name, times in counted.most_common(_MOST_SPOKEN):
        ordinary = name in guide.forms or _role_of(name.removesuffix("s"), guide) is not None or _is_thing(name, guide)
        if times >= _LEAST_SPOKEN and not ordinary:
            yield _Given(name, 0, proper=True, capital=True, role=None)


def _services(shadow: Shadow, one: _Given, guide: PartyGuide) -> int:
    """How often a party renders services, keeps rights over them or bounds its liability, less how often it pays for them."""
    liable = re.compile(rf"responsabilite (?:du |de la |de l'|de |d'){re.escape(one.name)}(?![a-z0-9])")
    bounds = sum(1 for _ in liable.finditer(shadow.plain))
    return _deeds(shadow, one, guide) + _followed(shadow, one, guide.provider_rights) + bounds


def _opposite(one: _Given, role: PartyRole | None, deeds: int) -> list[_Given]:
    """The name of the party across from a role that is known, if what it does agrees: a client may do a little of what a provider does."""
    if role is PartyRole.CLIENT:
        return [replace(one, role=PartyRole.PROVIDER)] if deeds > 0 else []
    return [replace(one, role=PartyRole.CLIENT)] if deeds < _LEAST_DEEDS else []


def _deeds(shadow: Shadow, one: _Given, guide: PartyGuide) -> int:
    """How often a party renders services, less how often it pays for them."""
    return _followed(shadow, one, guide.provider_deeds) - _followed(shadow, one, guide.client_deeds)


def _followed(shadow: Shadow, one: _Given, verbs: Iterable[str]) -> int:
    between = (
        r"(?:[ ,]{1,2}(?:ne|n'|se|s'|en|y|lui|vous|doit|devra|peut|pourra|aussi|egalement|jamais|en aucun cas|s'engage a|s'oblige a"
        r"|l'|le|la|les)){0,4}[ ']"
    )
    pattern = re.compile(rf"(?<![a-z0-9]){_SUBJECT}{re.escape(one.name)}{between}(?:{'|'.join(map(re.escape, verbs))})")
    return sum(not one.capital or _is_capital(shadow, found.start()) for found in pattern.finditer(shadow.plain))


def _acts(shadow: Shadow, one: _Given, guide: PartyGuide) -> bool:
    """Whether a name is that of somebody who acts."""
    return _followed(shadow, one, (*guide.provider_deeds, *guide.client_deeds, "peut", "doit")) >= _LEAST_ACTS


def _times_used(shadow: Shadow, one: _Given) -> int:
    """How often a name stands as it was given: with a capital, or else behind its article."""
    if one.proper or one.capital:
        return _uses(shadow, one.name)
    return len(re.findall(rf"(?<![a-z0-9])(?:le|la|l'|du|de la|de l'|au|a la|a l') ?{re.escape(one.name)}(?![a-z0-9])", shadow.plain))


def _uses(shadow: Shadow, name: str) -> int:
    """How often a name stands with a capital."""
    found = re.finditer(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", shadow.plain)
    return sum(_is_capital(shadow, one.start()) for one in found)
