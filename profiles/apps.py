"""The one app of ours; its rooms are described in DEVELOPERS.md."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Tell It Once."""

    name = "profiles"
    verbose_name = "Tell It Once"

    def ready(self) -> None:
        from profiles.topics import checks  # noqa: F401  (registers the check on the topic files)
