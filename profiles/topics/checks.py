"""Refuses to start with a topic file that is broken, naming the file and the member."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, register

from profiles.core import content
from profiles.topics.load import CONTENT, read_all


@register("topics")
def every_topic_file_is_whole(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every topic file of every language can be used."""
    return broken_files(CONTENT)


def broken_files(folder: Path) -> list[CheckMessage]:
    """One error for each problem in the topic files of this folder."""
    return content.errors(folder, "topics", lambda each: read_all(folder, each.name))
