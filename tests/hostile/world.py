"""The world of the access matrix with hostile words in every column that holds words, past whatever checks them.

Rich text alone goes through its seam (toolkit/sanitise.py), as it does whoever writes it; all else is written into the
tables as it is, so that a page may rely on nothing but its own escaping.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from django.apps import apps
from django.db import models
from toolkit.frozen import remove_triggers
from toolkit.kept import content_changed

from briefings.models import BriefingPage, ReportPage, StoryPage
from courses.models import LessonPage
from home.models import StandardPage, TryPage
from tests.hostile.words import hostile_words

# Columns that the code reads and nobody writes words into: addresses, codes, digests, keys and paths.
NOT_WORDS = {
    "language", "checked_digest", "kept_html", "thing", "key", "digest", "path", "file_digest", "site_digest",
    "code", "evidence_digest", "pdf_digest", "reason", "time_zone", "token_digest", "domains", "from_state",
    "digest_seen", "digest_read", "place", "scoring_rule", "max_score", "seed", "pass_share", "points", "rule",
    "content_type", "captions", "file_hash", "filter_spec", "focal_point_key", "table", "password", "server_url",
    "client_id", "sealed_secret", "message_id", "kind", "dedupe_key", "act", "subject_kind", "subject_id",
    "session_key", "provider", "provider_id", "secret", "uid", "old_path", "redirect_page_route_path",
    "object_id", "action", "url_path", "contentpath", "position", "data", "parent_object_id", "hostname", "html",
    "preferred_language", "current_time_zone"
}  # fmt: skip
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
    count = sum(_replace(row, columns, words) for table, columns in word_columns() for row in table._base_manager.all())
    content_changed()
    return count


def word_columns() -> Iterator[tuple[type[models.Model], list[models.Field[Any, Any]]]]:
    """Each table with its columns of words, plain or within JSON."""
    for table in apps.get_models():
        label = table._meta.label
        if table._meta.proxy or table._meta.app_label in NOT_OURS or label in NOT_TABLES:
            continue
        columns = [one for one in table._meta.local_fields if _holds_words(one)]
        if columns:
            yield table, columns


def _holds_words(one: models.Field[Any, Any]) -> bool:
    plain = isinstance(one, models.CharField | models.TextField) and not isinstance(
        one, models.EmailField | models.URLField | models.SlugField
    )
    wanted = plain or isinstance(one, models.JSONField)
    return bool(wanted and not one.choices and not one.primary_key and one.name not in NOT_WORDS)


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
