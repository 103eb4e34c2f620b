"""A film for a learner: the film's page inside its module, and the button for those who read it instead."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST
from toolkit.kept_back import lets_in

from courses.choices import ActivityKind
from courses.models import Activity
from enrolments.access import may_read_as_staff, reading_enrolment
from enrolments.models import Enrolment
from enrolments.planned_dates import dates_for
from enrolments.progress import mark_read, note_seen
from media.embeds import allow_frames
from media.models import FilmPage
from media.showing import showing_of

from .gates import closed_to
from .lessons import not_open, own, refused
from .noting import TypedNote, film_notes
from .outline import outline_of
from .stops import films_in


def serve_film_page(page: FilmPage, request: HttpRequest) -> HttpResponse | None:
    """A film of a module at its own address; None for one of the channel, which serves itself."""
    if page.is_in_channel:
        return None
    activity = Activity.objects.filter(film=page.film_id, module__pages=page.get_parent().pk).first()
    if activity is None:
        raise Http404
    return _serve(request, activity, page)


@require_GET
def film(request: HttpRequest, activity_uuid: str) -> HttpResponse:
    """A film as part of a course, wherever its page stands."""
    films = Activity.objects.filter(kind=ActivityKind.FILM)
    activity = get_object_or_404(films, uuid=activity_uuid)
    page = films_in([activity], get_language() or "en").get(activity.pk)
    if page is None:
        raise Http404
    if not lets_in(request, page):
        return redirect(page.get_url(request))  # kept back at the desk: its own address says how to get in
    return _serve(request, activity, page)


def _serve(request: HttpRequest, activity: Activity, page: FilmPage) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    course, now = activity.course, timezone.now()
    enrolment = reading_enrolment(request.user, course)
    if enrolment is None and not may_read_as_staff(request.user, course, on=now.date()):
        return refused(request, page, course)
    if closed := closed_to(enrolment, activity, language=page.language):
        return not_open(request, page.title, closed)
    response = film_shown(request, page, activity, enrolment)  # before it is noted that they saw this
    if enrolment is not None:
        note_seen(enrolment, activity, digest=page.content_digest, at=now)
    return response


def film_shown(
    request: HttpRequest,
    page: FilmPage,
    activity: Activity,
    enrolment: Enrolment | None,
    *,
    note: TypedNote | None = None,
) -> HttpResponse:
    """The film's page; `note` is one that could not be saved."""
    context = _context(request, page, activity, enrolment)
    context |= {"notes": film_notes(enrolment, activity), "typed": note}
    context["problems"] = [{"href": "#note-film", "text": note.problem}] if note else []
    response = render(request, "player/film.html", context, status=422 if note else 200)
    if page.embed_address:
        allow_frames(response)
    return response


def film_in(request: HttpRequest, activity: Activity, enrolment: Enrolment) -> FilmPage:
    """The film's live page in the learner's language, or in English. Raises Http404 where it is kept back, too."""
    page = films_in([activity], enrolment.learner.language).get(activity.pk)
    if page is None or not lets_in(request, page):
        raise Http404
    return page


def _context(
    request: HttpRequest, page: FilmPage, activity: Activity, enrolment: Enrolment | None
) -> dict[str, object]:
    context: dict[str, object] = {
        "page": page,
        "activity": activity,
        "enrolment": enrolment,
        "showing": showing_of(page, request),
        "nav_current": "course",
    }
    if activity.module is not None:
        outline = outline_of(
            activity.module, language=page.language, enrolment=enrolment, here=activity, planned=dates_for(enrolment)
        )
        here = next((step for step in outline.steps if step.is_here), None)
        is_done = bool(here and here.is_done)
        context |= {"outline": outline, "next_step": outline.after(activity), "here": here, "is_done": is_done}
    return context


@login_required
@require_POST
def read(request: HttpRequest, activity_uuid: str) -> HttpResponse:
    """The learner has read the transcript: as good as having watched. Goes on to what follows."""
    enrolment, activity = own(request, activity_uuid)
    page = film_in(request, activity, enrolment)
    mark_read(enrolment, activity, digest=page.content_digest, at=timezone.now())
    if activity.module is None:
        return redirect("dashboard")
    following = outline_of(activity.module, language=page.language, enrolment=enrolment).after(activity)
    return redirect(following.url if following else "dashboard")
