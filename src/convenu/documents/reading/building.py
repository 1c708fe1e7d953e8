"""The text of a document while it is read: blocks laid one after another, with their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from convenu.documents.reading import refusals
from convenu.documents.reading.contents import with_contents_marked
from convenu.documents.reading.typed import is_page_number, what_it_is
from convenu.vocabulary.read_text import Position, ReadBlock, ReadKind, ReadText

_BETWEEN_BLOCKS = "\n\n"
_BETWEEN_ROWS = "\n"
_BETWEEN_CELLS = " | "
_MOST_EDGES = 3
_LONGEST_EDGE = 120
_TOLD = {
    "inserted": (
        "Une insertion en suivi des modifications est lue comme acceptée.",
        "{} insertions en suivi des modifications sont lues comme acceptées.",
    ),
    "deleted": (
        "Une suppression en suivi des modifications est lue comme acceptée : ses mots sont laissés de côté.",
        "{} suppressions en suivi des modifications sont lues comme acceptées : leurs mots sont laissés de côté.",
    ),
    "hidden": (
        "Un passage masqué, qui ne s'imprime pas, est laissé de côté.",
        "{} passages masqués, qui ne s'impriment pas, sont laissés de côté.",
    ),
    "struck": (
        "Un passage barré est laissé de côté.",
        "{} passages barrés sont laissés de côté.",
    ),
    "unfilled": ("Un champ à remplir ne l'est pas : son invite est lue.", "{} champs à remplir ne le sont pas : leur invite est lue."),
    "pictures": ("Une image n'est pas lue.", "{} images ne sont pas lues."),
    "objects": (
        "Un objet inséré (formule, feuille de calcul) n'est pas lu.",
        "{} objets insérés (formules, feuilles de calcul) ne sont pas lus.",
    ),
    "comments": (
        "Un commentaire est lu à part : il ne fait pas partie du contrat.",
        "{} commentaires sont lus à part : ils ne font pas partie du contrat.",
    ),
    "chunk": ("Un document inséré dans celui-ci n'est pas lu.", "{} documents insérés dans celui-ci ne sont pas lus."),
}


class TextBuilder:
    """Lays blocks one after another; `page` is that of the blocks to come, and the paragraphs of each page are counted."""

    def __init__(self) -> None:
        self.page: int | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[ReadBlock] = []
        self._told: dict[str, None] = {}
        self._paragraphs: Counter[int | None] = Counter()

    def add(self, kind: ReadKind, words: str, *, level: int | None = None, number: str = "") -> None:
        """A block of these words, after its printed number; nothing when there is no word, unless a heading is its number alone."""
        words = words.strip()
        if words or (number and kind is ReadKind.HEADING):
            self.add_typed(kind, f"{number} {words}", level=level, number=number)

    def add_heading(self, words: str, *, level: int | None, number: str = "") -> None:
        """A heading, after the number that a list prints or with the one that is typed in it."""
        if number:
            self.add(ReadKind.HEADING, words, level=level, number=number)
        else:
            self.add_typed(ReadKind.HEADING, words, level=level, number=what_it_is(words).number)

    def add_typed(self, kind: ReadKind, words: str, *, level: int | None = None, number: str = "") -> None:
        """A block whose number, if it has one, is typed in its words."""
        words = words.strip()
        if words:
            start = self._open(kind)
            self._write(words)
            self._close(kind, start, level=level, number=number)

    def add_row(self, cells: Sequence[str], *, above: Sequence[int | None] = ()) -> None:
        """A row of a table; `above[i]` is the cell of the former row that goes on in cell `i`: its words are not repeated, its place is."""
        if not any(cell.strip() for cell in cells):
            return
        former = self._blocks[-1].cells if self._blocks and self._blocks[-1].kind is ReadKind.ROW else ()
        start = self._open(ReadKind.ROW)
        places: list[tuple[int, int]] = []
        for index, cell in enumerate(cells):
            continued = above[index] if index < len(above) else None
            if continued is not None and continued < len(former):
                places.append(former[continued])
                continue
            if self._length > start:
                self._write(_BETWEEN_CELLS)
            first = self._length
            self._write(cell.strip())
            places.append((first, self._length))
        self._close(ReadKind.ROW, start, cells=tuple(places))

    def tell(self, sentence: str) -> None:
        """Something that the reader of the document must know: what was left out, or how it was read."""
        self._told[sentence] = None

    def tell_edges(self, edges: Iterable[str]) -> None:
        """Headers and footers that were left out, the first ones."""
        told = dict.fromkeys(" ".join(words.split()) for words in edges if not is_page_number(words))
        for words in list(told)[:_MOST_EDGES]:
            shown = words if len(words) <= _LONGEST_EDGE else f"{words[:_LONGEST_EDGE].rstrip()}…"
            self.tell(f"« {shown} » : en-tête ou pied de page, laissé de côté.")

    def tell_counts(self, seen: Mapping[str, int]) -> None:
        """What a word processor's file holds besides its plain words, counted by the kinds of `_TOLD`."""
        for kind, (one, many) in _TOLD.items():
            if seen.get(kind):
                self.tell(one if seen[kind] == 1 else many.format(seen[kind]))

    def finish(self, name: str, *, pictures: bool = False) -> ReadText:
        """The whole document; refused when it holds no word, and said to be `pictures` alone when the file has some."""
        if not self._blocks:
            raise refusals.only_pictures() if pictures else refusals.empty()
        text = "".join(self._pieces)
        return ReadText(name=name, text=text, blocks=with_contents_marked(text, self._blocks), not_read=tuple(self._told))

    def _open(self, kind: ReadKind) -> int:
        if self._blocks:
            rows = kind is ReadKind.ROW and self._blocks[-1].kind is ReadKind.ROW
            self._write(_BETWEEN_ROWS if rows else _BETWEEN_BLOCKS)
        return self._length

    def _write(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)
        if self._length > refusals.MAX_CHARACTERS:
            raise refusals.too_long()

    def _close(
        self, kind: ReadKind, start: int, *, level: int | None = None, number: str = "", cells: tuple[tuple[int, int], ...] = ()
    ) -> None:
        self._paragraphs[self.page] += 1
        position = Position(self.page, self._paragraphs[self.page])
        self._blocks.append(ReadBlock(kind=kind, start=start, end=self._length, level=level, number=number, position=position, cells=cells))
