"""A learner's own words under a lesson's question: kept, shown again, changed and taken away, for them alone."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from toolkit.typed import typed_text

from courses.models import Activity, LessonPage
from enrolments.models import Enrolment

from .models import Reflection

_PLACE = re.compile(r"<!--write ([0-9a-f-]{36})-->")


class NotSaved(ValueError):
    """Raised where words are not saved; `str()` is for their author."""


class SavedElsewhere(NotSaved):
    """Another tab or device saved other words since this page was shown."""


@dataclass(frozen=True)
class Typed:
    """Words that were not saved, and why."""

    words: str
    problem: str


def questions_in(page: LessonPage) -> dict[UUID, str]:
    """The questions a lesson asks, by their identifier."""
    asked = [block for block in page.body if block.block_type == "reflection"]
    return {UUID(str(block.id)): str(block.value["question"]) for block in asked}


def save_reflection(
    enrolment: Enrolment, activity: Activity, block: UUID, *, question: str, words: str, seen: str, at: datetime
) -> Reflection | None:
    """Keep the words; empty ones take away what was kept. `seen` is the stamp the page was shown. Raises NotSaved."""
    words = typed_text(words).strip()
    if len(words) > Reflection.LONGEST:
        raise NotSaved(
            _("This is longer than %(most)d characters, so it was not saved. Shorten it, and save again.")
            % {"most": Reflection.LONGEST}
        )
    with transaction.atomic():
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        place: dict[str, Any] = {"enrolment": enrolment, "activity": activity, "block": block}
        here = Reflection.objects.filter(**place)
        kept = here.first()
        if kept and kept.words != words and stamp_of(kept) != seen:
            raise SavedElsewhere(
                _("You saved other words here since this page was opened. They are shown below yours.")
            )
        if not words:
            here.delete()
            return None
        said = {"question": question, "words": words, "saved_at": at}
        return Reflection.objects.update_or_create(**place, defaults=said)[0]


def stamp_of(kept: Reflection | None) -> str:
    """Tells one saved version from another."""
    return kept.saved_at.isoformat() if kept else ""


def with_reflections(
    text: str, request: HttpRequest, enrolment: Enrolment | None, activity: Activity, typed: dict[UUID, Typed]
) -> SafeString:
    """A lesson's text with a form under each question: its author's for a learner, a sentence for staff."""
    if "<!--write " not in text:
        return mark_safe(text)  # noqa: S308  (passed the one seam)
    mine = {one.block: one for one in Reflection.objects.filter(enrolment=enrolment, activity=activity)}

    def form(place: re.Match[str]) -> str:
        block = UUID(place[1])
        kept, wrote = mine.get(block), typed.get(block)
        context: dict[str, Any] = {"activity": activity, "block": block, "kept": kept, "enrolment": enrolment}
        context |= {"typed": wrote, "stamp": stamp_of(kept), "longest": Reflection.LONGEST}
        return render_to_string("player/_reflection.html", context, request)

    return mark_safe(_PLACE.sub(form, text))  # noqa: S308  (passed the one seam; words are escaped by the template)
