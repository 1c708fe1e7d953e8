"""A worker process: sets one PDF after another until nobody asks. Started as `python -m convenu.documents.pdf_worker DESCRIPTOR`."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection

from convenu.documents.typesetting import TypesettingError, typeset


def serve(line: Connection) -> None:
    """Answer each job with the bytes of its PDF, or with the reason of its refusal."""
    while True:
        try:
            files, made = line.recv()
        except EOFError:
            return
        try:
            answer: bytes | str = typeset(files, made=made)
        except TypesettingError as error:
            answer = str(error)
        line.send(answer)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
