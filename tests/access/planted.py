"""An urlconf with holes in it: addresses that nobody claims, and that show somebody's name to whoever asks."""

import io
import zipfile

from config.urls import urlpatterns as real
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from people.models import User


def person(request: HttpRequest, number: int, how: str) -> HttpResponse:
    """The person of this number, without asking who wants to know."""
    name = User.objects.get(pk=number).name
    if how == "page":
        return HttpResponse(f"<h1>{name}</h1>")
    if how == "file-name":
        return HttpResponse(headers={"Content-Disposition": f'attachment; filename="{name}.txt"'})
    if how == "redirect":
        return HttpResponseRedirect(f"/somewhere/?name={name.split()[0]}")
    if how == "cookie":
        response = HttpResponse()
        response.set_cookie("last", name.split()[0])
        return response
    return HttpResponse(_archive(name), content_type="application/zip")


def _archive(name: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("people.csv", f"name\n{name}\n" * 3)
    return written.getvalue()


urlpatterns = [path("planted/<int:number>/<slug:how>/", person, name="planted"), *real]
