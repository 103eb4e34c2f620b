"""Certificates and their public check page."""

from django.urls import path

from . import views

urlpatterns = [
    path("certificate/<uuid:uuid>/", views.certificate, name="certificate"),
    path("certificate/<uuid:uuid>/pdf/", views.certificate_pdf, name="certificate_pdf"),
    path("certificate/<uuid:uuid>/name/", views.show_name, name="certificate_name"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
]
