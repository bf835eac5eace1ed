"""The one app of ours; its rooms are described in DEVELOPERS.md."""

from django.apps import AppConfig
from django.urls import register_converter

from profiles.core.converters import Piece, Pieces


class ProfilesConfig(AppConfig):
    """Tell It Once."""

    name = "profiles"
    verbose_name = "Tell It Once"

    def ready(self) -> None:
        register_converter(Piece, "piece")
        register_converter(Pieces, "pieces")
        # Each registers its check on the files of words.
        from profiles.language import checks as of_hints  # noqa: F401
        from profiles.sharing import checks as of_shares  # noqa: F401
        from profiles.sheet import checks as of_layouts  # noqa: F401
        from profiles.supporters import checks as of_helpers  # noqa: F401
        from profiles.topics import checks as of_topics  # noqa: F401
