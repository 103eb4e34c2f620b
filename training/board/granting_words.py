"""Adjustments in words, for the trainer's pages."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from enrolments.choices import AdjustmentKind
from enrolments.models import Adjustment


def granted_in_words(one: Adjustment, titles: Mapping[int, str]) -> str:
    """What was granted, and for which quiz; `titles` are of the activities on the board."""
    if one.kind == AdjustmentKind.TIME:
        return _("%(percent)s per cent more time in every quiz with a limit") % {"percent": one.percent}
    values = {"what": one.get_kind_display(), "quiz": titles.get(one.activity_id or 0, "")}
    return _("%(what)s (%(quiz)s)") % values if values["quiz"] else str(values["what"])
