"""A link as it is shown once: its address, and the same as a QR code for a wall."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from toolkit.qr import qr_code

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
