"""manage.py make_page: a page from a file, with no database."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.core.management import call_command
from fhir.resources.R4B.bundle import Bundle

from tests.exports.fhir.reading import one
from tests.imports.pages import make_file, make_photo_member
from tests.verapdf import validate_well_tagged

Ended = tuple[int, str, str]
Make = Callable[..., Ended]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make OUT from a file with these contents, and say how it ended."""

    def make_page(contents: Any, out: str = "out.pdf", **options: Any) -> Ended:
        file = tmp_path / "profile.json"
        if isinstance(contents, bytes):
            file.write_bytes(contents)
        elif contents is not None:
            file.write_text(json.dumps(contents), encoding="utf-8")
        return ended(str(file), str(tmp_path / out), **options)

    return make_page


def ended(file: str, out: str, **options: Any) -> Ended:
    stdout, stderr = StringIO(), StringIO()
    try:
        call_command("make_page", file, out, stdout=stdout, stderr=stderr, **options)
    except SystemExit as stopped:
        return int(stopped.code or 0), stdout.getvalue(), stderr.getvalue()
    return 0, stdout.getvalue(), stderr.getvalue()


def words_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def long_file() -> dict[str, Any]:
    return make_file(
        answers=[
            {"topic": "story", "text": "I drove a crane.\n" * 80},
            {"topic": "calm", "text": "Sit near me.\n" * 40},
            {"topic": "people", "text": "Dee."},
        ]
    )


def test_a_file_becomes_a_page(make: Make, tmp_path: Path):
    status, said, wrong = make(make_file(photo=make_photo_member()))
    assert (status, wrong) == (0, "")
    assert said.startswith(f"{tmp_path / 'out.pdf'}: 1 page, 20 pt print. Your page ")
    assert said.count("\n") == 1
    words = words_of(tmp_path / "out.pdf")
    assert "Jo Bright" in words and "Tea first." in words and "Then we talk." in words


def test_the_name_of_the_page_says_what_it_is(make: Make, tmp_path: Path):
    assert make(make_file(), "out.txt")[0] == 0
    assert make(make_file(), "OUT.HTML")[0] == 0
    assert make(make_file(), "out.md")[0] == 0
    assert "* Tea first.\n" in (tmp_path / "out.md").read_text(encoding="utf-8")
    assert "  * Tea first." in (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert (tmp_path / "OUT.HTML").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_data_file_is_a_portable_file_again_unless_another_format_is_asked_for(
    make: Make, tmp_path: Path
):
    out = tmp_path / "out.json"
    said = {"calm": "Sit.", "health": "CNRY"}
    file = make_file(answers=[{"topic": key, "text": text} for key, text in said.items()])
    assert make(file, "out.json")[0] == 0
    shown = json.loads(out.read_bytes())["answers"]
    assert [each["topic"] for each in shown] == ["call_me", "calm"]
    assert make(json.loads(out.read_bytes()), "again.json", format="tell-it-once")[0] == 0
    assert (tmp_path / "again.json").read_bytes() == out.read_bytes()
    assert make(file, "out.json", format="fhir")[0] == 0
    bundle = json.loads(out.read_bytes())
    Bundle.model_validate(bundle)
    assert one(bundle, "Patient")["name"] == [{"text": "Jo Bright"}]
    [content] = one(bundle, "DocumentReference")["content"]
    pdf = tmp_path / "out.pdf"
    pdf.write_bytes(base64.b64decode(content["attachment"]["data"]))
    assert "Sit." in words_of(pdf)
    assert "CNRY" not in out.read_text(encoding="utf-8")


def test_topics_that_start_private_are_shown_only_when_named(make: Make, tmp_path: Path):
    file = make_file(
        answers=[
            {"topic": "health", "text": "I have epilepsy."},
            {"topic": "calm", "text": "Sit near me."},
        ]
    )
    out = tmp_path / "out.txt"
    _, _, said = make(file, "out.txt")
    assert "epilepsy" not in out.read_text(encoding="utf-8")
    assert "Left out, since they are private: health." in said
    named = said.rpartition("--topics ")[2].strip()
    _, _, said = make(file, "out.txt", topics=named)  # as it says
    assert "epilepsy" in out.read_text(encoding="utf-8")
    assert "Sit near me." in out.read_text(encoding="utf-8")
    assert "Left out" not in said
    make(file, "out.txt", topics="health")
    assert "Sit near me." not in out.read_text(encoding="utf-8")


def test_what_could_not_be_used_is_said(make: Make):
    file = make_file(answers=[{"topic": "calm", "text": "Sit.", "picture": "spaceship"}])
    status, _, wrong = make(file)
    assert status == 0
    assert wrong == "answers, number 1, picture: we do not have that picture.\n"


@pytest.mark.parametrize(
    ("contents", "out", "options", "sentence"),
    [
        (b"{]", "out.pdf", {}, "This file is not JSON"),
        (b"%PDF-1.7", "out.pdf", {}, "This file is not JSON"),
        ({"answers": []}, "out.pdf", {}, "format: this is missing."),
        (make_file(answers=[{"topic": "x", "text": ""}]), "out.pdf", {}, "the topic “x”."),
        (None, "out.pdf", {}, "There is no file"),
        (make_file(), "out.doc", {}, "has to end in .pdf, .html, .txt, .md or .json."),
        (make_file(), "out.json", {"format": "xml"}, "We do not know the format “xml”."),
        (make_file(), "out.pdf", {"format": "fhir"}, "Only a data file has a format."),
        (make_file(), "nowhere/out.pdf", {}, "There is no folder"),
        (make_file(), "folder.pdf", {}, "is a folder"),
        (make_file(), "out.pdf", {"layout": "poster"}, "We do not know the layout “poster”."),
        (make_file(), "out.pdf", {"size": "a0"}, "We do not know the size “a0”."),
        (
            make_file(),
            "out.pdf",
            {"layout": "about-me", "size": "card"},
            "The layout “about-me” has no size “card”.",
        ),
        (make_file(), "out.pdf", {"topics": "calm,x"}, "We do not know the topic “x”."),
        (make_file(), "out.pdf", {"topics": " , "}, "Name at least one topic"),
    ],
)
def test_what_is_no_profile_or_no_page_ends_with_2_and_a_sentence(
    make: Make, tmp_path: Path, contents: Any, out: str, options: dict[str, str], sentence: str
):
    (tmp_path / "folder.pdf").mkdir()
    status, said, wrong = make(contents, out, **options)
    assert (status, said) == (2, "")
    assert sentence in wrong
    assert wrong.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} <= {"folder.pdf", "profile.json"}


def test_a_folder_is_no_profile(tmp_path: Path):
    assert ended(str(tmp_path), str(tmp_path / "out.pdf"))[::2] == (
        2,
        f"{tmp_path} is a folder. Name the file in it.\n",
    )


def test_a_file_that_may_not_be_read_ends_with_2(tmp_path: Path):
    status, _, wrong = ended("\0", str(tmp_path / "out.pdf"))
    assert status == 2
    assert "We could not read" in wrong


def test_a_folder_that_may_not_be_written_ends_with_2(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    write_bytes = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.suffix == ".part":
            raise OSError("No space left on device")
        return write_bytes(path, data)  # what the renderer needs when it starts

    monkeypatch.setattr(Path, "write_bytes", full)
    out = tmp_path / "out.txt"
    out.write_text("As it was", encoding="utf-8")
    status, _, wrong = make(make_file(), "out.txt")
    assert status == 2
    assert "We could not write" in wrong
    assert out.read_text(encoding="utf-8") == "As it was"


def test_a_fault_of_ours_is_said_in_a_sentence_and_writes_no_file(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def broken(sheet: object, standard: str) -> None:
        raise AssertionError

    monkeypatch.setattr("profiles.management.commands.make_page.make_pdf_here", broken)
    status, said, wrong = make(make_file())
    assert (status, said) == (1, "")
    assert wrong.startswith("We could not make this page, and nothing was written.")
    assert not (tmp_path / "out.pdf").exists()
    with pytest.raises(AssertionError):
        make(make_file(), traceback=True)


@pytest.mark.parametrize("out", ["out.pdf", "out.html", "out.txt", "out.md", "out.json"])
def test_what_does_not_fit_names_the_longest_answers_and_writes_no_file(
    make: Make, tmp_path: Path, out: str
):
    status, said, wrong = make(long_file(), out)
    assert (status, said) == (3, "")
    assert " too long." in wrong
    assert "The longest answers: My life so far (story, 80 lines), What helps me" in wrong
    assert "(calm, 40 lines), People who matter to me (people, 1 line).\n" in wrong
    assert not (tmp_path / out).exists()


def test_what_does_not_fit_leaves_an_earlier_page_as_it_was(make: Make, tmp_path: Path):
    (tmp_path / "out.pdf").write_bytes(b"As it was")
    make(long_file())
    assert (tmp_path / "out.pdf").read_bytes() == b"As it was"


def test_it_runs_as_a_command_where_there_is_no_database(tmp_path: Path):
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(make_file()), encoding="utf-8")
    command = [sys.executable, "manage.py", "make_page", str(file), str(tmp_path / "out.pdf")]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "project.settings_test",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nowhere",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], cwd=settings.BASE_DIR, env=environment, capture_output=True,
            encoding="utf-8", check=False,
        )  # fmt: skip

    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 page, 20 pt print." in done.stdout
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")

    file.write_text("{}", encoding="utf-8")
    done = run()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "format: this is missing.\n"

    file.write_text(json.dumps(long_file()), encoding="utf-8")
    assert run().returncode == 3


def test_a_page_is_written_by_the_standard_that_is_asked_for(make: Make, tmp_path: Path):
    status, _, _ = make(make_file(), standard="ua-2")
    assert status == 0
    pdf = (tmp_path / "out.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-2.0")
    assert all(report.passed for report in validate_well_tagged(pdf))
    make(make_file())
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_an_unknown_standard_is_named_with_those_there_are(make: Make, tmp_path: Path):
    status, _, said = make(make_file(), standard="ua-3")
    assert (status, said.strip()) == (
        2,
        "We do not know the standard “ua-3”. Choose from: ua-1, ua-2.",
    )
    assert not (tmp_path / "out.pdf").exists()
