"""Everything that changes a hello card."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from profiles.accounts.actions import destroy_key, hold_account
from profiles.accounts.models import DataKey, User
from profiles.core.journal import Kind, note
from profiles.photos.images import Crop, crop
from profiles.workers.about import About
from profiles.workers.models import HelloCard


class CardMoved(Exception):
    """Another window has changed the card since this one was opened."""


@transaction.atomic
def save_card(*, worker: User, about: About, seen: str = "") -> HelloCard:
    """Keep what a worker says of themself. The first time makes the card, and its key.

    `seen` is the mark of the card that their window showed, or "" for none. Raises CardMoved where
    the card says something else by now: that would be lost. Pressed twice, it is one press.
    """
    words = asdict(about)
    hold_account(user=worker)
    card = HelloCard.objects.of(worker)
    if card is None:
        return HelloCard.objects.create(worker=worker, data_key=DataKey.make(), **words)
    if card.about != about and card.mark != seen:
        raise CardMoved
    for name, value in words.items():
        setattr(card, name, value)
    card.save(update_fields=list(words))
    return card


def add_photo(*, card: HelloCard, whole: bytes, alt: str) -> None:
    """Put a photo that we took in on the card: the square in its middle.

    Raises HelloCard.DoesNotExist if the card was deleted meanwhile.
    """
    _set_photo(card, crop(whole, Crop.MIDDLE), alt)


def remove_photo(*, card: HelloCard) -> None:
    """Take the photo off the card. Raises HelloCard.DoesNotExist if the card was deleted."""
    _set_photo(card, b"", "")


@transaction.atomic
def delete_card(*, card: HelloCard) -> None:
    """Delete a card, and the key that could read it. Nobody is shown it any more.

    Raises HelloCard.DoesNotExist if another window was faster.
    """
    now = _held(card)
    key = now.data_key
    note(Kind.CARD, now.ref, deleted=True)
    now.delete()
    destroy_key(key=key)


@transaction.atomic
def _set_photo(card: HelloCard, photo: bytes, alt: str) -> None:
    now = _held(card)
    if now.photo:
        note(Kind.CARD, now.ref, deleted=False)
    now.photo, now.photo_alt = photo, alt
    now.save(update_fields=["photo", "photo_alt"])


def again(*, ref: str, says: dict[str, Any]) -> None:
    """After a restore: delete a card that was deleted since, or take off a photo that was."""
    card = HelloCard.objects.named(ref).select_related("data_key", "worker").first()
    if card and says["deleted"]:
        delete_card(card=card)
    elif card and card.photo:
        remove_photo(card=card)


def _held(card: HelloCard) -> HelloCard:
    """The card as it is now, held with its account."""
    hold_account(user=card.worker)
    return HelloCard.objects.select_related("data_key").get(pk=card.pk)
