"""Flushing a database deletes rows in any order; the triggers that refuse that are lifted first."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from toolkit.frozen import remove_triggers


@pytest.fixture(autouse=True)
def thaw_before_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with real transactions: the flush that follows makes the triggers again (post_migrate)."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    for app in apps.get_app_configs():
        remove_triggers(app, using="default")
