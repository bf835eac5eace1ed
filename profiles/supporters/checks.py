"""Refuses to start with broken sentences about helpers, naming the sentence."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, register

from profiles.core import content
from profiles.supporters.wording import CONTENT, read_file


@register("supporters")
def every_sentence_about_helpers_is_there(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """The sentences of every language can be used."""
    return broken_sentences(CONTENT)


def broken_sentences(folder: Path) -> list[CheckMessage]:
    """One error for each problem in the sentences of this folder."""
    return content.errors(folder, "supporters", lambda each: read_file(each / "helpers.toml"))
