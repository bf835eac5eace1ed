"""A whole site, as a county runs it: three machines behind nginx, PgBouncer, PostgreSQL, Redis.

All of it runs on loopback ports that nobody has, in one folder that is gone afterwards.
"""

import json
import os
import pwd
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Final

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from project.make_env import as_lines, new_keys, put_setting
from tests.many.browser import Door
from tests.servers import PATIENCE, RedisServer, Server, answers, free_port, program

HOUSE: Final = Path(__file__).parents[2]
ITS_OWN: Final = ("project", "manage.py", "gunicorn.conf.py")  # where a machine looks for its .env
THE_SAME: Final = ("profiles", "templates", "static")
PAGE: Final = (HOUSE / "docs" / "running" / "many-machines.md").read_text()
NAME: Final = "localhost"
THREADS: Final = 4
# Where a machine differs from one in earnest: it makes no paper, and styles are not joined, which
# both take seconds to begin.
HERE: Final = """
from profiles.pdf import pool
from project.settings import *

PDF_PROCESSES = 0
pool.LONGEST_WAIT = 0.0  # nobody waits for one
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
"""
NGINX: Final = """
pid {folder}/pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    log_format told '$request_method $status $upstream_addr $upstream_status';
    access_log {folder}/access.log told;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream machines {{ {machines} }}
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/certificate;
        ssl_certificate_key {folder}/key;
        proxy_bind 127.0.3.1; # it stands on another machine than those that it asks
        add_header X-Machine $upstream_addr always;
        {location}
    }}
}}
"""


def block(kind: str) -> str:
    """What our page on many machines says of this: it is tried here."""
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def postgres_user() -> str | None:
    """Who PostgreSQL and PgBouncer run as: both refuse to be root."""
    return "postgres" if os.geteuid() == 0 else None


class OwnServer(Server):
    """One that refuses to be root."""

    def __init__(self, command: list[str], folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if owner := postgres_user():
            shutil.chown(folder, owner, pwd.getpwnam(owner).pw_gid)
        super().__init__(command, folder, user=postgres_user())


class PostgreSQL(OwnServer):
    """It loses nothing that was committed when it is killed; of a power cut nothing is tried."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        there = [str(path) for path in Path("/usr/lib/postgresql").glob("*/bin")]
        super().__init__(
            [program("postgres", *there), "-D", f"{folder}/data", "-p", str(self.port), "-h",
             "127.0.0.1", "-k", str(folder), "-c", "fsync=off"],
            folder,
        )  # fmt: skip
        subprocess.run(
            [program("initdb", *there), "-D", "data", "-U", "tests", "-A", "trust", "-E",
             "UTF8", "--locale=C", "--no-sync"],
            cwd=folder, user=postgres_user(), check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        """Start it, as often as it takes until what was left of the one before is gone."""
        end = time.monotonic() + PATIENCE
        super().start()
        while not self.is_ready() and time.monotonic() < end:
            assert self.process
            if self.process.poll() is not None:
                super().start()
            time.sleep(0.05)
        assert self.is_ready(), self.log.read_text()[-2_000:]

    def hang(self) -> None:
        """Let all of it do nothing, and say nothing of it."""
        assert self.process
        self._hanging = {self.process.pid, *self.children()}
        for pid in self._hanging:
            os.kill(pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on where it was."""
        for pid in self._hanging:
            os.kill(pid, signal.SIGCONT)

    def is_ready(self) -> bool:
        """Does it take questions?"""
        try:
            self.run("SELECT 1", "postgres")
        except psycopg.OperationalError:
            return False
        return True

    def run(self, sql: str, database: str = "site") -> None:
        """Do this as whoever may do everything."""
        to = f"host=127.0.0.1 port={self.port} user=tests dbname={database}"
        with psycopg.connect(to, autocommit=True) as asked:
            asked.execute(sql.encode())


class Machine(Server):
    """A folder with the program in it, a .env of its own, and a gunicorn."""

    def __init__(self, folder: Path, said: Mapping[str, str]) -> None:
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        for part in ITS_OWN:
            copy = shutil.copytree if (HOUSE / part).is_dir() else shutil.copy2
            copy(HOUSE / part, folder / part)
        for part in THE_SAME:
            (folder / part).symlink_to(HOUSE / part)
        (folder / "here.py").write_text(HERE)
        self.env_file = folder / ".env"
        self.env_file.write_text(as_lines({**said}))
        self.env_file.chmod(0o600)
        self._own = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "here",
            "PYTHONPATH": f"{folder}{os.pathsep}{HOUSE}",  # the tests are there alone
        }
        super().__init__([], folder, env=self._own)
        self.serve("project.wsgi")

    def serve(self, application: str) -> None:
        """Serve this from the next start on."""
        bind = f"127.0.0.1:{self.port}"
        gunicorn = [sys.executable, "-m", "gunicorn", application]
        self.command = [*gunicorn, "--threads", str(THREADS), "--bind", bind]

    def manage(self, *command: str) -> str:
        """Run a command here, and say what it says."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=self.folder, env=self._own, text=True,
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def clerk(self) -> "Clerk":
        """Somebody who knows the site from within."""
        return Clerk(self.folder, self._own)

    def begin(self) -> None:
        """Start it, and do not wait."""
        super().start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.begin()
        self.until(self.is_up)

    def is_up(self) -> bool:
        """Does it answer?"""
        line = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/up")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()

    def start_again(self) -> None:
        """Start its workers anew, as our page says."""
        self.begin_anew()
        self.until(self.is_up)


class Clerk:
    """A process that takes orders: see tests/many/clerk.py."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.many.clerk"], cwd=folder, env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, order: str, *given: Any) -> Any:
        """What comes of this order."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([order, given]) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        assert said, f"The clerk could not do this: {order}"
        return json.loads(said)

    def stop(self) -> None:
        """That was all."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()


class Site:
    """All of it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.database = PostgreSQL(folder / "database")
        self.database.start()
        stack.callback(lambda: self.database.stop(signal.SIGINT))
        self._make_database()
        self.pooler_port = free_port()
        self._start(stack, self._pooler())
        cache = folder / "cache"
        cache.mkdir()
        self.cache = RedisServer(cache)
        self._start(stack, self.cache)
        self.port = free_port()
        self.mail = folder / "mail"
        said = self.settings()
        self.machines = [Machine(folder / f"machine{n}", said) for n in (1, 2, 3)]
        self.machines[0].manage("migrate", "--verbosity", "0", "--skip-checks")
        self.clerk = self.machines[0].clerk()
        stack.callback(self.clerk.stop)
        for machine in self.machines:
            machine.begin()
            stack.callback(machine.kill)
        for machine in self.machines:
            machine.until(machine.is_up)
        self.proxy = self._proxy()
        self._start(stack, self.proxy)

    def settings(self) -> dict[str, str]:
        """What stands in .env of every machine."""
        return new_keys() | {
            "SITE_ADDRESS": f"https://{NAME}:{self.port}",
            "DATABASE_URL": f"postgres://site@127.0.0.1:{self.pooler_port}/site",
            "POOLED": "on",
            "ENDINGS_DATABASE_URL": f"postgres://site@127.0.0.1:{self.database.port}/endings",
            "CACHE_URL": self.cache.address,
            "BEHIND_PROXY": "on",
            "TRUSTED_PROXIES": "1",
            "EMAIL_FOLDER": str(self.mail),
        }

    @property
    def door(self) -> Door:
        """Where it is asked."""
        tls = ssl.create_default_context(cafile=str(self.folder / "proxy" / "certificate"))
        return Door(self.port, f"{NAME}:{self.port}", tls)

    def rotate_keys(self, step: str) -> str:
        """Take a step of a change of keys on one machine, and copy FIELD_KEYS to the others."""
        keys: str = self.clerk.ask("rotate", step)
        for machine in self.machines[1:]:
            put_setting(machine.env_file, "FIELD_KEYS", keys)
        return keys

    def broken_off(self) -> int:
        """How often a machine broke off while it was asked, so that the proxy asked another."""
        log = (self.folder / "proxy" / "access.log").read_text().splitlines()
        return sum(line.count(",") // 2 for line in log)

    def _start(self, stack: ExitStack, server: Server) -> None:
        server.start()
        stack.callback(server.stop)

    def _make_database(self) -> None:
        for statement in block("sql").split(";\n"):
            if statement.strip():
                self.database.run(statement + ";", "postgres")
        self.database.run("CREATE DATABASE endings OWNER site;", "postgres")

    def _pooler(self) -> Server:
        own = {
            "site = host=database port=5432": f"site = host=127.0.0.1 port={self.database.port}",
            "listen_addr = pooler": "listen_addr = 127.0.0.1",
            "listen_port = 6432": f"listen_port = {self.pooler_port}",
            "auth_type = scram-sha-256": "auth_type = trust",
            "/etc/pgbouncer/userlist.txt": f"{self.folder}/pooler/userlist.txt",
        }
        said = block("ini")
        for theirs, ours in own.items():
            assert theirs in said
            said = said.replace(theirs, ours)
        folder = self.folder / "pooler"
        server = PgBouncer([program("pgbouncer"), "pgbouncer.ini"], folder)
        server.port = self.pooler_port
        (folder / "userlist.txt").write_text('"site" ""\n')
        (folder / "pgbouncer.ini").write_text(said)
        return server

    def without(self, machine: Machine | None) -> None:
        """Let the proxy ask all machines but this one, and wait until nobody there is asked."""
        self._write_proxy(machine)
        self.proxy.begin_anew()

    def _proxy(self) -> "Proxy":
        folder = self.folder / "proxy"
        folder.mkdir()
        certify(folder)
        self._write_proxy()
        command = [program("nginx"), "-p", str(folder), "-c", "conf", "-e", "stderr"]
        proxy = Proxy([*command, "-g", "daemon off;"], folder)
        proxy.port = self.port
        return proxy

    def _write_proxy(self, out: Machine | None = None) -> None:
        folder = self.folder / "proxy"
        machines = " ".join(
            f"server 127.0.0.1:{machine.port}{' down' if machine is out else ''};"
            for machine in self.machines
        )
        location = re.search(r"location / \{.*?\n\}", block("nginx"), re.DOTALL)
        assert location
        said = NGINX.format(folder=folder, machines=machines, port=self.port, location=location[0])
        user = f"user {pwd.getpwuid(0).pw_name};\n" if os.geteuid() == 0 else ""
        (folder / "conf").write_text(user + said)


class Listening(Server):
    """One that is ready when it listens."""

    port = 0

    def start(self) -> None:
        super().start()
        self.until(lambda: answers(self.port))


class PgBouncer(Listening, OwnServer):
    """It lends sessions."""


class Proxy(Listening):
    """nginx."""


def certify(folder: Path) -> None:
    """A key and a certificate for this machine, signed by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """A site, until it is not needed any more."""
    with ExitStack() as stack:
        yield Site(folder, stack)
