"""Refuses to start with broken sentences to say yes to, or an address too long for clinic links."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from profiles.core import content
from profiles.sharing.shlink import LONGEST_SITE
from profiles.sharing.wording import CONTENT, read_file


@register("sharing")
def every_sentence_is_there(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The sentences of every language can be used."""
    return broken_sentences(CONTENT)


@register("sharing")
def every_clinic_link_is_short(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """No address at which a clinic takes a page is longer than SMART Health Links allow."""
    if len(settings.SITE_ADDRESS) <= LONGEST_SITE:
        return []
    words = f"SITE_ADDRESS is longer than {LONGEST_SITE} letters, so no clinic could take a page."
    return [Error(words, id="sharing.E101")]


def broken_sentences(folder: Path) -> list[CheckMessage]:
    """One error for each problem in the sentences of this folder."""
    return content.errors(folder, "sharing", lambda each: read_file(each / "consent.toml"))
