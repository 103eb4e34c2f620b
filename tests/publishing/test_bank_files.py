"""What files say of a bank: category, tags and state, there and back; a private bank from outside the repository."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from assessments.bank import make_live, move, newest_of, retire, review, tag, write_version
from assessments.models import Item, ItemBank
from assessments.models import ItemVersion as Version
from publishing.desk.bank.item_forms import Written
from publishing.exporter import exported_course
from publishing.faults import BadContent
from publishing.loader import Verdict, load
from tests.factories import NOON, people, person
from tests.publishing.parcel import ITEM, ITEM_UUID, QUIZ, SECOND_ITEM, parcel

pytestmark = pytest.mark.django_db
SHELF = "state: retired\ncategory: Two stories\ntags: [law, night]\n"


def said(item: Item) -> tuple[str, list[str], bool]:
    category = item.category.name if item.category else ""
    return category, sorted(one.name for one in item.tags.all()), bool(item.retired_at)


def test_category_tags_and_state_go_there_and_back() -> None:
    texts = parcel()
    texts[QUIZ] = texts[QUIZ].replace("LO1.1: 2", "LO1.1: 1")
    texts[ITEM] = SHELF + texts[ITEM]

    load(texts)
    item = Item.objects.get(uuid=ITEM_UUID)
    written = exported_course("small").texts
    again = load(texts)

    assert said(item) == ("Two stories", ["law", "night"], True)
    assert all(line in written[ITEM] for line in ("state: retired", "category: Two stories", "tags: [law, night]"))
    assert not any(name in written[SECOND_ITEM] for name in ("state:", "category:", "tags:"))
    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}
    assert load(written) is not None
    assert said(Item.objects.get(uuid=ITEM_UUID)) == ("Two stories", ["law", "night"], True)


def test_a_draft_of_a_file_is_not_live_and_goes_out_as_a_draft() -> None:
    texts = parcel()
    texts[QUIZ] = texts[QUIZ].replace("LO1.1: 2", "LO1.1: 1")
    texts[ITEM] = "state: draft\n" + texts[ITEM]

    load(texts)
    draft = Item.objects.get(uuid=ITEM_UUID)
    written = exported_course("small").texts[ITEM]
    load({**texts, ITEM: texts[ITEM].replace("state: draft\n", "")})
    draft_then = draft.current
    draft.refresh_from_db()

    assert (draft_then, "state: draft" in written) == (None, True)
    assert (draft.current, draft.versions.count()) == (draft.versions.get(), 1)


def test_what_a_draft_or_a_retired_question_could_fill_is_not_counted() -> None:
    texts = parcel()
    texts[QUIZ] = texts[QUIZ].replace("LO1.1: 1", "LO1.1: 2")
    texts[ITEM] = "state: draft\n" + texts[ITEM]

    with pytest.raises(BadContent, match=r"draws 2 questions on LO1\.1, and the bank holds 1"):
        load(texts)

    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("state: live", "“live” is not a state that is written"), ("tags: [' ']", "“tags” must hold words of at most 60")],
)
def test_a_state_or_tag_that_is_none_is_refused_by_its_line(line: str, sentence: str) -> None:
    texts = parcel()
    texts[ITEM] = f"{line}\n{texts[ITEM]}"

    with pytest.raises(BadContent, match=sentence) as bad:
        load(texts)

    assert bad.value.faults[0].line == 1


def test_what_was_sorted_at_the_desk_is_exported_and_left_alone_by_the_loader() -> None:
    texts = parcel()
    load(texts)
    item, dev, mali = Item.objects.get(uuid=ITEM_UUID), people().dev, person("Mali Vance")
    move([item], "Stories")
    tag([item], "night")
    old = item.current
    assert old is not None
    worded = {**old.texts, "en": {**old.texts["en"], "prompt": "Worded anew?"}}
    new = Written(old.kind, old.learning_outcome, old.structure, old.key, old.max_score, worded)
    write_version(item, new, seen=1, note="Clearer.", by=dev, at=NOON)

    with_draft = exported_course("small")
    again = load(texts)
    make_live(review(newest_of(item), by=mali, at=NOON), by=mali, at=NOON)
    live = exported_course("small").texts[ITEM]
    retire([item], reason="Old.", by=dev, at=NOON)

    assert with_draft.notes.left_out == ["Newer drafts of live questions: 1."]
    assert "Worded anew?" not in with_draft.texts[ITEM]
    assert [thing.path for verdict, thing in again.lines if verdict != Verdict.UNCHANGED] == [ITEM]
    assert "Worded anew?" in live
    assert "state: retired" in exported_course("small").texts[ITEM]
    assert list(newest_of(item).sources.all()) == list(old.sources.all())
    assert Version.objects.filter(item=item).count() == 2


def test_a_private_bank_is_loaded_from_outside_and_its_keys_go_out_with_a_warning_only(tmp_path: Path) -> None:
    texts = parcel()
    texts[QUIZ] = texts[QUIZ].replace("open: true", "open: false")
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    told = StringIO()

    call_command("load_content", str(tmp_path), stdout=told)
    exported = exported_course("small")

    bank = ItemBank.objects.get()
    assert (bank.is_open, bank.items.exclude(current=None).count()) == (False, 2)
    assert any(f"the keys of the private bank “{bank.key}”" in one for one in exported.notes.warned)
    assert "open: false" in exported.texts[QUIZ]
    assert "The first." not in told.getvalue()
