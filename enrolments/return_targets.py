"""By when trainers mean to have marked what was handed in: so many working days, by the cohort. Pure."""

from datetime import date, datetime, timedelta

from .models import Cohort


def answer_by(cohort: Cohort, handed_in_at: datetime) -> date:
    """The day by which a response handed in then is to be marked."""
    return after_working_days(cohort.today(handed_in_at), cohort.return_days)


def after_working_days(day: date, count: int) -> date:
    """So many days from Monday to Friday later; bank holidays are not known here."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
