from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from publishing.kinds import register

        from .content_kind import HomeFile, StandingFile, TryFile

        register(HomeFile())
        register(StandingFile())
        register(TryFile())
