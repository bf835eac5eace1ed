"""A layout is two files: whatever is wrong in them is named, and whatever is right is offered."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from profiles.core.content import BrokenContent
from profiles.pdf import printing
from profiles.pdf.printing import make_pdf_here
from profiles.sheet.catalogue import layout, layouts, read_folder
from profiles.sheet.checks import every_layout_is_whole
from profiles.topics.load import load
from tests.factories import make_page
from tests.pdf.reading import text_of
from tests.sheet.factories import TYPICAL, make_sheet

KITCHEN = """
title.en = "For the kitchen wall"
lead.en = "For whoever cooks."
read_first.en = "Please read this before you cook for me."
sizes = ["a4"]
[[parts]]
key = "eat"
title.en = "What I eat"
colour = "moss"
urgent = ["must_know"]
topics = ["eating", "culture"]
"""


@pytest.fixture
def kitchen(tmp_path: Path, settings) -> Path:
    """A folder with one more layout, which a site has named in its settings."""
    (tmp_path / "kitchen.toml").write_text(KITCHEN)
    (tmp_path / "kitchen.css").write_text(".page .part-eat h2 { letter-spacing: .1mm }")
    settings.LAYOUT_FOLDERS = [*settings.LAYOUT_FOLDERS, tmp_path]
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("layouts", tmp_path)]
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    for kept in (printing.assets, printing.renderer_here):
        kept.cache_clear()
    yield tmp_path
    finders.get_finder.cache_clear()
    for kept in (printing.assets, printing.renderer_here):
        kept.cache_clear()


def test_a_sixth_layout_is_printed_from_its_two_files_alone(kitchen):
    sheet = make_sheet(TYPICAL, layout=layouts()["kitchen"])
    words = " ".join(text_of(make_pdf_here(sheet).pdf).split())
    assert "Please read this before you cook for me." in words
    assert "What I eat" in words
    assert "allergic to peanuts" in words
    assert "Radio plays" not in words  # it does not print what it has no place for


@pytest.mark.django_db
def test_it_is_offered_where_a_page_is_given_its_style(kitchen, client, ana):
    client.force_login(ana)
    make_page(ana, call_me="Ana")
    assert "For the kitchen wall" in client.get(reverse("door:style")).content.decode()


def test_it_is_listed_by_the_command(kitchen, capsys):
    call_command("make_page", list=True)
    assert "layout kitchen: For the kitchen wall. Sizes: a4" in capsys.readouterr().out


def test_what_is_no_more_is_printed_as_everybodys():
    assert layout("kitchen").key == "one-page"


@pytest.mark.parametrize(
    "change, says",
    [
        (('"eating"', '"eatin"'), "eatin"),
        (('"moss"', '"mos"'), "mos"),
        (('"a4"', '"a3"'), "a3"),
        (('"culture"', '"must_know"'), "'must_know' is there twice"),
        (("title.en", "titel.en"), "titel"),
        (('key = "eat"', ""), "key"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, change: tuple[str, str], says: str):
    (tmp_path / "kitchen.toml").write_text(KITCHEN.replace(*change))
    (tmp_path / "kitchen.css").write_text("")
    with pytest.raises(BrokenContent, match=says) as broken:
        read_folder(tmp_path)
    assert "kitchen.toml" in str(broken.value)


def test_a_layout_without_a_stylesheet_is_refused(tmp_path: Path):
    (tmp_path / "kitchen.toml").write_text(KITCHEN)
    with pytest.raises(BrokenContent, match="no kitchen.css"):
        read_folder(tmp_path)


def test_about_me_has_the_seven_headings_of_the_standard_in_its_order():
    """PRSB About Me 2.01: https://theprsb.org/standards/aboutme"""
    about = layouts()["about-me"]
    assert [part.title.lower() for part in about.parts] == [
        "what is most important to me",
        "people who are important to me",
        "how i communicate and how to communicate with me",
        "my wellness",
        "please do and please do not",
        "how and when to support me",
        "also worth knowing about me",
    ]
    for number, part in enumerate(about.parts, start=1):
        for key in (*part.strip, *part.topics, *part.pair):
            assert load().topic(key).prsb_section == number, key


def test_a_broken_layout_keeps_the_site_from_starting(tmp_path: Path, settings):
    (tmp_path / "kitchen.toml").write_text(KITCHEN.replace('"moss"', '"mos"'))
    (tmp_path / "kitchen.css").write_text("")
    settings.LAYOUT_FOLDERS = [*settings.LAYOUT_FOLDERS, tmp_path]
    (error,) = every_layout_is_whole(None)
    assert "mos" in error.msg
