"""What changed from one edition to the next, in words."""

from typing import Any

from profiles.pages.models import Profile
from profiles.topics.load import load


def by_edition(page: Profile) -> list[dict[str, Any]]:
    """Each edition, newest first, with a sentence for what was new, changed or taken off."""
    rows: list[dict[str, Any]] = []
    before: dict[str, int] = {}
    photo_before: int | None = None
    for edition in page.editions.order_by("number").prefetch_related("answers"):
        stood = {answer.topic: answer.pk for answer in edition.answers.all()}
        sentences = _sentences(before, stood)
        if edition.photo_id != photo_before:
            sentences.append(f"{_what_became(photo_before, edition.photo_id)}: the photo")
        rows.insert(0, {"edition": edition, "changes": sentences})
        before, photo_before = stood, edition.photo_id
    return rows


def _what_became(before: int | None, now: int | None) -> str:
    if now is None:
        return "Taken off"
    return "New" if before is None else "Changed"


def _sentences(before: dict[str, int], now: dict[str, int]) -> list[str]:
    new = [key for key in now if key not in before]
    gone = [key for key in before if key not in now]
    changed = [key for key in now if key in before and now[key] != before[key]]
    kinds = [("New", new), ("Changed", changed), ("Taken off", gone)]
    return [f"{kind}: {_titles(keys)}" for kind, keys in kinds if keys]


def _titles(keys: list[str]) -> str:
    in_order = [topic.title for key, topic in load().by_key.items() if key in keys]
    return "; ".join(in_order)  # some titles have a comma of their own
