"""The rooms of those who answer for people, below the organisation they do it for."""

from django.urls import path

from . import funders, one_person, people

urlpatterns = [
    path("organisation/<uuid:organisation>/", people.show, name="organisation_people"),
    path("organisation/<uuid:organisation>/people.<slug:kind>", people.as_file, name="organisation_people_file"),
    path("organisation/<uuid:organisation>/people/<uuid:person>/", one_person.show, name="organisation_person"),
    path("funder/<uuid:organisation>/", funders.show, name="funder_trained"),
    path("funder/<uuid:organisation>/trained.<slug:kind>", funders.as_file, name="funder_trained_file"),
    path(
        "organisation/<uuid:organisation>/people/<uuid:person>/leaving/",
        one_person.leaving,
        name="organisation_leaving",
    ),
    path("organisation/<uuid:organisation>/bookings/<uuid:booking>/", one_person.booking, name="organisation_booking"),
]
