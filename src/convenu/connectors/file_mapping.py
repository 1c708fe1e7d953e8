"""What the correspondences of every export have in common: a form of file, columns under names of ours, presets of known tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from convenu.terms.refused_values import mistakes_of
from convenu.terms.values import Line, Value
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.yaml_text import YamlText, suggest


def _delimiter(written: str) -> str:
    if written not in (",", ";", "\t", "|"):
        raise ValueError(f"séparateur « {written[:10]} » inconnu : écrivez « , », « ; », « | » ou « \\t » entre guillemets")
    return written


class FileMapping(Value):
    """How to read the columns of one export; `known` are our columns, each with the headers under which tools are likely to export it."""

    known: ClassVar[Mapping[str, Sequence[str]]] = {}
    presets_in: ClassVar[str] = ""

    source: Line | None = None
    delimiter: Annotated[str, AfterValidator(_delimiter)] | None = None
    encoding: Line | None = None
    sheet: Line | None = None
    dates: Literal["iso", "day_first", "month_first"] | None = None
    columns: dict[str, Line] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known_columns(self) -> Self:
        for name in self.columns:
            if name not in self.known:
                told = f"Connues : {', '.join(self.known)}."
                raise ValueError(f"colonne « {name} » inconnue. {suggest(name, list(self.known)) or told}")
        return self

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which nothing can be read."""
        return ()

    def column(self, name: str) -> str:
        """The header of a column of ours, empty without one; a mapping that names no column reads a file that bears our own names."""
        return self.columns.get(name, "") if self.columns else name

    def places(self, columns: Sequence[str]) -> dict[str, int]:
        """Where each column of ours stands among these headers."""
        return {name: columns.index(self.column(name)) for name in self.known if self.column(name) in columns}

    def lacking(self, columns: tuple[str, ...]) -> list[Mistake]:
        """What a file with these headers does not have, each with the header that may be meant."""
        present = set(columns)
        told = [
            Mistake(f"columns.{name}", f"aucune colonne « {header} » dans le fichier", suggest(header, list(columns)))
            for name, header in self.columns.items()
            if header not in present
        ]
        for name in self.needed:
            if name not in self.columns and (self.columns or name not in present):
                likely = self.likely_header(name, columns)
                meant = f"Écrivez « {name}: {likely} » si c’est bien elle." if likely else f"Colonnes du fichier : {', '.join(columns)}."
                told.append(Mistake(f"columns.{name}", "colonne nécessaire, sans correspondance", meant))
        return told

    @classmethod
    def likely_header(cls, name: str, columns: Sequence[str]) -> str:
        """The header that a column of ours is likely to have in a file, empty when none looks like it: proposed, never taken."""
        by_word = {header.casefold(): header for header in reversed(columns)}
        return next((by_word[word] for word in cls.known[name] if word in by_word), "")

    @classmethod
    def presets(cls) -> list[str]:
        """The tools whose export is known."""
        return sorted(one.name.removesuffix(".yaml") for one in files(cls.presets_in).iterdir() if one.name.endswith(".yaml"))

    @classmethod
    def preset(cls, name: str, where: str = "preset") -> dict[str, Any]:
        """The correspondence of a tool whose export is known; another name is a mistake."""
        if name not in cls.presets():
            raise MistakesError([Mistake(where, f"aucune correspondance « {name} »", f"Connues : {', '.join(cls.presets())}.")])
        return _as_text(yaml_text.read(files(cls.presets_in).joinpath(f"{name}.yaml").read_bytes()).data)

    @classmethod
    def read(cls, text: YamlText) -> Self:
        """Read a mapping file, over the preset that it names; raises `MistakesError` with every mistake of it."""
        if not isinstance(text.data, dict):
            raise MistakesError([Mistake(text.where(()), "le fichier doit être une liste de « clé : valeur »")])
        given = dict(text.data)
        named = given.pop("preset", None)
        base = {} if named is None else cls.preset(str(named), text.where(("preset",)))
        try:
            return cls.model_validate({**base, **_as_text(given)})
        except ValidationError as error:
            raise MistakesError(mistakes_of(error, text, cls)) from error


def _as_text(data: dict[str, Any]) -> dict[str, Any]:
    """A priority, a status or a kind is a word, even when the tool writes a number."""
    return {name: {str(key): value for key, value in part.items()} if isinstance(part, dict) else part for name, part in data.items()}
