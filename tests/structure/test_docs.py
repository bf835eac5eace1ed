"""What we write about the code is still true of the code."""

import ast
import json
import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db.models import Model

from profiles.clinics import asked, tickets, views
from profiles.house import readiness
from profiles.sharing.clinic import IN_WORDS
from profiles.sharing.models import MOST_TRIES
from tests.journeys.screens import FOLDER, SCHEMES, SCREENS, WIDTHS, picture_of

HOUSE = Path(__file__).parents[2]
TOP_LEVEL = {path.name for path in HOUSE.iterdir()}
DECISIONS = sorted((HOUSE / "docs" / "decisions").glob("*.md"))
PAGES = sorted({*(HOUSE / "docs").rglob("*.md")} - {*DECISIONS})
# What we keep true; of a decision, only its status is.
DOCS = ["DEVELOPERS.md", "README.md", *(path.relative_to(HOUSE).as_posix() for path in PAGES)]


def env_names() -> set[str]:
    """Every name that the settings read from the environment."""
    tree = ast.parse((HOUSE / "project" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_four_headings(path: Path) -> None:
    text = path.read_text()
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Status", "Context", "Decision", "Consequences"]
    assert re.match(rf"# {int(path.name[:4])}\. \w", text), "its title opens with its number"


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def status_of(path: Path) -> str:
    """What a decision says of itself today: the one part of it that is written anew."""
    return path.read_text().partition("## Status")[2].partition("## Context")[0]


def test_a_decision_that_a_later_one_overrules_says_so() -> None:
    named = 0
    for path in DECISIONS:
        overruled = re.findall(
            r"(?:supersedes|akes the place of)[^.]*?decision (\d+)", status_of(path)
        )
        for earlier in map(int, overruled):
            said = status_of(DECISIONS[earlier - 1])
            assert re.search(rf"[Dd]ecision {int(path.name[:4])} supersedes", said), earlier
            named += 1
    assert named > 4


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_what_a_decision_names_is_there_or_its_status_says_where_it_is(path: Path) -> None:
    gone = {name for name in ours_in(path.read_text()) if not (HOUSE / name).exists()}
    assert not gone - {*ours_in(status_of(path))}


@pytest.mark.parametrize("file", [".env.example", "README.md"])
def test_every_setting_is_explained(file: str) -> None:
    text = (HOUSE / file).read_text()
    assert not {name for name in env_names() if not re.search(rf"\b{name}\b", text)}


def test_every_setting_we_explain_is_read() -> None:
    explained = re.findall(r"^#? ?([A-Z_]+)=", (HOUSE / ".env.example").read_text(), re.MULTILINE)
    assert set(explained) == env_names()


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (HOUSE / "pyproject.toml").read_text().splitlines()
    project = tomllib.loads("\n".join(lines))
    groups = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    for needed in (name for group in groups for name in group):
        line = next(line for line in lines if f'"{needed}"' in line)
        assert re.search(r"# \S+ \S+", line), f"{needed} has no comment"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_is_hashed_and_names_no_address(name: str) -> None:
    lock = (HOUSE / name).read_text()
    assert "//" not in lock
    assert "index-url" not in lock
    for package in re.split(r"\n(?=[a-z])", lock.strip()):
        assert "--hash=sha256:" in package, package


@pytest.mark.parametrize("folder", ["tests/pdf/pdfjs", "tests/clinics/node"])
def test_what_npm_brings_is_pinned_and_hashed_and_names_no_address(folder: str) -> None:
    text = (HOUSE / folder / "package-lock.json").read_text()
    wanted = json.loads((HOUSE / folder / "package.json").read_text())["dependencies"]
    packages = json.loads(text)["packages"]
    assert packages.pop("") == {"dependencies": wanted}
    assert {(f"node_modules/{name}", version) for name, version in wanted.items()} <= {
        (name, package["version"]) for name, package in packages.items()
    }
    needed = {name for package in packages.values() for name in package.get("dependencies", ())}
    assert {*packages} == {f"node_modules/{name}" for name in {*wanted, *needed}}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "://" not in text


def ours_in(text: str) -> list[str]:
    """The files and folders of ours that a text names."""
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", text)
    return [path for path in named if path.split("/")[0] in TOP_LEVEL]


@pytest.mark.parametrize("file", DOCS)
def test_every_path_we_name_is_there(file: str) -> None:
    assert not [path for path in ours_in((HOUSE / file).read_text()) if not (HOUSE / path).exists()]


@pytest.mark.parametrize("file", [*DOCS, *(f"docs/decisions/{path.name}" for path in DECISIONS)])
def test_every_link_of_ours_leads_somewhere(file: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (HOUSE / file).read_text())
    ours = [link for link in links if "://" not in link]
    assert not [link for link in ours if not (HOUSE / file).parent.joinpath(link).exists()]


def test_every_command_we_name_is_there() -> None:
    texts = [(HOUSE / file).read_text() for file in DOCS]
    named = {name for text in texts for name in re.findall(r"manage\.py (\w+)", text)}
    assert len(named) > 9
    assert named <= get_commands().keys()


def test_what_people_are_told_to_press_is_on_our_screens() -> None:
    """Whoever rings for help is lost where a button has another name by now."""
    screens = "".join(path.read_text() for path in (HOUSE / "templates").rglob("*.html"))
    running = "".join(path.read_text() for path in (HOUSE / "docs" / "running").glob("*.md"))
    named = re.findall(r"(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)", running)
    named += re.findall(r"(?:[Pp]ress|then) \*\*([^*]+)\*\*", (HOUSE / "README.md").read_text())
    assert len(named) > 12
    assert [words for words in named if f'"{words}"' not in screens] == []


@pytest.mark.parametrize("table", [*apps.get_app_config("profiles").get_models()])
def test_the_words_of_the_code_are_in_our_vocabulary(table: type[Model]) -> None:
    words = (HOUSE / "docs" / "words.md").read_text()
    assert re.search(rf"`{table.__name__}[`.]", words)


def test_every_main_screen_has_its_pictures_and_there_are_no_others() -> None:
    wanted = {picture_of(*each) for each in product(SCREENS, WIDTHS, SCHEMES)}
    assert {*FOLDER.iterdir()} == wanted


def test_whatever_is_missing_has_a_line_that_says_what_to_do() -> None:
    told = (HOUSE / "docs" / "running" / "is-it-working.md").read_text()
    begins = [re.split(r"[:.]", sentence)[0] for sentence in readiness.NEEDED]
    assert [words for words in begins if f"| {words}" not in told] == []


def test_a_clinic_is_told_the_limits_that_we_keep() -> None:
    told = " ".join((HOUSE / "docs" / "clinics.md").read_text().split())
    takes, wrong = (views.LIMITS[each].split("/")[0] for each in ("take", "passcode"))
    for sentence in (
        f"more than {takes} answers in an hour through one link, or {wrong} wrong passcodes",
        f"After {MOST_TRIES} wrong ones nobody gets in",
        f"good for {tickets.GOOD_FOR.seconds // 60} minutes",
        f"over {asked.LONGEST_BODY // 1024} KB",
        f"one line, up to {asked.MOST_LETTERS} letters",
        *(f"after {lasts}" for lasts in IN_WORDS.values()),
    ):
        assert sentence in told, sentence
