"""The world of the access matrix with hostile words in every column that holds words, past whatever checks them.

Rich text alone goes through its seam (toolkit/sanitise.py), as it does whoever writes it; all else is written into the
tables as it is, so that a page may rely on nothing but its own escaping.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from toolkit.frozen import remove_triggers
from toolkit.kept import content_changed

from assessments.choices import ItemActKind
from assessments.models import Item, ItemAct
from briefings.models import BriefingPage, ReportPage, StoryPage
from courses.models import LessonPage
from home.models import StandardPage, TryPage
from people.models import User
from tests.hostile.words import hostile_words

# Columns that the code reads and nobody writes words into: addresses, codes, digests, keys and paths. A column is left
# out in its own table only: the same name may hold words in another.
PAGE = frozenset(["checked_digest", "language"])
NOT_WORDS = {
    "assessments.Attempt": {"language", "pass_share", "seed"},
    "assessments.ItemVersion": {"digest", "key", "kind", "max_score", "scoring_rule"},
    "assessments.KeptComment": {"digest"},
    "assessments.Result": {"max_score", "points"},
    "assessments.Score": {"max_score", "points", "rule"},
    "audit.AuditEntry": {"act", "subject_id", "subject_kind"},
    "briefings.BriefingPage": PAGE,
    "briefings.ReportPage": PAGE,
    "briefings.StoryPage": PAGE,
    "courses.Change": {"language"},
    "courses.Course": {"code"},
    "courses.CoursePage": PAGE,
    "courses.LearningOutcome": {"code"},
    "courses.LessonPage": PAGE | {"kept_html"},
    "courses.ModulePage": PAGE,
    "courses.Requirement": {"pass_share"},
    "credentials.Credential": {"code", "evidence_digest", "language", "pdf_digest"},
    "enrolments.Cohort": {"time_zone"},
    "enrolments.EnrolmentChange": {"from_state"},
    "enrolments.Invitation": {"domains", "token_digest"},
    "enrolments.Progress": {"digest_read", "digest_seen", "place"},  # the key of a section
    "enrolments.RecordedResult": {"max_score", "points"},
    "enrolments.ReplacedLink": {"token_digest"},
    "home.HomePage": PAGE,
    "home.StandardPage": PAGE,
    "home.TryPage": PAGE,
    "media.FilmFile": {"content_type", "digest"},
    "media.FilmIndexPage": PAGE,
    "media.FilmPage": PAGE | {"captions"},  # a WebVTT file
    "media.Rendition": {"filter_spec", "focal_point_key"},
    "media.SiteDocument": {"file_hash"},
    "media.SiteImage": {"file_hash"},
    "people.OrganisationSignIn": {"client_id", "domains", "sealed_secret", "server_url"},
    "people.User": {"password", "time_zone"},
    "post.LetterChoice": {"kind"},
    "post.Message": {"dedupe_key", "html", "kind", "language", "message_id"},
    "privacy.Removal": {"rule", "table"},
    "search.Entry": {"digest", "key", "language", "thing"},
    "socialaccount.SocialAccount": {"provider", "uid"},
    "socialaccount.SocialApp": {"client_id", "key", "provider", "provider_id", "secret"},
    "training.Nudge": {"language"},
    "training.ReportAddress": {"language", "token_digest"},
    "training.ReportFile": {"kind", "language"},
    "usersessions.UserSession": {"data", "session_key"},
    "wagtailadmin.EditingSession": {"object_id"},
    "wagtailadmin.FormState": {"data", "object_id", "parent_object_id"},
    "wagtailcore.Collection": {"path"},
    "wagtailcore.CollectionViewRestriction": {"password"},
    "wagtailcore.Comment": {"contentpath", "position"},
    "wagtailcore.ModelLogEntry": {"action", "data", "object_id"},
    "wagtailcore.Page": {"path", "url_path"},
    "wagtailcore.PageLogEntry": {"action", "data"},
    "wagtailcore.PageViewRestriction": {"password"},
    "wagtailcore.Site": {"hostname"},
    "wagtailcore.WorkflowState": {"object_id"},
    "wagtaildocs.Document": {"file_hash"},
    "wagtailimages.Image": {"file_hash"},
    "wagtailimages.Rendition": {"filter_spec", "focal_point_key"},
    "wagtailredirects.Redirect": {"old_path", "redirect_page_route_path"},
    "wagtailusers.UserProfile": {"current_time_zone", "preferred_language"},
}
NOT_OURS = frozenset(
    ["contenttypes", "sessions", "django_q", "wagtailsearch", "wagtailembeds", "account", "mfa", "taggit", "publishing"]
)
NOT_TABLES = {
    "auth.Permission",
    "wagtailcore.Locale",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Revision",
    "search.Word",
}
# Columns of words that may stay empty, and do in the world: they are filled, so that pages show them.
OFTEN_EMPTY = {
    "assessments.Score": "reason",
    "player.LearningElsewhere": "provider",
}
KEYS_OF_WORDS = frozenset({"en", "cy", "text", "speaker", "title", "explanation", "prompt", "heading", "name", "lead"})
PAGES_WITH_TEXT = (LessonPage, BriefingPage, StoryPage, ReportPage, StandardPage, TryPage)


def make_hostile() -> int:
    """Write them; returns how many values were replaced."""
    words = cycle(hostile_words())
    for app in apps.get_app_configs():
        remove_triggers(app, using="default")
    for kind in PAGES_WITH_TEXT:
        for page in kind.objects.all():
            _write_rich_text(page)
    _fill()
    count = sum(_replace(row, columns, words) for table, columns in word_columns() for row in table._base_manager.all())
    content_changed()
    return count


def _fill() -> None:
    """Words where the world leaves them out, and one act with its reason in the history of every question."""
    for label, name in OFTEN_EMPTY.items():
        apps.get_model(label)._base_manager.filter(**{name: ""}).update(**{name: "x"})
    editor = User.objects.order_by("pk").first()
    for item in Item.objects.all():
        ItemAct.objects.create(item=item, act=ItemActKind.BROUGHT_BACK, by=editor, at=timezone.now(), reason="x")


def word_columns() -> Iterator[tuple[type[models.Model], list[models.Field[Any, Any]]]]:
    """Each table with its columns of words, plain or within JSON."""
    for table in apps.get_models():
        label = table._meta.label
        if table._meta.proxy or table._meta.app_label in NOT_OURS or label in NOT_TABLES:
            continue
        columns = [one for one in table._meta.local_fields if may_hold_words(one) and not _left_out(one)]
        if columns:
            yield table, columns


def _left_out(one: models.Field[Any, Any]) -> bool:
    return one.name in NOT_WORDS.get(one.model._meta.label, ())


def may_hold_words(one: models.Field[Any, Any]) -> bool:
    plain = isinstance(one, models.CharField | models.TextField) and not isinstance(
        one, models.EmailField | models.URLField | models.SlugField
    )
    wanted = plain or isinstance(one, models.JSONField)
    return bool(wanted and not one.choices and not one.primary_key)


def _replace(row: models.Model, columns: list[models.Field[Any, Any]], words: Iterator[str]) -> int:
    changed = {}
    for one in columns:
        value = getattr(row, one.name)
        new = _hostile(value, words, key="" if isinstance(one, models.JSONField) else "text")
        if new != value:
            changed[one.name] = f"{row.pk} {new}"[: one.max_length] if isinstance(new, str) else new
    if changed:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)
    return len(changed)


def _hostile(value: Any, words: Iterator[str], *, key: str) -> Any:
    """The value with the words in it replaced; what is no text, or stands under another key, stays."""
    if isinstance(value, dict):
        return {name: _hostile(inner, words, key=str(name)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_hostile(inner, words, key=key) for inner in value]
    return next(words) if isinstance(value, str) and value and key in KEYS_OF_WORDS else value


def _write_rich_text(page: Any) -> None:
    """Under the sections that are there, each block once for each of the words, stored as the model stores it."""
    words = hostile_words()
    sections = [one for one in page.body.raw_data if one["type"] == "section"]
    for number, one in enumerate(sections):
        one["value"]["heading"] = words[number]
    body = [{"type": one["type"], "value": one["value"]} for one in sections]
    for one in words:
        body += [
            {"type": "text", "value": one},
            {"type": "key_point", "value": {"text": f"<p>{one}</p>"}},
            {"type": "quotation", "value": {"text": f"<b>{one}", "speaker": one}},
        ]
    page.body = page._meta.get_field("body").stream_block.to_python(body)
    page.save()
