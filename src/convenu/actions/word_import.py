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
from convenu.agreement.house import LONGEST_TEXT, LONGEST_TITLE, HouseClause
from convenu.documents.strangers import StrangerError
from convenu.documents.word_paragraphs import WordParagraph, read_paragraphs
from convenu.store import audit
from convenu.store.models import Membership, Organisation

MOST = 80
# « Article 5 – », « 5.2. », « ARTICLE V : » before a title, in files whose headings are typed by hand.
_NUMBERED = re.compile(r"^(?:article\s+)?(?:\d+(?:\.\d+)*|[ivxlc]+)\s*[.:)–—-]\s*(?=\S)", re.IGNORECASE)
_LONGEST_TYPED_HEADING = 90


@dataclass(frozen=True, slots=True)
class Proposal:
    """A clause that a Word file seems to hold: a heading and what stands under it, as typed."""

    title: str
    text: str


def proposals_from(member: Membership, content: bytes) -> tuple[Proposal, ...]:
    """The clauses of a Word file, in its order; braces typed in it are only words."""
    require(member, Permission.CHANGE_HOUSE)
    try:
        paragraphs = read_paragraphs(content)
    except StrangerError:
        refuse("file", _("Ce fichier ne se lit pas comme un document Word."), _("Enregistrez-le en .docx, 10 Mo au plus."))
    found = tuple(_proposals(paragraphs))
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


def _proposals(paragraphs: Iterable[WordParagraph]) -> Iterator[Proposal]:
    title, lines = "", []  # type: tuple[str, list[str]]
    for paragraph in paragraphs:
        if _is_heading(paragraph):
            if lines:
                yield Proposal(title, _text(lines))
            title, lines = _NUMBERED.sub("", paragraph.words), []
        else:
            lines.append(f"- {_plain(paragraph.words)}" if paragraph.item else f"\n{_plain(paragraph.words)}\n")
    if lines:
        yield Proposal(title, _text(lines))


def _is_heading(paragraph: WordParagraph) -> bool:
    if paragraph.level:
        return True
    typed = _NUMBERED.match(paragraph.words) is not None and len(paragraph.words) <= _LONGEST_TYPED_HEADING
    return typed and not paragraph.item and not paragraph.words.endswith((".", ";", ","))


def _plain(words: str) -> str:
    """The words of a person, none of which is a mark of the clauses' language."""
    return words.replace("{", "(").replace("}", ")").replace("|", "/").lstrip("-# ")


def _text(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"
