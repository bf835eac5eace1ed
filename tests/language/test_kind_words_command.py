"""manage.py kind_words: hints for anybody's leaflet, with no database."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

Look = Callable[..., tuple[int, str, str]]
HINT = (
    "“client”: It turns a relationship into a transaction, and people say it irritates them. "
    "Perhaps: the person’s name."
)


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Look at files with these contents, and say how it ended."""
    monkeypatch.chdir(tmp_path)

    def look_at(*names: str, **files: Any) -> tuple[int, str, str]:
        options = {name: files.pop(name) for name in ("json", "markdown") if name in files}
        for name, contents in files.items():
            raw = contents if isinstance(contents, bytes) else contents.encode()
            Path(name.replace("_", ".")).write_bytes(raw)
        return ended(*names, **options)

    return look_at


def ended(*names: str, **options: Any) -> tuple[int, str, str]:
    stdout, stderr = StringIO(), StringIO()
    try:
        call_command("kind_words", *names, stdout=stdout, stderr=stderr, **options)
    except SystemExit as stopped:
        return int(stopped.code or 0), stdout.getvalue(), stderr.getvalue()
    return 0, stdout.getvalue(), stderr.getvalue()


def test_a_kind_leaflet_gets_no_line(look: Look) -> None:
    assert look("a.txt", a_txt="Tell us your name.") == (0, "", "")


def test_each_hint_is_a_line_that_says_where_why_and_what_instead(look: Look) -> None:
    assert look("a.txt", a_txt="Hello.\n  A client rang.\n") == (1, f"a.txt:2:5: {HINT}\n", "")


def test_files_are_told_apart(look: Look) -> None:
    status, said, _ = look("a.txt", "b.md", a_txt="A client", b_md="`client`, client")
    assert status == 1
    assert [line.partition(": ")[0] for line in said.splitlines()] == ["a.txt:1:3", "b.md:1:11"]


def test_code_is_looked_at_only_where_it_is_no_markdown(look: Look) -> None:
    assert look("a.txt", a_txt="`client`")[0] == 1
    assert look("a.txt", markdown=True)[0] == 0
    assert look("A.MD", A_MD="`client`")[0] == 0


def test_a_program_gets_json(look: Look) -> None:
    status, said, _ = look("a.txt", a_txt="A client", json=True)
    (row,) = json.loads(said)
    assert status == 1
    assert (row["file"], row["line"], row["column"], row["words"]) == ("a.txt", 1, 3, "client")
    assert row["instead"] == "the person’s name"
    assert look("b.txt", b_txt="", json=True) == (0, "[]\n", "")


@pytest.mark.parametrize(
    "name, contents, sentence",
    [
        ("no.txt", None, "There is no file no.txt."),
        (".", None, ". is a folder. Name the files in it."),
        ("a.txt", b"caf\xe9", "a.txt is not plain text in UTF-8. Save it as text, or as Markdown."),
        ("a.txt", b"\x00a", "a.txt is not plain text in UTF-8. Save it as text, or as Markdown."),
        ("a.txt", "A client".encode("utf-16"), "a.txt is not plain text in UTF-8."),
        ("\x00", None, "Check that you may open it."),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(look: Look, name, contents, sentence) -> None:
    status, said, wrong = look(name, **({} if contents is None else {"a_txt": contents}))
    assert (status, said) == (2, "")
    assert sentence in wrong


def test_the_others_are_still_looked_at(look: Look) -> None:
    status, said, wrong = look("no.txt", "a.txt", a_txt="A client")
    assert status == 2
    assert "a.txt:1:3" in said and "no.txt" in wrong


def test_a_mark_at_the_head_of_a_file_moves_nothing(look: Look) -> None:
    assert look("a.txt", a_txt="\ufeffclient")[1].startswith("a.txt:1:1: ")


def test_it_reads_standard_input_where_there_is_no_database() -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "project.settings_test",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "kind_words", "-"], input="A client.", cwd=settings.BASE_DIR,
        env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (1, f"-:1:3: {HINT}\n", "")
