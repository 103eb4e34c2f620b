"""Two versions of a page side by side, block by block: Wagtail's comparison with every block we have."""

import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from courses.blocks import LessonBody
from courses.models import LessonPage
from media.models import SiteImage
from tests.factories import MESSAGES, briefing_page, legal_statement, people, source, taught_course, term
from tests.factories.films import film_page
from tests.publishing.lessons import publisher, said, signed_in
from tests.publishing.test_film_files import picture
from tests.publishing.test_reading import screen

pytestmark = pytest.mark.django_db
OLD, NEW = "garden", "harbour"
BLOCKS: dict[str, Any] = {
    "section": {"heading": "The {}", "key": "start"},
    "text": "<p>Two staff were on.</p><p>The <b>{}</b> was full.</p>",
    "key_point": {"text": "<p>Ask the {}.</p>", "icon": "eye"},
    "quotation": {"text": "<p>I saw the {}.</p>", "speaker": "A youth worker"},
    "legal_statement": {"key": "{}-law"},
    "picture": {"image": "{}", "alt": "The {}, empty.", "caption": "At night"},
    "embedded_film": {
        "title": "The {}",
        "address": "https://vimeo.com/76979871",
        "transcript": "0:05 Narrator: Who is missing?",
    },
    "term": {"key": "{}-term"},
    "table": {
        "table": {
            "caption": "Who knew what",
            "columns": [{"type": "words", "heading": "Who"}, {"type": "words", "heading": "Knew"}],
            "rows": [{"values": ["The worker", "The {}"]}],
        },
        "has_row_names": True,
    },
    "drawn_list": {
        "points": [
            {"icon": "eye", "heading": "What was seen", "words": "The {}."},
            {"icon": "loop", "heading": "What comes again", "words": "Would the next worker meet it?"},
        ]
    },
    "sort_into_two": {
        "task": "Which story?",
        "first": "Looking back",
        "second": "Standing there",
        "statements": [
            {"words": "The {} was missed.", "belongs": "first", "why": "It looks back."},
            {"words": "The log was read.", "belongs": "second", "why": "It says what stood there."},
        ],
    },
    "mark_the_words": {
        "task": "Mark the words.",
        "passage": "The plan was made that night.",
        "phrases": [
            {"words": "made", "is_marked": True, "why": "It was, in the {}."},
            {"words": "that night", "is_marked": False, "why": "When."},
        ],
    },
    "rewrite_and_compare": {
        "task": "Write it otherwise.",
        "original": "Why?",
        "ours": "What was the plan?",
        "checks": ["Is it open?", "Is it the {}?"],
    },
    "rate_reveal_rate": {"decision": "A {}.", "question": "Was it right?", "ending": "Well.", "meaning": "New."},
    "reflection": {"question": "When did you last see a {}?", "hint": "Use no names."},
}


def filled(value: Any, word: str, pictures: dict[str, int]) -> Any:
    if isinstance(value, dict):
        return {name: pictures[word] if name == "image" else filled(one, word, pictures) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, word, pictures) for one in value]
    return value.replace("{}", word) if isinstance(value, str) else value


@pytest.fixture
def pictures() -> dict[str, int]:
    """By their word; the terms and statements of the same words are made, too."""
    made = {}
    for word in (OLD, NEW):
        term(f"{word}-term", en=f"A {word}")
        legal_statement(f"{word}-law", texts={"en": f"The law of the {word}."})
        file = ContentFile(picture(), f"{word}.png")
        made[word] = SiteImage.objects.create(title=f"The {word}", file=file, width=64, height=36).pk
    return made


def body(word: str, pictures: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"type": kind, "id": str(uuid5(NAMESPACE_URL, kind)), "value": filled(value, word, pictures)}
        for kind, value in BLOCKS.items()
    ]


def version(page: Page, **fields: Any) -> Revision:
    """A version as the loader makes one: the items of a list have no identifiers of their own."""
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision()


@pytest.fixture
def desk() -> Client:
    return signed_in(publisher(people().dev))


def side_by_side(desk: Client, page: Page, before: Revision, after: Revision) -> str:
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, before.pk, after.pk])
    answer = desk.get(address)
    assert answer.status_code == 200
    return said(answer).partition("<tbody>")[2].partition("</tbody>")[0]


def compared(desk: Client, page: Page, before: Revision, after: Revision) -> list[str]:
    """What the screen shows of each block that stands in the one or the other."""
    return blocks_in(side_by_side(desk, page, before, after))


def blocks_in(html: str) -> list[str]:
    """The outermost comparisons, those of one list inside another left where they stand."""
    found, depth = [], 0
    for tag in re.finditer(r"<div class=\"comparison__child-object[^>]*>|<div[^>]*>|</div>", html):
        if depth == 0 and "comparison__child-object" in tag.group():
            found.append(tag.start())
        if depth or "comparison__child-object" in tag.group():
            depth += -1 if tag.group() == "</div>" else 1
    return [html[start:end] for start, end in zip(found, [*found[1:], len(html)], strict=True)]


def marked(html: str, how: str) -> str:
    """The words shown as gone or as new."""
    return " ".join(re.findall(rf"<span class=\"{how}\">(.*?)</span>", html, re.DOTALL))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_every_block_that_may_stand_in_a_lesson_is_compared_here() -> None:
    assert set(BLOCKS) == set(LessonBody().child_blocks)


def test_each_block_shows_the_words_that_went_and_the_words_that_came(desk: Client, pictures: dict[str, int]) -> None:
    page = taught_course().lessons[0]
    before, after = (version(page, body=body(word, pictures)) for word in (OLD, NEW))

    shown = dict(zip(BLOCKS, compared(desk, page, before, after), strict=True))

    assert {
        kind: (OLD in marked(html, "deletion"), NEW in marked(html, "addition")) for kind, html in shown.items()
    } == dict.fromkeys(BLOCKS, (True, True))
    assert [
        kind for kind, html in shown.items() if "child-object addition" in html or "child-object deletion" in html
    ] == []
    assert marked(shown["sort_into_two"], "deletion") == OLD
    assert shown["picture"].count("<img") == 2


def test_block_that_was_added_or_taken_out_is_shown_whole_in_words(desk: Client, pictures: dict[str, int]) -> None:
    page = taught_course().lessons[0]
    empty, whole = version(page, body=[]), version(page, body=body(OLD, pictures))

    added, gone = compared(desk, page, empty, whole), compared(desk, page, whole, empty)

    assert ["child-object addition" in one for one in added] == [True] * len(BLOCKS)
    assert ["child-object deletion" in one for one in gone] == [True] * len(BLOCKS)
    assert [words(one) for one in added] == [words(one) for one in gone]
    shown = dict(zip(BLOCKS, map(words, added), strict=True))
    assert {kind: text for kind, text in shown.items() if OLD not in text} == {}
    assert shown["term"] == f"Term A {OLD}"
    assert shown["text"] == "Two staff were on. The garden was full."
    assert "Where we would put it The second Why It says what stood there." in shown["sort_into_two"]
    assert "We would mark them No" in shown["mark_the_words"]
    assert "Who | Knew The worker | The garden" in shown["table"]


@pytest.mark.parametrize(
    ("before", "after", "shows"),
    [
        ('<p>See <a href="/old/">the rota</a>.</p>', '<p>See <a href="/new/">the rota</a>.</p>', "new"),
        ("<p>One. Two.</p>", "<p>One. <b>Two.</b></p>", "The words are the same."),
        ("<p>One. </p><p>Two.</p>", "<p>One. Two.</p>", "The words are the same."),
        ("<ul><li>One.</li></ul>", "<ul><li>One.</li><li>Two.</li></ul>", "• Two."),
    ],
    ids=["link", "bold", "paragraph", "list"],
)
def test_change_of_a_text_that_no_word_tells_is_shown_and_a_second_reader_sees_it(
    desk: Client, before: str, after: str, shows: str
) -> None:
    page = taught_course().lessons[0]
    place = {"type": "text", "id": str(uuid5(NAMESPACE_URL, "text"))}
    first = version(page, body=[{**place, "value": before}])
    first.publish()
    page = LessonPage.objects.get(pk=page.pk)
    second = version(page, body=[{**place, "value": after}])

    shown = compared(desk, page, first, second)
    for_the_reader = said(desk.get(screen(page)))

    assert shows in marked(shown[0], "addition")
    assert shows in marked(for_the_reader, "addition")


def test_item_put_among_others_leaves_the_rest_as_it_was(desk: Client, pictures: dict[str, int]) -> None:
    page = taught_course().lessons[0]
    kind = "rewrite_and_compare"
    place = {"type": kind, "id": str(uuid5(NAMESPACE_URL, kind))}
    before = version(page, body=[{**place, "value": {**BLOCKS[kind], "checks": ["Is it open?", "Is it fair?"]}}])
    asked = ["Is it open?", "Does it know the ending?", "Is it fair?"]
    after = version(page, body=[{**place, "value": {**BLOCKS[kind], "checks": asked}}])

    (shown,) = compared(desk, page, before, after)

    assert [words(one) for one in re.findall(r"child-object addition\">(.*?)</div>", shown)] == [asked[1]]
    assert (shown.count("child-object deletion"), marked(shown, "deletion")) == (0, "")


def test_lead_sources_and_notice_are_compared_with_the_rest(desk: Client) -> None:
    page = taught_course().lessons[0]
    before = version(page, lead="About the garden.", sources=[source("old")])
    after = version(page, lead="About the harbour.", sources=[source("new")], content_topics=["neglect"])

    shown = side_by_side(desk, page, before, after)

    assert (marked(shown, "deletion").count("garden"), marked(shown, "addition").count("harbour")) == (1, 1)
    assert "Work new" in marked(shown, "addition")
    assert "neglect" in marked(shown, "addition")


def test_key_messages_of_a_briefing_are_compared_one_by_one(desk: Client) -> None:
    page = briefing_page(7)
    messages = list(page.key_messages.raw_data)
    before = version(page, key_messages=messages)
    after = version(page, key_messages=[{**messages[0], "value": "Ask why last."}, *messages[1:]])

    shown = compared(desk, page, before, after)

    assert (marked(shown[0], "deletion"), marked(shown[0], "addition")) == ("first.", "last.")
    assert [words(one) for one in shown[1:4]] == MESSAGES[1:]


def test_transcript_and_chapters_of_a_film_are_compared_as_they_are_written(desk: Client) -> None:
    page = film_page()
    said_before = [{"kind": "speech", "at": 2, "speaker": "Narrator", "text": "The file says: no answer."}]
    said_after = [{**said_before[0], "text": "The file says: no reply."}]
    before = version(page, transcript=said_before, chapters=[{"at": 0, "title": "The garden"}])
    after = version(page, transcript=said_after, chapters=[{"at": 0, "title": "The harbour"}])

    shown = side_by_side(desk, page, before, after)

    assert "0:02 Narrator: The file says: no <span" in shown
    assert (marked(shown, "deletion"), marked(shown, "addition")) == ("answer. garden", "reply. harbour")
