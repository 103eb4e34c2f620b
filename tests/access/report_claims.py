"""Claims for the reports of a cohort and of an organisation, and for the addresses that serve them."""

from typing import Any

from tests.access.claims import POST, SIDES, Claim, each
from tests.access.names import report_token
from tests.access.rules import ANYBODY, LEADS, NOBODY, SIGN_IN, TRAINS, Rule
from tests.access.trying import WRONG_METHOD
from tests.access.world import World
from training.models import ReportAddress, ReportFile
from training.reports.quiz_keys import key_of

GROUP = "Reports"
COHORTS, ORGANISATIONS = "cohort", "organisation"


def _of(kind: str, rest: str, *, things_of: str = "") -> Any:
    """A page of a side's cohort or organisation; about the address or file of its own side, or of the side named."""

    def address(world: World, side: str) -> str:
        role = "trainer" if kind == COHORTS else "lead"
        owner = world.people[f"{role}_{things_of or side}"]
        mine = world.cohort(side) if kind == COHORTS else world.booker(side)
        made, fetched = ReportFile.objects.get(made_by=owner), ReportAddress.objects.get(made_by=owner)
        outcome = world.courses["a"].outcomes[0].uuid
        quiz = key_of(world.courses["a"].assessment.activity_id)
        rest_of_it = rest.format(made=made.uuid, address=fetched.uuid, outcome=outcome, quiz=quiz)
        return f"/{kind}/{mine.uuid}/{rest_of_it}"

    return address


def _claims(kind: str, rule: Rule) -> list[Claim]:
    others = [
        Claim(f"{kind}_report_{name}", "Reports that somebody else made", NOBODY,
              each((side,), _of(kind, rest, things_of=other)), accepts, also=(SIGN_IN, WRONG_METHOD))
        for side, other in (("a", "b"), ("b", "a"))
        for name, rest, accepts in (
            ("making", "reports/files/{made}/", ("GET",)), ("made", "reports/files/{made}/file", ("GET",)),
            ("withdraw", "reports/addresses/{address}/withdraw/", POST),
        )
    ]  # fmt: skip
    keys = ["completion", "time-to-complete", "where-people-stop"]
    keys += ["learning-outcomes", "attendance", "answers", "{quiz}"] if kind == COHORTS else []
    return [
        Claim(f"{kind}_reports", GROUP, rule, each(SIDES, _of(kind, "reports/"))),
        *(Claim(f"{kind}_report", GROUP, rule, each(SIDES, _of(kind, f"reports/{key}/?page=9"))) for key in keys),
        *(
            Claim(f"{kind}_report_file", GROUP, rule, each(SIDES, _of(kind, f"reports/{key}.{ending}")))
            for key in keys
            for ending in ("csv", "xlsx", "pdf")
        ),
        Claim(f"{kind}_report_making", GROUP, rule, each(SIDES, _of(kind, "reports/files/{made}/"))),
        Claim(f"{kind}_report_made", GROUP, rule, each(SIDES, _of(kind, "reports/files/{made}/file"))),
        Claim(
            f"{kind}_report_address", GROUP, rule, each(SIDES, _of(kind, "reports/completion/address/")), POST,
            lambda world, side: {"days": "30"},
        ),
        Claim(
            f"{kind}_report_withdraw", GROUP, rule, each(SIDES, _of(kind, "reports/addresses/{address}/withdraw/")),
            POST,
        ),
        *others,
    ]  # fmt: skip


def _by_address(role: str) -> Any:
    return each(SIDES, lambda world, side: f"/reports/{report_token(f'{role}-{side}')}.csv")


REPORT_CLAIMS = [
    *_claims(COHORTS, TRAINS),
    *_claims(ORGANISATIONS, LEADS),
    Claim("cohort_outcome", GROUP, TRAINS, each(SIDES, _of(COHORTS, "outcomes/{outcome}/"))),
    # Whoever holds the address: it is a secret of whoever made it, and shows what they may see.
    *(
        Claim("report_by_address", GROUP, ANYBODY, _by_address(role), reveals=("organisation", "cohort", "name"))
        for role in ("trainer", "lead")
    ),
]
