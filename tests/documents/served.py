"""A server of one page: a contract as PDF, set by workers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from convenu.documents.pdf_workers import PdfWorkers
from tests.documents import sample

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

WORKERS = PdfWorkers(workers=1)


def app(environment: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer with the PDF."""
    del environment
    content = WORKERS.write_pdf(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT)
    start("200 OK", [("Content-Type", "application/pdf"), ("Content-Length", str(len(content)))])
    return [content]
