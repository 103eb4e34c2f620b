"""Redirects taken in from a file, at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from people.models import User

pytestmark = pytest.mark.django_db
SECOND = "/admin/redirects/import/process/"


@pytest.fixture
def administrator(client: Client) -> Client:
    who = User.objects.create_user("root@example.org", None, name="Ada Root")
    who.is_superuser = True
    who.save()
    client.force_login(who)
    return client


@pytest.mark.parametrize("sent", [{}, {"input_format": "0", "import_file_name": "/etc/passwd"}])
def test_second_step_without_the_first_leads_to_the_first(administrator: Client, sent: dict[str, str]) -> None:
    assert administrator.post(SECOND, sent).headers["Location"] == reverse("wagtailredirects:start_import")
    assert administrator.get(SECOND).headers["Location"] == reverse("wagtailredirects:start_import")


def test_a_file_is_taken_in_by_both_steps(administrator: Client) -> None:
    file = SimpleUploadedFile("moved.csv", b"from,to\n/old/,https://example.org/new/\n", content_type="text/csv")
    shown = administrator.post(reverse("wagtailredirects:start_import"), {"import_file": file, "input_format": "0"})
    form = shown.context["form"]
    hidden = {name: form.initial[name] for name in ("import_file_name", "input_format")}

    administrator.post(SECOND, {**hidden, "from_index": "0", "to_index": "1", "permanent": "on"})

    assert list(Redirect.objects.values_list("old_path", "redirect_link")) == [("/old", "https://example.org/new/")]
