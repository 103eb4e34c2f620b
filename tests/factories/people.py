"""The cast: Amina learns, Beth trains her cohort, Carol trains another, Dev edits, Lena leads an organisation."""

from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from people.models import Organisation, User

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Five people with nothing attached to them: roles in cohorts and organisations are given in the test."""

    amina: User
    beth: User
    carol: User
    dev: User  # in Wagtail's group Editors
    lena: User


def person(name: str, email: str | None = None, **fields: object) -> User:
    """A person whose address is verified; `first.last@example.org` unless another is given."""
    address = email or f"{name.lower().replace(' ', '.')}@example.org"
    made = User.objects.create_user(address, None, name=name, **fields)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    return made


def people() -> Cast:
    """The cast; only Dev is in a group."""
    dev = person("Dev Patel")
    dev.groups.add(Group.objects.get_or_create(name="Editors")[0])
    return Cast(
        amina=person("Amina Rahman", agency="social_care"),
        beth=person("Beth Okafor"),
        carol=person("Carol Hughes"),
        dev=dev,
        lena=person("Lena Frost"),
    )


def organisation(name: str = "Larchmere Children's Services") -> Organisation:
    """An organisation with no kind, area or members."""
    return Organisation.objects.create(name=name)
