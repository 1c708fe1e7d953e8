"""Where the tools keep the data, beside what the annexes on personal data say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.names import plain
from convenu.terms.values import Processing, SubProcessor, Tool
from convenu.vocabulary import french
from convenu.vocabulary.findings import Severity

_HOME = plain("France")


@checks("tool_location_vs_dpa")
def tool_location_vs_dpa(look: Look) -> Iterator[Hit]:
    """A tool that keeps data abroad, of which the annexes on personal data say nothing."""
    if known(look.terms.personal_data) is not True:
        return
    tools = [tool for tool in known(look.terms.tools) or () if _places(tool.data_country) != {_HOME}]
    if not tools:
        return
    processors, processings = known(look.terms.sub_processors) or (), known(look.terms.processings) or ()
    area = frozenset(plain(name) for figure in ("eea_countries", "adequate_countries") for name in look.book.words(figure, look.on))
    outside = [tool for tool in tools if not _framed(tool, processors, area)]
    unsaid = [tool for tool in tools if tool not in outside and not _said(tool, processors, processings)]
    if outside:
        yield Hit(
            message=(
                "Lieu des données hors de l’Espace économique européen et des pays reconnus adéquats, ou non précisé, sans sous-traitant "
                f"ultérieur ni instrument de transfert indiqué : {_named(outside)}."
            ),
            terms=("tools", "sub_processors"),
        )
    if unsaid:
        yield Hit(
            message=(
                "Le pays des données de ces outils ne figure ni dans les traitements ni parmi les sous-traitants ultérieurs : "
                f"{_named(unsaid)}."
            ),
            terms=("tools", "processings"),
            severity=Severity.HIGH,
            remedy="Compléter l’annexe des traitements ou la liste des sous-traitants ultérieurs.",
        )


def _places(country: str) -> set[str]:
    """« France et Irlande » as two places."""
    return {place for part in re.split(r",|;|/| et ", plain(country)) if (place := part.strip())}


def _framed(tool: Tool, processors: tuple[SubProcessor, ...], area: frozenset[str]) -> bool:
    """Whether each place without the protection of the RGPD has a listed company and a transfer instrument."""
    framed = {place for one in processors if one.instrument for place in _places(one.country)}
    return _places(tool.data_country) - area <= framed


def _said(tool: Tool, processors: tuple[SubProcessor, ...], processings: tuple[Processing, ...]) -> bool:
    told = " ".join(plain(text) for text in (*(one.country for one in processors), *(one.place for one in processings)))
    return all(place in told for place in _places(tool.data_country) - {_HOME})


def _named(tools: list[Tool]) -> str:
    return french.enumeration([f"{tool.product} ({tool.data_country})" for tool in tools])
