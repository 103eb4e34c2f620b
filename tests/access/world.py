"""Two organisations, two cohorts and everybody round them, with something private to tell about each.

Side "a" and side "b" are alike: an organisation books four learners into a cohort of the same course, where a trainer,
a supervisor and an assessor look after them; two of each side's people are no longer what they were. Side b's cohort
also follows a course of its own, which nobody of side a may read. Made once in a process by the verbs of the house.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from assessments.models import Attempt, Place, Response
from courses.models import Activity
from credentials.models import Credential
from enrolments.models import Cohort, Enrolment, EnrolmentList, Invitation, LiveSession, PlaceRequest
from media.models import FilmPage
from media.models import SiteDocument as Document
from people.models import Organisation, User
from post.models import Message
from tests.access.making import make_world
from tests.access.names import AROUND, ASKERS, COURSES, LEARNERS, WITHOUT_SIDE, key, word
from tests.access.secrets import Canary
from tests.factories import (
    TaughtCourse,
    course_as_taught,
)
from tests.factories.again import again


@dataclass
class World:
    """Finds what `make` wrote; asks the database anew for each test."""

    people: dict[str, User] = field(default_factory=dict)
    courses: dict[str, TaughtCourse] = field(default_factory=dict)
    at_the_desk: dict[str, dict[str, Any]] = field(default_factory=dict)  # asked once (tests/access/desk.py)

    def address(self, who: str) -> str:
        return f"{word('mail', who)}@example.org"

    @cached_property
    def runs(self) -> dict[str, Enrolment]:
        """The enrolment of each learner in the course that both sides follow."""
        found = Enrolment.objects.filter(course__key="foundation").select_related("learner")
        return {self.who(run.learner): run for run in found}

    @cached_property
    def attempts(self) -> dict[str, Attempt]:
        return {self.who(attempt.learner): attempt for attempt in Attempt.objects.select_related("learner")}

    @cached_property
    def credentials(self) -> dict[str, Credential]:
        return {self.who(held.learner): held for held in Credential.objects.select_related("learner")}

    def who(self, user: User) -> str:
        return next(name for name, person in self.people.items() if person.pk == user.pk)

    def film(self, side: str) -> FilmPage:
        return FilmPage.objects.get(slug=f"film-{side}")

    def met(self, side: str) -> Place:
        """A question that the side's learner met in the quiz of the course."""
        return Place.objects.filter(attempt__learner=self.people[f"learner_{side}"]).latest("pk")

    def page(self, slug: str) -> Any:
        return Page.objects.get(slug=slug).specific

    def document(self, side: str) -> Document:
        return Document.objects.get(title__contains=word("paper", side))

    def cohort(self, side: str) -> Cohort:
        return Cohort.objects.get(name=word("cohort", side))

    def live(self, side: str) -> LiveSession:
        """The live session of the side's cohort."""
        return LiveSession.objects.select_related("activity").get(cohort=self.cohort(side))

    def booker(self, side: str) -> Organisation:
        return Organisation.objects.get(name=word("organisation", side))

    def letter(self, side: str) -> Invitation:
        """What was sent to somebody of this side who has not answered."""
        return Invitation.objects.get(email=f"{word('invited', side)}@example.org")

    def asked(self, who: str) -> PlaceRequest:
        """What an asker waits for."""
        return PlaceRequest.objects.select_related("invitation").get(person=self.people[who])

    def invitation_to(self, who: str) -> Invitation:
        """One to the address of somebody who is there."""
        return Invitation.objects.get(email=self.people[who].email)

    def listed(self, side: str) -> EnrolmentList:
        """The list that the side's lead sent in."""
        return EnrolmentList.objects.get(organisation=self.booker(side))

    def message(self, side: str) -> Message:
        return Message.objects.get(subject=word("letter", side))

    def confirmation(self, who: str) -> str:
        """The key of the letter that proves a person's address."""
        return str(EmailConfirmationHMAC(EmailAddress.objects.get(user=self.people[who], verified=False)).key)

    def film_activity(self, side: str) -> Activity:
        return Activity.objects.get(film=self.film(side).film_id)

    def restriction(self, side: str) -> PageViewRestriction:
        return PageViewRestriction.objects.get(page__slug=f"kept-{side}")

    def document_restriction(self, side: str) -> CollectionViewRestriction:
        return CollectionViewRestriction.objects.get(collection=self.document(side).collection_id)

    @cached_property
    def canaries(self) -> list[Canary]:
        """Every word that may not be seen by just anybody."""
        found = [
            Canary(word(kind, who), kind, who)
            for who in self.people
            if who.endswith(("_a", "_b"))
            for kind in ("name", "mail", "printed")
        ]
        for who, attempt in self.attempts.items():
            found += [Canary(str(attempt.uuid), "attempt", who), Canary(str(attempt.run_id), "run", who)]
        for who, held in self.credentials.items():
            codes = [("certificate", str(held.uuid)), ("code", held.code.lower()), ("code", held.shown_code.lower())]
            found += [Canary(text, kind, who) for kind, text in codes]
        for side in "ab":
            kinds = (
                "organisation",
                "cohort",
                "lesson",
                "film",
                "letter",
                "reflection",
                "note",
                "elsewhere",
                "invited",
                "listed",
                "draft",
                "paper",
                "kept",
                "key",
                "session",
                "plan",
                "written",
            )
            found += [Canary(word(kind, side), kind, side) for kind in kinds]
        return [*found, Canary(word("rubric", "a"), "rubric", "a")]

    def written(self, side: str) -> Response:
        """What a learner of the side wrote, and what waits for its trainer."""
        return Response.objects.get(place__attempt=self.attempts[f"left_{side}"])


def world() -> World:
    """The world as it stands in the database of this test."""
    again("access world", make_world)
    known = {user.email.partition("@")[0]: user for user in User.objects.exclude(email=None)}
    names = [key(role, side) for side in "ab" for role in (*LEARNERS, *AROUND, *ASKERS)]
    found = World(people={who: known[word("mail", who)] for who in names})
    found.people |= {who: known[who] for who in WITHOUT_SIDE}
    found.courses = {side: course_as_taught(course) for side, course in COURSES.items()}
    return found
