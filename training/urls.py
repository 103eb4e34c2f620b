"""The rooms of those who answer for people, below the organisation they do it for."""

from django.urls import path

from . import lists, people

ORGANISATION = "organisation/<uuid:organisation>/"

urlpatterns = [
    path(ORGANISATION, people.show, name="organisation_people"),
    path(f"{ORGANISATION}book/", lists.book, name="organisation_book"),
    path(f"{ORGANISATION}book/list.csv", lists.template, {"kind": "csv"}, name="organisation_list_csv"),
    path(f"{ORGANISATION}book/list.xlsx", lists.template, {"kind": "xlsx"}, name="organisation_list_xlsx"),
    path(f"{ORGANISATION}book/<uuid:listed>/", lists.show, name="organisation_list"),
    path(f"{ORGANISATION}book/<uuid:listed>/lines-to-mend.csv", lists.faults, name="organisation_list_faults"),
]
