"""Production settings for `make bench`; only the benchmark names this module. Every difference from base.py is here.

TLS ends in front of the server as in production: the client says X-Forwarded-Proto, so cookies stay secure. Files of
style and script are not part of any request measured, so they are left uncollected.
"""

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, STORAGES

SECRET_KEY = "benchmark-only-never-use-this-where-others-can-reach-it"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
SITE_URL = WAGTAILADMIN_BASE_URL = "https://127.0.0.1"
ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

INSTALLED_APPS = [*INSTALLED_APPS, "tools.bench_site.BenchConfig"]
