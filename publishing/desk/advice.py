"""What the checks say, in the page's editor: the panel, and the refusals of its form."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from people.models import User
from publishing.changed import change_of, reader_needed
from publishing.checks import Finding, Weight
from publishing.gate import findings_of, in_the_way
from reference.pages import WrittenPage


def panel(page: WrittenPage, request: HttpRequest) -> SafeString:
    """The panel at the end of an editor. A page that was never saved has nothing to check yet."""
    context = {"page": page, **said(page)} if page.pk else {"page": page}
    return mark_safe(render_to_string("publishing/_panel.html", context, request=request))  # noqa: S308  (a template)


def said(page: WrittenPage, *, at: str = "") -> dict[str, Any]:
    """For a template: what is in the way, and what is advice. `at` stands before each anchor."""
    findings, change = findings_of(page), change_of(page)
    stopping = in_the_way(page, findings)
    keys = {one.key for one in stopping}
    return {
        "stopping": stopping,
        "standing": [one for one in findings if one.weight > Weight.ADVICE and one.key not in keys],
        "advice": [one for one in findings if one.weight == Weight.ADVICE],
        "at": at,
        "change": change,
    }


def refusals(page: WrittenPage, user: User, is_asked_again: bool) -> list[tuple[str, str]]:
    """Why a form that publishes is refused: (field, sentence), each sentence once.

    A change that somebody else has to read is kept as a draft first (doors.py), so that they can; an approval is not.
    """
    reader = None if is_asked_again else reader_needed(page)
    found = [*in_the_way(page), *([reader] if reader else [])]
    return list(dict.fromkeys((one.field, sentence(one)) for one in found))


def sentence(finding: Finding) -> str:
    """With the heading it stands under, where there is one."""
    return f"{finding.where}: {finding.sentence}" if finding.where else finding.sentence
