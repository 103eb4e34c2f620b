"""What every template may use without asking."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Brand strings, and whether this is a development site."""
    return {
        "brand_name": settings.BRAND_NAME,
        "brand_notice": settings.BRAND_NOTICE,
        "development": settings.DEVELOPMENT,
    }
