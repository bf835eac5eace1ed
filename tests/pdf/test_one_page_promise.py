"""The one-page promise: one page with every word, or a refusal that counts the lines."""

import string
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from profiles.pdf.printing import DoesNotFit, MadePage, TooHard, make_pdf_here
from profiles.pdf.sanitise import MOST_EMOJI, clean
from profiles.sheet.sheet import Sheet, SheetAnswer
from profiles.sheet.sizes import A4
from tests.pdf.reading import opened, text_of
from tests.sheet.factories import ONE_PAGE, TYPICAL, full_page, make_photo, make_sheet, words_of
from tests.verapdf import validate

HOSTILE = {
    "Arabic": ("أخبرني قبل أن تتأخر. سؤال واحد في كل مرة، وانتظر ١٠ ثوانٍ.", "ar"),
    "Arabic with vowels": ("السَّلَامُ عَلَيْكُمْ وَرَحْمَةُ اللهِ", "ar"),
    "Urdu": ("میری بہن ڈی کو فون کریں۔ مجھے چائے پسند ہے۔", "ur"),
    "Hebrew": ("אני שותה תה בבוקר (עם חלב).", "he"),
    "Welsh": ("Te yn gyntaf. Mae’r dŵr yn oer, a’r ŵyn ar y tŷ. Ŷd!", "cy"),
    "Polish": ("Zażółć gęślą jaźń. Najpierw herbata.", "pl"),
    "Chinese": ("先喝茶,再谈今天的事。请一次只问一个问题。", "zh"),
    "Japanese": ("まずお茶。それから今日の話をします。", "ja"),
    "Hindi": ("पहले चाय, फिर बात। कृपया धीरे बोलें।", "hi"),
    "Thai": ("ดื่มชาก่อนแล้วค่อยคุยกัน", "th"),
    "two directions": ("Ring أمي first, then 07700 900123 (any time) שלום.", "en"),
    "emoji families": ("We are 👨‍👩‍👧‍👦 and 👩🏽‍🦽 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿 1️⃣ ❤️ 👍🏿", "en"),
    "one look each": ("Tea 😀\ufe0f ☏\ufe0f ✄\ufe0e ☕\ufe0e\ufe0f, room 1\ufe0f first", "en"),
    "stacked marks": ("Z" + "\u0300\u0301\u0302\u0303" * 12 + "algo e\u0301 n\u0303", "en"),
    "bidi controls": ("\u202eesrever\u202c and \u2066inside\u2069 \u200fmarks\u200e", "en"),
    "script": ("<script>alert('x')</script> <b>bold</b> &amp; &lt; ]]> <!-- x -->", "en"),
    "template": ("{{ sheet.name }} {% include 'x' %} {# gone #} ${7*7} %s {0}", "en"),
    "style": ("} body { display: none } @page { size: 1px } /* x */ url(file:///etc/passwd)", "en"),
    "one long word": ("w" * 200, "en"),
    "long address": ("https://example.org/" + "a-b_c/" * 40 + "?q=1&r=2#end", "en"),
    "no-break spaces": ("so\u00a0" * 120 + "so", "en"),
    "no ink": ("a\u200bb\u200dc\u00add\ufefff\x07g\x00h\ufffei\ud800j", "en"),
    "symbols": ("½ × ÷ ± ≤ ≥ → ✓ ✗ ☎ ♥ € £ ™ … – — “quote” ‘s’ •", "en"),
    "hyphens": ("a well-known twenty-five-year-old mother-in-law " * 6, "en"),
    "line breaks": ("one\r\ntwo\n\n\n\nthree\u2028four\x0bfive\tsix", "en"),
    "spaces": ("   many     spaces   \t  between   ", "en"),
    "private letters": ("\ue000\uf8ff and \U000f0000 and \U0001fbff", "en"),
}  # fmt: skip


# Its short words stand within its long ones, and its last is parted where it turns.
BESIDE_A_NAME = "أخبرني قبل أن تتأخر. سؤال واحد في كل مرة، وانتظر ١٠ ثوانٍ."


def wanted(sheet: Sheet) -> list[str]:
    """Every word somebody said, as it would be seen: without marks that have no ink."""
    words = (word for line in sheet.words() for word in clean(line).split())
    return [word for word in map(bare, words) if word]


def bare(word: str) -> str:
    """The letters and digits of a word, without accents: what every reader of PDFs agrees on."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word)
        if unicodedata.category(letter)[0] in "LN"
        and unicodedata.category(letter) != "Lm"
        and letter <= "\uffff"  # PDFium turns the halves of others round, from right to left
    )


def keeps_the_promise(sheet: Sheet) -> MadePage | DoesNotFit:
    """Make the page, and check by other means than its maker's that nothing is lost."""
    try:
        made = make_pdf_here(sheet)
    except DoesNotFit as too_long:
        assert too_long.fit.lines_over >= 1
        assert too_long.fit.lines_left == 0
        assert too_long.fit.longest
        return too_long
    with opened(made.pdf) as document:
        assert len(document) == made.pages == 1
        assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert A4.smallest_pt <= made.print_pt <= A4.largest_pt
    assert letters_missing(sheet, made) == {}
    return made


def letters_missing(sheet: Sheet, made: MadePage) -> dict[str, int]:
    """How often a letter was said more times than it was printed."""
    printed, gone = bare(text_of(made.pdf)), set("".join(made.unprintable))
    said = "".join(wanted(sheet))
    drawn = set(string.digits) if "\u20e3" in "".join(sheet.words()) else set()  # keycaps
    short = {letter: said.count(letter) - printed.count(letter) for letter in set(said)}
    return {letter: by for letter, by in short.items() if by > 0 and letter not in gone | drawn}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_keep_the_promise_and_are_pdf_ua(kind: str) -> None:
    text, language = HOSTILE[kind]
    said = [
        SheetAnswer(topic=topic, text=text, language=language)
        for topic in ("call_me", "must_know", "important", "eating")
    ]
    made = keeps_the_promise(make_sheet(said))
    assert isinstance(made, MadePage)
    (report,) = validate(made.pdf)
    assert report.passed, report


pieces = st.sampled_from(sorted(HOSTILE))
any_text = st.text(st.characters(codec="utf-8"), max_size=60)


@st.composite
def answers(draw: st.DrawFn) -> list[SheetAnswer]:
    """Some topics, each with some hostile text."""
    topics = draw(st.lists(st.sampled_from(ONE_PAGE.topics), unique=True, min_size=1, max_size=27))
    said = []
    for topic in topics:
        text, language = HOSTILE[draw(pieces)]
        times = draw(st.sampled_from([1, 1, 1, 2, 6]))
        words = "\n".join([text] * times) + draw(any_text)
        by = draw(st.sampled_from(["", "", "my sister Dee"]))
        said.append(SheetAnswer(topic=topic, text=words[:4000], language=language, said_by=by))
    return said


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(answers(), st.booleans())
@example([SheetAnswer(topic=t, text="word " * 800) for t in ONE_PAGE.topics], True)
@example([SheetAnswer(topic="call_me", text="w" * 4000)], True)
@example([SheetAnswer(topic="important", text="\n" * 3999 + "x")], False)
@example([SheetAnswer(topic="call_me", text=f"{BESIDE_A_NAME}0A", language="ar")], False)
@example(
    [
        SheetAnswer(topic="call_me", text=BESIDE_A_NAME, language="ar"),
        SheetAnswer(topic="must_know", text=f"{BESIDE_A_NAME}0", language="ar"),
    ],
    False,
)
def test_any_words_keep_the_promise(said: list[SheetAnswer], has_photo: bool) -> None:
    sheet = make_sheet(said, photo=make_photo() if has_photo else None)
    try:
        keeps_the_promise(sheet)
    except TooHard as too_many:
        assert "emoji" in str(too_many)


def test_twenty_seven_full_answers_are_refused_with_a_count() -> None:
    said = [SheetAnswer(topic=topic, text=words_of(800)[:4000]) for topic in ONE_PAGE.topics]
    refused = keeps_the_promise(make_sheet(said))
    assert isinstance(refused, DoesNotFit)
    assert refused.fit.lines_over > 500
    assert len(refused.fit.longest) == 5


def test_one_word_of_four_thousand_letters_is_refused_with_a_count() -> None:
    refused = keeps_the_promise(make_sheet({"important": "w" * 4000}))
    assert isinstance(refused, DoesNotFit)
    assert refused.fit.longest[0][0] == "important"
    assert refused.fit.lines_over == pytest.approx(refused.fit.longest[0][1] - 42, abs=8)


def test_a_word_of_a_thousand_letters_is_printed_whole() -> None:
    made = keeps_the_promise(make_sheet({"important": "w" * 1000}))
    assert isinstance(made, MadePage)
    assert text_of(made.pdf).count("w") >= 1000


def test_a_page_of_ordinary_length_is_printed() -> None:
    assert isinstance(keeps_the_promise(make_sheet(TYPICAL, photo=make_photo())), MadePage)
    assert isinstance(keeps_the_promise(make_sheet(full_page(430), photo=make_photo())), MadePage)


def test_letters_no_font_has_are_told_and_the_page_is_made() -> None:
    made = keeps_the_promise(make_sheet({"important": "Tea \U000f0000 first"}))
    assert isinstance(made, MadePage)
    assert made.unprintable == ("\U000f0000",)


def test_more_emoji_than_can_be_drawn_are_refused_in_a_sentence() -> None:
    with pytest.raises(TooHard, match="There are more emoji on this page than we can print"):
        make_pdf_here(make_sheet({"important": "😀" * (MOST_EMOJI + 1)}))
    assert make_pdf_here(make_sheet({"important": "😀 " * MOST_EMOJI})).pages == 1


def test_hostile_words_take_no_longer_than_they_may() -> None:
    slow = {
        "important": "w" * 4000,
        "people": "བོད" * 1300,
        "culture": "a\u0301\u0302\u0303\u0304" * 800,
        "story": "مرحبا" * 800,
        "goals": "\u202b\u202a" * 2000,
    }
    assert isinstance(keeps_the_promise(make_sheet(slow)), DoesNotFit)


def test_the_words_are_in_the_order_of_the_page() -> None:
    text = " ".join(text_of(make_pdf_here(make_sheet(TYPICAL)).pdf).split())
    lines = [line for entry in make_sheet(TYPICAL).entries for line in entry.lines]
    places = [text.index(line) for line in lines]
    assert places == sorted(places)
