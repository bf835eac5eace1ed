"""Pages and portable files to test with."""

import base64
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from profiles.sheet.build import build
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.topics.load import load
from tests.sheet.factories import ONE_PAGE


def make_photo() -> bytes:
    """A small picture of nobody."""
    file = BytesIO()
    Image.new("RGB", (480, 480), "#a8201a").save(file, "JPEG")
    return file.getvalue()


def make_sheet(*answers: SheetAnswer, **changes: Any) -> Sheet:
    """Jo's page, or another with these answers."""
    given: dict[str, Any] = {
        "answers": answers or JOS_ANSWERS,
        "layout": ONE_PAGE,
        "topics": load(),
        "full_name": "Jo Bright",
        "made_on": date(2026, 11, 23),
        "updated_on": date(2026, 11, 20),
        "edition": 3,
        "helped_by": ["Amir (brother)"],
    }
    return build(**given | changes)


def make_file(**changes: Any) -> dict[str, Any]:
    """Jo's page as a portable file; a member given as None is left out."""
    file = {
        "format": "tell-it-once/1",
        "language": "en",
        "person": {"name": "Jo Bright", "call_me": "Jo"},
        "answers": [
            {
                "topic": "important",
                "text": "Tea first.\nThen we talk.",
                "picture": "drinks",
                "said_by": "me",
                "language": "en",
            }
        ],
        "helped_by": [{"name": "Amir", "role": "brother"}],
        "updated_on": "2026-11-23",
    } | changes
    return {name: value for name, value in file.items() if value is not None}


def make_photo_member(**changes: Any) -> dict[str, Any]:
    """The photo of a portable file."""
    data = base64.b64encode(make_photo()).decode()
    return {"media_type": "image/jpeg", "data": data, "alt": "Jo in a red hat"} | changes


JOS_ANSWERS = (
    SheetAnswer(topic="call_me", text="Jo\nSay it like “joe”."),
    SheetAnswer(topic="must_know", text="I am allergic to peanuts.\nMy pen is in the blue bag."),
    SheetAnswer(topic="ring_first", text="Dee, my sister: 01632 960123"),
    SheetAnswer(topic="appreciate", text="I am funny.", said_by="my sister Dee"),
    SheetAnswer(topic="important", text="Tea first.\nThen we talk.", picture="2615"),
    SheetAnswer(topic="culture", text="Dydd Gŵyl Dewi: I wear a leek.", language="cy"),
    SheetAnswer(topic="calm", text="Sit near me. Say nothing."),
)
JOS_PHOTO = SheetPhoto(data=make_photo(), alt="Jo in a red hat")
