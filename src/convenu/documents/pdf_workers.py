"""PDF files set in processes of their own, each replaced after a few: the typesetter keeps memory for every contract it has seen.

Works from any server: the processes are programs of their own, started at the first request, that import neither the server nor its
settings. A job that outlives its time ends with its process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import LifoQueue
from types import TracebackType
from typing import Self

from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.pdf import made_on, pdf_files
from convenu.documents.typesetting import TypesettingError
from convenu.vocabulary.contract_text import ContractText


class PdfWorkers:
    """A few worker processes that set PDF files; safe to share between threads."""

    def __init__(self, *, workers: int = 2, jobs_each: int = 8, seconds: float = 30.0) -> None:
        self._jobs_each = jobs_each
        self._seconds = seconds
        self._free: LifoQueue[_Worker] = LifoQueue()
        self._all = [_Worker() for _ in range(workers)]
        for worker in self._all:
            self._free.put(worker)

    def write_pdf(self, text: ContractText, *, brand: Brand, edition: Edition, attachments: Mapping[str, bytes] | None = None) -> bytes:
        """The contract as the bytes of a PDF, the same as `write_pdf` gives."""
        return self.typeset(pdf_files(text, brand=brand, edition=edition, attachments=attachments or {}), made=made_on(edition))

    def typeset(self, files: Mapping[str, bytes], *, made: datetime | None = None) -> bytes:
        """The PDF of some files; raises `TypesettingError` when they are refused, take too long or exhaust their process."""
        worker = self._free.get()
        try:
            return worker.do(files, made, seconds=self._seconds)
        finally:
            if worker.jobs >= self._jobs_each:
                worker.end()
            self._free.put(worker)

    def close(self) -> None:
        """End every process; the next request starts new ones."""
        for worker in self._all:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Worker:
    """One process, started when it is first needed."""

    def __init__(self) -> None:
        self.jobs = 0
        self._owner = 0
        self._guard = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def do(self, files: Mapping[str, bytes], made: datetime | None, *, seconds: float) -> bytes:
        line = self._open_line()
        self.jobs += 1
        try:
            line.send((dict(files), made))
            if not line.poll(seconds):
                self.end()
                raise TypesettingError(f"no PDF after {seconds:g} s")
            answer = line.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise TypesettingError("the process that set the PDF ended before its time") from error
        if isinstance(answer, bytes):
            return answer
        raise TypesettingError(str(answer))

    def end(self) -> None:
        with self._guard:
            if self._process is not None and self._line is not None:
                self._line.close()
                self._process.kill()
                self._process.wait()
            self._process, self._line, self.jobs = None, None, 0

    def _open_line(self) -> Connection:
        with self._guard:
            # A server that forks leaves its workers to the process that started them.
            mine = self._owner == os.getpid()
            if not mine or self._line is None or self._process is None or self._process.poll() is not None:
                self._owner = os.getpid()
                self._line, theirs = Pipe()
                with theirs:
                    command = [sys.executable, "-m", "convenu.documents.pdf_worker", str(theirs.fileno())]
                    self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])  # noqa: S603
                self.jobs = 0
            return self._line
