"""What a draft of live course content changes for its readers, and whether somebody else must read it (decision 42)."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, Revision

from courses.models import Activity, LessonPage
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment, Progress
from media.models import FilmPage
from reference.pages import WrittenPage

from .changes import Found, Version, classify
from .changes.sentences import sentence
from .checks import Finding, Weight
from .models import SecondReading, SecondReadingQuerySet
from .versions import fingerprint, version_of

CODE = "second_reader"
FEWEST_SAID = 5  # trainees: of fewer it is not said how many, because in a small cohort somebody would know who
MID_COURSE = (EnrolmentState.ACTIVE, EnrolmentState.ON_LEAVE)


@dataclass(frozen=True)
class PageChange:
    """A draft against what readers have, or had last."""

    page: WrittenPage
    base: WrittenPage
    found: Found
    before: Version
    after: Version

    @property
    def is_substance(self) -> bool:
        return self.found.is_substance

    @property
    def sentences(self) -> list[str]:
        return [sentence(reason) for reason in self.found.reasons]

    @cached_property
    def prints(self) -> dict[str, str]:
        return {"before": fingerprint(self.before), "after": fingerprint(self.after)}

    @property
    def readings(self) -> SecondReadingQuerySet:
        """Of exactly this change."""
        return SecondReading.objects.filter(page_id=self.page.pk, is_substance=True, **self.prints)

    @property
    def is_read(self) -> bool:
        return self.readings.exclude(read_at=None).exists()

    @property
    def are_many(self) -> bool:
        """Whether so many are in the middle of the course that it is said how many."""
        return self.mid_course >= FEWEST_SAID

    @property
    def have_many_done(self) -> bool:
        """The same of those who have done it, and of those who have not: the rest tells as much."""
        return FEWEST_SAID <= self.done <= self.mid_course - FEWEST_SAID

    @cached_property
    def mid_course(self) -> int:
        """How many people are in the middle of a course this belongs to."""
        return Enrolment.objects.filter(
            course__activities__in=activities_of(self.page), state__in=MID_COURSE
        ).distinct().count()  # fmt: skip

    @cached_property
    def done(self) -> int:
        """How many of them have done it in the version before."""
        done = Progress.objects.filter(activity__in=activities_of(self.page), enrolment__state__in=MID_COURSE)
        return done.exclude(completed_at=None).values("enrolment").distinct().count()


def activities_of(page: Page) -> QuerySet[Activity]:
    """The activities a page is the words of; none for a page outside a course."""
    if isinstance(page, LessonPage):
        return Activity.objects.filter(pk=page.activity_id)
    if isinstance(page, FilmPage):
        return Activity.objects.exclude(film=None).filter(film=page.film_id)
    return Activity.objects.none()


def change_of(page: Page) -> PageChange | None:
    """What this object changes; None where it belongs to no course or readers never had it, or nothing differs."""
    if not isinstance(page, LessonPage | FilmPage) or not page.pk or not activities_of(page).exists():
        return None
    base = published_version(page)
    if base is None:
        return None
    before, after = version_of(base), version_of(page)
    found = classify(before, after, words_before=_words_nobody_looked_at(page))
    return PageChange(page, base, found, before, after) if before != after else None


def published_version(page: WrittenPage) -> WrittenPage | None:
    """What readers have; of a page that was taken down, what they had last. None where they never had it."""
    stored = type(page).objects.filter(pk=page.pk).exclude(first_published_at=None).first()
    if stored is None or stored.live:
        return stored
    entry = publishings().filter(page=page.pk).exclude(revision=None).first()
    last = Revision.objects.filter(pk=entry.revision_id).first() if entry else None
    if last is None:
        return _nothing_known(stored)
    page = last.as_object()
    page.live_revision = last
    return page


def _nothing_known(stored: WrittenPage) -> WrittenPage:
    """An empty page in place of one that readers had and nobody can say how: against it, everything is substance."""
    page = type(stored)(pk=stored.pk, path=stored.path, depth=stored.depth, locale_id=stored.locale_id)
    page.language, page.content_type_id = stored.language, stored.content_type_id
    return page


def publishings() -> QuerySet[PageLogEntry]:
    """Every time a page was published, by somebody or by the clock; the last first."""
    return PageLogEntry.objects.filter(action__in=["wagtail.publish", "wagtail.publish.scheduled"])


def _words_nobody_looked_at(page: Page) -> int:
    waiting = SecondReading.objects.filter(page_id=page.pk, is_substance=False, read_at=None)
    return int(waiting.aggregate(words=Sum("words"))["words"] or 0)


def reader_needed(page: WrittenPage) -> Finding | None:
    """What keeps this object from being published until somebody else has read it."""
    change = change_of(page)
    if change is None or not change.is_substance or change.is_read:
        return None
    why = " ".join(change.sentences[:2])
    said = _("This changes what is taught, so somebody else reads it before it goes live. %(why)s") % {"why": why}
    return Finding(CODE, Weight.ALWAYS, said)


def writers_of(page: WrittenPage) -> set[int]:
    """Who wrote what differs from what readers have: the authors of each version since, where it changed anything."""
    base = published_version(page)
    if base is None:
        return set()
    versions = page.revisions.all()
    if since := base.live_revision.created_at if base.live_revision else base.last_published_at:
        versions = versions.filter(created_at__gt=since)  # a page may have been published without a version
    return _writers(versions, last=version_of(base))


def writers_between(before: Revision | None, after: Revision) -> set[int]:
    """Who wrote what a publish changed; `before` is what readers had, where it is kept."""
    versions = after.base_content_object.revisions.filter(created_at__lte=after.created_at)
    if before is None:
        return _writers(versions, last=None)
    return _writers(versions.filter(created_at__gt=before.created_at), last=version_of(before.as_object()))


def _writers(versions: QuerySet[Revision], *, last: Version | None) -> set[int]:
    found = set()
    for revision in versions.order_by("created_at", "pk"):
        now = version_of(revision.as_object())
        if now != last:
            found.add(revision.user_id)
        last = now
    return {one for one in found if one is not None}
