"""What workers give back: a hello card of their own, and promises with a day."""

import json
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from profiles.access.models import Look
from profiles.accounts.models import DataKey, User
from profiles.core import codes
from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.encrypted_fields import EncryptedField, EncryptedTextField
from profiles.pages.models import OfAPage, Profile
from profiles.sharing.models import Share, ShareQuerySet
from profiles.workers.about import About

CARD_SEEN = "hello card seen"
MOST_OPEN = 20  # promises through one share that the person has not answered


class HelloCardQuerySet(models.QuerySet["HelloCard"]):
    """Hello cards, in the words of those who ask for them."""

    def of(self, worker: User) -> "HelloCard | None":
        """The card of this account, if it has made one."""
        return self.select_related("data_key").filter(worker=worker).first()

    def shown_to(self, profile: Profile) -> Self:
        """The cards of workers who signed in to read this page, or who chose to show theirs here.

        Nobody finds any other card, whatever they type.
        """
        return self._of(Share.objects.filter(profile=profile))

    def shown_through_share(self, share: Share) -> Self:
        """The cards of those who came in by this share."""
        return self._of(Share.objects.filter(pk=share.pk))

    def _of(self, shares: ShareQuerySet) -> Self:
        named = Q(worker__in=shares.claimed().values("worker"))
        chosen = Q(pk__in=shares.given().values("hello_cards"))
        return self.filter(named | chosen).select_related("data_key")

    def named(self, ref: str) -> Self:
        """The card with this name in addresses."""
        return self.filter(ref=ref)

    def in_order(self) -> Self:
        """The one made first on top."""
        return self.order_by("made_at", "pk")


class HelloCard(models.Model):
    """A short page that a worker keeps about themself. It has a key of its own.

    The key goes with the card, and the card with the account.
    """

    worker = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="hello_card"
    )
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="hello_card")
    ref = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    name = EncryptedTextField()
    role = EncryptedTextField(default="")
    place = EncryptedTextField(default="")
    enjoys = EncryptedTextField(default="")
    works = EncryptedTextField(default="")
    thanked = EncryptedTextField(default="")
    photo = EncryptedField(default=b"")  # a square JPEG at print size, remade by us
    photo_alt = EncryptedTextField(default="")
    shown_through = models.ManyToManyField(Share, related_name="hello_cards", blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = HelloCardQuerySet.as_manager()

    def __str__(self) -> str:
        return f"hello card {self.pk}"

    def show_through(self, share: Share) -> None:
        """Let the person see it beside this share. If it was deleted meanwhile, nobody sees it."""
        now = HelloCard.objects.select_for_update().filter(pk=self.pk).only("pk").first()
        if now:
            now.shown_through.add(share)

    def sealing_key(self) -> DataKey:
        return self.data_key

    @property
    def about(self) -> About:
        """What the worker says of themself."""
        return About(**{field.name: getattr(self, field.name) for field in fields(About)})

    @property
    def mark(self) -> str:
        """What a form carries for the words that it began with."""
        return codes.digest(json.dumps(asdict(self.about)), about=CARD_SEEN)

    def shares_with(self, profile: Profile) -> ShareQuerySet:
        """By which shares this page is open to the worker now, and they are known by this card."""
        known = Q(kind=Share.Kind.WORKER, worker=self.worker_id) | Q(hello_cards=self)
        return Share.objects.open().filter(known, profile=profile).distinct()


class PromiseQuerySet(AppendOnlyQuerySet["Promise"]):
    """Promises, in the words of those who ask for them."""

    def named(self, ref: str) -> Self:
        """The promise with this name in addresses."""
        return self.filter(ref=ref)

    def open(self) -> Self:
        """Those of which the person has not said what became of them."""
        return self.filter(~Exists(PromiseEvent.objects.answers().filter(promise=OuterRef("pk"))))

    def through(self, share: Share) -> Self:
        """Those that were made by readers of this share."""
        return self.filter(look__share=share)

    def made_by(self, worker: User) -> Self:
        """Those of this account."""
        return self.filter(maker__worker=worker)

    def due_on(self, day: date) -> Self:
        """Those that were promised by this day."""
        return self.filter(by_day=day)

    def due_from(self, day: date) -> Self:
        """Those that were promised by this day, or by a later one."""
        return self.filter(by_day__gte=day)

    def sorry_since(self, moment: datetime) -> Self:
        """Those for which somebody said sorry after this moment."""
        return self.filter(events__kind=PromiseEvent.Kind.SORRY, events__happened_at__gt=moment)

    def to_remind_of(self, day: date) -> Self:
        """Those for this day that are open, and of which no email has been sent."""
        reminded = PromiseEvent.objects.filter(
            promise=OuterRef("pk"), kind=PromiseEvent.Kind.REMINDED
        )
        return self.due_on(day).open().filter(~Exists(reminded))

    def soonest_first(self) -> Self:
        """The one that is due next on top."""
        return self.order_by("by_day", "pk")

    def latest_first(self) -> Self:
        """The one that is due last on top."""
        return self.order_by("-by_day", "-pk")

    def whole(self) -> Self:
        """Each with the line of the log that holds its words, its share, and who made it."""
        return self.select_related("look__share", "maker").prefetch_related("events__look")

    def with_page(self) -> Self:
        """The same, each with its page and that page's key."""
        return self.whole().select_related("look__share", "profile__data_key")

    def with_profile(self, profile: Profile) -> "list[Promise]":
        """The rows, each knowing its page: its key is looked up once for all."""
        promises = list(self)
        for promise in promises:
            promise.know(profile)
        return promises


class Promise(AppendOnly, OfAPage):
    """Something that a reader promised to do, and the day by which. It is never changed.

    Who promised, and in which words, stands in the line of the log that came with it. It points to
    no account: see PromiseMaker.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="promises")
    look = models.OneToOneField(Look, models.CASCADE, related_name="promise")
    ref = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    by_day = models.DateField()

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["by_day"], name="promises_of_a_day")]

    def __str__(self) -> str:
        return f"promise {self.pk}"

    @property
    def said(self) -> "PromiseEvent.Kind | None":
        """What the person said last of what became of it, by no clock; None until they have."""
        answers = [event for event in self.events.all() if event.kind in PromiseEvent.ANSWERS]
        if not answers:
            return None
        return PromiseEvent.Kind(max(answers, key=lambda said: said.pk).kind)

    @property
    def sorry(self) -> "PromiseEvent | None":
        """The sorry that was said for it, if one was."""
        found = (event for event in self.events.all() if event.kind == PromiseEvent.Kind.SORRY)
        return next(found, None)

    def know(self, profile: Profile) -> None:
        """Take this page in hand, here and in everything that is told of the promise."""
        self.profile = self.look.profile = profile
        if self.look.share:
            self.look.share.profile = profile
        for event in self.events.all():
            if event.look:
                event.look.profile = profile


class PromiseMaker(models.Model):
    """Which account made a promise. It goes when the account goes; the promise stays.

    It stands apart because a promise never changes, not even to forget who made it.
    """

    promise = models.OneToOneField(Promise, models.CASCADE, related_name="maker")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="made")

    def __str__(self) -> str:
        return f"maker of promise {self.promise_id}"


class PromiseEventQuerySet(AppendOnlyQuerySet["PromiseEvent"]):
    """What became of promises, in the words of those who ask for it."""

    def answers(self) -> Self:
        """What the person said became of it."""
        return self.filter(kind__in=PromiseEvent.ANSWERS)


class PromiseEvent(AppendOnly, OfAPage):
    """What became of a promise, each time somebody said so; and that its maker was reminded."""

    class Kind(models.TextChoices):
        """What happened."""

        DONE = "done", "done"
        LATE = "late", "done, but late"
        NOT_DONE = "not_done", "not done"
        SORRY = "sorry", "said sorry"
        REMINDED = "reminded", "reminded"

    ANSWERS = (Kind.DONE, Kind.LATE, Kind.NOT_DONE)

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="promise_events")
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind)
    look = models.OneToOneField(
        Look, models.CASCADE, null=True, blank=True, related_name="promise_event"
    )  # the line of the log that holds a sorry
    happened_at = models.DateTimeField(default=timezone.now)

    objects = PromiseEventQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two runs of `tidy` at once, and two presses of a button, meet here.
            models.UniqueConstraint(
                fields=["promise", "kind"],
                condition=Q(kind__in=["sorry", "reminded"]),
                name="one_sorry_and_one_reminder",
            ),
        ]

    def __str__(self) -> str:
        return f"promise event {self.pk}"
