"""The audit: who did what to whom, in identifiers only, never changed."""

import pytest
from django.db import IntegrityError, transaction

from audit.entries import note_act
from audit.models import AuditEntry
from people.models import Area
from tests.factories import NOON, cohort, people, taught_course

pytestmark = pytest.mark.django_db


def test_entry_says_when_who_what_on_what_and_to_whom() -> None:
    cast, group = people(), cohort(taught_course().course)

    entry = note_act("cohort_opened", subject=group, at=NOON, actor=cast.beth, person=cast.amina, facts={"to": "open"})

    assert AuditEntry.objects.values().get() == {
        "id": entry.pk, "at": NOON, "actor_id": cast.beth.pk, "act": "cohort_opened",
        "subject_kind": "enrolments.cohort", "subject_id": str(group.uuid), "person_id": cast.amina.pk,
        "facts": {"to": "open"},
    }  # fmt: skip


def test_act_of_the_system_on_something_without_a_uuid_uses_its_key() -> None:
    area = Area.objects.create(key="saltby", name="Saltby", nation="england")

    entry = note_act("area_made", subject=area, at=NOON)

    assert (entry.actor, entry.person, entry.subject_id, entry.facts) == (None, None, str(area.pk), {})


@pytest.mark.parametrize("change", [{"act": "nothing"}, {"facts": {"x": 1}}, {"actor": None}, {"subject_id": "2"}])
def test_entry_cannot_be_changed_by_any_way_in(change: dict[str, object]) -> None:
    cast = people()
    entry = note_act("cohort_opened", subject=cohort(taught_course().course), at=NOON, actor=cast.beth)
    before = AuditEntry.objects.values().get()

    with pytest.raises(IntegrityError, match="may not be changed"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(**change)
    for name, value in change.items():
        setattr(entry, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()

    assert AuditEntry.objects.values().get() == before


def test_entry_is_gone_with_the_transaction_it_tells_of() -> None:
    group = cohort(taught_course().course)

    with pytest.raises(RuntimeError), transaction.atomic():
        note_act("cohort_opened", subject=group, at=NOON)
        raise RuntimeError("the act failed")

    assert AuditEntry.objects.count() == 0


def test_entries_stand_newest_first() -> None:
    group = cohort(taught_course().course)
    for act in ("first", "second"):
        note_act(act, subject=group, at=NOON)

    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["second", "first"]
