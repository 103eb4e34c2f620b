"""A person's own pages."""

from django.urls import path

from . import concerns, ninety_seconds, views

urlpatterns = [
    path("my-learning/", views.dashboard, name="dashboard"),
    path("report-a-concern/send/", concerns.send, name="concern_send"),
    path("report-a-concern/sent/", concerns.sent, name="concern_sent"),
    path("ninety-seconds/answer/", ninety_seconds.answer, name="ninety_seconds"),
]
