"""Which words may be saved, and how many photos beside them."""

from profiles.answers.models import LONGEST_ANSWER
from profiles.core.verdict import YES, Verdict, no
from profiles.photos.images import MOST_PHOTOS
from profiles.topics.topic import Topic


def may_put_photo(beside_others: int) -> Verdict:
    """May a photo stand beside an answer, where so many others have one?"""
    if beside_others >= MOST_PHOTOS:
        return no(
            f"There are {beside_others} photos beside answers already. That is the most a "
            "page can hold. Choose a picture or none for another answer first. Your words are "
            "still here."
        )
    return YES


def may_say(topic: Topic, text: str) -> Verdict:
    """May these words be saved under this topic? Nothing is ever cut to make them fit."""
    if len(text) > LONGEST_ANSWER:
        return no(
            f"That is {len(text):,} letters. The most we can keep here is {LONGEST_ANSWER:,}. "
            "Your words are still in the box: make them shorter, then save."
        )
    lines = sum(1 for line in text.splitlines() if line.strip())
    if topic.most_lines and lines > topic.most_lines:
        return no(
            f"You wrote {lines} lines here. Choose the {topic.most_lines} that matter most, "
            "so that nobody misses them."
        )
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return no("There is a letter in your words that we cannot keep. Type that part again.")
    return YES
