"""What type of value a term holds, for those who check a clause or draw an input."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from convenu.terms.contract import Terms


def type_of(key: str) -> Any:
    """The plain type of a term's value, such as `Span` or `tuple[Site, ...]`."""
    annotation: Any = Terms.model_fields[key].annotation
    return unwrap(annotation.model_fields["value"].annotation)


def unwrap(annotation: Any) -> Any:
    """The plain type of an annotation, without `Annotated` and `| None`."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            parts = [part for part in get_args(annotation) if part is not type(None)]
            if len(parts) != 1:
                return annotation
            annotation = parts[0]
        else:
            return annotation


def item_type(annotation: Any) -> Any:
    """The type of the items of a list; None for what is no list."""
    if get_origin(annotation) is tuple:
        return unwrap(get_args(annotation)[0])
    return None
