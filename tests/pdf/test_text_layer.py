"""What programs read from a page is what was typed, letter by letter and in order."""

import subprocess
import unicodedata
from pathlib import Path

import pytest

from profiles.pdf.printing import make_pdf_here
from profiles.sheet.sheet import SheetAnswer
from tests.pdf.reading import ReadByPdfjs, actual_texts, read_with_pdfjs, text_of
from tests.sheet.factories import make_sheet
from tests.verapdf import validate

PURE = {
    "ar": ["ليلى", "لا إله", "اللغة العربية", "مُحَمَّد", "السَّلَامُ عَلَيْكُم", "الإلزام لأن الآن", "لَا"],
    "fa": ["پاکستان", "گچ پژ", "می‌خواهم"],
    "ur": ["میں اُردو بولتا ہوں۔", "ٹھیک ہے"],
    "he": ["שלום", "שָׁלוֹם עוֹלָם", "בְּרֵאשִׁית בָּרָא"],
    "yi": ["ייִדיש אַלע"],
    "hi": ["लाल किताब", "क्षत्रिय", "हिन्दी"],
    "bn": ["বাংলা কি"],
    "ta": ["தமிழ் கொ"],
    "th": ["ยิ้ม", "น้ำ ชา"],
    "lo": ["ນ້ຳ"],
    "my": ["မြန်မာဘာသာ"],
    "km": ["ភាសាខ្មែរ កើត"],
    "en": ["e\u030bx\u0302 a", "Llŷr"],
}
MIXED = [
    "دينا 07700 900123",
    "دينا 07700 900123 بعد الظهر",
    "مُحَمَّد 07700900123",
    "من 10:30 - 12:00 إلى",
    "موعد 12/05/2026",
    "هاتف ٠٧٧٠٠ ٩٠٠١٢٣",
    "قال: «نعم» ثم [لا] (كلا)؛ ٥٠٪",
    "(دينا) نعم!",
    'שלום "עולם" (12:00)',
    "07700 900123",
    "(0191) 496 0000",
    "10:30 - 12:00",
    "?!",
    "call دينا 07700 900123 now",
]
# PDFium tells these in another order; the tags, and pdftotext, have them as they stand.
NOT_BY_PDFIUM = ["دينا (0191) 496 0000", "دينا leila.1990@mail.example"]

# pdftotext tells a vowel sign at the very end of a line before the line.
NOT_BY_POPPLER = "السَّلَامُ عَلَيْكُمْ"

# What pdf.js tells in another way. It writes the Lao vowel ຳ as two signs, with NFKC. And it turns
# round one run of signs at a time: in a line read from the right that has numbers, brackets, quotes
# or Latin words, the runs stand as on the paper, from the left, and two numbers may change places.
# It tells every space as a plain one, so it cannot see which are held. Its tags have all as typed.
BY_PDFJS = {
    "ນ້ຳ": "ນ້\u0ecd\u0eb2",
    "دينا 07700 900123": "07700 900123 دينا",
    "دينا 07700 900123 بعد الظهر": "دينا 900123 07700 بعد الظهر",
    "مُحَمَّد 07700900123": "07700900123 مُحَمَّد",
    "من 10:30 - 12:00 إلى": "من 12:00 - 10:30 إلى",
    "موعد 12/05/2026": "12/05/موعد 2026",
    "هاتف ٠٧٧٠٠ ٩٠٠١٢٣": "هاتف ٩٠٠١٢٣ ٠٧٧٠٠",
    "قال: «نعم» ثم [لا] (كلا)؛ ٥٠٪": "؛ ٪٥٠(كلا) [لا] قال: »نعم« ثم",
    "(دينا) نعم!": "نعم! (دينا)",
    'שלום "עולם" (12:00)': '(12:00) "עולם" שלום',
    "دينا (0191) 496 0000": "(0191) دينا 0000 496",
    "دينا leila.1990@mail.example": "leila.1990@mail.example دينا",
}


def printed(text: str, language: str = "ar") -> bytes:
    said = SheetAnswer(topic="sleep", text=text, language=language, picture="")
    return make_pdf_here(make_sheet([said])).pdf


def plainly(text: str) -> str:
    """Without what has no ink; marks on one letter in one order."""
    held = "".join(" " if x.isspace() else x for x in text if unicodedata.category(x) != "Cf")
    return unicodedata.normalize("NFC", held)


def pdftotext(pdf: bytes, folder: Path) -> str:
    page = folder / "page.pdf"
    page.write_bytes(pdf)
    read = subprocess.run(["pdftotext", page, "-"], capture_output=True, text=True, check=True)
    return plainly(read.stdout)


def typed_line(page: ReadByPdfjs) -> str:
    """The line above the foot, without the label that stands beside it."""
    return plainly(page.text.splitlines()[-2]).removeprefix("My nights ")


@pytest.fixture(scope="module")
def mixed_by_pdfjs() -> dict[str, ReadByPdfjs]:
    lines = [*MIXED, *NOT_BY_PDFIUM, NOT_BY_POPPLER]
    return dict(zip(lines, read_with_pdfjs(*map(printed, lines)), strict=True))


@pytest.mark.parametrize(
    "language, text", [(language, text) for language, texts in PURE.items() for text in texts]
)
def test_every_reader_reads_a_line_of_one_script(language: str, text: str, tmp_path: Path) -> None:
    pdf = printed(text, language)
    assert plainly(text) in plainly(text_of(pdf))
    assert plainly(text) in pdftotext(pdf, tmp_path)


def test_pdfjs_reads_a_line_of_one_script_too() -> None:
    lines = [(text, language) for language, texts in PURE.items() for text in texts]
    pages = read_with_pdfjs(*(printed(text, language) for text, language in lines))
    read = [typed_line(page) for page in pages]
    assert read == [plainly(BY_PDFJS.get(text, text)) for text, _ in lines]


def test_pdfjs_reads_a_mixed_line_one_run_at_a_time(mixed_by_pdfjs: dict[str, ReadByPdfjs]) -> None:
    read = {text: typed_line(page) for text, page in mixed_by_pdfjs.items()}
    assert read == {text: plainly(BY_PDFJS.get(text, text)) for text in read}


def test_the_tags_tell_pdfjs_the_very_words(mixed_by_pdfjs: dict[str, ReadByPdfjs]) -> None:
    for text, page in mixed_by_pdfjs.items():
        assert page.told == [text] or (not page.told and text == typed_line(page))


def test_pdfium_and_the_tags_read_a_sign_at_the_end_of_a_line(tmp_path: Path) -> None:
    pdf = printed(NOT_BY_POPPLER)
    assert plainly(NOT_BY_POPPLER) in plainly(text_of(pdf))
    assert NOT_BY_POPPLER in actual_texts(pdf)
    assert NOT_BY_POPPLER[:-1] in pdftotext(pdf, tmp_path)


@pytest.mark.parametrize("text", MIXED)
def test_numbers_are_read_as_they_were_typed(text: str) -> None:
    assert text in plainly(text_of(printed(text)))


@pytest.mark.parametrize("text", [*MIXED, *NOT_BY_PDFIUM])
def test_the_tags_tell_the_very_words(text: str) -> None:
    pdf = printed(text)
    assert text in actual_texts(pdf) or text in plainly(text_of(pdf))


@pytest.mark.parametrize(
    "text, number",
    [
        ("دينا 07700 900123", "07700 900123"),
        ("دينا (0191) 496 0000", "(0191) 496 0000"),
        ("من 10:30 - 12:00 إلى", "10:30 - 12:00"),
        ("دينا leila.1990@mail.example", "leila.1990@mail.example"),
        ("دينا +44 7700 900123", "+44 7700 900123"),
    ],
)
def test_a_number_stands_from_left_to_right_on_the_paper(
    text: str, number: str, tmp_path: Path
) -> None:
    """Poppler tells what stands on the paper, from the left."""
    assert number in pdftotext(printed(text), tmp_path)


@pytest.mark.parametrize("text", NOT_BY_PDFIUM)
def test_what_pdfium_tells_in_another_order_has_every_word(text: str) -> None:
    read = plainly(text_of(printed(text)))
    assert text not in read
    assert all(word in read for word in text.replace("(", " ").replace(")", " ").split())


def test_it_is_still_pdf_ua() -> None:
    lines = [text for texts in PURE.values() for text in texts]
    said = [
        SheetAnswer(topic="sleep", text="\n".join(lines[:20]), language="ar", picture=""),
        SheetAnswer(topic="eating", text="\n".join([*lines[20:], *MIXED[:8]]), picture=""),
    ]
    (report,) = validate(make_pdf_here(make_sheet(said)).pdf)
    assert report.passed, report


@pytest.mark.parametrize("name", ["ليلى", "مُحَمَّد", "שָׁלוֹם", "ลี้", "Llŷr"])
def test_a_name_is_read_beside_our_own_words(name: str, tmp_path: Path) -> None:
    """Beside Latin words, vowel signs of a word read from the right are in the tags alone."""
    pdf = make_pdf_here(make_sheet({"call_me": name})).pdf
    (by_pdfjs,) = read_with_pdfjs(pdf)
    turns = unicodedata.bidirectional(name[0]) in {"R", "AL"}
    bare = "".join(x for x in name if not (turns and unicodedata.category(x) == "Mn"))
    assert f"Hello, I’m {bare}" in plainly(text_of(pdf))
    assert f"Hello, I’m {bare}" in pdftotext(pdf, tmp_path)
    assert f"Hello, I’m {bare}" in plainly(by_pdfjs.text)
    assert not turns or (name in actual_texts(pdf) and name in by_pdfjs.told)
