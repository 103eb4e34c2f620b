"""What a lead's or a trainer's form makes: a link, or a letter to one address."""

from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from toolkit.days import site_day

from enrolments.answers import send_invitation
from enrolments.coming import forgotten, unanswered
from enrolments.invitations import invite, token_digest
from enrolments.models import Cohort, CohortOffer, Enrolment, Invitation
from enrolments.places import places_left, places_taken, require_places
from people.models import Organisation, User

from .givers import Giver
from .invitation_forms import USUAL_USES, InvitationForm, LetterForm, LinkForm


class TooManyUses(Exception):
    """Raised for a link by which more people could join than the organisation has places left."""


class InvitedAlready(Exception):
    """Raised for an address that was written to and has not answered, or whose place this organisation booked."""


def cohort_choices(giver: Giver, *, at: datetime) -> dict[str, tuple[Cohort, str]]:
    """The cohorts it may invite into, by identifier, each with its words: an organisation's say what is left."""
    if giver.cohort:
        return {str(giver.cohort.uuid): (giver.cohort, giver.cohort.name)}
    offers = giver.offers(on=site_day(at))
    return {str(offer.cohort.uuid): (offer.cohort, _offered(offer, at=at)) for offer in offers}


def _offered(offer: CohortOffer, *, at: datetime) -> str:
    if offer.places is None:
        return offer.cohort.name
    left = max(offer.places - places_taken(offer.cohort, offer.organisation, at=at), 0)
    words = ngettext(
        "%(cohort)s (%(left)s of %(places)s place left)",
        "%(cohort)s (%(left)s of %(places)s places left)",
        offer.places,
    )
    return words % {"cohort": offer.cohort.name, "left": left, "places": offer.places}


def usual_uses(giver: Giver, *, at: datetime) -> int:
    """What the form offers at first: no more than is left, where there is one cohort to choose."""
    cohorts = giver.cohorts(on=site_day(at))
    left = places_left(cohorts[0], giver.organisation, at=at) if giver.organisation and len(cohorts) == 1 else None
    return USUAL_USES if left is None else max(min(USUAL_USES, left), 1)


def make_link(giver: Giver, form: LinkForm, *, by: User, at: datetime) -> tuple[Invitation, str]:
    """The link of this form and its secret; the same ones if the form was sent before. Raises TooManyUses."""
    given = form.cleaned_data
    secret = _secret_of(form, giver, by)
    if giver.organisation and not giver.invitations().filter(token_digest=token_digest(secret)).exists():
        _require_enough(given["cohort"], giver.organisation, given["max_uses"], at=at)
    return invite(
        given["cohort"],
        organisation=giver.organisation,
        expires_at=form.expires_at(),
        at=at,
        max_uses=given["max_uses"],
        domains=given["domains"],
        asks_first=given["asks_first"],
        by=by,
        token=secret,
    )


def _require_enough(cohort: Cohort, organisation: Organisation, uses: int, *, at: datetime) -> None:
    left = places_left(cohort, organisation, at=at)
    if left is None or uses <= left:
        return
    if left == 0:
        words = _("%(organisation)s has no place left in %(cohort)s, so a link would let nobody in.")
        raise TooManyUses(words % {"organisation": organisation.name, "cohort": cohort.name})
    words = ngettext(
        "%(organisation)s has %(count)s place left in %(cohort)s. Give no more than that.",
        "%(organisation)s has %(count)s places left in %(cohort)s. Give no more than that.",
        left,
    )
    raise TooManyUses(words % {"organisation": organisation.name, "count": left, "cohort": cohort.name})


def _secret_of(form: InvitationForm, giver: Giver, by: User) -> str:
    """The link's secret: the same each time one person sends one form, and known to nobody before it is made.

    What lies in the form only tells forms apart. Whoever could read a letter's secret there would prove an address that
    is not theirs.
    """
    gives = giver.organisation or giver.cohort
    words = [type(form).__name__, str(gives and gives.uuid), str(by.pk), form.cleaned_data["sealed"]]
    drawn = salted_hmac("training.invitation.secret", "|".join(words), algorithm="sha256").digest()
    return urlsafe_b64encode(drawn[:24]).decode()


@transaction.atomic
def send_letter(giver: Giver, form: LetterForm, *, by: User, at: datetime) -> Invitation:
    """One invitation and one letter for a form, however often it is sent. It keeps a place from now on.

    Raises NoPlacesLeft, or InvitedAlready.
    """
    given = form.cleaned_data
    secret = _secret_of(form, giver, by)
    if sent := giver.invitations().filter(token_digest=token_digest(secret)).first():
        return sent
    # The cohort is held first, so that of two letters to one address at a moment the second finds the first.
    Cohort.objects.select_for_update().get(pk=given["cohort"].pk)
    _require_news(giver, given["cohort"], given["email"], at=at)
    require_places(given["cohort"], giver.organisation, count=1, at=at)
    invitation, token = invite(
        given["cohort"],
        organisation=giver.organisation,
        expires_at=form.expires_at(),
        at=at,
        email=given["email"],
        name=given["name"],
        by=by,
        token=secret,
    )
    send_invitation(invitation, token, language=_language_of(given["email"]), at=at)
    return invitation


def _require_news(giver: Giver, cohort: Cohort, email: str, *, at: datetime) -> None:
    """Raises InvitedAlready, in the same words for whoever was written to and whoever was booked and never came."""
    written_on = _written_to(giver, cohort, email, at=at)
    if written_on:
        words = _("%(address)s was written to on %(day)s, and that place is kept. Take it back to write again.")
        raise InvitedAlready(words % {"address": email, "day": date_format(site_day(written_on), "j F Y")})
    if giver.organisation and (run := _booked(giver.organisation, cohort, email, at=at).first()):
        words = _("%(name)s is on this course already, in %(cohort)s. Your organisation booked that place.")
        raise InvitedAlready(words % {"name": run.learner, "cohort": run.cohort})


def _written_to(giver: Giver, cohort: Cohort, email: str, *, at: datetime) -> datetime | None:
    """When an address was first told of a place in this course that it has not answered, if it was."""
    theirs: dict[str, Any] = {
        "organisation": giver.organisation,
        "email__lower": email.lower(),
        "cohort__course": cohort.course,
    }
    if giver.organisation is None:
        theirs["cohort"] = cohort
    moments = list(unanswered(on=site_day(at)).filter(**theirs).values_list("created_at", flat=True))
    unseen = Enrolment.objects.not_come().filter(booked_by=giver.organisation, course=cohort.course)
    unseen = unseen.filter(learner__email__lower=email.lower(), booking_ended_on=None)
    unseen = unseen.exclude(forgotten(on=site_day(at)))
    moments += unseen.values_list("booked_at", flat=True)
    return min(moments, default=None)


def _booked(organisation: Organisation, cohort: Cohort, email: str, *, at: datetime) -> QuerySet[Enrolment]:
    """The live run in this course that the organisation booked for this address."""
    booked = Enrolment.objects.reported_by(organisation, on=site_day(at)).live()
    theirs = booked.filter(course=cohort.course, learner__email__lower=email.lower())
    return theirs.select_related("learner", "cohort")


def _language_of(email: str) -> str:
    """The reader's own, if they have an account; else that of the page. Nobody but the reader sees which."""
    known = User.objects.filter(email__lower=email.lower()).values_list("language", flat=True).first()
    return known or translation.get_language() or "en"
