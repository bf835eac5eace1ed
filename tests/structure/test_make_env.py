"""The first .env of a machine: private, whole, and never written over."""

import stat
from datetime import date
from pathlib import Path

import pytest

from profiles.core.crypto import read_field_keys
from project import make_env


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
    day = date(2026, 11, 23)
    assert not set(make_env.new_keys(on=day).values()) & set(make_env.new_keys(on=day).values())


def test_without_a_file_it_prints_the_keys(capsys: pytest.CaptureFixture[str]) -> None:
    make_env.main([])
    names = [line.split("=")[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["SECRET_KEY", "FIELD_KEYS", "SHARE_KEY_SECRET"]
