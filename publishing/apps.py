from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from reference.advice import advise_with

        from . import receivers  # noqa: F401  (hears what is published)
        from .desk.advice import panel, refusals
        from .kinds import register
        from .kinds.briefing_files import BriefingFile, ReportFile, StoryFile
        from .kinds.course_pages import CourseFile, LessonFile, ModuleFile
        from .kinds.film_files import ChannelFile, FilmFolder
        from .kinds.glossary import GlossaryFile
        from .kinds.law import LawFile
        from .kinds.live_session_files import LiveSessionsFile
        from .kinds.quiz_files import AssessmentFile, ItemFile
        from .kinds.requirement_files import RequirementsFile
        from .kinds.sources import SourceFile

        for kind in (SourceFile(), CourseFile(), ModuleFile(), LessonFile(), AssessmentFile(), ItemFile()):
            register(kind)
        for later in (
            LiveSessionsFile(),
            RequirementsFile(),
            GlossaryFile(),
            LawFile(),
            BriefingFile(),
            StoryFile(),
            ReportFile(),
        ):
            register(later)
        for film in (ChannelFile(), FilmFolder()):
            register(film)
        advise_with(panel, refusals)
