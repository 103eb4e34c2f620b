"""The threads on a page: `{% threads "home" %}` where windows open on them, `{% empty_window "404" %}` to pass by."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from toolkit.threads import across, draw, passing, sample

register = template.Library()


@register.simple_tag
def threads(
    seed: str, *, windows: int = 3, nearness: float = 0.5, width: float = 560, height: float = 380, label: str = ""
) -> SafeString:
    """A picture for this seed; `label` says in words what it shows, where the words beside it do not."""
    picture = across(seed, windows=windows, nearness=nearness, width=width, height=height)
    return _svg(draw(picture, name=f"threads-{seed}", label=label))


@register.simple_tag
def empty_window(seed: str) -> SafeString:
    """An open window with nobody in it, for empty pages and errors. Decoration."""
    return _svg(draw(passing(seed), name=f"window-{seed}"))


@register.simple_tag
def thread_sample(number: int) -> SafeString:
    """A short piece of one agency's thread, for a legend. Decoration: the agency's name stands beside it."""
    return _svg(draw(sample(number), name=f"sample-{number}"))


def _svg(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308  (numbers and our own words; labels are escaped by draw)
