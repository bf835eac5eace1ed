"""The sheet as it looks: it fills its paper, its columns hold, and nothing shows through a seam."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image

from profiles.door.stamp import stamped
from profiles.pdf.printing import make_pdf_here
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.sheet.sizes import A4, BEDSIDE, LARGE_PRINT
from profiles.sheet.themes import NOTEBOOK, THEMES
from tests.pdf.reading import letter_boxes, opened
from tests.sheet.factories import TODAY, TYPICAL, make_photo, make_sheet

TOPICS = [
    "important", "communicate", "people", "must_know", "ring_first", "appreciate", "do", "do_not",
    "calm", "culture", "sleep", "washing", "interests", "bad_day", "yes_no", "goals", "story",
    "access", "senses", "pain", "good_day", "eating", "moving", "medicines", "not_contact",
    "health",
]  # fmt: skip
WHITE = 250
WORD = re.compile(r"\w+")
MM = 25.4
Dot = tuple[int, ...]


def page_of(count: int, photo: SheetPhoto | None = None, *, language: str = "en") -> Sheet:
    words = {"en": "Tea first, then we talk.", "ar": "الشاي أولا ثم نتحدث.", "cy": "Te gyntaf."}
    said = [
        SheetAnswer(topic=topic, text=words[language], language=language)
        for topic in ["call_me", *TOPICS[:count]]
    ]
    return with_foot(make_sheet(said, photo=photo))


def with_foot(sheet: Sheet) -> Sheet:
    return stamped(sheet, code="K7QX3MPD", made_for="Ward 4", check_by=TODAY)


def drawn(pdf: bytes, dots_an_inch: int = 100) -> Image.Image:
    with opened(pdf) as document:
        return document[0].render(scale=dots_an_inch / 72).to_pil().convert("RGB")


def inked_rows(picture: Image.Image) -> list[int]:
    """The rows of dots that have a mark in them."""
    grey, width = picture.convert("L").tobytes(), picture.width
    return [y for y in range(picture.height) if min(grey[y * width : (y + 1) * width]) < WHITE]


def widest_band(picture: Image.Image) -> float:
    """The tallest stretch without ink between two marks, in parts of the sheet."""
    gaps = (second - first for first, second in pairwise(inked_rows(picture)))
    return max(gaps) / picture.height


@pytest.mark.parametrize(
    "count, photo, language",
    [
        *((count, photo, "en") for count in (3, 8, 14, 26) for photo in (False, True)),
        *((count, False, language) for count in (3, 14) for language in ("ar", "cy")),
    ],
)
def test_no_band_without_ink_is_taller_than_a_fifth_of_the_sheet(count, photo, language):
    made = make_pdf_here(page_of(count, make_photo() if photo else None, language=language))
    assert widest_band(drawn(made.pdf)) <= 1 / 5


@pytest.mark.parametrize(
    "topics", [["important", "people", "goals"], ["do", "do_not", "appreciate"]]
)
def test_three_answers_in_one_part_fill_the_sheet_too(topics):
    sheet = make_sheet({"call_me": "Jo"} | dict.fromkeys(topics, "Tea."))
    assert widest_band(drawn(make_pdf_here(sheet).pdf)) <= 1 / 5


@pytest.mark.parametrize("count", [1, 3, 8, 26])
def test_the_foot_stands_at_the_foot(count):
    inked = inked_rows(drawn(make_pdf_here(page_of(count)).pdf))
    assert inked[-1] / 100 * MM == pytest.approx(297 - 7 - 2, abs=2.5)


def test_print_and_photo_grow_while_there_is_room():
    short, full = (make_pdf_here(page_of(count, make_photo())) for count in (3, 26))
    assert short.print_pt == 20
    assert full.print_pt < 15
    widths = [photo_width(made.pdf) for made in (short, full)]
    assert widths[0] == pytest.approx(55, abs=3)
    assert 26 <= widths[1] <= 40


def photo_width(pdf: bytes) -> float:
    """How wide the photo is with the line around it, in millimetres."""
    with opened(pdf) as document:
        left, _, right, _ = next(document[0].get_objects([3])).get_bounds()
    return (right - left) / 72 * MM + 2


def test_labels_and_words_have_a_column_each():
    """No line of an answer begins anywhere but at the edge of the column of the words."""
    words = {topic: f"{name}. {'Then we talk about it. ' * 6}" for topic, name in WORDS.items()}
    edges = {topic: begins(words, name) for topic, name in WORDS.items()}
    assert max(edges.values()) - min(edges.values()) < 2
    lefts = {round(left) for left in line_starts(words) if left > 120}
    assert max(lefts) - min(lefts) <= 3  # every line, the first and the last


WORDS = {"important": "Biscuits", "people": "Biscuit", "goals": "Boats", "story": "Bread"}


def begins(words: dict[str, str], name: str) -> float:
    """How far from the left this word stands, in points."""
    boxes = letter_boxes(make_pdf_here(make_sheet(words)).pdf)
    return boxes["".join(letter for letter, _ in boxes).index(f"{name}.")][1][0]


def line_starts(words: dict[str, str]) -> list[float]:
    """Where each printed line of the answers begins, but for those of the head and the foot."""
    boxes = letter_boxes(make_pdf_here(make_sheet(words)).pdf)
    text = "".join(letter for letter, _ in boxes)
    first, last = text.index("Biscuits."), text.index("Made on")
    return [
        boxes[at][1][0] for at in range(first, last) if text[at - 1] in "\r\n" and text[at] > " "
    ]


def test_no_word_of_a_name_is_broken_nor_stands_far_below_what_is_before_it():
    for size in (A4, BEDSIDE, LARGE_PRINT):
        for name in ("Oluwafunmilayo", "Featherstonehaugh", "Chukwuemeka-Alexander"):
            sheet = make_sheet({"call_me": name, "important": "Tea."}, photo=make_photo())
            boxes = letter_boxes(make_pdf_here(sheet.on(size)).pdf)
            text = "".join(letter for letter, _ in boxes)
            for word in WORD.findall(name):
                first = text.index(word)  # in one row, or its end would stand elsewhere
                assert boxes[first + len(word) - 1][1][0] > boxes[first][1][0]
            hello, named = (
                boxes[text.index(begins)][1] for begins in ("Hello", WORD.findall(name)[0])
            )
            assert hello[1] - named[3] < named[3] - named[1]  # less than a row is between the two


def test_a_label_of_two_rows_has_room_for_both_beside_one_row_of_words():
    sheet = make_sheet(dict.fromkeys(TYPICAL, "Tea."))
    matters = next(each for each in sheet.sections if len(each.entries) > 3)
    labelled = tuple(
        replace(entry, label=f"Label {at} takes two rows here")
        for at, entry in enumerate(matters.entries)
    )
    others = [each for each in sheet.sections if each is not matters]
    sections = (replace(matters, entries=labelled), *others)
    boxes = letter_boxes(make_pdf_here(replace(sheet, sections=sections)).pdf)
    text = "".join(letter for letter, _ in boxes)
    for at in range(1, len(labelled)):
        begins = text.index(f"Label {at}")
        above = boxes[text.rindex("here", 0, begins)][1]
        assert boxes[begins][1][3] < above[1]  # the one begins below the other


def test_where_most_is_read_from_the_right_the_labels_stand_at_the_right():
    boxes = letter_boxes(make_pdf_here(page_of(14, language="ar")).pdf)
    text = "".join(letter for letter, _ in boxes)
    ends = [
        boxes[text.index(label) + len(label) - 1][1][2] for label in ("Most of all", "My people")
    ]
    assert ends[0] == pytest.approx(ends[1], abs=1.5)
    assert ends[0] > 500


@pytest.mark.parametrize("number, larger", [("07700 900123", 1.2), ("+44 (0)7700 900123", 1.05)])
def test_the_number_to_ring_is_the_largest_print_of_its_box_and_is_not_broken(number, larger):
    words = TYPICAL | {"ring_first": f"My sister Dee, {number}. Any time."}
    boxes = letter_boxes(make_pdf_here(make_sheet(words)).pdf)
    text = "".join(letter for letter, _ in boxes)
    at, sister = text.find(number), text.find("My sister Dee")
    assert at >= 0
    digits = [boxes[at + n][1] for n, sign in enumerate(number) if sign.isdigit()]
    bottoms = [bottom for _, bottom, _, _ in digits]
    assert max(bottoms) - min(bottoms) < 2  # on one line
    tall = [top - bottom for _, bottom, _, top in (digits[0], boxes[sister][1])]
    assert tall[0] > larger * tall[1]


@pytest.mark.parametrize("theme", THEMES)
def test_no_seam_shows_between_a_bar_and_its_ground(theme):
    """From the bar of a part down into its ground no dot is lighter than the ground is."""
    sheet = replace(with_foot(make_sheet(TYPICAL)), theme=THEMES[theme])
    pdf = make_pdf_here(sheet).pdf
    shades = [THEMES[theme].colours[part.colour] for part in sheet.parts]
    for dots_an_inch in (72, 100, 150, 300):
        picture = drawn(pdf, dots_an_inch)
        for x in (picture.width // 2, picture.width - round(16 / MM * dots_an_inch)):
            column = list(picture.crop((x, 0, x + 1, picture.height)).get_flattened_data())
            for bar, ground in ((dots(each.bar), dots(each.ground)) for each in shades):
                ends = bar_ends(column, bar, ground)
                assert ends or theme == "ink"
                for y in ends:
                    assert all(sum(dot) <= sum(ground) + 3 for dot in column[y : y + 4])


def bar_ends(column: list[Dot], bar: Dot, ground: Dot) -> list[int]:
    """Where a bar ends, and its ground begins within three dots."""
    return [
        y
        for y in range(len(column) - 3)
        if near(column[y], bar) and not near(column[y + 1], bar) and near(column[y + 3], ground)
    ]


def dots(colour: str) -> Dot:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def near(dot: Dot, other: Dot, by: int = 2) -> bool:
    return all(abs(one - two) <= by for one, two in zip(dot, other, strict=True))


def test_the_rule_above_the_foot_is_whole():
    picture = drawn(make_pdf_here(page_of(3)).pdf, 200)
    line = dots(NOTEBOOK.line)
    for y in range(picture.height * 3 // 4, picture.height):
        across = [x for x in range(picture.width) if near(picture.getpixel((x, y)), line, by=12)]
        if len(across) > picture.width / 2:
            break
    assert across[-1] - across[0] + 1 == len(across)
    assert len(across) / 200 * MM == pytest.approx(188, abs=1)


@pytest.mark.parametrize("theme", THEMES)
def test_in_grey_each_part_is_told_from_the_next(theme):
    """Above every bar the paper is white over the whole width, and the bar or its line is not."""
    sheet = replace(with_foot(make_sheet(TYPICAL)), theme=THEMES[theme])
    picture = drawn(make_pdf_here(sheet).pdf).convert("L")
    x = picture.width - round(16 / MM * 100)
    column = [picture.getpixel((x, y)) for y in range(picture.height)]
    ends_of_white = [
        y for y in range(4, len(column)) if column[y] < 235 and min(column[y - 4 : y]) > WHITE
    ]
    assert len(ends_of_white) >= len(sheet.parts)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_whatever_is_read_stands_at_seven_to_one(theme):
    white = dots("#FFFFFF")
    assert contrast(dots(theme.soft), white) >= 7
    for shades in theme.colours.values():
        assert contrast(dots(shades.on_bar), dots(shades.bar)) >= 7
        for read in (shades.label, theme.ink, theme.soft):
            assert contrast(dots(read), dots(shades.ground)) >= 7


def contrast(one: Dot, two: Dot) -> float:
    """As WCAG 2.2 reckons it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    light, dark = sorted(map(luminance, (one, two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Dot) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (dot / 255 for dot in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
