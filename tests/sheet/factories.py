"""Pages for tests to print, made from plain lists of words."""

import io
from collections.abc import Iterable, Mapping
from datetime import date

from PIL import Image, ImageDraw

from profiles.sheet.build import build
from profiles.sheet.catalogue import layout as layout_named
from profiles.sheet.layouts import Layout
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.topics.load import load

TODAY = date(2026, 11, 23)
ONE_PAGE = layout_named("one-page")

FEW = {"call_me": "Jo", "important": "Tea first.\nThen we talk about the day."}

TYPICAL = {
    "call_me": "Jo",
    "must_know": "I am allergic to peanuts. My pen is in the blue bag by the door.\n"
    "My food must be soft (Level 5). Sit me up, and stay with me.",
    "yes_no": "Eyes up is yes. Looking away is no.",
    "ring_first": "My sister Dee, 07700 900123. Any time, day or night.",
    "appreciate": "I remember everyone’s birthday, and I am funny.\nI sing when I am happy.",
    "important": "Tea first. Then we talk about the day.\n"
    "Tell me before you are late. I will worry.",
    "people": "Biscuit, my dog. She sleeps in my room.\nDee comes on Sundays and we bake.",
    "culture": "We light candles on Friday evening. Please keep it quiet.",
    "interests": "Radio plays, trains, and the sea at Whitby.",
    "communicate": "One question at a time. Wait ten seconds for my answer.\n"
    "Show me the thing, or a photo of it.",
    "senses": "Turn the radio off before you talk to me. Noise hurts.",
    "bad_day": "If I go quiet, I am worried. Sit near me. Do not touch me.",
    "washing": "Shower in the evening. I wash myself. Stay outside the door.",
    "eating": "A teaspoon, not a fork. Small mouthfuls, and let me set the pace.",
    "sleep": "Bed at ten, with the landing light on and the door open a little.",
    "medicines": "One at a time, with yoghurt. Tell me what each one is for.",
}


def make_said(words: Mapping[str, str], **more: Mapping[str, str]) -> list[SheetAnswer]:
    """Answers, from topics and words; more may give pictures or languages by topic."""
    return [
        SheetAnswer(
            topic=topic, text=text, **{name: by[topic] for name, by in more.items() if topic in by}
        )
        for topic, text in words.items()
    ]


def make_sheet(
    words: Mapping[str, str] | Iterable[SheetAnswer] = TYPICAL,
    *,
    photo: SheetPhoto | None = None,
    layout: Layout = ONE_PAGE,
    edition: int | None = 3,
    full_name: str = "",
    helped_by: tuple[str, ...] = (),
    checked_on: date | None = None,
    checked_by_person: bool = True,
) -> Sheet:
    """A sheet of these words."""
    answers = make_said(words) if isinstance(words, Mapping) else words
    return build(
        answers=answers,
        layout=layout,
        topics=load("en"),
        photo=photo,
        edition=edition,
        made_on=TODAY,
        full_name=full_name,
        helped_by=helped_by,
        checked_on=checked_on,
        checked_by_person=checked_by_person,
    )


def make_photo(alt: str = "Jo in a red hat, by the sea", size: int = 480) -> SheetPhoto:
    """A drawn photo at print size."""
    image = Image.new("RGB", (size, size), "#9CC7DE")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, size * 0.75, size, size), fill="#3F7F9C")
    draw.ellipse((size * 0.3, size * 0.3, size * 0.7, size * 0.72), fill="#E2B48C")
    draw.pieslice((size * 0.24, size * 0.12, size * 0.76, size * 0.62), 180, 360, fill="#B3261E")
    draw.ellipse((size * 0.1, size * 0.72, size * 0.9, size * 1.4), fill="#2F6331")
    for x in (0.42, 0.58):
        draw.ellipse((size * (x - 0.02), size * 0.45, size * (x + 0.02), size * 0.49), fill="#222")
    draw.arc((size * 0.42, size * 0.5, size * 0.58, size * 0.62), 20, 160, fill="#222", width=5)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return SheetPhoto(data=buffer.getvalue(), alt=alt)


def words_of(count: int, *, lines: int = 1) -> str:
    """This many short words, on this many lines, the same every time."""
    stock = (
        "tea before we talk about my day and then we walk slowly to the sea with Biscuit".split()
    )
    each = max(1, count // lines)
    return "\n".join(
        " ".join(stock[(line * 5 + at) % len(stock)] for at in range(each)).capitalize() + "."
        for line in range(lines)
    )


# Few people need these as well as all the others; what a page of words takes is measured without.
NOT_FOR_ALL = {"equipment", "school_work", "plans"}


def full_page(words: int = 430) -> dict[str, str]:
    """A page with this many words under most topics, as a careful writer might fill it."""
    topics = [topic for topic in ONE_PAGE.topics if topic not in {"call_me", *NOT_FOR_ALL}]
    each = max(3, words // (len(topics) + 11))
    return {"call_me": "Jo"} | {
        topic: words_of(each * (2 if at % 3 == 0 else 1), lines=2 if at % 3 == 0 else 1)
        for at, topic in enumerate(topics)
    }
