"""What the tests beside this have in common."""

import re

from django.test import Client
from django.urls import reverse

from profiles.sharing.models import Share

HANDED, ME, HELPERS = reverse("sharing:handed"), reverse("house:me"), reverse("supporters:helpers")


def at(name: str, share: Share) -> str:
    return reverse(name if ":" in name else f"sharing:{name}", kwargs={"ref": share.ref})


def shown_on(browser: Client, share: Share) -> str:
    found = re.search(
        r'name="shown" value="(\w+)"', browser.get(at("keep", share)).content.decode()
    )
    assert found
    return found[1]


def keeps(browser: Client, share: Share, **said: object):
    """Read the sentences, and say yes."""
    return browser.post(at("keep", share), {"mode": "me", "shown": shown_on(browser, share)} | said)
