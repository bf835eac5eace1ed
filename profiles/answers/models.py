"""Everything said on a page. Saved words are rows that never change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.encrypted_fields import EncryptedTextField, Sealed, seal_for
from profiles.core.names import AND_CHECKED, CALL_ME, name_in, with_name_alone
from profiles.core.prepared import prepared
from profiles.pages.models import OfAPage, Profile
from profiles.photos.models import AnswerPhoto, Photo

LONGEST_ANSWER = 4_000


class YesBy(models.TextChoices):
    """How a person showed that the words somebody wrote down for them are right."""

    SAID = "said", "saying it"
    SIGNED = "signed", "signing it with their hands"
    POINTED = "pointed", "pointing or looking at it"
    PRESSED = "pressed", "pressing the button"


def lines_under(topic: str, text: str) -> list[str]:
    """The lines of a text, without the empty ones.

    Where the first says more than what to call somebody, that stands on a line of its own.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    parted = with_name_alone(lines) if topic == CALL_ME else ()
    return [*parted] if len(parted) > len(lines) else lines


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What a person agreed to show to somebody: which topics of their page, by their keys."""

    page: int
    topics: Collection[str] | None  # None: all that the person does not keep to themself
    kept_topics: Collection[str]  # what is shown though the person keeps it to themself

    def shown(self, answers: "Iterable[Answer]") -> "list[Answer]":
        """Those of these answers that the person agreed to show.

        A topic that they keep to themself is shown only if they said so for this very reader, when
        it was kept already, and have not opened it since: see still_ticked.
        """
        return [
            answer
            for answer in answers
            if answer.profile_id == self.page
            and (self.topics is None or answer.topic in self.topics)
            and (not answer.only_me or answer.topic in self.kept_topics)
        ]


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

    def last_opened(self) -> dict[str, int]:
        """By topic, the number of the newest row that the person let others see."""
        rows = self.for_readers().order_by().values_list("topic")
        return dict(rows.annotate(newest=Max("number")))

    def with_photo(self) -> Self:
        """Those that have a photo beside them."""
        return self.exclude(photo=None)

    def with_profile(self, profile: Profile) -> "list[Answer]":
        """The rows, each knowing the page it was asked of: its key is looked up once for all."""
        return _knowing_page(profile, list(self))

    def name(self) -> str:
        """How the person likes to be called, if that is among these; else ""."""
        answer = self.filter(topic=CALL_ME).first()
        return name_in(answer.lines) if answer else ""

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
    text = EncryptedTextField()
    is_clear = models.BooleanField(default=False)  # text is sealed, so it cannot be asked for
    picture = models.CharField(max_length=12, blank=True)
    photo = models.ForeignKey(
        AnswerPhoto, models.SET_NULL, null=True, blank=True, related_name="answers"
    )  # stands where the picture would
    only_me = models.BooleanField(default=False)
    language = models.CharField(max_length=12, default="en")
    said_by = EncryptedTextField(default="")  # empty: the person themself
    checked = models.BooleanField(default=False)  # somebody else's words, and the person said yes
    helped_by = EncryptedTextField(null=True)  # who wrote it down for the person; null: nobody
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
        return f"{self.said_by}{AND_CHECKED}" if self.checked else str(self.said_by)

    @property
    def lines(self) -> list[str]:
        """One thing a line, without the empty ones."""
        return lines_under(self.topic, self.text)


def is_less(now: "Answer | None", before: "Answer") -> bool:
    """Was something of these words taken back since: a line of them, all, or the photo beside?

    Other words in their place are no such thing.
    """
    if now is None:
        return True
    if now.pk == before.pk:
        return False
    return {*now.lines} < {*before.lines} or before.photo_id not in {None, now.photo_id}


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


class RaisedQuerySet(models.QuerySet["Raised"]):
    """Lines that were brought up, in the words of those who ask for them."""

    def decided(self) -> Self:
        """Those that the person has said yes or no to."""
        return self.exclude(said=Raised.Said.NOT_YET)

    def with_profile(self, profile: Profile) -> "list[Raised]":
        """The rows, each knowing the page it was asked of: its key is looked up once for all."""
        rows = list(self)
        for row in rows:
            row.profile = profile
        return rows


class Raised(OfAPage):
    """That the person was asked whether a line should stand at the top too, and what they said."""

    class Said(models.TextChoices):
        """What the person said."""

        NOT_YET = "", "nothing yet"
        YES = "yes", "yes"
        NO = "no", "no"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="raised")
    topic = models.CharField(max_length=40)
    line = EncryptedTextField()
    said = models.CharField(max_length=3, blank=True, choices=Said)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = RaisedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"line brought up under {self.topic}"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, in the words of those who ask for them."""

    def about(self, topic: str) -> Self:
        """The half-typed words under a topic: one row at most."""
        return self.filter(topic=topic)

    def with_profile(self, profile: Profile) -> "list[Draft]":
        """The rows, each knowing the page it was asked of: its key is looked up once for all."""
        drafts = list(self)
        for draft in drafts:
            draft.profile = profile
        _with_photos(profile, drafts)
        return drafts

    def left(self, before: datetime) -> Self:
        """Those that nobody has typed on since that moment."""
        return self.filter(saved_at__lt=before).select_related("profile__data_key")


class Draft(OfAPage):
    """Half-typed words, shown to nobody else. Overwritten as they are typed."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="drafts")
    topic = models.CharField(max_length=40)
    text = EncryptedTextField()
    picture = models.CharField(max_length=12, blank=True)
    photo = models.ForeignKey(
        AnswerPhoto, models.SET_NULL, null=True, blank=True, related_name="drafts"
    )
    only_me = models.BooleanField(default=False)
    started_from = models.PositiveIntegerField(default=0)  # the number of the answer then current
    # Changes with every save: a window knows its own. In forms, it is `draft_stamp`.
    version = models.CharField(max_length=24, db_column="stamp")
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


@prepared
def current_answers(page: int) -> models.QuerySet[Answer]:
    """The newest words under each topic of a page."""
    return Answer.objects.filter(profile_id=page).current().order_by("pk")


@prepared
def newest_answer(page: int, topic: str) -> models.QuerySet[Answer]:
    """The newest row under a topic of a page, even if it says that everything was taken off."""
    return Answer.objects.filter(profile_id=page).about(topic)[:1]


def newest_edition(profile: Profile) -> tuple[Edition | None, set[int]]:
    """The last edition of a page, and the numbers of the rows that stand in it."""
    rows = _newest_edition(profile.pk)
    if not rows:
        return None, set()
    pk, number, photo, frozen_at, _ = rows[0]
    newest = Edition(pk=pk, profile=profile, number=number, photo_id=photo, frozen_at=frozen_at)
    return newest, {answer for *_, answer in rows if answer is not None}


@prepared
def _newest_edition(page: int) -> models.QuerySet[Any, tuple[Any, ...]]:
    newest = Edition.objects.filter(profile_id=page).order_by("-number").values("pk")[:1]
    # A row for each answer; for an edition of nothing one, without.
    stood = Edition.objects.filter(pk=models.Subquery(newest))
    return stood.values_list("pk", "number", "photo_id", "frozen_at", "answers")


def answers_now(profile: Profile) -> list[Answer]:
    """The newest words under each topic of a page, each knowing the page."""
    return _knowing_page(profile, current_answers(profile.pk))


def _knowing_page(profile: Profile, answers: list[Answer]) -> list[Answer]:
    for answer in answers:
        answer.profile = profile
    _with_photos(profile, answers)
    return answers


def _with_photos(profile: Profile, rows: "Iterable[Answer | Draft]") -> None:
    """Give each of these rows its photo: they are looked up once for all.

    One that is let go of, or deleted with the page, at this very moment is none.
    """
    wanted = {row.photo_id for row in rows} - {None}
    if not wanted:
        return
    found = profile.answer_photos.filter(pk__in=wanted).with_profile(profile)
    photos = {photo.pk: photo for photo in found}
    for row in rows:
        row.photo = photos.get(row.photo_id) if row.photo_id else None


def ticks(profile: Profile, topics: Collection[str]) -> dict[str, int]:
    """What is ticked for one reader of what the person keeps, with the row that stands there now.

    What is not kept now is no such topic: if it is kept later, it is hidden from them too.
    """
    rows = profile.answers.current().only_for_them().filter(topic__in=topics)
    return dict(rows.order_by("topic").values_list("topic", "number"))


def ticked_among(ticked: Any, topics: Collection[str]) -> Any:
    """Of what was ticked, what is among these: with its rows, where they were noted."""
    if isinstance(ticked, Mapping):
        return {topic: row for topic, row in ticked.items() if topic in topics}
    return [topic for topic in ticked if topic in topics]


def still_ticked(page: int, ticked: Mapping[str, int] | Collection[str]) -> list[str]:
    """Of what was ticked for one reader, what the person has not opened to others since.

    Keeping a topic to oneself again is a decision of now: it hides it from everybody, and a tick
    from before does not come back to life. Ticks without a row were written before rows were noted.
    """
    if not ticked:
        return []
    opened = Answer.objects.filter(profile=page, topic__in=ticked).last_opened()
    return not_opened_since(ticked, opened)


def not_opened_since(
    ticked: Mapping[str, int] | Collection[str], opened: Mapping[str, int]
) -> list[str]:
    """The same, by the number of the row by which each topic was last opened to others."""
    since = ticked if isinstance(ticked, Mapping) else dict.fromkeys(ticked, 0)
    return sorted(topic for topic, row in since.items() if opened.get(topic, 0) <= row)
