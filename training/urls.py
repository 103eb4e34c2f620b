"""The rooms of those who answer for people, below the organisation they do it for."""

from django.urls import path

from . import people

urlpatterns = [
    path("organisation/<uuid:organisation>/", people.show, name="organisation_people"),
]
