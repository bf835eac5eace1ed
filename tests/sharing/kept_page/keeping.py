"""What the tests beside this have in common."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from profiles.sharing.models import Share
from tests.sharing.test_new import CHECK, HOW_LONG, READY, WHAT, WHO, shown_in

HOME = reverse("sharing:home")


TOLD = {"mode": "told", "shown_by": "pointed", "help": ["pictures"]}


FOR_THEM = {
    "mode": "for_me",
    "authority": "parent",
    "decided_by": "Rosa, their mother",
    "asked": "Their father",
    "person_showed": "They smiled at the picture of the school",
    "can_object": "They push it away",
    "review_on": str(timezone.localdate() + timedelta(days=90)),
}


NOT_YET = "Shared by Rosa, who keeps this page for Jo. Jo has not taken it over yet."


def at(name: str, share: Share) -> str:
    return reverse(name if ":" in name else f"sharing:{name}", kwargs={"ref": share.ref})


def go_through(browser: Client, **said: object) -> Share:
    """The same five pages as everybody's, as somebody who keeps a page goes through them."""
    who = {"reader_name": "Oak School", "way": "link", "keeper_name": "Rosa"}
    assertRedirects(browser.post(WHO, who | said), WHAT)
    assertRedirects(browser.post(WHAT, {"topics": ["important"], "may": "print"} | said), HOW_LONG)
    assertRedirects(browser.post(HOW_LONG, {"until": "months"} | said), CHECK)
    assertRedirects(browser.post(CHECK, TOLD | {"shown": shown_in(browser)} | said), READY)
    return Share.objects.given().latest("given_at")
