"""Everything the site holds about a person, as JSON and as a page that can be read."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from toolkit.personal import Holding, Subject, holdings

from .readable import AsText, in_words, period


def collect(subject: Subject) -> list[dict[str, Any]]:
    """For each table with something in it: its title, labels by column, rows, how long it is kept, what stays."""
    found = [(one, one.rows_shown(subject)) for one in reversed(holdings())]
    return [_part(one, rows) for one, rows in found if rows]


def _part(one: Holding, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "table": one.model._meta.label_lower,
        "title": str(one.title),
        "kept_for_days": settings.RETENTION_DAYS[one.rule],
        "stays_after_erasure": str(one.kept),
        "labels": {path: str(label) for path, label in one.columns.items()},
        "rows": rows,
    }


def as_json(subject: Subject, *, at: datetime) -> str:
    """One object: when it was made, by which site, and the parts of `collect`."""
    made = {"made_at": at, "site": settings.BRAND_NAME, "address": settings.SITE_URL, "parts": collect(subject)}
    return json.dumps(made, cls=AsText, ensure_ascii=False, indent=2)


def as_html(subject: Subject, *, at: datetime) -> str:
    """A page of its own that needs no network to be read; its moments are in the person's own time zone."""
    zone = subject.person.time_zone if subject.person is not None else settings.TIME_ZONE
    with timezone.override(zone):
        parts = [_readable(part) for part in collect(subject)]
        return render_to_string("privacy/download.html", {"parts": parts, "at": at, "brand_name": settings.BRAND_NAME})


def _cell(table: str, path: str, value: Any) -> SafeString:
    """A cell as it is printed: what has a form of its own keeps it, such as a question with a picture."""
    if hasattr(value, "__html__"):
        return SafeString(value.__html__())
    return linebreaksbr(in_words(table, path, value), autoescape=True)


def _readable(part: dict[str, Any]) -> dict[str, Any]:
    """The rows as lists of (label, words) in the order of the labels, and the period in words."""
    labels, table = part["labels"], part["table"]
    cells = [[(label, _cell(table, path, row.get(path))) for path, label in labels.items()] for row in part["rows"]]
    return {**part, "cells": cells, "kept_for": period(part["kept_for_days"])}
