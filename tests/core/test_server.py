"""The server that people run: whatever some visitors do at once, it answers the others."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from profiles.core.bodies import LONGEST_FORM
from project.make_env import new_keys
from tests.servers import free_port
from tests.sharing.test_parallel import Somebody
from tests.smtp import HERE, deaf_server

pytestmark = [pytest.mark.once, pytest.mark.skipif(sys.platform == "win32", reason="gunicorn")]
THREADS = 4
WRITE = "/me/matters/important/"
ASK = "/account/login/code/"
PATIENCE = 120  # seconds after which a test gives up; none is slower because of it


@pytest.fixture(scope="module")
def hung_mail_server() -> Iterator[int]:
    with deaf_server() as port:
        yield port


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory,
    hung_mail_server: int,
    put_tables: Callable[[str], bool],
) -> Iterator[str]:
    """gunicorn, as README.md says to start it, with four threads and a database of its own."""
    folder = tmp_path_factory.mktemp("served")
    env = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        **new_keys(),
        "LOCAL": "on",
        "METRICS_FROM": "127.0.0.1",
        "TMPDIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "EMAIL_HOST": HERE,
        "EMAIL_PORT": str(hung_mail_server),
        "EMAIL_USE_TLS": "off",
        "ENDINGS_JOURNAL": "",
    }
    here = Path(settings.BASE_DIR)
    if not put_tables(str(folder / "db.sqlite3")):
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=here, env=env, check=True)
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "project.wsgi", "--threads", str(THREADS),
         "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        cwd=here, env=env,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, serving)
        yield address
        _wait_for_key_holder(folder)  # each worker says which keys it knows
    finally:
        serving.terminate()
        serving.wait(PATIENCE)
    assert not [*folder.glob("tell-it-once-*")]
    assert _key_holders(folder) == 0  # each worker took leave


def _wait_for_key_holder(folder: Path) -> None:
    until = monotonic() + PATIENCE
    while _key_holders(folder) != 1:
        assert monotonic() < until
        threading.Event().wait(0.1)


def _key_holders(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        (found,) = database.execute("SELECT count(*) FROM profiles_keyholder").fetchone()
    return int(found)


def test_pages_answer_while_a_dozen_print_what_takes_long(server):
    visitor = _who_has_begun(server)
    _save(visitor, "😀 " * 299)
    came: SimpleQueue[int] = SimpleQueue()
    printing = [
        threading.Thread(target=lambda: came.put(visitor.send("/me/page.pdf")[0]))
        for _ in range(12)
    ]
    for thread in printing:
        thread.start()
    refused = 0
    while refused < 12 - THREADS // 4:  # all but those that may print are told at once
        assert came.get(timeout=PATIENCE) in {429, 503}
        refused += 1
    assert visitor.send("/up")[0] == 200
    assert visitor.send("/")[0] == 200
    assert came.empty()  # so one was printing all the time
    for thread in printing:
        thread.join(PATIENCE)
    assert came.get(timeout=PATIENCE) in {200, 409}


def test_pages_answer_while_a_dozen_ask_for_a_code_and_the_mail_server_hangs(server):
    asking = [Somebody(server) for _ in range(12)]
    tokens = [somebody.csrf(ASK) for somebody in asking]
    came: SimpleQueue[tuple[int, str]] = SimpleQueue()

    def ask(somebody: Somebody, token: str, number: int) -> None:
        said = {"csrfmiddlewaretoken": token, "email": f"{number}@example.org"}
        came.put(somebody.send(ASK, said))

    for number, (somebody, token) in enumerate(zip(asking, tokens, strict=True)):
        threading.Thread(target=ask, args=(somebody, token, number), daemon=True).start()
    first = [came.get(timeout=PATIENCE) for _ in range(8)]
    assert Somebody(server).send("/")[0] == 200
    # None of these waited for the mail server. (On a very slow machine, one or two may have.)
    # Some are asked to wait, where the library that counts tries could not hold its lock.
    asked_to_wait = [page for status, page in first if status == 200]
    assert all("You can ask again in 15 minutes" in page for page in asked_to_wait)
    assert {status for status, _ in first} <= {503, 200}
    told = sum("Many people want an email" in page for _, page in first)
    assert told + len(asked_to_wait) >= 6


def test_who_announces_more_than_they_send_holds_no_thread_for_ever(server):
    host, port = urlsplit(server).hostname, urlsplit(server).port
    liars = [socket.create_connection((host, port), PATIENCE) for _ in range(THREADS + 2)]
    for liar in liars:
        liar.sendall(
            b"POST /start/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nwho"
        )
    assert Somebody(server).send("/up")[0] == 200
    assert {liar.recv(12) for liar in liars[:THREADS]} == {b"HTTP/1.1 408"}
    for liar in liars:
        liar.close()


def test_six_million_empty_lines_are_refused_unread(server):
    visitor = _who_has_begun(server)
    assert _save(visitor, "\n" * 6_000_000) == 413


def test_so_is_what_comes_in_pieces_of_no_stated_length(server):
    with socket.create_connection((urlsplit(server).hostname, urlsplit(server).port)) as sender:
        sender.sendall(
            b"POST /start/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"3\r\nwho\r\n0\r\n\r\n"
        )
        assert sender.recv(12) == b"HTTP/1.1 411"


def test_what_is_just_short_enough_is_read(server):
    visitor = _who_has_begun(server)
    assert _save(visitor, "a" * (LONGEST_FORM - 1_000)) == 422


def test_whoever_watches_is_told_what_its_workers_counted(server):
    watcher = Somebody(server)
    counted = '{page="house:up",status="200"}'
    before = _count_of(counted, watcher)
    for _ in range(20):
        watcher.send("/up")
    assert _count_of(counted, watcher) == before + 20


def _count_of(counted: str, watcher: Somebody) -> float:
    _, said = watcher.send("/metrics")
    name = re.escape(f"tell_it_once_request_seconds_count{counted}")
    found = re.search(rf"^{name} (\S+)$", said, re.MULTILINE)
    return float(found[1]) if found else 0.0


def _who_has_begun(server: str) -> Somebody:
    visitor = Somebody(server)
    token = visitor.csrf("/start/")
    said = {"csrfmiddlewaretoken": token, "who": "me", "language": "en"}
    assert visitor.send("/start/", said)[0] == 302
    return visitor


def _save(visitor: Somebody, text: str) -> int:
    token = visitor.csrf(WRITE)
    return visitor.send(
        WRITE,
        {"csrfmiddlewaretoken": token, "text": text, "picture": "", "only_me": "no",
         "started_from": "0"},
    )[0]  # fmt: skip


def _wait_for(address: str, serving: subprocess.Popen[bytes]) -> None:
    """Until it answers; connections are taken before it is ready, so one try is enough."""
    where = (urlsplit(address).hostname, urlsplit(address).port)
    while serving.poll() is None:
        try:
            with socket.create_connection(where, PATIENCE):
                return
        except ConnectionRefusedError:
            threading.Event().wait(0.1)
    pytest.fail("It did not start.")
