"""The headings of a contract in reading order, as every format shows and links them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convenu.vocabulary.contract_text import Article, Block, Bullets, ContractText, Paragraph, Section, Table
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


SPECIAL_TERMS = Heading(level=1, number="", title="Conditions particulières", anchor="part_special_terms")
GENERAL_TERMS = Heading(level=1, number="", title="Conditions générales", anchor="part_general_terms")
ANNEXES = Heading(level=1, number="", title="Annexes", anchor="part_annexes")


def headings(text: ContractText) -> Iterator[Heading]:
    """Every heading: the summary, the three parts of the contract with their clauses, the signature page last."""
    if text.summary:
        yield section_heading(text.summary)
    if text.front:
        yield SPECIAL_TERMS
    yield from (section_heading(section) for section in text.front)
    if text.articles:
        yield GENERAL_TERMS
    for article in text.articles:
        yield article_heading(article)
        if not article.single:
            yield from (section_heading(section) for section in article.sections)
    if text.annexes:
        yield ANNEXES
    yield from (section_heading(section) for section in text.annexes)
    # What is not to be signed has no such page.
    if text.signatories:
        yield SIGNATURE_HEADING


def article_heading(article: Article) -> Heading:
    """The heading of an article; an article of one clause is that clause's heading."""
    if article.single:
        return section_heading(article.sections[0])
    return Heading(level=1, number=f"Article{NBSP}{article.number}", title=article.title, anchor=f"article_{article.number}")


def section_heading(section: Section) -> Heading:
    """The heading of a clause; only « 3.2 », a clause among others in its article, is of the second rank."""
    number = section.number
    if number.isalpha():
        number = f"Annexe{NBSP}{number}"
    elif number.isdigit():
        number = f"Article{NBSP}{number}"
    return Heading(level=2 if "." in number else 1, number=number, title=section.title, anchor=section.clause)


def openings(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks are the sentence that opens a list or a table, and stay on the same page as its beginning."""
    following = [*blocks[1:], None]
    return [isinstance(block, Paragraph) and isinstance(after, Bullets | Table) for block, after in zip(blocks, following, strict=True)]
