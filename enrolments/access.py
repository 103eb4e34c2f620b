"""Who may read a course's lessons. Plain questions."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from toolkit.days import site_day

from courses.models import Course
from media.films import Film
from people.models import User
from people.permissions import works_at_desk

from .choices import READING_STATES
from .models import Appointment, CohortRole, Enrolment, PlannedDate


def reading_enrolment(person: User, course: Course) -> Enrolment | None:
    """The enrolment through which a person reads a course: the newest that was not withdrawn.

    It knows whether its cohort planned any dates (planned_dates.dates_for).
    """
    return (
        Enrolment.objects.belonging_to(person)
        .filter(course=course, state__in=READING_STATES)
        .select_related("cohort", "learner")
        .annotate(has_plan=Exists(PlannedDate.objects.filter(cohort=OuterRef("cohort"))))
        .order_by("-booked_at", "-pk")
        .first()
    )


def may_read_as_staff(person: User, course: Course, *, on: date) -> bool:
    """Editors; trainers and supervisors of a cohort of the course; supervisors and assessors by appointment."""
    return Course.objects.filter(_read_as_staff(person, on), pk=course.pk).exists()


def readable_courses(person: User | AnonymousUser, *, on: date) -> QuerySet[Course]:
    """The courses whose lessons a person may read, as learner or as staff: the two questions above, asked of all."""
    if not isinstance(person, User):
        return Course.objects.none()
    read = Enrolment.objects.belonging_to(person).filter(state__in=READING_STATES)
    return Course.objects.filter(_read_as_staff(person, on) | Q(pk__in=read.values("course")))


def _read_as_staff(person: User, on: date) -> Q:
    """Of courses: those a person reads because they look after somebody there; every course for the editors' desk."""
    if works_at_desk(person):
        return ~Q(pk=None)
    in_cohort = CohortRole.objects.current(on).filter(person=person)
    appointed = Appointment.objects.current(on).filter(person=person)
    return Q(pk__in=in_cohort.values("cohort__course")) | Q(pk__in=appointed.values("enrolment__course"))


def may_see_film(person: User, film: Film) -> bool:
    """Whoever may read a course may see its films. Registered as a rule of the room that keeps films."""
    return readable_courses(person, on=site_day()).filter(activities__film=film).exists()
