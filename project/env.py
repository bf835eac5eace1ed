"""Settings from the environment. A missing or unusable one stops the program, and says why."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

# A setting, a comment, or nothing.
A_LINE: Final = re.compile(r"(export )?[A-Za-z_0-9]+=.*|\s*(#.*)?")


def read_file(path: Path) -> None:
    """Take the settings of a .env file, where the environment does not have them already."""
    for name, value in in_file(path).items():
        os.environ.setdefault(name, value)


def in_file(path: Path) -> dict[str, str]:
    """The settings of a .env file, which are read and not taken."""

    class Apart(environ.Env):
        ENVIRON: dict[str, str] = {}

    # The library passes over a file or a line that it cannot read, and shows the line in the log.
    if path.exists():
        lines = _lines(path)
        for number, line in enumerate(lines, start=1):
            if not A_LINE.fullmatch(line):
                raise ImproperlyConfigured(
                    f"Line {number} of {path.name} is no setting: write NAME=value, with nothing "
                    "before it and no space around the =."
                )
        Apart.read_env(StringIO("\n".join(lines)))
    return Apart.ENVIRON


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except PermissionError as error:
        raise ImproperlyConfigured(
            f"The file {path.name} is there, and this account may not read it. Run this as the "
            "account that serves, to which the file has to belong."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The file {path.name} cannot be read as settings.") from error


def flag(name: str, *, default: bool) -> bool:
    """A setting that is on or off."""
    match text(name, default="on" if default else "off").lower():
        case "on" | "true" | "yes" | "1":
            return True
        case "off" | "false" | "no" | "0":
            return False
        case given:
            raise unusable(name, f"is {given!r}; write on or off")


def text(name: str, *, default: str = "") -> str:
    """A setting that is words."""
    return os.environ.get(name, "").strip() or default


def one_of(name: str, known: Iterable[str], *, default: str) -> str:
    """A setting that is one of a few words."""
    given, known = text(name, default=default).lower(), [*known]
    if given not in known:
        raise unusable(name, f"is {given!r}; write {' or '.join(known)}")
    return given


def words(name: str) -> list[str]:
    """A setting that is a list, with commas between."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def number(name: str, *, default: int) -> int:
    """A setting that is a whole number."""
    given = text(name, default=str(default))
    if not given.isdecimal():
        raise unusable(name, f"is {given!r}; write a whole number")
    return int(given)


def proxies(name: str, *, behind: bool) -> int:
    """A setting that says how many proxies are in front of us; it goes with BEHIND_PROXY alone."""
    count = number(name, default=0)
    if behind and count == 0:
        why = f"is {'0' if text(name) else 'not set'}, and BEHIND_PROXY is on"
        raise unusable(name, f"{why}; write how many proxies stand in front of us, such as 1")
    if count and not behind:
        why = f"is {count}, and BEHIND_PROXY is off"
        raise unusable(name, f"{why}; turn that on, or leave this one out")
    return count


def places_to_tell(name: str, *, local: bool) -> list[str]:
    """A setting that is a list of email addresses, and of addresses that take what is told."""
    found = words(name)
    for place in found:
        kind, is_address, _ = place.partition("://")
        if is_address and kind != "https" and not local:
            raise unusable(name, "has an address that does not begin with https://")
        if not is_address and "@" not in place:
            raise unusable(name, f"has {place!r}; write an email address, or one with https://")
    return found


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """A setting that is a list of internet addresses, or of networks such as 10.0.0.0/8."""
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError as error:
        raise unusable(name, "has something that is no address such as 10.0.0.5") from error


def port(name: str, *, default: int) -> int:
    """A setting that is the number of a port."""
    given = number(name, default=default)
    if not 0 < given < 65_536:
        raise unusable(name, f"is {given}; write a number from 1 to 65535")
    return given


def site(name: str, *, default: str, local: bool) -> tuple[str, str]:
    """A setting that is the address of a site: the address, and the name of its machine.

    Every link that we give begins with it, and a link is a secret: by http it would be asked for in
    the clear, before anybody is led to https.
    """
    address = text(name, default=default).rstrip("/")
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    whole = f"{parts.scheme}://{parts.netloc}" == address and "@" not in parts.netloc
    if not (parts.hostname and parts.scheme in {"http", "https"} and whole):
        raise unusable(name, "is not an address such as https://example.org")
    if parts.scheme == "http" and not local:
        raise unusable(name, "begins with http://, so that links could be read on the way")
    return address, parts.hostname


def not_on_this_machine(names: Iterable[str]) -> list[str]:
    """Those of these names that somebody on another machine could ask for."""
    here = {"localhost", "127.0.0.1", "::1", "[::1]"}
    return [name for name in names if name not in here and not name.endswith(".localhost")]


def clock(name: str, *, default: str) -> str:
    """A setting that is a time zone."""
    given = text(name, default=default)
    if given not in available_timezones():
        raise unusable(name, f"is {given!r}; write a time zone such as Europe/London")
    return given


def secret(name: str, *, shortest: int) -> str:
    """A setting that must be there, and long enough not to be guessed."""
    given = text(name)
    if not given:
        raise unusable(name, "is not set")
    if len(given) < shortest:
        raise unusable(name, f"is too short; it needs at least {shortest} letters")
    return given


def place(name: str, *, within: Path, default: str = "") -> str:
    """A setting that is a file or a folder; "" if it is left empty.

    One that does not begin at the root stands within that folder, wherever a command was started:
    else a timer's would meet another file than the site's.
    """
    given = text(name, default=default)
    return str(within / given) if given else ""


def folders(name: str, *, within: Path) -> list[Path]:
    """A setting that is a list of such folders."""
    return [within / folder for folder in words(name)]


def database(name: str, *, default: str | None, within: Path) -> dict[str, Any]:
    """A database's address, as Django wants it; nothing, where there is none by default.

    A file of SQLite's stands as `place` says.
    """
    if default is None and not text(name):
        return {}
    try:
        found: dict[str, Any] = dict(environ.Env.db_url_config(text(name, default=default or "")))
    except ValueError as error:
        raise unusable(name, "is not a database's address") from error
    if not found.get("NAME") or "ENGINE" not in found:
        raise unusable(name, "is not a database's address")
    if found["ENGINE"].endswith("sqlite3") and found["NAME"] != ":memory:":
        found["NAME"] = str(within / found["NAME"])
        if not Path(found["NAME"]).parent.is_dir():
            raise unusable(name, "names a folder that is not there")
    return found


@dataclass(frozen=True)
class Tasks:
    """What keeps the tasks for workers; and the address of the Redis that does, if one does."""

    backend: str
    redis: str = ""


def tasks(name: str, *, at_once: bool) -> Tasks:
    """A setting that says what keeps the tasks for workers. Only if `at_once` may they not wait."""
    given = text(name, default="immediate" if at_once else "database")
    if given == "database":
        return Tasks("django_tasks_db.DatabaseBackend")
    if given == "immediate" and at_once:
        return Tasks("django_tasks.backends.immediate.ImmediateBackend")
    if given == "immediate":
        raise unusable(name, "is immediate, for which LOCAL must be on: people would wait")
    if given.partition("://")[0] in {"redis", "rediss", "unix"}:
        if find_spec("django_tasks_rq") is None:
            raise unusable(name, "is a Redis, which needs the package django-tasks-rq")
        return Tasks("django_tasks_rq.RQBackend", redis=given)
    raise unusable(name, "is neither database nor an address such as redis://127.0.0.1:6379/0")


def cache(name: str) -> dict[str, Any] | None:
    """The address of a Redis or a Valkey, as Django wants it; None where nothing is set."""
    if not (address := text(name)):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    where = {"redis": parts.hostname, "rediss": parts.hostname, "unix": parts.path}
    if not where.get(parts.scheme):
        raise unusable(name, "is not an address such as redis://HOST:6379/0")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": "tell-it-once",
        "OPTIONS": {
            "serializer": "profiles.core.cached.Plain",
            "socket_timeout": 2,  # seconds: one that hangs holds nobody for long
            "socket_connect_timeout": 2,
        },
    }


def unusable(name: str, why: str) -> ImproperlyConfigured:
    """The sentence that stops the program. It never repeats a secret."""
    return ImproperlyConfigured(
        f"The setting {name} {why}. See .env.example for what it is; bin/serve makes a first .env."
    )
