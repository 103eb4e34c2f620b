"""The address of a lesson, or of a film in a module, is Wagtail's; what a learner gets there is this room's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from courses.models import LessonPage
from media.models import FilmPage

from .films import serve_film_page
from .lessons import serve_lesson


@hooks.register("before_serve_page")
def serve_to_learner(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> HttpResponse | None:
    if isinstance(page, LessonPage):
        return serve_lesson(page, request)
    return serve_film_page(page, request) if isinstance(page, FilmPage) else None
