"""What the end of an approval does: the one place every way to it comes through (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail reads the setting while its models are made, so nothing with models is imported before it is asked.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from people.models import User


def publish_if_ready(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish what was approved. What has to wait stays a draft, and its editor is told by letter.

    An approval by hand is asked before (desk/doors.py). One that ends by itself, because somebody switched off the step
    it waited at, has nobody to show a page to.
    """
    from wagtail.models import Page
    from wagtail.workflows import publish_workflow_state

    from .gate import stopping
    from .scheduled import tell_editor

    content = workflow_state.content_object
    if isinstance(content, Page) and (found := stopping(content)):
        tell_editor(content.get_latest_revision(), content, found)
        return
    publish_workflow_state(workflow_state, user=user)
