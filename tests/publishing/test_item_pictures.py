"""A question with a picture and emphasis: loaded, told apart, taken out again, written at the desk, kept."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission

from assessments.bank import newest_of
from assessments.items import TYPES
from assessments.models import Item
from assessments.models import ItemVersion as Version
from publishing.exporter import CannotExport, export, exported_course
from publishing.faults import BadContent
from publishing.loader import Side, Verdict, load
from reference.models import GlossaryTerm
from tests.assessments.examples import example_item
from tests.factories import TaughtCourse, people, person, taught_course
from tests.publishing.lessons import publisher, said, signed_in
from tests.publishing.parcel import ITEM, ITEM_UUID, parcel
from tests.publishing.test_banks import form
from tests.publishing.test_exporter import another_site, bytes_of, load_from
from tests.publishing.test_film_files import faults_of, picture

pytestmark = pytest.mark.django_db
PROMPT = 'Look at the log.\\n\\n![Three days; the second is empty.](days.png "From the log.")\\n\\nWhat is *new* here?'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The small package with a picture in a question and emphasis in its texts."""
    texts = parcel()
    texts[ITEM] = with_marks(texts[ITEM])
    folder = tmp_path / "package"
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    put(folder, picture())
    return folder


def with_marks(text: str) -> str:
    lines = [f'  prompt: "{_escaped(PROMPT)}"' if line.startswith("  prompt:") else line for line in text.split("\n")]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace('"', '\\"')


def put(folder: Path, content: bytes, name: str = "days.png") -> None:
    (folder / ITEM).parent.with_name(name).write_bytes(content)


def verdict_of(package: Path) -> Verdict:
    return next(verdict for verdict, thing in load_from(package).lines if thing.path == ITEM)


def version() -> Version:
    return newest_of(Item.objects.get(uuid=ITEM_UUID))


def an_image(name: str = "days.png") -> Any:
    file = SimpleUploadedFile(name, picture(), content_type="image/png")
    return get_image_model().objects.create(title="Three days", file=file)


# -- Files ------------------------------------------------------------------------------------------------------------


def test_a_picture_is_loaded_with_its_question_and_a_second_time_changes_nothing(package: Path) -> None:
    load_from(package)

    again = verdict_of(package)

    image = get_image_model().objects.get()
    texts = version().texts["en"]
    assert again == Verdict.UNCHANGED
    assert texts["prompt"] == "Look at the log.\n\nWhat is new here?"
    assert texts["rich"]["prompt"][1]["value"] == {
        "image": image.pk, "alt": "Three days; the second is empty.", "caption": "From the log.",
    }  # fmt: skip
    assert [row.image_id for row in version().pictures.all()] == [image.pk]


def test_another_file_under_the_same_name_makes_a_new_version(package: Path) -> None:
    load_from(package)
    put(package, picture("#aa3311"))

    assert verdict_of(package) == Verdict.UPDATE
    assert (version().number, get_image_model().objects.count()) == (2, 2)


def test_a_picture_goes_out_and_into_another_site_and_says_the_same(package: Path, tmp_path: Path) -> None:
    load_from(package)
    texts = version().texts["en"]

    export("small", tmp_path / "out.zip")
    with another_site():
        load_from(tmp_path / "out.zip")
        export("small", tmp_path / "again.zip")
        there = version().texts["en"]

    assert bytes_of(tmp_path / "out.zip") == bytes_of(tmp_path / "again.zip")
    assert {**there, "rich": None} == {**texts, "rich": None}


def test_a_picture_whose_file_is_lost_hinders_an_export_and_comes_back_with_a_new_version(package: Path) -> None:
    load_from(package)
    lost = get_image_model().objects.get()
    Path(lost.file.path).unlink()

    with pytest.raises(CannotExport) as refused:
        exported_course("small")
    (package / ITEM).write_text((package / ITEM).read_text().replace("Look at the log.", "Look at this log."))
    load_from(package, side=Side.FILE)

    assert refused.value.sentences == [f"{ITEM}: a picture whose file is gone has no form in a content file"]
    assert [row.image_id != lost.pk for row in version().pictures.all()] == [True]
    assert ITEM in exported_course("small").texts


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("other.png", b"", "shows “days.png”, which is neither beside it nor among the files of its module"),
        ("days.png", b"GIF89a", "is not a picture"),
    ],
)
def test_a_picture_that_is_not_there_or_none_is_refused_and_nothing_is_loaded(
    package: Path, name: str, content: bytes, said: str
) -> None:
    (package / ITEM).parent.with_name("days.png").unlink()
    put(package, content, name)

    faults = faults_of(package)

    assert any(said in one for one in faults)
    assert Item.objects.count() == 0


def test_a_missing_picture_is_refused_by_its_line(package: Path) -> None:
    (package / ITEM).parent.with_name("days.png").unlink()
    line = next(at for at, words in enumerate((package / ITEM).read_text().split("\n"), start=1) if "days.png" in words)

    assert faults_of(package)[0].startswith(f"{ITEM}, line {line}: shows “days.png”")


def test_a_question_without_any_of_it_keeps_its_texts_and_its_digest() -> None:
    load(parcel())

    assert "rich" not in version().texts["en"]


def test_an_option_of_a_file_holds_no_link_and_says_so_by_its_line() -> None:
    texts = parcel()
    line = next(at for at, one in enumerate(texts[ITEM].split("\n"), start=1) if one.strip().startswith("text:"))
    lines = texts[ITEM].split("\n")
    lines[line - 1] = lines[line - 1].split("text:")[0] + "text: '[x](https://example.org)'"

    with pytest.raises(BadContent) as refused:
        load({**texts, ITEM: "\n".join(lines)})

    assert [str(one) for one in refused.value.faults] == [
        f"{ITEM}, line {line}: holds a link; what is there to be chosen has none."
    ]


def test_a_link_to_no_term_is_refused_and_the_term_of_another_goes_out_with_its_question() -> None:
    texts = parcel()
    texts[ITEM] = texts[ITEM].replace("  prompt:", "  prompt: What is a [finding](/glossary/finding/)?\n  was:", 1)
    texts[ITEM] = "\n".join(line for line in texts[ITEM].split("\n") if not line.startswith("  was:"))

    with pytest.raises(BadContent) as refused:
        load(texts)
    GlossaryTerm.objects.create(key="finding", terms={"en": "Finding"}, meanings={"en": "What it means."})
    load(texts)

    assert [one.sentence for one in refused.value.faults] == ["links to the glossary's “finding”, which is no term."]
    assert "key: finding" in exported_course("small").texts["reference/glossary.yaml"]


# -- At the desk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def taught() -> TaughtCourse:
    return taught_course()


@pytest.fixture
def desk() -> Client:
    return signed_in(publisher(people().dev))


def test_an_editor_writes_marks_and_a_picture_sees_them_and_finds_them_again(
    desk: Client, taught: TaughtCourse
) -> None:
    image = an_image()
    asks = f"Look.\n\n![Three days.](picture-{image.pk})\n\nWhat is *new*?"
    sent = form(taught, **{"prompt-en": asks, "text-en-1": "The **shift**", "explanation-en-1": WHY})

    desk.post(reverse("bank_write", args=[taught.bank.key]), sent)
    item = Item.objects.latest("pk")
    shown = said(desk.get(reverse("bank_item", args=[item.uuid])))
    again = said(desk.get(reverse("bank_item_write", args=[item.uuid])))

    texts = newest_of(item).texts["en"]
    assert (texts["prompt"], texts["choices"]["a"]["text"]) == ("Look.\n\nWhat is new?", "The shift")
    assert "What is <i>new</i>?</legend>" in shown
    assert 'alt="Three days."' in shown
    assert "The <b>shift</b>" in shown
    assert asks in again
    assert 'value="The **shift**"' in again


WHY = "This looks *back* from an ending that [nobody](/glossary/finding/) in the room had at that time"


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("prompt-en", "What?\n\n![x](picture-999999)", "shows a picture that is not there: “picture-999999”."),
        ("prompt-en", "What?\n\n![x](days.png)", "shows a picture that is not there: “days.png”."),
        ("text-en-1", "[A link](https://a.org)", "holds a link; what is there to be chosen has none."),
        ("explanation-en-1", WHY + " [x](javascript:1)", "links to “javascript:1”"),
    ],
)
def test_what_cannot_stand_in_a_box_is_said_beside_it_and_nothing_is_lost(
    desk: Client, taught: TaughtCourse, box: str, typed: str, sentence: str
) -> None:
    count = Item.objects.count()

    answer = desk.post(reverse("bank_write", args=[taught.bank.key]), form(taught, **{box: typed}))

    page = said(answer)
    assert (answer.status_code, Item.objects.count()) == (422, count)
    assert f'id="{box}-error"' in page
    assert sentence in page
    assert typed in page


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_every_kind_takes_marks_and_a_picture_in_its_fields(desk: Client, taught: TaughtCourse, kind: str) -> None:
    image = an_image()
    item = example_item(taught.bank, taught.outcomes[0], kind)
    here = reverse("bank_item_write", args=[item.uuid]) + "?as=fields"
    fields = _box_of(desk.get(here))
    lines = [
        f"prompt: |\n    Look *here*.\n\n    ![Shows.](picture-{image.pk})\n\n    Now what?"
        if one.strip().startswith("prompt:")
        else one
        for one in fields.split("\n")
    ]
    sent = "\n".join(line if not line.startswith("prompt") else f"  {line}" for line in lines)

    desk.post(
        here, {"fields": sent, "seen": "1", "note": "A picture.", "outcome": taught.outcomes[0].pk, "act": "save"}
    )
    shown, tried = said(desk.get(reverse("bank_item", args=[item.uuid]))), reverse("bank_item_try", args=[item.uuid])

    assert newest_of(item).number == 2
    assert ("Look <i>here</i>." in shown, 'alt="Shows."' in shown) == (True, True)
    assert 'alt="Shows."' in said(desk.post(tried, {"show": "fitting"}))
    assert f"![Shows.](picture-{image.pk})" in _box_of(desk.get(here))


def _box_of(answer: Any) -> str:
    return said(answer).split('id="fields" name="fields"')[1].split(">", 1)[1].split("</textarea>")[0]


def test_a_question_typed_as_text_has_further_lines_and_a_picture(desk: Client, taught: TaughtCourse) -> None:
    image = an_image()
    typed = (
        f"{taught.outcomes[0].code}\n\nLook *here*.\n|\n| ![Shows.](picture-{image.pk})\n|\n| What is new?\n"
        f"* **The shift** of it\n> {WHY}\n**Nothing** at all\n> {WHY} too"
    )

    desk.post(reverse("bank_type", args=[taught.bank.key]), {"typed": typed, "act": "save"})

    version = newest_of(Item.objects.latest("pk"))
    assert version.key == {"correct": ["a"]}
    assert [one["type"] for one in version.texts["en"]["rich"]["prompt"]] == ["paragraph", "picture", "paragraph"]
    assert [one["text"] for one in version.texts["en"]["choices"].values()] == ["The shift of it", "Nothing at all"]


def test_two_versions_are_compared_as_they_are_written(desk: Client, taught: TaughtCourse) -> None:
    item = taught.bank.items.first()
    sent = form(taught, **{"prompt-en": "What is *new*?", "seen": "1", "note": "Emphasis."})
    desk.post(reverse("bank_item_write", args=[item.uuid]), sent)

    page = said(desk.get(reverse("bank_item_compare", args=[item.uuid])))

    assert "*new*" in page
    assert "› rich" not in page


def test_pictures_are_listed_with_the_line_that_shows_them_and_found_by_their_title(
    desk: Client, taught: TaughtCourse
) -> None:
    image = an_image()
    here = reverse("bank_pictures")

    assert f"![](picture-{image.pk})" in said(desk.get(here, {"q": "three"}))
    assert f"picture-{image.pk})" not in said(desk.get(here, {"q": "nothing"}))
    assert "do not let the name say the answer" in said(desk.get(here))


def test_a_picture_a_question_shows_cannot_be_deleted_and_says_where_it_is_used(package: Path) -> None:
    load_from(package)
    image = get_image_model().objects.get()
    desk = signed_in(publisher(people().dev))

    asked = said(desk.post(reverse("wagtailimages:delete", args=[image.pk]), follow=True))
    used = said(desk.get(reverse("wagtailimages:image_usage", args=[image.pk])))

    assert "is used on a page or in a question and cannot be deleted" in asked
    assert get_image_model().objects.filter(pk=image.pk).exists()
    assert "Look at the log." in used
    assert reverse("bank_item", args=[ITEM_UUID]) in used
    with pytest.raises(ProtectedError):
        image.delete()


# -- A picture of a collection closed to who writes -------------------------------------------------------------------


@pytest.fixture
def closed() -> Any:
    """A picture in a collection whose pictures nobody but a superuser may choose."""
    image = an_image("closed.png")
    GroupCollectionPermission.objects.filter(permission__codename="choose_image").delete()
    open_to = Collection.get_first_root_node().add_child(name="Open")
    closed_to = Collection.get_first_root_node().add_child(name="Closed")
    GroupCollectionPermission.objects.create(
        group=Group.objects.get(name="Moderators"),
        collection=open_to,
        permission=Permission.objects.get(codename="choose_image"),
    )
    image.collection = closed_to
    image.save()
    return image


def asking_with(image: Any) -> str:
    return f"Look.\n\n![Three days.](picture-{image.pk})\n\nWhat is new?"


def test_a_picture_closed_to_an_editor_is_said_not_to_be_there_in_every_box(
    desk: Client, taught: TaughtCourse, closed: Any
) -> None:
    count, asks = Item.objects.count(), asking_with(closed)
    lines = asks.replace("\n", "\n| ")
    fields = "en:\n  prompt: |\n    " + asks.replace("\n", "\n    ") + "\n"
    outcome = str(taught.outcomes[0].pk)

    answers = [
        desk.post(reverse("bank_write", args=[taught.bank.key]), form(taught, **{"prompt-en": asks})),
        desk.post(reverse("bank_check", args=[taught.bank.key]), form(taught, **{"prompt-en": asks})),
        desk.post(
            reverse("bank_write", args=[taught.bank.key]) + "?as=fields",
            {"fields": fields, "outcome": outcome, "act": "save"},
        ),
        desk.post(
            reverse("bank_type", args=[taught.bank.key]),
            {"typed": f"{taught.outcomes[0].code}\n{lines}\n* The shift\n> {WHY}\nNothing\n> {WHY} too", "act": "look"},
        ),
    ]

    assert [f"shows a picture that is not there: “picture-{closed.pk}”" in said(one) for one in answers] == [True] * 4
    assert not any('alt="Three days."' in said(one) for one in answers)
    assert Item.objects.count() == count
    assert f"picture-{closed.pk})" not in said(desk.get(reverse("bank_pictures")))


def test_a_picture_closed_to_an_editor_stays_where_the_version_before_shows_it(
    desk: Client, taught: TaughtCourse, closed: Any
) -> None:
    boss = person("Mali", is_superuser=True)
    sent = form(taught, **{"prompt-en": asking_with(closed)})
    signed_in(boss).post(reverse("bank_write", args=[taught.bank.key]), sent)
    item = Item.objects.latest("pk")
    here = reverse("bank_item_write", args=[item.uuid])
    again = {**sent, "prompt-en": asking_with(closed).replace("Look.", "Look well."), "seen": "1", "note": "Well."}

    checks = said(desk.get(here)).split('data-bank-checks="')[1].split('"')[0]
    checked = said(desk.post(checks, again))
    saved = desk.post(here, again)

    assert "not there" not in checked
    assert saved.status_code == 302
    assert newest_of(item).texts["en"]["rich"]["prompt"][1]["value"]["image"] == closed.pk
