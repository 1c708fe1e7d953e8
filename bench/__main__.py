"""`python -m bench`: every benchmark, or those named, as one table. Writes nothing else."""

from __future__ import annotations

import importlib
import sys

from bench.measure import shown

# A benchmark is a module with `measure() -> Iterator[Line]`; it is added here.
BENCHMARKS = ("verbs", "rules", "coherence", "documents", "application", "clock", "estate", "audit", "inventory", "price")


def main(names: list[str]) -> int:
    """Measure, print, and tell by the exit code whether every promise was kept."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"No benchmark named {', '.join(unknown)}: choose among {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    lines = [line for name in names or BENCHMARKS for line in importlib.import_module(f"bench.{name}").measure()]
    print(shown(lines))
    return int(any(line.kept is False for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
