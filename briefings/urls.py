"""Briefings by number, and their feed. Their pages are Wagtail's."""

from django.urls import path
from django.views.decorators.http import require_safe

from . import views
from .feeds import BriefingFeed

urlpatterns = [
    path("briefings/feed/", require_safe(BriefingFeed()), name="briefing_feed"),
    path("briefings/<int:number>/", views.briefing, name="briefing"),
    path("briefings/<int:number>/team/", views.team_pack, name="briefing_team_pack"),
    path("briefings/<int:number>.pdf", views.briefing_pdf, name="briefing_pdf"),
]
