"""The first .env of a machine: private, whole, and never written over."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from profiles.core.crypto import read_field_keys
from project import make_env


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of these tests themselves are those of a machine that has a .env."""
    for name in ("FIELD_KEYS", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def made_in(folder: Path) -> dict[str, str]:
    """The settings of a new .env in this folder."""
    make_env.main([str(folder / ".env")])
    lines = (folder / ".env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_its_settings_can_be_used(tmp_path: Path) -> None:
    made = made_in(tmp_path)
    assert made.keys() == {"SECRET_KEY", "FIELD_KEYS", "SHARE_KEY_SECRET", "LOCAL"}
    assert len(made["SECRET_KEY"]) >= 50
    assert [len(key) for key in read_field_keys(made["FIELD_KEYS"]).values()] == [32]


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    made_in(tmp_path)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_one_that_is_there_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text("DEBUG=off\nSHARE_KEY_SECRET=mine\n")
    (tmp_path / ".env").chmod(0o600)
    make_env.main([str(tmp_path / ".env")])
    assert (tmp_path / ".env").read_text() == "DEBUG=off\nSHARE_KEY_SECRET=mine\n"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("end", ["", "\n"])
def test_an_older_one_is_given_what_it_lacks_and_keeps_the_rest(tmp_path: Path, end: str) -> None:
    (tmp_path / ".env").write_text(f"FIELD_KEYS=old{end}")
    for _ in range(2):
        make_env.main([str(tmp_path / ".env")])
    first, second = (tmp_path / ".env").read_text().splitlines()
    assert first == "FIELD_KEYS=old"
    assert second.startswith("SHARE_KEY_SECRET=")


def test_nothing_half_made_is_left_beside_it(tmp_path: Path) -> None:
    made_in(tmp_path)
    made_in(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_every_machine_has_keys_of_its_own() -> None:
    keys = [set(make_env.new_keys().values()) for _ in range(2)]
    assert not keys[0] & keys[1]


def test_two_keys_made_on_one_day_have_two_names() -> None:
    names = {make_env.new_keys()["FIELD_KEYS"].partition(":")[0] for _ in range(2)}
    assert len(names) == 2


def locked(folder: Path, name: str = "db.sqlite3") -> Path:
    """A database in which somebody's key was locked."""
    with closing(sqlite3.connect(folder / name)) as made:
        made.execute("CREATE TABLE profiles_datakey (id, wrapped)")
        made.execute("INSERT INTO profiles_datakey VALUES (1, x'31')")
        made.commit()
    return folder / name


def test_beside_words_that_are_locked_no_new_keys_are_made(tmp_path: Path) -> None:
    locked(tmp_path)
    with pytest.raises(SystemExit, match="Put back your copy of .env"):
        make_env.main([str(tmp_path / ".env")])
    assert not (tmp_path / ".env").exists()


def test_nor_where_the_database_is_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").mkdir()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{locked(tmp_path / 'kept', 'our.db')}")
    with pytest.raises(SystemExit, match="our.db holds words"):
        make_env.main([str(tmp_path / ".env")])


def test_a_database_without_words_or_one_that_is_none_is_no_reason(tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").write_text("not a database")
    assert made_in(tmp_path)["FIELD_KEYS"]


def test_whoever_keeps_the_keys_elsewhere_is_let_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked(tmp_path)
    monkeypatch.setenv("FIELD_KEYS", "kept:elsewhere")
    make_env.main([str(tmp_path / ".env")])
    assert "FIELD_KEYS" in (tmp_path / ".env").read_text()


def test_it_is_told_when_others_can_read_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_in(tmp_path)
    (tmp_path / ".env").chmod(0o640)
    capsys.readouterr()
    make_env.main([str(tmp_path / ".env")])
    assert "Others on this machine can read" in capsys.readouterr().out


def test_one_setting_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("A=1\nexport FIELD_KEYS=old\n# FIELD_KEYS=of before\nB=2\n")
    make_env.put_setting(env, "FIELD_KEYS", r"new\1")
    assert env.read_text() == "A=1\nexport FIELD_KEYS=new\\1\n# FIELD_KEYS=of before\nB=2\n"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    with pytest.raises(ValueError, match="0 lines for CONTACT"):
        make_env.put_setting(env, "CONTACT", "us")


def test_without_a_file_it_prints_the_keys(capsys: pytest.CaptureFixture[str]) -> None:
    make_env.main([])
    names = [line.split("=")[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["SECRET_KEY", "FIELD_KEYS", "SHARE_KEY_SECRET"]
