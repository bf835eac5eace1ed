"""What every form asks in which somebody writes an answer: the words, and who may see them."""

from django import forms

from profiles.answers import rules
from profiles.answers.models import LONGEST_ANSWER
from profiles.topics.topic import Topic

FOR_ME = [("no", "It can go on my page"), ("yes", "Only me, for now")]
FOR_SOMEONE = [("no", "It can go on their page"), ("yes", "Only them and me, for now")]
FAR_TOO_LONG = 5 * LONGEST_ANSWER
MOST_ROWS = 2_147_483_646  # under one topic: what the database can number, but for the next


def tidied(text: str) -> str:
    """Words, one thing a line, with nothing taken away but empty space at the ends."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def is_far_too_long(text: str) -> bool:
    """Is it so long that it is not even worth taking apart, line by line?"""
    return len(text.strip()) > FAR_TOO_LONG


def words_under(topic: Topic, typed: str) -> str:
    """The words, one thing a line, with nothing taken away but empty space at the ends.

    Raises ValidationError, with the sentence to show, when they cannot be kept.
    """
    text = typed.strip() if is_far_too_long(typed) else tidied(typed)
    verdict = rules.may_say(topic, text)
    if not verdict:
        raise forms.ValidationError(verdict.reason)
    return text
