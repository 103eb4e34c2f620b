"""What this room adds to the editors' desk."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from reference.pages import WrittenPage

from .desk import choosing, doors, fact_checks, module_rules, paste, reading, views, word
from .desk.bank import addresses as bank_addresses
from .desk.law_report import LegalChecksDue
from .desk.media_report import MediaToLookAt
from .desk.page_numbers import PagesAsKnown
from .desk.reports import REPORTS as PAGE_REPORTS
from .desk.waiting import WhatWaits
from .word.drafts import ACTION

REPORTS = (*PAGE_REPORTS, MediaToLookAt, LegalChecksDue)
hooks.register("before_publish_page", doors.refuse_page, order=10)
hooks.register("before_bulk_action", doors.refuse_many, order=10)
hooks.register("register_page_header_buttons", word.buttons)
hooks.register("register_page_header_buttons", module_rules.buttons)
hooks.register("register_page_header_buttons", bank_addresses.buttons)
hooks.register("register_admin_urls", bank_addresses.addresses)
hooks.register("register_admin_menu_item", bank_addresses.menu_item)


@hooks.register("construct_page_chooser_queryset")
def only_what_they_may_know(pages: Any, request: HttpRequest) -> Any:
    return choosing.known_to(request.user, pages)


@hooks.register("construct_admin_api")
def pages_as_known(api: Any) -> None:
    api.register_endpoint("pages", PagesAsKnown)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("changes/<int:page_id>/", reading.page_change, name="page_change"),
        path("changes/looks/<uuid:reading>/", reading.second_look, name="second_look"),
        path("checks/<int:page_id>/", views.checks, name="publish_checks"),
        path("fact-checks/<int:page_id>/", fact_checks.fact_checks, name="fact_checks"),
        *(path(f"reports/{one.index_url_name}/", one.as_view(), name=one.index_url_name) for one in REPORTS),
        *(
            path(
                f"reports/{one.index_url_name}/results/",
                one.as_view(results_only=True),
                name=one.index_results_url_name,
            )
            for one in REPORTS
        ),
        path("word/<int:parent_page_id>/", word.page_from_word, name="page_from_word"),
        path("word/report/<int:page_id>/", word.word_report, name="word_report"),
        path("modules/<int:page_id>/rules/", module_rules.module_rules, name="module_rules"),
        path("paste/", paste.pasted_blocks, name="pasted_blocks"),
        path("checks/<int:page_id>/form/", views.check_form, name="publish_checks_of_form"),
    ]


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """So that administrators can give it to a group."""
    ours = {"publishing": ["override_checks"], "assessments": ["keep_banks", "regrade"]}
    wanted = [Q(content_type__app_label=room, codename__in=names) for room, names in ours.items()]
    return Permission.objects.filter(reduce(or_, wanted))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        module_rules.ACTION,
        gettext_lazy("Order and quizzes"),
        gettext_lazy("What comes before this module, or what its quizzes show, was changed"),
    )
    actions.register_action(
        ACTION, gettext_lazy("Made from a Word file"), gettext_lazy("This page was made from a Word file")
    )


@hooks.register("register_page_header_buttons")
def checks_button(page: Page, user: Any, next_url: str | None = None, **more: Any) -> Iterator[Button]:
    """In the menu of every written page, from where no script is needed."""
    if issubclass(page.specific_class or Page, WrittenPage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Publish checks"), reverse("publish_checks", args=[page.pk]), icon_name="check", priority=70)
        yield Button(_("Fact checks"), reverse("fact_checks", args=[page.pk]), icon_name="mail", priority=71)


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WhatWaits())


@hooks.register("insert_editor_js")
def script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("publishing/checks.js"))


@hooks.register("insert_editor_js")
def one_save_script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("publishing/one_save.js"))


@hooks.register("insert_editor_js")
def paste_script() -> SafeString:
    """Its words come with it, in the language of the desk."""
    sentences = {
        "at": reverse("pasted_blocks"),
        "after": _("What you pasted stands after this text."),
        "failed": _(
            "The site could not make parts of the page of it just now, so headings became paragraphs in bold and "
            "tables became lists. Undo it and paste again, or put the cursor before each heading, type / and choose "
            "“Section heading”."
        ),
        "headings": _("Headings cannot stand inside this text, so these became paragraphs in bold."),
        "tables": _("A table became a list: one item for each row, with the heading of each column."),
        "pictures": _("Pictures were left out: the text of a page holds none."),
        "taken-back": _("Comments, and words that were deleted or hidden, were left out."),
    }
    return format_html(
        '<script src="{}"{}></script>',
        static("publishing/paste.js"),
        format_html_join("", ' data-{}="{}"', sentences.items()),
    )


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("publishing/desk.css"))


class ReportItem(MenuItem):
    """An entry of the menu of reports, for whoever works on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


def _register(report: type[ReportView], order: int) -> None:
    name = report.index_url_name
    hooks.register(
        "register_reports_menu_item",
        lambda: ReportItem(report.page_title, reverse(name), name=name, icon_name="list-ul", order=order),
    )


for place, one_report in enumerate(REPORTS):
    _register(one_report, 100 + place)
