"""How somebody comes to a place in a cohort: by an invitation, by asking, or by a list of people."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.choices import Agency
from people.models import Area, Organisation, known_domains

from .choices import ListState, RequestState


class Invitation(models.Model):
    """A link into a cohort. Its secret is not stored; an addressed one also proves the address."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cohort = models.ForeignKey("enrolments.Cohort", models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=150, blank=True, help_text=_("Of whom an addressed one is for, as it was typed"))
    max_uses = models.PositiveIntegerField(default=1)
    domains = models.TextField(
        blank=True, validators=[known_domains], help_text=_("Only addresses that end so may use it; empty: any")
    )
    asks_first = models.BooleanField(default=False, help_text=_("A place is asked for, and somebody says yes or no"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", help_text=_("For which its booking counts; empty: the first")
    )
    agency = models.CharField(
        max_length=20, choices=Agency.choices, blank=True, help_text=_("As it was typed in a list")
    )
    by_list = models.BooleanField(default=False, help_text=_("Came of a list; no page tells it from a booking"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    sent_again_at = models.DateTimeField(null=True, help_text=_("When its letter was last sent once more"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email="") | Q(max_uses=1), name="an_addressed_invitation_is_for_one"),
            models.CheckConstraint(
                condition=Q(email="") | Q(domains="", asks_first=False),
                name="an_addressed_invitation_asks_no_more",
            ),
        ]

    def admits(self, email: str) -> bool:
        """Whether the end of an address is one the link is meant for."""
        return not self.domains or email.rpartition("@")[2].lower() in self.domains.lower().split()


class ReplacedLink(models.Model):
    """The digest of a secret that an invitation had before its letter was sent again; it opens nothing."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="replaced_links")
    token_digest = models.CharField(max_length=64, unique=True)
    replaced_at = models.DateTimeField()


class InvitationUse(models.Model):
    """One seat of an invitation, taken by one person."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="uses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("enrolments.Enrolment", models.PROTECT, related_name="+")
    seat = models.PositiveIntegerField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "person"], name="one_seat_per_person"),
            models.UniqueConstraint(fields=["invitation", "seat"], name="one_person_per_seat"),
        ]


class PlaceRequest(models.Model):
    """Somebody asks for a place in a cohort; a lead of the organisation, or without one a trainer, says yes or no."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="place_requests")
    cohort = models.ForeignKey("enrolments.Cohort", models.PROTECT, related_name="place_requests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="place_requests")
    invitation = models.ForeignKey(Invitation, models.PROTECT, null=True, related_name="requests")
    name = models.CharField(max_length=150, blank=True, help_text=_("Of the person, as it was when they asked"))
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True, help_text=_("What the person is told with the answer"))
    enrolment = models.ForeignKey("enrolments.Enrolment", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort"],
                condition=Q(state=RequestState.WAITING),
                name="one_waiting_request_per_cohort",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.WAITING, decided_at=None)
                | ~Q(state=RequestState.WAITING) & Q(decided_at__isnull=False),
                name="a_decided_request_says_when",
            ),
        ]

    @property
    def asker(self) -> str:
        """As they were called when they asked: what they are called since is no business of whoever answers."""
        return self.name or str(self.person)


class EnrolmentList(models.Model):
    """A file of people to be booked: checked line by line first, then taken in whole or not at all.

    `rows` and `report` name people: both are emptied once the list is taken in, given up or too old; the counts stay.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="enrolment_lists")
    cohort = models.ForeignKey("enrolments.Cohort", models.PROTECT, related_name="enrolment_lists")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=ListState.choices, default=ListState.CHECKING)
    rows = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0, help_text=_("Rows gone through in the present state"))
    moved_at = models.DateTimeField(help_text=_("When its state or count last moved"))
    taken_in_at = models.DateTimeField(null=True)
    booked_count = models.PositiveIntegerField(default=0)
    invited_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("enrolment list")
        verbose_name_plural = _("enrolment lists")
