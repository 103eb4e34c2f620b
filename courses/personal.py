"""What this room holds about people: nothing (toolkit/personal.py)."""

from django.utils.translation import gettext_lazy as _
from toolkit.personal import about_nobody

from .models import Activity, Change, Course, LearningOutcome, Module, Requirement, RequirementSet

about_nobody(
    _("What is taught and what a course asks for: content."),
    Course,
    Module,
    LearningOutcome,
    Activity,
    RequirementSet,
    Requirement,
    Change,
)
