"""Letters and invitations for many are the rows that one at a time would be."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models

from audit.models import AuditEntry
from enrolments.invitations import invite, token_digest
from enrolments.lists.inviting import invite_many
from enrolments.lists.lines import Understood
from enrolments.models import Invitation
from post.letters import Pattern
from post.models import Message
from post.outbox import Letter, queue_letters, queue_message
from tests.enrolments.lists.sending import booker
from tests.factories import NOON, person

pytestmark = pytest.mark.django_db


def row(one: models.Model, *drawn: str) -> dict[str, Any]:
    """Every column but those that are drawn by chance or by the database."""
    fields = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    return {name: value for name, value in fields.items() if name not in {"id", "uuid", *drawn}}


@pytest.mark.parametrize("name", ["Siân Jones", "<b>Ada</b> & {link}", "Ada {name} Lee"])
def test_letter_of_a_pattern_is_the_message_that_would_be_queued_alone(name: str) -> None:
    ada = person("Ada Lee", language="cy")
    values = {"name": name, "link": "https://example.org/join/x/?a=1&b=2"}
    text = "Hello {name},\n\ncome here:\n{link}\n\nGoodbye.\n"
    pattern = Pattern("A place for {name}", text, language="cy", action="Come")

    queue_letters("booking", [Letter(pattern, values, "one", to=ada)], at=NOON)
    written = text.replace("{name}", "\0").replace("{link}", values["link"]).replace("\0", name)
    queue_message(
        kind="booking", subject=f"A place for {name}", text=written, action="Come", to=ada, at=NOON, dedupe_key="two"
    )

    many, alone = Message.objects.order_by("pk")
    assert row(many, "message_id", "dedupe_key") == row(alone, "message_id", "dedupe_key")


def test_letter_with_a_key_that_was_used_is_not_written_again() -> None:
    letter = Letter(Pattern("S", "T", language="en"), {}, "same", address="ada@b.example")

    queue_letters("booking", [letter], at=NOON)
    queue_letters("booking", [letter, letter], at=NOON)

    assert Message.objects.count() == 1


def test_invitations_for_many_are_those_that_would_be_made_alone() -> None:
    larchmere = booker()
    one = Understood(2, "ada@b.example", "", "", "", "")

    [(many, token)] = invite_many(
        [one], larchmere.cohort, organisation=larchmere.organisation, areas={}, at=NOON, by=larchmere.lead
    )
    alone, _token = invite(
        larchmere.cohort,
        organisation=larchmere.organisation,
        email="ada@b.example",
        expires_at=NOON + timedelta(days=60),
        at=NOON,
        by=larchmere.lead,
    )

    differ = ("token_digest", "by_list", "agency")
    assert row(Invitation.objects.get(pk=many.pk), *differ) == row(alone, *differ)
    assert (many.by_list, many.agency, alone.by_list, alone.agency) == (True, "other", False, "")
    assert many.token_digest == token_digest(token)
    first, second = AuditEntry.objects.filter(act="invitation_made").order_by("pk")
    assert row(first, "subject_id") == row(second, "subject_id")
    assert first.subject_id == str(many.uuid)
