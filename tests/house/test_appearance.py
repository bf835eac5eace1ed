"""Text and colours: a form, a cookie, and what the server writes into the page."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from profiles.house.appearance import CHOICES, COOKIE

CHOSEN = {
    "size": "biggest",
    "colours": "yellow",
    "spacing": "roomy",
    "pictures": "hidden",
    "motion": "still",
}
ADDRESS = "/looks/"


def test_what_is_chosen_stands_in_every_page(client: Client, db: None) -> None:
    client.post(ADDRESS, CHOSEN)
    assertContains(
        client.get(reverse("house:help")),
        'dir="ltr" data-size="biggest" data-colours="yellow" data-spacing="roomy" '
        'data-pictures="hidden" data-motion="still">',
    )


def test_the_usual_look_writes_nothing(client: Client, db: None) -> None:
    client.post(ADDRESS, {choice.name: choice.usual for choice in CHOICES})
    assertContains(client.get(reverse("house:help")), '<html lang="en-gb" dir="ltr">')


def test_it_says_that_it_changed_and_leads_back(client: Client, db: None) -> None:
    response = client.post(f"{ADDRESS}?back=/help/", CHOSEN, follow=True)
    assertRedirects(response, f"{ADDRESS}?back=%2Fhelp%2F&changed=yes")
    assertContains(response, 'href="/help/">Go back to where I was')


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_it_never_leads_to_another_site(client: Client, db: None, back: str) -> None:
    response = client.get(ADDRESS, {"back": back, "changed": "yes"})
    assertContains(response, 'href="/">Go back to where I was')


def test_the_form_remembers_what_was_chosen(client: Client, db: None) -> None:
    client.post(ADDRESS, CHOSEN)
    assertContains(client.get(ADDRESS), 'value="biggest" id="id_size_2" required checked')


@pytest.mark.parametrize("cookie", ["", "nonsense", "..", "yellow.dark", "a" * 3000, '"><script>'])
def test_a_cookie_that_is_not_ours_does_no_harm(client: Client, db: None, cookie: str) -> None:
    client.cookies[COOKIE] = cookie
    response = client.get(reverse("house:help"))
    assert response.status_code == 200
    assert "<script>" not in response.text


def test_a_choice_that_is_not_there_gets_its_sentence(client: Client, db: None) -> None:
    response = client.post(ADDRESS, CHOSEN | {"size": "enormous"})
    assertContains(response, '<a href="#id_size_0">Choose one of these answers</a>')
    assert COOKIE not in response.cookies


def test_scripts_cannot_read_the_cookie(client: Client, db: None) -> None:
    cookie = client.post(ADDRESS, CHOSEN).cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_no_word_of_the_cookie_means_two_things() -> None:
    words = [key for choice in CHOICES for key, _ in choice.options]
    assert len(words) == len(set(words))
