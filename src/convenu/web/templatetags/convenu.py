"""Tags and filters of our pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.translation import get_language

from convenu.vocabulary import french

register = template.Library()


@register.inclusion_tag("parts/field.html")
def field(form: forms.Form, name: str) -> dict[str, Any]:
    """A field with its label, its help and its mistakes, tied together for screen readers."""
    bound = form[name]
    widget = bound.field.widget
    return {
        "field": bound,
        "is_checkbox": isinstance(widget, forms.CheckboxInput),
        "is_group": isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect),
    }


@register.filter
def moment(value: datetime) -> str:
    """« 15/12/2026, 14 h 30 » in French, « 2026-12-15, 14:30 » in English; in the local time zone."""
    local = timezone.localtime(value)
    if get_language() == "fr":
        return f"{french.short_day(local.date())}, {french.clock(local.time())}"
    return f"{local:%Y-%m-%d, %H:%M}"


@register.filter
def day(value: datetime) -> str:
    """« 15/12/2026 » in French, « 2026-12-15 » in English."""
    local = timezone.localtime(value)
    return french.short_day(local.date()) if get_language() == "fr" else f"{local:%Y-%m-%d}"


@register.filter
def grouped(value: str) -> str:
    """A secret or a number cut in fours, to be read aloud."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


@register.filter
def initials(name: str) -> str:
    """« MC » for Maëlle Corvenn."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.filter
def number_of_mistakes(form: forms.Form) -> int:
    """How many mistakes the summary lists."""
    return sum(len(messages) for messages in form.errors.values())
