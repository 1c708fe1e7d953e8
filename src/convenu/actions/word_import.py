"""Clauses brought in from a Word file: proposed one by one, kept as drafts or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from convenu.actions.house_clauses import keep_draft, new_key
from convenu.actions.mistakes import refuse
from convenu.actions.permissions import Permission, require
from convenu.agreement.house_clause import LONGEST_TEXT, LONGEST_TITLE, HouseClause
from convenu.documents.reading.reader import read
from convenu.store import audit
from convenu.store.models import Membership, Organisation
from convenu.vocabulary.read_text import ReadKind, ReadText

MOST = 80
# « Article 5 – », « 5.2. » before a title.
_AFTER_A_NUMBER = " \u00a0.:)–—-"
# Notes, comments and tables of contents are no words of a clause.
_WORDS_OF_A_CLAUSE = (ReadKind.PARAGRAPH, ReadKind.ROW)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A clause that a Word file seems to hold: a heading and what stands under it, as typed."""

    title: str
    text: str


def proposals_from(member: Membership, content: bytes) -> tuple[Proposal, ...]:
    """The clauses of somebody's file, in its order; braces typed in it are only words."""
    require(member, Permission.CHANGE_HOUSE)
    found = tuple(_proposals(read("file", content)))
    if not found:
        refuse("file", _("Ce document ne contient aucun texte."))
    return found[:MOST]


@transaction.atomic
def keep_proposals(member: Membership, kept: Iterable[tuple[Proposal, int]], *, now: datetime) -> int:
    """Keep proposals on the workbench, each with the article it goes to; returns how many."""
    require(member, Permission.CHANGE_HOUSE)
    count = 0
    for proposal, provision in kept:
        title = " ".join(proposal.title.split())[:LONGEST_TITLE] or _("Sans titre")
        clause = HouseClause(key=new_key(title), title=title, text=proposal.text[:LONGEST_TEXT], provision=provision)
        keep_draft(member, clause, now=now)
        count += 1
    organisation = Organisation.objects.get(pk=member.organisation_id)
    audit.append(action="house_clauses_imported", subject=organisation, actor=member.user, now=now, clauses=count)
    return count


def _proposals(document: ReadText) -> Iterator[Proposal]:
    title, lines = "", []  # type: tuple[str, list[str]]
    for block in document.blocks:
        words = document.words(block).removeprefix(block.number).lstrip(_AFTER_A_NUMBER)
        if block.kind is ReadKind.HEADING:
            if lines:
                yield Proposal(title, _text(lines))
            title, lines = words, []
        elif block.kind is ReadKind.ITEM:
            lines.append(f"- {_plain(words)}")
        elif block.kind in _WORDS_OF_A_CLAUSE:
            lines.append(f"\n{_plain(document.words(block))}\n")
    if lines:
        yield Proposal(title, _text(lines))


def _plain(words: str) -> str:
    """The words of a person, none of which is a mark of the clauses' language."""
    return words.replace("{", "(").replace("}", ")").replace("|", "/").lstrip("-# ")


def _text(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
