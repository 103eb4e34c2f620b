"""Hostile words sent through the forms of the bank at the desk: as options, as fields, typed, and about questions."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.attempts import finish_attempt
from assessments.bank import newest_of
from assessments.models import Item
from assessments.regrading import Way, plan
from enrolments.attempts import begin_attempt
from tests.factories import TaughtCourse, cohort, enrolment, people, person, taught_course
from tests.hostile.test_every_form import Pages, answered, shown
from tests.hostile.trap import caught_in
from tests.hostile.words import hostile_words
from tests.publishing.lessons import publisher
from tests.publishing.test_banks import at, form

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.once,
]


def as_fields(words: str) -> str:
    """A question in a form of its own kind, with rich text before it."""
    said = json.dumps(words)
    return (
        f"answer: [one]\nen:\n  prompt: {said}\n  background: {said}\n  forms:\n"
        f"    one: {{accepted: [{said}], explanation: {said}}}\n"
    )


def typed_paragraphs() -> str:
    """A question for each of the words, in one text."""
    lines = (" ".join(words.split()) for words in hostile_words())
    return "\n\n".join(f"LO1.1\n{one}\n* {one}\n> {one}\n- {one} 2\n> {one}" for one in lines)


def everything(words: str) -> dict[str, str]:
    """A question in boxes with the words in each."""
    return {f"{part}-en-{number}": words for part in ("text", "explanation") for number in (1, 2)} | {
        "prompt-en": words, "text-en-2": f"{words} 2", "note": words,
    }  # fmt: skip


def written_at_the_desk(client: Client, taught: TaughtCourse) -> Pages:
    bank, outcome = taught.bank.key, str(taught.outcomes[0].pk)
    there = taught.bank.items.earliest("pk")
    for number, words in enumerate(hostile_words()):
        fields = {"outcome": outcome, "fields": as_fields(words), "act": "save"}
        yield answered(client, at("bank_write", bank), form(taught, **everything(words)), number)
        yield answered(client, at("bank_write", bank) + "?kind=short_text", fields, f"fields{number}")
        client.post(at("bank", bank), {"item": str(there.uuid), "act": "tag", "words": words[:60]})
    about = {"item": str(there.uuid), "act": "move", "words": hostile_words()[0]}
    yield answered(client, at("bank", bank), about, "about")
    yield answered(client, at("bank_type", bank), {"typed": typed_paragraphs(), "act": "look"}, "typed")
    client.post(at("bank_item", there.uuid), {"act": "retire", "reason": hostile_words()[0]})
    yield shown(client, at("bank_item", there.uuid), "")


def met_by_a_learner(client: Client, taught: TaughtCourse) -> Pages:
    """What was saved, made live and met, with why it was scored anew."""
    for one in Item.objects.filter(current=None):
        one.current = newest_of(one)
        one.save()
    for number, one in enumerate(Item.objects.filter(current__number=1, current__written_by__isnull=False)):
        if number % 5 == 0:  # the pages of the desk are heavy
            yield shown(client, at("bank_item", one.uuid), f"one{number}")
    run = enrolment(person("Una"), cohort(taught.course))
    attempt = finish_attempt(begin_attempt(run, taught.assessment, language="en", at=timezone.now()), at=timezone.now())
    version = attempt.places.get(position=1).item_version
    seen = plan(version, Way.FULL).fingerprint
    given = {"version": str(version.number), "way": "full", "reason": hostile_words()[0], "seen": seen}
    yield answered(client, at("bank_item_regrade", version.item.uuid), given, "anew")
    client.force_login(run.learner)
    yield shown(client, reverse("quiz_result", args=[attempt.uuid]), "")
    again = begin_attempt(run, taught.assessment, language="en", at=timezone.now())
    for place in again.places.all():
        yield shown(client, reverse("quiz_question", args=[again.uuid, place.position]), place.position)


def test_what_is_typed_at_the_bank_runs_nowhere(client: Client) -> None:
    taught = taught_course()
    client.force_login(publisher(people().dev))
    before = Item.objects.count()

    pages = dict(written_at_the_desk(client, taught))
    written = Item.objects.count() - before
    pages |= dict(met_by_a_learner(client, taught))
    caught = caught_in(pages)

    assert caught == {}
    assert written > len(hostile_words())
