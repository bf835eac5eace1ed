"""Outside one's own machine the stylesheets are one file, and each is named by what is in it."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project_settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from project.static_files import IMPORT, SITE

STATIC = project_settings.BASE_DIR / "static"
STYLES = STATIC / "css"
IMPORTED = IMPORT.findall((STATIC / SITE).read_text())


@pytest.fixture(scope="module")
def sent(all_sent: tuple[Path, dict[str, str]]) -> Path:
    """The site's stylesheet, as collectstatic leaves it to be sent."""
    folder, names = all_sent
    return folder / names[SITE]


@pytest.fixture(scope="module")
def all_sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder of all static files as collectstatic leaves it, and their names by ours."""
    folder = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "project.static_files.FilesAsSent"}
    storages = project_settings.STORAGES | {"staticfiles": storage}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages, STATICFILES_DIRS=[STATIC]):
        call_command(
            "collectstatic",
            interactive=False,
            verbosity=0,
            ignore_patterns=["pictures"],
        )
        return folder, dict(staticfiles_storage.hashed_files)


def test_every_stylesheet_of_the_site_is_imported_once() -> None:
    there = {str(path.relative_to(STYLES)) for path in STYLES.rglob("*.css")}
    assert sorted(IMPORTED) == sorted(there - {"site.css"})


def test_every_stylesheet_stands_in_its_place_with_every_rule(sent: Path) -> None:
    expected = IMPORT.sub(
        lambda found: (STYLES / found["name"]).read_text(), (STATIC / SITE).read_text()
    )
    assert re.sub(r"\.[0-9a-f]{12}\.woff2", ".woff2", sent.read_text()) == expected
    assert "@import" not in sent.read_text()


def test_it_is_named_by_what_is_in_it_and_compressed(sent: Path) -> None:
    assert re.fullmatch(r"site\.[0-9a-f]{12}\.css", sent.name)
    assert sent.with_name(sent.name + ".gz").exists()


def test_its_fonts_are_found_under_their_own_names(sent: Path) -> None:
    fonts = re.findall(r'url\("(.+?\.woff2)"\)', sent.read_text())
    assert len(fonts) == 3
    assert all(re.search(r"\.[0-9a-f]{12}\.woff2$", font) for font in fonts)
    assert all((sent.parent / font).exists() for font in fonts)


def test_only_stylesheets_of_its_own_folder_name_other_files() -> None:
    elsewhere = [STYLES / name for name in IMPORTED if "/" in name]
    assert len(elsewhere) > 10
    assert not [path for path in elsewhere if "url(" in path.read_text()]


def test_every_script_imports_others_by_what_is_in_them(
    all_sent: tuple[Path, dict[str, str]],
) -> None:
    folder, names = all_sent
    ours = sorted(path.name for path in (STATIC / "js").glob("*.js"))
    imported = {
        name
        for script in ours
        for name in re.findall(
            r"""(?:from |import ?\(?)["'](.+?)["']""", (folder / names[f"js/{script}"]).read_text()
        )
    }
    assert len(imported) == len(ours) - 1  # all but main.js
    assert imported == {f"./{Path(names[f'js/{n}']).name}" for n in ours if n != "main.js"}
