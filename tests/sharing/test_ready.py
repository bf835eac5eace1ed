"""It is shared: the ways to give somebody the link, and what each says of whom."""

import re
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import begin_share, make_page, make_share
from tests.sharing.test_new import CHECK, READY, go_through, shown_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_mails_yet() -> None:
    cache.clear()


def test_ready_gives_the_link_the_picture_the_email_and_paper(anas_browser, anas_page):
    share = go_through(anas_browser, way="passcode")
    page = anas_browser.get(READY)
    assertContains(page, f"http://testserver/s/{share.key}/")
    assertContains(page, "data:image/svg+xml;base64,")
    assertContains(page, share.passcode)
    assertContains(page, reverse("door:as_reader_pdf", kwargs={"ref": share.ref}))
    assertContains(page, reverse("sharing:send", kwargs={"ref": share.ref}))


def test_a_named_worker_is_emailed_the_link_and_no_words(anas_browser, anas_page, mailoutbox):
    share = go_through(anas_browser, way="worker", worker_email="priya@example.org")
    assert share.kind == Share.Kind.WORKER
    [mail] = mailoutbox
    assert mail.to == ["priya@example.org"]
    assert f"/s/{share.key}/" in mail.body
    for word in ["Ana", "Priya", "Tea"]:
        assert word not in mail.subject + mail.body
    assertContains(anas_browser.get(READY), "We have sent the link to priya@example.org.")


@pytest.mark.parametrize("ticked", [True, False])
def test_that_email_says_ones_name_only_where_one_ticked_it(
    anas_browser, anas_page, mailoutbox, ticked
):
    said = {"say_name": "on"} if ticked else {}
    go_through(anas_browser, way="worker", worker_email="priya@example.org", **said)
    [mail] = mailoutbox
    assert ("Hello. Ana shares their page with you" in mail.body) is ticked
    assert ("Hello. Somebody shares" in mail.body) is not ticked


def test_of_a_link_no_email_is_asked_about(anas_browser, anas_page, mailoutbox):
    begin_share(anas_page)
    assertNotContains(anas_browser.get(CHECK), "Say my name")
    said = {"mode": "me", "shown": shown_in(anas_browser), "say_name": "on"}
    assertRedirects(anas_browser.post(CHECK, said), READY)
    assert not mailoutbox


def test_a_name_that_no_email_may_say_is_told_before_anything_is_shared(anas_browser, ana):
    page = make_page(ana, call_me="http://example.org", important="Tea.")
    begin_share(page, email="priya@example.org")
    said = {"mode": "me", "shown": shown_in(anas_browser), "say_name": "on"}
    asked = anas_browser.post(CHECK, said)
    assertContains(asked, "We can only say a name that is all letters", status_code=422)
    assert not Share.objects.given().exists()


def test_ready_begins_a_message_on_the_phone_that_says_no_name(anas_browser, anas_page):
    share = go_through(anas_browser)
    [message] = re.findall(
        r'href="sms:\?&amp;body=([^"]+)"', anas_browser.get(READY).content.decode()
    )
    assert unquote(message) == (
        "Please read my page before you help me. It says how to help me well: "
        f"http://testserver/s/{share.key}/"
    )


def test_of_a_kept_page_the_message_speaks_for_nobody(client, rosa, kept):
    share = make_share(kept)
    client.force_login(rosa)
    page = client.get(reverse("sharing:share", kwargs={"ref": share.ref}))
    assertContains(page, 'data-text="Please read this page before you help.')
    assertNotContains(page, "Please%20read%20my")


def test_a_named_worker_who_could_not_be_emailed_is_not_said_to_have_been(
    anas_browser, anas_page, monkeypatch
):
    monkeypatch.setattr("profiles.sharing.links.send", lambda *given, **said: False)
    go_through(anas_browser, way="worker", worker_email="priya@example.org")
    page = anas_browser.get(READY)
    assertContains(page, "The link has not gone to priya@example.org yet.")
    assertNotContains(page, "We have sent")


def test_what_another_window_has_paused_is_not_said_to_be_ready(anas_browser, anas_page):
    share = make_share(anas_page)
    actions.pause(share=share, by=anas_page.owner)
    assertRedirects(anas_browser.get(READY), reverse("sharing:share", kwargs={"ref": share.ref}))
    picture = anas_browser.get(reverse("sharing:show", kwargs={"ref": share.ref}))
    assertContains(picture, "It is paused. It opens nothing until you open it again.")
    assertNotContains(picture, "Open the camera")
