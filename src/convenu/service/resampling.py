"""A past for a client who has none: tickets drawn from the history of others, as many as its assets would have had."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from convenu.facts.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Likeness:
    """A client's number of assets, the number behind the history that stands for its own, and the seed of the draw."""

    assets: int
    among: int
    seed: int = 1

    def __post_init__(self) -> None:
        if self.assets <= 0 or self.among <= 0:
            raise ValueError("a share of assets needs both counts above zero. Count the client's assets and those behind the history.")

    @property
    def told(self) -> str:
        """What must be said with every figure drawn from it."""
        return (
            f"Ce client n’a pas d’historique : des tickets d’autres clients sont tirés au sort, avec remise, à proportion de {self.assets} "
            f"équipements sur {self.among} (tirage n° {self.seed}). C’est une supposition : son parc et ses usages peuvent différer."
        )


def resampled(history: Sequence[Ticket], like: Likeness) -> tuple[Ticket, ...]:
    """Tickets drawn, with replacement, from a history, as many as the share of assets gives, half up.

    The same seed draws the same tickets for ever, whatever order they come in. Sites, services and clients are those of others and are
    left out; a ticket drawn again bears its number and its turn, « 812~2 ».
    """
    ordered = sorted(history, key=lambda ticket: ticket.key)
    turns: Counter[str] = Counter()
    found = []
    for rank in range((2 * len(ordered) * like.assets + like.among) // (2 * like.among)):
        drawn = ordered[_draw(like.seed, rank, len(ordered))]
        turns[drawn.key] += 1
        turn = turns[drawn.key]
        key = drawn.key if turn == 1 else f"{drawn.key}~{turn}"
        found.append(replace(drawn, key=key, site="", service="", client=""))
    return tuple(found)


def _draw(seed: int, rank: int, of: int) -> int:
    """A number under `of`: the digest of the seed and the rank, so that no library's generator decides."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{rank}".encode()).digest()[:8]) % of
