"""What is asked: banks, the items in them, every version of an item, and what was done with it."""

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

from courses.models import Activity, Course, LearningOutcome
from reference.models import Source

from .choices import ItemActKind
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
