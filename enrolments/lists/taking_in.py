"""Taking a list in: all of it or nothing, in one transaction, and nobody twice (decision 0030)."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.choices import Agency
from people.models import Area, Organisation, User
from post.outbox import queue_letters

from ..booking import book_many
from ..choices import ListState
from ..models import Cohort, EnrolmentList
from ..places import NoPlacesLeft, offers_to, require_places
from .checking import outcome, vocabulary_of
from .inviting import invite_many
from .knowing import AT_ONCE, Standing, standings
from .letters import Letters
from .lines import Understood
from .receiving import SMALL_ROWS, checked_anew, hand_to_worker
from .refusals import ListRefused

TRIES = 5  # somebody else may book, or sign up, in the same moment


class _ComesBack(Exception):
    """Raised inside the transaction when the list cannot be taken in as things are now; its text is a code."""


def begin_taking_in(one: EnrolmentList, *, by: User, at: datetime) -> None:
    """Say that a checked list be taken in, and do it at once if it is small. Raises ListRefused.

    Of two who say it at the same moment one is heard; the other is told so.
    """
    words = vocabulary_of(one.organisation)
    with transaction.atomic():
        held = EnrolmentList.objects.select_for_update().get(pk=one.pk)
        if held.state != ListState.CHECKED:
            raise ListRefused(_("This list was taken in or given up already, or somebody is just doing it."))
        if not outcome(held.rows, held.report, words).is_ready:
            raise ListRefused(_("This list cannot be taken in yet: something in it is still to be mended or answered."))
        held.state, held.moved_at, held.done_count = ListState.TAKING_IN, at, 0
        held.report["taken_in_by"] = by.pk
        held.save(update_fields=["state", "moved_at", "done_count", "report"])
        note_act("enrolment_list_to_be_taken_in", subject=held, at=at, actor=by)
        if held.row_count > SMALL_ROWS:
            hand_to_worker("take_in_list", held)
    if held.row_count <= SMALL_ROWS:
        take_in(held.pk, at=at)


def take_in(pk: int, *, at: datetime) -> None:
    """Check the list again and take it in, or send it back with the reason. Doing it twice is doing it once.

    Checking anew takes the time and tells how far it is; the one transaction that writes looks only at addresses.
    """
    waiting = EnrolmentList.objects.select_related("organisation", "cohort__course")
    one = waiting.filter(pk=pk, state=ListState.TAKING_IN).first()
    if one is None:
        return
    report = checked_anew(one, at=at)
    try:
        people = outcome(one.rows, report, vocabulary_of(one.organisation))
        if people.faulty or people.unanswered:
            raise _ComesBack("changed")
        _try(one.pk, people.booked, at)
    except _ComesBack as reason:
        still = EnrolmentList.objects.filter(pk=pk, state=ListState.TAKING_IN)
        report["came_back"] = str(reason)
        still.update(state=ListState.CHECKED, report=report, done_count=0, moved_at=at)


def _try(pk: int, people: Sequence[Understood], at: datetime) -> None:
    for left in reversed(range(TRIES)):
        try:
            _take_in(pk, people, at)
        except IntegrityError:
            # The database let somebody else in first, who is found by looking again.
            if not left:
                raise
        else:
            return


@transaction.atomic
def _take_in(pk: int, people: Sequence[Understood], at: datetime) -> None:
    one = EnrolmentList.objects.select_for_update().get(pk=pk)
    if one.state != ListState.TAKING_IN:
        return
    organisation, cohort = one.organisation, one.cohort
    try:
        require_places(cohort, organisation, count=0, at=at)  # whoever else books for the organisation waits here
        known = standings((person.email for person in people), organisation, cohort, at=at)
        left = [one for one in people if not known.get(one.email, Standing()).is_here]
        require_places(cohort, organisation, count=len(left), at=at)
    except NoPlacesLeft as error:
        raise _ComesBack("places") from error
    if not offers_to(organisation, on=cohort.today(at)).filter(cohort=cohort).exists():
        raise _ComesBack("offer")
    by = User.objects.filter(pk=one.report.get("taken_in_by")).first()
    taking = _Taking(organisation, cohort, by, at)
    for first in range(0, len(left), AT_ONCE):
        taking.take(left[first : first + AT_ONCE], known)
    one.state, one.rows, one.report = ListState.TAKEN_IN, [], {}
    one.booked_count, one.invited_count = taking.booked_count, taking.invited_count
    one.done_count, one.moved_at, one.taken_in_at = one.row_count, at, at
    one.save()
    note_act("enrolment_list_taken_in", subject=one, at=at, actor=by)


class _Taking:
    """People booked or written to, so many at a time, so that memory does not grow with the list."""

    def __init__(self, organisation: Organisation, cohort: Cohort, by: User | None, at: datetime) -> None:
        self.organisation, self.cohort, self.by, self.at = organisation, cohort, by, at
        self.areas = {area.key: area for area in organisation.areas.all()}
        self.letters = Letters(cohort, by=by)
        self.booked_count = self.invited_count = 0

    def take(self, people: Sequence[Understood], known: dict[str, Standing]) -> None:
        """An account and a place for whoever has no account; whoever has one is asked, and says yes themselves."""
        self._book([one for one in people if one.email not in known])
        self._invite([one for one in people if one.email in known], known)

    def _book(self, new: Sequence[Understood]) -> None:
        accounts = User.objects.bulk_create(_account(one, self.at) for one in new)
        # Not proved yet: the code they sign in with proves it, in the row that must be there for it.
        EmailAddress.objects.bulk_create(
            EmailAddress(user=account, email=account.email, verified=False, primary=True) for account in accounts
        )
        areas: dict[int, Area] = {
            account.pk: self.areas[one.area] for account, one in zip(accounts, new, strict=True) if one.area
        }
        runs = book_many(accounts, self.cohort, booked_by=self.organisation, at=self.at, by=self.by, areas=areas)
        letters = [self.letters.account_made(run, self.organisation.name) for run in runs]
        queue_letters("booking", letters, at=self.at)
        self.booked_count += len(runs)

    def _invite(self, people: Sequence[Understood], known: dict[str, Standing]) -> None:
        made = invite_many(
            people, self.cohort, organisation=self.organisation, areas=self.areas, at=self.at, by=self.by
        )
        pks = [known[one.email].person for one in people]
        languages = dict(User.objects.filter(pk__in=pks).values_list("pk", "language"))
        letters = [
            self.letters.invited(invitation, token, self.organisation.name, languages[pk])
            for (invitation, token), pk in zip(made, pks, strict=True)
            if pk
        ]
        queue_letters("invitation", letters, at=self.at)
        self.invited_count += len(made)


def _account(one: Understood, at: datetime) -> User:
    """An account for somebody new. Without a password they come in by a code that is sent to them."""
    return User(
        email=one.email,
        name=one.name,
        agency=one.agency or Agency.OTHER,
        language=one.language or settings.LANGUAGE_CODE,
        joined_at=at,
        # What set_unusable_password writes, drawn forty letters at once: 10,000 times one by one takes seconds.
        password=f"{UNUSABLE_PASSWORD_PREFIX}{secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)}",
    )
