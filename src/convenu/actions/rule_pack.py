"""The pack of rules as a file for the lawyer of the organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from convenu.actions.brand import brand_of
from convenu.actions.permissions import Permission, require
from convenu.actions.rule_readings import ReadRule, read_rules
from convenu.agreement.library import Library
from convenu.documents.edition import Edition
from convenu.documents.rule_pack import RuleSheet, write_rule_pack
from convenu.store.models import Membership
from convenu.terms.contract import label_of
from convenu.vocabulary import french

LEGAL, OPERATIONAL = "Règles de droit", "Règles d’exploitation"


def rule_pack_file(member: Membership, library: Library, *, on: date) -> bytes:
    """Every rule as a table of a Word file, with who read it and room for an opinion."""
    require(member, Permission.SEE)
    chapters: dict[str, list[RuleSheet]] = defaultdict(list)
    for one in read_rules(member, sorted(library.rules, key=lambda rule: (not rule.legal, rule.id))):
        chapters[LEGAL if one.rule.legal else OPERATIONAL].append(RuleSheet(one.rule.title, tuple(_lines(one, on=on))))
    edition = Edition(version=library.release, day=on)
    return write_rule_pack(chapters, release=library.release, brand=brand_of(member.organisation), edition=edition)


def _lines(one: ReadRule, *, on: date) -> Iterator[tuple[str, str]]:
    rule = one.rule
    yield "Identifiant", rule.id
    yield "Nature et gravité", f"{rule.kind.label}, {rule.severity.label}"
    yield "État", f"{rule.state(on).label}{f', depuis le {french.day(rule.start)}' if rule.start else ''}"
    yield "Droit", " ; ".join(f"{cited.citation} (lu dans : {cited.source})" for cited in rule.law) or "usage du métier"
    yield "Ce qu’elle regarde", rule.looks_at
    yield "Réponses lues", french.enumeration([label_of(key) for key in rule.reads]) if rule.reads else ""
    yield "Risque", rule.sanction
    yield "Remède", rule.remedy
    yield "Question", rule.ask
    yield "Dite par", ", ".join(rule.told_by)
    yield "Prend la place de", ", ".join(rule.exception_to)
    yield "Vérifiée le", french.day(rule.last_checked) if rule.last_checked else "jamais dans une source"
    yield "Relecture", _reading(one)
    yield "Avis du lecteur", "…"


def _reading(one: ReadRule) -> str:
    if one.reading is None:
        return "personne encore"
    read = f"{one.reading.reader}, le {french.day(one.reading.at.date())}"
    return f"{read}, puis elle a changé : à relire" if one.changed else read
