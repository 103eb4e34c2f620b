"""What a credential test needs: somebody who earned one, and the verbs' way there."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from credentials.awards import award_credential
from credentials.models import Achievement, Credential
from enrolments.models import Enrolment
from people.models import User
from tests.enrolments.doings import complete
from tests.factories import NOON, Cast, TaughtCourse, achievement, cohort, enrolment, people, taught_course


@dataclass
class Earned:
    """Amina, who met everything module 1 asks for."""

    taught: TaughtCourse
    cast: Cast
    run: Enrolment
    achievement: Achievement
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def amina(self) -> User:
        return self.cast.amina

    def award(self, *, at: datetime = NOON) -> Credential:
        """The credential, as the database has it."""
        return Credential.objects.get(pk=award_credential(self.run, self.achievement, at=at).pk)


def earned(*, time_zone: str = "Europe/London", **fields: Any) -> Earned:
    """Amina's run with everything done and nothing awarded; `fields` are the achievement's."""
    taught, cast = taught_course(), people()
    run = enrolment(cast.amina, cohort(taught.course, time_zone=time_zone))
    complete(run, taught)
    run.refresh_from_db()
    return Earned(taught, cast, run, achievement(taught.course, **fields))


def following(earlier: Credential, *, follows_as: str = "replacement", **fields: Any) -> Credential:
    """A credential that follows an earlier one."""
    names = ("learner", "enrolment", "achievement", "requirement_set", "name", "language", "evidence")
    names += ("evidence_digest", "rests_on_open_bank", "awarded_at", "valid_from_on", "valid_until_on")
    same = {name: getattr(earlier, name) for name in names}
    return Credential.objects.create(**{**same, "replaces": earlier, "follows_as": follows_as, **fields})
