"""gunicorn as we configure it: what it answers, writes down and leaves when it cannot read."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from gunicorn.config import Config

from profiles.core.headers import every_header
from project import server as project_server

HOUSE = Path(__file__).parents[2]
KEY = "CNRYabc_DEF-1234567890"
BROKEN = {
    "a line that is none": (f"GET /s/{KEY}/ /page/ HTTP/1.1", 400),
    "a line in other letters": (f"G\xffT /s/{KEY}/ HTTP/1.1", 400),
    "another protocol": (f"GET /helping/invite/{KEY}/ HTTP/9", 400),
    "a long line": (f"GET /s/{KEY}/?{'x' * 9_000} HTTP/1.1", 414),
    "a very long recipient": (f"GET /shl/{KEY}?recipient={KEY}{'x' * 9_000} HTTP/1.1", 414),
    "a recipient that is none": (
        f"GET /shl/{KEY}?recipient={KEY}%00 HTTP/1.1\r\nHost: localhost",
        400,
    ),
    "a computer that asks first": (f"OPTIONS /shl/{KEY} HTTP/1.1\r\nHost: localhost", 204),
    "a header that is none": (f"GET / HTTP/1.1\r\nReferer {KEY}", 400),
    "a long header": (f"GET / HTTP/1.1\r\nReferer: {KEY}{'x' * 90_000}", 431),
    "a coding that nobody knows": (f"POST /s/{KEY}/ HTTP/1.1\r\nTransfer-Encoding: odd", 501),
    "another host": (f"GET /s/{KEY}/ HTTP/1.1\r\nHost: example.com", 400),
    "a host that is none": (f"GET /s/{KEY}/ HTTP/1.1\r\nHost: a b", 400),
    "a place of one's own": ("GET /x/up HTTP/1.1\r\nHost: localhost\r\nSCRIPT_NAME: /x", 404),
    "nowhere": ("GET /nowhere/ HTTP/1.1\r\nHost: localhost", 404),
    "a file that is not there": ("GET /static/no.css HTTP/1.1\r\nHost: localhost", 404),
    "another method": ("PUT /looks/ HTTP/1.1\r\nHost: localhost", 403),
    "a method that no page has": ("DELETE /up HTTP/1.1\r\nHost: localhost", 403),
    "a page": ("GET / HTTP/1.1\r\nHost: localhost", 200),
    "a way on": ("GET /account/login HTTP/1.1\r\nHost: localhost", 301),
    "a way elsewhere": ("GET /account/login/ HTTP/1.1\r\nHost: localhost", 302),
}


@dataclass(frozen=True)
class Server:
    """One that runs."""

    port: int
    home: Path

    def ask(self, lines: str) -> tuple[int, dict[str, str], str]:
        """The status, the headers and all that came back, for a request as it goes on the wire."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as wire:
            wire.sendall(f"{lines}\r\nConnection: close\r\n\r\n".encode("latin-1"))
            heard = b"".join(iter(lambda: wire.recv(65_536), b"")).decode()
        head, _, body = heard.partition("\r\n\r\n")
        first, *rest = head.split("\r\n")
        headers = dict(line.split(": ", 1) for line in rest)
        return int(first.split()[1]), headers, body


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    with socket.create_server(("127.0.0.1", 0)) as door, (home / "out").open("w") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "project.wsgi", "--threads", "4",
             "--access-logfile", "-", "--bind", f"fd://{door.fileno()}"],
            cwd=HOUSE,
            env={name: value for name, value in os.environ.items() if name != "XDG_RUNTIME_DIR"}
            | {"DJANGO_SETTINGS_MODULE": "project.settings_test", "HOME": str(home)}
            | {"DATABASE_URL": f"sqlite:///{home}/db.sqlite3"},
            stdout=out,
            stderr=subprocess.STDOUT,
            pass_fds=[door.fileno()],
        )  # fmt: skip
        try:
            yield Server(door.getsockname()[1], home)
        finally:
            running.terminate()
            running.wait(timeout=30)


def test_the_first_process_reads_no_settings_that_it_would_hand_down() -> None:
    """Else workers that it starts anew, after .env was changed, would have the keys of before."""
    program = (
        "import os, sys; before = {**os.environ}; import project.server; "
        "print(os.environ == before, 'project.settings' in sys.modules)"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, env=kept, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == "True False\n"


@pytest.mark.parametrize(
    "file, given, kind",
    [("LOG_FORMAT=json\n", "", "MaskedJson"), ("LOG_FORMAT=json\n", "text", "Masked"),
     ("", "json", "MaskedJson"), ("", "", "Masked"), ("LOG_FORMAT=odd\n", "", "Masked")],
)  # fmt: skip
def test_its_log_is_written_as_the_settings_say(tmp_path, monkeypatch, file, given, kind):
    (tmp_path / ".env").write_text(file)
    monkeypatch.setattr(project_server, "ENV_FILE", tmp_path / ".env")
    monkeypatch.delenv("LOG_FORMAT", raising=False)
    if given:
        monkeypatch.setenv("LOG_FORMAT", given)
    log = project_server.Log(Config())
    handlers = [*log.error_log.handlers, *log.access_log.handlers]
    assert {type(handler.formatter).__name__ for handler in handlers} == {kind}


@pytest.mark.parametrize("kind", BROKEN)
def test_every_answer_has_the_headers_and_repeats_no_key(server: Server, kind: str) -> None:
    lines, status = BROKEN[kind]
    answered, headers, body = server.ask(lines)
    assert answered == status
    assert every_header().keys() <= headers.keys()
    assert KEY not in body


def test_what_could_not_be_read_is_not_written_down(server: Server) -> None:
    for lines, _ in BROKEN.values():
        server.ask(lines)
    written = (server.home / "out").read_text()
    assert "A request could not be read: InvalidHTTPVersion" in written
    assert KEY not in written and "CNRY" not in written


def test_a_name_that_is_not_ours_is_a_quiet_line(server: Server) -> None:
    """Robots try names all day: were each an error, nobody would see one that is."""
    before = len((server.home / "out").read_text())
    for name in ("example.com", "a b", "x" * 4_000):
        assert server.ask(f"GET / HTTP/1.1\r\nHost: {name}")[0] == 400
    fields = "&".join(f"a{number}=1" for number in range(1_100))
    assert (
        server.ask(
            "POST /looks/ HTTP/1.1\r\nHost: localhost\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(fields)}"
            f"\r\nConnection: close\r\n\r\n{fields}"
        )[0]
        == 400
    )
    written = (server.home / "out").read_text()[before:]
    told = [line for line in written.splitlines() if "django.security" in line]
    assert [line.split()[2] for line in told] == ["WARNING"] * 4
    assert max(map(len, told)) < 500
    assert "Traceback" not in written and "ERROR" not in written


def test_nothing_but_the_door_is_listened_at(server: Server) -> None:
    server.ask("GET /up HTTP/1.1\r\nHost: localhost")
    assert {path.name for path in server.home.iterdir()} <= {"out", "db.sqlite3"}
