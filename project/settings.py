"""All settings. What differs from place to place comes from the environment: see .env.example."""

import logging
import sqlite3
from pathlib import Path

from csp.constants import NONE, SELF

from profiles.core import codes
from profiles.core.crypto import read_field_keys
from profiles.core.logs import FORMATS, LINE, Quiet
from profiles.core.pdf_standards import STANDARDS, UA_1
from project import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_file(BASE_DIR / ".env")

DEBUG = env.flag("DEBUG", default=False)
# On one's own machine: plain http, and emails in the terminal. Apart from DEBUG, so that whoever
# tries it out there meets our own words when something is not found or goes wrong.
LOCAL = env.flag("LOCAL", default=DEBUG)
SECRET_KEY = env.secret("SECRET_KEY", shortest=50)
# Keys for words at rest, newest first. Never SECRET_KEY: that one changes for other reasons.
FIELD_KEYS = read_field_keys(env.secret("FIELD_KEYS", shortest=40))
# Turns a link's key into what the database may hold. Changed, no link that was given opens again.
SHARE_KEY_SECRET = env.secret("SHARE_KEY_SECRET", shortest=40)

# The address people know us by: links in emails are made from it, never from a request's Host.
_here = "http://127.0.0.1:8000" if LOCAL else ""  # anywhere else, nobody would be let in by it
SITE_ADDRESS, _host = env.site("SITE_ADDRESS", default=_here, local=LOCAL)
ALLOWED_HOSTS = [_host, *env.words("ALLOWED_HOSTS")]
if LOCAL:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
if DEBUG and (others := env.not_on_this_machine(ALLOWED_HOSTS)):
    why = f"is on, and this site is {others[0]}: whoever meets a fault there would read words"
    raise env.unusable("DEBUG", f"{why}; turn it off, and LOCAL on if this is no site of others")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # the same server for static files in development
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for FORM_RENDERER
    "crispy_forms",
    "django_htmx",
    "django_guid",
    "csp",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "profiles",
    "django_tasks_db",  # after ours, whose `db_worker` is the library's with more before it
]

MIDDLEWARE = [
    "profiles.house.probes.AnyHost",
    "django_guid.middleware.guid_middleware",
    "profiles.house.watching.counted",
    "profiles.core.headers.for_every_answer",
    "django.middleware.security.SecurityMiddleware",
    "profiles.clinics.any_page.may_ask",  # before all that could answer in place of its views
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "profiles.core.ahead.refused",  # after static files, which may be fetched ahead
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "profiles.core.bodies.Bodies",  # before the next one, which reads what was sent
    "profiles.core.entrance.ReadableOnly",  # before CSRF, which reads it too
    "profiles.house.gate.Gate",  # before anybody is looked at, and after what may be read is
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "profiles.core.sent_before.noted",
    "profiles.accounts.sign_in_first.SignInFirst",  # closed unless a view says not
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["profiles.core.templates.FromFolders", "profiles.core.templates.FromApps"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "profiles.house.views.visitors_appearance",
                "profiles.house.views.longest_form",
                "profiles.house.landing.lists",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # fields are read as pages are

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": env.database("DATABASE_URL", default="sqlite:///db.sqlite3", within=BASE_DIR)
}


def _journal_mode() -> str:
    """WAL, but not on a SQLite whose WAL reset can corrupt the file (3.7.0 to 3.51.2)."""
    version = sqlite3.sqlite_version_info
    mended = (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )
    return "WAL" if mended else "DELETE"


# A pooler such as PgBouncer stands before PostgreSQL, and gives a transaction any session it has.
POOLED = env.flag("POOLED", default=False)
_database = DATABASES["default"]
_is_sqlite = _database["ENGINE"] == "django.db.backends.sqlite3"
if _is_sqlite and POOLED:
    raise env.unusable("POOLED", "is on, and the database is SQLite, which has no pooler")
if _is_sqlite:
    _database["ENGINE"] = "project.sqlite3"  # Django's own, but that those who write wait in turn
    # EXTRA, because "saved" must outlive a power cut: FULL does not wait until the disk knows that
    # a journal was deleted, and one that comes back undoes what was saved. In WAL both are one.
    # secure_delete, because deleted must be gone.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={_journal_mode()}; PRAGMA synchronous=EXTRA; "
        "PRAGMA secure_delete=ON; PRAGMA mmap_size=0; "
        "PRAGMA recursive_triggers=ON;",  # else REPLACE passes the triggers of core/triggers.py
    }
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    _database["DISABLE_SERVER_SIDE_CURSORS"] = POOLED  # they live longer than a transaction
    # A server that hangs or vanished does not say so. Without these whoever asks would wait for
    # minutes, until every thread did. They are asked of this machine, and of no session.
    _database["OPTIONS"] = {
        "connect_timeout": 5,
        "tcp_user_timeout": 30_000,  # milliseconds, for what was sent and is not heard of
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
    } | _database.get("OPTIONS", {})
    # A stuck lock or query gives up with an error, rather than holding a person's page for ever.
    # A pooler takes no options, so there the database's role has these limits (docs/running/).
    # Nor does it know what was prepared: elsewhere PostgreSQL reads and plans once for each session
    # what is asked often, and a shared page opens in four fifths of the time.
    if not POOLED:
        from project.postgresql import Cursor  # it is there only where it is used

        _database["OPTIONS"] = {
            "options": "-c lock_timeout=10s -c statement_timeout=30s",
            "server_side_binding": True,  # else values stand in the words of each question
            "cursor_factory": Cursor,  # where there are more of them than may stand beside
            "prepare_threshold": 5,  # times that a question is asked until it is prepared
        } | _database["OPTIONS"]

# Where what was taken away is written beside the database, so that a backup reopens nothing. One
# machine has a file; more than one need a second database, which all of them reach.
_beside = f"{_database['NAME']}.endings" if _is_sqlite else ""
ENDINGS_DATABASE = env.database("ENDINGS_DATABASE_URL", default=None, within=BASE_DIR)
ENDINGS_JOURNAL = env.place("ENDINGS_JOURNAL", default=_beside, within=BASE_DIR)
if not (ENDINGS_DATABASE or ENDINGS_JOURNAL):
    raise env.unusable(
        "ENDINGS_DATABASE_URL",
        "is not set, and PostgreSQL needs it; on one machine alone, ENDINGS_JOURNAL will do",
    )
if ENDINGS_DATABASE and all(
    ENDINGS_DATABASE.get(part) == _database.get(part) for part in ("HOST", "PORT", "NAME")
):
    raise env.unusable("ENDINGS_DATABASE_URL", "is that of DATABASE_URL; name another database")
if "postgresql" in ENDINGS_DATABASE.get("ENGINE", ""):
    from project.postgresql import Cursor

    # Whoever stops sharing waits for this: where it hangs, the ending is written later.
    ENDINGS_DATABASE["OPTIONS"] = {
        "connect_timeout": 4,
        "options": "-c lock_timeout=4s -c statement_timeout=4s",
        "server_side_binding": True,
        "cursor_factory": Cursor,
    } | ENDINGS_DATABASE.get("OPTIONS", {})
WATCH_ENDINGS = 10  # seconds until a process asks again whether it knows all that was taken away

# Where every process and every machine counts the same tries: in the database, or in Redis.
CACHES = {
    "default": env.cache("CACHE_URL")
    or {
        "BACKEND": "profiles.core.cached.InDatabase",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # beyond, tries would be forgotten: the default is 300
    },
    # What one process counts alone: see EVERYBODY in profiles/core/rate_limits.py.
    "here": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# Where the emails that nobody waits for are kept, until a worker sends them.
_tasks = env.tasks("TASKS_BACKEND", at_once=LOCAL)
TASKS = {"default": {"BACKEND": _tasks.backend}}
if _tasks.redis:
    INSTALLED_APPS += ["django_rq"]
    RQ_QUEUES = {
        "default": {
            "URL": _tasks.redis,
            # Whoever opens a page waits no longer than this for a Redis that hangs.
            "REDIS_CLIENT_KWARGS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }

AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = [
    "profiles.accounts.backends.AuthenticationBackend",
    "allauth.account.auth_backends.AuthenticationBackend",  # whom sessions name that began before
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "house:me"
LOGOUT_REDIRECT_URL = "house:home"

ACCOUNT_ADAPTER = "profiles.pages.adapter.KeepWordsAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 60 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 60 * 60  # allauth's three minutes would hurry people
ACCOUNT_LOGIN_TIMEOUT = 75 * 60  # must outlast the code
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"confirm_email": "3/15m/key"}  # sign-in has its own: accounts/tries.py
ACCOUNT_FORMS = {
    "request_login_code": "profiles.accounts.forms.EmailForm",
    "confirm_login_code": "profiles.accounts.forms.SignInCodeForm",
    "add_email": "profiles.accounts.forms.NewEmailForm",
    "confirm_email_verification_code": "profiles.accounts.forms.NewEmailCodeForm",
}
ACCOUNT_CHANGE_EMAIL = True  # one address at a time; the old one stays until the new one answers
ACCOUNT_EMAIL_NOTIFICATIONS = True  # tell a person when what they sign in with was changed
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/account/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": codes.EMAILED_LENGTH}
# Tries are counted by the address behind the proxies. Were their number missing, everybody would
# have the proxy's own, and share one limit; were there none, whoever sent one could choose theirs.
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = env.proxies("TRUSTED_PROXIES", behind=BEHIND_PROXY)
MFA_ADAPTER = "profiles.accounts.passkeys.PasskeysAdapter"
MFA_FORMS = {
    "add_webauthn": "profiles.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "profiles.accounts.forms.PasskeyNameForm",
    "login_webauthn": "profiles.accounts.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL

SESSION_ENGINE = "profiles.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # unused, signed in; a visitor's words stay for GUEST_DAYS
SESSION_SAVE_EVERY_REQUEST = False
GUEST_DAYS = 7
ARCHIVE_WAIT = 5  # seconds that somebody waits for everything in one file; then a worker makes it

EMAIL_TIMEOUT = 4  # seconds for the whole conversation: see profiles/core/smtp.py
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.port("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_FILE_PATH = env.place("EMAIL_FOLDER", within=BASE_DIR)
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", default="Tell It Once <hello@localhost>")
if EMAIL_FILE_PATH:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
elif EMAIL_HOST:
    EMAIL_BACKEND = "profiles.core.smtp.EmailBackend"
elif LOCAL:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    raise env.unusable("EMAIL_HOST", "is not set, so nobody could sign in")

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
# How to reach the people who run this site, in words: shown on the help pages.
CONTACT = env.text("CONTACT")

TIME_ZONE = env.clock("TIME_ZONE", default="Europe/London")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
# Each folder has layouts: a TOML file beside a stylesheet (docs: DEVELOPERS.md, "To add a layout").
MORE_LAYOUTS = env.folders("LAYOUT_FOLDERS", within=BASE_DIR)
# Each folder is a pack: SVG files beside one file of words, licence and credit ("To add pictures").
MORE_PICTURES = env.folders("PICTURE_FOLDERS", within=BASE_DIR)
LAYOUT_FOLDERS = [BASE_DIR / "static" / "layouts", *MORE_LAYOUTS]
PDF_PROCESSES = 2  # that print for one process of ours, at the most: more gain nothing
PDF_STANDARD = env.one_of("PDF_STANDARD", STANDARDS, default=UA_1)
PICTURE_FOLDERS = [
    BASE_DIR / "static" / "pictures" / "openmoji",
    BASE_DIR / "static" / "pictures" / "healthicons",
    *MORE_PICTURES,
]
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *(("layouts", folder) for folder in MORE_LAYOUTS),
    *((f"pictures/{folder.name}", folder) for folder in MORE_PICTURES),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing on the disk
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "project.static_files.FilesAsSent"
    },
}

WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = LOCAL  # straight from static/

# For what views take that are sent files. All others: see profiles/core/bodies.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["profiles.photos.uploads.InMemory"]  # no file ever touches the disk
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

CRISPY_TEMPLATE_PACK = CRISPY_ALLOWED_TEMPLATE_PACKS = "forms"
CRISPY_FAIL_SILENTLY = False
CRISPY_CLASS_CONVERTERS = dict.fromkeys(
    [
        "textinput",
        "emailinput",
        "numberinput",
        "textarea",
        "select",
        "radioselect",
        "checkboxselectmultiple",
        "checkboxinput",
        "fileinput",
        "clearablefileinput",
    ],
    "",
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],  # as the one before says; those who check a policy look for it
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not no-referrer: browsers then send `Origin: null` with a form, and its CSRF check fails.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "profiles.pages.stale_forms.refused"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# A cookie of this name is taken by browsers from this site alone, and over https alone.
_host_only, _secure_only = ("", "") if LOCAL else ("__Host-", "__Secure-")
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_host_only}sessionid", f"{_host_only}csrftoken"
MESSAGES_COOKIE_NAME, APPEARANCE_COOKIE_NAME = f"{_host_only}messages", f"{_host_only}looks"
KNOWN_COOKIE_NAME = f"{_host_only}known"
READING_COOKIE_NAME = f"{_secure_only}reading"  # bound to one link's path, which __Host- forbids
MESSAGE_STORAGE = "profiles.core.messages.Messages"
if not LOCAL:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^up$", r"^ready$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    # A subdomain may be somebody else's, who speaks no https yet.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Who may ask for numbers at /metrics, and is told at /ready what is missing. Off unless named.
METRICS_FROM = env.networks("METRICS_FROM")
# Who is told when a page broke. Off unless somebody is named.
TELL_FAULTS_TO = env.places_to_tell("TELL_FAULTS_TO", local=LOCAL)
# Names of pages, never what people typed: bodies, keys and emails stay out of the log.
LOG_FORMAT = env.one_of("LOG_FORMAT", FORMATS, default="text")
# Else a line that cannot be written, such as to a full disk, is shown with all that is masked.
logging.raiseExceptions = LOCAL
# A proxy in front may have given the request its number. What is no number is not used.
DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "RETURN_HEADER": False}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "number": {"()": "django_guid.log_filters.CorrelationId"},
        "quiet": {"()": Quiet},
    },
    "formatters": {"masked": {"()": FORMATS[LOG_FORMAT], "fmt": LINE}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "masked",
            "filters": ["number", "quiet"],
        },
        "faults": {"class": "profiles.core.faults.TellsFaults"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},  # else each line is written twice
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "fido2": {"level": "WARNING"},  # else the id of every new passkey
        "django_guid": {"level": "ERROR"},  # else two lines of its own for every request
        # An address nobody knows may hold typed words: there is no line of it.
        "django.request": {"level": "ERROR", "handlers": ["faults"] if TELL_FAULTS_TO else []},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
