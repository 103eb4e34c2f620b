"""Stable codes of the people room; stored, exported and never shown as they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Agency(models.TextChoices):
    HEALTH = "health", _("Health")
    POLICE = "police", _("Police")
    SOCIAL_CARE = "social_care", _("Social care")
    EDUCATION = "education", _("Education")
    HOUSING = "housing", _("Housing")
    PROBATION = "probation", _("Probation")
    VOLUNTARY = "voluntary", _("Voluntary sector")
    OTHER = "other", _("Other")

    @property
    def thread(self) -> int:
        """The number of its thread in every drawing (toolkit/threads.py), so that a picture is also the legend."""
        return list(Agency).index(self) + 1


class Nation(models.TextChoices):
    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")


class OrganisationPurpose(models.TextChoices):
    TRAINING_PROVIDER = "training_provider", _("Training provider")
    EMPLOYER = "employer", _("Employer")
    PARTNERSHIP = "partnership", _("Safeguarding partnership")
    FUNDER = "funder", _("Funder")


class OrganisationRoleCode(models.TextChoices):
    LEAD = "org_lead", _("Organisation lead")
    FUNDER_READER = "funder_reader", _("Reader of a funder's counts")
