"""Does a helper's page take longer where the person keeps something? It must not tell.

Two people, each with a helper. One keeps words under a topic, said anew from time to time; the
other has said nothing there.
"""

from django.test import Client
from django.urls import reverse

from bench import spreads
from bench.databases import database_of_its_own
from bench.rows import Row
from profiles.accounts.actions import make_account
from profiles.answers.actions import Words, save_answer
from profiles.pages.actions import start_page
from profiles.pages.models import Profile
from profiles.supporters import actions
from profiles.supporters.models import Supporter
from profiles.topics.load import load

TOPIC = load().topic("sleep")
OFTEN = 50  # tries between one change of what is kept and the next


def rows(tries: int) -> list[Row]:
    """How far apart both are where words are written together, and where the page is seen."""
    with database_of_its_own():
        kept, nothing = _Helped("kept"), _Helped("nothing")
        found: list[list[list[float]]] = [[[], []], [[], []]]
        for number in range(spreads.WARM_UPS + tries):
            if number % OFTEN == 0:
                _say(kept.page, TOPIC.key, f"Night {number}.", only_me=True)
            for at, helped in enumerate((kept, nothing) if number % 2 else (nothing, kept)):
                whose = at if number % 2 else 1 - at
                for place, address in enumerate(helped.addresses):
                    taken = spreads.timed(helped.browser, address)
                    if number >= spreads.WARM_UPS:
                        found[place][whose].append(taken)
    places = ("words are written together", "a helper sees the page")
    return [
        spreads.row(f"{name}: kept and nothing", *both)
        for name, both in zip(places, found, strict=True)
    ]


class _Helped:
    """Somebody's page, and the browser of whoever helps them."""

    def __init__(self, name: str) -> None:
        owner, helper = (make_account(email=f"{name}.{who}@example.org") for who in ("me", "you"))
        self.page = start_page(for_someone=False, language="en", user=owner)
        _say(self.page, "call_me", "Jo")
        key = actions.ask(
            profile=self.page, by=owner, name="Dee", email=helper.email, may=Supporter.May.WRITE,
            kept_topics=[],
        )  # fmt: skip
        supporter = Supporter.objects.asked(key).get()
        actions.accept(supporter=supporter, by=helper)
        self.browser = Client()
        self.browser.force_login(helper)
        about = {"ref": supporter.ref, "part": TOPIC.part, "topic": TOPIC.key}
        self.addresses = (
            reverse("supporters:write_together", kwargs=about),
            reverse("door:helping", kwargs={"ref": supporter.ref}),
        )


def _say(page: Profile, topic: str, text: str, *, only_me: bool = False) -> None:
    newest = page.answers.about(topic).first()
    save_answer(
        profile=page,
        topic=load().topic(topic),
        words=Words(text=text, only_me=only_me),
        started_from=newest.number if newest else 0,
    )
