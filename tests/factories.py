"""People, pages and answers for tests: plain functions with good defaults."""

from typing import Any

from profiles.accounts.actions import make_account
from profiles.accounts.models import User
from profiles.answers import actions
from profiles.answers.actions import Words
from profiles.answers.models import Answer, Profile
from profiles.topics.load import load


def make_user(email: str = "ana@example.org") -> User:
    return make_account(email=email)


def make_page(owner: User | None = None, **said: str) -> Profile:
    """A page; each keyword is a topic and what is said under it."""
    page = actions.start_page(for_someone=False, language="en", user=owner)
    for topic, text in said.items():
        say(page, topic, text)
    return page


def say(page: Profile, topic: str, text: str, **kept: Any) -> Answer | None:
    """Save words under a topic, after whatever was said there last."""
    newest = page.answers.about(topic).first()
    return actions.save_answer(
        profile=page,
        topic=load().topic(topic),
        words=Words(text=text, **kept),
        started_from=newest.number if newest else 0,
    )


def texts(page: Profile, topic: str) -> list[str]:
    """Everything ever saved under a topic, oldest first."""
    return [answer.text for answer in page.answers.about(topic).in_hand(page)][::-1]
