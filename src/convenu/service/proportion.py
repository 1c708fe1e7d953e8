"""A share of tickets and how sure it is."""

from __future__ import annotations

from math import sqrt

_Z95 = 1.959963984540054


def wilson(met: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, JASA 22, 1927): it stays between 0 and 1, and is wide for few tickets."""
    if of <= 0:
        return 0.0, 1.0
    share, z2 = met / of, _Z95 * _Z95
    middle = share + z2 / (2 * of)
    spread = _Z95 * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    scale = 1 + z2 / of
    # At none and at all the bound is the share itself, which a float may miss.
    return max(0.0, min(share, (middle - spread) / scale)), min(1.0, max(share, (middle + spread) / scale))
