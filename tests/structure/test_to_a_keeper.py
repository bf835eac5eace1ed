"""Whoever keeps a page for somebody is never told that it is theirs, nor its words."""

import re
from html import unescape

import pytest

from profiles.permissions import PERMISSIONS, Who
from tests.structure.everybody import Hall

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What is said of the page, its words or its photo, to the person whose they are.
MINE = re.compile(
    r"\byour (?:own )?(?:page|words|photo|answers?)\b|\b(?:can see|see|check|open) my page\b",
    re.IGNORECASE,
)
OF_EVERYBODY = {
    *(f"house:{name}" for name in ("home", "privacy", "help", "help_clinic", "example")),
    "house:accessibility",
}


def seen(page: str) -> str:
    """The words of a page below its bar, without its signature."""
    title = re.search(r"<title>.*?</title>", page, re.DOTALL)
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert title and main
    words = re.sub(r"<script.*?</script>", "", title[0] + main[0], flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", words))


def test_no_page_of_a_keeper_calls_it_their_own(everybody: Hall) -> None:
    found = []
    for name, door in PERMISSIONS.items():
        ours = ":" in name and name not in OF_EVERYBODY
        if (
            ours
            and Who.KEEPER in (door.get or ())
            and not name.startswith(("workers:", "pages:start"))
        ):
            answer = everybody.ask(Who.KEEPER, name, "GET")
            if answer.get("Content-Type", "").startswith("text/html"):
                found += [f"{name}: {each}" for each in MINE.findall(seen(answer.content.decode()))]
    assert found == []
