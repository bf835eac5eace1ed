"""Refuses to start with a broken topic file or pack of pictures, naming the file and the member."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register

from profiles.core import content
from profiles.topics.load import CONTENT, read_all
from profiles.topics.packs import read_packs


@register("topics")
def every_topic_file_is_whole(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every topic file of every language can be used."""
    return broken_files(CONTENT)


@register("pictures")
def every_pack_of_pictures_is_whole(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Every pack of pictures in the settings can be used, and is safe to send."""
    folders = tuple(map(Path, settings.PICTURE_FOLDERS))
    return content.errors_in([folders], "pictures", read_packs)


def broken_files(folder: Path) -> list[CheckMessage]:
    """One error for each problem in the topic files of this folder."""
    return content.errors(folder, "topics", lambda each: read_all(folder, each.name))
