"""A QR code drawn in the page, for no image leaves the server."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def as_svg(text: str) -> SafeString:
    """The code as inline SVG, its size left to the stylesheet; black on white in both themes, as cameras expect."""
    drawn = segno.make_qr(text, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - segno writes numbers only, never the text
