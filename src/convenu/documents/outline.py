"""The headings of a contract in reading order, as every format shows and links them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convenu.vocabulary.contract_text import Article, ContractText, Section
from convenu.vocabulary.french import NBSP

CONTENTS = "Sommaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading: its rank, its number in words, its title and the anchor that references aim at."""

    level: int
    number: str
    title: str
    anchor: str

    @property
    def words(self) -> str:
        """« Article 3 Durée », number first."""
        return f"{self.number} {self.title}".strip()


SIGNATURE_HEADING = Heading(level=1, number="", title="Signatures", anchor="signature_page")


def headings(text: ContractText) -> Iterator[Heading]:
    """Every heading of the contract, the signature page last."""
    yield from (section_heading(section, level=1) for section in text.front)
    for article in text.articles:
        yield article_heading(article)
        if not article.single:
            yield from (section_heading(section, level=2) for section in article.sections)
    yield from (section_heading(section, level=1) for section in text.annexes)
    yield SIGNATURE_HEADING


def article_heading(article: Article) -> Heading:
    """The heading of an article; an article of one clause is that clause's heading."""
    anchor = article.sections[0].clause if article.single else f"article_{article.number}"
    return Heading(level=1, number=f"Article{NBSP}{article.number}", title=article.title, anchor=anchor)


def section_heading(section: Section, *, level: int) -> Heading:
    """The heading of a clause that is not an article by itself."""
    number = f"Annexe{NBSP}{section.number}" if section.number.isalpha() else section.number
    return Heading(level=level, number=number, title=section.title, anchor=section.clause)
