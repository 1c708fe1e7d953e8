"""The process that reads one document: `python -m … NAME`, the file on its standard input, JSON on its output."""

from __future__ import annotations

import json
import sys

from convenu.documents.reading import refusals
from convenu.documents.reading.formats import Reader, reader_for
from convenu.documents.reading.reader import WITH_PICTURES, as_json
from convenu.documents.strangers import OUT_OF_MEMORY, bound_this_process


def main() -> None:
    """Read the file, or say why it is not read."""
    bound_this_process()
    name, with_pictures = sys.argv[1], sys.argv[2:] == [WITH_PICTURES]
    content = sys.stdin.buffer.read(refusals.MAX_FILE + 1)
    try:
        answer = as_json(_reader(name, content, with_pictures=with_pictures)(name, content))
    except refusals.RefusalError as refusal:
        answer = {"reason": refusal.reason, "remedy": refusal.remedy, "scanned": isinstance(refusal, refusals.ScannedError)}
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.write(json.dumps(answer))


def _reader(name: str, content: bytes, *, with_pictures: bool) -> Reader:
    if with_pictures:
        from convenu.documents.reading.pdf import read_scanned_pdf  # noqa: PLC0415 - what draws pages is loaded for a PDF only

        return read_scanned_pdf
    return reader_for(name, content)


if __name__ == "__main__":
    main()
