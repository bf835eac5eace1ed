"""Pages are taken by a receiver that we did not write, from the real server."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image
from pytest_django.live_server_helper import LiveServer

from profiles.access.models import Look
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.photos.actions import add_photo
from profiles.sharing import actions
from profiles.sharing.clinic import Taking
from profiles.sharing.models import MOST_TRIES, Share
from profiles.sharing.shlink import payload, shlink, viewer_link
from tests.clinics.computer import pdf_in
from tests.clinics.receivers import Taken, found_wrong, header_of, iv_of, take
from tests.factories import clinic_share, make_page, make_user, put_beside, say
from tests.pdf.reading import text_of
from tests.photos.photos import as_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_paper")]

WARD = "Ward 4, St Mary’s"
LITTLE, PLENTY = 4_096, 1_000_000  # letters that a receiver takes in a manifest itself


@pytest.fixture(autouse=True)
def site(live_server: LiveServer, settings: Any) -> None:
    cache.clear()
    settings.SITE_ADDRESS = live_server.url


@pytest.fixture
def anas(site: None) -> Profile:
    return make_page(make_user(), call_me="Ana", important="Tea first.\nThen we talk.")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every PDF that was made meanwhile, as it left the printer."""
    made: list[bytes] = []
    make = printing.make_pdf

    def watched(*args: Any, **kwargs: Any) -> Any:
        page = make(*args, **kwargs)
        made.append(page.pdf)
        return page

    monkeypatch.setattr(printing, "make_pdf", watched)
    return made


def wish(share: Share, **more: Any) -> dict[str, Any]:
    """What a receiver is asked to do with this link."""
    return {"shlink": shlink(share, share.clinic_link), "recipient": WARD, **more}


def by_passcode(share: Share, **more: Any) -> dict[str, Any]:
    return wish(share, passcode=share.passcode, **more)


def wrong(share: Share, number: int) -> str:
    return str((int(share.passcode) + number) % 1_000_000).zfill(6)


def looks(share: Share) -> list[str]:
    """Who took the page, by what their computers said, oldest first."""
    return [look.reader_said for look in Look.objects.filter(share=share).order_by("pk")]


def errors(taken: Collection[Taken]) -> list[str]:
    return [each.error for each in taken]


def test_a_page_is_taken_at_once_with_photos_and_without(
    anas: Profile, printed: list[bytes]
) -> None:
    plain = clinic_share(anas)
    photo = as_file(Image.effect_noise((480, 480), 60))  # as many bytes as one can have
    add_photo(profile=anas, whole=photo, alt="Ana in a red hat")
    put_beside(anas, "important")
    with_photos = clinic_share(anas, with_photo=True)
    seen = wish(plain) | {"shlink": viewer_link(plain, plain.clinic_link)}
    taken = take(wish(plain), wish(with_photos), seen, wish(plain, recipient="Bay 2"))

    assert errors(taken) == [""] * 4
    assert [each.pdf for each in taken] == printed
    assert len({*printed}) == 4  # each with a code of its own
    for each in taken:
        assert "Then we talk." in text_of(each.pdf)
        [answer] = each.answers
        assert (answer.method, answer.headers["content-type"]) == ("GET", "application/jose")
        assert header_of(answer.body) == {
            "alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json",
        }  # fmt: skip
    assert len({iv_of(file) for each in taken for file in each.files}) == 4
    assert looks(plain) == [WARD, WARD, "Bay 2"] and looks(with_photos) == [WARD]
    assert len(taken[1].answers[0].body) > 100_000 + len(taken[0].answers[0].body)
    said = payload(plain, plain.clinic_link)
    assert len(said["url"]) <= 128 and len(said["label"]) <= 80


def test_by_passcode_it_is_taken_in_a_manifest_or_from_where_that_says(
    anas: Profile, printed: list[bytes]
) -> None:
    share = clinic_share(anas, taking=Taking.PASSCODE, nhs_number="9434765919")
    taken = take(
        wish(share),
        wish(share, passcode=wrong(share, 1)),
        by_passcode(share),
        by_passcode(share, embeddedLengthMax=LITTLE),
        by_passcode(share, embeddedLengthMax=PLENTY),
    )

    assert errors(taken) == ["SHLInvalidPasscodeError"] * 2 + [""] * 3
    unasked, refused, *let_in = taken
    assert unasked.answers == []  # it asks for the passcode first
    assert [(each.status, each.body) for each in refused.answers] == [
        (401, f'{{"remainingAttempts": {MOST_TRIES - 1}}}')
    ]
    assert [each.statuses for each in let_in] == [[200, 200, 200], [200, 200, 200], [200]]
    assert ["location" in each.manifest["files"][0] for each in let_in] == [True, True, False]
    for each in let_in:
        assert each.pdf in printed
        assert pdf_in(each.document) == each.pdf
        assert len({iv_of(file) for file in each.files}) == 2
        assert [found["contentType"] for found in each.manifest["files"]] == [
            "application/fhir+json"
        ] * 2
    assert found_wrong(let_in[0].resources) == [[], []]
    assert looks(share) == [WARD] * 4  # the wrong passcode is one of them


def test_after_the_last_wrong_passcode_the_right_one_opens_nothing(anas: Profile) -> None:
    share = clinic_share(anas, taking=Taking.PASSCODE)
    wrongs = [wish(share, passcode=wrong(share, 1 + number)) for number in range(MOST_TRIES)]
    taken = take(*wrongs, by_passcode(share))

    assert errors(taken[:MOST_TRIES]) == ["SHLInvalidPasscodeError"] * MOST_TRIES
    assert errors(taken[MOST_TRIES:]) == ["SHLManifestNotFoundError"]


def test_whoever_comes_again_gets_the_newer_words_under_the_same_key(anas: Profile) -> None:
    share = clinic_share(anas, taking=Taking.UPDATED)
    [before] = take(by_passcode(share))
    say(anas, "important", "Coffee first now.")
    [after] = take(by_passcode(share))

    assert "Tea first." in text_of(before.pdf)
    assert "Coffee first now." in text_of(after.pdf) and "Tea first." not in text_of(after.pdf)
    assert "retry-after" in after.answers[0].headers
    ivs = {iv_of(file) for each in (before, after) for file in each.files}
    assert len(ivs) == 4
    for kind in ("collection", "document"):
        then, now = (names(getattr(each, kind)) for each in (before, after))
        assert then == now
    changed = [each.manifest["files"][0]["lastUpdated"] for each in (before, after)]
    assert datetime.fromisoformat(changed[0]) <= datetime.fromisoformat(changed[1])


def names(bundle: dict[str, Any]) -> list[str]:
    return [entry["fullUrl"] for entry in bundle["entry"]]


def test_what_is_over_stopped_or_paused_opens_nothing(anas: Profile, printed: list[bytes]) -> None:
    account = anas.account
    assert account
    ways = (Taking.NOW, Taking.PASSCODE)
    over, stopped, paused = ([clinic_share(anas, taking=way) for way in ways] for _ in range(3))
    wishes = [by_passcode(share) for share in (*over, *stopped, *paused)]
    for share in over:
        Share.objects.filter(pk=share.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    for share in stopped:
        actions.stop(share=share, by=account)
    for share in paused:
        actions.pause(share=share, by=account)
    late = over[0]
    late.ends_at = datetime(2026, 1, 1, tzinfo=UTC)
    # One that keeps to `exp` asks nothing any more. One that does not is refused by us.
    *refused, unasked = take(*wishes, wish(late))

    assert errors(refused) == ["SHLNetworkError", "SHLManifestNotFoundError"] * 3
    assert [each.statuses for each in refused] == [[404]] * 6
    assert len({each.answers[0].body for each in refused}) == 1
    assert (unasked.error, unasked.answers) == ("SHLExpiredError", [])
    assert printed == []

    for share in paused:
        actions.resume(share=share, by=account)
    assert errors(take(*wishes[4:])) == ["", ""]
