"""Development only; config/urls.py leaves these out everywhere else."""

from django.urls import path

from . import components, views

urlpatterns = [
    path("", views.index, name="try"),
    path("components/", components.components, name="try_components"),
    path("mail/", views.mail, name="try_mail"),
    path("mail/<int:number>/", views.letter, name="try_letter"),
    path("<slug:key>/", views.sign_in, name="try_sign_in"),
]
