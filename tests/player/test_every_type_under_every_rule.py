"""Every registered item type under every set of rules: one story for each set, with every type in it twice.

Amina begins, answers the first of each type rightly and the second wrongly, leaves, comes back on another device, hands
in (or the server closes it), reads her result at each moment of the review matrix, and again after every question was
scored anew. A new type, or a new set of rules, is in it by being registered.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assessments.attempts import close_overdue
from assessments.bank import BankRefused
from assessments.choices import AttemptState, Moment, Reveal
from assessments.items import TYPES, ItemType, item_type
from assessments.marking import Judgement, mark
from assessments.models import Place, Response, Result
from assessments.queries import Question, given_of
from assessments.regrading import Way, plan, regrade
from assessments.tries import is_given
from enrolments.attempts import begin_attempt
from enrolments.closing_models import QuizClosing
from player.words import points_of
from tests.assessments.examples import MENDED, example, example_item, mended_example
from tests.factories import NOON, cohort, enrolment, people, taught_course
from tests.player.rule_sets import HINT, QUICK, RULE_SETS, RuleSet

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
CLOSES_ON, CLOSED = date(2026, 11, 30), datetime(2026, 12, 1, 9, tzinfo=UTC)
WHY = "The key was not what the sources say."
SECRET = re.compile(r"zq(?:because|ident)\w*")
Value = dict[str, Any]
Points = dict[int, tuple[Fraction, Fraction]]  # by position: what is earned, and what could be


@dataclass(frozen=True, repr=False)
class Asked:
    """A question of the attempt, what is given to it in turn, and whether the last of that is right."""

    place: Place
    values: list[Value]
    is_right: bool

    def __repr__(self) -> str:
        return f"question {self.position}, {self.type.kind}, answered {'rightly' if self.is_right else 'wrongly'}"

    @property
    def type(self) -> ItemType:
        return item_type(self.place.item_version.kind)

    @property
    def is_plain(self) -> bool:
        """Whether it is the one that stands beside those of the table."""
        return self.place.item_version.learning_outcome.code == "LO1.2"

    @property
    def position(self) -> int:
        return self.place.position

    @property
    def is_judged(self) -> bool:
        """Whether an answer is judged without a person."""
        return self.type.asks and not self.type.is_marked

    def is_given(self, value: Value) -> list[Any]:
        """What a page says of a value that is saved."""
        shown = self.type.asked(given_of(self.place, value))
        return [shown.answer, shown.text]


class Story:
    """Amina before a quiz that asks every type twice, and one plain question."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.set, self.rules, self.cast = rule_set, rule_set.rules, people()
        taught = taught_course(item_counts=(0, 1, 0))
        taught.assessment.blueprint.all().delete()
        taught.assessment.blueprint.create(learning_outcome=taught.outcomes[1], count=1)
        for kind in TYPES:
            for _twice in range(2):
                example_item(taught.bank, taught.outcomes[0], kind, hints=(HINT,))
            taught.assessment.blueprint.create(
                learning_outcome=taught.outcomes[0], item_kind=kind, count=2, part=int(bool(self.rules.parts))
            )
        taught.assessment.rules = self.rules.to_json()
        taught.assessment.save()
        limit = {"time_limit_seconds": 60 * rule_set.minutes} if rule_set.minutes else {}
        group = cohort(taught.course, own_attempt_rules=True, **limit)
        QuizClosing.objects.create(cohort=group, module=taught.module, closes_on=CLOSES_ON)
        self.run, self.quiz = enrolment(self.cast.amina, group), taught.assessment
        self.start = reverse("quiz_start", args=[self.quiz.uuid])
        self.sequence = 0
        self.take_a_device()

    def take_a_device(self) -> None:
        self.client = Client()
        self.client.force_login(self.cast.amina, backend="people.backends.Door")

    def read_the_rules_and_begin(self) -> None:
        assert self.set.start in unescape(self.client.get(self.start).content.decode())
        self.attempt = begin_attempt(self.run, self.quiz, language="en", at=NOON, seed="story")
        self.base = f"/attempt/{self.attempt.uuid}/"
        self.asked: list[Asked] = []
        met: set[str] = set()
        for place in self.attempt.places.select_related("item_version__learning_outcome", "attempt"):
            self.asked.append(self.meant_for(place, met))
        assert len(self.asked) == 2 * len(TYPES) + 1
        in_order = [one.place.choice_order == one.place.item_version.structure["choices"] for one in self.asked]
        assert all(in_order) != self.rules.is_shuffled

    def meant_for(self, place: Place, met: set[str]) -> Asked:
        """Right where its type is met for the first time; where there are tries, that is the second."""
        kind = place.item_version.kind
        if place.item_version.learning_outcome.code == "LO1.2":
            return Asked(place, [{"chosen": ["a"]}], is_right=True)
        is_right = kind not in met
        met.add(kind)
        if kind not in MENDED:
            written = {"text": "They could not know.", "chosen": []}
            return Asked(place, [written if is_right and TYPES[kind].is_marked else TYPES[kind].best({}, {})], is_right)
        best, other = example(kind).best, example(kind, is_mended=True).best
        if not is_right:
            return Asked(place, [other], is_right)
        return Asked(place, [other, best] if self.rules.tries > 1 else [best], is_right)

    # -- Answering ------------------------------------------------------------------------------------------------

    def form(self, one: Asked, value: Value) -> dict[str, Any]:
        """What the page of a question posts for this value."""
        self.sequence += 1
        fields = one.type.fields(given_of(one.place, value))
        posted = {f"q{one.position}-{name}".removesuffix("-"): held for name, held in fields.items()}
        if self.rules.asks_certainty and one.is_judged:
            posted[f"q{one.position}-sure"] = ["sure-3" if one.is_right else "sure-2"]
        return {**posted, "sequence": str(self.sequence)}

    def open(self, one: Asked) -> Any:
        """The page of a question. Why an answer fits stands there only once it stays; a name of ours never."""
        page = self.client.get(f"{self.base}{one.position}/")
        assert page.status_code == 200, one
        secrets, told = SECRET.findall(page.content.decode()), page.context["told"]
        assert bool(secrets) == (told.is_fixed and not one.is_plain), one
        assert not [name for name in secrets if name.startswith("zqident")], one
        return page

    def save(self, one: Asked, value: Value) -> Any:
        """As the page's script does."""
        return self.client.post(f"{self.base}{one.position}/save/", self.form(one, value))

    def save_the_first_and_leave(self) -> None:
        """No button is pressed."""
        assert self.save(self.asked[0], self.asked[0].values[0]).status_code == 200

    def come_back_on_another_device(self) -> None:
        """To the first question that waits; going forward only, to the one she left."""
        self.take_a_device()
        waiting = [one.position for one in self.asked if one.type.asks and one.position > 1]
        if not is_given(self.asked[0].values[0]) and self.asked[0].type.asks:
            waiting.append(1)
        wanted = 1 if self.rules.is_forward_only else min(waiting)
        came = self.client.post(self.start, follow=True)
        assert came.request["PATH_INFO"] == f"{self.base}{wanted}/"
        shown = self.open(self.asked[0]).context["question"]
        assert [shown.answer, shown.text] == self.asked[0].is_given(self.asked[0].values[0])

    def answer_everything(self) -> None:
        for one in self.asked:
            words = unescape(self.open(one).content.decode())
            assert (self.set.question in words) == (one.is_judged or not self.set.question), one
            assert (self.set.part in words) == (not one.is_plain or not self.set.part), one
            if self.rules.is_told_at_once and one.is_judged:
                self.check(one)
            else:
                self.press(one, one.values[-1], "next")

    def press(self, one: Asked, value: Value, go: str) -> None:
        answer = self.client.post(f"{self.base}{one.position}/", {**self.form(one, value), "go": go})
        assert answer.status_code == 302, one

    def check(self, one: Asked) -> None:
        """Each value in turn, told at once; then on to the next question."""
        for number, value in enumerate(one.values, start=1):
            self.press(one, value, "tell")
            told = self.open(one).context["told"]
            fits = one.is_right and number == len(one.values)
            left = self.rules.tries - number
            assert told.judged == ("This fits." if fits else "This does not fit."), one
            assert told.is_fixed == (fits or not left), one
            assert told.hints == (() if told.is_fixed or one.is_plain else (HINT,)), one
            assert told.tries_left == ("" if told.is_fixed else f"You have {left} tries left."), one
        if self.rules.is_forward_only:
            self.client.post(f"{self.base}{one.position}/", {"go": "on"})

    def look_all_over(self) -> None:
        page = self.client.get(f"{self.base}check/")
        shown = [one for _part, questions in page.context["parts"] for one in questions]
        assert [[one.answer, one.text] for one in shown] == [one.is_given(one.values[-1]) for one in self.asked]
        assert SECRET.findall(page.content.decode()) == []
        fixed = [one for one in self.asked if self.is_fixed(one)]
        assert page.content.decode().count("Stays as it is") == len(fixed)
        for one in fixed:
            assert self.save(one, {}).status_code == 410, one
        if self.rules.is_forward_only:
            assert self.client.get(f"{self.base}1/")["Location"] == f"{self.base}{len(self.asked)}/"

    def is_fixed(self, one: Asked) -> bool:
        told = self.rules.is_told_at_once and one.is_judged and (one.is_right or self.rules.tries == 1)
        return told or (self.rules.is_forward_only and one.position < len(self.asked))

    def hand_in(self, clock: Any) -> None:
        """Twice, as after a double click; with a time limit nobody does, and the server closes it."""
        if self.set.minutes:
            clock.move_to(NOON + (self.set.minutes + 1) * MINUTE)
            assert close_overdue(at=NOON + (self.set.minutes + 1) * MINUTE) == 1
        else:
            sent = [self.client.post(f"{self.base}hand-in/")["Location"] for _twice in range(2)]
            assert sent == [f"{self.base}result/"] * 2
        assert self.save(self.asked[0], self.asked[0].values[0]).status_code == 410
        self.attempt.refresh_from_db()
        by = "deadline" if self.set.minutes else "learner"
        assert (self.attempt.closed_by, self.attempt.state) == (by, AttemptState.AWAITING_MARKER)

    def be_marked(self, at: datetime) -> None:
        """What only a person can judge earns all there is; what was left empty has earned nothing by itself."""
        page = self.client.get(f"{self.base}result/").content.decode()
        assert ("Waiting for a marker" in page, SECRET.findall(page)) == (True, [])
        for one in self.asked:
            if one.type.is_marked and one.is_right:
                best = {rule["key"]: rule["levels"] - 1 for rule in one.place.item_version.structure["criteria"]}
                response = Response.objects.get(place=one.place)
                mark(response, Judgement(best, "Clear."), seen=None, by=self.cast.beth, at=at)

    # -- What it came to ------------------------------------------------------------------------------------------

    def points(self) -> Points:
        """As the table of rule sets says."""
        earns, found = self.set.earns, {}
        for one in self.asked:
            if one.is_judged:
                first = earns.at_once if len(one.values) == 1 else earns.right
                found[one.position] = (first if one.is_right else earns.wrong, earns.most)
            else:
                most = Fraction(int(one.type.is_marked))
                found[one.position] = (most if one.is_right else Fraction(0), most)
        return found

    def read(self, moment: Moment, points: Points) -> str:
        """The result at this moment: whatever the matrix shows is there, and nothing else."""
        answer = self.client.get(f"{self.base}result/")
        page, questions = answer.content.decode(), answer.context["review"].questions
        shown = self.rules.shown_at(moment)
        result = Result.objects.get(attempt=self.attempt, successor=None)
        assert (result.points, result.max_score) == tuple(map(sum, zip(*points.values(), strict=True)))
        assert [[one.answer, one.text] for one in questions] == [one.is_given(one.values[-1]) for one in self.asked]
        assert judged_on(page) == {one.position: self.judged(one, points, shown) for one in self.asked}
        assert explained_on(page) == {one.position: explains(one, shown) for one in self.asked}
        assert {one.position: tells_what_fits(one) for one in questions} == {
            one.position: one.type.asks and Reveal.RIGHT_ANSWER in shown for one in self.asked
        }
        assert (answer.context["points"] != "") == (Reveal.SCORE in shown)
        assert ("Points by part" in page) == bool(self.set.part and Reveal.SCORE in shown)
        assert ("Not shown now:" in page) == (shown < frozenset(Reveal))
        return page

    def judged(self, one: Asked, points: Points, shown: frozenset[str]) -> str:
        """By the key she met, whatever was mended since; what a person may mark by its points."""
        earned, most = points[one.position]
        if not most:
            return ""
        fits = earned == most if one.type.is_marked else one.is_right
        words = ["This fits." if fits else "This does not fit."] if Reveal.CORRECTNESS in shown else []
        return " ".join([*words, *([points_of(earned, most)] if Reveal.SCORE in shown else [])])

    def score_anew(self, *, is_right: bool, points: Points, at: datetime) -> Points:
        """Those answered rightly, or wrongly: by a mended key where the type has one, else all of it to everybody."""
        found, earns = dict(points), self.set.earns
        for one in self.asked:
            version, has_key = one.place.item_version, one.type.kind in MENDED
            if one.is_plain or one.is_right != is_right or (is_right and not has_key):
                continue
            if not one.type.asks:
                with pytest.raises(BankRefused, match="Nothing can be earned"):
                    plan(version, Way.FULL)
                continue
            way, faulty = (Way.BY_KEY, mended_example(version)) if has_key else (Way.FULL, version)
            seen = plan(faulty, way).fingerprint
            assert regrade(faulty, way, seen=seen, reason=WHY, by=self.cast.dev, at=at) == [self.attempt], one
            most = points[one.position][1]
            found[one.position] = ((earns.lost if is_right else earns.won) if has_key else most, most)
        return found


def sections_of(page: str) -> dict[int, str]:
    """By the number of a question, the page from its heading to the next question."""
    parts = [part.partition('"') for part in page.split('<section class="item" aria-labelledby="q')[1:]]
    return {int(number): rest for number, _quote, rest in parts}


def judged_on(page: str) -> dict[int, str]:
    """Whether each answer fits and what it earned, as the page says below it."""
    found = {number: re.findall(r'<p class="judged">([^<]*)', rest) for number, rest in sections_of(page).items()}
    return {number: " ".join(words) for number, words in found.items()}


def explained_on(page: str) -> dict[int, bool]:
    return {number: "zqbecause" in rest for number, rest in sections_of(page).items()}


def explains(one: Asked, shown: frozenset[str]) -> bool:
    """What a text is marked by comes with its mark; the model answer of one that nobody marked with what fits."""
    if one.type.is_marked:
        return Reveal.RIGHT_ANSWER in shown or (one.is_right and Reveal.COMMENT in shown)
    return one.type.asks and not one.is_plain and Reveal.EXPLANATION in shown


def tells_what_fits(question: Question) -> bool:
    known = [one.is_answer is not None for one in question.choices]
    known += [bool(one.answer or one.note) for one in question.parts]
    known += [option.is_answer is not None for part in question.parts for option in part.options]
    return any(known) or bool(question.model)


def told_when(name: str) -> Any:
    """`make check` tells the stories of three sets that hold most of the others' rules between them."""
    return pytest.param(name, marks=() if name in QUICK else pytest.mark.lengthy)


@pytest.mark.parametrize("name", [told_when(name) for name in RULE_SETS])
def test_every_type_holds_from_start_to_what_was_scored_anew_under(name: str) -> None:
    story = Story(RULE_SETS[name])
    with time_machine.travel(NOON, tick=False) as clock:
        story.read_the_rules_and_begin()
        story.save_the_first_and_leave()
        clock.move_to(NOON + 10 * MINUTE)
        story.come_back_on_another_device()
        story.answer_everything()
        story.look_all_over()
        story.hand_in(clock)
        story.be_marked(NOON + 40 * MINUTE)

        points = story.points()
        clock.move_to(NOON + 50 * MINUTE)
        story.read(Moment.JUST_AFTER, points)
        clock.move_to(NOON + 150 * MINUTE)
        story.read(Moment.WHILE_OPEN, points)
        clock.move_to(CLOSED)
        story.take_a_device()
        assert "Not passed yet" in story.read(Moment.AFTER_CLOSE, points)

        points = story.score_anew(is_right=False, points=points, at=CLOSED)
        won = story.read(Moment.AFTER_CLOSE, points)
        points = story.score_anew(is_right=True, points=points, at=CLOSED)
        lost = story.read(Moment.AFTER_CLOSE, points)

    assert ("You passed" in won, won.count(WHY)) == (True, len(MENDED) + 1)
    assert ("Your pass stands" in lost, lost.count(WHY)) == (True, 2 * len(MENDED) + 1)
