"""What it costs that a clinic's computer takes a page: beside the same page's PDF, and in bytes."""

from dataclasses import replace
from functools import partial
from io import BytesIO
from random import Random
from statistics import median
from typing import Final

from django.test import Client
from django.urls import reverse
from PIL import Image

from bench.databases import database_of_its_own
from bench.rows import Row, ratio
from bench.turns import Way, in_turns
from profiles.accounts.actions import make_account
from profiles.accounts.models import User
from profiles.answers.actions import Words, save_answer
from profiles.core import codes
from profiles.door import door
from profiles.door.own_pages import on_paper
from profiles.house.example_people import JO
from profiles.pages.actions import start_page
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.photos import images
from profiles.photos.actions import add_beside, add_photo
from profiles.sharing import actions as sharing
from profiles.sharing import new_actions
from profiles.sharing.clinic import AT_THE_DESK, FoundBy, Taking
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.models import Share
from profiles.sharing.wording import wording_for
from profiles.sheet.sheet import Sheet
from profiles.topics.load import load

TIMES: Final = 5  # a page is taken, for its size
BESIDE: Final = 10  # photos beside answers: with one more, this page is over its side
CAMERA: Final = (1_600, 1_200)
# As in a photo of a thing: there is something to see in what is coarse and in what is fine.
GRAINS: Final = ((12, 1.0), (48, 0.4), (192, 0.2), (768, 0.1))  # dots across, and how strong


def rows(rounds: int) -> list[Row]:
    """A clinic link, made and answered, beside the PDF that is in it; and how big the answer is."""
    with database_of_its_own():
        jo = make_account(email="jo@example.org")
        page = _page(jo)
        printing.warm()
        printed = _share(page, jo)
        sheet = door.as_reader(printed)
        given: list[Share] = []

        def give() -> None:
            _stop_all(page, jo)
            given[:] = [_share(page, jo)]

        both = Way(partial(_made_and_answered, page, jo), ready=partial(_stop_all, page, jo))
        answer = Way(lambda: _answer(given[0]), ready=give)
        ways = [both, answer, Way(partial(_print, sheet, printed))]
        made_and_answered, answered, made = in_turns(ways, rounds, warm_ups=3)
        sizes = [_kilobytes(page, jo)]
        add_photo(profile=page, whole=images.take_in(_photo(0)), alt="Jo in a red hat")
        sizes.append(_kilobytes(page, jo))
        _put_beside(page)
        sizes.append(_kilobytes(page, jo))
    name, printing_it = "what a clinic takes", "÷ the same page as a PDF"
    return [
        ratio(
            f"a clinic link made and answered {printing_it}",
            made_and_answered.wall, made.wall, goal=None, stretch=None,
        ),
        ratio(
            f"a clinic’s computer answered {printing_it}",
            answered.wall, made.wall, goal=1.25, stretch=1.1,
        ),
        Row(name=f"{name}, without photos", value=sizes[0], unit="kB", goal=70, stretch=60),
        Row(name=f"{name}, with a photo", value=sizes[1], unit="kB", goal=180, stretch=120),
        Row(
            name=f"{name}, with that and {BESIDE} beside answers",
            value=sizes[2], unit="kB", goal=180, stretch=150,
        ),
    ]  # fmt: skip


def _page(by: User) -> Profile:
    """The page of Jo, who does not exist, but for what Jo keeps private."""
    page = start_page(for_someone=False, language="en", user=by)
    for topic, text in JO.said:
        if topic not in JO.only_me:
            words, about = Words(text=text), load().topic(topic)
            save_answer(profile=page, topic=about, words=words, started_from=0)
    return page


def _share(page: Profile, by: User) -> Share:
    """Everything of the page, for a computer, for 15 minutes."""
    share = new_actions.begin(profile=page, by=by)
    share.profile = page
    who = FoundBy(given_names="Jo", family_name="Bright", birth_date="1956-03-04", gender="female")
    topics = [answer.topic for answer in page.answers.current()]
    new_actions.say_who(share=share, by=by, reader_name="Ward 4", for_clinic=True)
    new_actions.say_clinic(share=share, by=by, taking=Taking.NOW, found_by=who)
    new_actions.say_what(share=share, by=by, topics=topics, with_photo=True, may_print=True)
    new_actions.say_how_long(share=share, by=by, lasts=AT_THE_DESK)
    shown = wording_for(share).fingerprint
    return new_actions.give(share=share, by=by, decided=Decided(mode=Mode.ME), shown=shown)


def _made_and_answered(page: Profile, by: User) -> bytes:
    """What a computer gets through a link that was made for it."""
    return _answer(_share(page, by))


def _answer(share: Share) -> bytes:
    """What a computer gets through this link; anything but a page is an error."""
    answer = Client().get(reverse("clinics:take", args=[share.key]), {"recipient": "Ward 4"})
    if answer.status_code != 200:
        raise RuntimeError(f"A clinic is answered {answer.status_code}")
    return answer.content


def _stop_all(page: Profile, by: User) -> None:
    """No more than so many may be open."""
    for share in page.shares.current():
        sharing.stop(share=share, by=by)


def _print(sheet: Sheet, share: Share) -> bytes:
    """The same page as a PDF, which is made anew each time: each has a code of its own."""
    return printing.make_pdf(on_paper(sheet, codes.new_code(), share)).pdf


def _kilobytes(page: Profile, by: User) -> float:
    return median(len(_made_and_answered(page, by)) / 1000 for _ in range(TIMES))


def _put_beside(page: Profile) -> None:
    """A photo beside each of the first answers."""
    said = {answer.topic: answer for answer in page.answers.current().with_profile(page)}
    answers = [said[topic] for topic, _ in JO.said if topic in said and topic != "call_me"]
    for number, answer in enumerate(answers[:BESIDE], start=1):
        whole = images.take_in(_photo(number), images.BESIDE)
        photo = add_beside(profile=page, topic=answer.topic, whole=whole, alt="My cup")
        words = replace(Words.of(answer), picture="", photo_id=photo.pk)
        about = load().topic(answer.topic)
        save_answer(profile=page, topic=about, words=words, started_from=answer.number)


def _photo(number: int) -> bytes:
    """A photo of nothing, as a camera might give it: always the same for the same number."""
    chance = Random(f"photo {number}")  # noqa: S311  # not for secrets
    photo = Image.new("RGB", CAMERA)
    for dots, share in GRAINS:
        grain = Image.frombytes(
            "RGB", (dots, dots * 3 // 4), chance.randbytes(dots * dots * 9 // 4)
        )
        photo = Image.blend(photo, grain.resize(CAMERA, Image.Resampling.BICUBIC), share)
    file = BytesIO()
    photo.save(file, "JPEG", quality=90)
    return file.getvalue()
