"""A setting that is missing or cannot be used stops the program, with a sentence."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured

from profiles.accounts import tries
from profiles.core.messages import InCookie
from profiles.house import appearance
from profiles.reading import decorators as reading
from project import env
from project.make_env import new_keys
from tests.structure.test_deploy import AS_ANYBODY

HOUSE = Path(__file__).parents[2]


BEGIN = "import project.settings"
READ = "import sys, pathlib, project.env; project.env.read_file(pathlib.Path(sys.argv[1]))"
# Python and Django are there already when each begins: to start them takes longest.
EACH = """
import json, os, sys
import django.conf, django.utils.deprecation, environ, sqlite3
for given in json.loads(sys.argv[2]):
    child = os.fork()
    if not child:
        os.environ.update(given)
        exec(sys.argv[1])
        sys.exit()
    os.waitpid(child, 0)
    print(end="\\0", file=sys.stderr, flush=True)
"""


def start(program: str = BEGIN, **given: str) -> str:
    """What the program says when it starts with these settings, outside one's own machine."""
    return python(program, **given)


def start_each(cases: Sequence[dict[str, str]], program: str = BEGIN) -> list[str]:
    """What it says with each of these, started side by side."""
    said = python(EACH, program, json.dumps(cases)).split("\0")
    assert len(said) == len(cases) + 1
    return said[:-1]


def python(*words: str, **given: str) -> str:
    settings = {"DEBUG": "off", "LOCAL": "off", "SITE_ADDRESS": "https://example.org"}
    settings |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_FOLDER": "", "DATABASE_URL": ""} | given
    done = subprocess.run(
        [sys.executable, "-c", *words],
        cwd=HOUSE,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in new_keys().items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("keys")
def test_with_all_it_needs_it_starts() -> None:
    assert start() == ""


@pytest.mark.usefixtures("keys")
def test_on_ones_own_machine_errors_may_be_shown_in_full() -> None:
    own = [{"SITE_ADDRESS": ""}, {"SITE_ADDRESS": "http://tell.localhost:8000"}]
    assert start_each([{"DEBUG": "on", "LOCAL": ""} | each for each in own]) == ["", ""]


@pytest.mark.usefixtures("keys")
def test_outside_ones_own_machine_nothing_may_be_left_out() -> None:
    names = ["SECRET_KEY", "FIELD_KEYS", "SHARE_KEY_SECRET", "SITE_ADDRESS", "EMAIL_HOST"]
    said = dict(zip(names, start_each([{name: ""} for name in names]), strict=True))
    assert [name for name in names if f"The setting {name} is not" not in said[name]] == []


@pytest.mark.usefixtures("keys")
def test_started_side_by_side_each_has_its_own_settings_alone() -> None:
    fine, wrong, fine_again = start_each([{}, {"SECRET_KEY": "short"}, {}])
    assert (fine, fine_again) == ("", "")
    assert wrong.splitlines()[-1] == start(SECRET_KEY="short").splitlines()[-1]


SAY_COOKIES = "print({n: v for n, v in vars(s).items() if n.endswith('COOKIE_NAME')})"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("local", ["off", "on"])
def test_every_cookie_is_named_for_this_host_alone_where_there_is_https(local: str) -> None:
    said = start(f"import project.settings as s, sys; sys.stdout = sys.stderr; {SAY_COOKIES}",
                 LOCAL=local)  # fmt: skip
    names = ast.literal_eval(said)
    readers = names.pop("READING_COOKIE_NAME")
    assert names.keys() == {
        f"{kind}_COOKIE_NAME" for kind in ("SESSION", "CSRF", "MESSAGES", "APPEARANCE", "KNOWN")
    }
    plain = local == "on"  # over plain http, browsers take no cookie of such a name
    assert {name.startswith("__Host-") for name in names.values()} == {not plain}
    assert readers == ("reading" if plain else "__Secure-reading")  # it has its link's path


SAY_STRICT = """
import project.settings as s, sys
names = "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"
print([getattr(s, name) for name in (*names, "SECURE_SSL_REDIRECT")], file=sys.stderr)
"""


@pytest.mark.usefixtures("keys")
def test_with_nothing_said_it_is_strict() -> None:
    said = start(SAY_STRICT, DEBUG="", LOCAL="")
    assert ast.literal_eval(said) == [False, True, True, 31_536_000, True]


TO_A_FULL_DISK = """
import errno, io, logging, project.settings
class Full(io.StringIO):
    def write(self, _):
        raise OSError(errno.ENOSPC, "full")
log = logging.getLogger("django.request")
log.addHandler(logging.StreamHandler(Full()))
log.error("Internal Server Error: %s", "/s/CNRY/")
"""


@pytest.mark.usefixtures("keys")
def test_a_line_that_cannot_be_written_is_not_shown_unmasked() -> None:
    assert "CNRY" not in start(TO_A_FULL_DISK)


SAY_PLACES = """
import os, sys
sys.path.insert(0, os.getcwd())
os.chdir("/")
import project.settings as s
files = [s.DATABASES["default"]["NAME"], s.ENDINGS_JOURNAL, s.ENDINGS_DATABASE["NAME"]]
files += [s.EMAIL_FILE_PATH, *map(str, s.MORE_LAYOUTS + s.MORE_PICTURES)]
print(files, file=sys.stderr)
"""


@pytest.mark.usefixtures("keys")
def test_files_are_the_same_wherever_a_command_is_started() -> None:
    """Else a timer's command would find no endings journal, and pause all that is shared."""
    given = {"DATABASE_URL": "sqlite:///our.db", "ENDINGS_JOURNAL": "docs/endings"}
    given |= {"ENDINGS_DATABASE_URL": "sqlite:///docs/e.db", "EMAIL_FOLDER": "mails"}
    given |= {"LAYOUT_FOLDERS": "docs", "PICTURE_FOLDERS": "/srv/ours"}
    names = ["our.db", "docs/endings", "docs/e.db", "mails", "docs", "/srv/ours"]
    assert ast.literal_eval(start(SAY_PLACES, **given)) == [str(HOUSE / name) for name in names]


def test_no_cookie_has_a_name_that_is_no_setting() -> None:
    names = re.compile(r"\.set_cookie\(\s*([^,]+),")
    found = {
        path.relative_to(HOUSE).as_posix(): names.findall(path.read_text())
        for path in (HOUSE / "profiles").rglob("*.py")
    }
    assert {path: names for path, names in found.items() if names} == {
        "profiles/accounts/tries.py": ["COOKIE"],
        "profiles/house/appearance.py": ["COOKIE"],
        "profiles/reading/decorators.py": ["COOKIE"],
    }
    assert django_settings.APPEARANCE_COOKIE_NAME == appearance.COOKIE
    assert django_settings.KNOWN_COOKIE_NAME == tries.COOKIE
    assert django_settings.READING_COOKIE_NAME == reading.COOKIE
    assert InCookie.cookie_name == django_settings.MESSAGES_COOKIE_NAME


UNUSABLE = (
    {"LOCAL": "maybe"},
    {"DEBUG": "on"},  # whoever meets a fault would read what was typed, and our settings
    {"DEBUG": "on", "LOCAL": "on", "SITE_ADDRESS": "", "ALLOWED_HOSTS": "example.org"},
    {"SITE_ADDRESS": "https://[bad"},
    {"SITE_ADDRESS": "example.org"},
    {"SITE_ADDRESS": "http://example.org"},  # each link would be sent in the clear once
    {"SITE_ADDRESS": "https://example.org/pages"},
    {"SITE_ADDRESS": "https://CNRY@example.org"},
    {"SITE_ADDRESS": "https://example.org?a=b"},
    {"TIME_ZONE": "Mars/Base"},
    {"EMAIL_PORT": "99999999"},
    {"EMAIL_PORT": "many"},
    {"DATABASE_URL": "sqlite:////no/such/folder/db.sqlite3"},
    {"DATABASE_URL": "nonsense"},
    {"ENDINGS_DATABASE_URL": "nonsense"},
    {"SECRET_KEY": "short"},
    {"TASKS_BACKEND": "immediate"},  # somebody would wait for the mail server
    {"TASKS_BACKEND": "kafka://127.0.0.1"},
    {"CACHE_URL": "CNRY-no-address"},
    {"CACHE_URL": "redis://:CNRY@/0"},
    {"CACHE_URL": "memcached://CNRY:11211"},
    {"CACHE_URL": "unix://"},
    {"POOLED": "on"},
    {"POOLED": "perhaps", "DATABASE_URL": "postgres://site@db/site"},
)


@pytest.mark.usefixtures("keys")
def test_what_cannot_be_used_is_named_in_a_sentence() -> None:
    for given, said in zip(UNUSABLE, start_each(UNUSABLE), strict=True):
        name = next(iter(given))
        assert f"ImproperlyConfigured: The setting {name} " in said, given
        assert "CNRY" not in said  # an address may hold a password


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("address", ["rediss://:secret@cache:6380/1", ""])
def test_tries_are_counted_where_it_is_said_or_in_the_database(address: str) -> None:
    say = "import project.settings as s, sys; print(s.CACHES['default'], file=sys.stderr)"
    said = ast.literal_eval(start(say, CACHE_URL=address).strip())
    assert said["LOCATION"] == (address or "cache")
    assert said["BACKEND"].endswith("RedisCache" if address else "InDatabase")


SAY_POOLED = """
import project.settings as s, sys
from django.db.backends.postgresql.base import DatabaseWrapper
wrapper = DatabaseWrapper({"TIME_ZONE": None, **s.DATABASES["default"]})
asked = {**wrapper.get_connection_params(), **s.DATABASES["default"]}
names = "options", "prepare_threshold", "DISABLE_SERVER_SIDE_CURSORS", "CONN_HEALTH_CHECKS"
names += "connect_timeout", "tcp_user_timeout", "keepalives_idle"
print({name: asked.get(name) for name in names}, file=sys.stderr)
"""


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("pooled", ["on", "off"])
def test_through_a_pooler_nothing_is_asked_of_a_session(pooled: str) -> None:
    program = f"import django; django.setup(); {SAY_POOLED}"
    said = ast.literal_eval(
        start(program, POOLED=pooled, DATABASE_URL="postgres://site@db/site").strip()
    )
    limits = "-c lock_timeout=10s -c statement_timeout=30s"
    assert said == {
        "options": None if pooled == "on" else limits,
        "prepare_threshold": None if pooled == "on" else 5,  # none: the driver prepares nothing
        "DISABLE_SERVER_SIDE_CURSORS": pooled == "on",
        "CONN_HEALTH_CHECKS": True,
        # Of this machine: one that vanished is not waited for until every thread waits.
        "connect_timeout": 5,
        "tcp_user_timeout": 30_000,
        "keepalives_idle": 30,
    }


SAY_ENDINGS = """
import project.settings as s, sys
from django.db.backends.postgresql.base import DatabaseWrapper
asked = DatabaseWrapper({"TIME_ZONE": None, **s.ENDINGS_DATABASE}).get_connection_params()
print(asked["cursor_factory"].__module__, asked["options"], file=sys.stderr)
"""


@pytest.mark.usefixtures("keys")
def test_where_endings_are_written_holds_nobody_for_long_who_stops_sharing() -> None:
    program = f"import django; django.setup(); {SAY_ENDINGS}"
    there = {"ENDINGS_DATABASE_URL": "postgres://site@elsewhere/endings"}
    said = start(program, DJANGO_SETTINGS_MODULE="project.settings", **there)
    # What asks there gives up a little after that, also on one that hangs: test_postgresql.py.
    assert said.strip() == "project.postgresql -c lock_timeout=4s -c statement_timeout=4s"


SAY_KEPT = """
import django, sys
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("synchronous", "secure_delete", "journal_mode"):
        cursor.execute(f"PRAGMA {name}")
        print(*cursor.fetchone(), file=sys.stderr)
# Some are built so that they do it unasked, and others are not.
print("secure_delete=ON" in connection.settings_dict["OPTIONS"]["init_command"], file=sys.stderr)
"""


@pytest.mark.usefixtures("keys")
def test_what_sqlite_keeps_outlives_a_power_cut_and_what_it_deletes_is_gone(tmp_path: Path) -> None:
    """A journal that was deleted, and comes back after a power cut, undoes what was saved: only in
    EXTRA, which is 3, does SQLite wait until the disk knows of it. In WAL there is none to delete.
    """
    there = {"DATABASE_URL": f"sqlite:///{tmp_path}/db"}
    said = start(SAY_KEPT, DJANGO_SETTINGS_MODULE="project.settings", **there)
    synchronous, secure, journal, is_asked = said.split()
    assert (synchronous, secure, is_asked) == ("3", "1", "True")
    assert journal in ("wal", "delete")


SAY_TASKS = "import project.settings as s, sys; print(s.TASKS, 'django_rq' in s.INSTALLED_APPS,"
SAY_TASKS += " getattr(s, 'RQ_QUEUES', {}).get('default', {}).get('URL'), file=sys.stderr)"


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("given", "local", "said"),
    [("", "off", "django_tasks_db.DatabaseBackend'}} False None"),
     ("", "on", "ImmediateBackend'}} False None"),
     ("database", "on", "django_tasks_db.DatabaseBackend'}} False None"),
     ("redis://10.0.0.7/2", "off", "django_tasks_rq.RQBackend'}} True redis://10.0.0.7/2")],
)  # fmt: skip
def test_one_setting_says_what_keeps_the_tasks(given: str, local: str, said: str) -> None:
    assert start(SAY_TASKS, TASKS_BACKEND=given, LOCAL=local).strip().endswith(said)


@pytest.mark.usefixtures("keys")
def test_with_postgresql_it_has_to_be_said_where_endings_are_written() -> None:
    """More than one machine may ask it, and then a file on one of them will not do."""
    there = {"DATABASE_URL": "postgres://ana@127.0.0.1/pages", "ENDINGS_JOURNAL": ""}
    assert "The setting ENDINGS_DATABASE_URL is not set, and PostgreSQL needs" in start(**there)
    for place in (
        {"ENDINGS_JOURNAL": "/mnt/other/endings"},
        {"ENDINGS_DATABASE_URL": "postgres://ana@127.0.0.2/endings"},
    ):
        assert start(**there | place) == ""


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("same", ["postgres://ana@127.0.0.1/pages", "sqlite:////tmp/db.sqlite3"])
def test_endings_are_not_written_where_a_backup_is_made_of(same: str) -> None:
    told = start(DATABASE_URL=same, ENDINGS_DATABASE_URL=same)
    assert "The setting ENDINGS_DATABASE_URL is that of DATABASE_URL" in told


SAY_PROXIES = (
    "import project.settings as s, sys; "
    "print(s.ALLAUTH_TRUSTED_PROXY_COUNT, hasattr(s, 'SECURE_PROXY_SSL_HEADER'), file=sys.stderr)"
)


def behind_proxies(behind: str, trusted: str, local: str = "off") -> dict[str, str]:
    return {"BEHIND_PROXY": behind, "TRUSTED_PROXIES": trusted, "LOCAL": local}


@pytest.mark.usefixtures("keys")
def test_behind_a_proxy_the_address_behind_it_is_counted() -> None:
    counted = {
        ("on", "1"): "1 True", ("yes", "2"): "2 True", ("off", "0"): "0 False",
        ("", ""): "0 False", ("off", ""): "0 False",
    }  # fmt: skip
    said = start_each([behind_proxies(*given) for given in counted], SAY_PROXIES)
    assert [each.strip() for each in said] == [*counted.values()]


WRONG_PROXIES = (
    ("on", "", "is not set, and BEHIND_PROXY is on; write how many proxies"),
    ("on", "  ", "is not set, and BEHIND_PROXY is on; write how many proxies"),
    ("on", "0", "is 0, and BEHIND_PROXY is on; write how many proxies"),
    ("on", "00", "is 0, and BEHIND_PROXY is on; write how many proxies"),
    ("off", "1", "is 1, and BEHIND_PROXY is off; turn that on, or leave this one out"),
    ("", "2", "is 2, and BEHIND_PROXY is off; turn that on, or leave this one out"),
    ("on", "one", "is 'one'; write a whole number"),
    ("on", "-1", "is '-1'; write a whole number"),
    ("on", "1.5", "is '1.5'; write a whole number"),
    ("on", "²", "is '²'; write a whole number"),
)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("local", ["off", "on"])
def test_neither_setting_of_a_proxy_goes_without_the_other(local: str) -> None:
    cases = [behind_proxies(behind, trusted, local) for behind, trusted, _ in WRONG_PROXIES]
    for (*given, why), said in zip(WRONG_PROXIES, start_each(cases), strict=True):
        assert f"ImproperlyConfigured: The setting TRUSTED_PROXIES {why}" in said, given


@pytest.mark.usefixtures("keys")
def test_a_command_shows_the_sentence_and_nothing_else() -> None:
    done = command("check", TIME_ZONE="Mars/Base")
    assert done.returncode == 1
    assert done.stderr.startswith("The setting TIME_ZONE is 'Mars/Base'")
    assert len(done.stderr.splitlines()) == 1


def test_nor_where_the_database_is_away_or_has_no_tables(tmp_path: Path) -> None:
    """Whoever runs the site is in a hurry then, and the reason stood below sixty lines of code."""
    empty = {"ENDINGS_JOURNAL": str(tmp_path / "journal")}
    empty |= {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    away = empty | {"DATABASE_URL": "postgres://site:CNRY@127.0.0.1:1/site"}
    for given, why in ((empty, "no such table: "), (away, "connection failed: ")):
        done = command("people", "find", "ana@example.org", **given)
        assert done.returncode == 1
        [said] = done.stderr.splitlines()
        assert said.startswith(f"The database did not do this: {why}")
        assert "manage.py doctor" in said and "CNRY" not in said
    assert "Traceback" in command("people", "find", "1", "--traceback", **empty).stderr


def command(*words: str, **given: str) -> subprocess.CompletedProcess[str]:
    """What a command says on one's own machine."""
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=HOUSE,
        env=own | {"DEBUG": "off", "LOCAL": "on"} | given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_line_of_a_file_that_would_be_passed_over_is_named_and_not_shown(tmp_path: Path) -> None:
    """`LOCAL = off` below `LOCAL=on` would leave it on, and a password would stand in the log."""
    file = tmp_path / ".env"
    read = "\ufeff# ours\n\n  # more\nA=1\nexport B='2 # 3'\nA=4\nC= x=y "
    file.write_text(read)
    assert env.in_file(file) == {"A": "4", "B": "2 # 3", "C": " x=y "}
    for line in ("PASSWORD = CNRY", " PASSWORD=CNRY", "CNRY", "PASS-WORD=CNRY"):
        file.write_text(f"{read}\n{line}\n")
        with pytest.raises(ImproperlyConfigured, match="Line 8 of .env is no setting") as said:
            env.in_file(file)
        assert "CNRY" not in str(said.value)


def test_a_file_that_may_not_be_read_is_not_taken_for_one_that_is_not_there(tmp_path: Path) -> None:
    """Whoever is told that SECRET_KEY is not set would make new keys beside old words."""
    file = tmp_path / ".env"
    assert env.in_file(file) == {}
    file.touch(mode=0o000)
    done = subprocess.run(
        [
            *(AS_ANYBODY if os.getuid() == 0 else []),
            *(sys.executable, "-c", READ, str(file)),
        ],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "The file .env is there, and this account may not read it." in done.stderr
    file.unlink()
    file.mkdir()  # as Docker does, where there is no such file
    with pytest.raises(ImproperlyConfigured, match="cannot be read as settings"):
        env.in_file(file)


@pytest.mark.usefixtures("keys")
def test_a_standard_that_nobody_knows_stops_the_program_and_names_those_there_are() -> None:
    said = start(PDF_STANDARD="pdf/ua-2")
    assert "The setting PDF_STANDARD is 'pdf/ua-2'; write ua-1 or ua-2." in said
    assert start(PDF_STANDARD="ua-2") == ""
    assert start(PDF_STANDARD="") == ""
