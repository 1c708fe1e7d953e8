"""The source behind a rule's function: its own, and that of all it calls where verdicts are drawn, from one module to the next."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

# Where the rules and their helpers are. The vocabulary and the terms are everybody's: followed, each new word would change every rule.
FOLLOWED = ("convenu.agreement.", "convenu.law.")
# What every rule looks with.
EYES = "convenu.agreement.rule"

# A name as a piece of code uses it: alone, or as the member of a module.
_Use = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Module:
    """What a module defines, by name: the source and the names that it uses; and the module and name behind each import."""

    defined: Mapping[str, tuple[str, frozenset[_Use]]]
    imported: Mapping[str, tuple[str, str]]


@cache
def source_behind(function: Callable[..., Any]) -> str:
    """The source of a function of a module and of the functions, classes and constants that it uses, in a fixed order."""
    found: dict[tuple[str, str], str] = {}
    ahead = [(function.__module__, function.__name__)]
    while ahead:
        module, name = ahead.pop()
        if (module, name) in found or module not in sys.modules or module == EYES or not module.startswith(FOLLOWED):
            continue
        read = _read(module)
        if name in read.imported:
            ahead.append(read.imported[name])
        if name not in read.defined:
            continue
        found[module, name], uses = read.defined[name]
        ahead += (_where(module, read, use) for use in uses)
    return "\n".join(f"{module}.{name}\n{source}" for (module, name), source in sorted(found.items()))


def _where(module: str, read: _Module, use: _Use) -> tuple[str, str]:
    name, member = use
    if member is None:
        return read.imported.get(name, (module, name))
    package, imported = read.imported.get(name, ("", name))
    return f"{package}.{imported}", member


@cache
def _read(module: str) -> _Module:
    source = inspect.getsource(sys.modules[module])
    lines, tree = source.splitlines(), ast.parse(source)
    defined: dict[str, tuple[str, frozenset[_Use]]] = {}
    for node in tree.body:
        said = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        defined |= {name: (said, frozenset(_uses(node))) for name in _names(node)}
    imported = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    return _Module(defined, imported)


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Assign() | ast.AnnAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
        case _:
            return


def _uses(node: ast.stmt) -> Iterator[_Use]:
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield one.id, None
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            yield one.value.id, one.attr
