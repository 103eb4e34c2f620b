"""Who and what there is in the world, and the words that stand for each."""

LEARNERS = ("learner", "doing", "left", "withdrawn")
AROUND = ("trainer", "trained", "supervisor", "cohort_supervisor", "assessor", "lead", "led", "reader")
ASKERS = ("asker", "lone_asker")  # for a place: of the organisation, and of the trainers where no organisation books
WITHOUT_SIDE = ("nobody", "guest", "editor", "moderator", "administrator")  # a guest may enter the desk and no more
COURSES = {"a": "foundation", "b": "refresher"}

REFLECTION = "00000000-0000-4000-8000-00000000f1ec"  # the question each side's own lesson asks


def word(kind: str, of: str) -> str:
    """The word in small letters without anything that a page would write otherwise."""
    return f"zq{kind}{of}zq".replace("_", "")


def key(role: str, side: str) -> str:
    """What somebody of a side is called in the world."""
    return f"{role}_{side}"


def token(side: str) -> str:
    """The secret of the invitation that was sent to one address of this side."""
    return f"secret-of-the-invitation-{side}"


def open_token(side: str) -> str:
    """The secret of the link by which several may ask this side's organisation for a place."""
    return f"secret-of-the-open-link-{side}"


def report_token(of: str) -> str:
    """The secret of the address of a report, by the role and the side of whoever made it."""
    return f"secret-of-the-report-{of}"
