"""What Wagtail's own tables hold about people at the editors' desk, and how it goes (toolkit/personal.py)."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, Subject, about_nobody, delete_rows, hold, retain, rows_of
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.models import Embed
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from people.models import User

COMMENTS, REPLIES = "wagtail_admin_comments", "replies"
PUBLISHINGS = ("wagtail.publish", "wagtail.publish.scheduled")
SCRUBBED = _("What was done to which page stays in the desk’s log, without your name or words.")


def _log_rows(model: type[models.Model]) -> Any:
    """What the person did, and what was done to their account: the label of such a row is a name."""

    def rows(subject: Subject) -> QuerySet[Any]:
        if subject.person is None:
            return model._default_manager.none()
        wanted = Q(user=subject.person)
        if model is ModelLogEntry:
            account = ContentType.objects.get_for_model(User)
            wanted |= Q(content_type=account, object_id=str(subject.person.pk))
        return model._default_manager.filter(wanted)

    return rows


def _unsign_log(rows: QuerySet[Any], at: datetime) -> int:
    """Who and in which words goes; an entry about an account loses the name that was its label."""
    if rows.model is ModelLogEntry:
        rows.filter(content_type=ContentType.objects.get_for_model(User)).update(label="", data={})
    return rows.exclude(user=None, data={}).update(user=None, data={})


def _delete_files(rows: QuerySet[Any], at: datetime) -> int:
    """Rows with a file of their own, and the file."""
    for row in rows:
        for name in ("file", "avatar"):
            if file := getattr(row, name, None):
                file.delete(save=False)
    return delete_rows(rows, at)


def _unsign(field: str) -> Any:
    def erase(rows: QuerySet[Any], at: datetime) -> int:
        return rows.update(**{field: None})

    return erase


def _unsign_task(rows: QuerySet[TaskState], at: datetime) -> int:
    return rows.update(finished_by=None, comment="")


def _revisions(subject: Subject) -> QuerySet[Revision]:
    """Revisions the person saved, and those that carry a comment or a reply of theirs."""
    if subject.person is None:
        return Revision.objects.none()
    carrying = [
        revision.pk
        for revision in Revision.objects.filter(content__has_key=COMMENTS).only("pk", "content").iterator()
        if any(_is_by(one, subject.person.pk) for one in _said(revision.content))
    ]
    return Revision.objects.filter(Q(user=subject.person) | Q(pk__in=carrying))


def _said(content: dict[str, Any]) -> list[dict[str, Any]]:
    comments = content.get(COMMENTS) or []
    return [*comments, *(reply for comment in comments for reply in comment.get(REPLIES) or [])]


def _is_by(said: dict[str, Any], person: int) -> bool:
    return bool(said.get("user") == person)


def _unsign_revisions(rows: QuerySet[Revision], at: datetime) -> int:
    """The text of a page is content and stays; who saved it and every comment on it go.

    Comments of others on the same revision go as well: they answer what is no longer there.
    """
    changed = 0
    for revision in rows:
        if revision.content.get(COMMENTS):
            revision.content = {**revision.content, COMMENTS: []}
        revision.user = None
        revision.save(update_fields=["content", "user"])
        changed += 1
    return changed


hold(
    Holding(
        UserProfile,
        _("Your settings at the desk"),
        "accounts",
        {"preferred_language": _("Language"), "theme": _("Colours"), "avatar": _("Picture")},
        rows_of(UserProfile, "user"),
        _delete_files,
    ),
    Holding(
        FormState,
        _("What you were writing at the desk"),
        "accounts",
        {"object_id": _("Of which record"), "data": _("What you wrote")},
        rows_of(FormState, "user"),
        delete_rows,
    ),
    Holding(
        EditingSession,
        _("Where you were at the desk"),
        "accounts",
        {"object_id": _("Of which record"), "last_seen_at": _("Last seen")},
        rows_of(EditingSession, "user"),
        delete_rows,
    ),
    Holding(
        UploadedFile,
        _("Files you were uploading"),
        "accounts",
        {"file": _("File")},
        rows_of(UploadedFile, "uploaded_by_user"),
        _delete_files,
    ),
    Holding(
        PageSubscription,
        _("Pages whose comments are sent to you"),
        "accounts",
        {"page__title": _("Page")},
        rows_of(PageSubscription, "user"),
        delete_rows,
    ),
    Holding(
        CommentReply,
        _("Your replies to comments on pages"),
        "accounts",
        {"text": _("What you wrote"), "created_at": _("When")},
        rows_of(CommentReply, "user"),
        delete_rows,
    ),
    Holding(
        Comment,
        _("Your comments on pages"),
        "accounts",
        {"page__title": _("Page"), "text": _("What you wrote"), "created_at": _("When")},
        rows_of(Comment, "user"),
        delete_rows,
    ),
    Holding(
        TaskState,
        _("Steps of publishing you decided"),
        "accounts",
        {"status": _("Decision"), "comment": _("What you wrote"), "finished_at": _("When")},
        rows_of(TaskState, "finished_by"),
        _unsign_task,
    ),
    Holding(
        WorkflowState,
        _("Pages you asked to be published"),
        "accounts",
        {"object_id": _("Of which record"), "created_at": _("When")},
        rows_of(WorkflowState, "requested_by"),
        _unsign("requested_by"),
    ),
    Holding(
        Revision,
        _("Versions of pages you saved"),
        "accounts",
        {"object_str": _("Page"), "created_at": _("When")},
        _revisions,
        _unsign_revisions,
        kept=_("The text is part of the site’s content and stays without your name."),
    ),
    Holding(
        PageLogEntry,
        _("What you did with pages"),
        "audit",
        {"label": _("Page"), "action": _("What"), "timestamp": _("When")},
        _log_rows(PageLogEntry),
        _unsign_log,
        kept=SCRUBBED,
    ),
    Holding(
        ModelLogEntry,
        _("What you did at the desk"),
        "audit",
        {"label": _("To what"), "action": _("What"), "timestamp": _("When")},
        _log_rows(ModelLogEntry),
        _unsign_log,
        kept=SCRUBBED,
    ),
)
about_nobody(
    _("Published content. Who owns or locked a page is an identifier, and whoever it was is blanked in place."), Page
)
about_nobody(
    _("How the site is set up: addresses, languages, folders, steps of publishing."),
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Locale,
    Site,
    Redirect,
    Embed,
    Workflow,
    Task,
)
about_nobody(
    _("Derived from content, and made anew with it."),
    *apps.get_app_config("wagtailsearch").get_models(),
    ReferenceIndex,
)


def _old_log(model: type[models.Model], *, but: tuple[str, ...] = ()) -> Retention:
    def apply(before: datetime, at: datetime, held: frozenset[int]) -> int:
        old = model._default_manager.filter(timestamp__lt=before).exclude(user__in=held)
        return old.exclude(action__in=but).delete()[0] + _unsign_log(old.filter(action__in=but), at)

    return Retention("audit", model, apply)


# That a version was published stays, of nobody: it says what readers had, and so what a draft changes (decision 42).
retain(_old_log(PageLogEntry, but=PUBLISHINGS), _old_log(ModelLogEntry))
