"""Settings that are safe for production. dev.py and test.py only loosen them.

Every variable read from the environment is named once here and listed in docs/settings.md.
A missing or unsafe one stops the web server with a sentence saying which (toolkit/settings_checks.py).
"""

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))


DEBUG = False
DEVELOPMENT = False  # one-click sign-ins and the development mailbox exist only where this is True

SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])  # earlier keys, while one is changed
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
SITE_URL: str = env.str("SITE_URL", default="").rstrip("/")  # absolute address printed on certificates and in mail
CSRF_TRUSTED_ORIGINS: list[str] = [SITE_URL] if SITE_URL else []

# The words people know us by are settings, not code: see docs/decisions/0005-names-and-brand.md.
BRAND_NAME: str = env.str("BRAND_NAME", default="Learning Together")
BRAND_NOTICE = _("Not affiliated with or endorsed by the Social Care Institute for Excellence (SCIE).")

INSTALLED_APPS = [
    "home",
    "search",
    "publishing",
    "training",
    "player",
    "credentials",
    "enrolments",
    "assessments",
    "courses",
    "briefings",
    "media",
    "reference",
    "privacy",
    "people",
    "post",
    "audit",
    "toolkit",
    "config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_q",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "config.wagtail_users.UsersConfig",
    "wagtail.contrib.typed_table_block",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtailmedia",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "config.requests.NumberedRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.CompressedPages",
    "config.middleware.PolicyHeaders",
    "csp.middleware.CSPMiddleware",
    "config.middleware.EditorPolicy",
    "config.middleware.PlainMethods",
    "config.health.Health",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.PrivatePagesStayPrivate",
    "config.bodies.BodiesHaveAnEnd",
    "people.middleware.StaffGiveASecondStep",
    "people.middleware.SignInsAreListed",
    "people.middleware.TheirOwnTime",
    "config.middleware.TheDeskIsForEditors",
    "config.middleware.FormsArriveWhole",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.site",
            ],
        },
    },
]

# -- Data ------------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'learning-together.sqlite3'}")
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a deferred transaction that writes after it read fails at once under load instead of waiting.
    # FULL: an acknowledged answer survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        **DATABASES["default"].get("OPTIONS", {}),
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        # What is erased leaves the file too, not only the table (docs/decisions/0024-a-persons-data.md).
        "PRAGMA secure_delete=ON;",
    }
else:
    # A server that is away is said to be away in seconds: a page that says so is better than one that never comes.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}
# Opening a database anew for each request costs more than most requests do (docs/benchmarks.md). A pool would add
# nothing: a thread keeps its own (docs/decisions/0076-connections-are-kept-not-pooled.md).
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits count in the cache, so it must be shared between processes. What it may hold is far above what is live at
# once: Django throws counters away beyond that (300, unless told), and with them the limit on guessing a password.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.str("REDIS_URL")}
        if env.str("REDIS_URL", default="")
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 100},
        }
    ),
    # What this process keeps of published pages (toolkit/kept.py): at most some 15 MB.
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "kept",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Wagtail's own small tasks run at once; ours go to the durable queue (docs/decisions/0003-background-work.md).
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
Q_CLUSTER = {
    "name": "learning-together",
    "orm": "default",
    "workers": 1,
    "timeout": 60,
    "retry": 90,  # a job whose worker died is given to another after this many seconds
    "max_attempts": 10,
    "ack_failures": False,
    "catch_up": False,
    "poll": 1,
    "bulk": 1,
    "save_limit": 500,
    "label": "Background work",
}

# How much may be sent at once, in millions of bytes, by what is meant for an address (config/bodies.py).
FILM_MAX_MB = env.int("FILM_MAX_MB", default=600)
DESK_FILE_MAX_MB = env.int("DESK_FILE_MAX_MB", default=60)
LIST_MAX_MB = 12  # a list of 10 MB, and what stands round it
FORM_MAX_MB = env.int("FORM_MAX_MB", default=3)
DATA_UPLOAD_MAX_MEMORY_SIZE = FORM_MAX_MB * 1_000_000  # of what is typed in a form, wherever it is sent
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page has thousands at the desk

MEDIA_ROOT = VAR / "uploads"
MEDIA_URL = "/uploads/"
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [SITE / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "toolkit.whole_files.WholeFiles",
        "OPTIONS": {"location": MEDIA_ROOT, "base_url": MEDIA_URL},
    },
    # Never under a URL: certificates and films; later imports and exports.
    "private": {
        "BACKEND": "toolkit.whole_files.WholeFiles",
        "OPTIONS": {"location": VAR / "private", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Several machines share their files in two buckets of an S3-style store (toolkit/object_storage.py).
S3_BUCKETS = {name: env.str(f"S3_BUCKET_{name.upper()}", default="") for name in ("public", "private")}
if any(S3_BUCKETS.values()):
    _STORE = {
        "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
        "region_name": env.str("S3_REGION", default="") or None,
        "access_key": env.str("S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("S3_SECRET_KEY", default="") or None,
        "file_overwrite": False,
        "default_acl": None,
        "querystring_auth": True,
    }
    for _name, _kind in {"default": "public", "private": "private"}.items():
        STORAGES[_name] = {
            "BACKEND": f"toolkit.object_storage.{_kind.title()}Objects",
            "OPTIONS": {**_STORE, "bucket_name": S3_BUCKETS[_kind]},
        }
CONTENT_DIR = ROOT / "content"
# Where nginx keeps an internal address for the private files, it sends films by it; else we send them ourselves.
FILMS_ACCEL_PREFIX: str = env.str("FILMS_ACCEL_PREFIX", default="")

# -- Languages and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [SITE / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True
TIME_ZONE = "Europe/London"

# -- People and sign-in ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # unique without case: constraint one_person_per_email
    "security.W019",  # framed by our own pages only: Wagtail's preview, see X_FRAME_OPTIONS
]
AUTHENTICATION_BACKENDS = ["people.backends.Door"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.SignupDetails"
ACCOUNT_FORMS = {
    "login": "people.account_forms.LoginForm",
    "signup": "people.account_forms.SignupForm",
    "add_email": "people.account_forms.AddEmailForm",
    "change_password": "people.account_forms.ChangePasswordForm",
    "set_password": "people.account_forms.SetPasswordForm",
    "reset_password": "people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "people.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "people.account_forms.ReauthenticateForm",
    "request_login_code": "people.account_forms.RequestCodeForm",
    "confirm_login_code": "people.account_forms.ConfirmCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "people.names.display_name"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a letter tells of each change of the account
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
MFA_ADAPTER = "people.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = BRAND_NAME
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute wrong
MFA_FORMS = {
    "authenticate": "people.account_forms.CodeForm",
    "reauthenticate": "people.account_forms.CodeAgainForm",
    "activate_totp": "people.account_forms.ActivateAppForm",
    "authenticate_webauthn": "people.passkey_forms.PasskeyForm",
    "reauthenticate_webauthn": "people.passkey_forms.PasskeyAgainForm",
    "login_webauthn": "people.passkey_forms.PasskeySignInForm",
    "add_webauthn": "people.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "people.passkey_forms.RenamePasskeyForm",
}
# An organisation's own sign-in service (OpenID Connect): people/organisation_sign_in.py.
SOCIALACCOUNT_ADAPTER = "people.organisation_sign_in.OrganisationSignInAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": "people.account_forms.FirstOrganisationSignInForm",
    "disconnect": "people.account_forms.EndOrganisationSignInForm",
}
SOCIALACCOUNT_AUTO_SIGNUP = False  # name and agency are asked once
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_LOGIN_ON_GET = False  # a link of a stranger would begin one; people/organisation_views.py asks first
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds without a byte
ORGANISATION_ANSWERS_WITHIN_SECONDS = 10  # for all that one step of a sign-in asks of an organisation's service
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# -- Personal data: how many days each kind is kept (docs/settings.md, docs/decisions/0024-a-persons-data.md) --------

RETENTION_DAYS: dict[str, int] = {
    name: env.int(f"RETENTION_{name.upper()}_DAYS", default=days)
    for name, days in {
        "drafts": 365,  # after the course ended
        "responses": 730,  # after they were handed in; the score stays
        "attendance": 2557,  # after the course ended: seven years
        "certificates": 2557,  # after the last valid day; words on a change that was taken back, after that
        "audit": 730,
        "accounts": 730,  # since the person was last here
        "warning": 670,  # since then, a letter says when the account will be erased
        "messages": 180,  # after they were sent or given up
        "invitations": 365,  # after they ran out
        "removals": 2557,  # the record of what was removed
    }.items()
}
CONTACT_NAME: str = env.str("CONTACT_NAME", default="")  # who answers for the site and for concerns
CONTACT_EMAIL: str = env.str("CONTACT_EMAIL", default="")
CONTACT_ADDRESS: str = env.str("CONTACT_ADDRESS", default="")
CONCERN_ANSWER_DAYS: int = env.int("CONCERN_ANSWER_DAYS", default=5)  # working days
EXPIRING_MONTHS: list[int] = [int(months) for months in env.list("EXPIRING_MONTHS", default=["6", "3", "1"])]
LEGAL_CHECK_DAYS: int = env.int("LEGAL_CHECK_DAYS", default=180)  # after which a legal statement is checked again
QUIET_DAYS: int = env.int("QUIET_DAYS", default=10)  # without anything done: their trainer is told
NUDGES_A_WEEK: int = env.int("NUDGES_A_WEEK", default=1)  # reminders to one person, by all trainers together
CONTROLLER: str = env.str("CONTROLLER", default="")  # the organisation that answers for personal data

# -- Mail: written to the outbox (room post), sent by the worker through this -----------------------------------

vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", default="Learning Together <noreply@localhost>")
EMAIL_TIMEOUT = 20

# -- Wagtail ---------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = BRAND_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.file_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.file_forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WORD_FILE_MAX_MB = env.int("WORD_FILE_MAX_MB", default=10)  # of a Word file that becomes a page
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.FilmFile",
    "MEDIA_FORM_BASE": "media.file_forms.FilmFileForm",
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
    "AUDIO_EXTENSIONS": [],
}
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "publishing.approved.publish_if_ready"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False  # everybody chooses their own, at the one door
WAGTAILEMBEDS_FINDERS: list[Any] = []

# -- Headers ---------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from within, without encryption
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows its preview in a frame of its own site
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # gone with the sign-in
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
        "manifest-src": ["'self'"],
    },
}
# Wagtail's editor has a few inline scripts and styles; this applies under /admin/ only (config/middleware.py).
EDITOR_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}

# -- Watching it run (docs/running.md) ---------------------------------------------------------------------------

QUEUE_AGE_LIMIT = env.int("QUEUE_AGE_LIMIT", default=300)  # seconds the worker may be behind before /readyz says so
DISK_FREE_MB = env.int("DISK_FREE_MB", default=500)  # below this /readyz says so

# JSON lines without secrets, on standard error: what a command prints stays its own (config/logs.py).
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "config.logs.JsonLines"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "lines"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO").upper()},
    "loggers": {
        # Django's own would also mail errors with everything that was sent.
        "django": {"handlers": [], "propagate": True},
        **{
            name: {"handlers": ["console"], "level": "WARNING", "propagate": False}
            for name in ("django_q", "django-q", "django_tasks", "wagtail", "fontTools")
        },
    },
}
