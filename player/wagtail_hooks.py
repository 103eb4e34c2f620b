"""The address of a lesson, or of a film in a module, is Wagtail's; what a learner gets there is this room's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from toolkit.kept_back import lets_in
from wagtail import hooks
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from media.models import FilmPage

from .films import serve_film_page
from .lessons import serve_lesson
from .live import meet_above


@hooks.register("before_serve_page")
def serve_to_learner(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> HttpResponse | None:
    if isinstance(page, CoursePage):
        meet_above(page, request)
        return None
    if not isinstance(page, LessonPage | FilmPage) or not lets_in(request, page):
        return None  # one that is kept back at the desk: Wagtail says how to get in
    return serve_lesson(page, request) if isinstance(page, LessonPage) else serve_film_page(page, request)
