"""Words in another language are said to be in it: a voice that reads out takes that language's."""

from html.parser import HTMLParser

import pytest

from profiles.supporters.suggestion_actions import suggest
from tests.factories import begin_share, make_page, make_supporter, say, signed_in

pytestmark = pytest.mark.django_db
TEA = "الشاي"
WITHOUT_AN_END = {"img", "input", "br", "meta", "link"}
PAGES = [
    "/me/",
    "/me/matters/",
    "/me/matters/?order=yes",
    "/me/matters/important/",
    "/me/safe/ring_first/",
    "/me/sharing/new/what/",
    "/me/suggestions/{ref}/",
    "/me/suggestions/{ref}/my-way/",
]


class Languages(HTMLParser):
    """The language of each piece of somebody's words; of what is only a button's name, none."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.above: list[tuple[str, str]] = []
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or (self.above[-1][1] if self.above else "")
        if TEA in (given.get("value") or ""):
            self.found.append(language)
        if tag not in WITHOUT_AN_END:
            self.above.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.above and self.above.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if TEA in data and not {"button", "title"} & {tag for tag, _ in self.above}:
            self.found.append(self.above[-1][1])


def test_words_are_said_to_be_in_their_language(ana, sister, topic_important):
    page = make_page(ana)
    page.language = "ar"
    page.save()
    say(page, "important", f"أحب {TEA} أولا\nثم نتحدث")
    say(page, "ring_first", f"{TEA}, أختي, 07700 900123, ليلا")
    begin_share(page)
    helper = make_supporter(page, sister)
    offered = suggest(supporter=helper, topic=topic_important, text=TEA, why="")
    browser = signed_in(ana)
    for address in PAGES:
        answer = browser.get(address.format(ref=offered.ref))
        found = Languages(answer.content.decode()).found
        assert found, address
        assert {*found} == {"ar"}, address
