"""`python -m tools.common_text DIR`: every run of nine words that the library or the documentation shares with the .txt files of a folder.

A clause is in our own words. The law's words, which some clauses must reproduce, are listed here with their reason. Words are compared
without case, accents, punctuation or kind of space; a number counts as a word.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from convenu.agreement.assemble import assemble
from convenu.agreement.scoping import read_answers, scope
from convenu.library import loader

ROOT = Path(__file__).parents[1]
RUN = 9
OURS = (
    "src/convenu/library/**/*.md", "src/convenu/library/**/*.yaml", "src/convenu/terms/*.py", "src/convenu/agreement/**/*.py", "docs/*.md",
    "*.md", "tests/agreement/audit/*.py", "tests/agreement/audit/*.txt",
)  # fmt: skip
DAY = date(2026, 11, 23)
# Texts that are reproduced word for word, and why.
REPRODUCED = {
    "src/convenu/library/fr/clauses/annex_renewal_articles/clause.md": "C. consom., art. L. 215-4: the law's own words, in full",
}
# Names that nobody may word otherwise.
NAMES = {"cc by 4 0 https creativecommons org licenses by 4 0": "a licence with its address"}
_REPRODUCING = {Path(name).parent.name for name in REPRODUCED}
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Shared:
    """A run of words that one of our files has in common with a file of the folder, as long as it goes on."""

    ours: str
    theirs: str
    words: str

    def __str__(self) -> str:
        return f"{self.ours}: « {self.words} » is also in {self.theirs}"


def words_of(text: str) -> list[str]:
    """The words of a text, plain."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae")).casefold()
    return _WORD.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))


def shared(ours: Mapping[str, str], theirs: Mapping[str, str], *, run: int = RUN) -> Iterator[Shared]:
    """The longest runs of at least so many words that texts have in common, each with the names of the two texts."""
    places: dict[tuple[str, ...], str] = {}
    for name, text in theirs.items():
        their_words = words_of(text)
        for start in range(len(their_words) - run + 1):
            places.setdefault(tuple(their_words[start : start + run]), name)
    for name, text in ours.items():
        yield from _runs(name, words_of(text), places, run)


def _runs(name: str, words: list[str], places: Mapping[tuple[str, ...], str], run: int) -> Iterator[Shared]:
    start = 0
    while start <= len(words) - run:
        theirs = places.get(tuple(words[start : start + run]))
        end = start + run
        while theirs is not None and end < len(words) and tuple(words[end - run + 1 : end + 1]) in places:
            end += 1
        if theirs is not None:
            yield Shared(name, theirs, " ".join(words[start:end]))
        start = end - run + 1 if theirs is not None else start + 1


def our_texts() -> dict[str, str]:
    """Every text of the library and of the documentation by its path, and the contracts of the examples; not those reproduced."""
    files = sorted({file for pattern in OURS for file in ROOT.glob(pattern) if file.is_file()})
    names = {file.relative_to(ROOT).as_posix(): file for file in files}
    return {name: file.read_text("utf-8") for name, file in names.items() if name not in REPRODUCED} | dict(_contracts())


def _contracts() -> Iterator[tuple[str, str]]:
    """The contracts of the examples, in which a clause and a value may meet in a sentence that no file holds."""
    library = loader.french()
    for file in sorted((ROOT / "examples").glob("*.answers.yaml")):
        text = assemble(scope(read_answers(file.read_bytes()), library), library, on=DAY)
        yield f"contract of {file.name}", "\n".join(section.plain for section in text.sections() if section.clause not in _REPRODUCING)


def texts_in(folder: Path) -> dict[str, str]:
    """The .txt files of a folder, by their path in it."""
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8", errors="replace") for file in sorted(folder.rglob("*.txt"))}


def main(arguments: list[str]) -> int:
    """Tell each run in common; 1 when there is one, 2 when the folder holds no text."""
    folder = Path(arguments[0]) if len(arguments) == 1 else None
    theirs = texts_in(folder) if folder else {}
    if not theirs:
        print("Give a folder that holds .txt files: python -m tools.common_text DIR", file=sys.stderr)
        return 2
    found: dict[str, list[Shared]] = defaultdict(list)
    for one in shared(our_texts(), theirs):
        if one.words not in NAMES:
            found[one.ours].append(one)
    for several in found.values():
        print(*several, sep="\n")
    print(f"{sum(map(len, found.values()))} runs of {RUN} words in common with {len(theirs)} files.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
