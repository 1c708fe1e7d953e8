"""Break every rule on purpose, one condition at a time, and see whether its cases notice.

`python -m tools.rule_mutations` prints how many of the broken rules were caught and names the survivors. A mutant is one change of one
condition: negated, its bound moved, « and » for « or », a member of its list left out. What only words a message or a remedy is left alone.
"""

from __future__ import annotations

import ast
import copy
import json
import re
import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import convenu.agreement.rule as rule_module
from convenu.agreement.check import check
from convenu.agreement.conditions import Condition
from convenu.agreement.rule import Hit, Look, Rule
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary import yaml_text
from convenu.vocabulary.findings import Finding, Severity, Status
from convenu.vocabulary.french import plain_spaces
from tests.library.test_rule_cases import RULES, Case, cases_of

SOURCES = Path(__file__).parents[1] / "src/convenu/agreement/rules"
# Said to a person or offered as an answer: checked elsewhere, and no condition of the rule.
WORDING = frozenset({"message", "remedy", "change", "terms", "clause"})
SHIFTED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
LibraryRule = Callable[[Look], Iterator[Hit]]


@dataclass(frozen=True)
class Mutant:
    """One broken condition: where, what it was and became, and the rules as they then are."""

    name: str
    rules: tuple[Rule, ...]

    @property
    def caught(self) -> bool:
        """Whether a case of one of its rules no longer says what it should."""
        return any(not _as_written(case, rule) for rule in self.rules for case in _cases(rule.id))


def mutants() -> Iterator[Mutant]:
    """Every mutant of the functions, then of the conditions in the rules' files."""
    for file in sorted(SOURCES.glob("*.py")):
        yield from _of_module(file)
    for rule in french().rules:
        if rule.look:
            yield from _of_condition(rule)


# --- Cases


@dataclass(frozen=True)
class Ready:
    """A case with its terms already read."""

    case: Case
    terms: Terms


@cache
def _cases(rule_id: str) -> tuple[Ready, ...]:
    return tuple(Ready(case, case.terms) for case in cases_of(rule_id))


def _as_written(ready: Ready, rule: Rule) -> bool:
    data = ready.case.data
    try:
        findings = check(ready.terms, ready.case.text, french(), on=ready.case.on, rules=[rule])
    except Exception:  # noqa: BLE001 - a mutant may break anything, and that is noticed
        return False
    found = [one for one in findings if one.status is Status.FOUND]
    expected = {"fires": bool(found), "silent": not findings, "not_verifiable": bool(findings) and not found}[data["expect"]]
    if not expected:
        return False
    if "severity" in data and min(found, key=lambda one: one.severity.rank).severity != Severity(data["severity"]):
        return False
    if not all(_lifted(ready, one) for one in found if one.change):
        return False
    mentions = data.get("mentions", ())
    wanted = [mentions] if isinstance(mentions, str) else mentions
    return all(any(plain_spaces(words) in plain_spaces(one.message) for one in findings) for words in wanted)


def _lifted(ready: Ready, finding: Finding) -> bool:
    """Whether the change that a broken rule offers lifts its finding in the rule as it is."""
    if finding.change is None:
        return True
    after = ready.terms.replace(**{finding.change.term: json.loads(json.dumps(finding.change.value))})
    rule = french().rule(finding.rule)
    return finding.key not in {one.key for one in check(after, ready.case.text, french(), on=ready.case.on, rules=[rule])}


# --- The functions


def _of_module(file: Path) -> Iterator[Mutant]:
    tree = ast.parse(file.read_text("utf-8"))
    owners = _owners(tree)
    for place, node, mutated in _changes(tree):
        rule_ids = owners.get(place, frozenset())
        if not rule_ids:
            continue
        before = ast.unparse(node)
        broken = copy.deepcopy(tree)
        after = _apply(broken, tree, node, mutated)
        looks = _run(file, broken)
        rules = tuple(replace(rule, look=looks[rule.id]) for rule in french().rules if rule.id in rule_ids)
        yield Mutant(f"{file.name} {place}: {before} -> {after}", rules)


def _owners(tree: ast.Module) -> dict[str, frozenset[str]]:
    """The rules that a function or a constant of the module serves, however far."""
    uses: dict[str, set[str]] = defaultdict(set)
    rules: dict[str, str] = {}
    for statement in tree.body:
        for name in _names_defined(statement):
            uses[name] |= {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} - {name}
        if isinstance(statement, ast.FunctionDef):
            for decorator in statement.decorator_list:
                if isinstance(decorator, ast.Call) and decorator.args and isinstance(decorator.args[0], ast.Constant):
                    rules[statement.name] = str(decorator.args[0].value)
    served: dict[str, set[str]] = defaultdict(set)
    for function, rule_id in rules.items():
        seen, ahead = set[str](), [function]
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                served[name].add(rule_id)
                ahead += uses.get(name, ())
    return {name: frozenset(ids) for name, ids in served.items()}


def _names_defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef() | ast.ClassDef():
            return [statement.name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


Change = tuple[str, ast.AST, Callable[[Any], ast.expr]]


def _changes(tree: ast.Module) -> Iterator[Change]:
    for statement in tree.body:
        for place in _names_defined(statement):
            if isinstance(statement, ast.FunctionDef) and not _writes_words(statement):
                for child in statement.body:
                    yield from ((place, node, change) for node, change in _of_node(child))
            elif isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value:
                yield from ((place, node, change) for node, change in _of_constant(statement.value))


def _writes_words(function: ast.FunctionDef) -> bool:
    return isinstance(function.returns, ast.Name) and function.returns.id == "str"


def _of_constant(value: ast.expr) -> Iterator[tuple[ast.AST, Callable[[Any], ast.expr]]]:
    """A bound with a name, one more and one less; a regular expression and a table of words are no bound."""
    inner = value.args[0] if isinstance(value, ast.Call) and len(value.args) == 1 else value
    if isinstance(inner, ast.Constant) and isinstance(inner.value, int) and not isinstance(inner.value, bool):
        yield inner, _one_more
        yield inner, _one_less


def _of_node(node: ast.AST) -> Iterator[tuple[ast.AST, Callable[[Any], ast.expr]]]:
    match node:
        case ast.JoinedStr():
            return
        case ast.If(test=test):
            yield test, _negated
        case ast.comprehension(ifs=tests):
            for test in tests:
                yield test, _negated
        case ast.Compare(ops=[op]) if type(op) in SHIFTED:
            yield node, _shifted
        case ast.BoolOp():
            yield node, _swapped
        case ast.Call(keywords=keywords):
            # Only what is not wording.
            for part in (node.func, *node.args, *(one.value for one in keywords if one.arg not in WORDING)):
                yield from _of_node(part)
            return
        case _:
            pass
    for child in ast.iter_child_nodes(node):
        yield from _of_node(child)


def _one_more(node: ast.Constant) -> ast.expr:
    return ast.Constant(int(str(node.value)) + 1)


def _one_less(node: ast.Constant) -> ast.expr:
    return ast.Constant(int(str(node.value)) - 1)


def _negated(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), node)


def _shifted(node: ast.Compare) -> ast.expr:
    return ast.Compare(node.left, [SHIFTED[type(node.ops[0])]()], node.comparators)


def _swapped(node: ast.BoolOp) -> ast.expr:
    return ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def _apply(broken: ast.Module, tree: ast.Module, node: ast.AST, change: Callable[[Any], ast.expr]) -> str:
    """Change the twin of a node in a copy of its tree; the words of what it became."""
    twin = next(other for one, other in zip(ast.walk(tree), ast.walk(broken), strict=True) if one is node)
    mutated = change(twin)
    for parent in ast.walk(broken):
        for field, value in ast.iter_fields(parent):
            if value is twin:
                setattr(parent, field, mutated)
                return ast.unparse(mutated)
            if isinstance(value, list) and any(one is twin for one in value):
                value[next(rank for rank, one in enumerate(value) if one is twin)] = mutated
                return ast.unparse(mutated)
    raise LookupError("the node stands nowhere in its tree")


def _run(file: Path, tree: ast.Module) -> dict[str, LibraryRule]:
    """The functions of a module, without registering them."""
    looks: dict[str, LibraryRule] = {}

    def collect(rule_id: str) -> Callable[[LibraryRule], LibraryRule]:
        def keep(function: LibraryRule) -> LibraryRule:
            looks[rule_id] = function
            return function

        return keep

    module = types.ModuleType(f"convenu.agreement.rules.{file.stem}")
    real, rule_module.checks = rule_module.checks, collect
    try:
        exec(compile(ast.fix_missing_locations(tree), str(file), "exec"), module.__dict__)  # noqa: S102 - our own source, one node changed
    finally:
        rule_module.checks = real
    return looks


# --- The conditions in the files


def _of_condition(rule: Rule) -> Iterator[Mutant]:
    data = yaml_text.read((RULES / rule.id / "rule.yaml").read_bytes()).data.get("applies_when")
    if data is None:
        return
    cases = data if isinstance(data, list) else [data]
    yield _conditioned(rule, "applies always", None)
    for rank, case in enumerate(cases):
        for key, wanted in case.items():
            for other in _other_values(wanted):
                changed = [dict(one) for one in cases]
                changed[rank] = {**case, key: other}
                yield _conditioned(
                    rule, f"{key}: {json.dumps(wanted, ensure_ascii=False)} -> {json.dumps(other, ensure_ascii=False)}", changed
                )


def _conditioned(rule: Rule, what: str, data: Any) -> Mutant:
    return Mutant(f"{rule.id} applies_when: {what}", (replace(rule, applies_when=Condition.read(data)),))


def _other_values(wanted: Any) -> Iterator[Any]:
    if isinstance(wanted, list):
        yield from ([other for other in wanted if other != one] for one in wanted if len(wanted) > 1)
    elif isinstance(wanted, bool):
        yield not wanted
    elif isinstance(wanted, str) and (bound := re.fullmatch(r"([<>]=?) ?(-?\d+)", wanted)):
        yield from (f"{bound[1]} {int(bound[2]) + step}" for step in (1, -1))
    elif wanted in ("stated", "not_none"):
        yield "none"
    elif wanted in ("none", "unknown"):
        yield "stated"
    else:
        yield "none"


def main() -> None:
    """Print the count and the survivors."""
    every = list(mutants())
    alive = [mutant.name for mutant in every if not mutant.caught]
    print("\n".join(alive))
    print(f"{len(every)} mutants, {len(every) - len(alive)} caught ({(len(every) - len(alive)) * 100 / len(every):.1f} %)")


if __name__ == "__main__":
    main()
