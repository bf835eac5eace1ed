"""A share with a hospital's or clinic's computer: made, changed and over."""

import base64
import json

import pytest

from profiles.core import codes
from profiles.sharing import actions
from profiles.sharing.clinic import A_CLINIC, AT_THE_DESK, ClinicLink, Taking
from profiles.sharing.models import A_KEY, Share
from profiles.sharing.shlink import LABEL, payload, shlink, viewer_link
from tests.factories import begin_clinic_share, clinic_share

pytestmark = pytest.mark.django_db


def opened(link: str) -> dict[str, object]:
    """What a computer reads in a link."""
    said = link.removeprefix("shlink:/")
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    return found


def test_the_link_says_where_until_when_how_and_by_what_key(anas_page):
    share = clinic_share(anas_page)
    link = share.clinic_link
    bare = shlink(share, link)
    assert (
        opened(bare)
        == payload(share, link)
        == {
            "url": f"http://testserver/shl/{share.key}",
            "exp": int(share.ends_at.timestamp()),
            "flag": "U",
            "key": link.content_key,
            "label": LABEL,
        }
    )
    assert viewer_link(share, link) == f"http://testserver/shl/#{bare}"
    assert "=" not in bare and " " not in bare
    assert len(share.key) == len(link.content_key) == 43
    assert len(LABEL) <= 80
    assert "Ana" not in str(payload(share, link))


def test_its_key_is_found_as_a_clinics_alone(anas_page):
    share = clinic_share(anas_page)
    assert share.key_digest == codes.digest(share.key, about=A_CLINIC)
    assert not Share.objects.filter(key_digest=codes.digest(share.key, about=A_KEY))


def test_a_short_one_counts_from_the_yes(anas_page):
    share = clinic_share(anas_page)
    assert share.ends_at == share.given_at + AT_THE_DESK


@pytest.mark.parametrize("taking", Taking)
def test_a_passcode_goes_with_two_ways_of_taking_it(anas_page, taking):
    share = clinic_share(anas_page, taking=taking)
    assert share.passcode_set is (len(share.passcode) == 6) is (taking != Taking.NOW)
    assert payload(share, share.clinic_link)["flag"] == taking


def test_stopping_forgets_what_was_typed_at_once(anas_page, ana):
    share = clinic_share(anas_page, nhs_number="9434765919")
    actions.pause(share=share, by=ana)
    assert ClinicLink.objects.exists()  # it may be opened again
    assert actions.stop(share=share, by=ana)
    assert not ClinicLink.objects.exists()


def test_another_way_in_leaves_nothing_of_the_clinic(anas_page, ana):
    share = begin_clinic_share(anas_page, taking=Taking.PASSCODE)
    keys = {share.key}
    for for_clinic in (False, True):
        actions.say_who(share=share, by=ana, reader_name="Ward 4", for_clinic=for_clinic)
        keys.add(share.key)
        share = Share.objects.being_made().get()
        assert (share.topics, share.may_print, share.ends_at) == ([], None, None)
        assert (share.passcode, share.passcode_set) == ("", False)
        assert [link.name for link in ClinicLink.objects.all()] == [""] * for_clinic
    assert len(keys) == 3
