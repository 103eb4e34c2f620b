"""What publishing changed in an activity's text, and what of it somebody has not seen who was there before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from toolkit.frozen import frozen


@frozen()
class Change(models.Model):
    """One published change of an activity's text in one language; `note` says it in plain words to readers.

    The digests are those of the page's content (`WrittenPage.content_digest`), as progress keeps them.
    """

    activity = models.ForeignKey("courses.Activity", models.PROTECT, related_name="changes")
    language = models.CharField(max_length=8)
    is_substance = models.BooleanField(_("is of substance"))
    note = models.TextField(_("change note"), blank=True)
    before_digest = models.CharField(max_length=64)
    after_digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["published_at", "pk"]
        indexes = [models.Index(fields=["activity", "language"], name="changes_of_an_activity")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.language} {self.published_at:%Y-%m-%d}"


class Published(Protocol):
    """What is asked of a change."""

    @property
    def before_digest(self) -> str: ...
    @property
    def after_digest(self) -> str: ...
    @property
    def published_at(self) -> datetime: ...
    @property
    def is_substance(self) -> bool: ...


One = TypeVar("One", bound=Published)


def unseen(changes: Sequence[One], *, digest_seen: str, seen_at: datetime) -> list[One]:
    """The changes of substance since somebody last opened the activity, oldest first; `changes` in their order.

    By what they saw where that text is known, because a page left open may say later that it is still being read;
    else by when. A text that came back to what they saw holds nothing new.
    """
    texts = [one.after_digest for one in changes]
    is_known = bool(digest_seen) and digest_seen in {*texts, *(one.before_digest for one in changes)}
    is_as_seen = bool(changes) and digest_seen == texts[-1]
    found = []
    for place, one in enumerate(changes):
        if is_as_seen and one.before_digest != one.after_digest:
            continue
        is_later = one.published_at > seen_at or (is_known and digest_seen not in texts[place:])
        if one.is_substance and is_later:
            found.append(one)
    return found
