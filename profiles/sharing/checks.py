"""Refuses to start with broken sentences to say yes to, naming the sentence."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, register

from profiles.core import content
from profiles.sharing.wording import CONTENT, read_file


@register("sharing")
def every_sentence_is_there(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The sentences of every language can be used."""
    return broken_sentences(CONTENT)


def broken_sentences(folder: Path) -> list[CheckMessage]:
    """One error for each problem in the sentences of this folder."""
    return content.errors(folder, "sharing", lambda each: read_file(each / "consent.toml"))
