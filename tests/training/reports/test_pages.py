"""The pages and files of reports: one reading in four forms, nobody else comes in, long ones by the worker."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.test import Client, TestCase
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from toolkit.personal import retentions

from assessments.marking import Judgement, mark
from audit.models import AuditEntry
from enrolments.invitations import invite
from enrolments.models import Cohort, CohortRole
from people.models import OrganisationRole, User
from privacy.choices import RemovalCause
from privacy.erasure import erase
from privacy.subjects import find_subject, subject_of
from tests.assessments.writing import hand_in_words, response_of
from tests.enrolments.doings import sit
from tests.factories import NOON, TaughtCourse, cohort, enrolment, people, person, taught_course, trainer, written_quiz
from tests.pages import without_token
from tests.training.making import led_by
from tests.training.reports.making import DAY, learner, uneven
from training.choices import FileState
from training.givers import Giver
from training.models import ReportAddress, ReportFile
from training.personal import FILE_KEPT_FOR
from training.reports import jobs, offered
from training.reports.offered import OFFERED, offered_to
from training.reports.printed import pdf_of
from training.reports.table import Heading, Report

pytestmark = pytest.mark.django_db
LATER = NOON + 6 * DAY + timedelta(microseconds=7)  # a clock has them


@pytest.fixture(autouse=True)
def later() -> object:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def taught_and_group(client: Client) -> tuple[TaughtCourse, Cohort]:
    """Beth's uneven cohort, with Beth signed in."""
    taught, group, _runs = uneven()
    cast = people()
    trainer(cast.beth, group)
    client.force_login(cast.beth)
    return taught, group


@pytest.fixture
def group(taught_and_group: tuple[TaughtCourse, Cohort]) -> Cohort:
    return taught_and_group[1]


def _page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", without_token(page)))


def _csv(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def test_the_tab_leads_to_the_first_report(client, group):
    response = client.get(f"/cohort/{group.uuid}/reports/")

    assert (response.status_code, response.url) == (302, f"/cohort/{group.uuid}/reports/completion/")


@pytest.mark.parametrize("key", [one.key for one in OFFERED])
def test_screen_csv_and_workbook_say_the_same(client, group, key):
    report = offered.read_report(key, group, None, at=LATER)

    page = _page(client, f"/cohort/{group.uuid}/reports/{key}/")
    rows = _csv(client.get(f"/cohort/{group.uuid}/reports/{key}.csv"))
    workbook = b"".join(client.get(f"/cohort/{group.uuid}/reports/{key}.xlsx"))

    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
    assert len(report.rows) > 0
    assert [next(iter(row.values())) for row in rows] == [row[0] for row in report.rows]
    assert [str(row[0].value) for row in sheet.iter_rows(min_row=2)] == [row[0] for row in report.rows]
    assert [cell.value for cell in next(sheet.iter_rows(max_row=1))] == list(rows[0]) == report.words
    for row in report.rows:
        assert str(row[0]) in page


@pytest.mark.parametrize("key", [one.key for one in OFFERED])
def test_every_report_prints_as_a_tagged_pdf(client, group, key):
    response = client.get(f"/cohort/{group.uuid}/reports/{key}.pdf")

    content = b"".join(response)
    assert (response.status_code, response["Content-Type"], content[:5]) == (200, "application/pdf", b"%PDF-")
    assert b"pdfuaid" in content
    assert response["Content-Disposition"].startswith('attachment; filename="autumn-cohort-')


def test_a_pdf_with_letters_of_another_script_is_refused_in_words(client, group):
    learner("Amy 愛 𒀀", group)

    response = client.get(f"/cohort/{group.uuid}/reports/completion.pdf", follow=True)

    assert "letters that our paper has no type for" in response.content.decode()


def test_a_report_of_no_rows_prints(client, group):
    report = Report("A title", "About it.", [Heading("Name")], [], empty="Nobody yet.")

    assert pdf_of(report, whose="A cohort", at=LATER)[:5] == b"%PDF-"


@pytest.mark.parametrize("rest", ["nothing/", "nothing.csv", "completion.doc", "nothing/address/"])
def test_what_is_no_report_is_not_found(client, group, rest):
    address = f"/cohort/{group.uuid}/reports/{rest}"

    response = client.post(address) if rest.endswith("address/") else client.get(address)

    assert response.status_code == 404


def test_rows_stand_in_pages(client, group):
    for number in range(100):
        enrolment(person(f"Zoe {number:03}", last_login=NOON), group)

    first = _page(client, f"/cohort/{group.uuid}/reports/completion/")
    second = _page(client, f"/cohort/{group.uuid}/reports/completion/?page=2")

    assert ("Amy Ash" in first, "Zoe 099" in first, "Amy Ash" in second, "Zoe 099" in second) == (
        True, False, False, True,
    )  # fmt: skip
    assert len(_csv(client.get(f"/cohort/{group.uuid}/reports/completion.csv?page=2"))) == 105


def test_carol_finds_none_of_it(client, group):
    carol = person("Carol Other")
    trainer(carol, cohort(group.course, "Other"))
    mine = ReportFile.objects.create(
        cohort=group, report="completion", kind="csv", made_by=CohortRole.objects.get(cohort=group).person,
        made_at=LATER, moved_at=LATER, language="en", state=FileState.MADE, content=b"Amy Ash",
    )  # fmt: skip
    address = f"/cohort/{group.uuid}/reports/"
    client.force_login(carol)

    asked = ["", "completion/", "completion.csv", f"files/{mine.uuid}/", f"files/{mine.uuid}/file"]

    assert {client.get(address + rest).status_code for rest in asked} == {404}


def test_a_lead_reads_their_own_and_no_answers(client, group):
    lena = person("Lena Lead")
    council = led_by(lena)
    learner("Own Ash", group, booked_by=council)
    client.force_login(lena)

    page = _page(client, f"/organisation/{council.uuid}/reports/completion/")

    assert ("Own Ash" in page, "Amy Ash" in page) == (True, False)
    assert client.get(f"/organisation/{council.uuid}/reports/learning-outcomes/").status_code == 404
    assert [one.key for one in offered_to(Giver(organisation=council))] == [
        "completion", "time-to-complete", "where-people-stop",
    ]  # fmt: skip


# -- An address for a spreadsheet ---------------------------------------------------------------------------------


def _address(client: Client, group: Cohort, key: str = "completion", days: int = 30) -> str:
    made = client.post(f"/cohort/{group.uuid}/reports/{key}/address/", {"days": days})
    found = re.search(r'value="http://testserver(/reports/[^"]+)"', made.content.decode())
    assert found is not None
    return found[1]


def test_an_address_serves_the_same_csv_without_signing_in(client, group):
    address = _address(client, group)
    signed_in = b"".join(client.get(f"/cohort/{group.uuid}/reports/completion.csv"))

    fetched = Client().get(address)

    assert (fetched.status_code, fetched["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert b"".join(fetched) == signed_in
    assert ("no-store" in fetched["Cache-Control"], fetched["X-Robots-Tag"]) == (True, "noindex")


def test_only_a_digest_is_kept_and_every_step_stands_in_the_log(client, group):
    address = _address(client, group)
    Client().get(address)
    one = ReportAddress.objects.get()
    client.post(f"/cohort/{group.uuid}/reports/addresses/{one.uuid}/withdraw/")

    acts = list(AuditEntry.objects.filter(subject_id=str(one.uuid)).order_by("pk").values_list("act", "actor"))
    beth = one.made_by.pk
    assert acts == [("report_address_made", beth), ("report_fetched", None), ("report_address_withdrawn", beth)]
    assert address.removeprefix("/reports/").removesuffix(".csv") not in str(ReportAddress.objects.values().get())


def test_an_address_that_ran_out_or_was_withdrawn_opens_nothing(client, group):
    lapsed, withdrawn = _address(client, group), _address(client, group, days=365)
    client.post(f"/cohort/{group.uuid}/reports/addresses/{ReportAddress.objects.first().uuid}/withdraw/")

    with time_machine.travel(LATER + timedelta(days=30), tick=False):
        after = Client().get(lapsed).status_code

    assert (Client().get(lapsed).status_code, after, Client().get(withdrawn).status_code) == (200, 404, 404)


def test_whoever_holds_it_sees_no_more_than_its_maker_may(client, group):
    address = _address(client, group)

    CohortRole.objects.filter(cohort=group).update(ends_on=LATER.date())

    assert Client().get(address).status_code == 404


def test_an_address_opens_nothing_while_its_maker_may_not_sign_in(client, group):
    address = _address(client, group)

    type(ReportAddress.objects.get().made_by).objects.update(is_active=False)

    assert Client().get(address).status_code == 404


def test_an_address_goes_with_the_person_who_made_it(client, group):
    address = _address(client, group)

    erase(subject_of(ReportAddress.objects.get().made_by), at=LATER, cause=RemovalCause.ASKED)

    assert (Client().get(address).status_code, ReportAddress.objects.count()) == (404, 0)


def test_a_file_goes_with_somebody_it_may_name(client, group):
    client.get(f"/cohort/{group.uuid}/reports/completion.csv")
    ReportFile.objects.create(
        cohort=group, report="completion", kind="csv", made_by=CohortRole.objects.get().person,
        made_at=LATER, moved_at=LATER, language="en", state=FileState.MADE, content=b"Amy Ash",
    )  # fmt: skip

    erase(subject_of(User.objects.get(name="Amy Ash")), at=LATER, cause=RemovalCause.ASKED)

    assert ReportFile.objects.count() == 0


@pytest.mark.parametrize("has_account", [True, False])
def test_a_file_goes_with_somebody_who_was_only_written_to(group, has_account):
    lena = person("Lena Lead")
    council = led_by(lena)
    if has_account:
        person("Ivy Invited", email="ivy@example.org")
    invite(group, organisation=council, email="Ivy@example.org", expires_at=LATER + timedelta(days=9), at=LATER)
    ReportFile.objects.create(
        organisation=council, report="completion", kind="csv", made_by=lena,
        made_at=LATER, moved_at=LATER, language="en", state=FileState.MADE, content=b"Ivy Invited",
    )  # fmt: skip

    erase(find_subject("ivy@example.org"), at=LATER, cause=RemovalCause.ASKED)

    assert ReportFile.objects.count() == 0


def test_a_leads_address_ends_with_the_role(client, group):
    lena = person("Lena Lead")
    council = led_by(lena)
    learner("Own Ash", group, booked_by=council)
    client.force_login(lena)
    made = client.post(f"/organisation/{council.uuid}/reports/completion/address/", {"days": 30}).content.decode()
    address = re.search(r'value="http://testserver(/reports/[^"]+)"', made)[1]
    before = _csv(Client().get(address))

    OrganisationRole.objects.filter(person=lena).update(ends_on=LATER.date())

    assert ([row["Name"] for row in before], Client().get(address).status_code) == (["Own Ash"], 404)


def test_how_long_is_asked_and_a_wrong_answer_is_said(client, group):
    answer = client.post(f"/cohort/{group.uuid}/reports/completion/address/", {"days": "4000"})

    assert (answer.status_code, ReportAddress.objects.count()) == (422, 0)
    assert "Choose how long the address is to work." in answer.content.decode()


def test_twenty_addresses_are_enough(client, group):
    for _number in range(20):
        _address(client, group)

    answer = client.post(f"/cohort/{group.uuid}/reports/completion/address/", {"days": "30"})

    assert (answer.status_code, ReportAddress.objects.count()) == (409, 20)
    assert "You have 20 addresses here." in answer.content.decode()


def test_another_trainer_withdraws_only_their_own(client, group):
    _address(client, group)
    other = person("Cal Other")
    trainer(other, group)
    client.force_login(other)

    answer = client.post(f"/cohort/{group.uuid}/reports/addresses/{ReportAddress.objects.get().uuid}/withdraw/")

    assert (answer.status_code, ReportAddress.objects.get().revoked_at) == (404, None)


# -- Long reports -------------------------------------------------------------------------------------------------


@pytest.fixture
def long(monkeypatch) -> None:
    """Five people are many."""
    monkeypatch.setattr(offered, "LONG_PEOPLE", 5)


def test_a_long_report_is_made_by_the_worker_and_taken_when_it_is_ready(client, group, long):
    at_once = client.get(f"/cohort/{group.uuid}/reports/completion.csv")
    one = ReportFile.objects.get()
    waiting = _page(client, at_once.url)
    not_yet = client.get(f"{at_once.url}file").status_code

    jobs.make_file(one.pk)

    ready = _page(client, at_once.url)
    rows = _csv(client.get(f"{at_once.url}file"))
    assert ("The report is being made" in waiting, not_yet) == (True, 404)
    assert ("The file is ready." in ready, [row["Name"] for row in rows][:2]) == (True, ["Amy Ash", "Ben Ash"])


def test_the_worker_is_given_the_job_once_the_wish_is_written_down(client, group, long):
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.get(f"/cohort/{group.uuid}/reports/completion.csv")

    (task,) = [SignedPackage.loads(row.payload) for row in OrmQ.objects.all()]
    assert (import_string(task["func"]), task["args"]) == (jobs.make_file, (ReportFile.objects.get().pk,))


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbfName"), ("xlsx", b"PK"), ("pdf", b"%PDF-")])
def test_each_kind_is_made(client, group, long, kind, begins):
    address = client.get(f"/cohort/{group.uuid}/reports/completion.{kind}").url

    jobs.make_file(ReportFile.objects.get().pk)

    assert b"".join(client.get(f"{address}file")).startswith(begins)


def test_asked_for_twice_it_is_made_once(client, group, long):
    addresses = {client.get(f"/cohort/{group.uuid}/reports/completion.csv").url for _number in range(2)}

    assert (len(addresses), ReportFile.objects.count()) == (1, 1)


def test_how_far_it_is_is_written_down(client, group, long, monkeypatch):
    monkeypatch.setattr("training.reports.files.SAID_EVERY", 2)
    client.get(f"/cohort/{group.uuid}/reports/completion.csv")

    jobs.make_file(ReportFile.objects.get().pk)

    one = ReportFile.objects.get()
    assert (one.row_count, one.done_count, one.state) == (5, 4, FileState.MADE)


def test_whoever_may_not_any_more_gets_no_file(client, group, long):
    client.get(f"/cohort/{group.uuid}/reports/completion.csv")
    CohortRole.objects.filter(cohort=group).update(ends_on=LATER.date())

    jobs.make_file(ReportFile.objects.get().pk)

    one = ReportFile.objects.get()
    assert (one.state, one.content) == (FileState.FAILED, None)


def test_one_whose_worker_died_is_taken_up(client, group, long):
    client.get(f"/cohort/{group.uuid}/reports/completion.csv")
    ReportFile.objects.update(state=FileState.MAKING)
    fresh = jobs.take_up_left_files()

    with time_machine.travel(LATER + jobs.LEFT_AFTER + timedelta(seconds=1), tick=False):
        with TestCase.captureOnCommitCallbacks(execute=False):
            taken_up = jobs.take_up_left_files()
        jobs.make_file(ReportFile.objects.get().pk)

    assert (fresh, taken_up, ReportFile.objects.get().state) == (0, 1, FileState.MADE)


def test_a_file_goes_after_a_day(client, group, long):
    client.get(f"/cohort/{group.uuid}/reports/completion.csv")
    (rule,) = [one for one in retentions() if one.model is ReportFile]

    kept = rule.apply(LATER, LATER + FILE_KEPT_FOR, frozenset())
    gone = rule.apply(LATER, LATER + FILE_KEPT_FOR + timedelta(seconds=1), frozenset())

    assert (kept, gone, ReportFile.objects.count()) == (0, 1, 0)


# -- One learning outcome -----------------------------------------------------------------------------------------


def test_one_learning_outcome_says_how_the_cohort_and_its_agencies_do_and_names_nobody(client, taught_and_group):
    taught, group = taught_and_group
    for number in range(3):
        sit(learner(f"Pia {number}", group, agency="police"), taught, right=8)

    page = _page(client, f"/cohort/{group.uuid}/outcomes/{taught.outcomes[0].uuid}/")

    words = _words(page)
    assert "Can do thing 1." in words
    assert "6 trainees answered." in words
    assert "Together: " in words  # three of health and three of the police: neither stands alone
    assert "Item 1 of LO1.1?" in words or "Item 2 of LO1.1?" in words
    assert [name for name in ("Amy", "Ben", "Dee", "Pia") if name in words] == []


def test_one_learning_outcome_tells_its_trainer_of_private_questions_what_every_attempt_does(client, taught_and_group):
    taught, group = taught_and_group
    address = f"/cohort/{group.uuid}/outcomes/{taught.outcomes[0].uuid}/"
    of_open = _words(_page(client, address))
    taught.bank.is_open = False
    taught.bank.save()

    assert "questions were right when somebody first met them" in of_open
    assert _words(_page(client, address)) == of_open


def test_one_learning_outcome_says_marked_texts_apart_and_no_mean_of_fewer_than_five(client, taught_and_group):
    taught, group = taught_and_group
    written_quiz(taught)
    address, moss = f"/cohort/{group.uuid}/outcomes/{taught.outcomes[0].uuid}/", person("Moss Marker")
    pages = []
    for first, last in ((0, 4), (4, 5)):
        for number in range(first, last):
            attempt = hand_in_words(learner(f"Pia {number}", group, agency="police"), taught, "It made sense.")
            mark(response_of(attempt), Judgement({"sense": 3, "fair": 0}), seen=None, by=moss, at=LATER)
        pages.append(_words(_page(client, address)))

    four, five = pages
    assert "4 marked texts earned on average 50% of their points." in four
    assert "Fewer than five trainees answered, so no agency is shown." in four.partition("Marked texts")[2]
    assert "Police 5 5 50%" in five.partition("Marked texts")[2]
    assert "Why did it make sense? 5 a person marks it 50%" in five


def test_an_outcome_nobody_answered_says_so(client, taught_and_group):
    taught, _group = taught_and_group
    other = cohort(taught.course, "Empty")
    trainer(CohortRole.objects.first().person, other)

    page = _page(client, f"/cohort/{other.uuid}/outcomes/{taught.outcomes[0].uuid}/")

    assert "Nobody of this cohort has handed in a question" in page


def test_the_table_of_outcomes_leads_to_each(client, taught_and_group):
    taught, group = taught_and_group

    page = _page(client, f"/cohort/{group.uuid}/reports/learning-outcomes/")

    assert f'href="/cohort/{group.uuid}/outcomes/{taught.outcomes[0].uuid}/"' in page


def test_an_outcome_of_another_course_is_not_found(client, group):
    other = taught_course("second")

    assert client.get(f"/cohort/{group.uuid}/outcomes/{other.outcomes[0].uuid}/").status_code == 404
