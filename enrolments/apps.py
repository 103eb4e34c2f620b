from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "enrolments"

    def ready(self) -> None:
        from media.access import register_rule
        from people.staff import add_staff_rule

        from . import receivers  # noqa: F401
        from .access import may_see_film
        from .roles import appointments_of_a_person, cohort_roles_of_a_person

        register_rule(may_see_film)
        add_staff_rule(cohort_roles_of_a_person)
        add_staff_rule(appointments_of_a_person)
