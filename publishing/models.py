"""What the loader remembers, what was published in spite of a check, and who else read a change or a draft."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen


class LoadedFile(models.Model):
    """One thing last written by the loader: what its file said then, and what the site said just after."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120, help_text="The thing's uuid or key, and its language where it has one")
    path = models.CharField(max_length=300, help_text="Inside the package")
    file_digest = models.CharField(max_length=64)
    site_digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_memory_per_thing")]


@frozen()
class Override(models.Model):
    """One draft that somebody let through although checks found something: which findings, why, who and when.

    It holds for exactly this revision. `page_id` and `revision_id` are plain numbers: the record outlives both.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    page_id = models.PositiveBigIntegerField(_("page"))
    revision_id = models.PositiveBigIntegerField(_("version"), db_index=True)
    codes = models.JSONField(_("what the checks found"), default=list)
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("page published in spite of a check")
        verbose_name_plural = _("pages published in spite of a check")
        default_permissions = ()
        permissions = [("override_checks", _("Can publish in spite of a check, with a reason"))]
        ordering = ["-at"]


class SecondReadingQuerySet(models.QuerySet["SecondReading"]):
    """Readings by where they stand."""

    def waiting(self) -> "SecondReadingQuerySet":
        """Those that somebody has still to read."""
        return self.filter(read_at=None, sent_back_at=None)


@frozen(once=("read_by", "read_at", "sent_back_by", "sent_back_at", "sent_back_because"))
class SecondReading(models.Model):
    """A change of live course content that somebody else reads: of substance before, of wording after it is published.

    It is of two texts, told by their fingerprints (versions.py), so that it holds for whatever version has the same.
    `page_id` and the revisions are plain numbers: the record outlives them.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    is_substance = models.BooleanField(_("is of substance"))
    words = models.PositiveIntegerField(_("words changed"), default=0)
    note = models.TextField(_("change note"), max_length=500, blank=True)
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)
    before_revision_id = models.PositiveBigIntegerField(_("version before"), null=True)
    after_revision_id = models.PositiveBigIntegerField(_("version after"), null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    asked_at = models.DateTimeField(_("when"))
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who read it")
    )
    read_at = models.DateTimeField(_("when it was read"), null=True)
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who sent it back")
    )
    sent_back_at = models.DateTimeField(_("when it was sent back"), null=True)
    sent_back_because = models.TextField(_("why it was sent back"), max_length=1000, null=True)

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        default_permissions = ()
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(read_by=None) | ~Q(read_by=F("asked_by")), name="read_by_somebody_else"),
            models.CheckConstraint(
                condition=Q(read_by=None, read_at=None) | Q(read_by__isnull=False, read_at__isnull=False),
                name="read_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_by=None, sent_back_at=None, sent_back_because=None)
                | (
                    Q(sent_back_by__isnull=False, sent_back_at__isnull=False, sent_back_because__isnull=False)
                    & Q(read_at=None)
                    & ~Q(sent_back_because="")
                ),
                name="sent_back_by_whom_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_by=None) | ~Q(sent_back_by=F("asked_by")), name="sent_back_by_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["page_id", "before", "after"],
                condition=Q(read_at=None, sent_back_at=None),
                name="one_waiting_reading_per_change",
            ),
        ]

    objects = SecondReadingQuerySet.as_manager()


@frozen(once=("closed_at",))
class FactCheck(models.Model):
    """A version of a page that somebody outside reads at a private address, without an account, until a day.

    `page_id` and `revision_id` are plain numbers: the record outlives both.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    revision_id = models.PositiveBigIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=255)
    reader = models.CharField(_("who checks it"), max_length=150)
    question = models.TextField(_("what to look at"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    asked_at = models.DateTimeField(_("when"))
    open_until = models.DateField(_("open until"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("fact check")
        verbose_name_plural = _("fact checks")
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]


@frozen(once=("dealt_with_at", "dealt_with_by"))
class FactCheckAnswer(models.Model):
    """What somebody outside said of a draft; whoever has more to say says it in another."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    fact_check = models.ForeignKey(FactCheck, models.CASCADE, related_name="answers")
    words = models.TextField(_("answer"), max_length=10_000)
    at = models.DateTimeField(_("when"))
    dealt_with_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who dealt with it")
    )
    dealt_with_at = models.DateTimeField(_("when it was dealt with"), null=True)

    class Meta:
        verbose_name = _("answer of a fact check")
        verbose_name_plural = _("answers of fact checks")
        default_permissions = ()
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dealt_with_by=None, dealt_with_at=None)
                | Q(dealt_with_by__isnull=False, dealt_with_at__isnull=False),
                name="answer_dealt_with_by_whom_and_when",
            ),
        ]
