"""A briefing's team pack: the agenda of a short meeting, and three questions for it."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MINUTES = 20
FEWEST_STEPS, MOST_STEPS = 3, 6
QUESTIONS = 3
LONGEST = 140  # characters of a step or a question, so that the pack is one side of paper

Step = dict[str, Any]  # minutes, what


def step_of(line: str) -> Step:
    """A step as it is typed, its minutes first. Raises ValidationError."""
    found = re.fullmatch(r"(\d{1,2})\s+(\S.*)", line)
    if found is None:
        raise ValidationError(_("Begin each line with its minutes, such as “5 Read the key messages”."))
    return {"minutes": int(found[1]), "what": found[2]}


def written_step(step: Step) -> str:
    return f"{step['minutes']} {step['what']}"


def faults_of(agenda: list[Step], questions: list[str]) -> dict[str, str]:
    """What is wrong with a pack, a sentence for each field; nothing where there is no pack at all."""
    if not agenda and not questions:
        return {}
    faults = {"team_agenda": _wrong_agenda(agenda), "team_questions": _wrong_questions(questions)}
    return {name: sentence for name, sentence in faults.items() if sentence}


def _wrong_agenda(agenda: list[Step]) -> str:
    minutes = sum(step["minutes"] for step in agenda)
    if not FEWEST_STEPS <= len(agenda) <= MOST_STEPS or not all(step["minutes"] for step in agenda):
        return _("The agenda has three to six steps, each with its minutes.")
    if minutes != MINUTES:
        return _("The minutes of the agenda come to %(minutes)s, and the meeting has 20.") % {"minutes": minutes}
    return _too_long([step["what"] for step in agenda])


def _wrong_questions(questions: list[str]) -> str:
    if len(questions) != QUESTIONS:
        return _("A team pack has exactly three questions, and this one %(count)s.") % {"count": len(questions)}
    return _too_long(questions)


def _too_long(texts: list[str]) -> str:
    if any(len(text) > LONGEST for text in texts):
        return _("A step or a question has at most 140 characters, so that all of it fits on one side of paper.")
    return ""
