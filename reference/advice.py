"""A place in every page's editor for what a higher room knows about publishing; this room only asks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page, Task

if TYPE_CHECKING:
    from django.http import HttpRequest

    from people.models import User

    from .pages import WrittenPage

Refusals = list[tuple[str, str]]  # (field, or empty for the page; sentence)
Advise = Callable[["WrittenPage", "HttpRequest"], SafeString]
Refuse = Callable[["WrittenPage", "User", bool], Refusals]  # the last: whether it is asked again once it is saved
_advisers: list[Advise] = []
_refusers: list[Refuse] = []


def advise_with(advise: Advise, refuse: Refuse) -> None:
    """Have a higher room's advice shown in the editor, and its refusals asked before a form publishes."""
    if advise not in _advisers:
        _advisers.append(advise)
        _refusers.append(refuse)


def is_last_task(page: Page) -> bool:
    """Whether approving the page now publishes it, because nobody else has to look."""
    state = page.current_workflow_state
    if state is None or state.current_task_state is None:
        return True
    tasks = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    left = tasks.exclude(task_states__in=state.successful_task_states)
    return not left.exclude(pk=state.current_task_state.task_id).exists()


class AdvicePanel(Panel):
    """What stands between this page and its readers. Rendered by the server; nothing in it is needed to write."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: dict[str, Any] | None = None) -> SafeString:
            html = SafeString("")
            for advise in _advisers:
                html += advise(self.instance, self.request)
            return html

        def is_shown(self) -> bool:
            return bool(_advisers)


class WrittenPageForm(WagtailAdminPageForm):
    """Drafts may lack anything; a form that publishes is refused at the fields, and nothing typed is lost."""

    @property
    def is_publishing(self) -> bool:
        """Whether this form's button makes the page public: by itself, or by approving it."""
        if self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "approve":
            return is_last_task(self.instance)
        return bool(self.data.get("action-publish"))

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_publishing or self.errors:
            return
        self.instance.checked_digest = self._digest_of_the_check()
        is_asked_again = not self.data.get("action-workflow-action")
        for refuse in _refusers:
            self._say(refuse(self.instance, self.for_user, is_asked_again))

    def _say(self, refusals: Refusals) -> None:
        """At the fields; what is wrong inside the text stands above it, because its editor shows no other kind."""
        in_text = [words for field, words in refusals if field == "body" and field in self.fields]
        if in_text:
            self.add_error("body", StreamBlockValidationError(non_block_errors=in_text))
        for field, words in refusals:
            if field != "body" or not in_text:
                self.add_error(field if field in self.fields else None, words)

    def save(self, commit: bool = True) -> Any:
        self.instance.checked_digest = self._digest_of_the_check()
        return super().save(commit)

    def _digest_of_the_check(self) -> str:
        """A new name or day says that this very text was checked; otherwise the check is of what it was of."""
        if not {"checked_by", "checked_on"} & set(self.changed_data):
            return str(self.instance.checked_digest)
        page = self.instance
        stored = page._meta.get_field("body")
        page.body = stored.to_python(stored.get_prep_value(page.body))
        return page.content_digest if page.checked_by else ""
