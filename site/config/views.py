"""Addresses the frame answers itself."""

from pathlib import Path

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import FileSystemStorage, storages
from django.core.signing import BadSignature, Signer
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve
from toolkit.limits import within_limit
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.redirects.views import process_import
from wagtail.documents.views import serve as document_views
from wagtail.models import CollectionViewRestriction, PageViewRestriction
from wagtail.views import authenticate_with_password

from .outages import too_many


def refused_by_api(request: HttpRequest, pk: int, action_name: str) -> JsonResponse:
    """The desk's screens ask our hooks before a page is deleted, copied or aliased; Wagtail's API asks none.

    Nor does it look at what it is given: a page moved to under the root was a fault. No screen of the desk uses it.
    """
    return JsonResponse({"message": _("Do this on the page's own screen in the editors' desk.")}, status=403)


@require_admin_access
def redirects_taken_in(request: HttpRequest) -> HttpResponseBase:
    """The second step of Wagtail's import of redirects; whoever sends it without the first is led to that.

    Wagtail 7.4 would break off with a KeyError or, over a signature that is not its own, an AttributeError.
    """
    try:
        for name in ("import_file_name", "input_format"):
            Signer().unsign(request.POST.get(name, ""))
    except BadSignature:
        return redirect("wagtailredirects:start_import")
    response: HttpResponseBase = process_import(request)
    return response


TRIES_PER_HOUR = 60  # from one address: some forty people in an office may have to come in by the same password


def page_password(request: HttpRequest, restriction_id: int, page_id: int) -> HttpResponse:
    """Wagtail's form for a page's password, for published pages that are kept back by that password and no others."""
    by_password = PageViewRestriction.objects.filter(restriction_type=PageViewRestriction.PASSWORD)
    restriction = get_object_or_404(by_password, pk=restriction_id)
    get_object_or_404(restriction.page.get_descendants(inclusive=True).live(), pk=page_id)
    if _is_one_too_many(request, f"page:{restriction_id}"):
        return too_many(request)
    response: HttpResponse = authenticate_with_password(request, restriction_id, page_id)
    return response


def document_password(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """The same for the documents of a collection."""
    by_password = CollectionViewRestriction.objects.filter(restriction_type=CollectionViewRestriction.PASSWORD)
    get_object_or_404(by_password, pk=restriction_id)
    if _is_one_too_many(request, f"collection:{restriction_id}"):
        return too_many(request)
    response: HttpResponse = document_views.authenticate_with_password(request, restriction_id)
    return response


def _is_one_too_many(request: HttpRequest, restriction: str) -> bool:
    """Whether this try of a password comes after too many from the same address."""
    if request.method != "POST":
        return False
    key = f"password:{restriction}:{get_adapter().get_client_ip(request)}"
    return not within_limit(key, limit=TRIES_PER_HOUR, seconds=3600)


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
