"""What a publish changed is written down with the page's row, whatever the door: the loader and a shell included."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from courses.models import Change, LessonPage
from media.models import FilmPage

from .changed import PageChange, activities_of, change_of, publishings
from .models import FactCheck, SecondReading

CourseText = LessonPage | FilmPage


@dataclass(frozen=True)
class _Going:
    """What is to be written down once the row is saved; the row still says what readers had."""

    change: PageChange
    note: str
    revision: Revision | None


@receiver(pre_save, sender=LessonPage)
@receiver(pre_save, sender=FilmPage)
def see_change(sender: type[CourseText], instance: CourseText, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    instance.__dict__.pop("_going", None)
    if raw or update_fields is not None or not instance.live:
        return
    change = change_of(instance)
    if change is not None:
        read = change.readings.exclude(read_at=None).order_by("-read_at").first()
        is_published = instance.live_revision_id != change.base.live_revision_id
        revision = instance.live_revision if is_published else None
        instance.__dict__["_going"] = _Going(change, read.note if read else "", revision)


@receiver(post_save, sender=LessonPage)
@receiver(post_save, sender=FilmPage)
def keep_change(sender: type[CourseText], instance: CourseText, **kwargs: Any) -> None:
    going: _Going | None = instance.__dict__.pop("_going", None)
    if going is None:
        return
    now = timezone.now()
    for activity in activities_of(instance):
        Change.objects.create(
            activity=activity,
            language=instance.language,
            is_substance=going.change.is_substance,
            note=going.note,
            before_digest=going.change.base.content_digest,
            after_digest=instance.content_digest,
            published_at=now,
        )
    if going.revision and going.revision.user and not going.change.is_substance:
        _ask_for_look(going.change, going.revision)


@receiver(pre_save, sender=Revision)
def keep_what_readers_had(sender: type[Revision], instance: Revision, raw: bool, **kwargs: Any) -> None:
    """A version that somebody has or had to read is not written over, as the editor's form may do with one's own last.

    What changed, and who wrote it, is found by comparing with a published one; an answer from outside is about the one
    that was sent. Raises PermissionDenied, which Wagtail shows there.
    """
    if raw or instance._state.adding:
        return
    before = Revision.objects.filter(pk=instance.pk).values_list("content", flat=True).first()
    if before in (None, instance.content):
        return
    if publishings().filter(revision=instance.pk).exists():
        words = _(
            "This version has been published, so it stays as it is. Open the page again and save your change there."
        )
        raise PermissionDenied(words)
    if FactCheck.objects.filter(revision_id=instance.pk).exists():
        words = _("Somebody outside reads this version, so it stays. Open the page again and save your change there.")
        raise PermissionDenied(words)


def _ask_for_look(change: PageChange, revision: Revision) -> None:
    SecondReading.objects.get_or_create(
        page_id=change.page.pk,
        read_at=None,
        sent_back_at=None,
        **change.prints,
        defaults={
            "is_substance": False,
            "words": change.found.words,
            "before_revision_id": change.base.live_revision_id,
            "after_revision_id": revision.pk,
            "asked_by": revision.user,
            "asked_at": timezone.now(),
        },
    )
