"""What is pasted into a text at the desk goes back as blocks of the page (static/publishing/paste.js asks)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.permissions import page_permission_policy

from courses.blocks import LessonBody
from publishing.word.parts import WordRefused
from publishing.word.pasted import Pasted, read_paste
from publishing.word.report import kept_in_words, under_headings
from reference.blocks import PageBody

MOST_LETTERS = 2_000_000  # of HTML: Word writes a hundred letters to set one


@require_admin_access
@require_POST
def pasted_blocks(request: HttpRequest) -> JsonResponse:
    """Nothing is written: blocks as the page's editor holds them, and what is to be said of them."""
    if not page_permission_policy.user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied
    html, with_tables = request.POST.get("html", ""), request.POST.get("tables") == "1"
    try:
        if len(html) > MOST_LETTERS:
            raise WordRefused(_("You pasted far more than one page. Bring one chapter at a time."))
        found = read_paste(html, with_tables=with_tables, taken=request.POST.getlist("taken"))
    except WordRefused as refused:
        return JsonResponse({"refused": str(refused)}, status=422)
    stream = LessonBody() if with_tables else PageBody()
    return JsonResponse({"blocks": stream.get_form_state(stream.to_python(found.body)), "said": _said(found)})


def _said(found: Pasted) -> list[dict[str, Any]]:
    """What was kept, and each loss with the words it is about and the heading it stood under."""
    kept = _("Pasted as parts of the page: %(what)s.") % {"what": ", ".join(kept_in_words(found.kept))}
    losses = [
        {"sentence": _("Under “%(where)s”: %(said)s") % {"where": place.heading, "said": one.sentence}
         if place.heading else one.sentence, "quotes": one.quotes}
        for place in under_headings(found.losses)
        for one in place.said
    ]  # fmt: skip
    return [{"sentence": kept, "quotes": []}, *losses]
