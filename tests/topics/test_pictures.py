"""The pictures in the picker, and their files."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from profiles.topics.load import load
from profiles.topics.pictures import CODES, NAMES, PICTURES, label, named

FOLDER = Path(__file__).parents[2] / "static" / "pictures"
STYLES = ["color", "line"]


@pytest.mark.parametrize("style", STYLES)
def test_every_picture_has_its_file_and_no_file_is_spare(style):
    assert {path.stem for path in (FOLDER / style).iterdir()} == CODES


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("style", STYLES)
def test_a_picture_is_a_drawing_and_nothing_else(style, code):
    drawing = ET.parse(FOLDER / style / f"{code}.svg").getroot()
    names = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert not names & {"script", "image", "foreignObject", "a", "use"}


def test_no_two_files_are_the_same():
    files = [path.read_bytes() for style in STYLES for path in (FOLDER / style).iterdir()]
    assert len(set(files)) == len(files)


def test_the_licence_stands_beside_them():
    assert "Attribution-ShareAlike 4.0" in (FOLDER / "LICENSE.txt").read_text(encoding="utf-8")


def test_a_code_stands_in_one_group_only():
    codes = [code for _, group in PICTURES for code, _ in group]
    assert len(codes) == len(set(codes)) == len(CODES)


def test_labels_and_names_are_all_different():
    assert len({label(code) for code in CODES}) == len(CODES)
    assert len(set(NAMES.values())) == len(CODES)


def test_a_name_leads_to_its_picture():
    assert label(named("drinks")) == "Hot drink"
    assert all(named(name) == code for code, name in NAMES.items())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in NAMES.values())


@pytest.mark.parametrize("find", [label, named])
def test_a_picture_we_do_not_have_is_a_key_error(find):
    with pytest.raises(KeyError):
        find("1F4A9")


def test_topics_and_parts_use_pictures_from_the_picker():
    topics, parts = load().by_key.values(), load().parts
    assert {thing.picture for thing in (*topics, *parts)} <= CODES


def test_no_two_topics_share_a_picture():
    pictures = [topic.picture for topic in load().by_key.values()]
    assert len(set(pictures)) == len(pictures)
