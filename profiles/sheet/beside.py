"""The pictures beside answers: none, or how large."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Pictures = Literal["none", "usual", "large"]


@dataclass(frozen=True, kw_only=True)
class PictureChoice:
    """One way to have pictures on a page."""

    key: Pictures
    title: str
    lead: str


PICTURES: Final[Mapping[str, PictureChoice]] = MappingProxyType(
    {
        each.key: each
        for each in (
            PictureChoice(key="usual", title="Small pictures", lead="One beside each answer."),
            PictureChoice(
                key="large",
                title="Large pictures",
                lead="For whoever looks at pictures first. They take more room.",
            ),
            PictureChoice(
                key="none",
                title="No pictures",
                lead="There is more room for words. Photos of your own stay.",
            ),
        )
    }
)
