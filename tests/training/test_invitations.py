"""A lead's and a trainer's invitations: made once, shown once, listed, withdrawn; nothing of anybody else's."""

import re
from datetime import timedelta
from typing import Any

import pytest
import segno
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from toolkit.qr import qr_code

from audit.models import AuditEntry
from courses.models import CoursePage
from enrolments.invitations import accept_invitation, invite, read_invitation, token_digest
from enrolments.models import Cohort, CohortOffer, Invitation
from people.models import Organisation, OrganisationRole
from post.models import Message
from tests.factories import NOON, cohort, enrolment, organisation, person
from tests.factories.people import Cast
from tests.training.sides import BEGAN, Side, link_on
from training.invitation_forms import opened_token

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=60)


@pytest.fixture(params=["lead", "trainer"])
def side(request: pytest.FixtureRequest, client: Client) -> Side:
    return Side(client, request.param)


@pytest.fixture
def lead(client: Client) -> Side:
    return Side(client, "lead", places=12)


def test_link_is_made_with_its_rules_and_shown_once(side: Side) -> None:
    form = side.form("link", domains="@Larchmere.example\nsaltby.example", asks_first="on")

    page = side.send("link", form).content.decode()

    token = link_on(page)
    made = read_invitation(token, at=timezone.now())
    assert (made.cohort, made.organisation, made.created_by, made.email) == (side.group, side.organisation, side.by, "")
    assert (made.max_uses, made.domains, made.asks_first) == (20, "larchmere.example\nsaltby.example", True)
    assert timezone.localtime(made.expires_at).isoformat()[:19] == f"{form['until']}T23:59:59"
    assert "The link is shown this once." in page
    assert re.search(r'class="poster".*<p class="what">Course \w+</p>', page, re.DOTALL)
    assert token not in str(Invitation.objects.values().get())
    assert token not in side.client.get(side.address).content.decode()
    assert [entry.act for entry in AuditEntry.objects.all()] == ["invitation_made"]


def test_ends_of_addresses_are_one_line_and_no_box_for_words_about_children(side: Side) -> None:
    page = side.client.get(f"{side.address}link/").content.decode()
    side.send("link", side.form("link", domains="@Larchmere.example, saltby.example,b.example"))

    assert page.count("If a child may be at risk now:") == 1  # in the foot, as on every page
    assert page.index("If a child may be at risk now:") > page.index('<footer class="foot">')
    assert Invitation.objects.get().domains == "larchmere.example\nsaltby.example\nb.example"


def test_links_of_one_kind_are_told_apart_by_the_day_they_were_made_and_by_whom(side: Side) -> None:
    given = {"organisation": side.organisation, "expires_at": timezone.now() + timedelta(days=9), "max_uses": 5}
    first, _token = invite(side.group, at=NOON, by=side.cast.carol, **given)
    invite(side.group, at=NOON + timedelta(days=2), by=side.by, **given)

    page = side.client.get(side.address).content.decode()
    asked = side.client.get(f"{side.address}{first.uuid}/withdraw/").content.decode()

    rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in page.split('<tr role="row">')[2:]]
    assert [row.count("A link: 0 of 5 used") for row in rows] == [1, 1]
    assert f"24 November 2026 {side.by.name}" in rows[0]
    assert "22 November 2026 Somebody who has left" in rows[1]
    assert "<dt>Made</dt><dd>22 November 2026, Somebody who has left</dd>" in asked


def test_form_sent_twice_makes_one_link_and_shows_it_again(side: Side) -> None:
    form = side.form("link")

    pages = [side.send("link", form).content.decode() for _click in range(2)]

    assert link_on(pages[0]) == link_on(pages[1])
    assert Invitation.objects.count() == 1


def test_two_forms_make_two_links(side: Side) -> None:
    tokens = {link_on(side.send("link", side.form("link")).content.decode()) for _form in range(2)}

    assert len(tokens) == 2


def test_link_that_was_withdrawn_is_not_shown_again(side: Side) -> None:
    form = side.form("link")
    side.send("link", form)
    Invitation.objects.update(revoked_at=timezone.now())

    answer = side.send("link", form)

    assert (answer.status_code, answer.headers["Location"]) == (302, side.address)


@pytest.mark.parametrize("sealed", ["", "chosen-by-somebody", "c2VjcmV0:1vN:forged"])
def test_secret_that_we_did_not_draw_is_refused_and_the_form_can_be_sent_again(side: Side, sealed: str) -> None:
    page = side.send("link", side.form("link", sealed=sealed))
    fresh = re.search(r'name="sealed" value="([^"]+)"', page.content.decode())
    assert fresh is not None
    again = side.send("link", side.form("link", sealed=fresh[1]))

    assert page.status_code == 422
    assert "This form lay open too long. Send it again." in page.content.decode()
    assert (again.status_code, Invitation.objects.count()) == (200, 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"until": "2020-01-01"}, "That day is over."),
        ({"until": "2090-01-01"}, "A link works for twelve months at most."),
        ({"until": "soon"}, "Give a day, such as 2026-11-26."),
        ({"max_uses": "0"}, "Give a number of 1 or more."),
        ({"max_uses": "1001"}, "One link is for 1,000 people at most."),
        ({"domains": "larchmere"}, "is not the end of an address"),
        ({"cohort": "00000000-0000-0000-0000-000000000000"}, "This cohort is not offered any more"),
    ],
)
def test_link_that_cannot_be_is_refused_in_words(side: Side, fields: dict[str, str], words: str) -> None:
    answer = side.send("link", side.form("link", **fields))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Invitation.objects.exists()


def test_link_ends_with_its_cohort(side: Side) -> None:
    Cohort.objects.update(ends_on=timezone.localdate() + timedelta(days=5))

    page = side.send("link", side.form("link")).content.decode()

    assert "The cohort is over by then." in page
    assert not Invitation.objects.exists()


def test_lead_invites_only_into_cohorts_that_are_offered_and_not_over(lead: Side) -> None:
    other = cohort(lead.group.course, "Not offered")
    over = cohort(lead.group.course, "Over", ends_on=timezone.localdate() - timedelta(days=1))
    CohortOffer.objects.create(cohort=over, organisation=lead.council)

    page = lead.client.get(f"{lead.address}link/").content.decode()
    answers = [lead.send("link", lead.form("link", cohort=str(one.uuid))) for one in (other, over)]

    assert ("Not offered" in page, ">Over" in page, "Autumn (12 of 12 places left)" in page) == (False, False, True)
    assert ([one.status_code for one in answers], Invitation.objects.count()) == ([422, 422], 0)


@pytest.mark.parametrize("which", ["link", "letter"])
def test_cohort_that_cannot_be_chosen_is_refused_in_a_sentence_without_its_identifier(side: Side, which: str) -> None:
    other = cohort(side.group.course, "Not offered")

    page = side.send(which, side.form(which, cohort=str(other.uuid))).content.decode()

    assert page.count("This cohort is not offered any more, or is over. Choose one of these.") == 2
    assert (str(other.uuid) in page, "Select a valid choice" in page) == (False, False)


def test_organisation_without_an_offer_is_told_and_has_no_form(lead: Side) -> None:
    CohortOffer.objects.all().delete()

    pages = [lead.client.get(f"{lead.address}{rest}").content.decode() for rest in ("", "link/", "letter/")]

    assert all("No cohort is offered to your organisation just now" in page for page in pages)
    assert not any("sealed" in page for page in pages)


def test_letter_goes_to_its_address_alone_and_its_link_is_shown_to_nobody_else(side: Side) -> None:
    answer = side.send("letter", side.form("letter", email="Nia@Example.org"))

    made, letter = Invitation.objects.get(), Message.objects.get()
    token = re.search(r"/join/([^/]+)/", letter.text)
    assert token is not None
    assert (answer.status_code, answer.headers["Location"]) == (302, side.address)
    assert (made.email, made.name, made.max_uses, made.organisation) == ("nia@example.org", "Nia", 1, side.organisation)
    assert made.token_digest == token_digest(token[1])
    assert (letter.address, letter.person, letter.kind) == ("nia@example.org", None, "invitation")
    assert token[1] not in side.client.get(side.address).content.decode()
    theirs = Client().get(f"/join/{token[1]}/").content.decode()
    sender = f"This comes from {side.by.name} of {side.organisation or settings.BRAND_NAME}."
    assert all(f"“{CoursePage.objects.get().title}” is a course for" in shown for shown in (letter.text, theirs))
    assert all(sender in shown for shown in (letter.text, theirs))
    assert f"It can be answered until {made.expires_at:%-d %B %Y}. If you do not want the place, leave it" in theirs


def test_letter_sent_twice_goes_once(side: Side) -> None:
    form = side.form("letter")

    answers = [side.send("letter", form).status_code for _click in range(2)]

    assert (answers, Invitation.objects.count(), Message.objects.count()) == ([302, 302], 1, 1)


def test_second_letter_to_an_address_waits_until_the_first_is_withdrawn(side: Side) -> None:
    side.send("letter", side.form("letter"))

    refused = side.send("letter", side.form("letter", email="NIA@example.org"))
    Invitation.objects.update(revoked_at=timezone.now())
    again = side.send("letter", side.form("letter"))

    assert (refused.status_code, again.status_code, Message.objects.count()) == (409, 302, 2)
    assert "nia@example.org was written to on" in refused.content.decode()


def test_letter_keeps_a_place_and_none_is_sent_without_one(lead: Side) -> None:
    CohortOffer.objects.update(places=1)
    lead.send("letter", lead.form("letter"))

    refused = lead.send("letter", lead.form("letter", email="owen@example.org"))

    assert (refused.status_code, Invitation.objects.count(), Message.objects.count()) == (409, 1, 1)
    assert "Larchmere Council has 0 places left in Autumn." in refused.content.decode()


def test_forms_hidden_value_is_no_secret_of_a_link_or_a_letter(side: Side) -> None:
    """Whoever could read a letter's secret in their own form would prove an address that is not theirs."""
    letter, link = side.form("letter"), side.form("link")

    side.send("letter", letter)
    side.send("letter", {**letter, "email": "other@example.org"})
    side.send("link", {**link, "sealed": letter["sealed"]})

    assert Invitation.objects.filter(email="").count() == 1  # one hidden value, two kinds of forms: two invitations
    sent = re.search(r"/join/([^/]+)/", Message.objects.get().text)
    assert sent is not None
    for form in (letter, link):
        seed = opened_token(form["sealed"])
        assert Client().get(f"/join/{seed}/").status_code == 410
        assert seed != sent[1]


def test_invitation_that_came_of_a_list_stands_on_no_page_of_invitations(lead: Side) -> None:
    made = invite(lead.group, organisation=lead.council, email="w@example.org", name="W", expires_at=LATER, at=NOON)[0]
    shown = [made.email in lead.client.get(lead.address).content.decode()]
    Invitation.objects.update(by_list=True)

    shown.append(made.email in lead.client.get(lead.address).content.decode())

    assert shown == [True, False]


def test_letter_tells_a_lead_nothing_of_whether_an_address_is_known(lead: Side) -> None:
    """Somebody unknown, somebody with an account, somebody on the course by another organisation: all look alike."""
    other, here = person("Nia Vale", "nia@example.org"), person("Owen Pugh", "owen@example.org")
    enrolment(other, lead.group, booked_by=organisation("Another"))

    seen = []
    for email, name in (("nia@example.org", "N"), (here.email, "O"), ("new@example.org", "P")):
        answer = lead.send("letter", lead.form("letter", email=email, name=name))
        page = lead.client.get(lead.address).content.decode()
        row = next(row.partition("</tr>")[0] for row in page.split('<tr role="row">')[2:] if email in row)
        seen.append((answer.status_code, re.sub(rf"{email}|\b{name}\b|[0-9a-f-]{{36}}", "", row)))

    assert seen[0] == seen[1] == seen[2]
    assert "Nia Vale" not in page
    assert "Owen Pugh" not in page


def test_letter_goes_in_the_language_of_its_reader(lead: Side) -> None:
    person("Nia Vale", "nia@example.org", language="cy")

    lead.send("letter", lead.form("letter"))

    letter = Message.objects.get()
    assert letter.language == "cy"
    assert "http://testserver/cy/join/" in letter.text


def test_list_says_of_each_how_it_stands(side: Side) -> None:
    now, given = timezone.now(), {"organisation": side.organisation, "by": side.by}
    soon = now + timedelta(days=3)
    used, _token = invite(side.group, expires_at=soon, at=now, max_uses=1, **given)
    accept_invitation(used, side.cast.amina, at=now)
    invite(side.group, expires_at=now, at=now - timedelta(days=9), max_uses=3, **given)
    gone, _token = invite(side.group, expires_at=soon, at=now, max_uses=4, **given)
    Invitation.objects.filter(pk=gone.pk).update(revoked_at=now)
    invite(side.group, expires_at=soon, at=now, max_uses=5, domains="a.example\nb.example", asks_first=True, **given)

    page = side.client.get(side.address).content.decode()

    rows = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in page.split('<tr role="row">')[2:]]
    said = {re.search(r"A link: (\d of \d)", row)[1]: row for row in rows}  # type: ignore[index]
    assert {key: word for key, row in said.items() for word in ("Open", "Used", "Run out", "Withdrawn") if word in row}
    assert [("Open" in said["0 of 5"]), ("Used" in said["1 of 1"])] == [True, True]
    assert [("Run out" in said["0 of 3"]), ("Withdrawn" in said["0 of 4"])] == [True, True]
    assert "Only addresses that end in @a.example, @b.example" in said["0 of 5"]
    assert "Asks first" in said["0 of 5"]
    assert rows[0] == said["0 of 5"]
    assert page.count("/withdraw/") == 1


def test_list_costs_the_same_with_one_and_with_three(lead: Side) -> None:
    now, counts = timezone.now(), []

    for count in (1, 2):
        for _one in range(count):
            made, _token = invite(
                lead.group, organisation=lead.council, expires_at=now + timedelta(days=3), at=now, by=lead.by
            )
            accept_invitation(made, person(f"Learner {made.pk}"), at=now)
        with CaptureQueriesContext(connection) as found:
            lead.client.get(lead.address)
        counts.append(len(found))

    assert counts[0] == counts[1]


def test_withdrawing_asks_first_then_closes_the_link_and_leaves_who_came(side: Side) -> None:
    now = timezone.now()
    made, token = invite(
        side.group, organisation=side.organisation, expires_at=now + timedelta(days=3), at=now, max_uses=5
    )
    run = accept_invitation(made, side.cast.amina, at=now)
    address = f"{side.address}{made.uuid}/withdraw/"

    asked = side.client.get(address).content.decode()
    still = Invitation.objects.get().revoked_at
    for _click in range(2):
        answer = side.client.post(address)
    closed = side.client.get(address).content.decode()

    run.refresh_from_db()
    assert "Whoever has joined by it stays on the course." in asked
    assert (still, answer.status_code, run.state) == (None, 302, "booked")
    assert side.client.get(f"/join/{token}/").status_code == 410
    assert "there is nothing to withdraw" in closed
    assert [entry.act for entry in AuditEntry.objects.filter(act="invitation_withdrawn")] == ["invitation_withdrawn"]


@pytest.mark.parametrize("rest", ["", "link/", "letter/", "{invitation}/withdraw/"])
@pytest.mark.parametrize("who", ["amina", "carol", "dev", "beth or lena", "other lead"])
def test_page_of_somebody_elses_organisation_or_cohort_is_not_found(side: Side, who: str, rest: str) -> None:
    made, _token = invite(
        side.group, organisation=side.organisation, expires_at=timezone.now() + timedelta(days=3), at=timezone.now()
    )
    side.client.force_login(_visitor(side.cast, who, side))

    answers = [
        verb(f"{side.address}{rest.format(invitation=made.uuid)}").status_code
        for verb in (side.client.get, side.client.post)
    ]

    assert answers[0] == 404
    assert answers[1] in (404, 405)
    assert (Invitation.objects.count(), Invitation.objects.get().revoked_at) == (1, None)


def _visitor(cast: Cast, who: str, side: Side) -> Any:
    if who == "other lead":
        other = Organisation.objects.create(name="Another")
        OrganisationRole.objects.create(person=cast.carol, organisation=other, role="org_lead", starts_on=BEGAN)
        return cast.carol
    return (cast.beth if side.is_lead else cast.lena) if who == "beth or lena" else getattr(cast, who)


def test_lead_cannot_withdraw_the_invitation_of_another_organisation_at_an_address_of_their_own(lead: Side) -> None:
    now = timezone.now()
    others, _token = invite(
        lead.group, organisation=organisation("Another"), expires_at=now + timedelta(days=3), at=now
    )
    trainers, _token = invite(lead.group, organisation=None, expires_at=now + timedelta(days=3), at=now)

    answers = [lead.client.post(f"{lead.address}{one.uuid}/withdraw/").status_code for one in (others, trainers)]

    assert (answers, Invitation.objects.exclude(revoked_at=None).count()) == ([404, 404], 0)
    assert "A link" not in lead.client.get(lead.address).content.decode()


def test_trainer_neither_sees_nor_withdraws_what_an_organisation_gives_out_in_their_cohort(client: Client) -> None:
    side, now = Side(client, "trainer"), timezone.now()
    theirs, _token = invite(
        side.group, organisation=side.council, expires_at=now + timedelta(days=3), at=now, email="nia@example.org"
    )

    page = client.get(side.address).content.decode()
    answer = client.post(f"{side.address}{theirs.uuid}/withdraw/")

    theirs.refresh_from_db()
    assert ("nia@example.org" in page, answer.status_code, theirs.revoked_at) == (False, 404, None)


def test_code_is_black_on_white_with_its_quiet_zone_and_holds_the_address() -> None:
    address = "http://testserver/join/abc/"

    drawn = qr_code(address)

    meant = segno.make(address, error="m", micro=False)
    side_length = meant.symbol_size(border=4)[0]
    assert f'viewBox="0 0 {side_length} {side_length}"' in drawn
    assert ('fill="#fff"' in drawn, 'stroke="#000"' in drawn, "style=" in drawn) == (True, True, False)
