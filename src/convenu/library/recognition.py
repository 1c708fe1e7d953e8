"""Load what recognition goes by: `fr/audit`, one folder a type of provision with its cases beside it, and the values, laws and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from convenu.agreement.audit.guides.cues import CUES, Cue, CueError, cue
from convenu.agreement.audit.guides.guides import (
    ANYWHERE,
    APART,
    OPENING,
    AreaGuide,
    ChoiceGuide,
    ConditionGuide,
    Counterpart,
    Danger,
    Evidence,
    Gate,
    Half,
    LawGuide,
    LeftGuide,
    LeftMatter,
    MemberTraces,
    NatureGuide,
    Part,
    PartyGuide,
    ProvisionGuide,
    Recognition,
    RepealedGuide,
    Seat,
    Telling,
    TraceGuide,
    ValueGuide,
)
from convenu.agreement.audit.words.shadow import plain
from convenu.library import kept_cues
from convenu.library.contents import contents_of
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.library.readings import asked_dangers, asked_rules
from convenu.library.wordings import in_full, read_wordings
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.findings import Citation, Severity
from convenu.vocabulary.mistakes import MistakesError

_PROVISION = frozenset(
    {
        "label",
        "headings",
        "heading_needs",
        "present",
        "partial",
        "traps",
        "heading_traps",
        "in_definitions",
        "in_data_articles",
        "akin",
        "affirmed",
        "terms",
        "halves",
    }
)
_HALF = frozenset({"told", "unless", "anywhere", "cases"})
_VALUE = frozenset(
    {
        "label",
        "provision",
        "kind",
        "cues",
        "begins",
        "ends",
        "traps",
        "heading_traps",
        "own_headings",
        "columns",
        "names",
        "least",
        "most",
        "single",
        "asides",
        "taken_back",
        "not_before",
    }
)
_CHOICE = frozenset({"provision", "many", "least", "lacking", "denied_too", "members"})
_GATE = frozenset({"name", "when", "least", "unless", "fact", "silent", "drops", "message", "title", "severity", "law", "remedy"})
_TRACE = frozenset({"terms", "asks", "cues", "answers", "about", "home", "near", "members", "cases"})
_DANGER = frozenset(
    {
        "rule",
        "title",
        "severity",
        "law",
        "from",
        "message",
        "remedy",
        "terms",
        "when",
        "without",
        "then_not",
        "taken_up_not",
        "listed_not",
        "by",
        "also",
        "unless",
        "parts",
        "nothing_said",
        "least_missing",
        "grave_missing",
        "fact",
        "lastly",
        "opening",
        "silence",
        "tempered",
        "curable",
        "firm",
        "adds",
        "told_as",
        "cases",
    }
)
_TELLING = frozenset({"when", "title", "message", "remedy", "severity", "law", "asked"})
_COUNTERPART = frozenset({"name", "seen", "without", "dangers", "rules", "cases"})
_AREA = frozenset({"name", "message", "when", "unless", "least", "cases"})
_REPEALED = frozenset({"cue", "beside", "without", "label", "replaced_by", "message", "law", "moved"})
_AROUND = frozenset({"under", "head", "above", "then_not", "taken_up_not", "listed_not"})
_EVIDENCE = _AROUND | {"cue", "beside", "together", "without", "not_after", "times", "means", "by", "affirmed"}
# Sentences on which a test runs, and from which nothing is read.
_CASES = frozenset({"value_cases.yaml", "repealed_cases.yaml"})
# The provisions to which belongs what counts for no credit.
_ON_CREDITS = frozenset({"penalties_credits", "availability", "service_levels"})
KINDS = ("months", "days", "percent", "words", "rate", "flag", "city")


@cache
def recognition() -> Recognition:
    """The French recognition of this version. Like the rules, it is today's: no contract is pinned to it."""
    from convenu.library.recognition_names import with_known_names  # noqa: PLC0415 - who only reads the files loads no term and no rule

    return with_known_names(as_kept() or as_written())


def as_kept() -> Recognition | None:
    """The French recognition as its files say it, of what was kept of them when they were last read; None where nothing was."""
    known = kept_cues.kept(kept_cues.source_of(_contents()))
    if known is None:
        return None
    for written, (expression, needs, captures) in known["cues"].items():
        CUES[written] = Cue(written, expression, needs, tuple(captures))
    return _recognition(known["said"])


def as_written() -> Recognition:
    """The French recognition as its files say it, before its names of terms and of facts are looked at; what they say is kept."""
    contents = _contents()
    said = _said_in(contents)
    read = _recognition(said)
    cues = {written: (known.expression, known.needs, known.captures) for written, known in CUES.items()}
    kept_cues.keep({"said": said, "cues": cues}, kept_cues.source_of(contents))
    return read


def read_recognition(root: Traversable) -> Recognition:
    """Read every file of a folder; one that does not hold together raises with its name and the reason.

    Whether the terms and the facts that it names exist is for `recognition_names` to say.
    """
    return _recognition(_said_in(dict(contents_of(root))))


def _contents() -> dict[str, bytes]:
    return dict(contents_of(files("convenu.library") / "fr" / "audit"))


def _said_in(contents: Mapping[str, bytes]) -> dict[str, Any]:
    """What each file of cues says, by its path, wordings in full; those that only hold cases are left out."""
    said = {path: _read(path, content) for path, content in contents.items() if path not in _CASES}
    wordings = read_wordings(_of(said, "wordings"))
    return {path: in_full(data, wordings) for path, data in said.items() if not path.startswith("wordings/")}


def _read(path: str, content: bytes) -> Any:
    """What one file says; one that is no YAML is refused by its name, with the place of each fault."""
    try:
        return yaml_text.read(content).data
    except MistakesError as error:
        raise FrontMatterError(f"audit, {path}: {error}") from error


def _of(said: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """What the files of a folder say, by the name of each, or of its own folder."""
    return {path.split("/")[1].removesuffix(".yaml"): data for path, data in said.items() if path.startswith(f"{folder}/")}


def _recognition(said: Mapping[str, Any]) -> Recognition:
    guides, dangers = _of(said, "provisions"), _of(said, "dangers")
    provisions = frozenset(guides)
    denials = _cues("denials.yaml", said["denials.yaml"])
    return Recognition(
        provisions=tuple(_provision(key, data) for key, data in guides.items()),
        values=tuple(_value(key, data, provisions) for key, data in said["values.yaml"].items()),
        choices=tuple(_choice(term, data, provisions, denials) for term, data in said["choices.yaml"].items()),
        parties=_parties(said["parties.yaml"]),
        left=_left(said["documents.yaml"], provisions),
        traces=_traces(said["traces.yaml"], _concluded(guides, said["choices.yaml"])),
        conditions=_conditions(said["conditions.yaml"]),
        gates=tuple(_gate(one) for one in said["gates.yaml"]),
        counterparts=tuple(_counterpart(one, frozenset(dangers)) for one in said["counterparts.yaml"]),
        dangers=tuple(_danger(name, data, denials) for name, data in dangers.items()),
        areas=tuple(_area(one) for one in said["areas.yaml"]),
        rules=frozenset(said["rules.yaml"]),
        asked_rules=asked_rules(said["readings.yaml"]["rules"]),
        asked_dangers=asked_dangers(said["readings.yaml"]["dangers"], {name: _titles(data) for name, data in dangers.items()}),
        seats=_seats(said["seats.yaml"], guides),
        references=_cues("references.yaml", said["references.yaml"]),
        stop_words={name: frozenset(words.split()) for name, words in said["languages.yaml"].items()},
        laws=tuple(_law_named(name, data) for name, data in said["laws.yaml"].items()),
        nature=_nature(said["nature.yaml"]),
        repealed=tuple(_repealed(one) for one in said["repealed.yaml"]),
    )


def _titles(danger: Mapping[str, Any]) -> frozenset[str]:
    """The titles that a danger bears: its own, and those of the situations that its words show."""
    return frozenset(one["title"] for one in (danger, *danger.get("told_as", ())) if "title" in one)


def cases_of(provision: str) -> tuple[Mapping[str, Any], ...]:
    """The cases that stand beside a type of provision."""
    file = files("convenu.library") / "fr" / "audit" / "provisions" / provision / "cases.yaml"
    return tuple(yaml_text.read(file.read_bytes()).data) if file.is_file() else ()


def half_cases() -> tuple[tuple[str, str, Mapping[str, Any]], ...]:
    """The cases of what a provision may leave out: its key, what is then told, and a text that states it with whether it is told of it."""
    folder = files("convenu.library") / "fr" / "audit" / "provisions"
    read = (
        (one.name, half)
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        for half in _data(one / "provision.yaml").get("halves", ())
    )
    return tuple((key, half["told"], case) for key, half in read for case in half["cases"])


def trace_cases() -> tuple[tuple[str, str], ...]:
    """The sentences that stand beside the traces of a term, each with that term: one alone keeps it from being said absent."""
    data = yaml_text.read((files("convenu.library") / "fr" / "audit" / "traces.yaml").read_bytes()).data
    return tuple((one["terms"][0], sentence) for one in data for sentence in one.get("cases", ()))


def value_cases() -> tuple[Mapping[str, Any], ...]:
    """The cases that stand beside the values: a sentence, and what each value is in it."""
    return tuple(yaml_text.read((files("convenu.library") / "fr" / "audit" / "value_cases.yaml").read_bytes()).data)


def repealed_cases() -> tuple[Mapping[str, Any], ...]:
    """The cases of the law of before: a sentence, and the label of what it cites, empty when it cites none."""
    return tuple(yaml_text.read((files("convenu.library") / "fr" / "audit" / "repealed_cases.yaml").read_bytes()).data)


def counterpart_cases() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The cases of what may answer a danger elsewhere: its name, and a text with the danger that it shows, and whether it is asked."""
    folder = files("convenu.library") / "fr" / "audit"
    return tuple((one["name"], case) for one in _data(folder / "counterparts.yaml") for case in one["cases"])


def danger_cases() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The cases of each danger: its name, and a text with whether it shows it."""
    folder = files("convenu.library") / "fr" / "audit" / "dangers"
    return tuple((name, case) for name, said in _named(folder).items() for case in said["cases"])


def wording_cases() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The cases of each wording: its name, and a sentence with whether it says it."""
    said = _named(files("convenu.library") / "fr" / "audit" / "wordings")
    return tuple((name, case) for name, one in said.items() for case in one["cases"])


def wording(name: str) -> Cue:
    """What a wording looks for, as a cue of its own."""
    return _cue(name, read_wordings(_named(files("convenu.library") / "fr" / "audit" / "wordings"))[name])


def area_cases() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The cases of each area that no rule judges: its name, and a text with whether it touches it."""
    data = _data(files("convenu.library") / "fr" / "audit" / "areas.yaml")
    return tuple((one["name"], case) for one in data for case in one["cases"])


def _provision(key: str, data: dict[str, Any]) -> ProvisionGuide:
    refuse_others(data, _PROVISION, key)
    affirmed = data.get("affirmed", False)
    return ProvisionGuide(
        key=key,
        label=take(data, "label", key),
        headings=_cues(key, data.get("headings", ())),
        heading_needs=_cues(key, data.get("heading_needs", ())),
        present=_seen_by(key, data.get("present", ()), affirmed=affirmed),
        partial=_seen_by(key, data.get("partial", ()), affirmed=affirmed),
        traps=_cues(key, data.get("traps", ())),
        heading_traps=_cues(key, data.get("heading_traps", ())),
        in_definitions=data.get("in_definitions", False),
        in_data_articles=data.get("in_data_articles", False),
        akin=_cues(key, data.get("akin", ())),
        terms=tuple(data.get("terms", ())),
        halves=tuple(_half(key, one) for one in data.get("halves", ())),
    )


def _half(key: str, data: dict[str, Any]) -> Half:
    refuse_others(data, _HALF, key)
    return Half(told=take(data, "told", key), unless=_all_evidence(key, take(data, "unless", key)), anywhere=data.get("anywhere", False))


def _seen_by(key: str, written: Any, *, affirmed: bool) -> tuple[Evidence, ...]:
    read = (_evidence(key, one) for one in written)
    return tuple(map(_affirmed, read) if affirmed else read)


def _value(key: str, data: dict[str, Any], provisions: frozenset[str]) -> ValueGuide:
    refuse_others(data, _VALUE, key)
    if take(data, "provision", key) not in provisions:
        raise FrontMatterError(f"values.yaml, {key}: no provision is called « {data['provision']} »")
    if take(data, "kind", key) not in KINDS:
        raise FrontMatterError(f"values.yaml, {key}: kind is one of {', '.join(KINDS)}")
    return ValueGuide(
        key=key,
        label=take(data, "label", key),
        provision=data["provision"],
        kind=data["kind"],
        cues=tuple(_evidence(key, one) for one in take(data, "cues", key)),
        begins=tuple(_evidence(key, one) for one in data.get("begins", ())),
        ends=tuple(_evidence(key, one) for one in data.get("ends", ())),
        traps=_cues(key, data.get("traps", ())),
        heading_traps=_cues(key, data.get("heading_traps", ())),
        columns=_cues(key, data.get("columns", ())),
        names=tuple(_evidence(key, one) for one in data.get("names", ())),
        least=Decimal(data.get("least", 0)),
        most=Decimal(data.get("most", 100_000)),
        single=data.get("single", 0),
        not_before=_cues(key, data.get("not_before", ())),
        own_headings=_cues(key, data.get("own_headings", ())),
        taken_back=_cues(key, data.get("taken_back", ())),
        asides=_cues(key, data.get("asides", ())),
    )


def _choice(term: str, data: dict[str, Any], provisions: frozenset[str], denials: tuple[Cue, ...]) -> ChoiceGuide:
    refuse_others(data, _CHOICE, term)
    provision = data.get("provision", "")
    if provision and provision not in provisions:
        raise FrontMatterError(f"choices.yaml, {term}: no provision is called « {provision} »")
    return ChoiceGuide(
        term=term,
        provision=provision,
        many=data.get("many", False),
        least=data.get("least", 1),
        lacking=data.get("lacking", "unknown"),
        members=tuple(
            (member, tuple(read if data.get("denied_too") else _unless_denied(read, denials) for read in _all_evidence(term, written)))
            for member, written in take(data, "members", term).items()
        ),
    )


def _unless_denied(evidence: Evidence, denials: tuple[Cue, ...]) -> Evidence:
    return _affirmed(replace(evidence, without=evidence.without + denials))


def _affirmed(evidence: Evidence) -> Evidence:
    return replace(evidence, affirmed=True)


def _left(data: dict[str, Any], provisions: frozenset[str]) -> LeftGuide:
    known = frozenset({"annex", "several", "attached", "left", "handles_data", "entrusted", "keeps_data", "lasts"})
    refuse_others(data, known, "documents.yaml")
    for one in data["left"]:
        wrong = sorted(set(one["provisions"]) - provisions)
        if wrong:
            raise FrontMatterError(f"documents.yaml: no provision is called « {wrong[0]} »")
        if one.get("where", ANYWHERE) not in (OPENING, ANYWHERE, APART):
            raise FrontMatterError(f"documents.yaml: « where » is {OPENING}, {ANYWHERE} or {APART}, not « {one['where']} »")
    return LeftGuide(
        annex=_cues("documents.yaml", data["annex"]),
        several=_cues("documents.yaml", data["several"]),
        attached=_cues("documents.yaml", data["attached"]),
        left=tuple(
            LeftMatter(_evidence("documents.yaml", one["named"]), one.get("where", ANYWHERE), frozenset(one["provisions"]))
            for one in data["left"]
        ),
        handles_data=_all_evidence("documents.yaml", data["handles_data"]),
        entrusted=_all_evidence("documents.yaml", data["entrusted"]),
        keeps_data=_all_evidence("documents.yaml", data["keeps_data"]),
        lasts=_all_evidence("documents.yaml", data["lasts"]),
    )


def _parties(data: dict[str, Any]) -> PartyGuide:
    refuse_others(data, frozenset(PartyGuide.__dataclass_fields__), "parties.yaml")
    words = {key: tuple(plain(word) for word in take(data, key, "parties.yaml")) for key in PartyGuide.__dataclass_fields__}
    return PartyGuide(
        provider=frozenset(words["provider"]),
        client=frozenset(words["client"]),
        others_too=frozenset(words["others_too"]),
        persons=frozenset(words["persons"]),
        things=frozenset(words["things"]),
        provider_deeds=words["provider_deeds"],
        client_deeds=words["client_deeds"],
        provider_rights=words["provider_rights"],
        companies=words["companies"],
        forms=words["forms"],
    )


def _concluded(provisions: Mapping[str, Any], choices: Mapping[str, Any]) -> frozenset[str]:
    """The terms that may be held to be absent: those of a provision, and the lists of which every member counts."""
    absent = {term for data in provisions.values() for term in data.get("terms", ())}
    return frozenset(absent | {term for term, data in choices.items() if data.get("lacking") == "none"})


def _traces(data: list[dict[str, Any]], concluded: frozenset[str]) -> tuple[TraceGuide, ...]:
    guides = tuple(_trace(one) for one in data)
    without = sorted(concluded - {term for guide in guides for term in guide.terms})
    if without:
        raise FrontMatterError(f"traces.yaml: « {without[0]} » may be held to be absent, and no trace of it is looked for")
    return guides


def _trace(data: dict[str, Any]) -> TraceGuide:
    terms = tuple(take(data, "terms", "traces.yaml"))
    name = f"traces.yaml, {terms[0]}"
    refuse_others(data, _TRACE, name)
    return TraceGuide(
        terms=terms,
        asks=data.get("asks", ""),
        cues=_all_evidence(name, data.get("cues", ())),
        answers=tuple(map(_affirmed, _all_evidence(name, data.get("answers", ())))),
        about=_cues(name, data.get("about", ())),
        home=tuple(data.get("home", ())),
        near=tuple(data.get("near", ())),
        members=tuple(_member_traces(name, one) for one in data.get("members", ())),
    )


def _member_traces(name: str, data: dict[str, Any]) -> MemberTraces:
    refuse_others(data, frozenset({"of", "anywhere", "near"}), name)
    return MemberTraces(
        of=tuple(take(data, "of", name)),
        anywhere=_all_evidence(name, data.get("anywhere", ())),
        near=_all_evidence(name, data.get("near", ())),
    )


def _gate(data: dict[str, Any]) -> Gate:
    name = take(data, "name", "gates.yaml")
    refuse_others(data, _GATE, name)
    return Gate(
        name=name,
        when=tuple(_evidence(name, one) for one in data.get("when", ())),
        least=data.get("least", 1),
        unless=tuple(_evidence(name, one) for one in data.get("unless", ())),
        fact=data.get("fact", ""),
        silent=_findings(data.get("silent", ())),
        drops=_findings(take(data, "drops", name)),
        message=data.get("message", ""),
        title=french.typography(data.get("title", "")),
        severity=Severity(data["severity"]) if "severity" in data else None,
        law=_law(data),
        remedy=french.typography(data.get("remedy", "")),
    )


def _seats(data: dict[str, Any], provisions: Mapping[str, Any]) -> dict[str, Seat]:
    """Where the matter of each finding has its seat: under the titles of some provisions, those of the others, or of some, being aside."""
    titles = {key: _cues(key, take(guide, "headings", key)) for key, guide in provisions.items()}
    return {name: _seat(name, written if isinstance(written, dict) else {"own": written}, titles) for name, written in data.items()}


def _seat(name: str, written: dict[str, Any], titles: Mapping[str, tuple[Cue, ...]]) -> Seat:
    refuse_others(written, frozenset({"own", "aside", "shows_none"}), name)
    own = take(written, "own", name)
    aside = written.get("aside", [key for key in titles if key not in own])
    if wrong := sorted({*own, *aside} - set(titles)):
        raise FrontMatterError(f"seats.yaml, {name}: no provision is called « {wrong[0]} »")
    return Seat(
        own=tuple(cue for key in own for cue in titles[key]),
        others=tuple(cue for key in aside for cue in titles[key]),
        shows_none=_cues(name, written.get("shows_none", ())),
        of_credits=not _ON_CREDITS.isdisjoint(own),
    )


def _law_named(name: str, data: dict[str, Any]) -> LawGuide:
    refuse_others(data, frozenset({"cues", "union"}), name)
    return LawGuide(name=name, cues=_cues("laws.yaml", take(data, "cues", name)), in_union=data.get("union", False))


def _danger(name: str, data: dict[str, Any], denials: tuple[Cue, ...]) -> Danger:
    refuse_others(data, _DANGER, name)
    start = data.get("from")
    # What takes back a sentence takes back each of them, and whose act it is: they are written once for all.
    taking_back = {key: _cues(name, _listed(data.get(key))) for key in ("without", "then_not", "taken_up_not", "listed_not")}
    by = _side(name, data.get("by", ""))
    when, lastly = (
        tuple(
            replace(one, by=one.by or by, **{key: getattr(one, key) + cues for key, cues in taking_back.items()})
            for one in (_unless_denied(_evidence(name, written), denials) for written in data.get(shown, ()))
        )
        for shown in ("when", "lastly")
    )
    severity, law = Severity(take(data, "severity", name)), _law(data)
    return Danger(
        name=name,
        rule=take(data, "rule", name),
        title=take(data, "title", name),
        severity=severity,
        law=law,
        start=date.fromisoformat(str(start)) if start else None,
        message=take(data, "message", name),
        remedy=take(data, "remedy", name),
        terms=tuple(data.get("terms", ())),
        when=when,
        fact=data.get("fact", ""),
        lastly=lastly,
        also=tuple(_evidence(name, one) for one in data.get("also", ())),
        unless=tuple(_evidence(name, one) for one in data.get("unless", ())),
        parts=tuple(Part(take(one, "name", name), _all_evidence(name, take(one, "seen", name))) for one in data.get("parts", ())),
        nothing_said=data.get("nothing_said", ""),
        least_missing=data.get("least_missing", 0),
        grave_missing=data.get("grave_missing", 0),
        opening=data.get("opening", False),
        silence=data.get("silence", False),
        tempered=tuple(_evidence(name, one) for one in data.get("tempered", ())),
        curable=data.get("curable", False),
        firm=data.get("firm", False),
        adds=data.get("adds", False),
        tellings=tuple(_telling(name, one, data, severity, law) for one in data.get("told_as", ())),
    )


def _telling(name: str, data: dict[str, Any], danger: dict[str, Any], severity: Severity, law: tuple[Citation, ...]) -> Telling:
    refuse_others(data, _TELLING, name)
    return Telling(
        when=_all_evidence(name, _listed(take(data, "when", name))),
        title=take(data, "title", name),
        message=take(data, "message", name),
        remedy=data.get("remedy", danger["remedy"]),
        severity=Severity(data["severity"]) if "severity" in data else severity,
        law=_law(data) or law,
        asked=data.get("asked", False),
    )


def _counterpart(data: dict[str, Any], dangers: frozenset[str]) -> Counterpart:
    name = take(data, "name", "counterparts.yaml")
    refuse_others(data, _COUNTERPART, name)
    answered, rules = frozenset(data.get("dangers", ())), _findings(data.get("rules", ()))
    if unknown := answered - dangers:
        raise FrontMatterError(f"counterparts.yaml, {name}: {', '.join(sorted(unknown))} is no danger")
    # What gives nothing to the client answers nothing; what takes back one sentence takes back each of them.
    without = _cues(name, _listed(data.get("without")))
    seen = map(_affirmed, _all_evidence(name, take(data, "seen", name)))
    taken = tuple(replace(one, without=one.without + without) for one in seen)
    return Counterpart(name=name, seen=taken, dangers=answered, rules=rules)


def _area(data: dict[str, Any]) -> AreaGuide:
    name = take(data, "name", "areas.yaml")
    refuse_others(data, _AREA, name)
    return AreaGuide(
        name=name,
        message=take(data, "message", name),
        when=_all_evidence(name, take(data, "when", name)),
        unless=_all_evidence(name, data.get("unless", ())),
        least=take(data, "least", name),
    )


def _conditions(data: dict[str, Any]) -> ConditionGuide:
    refuse_others(data, frozenset({"beside", "after", "mere", "then", "provided", "provided_for", "cures"}), "conditions.yaml")
    beside, after, mere = (_cues("conditions.yaml", data[key]) for key in ("beside", "after", "mere"))
    then, cures = (tuple(map(_affirmed, _all_evidence("conditions.yaml", data[key]))) for key in ("then", "cures"))
    return ConditionGuide(
        beside=beside,
        after=after,
        mere=mere,
        then=then,
        # « N'est pas responsable dès lors que… »: a condition holds in a denial too.
        provided=_all_evidence("conditions.yaml", data["provided"]),
        provided_for=frozenset(data["provided_for"]),
        cures=cures,
    )


def _findings(written: Any) -> tuple[tuple[str, str], ...]:
    """Findings by rule, or by rule and term."""
    return tuple((one, "") if isinstance(one, str) else (one["rule"], one.get("term", "")) for one in written)


def _repealed(data: dict[str, Any]) -> RepealedGuide:
    refuse_others(data, _REPEALED, "repealed.yaml")
    label = take(data, "label", "repealed.yaml")
    return RepealedGuide(
        evidence=_evidence(label, {key: data[key] for key in _EVIDENCE & set(data)}),
        label=label,
        replaced_by=take(data, "replaced_by", label),
        message=data.get("message", ""),
        law=_law(data),
        moved=data.get("moved", False),
    )


def _law(data: dict[str, Any]) -> tuple[Citation, ...]:
    return tuple(Citation(one["citation"], one["source"]) for one in data.get("law", ()))


def _nature(data: dict[str, Any]) -> NatureGuide:
    refuse_others(data, frozenset({"trade", "data", "other_trades", "agreement", "levels", "lessons"}), "nature.yaml")
    return NatureGuide(
        trade=_cues("nature.yaml", data["trade"]),
        data=_cues("nature.yaml", data["data"]),
        other_trades=_cues("nature.yaml", data["other_trades"]),
        agreement=_cues("nature.yaml", data["agreement"]),
        levels=_cues("nature.yaml", data["levels"]),
        lessons=_cues("nature.yaml", data["lessons"]),
    )


def _all_evidence(name: str, given: Any) -> tuple[Evidence, ...]:
    return tuple(_evidence(name, one) for one in given)


def _evidence(name: str, given: Any) -> Evidence:
    if isinstance(given, str):
        return Evidence(cue=_cue(name, given))
    refuse_others(dict(given), _EVIDENCE, name)
    return Evidence(
        cue=_cue(name, take(dict(given), "cue", name)),
        under=_cues(name, _listed(given.get("under"))),
        head=_cues(name, _listed(given.get("head"))),
        above=_cues(name, _listed(given.get("above"))),
        without=_cues(name, _listed(given.get("without"))),
        beside=_cues(name, _listed(given.get("beside"))),
        together=_cues(name, _listed(given.get("together"))),
        then_not=_cues(name, _listed(given.get("then_not"))),
        taken_up_not=_cues(name, _listed(given.get("taken_up_not"))),
        listed_not=_cues(name, _listed(given.get("listed_not"))),
        not_after=_cues(name, _listed(given.get("not_after"))),
        times=given.get("times", 1),
        means=given.get("means"),
        by=_side(name, given.get("by", "")),
        affirmed=given.get("affirmed", False),
    )


def _side(name: str, written: str) -> str:
    if written not in ("", "provider", "client"):
        raise FrontMatterError(f"audit, {name}: « by » is provider or client, not « {written} »")
    return written


def _listed(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())


def _cues(name: str, written: Any) -> tuple[Cue, ...]:
    return tuple(_cue(name, one) for one in written)


def _cue(name: str, written: str) -> Cue:
    try:
        return cue(written)
    except CueError as error:
        raise FrontMatterError(f"audit, {name}: {error}") from error


def _named(folder: Traversable) -> dict[str, Any]:
    """What each file of a folder says, by its name without `.yaml`, in their order."""
    return {file.name.removesuffix(".yaml"): _data(file) for file in sorted(folder.iterdir(), key=lambda one: one.name)}


def _data(file: Traversable) -> Any:
    return yaml_text.read(file.read_text("utf-8")).data
