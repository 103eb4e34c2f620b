"""The one address of this room that is not the desk's."""

from django.urls import path

from . import views

urlpatterns = [path("fact-check/<str:token>/", views.fact_check, name="fact_check")]
