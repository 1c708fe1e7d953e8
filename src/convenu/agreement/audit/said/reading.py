"""What a stranger's contract says: its language, whether it is one, its provisions, its values, its slips; nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from convenu.agreement.audit.guides.guides import Evidence, Recognition
from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.half_said import as_far_as_said
from convenu.agreement.audit.said.levels.level import ReadLevel
from convenu.agreement.audit.said.levels.read_levels import read_levels
from convenu.agreement.audit.said.marks import Marks, marks_of
from convenu.agreement.audit.said.nature import FRENCH, ChosenLaw, foreign_law, is_part, is_service_contract, language_of
from convenu.agreement.audit.said.old_law import Repealed, repealed_articles
from convenu.agreement.audit.said.provisions import ReadProvision, read_provisions
from convenu.agreement.audit.said.read_cap import read_liability_cap
from convenu.agreement.audit.said.read_hours import read_service_hours
from convenu.agreement.audit.said.read_values import ReadValue, read_values, settled
from convenu.agreement.audit.said.references import References, references_of
from convenu.agreement.audit.said.unread import unread_articles
from convenu.agreement.audit.text.in_force import in_force
from convenu.agreement.audit.text.lessors_terms import without_lessors_terms
from convenu.agreement.audit.text.licence_file import without_licence_files
from convenu.agreement.audit.text.not_agreed import without_what_is_not_agreed
from convenu.agreement.audit.text.others_terms import without_others_terms
from convenu.agreement.audit.text.recounted import without_what_is_recounted
from convenu.agreement.audit.text.segmentation import Document, segmented
from convenu.vocabulary.aside import Aside, when_asked
from convenu.vocabulary.read_text import ReadText

# Sentences and titles that must show the provider handling data for it to be supposed.
_OFTEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A contract as read. In another language than French nothing is looked for, and provisions and values are empty.

    `is_part`: it is an annex or a part of one, and leaves what it does not say to the rest; `handles_data`: personal data of the client's
    people pass through the provider's hands; `keeps_data`: it hosts, runs or backs up what holds them; `lasts`: the services go on from
    month to month or from year to year; `unread`: the headings of the articles in which nothing was recognised.
    """

    document: Document
    language: str
    is_service_contract: bool
    law: ChosenLaw | None
    is_part: bool
    handles_data: bool
    keeps_data: bool
    lasts: bool
    provisions: Mapping[str, ReadProvision]
    values: Mapping[str, ReadValue]
    levels: tuple[ReadLevel, ...]
    marks: Marks
    repealed: tuple[Repealed, ...]
    references: References
    unread: tuple[Quote, ...] = ()

    @property
    def in_french(self) -> bool:
        """Whether the text is in the language that is read."""
        return self.language == FRENCH

    @property
    def is_judged(self) -> bool:
        """Whether anything is to be found on it: it is an IT service contract, in French."""
        return self.in_french and self.is_service_contract

    def values_as_json(self, recognition: Recognition) -> dict[str, Any]:
        """Every value that is looked for, None where the contract does not say it."""
        values = {guide.key: _plain(self.values[guide.key].value) if guide.key in self.values else None for guide in recognition.values}
        values["indemnity_40_eur"] = bool(values.get("indemnity_40_eur"))
        for key in ("liability_cap", "service_hours"):
            values[key] = self.values[key].value if key in self.values else None
        values["sla"] = [level.as_json() for level in self.levels]
        return values


def read_contract(source: ReadText, recognition: Recognition) -> Reading:
    """Read a text by what the library says of recognition."""
    return read_document(document_of(source, recognition), recognition)


def document_of(source: ReadText, recognition: Recognition) -> Document:
    """A text as it is read: its articles and sentences, without what is not in force, is the terms of a lessor or is only recounted."""
    return without_what_is_recounted(without_licence_files(without_lessors_terms(in_force(segmented(source, recognition.parties)))))


def read_document(document: Document, recognition: Recognition, *, aside: Aside = when_asked) -> Reading:
    """What a document says; its provisions may be looked for aside, while its values are."""
    language = language_of(document.text, recognition.stop_words)
    if language != FRENCH:
        return Reading(
            document=document, language=language, is_service_contract=False, law=None, is_part=False, handles_data=False, keeps_data=False,
            lasts=False, provisions={}, values={}, levels=(), marks=Marks(), repealed=(), references=References(),
        )  # fmt: skip
    looker = Looker(document)
    seen_aside = aside(lambda: read_provisions(looker, recognition))
    marks = marks_of(document)
    agreed = as_agreed(looker)
    read = values_of(agreed, recognition)
    levels = read_levels(agreed)
    law = foreign_law(looker, recognition)
    provisions = seen_aside()
    part = is_part(looker, recognition, provisions)
    references = references_of(document, marks.to_fill, is_part=part)
    open_places = [(one.quote.start, one.quote.end) for one in marks.to_fill if not one.name]
    return Reading(
        document=document,
        language=language,
        is_service_contract=is_service_contract(looker, recognition, provisions),
        law=law,
        is_part=part,
        handles_data=_shows(looker, recognition.left.handles_data, _OFTEN) or bool(looker.bearing(recognition.left.entrusted)),
        keeps_data=_shows(looker, recognition.left.keeps_data, 1),
        lasts=bool(looker.bearing(recognition.left.lasts)),
        provisions=as_far_as_said(provisions, looker, recognition, hollow=(*references.hollow, *open_places), marks=open_places),
        values=settled(read, [one.quote for one in marks.to_fill], [one.quote for one in marks.to_fill if one.is_a_choice]),
        levels=levels,
        marks=marks,
        repealed=repealed_articles(looker, recognition),
        references=references,
        unread=tuple(unread_articles(looker, provisions, read.values())),
    )


def as_agreed(looker: Looker) -> Looker:
    """Who looks for values: in what the parties agree, not in the terms of others nor in what the file only shows."""
    agreed = without_others_terms(without_what_is_not_agreed(looker.document))
    return looker if agreed is looker.document else Looker(agreed)


def values_of(looker: Looker, recognition: Recognition) -> dict[str, ReadValue]:
    """Every value that a text says, the cap and the hours among them."""
    values = read_values(looker, recognition)
    cap = read_liability_cap(looker, recognition, values.get("liability_cap_months"))
    hours = read_service_hours(looker)
    return values | {value.key: value for value in (cap, hours) if value is not None}


def _shows(looker: Looker, signs: tuple[Evidence, ...], least: int) -> bool:
    """Whether so many titles and sentences at least bear one of some signs."""
    titled = sum(looker.title_matches(tuple(one.cue for one in signs), article) for article in range(len(looker.document.articles)))
    return titled + len(looker.bearing(signs)) >= least


def _plain(value: Any) -> Any:
    """A value as JSON writes it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
