"""Addresses the frame answers itself."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _


def refused_by_api(request: HttpRequest, pk: int) -> JsonResponse:
    """The editors' interface asks our hooks before it deletes or aliases a page; Wagtail's API does not."""
    return JsonResponse({"message": _("Do this on the page's own screen in the editors' desk.")}, status=403)
