"""What courses are called."""

from django.utils.translation import get_language

from .models import Course, CoursePage


def course_titles() -> dict[int, str]:
    """Every course in the order of codes: its title in the page's language, else in English, else its code."""
    language = get_language() or "en"
    pages = CoursePage.objects.filter(live=True, language__in=[language, "en"])
    titles = {page.course_id: page.title for page in sorted(pages, key=lambda page: page.language == language)}
    return {pk: titles.get(pk, code) for pk, code in Course.objects.order_by("code").values_list("pk", "code")}
