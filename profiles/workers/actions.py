"""Everything that changes a hello card."""

from dataclasses import asdict

from django.db import IntegrityError, transaction

from profiles.accounts.actions import destroy_key
from profiles.accounts.models import DataKey, User
from profiles.photos.images import Crop, crop
from profiles.workers.about import About
from profiles.workers.models import HelloCard


@transaction.atomic
def save_card(*, worker: User, about: About) -> HelloCard:
    """Keep what a worker says of themself. The first time makes the card, and its key."""
    words = asdict(about)
    card = HelloCard.objects.of(worker)
    if card is None:
        try:
            with transaction.atomic():
                return HelloCard.objects.create(worker=worker, data_key=DataKey.make(), **words)
        except IntegrityError:  # made in another window at the same moment
            card = HelloCard.objects.select_related("data_key").get(worker=worker)
    for name, value in words.items():
        setattr(card, name, value)
    card.save(update_fields=list(words))
    return card


def add_photo(*, card: HelloCard, whole: bytes, alt: str) -> None:
    """Put a photo that we took in on the card: the square in its middle."""
    card.photo, card.photo_alt = crop(whole, Crop.MIDDLE), alt
    card.save(update_fields=["photo", "photo_alt"])


def remove_photo(*, card: HelloCard) -> None:
    """Take the photo off the card."""
    card.photo, card.photo_alt = b"", ""
    card.save(update_fields=["photo", "photo_alt"])


@transaction.atomic
def delete_card(*, card: HelloCard) -> None:
    """Delete a card, and the key that could read it. Nobody is shown it any more."""
    key = card.data_key
    card.delete()
    destroy_key(key=key)
