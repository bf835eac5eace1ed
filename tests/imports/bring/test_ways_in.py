"""An archive comes back whole; and which pages lead to bringing a file."""

from typing import Any

from django.test import Client
from django.urls import reverse

from profiles.door import door
from profiles.pages import actions as page_actions
from profiles.pages.models import Profile
from profiles.photos import actions as photo_actions
from profiles.photos.images import Crop
from profiles.topics.load import load
from tests.factories import make_page, put_beside, say, texts
from tests.imports.bring.files import (
    ARCHIVE,
    BRING,
    CHOOSE,
    FILE,
    bring_back,
    carried,
    open_in,
    upload,
)
from tests.photos.photos import as_file, corners, looks_like_corners
from tests.photos.photos import read as read_photo

# There and back


def test_a_page_with_everything_goes_into_the_archive_and_comes_back(client, visitors_page):
    for topic in load().by_key.values():
        if topic.key not in {"call_me", "must_know"}:
            say(visitors_page, topic.key, f"{topic.title}.\nالشاي أولاً", picture="2615")
    say(visitors_page, "call_me", "Jo\nSay it like “joe”.", picture="")
    say(visitors_page, "must_know", "One.\nTwo.\nThree.", said_by="my sister Dee", checked=True)
    say(visitors_page, "culture", "Dydd Gŵyl Dewi.", language="cy", said_by="Amir")
    say(visitors_page, "story", "W" * 4_000, only_me=True)
    for topic in ("health", "not_contact"):
        say(visitors_page, topic, "Ask me.", only_me=True)
    photo_actions.add_photo(profile=visitors_page, whole=as_file(corners()), alt="Jo in a red hat")
    put_beside(visitors_page, "yes_no", "My sign for yes")
    first = Client()
    open_in(first, visitors_page)
    data = first.get(ARCHIVE).content
    client.post(reverse("pages:start"), {"who": "me", "language": "en", "bring": "yes"})
    done = upload(client, data, "tell-it-once.zip", only_me="no")
    assert done.url == reverse("door:page")
    other = Profile.objects.exclude(pk=visitors_page.pk).get()
    assert everything_on(other) == everything_on(visitors_page)
    square = door.copy_for(other).everything.photo
    assert square and square.alt == "Jo in a red hat"
    whole = other.photos.newest()
    whole.profile = other
    assert looks_like_corners(read_photo(whole.whole))


def everything_on(page: Profile) -> dict[str, tuple[Any, ...]]:
    return {
        row.topic: (
            row.lines,
            row.picture,
            row.whose,
            row.language,
            row.only_me,
            row.photo.alt if row.photo else "",
        )
        for row in page.answers.current().with_profile(page)
    }


def test_on_the_page_that_it_was_saved_from_there_is_nothing_to_bring(client, visitors_page):
    photo_actions.add_photo(profile=visitors_page, whole=as_file(corners()), alt="Jo in a red hat")
    open_in(client, visitors_page)
    data = client.get(reverse("exports:everything")).content
    shown = upload(client, data)
    assert "All that is in the file is on the page already" in shown.content.decode()
    photo_actions.crop_photo(
        profile=visitors_page, how=Crop.CLOSER, alt="Jo in a red hat", started_from=1
    )
    assert "Use the file’s photo" in upload(client, data).content.decode()


# Who may


def test_the_first_question_leads_to_it(client, db):
    started = client.post(reverse("pages:start"), {"who": "me", "language": "en", "bring": "yes"})
    assert started.url == BRING
    assert "All of it comes back." in client.get(BRING).content.decode()


def test_home_and_the_page_of_copies_lead_to_it(visitor):
    for name in ("house:me", "exports:copy"):
        assert f'href="{BRING}"' in visitor.get(reverse(name)).content.decode()


def test_a_keeper_brings_to_the_page_they_keep(dees_browser, dee):
    page = page_actions.start_page(for_someone=True, language="en", user=dee)
    shown = upload(dees_browser, FILE).content.decode()
    assert "Only them and me, for now" in shown
    bring_back(dees_browser, FILE, "culture", only_me="no")
    assert texts(page, "culture") == ["Dydd Gŵyl Dewi."]


def test_whoever_has_no_page_is_asked_to_start_one(client, db):
    assert client.get(BRING).status_code == 403
    assert client.post(CHOOSE, {"file": "{}"}).url == reverse("pages:start")


def test_it_goes_to_the_page_it_was_shown_for(visitor, visitors_page):
    other = make_page(call_me="Sam")
    sent = carried(upload(visitor, FILE)) | {"words-culture": "file", "only_me": "no"}
    session = visitor.session
    session["pages"] = [visitors_page.key, other.key]
    session.save()
    visitor.post(CHOOSE, sent | {"about_page": visitors_page.key})
    assert texts(visitors_page, "culture") == ["Dydd Gŵyl Dewi."]
    assert texts(other, "culture") == []


def test_the_wrong_method_is_refused(visitor):
    assert visitor.get(CHOOSE).status_code == 405
    assert visitor.put(BRING).status_code == 405


def test_no_cache_keeps_it(visitor):
    assert "no-store" in visitor.get(BRING)["Cache-Control"]
    assert "no-store" in upload(visitor, FILE)["Cache-Control"]
