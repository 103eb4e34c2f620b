"""What tests of changes to a certificate share: the verbs as Beth and Dev use them, and all that was written."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.test import Client

from audit.models import AuditEntry
from credentials.changes import ask_to_revoke, confirm_revocation, reinstate, replace, suspend
from credentials.models import Credential, CredentialChange
from people.models import User
from post.models import Message
from tests.credentials.earning import Earned
from tests.factories import NOON

LATER = NOON + timedelta(days=1)
WHY = {"reason": "looked_into", "note": "We compare two texts.", "at": LATER}
GONE = {"reason": "not_own_work", "note": "Two texts are the same.", "at": LATER}


def papers() -> set[str]:
    folder = Path(storages["private"].location) / "certificates"
    return {one.name for one in folder.glob("*")} if folder.exists() else set()


def renamed(one: Earned, name: str = "Amina Farrow") -> Credential:
    """Amina's credential, after she wrote another name on certificates."""
    credential = one.award()
    User.objects.filter(pk=one.amina.pk).update(certificate_name=name)
    return Credential.objects.get(pk=credential.pk)


def revoked(one: Earned, credential: Credential) -> CredentialChange:
    asked = ask_to_revoke(credential, by=one.cast.beth, **GONE)
    return confirm_revocation(asked, by=one.cast.dev, at=LATER)


def written() -> tuple[list[tuple[str, str, str]], list[str], list[str]]:
    """Every change, audit entry of these verbs and letter, the oldest first."""
    changes = CredentialChange.objects.order_by("pk").values_list("from_state", "to_state", "reason")
    entries = AuditEntry.objects.filter(act__in=["credential_changed", "revocation_asked", "revocation_set_aside"])
    letters = Message.objects.exclude(kind="credential_awarded").order_by("pk")
    return list(changes), list(entries.order_by("pk").values_list("act", flat=True)), [one.kind for one in letters]


def check_page(credential: Credential) -> str:
    return Client().get(f"/verify/{credential.shown_code}/").content.decode()


Verb = Callable[[Earned, Credential], Any]
VERBS: dict[str, Verb] = {
    "suspend": lambda one, held: suspend(held, by=one.cast.beth, **WHY),
    "reinstate": lambda one, held: reinstate(held, by=one.cast.beth, at=LATER),
    "ask": lambda one, held: ask_to_revoke(held, by=one.cast.beth, **GONE),
    "revoke": lambda one, held: revoked(one, held),
    "replace": lambda one, held: replace(held, name="Amina Farrow", by=one.cast.beth, at=LATER),
}
