"""A pack of pictures is a folder: what is wrong in it is named, and what is right is offered."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.urls import reverse

from profiles.core.content import BrokenContent
from profiles.exports.portable import as_portable
from profiles.exports.web_page import web_page
from profiles.pdf import printing
from profiles.pdf.printing import make_pdf_here
from profiles.sheet.sizes import A4, LARGE_PRINT
from profiles.topics import drawings
from profiles.topics.checks import every_pack_of_pictures_is_whole
from profiles.topics.load import load
from profiles.topics.packs import read_packs
from profiles.topics.pictures import groups, named, picture
from tests.factories import make_page, say
from tests.pdf.reading import text_of
from tests.sheet.factories import make_said, make_sheet
from tests.topics.packs import DRAWING, OURS, write_pack

OPENMOJI = "OpenMoji, CC BY-SA 4.0"
SIGNS = "Our signs, made by us, for everybody"


def _forget() -> None:
    finders.get_finder.cache_clear()
    printing.assets.cache_clear()
    printing.renderer_here.cache_clear()


@pytest.fixture
def our_signs(tmp_path: Path, settings) -> Path:
    """One more pack, which a site has named in its settings."""
    folder = write_pack(tmp_path / "our-signs")
    settings.PICTURE_FOLDERS = [*settings.PICTURE_FOLDERS, folder]
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("pictures/our-signs", folder)]
    _forget()
    yield folder
    _forget()


def test_pictures_of_two_packs_stand_together_where_their_group_is_one(our_signs):
    by_title = {group.title: [each.code for each in group.pictures] for group in groups()}
    assert by_title["Food and drink"][0] == "1F37D"
    assert by_title["Food and drink"][-1] == "our-cup"
    assert by_title["Here at Elm House"] == ["our-hall"]


@pytest.mark.django_db
def test_they_can_be_chosen_and_seen_and_who_made_them_is_said(our_signs, client, ana):
    client.force_login(ana)
    page = make_page(ana, call_me="Ana")
    write = reverse("writing:write", args=[_part_of("eating"), "eating"])
    shown = client.get(write).content.decode()
    assert 'value="our-hall"' in shown
    assert "/static/pictures/our-signs/hall.svg" in shown
    assert SIGNS in shown.partition("<footer")[2]
    say(page, "eating", "Soup at noon.", picture="our-hall")
    assert f"Pictures: {SIGNS}." in client.get(reverse("door:page")).content.decode()


def _part_of(topic: str) -> str:
    return load().topic(topic).part


@pytest.mark.parametrize(
    "chosen, credit",
    [
        ({"sleep": "our-hall"}, f"Pictures: {SIGNS}."),
        ({"sleep": "1F319"}, f"Pictures: {OPENMOJI}."),
        ({"sleep": "1F319", "eating": "our-cup"}, f"Pictures: {SIGNS}; {OPENMOJI}."),
        ({"sleep": ""}, ""),
    ],
)
def test_paper_names_the_packs_that_it_uses_and_no_other(our_signs, chosen, credit):
    said = dict.fromkeys(("sleep", "eating"), "Soup at noon.")
    sheet = make_sheet(make_said(said, picture={"eating": "", "sleep": ""} | chosen))
    words = " ".join(text_of(make_pdf_here(sheet).pdf).split())
    named_packs = {each for each in (SIGNS, OPENMOJI) if each in words}
    assert named_packs == {each for each in (SIGNS, OPENMOJI) if each in credit}
    assert words.count("Pictures:") == bool(credit)
    assert sheet.picture_credit in credit


def test_a_page_with_no_picture_in_sight_names_nobody(our_signs):
    """A box of its own shows none, nor does the cell of whom to ring."""
    said = {"do": "Knock.", "ring_first": "Dee, 01632 960 001"}
    pictures = dict.fromkeys(said, "our-cup")
    sheet = make_sheet(make_said(said, picture=pictures))
    assert sheet.picture_credit == ""
    assert "Pictures:" not in text_of(make_pdf_here(sheet).pdf)
    large = replace(sheet, chosen_pictures="large")
    assert large.picture_credit == SIGNS


@pytest.mark.parametrize("size", [A4, LARGE_PRINT])
def test_the_picture_of_whom_to_ring_is_named_where_it_is_seen(our_signs, size):
    said = {"must_know": "No nuts.", "ring_first": "Dee, 01632 960 001"}
    pictures = {"must_know": "1F319", "ring_first": "our-cup"}
    sheet = make_sheet(make_said(said, picture=pictures)).on(size)
    words = " ".join(text_of(make_pdf_here(sheet).pdf).split())
    assert f"Pictures: {OPENMOJI}; {SIGNS}." in words


def test_files_call_them_by_name(our_signs):
    sheet = make_sheet(make_said({"sleep": "Light on."}, picture={"sleep": "our-hall"}))
    (answer,) = as_portable(sheet)["answers"]
    assert answer["picture"] == "the-hall"
    assert named("the-hall") == "our-hall"
    assert ".picture-our-hall {" in web_page(sheet)


@pytest.mark.django_db
def test_when_a_pack_is_taken_away_the_words_stay(client, ana):
    client.force_login(ana)
    page = make_page(ana, call_me="Ana")
    say(page, "sleep", "Light on.", picture="our-hall")
    assert picture("our-hall") is None
    for address in ("door:page", "door:page_pdf"):
        assert client.get(reverse(address)).status_code == 200
    shown = client.get(reverse("door:page")).content.decode()
    assert "Light on." in shown
    assert "our-hall" not in shown
    assert client.get(reverse("writing:part", args=[_part_of("sleep")])).status_code == 200


@pytest.mark.parametrize(
    "change, says",
    [
        (('title = "Our signs"\n', ""), "pack.toml: title: is missing"),
        (('licence = "made', 'license = "made'), "pack.toml: license: is unknown"),
        (('"our-cup"', '"our_cup"'), "picture 1: code: must be at most 12 letters"),
        (('"our-cup"', '"a-much-longer-code"'), "code: must be at most 12"),
        (('"the-hall"', '"The hall"'), "name: must be small letters"),
        (('label.en = "The hall"', 'label.cy = "Y neuadd"'), "label.en: is missing"),
        (('["hall"]', "[]"), "words.en: must be one or more words"),
        (('["hall"]', '["hall", "hall"]'), "words.en: says one thing twice"),
        (('"hall.svg"', '"../hall.svg"'), "file: must be the name of an .svg file"),
        (('"hall.svg"', '"hallway.svg"'), "there is no hallway.svg beside it"),
        (('"the-hall"', '"our-cup"'), "name: 'our-cup' is there twice"),
        (('title.en = "Food', 'title = "Food'), "group 1: title: must be words by language"),
        (("[[groups]]", "[[groups]"), "cannot be read"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, change: tuple[str, str], says: str):
    assert change[0] in OURS
    folder = write_pack(tmp_path / "our-signs", OURS.replace(*change, 1))
    with pytest.raises(BrokenContent) as broken:
        read_packs([folder])
    assert says in str(broken.value)
    assert "pictures/our-signs/" in str(broken.value)


@pytest.mark.parametrize("says", ['"1F44B"', '"hello"'])
def test_two_packs_never_share_a_code_or_a_name(tmp_path: Path, settings, says: str):
    old = 'code = "our-cup"' if says.isupper() else 'name = "our-cup"'
    new = f"code = {says}, file = 'our-cup.svg'" if says.isupper() else f"name = {says}"
    folder = write_pack(tmp_path / "our-signs", OURS.replace(old, new))
    settings.PICTURE_FOLDERS = [*settings.PICTURE_FOLDERS, folder]
    (error,) = every_pack_of_pictures_is_whole(None)
    assert "is there twice (first in pictures/openmoji/pack.toml)" in error.msg
    assert error.obj == "pictures/our-signs/pack.toml"


def test_two_packs_never_share_the_name_of_their_folder(tmp_path: Path, settings):
    folder = write_pack(tmp_path / "openmoji")
    settings.PICTURE_FOLDERS = [*settings.PICTURE_FOLDERS, folder]
    assert "the name of another pack’s" in every_pack_of_pictures_is_whole(None)[0].msg


def test_a_broken_pack_keeps_the_site_from_starting_and_is_told_once(tmp_path: Path, settings):
    folder = write_pack(tmp_path / "our-signs", OURS.replace("licence", "license"))
    settings.PICTURE_FOLDERS = [*settings.PICTURE_FOLDERS, folder]
    said = [str(error) for error in run_checks(tags=["pictures", "topics"])]
    assert len(said) == 2
    assert "pictures/our-signs/pack.toml: (pictures.E003) licence: is missing" in said


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(BrokenContent, match="there is no such file"):
        read_packs([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    "name, says",
    [
        ("extra.svg", "pictures/our-signs/extra.svg: is not named in pack.toml"),
        ("page.html", "page.html: does not belong here"),
        ("run.js", "run.js: does not belong here"),
        ("picture.SVG", "picture.SVG: does not belong here"),
    ],
)
def test_nothing_else_is_sent_along_with_a_pack(tmp_path: Path, name: str, says: str):
    folder = write_pack(tmp_path / "our-signs", **{name: DRAWING})
    with pytest.raises(BrokenContent, match=says):
        read_packs([folder])


def test_its_licence_may_stand_beside_it(tmp_path: Path):
    folder = write_pack(tmp_path / "our-signs", **{"LICENSE.txt": "Ours.", "README.md": "Signs."})
    assert read_packs([folder])


def inside(more: str) -> str:
    return DRAWING.replace("</svg>", f"{more}</svg>")


HOSTILE = {
    "a script": inside("<script>alert(1)</script>"),
    "a script of no namespace": inside('<script xmlns="">alert(1)</script>'),
    "a script of another": inside('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>'),
    "what runs by itself": DRAWING.replace("<svg ", '<svg onload="alert(1)" '),
    "what runs in capitals": inside('<g ONCLICK="alert(1)"/>'),
    "a page inside": inside("<foreignObject><p>Hello</p></foreignObject>"),
    "a picture from elsewhere": inside('<image href="https://example.org/1.png"/>'),
    "a drawing from elsewhere": inside('<use href="https://example.org/1.svg#a"/>'),
    "an old link": inside(
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"/>'
    ),
    "a link on a gradient": inside('<linearGradient href="https://example.org/1.svg#a"/>'),
    "a press that leads away": inside('<a href="https://example.org"><g/></a>'),
    "what changes later": inside('<animate attributeName="href" to="https://example.org"/>'),
    "what sets later": inside('<set attributeName="onclick" to="alert(1)"/>'),
    "a colour from elsewhere": inside('<g fill="url(https://example.org/1.svg#a)"/>'),
    "a colour in capitals": inside('<g fill="URL( //example.org/1.svg#a )"/>'),
    "a colour in quotes": inside("<g fill=\"url('https://example.org/1.svg#a')\"/>"),
    "an escaped colour": inside('<g fill="\\75rl(//example.org/1.svg)"/>'),
    "a letter told by number": inside('<g fill="&#117;rl(//example.org/1.svg)"/>'),
    "a mask from elsewhere": inside("<g mask=\"image-set('https://example.org/1.png')\"/>"),
    "a style from elsewhere": inside('<g style="filter: url(https://example.org/1.svg#a)"/>'),
    "a font from elsewhere": inside("<style>@import 'https://example.org/1.css';</style>"),
    "a stylesheet": f'<?xml-stylesheet href="https://example.org/1.css"?>{DRAWING}',
    "a stylesheet after the first line": (
        f'<?xml version="1.0"?><?xml-stylesheet href="https://example.org/1.css"?>{DRAWING}'
    ),
    "an entity": (
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        + inside("<title>&a;</title>")
    ),
    "a laugh": '<!DOCTYPE svg [<!ENTITY a "ha">]>' + inside("<title>&a;&a;</title>"),
    "another way to write": f'<?xml version="1.0" encoding="UTF-7"?>{DRAWING}',
    "letters to look like it": DRAWING.replace("2000/svg", "1999/xhtml"),
    "half of a file": DRAWING[:-6],
    "no size": DRAWING.replace('viewBox="0 0 48 48"', 'width="48" height="48"'),
    "a size that is none": DRAWING.replace("0 0 48 48", "0 0 nan nan"),
    "no square": DRAWING.replace("0 0 48 48", "0 0 48 96"),
    "nothing": "",
    "far too much": DRAWING + " " * drawings.LARGEST,
}  # fmt: skip


@pytest.mark.parametrize("drawing", HOSTILE.values(), ids=HOSTILE)
def test_a_drawing_that_does_more_than_show_shapes_is_refused(tmp_path: Path, drawing: str):
    assert drawings.faults(drawing.encode())
    folder = write_pack(tmp_path / "our-signs", **{"hall.svg": drawing})
    with pytest.raises(BrokenContent, match=r"pictures/our-signs/hall\.svg: (has|is) "):
        read_packs([folder])


def test_a_drawing_in_other_letters_is_refused():
    assert drawings.faults(DRAWING.encode("utf-16")) == ["is not written in UTF-8"]


@pytest.mark.parametrize(
    "drawing",
    [
        DRAWING,
        "\ufeff" + DRAWING,
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->\n{DRAWING}',
        inside('<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs>'
               '<g fill="url(#a)" style="stroke: #000; fill: url(#a)"/><title>It’s a cup</title>'),
    ],
)  # fmt: skip
def test_a_plain_drawing_is_taken(drawing: str):
    assert drawings.faults(drawing.encode()) == []
