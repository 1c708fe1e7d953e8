"""The report of an audit, for the owner and for the lawyer: one page of what matters, each finding, each value, what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from convenu.agreement.audit.audit import UNREAD_ARTICLES, Audit
from convenu.agreement.audit.comparison import Stance, worst_first
from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.portfolio import line_of, said_dates
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.value_words import said_value
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.documents.brand import Brand
from convenu.documents.edition import Edition, EditionStatus
from convenu.documents.note_content import WHAT_CONVENU_IS
from convenu.documents.notes import Chapter, Note, note_pdf_files, write_note_word
from convenu.documents.pdf import made_on
from convenu.documents.typesetting import typeset
from convenu.terms.closed_lists import ClientSegment
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, Bullets, Paragraph, Run, Runs, Subtitle, Table, with_runs
from convenu.vocabulary.findings import Severity, Status
from convenu.vocabulary.read_text import ReadText

TITLE = "Audit d’un contrat"
FORMATS = (".pdf", ".docx")
MOST_IN_BRIEF = 8
# Letters of a heading told among others.
LONGEST_HEADING = 90
LONGEST_IN_BRIEF = 240
_NO_BRAND = Brand(name="Convenu")


def write_audit_report(suffix: str, audit: Audit, *, brand: Brand = _NO_BRAND) -> bytes:
    """The report as a `.pdf`, set in this process, or as a `.docx`; a server sets the PDF in its workers (`report_pdf_files`)."""
    match suffix:
        case ".pdf":
            return typeset(report_pdf_files(audit, brand=brand), made=made_on(edition_of(audit)))
        case ".docx":
            return write_note_word(
                report_of(audit), brand=brand, edition=edition_of(audit), marks={"convenu_audit_day": audit.on.isoformat()}
            )
        case _:
            raise ValueError(f"no format for « {suffix} »: choose one of {', '.join(FORMATS)}")


def report_pdf_files(audit: Audit, *, brand: Brand) -> dict[str, bytes]:
    """What the typesetter needs."""
    return note_pdf_files(report_of(audit), brand=brand, edition=edition_of(audit))


def edition_of(audit: Audit) -> Edition:
    """The day of the audit, as the header of each page says it."""
    return Edition(version=french.typography(f"au {french.day(audit.on)}"), day=audit.on, status=EditionStatus.REPORT)


def report_of(audit: Audit) -> Note:
    """All that the report says."""
    return Note(TITLE, french.typography(audit.name), tuple(_chapters(audit)))


def place_of(document: ReadText, quote: Quote) -> str:
    """« page 3, paragraphe 41 », where words of a document stand in its file."""
    block = document.at(quote.start)
    if block is None:
        return ""
    known = (("page", block.position.page), ("paragraphe", block.position.paragraph))
    return ", ".join(f"{name} {number}" for name, number in known if number is not None)


def heading_of(quote: Quote) -> str:
    """The words of a heading in one short line."""
    words = " ".join(quote.text.split())
    return words if len(words) <= LONGEST_HEADING else f"{words[:LONGEST_HEADING].rstrip()}…"


def _chapters(audit: Audit) -> Iterator[Chapter]:
    yield Chapter("L’essentiel", tuple(_essentials(audit)))
    yield Chapter("Constats", tuple(_findings(audit)), opens_page=True)
    if audit.to_verify:
        yield Chapter("À vérifier", tuple(_to_verify(audit)))
    yield Chapter("Valeurs lues", tuple(_values(audit)))
    yield Chapter("Stipulations, à côté de notre offre", tuple(_comparison(audit)))
    yield Chapter("Ce qui n’a pas été compris", tuple(_not_understood(audit)))
    yield Chapter("Ce que dit ce document", (_sentence(WHAT_CONVENU_IS),))


# -------------------------------------------------------------------------------------------------------------- the first page


def _essentials(audit: Audit) -> Iterator[Block]:
    yield Table((_line("Élément"), _line("Lu dans le document")), tuple((_line(label), _line(said)) for label, said in summary(audit)))
    if audit.findings:
        yield Paragraph((Run(french.typography("À regarder d’abord :"), bold=True),))
        worst = audit.findings[:MOST_IN_BRIEF]
        yield Table((_line("Gravité"), _line("Ce qui a été vu"), _line("Que faire")), tuple(_in_brief(one) for one in worst))
        others = len(audit.findings) - len(worst)
        if others:
            yield _sentence(f"Et {_counted(others, 'autre')}, à la suite.")
    missing = [one.label for one in audit.comparison if one.stance is Stance.MISSING]
    if missing:
        yield Paragraph((Run(french.typography("Ne se trouve pas dans ce contrat : "), bold=True), *_line(f"{' ; '.join(missing)}.")))


def _in_brief(one: AuditFinding) -> tuple[Runs, Runs, Runs]:
    """Its severity, its name and place, its remedy: what it says in full comes with the findings."""
    finding = one.finding
    seen = (Run(french.typography(finding.title), bold=True), *_line(f", {finding.where}"))
    return _line(finding.severity.label), seen, _line(_shortened(finding.remedy))


def summary(audit: Audit) -> Iterator[tuple[str, str]]:
    """What the contract is, in a few lines: each a label and what is said."""
    reading = audit.reading
    yield "Contrat de services informatiques", "oui" if reading.is_service_contract else "non, ou pas en français"
    if not reading.is_service_contract:
        return
    counted = Counter(one.finding.severity.label for one in audit.findings)
    labels = dict.fromkeys(severity.label for severity in Severity)
    yield "Constats", ", ".join(_counted(counted[label], label.lower()) for label in labels if counted[label]) or "aucun"
    if audit.to_verify:
        yield "À vérifier", f"{_counted(len(audit.to_verify), 'point')}, sans conclusion"
    statuses = Counter(provision.status for provision in reading.provisions.values())
    yield "Stipulations", ", ".join(_counted(statuses[status], status.label) for status in ProvisionStatus)
    for key in (
        "initial_duration_months",
        "renewal_duration_months",
        "notice_period_days",
        "payment_terms_days",
        "liability_cap",
        "index_name",
    ):
        value = reading.values.get(key)
        if value is not None:
            yield value.label, said_value(key, value.value)
    yield from said_dates(line_of(audit))
    yield "Comparé à l’offre", ClientSegment(audit.segment).label


def _counted(count: int, one: str) -> str:
    return f"{count} {one}{'s' if count > 1 else ''}"


# ------------------------------------------------------------------------------------------------------------------ the details


def _findings(audit: Audit) -> Iterator[Block]:
    if not audit.findings:
        yield _sentence("Aucun constat." if audit.reading.is_service_contract else "Ce document n’a pas été jugé.")
    for one in audit.findings:
        yield from _finding(one, audit)


def _finding(one: AuditFinding, audit: Audit) -> Iterator[Block]:
    """A finding; or a question, whose gravity and remedy are those that it would have."""
    finding = one.finding
    asked = finding.status is not Status.FOUND
    yield Subtitle(_line(finding.title if asked else f"{finding.severity.label} : {finding.title}"))
    yield _sentence(finding.message)
    lines: list[Runs] = [_labelled("Où", finding.where)]
    if one.quote is not None:
        place = place_of(audit.reading.document.source, one.quote)
        lines.append(_labelled("Lu", f"« {' '.join(one.quote.text.split())} »" + (f" ({place})" if place else "")))
    if finding.remedy:
        lines.append(_labelled(f"Si c’est le cas ({finding.severity.label.lower()})" if asked else "Remède", finding.remedy))
    lines += [_labelled("Droit", f"{cited.citation} : {cited.source}") for cited in finding.law]
    lines.append(_labelled("Règle", finding.rule))
    yield Bullets(tuple(lines))


def _values(audit: Audit) -> Iterator[Block]:
    if not audit.reading.values:
        yield _sentence("Aucune valeur n’a été lue.")
        return
    source = audit.reading.document.source
    rows = tuple(
        (
            _line(value.label),
            _line(said_value(key, value.value)),
            _line(f"« {' '.join(value.quote.text.split())} »"),
            _line(place_of(source, value.quote)),
        )
        for key, value in audit.reading.values.items()
    )
    yield Table((_line("Valeur"), _line("Lue"), _line("Dans ces mots"), _line("Place")), rows)
    if audit.reading.levels:
        header = (_line("Priorité"), _line("Prise en charge"), _line("Contournement"), _line("Rétablissement"))
        levels = [level.as_json() for level in audit.reading.levels]
        yield Table(
            header,
            tuple(
                (
                    _line("toutes" if said["priority"] == "all" else str(said["priority"])),
                    _cell(said["response"]),
                    _cell(said.get("workaround")),
                    _cell(said["restoration"]),
                )
                for said in levels
            ),
        )


def _comparison(audit: Audit) -> Iterator[Block]:
    if not audit.comparison:
        yield _sentence("Ce document n’est pas comparé à notre offre.")
        return
    header = (_line("Stipulation"), _line("Dans ce contrat"), _line("Que faire"), _line("Notre clause"))
    yield Table(
        header,
        tuple(
            (
                _line(one.label),
                _line(audit.reading.provisions[one.provision].status.label),
                _line(f"{one.stance.label} : {one.why}" if one.why else one.stance.label),
                _line(" ; ".join(clause.title for clause in one.clauses) or "–"),
            )
            for one in worst_first(audit.comparison)
        ),
    )
    yield from _our_words(audit)


def _our_words(audit: Audit) -> Iterator[Block]:
    """Our clauses for what is missing: the remedy in words."""
    missing = [one for one in audit.comparison if one.stance is Stance.MISSING and one.clauses]
    if missing:
        yield Paragraph((Run(french.typography("Nos clauses pour ce qui manque :"), bold=True),))
        yield _sentence("Les articles cités sont ceux de notre offre ; ce qui reste à confirmer dépend de l’affaire.")
    for one in missing:
        for clause in one.clauses:
            yield Subtitle(_line(f"{one.label} : {clause.title}"))
            yield from (with_runs(block, _without_targets) for block in clause.blocks)


def _without_targets(runs: Runs) -> Runs:
    """The same words; the articles that they name are those of our offer, which is not in this report."""
    return tuple(replace(run, target=None) for run in runs)


def _not_understood(audit: Audit) -> Iterator[Block]:
    lines = [_line(remark) for remark in audit.remarks]
    if audit.reading.is_service_contract:
        unread = [guide.label for guide in audit.recognition.values if guide.key not in audit.reading.values]
        if unread:
            lines.append(_labelled("Valeurs non trouvées", f"{' ; '.join(unread)}."))
        if audit.unread:
            titles = " ; ".join(f"« {heading_of(one)} »" for one in audit.unread)
            lines.append(_labelled("Articles où rien n’a été reconnu", f"{titles}. {UNREAD_ARTICLES}"))
    yield Bullets(tuple(lines)) if lines else _sentence("Tout le document a été lu.")


def _to_verify(audit: Audit) -> Iterator[Block]:
    """What the reader must look at before anything is concluded: a question beside the words that bear it."""
    yield _sentence(
        "L’audit n’en conclut rien : ces mots en parlent, y mettent une condition, ou ne suffisent pas. Lisez-les avec le reste du contrat."
    )
    for one in audit.to_verify:
        yield from _finding(one, audit)


def _labelled(label: str, words: str) -> Runs:
    return (Run(french.typography(f"{label} : "), bold=True), *_line(words))


def _cell(words: object) -> Runs:
    return _line(str(words) if words else "–")


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_IN_BRIEF else f"{words[:LONGEST_IN_BRIEF].rsplit(' ', 1)[0]}…"


def _line(words: str) -> Runs:
    return (Run(french.typography(words)),)


def _sentence(words: str) -> Paragraph:
    return Paragraph(_line(words))
