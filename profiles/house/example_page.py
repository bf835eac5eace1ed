"""The finished page anybody may look at. Jo, Dee, Amir and Biscuit do not exist."""

from datetime import date
from functools import cache

from profiles.core import static_files
from profiles.sheet.build import build
from profiles.sheet.catalogue import ONE_PAGE, layout
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.topics.load import load

PHOTO = "example/jo.jpg"  # drawn: jo.svg is beside it
MADE_ON = date(2026, 11, 20)

WORDS = (
    ("call_me", "Jo\nRhymes with “go”. Please do not call me Joanna.", "1F44B"),
    (
        "must_know",
        """I am allergic to peanuts. My pen is in the blue bag by the door.
My food must be soft (Level 5). Sit me up, and stay with me.""",
        "1F95C",
    ),
    ("yes_no", "Eyes up is yes. Looking away is no.", "1F44D"),
    ("ring_first", "My sister Dee: 07700 900123. Any time, day or night.", "1F4DE"),
    (
        "appreciate",
        "I remember everyone’s birthday.\nI am funny, and I sing when I am happy.",
        "2B50",
    ),
    ("important", "Tea first. Then we talk about the day.", "2615"),
    (
        "people",
        "Biscuit, my dog. She sleeps in my room.\nMy sister Dee rings every Sunday.",
        "1F436",
    ),
    ("culture", "I go to chapel on Sundays. I do not eat meat on Fridays.", "26EA"),
    ("goals", "I want to take the bus to town by myself.", "1F68C"),
    ("interests", "Abba, Welsh rugby, and growing tomatoes.", "1F3B6"),
    ("communicate", "Ask one thing. Count to ten. Wait for my answer.", "1F5E3"),
    ("senses", "Turn the radio off before you talk to me. Noise hurts.", "1F50A"),
    ("bad_day", "I go quiet and pull my sleeves down. I am worried, not rude.", "1F61F"),
    ("calm", "Sit near me. Do not touch me. Put Abba on, quietly.", "1F60C"),
    ("do_not", "Do not move my chair while I am in it without telling me.", "1F9BD"),
    ("washing", "Shower in the evening. I wash myself. Stay outside the door.", "1F6BF"),
    ("sleep", "Hall light on, door open a hand’s width.", "1F319"),
)


@cache
def example_sheet() -> Sheet:
    """Jo's page, arranged as anybody's would be."""
    return build(
        answers=[
            SheetAnswer(topic=topic, text=text, picture=picture) for topic, text, picture in WORDS
        ],
        layout=layout(ONE_PAGE),
        topics=load(),
        photo=SheetPhoto(data=static_files.read(PHOTO), alt="Jo in a red hat, by the sea"),
        edition=3,
        made_on=MADE_ON,
        updated_on=MADE_ON,
    )
