"""Refuses to start with a file of hints that is broken, naming the hint and the member."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register

from profiles.language.load import CONTENT, BrokenHints, read


@register("language")
def every_hint_is_whole(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The hints of every language can be used."""
    return broken_hints(CONTENT)


def broken_hints(content: Path) -> list[CheckMessage]:
    """One error for each problem in the files of hints in this folder."""
    errors: list[CheckMessage] = []
    for folder in sorted(path for path in content.iterdir() if path.is_dir()):
        try:
            read(folder / "hints.toml")
        except BrokenHints as broken:
            errors += [Error(says, obj=folder.name, id="language.E001") for says in broken.problems]
    return errors
