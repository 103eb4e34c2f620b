"""Every page says in its foot what to do if a child may be at risk now, and so does every box for free text."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.views import defaults
from wagtail.models import Page

from assessments.models import Attempt, Response
from courses.models import Activity, LearningOutcome, LessonPage
from credentials.models import Credential
from enrolments.invitations import invite
from enrolments.lists.receiving import receive_list
from enrolments.models import (
    AttemptLink,
    Cohort,
    CohortOffer,
    Enrolment,
    EnrolmentList,
    Invitation,
    LiveSession,
    PlaceRequest,
)
from people.models import Organisation, User
from player.models import LearningElsewhere, Note
from player.practising import address_part
from post.unsubscribing import address_for
from publishing.fact_checks import address_of as fact_check_address
from publishing.fact_checks import ask, last_day
from samples.cast import COHORT, COUNCIL, FUND
from tests.factories.site import sample_people
from training.givers import Giver
from training.reports.jobs import ask_for_file

pytestmark = pytest.mark.django_db
LINE = ("If a child may be at risk now:", 'href="tel:999"', "children’s services front door")
LINE_ABOVE = '{% include "_child_at_risk.html" %}'
# No page: a file, a feed, a picture, an answer to a script, or a letter as its reader sees it.
NO_PAGE = {
    *("briefing_feed", "briefing_pdf", "certificate_pdf", "film_captions", "film_card", "film_file", "film_report"),
    *("fact_check_captions", "fact_check_film"),
    *("organisation_list_csv", "organisation_list_xlsx", "organisation_list_faults"),
    *("quiz_save", "lesson_place", "uploaded_picture", "try_letter", "your_data_download"),
    "learning_record_file",
    *("organisation_people_file", "funder_trained_file", "cohort_board_file"),
    "live_calendar",
    *("organisation_report_file", "cohort_report_file", "organisation_report_made", "cohort_report_made"),
    "report_by_address",
}
# Answers POST only, or leads at once to a page asked under its own name; published pages are asked one by one.
LEADS_ON = {
    *(
        "certificate_name",
        "film_read",
        "lesson_read",
        "lesson_reflect",
        "note_add",
        "lesson_section",
        "quiz_hand_in",
        "quiz_practise",
        "try_sign_in",
    ),
    *("organisation_request_answer", "cohort_request_answer", "place_request_withdraw"),
    *("cohort_grant", "cohort_grant_back", "live_activity"),
    *("organisation_reports", "cohort_reports", "organisation_report_address", "cohort_report_address"),
    *("organisation_report_withdraw", "cohort_report_withdraw"),
    *("wagtail_serve", "wagtailcore_authenticate_with_password", "wagtailcore_login"),
}


OF_A_SESSION = ("cohort_live_session", "cohort_live_cancel", "cohort_register", "cohort_session_plan")


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address that is not the editors' desk, its documents or the desk's own doors."""
    for entry in resolver.url_patterns:
        if str(entry.pattern).startswith(("admin/", "documents/")):
            continue
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


def names() -> list[str]:
    return sorted({entry.name for entry in patterns(get_resolver("config.urls")) if entry.name})


def _addressed(organisation: Organisation | None) -> Invitation:
    """One to Ceri, of the council or of the trainers."""
    now, cohort = timezone.now(), Cohort.objects.get(name=COHORT)
    until = now + timedelta(days=9)
    return invite(cohort, organisation=organisation, email="ceri@example.org", expires_at=until, at=now)[0]


def _sent_out(by: User) -> str:
    """The token of a draft that somebody outside checks."""
    now = timezone.now()
    lesson = LessonPage.objects.get(pk=LessonPage.objects.first().save_revision().base_content_object.pk)
    check = ask(lesson, reader="Outside", question="Is it right?", open_until=last_day(now), by=by, at=now)
    return fact_check_address(check).split("/")[-2]


def _report_file(email: str, **of: Any) -> UUID:
    """A long report that somebody asked for."""
    giver, by = Giver(**of), User.objects.get(email=email)
    return ask_for_file(giver, "completion", "csv", by=by, at=timezone.now()).uuid


def _elsewhere(learner: User) -> LearningElsewhere:
    now = timezone.now()
    return LearningElsewhere.objects.create(learner=learner, title="A day", done_on=now, minutes=9, saved_at=now)


def _note(run: Enrolment) -> Note:
    activity = Activity.objects.filter(kind="lesson")[0]
    now = timezone.now()
    return Note.objects.create(enrolment=run, activity=activity, heading="Start", words="Mine.", saved_at=now)


def arguments() -> dict[str, dict[str, Any]]:
    """What an address has to be filled in with, for Ceri, who did everything."""
    attempt = Attempt.objects.filter(learner__email="ceri@example.org").order_by("number").last()
    credential = Credential.objects.get(learner__email="ceri@example.org")
    assert attempt is not None
    sitting = {"attempt_uuid": attempt.uuid}
    council = Organisation.objects.get(name=COUNCIL)
    led, amina = {"organisation": council.uuid}, User.objects.get(email="amina@example.org")
    unopened = council.booked_enrolments.get(learner__email="fiona@example.org")
    trained = {"cohort": Cohort.objects.get(name=COHORT).uuid}
    meeting = LiveSession.objects.earliest("starts_at")
    asked = PlaceRequest.objects.select_related("invitation").get()
    supervised = (
        AttemptLink.objects.filter(enrolment__learner__email="joan@example.org").select_related("attempt").first()
    )
    assert supervised is not None
    withdrawn = {"invitation": asked.invitation.uuid if asked.invitation else None}
    addressed, trainers = (_addressed(organisation) for organisation in (council, None))
    pages = ("invitations", "invitation_link", "invitation_letter", "requests")
    listed = a_list(User.objects.get(email="lena@example.org"))
    return {
        "organisation_book": led,
        "organisation_list": {**led, "listed": listed.uuid},
        **{f"organisation_{page}": led for page in pages},
        **{f"cohort_{page}": trained for page in (*pages, "board", "write", "plan", "live", "live_add", "marking")},
        **{name: {**trained, "session": meeting.uuid} for name in OF_A_SESSION},
        "live_sessions": {"enrolment": attempt.link.enrolment.uuid},
        "organisation_report": {**led, "report": "completion"},
        "cohort_report": {**trained, "report": "completion"},
        "organisation_report_making": {**led, "made": _report_file("lena@example.org", organisation=council)},
        "cohort_report_making": {
            **trained,
            "made": _report_file("beth@example.org", cohort=attempt.link.enrolment.cohort),
        },
        "cohort_outcome": {**trained, "outcome": LearningOutcome.objects.filter(course__key="foundation")[0].uuid},
        **{
            f"cohort_{move}": {**trained, "enrolment": attempt.link.enrolment.uuid} for move in ("leave", "back", "end")
        },
        "supervising_learner": {"enrolment": supervised.enrolment.uuid},
        "supervising_attempt": {"enrolment": supervised.enrolment.uuid, "attempt": supervised.attempt.uuid},
        "cohort_learner": {**trained, "enrolment": attempt.link.enrolment.uuid},
        "cohort_certificate": {**trained, "enrolment": attempt.link.enrolment.uuid, "credential": credential.uuid},
        "cohort_certificate_change": {
            **trained,
            "enrolment": attempt.link.enrolment.uuid,
            "credential": credential.uuid,
            "act": "suspend",
        },
        "cohort_mark": {**trained, "response": Response.objects.filter(place__attempt__state="awaiting_marker")[0].pk},
        "assessing_mark": {"response": Response.objects.filter(place__attempt__state="awaiting_marker")[0].pk},
        "cohort_attempt": {**trained, "enrolment": attempt.link.enrolment.uuid, "attempt": attempt.uuid},
        "organisation_invitation_withdraw": {**led, **withdrawn},
        "cohort_invitation_withdraw": {**trained, **withdrawn},
        "invitation": {"invitation": addressed.uuid},
        "organisation_invitation_again": {**led, "invitation": addressed.uuid},
        "cohort_invitation_again": {**trained, "invitation": trainers.uuid},
        "organisation_people": led,
        "account_closed": {"what": "erased"},
        "account_confirm_email": {"key": "x"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
        "briefing": {"number": 1},
        "briefing_team_pack": {"number": 1},
        "certificate": {"uuid": credential.uuid},
        "fact_check": {"token": _sent_out(amina)},
        "film_activity": {"activity_uuid": Activity.objects.filter(kind="lesson")[0].uuid},
        "funder_trained": {"organisation": Organisation.objects.get(name=FUND).uuid},
        "glossary_term": {"key": "finding"},
        "join": {"token": "unknown"},
        "elsewhere": {"entry_uuid": _elsewhere(attempt.learner).uuid},
        "note": {"note_uuid": _note(attempt.link.enrolment).uuid},
        "mfa_edit_webauthn": {"pk": 1},
        "mfa_remove_webauthn": {"pk": 1},
        "openid_connect_callback": {"provider_id": "unknown"},
        "openid_connect_login": {"provider_id": "unknown"},
        "organisation_booking": {**led, "booking": unopened.uuid},
        "organisation_leaving": {**led, "person": amina.uuid},
        "organisation_person": {**led, "person": amina.uuid},
        "quiz_check": sitting,
        "quiz_question": {**sitting, "position": 1},
        "quiz_how_sure": sitting,
        "quiz_result": sitting,
        "quiz_practice": {**sitting, "drawn": address_part(attempt, [attempt.places.all()[0].item_id]), "number": 1},
        "quiz_start": {"assessment_uuid": attempt.assessment.uuid},
        "stop_letters": {"token": address_for(amina, "reminder").split("/")[-2]},
        "verify_code": {"code": credential.shown_code},
    }


def a_list(lead: User) -> EnrolmentList:
    """A list of people the lead sent in."""
    offer = CohortOffer.objects.filter(organisation__roles__person=lead)[0]
    content, now = b"E-mail,Name\nnew@example.org,Nia New\n", timezone.now()
    return receive_list(content, "list.csv", organisation=offer.organisation, cohort=offer.cohort, by=lead, at=now)


def address_of(name: str, known: dict[str, dict[str, Any]]) -> str:
    """Where a name leads. A name that needs arguments nobody gave fails here, and with it the build."""
    try:
        return reverse(name, kwargs=known.get(name))
    except NoReverseMatch as error:
        raise AssertionError(f"say in this test how {name} is reached, or that it is no page") from error


def lacking(response: HttpResponse) -> list[str]:
    """Which words of the line a page does not have in its foot."""
    if not response.headers.get("Content-Type", "").startswith("text/html") or 300 <= response.status_code < 400:
        return []
    page = response.content.decode()
    foot = page[page.find('<footer class="foot">') :] if '<footer class="foot">' in page else ""
    wanted = LINE if '<html lang="en">' in page else LINE[1:2]
    return [words for words in wanted if words not in foot]


def people() -> list[Client]:
    """A visitor, a learner with a certificate, a trainer, an editor, a lead, a funder's reader, a supervisor."""
    keys = ("ceri", "beth", "dev", "lena", "farah", "ruth")
    clients = [Client() for _one in ("", *keys)]
    for client, key in zip(clients[1:], keys, strict=True):
        client.force_login(User.objects.get(email=f"{key}@example.org"))
    return clients


@pytest.mark.lengthy
def test_every_page_under_every_name_has_the_line_in_its_foot() -> None:
    sample_people()
    known, clients = arguments(), people()
    wanted = [name for name in names() if name not in NO_PAGE | LEADS_ON]

    asked = {name: [client.get(address_of(name, known)) for client in clients] for name in wanted}

    assert {name: lacking(one) for name, answers in asked.items() for one in answers if lacking(one)} == {}
    pages = [one for answers in asked.values() for one in answers if one.status_code == 200]
    assert len(pages) > 60


@pytest.mark.lengthy
def test_every_published_page_has_the_line_in_its_foot() -> None:
    sample_people()
    clients = people()
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1).specific() if page.url]

    without = [address for address in addresses for client in clients if lacking(client.get(address))]

    assert without == []
    assert {"/privacy/", "/cookies/", "/accessibility/", "/contact/", "/report-a-concern/"} <= set(addresses)


@pytest.mark.parametrize(
    ("view", "status"),
    [(defaults.page_not_found, 404), (defaults.permission_denied, 403)],
)
def test_refusals_have_the_line_in_their_foot(view: Any, status: int) -> None:
    request = RequestFactory().get("/nowhere/")
    request.user = User()

    response = view(request, Exception("nothing"))

    assert (response.status_code, lacking(response)) == (status, [])


@pytest.mark.parametrize("template", ["500.html", "403_csrf.html"])
def test_pages_for_when_something_is_broken_have_the_line(template: str) -> None:
    page = render_to_string(template)

    assert [words for words in LINE if words not in page] == []


def test_line_stands_in_welsh_pages_too(client: Client) -> None:
    page = client.get("/cy/verify/").content.decode()

    assert page[page.index('<footer class="foot">') :].count('href="tel:999"') == 1


def test_every_box_for_free_text_has_the_line_beside_it_whatever_form_it_is_in() -> None:
    class Diary(forms.Form):
        name = forms.CharField()
        words = forms.CharField(widget=forms.Textarea)

    page = Template('{% include "_form.html" with button="Send" %}').render(Context({"form": Diary()}))

    assert page.count(LINE[0]) == 1
    assert page.index(LINE[0]) < page.index("<textarea")


def test_every_box_for_free_text_has_the_line_above_it() -> None:
    """Forms come through _field.html, which puts the line there; what draws a box by itself includes it."""
    folders = [settings.SITE / "templates", *settings.ROOT.glob("*/templates")]
    templates = [file for folder in folders for file in folder.rglob("*.html")]

    words = {file.name: file.read_text(encoding="utf-8") for file in templates}
    without = [name for name, text in words.items() if "<textarea" in text and LINE_ABOVE not in text]

    assert len(templates) > 60
    assert without == []


@pytest.mark.lengthy
def test_nothing_here_is_about_names_that_are_gone() -> None:
    sample_people()

    assert (NO_PAGE | LEADS_ON | set(arguments())) - set(names()) == set()
