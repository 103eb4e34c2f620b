"""The questions of a module, each as a learner meets it and, with what is tried, as it is marked. Nothing is saved."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from assessments.items import LONGEST, NotAnswerable, Posted, item_type
from assessments.models import Item, ItemVersion
from assessments.previews import as_asked, as_marked, best_of
from courses.models import ModulePage

TRIED, FITTING = "tried", "fitting"


@require_admin_access
@require_http_methods(["GET", "POST"])
def module_questions(request: HttpRequest, page_id: int) -> HttpResponse:
    """The list, or the question that `question` names. For whoever may edit the module’s page: it shows every key."""
    page = get_object_or_404(ModulePage.objects.select_related("module"), pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    versions = _versions_of(page)
    if "question" in request.GET:
        return _one(request, page, _named(versions, request.GET["question"]))
    rows = [(one, _words(one, page.language), item_type(one.kind).label) for one in versions]
    return render(request, "publishing/questions.html", {"page": page, "rows": rows})


def _versions_of(page: ModulePage) -> QuerySet[ItemVersion]:
    """What the module’s quizzes may draw, by learning outcome."""
    current = Item.objects.filter(bank__assessments__activity__module=page.module, retired_at=None).values("current")
    found = ItemVersion.objects.filter(pk__in=current).select_related("item", "learning_outcome")
    return found.order_by("learning_outcome__code", "kind", "item")


def _named(versions: QuerySet[ItemVersion], name: str) -> ItemVersion:
    try:
        return get_object_or_404(versions, item__uuid=UUID(name))
    except ValueError as not_one:
        raise Http404 from not_one


def _words(version: ItemVersion, language: str) -> str:
    return str((version.texts.get(language) or version.texts["en"])["prompt"])


def _one(request: HttpRequest, page: ModulePage, version: ItemVersion) -> HttpResponse:
    language = str(page.language)
    value, problem = _tried(request, version)
    question = as_asked(version, language, value)
    marked = as_marked(version, language, value, position=2) if value is not None else None
    context = {
        "page": page,
        "version": version,
        "kind": item_type(version.kind).label,
        "question": question,
        "marked": marked,
        "problems": [{"href": f"#q1-{question.first_field}", "text": problem}] if problem else [],
        "longest": LONGEST,
    }
    return render(request, "publishing/question.html", context)


def _tried(request: HttpRequest, version: ItemVersion) -> tuple[dict[str, Any] | None, str]:
    """What is to be marked, None for nothing yet; and why what was tried cannot be."""
    show = request.POST.get("show")
    if show == FITTING:
        return best_of(version), ""
    if show != TRIED:
        return None, ""
    parts = {name.removeprefix("q1-"): str(held) for name, held in request.POST.items() if name.startswith("q1-")}
    posted = Posted(request.POST.getlist("q1"), parts)
    try:
        return item_type(version.kind).read(posted, version.structure, version.structure["choices"]), ""
    except NotAnswerable:
        return None, _("That answer did not arrive whole. Please choose again.")


def buttons(page: Page, user: Any, next_url: str | None = None, **more: Any) -> Iterator[Button]:
    """In the menu of a module."""
    if issubclass(page.specific_class or Page, ModulePage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Questions"), reverse("module_questions", args=[page.pk]), icon_name="help", priority=73)
