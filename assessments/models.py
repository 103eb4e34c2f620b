"""How learning is tested: assessments with their blueprint; attempts, places, drafts and responses.

What is asked stands in item_models, what was made of it in score_models; all are imported from here. Knows nothing of
enrolments. Facts are added, never overwritten (docs/data.md, 'How learning is tested').
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from toolkit.by_language import in_language
from toolkit.frozen import frozen
from toolkit.points import PointsField

from courses.choices import ActivityKind
from courses.models import Activity, LearningOutcome

from .assessment_rules import AssessmentRules
from .choices import AttemptState, Certainty, ClosedBy
from .item_models import Item, ItemAct, ItemBank, ItemCategory, ItemPicture, ItemTag, ItemVersion
from .score_models import KeptComment, Result, RevisionRequest, Score

__all__ = [
    "Assessment",
    "Attempt",
    "AttemptQuerySet",
    "BlueprintLine",
    "Draft",
    "Item",
    "ItemAct",
    "ItemBank",
    "ItemCategory",
    "ItemPicture",
    "ItemTag",
    "ItemVersion",
    "KeptComment",
    "Place",
    "Response",
    "Result",
    "RevisionRequest",
    "Score",
]


class Assessment(models.Model):
    """A test: one row for all languages, not a page. Its activity says where it stands in the course."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="assessment", limit_choices_to={"kind": ActivityKind.ASSESSMENT}
    )
    bank = models.ForeignKey(ItemBank, models.PROTECT, related_name="assessments")
    titles = models.JSONField(default=dict, help_text=_("By language code"))
    introductions = models.JSONField(default=dict, help_text=_("By language code"))
    shows_cohort = models.BooleanField(
        default=False, help_text=_("Whoever handed in is shown how their cohort answered, in groups")
    )
    names_hidden = models.BooleanField(default=False, help_text=_("Whoever marks does not see whose response it is"))
    own_pass_share = PointsField(
        null=True, blank=True, help_text=_("Of an exercise beside the course, which no requirement set asks for")
    )
    rules = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("What its attempts go by, where it differs from most (assessment_rules.py)"),
    )

    def __str__(self) -> str:
        return self.title

    @property
    def is_optional(self) -> bool:
        """Whether it stands beside the course: whoever likes takes it, and no achievement rests on it."""
        return self.own_pass_share is not None

    @property
    def title(self) -> str:
        return in_language(self.titles)

    @property
    def introduction(self) -> str:
        return in_language(self.introductions)

    @property
    def own_rules(self) -> AssessmentRules:
        return AssessmentRules.from_json(self.rules)


class BlueprintLine(models.Model):
    """How many items of a learning outcome (and kind; empty means any) an attempt draws for a part of it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="blueprint")
    learning_outcome = models.ForeignKey(LearningOutcome, models.PROTECT, related_name="+")
    item_kind = models.CharField(max_length=30, blank=True, default="")
    part = models.PositiveSmallIntegerField(default=0, help_text=_("Of the parts in the rules; 0 is the first or only"))
    count = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["assessment", "part", "learning_outcome__code", "item_kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "part", "learning_outcome", "item_kind"], name="one_blueprint_line_each"
            )
        ]


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts, by who may see them. Who else may is the business of rooms that know enrolments."""

    def belonging_to(self, learner: "settings.AUTH_USER_MODEL") -> "AttemptQuerySet":  # type: ignore[name-defined]
        return self.filter(learner=learner)

    def open(self) -> "AttemptQuerySet":
        return self.filter(state=AttemptState.IN_PROGRESS)


@frozen(
    but=("state", "handed_in_at", "received_at", "scored_at", "closed_by", "void_reason", "due_at", "extra_seconds")
)
class Attempt(models.Model):
    """One sitting, with the rules that applied to it as they were when it began."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    run_id = models.UUIDField(help_text=_("Opaque: which run of a course this belongs to; the caller knows"))
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=AttemptState.choices, default=AttemptState.IN_PROGRESS)
    language = models.CharField(max_length=8)
    seed = models.CharField(max_length=64)
    pass_share = PointsField()
    attempts_allowed = models.PositiveSmallIntegerField(null=True)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    gap_seconds = models.PositiveIntegerField(default=0)
    time_limit_seconds = models.PositiveIntegerField(null=True)
    extra_seconds = models.PositiveIntegerField(default=0)
    rules = models.JSONField(default=dict, help_text=_("The assessment's own rules as they were when it began"))
    bank_is_open = models.BooleanField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True, help_text=_("When its quiz closes; it is reviewed by that afterwards"))
    handed_in_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    scored_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=10, choices=ClosedBy.choices, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "run_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run_id", "assessment"],
                condition=Q(state=AttemptState.IN_PROGRESS),
                name="one_open_attempt_per_run",
            ),
            models.UniqueConstraint(fields=["run_id", "assessment", "number"], name="one_attempt_per_number"),
            models.CheckConstraint(
                condition=~Q(state=AttemptState.SCORED) | Q(scored_at__isnull=False, handed_in_at__isnull=False),
                name="scored_attempts_say_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=AttemptState.VOID) | ~Q(void_reason=""), name="void_attempts_say_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} ({self.state})"

    @property
    def own_rules(self) -> AssessmentRules:
        """The assessment's rules as they were when this attempt began."""
        return AssessmentRules.from_json(self.rules)

    @property
    def result(self) -> "Result | None":
        """The result that stands now; earlier ones are kept and superseded."""
        return self.results.filter(successor=None).first()


@frozen()
class Place(models.Model):
    """A position in an attempt: which version of which item stood there, its choices in the order shown."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField(default=0, help_text=_("Of the parts in its attempt's rules"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="places")
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="places")
    choice_order = models.JSONField()

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_item_per_position"),
            models.UniqueConstraint(fields=["attempt", "item"], name="an_item_once_per_attempt"),
        ]


class Draft(models.Model):
    """What is being written for one item. A save that is not newer than `client_sequence` is refused."""

    place = models.OneToOneField(Place, models.PROTECT, related_name="draft")
    value = models.JSONField()
    certainty = models.PositiveSmallIntegerField(choices=Certainty.choices, null=True)
    flagged = models.BooleanField(default=False)
    client_sequence = models.PositiveIntegerField()
    received_at = models.DateTimeField()


@frozen(unless="removed_at")
class Response(models.Model):
    """What was handed in for one item; the value goes only where the law has it removed."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="responses")
    try_number = models.PositiveSmallIntegerField(default=1)
    value = models.JSONField(null=True)
    certainty = models.PositiveSmallIntegerField(
        choices=Certainty.choices, null=True, help_text=_("How sure its learner was, where they were asked and said so")
    )
    given_at = models.DateTimeField()
    received_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_why = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["place", "try_number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "try_number"], name="one_response_per_place_and_try"),
        ]
