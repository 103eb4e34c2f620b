"""The letters of invitations and requests, each in the language of whoever it goes to."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.models import Course
from courses.titles import course_titles
from people.models import Organisation, User
from post.outbox import queue_message

from .models import Cohort, Enrolment, Invitation, PlaceRequest


def about(course: Course) -> str:
    """What a letter says of the course, in the language that is on: somebody who has never heard of it should know."""
    words = _("“%(title)s” is a course for people who review the hardest cases in child protection.")
    return words % {"title": course_titles()[course.pk]}


def sent_by(sender: User | None, organisation: str) -> str:
    """Who is behind an invitation or a booking, in a sentence; none if nobody's name is known (any more)."""
    if sender is None or not sender.name:
        return ""
    return _("This comes from %(name)s of %(organisation)s.") % {"name": sender.name, "organisation": organisation}


def send_invitation(invitation: Invitation, token: str, *, language: str, at: datetime) -> None:
    """The link to the address it is for, once. Nobody else is shown it: it proves the address."""
    with translation.override(language):
        values = {
            "name": invitation.name,
            "cohort": invitation.cohort.name,
            "organisation": name_of(invitation.organisation),
        }
        again = invitation.sent_again_at
        link = settings.SITE_URL + reverse("join", args=[token])
        queue_message(
            kind="invitation",
            address=invitation.email,
            language=language,
            subject=_("You are invited to %(cohort)s") % values,
            text=_paragraphs(
                _("Hello %(name)s,") % values,
                _("%(organisation)s keeps a place for you in %(cohort)s.") % values,
                about(invitation.cohort.course),
                sent_by(invitation.created_by, values["organisation"]),
                _("This is the same invitation as in our earlier e-mail, whose link opens nothing any more.")
                if again
                else "",
                _("Look at the invitation, and say yes or leave it:") + f"\n{link}",
                _("The link is yours alone, and works until %(day)s. If this is a mistake, you need do nothing.")
                % {"day": date_format(localtime(invitation.expires_at), "j F Y")},
            ),
            action=_("Look at the invitation"),
            at=at,
            dedupe_key=f"invited:{invitation.uuid}" + (f":{again.isoformat()}" if again else ""),
        )


def tell_invitation_taken_back(invitation: Invitation, *, at: datetime) -> None:
    """The link they were sent opens nothing any more."""
    account = User.objects.filter(email__lower=invitation.email.lower()).first()
    language = account.language if account else settings.LANGUAGE_CODE
    with translation.override(language):
        queue_message(
            address=invitation.email,
            language=language,
            **_taken_back(
                invitation.name, invitation.cohort, invitation.organisation, _("Its link opens nothing any more.")
            ),
            at=at,
            dedupe_key=f"place_taken_back:{invitation.uuid}",
        )


def tell_booking_taken_back(run: Enrolment, *, at: datetime) -> None:
    """The place that was booked for them is not theirs any more."""
    with translation.override(run.learner.language):
        queue_message(
            to=run.learner,
            **_taken_back(run.learner.name, run.cohort, run.booked_by, _("Your account stays yours.")),
            at=at,
            dedupe_key=f"place_taken_back:{run.uuid}",
        )


def _taken_back(name: str, cohort: Cohort, organisation: Organisation | None, besides: str) -> dict[str, Any]:
    values = {"name": name, "cohort": cohort.name, "organisation": name_of(organisation)}
    return {
        "kind": "place_taken_back",
        "subject": _("Your place was taken back: %(cohort)s") % values,
        "text": _paragraphs(
            _("Hello %(name)s,") % values,
            _("%(organisation)s kept a place for you in %(cohort)s and has taken it back.") % values,
            besides,
            _("You need do nothing. If you want to know more, or this is a mistake, speak to %(organisation)s.")
            % values,
        ),
    }


def name_of(organisation: Organisation | None) -> str:
    """Who gives out the place: without an organisation, the site."""
    return organisation.name if organisation else settings.BRAND_NAME


def tell_approved(asked: PlaceRequest, elsewhere: Enrolment | None = None, *, at: datetime) -> None:
    """They are in; or they are already, by the run given, and nothing changes. Nobody else is told the second."""
    with translation.override(asked.person.language):
        values = _values(asked)
        if elsewhere:
            _tell_approved_twice(asked, values | {"there": elsewhere.cohort.name}, at=at)
            return
        _tell(
            asked,
            kind="place_approved",
            subject=_("You have a place: %(cohort)s") % values,
            text=_paragraphs(
                _("Hello %(name)s,") % values,
                _("You asked for a place in %(cohort)s, and the answer is yes.") % values,
                _note(asked),
                _("Your course is here:") + f"\n{settings.SITE_URL}{reverse('dashboard')}",
            ),
            action=_("Open my courses"),
            at=at,
        )


def _tell_approved_twice(asked: PlaceRequest, values: dict[str, str], *, at: datetime) -> None:
    _tell(
        asked,
        kind="place_approved",
        subject=_("You have a place already: %(cohort)s") % values,
        text=_paragraphs(
            _("Hello %(name)s,") % values,
            _("You asked for a place in %(cohort)s, and the answer is yes.") % values,
            _note(asked),
            _("You are on this course already, in %(there)s. That stays as it is, and nothing changes for you.")
            % values,
            _("Whoever said yes is not told. The place is kept for you; should you leave the other, you find it here:")
            + f"\n{settings.SITE_URL}{reverse('dashboard')}",
        ),
        action=_("Open my courses"),
        at=at,
    )


def tell_refused(asked: PlaceRequest, *, at: datetime) -> None:
    """They are not, and whom to speak to."""
    with translation.override(asked.person.language):
        values = _values(asked)
        speak = _("If you want to know more, speak to whoever sent you the link.")
        _tell(
            asked,
            kind="place_refused",
            subject=_("Your request for a place: %(cohort)s") % values,
            text=_paragraphs(
                _("Hello %(name)s,") % values,
                _("You asked for a place in %(cohort)s. The answer is no.") % values,
                _note(asked),
                speak,
            ),
            action="",
            at=at,
        )


def _values(asked: PlaceRequest) -> dict[str, str]:
    return {"name": asked.person.name, "cohort": asked.cohort.name}


def _note(asked: PlaceRequest) -> str:
    return _("They write: “%(note)s”") % {"note": asked.note} if asked.note else ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _tell(asked: PlaceRequest, **letter: Any) -> None:
    queue_message(to=asked.person, dedupe_key=f"{letter['kind']}:{asked.uuid}", **letter)
