"""Everything the site holds about a person, as JSON and as a page that can be read."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from toolkit.personal import Holding, Subject, holdings


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
    return json.dumps(made, cls=_Encoder, ensure_ascii=False, indent=2)


def as_html(subject: Subject, *, at: datetime) -> str:
    """A page of its own that needs no network to be read."""
    parts = [_readable(part) for part in collect(subject)]
    return render_to_string("privacy/download.html", {"parts": parts, "at": at, "brand_name": settings.BRAND_NAME})


def _readable(part: dict[str, Any]) -> dict[str, Any]:
    """The rows as lists in the order of the labels."""
    cells = [[_words(row.get(path)) for path in part["labels"]] for row in part["rows"]]
    return {**part, "cells": cells}


def _words(value: Any) -> Any:
    """Lists as lines; everything else as the template writes it."""
    if isinstance(value, list):
        return "\n".join(" – ".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
    return json.dumps(value, cls=_Encoder, ensure_ascii=False, indent=1) if isinstance(value, dict) else value


class _Encoder(DjangoJSONEncoder):
    """Whatever else stands in a column is written as text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)
