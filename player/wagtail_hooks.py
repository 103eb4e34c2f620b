"""A lesson's address is Wagtail's; what a learner gets there is this room's (STYLE section 1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from courses.models import LessonPage

from .lessons import serve_lesson


@hooks.register("before_serve_page")
def serve_to_learner(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> HttpResponse | None:
    return serve_lesson(page, request) if isinstance(page, LessonPage) else None
