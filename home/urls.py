"""A person's own pages."""

from django.urls import path

from . import ninety_seconds, views

urlpatterns = [
    path("my-learning/", views.dashboard, name="dashboard"),
    path("ninety-seconds/answer/", ninety_seconds.answer, name="ninety_seconds"),
]
