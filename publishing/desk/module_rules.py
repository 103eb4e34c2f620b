"""How a module is walked through: what comes before it, and which of its quizzes show how a cohort answered.

Neither is words of a page, so it is no part of a draft: it holds at once, in every language (decision 60).
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.kept import content_changed
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log
from wagtail.models import Page

from assessments.models import Assessment
from courses.models import Module, ModulePage

ACTION = "publishing.module_rules"


class _Earlier(forms.ModelChoiceField):
    """A module by its number and the title of its page in the language of the desk, else in English."""

    def label_from_instance(self, module: Module) -> str:
        titles = dict(module.pages.values_list("language", "title"))
        return f"{module}: {titles.get('en') or next(iter(titles.values()), '')}"


class RulesForm(forms.Form):
    """What comes before the module, and a box for each of its quizzes."""

    after = _Earlier(
        label=gettext_lazy("What has to be done before it"),
        queryset=Module.objects.none(),
        required=False,
        empty_label=gettext_lazy("No other module"),
        help_text=gettext_lazy(
            "An earlier module of the course. Until a learner has done it, this one is not open to them. What they "
            "began stays open, and so does everything once they have completed the course."
        ),
        error_messages={"invalid_choice": gettext_lazy("Choose an earlier module of the same course.")},
    )

    def __init__(self, module: Module, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = module.course.modules.filter(number__lt=module.number).prefetch_related("pages")
        self.fields["after"].queryset = earlier  # type: ignore[attr-defined]
        self.initial["after"] = module.after_id
        self._module = module
        self.quizzes = {f"quiz_{one.pk}": one for one in quizzes_of(module)}
        for name, quiz in self.quizzes.items():
            self.fields[name] = forms.BooleanField(
                label=_("“%(title)s”: show how the cohort answered") % {"title": quiz.title},
                required=False,
                initial=quiz.shows_cohort,
                help_text=_(
                    "To whoever has handed in, for each question: how many of each agency chose what. First answers "
                    "only, and only in groups in which nobody can be picked out."
                ),
            )

    @transaction.atomic
    def save(self) -> list[str]:
        """What was changed, for the log."""
        changed = []
        if self._module.after_id != getattr(self.cleaned_data["after"], "pk", None):
            self._module.after = self.cleaned_data["after"]
            self._module.save(update_fields=["after"])
            changed.append(f"after: {self._module.after or '-'}")
        for name, quiz in self.quizzes.items():
            if quiz.shows_cohort != self.cleaned_data[name]:
                quiz.shows_cohort = self.cleaned_data[name]
                quiz.save(update_fields=["shows_cohort"])
                changed.append(f"shows_cohort {quiz.uuid}: {quiz.shows_cohort}")
        return changed


def quizzes_of(module: Module) -> list[Assessment]:
    """Those whose answers are choices: what somebody wrote in their own words is shown to nobody else."""
    found = Assessment.objects.filter(activity__module=module, own_pass_share=None)
    return list(found.select_related("activity").order_by("activity__position"))


@require_admin_access
def module_rules(request: HttpRequest, page_id: int) -> HttpResponse:
    """For whoever may publish the module’s page, because it holds at once."""
    page = get_object_or_404(ModulePage.objects.select_related("module__course"), pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    form = RulesForm(page.module, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if changed := form.save():
            log(instance=page, action=ACTION, user=request.user, data={"changed": changed})
            content_changed()
        messages.success(request, _("This holds from now on, in every language."))
        return redirect("module_rules", page.pk)
    return render(
        request, "publishing/module_rules.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


def buttons(page: Page, user: Any, next_url: str | None = None, **more: Any) -> Iterator[Button]:
    """In the menu of a module."""
    if issubclass(page.specific_class or Page, ModulePage) and page.permissions_for_user(user).can_publish():
        address = reverse("module_rules", args=[page.pk])
        yield Button(_("Order and quizzes"), address, icon_name="list-ol", priority=72)
