"""What this room holds about people, and how it goes (toolkit/personal.py); with allauth's tables and the sessions.

The account itself is blanked in place: every record of ours goes on pointing to somebody, and nobody stands there.
"""

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, Subject, about_nobody, delete_rows, hold, mentions, retain, rows_of

from .choices import Agency
from .models import Area, Membership, Organisation, OrganisationKind, OrganisationRole, OrganisationSignIn, User
from .owners import proved_addresses

# allauth's tables, each with what a person calls it and the columns worth showing. One that is not installed is none.
SIGN_IN_TABLES = {
    "account.EmailAddress": (_("Your addresses"), {"email": _("Address"), "verified": _("Confirmed")}),
    "mfa.Authenticator": (_("Your second steps at sign-in"), {"type": _("Kind"), "created_at": _("Added")}),
    "socialaccount.SocialAccount": (
        _("Other accounts you sign in with"),
        {
            "provider": _("Provider"),
            "uid": _("Identifier there"),
            "extra_data": _("What it told us"),
            "date_joined": _("Added"),
        },
    ),
    "usersessions.UserSession": (
        _("Where you signed in"),
        {"ip": _("Network address"), "user_agent": _("Browser"), "last_seen_at": _("Last seen")},
    ),
}
SITE_ITSELF = "socialaccount.SocialApp"
GO_WITH_THEM = {"account.EmailConfirmation", "socialaccount.SocialToken"}


def blank(rows: QuerySet[User], at: datetime) -> int:
    """Take everything off an account that says who it is, and every way in."""
    people = list(rows.filter(blanked_at=None))
    for person in people:
        person.groups.clear()
        person.user_permissions.clear()
        person.email, person.name, person.certificate_name = None, "", ""
        person.agency, person.language, person.time_zone = Agency.OTHER, "en", "Europe/London"
        person.set_unusable_password()
        person.is_active = person.is_superuser = False
        person.last_login, person.blanked_at = None, at
        person.save()
    return len(people)


def sessions_of(subject: Subject) -> QuerySet[Session]:
    """Sessions the person is signed in with, and those that remember one of their addresses."""
    return Session.objects.filter(
        pk__in=[session.pk for session in Session.objects.iterator() if _is(session, subject)]
    )


def _is(session: Session, subject: Subject) -> bool:
    remembered = session.get_decoded()
    if subject.person is not None and remembered.get("_auth_user_id") == str(subject.person.pk):
        return True
    return mentions(remembered, subject.addresses)


def _end_roles(rows: QuerySet[OrganisationRole], at: datetime) -> int:
    today = at.date()
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=today)).update(ends_on=today)


def _sign_in_rows(model: type[models.Model]) -> Any:
    return rows_of(model, "user")


hold(
    Holding(
        Session,
        _("Where you are signed in now"),
        "accounts",
        {"expire_date": _("Until")},
        sessions_of,
        delete_rows,
    ),
    *(
        Holding(model, title, "accounts", columns, _sign_in_rows(model), delete_rows)
        for label, (title, columns) in SIGN_IN_TABLES.items()
        if apps.is_installed(f"allauth.{label.partition('.')[0]}")
        for model in [apps.get_model(label)]
    ),
    Holding(
        Membership,
        _("Organisations you work for"),
        "attendance",
        {"organisation__name": _("Organisation"), "started_on": _("From"), "ended_on": _("To")},
        rows_of(Membership, "person"),
        delete_rows,
    ),
    Holding(
        OrganisationRole,
        _("Your roles in organisations"),
        "attendance",
        {
            "organisation__name": _("Organisation"),
            "role": _("Role"),
            "starts_on": _("From"),
            "ends_on": _("To"),
        },
        rows_of(OrganisationRole, "person"),
        _end_roles,
        kept=_("Who could see whose records, and when, has to be answered without a name too."),
    ),
    Holding(
        User,
        _("Your account"),
        "accounts",
        {
            "name": _("Name"),
            "certificate_name": _("Name on certificates"),
            "email": _("Address"),
            "agency": _("Agency"),
            "language": _("Language"),
            "time_zone": _("Time zone"),
            "joined_at": _("Joined"),
            "last_login": _("Last signed in"),
            "uuid": _("Identifier"),
        },
        lambda subject: User.objects.filter(pk=subject.person.pk) if subject.person else User.objects.none(),
        blank,
    ),
)
about_nobody(_("Organisations and places; people belong to them by rows of other tables."), Organisation, Area)
about_nobody(_("What kind an organisation is, and where its people sign in."), OrganisationKind, OrganisationSignIn)
about_nobody(_("What a group may do; who is in it goes with the account."), Group, Permission, ContentType)
about_nobody(
    _("Goes with the row it belongs to."),
    *(
        apps.get_model(label)
        for label in sorted(GO_WITH_THEM)
        if apps.is_installed(f"allauth.{label.partition('.')[0]}")
    ),
)
about_nobody(
    _("How the site itself is known to another."),
    *(model for model in apps.get_models() if model._meta.label == SITE_ITSELF),
)


def _old_memberships(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """But for what keeps a door shut: the organisation's sign-in would open a leaver's account again."""
    old = Membership.objects.filter(ended_on__lt=before.date()).exclude(person__in=held)
    with_a_door = old.filter(organisation__sign_in__isnull=False).select_related("organisation__sign_in", "person")
    keep = [one.pk for one in with_a_door if _could_open(one.organisation.sign_in, one.person)]
    return old.exclude(pk__in=keep).delete()[0]


def _could_open(service: OrganisationSignIn, person: User) -> bool:
    return any(service.speaks_for(address) for address in {person.email or "", *proved_addresses(person)})


def _old_roles(before: datetime, at: datetime, held: frozenset[int]) -> int:
    return OrganisationRole.objects.filter(ends_on__lt=before.date()).exclude(person__in=held).delete()[0]


def _old_sessions(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Sessions that ran out, whatever their age: they open nothing any more."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def _old_sign_ins(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Where somebody signed in, with a network address: gone once the session is, whatever its age."""
    running = Session.objects.filter(expire_date__gte=at).values("session_key")
    over = UserSession.objects.exclude(session_key__in=running).exclude(user__in=held)
    return over.delete()[0]


retain(
    Retention("attendance", Membership, _old_memberships),
    Retention("attendance", OrganisationRole, _old_roles),
    Retention("audit", Session, _old_sessions),
    Retention("audit", UserSession, _old_sign_ins),
)
