"""A setting that is missing or cannot be used stops the program, with a sentence."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from project.make_env import new_keys

HOUSE = Path(__file__).parents[2]


def start(**given: str) -> str:
    """What the program says when it starts with these settings, outside one's own machine."""
    settings = {"DEBUG": "off", "LOCAL": "off", "SITE_ADDRESS": "https://example.org"}
    settings |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_FOLDER": "", "DATABASE_URL": ""} | given
    done = subprocess.run(
        [sys.executable, "-c", "import project.settings"],
        cwd=HOUSE,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in new_keys(on=date(2026, 11, 23)).items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("keys")
def test_with_all_it_needs_it_starts() -> None:
    assert start() == ""


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "SITE_ADDRESS", "EMAIL_HOST"])
def test_outside_ones_own_machine_nothing_may_be_left_out(name: str) -> None:
    assert f"The setting {name} is not" in start(**{name: ""})
