"""Rich text as readers get it: `{% rich value %}`; a word of the glossary has its meaning in place.

A link to the glossary becomes a button that opens the meaning beside it, with no script (the popover attribute). The
link stays in the page for browsers without popovers and for print; the stylesheet shows whichever of the two works.
The meanings themselves stand at the end of the page, once each (reference/_words.html).
"""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText
from wagtail.templatetags.wagtailcore_tags import richtext

from reference.glossary import ADDRESS, TermShown
from reference.pages import WrittenPage

register = template.Library()
_ANCHOR = re.compile(
    rf'(?P<before>[(‘“]*)<a href="{ADDRESS}"[^>]*>(?P<words>.*?)</a>(?P<after>[.,;:!?…)’”]*)', re.DOTALL
)


@register.simple_tag(takes_context=True)
def rich(context: template.Context, value: RichText | str) -> SafeString:
    """The text as HTML. Takes the terms from `page` in the context, where that is a written page."""
    html = str(richtext(value))
    page = context.get("page")
    terms = {term.key: term for term in page.terms} if isinstance(page, WrittenPage) else {}
    return mark_safe(_ANCHOR.sub(lambda link: _in_place(link, terms), html))  # noqa: S308  (passed the one seam)


def _in_place(link: re.Match[str], terms: dict[str, TermShown]) -> str:
    term: Any = terms.get(link["key"])
    if term is None:
        return link[0]
    words = mark_safe(link["words"])  # noqa: S308  (passed the one seam)
    shown = format_html(
        '<a class="term" href="{}">{}</a><button class="term" type="button" popovertarget="meaning-{}">{}</button>',
        term.url, words, term.key, words,
    )  # fmt: skip
    if not link["before"] and not link["after"]:
        return shown
    # A line may break on either side of a button, even before a full stop.
    return format_html('<span class="unparted">{}{}{}</span>', link["before"], shown, link["after"])
