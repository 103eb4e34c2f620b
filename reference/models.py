"""What is written once and used everywhere: the works facts were drawn from, what words mean, what the law says."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.by_language import in_language

from .choices import NATIONS_OF_LAW, Nation


class Source(models.Model):
    """A published work."""

    key = models.SlugField(gettext_lazy("key"), unique=True, help_text=gettext_lazy("Content files cite it by this."))
    title = models.CharField(gettext_lazy("title"), max_length=300)
    authors = models.JSONField(gettext_lazy("authors"), default=list, blank=True)
    publisher = models.CharField(gettext_lazy("publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(gettext_lazy("year"), null=True, blank=True)
    published = models.CharField(
        gettext_lazy("published"),
        max_length=60,
        blank=True,
        help_text=gettext_lazy("In words, where more is known than the year: “October 2008”."),
    )
    url = models.URLField(gettext_lazy("link"), max_length=500, blank=True)
    nation = models.CharField(gettext_lazy("nation"), max_length=20, choices=Nation.choices, default=Nation.UK)
    checked_on = models.DateField(
        gettext_lazy("checked on"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The day somebody last looked at the work itself. Empty if nobody has."),
    )
    note = models.CharField(gettext_lazy("note"), max_length=300, blank=True)
    ours = models.BooleanField(gettext_lazy("our own work"), default=False)

    class Meta:
        verbose_name = gettext_lazy("source")
        verbose_name_plural = gettext_lazy("sources")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def dated(self) -> str:
        """When it was published, as exactly as is known; empty if it is not."""
        return self.published or (str(self.year) if self.year else "")

    @property
    def authors_in_words(self) -> str:
        return in_a_row(self.authors)


class GlossaryTerm(models.Model):
    """A word of the field and what it means here, in every language it has been written in."""

    key = models.SlugField(
        gettext_lazy("key"), unique=True, help_text=gettext_lazy("The end of its address. Texts link to it.")
    )
    terms = models.JSONField(default=dict, help_text=gettext_lazy("By language code"))
    meanings = models.JSONField(default=dict, help_text=gettext_lazy("By language code"))
    see = models.JSONField(gettext_lazy("see also"), default=list, blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="+", verbose_name=gettext_lazy("sources"))

    class Meta:
        verbose_name = gettext_lazy("glossary term")
        verbose_name_plural = gettext_lazy("glossary terms")
        ordering = ["key"]

    def __str__(self) -> str:
        return in_language(self.terms) or self.key

    def language_for(self, wanted: str) -> str:
        """The language it can be shown in: the one wanted if it is whole there, otherwise English."""
        return wanted if self.terms.get(wanted) and self.meanings.get(wanted) else "en"


class LegalStatement(models.Model):
    """What the law of one nation says, between two days, and when somebody last made sure that it does."""

    key = models.SlugField(
        gettext_lazy("key"), unique=True, help_text=gettext_lazy("Pages place it by this. It never changes.")
    )
    nation = models.CharField(gettext_lazy("nation"), max_length=20, choices=NATIONS_OF_LAW)
    texts = models.JSONField(default=dict, help_text=gettext_lazy("By language code"))
    valid_from = models.DateField(
        gettext_lazy("valid from"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The first day on which this is the law. Empty until somebody has confirmed it."),
    )
    valid_to = models.DateField(
        gettext_lazy("valid to"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The last day on which it is. Empty while nobody knows of an end."),
    )
    checked_on = models.DateField(
        gettext_lazy("checked on"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The day a lawyer last held it against the law. Empty if nobody has."),
    )
    checked_by = models.CharField(gettext_lazy("checked by"), max_length=150, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=gettext_lazy("source"))

    class Meta:
        verbose_name = gettext_lazy("legal statement")
        verbose_name_plural = gettext_lazy("legal statements")
        ordering = ["nation", "valid_from", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="legal_statement_ends_after_it_begins",
                violation_error_message=gettext_lazy("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(checked_on=None, checked_by="")
                | (models.Q(checked_on__isnull=False) & ~models.Q(checked_by="")),
                name="legal_statement_says_who_and_when",
                violation_error_message=gettext_lazy("Say both who checked it and on which day, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nation_display()}: {in_language(self.texts) or self.key}"

    @property
    def check_due_on(self) -> date | None:
        """The last day on which the last check still holds (LEGAL_CHECK_DAYS); None where nobody has checked."""
        return self.checked_on + timedelta(days=settings.LEGAL_CHECK_DAYS) if self.checked_on else None

    def has_ended(self, today: date) -> bool:
        """Whether it was the law and is no longer: its last day still belongs to it."""
        return self.valid_to is not None and self.valid_to < today

    def is_due(self, today: date) -> bool:
        """Whether somebody has to look at it: it was never checked, or not lately, or wants its first day.

        What has ended is left in peace.
        """
        is_checked = self.valid_from is not None and self.check_due_on is not None and today <= self.check_due_on
        return not self.has_ended(today) and not is_checked

    def language_for(self, wanted: str) -> str:
        """The language it can be shown in: the one wanted if it is written in it, otherwise English."""
        return wanted if self.texts.get(wanted) else "en"


def in_a_row(names: list[str]) -> str:
    """Names as a sentence has them: “A”, “A and B”, “A, B and C”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
