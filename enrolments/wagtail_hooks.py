"""The screens of organisations and cohorts at the desk."""

from wagtail import hooks

from .cohort_desk import OrganisationsGroup


@hooks.register("register_admin_viewset")
def organisations() -> OrganisationsGroup:
    return OrganisationsGroup()
