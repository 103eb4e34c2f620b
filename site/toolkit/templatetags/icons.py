"""A drawn icon beside words: `{% icon "eye" %}`."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from toolkit.icons import drawn

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon of this name. Decoration: what it stands for is said in words beside it."""
    return mark_safe(drawn(name))  # noqa: S308  (our own drawings)
