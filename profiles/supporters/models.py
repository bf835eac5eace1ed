"""The people who help somebody write, what they suggest, and how something was decided."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from profiles.access.models import Look
from profiles.accounts.models import User
from profiles.answers.models import Agreed, still_ticked
from profiles.core import codes
from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.clock import APART
from profiles.core.encrypted_fields import EncryptedTextField
from profiles.pages.models import OfAPage, Profile
from profiles.sharing.models import NO_KEY, digest_of_address

MOST_SUPPORTERS = 20  # of one page, at one time
MOST_WAITING = 50  # suggestions of one supporter that the person has not answered
ASKED_FOR = timedelta(days=30)  # how long an invitation can be answered
# What a digest is about: see codes.digest.
AN_INVITATION, A_HANDING, A_DECISION = "invitation", "handing", "decision"


class SupporterQuerySet(models.QuerySet["Supporter"]):
    """Supporters, in the words of those who ask for them."""

    def current(self) -> Self:
        """Those who help, were asked to, or ask to go on helping: nobody has ended it."""
        return self.filter(ended_at=None)

    def helping(self) -> Self:
        """Those who help today: the person said yes, and so did they."""
        return self.current().filter(
            given_at__isnull=False, accepted_at__isnull=False, user__isnull=False
        )

    def not_given(self) -> Self:
        """Those who kept the page before, and have not been let help since."""
        return self.filter(given_at=None)

    def who_kept(self, user: User | AnonymousUser) -> Self:
        """The pages that this account kept, and whose person took them over and has not yet said
        whether it goes on helping.
        """
        return self.current().not_given().filter(user=user if user.is_authenticated else None)

    def of(self, user: User | AnonymousUser) -> Self:
        """The people whom this account helps today, but for those whose account is closed."""
        if not user.is_authenticated:
            return self.none()
        of_closed = Q(profile__owner__is_active=False) | Q(profile__kept_by__is_active=False)
        mine = self.helping().filter(user=user).exclude(of_closed)
        return mine.select_related("profile__data_key")

    def not_any_more(self, user: User) -> Self:
        """Whom this account helped, until it stopped or was stopped."""
        return self.filter(user=user).exclude(ended_at=None)

    def named(self, ref: str) -> Self:
        """The one with this name in addresses."""
        return self.filter(ref=ref)

    def asked(self, key: str, at: datetime | None = None) -> Self:
        """The one whom an invitation with this key asks, while it can be answered."""
        now = at or timezone.now()
        lately = self.current().filter(invited_at__gt=now - ASKED_FOR, invited_at__lte=now + APART)
        return lately.with_key(key).filter(accepted_at=None)

    def with_key(self, key: str) -> Self:
        """The one to whom an invitation with this key was sent."""
        return self.filter(key_digest=codes.digest(key, about=AN_INVITATION))

    def not_answered(self, at: datetime | None = None) -> Self:
        """Those who were asked so long ago that the invitation is over, and had not answered.

        So is one from a clock that ran ahead: it could be answered for as much too long.
        """
        now = at or timezone.now()
        is_over = Q(invited_at__lte=now - ASKED_FOR) | Q(invited_at__gt=now + APART)
        return self.current().filter(is_over, given_at__isnull=False, accepted_at=None)

    def with_a_key(self) -> Self:
        """Without those whose invitation was once seen to be over: nobody can answer it again."""
        return self.exclude(key_digest__startswith=NO_KEY)

    def with_address(self, email: str) -> Self:
        """Those who were asked at this address."""
        return self.filter(email_digest=digest_of_address(email))

    def waits_for(self, digest: str, since: datetime, until: datetime) -> Self:
        """Those of an address who were asked between these moments, and have not answered."""
        asked = self.current().with_a_key().filter(email_digest=digest, accepted_at=None)
        return asked.filter(invited_at__gt=since, invited_at__lte=until)

    def latest_first(self) -> Self:
        """The one asked last on top."""
        return self.order_by("-invited_at", "-pk")

    def leave(self) -> None:
        """Their account is deleted: whoever of them helps, or was asked to, stops with it."""
        from profiles.supporters.actions import gone  # it is made of what stands here

        for supporter in self.current().select_related("profile__data_key").order_by("profile"):
            gone(supporter=supporter)

    def with_profile(self, profile: Profile) -> "list[Supporter]":
        """The rows, each knowing its page: its key is looked up once for all."""
        supporters = list(self)
        for supporter in supporters:
            supporter.profile = profile
        return supporters


class Supporter(OfAPage):
    """Somebody who helps a person with their page, and what the person lets them do.

    Whether they help now is never stored: it takes the person's yes, their own, and no end.
    """

    class May(models.TextChoices):
        """What they may do; each includes the one before it."""

        SEE = "see", "see the page"
        SUGGEST = "suggest", "suggest words"
        WRITE = "write", "write together with the person"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="supporters")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="helping"
    )  # none: they have not said yes yet, or their account is gone
    ref = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    name = EncryptedTextField()  # what the person calls them: "my sister Dee"
    email = EncryptedTextField()
    email_digest = models.CharField(max_length=64, db_index=True)
    may = models.CharField(max_length=8, choices=May)
    kept_topics = models.JSONField(default=list)  # what nobody else is shown: see ticks
    # The person's yes to their own name in the invitation, and to this one in emails to them.
    names_in_emails = models.BooleanField(default=False)
    key_digest = models.CharField(max_length=64, unique=True)  # of the invitation's link
    invited_at = models.DateTimeField(default=timezone.now)
    given_at = models.DateTimeField(null=True, blank=True)  # the person said yes
    accepted_at = models.DateTimeField(null=True, blank=True)  # they said yes
    ended_at = models.DateTimeField(null=True, blank=True)
    # Their newest look at the page: the log copies their name, and points to nobody.
    last_look = models.ForeignKey(Look, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SupporterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "email_digest"],
                condition=Q(ended_at=None),
                name="a_supporter_is_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"supporter {self.pk}"

    @property
    def agreed(self) -> Agreed:
        """What they may see, of whose page."""
        kept = self.shown_though_kept
        return Agreed(page=self.profile_id, topics=None, kept_topics=kept)

    @property
    def shown_though_kept(self) -> list[str]:
        """Of what was ticked for them alone, what was not opened to others since."""
        return still_ticked(self.profile_id, self.kept_topics)

    def did_not_answer(self, at: datetime | None = None) -> bool:
        """Is their invitation over, by the clock or as somebody has seen it before?"""
        if self.key_digest.startswith(NO_KEY):
            return True
        now = at or timezone.now()
        return not now - ASKED_FOR < self.invited_at <= now + APART

    @property
    def may_suggest(self) -> bool:
        """May they suggest words?"""
        return self.may in {self.May.SUGGEST, self.May.WRITE}

    @property
    def may_write(self) -> bool:
        """May they write together with the person?"""
        return self.may == self.May.WRITE


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions, in the words of those who ask for them."""

    def waiting(self) -> Self:
        """Those the person has not decided about; the ones put off come last."""
        undecided = ["", Suggestion.Reply.LATER]
        return self.filter(answer__in=undecided).order_by("answer", "made_at")

    def new(self) -> Self:
        """Those the person has not answered at all."""
        return self.filter(answer="")

    def decided(self) -> Self:
        """Those the person has decided about, the latest on top."""
        return self.exclude(answer__in=["", Suggestion.Reply.LATER]).order_by("-answered_at")

    def latest_first(self) -> Self:
        """The one made last on top."""
        return self.order_by("-made_at", "-pk")

    def told(self) -> Self:
        """Those that their supporter is told of.

        Not what was written together under a topic they cannot see: it would tell of the topic.
        """
        return self.filter(together=False)

    def named(self, ref: str) -> Self:
        """The one with this name in addresses."""
        return self.filter(ref=ref)

    def with_profile(self, profile: Profile) -> "list[Suggestion]":
        """The rows, each knowing its page and who made it."""
        suggestions = list(self.select_related("supporter"))
        for suggestion in suggestions:
            suggestion.profile = suggestion.supporter.profile = profile
        return suggestions


class Suggestion(OfAPage):
    """Words that a supporter offers for one topic. Nothing changes unless the person says so."""

    class Reply(models.TextChoices):
        """What the person did with it."""

        USED = "used", "used them"
        KEPT = "kept", "kept their own words"
        CHANGED = "changed", "wrote it in their own way"
        LATER = "later", "not now"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="suggestions")
    supporter = models.ForeignKey(Supporter, models.CASCADE, related_name="suggestions")
    ref = models.CharField(max_length=32, unique=True, default=codes.new_key, editable=False)
    topic = models.CharField(max_length=40)  # a Topic's key
    text = EncryptedTextField()
    why = EncryptedTextField(default="")
    together = models.BooleanField(default=False)  # written side by side, where words are kept
    answer = models.CharField(max_length=8, choices=Reply, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"suggestion {self.pk}"

    @property
    def is_decided(self) -> bool:
        """Did the person say more than "not now"?"""
        return self.answer not in ("", Suggestion.Reply.LATER)


class DecisionQuerySet(AppendOnlyQuerySet["Decision"]):
    """Decisions, in the words of those who ask for them."""

    def latest_first(self) -> Self:
        """The one written down last on top."""
        return self.order_by("-written_at", "-pk")

    def by(self, supporter: Supporter | None) -> Self:
        """Those that somebody wrote down themself; none: all, for the person or their keeper."""
        return self.filter(supporter=supporter) if supporter else self.all()

    def with_profile(self, profile: Profile) -> "list[Decision]":
        """The rows, each knowing its page."""
        decisions = list(self)
        for decision in decisions:
            decision.profile = profile
        return decisions


class Decision(AppendOnly, OfAPage):
    """What somebody who helps wrote down about a decision that others made for the person."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="decisions")
    supporter = models.ForeignKey(
        Supporter, models.CASCADE, null=True, blank=True, related_name="decisions"
    )  # who wrote it; none: whoever keeps the page
    written_by = EncryptedTextField()  # their name
    about = EncryptedTextField()  # what was decided
    tried = EncryptedTextField()  # so that the person could decide it themself
    decided = EncryptedTextField()  # JSON, as made by sharing's decided.py
    written_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def ref(self) -> str:
        """What names it in its writer's own addresses: no number of ours, and none of its words."""
        return codes.digest(str(self.pk), about=A_DECISION)

    @property
    def says(self) -> tuple[str, str, str]:
        """Everything that was written down, to tell whether another one says the same."""
        return (self.about, self.tried, self.decided)


class HandingQuerySet(models.QuerySet["Handing"]):
    """Handings over, in the words of those who ask for them."""

    def standing(self) -> Self:
        """Those that were neither taken nor taken back."""
        return self.filter(ended_at=None)

    def open(self, at: datetime | None = None) -> Self:
        """Those that can be answered: standing, and not too old."""
        now = at or timezone.now()
        return self.standing().between(now - ASKED_FOR, now + APART)

    def waits_for(self, digest: str, since: datetime, until: datetime) -> Self:
        """Those that were offered to an address between these moments, and can be answered."""
        return self.standing().between(since, until).filter(email_digest=digest)

    def for_address(self, email: str) -> Self:
        """Those that were offered to this address."""
        return self.filter(email_digest=digest_of_address(email))

    def between(self, moment: datetime, until: datetime) -> Self:
        """Those that were offered after this moment, and not after that one."""
        return self.filter(offered_at__gt=moment, offered_at__lte=until)

    def not_taken(self, at: datetime | None = None) -> Self:
        """Those that stand still, and are too old to be answered, or from a clock ahead."""
        now = at or timezone.now()
        is_over = Q(offered_at__lte=now - ASKED_FOR) | Q(offered_at__gt=now + APART)
        return self.standing().filter(is_over)

    def with_key(self, key: str) -> Self:
        """The one that a link's key leads to."""
        return self.filter(key_digest=codes.digest(key, about=A_HANDING))

    def taken_by(self, user: User) -> Self:
        """Those of pages that are this account's own by now."""
        return self.filter(profile__owner=user)

    def taken(self) -> Self:
        """Those whose page has its person by now: nobody keeps it for them any more."""
        return self.exclude(profile__owner=None).filter(profile__kept_by=None)


class Handing(OfAPage):
    """A page that somebody kept for a person is offered to them, for their own account."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="handings")
    email = EncryptedTextField()  # the person's
    email_digest = models.CharField(max_length=64)
    keeper_name = EncryptedTextField()  # what the person calls whoever kept it
    key_digest = models.CharField(max_length=64, unique=True)
    offered_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = HandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], condition=Q(ended_at=None), name="one_offer_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"handing {self.pk}"
