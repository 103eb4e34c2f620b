"""A person's own data."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("your-data/", views.your_data, name="your_data"),
    re_path(r"^your-data/download\.(?P<form>json|html)$", views.download, name="your_data_download"),
    path("your-data/correct/", views.correct, name="your_data_correct"),
    path("your-data/close/", views.close, name="your_data_close"),
    re_path(r"^account-(?P<what>closed|erased)/$", views.closed, name="account_closed"),
]
