"""What a lead's or a trainer's form makes: a link, or a letter to one address."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrolments.answers import send_invitation
from enrolments.invitations import invite, token_digest
from enrolments.models import Cohort, CohortOffer, Enrolment, Invitation
from enrolments.places import places_taken, require_places
from people.models import Organisation, User

from .givers import Giver
from .invitation_forms import LetterForm, LinkForm


class InvitedAlready(Exception):
    """Raised for an address that was written to and has not answered, or whose place this organisation booked."""


def cohort_choices(giver: Giver, *, at: datetime) -> dict[str, tuple[Cohort, str]]:
    """The cohorts it may invite into, by identifier, each with its words: an organisation's say what is left."""
    if giver.cohort:
        return {str(giver.cohort.uuid): (giver.cohort, giver.cohort.name)}
    offers = giver.offers(on=timezone.localdate(at))
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


def make_link(giver: Giver, form: LinkForm, *, by: User, at: datetime) -> tuple[Invitation, str]:
    """The link of this form and its secret; the same ones if the form was sent before."""
    given = form.cleaned_data
    return invite(
        given["cohort"],
        organisation=giver.organisation,
        expires_at=form.expires_at(),
        at=at,
        max_uses=given["max_uses"],
        domains=given["domains"],
        asks_first=given["asks_first"],
        by=by,
        token=given["sealed"],
    )


@transaction.atomic
def send_letter(giver: Giver, form: LetterForm, *, by: User, at: datetime) -> Invitation:
    """One invitation and one letter for a form, however often it is sent. It keeps a place from now on.

    Raises NoPlacesLeft, or InvitedAlready.
    """
    given = form.cleaned_data
    if sent := giver.invitations().filter(token_digest=token_digest(given["sealed"])).first():
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
        token=given["sealed"],
    )
    send_invitation(invitation, token, language=_language_of(given["email"]), at=at)
    return invitation


def _require_news(giver: Giver, cohort: Cohort, email: str, *, at: datetime) -> None:
    still_open = giver.invitations().filter(cohort=cohort, email__iexact=email, revoked_at=None, expires_at__gt=at)
    if earlier := still_open.filter(uses=None).first():
        words = _("%(address)s was written to on %(day)s, and that invitation is open. Withdraw it to send another.")
        day = date_format(timezone.localtime(earlier.created_at), "j F Y")
        raise InvitedAlready(words % {"address": email, "day": day})
    if giver.organisation and (run := _run_booked_by(giver.organisation, cohort, email, at=at)):
        words = _("%(name)s is on this course already, in %(cohort)s. Your organisation booked that place.")
        raise InvitedAlready(words % {"name": run.learner, "cohort": run.cohort})


def _run_booked_by(organisation: Organisation, cohort: Cohort, email: str, *, at: datetime) -> Enrolment | None:
    """The live run that this organisation booked for somebody of that address, who has signed in since.

    Whoever never signed in looks like whoever was only written to (decision 31), and is written to again.
    """
    booked = Enrolment.objects.reported_by(organisation, on=timezone.localdate(at)).live()
    theirs = booked.filter(course=cohort.course, learner__email__iexact=email).exclude(learner__last_login=None)
    return theirs.select_related("learner", "cohort").first()


def _language_of(email: str) -> str:
    """The reader's own, if they have an account; else that of the page. Nobody but the reader sees which."""
    known = User.objects.filter(email__iexact=email).values_list("language", flat=True).first()
    return known or translation.get_language() or "en"
