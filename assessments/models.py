"""How learning is tested: banks of versioned items; attempts, drafts, responses, scores and results.

Knows nothing of enrolments. Facts are added, never overwritten (docs/data.md, 'How learning is tested').
"""

from fractions import Fraction
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from toolkit.by_language import in_language
from toolkit.frozen import frozen
from toolkit.points import PointsField

from courses.choices import ActivityKind
from courses.models import Activity, Course, LearningOutcome
from reference.models import Source

from .assessment_rules import AssessmentRules
from .choices import AttemptState, Certainty, ClosedBy, ItemActKind, ScoreKind
from .items import picture_values


class ItemBank(models.Model):
    """A set of items drawn from together; open when its keys are public."""

    key = models.SlugField(unique=True)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="item_banks")
    is_open = models.BooleanField(default=False)
    titles = models.JSONField(default=dict, help_text=_("By language code"))

    class Meta:
        permissions = [
            ("keep_banks", "Can keep the question banks"),
            ("regrade", "Can score a faulty question anew"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> str:
        return in_language(self.titles) or self.key


class ItemCategory(models.Model):
    """A drawer of one bank; an item lies in one at most."""

    bank = models.ForeignKey(ItemBank, models.PROTECT, related_name="categories")
    name = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("item category")
        ordering = ["bank", "name"]
        constraints = [models.UniqueConstraint(fields=["bank", "name"], name="one_category_per_name")]

    def __str__(self) -> str:
        return self.name


class ItemTag(models.Model):
    """A word that items of any bank may bear."""

    name = models.CharField(max_length=60, unique=True)

    class Meta:
        verbose_name = _("item tag")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One question over all its versions; retired, never deleted. Without a `current` version it is a draft."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    bank = models.ForeignKey(ItemBank, models.PROTECT, related_name="items")
    category = models.ForeignKey(ItemCategory, models.PROTECT, null=True, blank=True, related_name="items")
    tags = models.ManyToManyField(ItemTag, blank=True, related_name="items")
    lesson = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Which it comes from")
    )
    section = models.CharField(max_length=200, blank=True, help_text=_("The section’s identifier in that lesson"))
    retired_at = models.DateTimeField(null=True, blank=True)
    current = models.OneToOneField("ItemVersion", models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson=None, section="") | (Q(lesson__isnull=False) & ~Q(section="")),
                name="a_section_and_its_lesson_go_together",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)


@frozen(but=("checked_by", "checked_on", "reviewed_by", "reviewed_at"))
class ItemVersion(models.Model):
    """One wording of an item with its key. Identifiers keep their meaning over versions and languages.

    What `structure`, `key` and each language's `texts` hold is the business of the item's kind (items/). All have
    {"choices": ["a", "b", …]} in `structure`: what is shown in an order of its own; and {"prompt": str, "choices": {…}}
    in each language's texts.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, help_text=_("One of the item types registered in items/"))
    learning_outcome = models.ForeignKey(LearningOutcome, models.PROTECT, related_name="item_versions")
    structure = models.JSONField()
    key = models.JSONField()
    scoring_rule = models.CharField(max_length=40)
    scoring_rule_version = models.PositiveSmallIntegerField()
    max_score = PointsField()
    texts = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_by = models.CharField(max_length=150, blank=True)
    drafted_on = models.DateField(null=True)
    checked_by = models.CharField(max_length=150, blank=True)
    checked_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    sources = models.ManyToManyField(Source, blank=True, related_name="+")
    change_note = models.CharField(max_length=300, blank=True, help_text=_("What is new in it, and why"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text=_("Empty: by a file")
    )
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_item_version_per_number"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | Q(written_by=None) | ~Q(reviewed_by=F("written_by")),
                name="nobody_reviews_what_they_wrote",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With a new version, which pictures it shows."""
        is_new = self.pk is None
        super().save(*args, **kwargs)
        for image in sorted({one["image"] for one in picture_values(self.texts)} if is_new else ()):
            ItemPicture.objects.create(version=self, image_id=image)


@frozen()
class ItemPicture(models.Model):
    """That a version of an item shows an image, which is kept as long as the version is."""

    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="pictures")
    image = models.ForeignKey("media.SiteImage", models.PROTECT, related_name="shown_by_items")

    class Meta:
        verbose_name = _("picture of a question")
        constraints = [models.UniqueConstraint(fields=["version", "image"], name="one_picture_row_per_version")]

    def __str__(self) -> str:
        words = in_language({code: texts["prompt"] for code, texts in self.version.texts.items()})
        return f"{Truncator(words).words(12)} ({self.version.number})"


@frozen()
class ItemAct(models.Model):
    """What was done with an item beside writing it: made live, retired, brought back, scored anew; who and why."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="acts")
    version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=20, choices=ItemActKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("act of a bank")
        ordering = ["at", "pk"]


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


@frozen(unless="reduced_at")
class Score(models.Model):
    """One judgement of one response; a later one supersedes it and leaves it standing."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="scores")
    kind = models.CharField(max_length=20, choices=ScoreKind.choices)
    points = PointsField()
    max_score = PointsField()
    rule = models.CharField(max_length=40)
    rule_version = models.PositiveSmallIntegerField()
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    levels = models.JSONField(default=dict, help_text=_("By criterion of the rubric: the level, counted from 0"))
    comment = models.TextField(blank=True, help_text=_("To the learner"))
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response"],
                condition=Q(kind=ScoreKind.AUTOMATIC, supersedes=None),
                name="one_first_automatic_score",
            ),
            models.UniqueConstraint(
                fields=["response", "kind", "scored_by"], condition=Q(supersedes=None), name="one_first_score_by_marker"
            ),
            models.CheckConstraint(
                condition=Q(scored_by=None, kind__in=[ScoreKind.AUTOMATIC, ScoreKind.REGRADE])
                | Q(scored_by__isnull=False),
                name="people_mark_under_their_name",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("id")), name="no_score_supersedes_itself"
            ),
        ]


@frozen(unless="reduced_at")
class RevisionRequest(models.Model):
    """A response that goes back to its learner, to be handed in once more by a day; the response itself stays."""

    response = models.OneToOneField(Response, models.PROTECT, related_name="revision_request")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_on = models.DateField()
    comment = models.TextField(blank=True)
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for revision")


class KeptComment(models.Model):
    """A comment that a marker keeps for the next response to the same item. Nobody else sees it."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="kept_comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text=_("Of the words: the same are kept once"))
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "by", "digest"], name="a_comment_kept_once")]


@frozen()
class Result(models.Model):
    """What an attempt came to, and which scores it used; a regrade adds a new one."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="results")
    points = PointsField()
    max_score = PointsField()
    passed = models.BooleanField()
    kept_points = PointsField(
        null=True, help_text=_("What still counts towards a pass, where scoring anew gave fewer points")
    )
    decided_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    scores = models.ManyToManyField(Score, related_name="results")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(supersedes=None), name="one_first_result_per_attempt"
            )
        ]

    @property
    def share(self) -> Fraction:
        """Points over points possible; 0 where nothing could be earned."""
        return self.points / self.max_score if self.max_score else Fraction(0)

    @property
    def points_for_pass(self) -> Fraction:
        """What counts towards a pass: scoring a faulty item anew never lowers it."""
        return self.points if self.kept_points is None else self.kept_points
