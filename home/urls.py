"""A person's own pages."""

from django.urls import path

from . import views

urlpatterns = [path("my-learning/", views.dashboard, name="dashboard")]
