from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from reference.citations import register

        from .citations import quizzes_citing
        from .models import ItemPicture

        register(quizzes_citing)
        ReferenceIndex.register_model(ItemPicture)  # so that the library knows which pictures are used
