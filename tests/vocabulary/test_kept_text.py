"""A text kept beside a contract is read back as it was written."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from convenu.vocabulary.contract_text import (
    Article,
    Bullets,
    ContractText,
    Paragraph,
    Run,
    RunKind,
    Section,
    Signatory,
    Subtitle,
    Table,
)
from convenu.vocabulary.kept_text import packed, unpacked
from convenu.vocabulary.member_lines import MemberLines, in_lines

WORDS = st.text(max_size=30)
RUNS = st.lists(
    st.builds(Run, WORDS, st.sampled_from(RunKind), st.booleans(), st.lists(WORDS, max_size=2).map(tuple), st.none() | WORDS),
    max_size=4,
).map(tuple)
BLOCKS = st.one_of(
    RUNS.map(Paragraph),
    RUNS.map(Subtitle),
    st.lists(RUNS, max_size=3).map(lambda items: Bullets(tuple(items))),
    st.lists(RUNS, min_size=2, max_size=2).map(lambda row: Table(tuple(row), (tuple(row), tuple(row)))),
)
SECTIONS = st.builds(
    Section,
    clause=WORDS,
    version=st.integers(1, 9),
    number=WORDS,
    title=WORDS,
    blocks=st.lists(BLOCKS, max_size=3).map(tuple),
    states=st.lists(WORDS, max_size=2).map(tuple),
)
SEVERAL = st.lists(SECTIONS, max_size=2).map(tuple)
TEXTS = st.builds(
    ContractText,
    title=WORDS,
    provider=WORDS,
    client=WORDS,
    reference=WORDS,
    front=SEVERAL,
    articles=st.lists(st.builds(Article, number=WORDS, title=WORDS, sections=SEVERAL), max_size=2).map(tuple),
    annexes=SEVERAL,
    signatories=st.lists(st.builds(Signatory, WORDS, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    release=WORDS,
    law_day=WORDS,
    open_points=st.lists(WORDS, max_size=2).map(tuple),
    summary=st.none() | SECTIONS,
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2)
)


@settings(max_examples=25)
@given(TEXTS)
def test_a_text_that_was_kept_is_the_text_that_was_written(text: ContractText) -> None:
    again = unpacked(packed(text))
    assert again == text
    assert again.hash == text.hash


@given(SECTIONS, WORDS)
def test_the_words_that_a_section_remembers_are_those_of_its_blocks(section: Section, said: str) -> None:
    assert section.small == section.plain.lower()
    other = replace(section, blocks=(*section.blocks, Paragraph((Run(said),))))
    assert other.plain == "\n".join([section.plain, said] if section.blocks else [said])
    assert other != section


@given(st.dictionaries(st.from_regex(r"[a-z_]+", fullmatch=True), PLAIN, max_size=5))
def test_each_member_kept_on_its_line_is_read_as_it_was(data: dict[str, object]) -> None:
    assert dict(MemberLines(in_lines(data))) == data
