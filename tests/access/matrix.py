"""The whole matrix: who claims which address, which cells that makes, and the table of docs/access.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.access.addresses import Known, known_addresses
from tests.access.claims import Claim
from tests.access.desk import places_of
from tests.access.desk_claims import DESK_CLAIMS, DESK_EXEMPT
from tests.access.rules import BACK, EITHER, NONE, REACHED, REFUSED, SIGN_IN, Rule
from tests.access.site_claims import EXEMPT, SITE_CLAIMS
from tests.access.table import ROLES
from tests.access.trying import methods_for
from tests.access.world import World

CLAIMS = [*SITE_CLAIMS, *DESK_CLAIMS]
EXEMPTIONS = [*EXEMPT, *DESK_EXEMPT]
COLUMNS = {
    "Their own": "learner_a", "Trainer": "trainer_a", "Supervisor": "supervisor_a", "Assessor": "assessor_a",
    "Lead": "lead_a", "Funder's reader": "reader_a", "Editor": "editor", "Administrator": "administrator",
    "No role": "nobody", "Stranger": "stranger",
}  # fmt: skip
SIGNS = {REACHED: "yes", EITHER: "yes", NONE: "404", REFUSED: "403", SIGN_IN: "sign in", BACK: "sent back"}


@dataclass(frozen=True)
class Tried:
    """A claim with the places where it is tried."""

    claim: Claim
    places: Mapping[str, str]


def claims_for(known: Known, claims: list[Claim]) -> list[Claim]:
    """Those that name an address; or else those of its namespace, the nearest."""
    if named := [claim for claim in claims if claim.label == known.label]:
        return named
    spaces = [claim for claim in claims if claim.label.endswith(":") and known.name.startswith(claim.label)]
    return [max(spaces, key=lambda claim: len(claim.label))] if spaces else []


def unclaimed(urlconf: str | None = None) -> list[str]:
    """The labels of addresses that the matrix neither tries nor lets off by name."""
    exempt = {one.label for one in EXEMPTIONS}
    return [
        known.label for known in known_addresses(urlconf) if known.label not in exempt and not claims_for(known, CLAIMS)
    ]


def claimed_in_vain(claims: list[Claim] | None = None) -> list[str]:
    """The labels of claims and exemptions for addresses that are not there, or that another claims already."""
    every, known = claims or CLAIMS, known_addresses()
    met = {claim.label for one in known for claim in claims_for(one, every)}
    labels = {one.label for one in known}
    stale = [one.label for one in EXEMPTIONS if one.label not in labels]
    return sorted({claim.label for claim in every} - met) + stale


def all_tried(world: World) -> list[Tried]:
    """Every claim with its places; one of a namespace once for each address in it."""
    exempt, found = {one.label for one in EXEMPTIONS}, []
    for known in known_addresses():
        for claim in () if known.label in exempt else claims_for(known, CLAIMS):
            places = claim.places or places_of(known)
            found.append(Tried(claim, places(world)))
    return found


def planned_cells(role: str, tried: list[Tried]) -> int:
    """How many requests somebody makes."""
    return sum(len(methods_for(role, one.claim, of)) for one in tried for of in one.places)


def table() -> Iterator[str]:
    """The rows of docs/access.md: each group of addresses under its rule, and what it answers to whom.

    Two answers stand for a thing of one's own side and of the other side.
    """
    yield f"| addresses | how many | who | {' | '.join(COLUMNS)} |"
    yield "|---" * (len(COLUMNS) + 3) + "|"
    counts: dict[tuple[str, Rule], set[Known]] = {}
    for known in known_addresses():
        for claim in claims_for(known, CLAIMS):
            counts.setdefault((claim.group, claim.rule), set()).add(known)
    for (group, rule), addresses in sorted(counts.items(), key=lambda pair: (pair[0][0], pair[0][1].words)):
        answers = " | ".join(_answers(rule, role) for role in COLUMNS.values())
        yield f"| {group} | {len(addresses)} | {rule.words} | {answers} |"


def _answers(rule: Rule, role: str) -> str:
    own, other = (SIGNS[rule.answer(role, of)] for of in rule.things)
    return own if own == other else f"{own} / {other}"


def figures(world: World) -> str:
    """How much is tried, in a sentence."""
    tried, known = all_tried(world), known_addresses()
    cells = sum(planned_cells(role, tried) for role in ROLES)
    places = sum(len(one.places) for one in tried)
    urls = f"{len(known)} URLs ({len(EXEMPTIONS)} of them exempt)"
    return f"{urls}, tried at {places} places as {len(ROLES)} people: {cells:,} cells"
