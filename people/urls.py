"""A person's own account, beside allauth's pages under the same address."""

from django.urls import path

from . import account_views, stopping_letters, views

urlpatterns = [
    path("", views.account, name="account"),
    path("email/", account_views.addresses, name="account_email"),
    path("second-step/webauthn/reauthenticate/", account_views.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("organisation/signup/", account_views.first_organisation_sign_in, name="socialaccount_signup"),
    path("preferences/", views.preferences, name="account_preferences"),
    path("letters/stop/<str:token>/", stopping_letters.stop_letters, name="stop_letters"),
    path("organisation/find/", views.organisation_sign_in, name="organisation_sign_in"),
]
