"""Files that cannot be a list are refused with a sentence, soon, in little memory, and nothing is written."""

import tracemalloc
from time import process_time

import pytest

from enrolments.lists.reading import read_list
from enrolments.lists.refusals import ListRefused
from enrolments.models import EnrolmentList
from tests.enrolments.lists.broken_files import BROKEN_FILES, GOOD_XLSX, Broken
from tests.enrolments.lists.sending import booker, sent

HEAVY = [one for one in BROKEN_FILES if any(word in one.what for word in ("bomb", "entit", "MB"))]


@pytest.mark.parametrize("broken", BROKEN_FILES, ids=lambda broken: broken.what)
def test_broken_file_is_refused_with_its_sentence_within_two_seconds(broken: Broken) -> None:
    started_at = process_time()

    with pytest.raises(ListRefused) as refused:
        read_list(broken.content, broken.name)

    assert broken.words in str(refused.value)
    assert process_time() - started_at < 2


@pytest.mark.parametrize("broken", HEAVY, ids=lambda broken: broken.what)
def test_broken_file_is_refused_in_less_than_50_megabytes(broken: Broken) -> None:
    tracemalloc.start()

    with pytest.raises(ListRefused):
        read_list(broken.content, broken.name)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


@pytest.mark.django_db
def test_no_broken_file_leaves_anything_behind() -> None:
    larchmere = booker()

    for broken in BROKEN_FILES:
        with pytest.raises(ListRefused):
            sent(larchmere, broken.content, broken.name)

    assert not EnrolmentList.objects.exists()


def test_there_are_forty_broken_files_and_the_good_one_they_were_made_from_is_read() -> None:
    rows = read_list(GOOD_XLSX, "list.xlsx").rows

    assert len(BROKEN_FILES) >= 40
    assert [row["email"] for row in rows] == ["ada@larchmere.example"]
