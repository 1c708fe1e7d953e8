"""The one polite sentence that a page says after something was done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, sentence: str) -> None:
    """Show this sentence on the next page, in its status region."""
    messages.success(request, sentence)
