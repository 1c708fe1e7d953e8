"""Read when makers stop supporting their products; an installation lays its own lines over those of the package."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from convenu.facts.support_ends import Confidence, SupportEnd, SupportEnds
from convenu.library.data_folder import data_folder_path
from convenu.library.front_matter import FrontMatterError, refuse_others, take
from convenu.vocabulary import yaml_text
from convenu.vocabulary.mistakes import Mistake, MistakesError

NAME, OWN = "support_ends.yaml", "support-ends.yaml"
_FIELDS = frozenset({"product", "names", "unless", "end", "source", "checked", "confidence"})


@cache
def shipped() -> tuple[SupportEnd, ...]:
    """The lines of the package."""
    return read_support_ends(yaml_text.read((files("convenu.library") / NAME).read_text("utf-8")).data)


def support_ends() -> SupportEnds:
    """What is known on this installation: its own lines, then those of the package; what is wrong in its file is told as a mistake."""
    file = data_folder_path() / OWN
    try:
        stamp = file.stat().st_mtime_ns
    except OSError:
        return _laid((), 0)
    try:
        own = read_support_ends(yaml_text.read(file.read_bytes()).data, own=True)
    except (FrontMatterError, ValueError, TypeError, AttributeError, OSError) as error:
        remedy = f"Corrigez {file}, ou retirez-le."
        raise MistakesError([Mistake(OWN, f"ce fichier ne se lit pas : {error}", remedy)]) from error
    return _laid(own, stamp)


def read_support_ends(data: Any, *, own: bool = False) -> tuple[SupportEnd, ...]:
    """The lines of a file; what does not hold together raises with the product and the field."""
    if not isinstance(data, dict):
        raise FrontMatterError(f"{NAME}: the file opens with « lines: »")
    refuse_others(data, frozenset({"lines"}), NAME)
    return tuple(_line(one, own=own) for one in take(data, "lines", NAME))


@cache
def _laid(own: tuple[SupportEnd, ...], _stamp: int) -> SupportEnds:
    replaced = {one.product.casefold() for one in own}
    return SupportEnds((*own, *(one for one in shipped() if one.product.casefold() not in replaced)))


def _line(data: dict[str, Any], *, own: bool) -> SupportEnd:
    product = str(take(data, "product", NAME))
    refuse_others(data, _FIELDS, f"{NAME}, {product}")
    names = tuple(str(name).casefold() for name in take(data, "names", product))
    if not names:
        raise FrontMatterError(f"{product}: a product has a name at least")
    return SupportEnd(
        product=product, names=names, unless=tuple(str(word).casefold() for word in data.get("unless", ())),
        end=date.fromisoformat(str(take(data, "end", product))), source=str(take(data, "source", product)),
        checked=date.fromisoformat(str(take(data, "checked", product))),
        confidence=Confidence.HOUSE if own else Confidence(take(data, "confidence", product)),
    )  # fmt: skip
