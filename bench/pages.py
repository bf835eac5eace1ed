"""Fictional pages of an exact length, never the same one twice."""

import random
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from profiles.sheet.build import build
from profiles.sheet.catalogue import ONE_PAGE, layouts
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.sheet.sizes import A4, Size
from profiles.topics.load import load

HERE = Path(__file__).parent
NAMES = "Asha Ben Carys Dee Ewan Farida Gwen Hana Idris Jo Kofi Llŷr Mair Nia Owen Priya".split()
PRINT_PX, PLAIN_PX = 480, 1200
MOST = {"must_know": 3}  # lines that this topic takes
MOST_LINES = 2


@dataclass(frozen=True)
class Page:
    """The same words and photo, as each engine wants them."""

    sheet: Sheet
    large_photo: bytes  # as a page made without thought would carry it

    @property
    def blocks(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each title with its lines."""
        return [(entry.title, entry.lines) for entry in self.sheet.entries]


def make(
    words: int, number: int, *, with_photo: bool = True, layout: str = ONE_PAGE, size: Size = A4
) -> Page:
    """The page with this many words that belongs to this number, always the same one.

    A small size leaves some of them out.
    """
    chance = random.Random(f"{words} {number}")  # noqa: S311  # not for secrets
    name = f"{chance.choice(NAMES)} {number}"
    lines = [("call_me", name), *_lines(chance)]
    texts: dict[str, list[str]] = {}
    left = words
    for topic, sentence in lines:
        cut = " ".join(sentence.split()[:left])
        said = texts.setdefault(topic, []) if cut else []
        if len(said) < MOST_LINES:
            said.append(cut)
        elif cut:  # some lines hold more than one sentence, as people's do
            said.append(f"{said.pop(0)} {cut}")
        left -= len(cut.split())
    if left:
        raise ValueError(f"There are not enough sentences for {words} words")
    small, large = _photo(number) if with_photo else (b"", b"")
    sheet = build(
        answers=[SheetAnswer(topic=topic, text="\n".join(said)) for topic, said in texts.items()],
        layout=layouts()[layout],
        topics=load(),
        made_on=date(2026, 11, 23),
        edition=1,
        photo=SheetPhoto(data=small, alt=f"A photo of {name}") if with_photo else None,
    )
    return Page(sheet.on(size), large)


@cache
def _sentences() -> dict[str, list[str]]:
    return tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))


def _lines(chance: random.Random) -> list[tuple[str, str]]:
    """The sentences topic by topic, each topic's in an order of its own."""
    return [
        (topic, _filled(sentence, chance))
        for topic, sentences in _sentences().items()
        for sentence in chance.sample(sentences, len(sentences))[: MOST.get(topic)]
    ]


def _filled(sentence: str, chance: random.Random) -> str:
    time = f"{chance.randint(1, 12)}:{chance.randint(0, 59):02}"
    return sentence.format(who=chance.choice(NAMES), time=time)


def forget_photos() -> None:
    """Let go of the photos made so far."""
    _photo.cache_clear()


@cache
def _photo(number: int) -> tuple[bytes, bytes]:
    """A picture of nobody, at print size and as a camera might give it."""
    chance = random.Random(number)  # noqa: S311
    seed = Image.new("RGB", (12, 12))
    seed.putdata([tuple(chance.randbytes(3)) for _ in range(12 * 12)])
    small, large = BytesIO(), BytesIO()
    seed.resize((PRINT_PX, PRINT_PX), Image.Resampling.BICUBIC).save(small, "JPEG", quality=82)
    seed.resize((PLAIN_PX, PLAIN_PX), Image.Resampling.BICUBIC).save(large, "JPEG", quality=90)
    return small.getvalue(), large.getvalue()
