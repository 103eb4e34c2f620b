"""Finding whom a download or an erasure is about, by an address."""

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _
from toolkit.personal import Subject, holdings

from people.models import User


class NobodyThere(Exception):
    """Raised for an address under which the site knows nobody."""


def subject_of(person: User) -> Subject:
    """A person with every address that is shown to be theirs.

    Anybody may type anybody's address into their account: until it is proved it opens nothing and takes nothing away.
    """
    known = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return Subject(person, frozenset(address.lower() for address in (person.email, *known) if address))


def find_subject(address: str) -> Subject:
    """Whoever has this address: an account, or somebody who was only written to. Raises NobodyThere."""
    wanted = address.strip().lower()
    person = (
        User.objects.filter(email__lower=wanted).first()
        or User.objects.filter(emailaddress__email__lower=wanted, emailaddress__verified=True).first()
    )
    subject = subject_of(person) if person else Subject(None, frozenset({wanted} - {""}))
    if person is None and not any(holding.rows(subject).exists() for holding in holdings()):
        raise NobodyThere(_("Nobody here has the address %(address)s.") % {"address": address})
    return subject
