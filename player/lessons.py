"""A lesson for a learner: the text, where they are, and the buttons that move them on."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from toolkit.kept_back import lets_in

from courses.models import Activity, Course, LessonPage
from enrolments.access import may_read_as_staff, reading_enrolment
from enrolments.models import Enrolment
from enrolments.planned_dates import dates_for
from enrolments.progress import keep_place, mark_read, note_seen
from media.embeds import allow_frames
from media.models import FilmPage

from .gates import closed_to
from .noting import TypedNote, with_notes
from .outline import Closed, outline_of
from .reflections import NotSaved, Typed, questions_in, save_reflection, with_reflections
from .resume import lesson_in


def serve_lesson(page: LessonPage, request: HttpRequest) -> HttpResponse:
    """The lesson, to somebody enrolled or a staff role; otherwise the way in."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    course, now = page.activity.course, timezone.now()
    enrolment = reading_enrolment(request.user, course)
    if enrolment is None and not may_read_as_staff(request.user, course, on=now.date()):
        return refused(request, page, course)
    if closed := closed_to(enrolment, page.activity, language=page.language):
        return not_open(request, page.title, closed)
    # Before it is noted that they saw this: what is new is told once more.
    response = lesson_shown(request, page, enrolment)
    if enrolment is not None:
        note_seen(enrolment, page.activity, digest=page.kept.digest, at=now)
    return response


def lesson_shown(
    request: HttpRequest,
    page: LessonPage,
    enrolment: Enrolment | None,
    *,
    typed: dict[UUID, Typed] | None = None,
    note: TypedNote | None = None,
) -> HttpResponse:
    """The lesson; `typed` are words that could not be saved, by their question, and `note` a note that could not."""
    context = _context(page, enrolment)
    noted = with_notes(page, request, enrolment, note)
    context["text"] = with_reflections(noted, request, enrolment, page.activity, typed or {})
    context["problems"] = [{"href": f"#words-{block}", "text": one.problem} for block, one in (typed or {}).items()]
    if note:
        context["problems"].append({"href": f"#note-{note.section or 'beginning'}", "text": note.problem})
    response = render(request, "player/lesson.html", context, status=422 if context["problems"] else 200)
    if page.kept.has_frames:
        allow_frames(response)
    return response


def refused(request: HttpRequest, page: LessonPage | FilmPage, course: Course) -> HttpResponse:
    """Somebody signed in who is not on the course: what opens the page, and the way to what the course holds."""
    course_page = course.pages.filter(live=True, language__in=[page.language, "en"]).last()
    locked = {"page": page, "is_film": isinstance(page, FilmPage), "course_page": course_page}
    return render(request, "player/locked.html", locked, status=403)


def not_open(request: HttpRequest, title: str, closed: Closed) -> HttpResponse:
    """Somebody on the course, before the module is open to them: when it opens, or after what."""
    return render(
        request, "player/not_open.html", {"title": title, "closed": closed, "nav_current": "course"}, status=403
    )


def _context(page: LessonPage, enrolment: Enrolment | None) -> dict[str, Any]:
    activity = page.activity
    outline = outline_of(
        activity.module, language=page.language, enrolment=enrolment, here=activity, planned=dates_for(enrolment)
    )
    here = next((step for step in outline.steps if step.is_here), None)
    place = here.place if here else ""
    return {
        "page": page,
        "enrolment": enrolment,
        "outline": outline,
        "next_step": outline.after(activity),
        "here": here,
        "is_read": bool(here and here.is_done),
        "place": place,
        "place_heading": dict(page.sections).get(place, ""),
        "nav_current": "course",
    }


def own(request: HttpRequest, activity_uuid: str) -> tuple[Enrolment, Activity]:
    """The signed-in learner's enrolment and the activity, once it is open to them; anything else is not found."""
    activity = get_object_or_404(Activity.objects.select_related("course", "module"), uuid=activity_uuid)
    enrolment = reading_enrolment(request.user, activity.course)  # type: ignore[arg-type]
    if enrolment is None or closed_to(enrolment, activity, language=enrolment.learner.language):
        raise Http404
    return enrolment, activity


@login_required
@require_POST
def read(request: HttpRequest, activity_uuid: str) -> HttpResponse:
    """Mark the lesson as read and go on to what follows."""
    enrolment, activity = own(request, activity_uuid)
    page = own_lesson(request, enrolment, activity)
    if page is None or activity.module is None:
        raise Http404
    mark_read(enrolment, activity, digest=page.content_digest, at=timezone.now())
    following = outline_of(activity.module, language=page.language, enrolment=enrolment).after(activity)
    return redirect(following.url if following else "dashboard")


@login_required
@require_POST
def place(request: HttpRequest, activity_uuid: str) -> HttpResponse:
    """Keep the section in view; sent by the page's script while reading."""
    enrolment, activity = own(request, activity_uuid)
    _keep(request, enrolment, activity, request.POST.get("section", ""))
    return HttpResponse(status=204)


@login_required
@require_GET
def section(request: HttpRequest, activity_uuid: str, key: str) -> HttpResponseRedirect:
    """A link to a section, which also keeps the place: this is how it is kept where no script runs."""
    enrolment, activity = own(request, activity_uuid)
    page = _keep(request, enrolment, activity, key)
    return HttpResponseRedirect(f"{page.url}#{key}")


@require_POST
def reflect(request: HttpRequest, activity_uuid: str, block: UUID) -> HttpResponse:
    """Keep what a learner wrote for themselves; what cannot be kept comes back to them in the form."""
    words = request.POST.get("words", "")
    if not request.user.is_authenticated:
        return given_back(request, words, status=403)
    enrolment, activity = own(request, activity_uuid)
    page = own_lesson(request, enrolment, activity)
    if page is None:
        return given_back(request, words, status=404)  # taken away while they wrote: their words are not
    question = questions_in(page).get(block)
    if question is None:
        raise Http404
    seen, now = request.POST.get("seen", ""), timezone.now()
    try:
        save_reflection(enrolment, activity, block, question=question, words=words, seen=seen, at=now)
    except NotSaved as refused:
        return lesson_shown(request, page, enrolment, typed={block: Typed(words, str(refused))})
    return redirect(f"{page.url}#reflect-{block}")


def given_back(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    """What somebody wrote where no lesson can be shown to them: they are signed out, or it is not there for them."""
    context = {"words": words, "problems": True, "is_signed_out": status == 403}
    return render(request, "player/reflection_unsaved.html", context, status=status)


def own_lesson(request: HttpRequest, enrolment: Enrolment, activity: Activity) -> LessonPage | None:
    """The activity's lesson in the learner's language; None while an editor keeps it back from them at the desk."""
    page = lesson_in(activity.pk, enrolment.learner.language)
    return page if page and lets_in(request, page) else None


def _keep(request: HttpRequest, enrolment: Enrolment, activity: Activity, key: str) -> LessonPage:
    page = own_lesson(request, enrolment, activity)
    if page is None or key not in dict(page.sections):
        raise Http404
    keep_place(enrolment, activity, section=key, at=timezone.now())
    return page
