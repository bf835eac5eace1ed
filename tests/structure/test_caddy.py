"""deploy/Caddyfile, as a real Caddy runs it: who asked, what is written down, how much is taken."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.servers import PATIENCE, Server, free_port

CADDY = shutil.which("caddy") or ""
pytestmark = [pytest.mark.once, pytest.mark.skipif(not CADDY, reason="no Caddy here")]
CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
MB = 1_000_000
SECRET = [
    "/s/CNRY/page/", "//s/CNRY/", "/%73/CNRY/", "/./s/CNRY/", "/S/CNRY/", "/check/CNRY/",
    "/mail/stop/CNRY/", "//mail//stop/CNRY/", "/helping/invite/CNRY/", "/helping/handed/CNRY/",
    "/shl/CNRY?recipient=CNRY", "//shl/CNRY/files/CNRY",
]  # fmt: skip
IN_A_QUERY = ["/me/?back=/s/CNRY/", "/account/login/?next=%2Fs%2FCNRY", "/me/looked/?name=CNRY"]


class _Upstream(BaseHTTPRequestHandler):
    """Stands where we would: it says who asked, as it was told, and where it would lead."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if "large" in self.path:
            self._begin_and_wait()
        else:
            self._say_who()

    def _say_who(self) -> None:
        body = f"{self.headers['X-Forwarded-For']} {self.headers['X-Forwarded-Proto']}".encode()
        self.send_response(200)
        self.send_header("Location", "/s/CNRY/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _begin_and_wait(self) -> None:
        """Send the half, and the rest only when that is told to have come."""
        self.send_response(200)
        self.send_header("Content-Length", str(2 * MB))
        self.end_headers()
        with suppress(OSError):  # whoever asked has gone
            self.wfile.write(b"a" * MB)
            self.server.came.wait(PATIENCE)
            self.wfile.write(b"a" * MB)

    def do_POST(self) -> None:
        self.server.began.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"taken")

    def log_message(self, *_: object) -> None:
        pass


class _Upstreams(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Upstream)
        self.began: list[str] = []
        self.came = threading.Event()


@dataclass
class Front:
    """A Caddy, what stands behind it, and somebody who asks."""

    caddy: Server
    upstream: _Upstreams
    port: int
    http: int
    root: Path  # the certificate of its own that it vouches for itself with
    open: list[HTTPSConnection] = field(default_factory=list)

    def connected(self) -> HTTPSConnection:
        """A connection to it, of which the certificate is looked at."""
        trusted = ssl.create_default_context(cafile=str(self.root))
        connection = HTTPSConnection("localhost", self.port, context=trusted, timeout=PATIENCE)
        self.open.append(connection)
        return connection

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """The status, and the words."""
        connection = self.connected()
        sent = {name.replace("_", "-"): said for name, said in headers.items()}
        connection.request("GET" if body is None else "POST", path, body, sent)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def over_http(self, path: str, host: str) -> str:
        """What it says to whoever comes without TLS."""
        with socket.create_connection(("127.0.0.1", self.http), timeout=PATIENCE) as asked:
            asked.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            return asked.recv(10_000).decode()

    @property
    def written(self) -> str:
        """All that Caddy has written down."""
        return self.caddy.log.read_text()


def environment(**said: str) -> dict[str, str]:
    """What it is told, as an operator tells it. One of before 2.7 collects by another name."""
    version = subprocess.run([CADDY, "version"], capture_output=True, text=True, check=True).stdout
    found = re.match(r"v?2\.(\d+)", version)
    assert found
    older = {"COLLECT": "buffer_requests"} if int(found[1]) < 7 else {}
    return {"PATH": os.environ["PATH"], **older, **said}


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    """The file as it is, but for ports and for what it would do to this machine."""
    upstream, port, http = _Upstreams(), free_port(), free_port()
    serving = threading.Thread(target=upstream.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    here = {
        "\n{\n": f"\n{{\n\tadmin off\n\tskip_install_trust\n\thttp_port {http}\n",
        "lb_try_duration 5s": "lb_try_duration 100ms",
    }
    conf = CADDYFILE.read_text()
    for theirs, ours in here.items():
        assert conf.count(theirs) == 1, theirs
        conf = conf.replace(theirs, ours)
    (tmp_path / "conf").write_text(conf)
    caddy = Server(
        [CADDY, "run", "--adapter", "caddyfile", "--config", "conf"],
        tmp_path,
        env=environment(
            SITE_ADDRESS=f"https://localhost:{port}",
            UPSTREAM=f"127.0.0.1:{upstream.server_port}",
            HOME=str(tmp_path),
            XDG_DATA_HOME=str(tmp_path),
            XDG_CONFIG_HOME=str(tmp_path),
        ),
    )
    root = tmp_path / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    front = Front(caddy, upstream, port, http, root)

    def is_up() -> bool:
        with suppress(OSError):
            return front.ask("/")[0] == 200
        return False

    try:
        caddy.start()
        caddy.until(is_up)
        yield front
    finally:
        upstream.came.set()
        for connection in front.open:
            connection.close()
        caddy.stop()
        upstream.shutdown()
        serving.join()
        upstream.server_close()


def test_caddy_takes_the_file_as_it_is(tmp_path: Path) -> None:
    said = environment(
        SITE_ADDRESS="https://tellitonce.example.org", UPSTREAM="127.0.0.1:8000",
        HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path),
    )  # fmt: skip
    command = [CADDY, "validate", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
    tried = subprocess.run(command, env=said, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr


def test_it_says_who_asked_and_believes_nobody_who_says_so(front: Front) -> None:
    spoofed = {"X_Forwarded_For": "192.0.2.9", "X_Forwarded_Proto": "http"}
    assert front.ask("/", **spoofed) == (200, "127.0.0.1 https")


def test_it_writes_down_no_secret_no_name_and_no_whole_address_of_a_person(front: Front) -> None:
    for path in [*SECRET, *IN_A_QUERY]:
        assert front.ask(path, Referer="https://localhost/s/CNRY/", Cookie="a=CNRY")[0] == 200
    assert front.ask("/me/")[0] == 200
    assert front.ask("/metrics")[0] == front.ask("//metrics")[0] == 404
    for host in ("localhost", "another.example"):
        assert f"308 Permanent Redirect\r\nLocation: https://{host}/s/CNRY/" in front.over_http(
            "/s/CNRY/", host
        )
    front.ask("/s/CNRY/", Host="another.example")
    gone = front.connected()
    gone.request("GET", "/s/large/?CNRY")
    gone.getresponse().read(1)
    gone.close()
    front.upstream.came.set()
    front.upstream.shutdown()
    front.upstream.server_close()
    for path, words in (("/s/CNRY/", None), ("/me/?CNRY", b"words=CNRY")):
        status, said = front.ask(path, words)
        assert status == 502 and "We are away for a moment" in said
    front.caddy.stop()
    assert '"uri":"/me/"' in front.written and '"127.0.0.0"' in front.written
    assert '"status":502' in front.written
    assert "CNRY" not in front.written and '"127.0.0.1"' not in front.written


def test_it_takes_no_flood_and_passes_nothing_of_one_on(front: Front) -> None:
    assert front.ask("/me/", b"a" * 19 * MB) == (200, "taken")
    for length in ("21000000", "123456789", "9" * 18):
        flood = front.connected()
        flood.putrequest("POST", "/flood/")
        flood.putheader("Content-Length", length)
        flood.endheaders(b"a" * 300_000)  # it lets so much pass before it says no
        assert flood.getresponse().status == 413, length
    assert front.upstream.began == ["/me/"]


def test_who_sends_slowly_holds_nobody_of_ours(front: Front) -> None:
    slow = front.connected()
    slow.putrequest("POST", "/slow/")
    slow.putheader("Content-Length", "6")
    slow.endheaders(b"wor")
    for _ in range(5):
        assert front.ask("/")[0] == 200
    assert front.upstream.began == []
    slow.send(b"ds=")
    assert slow.getresponse().read() == b"taken"


def test_a_large_file_is_on_its_way_before_all_of_it_is_there(front: Front) -> None:
    asked = front.connected()
    asked.request("GET", "/large/")
    answer = asked.getresponse()
    half = answer.read(MB // 2)
    front.upstream.came.set()
    assert len(half + answer.read()) == 2 * MB
