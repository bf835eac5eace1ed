"""Many browsers over a real server, all at the same moment."""

import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener

from django.db import connection
from django.test import Client

from profiles.accounts.models import User
from tests.readers import address


class _StayHere(HTTPRedirectHandler):
    """Tells where an answer leads, and does not go there."""

    def redirect_request(self, *args: Any) -> None:
        return None


class Somebody:
    """A browser of its own, as small as can be."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.jar = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.jar), _StayHere())

    def send(self, path: str, said: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a path, or post to it; the status, and the words or where it leads."""
        data = urlencode(said).encode() if said is not None else None
        try:
            with self.opener.open(self.server + path, data, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except HTTPError as error:
            with error:
                leads = error.headers.get("Location")
                return error.code, leads or error.read().decode("utf-8", "replace")

    def csrf(self, path: str) -> str:
        """The token of the form that stands there."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.send(path)[1])
        assert found
        return found[1]

    def ready_to_come_in(self, key: str, **said: str) -> Callable[[], int]:
        """At the doorstep, with everything filled in: to press the button, call it."""
        door = address("reading:doorstep", key)
        who = {"name": "Cal", "role": "nurse", "place": "", **said}
        who["csrfmiddlewaretoken"] = self.csrf(door)
        return lambda: self.send(door, who)[0]


def at_once(calls: Iterable[Callable[[], Any]]) -> list[Any]:
    """Do all of these at the same moment."""
    calls = list(calls)
    together = threading.Barrier(len(calls))

    def go(call: Callable[[], Any]) -> Any:
        together.wait(30)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))


def signed_in(user: User, server: str) -> Somebody:
    """Somebody's browser, with their account."""
    client, somebody = Client(), Somebody(server)
    client.force_login(user)
    session = client.cookies["sessionid"].value
    here = "localhost.local"  # a cookie jar's name for a machine whose own name has no dot
    somebody.jar.set_cookie(
        Cookie(
            0, "sessionid", session, None, False, here, True, False, "/", True, False, None, True,
            None, None, {},
        )
    )  # fmt: skip
    return somebody
