"""Claims for the addresses by which places are given out, people led and counted, and lists sent in."""

from typing import Any

from tests.access.claims import ASKING, FORM, POST, SIDES, WRITTEN_TO, Claim, each
from tests.access.rules import (
    COUNTS,
    HOLDER,
    LEADS,
    NOBODY,
    SIGN_IN,
    TRAINS,
)
from tests.access.trying import WRONG_METHOD
from tests.access.world import World


def _of_giver(kind: str, rest: str) -> Any:
    """The address of a page of an organisation or a cohort that gives out places, of its own side."""

    def address(world: World, side: str) -> str:
        giver = world.booker(side) if kind == "organisation" else world.cohort(side)
        asked = world.asked(f"{'asker' if kind == 'organisation' else 'lone_asker'}_{side}")
        things = {"asked": asked.uuid, "invitation": asked.invitation.uuid if asked.invitation else ""}
        return f"/{kind}/{giver.uuid}/{rest.format(**things)}"

    return each(SIDES, address)


def _of_booker(rest: str) -> Any:
    """The address of something below an organisation, of its own side."""
    return each(SIDES, lambda world, side: f"/organisation/{world.booker(side).uuid}/{rest}")


def _of_its_own(kind: str) -> Any:
    """Somebody of the organisation's own, or a letter it sent."""

    def address(world: World, side: str) -> str:
        person, letter = world.people[f"doing_{side}"].uuid, world.letter(side).uuid
        rest = {"person": f"people/{person}/", "leaving": f"people/{person}/leaving/", "booking": f"bookings/{letter}/"}
        return f"/organisation/{world.booker(side).uuid}/{rest[kind]}"

    return each(SIDES, address)


def _crossed(kind: str, rest: str) -> Any:
    """A thing of the one side below the giver of the other."""
    own = _of_giver(kind, rest)

    def places(world: World) -> dict[str, str]:
        a, b = (str((world.booker if kind == "organisation" else world.cohort)(side).uuid) for side in SIDES)
        return {"a": own(world)["b"].replace(b, a), "b": own(world)["a"].replace(a, b)}

    return places


def _answer_yes(world: World, of: str) -> dict[str, Any]:
    return {"answer": "yes"}


GIVING = [
    *(
        Claim(f"{kind}_{page}", "Invitations and requests", rule, _of_giver(kind, rest), accepts, _answer_yes)
        for kind, rule in (("organisation", LEADS), ("cohort", TRAINS))
        for page, rest, accepts in (
            ("invitations", "invitations/", ("GET",)),
            ("invitation_link", "invitations/link/", FORM),
            ("invitation_letter", "invitations/letter/", FORM),
            ("invitation_withdraw", "invitations/{invitation}/withdraw/", FORM),
            ("invitation_again", "invitations/{invitation}/again/", FORM),
            ("requests", "requests/", ("GET",)),
            ("request_answer", "requests/{asked}/", POST),
        )
    ),
    *(
        Claim(
            f"{kind}_{page}", "Invitations and requests of another side", NOBODY, _crossed(kind, rest), accepts,
            _answer_yes, also=(SIGN_IN, WRONG_METHOD),
        )
        for kind in ("organisation", "cohort")
        for page, rest, accepts in (
            ("invitation_withdraw", "invitations/{invitation}/withdraw/", FORM),
            ("invitation_again", "invitations/{invitation}/again/", FORM),
            ("request_answer", "requests/{asked}/", POST),
        )
    ),
    Claim(
        "invitation", "Invitations and requests", HOLDER,
        each(WRITTEN_TO, lambda world, who: f"/invitations/{world.invitation_to(who).uuid}/"), FORM,
        reveals=("organisation", "cohort", "name of lead"),
    ),
    Claim(
        "place_request_withdraw", "Invitations and requests", HOLDER,
        each(ASKING, lambda world, who: f"/place-requests/{world.asked(who).uuid}/withdraw/"), POST,
        also=(WRONG_METHOD,),
    ),
]  # fmt: skip


def _of_the_other(kind: str) -> Any:
    """Somebody, or a letter, of the one side below the organisation of the other."""
    own = _of_its_own(kind)

    def crossed(world: World) -> dict[str, str]:
        a, b = (str(world.booker(side).uuid) for side in SIDES)
        return {"a": own(world)["b"].replace(b, a), "b": own(world)["a"].replace(a, b)}

    return crossed


def _funder(rest: str) -> Any:
    return each(SIDES, lambda world, side: f"/funder/{world.booker(side).uuid}/{rest}")


LEADING = [
    Claim("organisation_people", "A lead's people", LEADS, _of_booker("")),
    Claim("organisation_people", "A lead's people", LEADS, _of_booker("?q=zq&show=doing&sort=-until&page=9")),
    *(
        Claim("organisation_people_file", "A lead's people", LEADS, _of_booker(f"people.{kind}"))
        for kind in ("csv", "xlsx")
    ),
    *(
        Claim(f"organisation_{kind}", "A lead's people", LEADS, _of_its_own(kind), accepts)
        for kind, accepts in (("person", ("GET",)), ("leaving", FORM), ("booking", FORM))
    ),
    *(
        Claim(
            f"organisation_{kind}",
            "People of another organisation",
            NOBODY,
            _of_the_other(kind),
            accepts,
            also=(SIGN_IN,),
        )
        for kind, accepts in (("person", ("GET",)), ("leaving", FORM), ("booking", FORM))
    ),
    Claim("funder_trained", "A funder's numbers", COUNTS, _funder("")),
    *(
        Claim("funder_trained_file", "A funder's numbers", COUNTS, _funder(f"trained.{kind}"))
        for kind in ("csv", "xlsx")
    ),
]


def _list(rest: str) -> Any:
    """An address below the list that a side's lead sent in."""
    return each(SIDES, lambda w, s: f"/organisation/{w.booker(s).uuid}/book/{w.listed(s).uuid}/{rest}")


def _book(rest: str) -> Any:
    return each(SIDES, lambda w, s: f"/organisation/{w.booker(s).uuid}/book/{rest}")


LISTS = [
    Claim("organisation_book", "Lists of people to be booked", LEADS, _book(""), FORM),
    Claim("organisation_list_csv", "Lists of people to be booked", LEADS, _book("list.csv")),
    Claim("organisation_list_xlsx", "Lists of people to be booked", LEADS, _book("list.xlsx")),
    Claim("organisation_list", "Lists of people to be booked", LEADS, _list(""), FORM),
    Claim("organisation_list_faults", "Lists of people to be booked", LEADS, _list("lines-to-mend.csv")),
]
