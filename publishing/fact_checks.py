"""Somebody outside reads a draft at a private address and says what is wrong in it; no account (decision 46)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from toolkit.days import site_day
from wagtail.models import Page, Revision

from audit.entries import note_act
from people.models import User
from reference.pages import WrittenPage

from .models import FactCheck, FactCheckAnswer

SALT = "publishing.fact_check"
MOST_DAYS = 60
MOST_ANSWERS = 20


class Closed(Exception):
    """An answer that comes too late, or is one too many; `str()` is for whoever wrote it."""


@dataclass(frozen=True)
class Sent:
    """A fact check as the desk shows it."""

    check: FactCheck
    answers: list[FactCheckAnswer]
    is_open: bool
    is_of_the_draft: bool  # nothing was saved since


def ask(draft: WrittenPage, *, reader: str, question: str, open_until: date, by: User, at: datetime) -> FactCheck:
    """Let somebody outside read the draft as it was last saved; the caller asks whether `by` may edit it."""
    with transaction.atomic():
        made = FactCheck.objects.create(
            page_id=draft.pk,
            revision_id=draft.latest_revision_id,
            title=draft.title,
            reader=reader,
            question=question,
            asked_by=by,
            asked_at=at,
            open_until=open_until,
        )
        note_act("fact_check_asked", subject=made, at=at, actor=by, facts={"page": draft.pk})
    return made


def last_day(at: datetime) -> date:
    """The furthest day until which a draft may lie open."""
    return site_day(at) + timedelta(days=MOST_DAYS)


def address_of(check: FactCheck) -> str:
    """The absolute address; whoever has it may read the draft, so it is shown only to those who may edit the page."""
    draft = revision_of(check)
    language = getattr(draft, "language", settings.LANGUAGE_CODE)
    token = signing.Signer(salt=SALT).sign_object(str(check.uuid))
    with translation.override(language):
        return settings.SITE_URL + reverse("fact_check", args=[token])


def check_of(token: str) -> FactCheck | None:
    """What a token stands for, open or not; None for one we did not make."""
    try:
        uuid = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return FactCheck.objects.filter(uuid=uuid).select_related("asked_by").first()


def is_open(check: FactCheck, at: datetime) -> bool:
    """Whether the address still shows the draft: until the end of its day, and as long as nobody closed it."""
    return check.closed_at is None and site_day(at) <= check.open_until


def revision_of(check: FactCheck) -> WrittenPage | None:
    """The version to be read; None where the page or the version is no longer kept."""
    kept = Revision.objects.filter(pk=check.revision_id, object_id=str(check.page_id)).first()
    found = kept.as_object() if kept else None
    return found if isinstance(found, WrittenPage) else None


@transaction.atomic
def answer(check: FactCheck, words: str, *, at: datetime) -> FactCheckAnswer:
    """Keep what somebody outside says; the last words sent once more are not kept twice. Raises Closed."""
    check = FactCheck.objects.select_for_update().get(pk=check.pk)
    if not is_open(check, at):
        raise Closed(_("This draft can no longer be answered here. Please write to whoever asked you."))
    last = check.answers.last()
    if last is not None and last.words == words:
        return last
    if check.answers.count() >= MOST_ANSWERS:
        raise Closed(_("There are as many answers here as one draft takes. Please write to whoever asked you."))
    made = FactCheckAnswer.objects.create(fact_check=check, words=words, at=at)
    note_act("fact_check_answered", subject=check, at=at, facts={"page": check.page_id})
    return made


@transaction.atomic
def close(check: FactCheck, *, by: User, at: datetime) -> None:
    """From now on its address shows nothing; closed twice it is as closed once."""
    if FactCheck.objects.filter(pk=check.pk, closed_at=None).update(closed_at=at):
        note_act("fact_check_closed", subject=check, at=at, actor=by, facts={"page": check.page_id})


def deal_with(given: FactCheckAnswer, *, by: User, at: datetime) -> None:
    """Say that an answer has been worked in, or needs nothing; the first to say so stays."""
    FactCheckAnswer.objects.filter(pk=given.pk, dealt_with_at=None).update(dealt_with_by=by, dealt_with_at=at)


def sent_for(page: Page, at: datetime) -> list[Sent]:
    """Every fact check of a page, the newest first."""
    checks = (
        FactCheck.objects.filter(page_id=page.pk).select_related("asked_by").prefetch_related("answers__dealt_with_by")
    )
    return [
        Sent(one, list(one.answers.all()), is_open(one, at), one.revision_id == page.latest_revision_id)
        for one in checks
    ]
