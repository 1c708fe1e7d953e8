"""Damages documents in ways drawn from a seed and reads each: `python -m tests.documents.reading.mutating FORMAT SEED COUNT FOLDER`.

A program of its own, bounded as the one that reads strangers' files is: a crash of a native library ends it, not the tests. It writes each
seed before the file is read, and what became of it: read, refused, or the exception that should not have been.
"""

from __future__ import annotations

import faulthandler
import random
import sys
import traceback
import zipfile
from pathlib import Path

from convenu.documents.reading.formats import reader_for
from convenu.documents.reading.refusals import RefusalError
from convenu.documents.strangers import MEMORY, bound_this_process
from tests.documents.reading.word_files import packed, unpacked

_HANGS = 20


def damaged(content: bytes, chance: random.Random, *, is_packed: bool) -> bytes:
    """A document cut, overwritten, repeated or shuffled somewhere; half of the packed ones are damaged inside their parts."""
    if is_packed and chance.random() < 0.7:
        parts = unpacked(content)
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        parts[name] = _damaged(parts[name], chance)
        if chance.random() < 0.1:
            del parts[chance.choice(list(parts))]
        return packed(parts, compression=zipfile.ZIP_STORED)
    return _damaged(content, chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _time in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(damaged)) if damaged else 0
        width = chance.choice((1, 2, 8, 64, 512))
        kind = chance.randrange(6)
        if kind == 0:
            del damaged[place : place + width]
        elif kind == 1:
            damaged[place:place] = chance.randbytes(width)
        elif kind == 2:
            damaged[place : place + width] = damaged[place : place + width] * 2
        elif kind == 3:
            other = chance.randrange(len(damaged)) if damaged else 0
            damaged[place : place + width] = damaged[other : other + width]
        elif kind == 4:
            damaged[place : place + 1] = bytes([chance.randrange(256)])
        else:
            _change_a_figure(damaged, place, chance)
    return bytes(damaged)


def _change_a_figure(damaged: bytearray, place: int, chance: random.Random) -> None:
    """A figure of the file made huge or negative: sizes, counts, levels, spans."""
    for index in range(place, min(place + 4096, len(damaged))):
        if 0x30 <= damaged[index] <= 0x39:
            damaged[index : index + 1] = chance.choice((b"99999999999", b"-1", b"0", b"1e9"))
            return


def main() -> None:
    """Write `seed outcome` a line, and the traceback of what should not have been."""
    ending, first, count, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    contents = [path.read_bytes() for path in sorted(folder.glob(f"*.{ending}"))]
    bound_this_process(MEMORY, 600)
    for seed in range(first, first + count):
        chance = random.Random(seed)
        content = damaged(chance.choice(contents), chance, is_packed=ending in ("docx", "odt"))
        sys.stdout.write(f"{seed} ")
        sys.stdout.flush()
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        try:
            reader_for(f"contrat.{ending}", content)(f"contrat.{ending}", content)
            sys.stdout.write("read\n")
        except RefusalError:
            sys.stdout.write("refused\n")
        except Exception as error:  # noqa: BLE001 - every one of them is a fault to tell
            sys.stdout.write(f"failed {type(error).__name__}\n")
            traceback.print_exc()
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
