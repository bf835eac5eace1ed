"""Whose an email is stands in it with their yes alone; and none of ours looks like a trap."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from pytest_django.asserts import assertContains

from profiles.core import mails
from profiles.core.mails import sayable
from profiles.pages import actions as page_actions
from profiles.supporters import suggestion_actions
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from tests.factories import make_share, make_supporter, say

pytestmark = pytest.mark.django_db
INVITE = "/me/helpers/invite/"
BODIES = sorted((Path(settings.BASE_DIR) / "templates/emails").glob("*/body.txt"))
# What emails that steal say, and ours never do.
PRESSING = ("urgent", "immediately", "at once", "click", "now or", "expire", "verify", "suspend",
            "act now", "within 24 hours", "your account will")  # fmt: skip


def invite(browser, **said):
    said = {"name": "my sister Dee", "email": "dee@example.org", "may": "see"} | said
    first = browser.post(INVITE, said)
    if "wording" not in first.context or first.context["wording"] is None:
        return first
    return browser.post(INVITE, said | {"shown": first.context["wording"].fingerprint})


def test_an_invitation_says_the_name_with_a_yes(anas_browser, anas_page, mailoutbox):
    invite(anas_browser, names_in_emails="on")
    [mail] = mailoutbox
    assert "Hello. Ana is writing a page about themself" in mail.body
    assert "Ana" not in mail.subject


def test_and_without_one_it_says_none(anas_browser, anas_page, mailoutbox):
    invite(anas_browser)
    [mail] = mailoutbox
    assert "Somebody you know is writing a page" in mail.body
    assert not re.search(r"\bAna\b", mail.body + mail.subject)  # letters of its link are random


def test_nothing_is_ticked_beforehand(anas_browser, anas_page):
    form = anas_browser.get(INVITE).context["form"]
    assert not form["names_in_emails"].value()


@pytest.mark.parametrize(
    "name",
    ["www.evil.example", "https://evil.example", "Pay ana@evil.example", "07700 900123",
     "Ana <b>", "Win £100", "a" * 61, "evil.example", "Ana\u202e"],
)  # fmt: skip
def test_a_name_that_could_lead_somewhere_is_not_sent(anas_browser, anas_page, mailoutbox, name):
    say(anas_page, "call_me", name)
    answer = invite(anas_browser, names_in_emails="on")
    assertContains(answer, "We can only say a name that is all letters", status_code=422)
    assertContains(answer, "my sister Dee", status_code=422)
    assert mailoutbox == []
    assert sayable(name) == ""


@pytest.mark.parametrize(
    "name",
    ["Ana", "Dr. Ann O’Neill", "Siân-Lleucu", "हिना", "يحيى", "Nguyễn Văn A.", "小明"],
)
def test_names_of_every_kind_can_be_said(name):
    assert sayable(f"  {name} ") == name


def test_of_an_old_first_line_only_the_name_is_said(anas_browser, anas_page, mailoutbox):
    say(anas_page, "call_me", "Jean. Rhymes with bean.")
    invite(anas_browser, names_in_emails="on")
    assert "Jean" in mailoutbox[0].body
    assert "bean" not in mailoutbox[0].body


def test_a_name_kept_to_oneself_is_not_said(anas_browser, anas_page, mailoutbox):
    say(anas_page, "call_me", "Ana", only_me=True)
    answer = invite(anas_browser, names_in_emails="on")
    assert answer.status_code == 422
    assert mailoutbox == []


@pytest.mark.parametrize("ticked", [True, False])
def test_an_email_about_a_suggestion_says_who_where_that_was_ticked(
    anas_page, sister, mailoutbox, django_capture_on_commit_callbacks, ticked
):
    helper = make_supporter(anas_page, sister, name="my sister Dee")
    Supporter.objects.update(names_in_emails=ticked)
    type(anas_page).objects.update(tells_me=True)
    helper = Supporter.objects.select_related("profile").get(pk=helper.pk)
    with django_capture_on_commit_callbacks(execute=True):
        suggestion_actions.suggest(
            supporter=helper, topic=load().topic("sleep"), text="CNRY light", why="CNRY why"
        )
    [mail] = mailoutbox
    assert ("my sister Dee suggests words" in mail.body) is ticked
    assert "CNRY" not in mail.body


@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize("email", ["", "priya@example.org"])
def test_so_does_a_link(anas_browser, anas_page, mailoutbox, ticked, email):
    share = make_share(anas_page, email=email)
    said = {"email": "priya@example.org"} | ({"say_name": "on"} if ticked else {})
    anas_browser.post(reverse("sharing:send", kwargs={"ref": share.ref}), said)
    [mail] = mailoutbox
    assert ("Hello. Ana " in mail.body) is ticked
    assert ("Somebody" in mail.body) is not ticked


@pytest.mark.parametrize("ticked", [True, False])
def test_so_does_a_page_that_is_handed_over(dee, dees_browser, mailoutbox, ticked):
    kept = page_actions.start_page(for_someone=True, language="en", user=dee)
    said = {"email": "mo@example.org", "keeper_name": "my grandson Amir"}
    said |= {"say_name": "on"} if ticked else {}
    dees_browser.post(f"/helping/{kept.key}/hand-over/", said)
    [mail] = mailoutbox
    assert ("my grandson Amir has written a page about you" in mail.body) is ticked
    assert ("Somebody you know" in mail.body) is not ticked


@pytest.mark.parametrize("name", [body.parent.name for body in BODIES])
def test_every_email_says_who_we_are_and_hurries_nobody(name, mailoutbox):
    link = "https://example.org/link/"
    assert mails.send(name, "dee@example.org", link=link, stop=f"{link}stop/")
    [mail] = mailoutbox
    said = mail.subject + mail.body
    assert "There is no hurry." in said
    assert "We are called Tell it once." in said
    assert f"\n    {settings.SITE_ADDRESS.partition('://')[2]}\n" in said  # as it is typed
    assert not [word for word in PRESSING if word in said.lower()]
    assert "\n\n\n" not in mail.body


def test_so_does_the_email_with_a_code(client, ana, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": ana.email})
    [mail] = mailoutbox
    assert "We are called Tell it once." in mail.body
    assert settings.SITE_ADDRESS.partition("://")[2] in mail.body


def test_that_tick_can_be_taken_out_again(anas_browser, anas_page, sister):
    helper = make_supporter(anas_page, sister)
    Supporter.objects.update(names_in_emails=True)
    here = reverse("supporters:helper", kwargs={"ref": helper.ref})
    assert anas_browser.get(here).context["form"]["names_in_emails"].value()
    asked = anas_browser.post(here, {"may": "see"})
    said = {"may": "see", "shown": asked.context["wording"].fingerprint}
    assert anas_browser.post(here, said).status_code == 302
    assert not Supporter.objects.get().names_in_emails
