"""What is taught. A neutral row for each thing, and a page for each language of it (docs/data.md)."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Max, Q
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from toolkit.by_language import in_language
from toolkit.days import site_day
from toolkit.frozen import frozen
from toolkit.points import PointsField
from wagtail.fields import StreamField

from media.models import Film
from reference.pages import WrittenPage, translations_of

from .blocks import LessonBody
from .changes import Change
from .choices import ActivityKind
from .rendering import Kept, html_of, kept_of

__all__ = [
    "Activity",
    "Change",
    "Course",
    "CoursePage",
    "LearningOutcome",
    "LessonPage",
    "Module",
    "ModulePage",
    "Requirement",
    "RequirementSet",
]


class Course(models.Model):
    """A course, whatever the language."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.SlugField(unique=True)
    code = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.code


class Module(models.Model):
    """A module of a course, whatever the language."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="modules")
    number = models.PositiveSmallIntegerField()
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", help_text=_("What has to be done before it")
    )

    class Meta:
        ordering = ["course", "number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="one_module_per_number")]

    def __str__(self) -> str:
        return f"M{self.number}"


class LearningOutcome(models.Model):
    """What a learner should be able to do; retired, never deleted."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="learning_outcomes")
    module = models.ForeignKey(Module, models.PROTECT, related_name="learning_outcomes")
    code = models.CharField(max_length=20)
    statements = models.JSONField(default=dict, help_text=_("By language code"))
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["course", "code"]
        constraints = [models.UniqueConstraint(fields=["course", "code"], name="one_learning_outcome_per_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def statement(self) -> str:
        return in_language(self.statements)


class Activity(models.Model):
    """Anything progress is kept for. Progress, requirements, attempts and notes hang here, never on a page."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=ActivityKind.choices)
    course = models.ForeignKey(Course, models.PROTECT, related_name="activities")
    module = models.ForeignKey(Module, models.PROTECT, null=True, blank=True, related_name="activities")
    position = models.PositiveIntegerField(help_text=_("Order inside the module, in every language"))
    film = models.ForeignKey(Film, models.PROTECT, null=True, blank=True, related_name="activities")
    titles = models.JSONField(
        default=dict, blank=True, help_text=_("By language code; of a live session, which has no page that names it")
    )

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["course", "module__number", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ActivityKind.FILM, film__isnull=False)
                | (~Q(kind=ActivityKind.FILM) & Q(film__isnull=True)),
                name="only_film_activities_have_a_film",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def title(self) -> str:
        """Of a live session; everything else is named by its page or its quiz."""
        return in_language(self.titles)


@frozen(once=("sealed_at",))
class RequirementSet(models.Model):
    """One version of what a course asks for an achievement; sealed before anybody is pinned to it.

    `thresholds` holds what is asked across activities, as whole numbers and fractions in text, for example
    {"outcome_floor_share": "60/100", "outcome_floor_items": 5, "attendance": 3}. Source: DOMAIN section 4, S1.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="requirement_sets")
    key = models.SlugField()
    version = models.PositiveIntegerField()
    thresholds = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["course", "key", "version"]
        constraints = [
            models.UniqueConstraint(fields=["course", "key", "version"], name="one_requirement_set_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


@frozen(sealed_by="requirement_set")
class Requirement(models.Model):
    """One activity a set asks for; for an assessment also the share to reach and how often it may be tried."""

    requirement_set = models.ForeignKey(RequirementSet, models.PROTECT, related_name="requirements")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="requirements")
    pass_share = PointsField(null=True, help_text=_("Share of the points to reach, e.g. 7/10; empty for a lesson"))
    attempts_allowed = models.PositiveSmallIntegerField(null=True, help_text=_("Empty: no limit"))
    gap_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement_set", "activity"], name="one_requirement_per_activity")
        ]


class CoursePage(WrittenPage):
    """A course's public page in one language."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="pages", editable=False)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.ModulePage"]
    exclude_fields_in_copy = ["course", "language"]
    neutral_field = "course"

    class Meta:
        verbose_name = _("course page")
        constraints = [models.UniqueConstraint(fields=["course", "language"], name="one_course_page_per_language")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = ModulePage.objects.live().public().child_of(self)
        modules = below.select_related("module", "locale").order_by("module__number")
        return {**super().get_context(request, *args, **kwargs), "modules": modules, **translations_of(self)}

    def new_neutral_row(self) -> Course:
        return Course.objects.create(key=self.slug, code=self.slug.upper()[:20])


class ModulePage(WrittenPage):
    """A module's public page in one language. Its cover is drawn from its number."""

    LAST_NUMBER = 9  # of the foundation course; from there on the threads of a cover come no closer

    module = models.ForeignKey(Module, models.PROTECT, related_name="pages", editable=False)

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "media.FilmPage"]
    exclude_fields_in_copy = ["module", "language"]
    neutral_field = "module"

    class Meta:
        verbose_name = _("module page")
        constraints = [models.UniqueConstraint(fields=["module", "language"], name="one_module_page_per_language")]

    @property
    def seed(self) -> str:
        """What the cover is drawn from, the same in every language."""
        return f"m{self.module.number}"

    @property
    def nearness(self) -> float:
        """How close the threads come on the cover, 0 to 1: closer as the course goes on."""
        return min(self.module.number - 1, self.LAST_NUMBER - 1) / (self.LAST_NUMBER - 1)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = LessonPage.objects.live().public().child_of(self)
        lessons = below.select_related("activity", "locale").order_by("activity__position")
        outcomes = self.module.learning_outcomes.filter(retired_at=None)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "lessons": lessons, "outcomes": outcomes, **translations_of(self)}

    def new_neutral_row(self) -> Module:
        course = self.get_parent().specific.course
        last = course.modules.aggregate(last=Max("number"))["last"] or 0
        return Module.objects.create(course=course, number=last + 1)


class LessonPage(WrittenPage):
    """A lesson's text in one language. Progress hangs on its activity."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="lesson_pages", editable=False)
    body = StreamField(LessonBody(), blank=True)

    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["activity", "language"]
    neutral_field = "activity"
    kept_html = models.TextField(editable=False, default="")
    kept_facts = models.JSONField(editable=False, default=dict)
    serve_with = ("locale", "activity__course", "activity__module")
    serve_without = ("body",)

    class Meta:
        verbose_name = _("lesson")
        constraints = [models.UniqueConstraint(fields=["activity", "language"], name="one_lesson_page_per_language")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if "body" in (kwargs.get("update_fields") or ["body"]):
            self._pass_seam()
            self.keep_rendering()
        super().save(*args, **kwargs)

    def _pass_seam(self) -> None:
        """The body as it will be stored: what is kept of it is rendered from nothing else."""
        stored = self._meta.get_field("body")
        self.body = stored.to_python(stored.get_prep_value(self.body))

    def keep_rendering(self) -> None:
        """Make what is kept of the text anew, on this object."""
        if not self.language:
            self.language = (self.locale if self.locale_id else self.get_default_locale()).language_code
        self.__dict__.pop("terms", None)
        self.kept_html, self.kept_facts = html_of(self), kept_of(self).facts

    @property
    def kept(self) -> Kept:
        """What was kept, where the text has not been touched since it was loaded without its stream."""
        is_as_saved = self.kept_facts and "body" in self.get_deferred_fields()
        return Kept.from_facts(self.kept_facts) if is_as_saved else kept_of(self)

    @property
    def content_digest(self) -> str:
        return self.kept.digest if "body" in self.get_deferred_fields() else super().content_digest

    @property
    def minutes(self) -> int:
        return self.kept.minutes if "body" in self.get_deferred_fields() else super().minutes

    @property
    def sections(self) -> list[tuple[str, str]]:
        return self.kept.sections if "body" in self.get_deferred_fields() else super().sections

    @property
    def text(self) -> SafeString:
        """The text as HTML: as kept, or made now where it may have changed, holds scripts or goes by the day."""
        as_saved = self.kept_html and "body" in self.get_deferred_fields() and self.kept.holds_on(site_day())
        return mark_safe(self.kept_html if as_saved else html_of(self))  # noqa: S308  (passed the one seam)

    def new_neutral_row(self) -> Activity:
        module = self.get_parent().specific.module
        last = module.activities.filter(kind=ActivityKind.LESSON).aggregate(last=Max("position"))["last"] or 0
        return Activity.objects.create(
            kind=ActivityKind.LESSON, course=module.course, module=module, position=last + 10
        )
