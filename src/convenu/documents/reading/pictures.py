"""Pages that are pictures of a text, read by tesseract with its French data: what the process that reads does with them."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import pypdfium2

from convenu.documents.reading.pdf_runs import Run
from convenu.documents.reading.tesseract import LANGUAGE, PROGRAM

_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_PAGE_SECONDS = 30
_WORD = "5"
_LEAST_CONFIDENCE = 20.0
_OTHER_SIZE = 0.35


def runs_in_picture(page: pypdfium2.PdfPage) -> list[Run]:
    """The runs of a page that is a picture; none when tesseract does not answer."""
    scale = _DOTS_PER_INCH / _POINTS_PER_INCH
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    drawn = b"".join(rows[line * bitmap.stride : line * bitmap.stride + bitmap.width] for line in range(bitmap.height))
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + drawn
    command = [shutil.which(PROGRAM) or PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(_DOTS_PER_INCH), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=picture, capture_output=True, timeout=_PAGE_SECONDS, check=False, env={"OMP_THREAD_LIMIT": "1"}
        )
    except (subprocess.TimeoutExpired, OSError):
        return []
    return _runs(done.stdout.decode(errors="replace"), height=bitmap.height / scale, scale=scale)


def _runs(answer: str, *, height: float, scale: float) -> list[Run]:
    """A run for each line that tesseract saw."""
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for word in csv.DictReader(answer.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if word.get("level") == _WORD and (word.get("text") or "").strip() and float(word["conf"]) >= _LEAST_CONFIDENCE:
            lines.setdefault((word["block_num"], word["par_num"], word["line_num"]), []).append(word)
    return _at_one_height([_run(words, height=height, scale=scale) for words in lines.values()])


def _at_one_height(runs: Sequence[Run]) -> list[Run]:
    """The runs of the usual height made so: the box of a line is that of its letters, lower where none of them rises."""
    if not runs:
        return []
    usual = median(size for run in runs for size in (run.size,) * len(run.text))
    return [
        run if abs(run.size - usual) > _OTHER_SIZE * usual else replace(run, bottom=run.middle - usual / 2, top=run.middle + usual / 2)
        for run in runs
    ]


def _run(words: Sequence[dict[str, str]], *, height: float, scale: float) -> Run:
    left = min(int(word["left"]) for word in words)
    right = max(int(word["left"]) + int(word["width"]) for word in words)
    top = min(int(word["top"]) for word in words)
    bottom = max(int(word["top"]) + int(word["height"]) for word in words)
    return Run(
        text=" ".join(word["text"].strip() for word in words),
        left=left / scale,
        right=right / scale,
        bottom=height - bottom / scale,
        top=height - top / scale,
        bold=False,
    )
