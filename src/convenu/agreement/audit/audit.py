"""The audit of one contract: what it says, what is wrong with it, and how it stands beside ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from convenu.agreement.audit.comparison import Position, compare, offer_of, segment_of
from convenu.agreement.audit.guides.guides import Recognition
from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.read_over import ReadOver, read_over
from convenu.agreement.audit.said.areas import Area, areas_of
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.agreement.audit.verdict.verdict import verdict_on
from convenu.agreement.check import blocks_signature
from convenu.agreement.library import Library
from convenu.vocabulary.aside import Aside, when_asked
from convenu.vocabulary.read_text import ReadText

# Told beside the articles in which nothing was recognised.
UNREAD_ARTICLES = "Ce que l’audit tient pour manquant s’y trouve peut-être : à lire."
# A whole contract of so many words that states so few of the provisions looked for keeps silent on much, or speaks in words that the audit
# does not know. Of some 230 texts read in November 2026, three: one in old turns of phrase, of which almost nothing was recognised, a form
# and a model.
_LONG_ENOUGH, _FEW_PROVISIONS = 2500, 15
_LANGUAGES = {"en": "anglais", "de": "allemand", "es": "espagnol", "nl": "néerlandais", "it": "italien"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A contract read and judged as of a day, beside our library for a segment.

    `to_verify`: what its reader must look at before anything is concluded; no finding. `areas`: the law it touches and that no rule judges.
    """

    reading: Reading
    on: date
    segment: str
    findings: tuple[AuditFinding, ...]
    to_verify: tuple[AuditFinding, ...]
    comparison: tuple[Position, ...]
    areas: tuple[Area, ...]
    recognition: Recognition

    @property
    def name(self) -> str:
        """The file that was read."""
        return self.reading.document.source.name

    @property
    def blocks_signature(self) -> bool:
        """Whether a finding stops a signature."""
        return blocks_signature(one.finding for one in self.findings)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know of the reach of this audit, a French sentence each."""
        said = list(self.reading.document.source.not_read)
        if not self.reading.in_french:
            language = _LANGUAGES.get(self.reading.language)
            written = f"en {language}" if language else "dans une langue que l’audit ne reconnaît pas"
            said.append(f"Ce document est {written} : les règles ne lisent que le français, rien n’en est dit.")
        elif not self.reading.is_service_contract:
            said.append("Ce document ne semble pas être un contrat de services informatiques : aucun constat n’est fait.")
        elif self.reading.law is not None:
            of_law = "ceux des règlements de l’Union sont les seuls de droit" if self.reading.law.in_union else "aucun constat de droit"
            said.append(
                f"Ce contrat est soumis à un droit {self.reading.law.name} : seuls les stipulations, les valeurs et les constats "
                f"d’exploitation sont donnés, {of_law}."
            )
        said.extend(_of_the_amendments(self.reading))
        if self.reading.is_part and self.reading.is_service_contract:
            said.append("Ce document se présente comme une partie d’un contrat : ce qu’il ne dit pas n’est pas tenu pour absent.")
        if self._little_is_recognised:
            said.append(
                f"L’audit n’a reconnu que {self._recognised} des {len(self.reading.provisions)} stipulations qu’il cherche, ce qui est peu "
                "pour un texte de cette longueur : ou ce contrat en tait beaucoup, ou il les dit dans des mots que l’audit ne connaît pas. "
                "À lire en entier avant de conclure."
            )
        if self._supposes_data:
            said.append("Supposé faute de mention contraire : le Prestataire traite des données personnelles pour le Client.")
        said.extend(area.remark for area in self.areas)
        return tuple(said)

    @property
    def _recognised(self) -> int:
        """How many provisions the contract says, be it in part."""
        return sum(one.status is not ProvisionStatus.ABSENT for one in self.reading.provisions.values())

    @property
    def _little_is_recognised(self) -> bool:
        """Whether few provisions were recognised for the length of a whole contract that is judged."""
        whole = self.reading.is_service_contract and not self.reading.is_part
        return whole and self._recognised <= _FEW_PROVISIONS and len(self.reading.document.text.split()) >= _LONG_ENOUGH

    @property
    def _supposes_data(self) -> bool:
        """Whether it is only from the service that personal data are held to be processed: the contract has no word on them."""
        silent = self.reading.is_service_contract and self.reading.provisions["personal_data"].status is ProvisionStatus.ABSENT
        return silent and self.reading.handles_data

    @property
    def unread(self) -> tuple[Quote, ...]:
        """The headings of the articles in which nothing was recognised, of a contract that is judged; what is told or asked was read."""
        document = self.reading.document
        quoted = {document.article_at(one.quote.start).start for one in (*self.findings, *self.to_verify) if one.quote is not None}
        kept = (one for one in self.reading.unread if document.article_at(one.start).start not in quoted)
        return tuple(kept) if self.comparison else ()

    def as_json(self) -> dict[str, Any]:
        """The shape of `convenu audit FILE --json`; positions are offsets in the text that `--text` prints."""
        return {
            "file": self.name,
            "on": self.on.isoformat(),
            "language": self.reading.language,
            "is_service_contract": self.reading.is_service_contract,
            "law": "fr" if self.reading.law is None else self.reading.law.name,
            "segment": self.segment,
            "remarks": list(self.remarks),
            "areas": [area.as_json() for area in self.areas],
            "provisions": {key: provision.as_json() for key, provision in self.reading.provisions.items()},
            "values": self.reading.values_as_json(self.recognition),
            "value_quotes": {key: value.quote.as_json() for key, value in self.reading.values.items()},
            "findings": [one.as_json() for one in self.findings],
            "to_verify": [one.as_json() for one in self.to_verify],
            "comparison": [one.as_json() for one in self.comparison],
            "unread": [one.as_json() for one in self.unread],
        }


def _of_the_amendments(reading: Reading) -> Iterator[str]:
    """What the amendments of a file took the place of, and the articles of which they speak and whose text in force is not certain."""
    revisions = reading.document.revisions
    if not revisions or not reading.is_service_contract:
        return
    unsettled = list(dict.fromkeys(one.told for one in revisions if not one.settled))
    settled = [one for one in dict.fromkeys(one.told for one in revisions if one.settled) if one not in unsettled]
    if settled:
        yield (
            "Ce fichier contient des avenants : ce qu’ils remplacent ou suppriment n’est plus lu, et les constats portent sur le texte "
            f"en vigueur. Remplacé ou modifié : {' ; '.join(settled)}."
        )
    if unsettled:
        yield (
            f"Des avenants parlent d’articles dont l’audit n’a pas pu établir le texte en vigueur : {' ; '.join(unsettled)}. "
            "Ce qui repose sur leurs mots est donné comme question."
        )


def audit(source: ReadText, library: Library, recognition: Recognition, *, on: date, segment: str | None = None) -> Audit:
    """Read a contract and judge it as of a day; the segment is the one asked, else the one it seems written for."""
    return judged(read_over(source, recognition), library, recognition, on=on, segment=segment)


def judged(
    read: ReadOver, library: Library, recognition: Recognition, *, on: date, segment: str | None = None, aside: Aside = when_asked
) -> Audit:
    """Judge a contract that was read over. `aside`: how our offer may be written meanwhile."""
    reading = read.reading
    chosen = segment or segment_of(reading)
    offer = aside(lambda: offer_of(library, chosen, on)) if reading.is_judged else None
    verdict = verdict_on(reading, library, recognition, on=on, by_words=read.dangers)
    comparison = compare(reading, verdict, library, recognition, offer=offer()) if offer is not None else ()
    return Audit(
        reading=reading,
        on=on,
        segment=chosen,
        findings=verdict.findings,
        to_verify=verdict.to_verify,
        comparison=comparison,
        areas=areas_of(reading, recognition),
        recognition=recognition,
    )
