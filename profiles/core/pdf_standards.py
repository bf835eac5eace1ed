"""The standards that our PDFs can keep, so that they can be read aloud. One at a time."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

UA_1: Final = "ua-1"
UA_2: Final = "ua-2"
STANDARDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        UA_1: "PDF/UA-1, the usual one",
        UA_2: "PDF/UA-2, which is newer, with Well-Tagged PDF",
    }
)
