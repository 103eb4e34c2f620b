"""Whether a page may be published as a draft has it, and what was let through with a reason.

What readers of the live page see already does not stand in the way of the next version, except what nobody may
override: a spelling mistake is put right today even where a practitioner has still to look (decision 40).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from audit.entries import note_act
from people.models import User
from reference.pages import WrittenPage

from .changed import CODE, reader_needed
from .checks import Finding, Weight, findings_in
from .drafts import draft_of
from .locks import lock_against
from .models import Override

PERMISSION = "publishing.override_checks"


class NotReady(Exception):
    """A draft that may not be published; `str()` is for the editor."""


def findings_of(page: WrittenPage) -> list[Finding]:
    """Everything the checks find in a page as this object has it."""
    return findings_in(draft_of(page))


def in_the_way(page: WrittenPage, findings: list[Finding] | None = None) -> list[Finding]:
    """The findings that keep this object from being published."""
    found = [one for one in (findings_of(page) if findings is None else findings) if one.weight > Weight.ADVICE]
    if not any(one.weight == Weight.GATE for one in found):
        return found
    standing = _standing(page)
    return [one for one in found if one.weight == Weight.ALWAYS or one.key not in standing]


def _standing(page: WrittenPage) -> set[tuple[str, str, str]]:
    """What the checks find in the version readers see now."""
    live = type(page).objects.filter(pk=page.pk, live=True).first() if page.pk else None
    return {one.key for one in findings_of(live)} if live else set()


def latest_draft(page: Page) -> WrittenPage | None:
    """A written page as it was last saved; None for pages that are not written, such as shelves."""
    specific = page.specific
    return specific.get_latest_revision_as_object() if isinstance(specific, WrittenPage) else None


def stopping(page: Page) -> list[Finding]:
    """What keeps the last saved draft from being published, unless it was let through already."""
    draft = latest_draft(page)
    return _not_let_through(draft, page.specific.latest_revision_id) if draft else []


def stopping_revision(revision: Revision) -> list[Finding]:
    """The same for one version, such as one that is due to be published now."""
    page = revision.as_object()
    return _not_let_through(page, revision.pk) if isinstance(page, WrittenPage) else []


def _not_let_through(page: WrittenPage, revision_id: int | None) -> list[Finding]:
    reader = reader_needed(page)
    found = in_the_way(page) + ([reader] if reader else [])
    if not found or revision_id is None:
        return found
    let = {tuple(code) for one in Override.objects.filter(revision_id=revision_id) for code in one.codes}
    return [one for one in found if one.weight == Weight.ALWAYS or one.key not in let]


def in_words(page: Page, findings: list[Finding]) -> str:
    """One message for a page that has to wait."""
    sentences = " ".join(dict.fromkeys(one.sentence for one in findings))
    return _("“%(title)s” is not ready. %(sentences)s") % {"title": page.title, "sentences": sentences}


def publish_in_spite(page: Page, *, by: User, reason: str) -> None:
    """Publish the last saved draft although checks found something. Raises NotReady."""
    if not by.has_perm(PERMISSION):
        raise NotReady(_("Only an editor in chief may publish in spite of a check."))
    if not (reason := reason.strip()):
        raise NotReady(_("Say why this is published all the same. The reason is kept."))
    if locked := lock_against(page, by):
        raise NotReady(locked)
    found = stopping(page)
    if reader := next((one for one in found if one.code == CODE), None):
        raise NotReady(reader.sentence)
    if any(one.weight == Weight.ALWAYS for one in found):
        raise NotReady(_("A film is published with captions and a transcript only. No reason is enough."))
    with transaction.atomic():
        revision = page.specific.latest_revision or page.specific.save_revision(user=by)
        if found:
            _record(page, revision, found, by=by, reason=reason)
        revision.publish(user=by)


def _record(page: Page, revision: Revision, found: list[Finding], *, by: User, reason: str) -> None:
    now = timezone.now()
    override = Override.objects.create(
        page_id=page.pk, revision_id=revision.pk, codes=[one.key for one in found], reason=reason, by=by, at=now
    )
    codes = sorted({one.code for one in found})
    note_act("published_in_spite", subject=override, at=now, actor=by, facts={"page": page.pk, "found": codes})
