from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from reference.citations import register

        from .citations import quizzes_citing

        register(quizzes_citing)
