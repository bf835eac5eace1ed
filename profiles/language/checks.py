"""Refuses to start with a broken file of hints or dangers, naming the row and the member."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, register

from profiles.core import content
from profiles.language import danger
from profiles.language.load import CONTENT, read


@register("language")
def every_hint_is_whole(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The hints and the dangers of every language can be used."""
    return [*broken_hints(CONTENT), *broken_dangers(CONTENT)]


def broken_hints(folder: Path) -> list[CheckMessage]:
    """One error for each problem in the files of hints in this folder."""
    return content.errors(folder, "language", lambda each: read(each / "hints.toml"))


def broken_dangers(folder: Path) -> list[CheckMessage]:
    """The same for the files of dangers. A language may go without one."""
    files = sorted(folder.glob("*/danger.toml"))
    return content.errors_in(files, "language", danger.read)
