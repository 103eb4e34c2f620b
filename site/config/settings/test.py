"""Settings for pytest. The database is DATABASE_URL, or SQLite in a file under the temporary folder."""

import tempfile
from pathlib import Path

from .dev import *  # noqa: F403
from .dev import DATABASES, STORAGES

_SCRATCH = Path(tempfile.gettempdir())
VAR = Path(tempfile.mkdtemp(prefix="lt-test-", dir=_SCRATCH))
MEDIA_ROOT = VAR / "uploads"
STORAGES = {
    **STORAGES,
    "default": {
        "BACKEND": "toolkit.whole_files.WholeFiles",
        "OPTIONS": {"location": MEDIA_ROOT, "base_url": "/uploads/"},
    },
    "private": {
        "BACKEND": "toolkit.whole_files.WholeFiles",
        "OPTIONS": {"location": VAR / "private", "base_url": None, "file_permissions_mode": 0o600},
    },
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}"}

# The desk's own search of pages is Wagtail's; no test of ours looks for what it has just written there.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# Every test client begins the middleware anew, and would look through all static files each time.
WHITENOISE_AUTOREFRESH = True
