"""Settings for `make lighthouse`: sample people as in dev, style and script compressed as in production."""

from config.settings.base import STORAGES as _PRODUCTION_STORAGES
from config.settings.dev import *  # noqa: F403
from config.settings.dev import STORAGES

STORAGES = {**STORAGES, "staticfiles": _PRODUCTION_STORAGES["staticfiles"]}
WHITENOISE_USE_FINDERS = False
