"""What was written stays: every frozen column of every table refuses a change, in the database itself."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import NOT_PROVIDED
from toolkit.frozen import Rule, frozen_rules, install_triggers, remove_triggers

from courses.models import Activity, Requirement, RequirementSet
from tests.factories import NOON, taught_course

pytestmark = pytest.mark.django_db

RULES = sorted(frozen_rules(), key=lambda rule: rule.table)
FROZEN = [(rule, column) for rule in RULES for column in rule.columns()]
FREE = [(rule, name) for rule in RULES for name in rule.but]
LIFTED = [rule for rule in RULES if rule.unless]


def named(value):
    return value.table if isinstance(value, Rule) else str(value)


def test_these_tables_are_frozen_and_these_of_their_columns_are_not():
    rules = RULES

    free = {rule.table: (rule.but, rule.unless, rule.sealed_by, rule.once) for rule in rules}

    assert free == {
        "assessments_attempt": (
            (
                "state",
                "handed_in_at",
                "received_at",
                "scored_at",
                "closed_by",
                "void_reason",
                "due_at",
                "extra_seconds",
            ),
            "",
            "",
            (),
        ),
        "assessments_itemact": ((), "", "", ()),
        "assessments_itempicture": ((), "", "", ()),
        "assessments_itemversion": (("checked_by", "checked_on", "reviewed_by", "reviewed_at"), "", "", ()),
        "assessments_place": ((), "", "", ()),
        "assessments_response": ((), "removed_at", "", ()),
        "assessments_result": ((), "", "", ()),
        "assessments_revisionrequest": ((), "reduced_at", "", ()),
        "assessments_score": ((), "reduced_at", "", ()),
        "audit_auditentry": ((), "", "", ()),
        "briefings_briefing": ((), "", "", ()),
        "courses_change": ((), "", "", ()),
        "courses_requirement": ((), "", "requirement_set", ()),
        "courses_requirementset": ((), "", "", ("sealed_at",)),
        "credentials_credential": (("state", "name_shown", "pdf", "pdf_digest"), "reduced_at", "", ()),
        "credentials_credentialchange": ((), "reduced_at", "", ()),
        "credentials_revocationrequest": (("state", "answered_by", "answered_at"), "reduced_at", "", ()),
        "enrolments_attendance": ((), "", "", ()),
        "enrolments_adjustment": (("taken_back_at", "taken_back_by"), "", "", ()),
        "enrolments_enrolment": (
            ("state", "booking_ended_on", "started_at", "completed_at", "withdrawn_at"),
            "",
            "",
            (),
        ),
        "enrolments_enrolmentchange": ((), "reduced_at", "", ()),
        "enrolments_recordedresult": ((), "", "", ()),
        "privacy_removal": ((), "", "", ()),
        "publishing_factcheck": ((), "", "", ("closed_at",)),
        "publishing_factcheckanswer": ((), "", "", ("dealt_with_at", "dealt_with_by")),
        "publishing_override": ((), "", "", ()),
        "publishing_secondreading": (
            (),
            "",
            "",
            ("read_by", "read_at", "sent_back_by", "sent_back_at", "sent_back_because"),
        ),
    }


# What a table's own constraints ask for, where a first choice does not fit beside the others.
FITTING = {
    "enrolments_adjustment": {"kind": "time", "percent": 25},
    "credentials_revocationrequest": {"state": "set_aside", "answered_by_id": 5, "answered_at": NOON},
}

# -- A row of each table, alone in the database ---------------------------------------------------------------


def _plausible(field, number):
    """A value for a column; a reference points at a row nobody made."""
    if field.null:
        return None
    if field.remote_field:
        return number
    if field.blank and isinstance(field, models.CharField | models.FileField):
        return ""
    if field.choices:
        return field.choices[0][0]
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    by_type = {
        models.DateTimeField: NOON,
        models.DateField: NOON.date(),
        models.BooleanField: False,
        models.JSONField: {},
        models.UUIDField: uuid4(),
    }
    whole = isinstance(field, models.IntegerField)
    return next((value for kind, value in by_type.items() if type(field) is kind), number if whole else str(number))


def _another(field, value):
    """A different value of the same column."""
    if isinstance(field, models.DateTimeField):
        return (value or NOON) + timedelta(days=1)
    if isinstance(field, models.DateField):
        return (value or NOON.date()) + timedelta(days=1)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return {"changed": True}
    if isinstance(field, models.UUIDField):
        return UUID(int=5)
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return (value or 0) + 41
    return "2"


@pytest.fixture
def alone():
    """Makes a row of any frozen table. Its references point nowhere, so it is taken back before anyone looks."""
    with transaction.atomic():

        def make(rule, **given):
            fields = {
                field.attname: _plausible(field, 900 + number)
                for number, field in enumerate(rule.model._meta.local_concrete_fields)
                if not field.primary_key
            }
            fields |= FITTING.get(rule.table, {})
            return rule.model._default_manager.bulk_create([rule.model(**{**fields, **given})])[0]

        yield make
        transaction.set_rollback(True)


def column_of(rule, column):
    return next(field for field in rule.model._meta.local_concrete_fields if field.column == column)


def stored(row):
    return type(row)._default_manager.filter(pk=row.pk).values().get()


@pytest.mark.parametrize(("rule", "column"), FROZEN, ids=named)
def test_a_frozen_column_refuses_a_change_even_from_a_queryset(alone, rule, column):
    row, field = alone(rule), column_of(rule, column)
    before = stored(row)

    with pytest.raises(IntegrityError, match="may not be changed once written") as refused, transaction.atomic():
        rule.model._default_manager.filter(pk=row.pk).update(**{field.attname: _another(field, before[field.attname])})

    assert f"{rule.table}: a row may not be changed once written" in str(refused.value)
    assert stored(row) == before


@pytest.mark.parametrize(("rule", "name"), FREE, ids=named)
def test_a_column_left_free_takes_a_change(alone, rule, name):
    row, field = alone(rule), rule.model._meta.get_field(name)
    value = _another(field, stored(row)[field.attname])

    rule.model._default_manager.filter(pk=row.pk).update(**{field.attname: value})

    assert stored(row)[field.attname] == value


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_writing_the_same_again_is_no_change(alone, rule):
    row = alone(rule)
    before = stored(row)

    rule.model._default_manager.filter(pk=row.pk).update(
        **{name: value for name, value in before.items() if name != "id"}
    )

    assert stored(row) == before


@pytest.mark.parametrize("rule", LIFTED, ids=named)
def test_once_the_law_has_something_removed_the_rest_may_be_emptied(alone, rule):
    row = alone(rule)
    field = next(
        field
        for field in rule.model._meta.local_concrete_fields
        if type(field) in (models.CharField, models.JSONField, models.TextField)
        and not field.choices
        and field.column in rule.columns()
    )

    rule.model._default_manager.filter(pk=row.pk).update(
        **{rule.unless: NOON, field.attname: None if field.null else _another(field, None)}
    )

    assert stored(row)[rule.unless] == NOON


@pytest.mark.parametrize("rule", LIFTED, ids=named)
def test_saying_something_was_removed_is_a_change_of_its_own(alone, rule):
    row = alone(rule)
    before = stored(row)

    rule.model._default_manager.filter(pk=row.pk).update(**{rule.unless: NOON})

    assert stored(row) == {**before, rule.unless: NOON}


def test_the_model_refuses_as_the_database_does():
    requirement = taught_course().requirement_set.requirements.filter(pass_share__isnull=False).get()
    requirement.pass_share = "1/2"

    with pytest.raises(IntegrityError), transaction.atomic():
        requirement.save()

    requirement.refresh_from_db()
    assert str(requirement.pass_share) == "7/10"


# -- Sealed sets ----------------------------------------------------------------------------------------------


def test_a_sealed_set_takes_no_requirement_more():
    taught = taught_course()
    another = Activity.objects.create(kind="case", course=taught.course, module=taught.module, position=5)
    before = list(taught.requirement_set.requirements.values())

    with pytest.raises(IntegrityError, match="the set it belongs to is sealed"), transaction.atomic():
        Requirement.objects.create(requirement_set=taught.requirement_set, activity=another)

    assert list(taught.requirement_set.requirements.values()) == before


def test_a_sealed_set_loses_no_requirement():
    taught = taught_course()
    before = list(taught.requirement_set.requirements.values())

    with pytest.raises(IntegrityError, match="the set it belongs to is sealed"), transaction.atomic():
        taught.requirement_set.requirements.all().delete()

    assert list(taught.requirement_set.requirements.values()) == before


@pytest.mark.parametrize("sealed_at", [None, NOON + timedelta(days=1)])
def test_a_seal_is_never_lifted_or_moved(sealed_at):
    sealed = taught_course().requirement_set

    with pytest.raises(IntegrityError, match="may not be changed once written"), transaction.atomic():
        RequirementSet.objects.filter(pk=sealed.pk).update(sealed_at=sealed_at)

    sealed.refresh_from_db()
    assert sealed.sealed_at == NOON


def test_a_set_not_sealed_yet_takes_and_loses_requirements():
    taught = taught_course()
    draft = RequirementSet.objects.create(course=taught.course, key="draft", version=1, created_at=NOON)
    activity = taught.lessons[0].activity

    added = Requirement.objects.create(requirement_set=draft, activity=activity)
    count_after_adding = draft.requirements.count()
    added.delete()

    assert (count_after_adding, draft.requirements.count()) == (1, 0)


# -- Triggers over migrations ---------------------------------------------------------------------------------


def triggers():
    """Names of our triggers in the database."""
    where = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'frozen_%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'frozen_%%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(where[connection.vendor])
        return sorted(name for (name,) in cursor.fetchall())


WANTED = sorted(
    [rule.trigger for rule in RULES] + ["frozen_courses_requirement_insert", "frozen_courses_requirement_delete"]
)


def test_every_rule_has_its_trigger():
    rules = RULES

    found = triggers()

    assert found == WANTED
    assert len(rules) == len(WANTED) - 2


def test_triggers_survive_a_second_and_third_migrate(alone):
    for _ in range(2):
        call_command("migrate", verbosity=0)

    found = triggers()

    assert found == WANTED


def test_an_apps_triggers_are_lifted_for_its_migration_and_come_back():
    courses = apps.get_app_config("courses")
    remove_triggers(courses, using="default")
    lifted = triggers()

    install_triggers(courses, using="default")

    assert sorted(set(WANTED) - set(lifted)) == [
        "frozen_courses_change",
        "frozen_courses_requirement",
        "frozen_courses_requirement_delete",
        "frozen_courses_requirement_insert",
        "frozen_courses_requirementset",
    ]
    assert triggers() == WANTED


def test_a_misspelt_exemption_is_refused_rather_than_opening_a_hole():
    rule = Rule(RequirementSet, ("sealed_on",), "", "")

    with pytest.raises(ValueError, match="has no field") as refused:
        rule.columns()

    assert str(refused.value) == "RequirementSet has no field ['sealed_on']"
