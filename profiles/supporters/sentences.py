"""What is said about supporters and their suggestions, in words."""

from typing import Any, Final

from profiles.sharing.decided import Decided
from profiles.sharing.wording import titles
from profiles.supporters.models import Decision, Suggestion, Supporter
from profiles.topics.load import load

MAY: Final = {
    Supporter.May.SEE: "Can see your page.",
    Supporter.May.SUGGEST: "Can see your page and suggest words.",
    Supporter.May.WRITE: "Can see your page, suggest words, and write with you.",
}
I_MAY: Final = {
    Supporter.May.SEE: "You can see their page.",
    Supporter.May.SUGGEST: "You can see their page and suggest words.",
    Supporter.May.WRITE: "You can see their page, suggest words, and write with them.",
}
FOR_THEM: Final = {  # to the supporter; a "not now" looks like silence, and a reason is not asked
    "": "Not answered yet.",
    Suggestion.Reply.LATER: "Not answered yet.",
    Suggestion.Reply.USED: "Your words were used.",
    Suggestion.Reply.KEPT: "They kept their own words.",
    Suggestion.Reply.CHANGED: "They wrote it in their own way.",
}
FOR_ME: Final = {
    "": "",
    Suggestion.Reply.LATER: "You said: not now.",
    Suggestion.Reply.USED: "You used their words.",
    Suggestion.Reply.KEPT: "You kept your own words.",
    Suggestion.Reply.CHANGED: "You wrote it in your own way.",
}


def row(supporter: Supporter) -> dict[str, Any]:
    """One supporter, for the person."""
    return {
        "supporter": supporter,
        "may": MAY[Supporter.May(supporter.may)],
        "kept": titles(supporter.shown_though_kept),
        "state": state(supporter),
        "asks": supporter.given_at is None,
    }


def state(supporter: Supporter) -> dict[str, str]:
    """How it stands, in a word."""
    if supporter.ended_at:
        return {"word": "Stopped", "kind": "todo"}
    if supporter.given_at is None:
        return {"word": "Waits for your yes", "kind": "new"}
    if supporter.accepted_at is None:
        old = supporter.did_not_answer()
        return {"word": "Did not answer" if old else "Not answered yet", "kind": "todo"}
    if supporter.user_id is None:  # it went before we ended their help with it
        return {"word": "Their account is gone", "kind": "todo"}
    return {"word": "Helps you", "kind": "done"}


def offered(suggestion: Suggestion) -> dict[str, Any]:
    """One suggestion, for the person or for whoever made it."""
    return {
        "suggestion": suggestion,
        "who": suggestion.supporter.name,
        "topic": load().topic(suggestion.topic),
        "for_me": FOR_ME[suggestion.answer],
        "for_them": FOR_THEM[suggestion.answer],
    }


def decision(written: Decision) -> dict[str, Any]:
    """What was written down about a decision, in sentences."""
    decided = Decided.from_json(written.decided)
    return {"decision": written, "sentences": decided.sentences if decided else ()}
