"""Every table that could hold something about a person is accounted for: a rule, and a way to go, or a reason."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps
from toolkit.personal import Holding, Subject, hold, holdings, retain, retentions, unaccounted
from toolkit.personal import Retention as Rule

from audit.models import AuditEntry
from home.kept_for import WORDS, kept_for
from tests.factories import people

# What nothing is removed under by age: they go with the account, which does.
WITH_THE_ACCOUNT = "accounts"


def test_every_table_is_accounted_for() -> None:
    assert unaccounted(apps.get_models()) == []


@pytest.mark.parametrize(
    "field",
    [
        models.ForeignKey("people.User", models.PROTECT, related_name="+"),
        models.ManyToManyField("people.User", related_name="+"),
        models.CharField(max_length=20),
        models.EmailField(),
        models.TextField(),
        models.JSONField(),
        models.FileField(),
        models.GenericIPAddressField(),
    ],
    ids=lambda field: type(field).__name__,
)
def test_planted_table_nobody_speaks_for_is_found(field: models.Field[Any, Any]) -> None:
    with isolate_apps("home"):
        table = type("Diary", (models.Model,), {"__module__": __name__, "Meta": _meta(), "kept": field.clone()})

        assert unaccounted([table]) == ["home.Diary"]


def _meta() -> type:
    return type("Meta", (), {"app_label": "home"})


def test_table_of_numbers_and_choices_needs_no_rule() -> None:
    with isolate_apps("home"):
        fields = {"count": models.IntegerField(), "kind": models.CharField(max_length=2, choices=[("a", "A")])}
        table = type("Tally", (models.Model,), {"__module__": __name__, "Meta": _meta(), **fields})

        assert unaccounted([table]) == []


def test_rule_nobody_set_days_for_is_refused() -> None:
    nowhere = Holding(AuditEntry, "Entries", "for ever", {}, lambda subject: AuditEntry.objects.all(), kept="Because.")

    with pytest.raises(ValueError, match="RETENTION_DAYS has no rule called for ever"):
        hold(nowhere)
    with pytest.raises(ValueError, match="RETENTION_DAYS has no rule called for ever"):
        retain(Rule("for ever", AuditEntry, lambda before, at, held: 0))


def test_holding_that_is_neither_erased_nor_says_why_is_refused() -> None:
    silent = Holding(AuditEntry, "Entries", "audit", {}, lambda subject: AuditEntry.objects.all())

    with pytest.raises(ValueError, match="is not erased and does not say why"):
        hold(silent)


def test_every_rule_removes_something_and_stands_on_the_privacy_page() -> None:
    applied = {one.rule for one in retentions()} | {WITH_THE_ACCOUNT, "warning"}

    assert applied == set(settings.RETENTION_DAYS)
    assert [one["days"] for one in kept_for()] == [settings.RETENTION_DAYS[rule] for rule in _rules_in_words()]


def _rules_in_words() -> list[str]:
    return list(WORDS)


def test_every_holding_under_a_rule_of_age_has_a_removal_for_its_table() -> None:
    removed = {(one.rule, one.model) for one in retentions()}
    kept_on_purpose = {  # goes with rows that are removed, or is what stays of them (docs/data.md)
        "assessments.Score", "assessments.Result", "assessments.Place", "enrolments.Enrolment", "enrolments.PinnedSet",
        "publishing.FactCheckAnswer",
    }  # fmt: skip

    without = {
        one.model._meta.label
        for one in holdings()
        if one.rule != WITH_THE_ACCOUNT and (one.rule, one.model) not in removed
    }

    assert without == kept_on_purpose


@pytest.mark.django_db
def test_every_holding_can_be_read_for_anybody_and_for_a_mere_address() -> None:
    amina = people().amina
    somebody = Subject(amina, frozenset({"amina.rahman@example.org"}))
    nobody = Subject(None, frozenset({"nobody@example.org"}))

    rows = {one.model._meta.label: len(one.rows_shown(somebody)) for one in holdings()}

    assert (rows["people.User"], rows["account.EmailAddress"]) == (1, 1)
    assert [one.model._meta.label for one in holdings() if one.rows_shown(nobody)] == []


@pytest.mark.django_db
def test_every_column_a_download_shows_is_there() -> None:
    wrong = [
        (one.model._meta.label, path)
        for one in holdings()
        for path in one.columns
        if one.shown is None and not _leads_somewhere(one.model, path)
    ]

    assert wrong == []


def _leads_somewhere(model: type[models.Model], path: str) -> bool:
    name, *rest = path.split("__")
    if not hasattr(model, name):
        return False
    field = getattr(model, name)
    related = getattr(getattr(field, "field", None), "related_model", None)
    return _leads_somewhere(related, "__".join(rest)) if rest and related else not rest
