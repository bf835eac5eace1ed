"""The pictures in the picker, and their files."""

import re
from pathlib import Path

import pytest

from profiles.topics.drawings import faults
from profiles.topics.load import load
from profiles.topics.packs import PACK
from profiles.topics.pictures import (
    groups,
    label,
    name_of,
    named,
    packs,
    picture,
    pictures,
)

FOLDER = Path(__file__).parents[2] / "static" / "pictures"
LINE = FOLDER / "line"
OPENMOJI = FOLDER / "openmoji"
FILES = sorted(FOLDER.rglob("*.svg"))

# What answers and files have held since there were pictures: never to mean anything else.
OF_OLD = {
    "2615": "drinks", "1F44B": "hello", "1F9BB": "hearing-aid", "1F6CC": "sleep", "1F415": "",
    "1F48A": "medicine", "E31D": "headache", "1F46A": "family", "26A0": "careful", "1F642": "happy",
}  # fmt: skip


def test_every_picture_has_its_file_and_no_file_is_spare():
    used = {each.path for each in pictures().values()}
    assert used == {path for path in FILES if path.parent != LINE}


def test_openmoji_is_there_in_line_too():
    assert {path.name for path in LINE.iterdir()} == {path.name for path in OPENMOJI.glob("*.svg")}


def test_every_picture_is_a_plain_drawing():
    assert {path.stem: wrong for path in FILES if (wrong := faults(path.read_bytes()))} == {}


def test_no_two_files_are_the_same():
    files = [path.read_bytes() for path in FILES]
    assert len(set(files)) == len(files)


def test_the_licence_stands_beside_them():
    said = (OPENMOJI / "LICENSE.txt").read_text(encoding="utf-8")
    assert "Attribution-ShareAlike 4.0" in said
    said = (FOLDER / "healthicons" / "LICENSE.txt").read_text(encoding="utf-8")
    assert said.startswith("MIT License\n\nCopyright (c) 2021 Resolve to Save Lives")


@pytest.mark.parametrize(
    "name",
    ["cane", "pain", "washing-hands", "walking-frame", "cochlear-implant", "syringe", "pills",
     "using-a-wheelchair", "worn-hearing-aid", "communication"],
)  # fmt: skip
def test_what_helps_and_what_hurts_has_a_picture(name):
    assert pictures()[named(name)].credit == "Health Icons, MIT"


def test_the_packs_say_whose_they_are():
    assert [each.credit for each in packs()] == ["OpenMoji, CC BY-SA 4.0", "Health Icons, MIT"]


def test_what_answers_hold_means_what_it_meant():
    assert {code: name_of(code) for code in OF_OLD} == OF_OLD
    assert all(named(name) == code for code, name in OF_OLD.items() if name)


def test_a_code_stands_in_one_group_only():
    codes = [each.code for group in groups() for each in group.pictures]
    assert len(codes) == len(set(codes)) == len(pictures())


def test_labels_and_names_are_all_different():
    every = pictures().values()
    assert len({each.label.lower() for each in every}) == len(every)
    assert len({each.name for each in every}) == len(every)


def test_a_name_leads_to_its_picture():
    assert label(named("drinks")) == "Hot drink"
    assert all(named(each.name) == code for code, each in pictures().items())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each.name) for each in pictures().values())


@pytest.mark.parametrize("find", [label, named])
def test_a_picture_we_do_not_have_is_a_key_error(find):
    with pytest.raises(KeyError):
        find("1F4A9")


def test_a_picture_we_do_not_have_has_no_name_and_is_none():
    assert picture("1F4A9") is None
    assert name_of("1F4A9") == name_of("") == ""


def test_topics_and_parts_use_pictures_from_the_picker():
    topics, parts = load().by_key.values(), load().parts
    assert {thing.picture for thing in (*topics, *parts)} <= pictures().keys()


def test_no_two_topics_share_a_picture():
    used = [topic.picture for topic in load().by_key.values()]
    assert len(set(used)) == len(used)


def test_each_has_words_to_find_it_with():
    for each in pictures().values():
        assert len(each.words) >= 3, each.name
        assert len({word.lower() for word in each.words}) == len(each.words), each.name


def test_a_pack_holds_what_its_file_names():
    for folder in {each.path.parent for each in pictures().values()}:
        assert (folder / PACK).exists()
