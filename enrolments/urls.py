"""Invitations, and what was asked by them."""

from django.urls import path

from . import views

urlpatterns = [
    path("join/<str:token>/", views.join, name="join"),
    path("invitations/<uuid:invitation>/", views.invited, name="invitation"),
    path("place-requests/<uuid:asked>/withdraw/", views.withdraw, name="place_request_withdraw"),
]
