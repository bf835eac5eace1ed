"""Refuses to start with a layout that is broken, naming the file and the member."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register

from profiles.core import content
from profiles.sheet.catalogue import read_folder


@register("layouts")
def every_layout_is_whole(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every layout in every folder of the settings can be used."""
    return content.errors_in(map(Path, settings.LAYOUT_FOLDERS), "layouts", read_folder)
