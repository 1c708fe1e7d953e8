"""The small language clauses are written in: read once with Jinja2's parser, checked word by word, then evaluated by us.

Nothing of Jinja2 runs: its sandbox bounds neither time nor memory. Only these forms exist: the value of a term, of `law.<figure>` or of a
loop variable's field; `if` on `stated`, `none`, `unknown`, `included` and equality with a word; `for` over a list of the terms;
the named filters below. Every name and every field is checked against the types of the terms when the library is loaded.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, get_origin, get_type_hints

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from convenu.agreement.clause_mistakes import ClauseMistake, ClauseSyntaxError
from convenu.agreement.derived import DERIVED
from convenu.terms import values
from convenu.terms.closed_lists import Choice
from convenu.terms.contract import TERM_KEYS, Terms
from convenu.terms.types import item_type, type_of, unwrap
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.same import Same
from convenu.vocabulary.span import Span
from convenu.vocabulary.yaml_text import suggest

MAX_NESTING = 2
_PARSER = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
_FILTER_TYPES: dict[str, tuple[type, ...]] = {
    "euros": (Money,),
    "durée": (Span,),
    "pourcent": (Percent,),
    "points": (Percent,),
    "date": (date,),
    "date_courte": (date,),
    "mois": (date,),
    "heure": (time,),
    "nombre": (int, Decimal),
    "libellé": (Choice,),
    "minuscule": (str, Choice),
    "majuscule": (str, Choice),
    "siren": (str,),
    "fuseau": (str,),
    "liste": (tuple,),
    "ou": (tuple,),
}
FILTERS = (*_FILTER_TYPES, "article", "cite")
_KINDS: tuple[tuple[type, str], ...] = (
    (Money, "un montant"),
    (Span, "une durée"),
    (Percent, "un pourcentage"),
    (date, "une date"),
    (time, "une heure"),
    (bool, "un terme par oui ou non"),
    (Choice, "une valeur d’une liste fermée"),
    (int, "un nombre"),
    (Decimal, "un nombre"),
    (str, "un texte"),
    (tuple, "une liste"),
    (BaseModel, "une valeur composée"),
)
_PROBLEMS = (
    (
        "expected token 'end of print statement'",
        "une valeur s’écrit d’un seul mot entre accolades",
        "Écrivez « {{ terme }} » ou « {{ terme | filtre }} ».",
    ),
    ("expected 'end of print statement'", "des accolades ne sont pas refermées", "Ajoutez « }} »."),
    ("Unexpected end of template", "un « if » ou un « for » n’est pas refermé", "Ajoutez {% endif %} ou {% endfor %}."),
    ("unexpected end of template", "un « if » ou un « for » n’est pas refermé", "Ajoutez {% endif %} ou {% endfor %}."),
    (
        "Encountered unknown tag",
        "ce mot n’existe pas entre {% et %}",
        "Il y a « if », « elif », « else », « endif », « for » et « endfor ».",
    ),
    ("No test named", "cette question n’existe pas après « is »", "Il y a « stated », « none », « unknown » et « included »."),
    ("No filter named", "ce filtre n’existe pas", f"Filtres : {', '.join(FILTERS)}."),
)
_INSTEAD_OF_A_FIGURE = "Un chiffre vient d’un terme ou de la loi : mettez « {{ terme }} », ou « cite » pour un texte de loi."
_TESTS = ("stated", "none", "unknown", "included")
# A figure with the word after it, the way a reader quotes it.
TYPED_FIGURE = re.compile(r"\d[\d\u00a0\u202f .,]*(?:%|€|[^\W\d_]+)?")
NUMBER_WORDS = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|quarante-cinq|soixante|quatre-vingt-dix|cent|mille)\s+"
    r"(?:premiers?\s+|derniers?\s+)?(?:minutes?|heures?|jours?|semaines?|mois|ans?|années?|euros?|pour\s+cent|fois)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A clause's text, read and checked: its tree, its own words (« … » for what it prints), the terms and the clauses it names."""

    clause: str
    body: tuple[nodes.Node, ...]
    names: frozenset[str]
    law: frozenset[str]
    references: frozenset[str]
    unguarded: frozenset[str]
    citations: frozenset[str]
    lists_definitions: bool
    words: str
    # Brands and products that the text names, capitals and all.
    proper_names: tuple[str, ...] = ()


# A text is read once, however many releases of the library hold it and however often a clause takes another of its wordings.
@lru_cache(maxsize=2048)
def parse(clause: str, text: str, proper_names: tuple[str, ...] = ()) -> Parsed:
    """Read a clause's text; all that is outside the language is raised at once in a `ClauseSyntaxError`, each with its line."""
    try:
        tree = _PARSER.parse(text)
    except TemplateSyntaxError as error:
        raise ClauseSyntaxError([_unreadable(clause, error)]) from error
    checker = _Checker(clause)
    checker.block(tree.body, {})
    if checker.mistakes:
        raise ClauseSyntaxError(checker.mistakes)
    return Parsed(
        clause,
        tuple(tree.body),
        frozenset(checker.names),
        frozenset(checker.law),
        frozenset(checker.references),
        frozenset(checker.unguarded),
        frozenset(checker.citations),
        checker.lists_definitions,
        "".join(checker.own_words),
        proper_names,
    )


def _unreadable(clause: str, error: TemplateSyntaxError) -> ClauseMistake:
    """What Jinja2's parser stumbled on, in French: its own words name marks that the author of a clause knows."""
    told = error.message or ""
    for sign, message, suggestion in _PROBLEMS:
        if sign in told:
            return ClauseMistake(clause, error.lineno, message, suggestion)
    return ClauseMistake(clause, error.lineno, "les accolades ne se lisent pas", "Écrivez « {{ terme }} » ou « {% if terme is stated %} ».")


def sources_of(name: str) -> tuple[str, ...]:
    """The terms behind a name: itself, or what a derived value is made from."""
    return DERIVED[name].sources if name in DERIVED else (name,)


def _type_of_name(name: str) -> Any:
    if name in DERIVED:
        return DERIVED[name].kind
    return type_of(name)


def _field_type(owner: Any, name: str) -> Any:
    """The type of a field or property of a structured value; None when it has none of that name."""
    if not isinstance(owner, type) or not (issubclass(owner, BaseModel) or dataclasses.is_dataclass(owner)):
        return None
    if issubclass(owner, BaseModel) and name in owner.model_fields:
        return unwrap(owner.model_fields[name].annotation)
    if dataclasses.is_dataclass(owner) and name in {part.name for part in dataclasses.fields(owner)}:
        return unwrap(get_type_hints(owner)[name])
    found = getattr(owner, name, None)
    if isinstance(found, property) and found.fget is not None and not name.startswith(("_", "model_")):
        return unwrap(get_type_hints(found.fget).get("return"))
    return None


class _RefusedError(Exception):
    """One form was refused; the checker notes it and goes on with the next."""

    def __init__(self, mistake: ClauseMistake) -> None:
        self.mistake = mistake
        super().__init__(mistake.message)


def _named_kind(kind: Any) -> str:
    """A type as the author of a clause would call it."""
    plain = get_origin(kind) or kind
    if isinstance(plain, type):
        for type_, name in _KINDS:
            if issubclass(plain, type_):
                return name
    return "cette valeur"


class _Checker:
    """Walks a clause's tree once and notes what is not in the language."""

    def __init__(self, clause: str) -> None:
        self.clause = clause
        self.mistakes: list[ClauseMistake] = []
        self.names: set[str] = set()
        self.law: set[str] = set()
        self.references: set[str] = set()
        self.unguarded: set[str] = set()
        self.citations: set[str] = set()
        self.lists_definitions = False
        self.own_words: list[str] = []
        self._open_guards: list[str] = []
        self._nesting = 0

    def refuse(self, node: nodes.Node, message: str, suggestion: str = "") -> _RefusedError:
        return _RefusedError(ClauseMistake(self.clause, node.lineno, message, suggestion))

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what is refused inside, and go on after it."""
        try:
            yield
        except _RefusedError as refused:
            self.mistakes.append(refused.mistake)

    def block(self, body: list[nodes.Node], scope: Mapping[str, Any]) -> None:
        for node in body:
            with self.noting():
                match node:
                    case nodes.Output():
                        self.output(node, scope)
                    case nodes.If():
                        self.branch(node, scope)
                    case nodes.For():
                        self.loop(node, scope)
                    case _:
                        raise self.refuse(
                            node,
                            f"« {type(node).__name__.lower()} » n’est pas dans le langage des clauses",
                            "Il a des valeurs, « if » et « for ».",
                        )

    def output(self, node: nodes.Output, scope: Mapping[str, Any]) -> None:
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self.words(part)
                self.own_words.append(part.data)
            else:
                self.own_words.append("…")
                with self.noting():
                    self.printed(part, scope)

    def words(self, data: nodes.TemplateData) -> None:
        for number, line in enumerate(data.data.split("\n"), start=data.lineno):
            self.mistakes += [
                ClauseMistake(self.clause, number, f"« {typed[0].strip()} » est tapé dans le texte", _INSTEAD_OF_A_FIGURE)
                for pattern in (TYPED_FIGURE, NUMBER_WORDS)
                for typed in pattern.finditer(line)
            ]

    def printed(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        if isinstance(node, nodes.Filter):
            self.filtered(node, scope)
            return
        kind = self.expression(node, scope)
        if not _printable(kind):
            raise self.refuse(node, f"{_named_kind(kind)} ne s’écrit pas tel quel", "Écrivez une de ses parties : « {{ terme.partie }} ».")

    def filtered(self, node: nodes.Filter, scope: Mapping[str, Any]) -> None:
        if node.name not in FILTERS or node.args or node.kwargs or node.node is None:
            raise self.refuse(node, f"aucun filtre « {node.name} » sans argument", f"Filtres : {', '.join(FILTERS)}.")
        if node.name in ("article", "cite"):
            if not isinstance(node.node, nodes.Const) or not isinstance(node.node.value, str):
                raise self.refuse(node, f"« {node.name} » suit un mot entre guillemets", f'Écrivez {{{{ "clé" | {node.name} }}}}.')
            (self.references if node.name == "article" else self.citations).add(node.node.value)
            if node.name == "article" and node.node.value not in self._open_guards:
                self.unguarded.add(node.node.value)
            return
        kind = self.expression(node.node, scope)
        wanted = _FILTER_TYPES[node.name]
        plain = get_origin(kind) or kind
        if not (isinstance(plain, type) and issubclass(plain, wanted)):
            raise self.refuse(node, f"« {node.name} » ne va pas avec {_named_kind(kind)}")

    def expression(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
        """The type of a printed or compared expression."""
        match node:
            case nodes.Name(name=name):
                if name in scope:
                    return scope[name]
                if name == "definitions":
                    self.lists_definitions = True
                    return tuple[Definition, ...]
                if name in TERM_KEYS or name in DERIVED:
                    self.names.add(name)
                    return _type_of_name(name)
                raise self.refuse(node, f"aucun terme ne s’appelle « {name} »", suggest(name, [*TERM_KEYS, *DERIVED, *scope]))
            case nodes.Getattr(node=nodes.Name(name="law"), attr=attribute) if "law" not in scope:
                self.law.add(attribute)
                return Decimal
            case nodes.Getattr(node=owner, attr=attribute):
                kind = _field_type(self.expression(owner, scope), attribute)
                if kind is None:
                    raise self.refuse(node, f"rien ne s’appelle « {attribute} » ici")
                return kind
            case _:
                raise self.refuse(
                    node,
                    "cette forme n’est pas dans le langage des clauses",
                    "Entre accolades : un terme, « terme.partie » ou « law.chiffre ».",
                )

    def branch(self, node: nodes.If, scope: Mapping[str, Any]) -> None:
        guards: list[str] = []
        with self.noting():
            guards = list(self.condition(node.test, scope))
        self._open_guards += guards
        self.block(node.body, scope)
        del self._open_guards[len(self._open_guards) - len(guards) :]
        for other in node.elif_:
            self.branch(other, scope)
        self.block(node.else_, scope)

    def condition(self, node: nodes.Node, scope: Mapping[str, Any]) -> Iterator[str]:
        """Check a condition; yields the clauses that it makes sure are included."""
        match node:
            case nodes.Test(node=nodes.Const(value=str() as key), name="included"):
                self.references.add(key)
                yield key
            case nodes.Test(name=name, args=[], kwargs=[]) if name in _TESTS and name != "included":
                self.expression(node.node, scope)
            case nodes.Compare(expr=expr, ops=[nodes.Operand(op="eq" | "ne", expr=nodes.Const(value=value))]):
                self.comparison(node, self.expression(expr, scope), value)
            case nodes.Not(node=inner):
                list(self.condition(inner, scope))
            case nodes.And(left=left, right=right):
                yield from self.condition(left, scope)
                yield from self.condition(right, scope)
            case nodes.Or(left=left, right=right):
                list(self.condition(left, scope))
                list(self.condition(right, scope))
            case _:
                raise self.refuse(
                    node,
                    "cette condition n’est pas dans le langage des clauses",
                    'Un « if » demande « is stated », « is none », « is unknown », « is included » ou « == "mot" ».',
                )

    def comparison(self, node: nodes.Node, kind: Any, value: Any) -> None:
        if isinstance(kind, type) and issubclass(kind, Choice):
            if value not in {member.value for member in kind}:
                members = [member.value for member in kind]
                raise self.refuse(
                    node, f"« {value} » n’est pas dans la liste", suggest(str(value), members) or f"La liste : {', '.join(members)}."
                )
        elif kind is bool:
            if not isinstance(value, bool):
                raise self.refuse(node, "un terme par oui ou non se compare à true ou false")
        else:
            raise self.refuse(node, f"{_named_kind(kind)} ne se compare pas", "Demandez « is stated » ou « is none ».")

    def loop(self, node: nodes.For, scope: Mapping[str, Any]) -> None:
        if not isinstance(node.target, nodes.Name) or node.test is not None or node.else_ or node.recursive:
            raise self.refuse(node, "une boucle s’écrit « for un in liste »")
        if self._nesting >= MAX_NESTING:
            raise self.refuse(node, f"des boucles s’imbriquent à {MAX_NESTING} niveaux au plus")
        item = item_type(self.expression(node.iter, scope))
        if item is None:
            raise self.refuse(node, "une boucle parcourt une liste des termes")
        if node.target.name in TERM_KEYS or node.target.name in DERIVED or node.target.name in ("law", "definitions"):
            raise self.refuse(node, f"« {node.target.name} » est déjà un terme", "Donnez un autre nom à la variable de la boucle.")
        self._nesting += 1
        self.block(node.body, {**scope, node.target.name: item})
        self._nesting -= 1


def _printable(kind: Any) -> bool:
    if get_origin(kind) is tuple:
        return _printable(item_type(kind))
    if not isinstance(kind, type):
        return False
    return not issubclass(kind, BaseModel) or kind in (values.Address, values.Contact)


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term and its meaning."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands for a value that is unknown, or that there is none of."""

    key: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one clause reads of a contract: the same reading always prints the same words."""

    values: tuple[Any, ...]
    law: tuple[Any, ...]
    included: frozenset[str]
    definitions: tuple[Definition, ...] = ()


@dataclass(slots=True)
class Scope:
    """What clauses are evaluated with; a name is looked up once for some terms, however many clauses read it and however often."""

    terms: Terms
    law: Mapping[str, Any]
    law_labels: Mapping[str, str]
    included: frozenset[str]
    definitions: tuple[Definition, ...] = ()
    _found: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._found = _found_in(Same(self.terms))

    def read(self, parsed: Parsed) -> Reading:
        """What a clause reads here: values in the order of its names, figures in the order of its law."""
        return Reading(
            tuple([self._value(name) for name in parsed.names]),
            tuple([self.law.get(name, Missing(self.law_labels.get(name, name), unknown=True)) for name in parsed.law]),
            parsed.references & self.included,
            self.definitions if parsed.lists_definitions else (),
        )

    def _value(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = _named(name, self.terms)
        return self._found[name]


# The same terms are read when their answers are judged, when they are written and when what was written is looked at.
@lru_cache(maxsize=8)
def _found_in(_terms: Same[Terms]) -> dict[str, Any]:
    """What was found so far in some terms, by name; filled as clauses are read."""
    return {}


@dataclass(frozen=True, slots=True)
class Printed:
    """One thing a clause prints: plain words, a value, a reference, a citation, or an open point."""

    kind: str
    value: Any
    terms: tuple[str, ...] = ()
    filter: str | None = None


class _Evaluation:
    """One clause being evaluated: what it reads, and the loops that are running."""

    def __init__(self, parsed: Parsed, reading: Reading) -> None:
        self.values = dict(zip(parsed.names, reading.values, strict=True))
        self.law = dict(zip(parsed.law, reading.law, strict=True))
        self.included = reading.included
        self.definitions = reading.definitions
        self.proper_names = parsed.proper_names
        self.variables: dict[str, Any] = {}
        self.sources: dict[str, tuple[str, ...]] = {}
        self.compared: set[str] = set()
        self.figures: set[str] = set()
        self.printed: list[Printed] = []

    def run(self, body: tuple[nodes.Node, ...]) -> list[Printed]:
        """What the whole text prints."""
        _run(body, self)
        return self.printed


def evaluate(parsed: Parsed, reading: Reading) -> list[Printed]:
    """What the clause prints with what it reads, piece by piece."""
    return _Evaluation(parsed, reading).run(parsed.body)


@lru_cache(maxsize=1024)
def said(parsed: Parsed, reading: Reading) -> frozenset[str]:
    """The terms that a text says with what it reads: those whose value it prints, or chooses its words by."""
    scope = _Evaluation(parsed, reading)
    printed = {key for piece in scope.run(parsed.body) for key in piece.terms}
    return frozenset(printed | scope.compared)


@lru_cache(maxsize=1024)
def figures_said(parsed: Parsed, reading: Reading) -> frozenset[str]:
    """The figures of the law that a text says with what it reads: those of the branches that it takes."""
    scope = _Evaluation(parsed, reading)
    scope.run(parsed.body)
    return frozenset(scope.figures)


def _run(body: tuple[nodes.Node, ...] | list[nodes.Node], scope: _Evaluation) -> None:
    """Print some nodes after what is printed already."""
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if isinstance(part, nodes.TemplateData):
                    scope.printed += _own_words(part.data, scope.proper_names)
                else:
                    scope.printed.append(_print(part, scope))
        elif isinstance(node, nodes.If):
            _run(_chosen(node, scope), scope)
        elif isinstance(node, nodes.For):
            _loop(node, scope)


# A text's own words are printed again and again, whatever it reads.
@lru_cache(maxsize=16384)
def _own_words(words: str, names: tuple[str, ...]) -> tuple[Printed, ...]:
    """A text's own words, with the proper names in them apart."""
    if not names:
        return (Printed("words", words),)
    parts = enumerate(finding_names(names).split(words))
    return tuple(Printed("name" if rank % 2 else "words", part) for rank, part in parts if part)


@lru_cache(maxsize=256)
def finding_names(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds these proper names as whole words, the longest first; the name is its one group."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(re.escape(name) for name in longest_first)})(?!\w)")


def _loop(node: nodes.For, scope: _Evaluation) -> None:
    items, sources = _value(node.iter, scope)
    if isinstance(items, Missing):
        if items.unknown:
            scope.printed.append(Printed("to_confirm", items.key, sources))
            if _ends_a_line(node.body):
                scope.printed.append(Printed("words", "\n\n"))
        return
    name = node.target.name  # type: ignore[attr-defined]
    for item in items:
        scope.variables[name], scope.sources[name] = item, sources
        _run(node.body, scope)
    scope.variables.pop(name, None)


def _ends_a_line(body: list[nodes.Node]) -> bool:
    """Whether a loop writes lines of their own, so that what stands for it must not run into the words after it."""
    last = body[-1] if body else None
    if isinstance(last, nodes.If):
        return _ends_a_line(last.body)
    part = last.nodes[-1] if isinstance(last, nodes.Output) and last.nodes else None
    return isinstance(part, nodes.TemplateData) and part.data.endswith("\n")


def _chosen(node: nodes.If, scope: _Evaluation) -> list[nodes.Node]:
    if _true(node.test, scope):
        return node.body
    for other in node.elif_:
        if _true(other.test, scope):
            return other.body
    return node.else_


def _true(node: nodes.Node, scope: _Evaluation) -> bool:
    match node:
        case nodes.Test(node=nodes.Const(value=key), name="included"):
            return key in scope.included
        case nodes.Test(node=inner, name=name):
            found, _ = _value(inner, scope)
            unknown = isinstance(found, Missing) and found.unknown
            empty = found is None or found == () or (isinstance(found, Missing) and not found.unknown)
            return {"unknown": unknown, "none": empty, "stated": not unknown and not empty}[name]
        case nodes.Compare(expr=expr, ops=[operand]):
            found, sources = _value(expr, scope)
            scope.compared.update(sources)
            same = not isinstance(found, Missing) and found == operand.expr.value  # type: ignore[attr-defined]
            return same if operand.op == "eq" else not same
        case nodes.Not(node=inner):
            return not _true(inner, scope)
        case nodes.And(left=left, right=right):
            return _true(left, scope) and _true(right, scope)
        case nodes.Or(left=left, right=right):
            return _true(left, scope) or _true(right, scope)
        case _:  # pragma: no cover - refused when the clause was read
            raise TypeError(type(node).__name__)


def _value(node: nodes.Node, scope: _Evaluation) -> tuple[Any, tuple[str, ...]]:
    """The value of an expression and the terms it comes from."""
    match node:
        case nodes.Name(name=name) if name in scope.variables:
            return scope.variables[name], scope.sources.get(name, ())
        case nodes.Name(name="definitions"):
            return scope.definitions, ()
        case nodes.Name(name=name):
            return scope.values[name], sources_of(name)
        case nodes.Getattr(node=nodes.Name(name="law"), attr=attribute) if "law" not in scope.variables:
            scope.figures.add(attribute)
            return scope.law[attribute], ()
        case nodes.Getattr(node=owner, attr=attribute):
            found, sources = _value(owner, scope)
            return (found if isinstance(found, Missing) else getattr(found, attribute)), sources
        case _:  # pragma: no cover - refused when the clause was read
            raise TypeError(type(node).__name__)


def _named(name: str, terms: Terms) -> Any:
    if name not in DERIVED:
        term = terms.term(name)
        return term.value if term.stated else Missing(name, unknown=term.unknown)
    derived = DERIVED[name]
    found = derived.compute(terms)
    if found is not None and found != ():
        return found
    unknown = next((key for key in derived.sources if terms.term(key).unknown), None)
    return Missing(unknown or name, unknown=unknown is not None)


def _print(node: nodes.Node, scope: _Evaluation) -> Printed:
    if isinstance(node, nodes.Filter) and node.name in ("article", "cite"):
        return Printed("reference" if node.name == "article" else "citation", node.node.value)  # type: ignore[union-attr]
    inner, filter_name = (node.node, node.name) if isinstance(node, nodes.Filter) and node.node is not None else (node, None)
    found, sources = _value(inner, scope)
    if isinstance(found, Missing) and found.unknown:
        return Printed("to_confirm", found.key, sources or ((found.key,) if found.key in TERM_KEYS else ()))
    if isinstance(found, Missing) or found is None:
        return Printed("value", None, sources, filter_name)
    return Printed("value", found, sources, filter_name)
