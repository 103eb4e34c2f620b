"""A link as it is shown once: its address, and the same as a QR code for a wall."""

from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from courses.titles import course_titles
from enrolments.models import Invitation


def poster(token: str, invitation: Invitation) -> dict[str, Any]:
    """The address of a link, its picture, and the course it leads to in the page's language."""
    link = settings.SITE_URL + reverse("join", args=[token])
    return {
        "link": link,
        "code": qr_code(link),
        "course": course_titles()[invitation.cohort.course_id],
        "ends": ", ".join(f"@{end}" for end in invitation.domains.split()),
    }


def qr_code(address: str) -> SafeString:
    """Black on white in every theme, with its quiet zone of four modules (ISO/IEC 18004); its text stands beside it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308  (numbers and colours; the address is drawn, not written)
