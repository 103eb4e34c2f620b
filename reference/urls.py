"""The glossary and the reading list."""

from django.urls import path

from . import views

urlpatterns = [
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/<slug:key>/", views.glossary_term, name="glossary_term"),
    path("reading/", views.reading, name="reading"),
]
