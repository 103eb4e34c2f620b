"""Sources, glossary terms and legal statements at the editors' desk, and why one of them may not be deleted."""

from typing import Any, NoReturn

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .forms import SourceForm, StatementForm, TermForm
from .models import GlossaryTerm, LegalStatement, Source
from .protection import reason_to_keep


class SourceViewSet(SnippetViewSet):
    """The reading list."""

    model = Source
    icon = "openquote"
    list_display = ["title", "publisher", "year", "nation", "checked_on"]
    list_filter = ["nation", "ours"]
    search_fields = ["title", "key", "publisher"]
    edit_handler = ObjectList(
        [
            *(FieldPanel(name) for name in ("key", "title", "authors", "publisher", "year", "published", "url")),
            *(FieldPanel(name) for name in ("nation", "checked_on", "note", "ours")),
        ],
        base_form_class=SourceForm,
    )


class TermViewSet(SnippetViewSet):
    """The glossary."""

    model = GlossaryTerm
    icon = "list-ul"
    search_fields = ["key"]
    edit_handler = ObjectList(
        [
            FieldPanel("key"),
            MultiFieldPanel([FieldPanel("term_en"), FieldPanel("meaning_en")], heading=_("In English")),
            MultiFieldPanel([FieldPanel("term_cy"), FieldPanel("meaning_cy")], heading=_("In Welsh")),
            FieldPanel("see"),
            FieldPanel("sources"),
        ],
        base_form_class=TermForm,
    )


class StatementViewSet(SnippetViewSet):
    """What the law says, nation by nation."""

    model = LegalStatement
    icon = "clipboard-list"
    list_display = ["__str__", "key", "valid_from", "valid_to", "checked_on", "check_due_on"]
    list_filter = ["nation"]
    search_fields = ["key"]
    edit_handler = ObjectList(
        [
            *(FieldPanel(name) for name in ("key", "nation", "text_en", "text_cy")),
            *(FieldPanel(name) for name in ("valid_from", "valid_to", "source")),
            MultiFieldPanel([FieldPanel("checked_by"), FieldPanel("checked_on")], heading=_("Who checked it")),
        ],
        base_form_class=StatementForm,
    )


class ReferenceGroup(SnippetViewSetGroup):
    """All under one heading of the desk's menu."""

    menu_label = _("Reference")
    menu_icon = "openquote"
    items = (TermViewSet, SourceViewSet, StatementViewSet)


register_snippet(ReferenceGroup)


@hooks.register("register_admin_urls", order=-1)
def nothing_made_while_choosing() -> list[URLPattern]:
    """A source or term is written on its own screen; Wagtail's chooser would fail over the form it has not got."""
    return [path("snippets/choose/reference/<slug:model>/create/", nothing_to_make)]


def nothing_to_make(request: HttpRequest, model: str) -> NoReturn:
    raise Http404


@hooks.register("before_delete_snippet")
def refuse(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """In words, before one or many are deleted."""
    for instance in instances:
        if isinstance(instance, GlossaryTerm | LegalStatement | Source) and (reason := reason_to_keep(instance)):
            messages.error(request, reason)
            return redirect(instance.snippet_viewset.get_url_name("list"))  # type: ignore[union-attr]
    return None
