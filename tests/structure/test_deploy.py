"""What deploy/ says is what the project does: packages, commands, and a start that works."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands
from ruamel.yaml import YAML

from project.make_env import new_keys
from tests.at_once import Somebody
from tests.drawn import NIGHTLY
from tests.servers import free_port

pytestmark = pytest.mark.once
HOUSE = Path(__file__).parents[2]
DEPLOY = HOUSE / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
COMPOSE = YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text())
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SERVED = ("profiles", "project", "templates", "static", "manage.py", "gunicorn.conf.py")
# Without these, root has the rights of anybody else: what is closed to writing stays closed.
AS_ANYBODY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]


def services() -> dict[str, dict[str, Any]]:
    return dict(COMPOSE["services"])


def of_ours() -> dict[str, dict[str, Any]]:
    """The services that are our own program."""
    return {name: each for name, each in services().items() if each.get("image") == "tell-it-once"}


def image_command() -> list[str]:
    found = re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found
    return list(YAML(typ="safe").load(found[1]))


def commands() -> Iterator[list[str]]:
    """Every command that something here starts."""
    yield image_command()
    for service in of_ours().values():
        yield in_shell(service.get("command", image_command()))
    for unit in UNITS:
        for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE):
            yield in_shell(shlex.split(line))


def in_shell(command: list[str]) -> list[str]:
    """A command, or the words of what a shell is given to do."""
    return shlex.split(command[2]) if command[0].endswith("sh") else command


def unit_of(path: Path) -> ConfigParser:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read(path)
    return unit


def test_the_image_has_the_packages_that_setup_installs() -> None:
    setup = (HOUSE / "bin" / "setup").read_text()
    served = re.search(r'^packages="([^"]+)"', setup, re.MULTILINE)
    image = re.search(r"--no-install-recommends \\\n((?: +[a-z].*\\\n)+)", DOCKERFILE)
    assert served and image
    assert image[1].replace("\\", "").split() == served[1].split()


def test_what_was_set_up_starts_also_where_it_was_moved_to(tmp_path: Path) -> None:
    """As an upgrade does. It was put into a folder beside the old one."""
    (tmp_path / "bin").mkdir()
    setup = Path(shutil.copy(HOUSE / "bin" / "setup", tmp_path / "bin"))
    lock = Path(shutil.copy(HOUSE / "requirements.lock", tmp_path))
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    mark = subprocess.check_output(
        "cat bin/setup requirements.lock | cksum", shell=True, cwd=tmp_path
    )
    (tmp_path / ".venv" / f"installed-{lock.name}").write_bytes(mark)
    served = programs / "gunicorn"
    served.write_text("#!/srv/beside-it/.venv/bin/python\nprint('It serves.')\n")
    served.chmod(0o755)

    subprocess.run([setup], check=True)

    assert subprocess.check_output([served], text=True) == "It serves.\n"


def test_a_port_that_cannot_be_is_refused_in_a_sentence() -> None:
    """Django's own server says it in twenty lines of code, and never ends."""
    for port in ("0", "65536", "80000", "999999", "abc", " "):
        done = subprocess.run(
            [HOUSE / "bin" / "serve"],
            env=os.environ | {"PORT": port},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode == 2
        assert done.stderr.startswith(f"PORT is '{port}': write a number from 1 to 65535")


def test_the_image_has_a_python_that_we_promise() -> None:
    wanted = tomllib.loads((HOUSE / "pyproject.toml").read_text())["project"]["requires-python"]
    bases = re.findall(r"^FROM python:(\d+)\.(\d+)-", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2 and len({*bases}) == 1
    assert tuple(map(int, bases[0])) >= tuple(map(int, wanted.removeprefix(">=").split(".")))


def test_what_must_stay_outside_is_kept_out_of_the_image() -> None:
    ignored = (HOUSE / ".dockerignore").read_text().splitlines()
    assert {".env", ".git", "*.sqlite3", "*.sqlite3-*"} <= {*ignored}
    assert not {*SERVED} & {*ignored}


def test_nobody_is_root_and_nothing_is_written_but_where_it_must_be() -> None:
    users = re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["teller"]
    for name, service in of_ours().items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
    for unit in UNITS:
        service = unit_of(unit)["Service"]
        assert service["User"] == "teller" and service["ProtectSystem"] == "strict"


def test_every_command_is_real() -> None:
    seen = set()
    for command in {tuple(command) for command in commands()}:
        words = [word.strip(";") for word in command]
        ours = [name for before, name in pairwise(words) if before == "manage.py"]
        seen |= {*ours}
        if not ours:
            assert Path(words[0]).name == "gunicorn" and words[1] == "project.wsgi"
            subprocess.run(
                [sys.executable, "-m", "gunicorn", "--check-config", *words[1:]],
                cwd=HOUSE, check=True, capture_output=True,
                env=os.environ | {"DJANGO_SETTINGS_MODULE": "project.settings_test"},
            )  # fmt: skip
    assert {"migrate", "tidy", "backup", "db_worker"} <= seen <= get_commands().keys()


@pytest.mark.parametrize("fails", ["neither", "tidy", "backup"])
def test_there_is_a_backup_where_tidy_could_not_do_all(tmp_path: Path, fails: str) -> None:
    """systemd runs no second command after one that failed: one row would end all backups."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "$2" >>{tmp_path}/ran\ntest "$2" != {fails}\n')
    python.chmod(0o700)
    commands = re.findall(
        r"^ExecStart=(.*)$",
        (DEPLOY / "systemd/tell-it-once-daily.service").read_text(),
        re.MULTILINE,
    )
    ended = 0
    for command in commands:
        words = shlex.split(command.replace("%%", "%").replace("$$", "$"))
        words = [word.replace("/srv/tell-it-once/.venv/bin/python", str(python)) for word in words]
        ended = ended or subprocess.run(words, check=False).returncode
        if ended:
            break
    assert (tmp_path / "ran").read_text().split() == ["tidy", "backup"]
    assert bool(ended) is (fails != "neither")


def test_every_setting_is_one_of_ours() -> None:
    known = set(re.findall(r"^#? ?([A-Z_]+)=", (HOUSE / ".env.example").read_text(), re.MULTILINE))
    for name, service in of_ours().items():
        assert service["environment"].keys() <= known, name


def test_each_profile_has_what_serves_works_and_tidies() -> None:
    for profile in ("one", "county"):
        mine = {n: each for n, each in services().items() if profile in each["profiles"]}
        said = " ".join(str(each.get("command", "serves")) for each in mine.values())
        for needed in ("serves" if profile == "one" else "gunicorn", "tidy", "migrate"):
            assert needed in said, (profile, needed)
        for name, each in mine.items():
            assert {*each.get("depends_on", [])} <= mine.keys(), name


def test_the_pooler_and_its_database_are_set_as_the_docs_say() -> None:
    """Those are the settings that `bin/test --many` tries."""
    docs = (HOUSE / "docs" / "running" / "many-machines.md").read_text()
    said = re.search(r"```ini\n(.*?)```", docs, re.DOTALL)
    limits = re.findall(r"^ALTER ROLE .*;$", docs, re.MULTILINE)
    assert said and limits
    ours = (DEPLOY / "pgbouncer.ini").read_text().splitlines()
    own_names = {"site", "listen_addr", "auth_file", "pidfile"}

    def settings(lines: list[str]) -> set[str]:
        return {line for line in lines if line[:1].isalpha() and line.split()[0] not in own_names}

    assert settings(ours) == settings(said[1].splitlines())
    assert (
        re.findall(r"^ALTER ROLE .*;$", (DEPLOY / "postgres.sql").read_text(), re.MULTILINE)
        == limits
    )


@pytest.mark.parametrize("conf", ["Caddyfile", "nginx.conf"])
def test_what_stands_in_front_writes_down_no_secret_and_takes_no_flood(conf: str) -> None:
    words = (DEPLOY / conf).read_text()
    for place in ("s", "shl", "check", "mail", "stop", "helping", "invite", "handed"):
        assert re.search(rf"\b{place}\b", words), place
    assert re.search(r"20 ?m(i?b)?\b", words, re.IGNORECASE)


def test_whatever_stands_in_front_says_in_the_same_words_that_we_are_away() -> None:
    pages = [re.findall(r"<!doctype html>[^'`]+", (DEPLOY / conf).read_text())
             for conf in ("Caddyfile", "nginx.conf")]  # fmt: skip
    assert len(pages[0]) == 1
    assert pages[0] == pages[1]


SERVER = "server 127.0.0.1:8000 max_fails=1 fail_timeout=5s;"


class _Upstream(BaseHTTPRequestHandler):
    """Stands where we would: it says who asked, as it was told."""

    def do_GET(self) -> None:
        self._say(self.headers["X-Forwarded-For"], 503 if self.path == "/busy" else 200)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say("taken")

    def _say(self, words: str, status: int = 200) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here")
def test_nginx_says_who_asked_writes_no_secret_and_takes_no_flood(tmp_path: Path) -> None:
    """The file as it is, but for names, ports and folders; http here, since TLS is nginx's own."""
    upstream = HTTPServer(("127.0.0.1", 0), _Upstream)
    port = free_port()
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f" {name}_temp_path {tmp_path}/{name};" for name in kept)
    here = {
        "user www-data;": "user root;" if os.getuid() == 0 else "",
        "pid /run/nginx.pid;": f"pid {tmp_path}/pid; daemon off;",
        SERVER: SERVER.replace("8000", f"{upstream.server_port}") * 2,  # as if there were two
        "listen 443 ssl;": f"listen 127.0.0.1:{port};",
        "listen 80;": f"listen unix:{tmp_path}/80;",
        "/var/log/nginx/": f"{tmp_path}/",
        "http {": f"http {{{folders}",
    }
    conf = (DEPLOY / "nginx.conf").read_text()
    for theirs, ours in here.items():
        assert theirs in conf, theirs
        conf = conf.replace(theirs, ours)
    conf = re.sub(r"^ *ssl_.*$", "", conf, flags=re.MULTILINE)
    (tmp_path / "nginx.conf").write_text(conf)
    serving = threading.Thread(target=upstream.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    nginx = subprocess.Popen(["nginx", "-c", f"{tmp_path}/nginx.conf", "-e", f"{tmp_path}/begin"])
    asked = Somebody(f"http://127.0.0.1:{port}")

    def stop() -> None:
        upstream.shutdown()
        serving.join()
        upstream.server_close()

    try:
        for _ in range(100):
            if (tmp_path / "pid").exists():
                break
            threading.Event().wait(0.05)
        asked.opener.addheaders = [("X-Forwarded-For", "192.0.2.9")]
        assert asked.send("/") == (200, "127.0.0.1")
        for _ in range(3):  # an answer of ours takes none of our processes out of use
            assert asked.send("/busy")[0] == 503
        assert asked.send("/")[0] == 200
        assert asked.send("/me/?back=/s/CNRY-in-a-query/")[0] == 200
        for secret in ("/s/CNRY/page/", "//s/CNRY/", "/check/CNRY/", "/mail/stop/CNRY/",
                       "/helping/invite/CNRY/", "/helping/handed/CNRY/", "/%73/CNRY/",
                       "/shl/CNRY?recipient=CNRY", "//shl/CNRY/files/CNRY"):  # fmt: skip
            assert asked.send(secret)[0] == 200
        assert asked.send("/metrics")[0] == 404
        assert asked.send("/me/", {"words": "a" * 19_000_000}) == (200, "taken")
        assert asked.send("/me/", {"words": "a" * 21_000_000})[0] == 413
        stop()
        for sent in (None, {"words": "CNRY"}):  # the same address: to load it again sends it again
            status, said = asked.send("/me/", sent)
            assert status == 502 and "We are away for a moment" in said
    finally:
        nginx.terminate()
        nginx.wait(30)
        stop()
    written = "".join(path.read_text() for path in tmp_path.iterdir() if path.suffix == ".log")
    assert '"GET /me/" 200' in written and "127.0.0.0 " in written
    assert "CNRY" not in written and "127.0.0.1" not in written


@pytest.fixture
def read_only_tree(tmp_path: Path) -> Iterator[Path]:
    """What the image holds, collected, and closed to writing."""
    tree = tmp_path / "app"
    tree.mkdir()
    for name in SERVED:
        here = HOUSE / name
        copy = shutil.copytree if here.is_dir() else shutil.copy
        copy(here, tree / name)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=tree, check=True, env=_environment(tmp_path),
    )  # fmt: skip
    folders = [path for path in [tree, *tree.rglob("*")] if path.is_dir()]
    for path in folders:
        path.chmod(0o555)
    yield tree
    for path in folders:
        path.chmod(0o755)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    (folder / "data").mkdir(exist_ok=True)
    (folder / "tmp").mkdir(exist_ok=True)
    return {
        **kept, **new_keys(), "PYTHONDONTWRITEBYTECODE": "1", "LOCAL": "off", "BEHIND_PROXY": "on",
        "TRUSTED_PROXIES": "1", "SITE_ADDRESS": "https://localhost", "EMAIL_HOST": "localhost",
        "DATABASE_URL": f"sqlite:///{folder}/data/db.sqlite3",
        "TMPDIR": f"{folder}/tmp", "HOME": f"{folder}/tmp",
    }  # fmt: skip


@pytest.mark.skipif(not shutil.which("setpriv"), reason="no way to give up root's rights here")
def test_the_image_starts_as_anybody_where_nothing_can_be_written(
    read_only_tree: Path, tmp_path: Path, put_tables: Callable[[str], bool]
) -> None:
    """The same command in the same tree, with the rights of an ordinary user.

    By day its database is copied; at night it makes that itself.
    """
    environment = _environment(tmp_path)
    anybody = AS_ANYBODY if os.getuid() == 0 else []
    run = [*anybody, sys.executable]
    refused = subprocess.run(
        [*run, "-c", "open('new', 'w')"], cwd=read_only_tree, capture_output=True, check=False
    )
    assert b"PermissionError" in refused.stderr
    if NIGHTLY or not put_tables(f"{tmp_path}/data/db.sqlite3"):
        subprocess.run(
            [*run, "manage.py", "migrate", "--verbosity", "0"],
            cwd=read_only_tree, env=environment, check=True,
        )  # fmt: skip
    port = free_port()
    gunicorn, *options = image_command()
    options[options.index("--bind") + 1] = f"127.0.0.1:{port}"
    options[options.index("--workers") + 1] = "1"
    serving = subprocess.Popen(
        [*run, "-m", gunicorn, *options], cwd=read_only_tree, env=environment
    )
    try:
        assert _ready(f"http://127.0.0.1:{port}", serving) == "ready\n"
    finally:
        serving.terminate()
        serving.wait(60)


def _ready(address: str, serving: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        assert serving.poll() is None, "It did not start."
        try:
            status, said = Somebody(address).send("/ready")
        except OSError:
            subprocess.run(["sleep", "0.1"], check=True)
            continue
        assert status == 200, said
        return said
    raise AssertionError("It was never ready.")
