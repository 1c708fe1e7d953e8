"""Processes that are copies of this one and share its work; for a program of one thread, never for a server of several."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

_LOOKS_EVERY = 1.0


def copies(count: int, begin: Callable[[], None]) -> ProcessPoolExecutor:
    """So many copies, made at the first work that is given: each has at hand all that this one had then, and begins by `begin`.

    Whoever asks ends them, with `shutdown(cancel_futures=True)`.
    """
    return ProcessPoolExecutor(count, multiprocessing.get_context("fork"), initializer=_begun, initargs=(begin, os.getpid()))


def _begun(begin: Callable[[], None], parent: int) -> None:
    # An interruption reaches every process of a command: the first one alone answers it, and ends its copies.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # What was copied stays as it is: walked by the collector, its memory would be copied in earnest.
    gc.freeze()


def _end_with(parent: int) -> None:
    """End when the process that this one was copied from is no more: nobody else would end it."""
    while os.getppid() == parent:
        time.sleep(_LOOKS_EVERY)
    os._exit(1)
