"""Draws that a seed decides: the same seed gives the same simulation on any machine, for ever."""

from __future__ import annotations

from math import sqrt

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_UNIT = 1.0 / (1 << 53)


class Draws:
    """Numbers drawn by SplitMix64 (Steele, Lea and Flood, 2014), which passes the usual batteries of tests and is ten lines long."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def unit(self) -> float:
        """A number from 0 included to 1 excluded."""
        self._state = (self._state + _STEP) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) * _UNIT

    def triangular(self, low: float, likely: float, high: float) -> float:
        """A number between low and high, the likely one most often; the distribution of a range that a person estimates."""
        width = high - low
        if width <= 0.0:
            return likely
        drawn = self.unit()
        if drawn * width < likely - low:
            return low + sqrt(drawn * width * (likely - low))
        return high - sqrt((1.0 - drawn) * width * (high - likely))
