"""Settings that would lose or leak something stop the start with a sentence."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, storages


def storages_apart(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Nothing private may lie under the public root, nor the other way round."""
    public, private = storages["default"], storages["private"]
    if not isinstance(public, FileSystemStorage) or not isinstance(private, FileSystemStorage):
        return []
    open_root, closed_root = Path(public.location).resolve(), Path(private.location).resolve()
    if open_root == closed_root or open_root in closed_root.parents or closed_root in open_root.parents:
        return [
            Error(
                f"Private files ({closed_root}) and public uploads ({open_root}) share a folder.",
                hint="Give STORAGES['private'] a location outside the public one.",
                id="toolkit.E001",
            )
        ]
    return []


def production_is_closed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Outside development: no DEBUG, a secret of its own, named hosts, and an absolute https address."""
    if settings.DEVELOPMENT:
        return []
    return [Error(sentence, id=identifier) for identifier, sentence in _faults()]


def somebody_answers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """For `check --deploy`: people are told whom to write to, and who answers for what is kept of them (UK GDPR 13)."""
    missing = [name for name in ("CONTACT_EMAIL", "CONTROLLER") if not getattr(settings, name)]
    if settings.DEVELOPMENT or not missing:
        return []
    says = "The privacy and contact pages say openly that nobody has been named."
    return [Warning(f"{' and '.join(missing)} must name who answers for this site. {says}", id="toolkit.W007")]


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured, a sentence for each fault; a web server runs no checks of its own."""
    if not settings.DEVELOPMENT and (faults := _faults()):
        raise ImproperlyConfigured("\n".join(sentence for _identifier, sentence in faults))


def _faults() -> list[tuple[str, str]]:
    faults = []
    if settings.DEBUG:
        faults.append(("toolkit.E002", "DEBUG is on. Turn it off: its error pages show settings and data."))
    if len(settings.SECRET_KEY) < 50 or settings.SECRET_KEY.startswith("development-only"):
        faults.append(("toolkit.E003", "SECRET_KEY must be a random text of 50 characters or more, kept secret."))
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        faults.append(("toolkit.E004", "ALLOWED_HOSTS must name the site's hosts, and never '*'."))
    if not settings.SITE_URL.startswith("https://"):
        faults.append(("toolkit.E005", "SITE_URL must be the site's https:// address: it is printed on certificates."))
    buckets = settings.S3_BUCKETS.values()
    if any(buckets) and (not all(buckets) or len(set(buckets)) == 1):
        faults.append(("toolkit.E006", "S3_BUCKET_PUBLIC and S3_BUCKET_PRIVATE must name two buckets, or neither."))
    return faults
