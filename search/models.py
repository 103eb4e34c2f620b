"""The index: what can be found, and by which words. All of it can be rebuilt (`manage.py rebuild_search`)."""

from datetime import date
from typing import TYPE_CHECKING, Union

from django.db import models
from wagtail.models import Page

from courses.models import Course
from enrolments.access import readable_courses

from .choices import Kind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, by who may open what they lead to. Every answer, count and suggestion begins here."""

    def openable_by(self, person: Union["User", "AnonymousUser"], *, on: date) -> "EntryQuerySet":
        """Whatever is public, and what belongs to courses the person reads; never a page taken down or kept back."""
        courses = readable_courses(person, on=on)
        return self.filter(
            models.Q(course=None) | models.Q(course__in=courses),
            models.Q(page=None) | models.Q(page__in=Page.objects.live().public()),
        )


class Entry(models.Model):
    """One thing that can be found, in one language.

    `passages` are its parts: "text", "to" (the end of its address), "heading", "at" (a film's second, or null).
    """

    thing = models.CharField(max_length=100)  # the page or row it was made from: its model and number
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=100)  # the same in every language, so that nothing is answered twice
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    lead = models.TextField(blank=True)
    passages = models.JSONField(default=list)
    page = models.OneToOneField(Page, models.CASCADE, null=True, related_name="search_entry")
    course = models.ForeignKey(Course, models.CASCADE, null=True, related_name="+")  # whose readers may open it
    digest = models.CharField(max_length=64)
    indexed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # being found is no use of a page that should keep it from deletion

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["thing", "language"], name="one_entry_per_language")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.language})"


class Word(models.Model):
    """A word of some text, folded, with its stem in that text's language."""

    language = models.CharField(max_length=8)
    word = models.CharField(max_length=40)
    stem = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_word_per_language")]
        indexes = [models.Index(fields=["language", "stem"], name="search_word_by_stem")]

    def __str__(self) -> str:
        return self.word


class Posting(models.Model):
    """A word stands in an entry, with this weight in hundredths (ranking.py)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="postings")
    word = models.ForeignKey(Word, models.CASCADE, related_name="postings", db_index=False)
    weight = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "entry"], name="one_posting_per_word")]
