"""Refuses to start with a topic file that is broken, naming the file and the member."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register

from profiles.topics.load import CONTENT, BrokenTopics, read_all


@register("topics")
def every_topic_file_is_whole(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every topic file of every language can be used."""
    return broken_files(CONTENT)


def broken_files(content: Path) -> list[CheckMessage]:
    """One error for each problem in the topic files of this folder."""
    errors: list[CheckMessage] = []
    for language in sorted(path.name for path in content.iterdir() if path.is_dir()):
        try:
            read_all(content, language)
        except BrokenTopics as broken:
            errors += [
                Error(problem.says, obj=problem.place, id=f"topics.{problem.code}")
                for problem in broken.problems
            ]
    return errors
