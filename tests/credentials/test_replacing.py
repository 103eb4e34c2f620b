"""Replaced by one in another name: said the same, printed anew, and never in a name that is not its holder's now."""

from pathlib import Path

import pytest
from django.core.cache import cache

from credentials.changes import (
    ChangeRefused,
    replace,
)
from credentials.models import Credential, CredentialChange
from people.models import User
from post.models import Message
from privacy.choices import RemovalCause
from privacy.erasure import erase
from privacy.subjects import subject_of
from tests.credentials.changing import LATER, VERBS, check_page, papers, renamed, written
from tests.credentials.earning import earned
from tests.enrolments.doings import rival_acting_after

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_checks_before() -> None:
    cache.clear()


def test_replacement_says_the_same_in_the_new_name_with_a_paper_and_a_code_of_its_own() -> None:
    one = earned(valid_for_months=12)
    credential = renamed(one)
    Credential.objects.filter(pk=credential.pk).update(name_shown=True)
    old = Credential.objects.values().get()
    before = papers()

    new = replace(credential, name="Amina Farrow", by=one.cast.beth, at=LATER)

    earlier, kept = Credential.objects.values().get(pk=credential.pk), Credential.objects.values().get(pk=new.pk)
    assert earlier == {**old, "state": "replaced", "name_shown": False}
    own = {"id", "uuid", "code", "name", "name_shown", "pdf", "pdf_digest", "replaces_id", "follows_as"}
    assert {key: kept[key] for key in kept if key not in own} == {key: old[key] for key in old if key not in own}
    assert (kept["name"], kept["replaces_id"], kept["follows_as"], kept["name_shown"]) == (
        "Amina Farrow", credential.pk, "replacement", False,
    )  # fmt: skip
    assert kept["code"] != old["code"]
    assert papers() - before == {Path(new.pdf.name).name}
    assert new.pdf.open("rb").read().startswith(b"%PDF-")
    assert written() == (
        [("issued", "replaced", "name_changed")], ["credential_changed"], ["credential_changed"],
    )  # fmt: skip
    assert (
        f"one in the name Amina Farrow. Its code is {new.shown_code}."
        in Message.objects.get(kind="credential_changed").text
    )


def test_earlier_code_leads_to_the_replacement_and_shows_no_name() -> None:
    one = earned()
    credential = renamed(one)
    Credential.objects.filter(pk=credential.pk).update(name_shown=True)

    new = replace(credential, name="Amina Farrow", by=one.cast.beth, at=LATER)

    page = check_page(credential)
    assert "It was replaced by a newer certificate." in page
    assert f"/verify/{new.shown_code}/" in page
    assert "Amina" not in page
    assert "It is valid today." in check_page(new)


def test_name_that_could_not_be_printed_is_replaced_by_one_that_can() -> None:
    one = earned()
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina \U0001f600")
    one.run.learner.refresh_from_db()
    credential = one.award()

    with pytest.raises(ChangeRefused, match=r"^“Amina \U0001f600” has letters that cannot be printed\."):
        replace(credential, name="Amina \U0001f600", by=one.cast.beth, at=LATER)
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina Farrow")
    new = replace(Credential.objects.get(), name="Amina Farrow", by=one.cast.beth, at=LATER)

    assert (bool(credential.pdf), bool(new.pdf), new.name) == (False, True, "Amina Farrow")
    assert CredentialChange.objects.get().reason == "name_not_printed"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Amina Rahman", "It already bears the name that its holder has on certificates: Amina Rahman."),
        (
            "Amina 一",
            "“Amina 一” has letters that cannot be printed. Ask the holder to write another name on certificates.",
        ),
    ],
)
def test_replacement_without_another_printable_name_is_refused(name: str, words: str) -> None:
    one = earned()
    credential = renamed(one, name)
    before = papers()

    with pytest.raises(ChangeRefused) as refused:
        replace(credential, name=name, by=one.cast.beth, at=LATER)

    assert (str(refused.value), papers(), Credential.objects.count()) == (words, before, 1)


def test_name_that_its_holder_wrote_after_it_was_read_is_not_printed() -> None:
    one = earned()
    credential, before = renamed(one, "Somebody Else"), papers()

    with pytest.raises(ChangeRefused, match=r"^Meanwhile the holder’s name on certificates is Somebody Else\."):
        replace(credential, name="Amina Farrow", by=one.cast.beth, at=LATER)

    assert (papers(), Credential.objects.count()) == (before, 1)


def test_erased_holders_certificate_is_not_replaced() -> None:
    one = earned()
    credential = one.award()
    User.objects.filter(pk=one.amina.pk).update(name="", certificate_name="")

    with pytest.raises(ChangeRefused, match=r"^What it said is not kept any more"):
        replace(Credential.objects.get(pk=credential.pk), name="", by=one.cast.beth, at=LATER)


def test_holder_erased_while_the_paper_is_drawn_gets_no_replacement_with_their_name() -> None:
    one = earned()
    renamed(one)
    credential = Credential.objects.select_related("learner").get()
    before = papers()

    with (
        rival_acting_after(
            '"credentials_credential"."replaces_id" =',
            lambda: erase(subject_of(one.amina), at=LATER, cause=RemovalCause.ASKED),
        ) as met,
        pytest.raises(ChangeRefused, match=r"^What it said is not kept any more"),
    ):
        replace(credential, name="Amina Farrow", by=one.cast.beth, at=LATER)

    assert met
    assert (list(Credential.objects.values_list("name", "state")), papers()) == ([("", "issued")], before)


def test_name_written_anew_while_the_paper_is_drawn_refuses_the_one_that_was_read() -> None:
    one = earned()
    renamed(one)
    credential = Credential.objects.select_related("learner").get()
    before = papers()

    with (
        rival_acting_after(
            '"credentials_credential"."replaces_id" =',
            lambda: User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina Reed"),
        ),
        pytest.raises(ChangeRefused, match=r"^Meanwhile the holder’s name on certificates is Amina Reed\."),
    ):
        replace(credential, name="Amina Farrow", by=one.cast.beth, at=LATER)

    assert (Credential.objects.count(), papers()) == (1, before)


def test_rival_replacing_between_our_look_and_our_insert_wins_and_leaves_no_second_paper() -> None:
    one = earned()
    credential = renamed(one)
    before, other = papers(), []

    with rival_acting_after(
        '"credentials_credential"."replaces_id" =', lambda: other.append(VERBS["replace"](one, credential))
    ) as met:
        mine = VERBS["replace"](one, credential)

    assert met
    assert [mine] == other
    assert (Credential.objects.count(), Message.objects.filter(kind="credential_changed").count()) == (2, 1)
    assert papers() - before == {Path(mine.pdf.name).name}
