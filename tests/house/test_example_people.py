"""The people of our examples: made anew, told whole, and only where nobody real can be."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from profiles.house.example_people import EVERYBODY, JO
from profiles.pages.models import Profile
from profiles.sharing.models import Share
from profiles.workers import sentences
from profiles.workers.models import HelloCard
from tests import factories
from tests.factories import make_page, make_user, signed_in
from tests.readers import ReaderWithLink

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def on_my_machine(settings) -> None:
    settings.LOCAL = settings.DEBUG = True
    settings.SESSION_COOKIE_NAME = "sessionid"


def example(*words: str) -> dict:
    said = StringIO()
    call_command("example", "--json", *words, stdout=said)
    return json.loads(said.getvalue())


def person(told: dict, name: str) -> dict:
    return next(each for each in told["people"] if each["name"] == name)


def key_in(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize("local, debug, words", [(False, True, []), (True, False, ["--canaries"])])
def test_it_does_nothing_where_other_peoples_pages_may_be(settings, local, debug, words):
    settings.LOCAL, settings.DEBUG = local, debug
    with pytest.raises(SystemExit) as stopped:
        call_command("example", *words, stderr=StringIO())
    assert stopped.value.code == 2
    assert not Profile.objects.exists()


@pytest.mark.usefixtures("on_my_machine")
def test_it_tells_how_to_sign_in_as_each_and_where_one_open_share_of_each_leads():
    told = example()
    assert {each["email"] for each in told["people"]} == {who.email for who in EVERYBODY}
    for each in told["people"]:
        browser = Client()
        cookie = each["sign_in"]["cookie"]
        browser.cookies[cookie["name"]] = cookie["value"]
        assert browser.get("/account/").status_code == 200
    for name in ("jo", "tom", "amira"):
        assert any(share["is_open"] for share in person(told, name)["shares"])


@pytest.mark.usefixtures("on_my_machine")
def test_every_answer_has_its_own_canary_and_a_share_shows_just_its_own():
    told = example("--canaries")
    jo = person(told, "jo")
    assert set(jo["canaries"]) == {topic for topic, _ in JO.said}
    assert jo["canaries"]["health"] == "CNRY-jo-health"
    ward = next(share for share in jo["shares"] if share["reader"].startswith("Ward 4"))
    page = ReaderWithLink().read(key_in(ward["address"]))
    seen = {topic for topic, canary in jo["canaries"].items() if canary in page}
    assert seen == set(ward["topics"])


@pytest.mark.usefixtures("on_my_machine")
def test_with_canaries_the_page_still_fits_on_one_page():
    told = example("--canaries")
    jo = person(told, "jo")
    browser = Client()
    browser.cookies["sessionid"] = jo["sign_in"]["cookie"]["value"]
    answer = browser.get("/me/page.pdf")
    assert answer["Content-Type"] == "application/pdf"


@pytest.mark.usefixtures("on_my_machine")
def test_closed_shares_are_there_too_and_show_nothing():
    told = example("--canaries")
    closed = [share for share in person(told, "jo")["shares"] if not share["is_open"]]
    assert {share["state"] for share in closed} == {"Paused", "Stopped", "Ended"}
    for share in closed:
        assert ReaderWithLink().open(key_in(share["address"])).status_code == 410


@pytest.mark.usefixtures("on_my_machine")
def test_doing_it_again_makes_the_same_people_anew_and_touches_nobody_else():
    mine = make_page(make_user("real@example.com"), call_me="Real")
    factories.say(mine, "important", "Stays.")
    first, second = example(), example()
    assert [each["name"] for each in first["people"]] == [each["name"] for each in second["people"]]
    assert Profile.objects.count() == 5
    assert Profile.objects.filter(pk=mine.pk).exists()
    assert Share.objects.filter(profile__owner__email="jo@example.org").count() == 7


@pytest.mark.usefixtures("on_my_machine")
def test_priya_has_a_hello_card_and_a_promise_of_each_kind():
    example()
    example()
    rows = sentences.by(HelloCard.objects.get().worker)
    became = [(each["row"].word, bool(each["row"].sorry), each["asks"]) for each in rows]
    assert became == [
        ("", False, False),
        ("Done", False, False),
        ("Not done", True, False),
        ("Not done", False, True),
    ]
    browser = signed_in(Profile.objects.get(owner__email="jo@example.org").owner)
    page = browser.get(f"/me/hello/{HelloCard.objects.get().ref}/").content.decode()
    assert "You both mention: tomatoes, Welsh, rugby." in page


@pytest.mark.usefixtures("on_my_machine")
def test_for_people_it_is_a_list_to_read():
    said = StringIO()
    call_command("example", stdout=said)
    words = said.getvalue()
    assert "jo@example.org: sign in with this address." in words
    assert "Ward 4, City Hospital (Sharing now): http://testserver/s/" in words
    assert "passcode: " in words


@pytest.mark.usefixtures("on_my_machine")
def test_each_kind_of_help_is_there_and_a_helper_sees_just_what_they_may():
    told = example("--canaries")
    emails = {each["name"]: each["sign_in"]["cookie"]["value"] for each in told["people"]}
    kinds = set()
    for name in ("jo", "tom"):
        whose = person(told, name)
        for helper in whose["helpers"]:
            kinds.add(helper["may"])
            browser = Client()
            browser.cookies["sessionid"] = emails[helper["name"]]
            page = browser.get(helper["address"].partition("testserver")[2]).content.decode()
            seen = {topic for topic, canary in whose["canaries"].items() if canary in page}
            hidden = {*whose["only_me"]} - {*helper["kept_topics"]}
            assert seen == {*whose["canaries"]} - hidden
    assert kinds == {"see", "suggest", "write"}
