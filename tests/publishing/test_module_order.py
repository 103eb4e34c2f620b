"""`after` in a module's file: which module has to be done before it."""

import pytest

from courses.models import Module
from publishing.exporter import exported_course
from publishing.faults import BadContent
from publishing.loader import load
from publishing.models import LoadedFile
from tests.publishing.parcel import LESSON, LESSON_UUID, MODULE, parcel

pytestmark = pytest.mark.django_db
LATER = "courses/small/m10/module.md"
_UUID = "00000000-0000-4000-8000-0000000000b"


def with_later(after: str) -> dict[str, str]:
    """The small course with a module 10 that has to wait for another."""
    texts = parcel()
    old = next(line for line in texts[MODULE].splitlines() if line.startswith("uuid: "))
    text = texts[MODULE].replace(old, f"uuid: {_UUID}1").replace("number: 1\n", f"number: 10\nafter: {after}\n")
    head, _outcomes, body = text.partition("outcomes:")
    outcomes = "outcomes:\n- {code: LO10.1, uuid: 00000000-0000-4000-8000-0000000000b2, en: Can wait.}\n---\n\nWords.\n"
    slugs = [line for line in head.splitlines() if line.startswith("slug: ")]
    assert body
    return {**texts, LATER: head.replace(slugs[0], "slug: later") + outcomes}


def test_module_waits_for_another_and_the_export_says_so() -> None:
    load(with_later("1"))

    later = Module.objects.get(number=10)
    assert later.after == Module.objects.get(number=1)
    again = exported_course("small").texts
    assert ("\nafter: 1\n" in again[LATER], "after:" in again[MODULE]) == (True, False)
    assert {verdict.value for verdict, _thing in load(again).lines} == {"unchanged"}


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ("10", "“after” must be the number of an earlier module."),
        ("7", "“after” names module 7, which is neither in the package nor on the site."),
        ("soon", "“after” must be a whole number from 0 to 99."),
    ],
)
def test_module_that_waits_for_none_that_could_be_done_is_refused(after: str, sentence: str) -> None:
    with pytest.raises(BadContent) as refused:
        load(with_later(after))

    assert sentence in str(refused.value)
    assert (Module.objects.count(), LoadedFile.objects.count()) == (0, 0)


def test_module_whose_number_is_longer_is_written_after_the_one_it_waits_for() -> None:
    texts = with_later("2")
    second = texts[LATER].replace("number: 10\nafter: 2\n", "number: 2\n").replace("slug: later", "slug: second")
    second = second.replace(f"{_UUID}1", f"{_UUID}3").replace(f"{_UUID}2", f"{_UUID}4").replace("LO10.1", "LO2.1")

    load({**texts, "courses/small/m2/module.md": second})

    after = Module.objects.get(number=10).after
    assert (after and after.number, LESSON in texts, LESSON_UUID in texts[LESSON]) == (2, True, True)
