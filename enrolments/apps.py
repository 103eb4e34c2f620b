from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "enrolments"

    def ready(self) -> None:
        from media.access import register_rule

        from . import receivers  # noqa: F401
        from .access import may_see_film

        register_rule(may_see_film)
