"""Who helps the people of our examples: one of each kind, and a page to hand on."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from profiles.accounts.models import User
from profiles.answers.models import YesBy
from profiles.pages.models import Profile
from profiles.sharing.decided import Decided, Mode
from profiles.supporters import actions, decision_actions, handing, suggestion_actions
from profiles.supporters.models import Suggestion, Supporter
from profiles.topics.load import load

Reply = Suggestion.Reply
May = Supporter.May
SUGGESTED: Final = (  # for Jo, by her sister, and what Jo said to it
    ("important", "Tea first, in the blue mug.\nThen we talk.", "You told me on the phone.", ""),
    ("sleep", "Window open.", "", Reply.KEPT),
    ("interests", "Ask me about the Rovers.", "You light up.", Reply.LATER),
)


def help_jo(page: Profile, jo: User, sister: User, friend: User) -> dict[str, Supporter]:
    """Jo's sister suggests, and her friend may see the page."""
    dee = _helps(page, jo, sister, "my sister Dee", May.SUGGEST)
    for topic, text, why, said in SUGGESTED:
        made = suggestion_actions.suggest(
            supporter=dee, topic=load().topic(topic), text=text, why=why
        )
        if said:
            suggestion_actions.answer(suggestion=made, by=jo, said=Reply(said))
    return {"dee": dee, "kit": _helps(page, jo, friend, "my friend Kit", May.SEE)}


def help_tom(
    page: Profile, tom: User, daughter: User, texts: dict[str, str]
) -> dict[str, Supporter]:
    """Tom's daughter sees what he keeps to himself, and they write side by side.

    `texts` are the words that come about: one that she suggested and he used, one of his own.
    """
    mo = _helps(page, tom, daughter, "my daughter Mo", May.WRITE, kept_topics=["health"])
    suggested, together = texts.items()
    topic = load().topic(suggested[0])
    made = suggestion_actions.suggest(supporter=mo, topic=topic, text=suggested[1], why="")
    suggestion_actions.use(suggestion=made, by=tom, topic=topic, started_from=0)
    suggestion_actions.write_together(
        supporter=mo,
        topic=load().topic(together[0]),
        words=together[1],
        started_from=actions.mark(mo, None),
        mine=False,
        yes_by=YesBy.POINTED,
    )
    return {"mo": mo}


def help_nan(page: Profile, keeper: User, email: str) -> None:
    """A page that is kept for Nan: how that was decided, and an offer to hand it to her."""
    decision_actions.write_down(
        profile=page,
        supporter=None,
        by=keeper,
        about="That this page is written for her.",
        tried="Pictures, in the morning, with her sister beside her.",
        decided=Decided(
            mode=Mode.FOR_ME,
            authority="best_interests",
            decided_by="Amir, her grandson, with her doctor",
            asked="Her sister Rose",
            person_showed="She smiled when we read it to her",
            can_object="She turns her head away",
            review_on=timezone.localdate() + timedelta(days=90),
        ),
    )
    handing.offer(profile=page, by=keeper, email=email, keeper_name="my grandson Amir")


def _helps(
    page: Profile,
    person: User,
    helper: User,
    name: str,
    may: May,
    kept_topics: list[str] | None = None,
) -> Supporter:
    key = actions.ask(
        profile=page,
        by=person,
        name=name,
        email=helper.email,
        may=may,
        kept_topics=kept_topics or [],
    )
    supporter = Supporter.objects.asked(key).get()
    supporter.profile = page
    actions.accept(supporter=supporter, by=helper)
    return Supporter.objects.of(helper).get(pk=supporter.pk)
