"""The site as `make run` fills it: all of content/, and the sample people."""

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from samples.make import make_samples
from tests.factories.again import again


def real_content() -> None:
    """Everything in content/, loaded."""
    again("real content", lambda: call_command("load_content", verbosity=0))


def sample_people() -> None:
    """The real content and the sample people, with what follows their doings done."""
    again("sample people", _make_sample_people)


def _make_sample_people() -> None:
    real_content()
    with TestCase.captureOnCommitCallbacks(execute=True):
        make_samples(at=timezone.now())
