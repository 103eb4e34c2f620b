"""A trainer looks after a learner's certificate: each act on a page that says what happens, and to nobody else."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from credentials.awards import award_credential
from credentials.models import Credential, CredentialChange, RevocationRequest
from enrolments.choices import EnrolmentState
from enrolments.models import Enrolment
from enrolments.states import change_state
from people.models import User
from post.models import Message
from privacy.choices import RemovalCause
from privacy.download import collect
from privacy.erasure import erase
from privacy.subjects import subject_of
from tests.credentials.earning import Earned, earned
from tests.enrolments.doings import complete
from tests.factories import NOON, enrolment, trainer
from training.board.certificate_acts import ACTS

pytestmark = pytest.mark.django_db
WHY = {"reason": "looked_into", "note": "We compare  two\ntexts."}
GONE = {"reason": "real_case", "note": ""}


@pytest.fixture(autouse=True)
def _no_checks_before() -> None:
    cache.clear()


@pytest.fixture
def one() -> Earned:
    """Amina with a certificate, in a cohort trained by Beth and Dev."""
    made = earned()
    made.award()
    for person in (made.cast.beth, made.cast.dev):
        trainer(person, made.run.cohort)
    return made


def _signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _place(one: Earned, act: str = "", credential: Credential | None = None) -> str:
    held = credential or Credential.objects.earliest("pk")
    return f"/cohort/{one.run.cohort.uuid}/people/{one.run.uuid}/certificates/{held.uuid}/{act and f'{act}/'}"


def _get(one: Earned, act: str = "", *, by: str = "beth") -> str:
    return _signed_in(getattr(one.cast, by)).get(_place(one, act), follow=True).content.decode()


def _post(one: Earned, act: str, *, by: str = "beth", **sent: Any) -> str:
    return _signed_in(getattr(one.cast, by)).post(_place(one, act), sent, follow=True).content.decode()


def _offered(page: str) -> list[str]:
    return [act for act in ACTS if f"/{act}/" in page]


def _asked() -> dict[str, int]:
    return {"asked": RevocationRequest.objects.get().pk}


def test_learners_page_leads_to_the_certificate_and_it_to_what_may_be_done(one: Earned) -> None:
    learner = _signed_in(one.cast.beth).get(f"/cohort/{one.run.cohort.uuid}/people/{one.run.uuid}/")

    page = _get(one)

    assert _place(one) in learner.content.decode()
    assert _offered(page) == ["suspend", "revoke"]
    assert "It is valid today." in page
    assert "It can be replaced once its holder has written another name on certificates, under “Your data”." in page
    assert "It already bears the name that its holder has on certificates: Amina Rahman." in page


def test_suspended_and_reinstated_by_two_buttons(one: Earned) -> None:
    asked = _get(one, "suspend")

    suspended = _post(one, "suspend", **WHY)
    offered = _offered(suspended)
    stands = _post(one, "reinstate", by="dev")

    assert "Whoever checks its code reads at once that it is suspended and since when." in asked
    assert CredentialChange.objects.earliest("pk").note == "We compare two texts."
    assert "It is suspended. Its holder is told by e-mail." in suspended
    assert "Suspended: Beth Okafor. Something about it is being looked into. We compare two texts." in suspended
    assert offered == ["reinstate", "revoke"]
    assert "It stands again. Its holder is told by e-mail." in stands
    assert list(CredentialChange.objects.values_list("to_state", "by__name")) == [
        ("suspended", "Beth Okafor"), ("issued", "Dev Patel"),
    ]  # fmt: skip


@pytest.mark.parametrize("act", ["suspend", "revoke"])
def test_without_a_reason_nothing_happens_and_what_was_written_stays(one: Earned, act: str) -> None:
    response = _signed_in(one.cast.beth).post(_place(one, act), {"note": "My words"})

    page = response.content.decode()
    assert (response.status_code, "Choose why." in page, "My words" in page) == (422, True, True)
    assert (CredentialChange.objects.count(), RevocationRequest.objects.count()) == (0, 0)


def test_reasons_of_another_act_are_refused(one: Earned) -> None:
    response = _signed_in(one.cast.beth).post(_place(one, "suspend"), GONE)

    assert (response.status_code, CredentialChange.objects.count()) == (422, 0)


def test_one_asks_and_another_confirms(one: Earned) -> None:
    asked = _post(one, "revoke", **GONE)
    alone = _post(one, "confirm", **_asked())
    state = Credential.objects.get().state
    waiting = _get(one, by="dev")

    done = _post(one, "confirm", by="dev", **_asked())

    assert "Asked. Another trainer has to confirm it." in asked
    assert _offered(asked) == ["suspend", "set-aside"]
    assert ("You asked for this yourself." in alone, state) == (True, "issued")
    assert _offered(waiting) == ["suspend", "confirm", "set-aside"]
    assert "Beth Okafor asked on" in waiting
    assert "Details of a real case were put on the site" in waiting
    assert "It is revoked. Its holder is told by e-mail." in done
    assert "Revoked: Beth Okafor asked, Dev Patel confirmed. Details of a real case" in done
    assert _offered(done) == []
    assert Credential.objects.get().state == "revoked"


def test_request_is_set_aside(one: Earned) -> None:
    _post(one, "revoke", **GONE)

    page = _post(one, "set-aside", by="dev", **_asked())

    assert "Set aside. The certificate stays as it is." in page
    assert (_offered(page), Credential.objects.get().state) == (["suspend", "revoke"], "issued")


def test_what_is_asked_or_set_aside_tells_its_holder_by_no_letter_but_is_in_their_download(one: Earned) -> None:
    asked = _get(one, "revoke")
    _post(one, "revoke", reason="not_own_work", note="Two texts.")
    settling = _get(one, "set-aside", by="dev")
    _post(one, "set-aside", by="dev", **_asked())

    told = json.dumps(collect(subject_of(one.amina)), default=str)

    for page in (asked, settling):
        assert "The request stays in what its holder can download: the reason, what is written and what" in page
    assert "Its holder gets no e-mail." in settling
    assert Message.objects.filter(person=one.amina, kind="credential_changed").count() == 0
    assert ("Two texts." in told, one.cast.beth.name in told, one.cast.dev.name in told) == (True, False, False)


def test_confirming_answers_the_request_that_was_read(one: Earned) -> None:
    _post(one, "revoke", **GONE)
    read = _asked()
    _post(one, "set-aside", **read)
    _post(one, "revoke", reason="not_own_work")

    page = _post(one, "confirm", by="dev", **read)

    assert "The request was set aside meanwhile. Nothing has changed." in page
    assert Credential.objects.get().state == "issued"


@pytest.mark.parametrize("act", ["confirm", "set-aside"])
def test_answering_what_nobody_asked_is_refused_in_words(one: Earned, act: str) -> None:
    response = _signed_in(one.cast.dev).post(_place(one, act), {})

    assert response.status_code == 422
    assert "Nobody has asked for it to be revoked." in response.content.decode()


def test_replaced_by_one_in_the_name_its_holder_wrote(one: Earned) -> None:
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina Farrow")
    offered, asked = _offered(_get(one)), _get(one, "replace")

    page = _post(one, "replace", name="Amina Farrow")
    again = _post(one, "replace", name="Amina Farrow")
    earlier = _get(one)

    new = Credential.objects.get(replaces__isnull=False)
    assert offered == ["suspend", "revoke", "replace"]
    assert "<strong>Amina Farrow</strong>" in asked
    for told in (page, again):
        assert "It is replaced. Its holder is told by e-mail." in told
        assert new.shown_code in told
    assert (_offered(earlier), _place(one, credential=new) in earlier) == ([], True)
    assert "Replaced: Beth Okafor. The holder’s name on certificates has changed." in earlier


def test_name_without_letters_of_ours_is_told_before_and_after(one: Earned) -> None:
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina 一")

    page = _post(one, "replace", name="Amina 一")

    assert "“Amina 一” has letters that cannot be printed." in page
    assert Credential.objects.count() == 1


def test_certificate_whose_words_are_gone_is_not_said_to_be_replaceable(one: Earned) -> None:
    Credential.objects.update(evidence={}, evidence_digest="", name="", pdf="", reduced_at=NOON)

    page = _get(one)

    assert "What it said is not kept any more, so it cannot be replaced." in page
    assert "It can be replaced once" not in page


@pytest.mark.parametrize("act", ["reinstate", "confirm", "set-aside", "replace"])
def test_page_of_what_cannot_be_done_leads_back_in_words(one: Earned, act: str) -> None:
    page = _get(one, act)

    assert "That cannot be done with it now. Nothing has changed." in page


def test_unknown_act_is_not_found(one: Earned) -> None:
    assert _signed_in(one.cast.beth).get(_place(one, "delete")).status_code == 404


def test_trainer_who_learns_in_the_cohort_does_nothing_with_their_own(one: Earned) -> None:
    trainer(one.amina, one.run.cohort)

    page, told = _get(one, by="amina"), _post(one, "suspend", by="amina", **WHY)

    assert (_offered(page), escape("This is your own certificate.") in page) == ([], True)
    assert "This is your own certificate. Another trainer has to do this." in told
    assert CredentialChange.objects.count() == 0


@pytest.mark.parametrize("who", ["carol", "lena", "amina"])
@pytest.mark.parametrize("act", ["", "suspend"])
def test_to_everybody_else_there_is_nothing(one: Earned, who: str, act: str) -> None:
    client = _signed_in(getattr(one.cast, who))

    answers = (client.get(_place(one, act)), client.post(_place(one, "suspend"), WHY))

    assert [answer.status_code for answer in answers] == [404, 404]
    assert CredentialChange.objects.count() == 0


def test_certificate_of_another_run_is_not_found_under_this_one(one: Earned) -> None:
    other = enrolment(one.cast.lena, one.run.cohort)
    complete(other, one.taught)
    theirs = award_credential(other, one.achievement, at=NOON)

    assert _signed_in(one.cast.beth).get(_place(one, credential=theirs)).status_code == 404


def _left(run: Enrolment) -> None:
    """With this certificate, and before the rest of the course was done."""
    Enrolment.objects.filter(pk=run.pk).update(state=EnrolmentState.ACTIVE, completed_at=None)
    change_state(run, EnrolmentState.WITHDRAWN, at=NOON)


def test_certificate_of_whoever_left_is_looked_after_like_any_other(one: Earned) -> None:
    _post(one, "revoke", **GONE)
    _left(one.run)

    page = _get(one, by="dev")
    done = _post(one, "confirm", by="dev", **_asked())

    assert _offered(page) == ["suspend", "confirm", "set-aside"]
    learner = f"/cohort/{one.run.cohort.uuid}/people/{one.run.uuid}/"
    assert (f'href="{learner}"' in page, ">Back to the board</a>" in page) == (False, True)
    assert "It is revoked. Its holder is told by e-mail." in done


def test_board_leads_to_the_certificates_of_those_who_left(one: Earned) -> None:
    client, board = _signed_in(one.cast.beth), f"/cohort/{one.run.cohort.uuid}/?left=1"
    before = client.get(board).content.decode()
    _left(one.run)
    after = client.get(board).content.decode()
    erase(subject_of(one.amina), at=NOON, cause=RemovalCause.ASKED)
    erased = client.get(board).content.decode()

    assert [_place(one) in page for page in (before, after, erased)] == [False, True, False]
    assert _signed_in(one.cast.beth).get(_place(one)).status_code == 404


def test_board_takes_as_many_statements_for_three_who_left_as_for_one(
    one: Earned, django_assert_num_queries: Any
) -> None:
    _left(one.run)
    client, board = _signed_in(one.cast.beth), f"/cohort/{one.run.cohort.uuid}/?left=1"
    client.get(board)
    with CaptureQueriesContext(connection) as first:
        client.get(board)
    for who in (one.cast.lena, one.cast.carol):
        other = enrolment(who, one.run.cohort)
        complete(other, one.taught)
        award_credential(other, one.achievement, at=NOON)
        _left(other)

    with django_assert_num_queries(len(first)):
        page = client.get(board).content.decode()

    assert page.count("/certificates/") == 3


def test_story_tells_what_became_of_it(one: Earned) -> None:
    _post(one, "suspend", **WHY)

    page = _signed_in(one.cast.beth).get(f"/cohort/{one.run.cohort.uuid}/people/{one.run.uuid}/").content.decode()

    assert "The certificate “Module 1” became: Suspended" in page


def test_holder_reads_why_and_their_list_says_so(one: Earned) -> None:
    _post(one, "suspend", **WHY)
    client = _signed_in(one.amina)

    page = client.get(f"/certificate/{Credential.objects.get().uuid}/").content.decode()
    mine = [client.get(address).content.decode() for address in ("/my-learning/", "/my-learning/record/")]

    assert "Something about it is being looked into.<br>We compare two texts." in page
    assert ["Suspended" in listed for listed in mine] == [True, True]


def test_holder_of_a_replaced_one_is_led_to_the_new_one_and_sees_it_once(one: Earned) -> None:
    User.objects.filter(pk=one.amina.pk).update(certificate_name="Amina Farrow")
    earlier = Credential.objects.get()
    _post(one, "replace", name="Amina Farrow")
    new = Credential.objects.get(replaces=earlier)
    client = _signed_in(one.amina)

    page = client.get(f"/certificate/{earlier.uuid}/").content.decode()
    mine = [client.get(address).content.decode() for address in ("/my-learning/", "/my-learning/record/")]

    assert f"/certificate/{new.uuid}/" in page
    assert [(str(new.uuid) in listed, str(earlier.uuid) in listed) for listed in mine] == [(True, False)] * 2
