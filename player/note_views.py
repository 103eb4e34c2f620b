"""Marking a passage or a moment, changing what was marked, and all that a learner wrote."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.models import Activity, LessonPage
from enrolments.models import Enrolment
from media.moments import read_moment
from people.models import User

from .films import film_in, film_shown
from .lessons import given_back, lesson_shown, own, own_lesson
from .models import Note
from .notes import Spot, change_note, keep_note, own_notes, stamp_of, take_bookmark_away
from .noting import TypedNote, section_named, under_section
from .passages import stands_in
from .reflections import NotSaved
from .written import found_in, written_by


@require_POST
def add(request: HttpRequest, activity_uuid: str) -> HttpResponse:
    """Keep a note, highlight or bookmark; what cannot be kept comes back in the form."""
    words = "\n\n".join(filter(None, (request.POST.get("quote", ""), request.POST.get("words", ""))))
    if not request.user.is_authenticated:
        return given_back(request, words, status=403)
    enrolment, activity = own(request, activity_uuid)
    if activity.film_id:
        return _add_to_film(request, enrolment, activity)
    page = own_lesson(request, enrolment, activity)
    if page is None or section_named(page, request.POST.get("section", "")) is None:
        return given_back(request, words, status=404)
    return _add_to_lesson(request, enrolment, page)


def _add_to_lesson(request: HttpRequest, enrolment: Enrolment, page: LessonPage) -> HttpResponse:
    section, asks_for_part = request.POST.get("section", ""), "part" in request.POST
    try:
        _keep_in_lesson(request, enrolment, page, section)
    except NotSaved as refused:
        typed = _typed(request, str(refused))
        if asks_for_part:
            return HttpResponse(under_section(page, request, enrolment, section, typed), status=422)
        return lesson_shown(request, page, enrolment, note=typed)
    if asks_for_part:
        return HttpResponse(under_section(page, request, enrolment, section))
    return redirect(f"{page.url}#notes-{section or 'beginning'}")


def _keep_in_lesson(request: HttpRequest, enrolment: Enrolment, page: LessonPage, section: str) -> None:
    heading, go, now = dict(page.sections).get(section, str(page.title)), request.POST.get("go", ""), timezone.now()
    if go == "unmark":
        return take_bookmark_away(enrolment, page.activity, Spot(heading, section))
    if go == "bookmark":
        keep_note(enrolment, page.activity, Spot(heading, section), words="", at=now)
        return None
    quote, words = request.POST.get("quote", "").strip(), request.POST.get("words", "").strip()
    if not quote and not words:
        raise NotSaved(_("Nothing was written yet. Write a note, or say which words of the text to highlight."))
    passage = section_named(page, section)
    if quote and passage and not stands_in(quote, passage.html):
        raise NotSaved(
            _("These words do not stand in this part of the lesson. Copy them as they stand, or leave that box empty.")
        )
    keep_note(enrolment, page.activity, Spot(heading, section, quote), words=words, at=now)
    return None


def _add_to_film(request: HttpRequest, enrolment: Enrolment, activity: Activity) -> HttpResponse:
    try:
        page = film_in(request, activity, enrolment)
    except Http404:  # kept back, or taken off, while they wrote
        return given_back(request, request.POST.get("words", ""), status=404)
    moment = read_moment(request.POST.get("moment", ""))
    try:
        if moment is None or moment > (page.seconds or moment):
            raise NotSaved(_("Write the moment as minutes and seconds of this film, such as 1:05."))
        spot = Spot(str(page.title), moment_seconds=int(moment))
        keep_note(enrolment, activity, spot, words=request.POST.get("words", ""), at=timezone.now())
    except NotSaved as refused:
        return film_shown(request, page, activity, enrolment, note=_typed(request, str(refused)))
    return redirect(f"{reverse('film_activity', args=[activity.uuid])}?t={int(moment)}#film-notes")


def _typed(request: HttpRequest, problem: str) -> TypedNote:
    given = {name: request.POST.get(name, "") for name in ("section", "quote", "words", "moment")}
    return TypedNote(**given, problem=problem)


@login_required
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, note_uuid: str) -> HttpResponse:
    """One note: other words, or take it away."""
    person = cast(User, request.user)
    row = get_object_or_404(own_notes(person).select_related("activity__module"), uuid=note_uuid)
    if request.method == "GET":
        return _note_form(request, row)
    if request.POST.get("go") == "take_away":
        row.delete()
        messages.success(request, _("It is taken away."))
        return redirect("my_notes")
    try:
        words, seen = request.POST.get("words", ""), request.POST.get("seen", "")
        change_note(row, words=words, seen=seen, at=timezone.now())
    except NotSaved as refused:
        row.refresh_from_db()
        return _note_form(request, row, words=words, problem=str(refused))
    messages.success(request, _("Saved."))
    return redirect("my_notes")


def _note_form(request: HttpRequest, row: Note, *, words: str | None = None, problem: str = "") -> HttpResponse:
    context = {
        "note": row,
        "written": next((one for one in written_by(cast(User, request.user)) if one.uuid == row.uuid), None),
        "words": row.words if words is None else words,
        "problem": problem,
        "problems": [{"href": "#words", "text": problem}] if problem else [],
        "stamp": stamp_of(row),
        "nav_current": "learning",
    }
    return render(request, "player/note.html", context, status=422 if problem else 200)


@login_required
@require_GET
def my_notes(request: HttpRequest) -> HttpResponse:
    """All that a learner wrote and marked; `q` narrows it."""
    everything = written_by(cast(User, request.user))
    wanted = request.GET.get("q", "").strip()[:200]
    context = {
        "written": found_in(everything, wanted) if wanted else everything,
        "count": len(everything),
        "wanted": wanted,
        "nav_current": "learning",
    }
    return render(request, "player/my_notes.html", context)
