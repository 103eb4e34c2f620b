"""Settings for one person's machine: `make run` and a bare `manage.py`. Only loosens base.py."""

from .base import *  # noqa: F403
from .base import CONTENT_SECURITY_POLICY, INSTALLED_APPS, LOGGING, STORAGES, VAR, env

(VAR / "static").mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", default=False)
DEVELOPMENT = True
INSTALLED_APPS = ["samples", *INSTALLED_APPS]

SECRET_KEY = env.str("SECRET_KEY", default="development-only-never-use-this-where-others-can-reach-it")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CONTACT_NAME, CONTACT_EMAIL = "Lena Hollin, safeguarding lead (invented)", "contact@example.org"
CONTROLLER = "Northlight Training (invented)"
PORT = env.int("PORT", default=8000)
_ADDRESS = VAR / "address"  # written by `make run`, so that commands print links that lead there
_HERE = _ADDRESS.read_text().strip() if _ADDRESS.is_file() and "PORT" not in env.ENVIRON else f"http://127.0.0.1:{PORT}"
SITE_URL = WAGTAILADMIN_BASE_URL = env.str("SITE_URL", default=_HERE).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http://localhost
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
CONTENT_SECURITY_POLICY = {**CONTENT_SECURITY_POLICY}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True

# For eyes, not for programs; and not a line for each request.
LOGGING = {
    **LOGGING,
    "formatters": {"lines": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {**LOGGING["loggers"], "config.requests": {"level": "WARNING"}},
}
