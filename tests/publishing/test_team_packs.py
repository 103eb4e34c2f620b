"""Team packs in the files of briefings: read as they stand, and refused by name and line."""

import pytest

from briefings.models import BriefingPage
from publishing.faults import BadContent
from publishing.loader import Verdict, load
from tests.briefings.samples import BRIEFING, TEAM_PACK
from tests.publishing.parcel import loaded
from tests.publishing.test_briefing_files import shelf, with_

pytestmark = pytest.mark.django_db


def test_pack_comes_with_its_briefing_and_loading_again_changes_nothing() -> None:
    loaded(shelf())

    page = BriefingPage.objects.get(briefing__number=91)

    assert [step["minutes"] for step in page.team_agenda] == [5, 10, 5]
    assert page.team_agenda[0]["what"] == "Read the key messages aloud."
    assert page.team_questions == ["What did the last shift know?", "What makes it easy to tell?", "Who could ask?"]
    assert {verdict for verdict, _thing in load(shelf()).lines} == {Verdict.UNCHANGED}


def test_pack_taken_out_of_the_file_goes() -> None:
    loaded(shelf())

    report = load(with_(BRIEFING, TEAM_PACK, ""))

    assert [thing.path for thing in report.of(Verdict.UPDATE)] == [BRIEFING]
    assert not BriefingPage.objects.get(briefing__number=91).has_team_pack


def test_pack_an_editor_changed_is_left_alone() -> None:
    loaded(shelf())
    page = BriefingPage.objects.get(briefing__number=91)
    page.team_questions = [*page.team_questions[:2], "Another?"]
    page.save_revision().publish()

    report = load(shelf())

    assert BRIEFING not in [thing.path for thing in report.of(Verdict.UNCHANGED)]
    page.refresh_from_db()
    assert page.team_questions[2] == "Another?"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("minutes: 10", "minutes: 11", "The minutes of the agenda come to 21, and the meeting has 20."),
        ("minutes: 10", "minutes: ten", "“minutes” must be a whole number from 1 to 20."),
        ("    - Who could ask?\n", "", "A team pack has exactly three questions, and this one 2."),
        ("  questions:", "  colour: red\n  questions:", "“colour” is not a field of this kind of file."),
        ("minutes: 10\n", "minutes: 10\n      who: All\n", "“who” is not a field of this kind of file."),
        ("team_pack:\n", "team_pack: none\nold_pack:\n", "“team_pack” is missing or has nothing under it."),
    ],
)
def test_pack_that_is_not_whole_is_refused_with_its_line(old: str, new: str, sentence: str) -> None:
    texts = with_(BRIEFING, old, new)

    with pytest.raises(BadContent) as refused:
        load(texts)

    faults = [fault for fault in refused.value.faults if fault.sentence == sentence]
    assert [(fault.path, fault.line > 10) for fault in faults[:1]] == [(BRIEFING, True)]
