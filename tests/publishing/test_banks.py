"""The banks at the desk: lists, an item, its form, questions typed as text, many at once, scoring anew."""

import re
from time import process_time
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from assessments.bank import newest_of
from assessments.items import TYPES
from assessments.models import Attempt, Item
from courses.models import LearningOutcome
from post.models import Message
from tests.assessments.examples import example_item
from tests.assessments.test_regrading import mended, met_at, sat
from tests.factories import TaughtCourse, people, person, taught_course
from tests.publishing.lessons import publisher, said, signed_in

pytestmark = pytest.mark.django_db
WHY = "This looks back from an ending that nobody in the room had at that time"
OTHER = "This asks what the people who were there could see, want and do on that day"


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def desk() -> Client:
    return signed_in(publisher(people().dev))


@pytest.fixture
def second() -> Client:
    return signed_in(publisher(person("Mali Vance")))


def form(taught: TaughtCourse, **more: str) -> dict[str, Any]:
    return {
        "kind": "single_choice", "outcome": str(taught.outcomes[0].pk), "points": "1", "rows": "4", "act": "save",
        "prompt-en": "What is new <b>here</b>?", "key": "1",
        "text-en-1": "The shift", "explanation-en-1": WHY, "text-en-2": "The people", "explanation-en-2": OTHER, **more,
    }  # fmt: skip


def at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def written(desk: Client, taught: TaughtCourse, **more: str) -> Item:
    desk.post(at("bank_write", taught.bank.key), form(taught, **more))
    return Item.objects.latest("pk")


def test_banks_say_whether_their_answers_are_public(desk: Client, taught: TaughtCourse) -> None:
    private = said(desk.get(at("bank_list")))
    type(taught.bank).objects.update(is_open=True)
    public = said(desk.get(at("bank", taught.bank.key)))

    assert "Private bank: keep its answers to the desk" in private
    assert "Open practice bank: its answers are public" in public
    assert "Question banks" in said(desk.get("/admin/"))


def test_who_may_not_keep_banks_meets_none_of_it(taught: TaughtCourse) -> None:
    guest = person("Guest")
    guest.groups.add(Group.objects.get(name="Editors in chief"))
    client = signed_in(guest)
    item = taught.bank.items.first()

    answers = [
        client.get(one)
        for one in (
            at("bank_list"), at("bank", taught.bank.key), at("bank_item", item.uuid), at("bank_item_write", item.uuid),
            at("bank_item_compare", item.uuid), at("bank_item_regrade", item.uuid), at("bank_type", taught.bank.key),
            at("bank_write", taught.bank.key), at("quiz_draws", taught.assessment.uuid),
        )
    ]  # fmt: skip

    assert {answer.status_code for answer in answers} == {302}
    assert "Question banks" not in said(client.get("/admin/"))


def test_an_editor_who_may_not_publish_keeps_banks_but_scores_nothing_anew(taught: TaughtCourse) -> None:
    attempt = sat(taught, person("Amina"), right=5)
    item = met_at(attempt, 8).item
    editor = person("Ed")
    editor.groups.add(Group.objects.get(name="Editors"))
    client = signed_in(editor)

    shown = said(client.get(at("bank_item", item.uuid)))
    answer = client.post(at("bank_item_regrade", item.uuid), {"version": "1", "way": "full", "reason": "x"})

    assert "Write a new version" in shown
    assert "Score it anew" not in shown
    assert answer.status_code == 302
    assert attempt.results.count() == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 3), ("q=Findable", 1), ("state=draft", 1), ("state=live", 2), ("kind=ordering", 0), ("checked=yes", 0),
     ("checked=no", 3), ("outcome={outcome}", 1), ("tag={tag}", 1), ("state=nonsense", 3)],
)  # fmt: skip
def test_a_bank_is_searched_and_filtered(desk: Client, taught: TaughtCourse, query: str, count: int) -> None:
    taught.bank.items.exclude(pk__in=taught.bank.items.order_by("pk")[:2].values("pk")).update(
        bank=type(taught.bank).objects.create(key="elsewhere", course=taught.course)
    )
    item = written(desk, taught, **{"prompt-en": "Findable?", "outcome": str(taught.outcomes[2].pk)})
    desk.post(at("bank", taught.bank.key), {"act": "tag", "words": "night", "item": str(item.uuid)})
    values = {"outcome": taught.outcomes[2].pk, "tag": item.tags.get().pk}

    page = said(desk.get(at("bank", taught.bank.key) + "?" + query.format(**values)))

    assert len(re.findall('name="item"', page)) == count


def test_many_are_tagged_moved_and_retired_at_once_and_what_is_wrong_is_said(
    desk: Client, taught: TaughtCourse
) -> None:
    address = at("bank", taught.bank.key)
    ticked = [str(one.uuid) for one in taught.bank.items.order_by("pk")[:2]]

    desk.post(address, {"act": "move", "words": "Stories", "item": ticked})
    none = desk.post(address, {"act": "retire", "words": "Old.", "item": []})
    without = desk.post(address, {"act": "retire", "words": "", "item": ticked})
    bad = desk.post(address, {"act": "retire", "words": "Old.", "item": ["no-uuid"]})
    desk.post(address, {"act": "retire", "words": "Old.", "item": ticked})

    assert (none.status_code, without.status_code, bad.status_code) == (422, 422, 422)
    assert "Tick the questions first." in said(none)
    assert "Say why they are retired." in said(without)
    assert said(without).count('" checked>') == 2
    found = Item.objects.filter(uuid__in=ticked)
    assert {(one.category.name, bool(one.retired_at), one.acts.get().reason) for one in found} == {
        ("Stories", True, "Old.")
    }
    assert Item.objects.filter(retired_at__isnull=False).count() == 2


def test_an_item_is_written_reviewed_by_somebody_else_and_made_live(
    desk: Client, second: Client, taught: TaughtCourse
) -> None:
    item = written(desk, taught)
    address = at("bank_item", item.uuid)

    mine, own = said(desk.get(address)), desk.post(address, {"act": "review", "version": "1"})
    early = second.post(address, {"act": "live", "version": "1"})
    second.post(address, {"act": "review", "version": "1"})
    second.post(address, {"act": "live", "version": "1"})

    assert "Somebody else reviews what you wrote" in mine
    assert (own.status_code, early.status_code) == (422, 422)
    item.refresh_from_db()
    assert (item.current.number, item.current.reviewed_by.name) == (1, "Mali Vance")
    page = desk.get(address).content.decode()
    assert "What is new &lt;b&gt;here&lt;/b&gt;?" in page
    assert WHY in page
    assert "This one fits." in page


def test_what_is_wrong_is_said_beside_its_box_and_everything_typed_is_there(desk: Client, taught: TaughtCourse) -> None:
    count = Item.objects.count()

    answer = desk.post(at("bank_write", taught.bank.key), form(taught, key="", **{"explanation-en-2": ""}))

    page = said(answer)
    assert (answer.status_code, Item.objects.count()) == (422, count)
    assert "Say which option is right." in page
    assert 'id="explanation-en-2-error"' in page
    assert all(words in page for words in ("The shift", "The people", WHY))


@pytest.mark.parametrize("act", ["check", "rows", "welsh"])
def test_other_buttons_save_nothing_and_lose_nothing(desk: Client, taught: TaughtCourse, act: str) -> None:
    count = Item.objects.count()

    page = said(desk.post(at("bank_write", taught.bank.key), form(taught, act=act)))

    assert Item.objects.count() == count
    assert WHY in page
    assert ('name="text-en-6"' in page) == (act == "rows")
    assert ('name="prompt-cy"' in page) == (act == "welsh")


def test_checks_answer_the_script_with_what_they_find(desk: Client, taught: TaughtCourse) -> None:
    data = form(taught, **{"text-en-1": "The shift that had nobody to hand over to"})

    page = said(desk.post(at("bank_check", taught.bank.key), data))

    assert "What is right is the longest" in page
    assert "<html" not in page


def test_a_new_version_keeps_identifiers_and_the_old_one_and_says_why(desk: Client, taught: TaughtCourse) -> None:
    item = written(desk, taught)
    address = at("bank_item_write", item.uuid)
    shown = said(desk.get(address))
    kept = {"id-1": "b", "text-en-1": "The people", "explanation-en-1": OTHER, "key": "2"}
    data = form(taught, seen="1", **kept, **{"text-en-2": "The plan", "explanation-en-2": WHY, "id-2": "zz"})

    without = desk.post(address, data)
    desk.post(address, {**data, "note": "The shift was unclear."})
    stale = desk.post(address, {**data, "note": "Again.", "prompt-en": "Another?"})

    assert 'name="id-1" value="a"' in shown
    assert (without.status_code, stale.status_code) == (422, 409)
    assert "Another?" in said(stale)
    one, other = item.versions.order_by("number")
    assert (one.structure, one.key) == ({"choices": ["a", "b"]}, {"correct": ["a"]})
    assert (other.structure, other.key) == ({"choices": ["b", "c"]}, {"correct": ["c"]})
    assert (other.change_note, other.written_by.name) == ("The shift was unclear.", one.written_by.name)
    compared = said(desk.get(at("bank_item_compare", item.uuid)))
    assert "The shift was unclear." in compared
    assert "The plan" in compared


def test_welsh_words_stay_when_english_ones_change(desk: Client, taught: TaughtCourse) -> None:
    welsh = {"prompt-cy": "Pam?", "text-cy-1": "Y sifft", "explanation-cy-1": "Achos hyn."}
    welsh |= {"text-cy-2": "Y bobl", "explanation-cy-2": "Achos arall."}
    item = written(desk, taught, **welsh)
    shown = said(desk.get(at("bank_item_write", item.uuid)))

    desk.post(
        at("bank_item_write", item.uuid),
        form(taught, seen="1", note="English.", **{**welsh, "prompt-en": "And why?", "id-1": "a", "id-2": "b"}),
    )

    assert "Y sifft" in shown
    texts = newest_of(item).texts
    assert (texts["en"]["prompt"], texts["cy"]["choices"]["a"]["text"]) == ("And why?", "Y sifft")


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_kind_is_shown_and_its_fields_are_read_again_without_loss(
    desk: Client, taught: TaughtCourse, kind: str
) -> None:
    item = example_item(taught.bank, taught.outcomes[0], kind)
    address = at("bank_item_write", item.uuid)

    page, shown = said(desk.get(at("bank_item", item.uuid))), desk.get(address)

    assert "As it is marked" in page
    assert shown.status_code == 200
    if "typed" in shown.context:
        data = {"outcome": str(taught.outcomes[0].pk), "fields": shown.context["typed"], "note": "Same.", "seen": "1"}
        answer = desk.post(address, data)
        newest = newest_of(item)
        assert (answer.status_code, newest.number) == (302, 2)
        old = item.versions.get(number=1)
        assert (newest.structure, newest.key, newest.texts) == (old.structure, old.key, old.texts)
        assert newest.max_score == old.max_score


def test_what_has_no_box_stays_and_has_a_field(desk: Client, taught: TaughtCourse) -> None:
    item = written(desk, taught)
    fields = desk.get(at("bank_item_write", item.uuid) + "?as=fields").context["typed"]
    told = {"outcome": str(taught.outcomes[0].pk), "note": "A notice.", "seen": "1"}
    desk.post(
        at("bank_item_write", item.uuid) + "?as=fields",
        {**told, "fields": "content_notice: 1\n" + fields.replace("  prompt:", "  background: Read this.\n  prompt:")},
    )

    desk.post(at("bank_item_write", item.uuid), form(taught, seen="2", note="Words.", **{"prompt-en": "Now?"}))

    newest = newest_of(item)
    assert (newest.number, newest.texts["en"]["prompt"]) == (3, "Now?")
    assert newest.structure["content_notice"] == 1
    assert "Read this." in newest.texts["en"]["background"]


def test_faulty_fields_are_said_by_their_line(desk: Client, taught: TaughtCourse) -> None:
    typed = "en:\n  prompt: Put in order.\n  choices: 3\n"
    data = {"outcome": str(taught.outcomes[0].pk), "fields": typed, "act": "save"}

    answer = desk.post(at("bank_write", taught.bank.key) + "?kind=ordering", data)

    assert answer.status_code == 422
    assert "Line 3:" in said(answer)
    assert "Put in order." in said(answer)


def test_fields_too_long_to_be_a_question_are_refused_in_words_and_not_read(desk: Client, taught: TaughtCourse) -> None:
    typed = "max_score: 1" + ":59" * 100_000
    data = {"outcome": str(taught.outcomes[0].pk), "fields": typed, "act": "save"}
    started = process_time()

    answer = desk.post(at("bank_write", taught.bank.key) + "?kind=ordering", data)

    assert process_time() - started < 2
    assert (answer.status_code, "longer than 100,000 characters" in said(answer)) == (422, True)
    assert typed in said(answer)


TYPED = f"""LO1.1

First typed?
* Yes
> {WHY}
No
> {OTHER}

Second typed?
* One
> {WHY}
* Two
> {OTHER}
Three
> {OTHER} too
"""


def test_typed_questions_are_shown_first_and_saved_all_as_drafts(desk: Client, taught: TaughtCourse) -> None:
    address, count = at("bank_type", taught.bank.key), Item.objects.count()

    looked = said(desk.post(address, {"typed": TYPED, "act": "look"}))
    between = Item.objects.count()
    answer = desk.post(address, {"typed": TYPED, "act": "save"})

    assert "2 questions, as they would be" in looked
    assert (between, answer.status_code, Item.objects.count()) == (count, 302, count + 2)
    made = [newest_of(one) for one in Item.objects.order_by("pk")[count:]]
    assert [(one.kind, one.learning_outcome.code, one.item.current) for one in made] == [
        ("single_choice", "LO1.1", None),
        ("multiple_response", "LO1.1", None),
    ]


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (TYPED.replace("* Yes", "Yes"), "Line 3: Say which option is right."),
        (TYPED.replace("LO1.1", "LO9.9"), "LO9.9 is no learning outcome of this course."),
        ("", "There is no question here yet."),
        ("Q?\n" * 2 + "\n" + TYPED * 101, "At most 200 questions go in at once."),
    ],
    ids=["no key", "outcome", "empty", "too many"],
)
def test_one_fault_and_nothing_is_saved_and_nothing_typed_is_lost(
    desk: Client, taught: TaughtCourse, spoilt: str, words: str
) -> None:
    count = Item.objects.count()

    answer = desk.post(at("bank_type", taught.bank.key), {"typed": spoilt, "act": "save"})

    page = " ".join(re.sub("<[^>]*>", "", said(answer)).split())
    assert (answer.status_code, Item.objects.count()) == (422, count)
    assert words in page
    assert answer.context["typed"] == spoilt


def test_a_faulty_item_is_shown_then_scored_anew_and_the_learner_told(
    desk: Client, taught: TaughtCourse, client: Client
) -> None:
    attempt = sat(taught, person("Amina"), right=5)
    item = mended(met_at(attempt, 8)).item
    address = at("bank_item_regrade", item.uuid)

    looked = desk.get(address, {"version": "1", "way": "by_key"})
    seen = looked.context["planned"].fingerprint
    unsaid = desk.post(address, {"version": "1", "way": "by_key", "seen": seen, "reason": ""})
    stale = desk.post(address, {"version": "1", "way": "by_key", "seen": "x", "reason": "The key was wrong."})
    before = attempt.results.count()
    done = desk.post(address, {"version": "1", "way": "by_key", "seen": seen, "reason": "The key was wrong."})

    assert "passes now" in said(looked)
    assert "Amina" not in said(looked)
    assert (unsaid.status_code, stale.status_code, before, done.status_code) == (409, 409, 1, 302)
    assert Attempt.objects.get().result.passed
    letter = Message.objects.get(kind="regraded")
    assert (letter.person, "6" in letter.text.replace(str(attempt.uuid), "")) == (attempt.learner, False)
    assert "stays passed" in letter.text
    assert "The key was wrong." in said(desk.get(at("bank_item", item.uuid)))
    client.force_login(attempt.learner)


def test_an_item_nobody_met_or_that_is_not_there_is_not_scored_anew(desk: Client, taught: TaughtCourse) -> None:
    item = taught.bank.items.first()

    answers = [desk.get(at("bank_item_regrade", item.uuid)), desk.get(at("bank", "not-there"))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert LearningOutcome.objects.exists()
