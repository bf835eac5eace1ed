"""How the person decided, and what has to be written down about it.

Three ways, after the Mental Capacity Act 2005 (England and Wales): by themself, with help, or
decided for them. The last is never called consent: it says who decided, by what right, who was
asked, and what the person showed they want.

Whoever keeps a page for somebody has two ways: they were told yes, or they decide for the person.
Neither is called consent: what a keeper was told is what the keeper says.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from django.utils.formats import date_format

from profiles.core.stops import ended


class Mode(StrEnum):
    """Who decided."""

    ME = "me"
    HELPED = "helped"
    FOR_ME = "for_me"
    TOLD = "told"  # whoever keeps the page says that the person told them yes


NEVER_A_KEEPERS: Final = {Mode.ME, Mode.HELPED}  # only the person can say these

HELP = {
    "read": "They read it to me",
    "pictures": "They used pictures or signs",
    "time": "They gave me time",
    "talked": "They talked it through with me",
    "interpreter": "They put it into my language",
}
SHOWN = {
    "said": "I said it",
    "signed": "I signed it with my hands",
    "pointed": "I pointed, or looked at it",
    "pressed": "I pressed the button",
}
THEY_HELP = {  # the same as HELP and SHOWN, as whoever keeps the page says it
    "read": "I read it to them",
    "pictures": "I used pictures or signs",
    "time": "I gave them time",
    "talked": "I talked it through with them",
    "interpreter": "Somebody put it into their language",
}
THEY_SHOWED = {
    "said": "They said it",
    "signed": "They signed it with their hands",
    "pointed": "They pointed, or looked at it",
    "pressed": "They pressed the button",
}
AUTHORITY = {
    "attorney": "A lasting power of attorney for health and welfare",
    "deputy": "A deputy for health and welfare, named by the court",
    "best_interests": "A best-interests decision",
    "parent": "Parental responsibility, for somebody under 16",
}


@dataclass(frozen=True, kw_only=True)
class Decided:
    """How one decision was made. What does not belong to its mode is empty."""

    mode: Mode
    helper: str = ""  # with help: who helped
    help: tuple[str, ...] = ()  # keys of HELP, or of THEY_HELP
    shown: str = ""  # a key of SHOWN, or of THEY_SHOWED: how the yes was given
    authority: str = ""  # decided for them: a key of AUTHORITY
    reference: str = ""
    decided_by: str = ""  # for them: who; told: the name of whoever keeps the page
    asked: str = ""  # who else was asked
    person_showed: str = ""  # what the person showed that they want
    can_object: str = ""  # how the person can say no
    review_on: date | None = None

    def as_json(self) -> str:
        """What the ledger keeps."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """A decision as the ledger kept it; None where there was none to make."""
        kept: dict[str, Any] = json.loads(text)
        if not kept:
            return None
        review = kept.pop("review_on", None)
        return cls(
            **kept
            | {
                "mode": Mode(kept["mode"]),
                "help": tuple(kept.get("help", ())),
                "review_on": date.fromisoformat(review) if review else None,
            }
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The decision in words, for the person and for whoever they show it to."""
        match self.mode:
            case Mode.ME:
                return ("I decided.",)
            case Mode.HELPED:
                return (
                    ended(f"I decided, with help from {self.helper}"),
                    *(f"{HELP[key]}." for key in self.help),
                    f"How I said yes: {SHOWN[self.shown].lower().replace('i ', 'I ', 1)}.",
                )
            case Mode.TOLD:
                return (
                    f"{self.decided_by} decided, and says that the person told them yes.",
                    *(f"{self.decided_by} says: {THEY_HELP[key]}." for key in self.help),
                    f"{self.decided_by} says: {THEY_SHOWED[self.shown]}.",
                )
            case Mode.FOR_ME:
                return tuple(self._decided_for_them())

    def _decided_for_them(self) -> list[str]:
        right = AUTHORITY[self.authority]
        again = date_format(self.review_on, "j F Y") if self.review_on else ""
        if self.authority == "best_interests":
            first = ended(f"It was decided in best interests, by {self.decided_by}")
        else:
            by = ended(f"It was decided by {self.decided_by}")
            first = f"{by} The right to decide: {right.lower()}."
        return [
            first,
            *([ended(f"Reference: {self.reference}")] if self.reference else []),
            ended(f"Who was asked: {self.asked}"),
            ended(f"What the person showed that they want: {self.person_showed}"),
            ended(f"How the person can say no: {self.can_object}"),
            *([f"To be looked at again on {again}."] if again else []),
        ]
