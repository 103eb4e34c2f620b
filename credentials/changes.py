"""Changing what an award is worth: suspended, reinstated, revoked by two people, replaced by one in another name.

Each verb locks the credential, so that of two at a moment the second sees what the first did, and writes the change,
its audit entry and the letter to the holder in one transaction. The same from the same person is done once; whoever
comes second is told what is so already, because what they wrote would reach nobody.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.entries import note_act
from people.models import User

from .certificate import CannotBePrinted
from .choices import ChangeReason, CredentialState, FollowsAs, RevocationState
from .messages import tell_of_change, tell_other_trainers
from .models import Credential, CredentialChange, RevocationRequest
from .paper import store_paper

_MAY_BECOME = {
    CredentialState.ISSUED: (CredentialState.SUSPENDED, CredentialState.REVOKED, CredentialState.REPLACED),
    CredentialState.SUSPENDED: (CredentialState.ISSUED, CredentialState.REVOKED),
    CredentialState.REVOKED: (),
    CredentialState.REPLACED: (),
}
_THE_SAME = (
    "learner", "enrolment", "achievement", "requirement_set", "language", "evidence", "evidence_digest",
    "rests_on_open_bank", "awarded_at", "valid_from_on", "valid_until_on", "decided_by",
)  # fmt: skip


class ChangeRefused(Exception):
    """Raised for a change that cannot be; worded for whoever asks for it."""


def may_become(credential: Credential, state: CredentialState) -> bool:
    """Whether this state can follow the one it is in."""
    return state in _MAY_BECOME[CredentialState(credential.state)]


def open_request(credential: Credential) -> RevocationRequest | None:
    """The request to revoke it that waits for a second person."""
    return credential.revocation_requests.filter(state=RevocationState.ASKED).select_related("asked_by").first()


@transaction.atomic
def suspend(credential: Credential, *, reason: str, note: str = "", by: User, at: datetime) -> CredentialChange:
    """Set it aside for now. Raises ChangeRefused."""
    held = _held(credential, by)
    return _become(held, CredentialState.SUSPENDED, reason=reason, note=note, by=by, at=at)


@transaction.atomic
def reinstate(credential: Credential, *, note: str = "", by: User, at: datetime) -> CredentialChange:
    """Let one that was suspended stand again. Raises ChangeRefused."""
    held = _held(credential, by)
    return _become(held, CredentialState.ISSUED, reason=ChangeReason.STANDS, note=note, by=by, at=at)


@transaction.atomic
def ask_to_revoke(credential: Credential, *, reason: str, note: str = "", by: User, at: datetime) -> RevocationRequest:
    """Ask for it to be taken away for good, and write to the cohort's other trainers. Raises ChangeRefused.

    While a request is open no other is made; asked again by the same person in the same words, it comes back.
    """
    held = _held(credential, by)
    if asked := open_request(held):
        if (asked.asked_by_id, asked.reason, asked.note) == (by.pk, reason, note):
            return asked
        raise ChangeRefused(_("There is an open request already. Look at it: nothing has changed."))
    _require(held, CredentialState.REVOKED)
    made = RevocationRequest.objects.create(credential=held, reason=reason, note=note, asked_by=by, asked_at=at)
    note_act("revocation_asked", subject=held, at=at, actor=by, person=held.learner, facts={"reason": reason})
    tell_other_trainers(made, at=at)
    return made


@transaction.atomic
def confirm_revocation(asked: RevocationRequest, *, by: User, at: datetime) -> CredentialChange:
    """A second person has looked at it: it is revoked. Raises ChangeRefused, also for whoever asked."""
    held = _held(asked.credential, by)
    asked.refresh_from_db()
    if asked.asked_by_id == by.pk:
        raise ChangeRefused(_("You asked for this yourself. Somebody else has to look at it and confirm."))
    if asked.state == RevocationState.SET_ASIDE:
        raise ChangeRefused(_("The request was set aside meanwhile. Nothing has changed."))
    change = _become(
        held, CredentialState.REVOKED, reason=asked.reason, note=asked.note, by=asked.asked_by, at=at, second_person=by
    )
    _answer(asked, RevocationState.CONFIRMED, by=by, at=at)
    return change


@transaction.atomic
def set_revocation_aside(asked: RevocationRequest, *, by: User, at: datetime) -> None:
    """Whoever asked takes it back, or somebody else does not confirm it. Raises ChangeRefused."""
    held = _held(asked.credential, by)
    asked.refresh_from_db()
    if asked.state == RevocationState.CONFIRMED:
        raise ChangeRefused(_for_good())
    if _answer(asked, RevocationState.SET_ASIDE, by=by, at=at):
        note_act("revocation_set_aside", subject=held, at=at, actor=by, person=held.learner)


def replace(credential: Credential, *, name: str, by: User, at: datetime) -> Credential:
    """One in the holder's name on certificates as it is now, with a code and a paper of its own. Raises ChangeRefused.

    `name` is that name as whoever replaces it has read it; another by now is refused. It says the same otherwise. The
    earlier one says from then on that it was replaced, and its page shows no name; whether the new one's does is for
    its holder to say anew.
    """
    if successor := _successor(credential, name=name, by=by):
        return successor
    new = _with_new_name(credential, name)
    try:
        placed = _put_in_place(new, credential, by=by, at=at)
    except Exception:
        new.pdf.delete(save=False)
        raise
    if placed is not new:
        new.pdf.delete(save=False)
    return placed


def require_new_name(credential: Credential) -> str:
    """The holder's name on certificates, where it is another than the one on this paper. Raises ChangeRefused."""
    name = credential.learner.printed_name
    if not name or not credential.evidence:
        raise ChangeRefused(_("What it said is not kept any more, so it cannot be replaced."))
    if name == credential.name:
        if credential.pdf:
            raise ChangeRefused(_("It already bears the name that its holder has on certificates: %s.") % name)
        raise ChangeRefused(_unprintable(name))
    return name


def _with_new_name(credential: Credential, name: str) -> Credential:
    """The replacement, its paper drawn and stored, not yet written."""
    _require(credential, CredentialState.REPLACED)
    _require_still_named(credential, name)
    same = {field: getattr(credential, field) for field in _THE_SAME}
    new = Credential(**same, name=name, replaces=credential, follows_as=FollowsAs.REPLACEMENT)
    try:
        store_paper(new)
    except CannotBePrinted as error:
        raise ChangeRefused(_unprintable(name)) from error
    return new


def _require_still_named(credential: Credential, name: str) -> None:
    if (current := require_new_name(credential)) != name:
        raise ChangeRefused(_("Meanwhile the holder’s name on certificates is %s. Nothing has changed.") % current)


@transaction.atomic
def _put_in_place(new: Credential, earlier: Credential, *, by: User, at: datetime) -> Credential:
    """Write the replacement, unless the same was written meanwhile: then that.

    The paper was drawn without a lock, so the name is looked at again: its holder may have been erased since.
    """
    held = _held(earlier, by)
    if successor := _successor(held, name=new.name, by=by):
        return successor
    if open_request(held):
        raise ChangeRefused(_("Somebody has asked for it to be revoked. Settle that first."))
    _require(held, CredentialState.REPLACED)
    _require_still_named(held, new.name)
    new.save(force_insert=True)
    held.name_shown = False
    reason = ChangeReason.NAME_CHANGED if held.pdf else ChangeReason.NAME_NOT_PRINTED
    _become(held, CredentialState.REPLACED, reason=reason, by=by, at=at)
    return new


def _held(credential: Credential, by: User) -> Credential:
    """Its row, locked until the transaction ends; never for its own holder.

    Its holder's row comes first, as where somebody is erased: neither waits for what the other holds.
    """
    User.objects.select_for_update().get(pk=credential.learner_id)
    held = Credential.objects.select_for_update(of=("self",)).select_related("learner").get(pk=credential.pk)
    if held.learner_id == by.pk:
        raise ChangeRefused(_("This is your own certificate. Another trainer has to do this."))
    return held


def _become(
    held: Credential,
    state: CredentialState,
    *,
    reason: str,
    by: User,
    at: datetime,
    note: str = "",
    second_person: User | None = None,
) -> CredentialChange:
    """Move it and keep the move. The same from the same people again is the move that is there."""
    asked: dict[str, Any] = {"reason": reason, "note": note, "by": by, "second_person": second_person}
    if held.state == state and (last := held.changes.last()) and all(getattr(last, key) == asked[key] for key in asked):
        return last
    _require(held, state)
    change = CredentialChange.objects.create(credential=held, from_state=held.state, to_state=state, at=at, **asked)
    held.state = state
    held.save(update_fields=["state", "name_shown"])
    facts = {"from": change.from_state, "to": change.to_state, "reason": change.reason}
    actor = change.second_person or by
    note_act("credential_changed", subject=held, at=at, actor=actor, person=held.learner, facts=facts)
    tell_of_change(change, at=at)
    return change


def _answer(asked: RevocationRequest, state: RevocationState, *, by: User, at: datetime) -> bool:
    """Close the request; False if it was closed already."""
    if asked.state != RevocationState.ASKED:
        return False
    asked.state, asked.answered_by, asked.answered_at = state, by, at
    asked.save(update_fields=["state", "answered_by", "answered_at"])
    return True


def _successor(credential: Credential, *, name: str, by: User) -> Credential | None:
    """What this person has put in its place already, in this name."""
    moved = CredentialChange.objects.filter(to_state=CredentialState.REPLACED, by=by)
    return Credential.objects.filter(replaces=credential, name=name, replaces__changes__in=moved).first()


def _require(credential: Credential, state: CredentialState) -> None:
    if may_become(credential, state):
        return
    if credential.state == state == CredentialState.SUSPENDED:
        raise ChangeRefused(_("It is suspended already. Look at why: nothing has changed."))
    words = {
        CredentialState.ISSUED: _("It is not suspended."),
        CredentialState.SUSPENDED: _("It is suspended. Let it stand again first."),
        CredentialState.REVOKED: _for_good(),
        CredentialState.REPLACED: _("It was replaced by a newer certificate. Change that one."),
    }
    raise ChangeRefused(words[CredentialState(credential.state)])


def _for_good() -> str:
    return _("It has been revoked, and that is for good.")


def _unprintable(name: str) -> str:
    words = _("“%s” has letters that cannot be printed. Ask the holder to write another name on certificates.")
    return words % name
