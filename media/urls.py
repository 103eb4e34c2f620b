"""Films' files, captions, reports and cards. In no language of their own: the pages' addresses are Wagtail's."""

from django.urls import path

from . import views

urlpatterns = [
    path("film-file/<uuid:file_uuid>.<slug:suffix>", views.film_file, name="film_file"),
    path("film-captions/<uuid:film_uuid>/<slug:language>.vtt", views.film_captions, name="film_captions"),
    path("film-report/<uuid:film_uuid>/", views.film_report, name="film_report"),
    path("film-card/<slug:seed>.svg", views.film_card, name="film_card"),
]
