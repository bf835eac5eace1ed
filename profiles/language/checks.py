"""Refuses to start with a file of hints that is broken, naming the hint and the member."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, register

from profiles.core import content
from profiles.language.load import CONTENT, read


@register("language")
def every_hint_is_whole(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The hints of every language can be used."""
    return broken_hints(CONTENT)


def broken_hints(folder: Path) -> list[CheckMessage]:
    """One error for each problem in the files of hints in this folder."""
    return content.errors(folder, "language", lambda each: read(each / "hints.toml"))
