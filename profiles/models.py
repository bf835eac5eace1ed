"""Every table, gathered from the rooms, so that Django finds them."""

from profiles.access.models import Look
from profiles.accounts.models import DataKey, User
from profiles.answers.models import Answer, Draft, Edition, Photo, Profile, Tombstone

__all__ = ["Answer", "DataKey", "Draft", "Edition", "Look", "Photo", "Profile", "Tombstone", "User"]
