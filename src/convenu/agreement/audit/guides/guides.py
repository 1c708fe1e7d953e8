"""What the library says of recognition: by which words a provision, a value, a language, a law is known. Data that a lawyer edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from convenu.agreement.audit.guides.cues import Cue
from convenu.vocabulary.findings import Citation, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A cue, and where it counts: under a title that matches, in a sentence that another cue matches or does not, so many times at least.

    `together`: what the sentence must also match, each of them, in whatever order a writer puts who, what and when;
    `head`: what the sentence must match that opens the list of which the words are a member, and must not match what takes them back;
    `above`: what one of the two sentences just before it, in the same article, must match;
    `then_not`: what the sentences just after it, in the same article, must not match; `taken_up_not`: what its title and the sentences just
    before must not match where it takes them up (« Ces interruptions… », « Passé ce délai, il est… »); `listed_not`: what the list that it
    opens must not match;
    `by`: the party whose act it must be, « provider » or « client », when the words tell whose it is; `affirmed`: whether it reads a
    presence, and does not count where its words are denied.
    `not_after`: words just before a length of time after which it counts something else (« un préavis de trois mois »).
    `means` is for values: what the cue says when its words are no figure (« à réception » is 0), or the sentence that a figure fills.
    """

    cue: Cue
    under: tuple[Cue, ...] = ()
    head: tuple[Cue, ...] = ()
    above: tuple[Cue, ...] = ()
    beside: tuple[Cue, ...] = ()
    together: tuple[Cue, ...] = ()
    without: tuple[Cue, ...] = ()
    then_not: tuple[Cue, ...] = ()
    taken_up_not: tuple[Cue, ...] = ()
    listed_not: tuple[Cue, ...] = ()
    not_after: tuple[Cue, ...] = ()
    times: int = 1
    means: str | int | None = None
    by: str = ""
    affirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """What a provision leaves out when none of its sentences says it, and without which it only half holds.

    `told`: what its reader is told, after its name: « ne chiffre aucun prix »; `unless`: what shows that it says it, in its own sentences
    or, `anywhere`, in those of the whole file.
    """

    told: str
    unless: tuple[Evidence, ...]
    anywhere: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionGuide:
    """How one type of provision is recognised.

    `headings`: titles under which an operative text makes it present; `heading_needs`: what that text must then hold, if anything;
    `present`: sentences that make it present by themselves; `partial`: those that only name it; `traps`: sentences that look like it
    and are not, and `heading_traps` titles; `in_definitions`, `in_data_articles`: whether an article of definitions, or one on personal
    data, may state it; `akin`: sentences of a matter of its kind that does not make it, and whose articles are understood all the same;
    `terms`: the terms that are absent when it is; `halves`: what makes it partial although a sentence states it.
    """

    key: str
    label: str
    headings: tuple[Cue, ...]
    heading_needs: tuple[Cue, ...]
    present: tuple[Evidence, ...]
    partial: tuple[Evidence, ...]
    traps: tuple[Cue, ...]
    heading_traps: tuple[Cue, ...]
    in_definitions: bool
    in_data_articles: bool
    akin: tuple[Cue, ...]
    terms: tuple[str, ...]
    halves: tuple[Half, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueGuide:
    """How one value is read: cues that capture it, the best first, sentences that do not say it, and the provision it belongs to.

    `heading_traps`: titles under which it is another's, save those that name its own matter first, in `own_headings`;
    `columns`: titles of columns whose cells say it, where no sentence does; `names`: what it is called, whole, in a cell beside its own
    or before a colon; `begins` and `ends`: the first and the last day of a length of time that nothing else says;
    `least` and `most` bound what is believed; `single`: how many of the first cues must agree, two values being a contradiction;
    `asides`: sentences that only recall or announce, and contradict nothing; `taken_back`: what a sentence that takes up the one before
    (« Il ne constitue… ») must say for that one to say no value;
    `not_before`: words after which a length of time counts something else (« six mois de salaire »).
    """

    key: str
    label: str
    provision: str
    kind: str
    cues: tuple[Evidence, ...]
    traps: tuple[Cue, ...]
    heading_traps: tuple[Cue, ...]
    columns: tuple[Cue, ...]
    names: tuple[Evidence, ...]
    begins: tuple[Evidence, ...]
    ends: tuple[Evidence, ...]
    least: Decimal
    most: Decimal
    single: int
    asides: tuple[Cue, ...] = ()
    taken_back: tuple[Cue, ...] = ()
    not_before: tuple[Cue, ...] = ()
    own_headings: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGuide:
    """How a term that holds members of a closed list is read.

    `least`: below so many members seen, nothing is said; `lacking`: its state when none was seen in a contract read whole.
    """

    term: str
    provision: str
    many: bool
    least: int
    lacking: str
    members: tuple[tuple[str, tuple[Evidence, ...]], ...]


# Where the words stand that leave matters to another document: where it says what it is, anywhere, or anywhere but naming a document that
# the file does not hold.
OPENING, ANYWHERE, APART = "opening", "anywhere", "apart"


@dataclass(frozen=True, slots=True)
class LeftMatter:
    """Words that leave provisions to another document, and where they must stand."""

    named: Evidence
    where: str
    provisions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftGuide:
    """What a document leaves to another one: how it says that it is only a part, one of several or hangs on another, the matters it leaves.

    `handles_data`: sentences in which the provider hosts, runs, backs up or enters what holds the client's data; `entrusted`: those
    of which one is enough to say it; `keeps_data`: those in which it does more than enter; `lasts`: those of services that go on.
    """

    annex: tuple[Cue, ...]
    several: tuple[Cue, ...]
    attached: tuple[Cue, ...]
    left: tuple[LeftMatter, ...]
    handles_data: tuple[Evidence, ...]
    entrusted: tuple[Evidence, ...]
    keeps_data: tuple[Evidence, ...]
    lasts: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTraces:
    """What shows that a text may speak of some members of a list: anywhere in the file, or near the terms that its guide names."""

    of: tuple[str, ...]
    anywhere: tuple[Evidence, ...]
    near: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceGuide:
    """The contrary look at some terms: what shows that a text may speak of them, and what its reader is then asked.

    `asks`: nothing where the doubt alone answers; `answers`: words that settle the matter, so that nothing is asked; `about`: what the
    words shown beside the question must bear, so that they share its object; `home`: the provisions under whose titles they may stand,
    besides that of the terms. `members`: for a list, when lacking one of its members is a conclusion; `near`: the terms beside whose words
    some of their traces count.
    """

    terms: tuple[str, ...]
    asks: str
    cues: tuple[Evidence, ...]
    answers: tuple[Evidence, ...]
    about: tuple[Cue, ...]
    home: tuple[str, ...]
    near: tuple[str, ...]
    members: tuple[MemberTraces, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawGuide:
    """A law other than French, and the cues that name it as the contract's; `in_union`: that of a State of the Union."""

    name: str
    cues: tuple[Cue, ...]
    in_union: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RepealedGuide:
    """Law that stands no more: what names it, what replaced it, and the text that says so.

    `message` is told of what was abolished; an article that only changed its number has none. `moved`: whether what it said stands today
    in another text, so that citing the old one changes nothing of what binds.
    """

    evidence: Evidence
    label: str
    replaced_by: str
    message: str
    law: tuple[Citation, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NatureGuide:
    """By which words a text is known as an IT service contract.

    What the trade says, what those who process data say, what another trade says, and what makes an agreement; how the opening names an
    agreement on levels of service, or a text that only explains.
    """

    trade: tuple[Cue, ...]
    data: tuple[Cue, ...]
    other_trades: tuple[Cue, ...]
    agreement: tuple[Cue, ...]
    levels: tuple[Cue, ...]
    lessons: tuple[Cue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyGuide:
    """By which words a contract names its provider and its client, in the shadow's letters.

    `provider`, `client`: nouns that say the role; `others_too`: those of them that, without a capital, are often somebody else; `persons`:
    what tells that a person was just named; `things`: beginnings of what is defined alike and is no party; `provider_deeds`,
    `client_deeds`: beginnings of the verbs that tell the role of a name; `provider_rights`: those of what only a provider keeps or puts
    aside; `companies`: nouns of a company; `forms`: the legal forms that follow a name.
    """

    provider: frozenset[str]
    client: frozenset[str]
    others_too: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    provider_deeds: tuple[str, ...]
    client_deeds: tuple[str, ...]
    provider_rights: tuple[str, ...]
    companies: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionGuide:
    """Words that restrict what a sentence says: in it or in the next one, or in the next one only; what cures it in its article.

    `mere`: those that begin like a condition and put none, for the other party is only told, or may always agree otherwise. `then`: what
    one of the next sentences gives the other party against what is said; `provided`: what bounds what the rules `provided_for` tell.
    """

    beside: tuple[Cue, ...]
    after: tuple[Cue, ...]
    mere: tuple[Cue, ...]
    then: tuple[Evidence, ...]
    provided: tuple[Evidence, ...]
    provided_for: frozenset[str]
    cures: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where the matter of a finding has its seat: the titles of its own provisions, and those of the others.

    `shows_none`: what is held by a sentence that shows nothing of the service to which something lacks; `of_credits`: whether what counts
    for no credit belongs to it.
    """

    own: tuple[Cue, ...] = ()
    others: tuple[Cue, ...] = ()
    shows_none: tuple[Cue, ...] = ()
    of_credits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A situation in which some findings do not apply.

    `when`: sentences that show it, of `least` kinds; `unless`: sentences that say it is another; `fact`: what must also have been read;
    `silent`: the silences that must also be found; `drops`: the findings by rule and term, any term when empty; `message`: what the first
    of them says instead, nothing when empty; `title`, `severity`, `law`, `remedy`: those that they then have, and without a message each
    of them is told so.
    """

    name: str
    when: tuple[Evidence, ...]
    least: int
    unless: tuple[Evidence, ...]
    fact: str
    silent: tuple[tuple[str, str], ...]
    drops: tuple[tuple[str, str], ...]
    message: str
    title: str
    severity: Severity | None
    law: tuple[Citation, ...]
    remedy: str

    @property
    def retold(self) -> Mapping[str, object]:
        """What it changes of a finding besides its message."""
        changed = {"title": self.title, "severity": self.severity, "law": self.law, "remedy": self.remedy}
        return {name: value for name, value in changed.items() if value}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a contract should say together: what it is called, and what shows that the contract says it, anywhere."""

    name: str
    seen: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a danger is told where the sentence that shows it also bears these words: what it does not say is the danger's own.

    `when`: what the sentence must bear; `asked`: whether it is a question, and no finding.
    """

    when: tuple[Evidence, ...]
    title: str
    message: str
    remedy: str
    severity: Severity
    law: tuple[Citation, ...]
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """What a lawyer looks for in the whole file before he concludes: words that may answer some dangers, wherever they stand.

    `dangers`: those that they may answer, by name; `rules`: the findings, by rule and term, any term when empty.
    """

    name: str
    seen: tuple[Evidence, ...]
    dangers: frozenset[str]
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """Words that are a finding by themselves, of which no term of ours speaks; told with the sentence that shows them.

    `rule` names the finding, `law` is what it rests on, in force since `start`; `terms`: the terms it speaks of.
    `when`: sentences that show it, one is enough; `fact`: what was read that shows it, which the sentences of `when` then show best;
    `lastly`: those that show the fact best only where it was read by no words that tell of it;
    `also`: sentences that must stand somewhere too, one of each, and the words of the last stand for `{shown}` in the message;
    `unless`: sentences that take it back; `parts`: what it may lack, told in the place of `{missing}` in the message: a danger where
    `least_missing` of them are nowhere, of severity high at most where less than `grave_missing` are, told by `nothing_said`, if it has
    that message, where the contract says none of them; `opening`: whether the words must stand where the parties are named;
    `silence`: whether it rests on what the contract does not say too, so that nothing is told of a part of one; `tempered`: what, near
    the words in their article, makes of the finding a question; `curable`: whether a way out
    or a proof of cost in that article takes it back; `firm`: whether its message holds whatever condition stands beside the words;
    `adds`: whether words that open « en outre » put it beside what stands before them, which then tempers nothing;
    `tellings`: the situations among those that its words show which are told by their own name, one finding each; the first that holds.
    """

    name: str
    rule: str
    title: str
    severity: Severity
    law: tuple[Citation, ...]
    start: date | None
    message: str
    remedy: str
    terms: tuple[str, ...]
    when: tuple[Evidence, ...]
    fact: str
    lastly: tuple[Evidence, ...]
    also: tuple[Evidence, ...]
    unless: tuple[Evidence, ...]
    parts: tuple[Part, ...]
    nothing_said: str
    least_missing: int
    grave_missing: int
    opening: bool
    silence: bool
    tempered: tuple[Evidence, ...]
    curable: bool
    firm: bool
    adds: bool
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaGuide:
    """By which words an area of law that no rule judges is known: `least` sentences that match, and what its reader is told.

    `unless`: one of these sentences is enough to say that the contract does not touch it.
    """

    name: str
    message: str
    when: tuple[Evidence, ...]
    unless: tuple[Evidence, ...]
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """All that recognition goes by, and the rules by which what was read is judged.

    `asked_rules`, `asked_dangers`: those of which a question is made, and no finding, until readers have found them right often enough,
    each by its name under a title that it bears. `seats`: the seat of the matter of a rule, or of a danger by its name.
    """

    provisions: tuple[ProvisionGuide, ...]
    values: tuple[ValueGuide, ...]
    choices: tuple[ChoiceGuide, ...]
    parties: PartyGuide
    left: LeftGuide
    traces: tuple[TraceGuide, ...]
    conditions: ConditionGuide
    gates: tuple[Gate, ...]
    counterparts: tuple[Counterpart, ...]
    dangers: tuple[Danger, ...]
    areas: tuple[AreaGuide, ...]
    rules: frozenset[str]
    asked_rules: frozenset[tuple[str, str]]
    asked_dangers: frozenset[tuple[str, str]]
    seats: Mapping[str, Seat]
    references: tuple[Cue, ...]
    stop_words: Mapping[str, frozenset[str]]
    laws: tuple[LawGuide, ...]
    nature: NatureGuide
    repealed: tuple[RepealedGuide, ...]

    def provision(self, key: str) -> ProvisionGuide:
        """The guide of a type."""
        return next(guide for guide in self.provisions if guide.key == key)

    def seat(self, *names: str) -> Seat:
        """The seat of a matter by the first of several names that has one: the danger's, then the rule's; anywhere, where none has."""
        return next((self.seats[name] for name in names if name in self.seats), Seat())
