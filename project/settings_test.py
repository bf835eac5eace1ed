"""The settings for tests: the real ones, with keys made up and mail kept in memory."""

import os
import tempfile

# Set before the real settings read them, so that a developer's own .env changes no test.
os.environ |= {
    "DEBUG": "off",
    "LOCAL": "off",
    "SECRET_KEY": "only-for-tests-" * 5,
    "FIELD_KEYS": "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "SHARE_KEY_SECRET": "only-for-tests-" * 5,
    "SITE_ADDRESS": "https://testserver",
    "ALLOWED_HOSTS": "localhost,127.0.0.1",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_FOLDER": "",
    "TASKS_BACKEND": "",
    "TIME_ZONE": "Europe/London",
    "ENDINGS_DATABASE_URL": "",
    # A server that a test starts is told where the test's own is.
    "ENDINGS_JOURNAL": os.environ.get("TESTS_JOURNAL")
    or f"{tempfile.gettempdir()}/tell-it-once-{os.getpid()}.endings",
}
os.environ.setdefault("DATABASE_URL", "")

from project.settings import *  # noqa: F403
from project.settings import BASE_DIR, DATABASES, STATICFILES_DIRS, STORAGES
from project.static_files import SITE, joined_styles

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ARCHIVE_WAIT = 600  # however slow the machine is
WATCH_ENDINGS = 0  # never: what is asked of the database is counted. The gate has its own tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The test client and the live server speak plain http.
SITE_ADDRESS = "http://testserver"
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "sessionid", "csrftoken"
MESSAGES_COOKIE_NAME, APPEARANCE_COOKIE_NAME = "messages", "looks"
READING_COOKIE_NAME, KNOWN_COOKIE_NAME = "reading", "known"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"] == "project.sqlite3":
    # A file, as outside tests: one in memory knows no second thread or process.
    DATABASES["default"]["TEST"] = {
        "NAME": f"{tempfile.gettempdir()}/tell-it-once-{os.getpid()}.sqlite3"
    }
    # No power cut has to be outlived, so nothing waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

# Browsers get the stylesheets as one, as they do outside one's own machine.
_styles = BASE_DIR / ".pytest_cache" / "styles"
(_styles / SITE).parent.mkdir(parents=True, exist_ok=True)
_half = _styles / f"{os.getpid()}.css"  # so that nobody reads what is half written
_half.write_text(joined_styles(lambda name: (BASE_DIR / "static" / name).read_text()))
_half.replace(_styles / SITE)
STATICFILES_DIRS = [_styles, *STATICFILES_DIRS]
