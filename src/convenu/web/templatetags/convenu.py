"""Tags and filters of our pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from convenu.agreement.clause import Stance
from convenu.terms.contract import TERM_KEYS, label_of
from convenu.terms.states import Origin
from convenu.vocabulary import french
from convenu.vocabulary.findings import Severity
from convenu.vocabulary.money import Money
from convenu.vocabulary.span import Span

register = template.Library()
ORIGINS = {
    Origin.ASKED: _("votre réponse"),
    Origin.SEGMENT: _("valeur du segment"),
    Origin.SECTOR: _("valeur du secteur"),
    Origin.HOUSE: _("valeur de votre maison"),
    Origin.NEGOTIATED: _("négocié"),
    Origin.AMENDMENT: _("avenant"),
    Origin.READ: _("lu dans un document"),
}
SEVERITIES = {Severity.BLOCKING: _("Bloquant"), Severity.HIGH: _("Alerte")}
STANCES = {
    Stance.BALANCED: _("équilibrée"),
    Stance.PROVIDER: _("en faveur du Prestataire"),
    Stance.CLIENT: _("en faveur du Client"),
    Stance.PLAIN: _("texte plus court"),
}


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
def last_day(end: datetime) -> str:
    """The last whole day before an instant at which something ends."""
    return day(end - timedelta(seconds=1))


@register.filter
def hour(value: datetime) -> str:
    """« 14 h 32 » in French, « 14:32 » in English; in the local time zone."""
    local = timezone.localtime(value)
    return french.clock(local.time().replace(second=0)) if get_language() == "fr" else f"{local:%H:%M}"


@register.filter
def since(value: datetime) -> str:
    """« 14 h 32 » today, « 15/12/2026 » before."""
    return hour(value) if timezone.localtime(value).date() == timezone.localdate() else day(value)


@register.filter
def when(value: datetime) -> str:
    """« à 14 h 32 » today, « le 15/12/2026 » before, as a sentence says it."""
    if timezone.localtime(value).date() == timezone.localdate():
        return str(gettext("à %(time)s") % {"time": hour(value)})
    return str(gettext("le %(day)s") % {"day": day(value)})


@register.filter
def date_of_day(value: date | None) -> str:
    """« 15/12/2026 » in French, « 2026-12-15 » in English, for a date without an hour."""
    if value is None:
        return ""
    return french.short_day(value) if get_language() == "fr" else value.isoformat()


@register.filter
def date_of_month(value: date) -> str:
    """« novembre 2026 » in French, « 2026-11 » in English."""
    return french.month(value) if get_language() == "fr" else f"{value:%Y-%m}"


@register.filter
def euros(value: Money | Decimal) -> str:
    """« 4 204 € », « −51 € »: contracts are in euros, written the French way in both languages."""
    return french.euros(value if isinstance(value, Money) else Money(value)).replace("-", "−")


@register.filter
def decimal(value: Decimal | int) -> str:
    """« 12 345,5 », two decimals at most."""
    return french.number(round(Decimal(value), 2))


@register.filter
def term_span(value: Span) -> str:
    """« 12 mois »."""
    return french.span(value)


@register.filter
def at(values: Mapping[str, Any], name: str) -> Any:
    """What a mapping holds under a name."""
    return values[name]


@register.filter
def term_label(where: str) -> str:
    """The place of a mistake, its terms by their names: « 2026-001, Grille tarifaire, ligne 2 »."""
    return printed(", ".join(label_of(part) if part in TERM_KEYS else part for part in where.split(", ")))


@register.filter
def named_day(value: date, names: Mapping[date, str]) -> str:
    """What a day is to a contract: its signature, today, the day chosen."""
    return names[value]


@register.filter
def printed(value: str) -> str:
    """Words of the library or of a person, with the spaces and apostrophes of French print."""
    return french.typography(str(value))


@register.filter
def severity_mark(value: Severity) -> str:
    """The shape that goes with the word: ▲ ◆ ●."""
    return {Severity.BLOCKING: "▲", Severity.HIGH: "◆"}.get(value, "●")


@register.filter
def origin_word(value: Origin) -> str:
    """Who put a value there, in the language of the page."""
    return str(ORIGINS[value])


@register.filter
def severity_word(value: Severity) -> str:
    """« Bloquant », « Alerte » or « Conseil », in the language of the page."""
    return str(SEVERITIES.get(value, _("Conseil")))


@register.filter
def severity_class(value: Severity) -> str:
    """The badge's look; the word and the shape say the same."""
    return {Severity.BLOCKING: "blocking", Severity.HIGH: "alert"}.get(value, "accent")


@register.filter
def stance(value: Stance) -> str:
    """Whom a wording favours, in words."""
    return str(STANCES[value])


@register.filter
def siren(value: str) -> str:
    """« 000 120 261 »."""
    return french.grouped_by_three(value)


@register.filter
def unlocalised(value: float) -> str:
    """A number as a drawing reads it: a point, whatever the language."""
    return f"{value:g}"


@register.filter
def grouped(value: str) -> str:
    """A secret or a number cut in fours, to be read aloud."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


@register.filter
def initials(name: str) -> str:
    """« MK » for Maëlle Kervadec."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.filter
def number_of_mistakes(form: forms.Form) -> int:
    """How many mistakes the summary lists."""
    return sum(len(messages) for messages in form.errors.values())
