"""What a person could do next: one thing stands first, and nothing keeps score."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.answers import raising
from profiles.answers.models import Answer
from profiles.pages.models import Profile
from profiles.review import course
from profiles.supporters import sentences as helping
from profiles.topics.lookup import write_url
from profiles.writing.presenters import first_blank


@dataclass(frozen=True, kw_only=True)
class NextThing:
    """Something that waits, or comes next: what it is, and the button that leads there."""

    title: str
    button: str
    url: str
    note: str = ""
    picture: str = ""
    posts: bool = False  # the button begins something
    later_url: str = ""  # where it is put off


def next_things(
    page: Profile, said: Mapping[str, Answer], drafts: AbstractSet[str], now: datetime
) -> list[NextThing]:
    """Everything that waits for this person, what others wait for first; then what is blank."""
    waiting = [
        *_handed(page),
        *_locked(page),
        *_ended_too_soon(page, now),
        *_paused_by_restore(page, now),
        *_asked(page),
        *_helpers(page),
        *_suggested(page),
        *_top(page, said),
        *_review(page, now),
    ]
    return waiting or [*_blank(said, drafts)]


def _handed(page: Profile) -> Iterator[NextThing]:
    if page.owner_id is None:
        return
    waiting = page.shares.current().from_keeper().latest_first().with_profile(page)
    if waiting:
        yield NextThing(
            title=ngettext(
                "Something was shared before the page was yours",
                "Some things were shared before the page was yours",
                len(waiting),
            ),
            note=ngettext(
                "{keeper} shared it with somebody. It is paused: nobody can open it until you "
                "say so.",
                "{keeper} shared it with {n} people or places. It is paused: nobody can open it "
                "until you say so.",
                len(waiting),
            ).format(keeper=waiting[0].keeper_name, n=len(waiting)),
            button=_("Keep it or stop it"),
            url=reverse("sharing:handed"),
            picture="1F441",
        )


def _locked(page: Profile) -> Iterator[NextThing]:
    for share in page.shares.open().filter(passcode_set=True).with_profile(page):
        if share.is_locked:
            yield NextThing(
                title=_("The passcode for {name} was typed wrongly too often").format(
                    name=share.reader_name
                ),
                button=_("Look at this"),
                url=reverse("sharing:home"),
                picture="1F6D1",
            )


def _ended_too_soon(page: Profile, now: datetime) -> Iterator[NextThing]:
    for share in page.shares.ended_too_soon(now).latest_first().with_profile(page):
        yield NextThing(
            title=_("Sharing with {name} may have ended too soon").format(name=share.reader_name),
            note=_(
                "One of our clocks is wrong. That is our mistake. Nobody can open it now. If you "
                "want to go on, share again."
            ),
            button=_("Look at this"),
            url=reverse("sharing:share", kwargs={"ref": share.ref}),
            picture="1F6D1",
        )


def _paused_by_restore(page: Profile, now: datetime) -> Iterator[NextThing]:
    paused = page.shares.paused_by_restore(now).latest_first().with_profile(page)
    if not paused:
        return
    first, count = paused[0], len(paused)
    yield NextThing(
        title=ngettext(
            "We paused sharing with {name}", "We paused sharing with {n} people or places", count
        ).format(name=first.reader_name, n=count),
        note=_(
            "We had to go back to an older copy of what we keep. We do not know all that was "
            "changed since. To be safe, nobody can open it until you say so. We are sorry."
        ),
        button=_("Look at this"),
        url=reverse("sharing:home")
        if count > 1
        else reverse("sharing:share", kwargs={"ref": first.ref}),
        picture="1F6D1",
    )


def _asked(page: Profile) -> Iterator[NextThing]:
    if count := page.asks.waiting().filter(answer="").count():
        yield NextThing(
            title=ngettext(
                "Somebody asks to see your page", "{n} people ask to see your page", count
            ).format(n=count),
            note=_("You say yes or no."),
            button=_("See who asks"),
            url=reverse("sharing:home"),
            picture="1F441",
        )


def _helpers(page: Profile) -> Iterator[NextThing]:
    for helper in page.supporters.current().not_given().with_profile(page):
        yield NextThing(
            title=_("Do you want {name} to go on helping?").format(name=helper.name),
            note=_("Here is what {name} wrote for you.").format(name=helper.name),
            button=_("Decide"),
            url=reverse("supporters:helpers"),
            picture="1F91D",
        )


def _suggested(page: Profile) -> Iterator[NextThing]:
    waiting = [helping.offered(each) for each in page.suggestions.new().with_profile(page)]
    if not waiting:
        return
    note = _("You say yes or no. Nothing has changed on your page.")
    if len(waiting) > 1:
        title = _("There are {n} ideas for your page").format(n=len(waiting))
        button, picture = _("See them"), "1F4A1"
    else:
        [one] = waiting
        title = _("{name} has an idea for “{topic}”").format(
            name=one["who"], topic=one["topic"].title
        )
        button, picture = _("See {name}’s words").format(name=one["who"]), one["topic"].picture
    url = reverse("supporters:suggestions")
    yield NextThing(title=title, note=note, button=button, url=url, picture=picture)


def _top(page: Profile, said: Mapping[str, Answer]) -> Iterator[NextThing]:
    if found := raising.first_asked(page, said):
        here = {"part": found.topic.part, "topic": found.topic.key}
        yield NextThing(
            title=_("Should this stand at the top too?"),
            note="\n".join(found.lines),
            button=_("Decide about it"),
            url=f"{reverse('writing:write', kwargs=here)}?top=yes&home=yes",
            picture="1F6E1",
        )


def _review(page: Profile, now: datetime) -> Iterator[NextThing]:
    asking = course.asking(page, now)
    title, url = _("Is it still right?"), reverse("review:begin")
    if begun := asking.get("course"):
        note = _("You have looked at {seen} of {count}.").format(
            seen=begun.seen, count=len(begun.topics)
        )
        button = _("Go on with the check")
        yield NextThing(title=title, note=note, button=button, url=url, picture="1F44D", posts=True)
    elif asking["is_due"]:
        note = _("Things change. You can look at your words again. It takes about two minutes.")
        yield NextThing(
            title=title,
            note=note,
            button=_("Start"),
            url=url,
            picture="1F44D",
            posts=True,
            later_url=reverse("review:later"),
        )


def _blank(said: Mapping[str, Answer], drafts: AbstractSet[str]) -> Iterator[NextThing]:
    if (topic := first_blank(said, drafts)) is None:
        return
    half_typed = topic.key in drafts
    yield NextThing(
        title=topic.question,
        note=_("You typed something here, and have not saved it yet.") if half_typed else "",
        button=_("Carry on writing") if half_typed else _("Answer this"),
        url=write_url(topic),
        picture=topic.picture,
    )
