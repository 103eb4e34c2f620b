"""What reports tell of questions whose keys are not public: how many answered, and nothing of what that earned.

A report is a file as well and travels further than the trainer, who sees every attempt and what each learning outcome
came to on its page. With one trainee, or where all chose one answer, the points of everybody say which one fits.
Source: docs/decisions/0074.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.models import Assessment


def tells_points(quiz: Assessment) -> bool:
    """Whether a report may say what answers to this quiz earned."""
    return quiz.bank.is_open


def notes_on(quizzes: Iterable[Assessment]) -> list[str]:
    """What a reader must know where a report keeps silent about one of these quizzes."""
    if all(tells_points(one) for one in quizzes):
        return []
    return [
        _("What answers to a private bank earned stands in the attempts and on the page of each learning outcome, "
          "and in no report."),
    ]  # fmt: skip
