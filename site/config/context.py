"""What every template may use without asking."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def site(request: HttpRequest) -> dict[str, object]:
    """Brand strings, whether this is a development site, and what the foot of every page links to."""
    return {
        "brand_name": settings.BRAND_NAME,
        "brand_notice": settings.BRAND_NOTICE,
        "development": settings.DEVELOPMENT,
        "foot_pages": foot_pages(),
    }


def foot_pages() -> list[dict[str, str]]:
    """The standing pages are written in English so far; a page in another language says so beside the link."""
    other = "" if get_language() == "en" else "en"
    return [
        {"url": "/for-directors/", "title": _("For directors and boards"), "language": other},
        {"url": "/resources/", "title": _("Resources on the model"), "language": other},
        {"url": reverse("glossary"), "title": _("Glossary"), "language": ""},
        {"url": reverse("reading"), "title": _("Reading"), "language": ""},
        {"url": "/privacy/", "title": _("Privacy"), "language": other},
        {"url": "/cookies/", "title": _("Cookies"), "language": other},
        {"url": "/accessibility/", "title": _("Accessibility statement"), "language": other},
        {"url": "/contact/", "title": _("Contact"), "language": other},
        {"url": "/report-a-concern/", "title": _("Report a concern"), "language": other},
    ]
