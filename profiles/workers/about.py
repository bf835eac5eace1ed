"""What a worker says of themself on a hello card. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class About:
    """Who a worker is, in their own words. Only the name is needed."""

    name: str
    role: str = ""
    place: str = ""
    enjoys: str = ""
    works: str = ""
    thanked: str = ""
