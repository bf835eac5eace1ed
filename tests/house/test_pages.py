"""The pages that are nobody's: they open for everybody, and change nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from profiles.house import views
from profiles.pages.models import Profile
from profiles.pdf.printing import Busy, TooHard
from tests.factories import clinic_share, make_share

PAGES = ["home", "example", "help", "privacy", "accessibility", "appearance"]


@pytest.mark.parametrize("name", PAGES)
def test_it_opens_for_anybody(client: Client, db: None, name: str) -> None:
    assertContains(client.get(reverse(f"house:{name}")), "</html>")


@pytest.mark.parametrize("name", PAGES)
def test_it_opens_for_somebody_with_a_page(anas_browser: Client, name: str) -> None:
    assertContains(anas_browser.get(reverse(f"house:{name}")), "My page")


@pytest.mark.parametrize("name", [*PAGES, "example_pdf", "up", "ready"])
def test_the_wrong_method_is_refused(client: Client, db: None, name: str) -> None:
    assert client.delete(reverse(f"house:{name}")).status_code == 405


@pytest.mark.parametrize("name", [*PAGES, "up", "ready"])
def test_no_cache_may_keep_it(client: Client, db: None, name: str) -> None:
    assert "no-store" in client.get(reverse(f"house:{name}"))["Cache-Control"]


@pytest.mark.parametrize("name", PAGES)
def test_search_engines_are_told_one_thing(client: Client, db: None, name: str) -> None:
    response = client.get(reverse(f"house:{name}"))
    assertContains(response, f'<meta name="robots" content="{response["X-Robots-Tag"]}">')


@pytest.mark.parametrize("name", PAGES)
def test_only_our_own_scripts_and_styles_may_run(client: Client, db: None, name: str) -> None:
    response = client.get(reverse(f"house:{name}"))
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_front_door_leads_to_a_first_question(client: Client, db: None) -> None:
    assertContains(client.get(reverse("house:home")), f'href="{reverse("pages:start")}"')


def test_the_front_door_leads_back_to_a_page_begun(visitor: Client) -> None:
    assertContains(visitor.get(reverse("house:home")), "Carry on with my page")


def test_the_front_door_leads_readers_in(client: Client, db: None) -> None:
    front = client.get(reverse("house:home"))
    for name in ("reading:type_code", "door:type_check_code", "workers:with_me"):
        assertContains(front, f'href="{reverse(name)}"')


def test_somebody_who_only_reads_is_led_to_who_shares_with_them(priyas_browser: Client) -> None:
    link = f'href="{reverse("workers:with_me")}"'
    assertContains(priyas_browser.get(reverse("pages:start")), link, count=2)  # and at the foot


def test_signing_out_takes_a_press_of_a_button(anas_browser: Client) -> None:
    address = reverse("account_logout")
    assertContains(anas_browser.get("/"), f'<form method="post" action="{address}">')


def test_the_example_shows_a_whole_page(client: Client, db: None) -> None:
    response = client.get(reverse("house:example"))
    assertContains(response, "Jo is not a real person")
    assertContains(response, "My pen is in the blue bag by the door.")
    assertContains(response, "Hall light on")


def test_the_example_comes_out_on_paper(client: Client, db: None) -> None:
    response = client.get(reverse("house:example_pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize("trouble", [Busy, TooHard])
def test_a_busy_press_asks_for_patience(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    def busy() -> bytes:
        raise trouble

    monkeypatch.setattr(views, "_example_bytes", busy)
    response = client.get(reverse("house:example_pdf"))
    assertContains(response, "Please try again in a moment", status_code=503)


def test_privacy_says_how_long_words_stay(client: Client, db: None) -> None:
    assertContains(client.get(reverse("house:privacy")), "7 days after your last visit")


def test_help_says_what_stays_with_a_clinic_and_that_we_could_read_it(
    client: Client, db: None
) -> None:
    assertContains(client.get(reverse("house:help")), reverse("house:help_clinic"))
    said = client.get(reverse("house:help_clinic"))
    for sentence in (
        "A record that has taken your page keeps it.",
        "Your page goes through our computer. It can read what it hands over.",
        "the name, birth date and gender that you typed. If you typed your NHS number",
        "Within a day of its end, we forget what you typed for it: your name, birth date",
    ):
        assertContains(said, sentence)


def test_whoever_shows_a_page_to_a_clinic_is_led_to_that_help(anas_browser: Client) -> None:
    share = clinic_share(Profile.objects.get())
    shown = anas_browser.get(reverse("sharing:share", kwargs={"ref": share.ref}))
    assertContains(shown, reverse("house:help_clinic"))


def test_up_and_ready_say_so(client: Client, db: None) -> None:
    assert client.get(reverse("house:up")).content == b"up\n"
    assert client.get(reverse("house:ready")).content == b"ready\n"


@pytest.mark.parametrize("shares", [0, 1])
def test_help_names_the_button_that_is_there_whether_or_not_it_is_shared(
    anas_browser: Client, anas_page: Profile, shares: int
) -> None:
    for _ in range(shares):
        make_share(anas_page)
    said = anas_browser.get(reverse("house:help")).text
    way = re.escape(reverse("sharing:home"))
    home = anas_browser.get(reverse("house:me")).text
    [button] = re.findall(rf'<a class="button"[^>]*href="{way}">([^<]+)<', home)
    assert f"“{button}”" in said
    [first, *_] = re.findall(
        r'<div class="actions">.*?href="([^"]+)"', anas_browser.get(reverse("sharing:home")).text
    )
    assert first == reverse("sharing:who") and "press the first button" in said


@pytest.mark.parametrize(
    "kept_out",
    ["ID numbers", "signatures", "tables of doses", "what a condition is", "who pays for what"],
)
def test_help_says_in_one_sentence_what_has_no_place_on_purpose(
    client: Client, db: None, kept_out: str
) -> None:
    said = client.get(reverse("house:help")).text
    (sentence,) = re.findall(r"On purpose, there is no place [^.]*\.", said)
    assert kept_out in sentence
