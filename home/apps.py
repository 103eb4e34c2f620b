from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from publishing.kinds import register
        from search import entries

        from . import searchable
        from .content_kind import HomeFile, StandingFile, TryFile
        from .models import HomePage, StandardPage, TryPage

        register(HomeFile())
        register(StandingFile())
        register(TryFile())

        entries.register(HomePage, searchable.page)
        entries.register(StandardPage, searchable.page)
        entries.register(TryPage, searchable.decision)
