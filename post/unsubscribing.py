"""The way out of an optional kind of letter: an address in the letter that works without signing in (RFC 8058)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

from .choices import OPTIONAL_LETTERS
from .preferences import choose_letters

if TYPE_CHECKING:
    from people.models import User

    from .models import Message

SALT = "post.unsubscribing"


@dataclass(frozen=True)
class WayOut:
    """Who does without which kind of letter, as a token says."""

    person: "User"
    kind: str

    def take(self, *, at: datetime) -> None:
        """No more letters of this kind; taken twice it is as taken once."""
        choose_letters(self.person, {self.kind: False}, at=at)


def address_for(person: "User", kind: str) -> str:
    """The address by which this person stops this kind of letter. It opens nothing else and does not run out."""
    token = signing.Signer(salt=SALT).sign_object([str(person.uuid), kind])
    return settings.SITE_URL + reverse("stop_letters", args=[token])


def way_out_of(token: str) -> WayOut | None:
    """What a token stands for; None for one we did not make, for somebody gone or for a kind there no longer is."""
    try:
        uuid, kind = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    person = get_user_model().objects.filter(uuid=uuid, blanked_at=None).first()
    return WayOut(cast("User", person), kind) if person and kind in OPTIONAL_LETTERS else None


def headers_for(message: "Message") -> dict[str, str]:
    """For a letter that may be refused, the headers by which a mail program offers to stop it with one click."""
    if message.person is None or message.kind not in OPTIONAL_LETTERS:
        return {}
    address = address_for(message.person, message.kind)
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
