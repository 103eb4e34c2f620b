"""Whose account an address opens."""

from allauth.account.models import EmailAddress

from .models import User


def owner_of(address: str) -> User | None:
    """Whoever has proved that it is theirs; else whoever signs in with it.

    Anybody may type anybody's address into their account as a second one. Until it is proved it is nobody's way in:
    allauth's own search would send its owner a code for the account of whoever typed it.
    """
    wanted = address.strip().lower()
    proved = EmailAddress.objects.filter(email__lower=wanted, verified=True).select_related("user").first()
    return proved.user if proved else User.objects.filter(email__lower=wanted).first()


def proved_addresses(person: User) -> set[str]:
    """Every address the person has proved to be theirs, in small letters."""
    proved = EmailAddress.objects.filter(user=person, verified=True)
    return {address.lower() for address in proved.values_list("email", flat=True)}


def active_owner_of(address: str) -> User | None:
    """The same, if their account is open."""
    owner = owner_of(address)
    return owner if owner and owner.is_active else None
