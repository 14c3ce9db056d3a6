"""Reference data on the screen: the value, and a mark on whatever nobody confirmed yet."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.templatetags.arsenaal import define
from cases.models import ReferenceValue

register = template.Library()


@register.simple_tag(takes_context=True)
def doubt(context: Context, value: ReferenceValue) -> SafeString | str:
    """Mark a value that isn't certain; pressing the mark tells where it comes from. Nothing for a certain one."""
    if value.is_certain:
        return ""
    says = _("%(label)s: %(value)s. Bron: %(source)s.") % {
        "label": str(value.spec.label).capitalize(),
        "value": value.shown,
        "source": value.source,
    }
    word = define(context, str(value.certainty_label), f"{says} {value.note}".strip())
    return format_html('<span class="doubt">{}</span>', word)


@register.simple_tag(takes_context=True)
def reference(context: Context, value: ReferenceValue) -> SafeString:
    """Write a value, with the mark of `doubt` behind it when it isn't certain."""
    mark = doubt(context, value)
    return format_html("{} {}", value.shown, mark) if mark else format_html("{}", value.shown)
