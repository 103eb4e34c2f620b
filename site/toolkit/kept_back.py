"""What an editor keeps back at the desk (Wagtail's privacy of pages), asked in one place.

Wagtail asks it of a page it serves itself. Whatever else shows a page's words, or its file, asks here.
"""

from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction


def lets_in(request: HttpRequest, page: Page) -> bool:
    """Whether whoever asks passes every restriction on a page and on the pages above it. One query."""
    above = [page.path[:length] for length in range(page.steplen, len(page.path) + 1, page.steplen)]
    restrictions = PageViewRestriction.objects.filter(page__path__in=above)
    return all(restriction.accept_request(request) for restriction in restrictions)
