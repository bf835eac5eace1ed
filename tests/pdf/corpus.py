"""Pages of all kinds, in eighteen scripts: what is believed of one is tried on each of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle

from profiles.door.stamp import stamped
from profiles.pdf import printing
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.sheet.sizes import SIZES
from profiles.sheet.themes import THEMES
from tests.drawn import NIGHTLY, each_once
from tests.sheet.factories import TYPICAL, make_photo, make_sheet

SCRIPTS = {
    "en": "I like tea — “strong”, with 2 sugars.",
    "cy": "Rwy’n hoffi te cryf; Llŷr Ŵyn, dŵr.",
    "pl": "Zażółć gęślą jaźń, proszę.",
    "ro": "Îmi place ceaiul cu lapte, mulțumesc.",
    "el": "Μου αρέσει το τσάι.",
    "ru": "Я люблю крепкий чай.",
    "ar": "أحب الشاي القوي، 2 ملاعق سكر 07700 900123.",
    "ur": "مجھے چائے پسند ہے۔",
    "he": "אני אוהב תה חזק, 2 כפיות.",
    "hi": "मुझे तेज़ चाय पसंद है।",
    "bn": "আমি কড়া চা পছন্দ করি।",
    "ta": "எனக்கு தேநீர் பிடிக்கும்.",
    "th": "ฉันชอบชาเข้มๆ",
    "zh": "我喜欢喝浓茶，两勺糖。",
    "ja": "濃いお茶が好きです。",
    "ko": "진한 차를 좋아해요.",
    "am": "ሻይ እወዳለሁ።",
    "ka": "მე მიყვარს ჩაი.",
}


def of_script(language: str, text: str) -> Sheet:
    said = [SheetAnswer(topic=topic, text=text, language=language) for topic in TYPICAL]
    return on_paper(make_sheet(said, photo=make_photo()), text)


def on_paper(sheet: Sheet, made_for: str) -> Sheet:
    return stamped(sheet, code="7KQ3M9XT", made_for=made_for, check_by=date(2027, 2, 28))


def of_scripts(languages: list[str]) -> Sheet:
    """A page on which each answer is in the next of these."""
    said = [
        SheetAnswer(topic=topic, text=SCRIPTS[language], language=language)
        for topic, language in zip(TYPICAL, cycle(languages))
    ]
    return on_paper(make_sheet(said, photo=make_photo()), SCRIPTS[languages[0]])


def corpus() -> Iterator[tuple[str, Sheet]]:
    """Pages of all kinds, each with its name; by day, few are in one script alone."""
    for language in SCRIPTS if NIGHTLY else ALONE:
        yield language, of_script(language, SCRIPTS[language])
    languages = [*SCRIPTS]
    for first in (0, len(languages) // 2):
        yield f"from {languages[first]} on", of_scripts(languages[first:] + languages[:first])
    typical = [SheetAnswer(topic=topic, text=text) for topic, text in TYPICAL.items()]
    yield (
        "emoji",
        make_sheet([SheetAnswer(topic="important", text="My dog 🐶 and a cup ☕ of tea")]),
    )
    yield "helped", replace(make_sheet(typical), helped_by=("Dee", "Sam"))
    yield "said by others", make_sheet([replace(said, said_by="my sister") for said in typical])
    cup = SheetPhoto(data=make_photo(size=240).data, alt="My blue cup")
    with_photos = [replace(said, photo=cup) for said in typical[1:6]] + typical[6:]
    yield "photos beside answers", make_sheet(with_photos)
    yield "large ones", replace(make_sheet(with_photos[:5]), chosen_pictures="large")
    yield "on several sides", make_sheet(with_photos).on(SIZES["easy-read"])
    yield "empty", make_sheet([])
    yield "long words", make_sheet([replace(said, text="x" * 200) for said in typical[:3]])
    yield (
        "a letter that no font has",
        make_sheet([SheetAnswer(topic="important", text="A \U000e0fff\U0001fbff b")]),
    )
    for key, size, theme, pictures in each_once(offered()):
        sheet = make_sheet(typical, layout=printing.layouts()[key], photo=make_photo())
        sheet = replace(sheet, theme=THEMES[theme], chosen_pictures=pictures)
        yield f"{key} {size}", on_paper(sheet, "Priya").on(SIZES[size])


def offered() -> Iterator[tuple[str, str, str, str]]:
    """Every layout in every size, each in the next set of colours and with pictures as next."""
    for layout in printing.layouts().values():
        for at, size in enumerate(layout.sizes):
            theme, pictures = [*THEMES][at % len(THEMES)], ("usual", "large", "none")[at % 3]
            yield layout.key, size, theme, pictures


ALONE = ("ar", "hi", "th", "zh", "cy")  # one of each way in which letters stand together
CORPUS = dict(corpus())
