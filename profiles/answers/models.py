"""A person's page and everything said on it. Saved words are rows that never change."""

import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from profiles.accounts.models import DataKey
from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.encrypted_fields import Sealed, SealedField, SealedTextField, seal_for

if TYPE_CHECKING:
    from profiles.accounts.models import User
    from profiles.sharing.models import Share
    from profiles.supporters.models import Supporter

LONGEST_ANSWER = 4_000
HALF_A_YEAR: Final = timedelta(days=182)  # after which a page wants to be checked
A_YEAR: Final = timedelta(days=365)  # the oldest edition that readers should be given unchecked
A_MONTH: Final = timedelta(days=30)  # nobody is asked again, or emailed again, sooner than this
OPEN_FOR: Final = timedelta(days=90)  # "still right" from longer ago is not an answer for today
MOST_REMINDERS: Final = 2  # emails for one check that is due


def new_key() -> str:
    """A name for a page that nobody can guess."""
    return secrets.token_urlsafe(16)


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Pages, in the words of those who ask for them."""

    def of(self, user: "User | AnonymousUser") -> Self:
        """The pages this person made, for themselves or somebody they help; chosen one first."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(owner=user) | Q(kept_by=user)).order_by("-chosen_at")

    def kept(self, user: "User | AnonymousUser") -> Self:
        """The pages that this account keeps for somebody else."""
        return self.filter(kept_by=user) if user.is_authenticated else self.none()

    def called(self, key: str) -> Self:
        """The page with this name."""
        return self.filter(key=key)

    def unclaimed(self) -> Self:
        """The pages of visitors who have not signed in."""
        return self.filter(owner=None, kept_by=None)

    def forgotten(self, before: datetime) -> Self:
        """The visitors' pages that nobody has opened since that moment."""
        return self.unclaimed().filter(opened_at__lt=before)

    def with_since(self) -> Self:
        """Each with the moment since which nobody checked it: the last check, or the first word."""
        checked = Review.objects.finished().values("finished_at")
        said = Answer.objects.order_by("said_at").values("said_at")
        frozen = Edition.objects.order_by("-frozen_at").values("frozen_at")
        checked_at, said_at, frozen_at = (
            Subquery(moments.filter(profile=OuterRef("pk"))[:1])
            for moments in (checked, said, frozen)
        )
        return self.annotate(since=Coalesce(checked_at, said_at), edition_at=frozen_at)

    def due_for_review(self, at: datetime) -> Self:
        """The pages of which it is time to ask: is it still right?

        Half a year after the last check, or after the first word. Sooner, where the edition that
        readers get has turned a year old since then. Not while its person has put it off.
        """
        long_ago = Q(since__lte=at - HALF_A_YEAR)
        turned_old = Q(edition_at__lte=at - A_YEAR, edition_at__gte=F("since") - A_YEAR)
        something_said = Exists(Answer.objects.current().filter(profile=OuterRef("pk")))
        return (
            self.with_since()
            .filter(something_said, long_ago | turned_old, since__lte=at - A_MONTH)
            .filter(Q(put_off_until=None) | Q(put_off_until__lte=at))
        )

    def to_remind(self, at: datetime) -> Self:
        """Of the pages that are due, those whose person gets an email about it now.

        Each knows how many it has had about this check: told in the same moment as that it is due,
        so that of two who remind at once the second meets the number of the first.
        """
        mine = Reminder.objects.filter(profile=OuterRef("pk"))
        about_this = mine.filter(about=OuterRef("since")).order_by("-number").values("number")
        return (
            self.due_for_review(at)
            .annotate(sent_before=Coalesce(Subquery(about_this[:1]), 0))
            .filter(~Q(owner=None, kept_by=None), reminds_me=True, sent_before__lt=MOST_REMINDERS)
            .filter(~Exists(mine.filter(sent_at__gt=at - A_MONTH)))
            .select_related("owner", "kept_by")
        )


class Profile(models.Model):
    """A person's page: whose it is, and who keeps it."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="pages"
    )
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="kept_pages"
    )
    for_someone = models.BooleanField(default=False)  # written by somebody who helps them
    language = models.CharField(max_length=12, default="en")
    layout = models.CharField(max_length=20, default="one-page")
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="profile")
    tells_me = models.BooleanField(default=False)  # by email, when somebody opened the page
    reminds_me = models.BooleanField(default=True)  # by email, when it is time to check the page
    put_off_until = models.DateTimeField(null=True, blank=True)  # "is it still right?": not now
    made_at = models.DateTimeField(default=timezone.now)
    chosen_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"page {self.pk}"

    def sealing_key(self) -> DataKey:
        return self.data_key

    def hold(self) -> "Profile":
        """The page as it is now. Nobody else changes or opens it until our transaction is over."""
        return Profile.objects.select_for_update().get(pk=self.pk)

    @property
    def account(self) -> "User | None":
        """Whose account it is in: its person's, or its keeper's."""
        return self.owner or self.kept_by

    @property
    def is_blank(self) -> bool:
        """Has nothing been written on it yet, not even half-typed?"""
        return not (self.answers.exists() or self.drafts.exists() or self.photos.exists())

    @property
    def name(self) -> str:
        """How the person likes to be called, when they have said so: for themself."""
        return self._called(self.answers.current())

    @property
    def name_on_page(self) -> str:
        """The same, where they have not kept it to themself: for readers."""
        return self._called(self.answers.current().for_readers())

    def _called(self, answers: "AnswerQuerySet") -> str:
        answer = answers.filter(topic="call_me").first()
        return answer.lines[0] if answer and answer.lines else ""


class Tombstone(models.Model):
    """What is left of a page that was deleted: its number, and when. It points to nobody.

    It is made first, and tells the database to let go of rows that are only ever added to.
    """

    page = models.BigIntegerField(primary_key=True)  # no foreign key: the page is gone
    left_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"page {self.page}, which is gone"


class OfAPage(models.Model):
    """A row that belongs to a page, and is sealed with that person's key."""

    profile: models.ForeignKey[Profile, Profile]

    class Meta:
        abstract = True

    def sealing_key(self) -> DataKey:
        return self.profile.data_key


class YesBy(models.TextChoices):
    """How a person showed that the words somebody wrote down for them are right."""

    SAID = "said", "saying it"
    SIGNED = "signed", "signing it with their hands"
    POINTED = "pointed", "pointing or looking at it"
    PRESSED = "pressed", "pressing the button"


class AnswerQuerySet(AppendOnlyQuerySet["Answer"]):
    """Answers, in the words of those who ask for them."""

    def newest(self) -> Self:
        """The newest row under each topic, even if it says that everything was taken off."""
        newer = self.model.objects.filter(
            profile=OuterRef("profile"), topic=OuterRef("topic"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))

    def current(self) -> Self:
        """The newest words under each topic. Earlier rows stay, as history."""
        return self.newest().filter(is_clear=False)

    def for_readers(self) -> Self:
        """What the person lets others see."""
        return self.filter(only_me=False)

    def only_for_them(self) -> Self:
        """What the person keeps to themself."""
        return self.filter(only_me=True)

    def visible_through(self, share: "Share") -> Self:
        """What the person agreed to show to whom this share is for.

        A topic that they keep to themself is shown only if they said so for this very share, when
        it was kept already: what is withdrawn to "only me" later is withdrawn from everybody.
        """
        agreed = self.filter(profile=share.profile_id, topic__in=share.topics)
        return agreed.filter(Q(only_me=False) | Q(topic__in=share.kept_topics))

    def visible_to(self, supporter: "Supporter") -> Self:
        """What the person lets this supporter see. "Only me" works as it does for a share."""
        theirs = self.filter(profile=supporter.profile_id)
        return theirs.filter(Q(only_me=False) | Q(topic__in=supporter.kept_topics))

    def in_hand(self, profile: Profile) -> "list[Answer]":
        """The rows, each knowing the page it was asked of: its key is looked up once for all."""
        answers = list(self)
        for answer in answers:
            answer.profile = profile
        return answers

    def about(self, topic: str) -> Self:
        """Everything ever said under a topic, newest first."""
        return self.filter(topic=topic).order_by("-number")

    def latest_first(self) -> Self:
        """Whatever was said last on top."""
        return self.order_by("-said_at", "-pk")

    def numbered(self, number: int) -> Self:
        """The row with this number, of those asked for."""
        return self.filter(number=number)


class Answer(AppendOnly, OfAPage):
    """What was said under one topic, once. Saving again is a new answer."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="answers")
    topic = models.CharField(max_length=40)  # a Topic's key, never renamed: see topics/content
    number = models.PositiveIntegerField()  # from 1, within the topic
    text = SealedTextField()
    is_clear = models.BooleanField(default=False)  # text is sealed, so it cannot be asked for
    picture = models.CharField(max_length=12, blank=True)
    only_me = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")
    said_by = SealedTextField(default="")  # empty: the person themself
    checked = models.BooleanField(default=False)  # somebody else's words, and the person said yes
    helped_by = SealedTextField(null=True)  # who wrote it down for the person; null: nobody
    yes_by = models.CharField(max_length=8, blank=True, choices=YesBy)  # when somebody wrote it
    based_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the row this one came after, or the one brought back
    said_at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        # Two windows that save at once meet here: the second is told, and both texts are kept.
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "topic", "number"], name="one_answer_a_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="answers_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"answer {self.topic} {self.number}"

    @property
    def whose(self) -> str:
        """Whose words these are, for the page; "" for the person's own."""
        return f"{self.said_by}, and checked with me" if self.checked else str(self.said_by)

    @property
    def lines(self) -> list[str]:
        """One thing a line, without the empty ones."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Coached(models.Model):
    """That the person was asked a question back under a topic. They are asked there once, ever."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="coached")
    topic = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "topic"], name="asked_back_once_a_topic")
        ]

    def __str__(self) -> str:
        return f"asked back about {self.topic}"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, in the words of those who ask for them."""

    def about(self, topic: str) -> Self:
        """The half-typed words under a topic: one row at most."""
        return self.filter(topic=topic)

    def in_hand(self, profile: Profile) -> "list[Draft]":
        """The rows, each knowing the page it was asked of: its key is looked up once for all."""
        drafts = list(self)
        for draft in drafts:
            draft.profile = profile
        return drafts

    def left(self, before: datetime) -> Self:
        """Those that nobody has typed on since that moment."""
        return self.filter(saved_at__lt=before).select_related("profile__data_key")


class Draft(OfAPage):
    """Half-typed words, shown to nobody else. Overwritten as they are typed."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="drafts")
    topic = models.CharField(max_length=40)
    text = SealedTextField()
    picture = models.CharField(max_length=12, blank=True)
    only_me = models.BooleanField(default=False)
    started_from = models.PositiveIntegerField(default=0)  # the number of the answer then current
    stamp = models.CharField(max_length=24)  # changes with every save: a window knows its own
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "topic"], name="one_draft_a_topic")
        ]

    def __str__(self) -> str:
        return f"draft {self.topic}"

    @classmethod
    def sealed_text(cls, profile: Profile, text: str) -> Sealed:
        """Words ready for a conditional UPDATE."""
        return seal_for(profile, cls, "text", text)


class PhotoQuerySet(AppendOnlyQuerySet["Photo"]):
    """Photos, in the words of those who ask for them."""

    def newest(self) -> "Photo | None":
        """The photo on the page now, if there is one."""
        photo = self.order_by("-pk").first()
        return None if photo is None or photo.is_removed else photo


class Photo(AppendOnly, OfAPage):
    """A photo of the person, remade by us. Choosing another crop is a new row."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="photos")
    whole = SealedField(default=b"")  # JPEG, at most 150 KB, from which crops are made
    data = SealedField(default=b"")  # JPEG at print size, cropped square
    crop = models.CharField(max_length=10, default="middle")
    alt = SealedTextField(default="")
    is_removed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    def __str__(self) -> str:
        return f"photo {self.pk}"


class EditionQuerySet(AppendOnlyQuerySet["Edition"]):
    """Editions, in the words of those who ask for them."""

    def numbered(self, number: int) -> Self:
        """The edition with this number."""
        return self.filter(number=number)


class Edition(AppendOnly, OfAPage):
    """The answers that stood on the page when it was first shown or printed after a change."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    answers = models.ManyToManyField(Answer, related_name="editions")
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="one_edition_a_number")
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, in the words of those who ask for them."""

    def finished(self) -> Self:
        """Those in which every topic was looked at, the newest first."""
        return self.exclude(finished_at=None).order_by("-finished_at", "-pk")

    def now_open(self, at: datetime) -> "Review | None":
        """The one that was begun last, if it can be gone on with."""
        newest = self.order_by("-begun_at", "-pk").first()
        if newest is None or newest.finished_at or newest.begun_at <= at - OPEN_FOR:
            return None
        return newest


class Review(models.Model):
    """One going through a page: is it still right? Begun once, and finished, or left."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="reviews")
    why = models.CharField(max_length=20, blank=True)  # a Change's key; "": it was time
    with_person = models.BooleanField()  # or by whoever keeps the page for them
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def day(self) -> date | None:
        """The day on which it was finished, by our clock."""
        return timezone.localtime(self.finished_at).date() if self.finished_at else None


class CheckedQuerySet(AppendOnlyQuerySet["Checked"]):
    """What was said of topics in reviews, in the words of those who ask for it."""

    def by_topic(self) -> "dict[str, Checked]":
        """What was said last of each topic."""
        return {row.topic: row for row in self.order_by("pk")}


class Checked(AppendOnly):
    """What was said of one topic in a review: that this answer is still right, or not now."""

    class How(models.TextChoices):
        """What was said."""

        RIGHT = "right", "still right"
        CHANGED = "changed", "changed"
        LATER = "later", "not now"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="checked")
    review = models.ForeignKey(Review, models.CASCADE, related_name="checked")
    topic = models.CharField(max_length=40)
    number = models.PositiveIntegerField()  # of the answer that was looked at
    how = models.CharField(max_length=8, choices=How)
    checked_at = models.DateTimeField(default=timezone.now)

    objects = CheckedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"checked {self.topic} {self.number}"


class Reminder(models.Model):
    """An email that said it is time to check a page."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="reminders")
    about = models.DateTimeField()  # since when nobody had checked it: which check is meant
    number = models.PositiveSmallIntegerField()  # from 1, of that check
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # Two runs of `tidy` at once meet here: the second sends nothing.
            models.UniqueConstraint(
                fields=["profile", "about", "number"], name="a_reminder_goes_out_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_REMINDERS), name="two_reminders_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.number}"
