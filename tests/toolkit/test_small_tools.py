"""Texts by language, digests, limits and the cache's table."""

import hashlib
import json
import time

import pytest
from django.apps import apps
from django.core.cache import cache, caches
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from toolkit.by_language import in_language
from toolkit.cache_table import make_cache_table, sweep
from toolkit.digests import digest_of
from toolkit.limits import within_limit

from tests.enrolments.doings import rival_acting_after

BOTH = {"en": "Case review", "cy": "Adolygiad achos"}


@pytest.mark.parametrize(
    ("texts", "language", "text"),
    [
        (BOTH, "en", "Case review"),
        (BOTH, "cy", "Adolygiad achos"),
        (BOTH, "fr", "Case review"),
        ({"en": "Case review"}, "cy", "Case review"),
        ({"en": "Case review", "cy": ""}, "cy", "Case review"),
        ({"cy": "Adolygiad achos"}, "en", ""),
        ({}, "en", ""),
        ({}, None, ""),
    ],
)
def test_a_text_is_given_in_the_language_asked_for_else_in_english(texts, language, text):
    asked = language

    given_text = in_language(texts, asked)

    assert given_text == text


@pytest.mark.parametrize(("active", "text"), [("en", "Case review"), ("cy", "Adolygiad achos")])
def test_with_no_language_asked_for_the_pages_language_counts(active, text):
    with translation.override(active):
        given_text = in_language(BOTH)

    assert given_text == text


def test_with_no_language_active_the_text_is_english():
    with translation.override(None):
        given_text = in_language(BOTH)

    assert given_text == "Case review"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_a_digest_is_the_same_whatever_the_order_of_keys(content):
    reordered = dict(reversed(list(content.items())))

    digests = (digest_of(content), digest_of(reordered))

    assert digests[0] == digests[1]


@given(JSON, JSON)
def test_a_digest_tells_different_content_apart(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    digests = (digest_of(one), digest_of(other))

    assert (digests[0] == digests[1]) is same


def test_a_digest_is_sha_256_of_canonical_json_in_utf_8():
    content = {"b": ["ŵ", 1, None], "a": {"z": True, "y": "–"}}

    digest = digest_of(content)

    assert digest == hashlib.sha256('{"a":{"y":"–","z":true},"b":["ŵ",1,null]}'.encode()).hexdigest()


@pytest.mark.django_db
def test_a_limit_lets_so_many_through_and_then_none():
    key = "test:three"

    answers = [within_limit(key, limit=3, seconds=100_000) for _ in range(5)]

    assert answers == [True, True, True, False, False]


@pytest.mark.django_db
def test_limits_of_two_keys_are_counted_apart():
    full = [within_limit("test:one", limit=1, seconds=100_000) for _ in range(2)]

    other = within_limit("test:other", limit=1, seconds=100_000)

    assert (full, other) == ([True, False], True)


@pytest.mark.django_db
def test_a_new_window_counts_anew():
    before = [within_limit("test:window", limit=1, seconds=1) for _ in range(40)]

    time.sleep(1.05)
    after = within_limit("test:window", limit=1, seconds=1)

    assert (before[0], before[-1], after) == (True, False, True)


@pytest.mark.django_db
def test_of_two_who_try_at_once_the_limit_lets_one_through():
    caches["default"].clear()
    rival = []

    with rival_acting_after(
        '"value", "expires" FROM "shared_cache"',
        lambda: rival.append(within_limit("test:at-once", limit=1, seconds=100_000)),
    ):
        mine = within_limit("test:at-once", limit=1, seconds=100_000)

    assert sorted([mine, *rival]) == [False, True]


class ForgetfulCache:
    """A cache that cannot be written to, as on a full disk."""

    def __getattr__(self, name):
        return getattr(cache, name)

    def add(self, *args, **kwargs):
        return False


@pytest.mark.django_db
def test_an_entry_lost_in_between_lets_one_more_through_and_the_next_counts(monkeypatch):
    monkeypatch.setattr("toolkit.limits.cache", ForgetfulCache())
    lost = within_limit("test:lost", limit=1, seconds=100_000)
    monkeypatch.undo()

    after = [within_limit("test:lost", limit=1, seconds=100_000) for _ in range(2)]

    assert (lost, after) == (True, [True, False])


@pytest.mark.django_db
def test_a_full_cache_forgets_no_count_of_tries():
    caches["default"].clear()
    before = [within_limit("test:full", limit=1, seconds=100_000) for _ in range(2)]

    for number in range(400):  # they sort behind it, as what comes later may
        cache.set(f"zz:{number}", 1, timeout=3600)
    after = within_limit("test:full", limit=1, seconds=100_000)

    assert (before, after) == ([True, False], False)


@pytest.mark.django_db
def test_what_has_run_out_is_swept_from_the_cache_and_nothing_else():
    caches["default"].clear()
    cache.set("test:late", 1, timeout=-60)
    cache.set("test:live", 1, timeout=60)

    swept = sweep()

    assert (swept, cache.get("test:live")) == (1, 1)
    assert sweep() == 0


@pytest.mark.django_db
def test_the_caches_table_is_made_with_the_others_and_only_once():
    before = connection.introspection.table_names()

    for label in ("contenttypes", "courses"):
        make_cache_table(apps.get_app_config(label), using="default")

    assert "shared_cache" in before
    assert connection.introspection.table_names() == before
