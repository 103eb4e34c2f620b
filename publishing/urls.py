"""The addresses of this room that are not the desk's."""

from django.urls import path

from . import views

urlpatterns = [
    path("fact-check/<str:token>/", views.fact_check, name="fact_check"),
    path("fact-check/<str:token>/film.<slug:suffix>", views.fact_check_film, name="fact_check_film"),
    path("fact-check/<str:token>/captions.vtt", views.fact_check_captions, name="fact_check_captions"),
]
