"""Claims for a trainer's board and the learners on it."""

from typing import Any

from tests.access.claims import FORM, POST, SIDES, Claim, at, each
from tests.access.rules import ASSESSES, ASSESSES_THEM, NOBODY, SIGN_IN, SUPERVISES, SUPERVISES_THEM, TRAINS
from tests.access.trying import WRONG_METHOD
from tests.access.world import World


def _of_cohort(rest: str, *, learners_side: str = "") -> Any:
    """A trainer's page of their cohort; about the learner of its own side, or of the side that is named."""

    def address(world: World, side: str) -> str:
        who = f"learner_{learners_side or side}"
        granted = world.runs[who].adjustments.get()
        things = {
            "response": world.written(learners_side or side).pk,
            "run": world.runs[who].uuid,
            "attempt": world.attempts[who].uuid,
            "granted": granted.uuid,
            "session": world.live(learners_side or side).uuid,
            "credential": world.credentials[who].uuid,
        }
        return f"/cohort/{world.cohort(side).uuid}/{rest.format(**things)}"

    return address


def _another_attempt(world: World, side: str) -> dict[str, Any]:
    activity = world.attempts[f"learner_{side}"].assessment.activity_id
    return {"kind": "attempt", "activity": activity, "given_so_far": 1}


def _moves(world: World, side: str) -> dict[str, Any]:
    return {"seen": world.runs[f"learner_{side}"].changes.count(), "why": "Another post"}


def _marks(world: World, side: str) -> dict[str, Any]:
    return {"go": "mark", "seen": "", "level-sense": "3", "level-fair": "3"}


def _why(world: World, side: str) -> dict[str, Any]:
    return {"reason": "looked_into", "note": ""}


def _assessed(world: World, side: str) -> str:
    return f"/assessing/{world.written(side).pk}/"


def _supervised(rest: str = "", *, who: str = "learner") -> Any:
    """A supervisor's page of the learner they are appointed to, or of another of the same cohort."""

    def address(world: World, side: str) -> str:
        found = rest.format(attempt=world.attempts[f"{who}_{side}"].uuid)
        return f"/supervising/{world.runs[f'{who}_{side}'].uuid}/{found}"

    return address


A_RESPONSE = "marking/{response}/"
A_LEARNER, AN_ATTEMPT = "people/{run}/", "people/{run}/attempts/{attempt}/"
CERTIFICATE, SUSPENDING = "people/{run}/certificates/{credential}/", "people/{run}/certificates/{credential}/suspend/"
GRANTING, TAKING_BACK = "people/{run}/adjustments/", "people/{run}/adjustments/{granted}/take-back/"
MOVING = tuple((f"cohort_{move}", f"people/{{run}}/{move}/") for move in ("leave", "back", "end"))
LIVE = (
    ("cohort_live", "live/", ("GET",)),
    ("cohort_live_add", "live/add/", FORM),
    ("cohort_live_session", "live/{session}/", FORM),
    ("cohort_live_cancel", "live/{session}/cancel/", FORM),
    ("cohort_register", "live/{session}/register/", FORM),
    ("cohort_session_plan", "live/{session}/plan/", ("GET",)),
)
BOARDS = [
    Claim("cohort_board", "A trainer's board", TRAINS, each(SIDES, _of_cohort(""))),
    Claim("cohort_board", "A trainer's board", TRAINS, each(SIDES, _of_cohort("?q=zq&show=in-need&sort=-need&page=9"))),
    Claim("cohort_write", "A trainer's board", TRAINS, each(SIDES, _of_cohort("write/?show=in-need")), FORM),
    *(
        Claim("cohort_board_file", "A trainer's board", TRAINS, each(SIDES, _of_cohort(f"board.{kind}")))
        for kind in ("csv", "xlsx")
    ),
    Claim("cohort_plan", "A trainer's board", TRAINS, each(SIDES, _of_cohort("plan/")), FORM),
    *(
        Claim(name, "Live sessions", TRAINS, each(SIDES, _of_cohort(rest)), accepts)
        for name, rest, accepts in LIVE
    ),
    Claim("cohort_learner", "A trainer's board", TRAINS, each(SIDES, _of_cohort(A_LEARNER))),
    Claim(
        "cohort_attempt", "A trainer's board", TRAINS, each(SIDES, _of_cohort(AN_ATTEMPT)),
        reveals=("key",),  # explanations of whichever questions were drawn, as the learner read them
    ),
    Claim(
        "cohort_certificate", "A trainer's board", TRAINS, each(SIDES, _of_cohort(CERTIFICATE)),
        reveals=("printed",),  # the name on the paper, which is what its trainer looks after
    ),
    Claim(
        "cohort_certificate_change", "A trainer's board", TRAINS, each(SIDES, _of_cohort(SUSPENDING)), FORM, _why,
        reveals=("printed",),
    ),
    Claim("cohort_marking", "A trainer's board", TRAINS, each(SIDES, _of_cohort("marking/?by=learner"))),
    Claim("cohort_mark", "A trainer's board", TRAINS, each(SIDES, _of_cohort(A_RESPONSE)), FORM, _marks),
    Claim("supervising", "A supervisor", SUPERVISES, at("/supervising/")),
    Claim("supervising_learner", "A supervisor", SUPERVISES_THEM, each(SIDES, _supervised())),
    Claim(
        "supervising_attempt", "A supervisor", SUPERVISES_THEM, each(SIDES, _supervised("attempts/{attempt}/")),
        reveals=("key",),  # as on the trainer's page of it
    ),
    *(
        Claim(name, "Nobody's appointee", NOBODY, each(SIDES, _supervised(rest, who="doing")), also=(SIGN_IN,))
        for name, rest in (("supervising_learner", ""), ("supervising_attempt", "attempts/{attempt}/"))
    ),
    Claim("assessing", "An assessor", ASSESSES, at("/assessing/?by=learner")),
    Claim("assessing_mark", "An assessor", ASSESSES_THEM, each(SIDES, _assessed), FORM, _marks),
    *(
        Claim(name, "A trainer's board", TRAINS, each(SIDES, _of_cohort(rest)), FORM, _moves) for name, rest in MOVING
    ),
    Claim("cohort_grant", "A trainer's board", TRAINS, each(SIDES, _of_cohort(GRANTING)), POST, _another_attempt),
    Claim("cohort_grant_back", "A trainer's board", TRAINS, each(SIDES, _of_cohort(TAKING_BACK)), POST),
    *(
        Claim(name, "A learner of another cohort", NOBODY, each((side,), _of_cohort(rest, learners_side=other)),
              also=(SIGN_IN, WRONG_METHOD))
        for side, other in (("a", "b"), ("b", "a"))
        for name, rest in (
            ("cohort_learner", A_LEARNER), ("cohort_attempt", AN_ATTEMPT),
            ("cohort_grant", GRANTING), ("cohort_grant_back", TAKING_BACK), ("cohort_mark", A_RESPONSE),
            *MOVING,
            ("cohort_certificate", CERTIFICATE), ("cohort_certificate_change", SUSPENDING),
            *((name, rest) for name, rest, _accepts in LIVE if "{session}" in rest),
        )
    ),
]  # fmt: skip
