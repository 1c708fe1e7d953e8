"""One safe way to read YAML: plain data only, every value with its line, bounded in size and depth."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from convenu.vocabulary.mistakes import Mistake, MistakesError

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
MAX_VALUES = 60_000
MAX_TEXT = 10_000

Place = tuple[str | int, ...]
# Spaces and marks of nesting at the beginning of a line: « - - - », « ? ? ? » open one level each.
_OPENINGS = re.compile(rf"(?:\A|[\n\r\x85\u2028\u2029])[ \t?:-]{{{20 * MAX_DEPTH},}}")
_BRACKETS = re.compile(r"[][{}]")
# JSON writes a character beyond the first 65,536 as two halves, which YAML does not know.
_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_PROBLEMS = (
    ("mapping values are not allowed", "« : » inattendu", "Mettez entre guillemets un texte qui contient « : », ou vérifiez l’alinéa."),
    ("could not find expected ':'", "« : » manquant après un nom", "Écrivez « nom: valeur »."),
    ("cannot start any token", "tabulation, ou signe réservé en tête d’un texte", "Mettez des espaces, ou le texte entre guillemets."),
    ("unexpected end of stream", "guillemet ouvert et jamais refermé", "Refermez-le."),
    ("unexpected document separator", "guillemet ouvert et jamais refermé", "Refermez-le."),
    ("expected ',' or", "crochet ou accolade mal refermés, ou virgule manquante", "Séparez par des virgules et refermez."),
    ("did not find expected key", "alinéa irrégulier", "Alignez les noms d’un même niveau."),
    ("block sequence entries are not allowed", "« - » inattendu", "Mettez chaque « - » à la ligne."),
    ("escape", "« \\ » mal employé dans un texte entre guillemets", "Doublez la barre, ou employez des guillemets simples."),
    ("but found another document", "plusieurs documents dans un fichier", "Retirez la ligne « --- »."),
)
_INTEGER = re.compile(r"[-+]?\d+")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp")}
_FORBIDDEN_NULLS = {"", "null", "Null", "NULL", "~"}


@dataclass(frozen=True, slots=True)
class YamlText:
    """What a YAML text says, and on which line it says it."""

    data: Any
    lines: Mapping[Place, int] = field(default_factory=dict)

    def where(self, place: Place) -> str:
        """« ligne 12, client_siren » for a place in the data; the nearest known line when the place itself has none."""
        name = ".".join(str(part) for part in place) or "fichier"
        line = self.line(place)
        return f"ligne {line}, {name}" if line else name

    def line(self, place: Place) -> int:
        """The nearest known line of a place."""
        return next((self.lines[place[:length]] for length in range(len(place), -1, -1) if place[:length] in self.lines), 0)


def read(content: bytes | str) -> YamlText:
    """Read a YAML text written by a person; all that is refused is told at once, with its line."""
    text = _decode(content)
    _refuse_deep_text(text)
    try:
        root = yaml.compose(_SURROGATES.sub(_whole_character, text) if text.lstrip()[:1] == "{" else text, Loader=_Composer)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise MistakesError([_unreadable(line, str(error.problem or error.context))]) from error
    except yaml.YAMLError as error:
        raise MistakesError(
            [Mistake("fichier", "YAML illisible : caractère interdit", "Enregistrez le fichier en UTF-8, sans caractère de contrôle.")]
        ) from error
    except RecursionError as error:  # pragma: no cover - the depth guard comes first
        raise MistakesError([_too_deep()]) from error
    if root is None:
        raise MistakesError([Mistake("fichier", "fichier vide", "Écrivez au moins une réponse.")])
    builder = _Builder()
    data = builder.build(root, ())
    if builder.mistakes:
        raise MistakesError(builder.mistakes)
    return YamlText(data, builder.lines)


def suggest(word: str, known: list[str]) -> str:
    """« Vouliez-vous dire … ? » when a known word is near, else nothing."""
    near = difflib.get_close_matches(word, known, n=2, cutoff=0.6)
    return f"Vouliez-vous dire {' ou '.join(f'« {name} »' for name in near)} ?" if near else ""


def _decode(content: bytes | str) -> str:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    if len(content) > MAX_BYTES:
        raise MistakesError(
            [
                Mistake(
                    "fichier",
                    f"le fichier dépasse {MAX_BYTES // 1_000_000} Mo",
                    "Séparez l’inventaire ou retirez ce qui n’est pas une réponse.",
                )
            ]
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise MistakesError(
            [
                Mistake(
                    f"ligne {line}", "le fichier n’est pas en UTF-8", "Enregistrez-le en UTF-8 (menu « Enregistrer sous », codage UTF-8)."
                )
            ]
        ) from error


def _unreadable(line: int, problem: str) -> Mistake:
    """What the parser stumbled on, in the words of somebody who writes such a file."""
    for sign, message, remedy in _PROBLEMS:
        if sign in problem:
            return Mistake(f"ligne {line}", f"YAML illisible : {message}", remedy)
    return Mistake(f"ligne {line}", "YAML illisible à partir d’ici", "Vérifiez l’alinéa et les deux-points.")


def _whole_character(pair: re.Match[str]) -> str:
    return pair[1] + bytes.fromhex(pair[2] + pair[3]).decode("utf-16-be")


def _too_deep() -> Mistake:
    return Mistake(
        "fichier",
        f"plus de {MAX_DEPTH} niveaux imbriqués",
        "Les réponses tiennent en trois ou quatre niveaux : retirez les niveaux inutiles.",
    )


def _refuse_deep_text(text: str) -> None:
    """Stop brackets and indents nested beyond reason before the parser meets them."""
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth = max(0, depth - 1)
    if deepest > 10 * MAX_DEPTH or _OPENINGS.search(text):
        raise MistakesError([_too_deep()])


class _Composer(yaml.CSafeLoader):
    """The C parser, used for its nodes and line numbers only: no tag ever builds an object."""


class _Builder:
    """Turns composed nodes into plain data, noting lines and collecting what is refused."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self.mistakes: list[Mistake] = []
        self._seen: set[int] = set()
        self._count = 0

    def build(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        self._count += 1
        if self._count > MAX_VALUES:
            raise MistakesError([Mistake("fichier", f"plus de {MAX_VALUES} valeurs", "Réduisez le fichier.")])
        if len(place) > MAX_DEPTH:
            raise MistakesError([_too_deep()])
        if id(node) in self._seen:
            return self._refuse(place, "ancre ou alias YAML (& ou *) refusé", "Recopiez la valeur.")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return self._sequence(node, place)
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> Any:
        if node.tag != "tag:yaml.org,2002:map":
            return self._refuse(place, f"étiquette YAML « {node.tag} » refusée", "Retirez le « ! ».")
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                self._refuse((*place, "?"), "clé illisible", "Une clé est un mot simple.")
                continue
            key = key_node.value
            repeated = key in result
            self.lines[(*place, key)] = key_node.start_mark.line + 1
            if repeated:
                self._refuse((*place, key), f"« {key} » est donné deux fois", "Gardez une seule valeur.")
                continue
            result[key] = self.build(value_node, (*place, key))
        return result

    def _sequence(self, node: yaml.SequenceNode, place: Place) -> Any:
        if node.tag != "tag:yaml.org,2002:seq":
            return self._refuse(place, f"étiquette YAML « {node.tag} » refusée", "Retirez le « ! ».")
        return [self.build(item, (*place, index)) for index, item in enumerate(node.value)]

    def _scalar(self, node: yaml.Node, place: Place) -> Any:
        value = str(node.value)
        if len(value) > MAX_TEXT:
            return self._refuse(place, f"texte de {len(value)} caractères, {MAX_TEXT} au plus", "Résumez-le, ou joignez-le au contrat.")
        quoted = getattr(node, "style", None) in ('"', "'", "|", ">")
        if node.tag not in _PLAIN_TAGS:
            return self._refuse(place, f"étiquette YAML « {node.tag} » refusée", "Retirez le « ! ».")
        if quoted:
            return value
        if value in _FORBIDDEN_NULLS:
            return self._refuse(
                place,
                "valeur vide ou « null » refusée",
                "Écrivez « none » (rien n’est convenu), « unknown » (à confirmer), ou retirez la ligne.",
            )
        if value in {"true", "false"}:
            return value == "true"
        if _INTEGER.fullmatch(value) and len(value) < 16 and not (len(value) > 1 and value.startswith("0")):
            return int(value)
        if _DECIMAL.fullmatch(value) and len(value) < 24:
            return Decimal(value)
        return value

    def _refuse(self, place: Place, message: str, suggestion: str) -> None:
        where = YamlText(None, self.lines).where(place)
        self.mistakes.append(Mistake(where, message, suggestion))
