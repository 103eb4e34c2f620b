"""“Who may see whom” of docs/data.md, said once more for the tests and apart from the code that it checks."""

from tests.access.names import AROUND, LEARNERS, key
from tests.access.secrets import Canary
from tests.access.world import World

DESK = ("guest", "editor", "moderator", "administrator")
STRANGER = "stranger"
ROLES = (
    STRANGER,
    "nobody",
    *(key(role, "a") for role in (*LEARNERS, *AROUND)),
    *(key(role, "b") for role in ("learner", "trainer", "supervisor", "lead")),  # the others are side a's mirror image
    *DESK,
)
ON_COURSE = ("learner", "doing", "left")  # not withdrawn: their lessons are open
PERSONAL = {"name", "mail", "printed", "attempt", "run", "certificate", "code"}
RESULTS = {"name", "attempt", "run", "certificate", "code"}  # what a trainer and a supervisor may come to know


def side_of(role: str) -> str:
    """The side somebody belongs to; empty for those who belong to neither."""
    return role[-1] if role.endswith(("_a", "_b")) else ""


def part_of(role: str) -> str:
    """What somebody is on their side."""
    return role[:-2] if side_of(role) else role


def may_read(role: str, course_of: str) -> bool:
    """Whether the lessons and films of a side's own course are open to somebody."""
    part, side = part_of(role), side_of(role)
    if role in DESK:
        return True
    if course_of == "a":  # the course both sides follow
        return part in (*ON_COURSE, "trainer", "cohort_supervisor", "supervisor", "assessor")
    return side == "b" and part in ("learner", "trainer")


def may_know(role: str, canary: Canary, world: World) -> bool:
    """Whether somebody may meet this word anywhere."""
    if canary.kind in PERSONAL:
        return _may_know_person(role, canary.kind, canary.of)
    side, part = side_of(role), part_of(role)
    if canary.kind in ("lesson", "film"):
        return may_read(role, canary.of)
    if canary.kind in ("organisation", "cohort"):
        return side == canary.of or role == "administrator"
    if canary.kind == "listed":
        return role == f"lead_{canary.of}"
    if canary.kind == "session":  # whoever is booked into the cohort, trains it or supervises the learner who was there
        return side == canary.of and part in (*ON_COURSE, "trainer", "supervisor")
    if canary.kind == "plan":
        return role == f"trainer_{canary.of}"
    if canary.kind == "written":
        return role in (f"left_{canary.of}", f"trainer_{canary.of}", f"assessor_{canary.of}")
    if canary.kind == "rubric":
        return part in ("trainer", "assessor")  # before a response is marked, its rubric's levels are for whoever marks
    if canary.kind == "key":
        return part in LEARNERS and may_read(role, canary.of) and role in world.credentials
    if canary.kind in ("draft", "kept", "paper"):
        return role in DESK and role != "guest"
    if canary.kind in ("letter", "reflection", "note", "elsewhere"):
        return role == f"learner_{canary.of}"  # a letter: in the download of what the site holds
    return part == "lead" and side == canary.of  # addresses of invitations: whoever sent them


def _may_know_person(role: str, kind: str, whom: str) -> bool:
    part = part_of(role)
    if role == whom:
        return True
    if role == "administrator":
        return kind in ("name", "mail", "printed")
    if side_of(role) != side_of(whom):
        return False
    if (part, part_of(whom)) in (("lead", "asker"), ("trainer", "lone_asker")):
        return kind in ("name", "mail")  # the join page says so before anybody asks
    if part_of(whom) not in LEARNERS:
        return False
    if part == "trainer":
        return kind in RESULTS
    if part == "supervisor":
        return kind in RESULTS and part_of(whom) == "learner"
    if part == "assessor":
        return kind == "name" and part_of(whom) in ("learner", "left")
    if part == "lead":
        return kind == "name" and part_of(whom) != "left"
    return False
