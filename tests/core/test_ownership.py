"""What root writes in a site's folders belongs to the account that serves: else it is shut out."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from profiles.core import journal
from profiles.core.copies import OfSqlite, Progress
from profiles.core.journal import Kind
from profiles.core.ownership import give_as
from project.make_env import put_setting
from tests.factories import make_page

THEIRS = (12_345, 54_321)  # the number of an account, and of its group
Given = dict[str, tuple[int, int]]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    """Which files were given to whom, by a root who works in the folders of another."""
    given: Given = {}

    def chown(path: Path, user: int, group: int) -> None:
        given[Path(path).name] = (user, group)

    def stat(path: Path, **how: bool) -> os.stat_result:
        found = [*real(path, **how)]
        found[4:6] = THEIRS
        return os.stat_result(found)

    real = Path.stat
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", chown)
    monkeypatch.setattr(Path, "stat", stat)
    return given


def test_only_root_gives_anything_away(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)
    monkeypatch.setattr(os, "chown", lambda *_: pytest.fail("only root may"))
    give_as(tmp_path, like=tmp_path)


@pytest.mark.parametrize("mode, then", [(0o600, 0o600), (0o640, 0o640), (0o644, 0o600)])
def test_settings_that_are_written_anew_stay_theirs(given, tmp_path, mode, then):
    env, link = tmp_path / "shared", tmp_path / ".env"
    env.write_text("CONTACT=us\n")
    env.chmod(mode)
    link.symlink_to(env)
    put_setting(link, "CONTACT", "you")
    assert link.is_symlink() and env.read_text() == "CONTACT=you\n"
    assert env.lstat().st_mode & 0o777 == then
    [(draft, owner)] = given.items()
    assert draft.startswith(".env-") and owner == THEIRS


@pytest.mark.django_db(transaction=True)
def test_a_journal_that_is_begun_or_sealed_anew_is_theirs(given, settings, tmp_path):
    settings.ENDINGS_JOURNAL = str(tmp_path / "endings")
    settings.ENDINGS_DATABASE = {}
    journal.note(Kind.PAGE, "page")
    assert given == {"endings": THEIRS}
    journal.place().write_anew([*journal.place().lines()])
    assert given == {"endings": THEIRS, "endings.half": THEIRS}


def test_a_database_that_is_put_back_is_theirs(given, tmp_path):
    (tmp_path / "copy").write_bytes(b"all of it")
    OfSqlite().put_back(tmp_path / "copy", str(tmp_path / "db"), Progress("Restore"))
    assert given == {"db.half": THEIRS}


@pytest.mark.django_db
def test_where_env_cannot_be_written_the_step_is_said(settings, tmp_path):
    make_page(important="Tea first.")
    settings.BASE_DIR = tmp_path  # there is no .env here
    out, err = StringIO(), StringIO()
    call_command("rotate_keys", "add", "--write", stdout=out, stderr=err)
    assert "So .env here is as it was." in err.getvalue()
    assert f"FIELD_KEYS={next(iter(settings.FIELD_KEYS))}:" in out.getvalue()
