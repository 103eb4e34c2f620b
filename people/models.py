"""Accounts, organisations and roles in an organisation. People are blanked in place, never deleted."""

import re
from datetime import date
from typing import Any, NoReturn
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from toolkit.terms import TermQuerySet

from .choices import Agency, Nation, OrganisationPurpose, OrganisationRoleCode

DOMAIN = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


class PeopleAreNeverDeleted(Exception):
    """Raised when code tries to delete an account; learning and certificates would lose their owner."""


class UserQuerySet(models.QuerySet["User"]):
    """Accounts."""

    def delete(self) -> NoReturn:
        raise PeopleAreNeverDeleted(_("Accounts are blanked in place, never deleted."))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts; the address is the sign-in name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved account. Without a password nobody can sign in with one."""
        user: User = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A platform administrator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email__lower=(username or "").lower())
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, whatever their roles."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), null=True)
    name = models.CharField(_("name"), max_length=150)
    certificate_name = models.CharField(
        _("name on certificates"),
        max_length=150,
        blank=True,
        help_text=_("As you want it printed. Empty: your name above."),
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    agency = models.CharField(_("agency"), max_length=20, choices=Agency.choices, default=Agency.OTHER)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    blanked_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.CheckConstraint(condition=~Q(email=""), name="no_empty_email"),
            models.CheckConstraint(
                condition=Q(blanked_at__isnull=True) | Q(email__isnull=True, is_active=False),
                name="blanked_people_have_no_email",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Addresses are kept in small letters: allauth looks for them so."""
        if self.email:
            self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name or gettext("former user")

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def printed_name(self) -> str:
        """The name as it goes on a certificate."""
        return self.certificate_name or self.name

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PeopleAreNeverDeleted(_("Accounts are blanked in place, never deleted."))


class Area(models.Model):
    """A place that reports are made for."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    nation = models.CharField(max_length=20, choices=Nation.choices)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A provider, employer, partnership or funder; often several of these at once."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    areas = models.ManyToManyField(Area, blank=True, related_name="organisations")

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.Model):
    """One of the things an organisation is."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=20, choices=OrganisationPurpose.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="one_row_per_kind")]


class MembershipQuerySet(models.QuerySet["Membership"]):
    """People's ties to organisations."""

    def current(self, on: date) -> "MembershipQuerySet":
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on)


class Membership(models.Model):
    """A person belongs to an organisation from one day to another; a leaver's row is ended, not removed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(ended_on=None), name="one_open_membership"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        """Without the person, as a role is."""
        return gettext("Member of %(organisation)s") % {"organisation": self.organisation}


class OrganisationRole(models.Model):
    """A role of a person in an organisation, from one day to another."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="organisation_roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=OrganisationRoleCode.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ends_on=None),
                name="one_open_role_in_organisation",
            )
        ]

    def __str__(self) -> str:
        """Without the person: the desk's log keeps these words, and must not keep a name."""
        return gettext("%(role)s, %(organisation)s") % {
            "role": self.get_role_display(),
            "organisation": self.organisation,
        }


def known_domains(text: str) -> None:
    """Raises ValidationError unless each line is the part of an address after the @, as in example.org."""
    for domain in text.split():
        if not DOMAIN.fullmatch(domain):
            words = _("“%(domain)s” is not the end of an address, such as example.org.")
            raise ValidationError(words, params={"domain": domain})


def encrypted_address(text: str) -> None:
    """Raises ValidationError unless it is an https:// address; on one's own machine http:// will do."""
    URLValidator(schemes=["https", "http"] if settings.DEVELOPMENT else ["https"])(text)


class OrganisationSignIn(models.Model):
    """An organisation's own sign-in service (OpenID Connect), and the ends of the addresses it may speak for."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="sign_in")
    key = models.SlugField(unique=True, help_text=_("Part of the address the service sends people back to"))
    server_url = models.CharField(
        _("address of the service"),
        max_length=200,
        validators=[encrypted_address],
        help_text=_("https://…, below which /.well-known/openid-configuration stands"),
    )
    client_id = models.CharField(_("client identifier"), max_length=200)
    sealed_secret = models.TextField(editable=False, blank=True)  # people.second_step.sealed
    domains = models.TextField(
        _("ends of its addresses"),
        validators=[known_domains],
        help_text=_("One to a line, such as example.org. The service can open no account with another address."),
    )
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("organisation’s sign-in")
        verbose_name_plural = _("organisations’ sign-ins")

    def __str__(self) -> str:
        return self.organisation.name

    def speaks_for(self, email: str) -> bool:
        """Whether the address ends as this organisation's do."""
        return email.rpartition("@")[2].lower() in self.domains.lower().split()
