"""A page is taken with a passcode: a manifest by POST, and files by tickets."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from profiles.access.models import Happened
from profiles.clinics import files, views
from profiles.clinics.files import SMALLEST, File
from profiles.clinics.tickets import GOOD_FOR
from profiles.core.clock import APART
from profiles.door.models import Paper
from profiles.pages.actions import delete_page
from profiles.pdf.fit import Busy
from profiles.reading import views as reading_views
from profiles.sharing import actions
from profiles.sharing.clinic import Taking
from profiles.sharing.models import MOST_TRIES, Share
from tests.clinics.computer import PDF, WARD, Computer, computer, made, pdf_in, told, unlocked
from tests.factories import I_DECIDED, make_share, say

pytestmark = pytest.mark.django_db
TAKEN = [("shl", WARD)]


def wrong(it: Computer, number: int = 1) -> str:
    return str((int(it.share.passcode) + number) % 1_000_000).zfill(6)


# ---- a manifest


def test_a_manifest_says_where_the_files_are(with_passcode: Computer, monkeypatch) -> None:
    monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: 1 / 0)  # none is made for it
    answer = with_passcode.post()
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
    said = answer.json()
    assert [*said] == ["files"] and len(said["files"]) == len(File)
    for each in said["files"]:
        assert {*each} == {"contentType", "location", "lastUpdated", "status"}
        assert each["contentType"] == "application/fhir+json" and each["status"] == "can-change"
        assert datetime.fromisoformat(each["lastUpdated"]) <= timezone.now()
        assert each["location"].startswith(f"{settings.SITE_ADDRESS}{with_passcode.address}/files/")
    assert told(with_passcode.share) == TAKEN


def test_its_files_open_and_are_no_second_look(with_passcode: Computer) -> None:
    answers = [with_passcode.browser.get(place) for place in with_passcode.places()]
    bundles = [with_passcode.opens(answer) for answer in answers]
    assert [bundle["type"] for bundle in bundles] == [*File]
    assert pdf_in(bundles[0]) == PDF
    assert told(with_passcode.share) == TAKEN
    assert Paper.objects.get().look == with_passcode.share.looks.get()


def test_a_ticket_may_be_used_again_and_again_for_ten_minutes(
    with_passcode: Computer, time_machine_at
) -> None:
    place = with_passcode.places()[0]
    answers = [with_passcode.browser.get(place) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content.split(b".")[2] for answer in answers}) == 3  # an IV each
    assert told(with_passcode.share) == TAKEN
    with time_machine_at(timezone.now() + GOOD_FOR - timedelta(seconds=2)):
        assert with_passcode.browser.get(place).status_code == 200
    with time_machine_at(timezone.now() + GOOD_FOR + timedelta(seconds=2)):
        _is_nothing(with_passcode.browser.get(place))


def test_a_ticket_from_a_clock_that_ran_ahead_is_good_for_nothing(
    with_passcode: Computer, time_machine_at
) -> None:
    with time_machine_at(timezone.now() + APART + timedelta(minutes=1)):
        place = with_passcode.places()[0]
        assert with_passcode.browser.get(place).status_code == 200
    _is_nothing(with_passcode.browser.get(place))


@pytest.mark.parametrize("taking", ["with_passcode", "updated"])
def test_only_who_may_come_again_is_told_when(taking: str, request) -> None:
    answer = request.getfixturevalue(taking).post()
    assert ("Retry-After" in answer) is (taking == "updated")


def test_who_comes_again_gets_the_words_of_now_under_the_same_key(updated: Computer) -> None:
    first = updated.opens(updated.browser.get(updated.places()[0]))
    before = updated.post().json()["files"][0]["lastUpdated"]
    say(updated.share.profile, "important", "Coffee.")
    after = updated.post().json()["files"][0]["lastUpdated"]
    second = updated.opens(updated.browser.get(updated.places()[0]))
    assert before <= after
    assert [each["fullUrl"] for each in first["entry"]] == [
        each["fullUrl"] for each in second["entry"]
    ]
    assert told(updated.share) == TAKEN * 4
    editions = [look.edition.number for look in updated.share.looks.order_by("pk")]
    assert editions == [1, 1, 2, 2]


# ---- in the manifest itself


def test_a_file_comes_in_the_manifest_where_it_is_no_longer_than_may_be(
    with_passcode: Computer,
) -> None:
    # The time in it takes as many letters each time, and so does all else.
    long = len(with_passcode.post(embeddedLengthMax=10**9).json()["files"][0]["embedded"])
    assert long < SMALLEST[File.COLLECTION]  # with paper that is none; so the bound is moved
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SMALLEST, File.COLLECTION, 1)
        [exact, *_] = with_passcode.post(embeddedLengthMax=long).json()["files"]
        [short, *_] = with_passcode.post(embeddedLengthMax=long - 1).json()["files"]
    assert "location" not in exact and "embedded" not in short
    bundle = unlocked(exact["embedded"], with_passcode.link.content_key)
    assert pdf_in(bundle) == PDF
    assert (
        with_passcode.browser.get("/shl/" + short["location"].partition("/shl/")[2]).status_code
        == 200
    )
    assert told(with_passcode.share) == TAKEN * 3


@pytest.mark.parametrize("most", [-1, 0, SMALLEST[File.DOCUMENT] - 1])
def test_nothing_is_made_for_a_manifest_that_could_hold_none(with_passcode, monkeypatch, most):
    monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: 1 / 0)
    for each in with_passcode.post(embeddedLengthMax=most).json()["files"]:
        assert "location" in each


def test_words_alone_come_where_there_is_no_room_for_paper(with_passcode, monkeypatch):
    monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: 1 / 0)
    most = SMALLEST[File.COLLECTION] - 1
    paper, words = with_passcode.post(embeddedLengthMax=most).json()["files"]
    assert "location" in paper
    bundle = unlocked(words["embedded"], with_passcode.link.content_key)
    assert bundle["type"] == "document" and "DocumentReference" not in json.dumps(bundle)


def test_each_file_is_longer_than_what_is_asked_of_a_manifest(with_passcode, real_paper) -> None:
    made = with_passcode.post(embeddedLengthMax=10**9).json()["files"]
    for each, file in zip(File, made, strict=True):
        assert len(file["embedded"]) > SMALLEST[each]


# ---- passcodes


def test_a_wrong_one_is_told_with_how_many_are_left_and_written_down(with_passcode) -> None:
    answer = with_passcode.post(passcode=wrong(with_passcode))
    assert answer.status_code == 401
    assert answer.json() == {"remainingAttempts": MOST_TRIES - 1}
    assert told(with_passcode.share) == [("wrong", WARD)]


def test_the_same_wrong_one_sent_again_through_a_proxy_spends_one_try(with_passcode) -> None:
    answers = [with_passcode.post(passcode=wrong(with_passcode)) for _ in range(4)]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["remainingAttempts"] for answer in answers} == {MOST_TRIES - 1}
    assert told(with_passcode.share) == [("wrong", WARD)]


@pytest.mark.parametrize("typed", [None, "", "12345", "secret"])
def test_none_at_all_costs_no_try(with_passcode: Computer, typed: str | None) -> None:
    said = {"recipient": WARD} | ({} if typed is None else {"passcode": typed})
    answer = with_passcode.post(said)
    assert answer.status_code == 401
    assert answer.json() == {"remainingAttempts": MOST_TRIES}
    assert told(with_passcode.share) == []


def test_after_ten_different_ones_it_is_closed_for_the_right_one_too(with_passcode) -> None:
    left = [
        with_passcode.post(passcode=wrong(with_passcode, number)).json()["remainingAttempts"]
        for number in range(1, MOST_TRIES + 1)
    ]
    assert left == [*range(MOST_TRIES - 1, -1, -1)]
    _is_nothing(with_passcode.post())
    _is_nothing(with_passcode.post(passcode=""))
    happened = [what for what, _ in told(with_passcode.share)]
    assert happened == [Happened.WRONG_PASSCODE] * MOST_TRIES + [Happened.LOCKED]


def test_who_was_let_in_before_it_was_locked_still_gets_the_files(with_passcode) -> None:
    place = with_passcode.places()[0]
    Share.objects.filter(pk=with_passcode.share.pk).update(wrong_tries=MOST_TRIES)
    assert with_passcode.browser.get(place).status_code == 200


def test_it_may_be_typed_as_people_type_it(with_passcode: Computer) -> None:
    digits = with_passcode.share.passcode
    assert with_passcode.post(passcode=f" {digits[:3]} {digits[3:]}").status_code == 200


def test_wrong_ones_are_counted_by_address_together_with_those_at_the_doorstep(
    with_passcode: Computer, anas_page, cal, monkeypatch
) -> None:
    assert views.LIMITS["passcode"] == reading_views.LIMITS["passcode"]  # or they are two counts
    for limits in (views.LIMITS, reading_views.LIMITS):
        monkeypatch.setitem(limits, "passcode", "3/h/ip")
    link = make_share(anas_page, with_passcode=True)
    cal.come_in(link, passcode=str((int(link.passcode) + 1) % 1_000_000).zfill(6))
    assert [with_passcode.post().status_code for _ in range(5)] == [200] * 5  # right ones are not
    tries = [with_passcode.post(passcode=wrong(with_passcode, n)) for n in (1, 2, 3)]
    assert [answer.status_code for answer in tries] == [401, 401, 429]
    assert int(tries[-1]["Retry-After"]) > 0


def test_what_happened_is_a_security_event_that_names_nobody(with_passcode, caplog) -> None:
    for number in range(1, MOST_TRIES + 2):
        with_passcode.post(passcode=wrong(with_passcode, number))
    said = [each.message for each in caplog.records if each.name == "tell_it_once.security"]
    share, network = f"share={with_passcode.share.pk}", "network=127.0.0.0/24"
    assert said == [
        *[f"event=passcode-wrong {share} {network}"] * (MOST_TRIES - 1),
        f"event=passcode-locked {share} {network}",
        f"event=door-refused {network}",
    ]
    assert WARD not in caplog.text


# ---- what is sent


GOOD = {"recipient": WARD, "passcode": "123456"}


TYPES = [
    "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a",
    "application/fhir+json", "application/jsonp", "text/json",
]  # fmt: skip


def test_another_type_is_told_so_and_nothing_is_looked_up(
    with_passcode: Computer, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        answers = [
            Client().generic("POST", f"/shl/{key}", json.dumps(GOOD), content_type)
            for key in (with_passcode.share.key, "never")
            for content_type in TYPES
        ]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (415, b"Send application/json.\n")
    }


def test_a_type_may_say_its_letters(with_passcode: Computer) -> None:
    said = json.dumps({"recipient": WARD, "passcode": with_passcode.share.passcode})
    answer = Client().generic(
        "POST", with_passcode.address, said, "Application/JSON; charset=utf-8"
    )
    assert answer.status_code == 200


UNREADABLE = [
    b" ", b"{", b"null", b"[]", b'"recipient"', b"\xff\xfe", b'{"recipient": "\xff"}',
    b'{"passcode": "123456"}', b'{"recipient": ""}', b'{"recipient": "\\u202e \\u200b"}',
    b'{"recipient": null}', b'{"recipient": ["Ward 4"]}', b'{"recipient": 4}',
    b'{"recipient": "Ward 4", "passcode": 123456}',
    b'{"recipient": "Ward 4", "passcode": null}',
    b'{"recipient": "Ward 4", "embeddedLengthMax": "many"}',
    b'{"recipient": "Ward 4", "embeddedLengthMax": true}',
    b'{"recipient": "Ward 4", "embeddedLengthMax": 1e400}',
    b'{"recipient": "Ward 4", "embeddedLengthMax": ' + b"9" * 5_000 + b"}",
    b"[" * 16_000,
    b'{"recipient": "' + b"a" * 16_384 + b'"}',
]  # fmt: skip


def test_what_cannot_be_read_is_told_so_and_nothing_is_looked_up(
    with_passcode: Computer, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        for body in UNREADABLE:
            answers = [
                Client().generic("POST", f"/shl/{key}", body, "application/json")
                for key in (with_passcode.share.key, "never")
            ]
            assert {answer.status_code for answer in answers} == {400}, body[:50]
            assert len({answer.content for answer in answers}) == 1
            assert all(answer["Access-Control-Allow-Origin"] == "*" for answer in answers)


def test_what_no_guide_names_is_ignored(with_passcode: Computer) -> None:
    assert with_passcode.post(_x=1, extension=[{}], recipientId="7").status_code == 200


def test_a_name_in_a_manifest_is_cleaned_as_any_other(with_passcode: Computer) -> None:
    with_passcode.post(recipient="\u202e<b>Ward</b>\ud800\x00  4" + "a" * 9_000)
    [(_, name)] = told(with_passcode.share)
    assert name.startswith("<b>Ward</b> 4a") and len(name) == 80


# ---- whoever may not


def stopped(it: Computer) -> None:
    actions.stop(share=it.share, by=it.share.profile.owner)


def paused(it: Computer) -> None:
    actions.pause(share=it.share, by=it.share.profile.owner)


def over(it: Computer) -> None:
    Share.objects.filter(pk=it.share.pk).update(ends_at=timezone.now())


def deleted(it: Computer) -> None:
    delete_page(profile=it.share.profile)


def another_passcode(it: Computer) -> None:
    actions.change_passcode(share=it.share, by=it.share.profile.owner)


@pytest.mark.parametrize(
    "why", [stopped, paused, over, deleted, another_passcode], ids=lambda why: why.__name__
)
def test_a_ticket_is_good_for_nothing_once_it_is_closed(
    with_passcode: Computer, why: Callable[[Computer], None]
) -> None:
    manifest, places = with_passcode.address, with_passcode.places()
    body = {"recipient": WARD, "passcode": with_passcode.share.passcode}
    why(with_passcode)
    for place in places:
        _is_nothing(with_passcode.browser.get(place))
        assert with_passcode.browser.head(place).status_code == 404
    answer = Client().post(manifest, json.dumps(body), content_type="application/json")
    if why is another_passcode:
        assert answer.status_code == 401
    else:
        _is_nothing(answer)
    assert why is deleted or [what for what, _ in told(with_passcode.share)].count("shl") == 1


def test_what_was_paused_opens_again(with_passcode: Computer) -> None:
    [place, *_] = with_passcode.places()
    paused(with_passcode)
    actions.resume(share=with_passcode.share, by=with_passcode.share.profile.owner)
    assert with_passcode.browser.get(place).status_code == 200


def test_a_ticket_that_somebody_changed_opens_nothing(with_passcode: Computer) -> None:
    [place, *_] = with_passcode.places()
    start = len(f"{with_passcode.address}/files/")
    for at in range(start, len(place), 3):
        other = "A" if place[at] != "A" else "B"
        _is_nothing(with_passcode.browser.get(place[:at] + other + place[at + 1 :]))
    for ticket in ("a", ":" * 9, "a" * 10_000, f"{place[start:]}a", "%ff", "ä", "\u202e"):
        _is_nothing(with_passcode.browser.get(f"{with_passcode.address}/files/{ticket}"))
    assert told(with_passcode.share) == TAKEN


def test_a_ticket_of_another_share_opens_nothing_here(with_passcode: Computer, anas_page) -> None:
    other = computer(anas_page, taking=Taking.PASSCODE)
    ticket = other.places()[0].rpartition("/")[2]
    _is_nothing(with_passcode.browser.get(f"{with_passcode.address}/files/{ticket}"))
    assert other.browser.get(f"{other.address}/files/{ticket}").status_code == 200


def test_a_ticket_signed_for_something_else_opens_nothing(with_passcode: Computer) -> None:

    code = Paper.objects.count() or (with_passcode.post() and Paper.objects.get().code)
    forged = signing.dumps(["collection", code])
    _is_nothing(with_passcode.browser.get(f"{with_passcode.address}/files/{forged}"))


@pytest.mark.parametrize("method", ["get", "head"])
def test_what_needs_a_passcode_is_not_taken_without(with_passcode: Computer, method: str) -> None:
    there, never_was = (
        getattr(Client(), method)(address) for address in (with_passcode.address, "/shl/never")
    )
    assert there.status_code == never_was.status_code == 404
    assert there.content == never_was.content


def test_without_its_passcode_it_opens_for_nobody(with_passcode: Computer, now: Computer) -> None:
    Share.objects.filter(pk=with_passcode.share.pk).update(passcode_set=False)
    _is_nothing(with_passcode.post())
    Share.objects.filter(pk=now.share.pk).update(passcode_set=True)
    _is_nothing(now.get())


def test_what_is_taken_at_once_has_no_manifest(now: Computer) -> None:
    _is_nothing(now.post({"recipient": WARD, "passcode": "123456"}))
    assert told(now.share) == []


def test_asking_for_the_head_of_a_file_makes_none(with_passcode: Computer, monkeypatch) -> None:
    monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: 1 / 0)
    [place, *_] = with_passcode.places()
    answer = with_passcode.browser.head(place)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/jose"


# ---- a page that changes


def test_a_page_that_changed_since_the_manifest_is_one_more_look(with_passcode) -> None:
    sheets = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.printing, "make_pdf", lambda sheet: sheets.append(sheet) or made())
        places = with_passcode.places()
        with_passcode.browser.get(places[0])
        say(with_passcode.share.profile, "important", "Coffee.")
        for place in [*places, *places]:
            assert with_passcode.browser.get(place).status_code == 200
    assert told(with_passcode.share) == TAKEN * 2
    editions = [look.edition.number for look in with_passcode.share.looks.order_by("pk")]
    assert editions == [1, 2]
    first, *others = [sheet.stamp.code.replace("-", "") for sheet in sheets]
    assert {first} != {*others} and len({*others}) == 1
    assert {first, *others} == {*Paper.objects.values_list("code", flat=True)}


def test_what_was_agreed_to_anew_is_news_too(updated: Computer, time_machine_at) -> None:
    updated.post()
    later = timezone.now().replace(microsecond=0) + timedelta(minutes=2)
    with time_machine_at(later):
        actions.change_what(
            share=updated.share, by=updated.share.profile.owner, topics=["important"],
            with_photo=True, may_print=True, decided=I_DECIDED,
        )  # fmt: skip
        said = {each["lastUpdated"] for each in updated.post().json()["files"]}
    assert said == {later.isoformat()}


def test_what_is_taken_out_since_the_manifest_is_not_in_the_file(with_passcode) -> None:
    [place, *_] = with_passcode.places()
    Share.objects.filter(pk=with_passcode.share.pk).update(topics=[])
    bundle = with_passcode.opens(with_passcode.browser.get(place))
    assert "Tea first." not in json.dumps(bundle)
    papers = [paper.topics for paper in Paper.objects.order_by("pk")]
    assert papers == [["call_me", "important"], []]


def test_a_file_that_could_not_be_made_is_told_as_not_got(with_passcode, monkeypatch) -> None:
    def breaks(sheet: object) -> None:
        raise Busy

    [place, *_] = with_passcode.places()
    monkeypatch.setattr(files.printing, "make_pdf", breaks)
    answer = with_passcode.browser.get(place)
    assert answer.status_code == 503 and answer["Retry-After"]
    assert told(with_passcode.share) == [*TAKEN, ("norecord", WARD)]


def _is_nothing(answer) -> None:
    assert answer.status_code == 404
    assert answer.content == Client().get("/shl/never").content
    assert answer["Access-Control-Allow-Origin"] == "*"
