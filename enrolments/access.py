"""Who may read a course's lessons. Plain questions."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.models import Course
from media.films import Film
from people.models import User

from .choices import READING_STATES
from .models import Appointment, CohortRole, Enrolment


def reading_enrolment(person: User, course: Course) -> Enrolment | None:
    """The enrolment through which a person reads a course: the newest that was not withdrawn."""
    return (
        Enrolment.objects.belonging_to(person)
        .filter(course=course, state__in=READING_STATES)
        .select_related("cohort", "learner")
        .order_by("-booked_at", "-pk")
        .first()
    )


def may_read_as_staff(person: User, course: Course, *, on: date) -> bool:
    """Editors; trainers and supervisors of a cohort of the course; supervisors and assessors by appointment."""
    if _is_editor(person):
        return True
    in_cohort = CohortRole.objects.current(on).filter(person=person, cohort__course=course)
    appointed = Appointment.objects.current(on).filter(person=person, enrolment__course=course)
    return in_cohort.exists() or appointed.exists()


def readable_courses(person: User | AnonymousUser, *, on: date) -> QuerySet[Course]:
    """The courses whose lessons a person may read, as learner or as staff: the two questions above, asked of all."""
    if not isinstance(person, User):
        return Course.objects.none()
    if _is_editor(person):
        return Course.objects.all()
    read = Enrolment.objects.belonging_to(person).filter(state__in=READING_STATES)
    in_cohort = CohortRole.objects.current(on).filter(person=person)
    appointed = Appointment.objects.current(on).filter(person=person)
    return Course.objects.filter(
        Q(pk__in=read.values("course"))
        | Q(pk__in=in_cohort.values("cohort__course"))
        | Q(pk__in=appointed.values("enrolment__course"))
    )


def _is_editor(person: User) -> bool:
    return person.is_superuser or person.has_perm("wagtailadmin.access_admin")


def may_see_film(person: User, film: Film) -> bool:
    """Whoever may read a course may see its films. Registered as a rule of the room that keeps films."""
    today = timezone.localdate()
    return any(
        reading_enrolment(person, course) is not None or may_read_as_staff(person, course, on=today)
        for course in Course.objects.filter(activities__film=film).distinct()
    )
