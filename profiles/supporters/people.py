"""The people whom an account helps, and the pages it keeps, as a list."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from profiles.accounts.models import User
from profiles.answers.several import Difference, Sight, names_for_themselves, names_in, news_in
from profiles.pages.lists import listed
from profiles.pages.models import Profile
from profiles.sharing.wording import titles_with_photo
from profiles.supporters import sentences
from profiles.supporters.models import Supporter

Row = Supporter | Profile  # somebody they help; or a page that they keep, which is theirs to open


def people_of(user: User | AnonymousUser, request: HttpRequest) -> dict[str, Any]:
    """Those whom this account helps, with what is new; and the pages it keeps for somebody."""
    helped = Supporter.objects.of(user).select_related("last_look__edition").latest_first()
    kept = Profile.objects.kept(user).select_related("data_key").order_by("-made_at", "-pk")
    everybody: list[Row] = [*helped, *kept]
    shown = listed(request, everybody, _names)
    return {"listed": shown, "form": shown.form, **_people(shown.rows)}


def _names(rows: Sequence[Row]) -> list[str]:
    """What each is called, as far as whoever helps may see it; a keeper sees all."""
    helped = [row for row in rows if isinstance(row, Supporter)]
    kept = [row for row in rows if isinstance(row, Profile)]
    return [*names_in(map(_sight, helped)), *names_for_themselves(kept)]


def _people(rows: Sequence[Row]) -> dict[str, Any]:
    helped = [row for row in rows if isinstance(row, Supporter)]
    kept = [row for row in rows if isinstance(row, Profile)]
    news = news_in(map(_sight, helped))
    names = names_for_themselves(kept)
    return {
        "rows": [_person(*each) for each in zip(helped, news, strict=True)],
        "kept": [
            {"page": page, "name": name} for page, name in zip(kept, names, strict=True)
        ],
    }  # fmt: skip


def _person(supporter: Supporter, news: Difference) -> dict[str, Any]:
    look = supporter.last_look
    return {
        "supporter": supporter,
        "name": news.name,
        "may": sentences.I_MAY[Supporter.May(supporter.may)],
        "last_read": look.looked_at if look else None,
        "added": titles_with_photo(news.added),
        "changed": titles_with_photo(news.changed),
    }


def _sight(supporter: Supporter) -> Sight:
    look = supporter.last_look
    return Sight(
        page=supporter.profile,
        topics=None,
        ticked=supporter.kept_topics,
        stood=look.edition if look else None,
    )
