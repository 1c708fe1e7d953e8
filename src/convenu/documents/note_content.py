"""The note that goes to the lawyer with each draft: what the deal is, what is open, what was found, what departs from the usual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from convenu.documents.edition import Edition
from convenu.documents.notes import Chapter
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, Bullets, Paragraph, Run, Runs, Subtitle, Table
from convenu.vocabulary.findings import Finding, Status

TITLE = "Note à l’avocat"
WHAT_CONVENU_IS = (
    "Convenu aide une entreprise à écrire ses propres contrats. Il ne donne pas de consultation juridique "
    "(loi n° 71-1130 du 31 décembre 1971, article 54 et suivants) et n’affirme la validité d’aucune stipulation. "
    "Aucune clause n’a été relue par un avocat, sauf si sa fiche le dit."
)
_QUESTION = "question"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """An answer still to come: what, from whom, before when."""

    label: str
    who: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that the MSP sets aside, with its reason."""

    finding: Finding
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the lawyer already answered to a question."""

    question: Finding
    words: str
    by: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A value that is not the one proposed for the segment or by the house."""

    label: str
    usual: str
    chosen: str
    origin: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A promise of time, and what the MSP's own past tickets say of it."""

    promise: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteContent:
    """All that the note says, gathered by whoever drafts."""

    provider: str
    client: str
    reference: str = ""
    deal: tuple[tuple[str, str], ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    findings: tuple[Finding, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()
    replies: tuple[Reply, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    rewritten: tuple[str, ...] = field(default=())
    tried: tuple[Tried, ...] = ()
    tried_on: str = ""
    law_day: str = ""
    release: str = ""
    text_hash: str = ""

    @property
    def found(self) -> tuple[Finding, ...]:
        """What the check saw, questions left out."""
        return tuple(finding for finding in self.findings if finding.status is Status.FOUND and finding.kind != _QUESTION)

    @property
    def questions(self) -> tuple[Finding, ...]:
        """What the check asks the lawyer rather than answers."""
        return tuple(finding for finding in self.findings if finding.status is Status.FOUND and finding.kind == _QUESTION)

    @property
    def not_verifiable(self) -> tuple[Finding, ...]:
        """What could not be looked at for want of a value."""
        return tuple(finding for finding in self.findings if finding.status is Status.NOT_VERIFIABLE)


def chapters(content: NoteContent, *, edition: Edition) -> Iterator[Chapter]:
    """The parts of the note, in the order in which a lawyer reads; an empty one says that there is nothing."""
    yield Chapter("L’accord en bref", (_two_columns(_deal(content, edition)),))
    yield Chapter("Points ouverts", _open_points(content))
    yield Chapter("Constats", _findings(content.found, nothing="Le contrôle n’a relevé aucun constat."))
    yield Chapter("Questions à l’avocat", _findings(content.questions, nothing="Aucune question en attente."))
    if content.replies:
        yield Chapter("Questions répondues", _replies(content))
    yield Chapter("Constats écartés", _dismissed(content))
    yield Chapter("Non vérifiable", _not_verifiable(content))
    yield Chapter("Écarts avec les valeurs proposées", _deviations(content))
    if content.tried:
        yield Chapter("Ce que le passé dit des délais promis", _tried(content))
    if content.rewritten:
        yield Chapter("Phrases réécrites à la main", (Bullets(tuple(_line(words) for words in content.rewritten)),))
    yield Chapter("Ce que dit ce document", (_sentence(WHAT_CONVENU_IS),))


def _deal(content: NoteContent, edition: Edition) -> list[tuple[str, str]]:
    lines = [
        ("Prestataire", content.provider),
        ("Client", content.client),
        ("Référence", content.reference),
        *content.deal,
        ("Version", edition.mark),
        ("Date", french.day(edition.day)),
        ("Droit au", content.law_day),
        ("Bibliothèque", content.release),
        ("Empreinte du texte", content.text_hash),
    ]
    return [(label, value) for label, value in lines if value]


def _two_columns(lines: list[tuple[str, str]]) -> Table:
    return Table((_line("Élément"), _line("Valeur")), tuple((_line(label), (Run(value),)) for label, value in lines))


def _open_points(content: NoteContent) -> tuple[Block, ...]:
    if not content.open_points:
        return (_sentence("Toutes les réponses attendues sont données."),)
    rows = tuple((_line(point.label), _line(point.who or "–"), _line(point.before or "–")) for point in content.open_points)
    return (Table((_line("À confirmer"), _line("Par qui"), _line("Avant le")), rows),)


def _findings(findings: tuple[Finding, ...], *, nothing: str) -> tuple[Block, ...]:
    if not findings:
        return (_sentence(nothing),)
    return tuple(block for finding in findings for block in _finding(finding))


def _finding(finding: Finding) -> Iterator[Block]:
    """Severity in a word, place, reason, articles with where they were read, remedy."""
    yield Subtitle(_line(f"{finding.severity.label} : {finding.title} ({finding.where})"))
    yield _sentence(finding.message)
    sources = tuple(_line(f"{cited.citation} : {cited.source}") for cited in finding.law)
    remedy = ((Run("Remède : ", bold=True), Run(finding.remedy)),) if finding.remedy else ()
    rule = (_line(f"Règle {finding.rule}"),)
    yield Bullets((*remedy, *sources, *rule))


def _dismissed(content: NoteContent) -> tuple[Block, ...]:
    if not content.dismissed:
        return (_sentence("Aucun constat n’a été écarté."),)
    header = (_line("Constat"), _line("Place"), _line("Raison donnée"), _line("Par"))
    rows = tuple(
        (
            _line(f"{each.finding.severity.label} : {each.finding.title}"),
            _line(each.finding.where),
            _line(each.reason),
            _line(each.by or "–"),
        )
        for each in content.dismissed
    )
    return (Table(header, rows),)


def _replies(content: NoteContent) -> tuple[Block, ...]:
    header = (_line("Question"), _line("Place"), _line("Réponse"), _line("Par"))
    rows = tuple(
        tuple(map(_line, (each.question.title, each.question.where, each.words or "Répondue, sans plus.", f"{each.by}, {each.on}")))
        for each in content.replies
    )
    return (Table(header, rows),)


def _not_verifiable(content: NoteContent) -> tuple[Block, ...]:
    if not content.not_verifiable:
        return (_sentence("Chaque règle a trouvé les valeurs qu’elle lit."),)
    items = tuple((Run(f"{finding.title} : ", bold=True), Run(finding.message)) for finding in content.not_verifiable)
    return (Bullets(items),)


def _deviations(content: NoteContent) -> tuple[Block, ...]:
    if not content.deviations:
        return (_sentence("Chaque valeur est celle que la bibliothèque propose pour ce segment."),)
    header = (_line("Terme"), _line("Valeur proposée"), _line("Valeur retenue"), _line("Origine"))
    rows = tuple((_line(each.label), _line(each.usual), _line(each.chosen), _line(each.origin)) for each in content.deviations)
    return (Table(header, rows),)


def _tried(content: NoteContent) -> tuple[Block, ...]:
    rows = tuple((_line(each.promise), _line(each.said)) for each in content.tried)
    return (_sentence(content.tried_on), Table((_line("Engagement"), _line("Sur les tickets passés")), rows))


def _line(words: str) -> Runs:
    return (Run(french.typography(words)),)


def _sentence(words: str) -> Paragraph:
    return Paragraph(_line(words))
