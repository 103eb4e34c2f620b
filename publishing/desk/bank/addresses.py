"""Where the banks lie at the desk, and their entry in its menu."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from assessments.models import ItemBank, ItemPicture
from courses.models import ModulePage

from . import draws, lists, one, pictures, regrade, trying, typed, writing
from .access import KEEP


def addresses() -> list[URLPattern]:
    return [
        path("banks/", lists.bank_list, name="bank_list"),
        path("banks/items/<uuid:item_uuid>/", one.bank_item, name="bank_item"),
        path("banks/items/<uuid:item_uuid>/compare/", one.bank_item_compare, name="bank_item_compare"),
        path("banks/items/<uuid:item_uuid>/try/", trying.bank_item_try, name="bank_item_try"),
        path("banks/items/<uuid:item_uuid>/write/", writing.bank_item_write, name="bank_item_write"),
        path("banks/items/<uuid:item_uuid>/regrade/", regrade.bank_item_regrade, name="bank_item_regrade"),
        path("banks/pictures/", pictures.bank_pictures, name="bank_pictures"),
        path("banks/quizzes/<uuid:quiz_uuid>/", draws.quiz_draws, name="quiz_draws"),
        path("banks/quizzes/<uuid:quiz_uuid>/check/", draws.quiz_draws_check, name="quiz_draws_check"),
        path("banks/<slug:bank_key>/", lists.bank, name="bank"),
        path("banks/<slug:bank_key>/write/", writing.bank_write, name="bank_write"),
        path("banks/<slug:bank_key>/check/", writing.bank_check, name="bank_check"),
        path("banks/<slug:bank_key>/type/", typed.bank_type, name="bank_type"),
    ]


class BanksItem(MenuItem):
    """For whoever may keep the banks."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(KEEP)


def menu_item() -> MenuItem:
    return BanksItem(_("Question banks"), reverse("bank_list"), name="banks", icon_name="help", order=350)


def buttons(page: Page, user: Any, next_url: str | None = None, **more: Any) -> Iterator[Button]:
    """In the menu of a module: the banks its quizzes draw from."""
    if not issubclass(page.specific_class or Page, ModulePage) or not user.has_perm(KEEP):
        return
    banks = list(ItemBank.objects.filter(assessments__activity__module=page.specific.module).distinct())
    for bank in banks:
        label = _("Questions") if len(banks) == 1 else _("Questions: %(bank)s") % {"bank": bank.title}
        yield Button(label, reverse("bank", args=[bank.key]), icon_name="help", priority=73)


class PictureOfQuestion(ModelAdminURLFinder):
    """Where the library leads from a picture that a question shows."""

    def construct_edit_url(self, instance: ItemPicture) -> str | None:
        if not self.user.has_perm(KEEP):
            return None
        return f"{reverse('bank_item', args=[instance.version.item.uuid])}?version={instance.version.number}"


register_admin_url_finder(ItemPicture, PictureOfQuestion)
