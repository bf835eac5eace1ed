"""The people of our examples. None of them exists."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.utils import timezone

from profiles.access.actions import Reader
from profiles.access.models import Channel, Happened
from profiles.accounts.actions import make_account
from profiles.accounts.models import User
from profiles.answers import actions
from profiles.answers.actions import Words
from profiles.core import codes
from profiles.door import door, paper_codes
from profiles.house.example_help import help_jo, help_nan, help_tom
from profiles.house.example_page import WORDS
from profiles.pages import actions as page_actions
from profiles.pages.models import Profile
from profiles.reading import actions as reading_actions
from profiles.review import actions as review_actions
from profiles.review.course import course_of
from profiles.review.models import HALF_A_YEAR
from profiles.sharing import actions as sharing
from profiles.sharing import ask_actions, new_actions
from profiles.sharing.clinic import FoundBy, Taking
from profiles.sharing.days import end_of
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.models import Share
from profiles.sharing.wording import wording_for
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from profiles.workers import actions as workers
from profiles.workers import promise_actions
from profiles.workers.about import About
from profiles.workers.models import HelloCard, PromiseEvent
from profiles.workers.promise_actions import Promised

LONGEST_BESIDE_A_CANARY: Final = 40
SAFE: Final = ("must_know", "ring_first", "yes_no", "communicate")


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """Somebody with an account: their page, if they have one, and what they keep to themself."""

    key: str
    email: str
    said: tuple[tuple[str, str], ...] = ()
    with_help: tuple[tuple[str, str], ...] = ()  # what came about with somebody's help
    only_me: tuple[str, ...] = ()
    language: str = "en"
    keeps_for: str = ""  # the name of whoever the page is about, if it is not theirs

    @property
    def about(self) -> str:
        """By whose name the canaries on the page go."""
        return self.keeps_for or self.key


@dataclass(frozen=True, kw_only=True)
class Made:
    """Somebody, as they are in the database."""

    who: Somebody
    user: User
    page: Profile | None = None
    shares: dict[str, Share] = field(default_factory=dict)
    helpers: dict[str, Supporter] = field(default_factory=dict)


JO: Final = Somebody(
    key="jo",
    email="jo@example.org",
    said=(
        *((topic, text) for topic, text, _ in WORDS),
        ("school_work", "Tuesdays I work in the café. Show me a job once, then let me try."),
        ("plans", "My care plan is with Ana at Birch Street Surgery. Ask me first."),
        ("health", "I have epilepsy. My left hand shakes first."),
        ("not_contact", "Please do not tell my dad where I live."),
    ),
    only_me=("health", "not_contact"),
)
TOM: Final = Somebody(
    key="tom",
    email="tom@example.org",
    said=(
        ("call_me", "Tom"),
        ("must_know", "I cannot hear you if I do not see your face."),
        ("appreciate", "I make good tea, and better jokes."),
        ("important", "The paper at eight. The radio off while I read it."),
        ("sleep", "At three I check the back door. Walk with me; then I go back to bed."),
        ("equipment", "My hearing aids sleep in the blue tin by my bed. Shut the lid."),
        ("health", "I have dementia. Ask me about the buses."),
    ),
    with_help=(
        ("interests", "The 42 bus, upstairs at the front."),
        ("eating", "Soup in the blue bowl."),
    ),
    only_me=("health",),
)
AMIRA: Final = Somebody(
    key="amira",
    email="amira@example.org",
    said=(
        ("call_me", "أميرة"),
        ("important", "أحب الشاي أولاً، ثم نتحدث."),
        ("communicate", "تكلم ببطء، وانتظر جوابي."),
    ),
    language="ar",
)
AMIR: Final = Somebody(
    key="amir",
    email="amir@example.org",
    said=(
        ("call_me", "Nan"),
        ("important", "My rosary on the table by my chair."),
    ),
    keeps_for="nan",
)
PRIYA: Final = Somebody(key="priya", email="priya@example.org")
SAM: Final = Somebody(key="sam", email="sam@example.org")
DEE, KIT, MO, ROSA = (
    Somebody(key=key, email=f"{key}@example.org") for key in ("dee", "kit", "mo", "rosa")
)  # Rosa is the one whom Amir calls Nan
EVERYBODY: Final = (JO, TOM, AMIRA, AMIR, PRIYA, SAM, DEE, KIT, MO, ROSA)

NURSE: Final = Reader(name="Tess", role="nurse", place="Ward 4, City Hospital")
HOSPITAL: Final = Reader(name="City Hospital")
WORKER: Final = Reader(name="Priya", role="support worker", place="Sunrise Home Care")
JO_IS_FOUND_BY: Final = FoundBy(
    given_names="Jo", family_name="Hill", birth_date="1956-03-04", gender="female"
)
CARD: Final = About(
    name="Priya",
    role="support worker",
    place="Sunrise Home Care",
    enjoys="Growing tomatoes on my balcony, Welsh rugby, and long walks.",
    works="I sit down first, and I ask before I help.",
    thanked="I am on time, and I remember the dog’s name.",
)
PROMISES: Final = (  # what, in how many days, what Jo said became of it, and Priya's sorry
    ("I will ring you in the morning.", 2, None, ""),
    ("I will bring the seeds.", -3, PromiseEvent.Kind.DONE, ""),
    (
        "I will ask about the bus pass.",
        -5,
        PromiseEvent.Kind.NOT_DONE,
        "I forgot to ask, and you waited. I am sorry. I have asked now.",
    ),
    ("I will write down the times of the match.", -8, PromiseEvent.Kind.NOT_DONE, ""),
)


def make_everybody(*, canaries: bool) -> dict[str, Made]:
    """Everybody anew, with what they share and who has looked; by the key of each."""
    made = {who.key: _make(who, canaries) for who in EVERYBODY}
    _jo_shares(made["jo"])
    _priya_gives_back(made["jo"], made["priya"])
    _tom_shares(made["tom"], made["priya"])
    share_with(made["amira"], "friend", "Huda, a friend", topics=("important", "communicate"))
    _help(made, canaries)
    _checks(made)
    return made


def canary(who: Somebody, topic: str) -> str:
    """The word by which a test finds this answer wherever it is shown."""
    return f"CNRY-{who.about}-{topic}"


def _make(who: Somebody, canaries: bool) -> Made:
    user = make_account(email=who.email)
    for page in Profile.objects.of(user):
        page_actions.delete_page(profile=page)
    if card := HelloCard.objects.of(user):
        workers.delete_card(card=card)
    if not who.said:
        return Made(who=who, user=user)
    page = page_actions.start_page(
        for_someone=bool(who.keeps_for), language=who.language, user=user
    )
    for topic, text in who.said:
        words = _words(who, topic, text, canaries)
        actions.save_answer(
            profile=page,
            topic=load().topic(topic),
            words=Words(
                text=words, picture=load().topic(topic).picture, only_me=topic in who.only_me
            ),
            started_from=0,
        )
    return Made(who=who, user=user, page=page)


def _words(who: Somebody, topic: str, text: str, canaries: bool) -> str:
    return f"{text[:LONGEST_BESIDE_A_CANARY]} {canary(who, topic)}" if canaries else text


def _help(made: dict[str, Made], canaries: bool) -> None:
    """Who helps whom, and what came of it."""
    jo, tom, nan = (Profile.objects.of(made[key].user).get() for key in ("jo", "tom", "amir"))
    texts = {topic: _words(TOM, topic, text, canaries) for topic, text in TOM.with_help}
    made["jo"].helpers.update(help_jo(jo, made["jo"].user, made["dee"].user, made["kit"].user))
    made["tom"].helpers.update(help_tom(tom, made["tom"].user, made["mo"].user, texts))
    help_nan(nan, made["amir"].user, made["rosa"].user.email)


def _jo_shares(jo: Made) -> None:
    """Everything that can become of a share, once."""
    everything = tuple(topic for topic, _ in jo.who.said if topic not in jo.who.only_me)
    worker = share_with(
        jo, "worker", "Priya, Sunrise Home Care", topics=everything, email=PRIYA.email
    )
    ward = share_with(jo, "ward", "Ward 4, City Hospital", topics=SAFE)
    surgery = share_with(
        jo, "surgery", "Dr Rees", topics=("health", *SAFE), may_print=False, with_passcode=True
    )
    place = "Outpatients, City Hospital"
    clinic = share_with(jo, "clinic", place, topics=SAFE, taking=Taking.UPDATED)
    for name in ("paused", "stopped", "ended"):
        share_with(jo, name, f"The {name} one", topics=SAFE)
    sharing.pause(share=jo.shares["paused"], by=jo.user)
    sharing.stop(share=jo.shares["stopped"], by=jo.user)
    Share.objects.filter(pk=jo.shares["ended"].pk).update(ends_at=timezone.now())
    door.open_through(ward, reader=NURSE, channel=Channel.SCREEN)
    door.open_through(worker, reader=WORKER, channel=Channel.SCREEN)
    taken = door.open_through(clinic, reader=HOSPITAL, channel=Channel.RECORD)
    if taken:
        code, happened = codes.new_code(), Happened.TOOK_RECORD
        paper_codes.hand_over(taken, reader=HOSPITAL, code=code, happened=happened)
    reading_actions.say_read(
        share=worker, reader=WORKER, promise="I will ask before I move your chair."
    )
    reading_actions.try_passcode(share=surgery, typed=_wrong(surgery.passcode), reader=NURSE)
    ask_actions.make_ask_code(profile=surgery.profile, by=jo.user)


def _priya_gives_back(jo: Made, priya: Made) -> None:
    """Priya's hello card, and a promise of hers of each kind: open, kept, missed, and a sorry."""
    workers.save_card(worker=priya.user, about=CARD)
    share = jo.shares["worker"]
    sharing.claim(share=share, by=priya.user)
    for words, days, said, sorry in PROMISES:
        promise = promise_actions.promise(
            share=share,
            reader=WORKER,
            promised=Promised(words=words, by_day=timezone.localdate() + timedelta(days=days)),
            worker=priya.user,
        )
        if said:
            promise_actions.say_what_became(promise=promise, by=jo.user, said=said)
        if sorry:
            promise_actions.say_sorry(promise=promise, worker=priya.user, words=sorry)


def _tom_shares(tom: Made, priya: Made) -> None:
    day = share_with(tom, "day", "The day centre", topics=("important", "sleep"))
    code = ask_actions.make_ask_code(profile=day.profile, by=tom.user)
    ask_actions.ask(code=code.code, worker=priya.user, reader=WORKER, why="I start on Monday.")


def _checks(made: dict[str, Made]) -> None:
    """Is it still right? Jo has said so, Tom is half way, and Amira is to be asked again."""
    jo, tom, amira = (Profile.objects.of(made[name].user).get() for name in ("jo", "tom", "amira"))
    _check(jo, topics=len(JO.said))
    _check(tom, topics=2)
    half_a_year_ago = timezone.now() - HALF_A_YEAR
    amira.reviews.create(with_person=True, begun_at=half_a_year_ago, finished_at=half_a_year_ago)


def _check(page: Profile, *, topics: int) -> None:
    """Say of the first so many topics that they are still right."""
    review = review_actions.begin(profile=page)
    for topic in course_of(review, page).topics[:topics]:
        review_actions.still_right(review=review, page=page, topic=topic, number=1)


def share_with(
    made: Made,
    name: str,
    reader: str,
    *,
    topics: tuple[str, ...],
    email: str = "",
    may_print: bool = True,
    with_passcode: bool = False,
    taking: Taking | None = None,
) -> Share:
    """A share of somebody's only page that is given, by name."""
    page = Profile.objects.of(made.user).get()
    share = new_actions.begin(profile=page, by=made.user)
    share.profile = page
    new_actions.say_who(
        share=share,
        by=made.user,
        reader_name=reader,
        worker_email=email,
        with_passcode=with_passcode,
        for_clinic=taking is not None,
    )
    if taking:
        new_actions.say_clinic(share=share, by=made.user, taking=taking, found_by=JO_IS_FOUND_BY)
    new_actions.say_what(
        share=share, by=made.user, topics=topics, with_photo=False, may_print=may_print
    )
    ends_at = end_of(timezone.localdate() + timedelta(days=90))
    new_actions.say_how_long(share=share, by=made.user, ends_at=ends_at)
    decided = Decided(mode=Mode.ME)
    given = new_actions.give(
        share=share, by=made.user, decided=decided, shown=wording_for(share).fingerprint
    )
    made.shares[name] = given
    return given


def _wrong(passcode: str) -> str:
    return str((int(passcode) + 1) % 1_000_000).zfill(6)
