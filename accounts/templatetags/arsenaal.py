"""Template tags and filters that every page may use; loaded as built-ins."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Circle, Goal
from accounts.menu import Menu, build_menu
from arsenaal.lib import amounts

register = template.Library()


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Write a date as people say it: "maandag 23 november", with the year when it isn't this one."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    pattern = "l j F" if value.year == timezone.localdate().year else "l j F Y"
    return date_format(value, pattern)


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    """Write a date short: "23 nov", with the year when it isn't this one."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    pattern = "j M" if value.year == timezone.localdate().year else "j M Y"
    return date_format(value, pattern).lower()


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """Write the time as 10:20."""
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return timezone.localtime(value).strftime("%H:%M") if value else ""


@register.filter
def days_left(value: dt.date | None) -> str:
    """Say how far away a date is: "vandaag", "nog 4 dagen", "3 dagen te laat"."""
    if value is None:
        return ""
    days = (value - timezone.localdate()).days
    if days == 0:
        return _("vandaag")
    if days > 0:
        return ngettext("nog %(n)d dag", "nog %(n)d dagen", days) % {"n": days}
    return ngettext("%(n)d dag te laat", "%(n)d dagen te laat", -days) % {"n": -days}


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """Return the page's query string with these keys changed; an empty value removes the key."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = value
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> Menu:
    """Return the menu of this user on this page."""
    return build_menu(context.get("can") or {}, context["request"].path)


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw a Bootstrap icon. It never stands alone: a word beside it says the same."""
    return format_html(
        '<i class="bi bi-{}{}" aria-hidden="true"></i>', name, f" {classes}" if classes else ""
    )


@register.simple_tag
def chip(text: Any, icon_name: str = "", tone: str = "") -> SafeString:
    """Draw a chip. Tones: stop, warn, ok, brand, circle, or a goal: housing, cohesion, safety."""
    if tone in Goal.values:
        tone = f"goal goal-{tone}"
    picture = icon(icon_name) if icon_name else ""
    return format_html('<span class="chip{}">{}{}</span>', f" chip-{tone}" if tone else "", picture, text)


_CIRCLE_ICONS = {
    Circle.SHARED: "people",
    Circle.CARE: "heart",
    Circle.LEGAL: "briefcase",
    Circle.ENFORCEMENT: "shield",
}


@register.simple_tag
def circle_chip(circle: str) -> SafeString:
    """Draw the chip that says which circle may read this."""
    known = Circle(circle)
    return chip(known.label, _CIRCLE_ICONS[known], "circle")


@register.simple_tag
def avatar(user: Any, classes: str = "") -> SafeString:
    """Draw the round picture of a colleague: initials, and a colour that stays the same."""
    return format_html(
        '<span class="avatar avatar-{}{}" role="img" aria-label="{}" title="{}">{}</span>',
        user.pk % 8,
        f" {classes}" if classes else "",
        user,
        user,
        user.initials,
    )


@register.simple_tag
def trust(stage: int | None) -> SafeString:
    """Draw the trust meter; the stage in words stands beside it."""
    stage = stage or 0
    label = _("Vertrouwen %(stage)d van 5") % {"stage": stage}
    bars = format_html_join(
        "", '<span class="{}"></span>', (("on" if n <= stage else "",) for n in range(1, 6))
    )
    return format_html('<span class="trust" role="img" aria-label="{}">{}</span>', label, bars)


@register.simple_tag(takes_context=True)
def define(context: Context, word: str, meaning: str) -> SafeString:
    """Underline a word with dots; pressing it opens what it means."""
    seen = context.render_context
    count = seen["definitions"] = (seen.get("definitions") or 0) + 1
    return format_html(
        '<button class="definition" type="button" popovertarget="means-{}-{}">{}</button>'
        '<span class="says-what" id="means-{}-{}" popover>{}</span>',
        slugify(word),
        count,
        word,
        slugify(word),
        count,
        meaning,
    )


@register.simple_tag(takes_context=True)
def sort_header(context: dict[str, Any], key: str, label: str, classes: str = "") -> SafeString:
    """Draw the head of a column that can be sorted on: `?sort=key`, and `?sort=-key` the other way round."""
    current = context.get("sort") or context["request"].GET.get("sort", "")
    state, arrow, turned = "", "arrow-down-up", key
    if current.lstrip("-") == key.lstrip("-"):
        is_down = current.startswith("-")
        state = format_html(' aria-sort="{}"', "descending" if is_down else "ascending")
        arrow = "arrow-down" if is_down else "arrow-up"
        turned = current[1:] if is_down else f"-{current}"
    return format_html(
        '<th scope="col" role="columnheader"{}{}><a href="{}">{} {}</a></th>',
        state,
        format_html(' class="{}"', classes) if classes else "",
        query_with(context, sort=turned, cursor=""),
        label,
        icon(arrow),
    )


@register.filter
def option_icon(bound_field: Any, value: Any) -> SafeString | str:
    """Draw the icon that a field's widget keeps for one of its options, if it has one."""
    name = getattr(bound_field.field.widget, "icons", {}).get(str(value))
    return icon(name) if name else ""


@register.simple_tag
def error_links(form: Any) -> list[tuple[str, str, str]]:
    """List what is wrong with a form: where to go, the field's name, what to do."""
    found = []
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        target = f"#{bound.id_for_label or 'div_' + bound.auto_id}" if bound else ""
        found += [(target, bound.label.rstrip("?: ") if bound else "", message) for message in messages]
    return found


@register.filter
def euro(value: Decimal | None) -> str:
    """Write an amount as € 1.482,00."""
    return amounts.euro(value)


@register.filter
def minutes(value: dt.timedelta) -> int:
    """Return how many minutes this lasts, rounded up."""
    return -(-int(value.total_seconds()) // 60)
