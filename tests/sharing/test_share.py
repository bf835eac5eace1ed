"""One share: changed, paused, stopped; and what stopping cannot pull back, said honestly."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.sharing import actions, links, new_actions
from profiles.sharing.days import end_of
from profiles.sharing.models import Share
from profiles.sharing.sentences import state
from tests.factories import make_page, make_share, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(anas_page) -> Share:
    cache.clear()
    return make_share(anas_page)


def at(name: str, share: Share) -> str:
    return reverse(f"sharing:{name}", kwargs={"ref": share.ref})


def test_the_list_says_who_what_until_when_and_how_often(anas_browser, share, cal):
    page = reverse("sharing:home")
    assertContains(anas_browser.get(page), "Not opened yet.")
    cal.read(share)
    listed = anas_browser.get(page)
    for said in ["Priya, Sunrise Home Care", "everything on your page", "Until the end of"]:
        assertContains(listed, said)
    assertContains(listed, "Looked once.")
    assertContains(listed, "Sharing now", count=1)  # above them all, and on none of them
    anas_browser.post(at("pause", share))
    assertContains(anas_browser.get(page), ">Paused</span></h3>", count=1)


def test_the_link_the_code_and_the_picture_are_there_whenever_they_are_wanted(anas_browser, share):
    page = anas_browser.get(at("share", share)).content.decode()
    assert f"http://testserver/s/{share.key}/" in page
    shown = anas_browser.get(at("show", share)).content.decode()
    assert "data:image/svg+xml;base64," in shown
    spoken = anas_browser.post(at("speak", share)).content.decode()
    assert re.search(r'class="spoken">[0-9A-Z]{4}-[0-9A-Z]{4}<', spoken)


def test_a_page_without_the_picture_draws_none(anas_browser, share, monkeypatch):
    drawn = []
    monkeypatch.setattr(links, "qr_code", lambda link, **how: drawn.append(link) or b"")
    assert anas_browser.get(at("change_how_long", share)).status_code == 200
    assert anas_browser.get(at("send", share)).status_code == 200
    assert drawn == []
    anas_browser.get(at("show", share))
    assert drawn == [f"http://testserver/s/{share.key}/"]


def change(browser, name, share, **said):
    """Choose, read the whole sentences, and say yes."""
    sentences = browser.post(at(name, share), said | {"mode": "me"}).content.decode()
    found = re.search(r'name="shown" value="(\w+)"', sentences)
    assert found
    return browser.post(at(name, share), said | {"mode": "me", "shown": found[1]})


@pytest.mark.parametrize(
    "name, said",
    [
        ("change_what", {"topics": ["sleep"], "may": "read"}),
        ("change_how_long", {"until": "week"}),
    ],
)
def test_a_yes_to_a_change_stands_on_a_page_of_its_own(anas_browser, anas_page, share, name, said):
    say(anas_page, "sleep", "Hall light on.")
    said = said | {"mode": "me"}
    asked = anas_browser.post(at(name, share), said)
    assertContains(asked, "Nothing has changed yet.")
    page = asked.content.decode()
    assert not re.search(r'type="(checkbox|radio|date)"', page)
    sent = re.findall(r'<input type="hidden" name="(topics|may|until|mode)" value="(\w+)"', page)
    assert {field for field, _ in sent} == {*said}
    again = anas_browser.post(at(name, share), said | {"do": "change"})
    ticked = re.findall(r'value="(\w+)"[^>]*\bchecked\b', again.content.decode())
    assert {*ticked} == {*dict(sent).values()}
    share.refresh_from_db()
    assert share.topics == ["call_me", "important"]


def test_topics_change_at_once_for_who_is_reading(anas_browser, anas_page, share, cal):
    say(anas_page, "sleep", "Hall light on.")
    assert "Tea first" in cal.read(share)
    change(anas_browser, "change_what", share, topics=["sleep"], may="read")
    page = cal.ask(share).content.decode()
    assert "Hall light on." in page and "Tea first" not in page
    assert cal.ask(share, "pdf").status_code == 403  # it may only be read now


def test_the_last_day_can_be_changed(anas_browser, share):
    day = timezone.localdate() + timedelta(days=9)
    change(anas_browser, "change_how_long", share, until="day", day=day.isoformat())
    assertContains(anas_browser.get(at("share", share)), f"{day.day} {day:%B %Y}")


@pytest.mark.parametrize("name", ["change_what", "change_how_long"])
def test_a_change_says_how_it_was_decided(anas_browser, share, name):
    said = {"topics": ["important"], "may": "read", "until": "week"}
    answer = anas_browser.post(at(name, share), said)
    assertContains(answer, "Choose how you decided", status_code=422)
    assert share.events.count() == 1


def test_what_they_see_now_is_ticked_when_it_is_changed(anas_browser, share):
    page = anas_browser.get(at("change_what", share)).content.decode()
    assert re.findall(r'value="(\w+)"[^>]*\bchecked\b', page) == ["important", "print"]


def test_pausing_closes_it_and_opening_it_again_opens_it(anas_browser, share, cal):
    cal.come_in(share)
    anas_browser.post(at("pause", share))
    assert cal.ask(share).status_code == 410
    assertContains(anas_browser.get(at("share", share)), "Paused")
    anas_browser.post(at("resume", share))
    assert cal.ask(share).status_code == 200


def test_stopping_is_one_page_and_one_press(anas_browser, share, cal):
    cal.come_in(share)
    assertContains(anas_browser.get(at("stop", share)), "Stop sharing with Priya")
    assert cal.ask(share).status_code == 200  # looking at the page stops nothing
    anas_browser.post(at("stop", share))
    assert cal.ask(share).status_code == 410
    page = anas_browser.get(at("share", share))
    assertContains(page, "You stopped sharing.")
    assertNotContains(page, share.key)


def test_the_stop_page_lists_what_was_printed_and_kept_and_for_whom(anas_browser, share, cal):
    cal.read(share, "pdf")
    cal.read(share, "text")
    anas_browser.get(reverse("door:as_reader_pdf", kwargs={"ref": share.ref}))
    page = anas_browser.get(at("stop", share))
    assertContains(page, "Paper, edition 1", count=2)
    assertContains(page, "taken by Cal, night nurse", count=2)
    assertContains(page, "printed by you", count=1)
    assertContains(page, "A copy, edition 1", count=1)


def test_the_stop_page_says_so_when_nothing_was_printed(anas_browser, share, cal):
    cal.read(share)
    assertContains(anas_browser.get(at("stop", share)), "Nothing was printed from here")


@pytest.mark.parametrize("name", ["pause", "resume", "passcode"])
def test_what_has_stopped_stays_so(anas_browser, ana, share, name):
    actions.stop(share=share, by=ana)
    anas_browser.post(at(name, share))
    share.refresh_from_db()
    assert not share.is_open()
    assert share.events.count() == 2


def test_the_way_back_from_stopping_does_not_look_as_if_it_were_open(anas_browser, ana, share):
    actions.stop(share=share, by=ana)
    for page in (
        at("stop", share),
        *(
            reverse(f"door:{name}", kwargs={"ref": share.ref})
            for name in ("as_reader", "as_reader_pdf")
        ),
    ):
        assertRedirects(anas_browser.get(page), at("share", share))


@pytest.mark.parametrize("name", ["change_what", "change_how_long", "show", "speak"])
def test_what_has_stopped_is_not_changed_or_shown(anas_browser, ana, share, name):
    actions.stop(share=share, by=ana)
    said = {"topics": ["important"], "may": "read", "until": "week", "mode": "me"}
    for answer in (anas_browser.get(at(name, share)), anas_browser.post(at(name, share), said)):
        assert answer.status_code in {302, 405}
    assert share.events.count() == 2


def test_a_change_that_is_pressed_twice_is_told_once(anas_browser, share):
    for name, said in (
        ("change_what", {"topics": ["important"], "may": "read"}),
        ("change_how_long", {"until": "week"}),
    ):
        said |= {"mode": "me"}
        page = anas_browser.post(at(name, share), said).content.decode()
        said |= {"shown": re.findall(r'name="shown" value="([^"]+)"', page)[0]}
        for _ in range(2):
            assertRedirects(anas_browser.post(at(name, share), said), at("share", share))
    assert [event.kind for event in share.events.order_by("pk")] == ["given", "changed", "changed"]


def test_a_share_ends_by_the_clock_and_by_no_job(anas_browser, share, cal, monkeypatch):
    cal.come_in(share)
    monkeypatch.setattr("profiles.sharing.models.timezone.now", lambda: share.ends_at)
    assert cal.open(share.key).status_code == 410


@pytest.mark.parametrize(
    "day, written",
    [
        (date(2028, 2, 29), "Tuesday 29 February 2028"),
        (date(2027, 3, 28), "Sunday 28 March 2027"),  # the clocks go forward
        (date(2027, 10, 31), "Sunday 31 October 2027"),  # and back
        (date(2027, 6, 30), "Wednesday 30 June 2027"),
    ],
)
def test_it_is_open_to_the_end_of_its_last_day_and_no_longer(anas_page, day, written):
    share = make_share(anas_page, ends_at=end_of(day))
    last = timezone.make_aware(datetime.combine(day, time.max))
    for moment, is_open in ((last, True), (last + timedelta(microseconds=1), False)):
        assert share.is_open(moment) == is_open
        assert Share.objects.open(moment).filter(pk=share.pk).exists() == is_open
    assert f"It ends by itself at the end of {written}." in share.events.get().wording
    assert state(share, last)["said"] == f"Until the end of {written}."
    assert state(share, share.ends_at)["said"] == f"It ended by itself after {written}."


def test_the_link_goes_by_email_without_a_word_of_the_page(anas_browser, share, mailoutbox):
    anas_browser.post(at("send", share), {"email": "ward4@example.org"})
    [mail] = mailoutbox
    assert mail.to == ["ward4@example.org"]
    assert f"http://testserver/s/{share.key}/" in mail.body
    for word in ["Ana", "Priya", "Sunrise", "Tea"]:
        assert word not in mail.subject + mail.body


def test_pressed_twice_or_from_the_way_back_it_is_one_email(anas_browser, share, mailoutbox):
    for email in ("ward4@example.org", "Ward4@example.org"):
        answer = anas_browser.post(at("send", share), {"email": email}, follow=True)
        assertContains(answer, "The link is on its way by email.")
    assert len(mailoutbox) == 1
    anas_browser.post(at("send", share), {"email": "ward5@example.org"})
    assert len(mailoutbox) == 2


def test_later_it_can_be_sent_again(anas_browser, share, mailoutbox, monkeypatch):
    monkeypatch.setattr("profiles.core.one_press.ONE_PRESS", timedelta(0))
    for _ in range(2):
        anas_browser.post(at("send", share), {"email": "ward4@example.org"})
    assert len(mailoutbox) == 2


def test_whoever_presses_while_it_is_being_sent_is_told_so(anas_browser, anas_page, monkeypatch):
    share, said = make_share(anas_page, email="priya@example.org"), {"email": "priya@example.org"}
    seen = []

    def press_again(*given, **more) -> bool:
        seen.append(anas_browser.post(at("send", share), said))
        seen.append(anas_browser.get(at("share", share)))
        return False

    monkeypatch.setattr("profiles.sharing.links.send", press_again)
    answer = anas_browser.post(at("send", share), said)
    assertContains(answer, "We could not send that just now", status_code=422)
    pressed, page = seen  # one press, one email
    assertContains(pressed, "We are sending it just now.", status_code=422)
    assertContains(page, "We are sending the link to priya@example.org just now.")
    assertContains(anas_browser.get(at("share", share)), "The link has not gone to")


def test_somebodys_mailbox_is_not_filled(anas_browser, share, mailoutbox):
    said = {"email": "ward4@example.org"}
    answers = [
        anas_browser.post(at("send", share), said | {"say_name": "on"} if odd else said).status_code
        for odd in (0, 1) * 4  # to say something else is another press
    ]
    assert len(mailoutbox) == 5
    assert answers[-1] == 422


@pytest.mark.parametrize(
    "email", ["", "ward4", "a@b\r\nBcc: x@example.org", "a" * 300 + "@example.org"]
)
def test_an_address_that_is_none_gets_a_sentence(anas_browser, share, mailoutbox, email):
    assertContains(
        anas_browser.post(at("send", share), {"email": email}), "address", status_code=422
    )
    assert not mailoutbox


@pytest.mark.parametrize("name", ["send", "speak"])
def test_nobody_is_invited_to_what_is_paused_and_that_is_said(
    anas_browser, ana, share, mailoutbox, name
):
    actions.pause(share=share, by=ana)
    answer = anas_browser.post(at(name, share), {"email": "ward4@example.org"})
    said = "It is paused, so nobody could come in. Open it again first."
    for words in (said, ">\nward4@example.org</textarea>"):
        assertContains(answer, words, status_code=409)
    share.refresh_from_db()
    assert not mailoutbox and not share.spoken_digest


@pytest.mark.parametrize("name", ["send", "speak"])
def test_nobody_is_invited_to_what_has_stopped_and_that_is_said(
    anas_browser, ana, share, mailoutbox, name
):
    actions.stop(share=share, by=ana)
    for answer in (
        anas_browser.get(at(name, share), follow=True),
        anas_browser.post(at(name, share), follow=True),
    ):
        assertContains(answer, "This is not shared any more, so nothing was sent.")
        assertNotContains(answer, "Their email address")
    assert not mailoutbox


def refuse(*given):
    raise ConnectionRefusedError


@pytest.fixture
def no_mail_server(monkeypatch) -> None:
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)


def test_it_is_said_that_a_worker_was_sent_the_link_only_when_that_is_so(
    anas_browser, anas_page, mailoutbox
):
    share = make_share(anas_page, email="priya@example.org")
    page = anas_browser.get(at("share", share))
    assertContains(page, "The link has not gone to priya@example.org yet.")
    assertNotContains(page, "We have sent")
    anas_browser.post(at("send", share), {"email": "somebody.else@example.org"})
    assertNotContains(anas_browser.get(at("share", share)), "We have sent")
    anas_browser.post(at("send", share), {"email": "Priya@Example.org"})
    assertContains(
        anas_browser.get(at("share", share)), "We have sent the link to priya@example.org."
    )
    assert len(mailoutbox) == 2


def test_an_email_that_could_not_go_to_a_worker_is_not_said_to_have_gone(
    anas_browser, anas_page, no_mail_server
):
    share = make_share(anas_page, email="priya@example.org")
    anas_browser.post(at("send", share), {"email": "priya@example.org"})
    assertNotContains(anas_browser.get(at("share", share)), "We have sent")


def test_a_mail_server_that_refuses_is_told_kindly(anas_browser, share, no_mail_server, caplog):
    answer = anas_browser.post(at("send", share), {"email": "ward4@example.org"})
    assertContains(answer, "We could not send that just now", status_code=422)
    assert "ward4" not in caplog.text


def test_a_strangers_share_is_not_found(dees_browser, dee, share):
    make_page(dee, call_me="Dee")
    for name in ["share", "show", "stop", "change_what", "change_how_long", "send"]:
        assert dees_browser.get(at(name, share)).status_code == 404
    for name in ["stop", "pause", "passcode", "speak"]:
        assert dees_browser.post(at(name, share)).status_code == 404
    assert share.events.count() == 1


def test_a_locked_passcode_is_told_and_can_be_made_anew(anas_browser, ana, share):
    share = actions.change_passcode(share=share, by=ana)
    Share.objects.filter(pk=share.pk).update(wrong_tries=10)
    assertContains(anas_browser.get(at("share", share)), "typed a wrong passcode 10 times")
    assertContains(anas_browser.get("/me/"), "was typed wrongly too often")
    listed = anas_browser.get(reverse("sharing:home"))
    assertContains(listed, "typed wrongly too often. Nobody new can come in.")
    anas_browser.post(at("passcode", share), {"wanted": "yes"})
    assertNotContains(anas_browser.get(at("share", share)), "typed a wrong passcode")


def test_there_are_never_two_being_made(anas_page, ana):
    first = new_actions.begin(profile=anas_page, by=ana)
    assert new_actions.begin(profile=anas_page, by=ana) == first


def test_the_title_says_how_it_stands_now(anas_browser, share):
    where = f"/me/sharing/{share.ref}/"
    assertContains(anas_browser.get(where), "<title>Priya, Sunrise Home Care: Sharing now – ")
    anas_browser.post(f"{where}pause/")
    assertContains(anas_browser.get(where), "<title>Priya, Sunrise Home Care: Paused – ")
