"""Making a draft of a Word file, and the report that is kept with it."""

from dataclasses import dataclass
from typing import IO, Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from briefings.models import BriefingIndexPage, BriefingPage
from courses.models import LessonPage, ModulePage
from reference.pages import WrittenPage

from .losses import Loss, as_facts, from_facts
from .reading import Brought, read_word

ACTION = "publishing.from_word"
KINDS: dict[type[Page], type[WrittenPage]] = {ModulePage: LessonPage, BriefingIndexPage: BriefingPage}


@dataclass(frozen=True)
class Report:
    """What is kept of the making: the name of the file, what came over, what did not."""

    name: str
    kept: dict[str, int]
    losses: list[Loss]


def kind_under(parent: Page) -> type[WrittenPage] | None:
    """What a Word file becomes under a page: a lesson under a module, a briefing on its shelf, nothing elsewhere."""
    return KINDS.get(parent.specific_class) if parent.specific_class else None


def may_bring(parent: Page, user: AbstractBaseUser) -> bool:
    """Whether this person may begin such a page there by hand, too."""
    kind = kind_under(parent)
    if kind is None or not parent.permissions_for_user(user).can_add_subpage():
        return False
    return kind in parent.specific_class.creatable_subpage_models() and kind.can_create_at(parent)


def draft_from_word(parent: Page, file: IO[bytes], name: str, *, by: AbstractBaseUser) -> WrittenPage:
    """A draft under the parent, never published, with its report. Raises WordRefused before anything is written."""
    kind = kind_under(parent)
    assert kind is not None, "asked only where may_bring says so"
    brought = read_word(file, name, with_messages=kind is BriefingPage, with_tables=kind is LessonPage)
    with transaction.atomic():
        page = kind(live=False, owner=by, locale=parent.locale, **_fields(kind, brought))
        parent.add_child(instance=page)
        page.save_revision(user=by, log_action=True, clean=False)
        log(instance=page, action=ACTION, user=by, data=_facts(brought, name))
    return page


def _fields(kind: type[WrittenPage], brought: Brought) -> dict[str, Any]:
    made = brought.made
    fields: dict[str, Any] = {"title": made.title, "lead": made.lead, "body": made.body}
    if kind is BriefingPage:
        fields["key_messages"] = [{"type": "message", "value": one} for one in made.messages]
    return fields


def _facts(brought: Brought, name: str) -> dict[str, Any]:
    return {"file": name[:255], "kept": brought.made.kept, "losses": as_facts(brought.losses)}


def report_of(page: Page) -> Report | None:
    """The report of the file a page was made of; none for other pages, and none once its history is cleared."""
    entry = PageLogEntry.objects.filter(page=page.pk, action=ACTION).order_by("-timestamp").first()
    if entry is None:
        return None
    return Report(entry.data.get("file", ""), entry.data.get("kept", {}), from_facts(entry.data.get("losses", [])))
