"""What we send keeps every rule of the KTC guide, by a receiver that refuses what does not."""

import time
from urllib.parse import urlsplit

import pytest
from django.test import Client

from profiles.pages.models import Profile
from profiles.sharing.clinic import Taking
from profiles.sharing.shlink import shlink, viewer_link
from tests.clinics.ktc import Link, Refused, links, resolve
from tests.factories import clinic_share

NOW = int(time.time())
LINKS = links(NOW)


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
@pytest.mark.parametrize("form", ["shlink", "viewer_link"])
def test_the_receiver_refuses_what_the_guide_refuses_and_nothing_else(
    link: Link, form: str
) -> None:
    try:
        resolve(getattr(link, form), lambda address: link.files.get(address.split("?")[0]), now=NOW)
    except Refused as refused:
        assert refused.stage == link.refused, refused
    else:
        assert link.refused == ""


@pytest.mark.django_db
@pytest.mark.parametrize("nhs_number", ["", "9434765919"])
def test_a_page_that_is_taken_at_once_is_as_the_guide_says(
    client: Client, anas_page: Profile, nhs_number: str
) -> None:
    share = clinic_share(anas_page, nhs_number=nhs_number)

    def fetch(address: str) -> str | None:
        parts = urlsplit(address)
        answer = client.get(f"{parts.path}?{parts.query}")
        return answer.content.decode() if answer.status_code == 200 else None

    for link in (shlink(share, share.clinic_link), viewer_link(share, share.clinic_link)):
        bundle = resolve(link, fetch, now=NOW)
        assert bundle["entry"][0]["resource"]["name"] == [
            {"text": "Ana Ruiz", "family": "Ruiz", "given": ["Ana"]}
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("taking", [Taking.PASSCODE, Taking.UPDATED])
def test_one_with_a_passcode_is_outside_of_the_guide_and_says_so(
    anas_page: Profile, taking: Taking
) -> None:
    share = clinic_share(anas_page, taking=taking)
    with pytest.raises(Refused, match="another flag"):
        resolve(shlink(share, share.clinic_link), lambda address: "", now=NOW)
