"""The days on which the quizzes of a course close to a cohort."""

from django.db import models

from courses.models import Module


class QuizClosing(models.Model):
    """The day at whose end the quizzes of a module close to a cohort; without such a day they stay open."""

    cohort = models.ForeignKey("enrolments.Cohort", models.CASCADE, related_name="closings")
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    closes_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "module"], name="one_closing_per_module_of_a_cohort")]
