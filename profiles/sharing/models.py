"""A person's yes, and everything that became of it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, DateTimeField, Exists, F, Max, OuterRef, Q, Value
from django.utils import timezone

from profiles.access.models import OPENINGS
from profiles.accounts.models import User
from profiles.answers.models import Agreed, still_ticked
from profiles.core import addresses, codes
from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.clock import APART
from profiles.core.encrypted_fields import EncryptedTextField
from profiles.pages.models import OfAPage, Profile

MOST_TRIES = 10  # wrong passcodes in the life of one passcode: a chance of 1 in 100,000
MOST_OPEN = 200  # shares of one page, open at once
NO_KEY = "none:"  # then the share's name: where there was a key's digest
SPOKEN_FOR = timedelta(hours=1)  # how long a code works that was read out
# What each kind of digest is about, so that no two columns hold the same one.
A_KEY, A_CODE, A_READER, AN_ADDRESS, A_GUESS, AN_ASKING = (
    "link", "spoken", "reader", "email", "guess", "ask",
)  # fmt: skip


class ShareQuerySet(models.QuerySet["Share"]):
    """Shares, in the words of those who ask for them."""

    def given(self) -> Self:
        """The shares that the person has said yes to."""
        return self.exclude(given_at=None)

    def being_made(self) -> Self:
        """The one that the person is still thinking about, if there is one."""
        return self.filter(given_at=None)

    def named(self, ref: str) -> Self:
        """The share with this name in its person's own addresses."""
        return self.filter(ref=ref)

    def open(self, at: datetime | None = None) -> Self:
        """The shares that show something: given, not stopped, not paused, not over."""
        return self.current(at).filter(paused_at=None)

    def current(self, at: datetime | None = None) -> Self:
        """The shares that are open, or paused and could be opened again.

        What was written down comes before any clock: one whose end was seen is never among them.
        """
        return self.given().filter(stopped_at=None, ended_at=None, ends_at__gt=at or timezone.now())

    def ended(self, at: datetime | None = None) -> Self:
        """The shares that had been stopped, or whose time was over, at this moment."""
        moment = at or timezone.now()
        return self.given().filter(Q(stopped_at__lte=moment) | Q(ends_at__lte=moment))

    def ended_too_soon(self, at: datetime | None = None) -> Self:
        """The shares whose end was seen by another clock, and by this one is still to come."""
        seen = self.given().filter(stopped_at=None, ended_at__isnull=False)
        return seen.filter(ends_at__gt=at or timezone.now())

    def paused_by_restore(self, at: datetime | None = None) -> Self:
        """The shares that we paused after a restore, and whose person has not decided since."""
        return self.current(at).filter(restored_at__isnull=False, paused_at__isnull=False)

    def ran_out(self, at: datetime | None = None) -> Self:
        """The shares whose time is over, and which nobody stopped before that.

        So is that of one for minutes or hours from a clock that ran ahead: it would last on.
        """
        now = at or timezone.now()
        latest = Value(now + APART, DateTimeField()) + F("clinic_link__lasts")
        is_over = Q(ends_at__lte=now) | Q(ended_at__isnull=False) | Q(ends_at__gt=latest)
        return self.given().filter(is_over, stopped_at=None)

    def left(self, before: datetime) -> Self:
        """The shares that somebody began before that moment and said no yes to."""
        return self.being_made().filter(made_at__lt=before)

    def with_a_key(self) -> Self:
        """Without the shares whose key has been let go."""
        return self.exclude(key_digest__startswith=NO_KEY)

    def from_keeper(self) -> Self:
        """The shares that rest on what a keeper decided: its person has not said yes to them."""
        return self.filter(by_keeper=True)

    def not_noted(self) -> Self:
        """Without the shares whose end is written down already, on them and in the ledger."""
        noted = ConsentEvent.objects.filter(share=OuterRef("pk"), kind=ConsentEvent.Kind.EXPIRED)
        return self.filter(Q(ended_at=None) | ~Exists(noted))

    def with_spoken_code(self, code: str, at: datetime | None = None) -> Self:
        """The share that a code opens which was read out a short while ago."""
        now = at or timezone.now()
        until = now + SPOKEN_FOR + APART  # later, and a clock that ran ahead wrote it
        return self.spoken(code).filter(spoken_until__gt=now, spoken_until__lte=until)

    def spoken(self, code: str) -> Self:
        """The share of which this code was read out last, whenever that was."""
        return self.filter(spoken_digest=codes.digest(code, about=A_CODE))

    def spoken_long_ago(self, at: datetime | None = None) -> Self:
        """The shares with a code that was read out, and works no more."""
        return self.filter(spoken_until__lte=at or timezone.now())

    def for_worker(self, user: "User | AnonymousUser") -> Self:
        """The shares with this worker: by account, or by the address they sign in with."""
        if not user.is_authenticated:
            return self.none()
        return self.with_account(user.pk, digest_of_address(user.email))

    def with_account(self, account: int, digest: str) -> Self:
        """The same, by the account's number and the digest of its address."""
        unclaimed = Q(worker=None, worker_digest=digest)
        return self.given().filter(Q(worker_id=account) | unclaimed, kind=Share.Kind.WORKER)

    def claimed(self) -> Self:
        """The shares with a worker who has signed in to read."""
        return self.given().filter(kind=Share.Kind.WORKER, worker__isnull=False)

    def latest_first(self) -> Self:
        """The one given last on top."""
        return self.order_by("-given_at", "-pk")

    def with_looks(self) -> Self:
        """Each with how often its page was opened, and when last: `look_count`, `last_look`."""
        opened = Q(looks__happened__in=OPENINGS)
        return self.annotate(
            look_count=Count("looks", filter=opened),
            last_look=Max("looks__looked_at", filter=opened),
        )

    def with_profile(self, profile: Profile) -> "list[Share]":
        """The rows, each knowing its page: its key is looked up once for all."""
        shares = list(self)
        for share in shares:
            share.profile = profile
        return shares


def digest_of_address(email: str) -> str:
    """How the shares with a worker are found, without their address in the database."""
    return codes.digest(addresses.settled(email), about=AN_ADDRESS)


class Share(OfAPage):
    """A person's yes: to whom, which topics, until when, and what they may do.

    Whether it is open is never stored: it follows from the five moments below and the clock.
    Until `given_at` is set it is only being made, and shows nothing to anybody. `ended_at` is when
    it was first seen that its time is over: from then on it is, whatever any clock says.
    """

    class Kind(models.TextChoices):
        """How the reader gets in."""

        LINK = "link", "whoever has the link"
        WORKER = "worker", "one worker, who signs in"
        CLINIC = "clinic", "the computer of a hospital or clinic"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="shares")
    ref = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LINK)
    reader_name = EncryptedTextField(default="")  # who it is for, in the person's words
    # Whoever keeps the page shared it, by this name, and its person has not said yes to that. Both
    # are null where it is the person's own: with a default, SQLite would make the table anew.
    by_keeper = models.BooleanField(null=True, blank=True)
    keeper_name = EncryptedTextField(null=True)
    worker_email = EncryptedTextField(default="")
    worker_digest = models.CharField(max_length=64, blank=True, db_index=True)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="shares"
    )  # the account that first signed in with that address
    topics = models.JSONField(default=list)  # the keys of what they may see
    kept_topics = models.JSONField(default=list)  # of those, what nobody else is shown: see ticks
    with_photo = models.BooleanField(default=False)
    may_print = models.BooleanField(null=True)  # null: not chosen yet
    layout = models.CharField(max_length=40, blank=True)  # "": as its person has theirs
    key_digest = models.CharField(max_length=64, unique=True)
    key = EncryptedTextField()  # so that its person can see the link again
    passcode = EncryptedTextField(default="")
    passcode_set = models.BooleanField(default=False)  # the passcode is sealed: this can be asked
    # Which passcode this is of those it has had. Null, as above, until it is changed.
    passcode_number = models.PositiveIntegerField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    spoken_digest = models.CharField(max_length=64, blank=True, db_index=True)
    spoken_until = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)  # its link, to its worker
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    # When we paused it, and not its person, since the database was put back from a backup.
    restored_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], condition=Q(given_at=None), name="one_share_being_made"
            ),
            models.CheckConstraint(
                condition=Q(given_at=None) | Q(ends_at__isnull=False, may_print__isnull=False),
                name="a_share_that_is_given_ends",
            ),
            models.CheckConstraint(
                condition=Q(wrong_tries__lte=MOST_TRIES), name="no_more_tries_than_the_most"
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"

    def is_open(self, at: datetime | None = None) -> bool:
        """Does it show anything, as far as this row knows?"""
        return self.is_current(at) and self.paused_at is None

    def is_current(self, at: datetime | None = None) -> bool:
        """Is it open, or paused and could be opened again?"""
        if self.given_at is None or self.ends_at is None or self.stopped_at is not None:
            return False
        return not self.has_lapsed(at)

    def has_lapsed(self, at: datetime | None = None) -> bool:
        """Is the last day over that was chosen for it, or was it once seen to be over?"""
        if self.ended_at is not None:
            return True
        now = at or timezone.now()
        return self.ends_at is not None and (self.ends_at <= now or self._would_last_on(now))

    def _would_last_on(self, now: datetime) -> bool:
        """Was it for minutes or hours, and is it from a clock that ran ahead? See `ran_out`."""
        if self.kind != Share.Kind.CLINIC or self.ends_at is None or self.ends_at <= now + APART:
            return False
        lasts: timedelta | None = getattr(getattr(self, "clinic_link", None), "lasts", None)
        return lasts is not None and self.ends_at > now + APART + lasts

    @property
    def agreed(self) -> Agreed:
        """What it shows, of whose page."""
        kept = self.shown_though_kept
        return Agreed(page=self.profile_id, topics=self.topics, kept_topics=kept)

    @property
    def shown_though_kept(self) -> list[str]:
        """Of what was ticked for this reader alone, what was not opened to others since."""
        return still_ticked(self.profile_id, self.kept_topics)

    @property
    def waits_for_yes(self) -> bool:
        """Did a keeper share it, of a page that its person has taken over since?"""
        return bool(self.by_keeper) and self.profile.owner_id is not None

    @property
    def keeper(self) -> str:
        """By what name a keeper shared it; "" where it is the person's own."""
        return (self.keeper_name or "") if self.by_keeper else ""

    @property
    def is_locked(self) -> bool:
        """Was its passcode tried too often?"""
        return self.passcode_set and self.wrong_tries >= MOST_TRIES


class ConsentEventQuerySet(AppendOnlyQuerySet["ConsentEvent"]):
    """The ledger, in the words of those who ask for it."""

    def with_profile(self, profile: Profile) -> "list[ConsentEvent]":
        """The rows, each knowing its page: its key is looked up once for all."""
        events = list(self)
        for event in events:
            event.profile = profile
        return events

    def in_order(self) -> Self:
        """As they were written, the oldest first: a clock that went back changes no order."""
        return self.order_by("pk")


class ConsentEvent(AppendOnly, OfAPage):
    """One entry of the ledger: what was decided about a share, when and how. Never edited.

    `terms` is what the share said after it; `decided` is how the person decided; `wording` is the
    text they were shown, as they were shown it.
    """

    class Kind(models.TextChoices):
        """What was decided."""

        ASKED = "asked", "a worker asked"
        REFUSED = "refused", "the answer was no"
        GIVEN = "given", "shared"
        CHANGED = "changed", "changed"
        PAUSED = "paused", "paused"
        RESUMED = "resumed", "opened again"
        WITHDRAWN = "withdrawn", "stopped"
        EXPIRED = "expired", "ended by itself"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="consent_events")
    share = models.ForeignKey(
        Share, models.CASCADE, null=True, blank=True, related_name="events"
    )  # none: somebody asked, and there is no share
    ref = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    terms = EncryptedTextField(default="{}")  # JSON, as made by ledger.py
    decided = EncryptedTextField(default="{}")  # JSON, as made by decided.py
    wording = EncryptedTextField(default="")
    wording_version = models.CharField(max_length=12, blank=True)
    wording_language = models.CharField(max_length=12, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)

    objects = ConsentEventQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two runs of `tidy` at once meet here: the second finds that it is noted.
            models.UniqueConstraint(
                fields=["share"], condition=Q(kind="expired"), name="an_end_is_noted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"consent event {self.pk}"


class AskCodeQuerySet(models.QuerySet["AskCode"]):
    """Ask-me codes, in the words of those who ask for them."""

    def of(self, profile: Profile) -> "AskCode | None":
        """The code of this page, if its person has made one."""
        code = self.filter(profile=profile).first()
        if code:
            code.profile = profile
        return code


class AskCode(OfAPage):
    """The code by which a worker may ask to see a page. Without one, nobody can ask."""

    profile = models.OneToOneField(Profile, models.CASCADE, related_name="ask_code")
    code_digest = models.CharField(max_length=64, unique=True)
    code = EncryptedTextField()  # so that its person can see it again
    made_at = models.DateTimeField(default=timezone.now)

    objects = AskCodeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"ask-me code {self.pk}"


class AskQuerySet(models.QuerySet["Ask"]):
    """Askings, in the words of those who ask for them."""

    def waiting(self) -> Self:
        """Those the person has not said yes or no to; the ones put off come last."""
        return self.filter(answer__in=["", Ask.Reply.LATER]).order_by("answer", "asked_at")

    def named(self, ref: str) -> Self:
        """The one with this name in addresses."""
        return self.filter(ref=ref)

    def from_address(self, email: str) -> Self:
        """Those of the worker who signs in with this address."""
        return self.filter(worker__email=addresses.settled(email))

    def with_profile(self, profile: Profile) -> "list[Ask]":
        """The rows, each knowing the page it is about."""
        asks = list(self)
        for ask in asks:
            ask.profile = profile
        return asks


class Ask(OfAPage):
    """A worker's asking to see a page. Only its person sees it; a no looks like silence."""

    class Reply(models.TextChoices):
        """What the person said."""

        YES = "yes", "yes"
        NO = "no", "no"
        LATER = "later", "not now"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="asks")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="asks")
    ref = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    name = EncryptedTextField()
    role = EncryptedTextField(default="")
    place = EncryptedTextField(default="")
    why = EncryptedTextField(default="")
    answer = models.CharField(max_length=6, choices=Reply, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "worker"],
                condition=Q(answer__in=["", "later"]),
                name="one_asking_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"asking {self.pk}"

    @property
    def is_decided(self) -> bool:
        """Did the person say more than "not now"?"""
        return self.answer not in ("", Ask.Reply.LATER)
