"""Making the world of the matrix, by the verbs of the house where a verb makes the thing."""

from datetime import date, timedelta
from io import BytesIO, StringIO

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from assessments.attempts import finish_attempt, save_draft
from assessments.models import Assessment, ItemBank
from courses.models import Course
from credentials.awards import award_credential
from credentials.models import Achievement
from enrolments.attempts import begin_attempt
from enrolments.attendance import enter_attendance
from enrolments.choices import AppointmentRole, CohortRoleCode, EnrolmentState
from enrolments.invitations import invite
from enrolments.lists.receiving import receive_list
from enrolments.models import (
    Adjustment,
    Cohort,
    CohortOffer,
    CohortRole,
    Enrolment,
    Invitation,
    PlannedDate,
)
from enrolments.requests import ask_for_place
from enrolments.roles import appoint
from enrolments.states import change_state
from media.models import Film, FilmPage, SiteImage, Watching
from media.models import SiteDocument as Document
from people.choices import Nation, OrganisationPurpose, OrganisationRoleCode
from people.models import Area, Membership, Organisation, OrganisationKind, OrganisationRole, OrganisationSignIn, User
from people.second_step import sealed
from player.models import LearningElsewhere, Note, Reflection
from post.outbox import queue_message
from privacy.choices import RemovalCause
from privacy.models import LegalHold, Removal
from publishing.fact_checks import ask, last_day
from publishing.loader import load
from publishing.models import SecondReading
from publishing.package import read_package
from tests.access.names import AROUND, ASKERS, COURSES, LEARNERS, REFLECTION, WITHOUT_SIDE, key, open_token, token, word
from tests.access.reports import make_reports
from tests.enrolments.doings import complete, number_of
from tests.factories import (
    NOON,
    TEAM_PACK,
    TaughtCourse,
    achievement,
    briefing_page,
    cohort,
    enrolment,
    exercise,
    front_page,
    item,
    legal_statement,
    lesson_page,
    organisation,
    person,
    report_page,
    source,
    story_page,
    taught_course,
    term,
    trainer,
)
from tests.factories.films import CAPTIONS, film_file, film_page
from tests.factories.live import live_activity, live_session
from tests.media.footage import mp4

BEGAN = date(2026, 9, 1)


def make_world() -> None:
    """With what follows at the commit, such as the search index."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        _make()
    call_command("rebuild_search", verbosity=0, stdout=StringIO())


def _make() -> None:
    for name in WITHOUT_SIDE:
        _desk_or_nobody(name)
    shared = taught_course("foundation")
    achievement(shared.course)
    exercise(shared, level=word("rubric", "a"))
    item(ItemBank.objects.create(key="practice", course=shared.course, is_open=True), shared.outcomes[0])
    front_page()
    for side in "ab":
        _make_side(side, shared)
    term("hindsight", en="Hindsight")
    legal_statement("wales-susr", source("a-work"))
    SiteImage.objects.create(title="A picture", file=_picture())
    briefing_page(1, **TEAM_PACK)
    story_page("a-story")
    report_page("a-report")
    film_page("in-the-channel")
    _write_ninety_seconds()
    User.objects.update(password=make_password("a long and winding road"))


def _prove_later(someone: User, name: str) -> None:
    """A second address that waits to be proved."""
    address = f"{word('mail', name)}@second.example.org"
    EmailAddress.objects.create(user=someone, email=address, verified=False, primary=False)


def _write_ninety_seconds() -> None:
    package = read_package(settings.SITE.parent / "content")
    load({path: text for path, text in package.items() if path.startswith(("pages/ninety-seconds", "reference/"))})


def _picture() -> ContentFile[bytes]:
    written = BytesIO()
    Image.new("RGB", (4, 4)).save(written, "PNG")
    return ContentFile(written.getvalue(), name="picture.png")


def _desk_or_nobody(name: str) -> None:
    made = person(f"{name.title()} Jones", f"{name}@example.org", is_superuser=name == "administrator")
    if name == "guest":
        guests = Group.objects.create(name="Guests")
        guests.permissions.add(Permission.objects.get(codename="access_admin"))
        made.groups.add(guests)
    if name in ("editor", "moderator"):
        made.groups.add(Group.objects.get(name=f"{name.title()}s"))


def _make_side(side: str, shared: TaughtCourse) -> None:
    who = {role: _somebody(key(role, side)) for role in (*LEARNERS, *AROUND, *ASKERS)}
    booker = organisation(word("organisation", side))
    OrganisationKind.objects.create(organisation=booker, kind=OrganisationPurpose.FUNDER)
    booker.areas.add(Area.objects.create(key=f"side-{side}", name=f"Side {side}", nation=Nation.ENGLAND))
    group = cohort(shared.course, word("cohort", side))
    runs = {role: enrolment(who[role], group, booked_by=booker) for role in LEARNERS}
    _give_roles(who, booker, group, runs)
    _prove_later(who["learner"], key("learner", side))
    _learn(runs, shared)
    _meet(side, group, runs["learner"], who["trainer"])
    _write_exercise(side, runs["left"], shared)
    _write_content(side, shared, who)
    _write_letters(side, booker, group, who)
    _ask_for_places(side, booker, group, who)
    _invite_back(side, booker, group, who)
    _send_list(side, booker, group, who["lead"])
    make_reports(side, booker, group, who)
    _write_for_administrators(side, booker, who["learner"])


def _write_for_administrators(side: str, booker: Organisation, learner: User) -> None:
    """What only they may open: a hold on somebody's records, what was removed of them, an organisation's sign-in."""
    LegalHold.objects.create(person=learner, reason="Appeal 2026-14", begins_at=NOON)
    Removal.objects.create(
        at=NOON, table="media.Watching", count=1, rule="answers", cause=RemovalCause.RETENTION, person=learner
    )
    OrganisationSignIn.objects.create(
        organisation=booker, key=f"side-{side}", server_url="https://sign-in.example", client_id="lt",
        sealed_secret=sealed("hush"), domains=f"side-{side}.example",
    )  # fmt: skip


def _somebody(name: str) -> User:
    return person(
        f"{word('name', name)} Jones",
        f"{word('mail', name)}@example.org",
        certificate_name=f"{word('printed', name)} Jones",
        last_login=NOON,
    )


def _give_roles(who: dict[str, User], booker: Organisation, group: Cohort, runs: dict[str, Enrolment]) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    trainer(who["trainer"], group)
    trainer(who["trained"], group, ends_on=yesterday)
    CohortRole.objects.create(
        cohort=group, person=who["cohort_supervisor"], role=CohortRoleCode.SUPERVISOR, starts_on=BEGAN
    )
    appoint(who["supervisor"], runs["learner"], AppointmentRole.SUPERVISOR, at=NOON)
    for assessed in ("learner", "left"):
        appoint(who["assessor"], runs[assessed], AppointmentRole.ASSESSOR, at=NOON)
    Adjustment.objects.create(
        enrolment=runs["learner"], kind="time", percent=25, given_at=NOON, given_by=who["trainer"]
    )
    for name, role, ends_on in (
        ("lead", OrganisationRoleCode.LEAD, None),
        ("led", OrganisationRoleCode.LEAD, yesterday),
        ("reader", OrganisationRoleCode.FUNDER_READER, None),
    ):
        OrganisationRole.objects.create(
            person=who[name], organisation=booker, role=role, starts_on=BEGAN, ends_on=ends_on
        )
    Membership.objects.filter(person=who["left"]).update(started_on=BEGAN, ended_on=yesterday)
    runs["left"].booking_ended_on = yesterday
    runs["left"].save(update_fields=["booking_ended_on"])


def _learn(runs: dict[str, Enrolment], shared: TaughtCourse) -> None:
    """One has a certificate, one is in the middle of the quiz, one was withdrawn in the middle of it."""
    complete(runs["learner"], shared)
    award_credential(runs["learner"], Achievement.objects.get(course=shared.course), at=NOON)
    for role in ("doing", "withdrawn"):
        attempt = begin_attempt(runs[role], shared.assessment, language="en", at=NOON)
        place = attempt.places.select_related("item_version").first()
        save_draft(place, posted=[number_of(place, "b")], sequence=1, at=NOON)
    change_state(runs["withdrawn"], EnrolmentState.ACTIVE, at=NOON)
    change_state(runs["withdrawn"], EnrolmentState.WITHDRAWN, at=NOON)


def _meet(side: str, group: Cohort, run: Enrolment, by: User) -> None:
    """A live session of each side's cohort, with the learner's attendance and a plan that trainers alone read."""
    live = live_session(
        group,
        live_activity(group.course, f"Live {side}"),
        title=f"Session {word('session', side)}",
        plan=f"Welcome {word('plan', side)} (10)",
    )
    enter_attendance(live, run, "present", seen=0, by=by, at=NOON)
    PlannedDate.objects.create(cohort=group, activity=live.activity, due_on=NOON.date())


def _write_exercise(side: str, run: Enrolment, shared: TaughtCourse) -> None:
    """One learner has written, and waits for the trainer."""
    beside = Assessment.objects.get(activity__course=shared.course, own_pass_share__isnull=False)
    attempt = begin_attempt(run, beside, language="en", at=NOON)
    save_draft(attempt.places.get(), posted=["1"], words=word("written", side), sequence=1, at=NOON)
    finish_attempt(attempt, at=NOON)


def _write_content(side: str, shared: TaughtCourse, who: dict[str, User]) -> None:
    """A lesson, a film and a question of the side's own course, a draft, a page and a paper kept back at the desk."""
    taught = shared if side == "a" else taught_course(COURSES[side])
    own_group = _own_cohort(side, taught.course, who)
    if own_group:
        enrolment(who["learner"], own_group)
    words = [
        {"type": "section", "value": {"heading": "Where it starts", "key": "start"}},
        {"type": "text", "value": f"<p>{word('lesson', side)}</p>"},
        {"type": "reflection", "value": {"question": "When did it make sense?", "hint": ""}, "id": REFLECTION},
    ]
    lesson = lesson_page(taught.module_page, f"Own lesson {side}", f"own-lesson-{side}", body=words)
    hal = person(f"Hal {side}")
    Reflection.objects.create(
        enrolment=Enrolment.objects.filter(learner=who["learner"], course=taught.course).latest("pk"),
        activity=lesson.activity,
        block=REFLECTION,
        question="When did it make sense?",
        words=word("reflection", side),
        saved_at=NOON,
    )
    Note.objects.create(
        enrolment=Enrolment.objects.filter(learner=who["learner"], course=taught.course).latest("pk"),
        activity=lesson.activity,
        section="start",
        heading="Where it starts",
        words=word("note", side),
        saved_at=NOON,
    )
    LearningElsewhere.objects.create(
        learner=who["learner"], title=word("elsewhere", side), done_on=BEGAN, minutes=30, saved_at=NOON
    )
    SecondReading.objects.create(
        page_id=lesson.pk,
        is_substance=False,
        words=1,
        before="0",
        after="1",
        asked_at=NOON,
        asked_by=hal,
    )
    _write_film(side, taught, who["learner"])
    item(taught.bank, taught.outcomes[0], explanation=word("key", side))
    draft = briefing_page(50 + ord(side), slug=f"draft-{side}", lead=word("draft", side), **TEAM_PACK)
    draft.unpublish()
    draft.save_revision()
    now = timezone.now()
    for sent_out in (draft, FilmPage.objects.get(slug=f"film-{side}")):
        ask(sent_out, reader="Outside", question="Is it right?", open_until=last_day(now), by=hal, at=now)
    kept = briefing_page(70 + ord(side), slug=f"kept-{side}", title=f"Kept {word('kept', side)}", **TEAM_PACK)
    board, _made = Group.objects.get_or_create(name=f"Board {side}")
    PageViewRestriction.objects.create(page=kept, restriction_type="groups").groups.add(board)
    shelf = Collection.get_first_root_node().add_child(instance=Collection(name=f"Papers {side}"))
    CollectionViewRestriction.objects.create(collection=shelf, restriction_type="groups").groups.add(board)
    paper = ContentFile(word("paper", side).encode(), name=f"{word('paper', side)}.txt")
    Document.objects.create(title=f"Paper {word('paper', side)}", file=paper, collection=shelf)


def _own_cohort(side: str, course: Course, who: dict[str, User]) -> Cohort | None:
    """Side b follows a course of its own as well; side a's own course is the one that both follow."""
    if side == "a":
        return None
    group = cohort(course, f"{word('cohort', side)} again")
    trainer(who["trainer"], group)
    return group


def _write_film(side: str, taught: TaughtCourse, watcher: User) -> None:
    lines = [
        {"at": 0, "kind": "visual", "text": word("film", side)},
        {"at": 1, "kind": "speech", "text": "No answer.", "speaker": "A"},
    ]
    content = mp4(tail=word("film", side).encode() * 100)
    page = film_page(
        f"film-{side}",
        parent=taught.module_page,
        transcript=lines,
        captions=CAPTIONS.replace("no answer", word("film", side)),
        film_file=film_file(content),
    )
    Watching.objects.create(
        person=watcher, film=Film.objects.get(pk=page.film_id), intervals=[[0, 30]], counted_at=NOON, place_seconds=30
    )


def _send_list(side: str, booker: Organisation, group: Cohort, lead: User) -> None:
    """A list that waits for an answer: somebody is on it twice, and one line is faulty."""
    CohortOffer.objects.create(organisation=booker, cohort=group, places=40)
    name, address = word("listed", side), f"{word('listed', side)}@example.org"
    lines = [f"{address},{name} Jones", f"other.{address},{name} Jonse", f"{name},{name} Jones"]
    receive_list(
        "\n".join(["E-mail,Name", *lines]).encode(),
        f"{name}.csv",
        organisation=booker,
        cohort=group,
        by=lead,
        at=timezone.now(),
    )


def _write_letters(side: str, booker: Organisation, group: Cohort, who: dict[str, User]) -> None:
    now = timezone.now()
    queue_message(kind="test", subject=word("letter", side), text=word("letter", side), at=now, to=who["learner"])
    invite(
        group,
        organisation=booker,
        expires_at=now + timedelta(days=9),
        at=now,
        email=f"{word('invited', side)}@example.org",
        by=who["lead"],
        token=token(side),
    )


def _invite_back(side: str, booker: Organisation, group: Cohort, who: dict[str, User]) -> None:
    """Somebody who was withdrawn is asked once more, as by a list, which shows their name to nobody who typed it."""
    now = timezone.now()
    made, _secret = invite(
        group, organisation=booker, expires_at=now + timedelta(days=9), at=now, email=who["withdrawn"].email or "",
        by=who["lead"],
    )  # fmt: skip
    Invitation.objects.filter(pk=made.pk).update(by_list=True)


def _ask_for_places(side: str, booker: Organisation, group: Cohort, who: dict[str, User]) -> None:
    """One asks the organisation, which may book into the cohort; one asks the trainers."""
    now = timezone.now()
    for asker, gives, by in (("asker", booker, "lead"), ("lone_asker", None, "trainer")):
        link, _secret = invite(
            group, organisation=gives, expires_at=now + timedelta(days=9), at=now, max_uses=3, asks_first=True,
            by=who[by], token=open_token(side) if gives else "",
        )  # fmt: skip
        ask_for_place(link, who[asker], at=now)
