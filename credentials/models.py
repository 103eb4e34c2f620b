"""What was earned: achievements, issuers and credentials (docs/data.md, 'What was earned')."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from toolkit.by_language import in_language
from toolkit.frozen import frozen

from courses.models import Course, RequirementSet
from enrolments.models import Enrolment
from people.models import Organisation

from .choices import AchievementKind, ChangeReason, CredentialState, FollowsAs, RevocationState, Standing
from .codes import grouped, new_code


def private_storage() -> Storage:
    """Certificates are never under a URL."""
    return storages["private"]


class Issuer(models.Model):
    """Who stands behind a credential."""

    key = models.SlugField(unique=True)
    names = models.JSONField(default=dict, help_text=_("By language code"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return in_language(self.names) or self.key


class Achievement(models.Model):
    """What may be earned by meeting a requirement set of the same course and key."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="achievements")
    key = models.SlugField()
    kind = models.CharField(max_length=20, choices=AchievementKind.choices)
    issuer = models.ForeignKey(Issuer, models.PROTECT, related_name="achievements")
    titles = models.JSONField(default=dict, help_text=_("By language code"))
    statements = models.JSONField(default=dict, help_text=_("What it shows and does not show, by language code"))
    valid_for_months = models.PositiveSmallIntegerField(null=True, blank=True)
    issues_itself = models.BooleanField(default=False, help_text=_("Awarded when its requirements are met"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "key"], name="one_achievement_per_key"),
            models.CheckConstraint(
                condition=Q(issues_itself=False) | ~Q(kind=AchievementKind.ACCREDITATION),
                name="accreditation_never_issues_itself",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles) or self.key


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Credentials."""

    def belonging_to(self, learner: object) -> "CredentialQuerySet":
        return self.filter(learner=learner)

    def not_replaced(self) -> "CredentialQuerySet":
        """Those in whose place no newer one stands."""
        return self.filter(successor=None)


@frozen(but=("state", "name_shown", "pdf", "pdf_digest"), unless="reduced_at")
class Credential(models.Model):
    """An achievement held by one person. Everything it says was frozen at the award; only its state moves.

    `evidence` is what the award rested on: titles, statement, issuer, providers, requirement set, digests of what was
    read, results, which kind of bank; `evidence_digest` is SHA-256 over it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credentials")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="credentials")
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="credentials")
    requirement_set = models.ForeignKey(RequirementSet, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CredentialState.choices, default=CredentialState.ISSUED)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    follows_as = models.CharField(max_length=12, choices=FollowsAs.choices, blank=True)
    name = models.CharField(max_length=150)
    name_shown = models.BooleanField(default=False, help_text=_("The holder lets the public check page show the name"))
    language = models.CharField(max_length=8)
    evidence = models.JSONField()
    evidence_digest = models.CharField(max_length=64)
    rests_on_open_bank = models.BooleanField()
    awarded_at = models.DateTimeField()
    valid_from_on = models.DateField()
    valid_until_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    pdf = models.FileField(storage=private_storage, upload_to="certificates/", blank=True)
    pdf_digest = models.CharField(max_length=64, blank=True)
    reduced_at = models.DateTimeField(null=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "achievement"], condition=Q(replaces=None), name="one_first_award_per_run"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, follows_as="") | (Q(replaces__isnull=False) & ~Q(follows_as="")),
                name="a_successor_says_how_it_follows",
            ),
            models.CheckConstraint(
                condition=Q(valid_until_on=None) | Q(valid_until_on__gte=F("valid_from_on")),
                name="credential_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """The code in groups of four."""
        return grouped(self.code)

    @property
    def title(self) -> str:
        """The achievement's title as it was at the award."""
        return str(self.evidence.get("title", ""))

    def standing(self, on: date) -> Standing:
        """What it is worth on a day. Being taken away outranks running out."""
        if self.state != CredentialState.ISSUED:
            return Standing(self.state)
        if self.valid_until_on and on > self.valid_until_on:
            return Standing.EXPIRED
        return Standing.VALID


@frozen(unless="reduced_at")
class CredentialChange(models.Model):
    """A change of a credential's state, with its reason; taking one away needs two people."""

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="changes")
    from_state = models.CharField(max_length=12, choices=CredentialState.choices)
    to_state = models.CharField(max_length=12, choices=CredentialState.choices)
    reason = models.CharField(max_length=40, choices=ChangeReason.choices)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["credential", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_state=CredentialState.REVOKED)
                | (Q(second_person__isnull=False) & ~Q(second_person=F("by"))),
                name="revoking_takes_two_people",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_change_of_a_credential_says_why"),
        ]


@frozen(but=("state", "answered_by", "answered_at"), unless="reduced_at")
class RevocationRequest(models.Model):
    """One person asks for a credential to be revoked; it is revoked once another confirms."""

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="revocation_requests")
    reason = models.CharField(max_length=40, choices=ChangeReason.choices)
    note = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=RevocationState.choices, default=RevocationState.ASKED)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["credential", "asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["credential"], condition=Q(state=RevocationState.ASKED), name="one_open_revocation_request"
            ),
            models.CheckConstraint(
                condition=Q(state=RevocationState.ASKED, answered_by=None, answered_at=None)
                | (~Q(state=RevocationState.ASKED) & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="an_answered_revocation_request_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=RevocationState.CONFIRMED) | ~Q(answered_by=F("asked_by")),
                name="nobody_confirms_what_they_asked",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_revocation_request_says_why"),
        ]
