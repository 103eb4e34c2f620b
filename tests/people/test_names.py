"""What a name may be, at every door where one is given."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from enrolments.lists.checking import outcome, vocabulary_of
from enrolments.lists.words import faults_by_line
from enrolments.models import Invitation
from people.models import User
from people.names import one_line
from tests.enrolments.lists.sending import booker, csv_of, sent
from tests.factories import people
from tests.training.sides import Side

ADDRESS = "A name holds no web or e-mail address. If it has a full stop, put a space after it."
TURNED = "Amina \N{RIGHT-TO-LEFT OVERRIDE}namhaR\N{ZERO WIDTH SPACE}"
DETAILS = {"certificate_name": "", "agency": "health"}


@pytest.mark.parametrize(
    "name",
    [
        "http://evil.example",
        "Amina evil.example",
        "EVIL.COM",
        "evil\N{FULLWIDTH FULL STOP}example",
        "evil\N{IDEOGRAPHIC FULL STOP}example",
        "ev\N{ZERO WIDTH SPACE}il.example",
        "www.x Amina",
        "Amina 10.0.0.1",
        "mailto:a",
        "javascript:alert(1)",
        "//evil",
        "amina@localhost",
    ],
)
def test_web_or_mail_address_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        one_line(name)

    assert refused.value.messages == [ADDRESS]


@pytest.mark.parametrize(
    "name",
    ["J.R.R. Tolkien", "Siân St. John", "Mary O’Neill (Ph.D.)", "Ann-Marie D.", "Amina Rahman, RN", "李明", "A.J"],
)
def test_name_with_full_stops_and_signs_stays(name: str) -> None:
    assert one_line(name) == name


@pytest.mark.parametrize("name", ["", "12", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{HANGUL FILLER}", "..."])
def test_name_without_a_letter_to_be_seen_is_none(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        one_line(name, empty="Give the name.")

    assert refused.value.messages == ["Give the name."]


def _sign_up(client: Client, name: str) -> Any:
    given = {"name": name, "email": "new@example.org", "agency": "police", "password1": "a long and winding road"}
    return client.post("/account/signup/", given)


def _correct(client: Client, name: str) -> Any:
    client.force_login(people().amina)
    return client.post("/your-data/correct/", DETAILS | {"name": name})


def _invite(client: Client, name: str) -> Any:
    side = Side(client, "lead")
    return side.send("letter", side.form("letter", name=name))


@pytest.mark.django_db
@pytest.mark.parametrize("door", [_sign_up, _correct, _invite])
@pytest.mark.parametrize(
    ("name", "words"), [("Win at http://evil.example", ADDRESS), ("A" * 151, "Write 150 letters at most.")]
)
def test_every_door_refuses_a_name_that_is_none_in_a_sentence(client: Client, door: Any, name: str, words: str) -> None:
    answer = door(client, name)

    assert (answer.status_code in (200, 422), words in answer.content.decode()) == (True, True)
    assert not User.objects.filter(name__contains=name[:10]).exists()
    assert not Invitation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("door", [_sign_up, _correct, _invite])
def test_every_door_takes_hidden_letters_out_of_a_name(client: Client, door: Any) -> None:
    answer = door(client, TURNED)

    names = [*User.objects.values_list("name", flat=True), *Invitation.objects.values_list("name", flat=True)]
    assert (answer.status_code, "Amina namhaR" in names, TURNED in names) == (302, True, False)


@pytest.mark.django_db
def test_line_of_a_list_with_a_web_address_for_a_name_is_refused_and_hidden_letters_go() -> None:
    of = booker()

    listed = sent(of, csv_of("a@b.example,http://evil.example", f"c@b.example,{TURNED}"))

    booked = outcome(listed.rows, listed.report, vocabulary_of(of.organisation)).booked
    assert [one.name for one in booked] == ["Amina namhaR"]
    assert faults_by_line(listed) == {2: ["“http://evil.example” looks like an address where the name should be."]}
