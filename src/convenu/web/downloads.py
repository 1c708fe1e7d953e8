"""The files of a contract, as they are offered and handed over."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from convenu.store.versions import FileKind

DOWNLOADS: tuple[tuple[str, str | Promise], ...] = (
    (FileKind.WORD.value, _("Word")),
    (FileKind.PDF.value, _("PDF")),
    (FileKind.NOTE.value, _("Note à l’avocat")),
    (FileKind.HTML.value, _("HTML")),
    (FileKind.MARKDOWN.value, _("Markdown")),
    (FileKind.TERMS.value, _("Termes (YAML)")),
)


def attachment(name: str, media_type: str, content: bytes) -> HttpResponse:
    """A file to save, never one to open in the page."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
