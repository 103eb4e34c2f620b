"""A lead's pages for lists: upload, report, answers, taking in, downloads."""

import csv
import io
import re
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enrolments.choices import ListState
from enrolments.lists.lines import EXAMPLE
from enrolments.lists.reading import read_list
from enrolments.models import CohortOffer, Enrolment, EnrolmentList, Invitation
from people.choices import OrganisationRoleCode
from people.models import User
from people.roles import give_organisation_role
from tests.enrolments.lists.sending import Booker, booker, csv_of, member, sent
from tests.factories import NOON, enrolment, organisation, person
from tests.media.footage import corpora
from tests.pages import without_token
from tests.training.written import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def larchmere(client: Client) -> Booker:
    """Lena is signed in, and leads Larchmere."""
    made = booker(places=5)
    client.force_login(made.lead)
    return made


def upload(client: Client, of: Booker, content: bytes, name: str = "list.csv", **fields: Any) -> Any:
    sent = {"cohort": str(of.cohort.uuid), "file": SimpleUploadedFile(name, content), **fields}
    return client.post(reverse("organisation_book", args=[of.organisation.uuid]), sent)


def page(of: Booker, one: EnrolmentList, name: str = "organisation_list") -> str:
    return reverse(name, args=[of.organisation.uuid, one.uuid])


def test_list_is_sent_in_looked_at_answered_and_taken_in_without_a_script(client: Client, larchmere: Booker) -> None:
    sian = member(larchmere, "Siân Jones", "sian@larchmere.example")

    answer = upload(client, larchmere, csv_of("ada@larchmere.example,Ada Lee", "sj@larchmere.example,Sian Jones"))
    one = EnrolmentList.objects.get()
    report = client.get(answer["Location"]).content.decode()
    saved = client.post(page(larchmere, one), {"act": "choose", "line-3": "sian@larchmere.example"}, follow=True)
    done = client.post(page(larchmere, one), {"act": "take_in"}, follow=True)

    assert answer["Location"] == page(larchmere, one)
    assert "Line 3: Sian Jones, sj@larchmere.example" in report
    assert "Take the list in" not in report
    assert "Take the list in" in saved.content.decode()
    assert "<td>Sian Jones<small>sian@larchmere.example</small></td>" in saved.content.decode()
    assert "2 people got a place. An e-mail goes to each." in done.content.decode()
    assert Enrolment.objects.get().learner.email == "ada@larchmere.example"
    assert Invitation.objects.get().email == sian.email


def test_page_tells_places_faults_and_what_will_happen(client: Client, larchmere: Booker) -> None:
    enrolment(member(larchmere, "Bob Ray", "bob@larchmere.example"), larchmere.cohort, booked_by=larchmere.organisation)
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee", "bob@larchmere.example,Bob Ray", "nobody,Cai Rees"))

    shown = client.get(page(larchmere, one)).content.decode()

    assert "“nobody” is not an e-mail address: it has no @." in shown
    assert "Gets a place and an e-mail" in shown
    assert "Booked already: nothing to do" in shown
    assert "<dt>Places left</dt><dd>4</dd>" in shown
    assert "It can be taken in once no line has a fault." in shown


@pytest.mark.parametrize("account", ["nobody", "stranger", "learns elsewhere", "member who learns elsewhere"])
def test_no_page_tells_an_account_elsewhere_from_an_address_nobody_has(
    client: Client, larchmere: Booker, account: str
) -> None:
    if account != "nobody":
        is_member = account.startswith("member")
        somebody = member(larchmere, "Ada Lee", "ada@b.example") if is_member else person("Zed Zee", "ada@b.example")
        if "learns" in account:
            enrolment(somebody, larchmere.cohort, booked_by=organisation("Elsewhere"))
    one = sent(larchmere, csv_of("ada@b.example,Ada Lee"))

    before = without_keys(client.get(page(larchmere, one)), one)
    after = without_keys(client.post(page(larchmere, one), {"act": "take_in"}, follow=True), one)
    again = sent(larchmere, csv_of("ada@b.example,Ada Lee"))
    known = without_keys(client.get(page(larchmere, again)), again)

    assert "Gets a place and an e-mail" in before
    assert "Zed" not in before + after + known
    assert "1 person got a place. An e-mail goes to them." in after
    assert "Booked already: nothing to do" in known
    assert "<dt>Places left</dt><dd>4</dd>" in known
    assert Enrolment.objects.filter(booked_by=larchmere.organisation).count() + Invitation.objects.count() == 1


@pytest.mark.parametrize("typed", ["Amina Rahman", "Nina Ray"])
@pytest.mark.parametrize("is_booked", [True, False])
def test_no_page_tells_the_second_address_of_a_member_from_an_address_nobody_has(
    client: Client, larchmere: Booker, is_booked: bool, typed: str
) -> None:
    amina = member(larchmere, "Amina Rahman")
    if is_booked:
        enrolment(amina, larchmere.cohort, booked_by=larchmere.organisation)

    with time_machine.travel(timezone.now(), tick=False):  # the pages say the minute
        theirs = _all_a_lead_sees(client, larchmere, f"home@b.example,{typed}", of=amina)
        nobodys = _all_a_lead_sees(client, larchmere, f"home@b.example,{typed}", of=None)

    assert theirs == nobodys
    assert ("nearly the same name" in theirs[0]) == (typed == "Amina Rahman")
    assert "1 person got a place. An e-mail goes to them." in theirs[1]


def _all_a_lead_sees(client: Client, larchmere: Booker, line: str, *, of: User | None) -> list[str]:
    """The report, the list taken in, the organisation's people, and the same line sent again; then as if never sent."""
    with transaction.atomic():
        if of:
            EmailAddress.objects.create(user=of, email="home@b.example", verified=True, primary=False)
        one = sent(larchmere, csv_of(line))
        report = client.get(page(larchmere, one))
        client.post(page(larchmere, one), {"act": "choose", "line-2": "else"})
        done = client.post(page(larchmere, one), {"act": "take_in"}, follow=True)
        people_now = client.get(reverse("organisation_people", args=[larchmere.organisation.uuid]))
        upload(client, larchmere, csv_of(line))
        again = EnrolmentList.objects.latest("pk")
        shown = [without_keys(answer, one) for answer in (report, done)]
        shown += [_in_one_order(people_now.content.decode()), without_keys(client.get(page(larchmere, again)), again)]
        transaction.set_rollback(True)
    return [without_token(one) for one in shown]


def _in_one_order(page: str) -> str:
    """Two people of one name stand in an order drawn from their keys, which differ from one try to the next."""
    return "".join(sorted(re.split(r"(?=<tr)|(?<=</tr>)", KEYS.sub("KEY", page))))


KEYS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def without_keys(answer: Any, one: EnrolmentList) -> str:
    return answer.content.decode().replace(str(one.uuid), "LIST")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": ""}, "Choose a file."),
        ({"cohort": ""}, "Choose the file again: a browser does not keep it."),
        ({"cohort": "not-a-cohort"}, "Choose one of these cohorts."),
        (
            {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")},
            "This is a PDF file. Send an XLSX or CSV file. Choose the file again",
        ),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "The file is empty."),
    ],
)
def test_refused_upload_says_why_at_the_top_and_at_the_field(
    client: Client, larchmere: Booker, fields: dict[str, Any], words: str
) -> None:
    answer = upload(client, larchmere, csv_of("ada@b.example,Ada Lee"), **fields)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count(words) == 2
    assert "There is a problem" in shown
    assert not EnrolmentList.objects.exists()


def test_more_than_ten_megabytes_are_refused_before_they_are_read(client: Client, larchmere: Booker) -> None:
    answer = upload(client, larchmere, b"x" * 10_000_001)

    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()


def test_cohort_that_is_not_offered_cannot_be_chosen(client: Client, larchmere: Booker) -> None:
    larchmere.offer.delete()

    shown = client.get(reverse("organisation_book", args=[larchmere.organisation.uuid])).content.decode()
    answer = upload(client, larchmere, csv_of("ada@b.example,Ada Lee"))

    assert "No cohort is offered to your organisation" in shown
    assert (answer.status_code, EnrolmentList.objects.count()) == (422, 0)


def test_long_list_goes_to_the_worker_and_its_page_looks_again(client: Client, larchmere: Booker) -> None:
    lines = [f"p{number}@larchmere.example,Person{number} Rees" for number in range(301)]

    answer = upload(client, larchmere, csv_of(*lines))
    shown = client.get(answer["Location"]).content.decode()

    assert EnrolmentList.objects.get().state == ListState.CHECKING
    assert '<meta http-equiv="refresh" content="3">' in shown
    assert "0 of 301 lines are gone through." in shown


@pytest.mark.parametrize("name", ["organisation_list", "organisation_list_faults"])
def test_list_of_another_organisation_is_not_found(client: Client, larchmere: Booker, name: str) -> None:
    one = sent(larchmere, csv_of("secret@b.example,Ada Lee"))
    carol = person("Carol Hughes")
    client.force_login(carol)

    answer = client.get(page(larchmere, one, name))

    assert answer.status_code == 404
    assert "secret" not in answer.content.decode()


def test_list_is_not_found_under_another_organisation_one_leads(client: Client, larchmere: Booker) -> None:
    other = organisation("Elsewhere")
    give_organisation_role(larchmere.lead, other, OrganisationRoleCode.LEAD, at=NOON)
    one = sent(larchmere, csv_of("ada@b.example,Ada Lee"))

    assert client.get(reverse("organisation_list", args=[other.uuid, one.uuid])).status_code == 404


@pytest.mark.parametrize(("act", "words"), [("take_in", "cannot be taken in yet"), ("give_up", "was given up")])
def test_what_a_button_asks_for_is_done_or_refused_in_words(
    client: Client, larchmere: Booker, act: str, words: str
) -> None:
    one = sent(larchmere, csv_of("nobody,Ada Lee"))

    answer = client.post(page(larchmere, one), {"act": act}, follow=True)

    assert words in answer.content.decode()
    assert not Enrolment.objects.exists()


def test_lines_to_mend_come_as_csv_are_harmless_and_can_be_sent_in_again(client: Client, larchmere: Booker) -> None:
    one = sent(larchmere, csv_of("good@b.example,Ada Lee", "=cmd()|' /C calc'!A0,@SUM(1)", "bad,Bob Ray"))

    answer = client.get(page(larchmere, one, "organisation_list_faults"))

    content = answer.getvalue()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows] == [["E-mail", "Name"], ["'=cmd()|' /C calc'!A0", "'@SUM(1)"], ["bad", "Bob Ray"]]
    assert rows[2][5] == "“bad” is not an e-mail address: it has no @."
    assert [row["name"] for row in read_list(content, "again.csv").rows] == ["@SUM(1)", "Bob Ray"]
    assert read_list(content, "again.csv").notes == []


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_empty_list_has_headings_that_are_known(client: Client, larchmere: Booker, kind: str, language: str) -> None:
    prefix = "" if language == "en" else "/cy"
    answer = client.get(prefix + reverse(f"organisation_list_{kind}", args=[larchmere.organisation.uuid]))

    found = read_list(answer.getvalue(), f"list.{kind}")

    assert answer["Content-Disposition"] == f'attachment; filename="list.{kind}"'
    assert [(row["email"], row["language"]) for row in found.rows] == [(EXAMPLE, "English")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_empty_list_sent_back_as_it_came_books_nobody_and_names_the_line(
    client: Client, larchmere: Booker, kind: str
) -> None:
    empty = client.get(reverse(f"organisation_list_{kind}", args=[larchmere.organisation.uuid])).getvalue()

    answer = upload(client, larchmere, empty, f"list.{kind}")
    shown = client.get(answer["Location"]).content.decode()
    client.post(answer["Location"], {"act": "take_in"})

    assert f"<p>“{EXAMPLE}” is the example of the empty list. Take this line out.</p>" in shown
    assert "Take the list in" not in shown
    assert (Enrolment.objects.count(), Invitation.objects.count()) == (0, 0)


@pytest.mark.parametrize("email", ["places@provider.example", ""])
def test_list_with_more_people_than_places_says_whom_to_ask_for_more_if_anybody(
    client: Client, larchmere: Booker, settings: Any, email: str
) -> None:
    settings.CONTACT_NAME, settings.CONTACT_EMAIL = "Lena Hollin", email
    CohortOffer.objects.update(places=0)
    one = sent(larchmere, csv_of("ada@larchmere.example,Ada Lee"))

    shown = client.get(page(larchmere, one)).content.decode()

    assert "There are not enough places." in shown
    asked = 'Whom to ask: Lena Hollin, <a href="mailto:places@provider.example">places@provider.example</a>.'
    assert (asked in shown, "Whom to ask" in shown) == (bool(email), bool(email))


def test_strange_names_are_shown_as_text_and_never_as_markup(client: Client, larchmere: Booker) -> None:
    texts = [
        file.read_text(errors="replace").split("--")[0].strip()
        for file in sorted(corpora("xss", "bleach").glob("*.test"))
    ]
    names = [*texts, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "javascript:alert(1)"]
    rows: list[list[str | int]] = [["E-mail", "Name", "<b>x</b>"]]
    rows += [[f"p{number}@b.example", f"A {name}", "<i>"] for number, name in enumerate(names)]

    answer = upload(client, larchmere, written("csv", rows), "<svg onload=x>.csv")
    shown = client.get(answer["Location"]).content.decode()

    assert len(texts) > 10
    for harmful in ("<script>alert", "<img src=x", "<b>x</b>", "<svg onload", "onerror=alert(1)>"):
        assert harmful not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "{{ 7*7 }}" in shown or "{{" not in shown


def test_report_on_many_lines_comes_in_pages_and_asks_no_more_of_the_database(
    client: Client, larchmere: Booker, django_assert_max_num_queries: Any
) -> None:
    few = sent(larchmere, csv_of("a@b.example,Ada Lee"))
    many = sent(
        larchmere, csv_of(*(f"p{number}@b.example,{'' if number < 60 else 'Ada Lee'}" for number in range(250)))
    )

    with django_assert_max_num_queries(20):
        client.get(page(larchmere, few))
    with django_assert_max_num_queries(20):
        shown = client.get(f"{page(larchmere, many)}?faults=2&page=2").content.decode()

    assert shown.count("There is no name.") == 10
    assert "Page 2 of 2" in shown


def test_people_and_accounts_are_untouched_by_a_report(client: Client, larchmere: Booker) -> None:
    before = list(User.objects.order_by("pk").values())

    upload(client, larchmere, csv_of("ada@b.example,Ada Lee"))

    assert [{**row, "last_login": None} for row in User.objects.order_by("pk").values()] == [
        {**row, "last_login": None} for row in before
    ]


@pytest.mark.parametrize("line", ["9" * 5000, "9" * 30, "²", "-1", "x"])
def test_choice_for_a_line_that_is_none_is_no_fault_of_ours(client: Client, larchmere: Booker, line: str) -> None:
    upload(client, larchmere, csv_of("ada@larchmere.example,Ada Lee"))

    form = urlencode({"act": "choose", f"line-{line}": "x"})
    kind = "application/x-www-form-urlencoded"
    answer = client.post(page(larchmere, EnrolmentList.objects.get()), form, content_type=kind)

    assert answer.status_code == 302
