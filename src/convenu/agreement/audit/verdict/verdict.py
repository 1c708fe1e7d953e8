"""The verdict on a stranger's contract: the same rules as ours on what was read, each finding with the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from convenu.agreement.audit.guides.guides import Recognition
from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import TEXT, WHOLE, AuditFinding, article_of, changed
from convenu.agreement.audit.verdict.cap_findings import cap_findings, on_its_base
from convenu.agreement.audit.verdict.dangers import ShownByWords, danger_findings
from convenu.agreement.audit.verdict.dated_findings import dated_findings
from convenu.agreement.audit.verdict.gates import as_situated
from convenu.agreement.audit.verdict.law_chosen import stands
from convenu.agreement.audit.verdict.notice_findings import notice_findings
from convenu.agreement.audit.verdict.reading_terms import ReadTerms, terms_of
from convenu.agreement.audit.verdict.second_look import answer_to
from convenu.agreement.audit.verdict.slip_findings import slip_findings
from convenu.agreement.audit.words.numbers import DURATION, percent_in, span_in
from convenu.agreement.audit.words.shadow import plain
from convenu.agreement.check import check
from convenu.agreement.library import Library
from convenu.terms.contract import Terms
from convenu.terms.states import State
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Article, ContractText, Paragraph, Run, Section
from convenu.vocabulary.findings import Finding, Severity, Status

_BEFORE_THE_TERM = re.compile(rf"(?P<duration>{DURATION}) avant (?:la date anniversaire|l'anniversaire|l'echeance|le terme|la fin)")
# Lists of which a member that lacks is the fault: what they hold is no danger, and what stands beside it no condition.
_LISTS = ("cap_carve_outs", "data_guarantees")
# The words to read for a term that has none: those of what it qualifies.
_BESIDE = {"cap_carve_outs": ("liability_cap", "excluded_damage")}
# « L'intégralité des redevances, révisées de 3 % par an » : a percentage that is a share of nothing.
_WHOLE = re.compile(r"\b(?:totalité|intégralité|totalite|integralite)\b", re.IGNORECASE)
_OF = re.compile(r"(?:%|pour cent|pourcent)\s+(?:des?|du)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:une part|une partie|une fraction|un pourcentage)\b", re.IGNORECASE)
_WHOLE_SHARE = 100
# A share that comes on top of all that remains is no part of it: « toutes les mensualités, plus 20 % ».
_ON_TOP = re.compile(r"(?:\bplus|outre|major[ée]e?s? de|augment[ée]e?s? de)\s+(?:une (?:pénalité|indemnité) de\s+)?\d", re.IGNORECASE)
# What a finding on what remains due on exit speaks of, be it a rule's or that of words dangerous by themselves.
_SHARE_DUE = "Prix d’une sortie : une part de ce qui reste à courir"
_ON_EXIT = (("special_stipulations",), ("exit_fee_steps",))
_CHANGED_ALONE = "civ-1103-1104-1193"
_ANY_ONE_SIDED = "civ-1171-adhesion"
# What is told first must stand against all that its article says after it.
_GRAVE = (Severity.BLOCKING, Severity.HIGH)
_RESTRICTED = "Une condition accompagne ces mots : à lire avant de conclure."
_UNSETTLED = "L’{by} parle de cet article : ces mots sont-ils encore en vigueur ?"
_ALONE = "Ces mots ne disent pas tout seuls : le reste du contrat peut y répondre."
_ANSWERED = "À lire avec {where} (« {words} »), qui peut y répondre."
_LONGEST_ANSWER = 110
# So much of a sentence that a message cites is in it, were it cut short.
_CITED = 60
_SHARE = re.compile(r"\d{1,3}(?:,\d{1,2})?\s?%")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found on a contract, gravest first, and what its reader must look at before anything is concluded."""

    findings: tuple[AuditFinding, ...] = ()
    to_verify: tuple[AuditFinding, ...] = ()


def verdict_on(reading: Reading, library: Library, recognition: Recognition, *, on: date, by_words: ShownByWords) -> Verdict:
    """The verdict on a contract as read, and on the dangers that its words show, as of a day.

    Nothing is judged that is no IT service contract in French. Under another law than French only what does not rest on it is told.
    What would be found but for a trace of the contrary, or for a condition beside the words, is to verify and not found.
    """
    if not reading.is_judged:
        return Verdict()
    read = terms_of(reading, recognition)
    looker = Looker(reading.document)
    rules = [rule for rule in library.rules if rule.id in recognition.rules and stands(rule.law, reading)]
    text = text_of(reading)

    def told(terms: Terms) -> list[AuditFinding]:
        found = (one for one in check(terms, text, library, on=on, rules=rules) if _counts(one))
        placed = (_share_told(_placed(one, read, reading)) for one in found)
        based = (on_its_base(one) for one in placed if one is not None)
        return [one for one in based if not _is_cured(one, looker, recognition)]

    shown = map(_share_told, danger_findings(reading, recognition, on=on, by_words=by_words))
    seen = [one for one in shown if one is not None]
    dangers = tuple(one for one in seen if one.finding.status is Status.FOUND)
    days = list(dated_findings(reading, read, library.law, on=on))
    dated = [one for one in days if one.finding.status is Status.FOUND]
    tempered = [one for one in (*seen, *days) if one.finding.status is not Status.FOUND]
    notices = notice_findings(reading) if reading.law is None else ()
    caps = cap_findings(reading, read.terms.liability_cap.value) if reading.law is None else ()
    sure = [one for one in (*told(read.terms), *dangers, *dated, *caps, *notices) if not _client_may_leave_first(one, reading)]
    hasty = [one for one in told(read.hasty) if one not in sure] if read.doubts else []
    doubtful = _once(as_situated(hasty, reading, recognition, beside=sure))
    refused = [one for one in doubtful if _is_refused(one, read)]
    found = [*_once(as_situated(sure, reading, recognition)), *refused]
    weighed = [one for one in as_situated(tempered, reading, recognition) if not any(_same_fact(one, other) for other in found)]
    asked = [_asked(one, read, reading) for one in doubtful if one not in refused and not _is_told(one, found)]
    conditional = [one for one in found if _is_danger(one, dangers, read) and _is_conditional(one, read, looker, recognition)]
    slips = list(slip_findings(reading, french_law=reading.law is None))
    sure_slips = [one for one in slips if one.finding.status is Status.FOUND]
    restricted = [one.weighed(_RESTRICTED) for one in conditional]
    told_surely = [*(one for one in found if one not in conditional), *sure_slips]
    unsettled = [one.weighed(_UNSETTLED.format(by=by)) for one in told_surely if (by := _unsettled_by(one, reading)) is not None]
    settled = [one for one in told_surely if _unsettled_by(one, reading) is None]
    alone = [one.weighed(_ALONE) for one in settled if is_only_asked(one, recognition)]
    sure_enough = [one for one in settled if not is_only_asked(one, recognition)]
    answers = [answer_to(one, looker, recognition) for one in sure_enough]
    questions = [
        *(one for one in asked if one is not None), *weighed, *restricted, *unsettled, *alone,
        *(one.weighed(_read_with(quote, reading)) for one, quote in zip(sure_enough, answers, strict=True) if quote is not None),
        *(one for one in slips if one not in sure_slips),
    ]  # fmt: skip
    return Verdict(
        findings=_gravest_first(one for one, quote in zip(sure_enough, answers, strict=True) if quote is None),
        to_verify=_gravest_first(one for place, one in enumerate(questions) if one not in questions[:place]),
    )


def is_only_asked(one: AuditFinding, recognition: Recognition) -> bool:
    """Whether a finding is of a kind that readers did not find right often enough yet: of a danger, or of a rule under its title.

    One that the situation gave another title than those of its danger was read under that title, as those of a rule are.
    """
    of_its_own = next((danger for danger in recognition.dangers if danger.name == one.danger), None)
    titles = () if of_its_own is None else (of_its_own.title, *(telling.title for telling in of_its_own.tellings))
    by_title = one.finding.title not in map(french.typography, titles)
    return (by_title and (one.finding.rule, one.finding.title) in recognition.asked_rules) or one.unproven


def _unsettled_by(one: AuditFinding, reading: Reading) -> str | None:
    """The amendment that speaks of the article of the words of a finding, where what is left of them is not certain."""
    if one.quote is None:
        return None
    return next(
        (
            revision.by
            for revision in reading.document.revisions
            if not revision.settled and any(start < one.quote.end and one.quote.start < end for start, end in revision.held)
        ),
        None,
    )


def _read_with(quote: Quote, reading: Reading) -> str:
    """What is told of a danger that other words of the contract may answer: where they stand, and how they begin."""
    words = " ".join(quote.text.split())
    shown = words if len(words) <= _LONGEST_ANSWER else f"{words[:_LONGEST_ANSWER].rsplit(' ', 1)[0]}…"
    where = article_of(quote, reading)
    return _ANSWERED.format(where="d’autres mots" if where == WHOLE else f"l’article {where}", words=shown.strip(" «»"))


def _gravest_first(findings: Iterable[AuditFinding]) -> tuple[AuditFinding, ...]:
    return tuple(sorted(findings, key=lambda one: one.finding.severity.rank))


def _counts(finding: Finding) -> bool:
    return finding.status is Status.FOUND and not _told_by_the_comparison(finding)


def _is_told(one: AuditFinding, found: list[AuditFinding]) -> bool:
    """Whether the same rule already finds something on the same terms: of a list, only what surely lacks is told."""
    return any(one.finding.rule == other.finding.rule and set(one.finding.terms) & set(other.finding.terms) for other in found)


def _is_refused(one: AuditFinding, read: ReadTerms) -> bool:
    """Whether the words of a situation, and not those of a term, tell what is lacking: the contract refuses it, nothing is to be asked."""
    return one.quote is not None and one.quote not in read.quotes.values()


def _asked(one: AuditFinding, read: ReadTerms, reading: Reading) -> AuditFinding | None:
    """The question in place of a hasty finding, beside the words that may answer it; none where no words share its object."""
    doubt = next((read.doubts[term] for term in one.finding.terms if term in read.doubts), None)
    if doubt is None or doubt.beside is None:
        return None
    where = article_of(doubt.beside, reading)
    return AuditFinding(
        changed(one.finding, status=Status.NOT_VERIFIABLE, where=where, message=french.typography(doubt.asks), change=None), doubt.beside
    )


def _is_danger(one: AuditFinding, dangers: tuple[AuditFinding, ...], read: ReadTerms) -> bool:
    """Whether a finding rests on what the contract says, and not on what it lacks, be it a member of a list."""
    lists = any(term in _LISTS and isinstance(read.terms.term(term).value, tuple) for term in one.finding.terms)
    stated = any(term in read.quotes and read.terms.term(term).stated for term in one.finding.terms)
    return (one in dangers and not one.silent) or (stated and not lists)


def _is_conditional(one: AuditFinding, read: ReadTerms, looker: Looker, recognition: Recognition) -> bool:
    """Whether the words of a danger stand in a sentence, or before one, that puts a condition to it."""
    if one.firm:
        return False
    if one.quote is None:
        return False
    conditions = recognition.conditions
    unknown_notice = _announced_days(one) is not None and "notice_period" not in read.quotes
    opposed = one.danger != "" and one.finding.severity in _GRAVE and looker.is_opposed(one.quote, conditions)
    provided = one.finding.rule in conditions.provided_for and looker.is_provided(one.quote, conditions.provided)
    return unknown_notice or opposed or provided or looker.is_restricted(one.quote, conditions)


def _is_cured(one: AuditFinding, looker: Looker, recognition: Recognition) -> bool:
    """Whether a change that one party decides alone is cured in its article, be it found by a rule and not by its words."""
    if one.finding.rule != _CHANGED_ALONE or one.quote is None or one.silent:
        return False
    return looker.is_tempered(one.quote, recognition.conditions.cures)


def _client_may_leave_first(one: AuditFinding, reading: Reading) -> bool:
    """Whether a new price is announced before the end of a period earlier than the client must give notice: it may leave."""
    notice = reading.values.get("notice_period_days")
    announced = _announced_days(one)
    return announced is not None and notice is not None and announced > notice.value


def _announced_days(one: AuditFinding) -> Decimal | None:
    """How long before the end of a period a new price is announced, where it is."""
    if one.finding.rule != _CHANGED_ALONE or one.quote is None:
        return None
    announced = _BEFORE_THE_TERM.search(plain(one.quote.text))
    span = span_in(announced["duration"]) if announced is not None else None
    return None if span is None else span.days()


def _share_told(one: AuditFinding) -> AuditFinding | None:
    """What remains due on exit, with the shares that the contract writes when it is not all; nothing when they fall from year to year."""
    if one.finding.rule != "civ-1231-5-penale" or one.finding.terms not in _ON_EXIT or one.quote is None:
        return one
    shares = list(dict.fromkeys(found[0] for found in _SHARE.finditer(one.quote.text)))
    if _fall_from_less_than_all([percent_in(share) for share in shares]):
        return None
    if _ON_TOP.search(one.quote.text) or (shares and all(share.startswith("100") for share in shares)):
        return one
    if _WHOLE.search(one.quote.text) and not _OF.search(one.quote.text):
        return one
    if not shares and not _PART.search(one.quote.text):
        return one
    told = f" ({french.enumeration(shares)})" if shares else ""
    return one.told_as(
        f"En cas de départ, une part des redevances restantes est due{told} : "
        "dédit ou clause pénale, à qualifier ; le juge peut réduire une pénalité excessive.",
        title=_SHARE_DUE,
    )


def _fall_from_less_than_all(shares: list[Decimal | None]) -> bool:
    """Whether several shares go down from one year to the next, none of them being the whole."""
    known = [share for share in shares if share is not None]
    return len(known) > 1 and known[0] < _WHOLE_SHARE and all(after < before for before, after in pairwise(known))


def _once(found: list[AuditFinding]) -> list[AuditFinding]:
    """A fact once: of two findings on the same terms and the same words, or of one rule on words that meet, the first.

    What a rule says of any stipulation that favours one side yields to the rule of that very stipulation.
    """
    kept: list[AuditFinding] = []
    for one in sorted(found, key=_is_of_any_one_sided):
        if not any(_same_fact(one, other) for other in kept):
            kept.append(one)
    return kept


def _is_of_any_one_sided(one: AuditFinding) -> bool:
    return one.finding.rule == _ANY_ONE_SIDED and one.finding.kind != TEXT


def _same_fact(one: AuditFinding, other: AuditFinding) -> bool:
    if one.quote is None or other.quote is None:
        return False
    if one.finding.rule == other.finding.rule:
        if _are_apart(one.finding, other.finding):
            return False
        return one.quote.start < other.quote.end and other.quote.start < one.quote.end
    if one.quote == other.quote and (_is_of_any_one_sided(one) or _is_of_any_one_sided(other)):
        return True
    return bool(one.finding.terms) and (one.finding.terms, one.quote) == (other.finding.terms, other.quote)


def _are_apart(one: Finding, other: Finding) -> bool:
    """Whether two findings, both of words dangerous by themselves, speak of different terms: a sentence may hold two dangers."""
    terms = [set(finding.terms) for finding in (one, other)]
    return one.kind == other.kind == TEXT and all(terms) and not terms[0] & terms[1]


def _told_by_the_comparison(finding: Finding) -> bool:
    """A minor point that the contract does not settle stands in the comparison, with our clause; the findings keep the grave ones."""
    return finding.rule == "missing_provision" and finding.severity is not Severity.HIGH


def text_of(reading: Reading) -> ContractText:
    """The words of a contract as a tree, for the rules that read words: one section an article."""
    return ContractText(
        title=reading.document.source.name,
        provider="",
        client="",
        reference="",
        front=(),
        articles=tuple(Article(number=section.number, title=section.title, sections=(section,)) for section in _sections(reading)),
        annexes=(),
        signatories=(),
        release="",
        law_day="",
    )


def _sections(reading: Reading) -> Iterator[Section]:
    document = reading.document
    for index, article in enumerate(document.articles):
        sentences = [document.sentences[one] for one in document.inside[index]]
        if sentences:
            yield Section(
                clause=section_key(index),
                version=0,
                number=article.number,
                title=article.title or WHOLE,
                blocks=tuple(Paragraph((Run(" ".join(document.clauses[one.start : one.end].split())),)) for one in sentences),
                states=(),
            )


def section_key(article: int) -> str:
    """The name of an article as a section of the tree."""
    return f"article_{article}"


def _placed(finding: Finding, read: ReadTerms, reading: Reading) -> AuditFinding:
    """A finding with the words of the member that it speaks of, or of the first of its terms that were read, and their article."""
    beside = (near for key in finding.terms for near in _BESIDE.get(key, ()))
    own = next((read.member_quotes[key] for key in _lifted(finding, read) if key in read.member_quotes), None)
    quote = own or next((read.quotes[key] for key in (*finding.terms, *beside) if key in read.quotes), None)
    if quote is None and finding.clause is not None:
        quote = _words_told(finding.clause, finding.message, reading)
    where = finding.where
    if quote is not None:
        where = article_of(quote, reading)
    elif not finding.clause:
        where = WHOLE
    silent = not any(key in read.quotes for key in finding.terms)
    return AuditFinding(changed(finding, where=where, clause=None), quote, silent and finding.clause is None)


def _lifted(finding: Finding, read: ReadTerms) -> list[tuple[str, str]]:
    """The members of a list that a finding asks to take out: those that it speaks of."""
    if finding.change is None or finding.change.term not in finding.terms:
        return []
    stated = read.terms.term(finding.change.term).value
    kept = finding.change.value
    if not isinstance(stated, tuple):
        return []
    return [(finding.change.term, str(one)) for one in stated if kept == State.NONE.value or str(one) not in kept]


def _words_told(clause: str, message: str, reading: Reading) -> Quote | None:
    """The sentence of an article that a message cites, else the first one."""
    document = reading.document
    inside = [document.sentences[one] for one in document.inside[int(clause.removeprefix("article_"))]]
    if not inside:
        return None
    cited = plain(message)
    sentence = next((one for one in inside if len(words := document.words(one).strip()) > 1 and words[:_CITED] in cited), inside[0])
    return Quote(document.text[sentence.start : sentence.end], sentence.start, sentence.end)
