"""Claims for the addresses at which somebody outside checks a draft."""

from typing import Any
from urllib.parse import urlsplit

from publishing.fact_checks import address_of
from publishing.models import FactCheck
from tests.access.claims import SIDES, Claim, each
from tests.access.rules import ANYBODY
from tests.access.world import World


def _of_draft(world: World, side: str) -> str:
    """The address at which somebody outside reads the side's draft."""
    return urlsplit(address_of(FactCheck.objects.get(page_id=world.page(f"draft-{side}").pk))).path


def _of_film_draft(end: str) -> Any:
    """The address at which somebody outside is shown the side's film, or its captions."""

    def address(world: World, side: str) -> str:
        return urlsplit(address_of(FactCheck.objects.get(page_id=world.film(side).pk))).path + end

    return address


DRAFT_CLAIMS = [
    Claim(
        "fact_check", "Drafts sent out to be checked", ANYBODY, each(SIDES, _of_draft), ("GET", "POST"),
        reveals=("draft",),
    ),
    *(
        Claim(name, "Drafts sent out to be checked", ANYBODY, each(SIDES, _of_film_draft(end)), reveals=("film",))
        for name, end in (("fact_check_film", "film.mp4"), ("fact_check_captions", "captions.vtt"))
    ),
]  # fmt: skip
