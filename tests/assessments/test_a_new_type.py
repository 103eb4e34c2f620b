"""A type that only this file knows is registered; a learner is asked, saved, told of a conflict and scored."""

from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from assessments.items import TYPES, ItemType, PartShown, Shown
from assessments.models import Attempt, ItemVersion
from tests.factories import NOON, cohort, enrolment, people, taught_course

pytestmark = pytest.mark.django_db


class Backwards(ItemType):
    """A word to be written backwards."""

    kind, label, scoring_rule = "backwards", "Backwards", "backwards"
    asked_template = "assessments/items/typed.html"
    reviewed_template = "assessments/items/lines_reviewed.html"

    def check(self, structure, key):
        pass

    def best(self, key, structure):
        return {"said": key["word"][::-1]}

    def texts_from(self, fields):
        return {"prompt": fields.text("prompt")}

    def texts_to(self, texts, structure):
        return {"prompt": texts["prompt"]}

    def read(self, posted, structure, order):
        return {"said": posted.parts.get("1", "")}

    def fields(self, given):
        return {"1": [given.kept.get("said", "")]}

    def share(self, value, key, structure):
        return Fraction(int((value or {}).get("said", "") == key["word"][::-1]))

    def asked(self, given):
        said = given.kept.get("said", "")
        part = PartShown(1, "Backwards", typed=said)
        return Shown(prompt=given.texts["prompt"], parts=[part], answer=[said] if said else [])

    def reviewed(self, given, key):
        part = PartShown(1, "Backwards", typed=given.kept["said"], is_right=True, explanation="zqbecause it reads so.")
        return Shown(prompt=given.texts["prompt"], parts=[part])


def test_a_new_type_touches_nothing_but_its_registration(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TYPES, "backwards", Backwards())
    taught, amina = taught_course(item_counts=(0, 0, 0)), people().amina
    taught.assessment.blueprint.exclude(learning_outcome=taught.outcomes[0]).delete()
    taught.assessment.blueprint.update(count=1)
    item = taught.bank.items.create()
    item.current = ItemVersion.objects.create(
        item=item, number=1, kind="backwards", learning_outcome=taught.outcomes[0], structure={"choices": []},
        key={"word": "abc"}, scoring_rule="backwards", scoring_rule_version=1, max_score=1,
        texts={"en": {"prompt": "Write abc backwards."}}, digest="0" * 64, created_at=NOON,
    )  # fmt: skip
    item.save()
    enrolment(amina, cohort(taught.course))
    client.force_login(amina, backend="people.backends.Door")

    client.post(reverse("quiz_start", args=[taught.assessment.uuid]))
    attempt = Attempt.objects.get()
    page, saver = (reverse(name, args=[attempt.uuid, 1]) for name in ("quiz_question", "quiz_save"))
    saved = client.post(saver, {"q1-1": "cba", "sequence": "1"})
    asked = client.get(page).content.decode()
    conflict = client.post(saver, {"q1-1": "xyz", "sequence": "1"}).json()
    checked = client.get(reverse("quiz_check", args=[attempt.uuid])).content.decode()
    client.post(reverse("quiz_hand_in", args=[attempt.uuid]))
    result = client.get(reverse("quiz_result", args=[attempt.uuid])).content.decode()
    attempt.refresh_from_db()

    assert (saved.status_code, conflict["fields"], conflict["answer"]) == (200, {"q1-1": ["cba"]}, ["cba"])
    assert ['value="cba"' in asked, "zqbecause" in asked, "cba" in checked] == [True, False, True]
    assert (attempt.result.points, "zqbecause it reads so." in result) == (1, True)
