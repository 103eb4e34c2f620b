"""Claims for the addresses of whoever learns: lessons, attempts, certificates, what they write."""

from typing import Any

from assessments.models import Item
from player.models import LearningElsewhere, Note
from player.practising import address_part
from tests.access.claims import FORM, HOLDERS, POST, SIDES, SITTERS, Claim, at, each
from tests.access.names import REFLECTION, open_token, token
from tests.access.rules import (
    ANYBODY,
    HOLDER,
    MEETS,
    ON_COURSE,
    READS,
    REFUSED,
    SIGNED_IN,
    WRITER,
)
from tests.access.world import World


def _activity(kind: str) -> Any:
    """The address of something done with a side's own lesson or film."""

    def address(world: World, side: str) -> str:
        slug = "film" if kind.startswith("film") else "own-lesson"
        page = world.page(f"{slug}-{side}")
        activity = page.activity if slug == "own-lesson" else world.film_activity(side)
        return f"/learn/{activity.uuid}/{kind}"

    return address


def _attempt(rest: str) -> Any:
    return each(SITTERS, lambda world, who: f"/attempt/{world.attempts[who].uuid}/{rest}")


def _practice(world: World, who: str) -> str:
    drawn = address_part(world.attempts[who], [Item.objects.get(bank__key="practice").pk])
    return f"/attempt/{world.attempts[who].uuid}/practice/{drawn}/1/"


def _certificate(rest: str) -> Any:
    return each(HOLDERS, lambda world, who: f"/certificate/{world.credentials[who].uuid}/{rest}")


def _answer(world: World, who: str) -> dict[str, Any]:
    return {"q1": "1", "sequence": "5", "go": "next"}


def _quiz(world: World, side: str) -> str:
    return f"/quiz/{world.courses[side].assessment.uuid}/"


def _own_note(world: World, who: str) -> str:
    return f"/my-learning/written/{Note.objects.get(enrolment__learner=world.people[who]).uuid}/"


def _own_elsewhere(world: World, who: str) -> str:
    entry = LearningElsewhere.objects.get(learner=world.people[who])
    return f"/my-learning/record/elsewhere/{entry.uuid}/"


def _asking_for_others(world: World, who: str) -> str:
    """My learning, with the numbers of somebody and of their things as parameters."""
    number, run = world.people[who].pk, world.runs[who]
    return f"/my-learning/?learner={number}&user={number}&person={number}&enrolment={run.pk}&cohort={run.cohort_id}"


def _welsh_paper(world: World, who: str) -> str:
    return f"/cy/certificate/{world.credentials[who].uuid}/pdf/"


def _welsh_result(world: World, who: str) -> str:
    return f"/cy/attempt/{world.attempts[who].uuid}/result/"


LEARNING = [
    Claim("lesson_read", "Learning", ON_COURSE, each(SIDES, _activity("read/")), POST),
    Claim(
        "lesson_place", "Learning", ON_COURSE, each(SIDES, _activity("place/")), POST, lambda w, s: {"section": "start"}
    ),
    Claim(
        "lesson_reflect",
        "Learning",
        ON_COURSE,
        each(SIDES, _activity(f"reflection/{REFLECTION}/")),
        POST,
        lambda w, s: {"words": "What I saw.", "seen": ""},
        also=(REFUSED,),  # somebody signed out gets their words back, to copy them
    ),
    Claim(
        "note_add",
        "Learning",
        ON_COURSE,
        each(SIDES, _activity("notes/")),
        POST,
        lambda w, s: {"section": "start", "words": "What I saw.", "go": "note"},
        also=(REFUSED,),  # somebody signed out gets their words back, to copy them
    ),
    Claim("my_notes", "What a learner writes", SIGNED_IN, at("/my-learning/written/")),
    Claim("note", "What a learner writes", HOLDER, each(HOLDERS, _own_note), FORM),
    Claim("learning_record", "What a learner writes", SIGNED_IN, at("/my-learning/record/")),
    Claim("learning_record_file", "What a learner writes", SIGNED_IN, at("/my-learning/record/file/json/")),
    Claim("elsewhere_add", "What a learner writes", SIGNED_IN, at("/my-learning/record/elsewhere/"), FORM),
    Claim("elsewhere", "What a learner writes", HOLDER, each(HOLDERS, _own_elsewhere), FORM),
    Claim("lesson_section", "Learning", ON_COURSE, each(SIDES, _activity("section/start/"))),
    Claim("film_activity", "Lessons and films of a course", READS, each(SIDES, _activity("film/"))),
    Claim("film_read", "Learning", ON_COURSE, each(SIDES, _activity("film/read/")), POST),
    Claim("live_activity", "Learning", ON_COURSE, each(("a",), lambda w, s: f"/learn/{w.live(s).activity.uuid}/live/")),
    Claim("live_sessions", "Live sessions", HOLDER, each(HOLDERS, lambda w, who: f"/live/{w.runs[who].uuid}/")),
    Claim("live_calendar", "Live sessions", MEETS, each(SIDES, lambda w, s: f"/live/{w.live(s).uuid}/session.ics")),
    Claim("quiz_start", "Learning", ON_COURSE, each(SIDES, _quiz), FORM),
    Claim("quiz_question", "Attempts", WRITER, _attempt("1/"), FORM, _answer),
    Claim("quiz_save", "Attempts", WRITER, _attempt("1/save/"), POST, _answer),
    Claim("quiz_check", "Attempts", WRITER, _attempt("check/")),
    Claim("quiz_hand_in", "Attempts", WRITER, _attempt("hand-in/"), POST),
    Claim("quiz_result", "Results", HOLDER, _attempt("result/")),
    Claim("quiz_how_sure", "Results", HOLDER, _attempt("how-sure/")),
    Claim("quiz_practise", "Attempts", WRITER, _attempt("practice/?like=1")),
    Claim("quiz_practice", "Attempts", WRITER, each(SITTERS, _practice), FORM, lambda world, who: {"q1": "1"}),
    Claim("certificate", "Certificates and their papers", HOLDER, _certificate("")),
    Claim("certificate_pdf", "Certificates and their papers", HOLDER, _certificate("pdf/")),
    Claim(
        "certificate_name", "Certificates and their papers", HOLDER, _certificate("name/"), POST,
        lambda w, s: {"show": "yes"},
    ),
    Claim("dashboard", "My learning", SIGNED_IN, at("/my-learning/")),
    Claim("dashboard", "My learning", SIGNED_IN, each(HOLDERS, _asking_for_others)),
    Claim("certificate_pdf", "Certificates and their papers", HOLDER, each(HOLDERS, _welsh_paper)),
    Claim("quiz_result", "Results", HOLDER, each(SITTERS, _welsh_result)),
    Claim(
        "join", "Invitation links", ANYBODY, each(SIDES, lambda world, side: f"/join/{token(side)}/"), FORM,
        reveals=("organisation", "cohort", "name of lead"),
    ),
    Claim(
        "join", "Invitation links", ANYBODY, each(SIDES, lambda world, side: f"/join/{open_token(side)}/"), FORM,
        reveals=("organisation", "cohort"),
    ),
]  # fmt: skip
