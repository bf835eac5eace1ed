"""Nobody waits for a worker whose threads all have somebody, while another one is free."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection

import pytest
from django.conf import settings

from tests.servers import Server, answers, free_port

pytestmark = [pytest.mark.once, pytest.mark.skipif(sys.platform == "win32", reason="gunicorn")]
PATIENCE = 60.0  # seconds after which a test gives up; none is slower because of it
WORKERS = 2
SOON = 20.0  # seconds in which a free worker answers, however busy the machine is
OPEN = 6  # lines: each worker has some
APP = """
from pathlib import Path
from time import sleep

HERE = Path(__file__).parent

def app(asked, begin):
    if asked["PATH_INFO"] == "/long":
        (HERE / asked["QUERY_STRING"]).touch()
        while not (HERE / "over").exists():
            sleep(0.01)
    begin("200 OK", [("Content-Length", "4")])
    return [b"Here"]
"""


@dataclass
class Site:
    """gunicorn with two workers of ours, each of one thread."""

    server: Server
    port: int
    folder: Path

    def ask(self, address: str = "/", within: float = PATIENCE) -> bytes:
        line = HTTPConnection("127.0.0.1", self.port, timeout=within)
        try:
            line.request("GET", address)
            return line.getresponse().read()
        finally:
            line.close()

    @contextmanager
    def held(self, *names: str) -> Iterator[list[Future[bytes]]]:
        """So many hold a worker each, until this is left; what they are answered then."""
        with ThreadPoolExecutor() as people:
            try:
                asked = [people.submit(self.ask, f"/long?{name}") for name in names]
                self.server.until(lambda: all((self.folder / name).exists() for name in names))
                yield asked
            finally:
                (self.folder / "over").touch()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "slow.py").write_text(APP)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "slow:app", "--bind", f"127.0.0.1:{port}"]
    how = ["--worker-class", "project.server.Worker", "--workers", f"{WORKERS}", "--threads", "1"]
    how += ["--keep-alive", f"{PATIENCE:.0f}"]
    where = {"PYTHONPATH": f"{settings.BASE_DIR}{os.pathsep}{tmp_path}"}
    server = Server([*command, *how, "--config", os.devnull], tmp_path, env=os.environ | where)
    server.start()
    try:
        server.until(lambda: answers(port) and len(server.children()) == WORKERS)
        yield Site(server, port, tmp_path)
    finally:
        server.stop()


def test_the_free_one_answers_everybody(site: Site) -> None:
    with site.held("one") as long:
        assert [site.ask(within=SOON) for _ in range(12)] == [b"Here"] * 12
        assert not long[0].done()
    assert long[0].result(PATIENCE) == b"Here"


def test_where_none_is_free_whoever_comes_is_answered_later(site: Site) -> None:
    with ThreadPoolExecutor() as people:
        with site.held("one", "another") as long:
            later = [people.submit(site.ask) for _ in range(3)]
        assert [each.result(PATIENCE) for each in long + later] == [b"Here"] * 5


def test_a_line_that_is_kept_open_keeps_nobody_waiting(site: Site) -> None:
    kept = [HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE) for _ in range(OPEN)]
    try:
        for each in kept:
            each.request("GET", "/")
            assert each.getresponse().read() == b"Here"
        assert [site.ask(within=SOON) for _ in range(12)] == [b"Here"] * 12
    finally:
        for each in kept:
            each.close()


def test_a_line_that_says_nothing_keeps_nobody_waiting_for_long(site: Site) -> None:
    """gunicorn listens to each for 5 seconds, and then for whoever has something to say."""
    silent = [create_connection(("127.0.0.1", site.port), PATIENCE) for _ in range(WORKERS)]
    try:
        assert [site.ask(within=SOON) for _ in range(12)] == [b"Here"] * 12
    finally:
        for each in silent:
            each.close()
