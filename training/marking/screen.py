"""One response as its marker sees it, as small things the template only prints."""

from dataclasses import dataclass

from assessments.items import Shown
from assessments.models import KeptComment, Response, RevisionRequest, Score
from assessments.parts import Part, parts_in
from assessments.queries import CriterionShown, criteria_of, texts_shown
from assessments.settling import standing_score
from people.models import User

from .forms import USUAL, MarkForm
from .reading import Waiting, who_of


@dataclass(frozen=True)
class Level:
    """One level of a criterion: the key that chooses it, what it says, and whether it is chosen."""

    value: int
    key: int
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Screen:
    """Everything of one response. `tries` are all it was handed in as, the first first; `scores` all it was given."""

    response: Response
    who: str
    question: Shown  # what was asked, as its learner saw it
    part: Part  # in which it stood
    criteria: tuple[CriterionShown, ...]
    cited: list[str]
    bank: list[str]  # comments of the item's own and those the marker kept
    tries: list[Response]
    scores: list[Score]
    standing: Score | None
    asked: RevisionRequest | None  # for revision, if it was given back
    alike: list[Waiting]
    following: list[Waiting]

    @property
    def is_last(self) -> bool:
        """Whether it was not handed in again since."""
        return self.tries[-1].pk == self.response.pk

    @property
    def text(self) -> str:
        return str((self.response.value or {}).get("text", ""))

    @property
    def is_waiting(self) -> bool:
        return self.is_last and self.standing is None

    def rows(self, form: MarkForm) -> list[tuple[CriterionShown, str, list[Level], list[str]]]:
        """Each criterion with the name of its field, its levels and what is wrong with it."""
        return [
            (
                one,
                f"level-{one.key}",
                self._levels(one, form),
                [str(words) for words in form.errors.get(f"level-{one.key}", [])],
            )
            for one in self.criteria
        ]

    def _levels(self, one: CriterionShown, form: MarkForm) -> list[Level]:
        chosen = form.data.get(f"level-{one.key}") if form.is_bound else str(one.reached)
        return [Level(value, value + 1, words, str(value) == chosen) for value, words in enumerate(one.levels)]

    def problems(self, form: MarkForm) -> list[dict[str, str]]:
        """For the summary at the top of the page."""
        return [
            {"href": f"#{name}-0" if name.startswith("level-") else f"#{name}", "text": str(words)}
            for name, errors in form.errors.items()
            for words in errors
        ]

    def day_offered(self, form: MarkForm) -> str:
        """Two weeks from now, unless another day was typed."""
        return str(form.data.get("due_on", "")) if form.is_bound else (form.today + USUAL).isoformat()


def screen_of(response: Response, waiting: list[Waiting], marker: User) -> Screen:
    """Read what the screen shows, in a fixed number of statements."""
    version, language = response.place.item_version, response.place.attempt.language
    texts = texts_shown(version, language)
    tries = list(
        Response.objects.filter(place=response.place_id)
        .select_related("revision_request__by")
        .prefetch_related("scores__scored_by")
        .order_by("try_number")
    )
    mine = next(one for one in tries if one.pk == response.pk)
    standing = standing_score(mine)
    chosen = (response.value or {}).get("chosen", [])
    kept = KeptComment.objects.filter(item=response.place.item_id, by=marker).values_list("text", flat=True)
    here = next((one for one in waiting if one.response.pk == response.pk), None)
    places = [one.response.pk for one in waiting]
    where = places.index(response.pk) + 1 if response.pk in places else 0
    return Screen(
        response=response,
        who=who_of(response),
        question=Shown(prompt=texts["prompt"]),
        part=next(one for one in parts_in(response.place.attempt) if response.place.position in one.positions),
        criteria=criteria_of(version, language, standing.levels if standing else None),
        cited=[texts["choices"][one]["text"] for one in version.structure["choices"] if one in chosen],
        bank=list(dict.fromkeys([*texts.get("comments", []), *kept])),
        tries=tries,
        scores=sorted(mine.scores.all(), key=lambda score: score.pk),
        standing=standing,
        asked=getattr(mine, "revision_request", None),
        alike=_alike(here, waiting) if here else [],
        following=[*waiting[where:], *waiting[: max(where - 1, 0)]],
    )


def _alike(here: Waiting, waiting: list[Waiting]) -> list[Waiting]:
    """The others that say the same in answer to the same version of the item."""
    version = here.response.place.item_version_id
    return [
        one
        for one in waiting
        if one.response.place.item_version_id == version and one is not here and one.same == here.same
    ]
