from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from .kinds import register
        from .kinds.course_pages import CourseFile, LessonFile, ModuleFile
        from .kinds.film_files import ChannelFile, FilmFolder
        from .kinds.quiz_files import AssessmentFile, ItemFile
        from .kinds.requirement_files import RequirementsFile
        from .kinds.sources import SourceFile

        for kind in (SourceFile(), CourseFile(), ModuleFile(), LessonFile(), AssessmentFile(), ItemFile()):
            register(kind)
        for other in (RequirementsFile(), ChannelFile(), FilmFolder()):
            register(other)
