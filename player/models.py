"""What a learner keeps for themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Activity
from enrolments.models import Enrolment


class Reflection(models.Model):
    """What a learner wrote under a question of a lesson, for themselves: no trainer, editor or lead ever sees it.

    `block` is the question's identifier, the same in every language and in a copy of the lesson; `question` is what it
    asked when they wrote.
    """

    LONGEST = 10_000  # characters

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    block = models.UUIDField()
    question = models.TextField()
    words = models.TextField(_("words"), max_length=LONGEST)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "activity", "block"], name="one_reflection_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.block}"
