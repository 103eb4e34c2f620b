"""What a lead downloads for lists: an empty one, and the lines of one that have faults."""

from django.utils.translation import gettext as _

from enrolments.lists.lines import EXAMPLE
from enrolments.lists.words import faults_by_line
from enrolments.models import EnrolmentList
from people.choices import Agency

_FIELDS = ("email", "name", "agency", "area", "language")


def headings() -> list[str]:
    """The columns of a list, in the reader's language; each is one that lists are read by."""
    return [_("E-mail"), _("Name"), _("Agency"), _("Area"), _("Language")]


def template_rows() -> list[list[str]]:
    """The headings, and somebody who is not there."""
    return [headings(), [EXAMPLE, "Amina Rahman", str(Agency.SOCIAL_CARE.label), "", "English"]]


def faulty_rows(one: EnrolmentList) -> list[list[str]]:
    """The lines with faults as they were sent, and what is wrong with each; without any, the headings alone."""
    wrong = faults_by_line(one)
    rows = [[*headings(), _("What is wrong")]]
    for row in one.rows:
        if row["line"] in wrong:
            rows.append([*(str(row[name]) for name in _FIELDS), " ".join(wrong[row["line"]])])
    return rows
