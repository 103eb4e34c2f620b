"""Addresses the frame answers itself."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve


def refused_by_api(request: HttpRequest, pk: int) -> JsonResponse:
    """The editors' interface asks our hooks before it deletes or aliases a page; Wagtail's API does not."""
    return JsonResponse({"message": _("Do this on the page's own screen in the editors' desk.")}, status=403)


@require_safe
def uploaded_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public picture at one of its sizes, from the disk or the object storage."""
    storage = storages["default"]
    response: HttpResponseBase
    if isinstance(storage, FileSystemStorage):
        response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    else:
        try:
            response = FileResponse(storage.open(f"images/{name}", "rb"), filename=Path(name).name)
        except (FileNotFoundError, SuspiciousOperation) as error:
            raise Http404 from error
    patch_cache_control(response, public=True, max_age=86400)
    return response
