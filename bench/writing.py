"""What writing costs: a round of autosave, and one's own page printed again, beside bare views."""

import re
from functools import partial
from itertools import count
from secrets import token_urlsafe
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.test import RequestFactory

from bench import bare
from bench.rows import Row
from bench.turns import Way, in_turns, ratios
from bench.visits import Site, Visit, answered, ask, signed_in, site_on_one_database
from profiles.answers.models import Answer
from profiles.house.example_people import Made
from profiles.topics.load import load
from profiles.topics.lookup import write_url

STAMP: Final = re.compile(rb'id="id_draft_stamp" value="([^"]+)"')
FORM: Final = "application/x-www-form-urlencoded"


class Typist:
    """Somebody who types one word more, again and again."""

    def __init__(self, site: Site, made: Made) -> None:
        answer = Answer.objects.current().get(profile=made.page, topic="important")
        token = token_urlsafe(48)[:32].replace("-", "a").replace("_", "b")
        self._site, self._number, self._stamp = site, answer.number, ""
        self._text, self._more, self._token = answer.text, count(), token
        self._address = f"{write_url(load().topic('important'))}draft/"
        self._cookies = signed_in(made) | {settings.CSRF_COOKIE_NAME: token}

    def type(self) -> None:
        """One round of autosave; anything but a kept draft is an error."""
        said = {
            "text": f"{self._text} {'and ' * (next(self._more) % 5)}",
            "only_me": "no",
            "started_from": self._number,
            "draft_stamp": self._stamp,
            "csrfmiddlewaretoken": self._token,
        }
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        asked = RequestFactory().post(self._address, urlencode(said), FORM, HTTP_COOKIE=cookies)
        status, body = answered(self._site, asked)
        stamp = STAMP.search(body)
        if status != "200 OK" or not stamp:
            raise RuntimeError(f"Autosave answers {status}")
        self._stamp = stamp[1].decode()


def rows(rounds: int) -> list[Row]:
    """Autosave beside a bare view that writes one row; and one's own page that was printed before,
    beside an empty view.
    """
    with site_on_one_database() as site:
        bare.BYTES[0] = b"x" * 2_000
        typist, plain = Typist(site, site.people["jo"]), Visit("a bare view", "/bare/", {})
        paper = Visit("own page", "/me/page.pdf", signed_in(site.people["jo"]))
        empty = Visit("an empty view", "/empty/", {})
        asked = [Way(partial(ask, site, each)) for each in (plain, paper, empty)]
        typed, written, printed, nothing = in_turns([Way(typist.type), *asked], rounds, warm_ups=3)
    autosave = "autosave ÷ a bare view with one row"
    again = "one's own page printed again ÷ an empty view"
    return [
        *ratios(autosave, typed, written, goal=4, stretch=2.5),
        *ratios(again, printed, nothing, goal=6, stretch=4),
    ]
