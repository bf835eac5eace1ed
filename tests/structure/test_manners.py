"""What nobody does in this house, however handy it looks."""

import re
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
PYTHON = [*(HOUSE / "profiles").rglob("*.py"), *(HOUSE / "project").rglob("*.py")]
TEMPLATES = list((HOUSE / "templates").rglob("*.html"))


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """Every place where the pattern stands, as file:line."""
    return [
        f"{path.relative_to(HOUSE)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize("unsafe", [r"\|\s*safe\b", r"autoescape off", r"<script>", r" on\w+="])
def test_no_template_lets_words_become_markup_or_script(unsafe: str) -> None:
    assert not lines_with(unsafe, TEMPLATES)


@pytest.mark.parametrize("unsafe", [r"\.raw\(", r"\.extra\(", r"shell=True"])
def test_no_code_goes_around_what_django_guards(unsafe: str) -> None:
    assert not lines_with(unsafe, PYTHON)


def test_forms_are_checked_in_another_way_in_three_places_only() -> None:
    exempt = {place.split(":")[0] for place in lines_with(r"@csrf_exempt\b", PYTHON)}
    # A reader's pages have a check of their own; stopping emails rests on what we signed. And a
    # computer sends no form, and no cookie: whoever has its link may ask, from wherever they like.
    assert exempt == {
        "profiles/reading/decorators.py",
        "profiles/house/views.py",
        "profiles/clinics/views.py",
    }


def test_no_template_is_made_of_words() -> None:
    made = r"django\.template import .*\b(Template|Engine|engines)\b|\bengines?\b.*from_string\("
    assert not lines_with(made, PYTHON)


def test_no_form_writes_a_row_by_itself() -> None:
    """Each names its fields, and an action is given what they hold: nothing else sent is kept."""
    assert not lines_with(r"\bmodelform|\bModelForm|construct_instance", PYTHON)


def test_no_view_asks_the_database_in_its_own_words() -> None:
    views = [path for path in PYTHON if path.name.endswith("views.py")]
    assert not lines_with(r"\.(filter|exclude)\(", views)


def test_only_our_own_stylesheet_is_taken_for_markup() -> None:
    trusted = lines_with(r"\bmark_safe\(", PYTHON)
    assert [place.split(":")[0] for place in trusted] == ["profiles/exports/web_page.py"]


def test_a_sheet_is_made_in_one_place() -> None:
    made = lines_with(r"\bSheet\(", PYTHON)
    assert [place.split(":")[0] for place in made] == ["profiles/sheet/build.py"]


# What gathers the parts of an archive, as its view did, and keeps it: no format.
ARCHIVE = ("making.py", "models.py", "actions.py", "notices.py")
PURE = (
    "door/stamp.py", "door/hello.py", "door/measure.py", "door/files.py", "imports/portable.py",
    "imports/checking.py", "imports/unpack.py",
)  # fmt: skip


def test_no_format_has_its_own_way_to_stored_words() -> None:
    formats = [
        path
        for room in ["sheet", "pdf", "exports"]
        for path in (HOUSE / "profiles" / room).glob("*.py")
        if not path.name.endswith("views.py") and path.name not in ARCHIVE
    ]
    # These stand beside the views that use them, and take a sheet, or a file, and nothing else.
    formats += [HOUSE / "profiles" / name for name in PURE]
    assert all(path.exists() for path in formats)
    assert not lines_with(r"from (profiles\.\w+\.(models|actions)|django\.db) import", formats)


def test_no_page_loads_anything_from_elsewhere() -> None:
    assert not lines_with(r"""(src|srcset|action)=["'](https?:)?//""", TEMPLATES)
    styles = list((HOUSE / "static").rglob("*.css"))
    assert not lines_with(r"""(url\(|@import)\s*["']?(https?:)?//""", styles)


@pytest.mark.parametrize(
    "script", sorted(path for path in (HOUSE / "bin").iterdir()), ids=lambda path: path.name
)
def test_a_command_can_be_run_and_read(script: Path) -> None:
    opening = script.read_text().splitlines()
    assert script.stat().st_mode & 0o111, "it has its run bit"
    assert opening[1].startswith(("# ", '"""')), "its second line says what it does"
    if opening[0].startswith("#!/bin/sh"):
        subprocess.run(["/bin/sh", "-n", script], check=True)
