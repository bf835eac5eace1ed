"""Everything in one file: whole, readable, and nobody else's."""

import base64
import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from fhir.resources.R4B.bundle import Bundle
from jsonschema import Draft202012Validator, FormatChecker

from profiles.access.actions import note
from profiles.access.models import Happened
from profiles.answers import draft_actions
from profiles.answers.actions import Words
from profiles.core import codes
from profiles.door import door
from profiles.exports import archive, archive_views, making
from profiles.exports.archive import EVERYTHING, READ_ME
from profiles.imports.portable import read
from profiles.pages import actions as page_actions
from profiles.pdf import printing
from profiles.pdf.fit import Busy, DoesNotFit, Fit, TooHard
from profiles.photos import actions as photo_actions
from profiles.photos.models import AnswerPhoto
from profiles.sharing import actions as sharing
from profiles.sharing.decided import Decided, Mode
from profiles.sheet.catalogue import layouts
from profiles.supporters import decision_actions, suggestion_actions
from profiles.topics.load import load
from profiles.workers import promise_actions
from profiles.workers.models import PromiseEvent
from tests.exports.fhir.reading import by_kind, one
from tests.factories import (
    make_page,
    make_promise,
    make_share,
    make_supporter,
    make_user,
    put_beside,
    say,
)
from tests.imports.test_make_page import ended
from tests.pdf.reading import opened, text_of
from tests.photos.photos import as_file, corners
from tests.photos.photos import read as read_photo
from tests.sheet.factories import ONE_PAGE
from tests.structure.everybody import just_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ARCHIVE, COPY = reverse("exports:archive"), reverse("exports:copy")
PROFILES = Path(__file__).parents[2] / "profiles"
TWO = ("one-page", "hospital")  # of the layouts: each of them is tried where it says so
PDFS = {f"my-page-{key}.pdf" for key in TWO}
FOR_READERS = {*PDFS, "my-page.html", "my-page.txt", "my-page.md", "my-page.fhir.json"}
ALWAYS = FOR_READERS | {
    READ_ME, EVERYTHING, "earlier-words.json", "who-looked.csv", "who-looked.json",
    "help.json", "promises.json",
}  # fmt: skip
DECIDED = {"what-i-decided.json", "receipts.json"}


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def two_layouts(request, monkeypatch):
    if "every_layout" not in request.fixturenames:
        monkeypatch.setattr(door, "layouts", lambda: {key: layouts()[key] for key in TWO})


@pytest.fixture
def every_layout() -> None:
    """For a test that makes the archive with all there are."""


@pytest.fixture
def full_page(anas_page, cal):
    """Ana's page with something of everything on it; and Dee's, which is not hers."""
    say(anas_page, "important", "Coffee first.", said_by="my sister Dee", checked=True)
    say(anas_page, "culture", "Dydd Gŵyl Dewi.", language="cy")
    say(anas_page, "health", "CNRY-ana-health", only_me=True)
    topic = load().topic("people")
    words = Words(text="CNRY-ana-draft")
    draft_actions.save_draft(
        profile=anas_page, topic=topic, words=words, started_from=0, version=""
    )
    photo_actions.add_photo(profile=anas_page, whole=as_file(corners()), alt="Ana in a red hat")
    share = make_share(anas_page, topics=["important"], reader_name="Ward 4")
    cal.read(share)
    sharing.stop(share=share, by=anas_page.owner)
    make_share(anas_page, topics=["culture"], reader_name="Priya")
    others = make_page(make_user("other@example.org"), call_me="CNRY-other", health="CNRY-other")
    make_share(others, topics=["health"], reader_name="CNRY-other")
    return anas_page


@pytest.fixture
def recently_in(ana) -> Client:
    """Ana's browser, in which she has just signed in."""
    return just_signed_in(ana)


def files(answer: HttpResponse) -> dict[str, bytes]:
    assert answer.status_code == 200, answer
    with ZipFile(BytesIO(answer.content)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def read_me(found: dict[str, bytes]) -> str:
    return found[READ_ME].decode()


def problems(name: str, data: Any) -> list[str]:
    schema = json.loads((PROFILES / name).read_text(encoding="utf-8"))
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(data)]


# What is in it


def test_its_person_gets_every_file_and_the_read_me_names_each_and_no_other(recently_in, full_page):
    found = files(recently_in.get(ARCHIVE))
    assert set(found) == ALWAYS | DECIDED | {"photo.jpg"}
    named = set(re.findall(r"^\* (\S+\.\w+)$", read_me(found), re.MULTILINE))
    assert named == set(found) - {READ_ME}


def test_the_photos_beside_answers_are_in_it_as_they_are_kept(recently_in, full_page):
    put_beside(full_page, "important", "CNRY-cup")
    found = files(recently_in.get(ARCHIVE))
    photo = AnswerPhoto.objects.get()
    assert found["photo-important.jpg"] == photo.whole
    assert "The photo beside “What matters most to me”." in read_me(found)
    said = json.loads(found[EVERYTHING])["answers"]
    assert [each["photo"]["alt"] for each in said if "photo" in each] == ["CNRY-cup"]
    assert problems("imports/schema/tell-it-once-1.json", json.loads(found[EVERYTHING])) == []
    earlier = json.loads(found["earlier-words.json"])["answers"]
    assert [each["photo"] for each in earlier if each["photo"]] == ["CNRY-cup"]


def test_the_document_for_records_has_the_page_in_its_own_layout(recently_in, full_page):
    found = files(recently_in.get(ARCHIVE))
    bundle = json.loads(found["my-page.fhir.json"])
    Bundle.model_validate(bundle)
    [content] = one(bundle, "DocumentReference")["content"]
    pdf = base64.b64decode(content["attachment"]["data"])
    assert pdf == found[f"my-page-{full_page.layout}.pdf"]
    assert "### My faith and culture\n\n* Dydd Gŵyl Dewi." in found["my-page.md"].decode()


def test_every_json_file_opens_and_fits_its_schema(recently_in, full_page):
    found = files(recently_in.get(ARCHIVE))
    data = {name: json.loads(each) for name, each in found.items() if name.endswith(".json")}
    assert problems("imports/schema/tell-it-once-1.json", data[EVERYTHING]) == []
    assert len(data["receipts.json"]["receipts"]) == 2
    for receipt in data["receipts.json"]["receipts"]:
        assert problems("exports/schema/consent-receipt-1.json", receipt) == []


def test_each_pdf_is_one_page_and_holds_every_word_that_readers_get(
    every_layout, recently_in, full_page
):
    found = files(recently_in.get(ARCHIVE))
    for key in layouts():
        made = found[f"my-page-{key}.pdf"]
        with opened(made) as document:
            assert len(document) == 1
        words = " ".join(text_of(made).split())
        for said in ("Ana", "Coffee first.", "my sister Dee", "Dydd Gŵyl Dewi."):
            assert said in words


def test_each_pdf_has_a_code_by_which_it_is_checked(recently_in, full_page):
    found = files(recently_in.get(ARCHIVE))
    printed = {text_of(found[name])[-300:] for name in PDFS}
    papers = full_page.papers.filter(share=None)
    assert papers.count() == len(printed)
    assert all(any(codes.shown(paper.code) in words for words in printed) for paper in papers)


def test_what_is_kept_to_oneself_is_not_in_what_readers_get(recently_in, full_page):
    found = files(recently_in.get(ARCHIVE))
    shown = {name for name, data in found.items() if "CNRY-ana-health" in words_in(name, data)}
    assert shown == {EVERYTHING, "earlier-words.json"}


def test_nothing_of_anybody_else_is_in_it(recently_in, full_page):
    for name, data in files(recently_in.get(ARCHIVE)).items():
        assert "CNRY-other" not in words_in(name, data), name
        assert "example.org" not in words_in(name, data) or name == "receipts.json"


def test_it_opens_no_share(recently_in, full_page):
    keys = [share.key for share in full_page.shares.all().with_profile(full_page)]
    assert keys
    for name, data in files(recently_in.get(ARCHIVE)).items():
        assert not [key for key in keys if key in words_in(name, data)], name


def words_in(name: str, data: bytes) -> str:
    if name.endswith(".jpg"):
        return ""
    return text_of(data) if name.endswith(".pdf") else data.decode()


def test_earlier_words_are_in_it_with_who_said_them_and_when(recently_in, full_page):
    history = json.loads(files(recently_in.get(ARCHIVE))["earlier-words.json"])
    important = [row for row in history["answers"] if row["topic"] == "important"]
    assert [row["text"] for row in important] == ["Coffee first.", "Tea first.\nThen we talk."]
    assert [row["said_by"] for row in important] == ["my sister Dee", "me"]
    newest = full_page.answers.about("important").first()
    assert important[0]["said_at"] == newest.said_at.isoformat()
    assert [row["text"] for row in history["not_saved"]] == ["CNRY-ana-draft"]


def test_what_was_decided_is_in_it_in_order(recently_in, full_page):
    entries = json.loads(files(recently_in.get(ARCHIVE))["what-i-decided.json"])["entries"]
    assert [entry["kind"] for entry in entries] == ["given", "withdrawn", "given"]
    assert entries[0]["terms"]["reader"] == "Ward 4"
    assert "You can stop at any time." in entries[0]["wording"]["text"]


def test_what_others_suggested_and_decided_is_in_it(recently_in, full_page, sister):
    dee = make_supporter(full_page, sister)
    topic = load().topic("sleep")
    suggestion_actions.suggest(supporter=dee, topic=topic, text="Window open.", why="You said.")
    decision_actions.write_down(
        profile=full_page,
        supporter=dee,
        by=sister,
        about="This page.",
        tried="Pictures.",
        decided=Decided(mode=Mode.FOR_ME, authority="best_interests", decided_by="Dr Rees"),
    )
    help_had = json.loads(files(recently_in.get(ARCHIVE))["help.json"])
    assert help_had["suggestions"][0]["text"] == "Window open."
    assert help_had["decisions"][0]["how"][0] == "It was decided in best interests, by Dr Rees."


def test_what_was_promised_and_what_became_of_it_is_in_it(recently_in, full_page, ana, priya):
    share = make_share(full_page, reader_name="Priya")
    promise = make_promise(share, worker=priya, words="I will ring the dentist.", days=-1)
    for said in (PromiseEvent.Kind.LATE, PromiseEvent.Kind.NOT_DONE):
        promise_actions.say_what_became(promise=promise, by=ana, said=said)
    promise_actions.say_sorry(promise=promise, worker=priya, words="I am sorry.")
    [told] = json.loads(files(recently_in.get(ARCHIVE))["promises.json"])["promises"]
    assert (told["text"], told["by"], told["role"]) == (
        "I will ring the dentist.", "Priya", "support worker",
    )  # fmt: skip
    assert told["by_day"] == promise.by_day.isoformat()
    became = [(each["what"], each.get("text")) for each in told["became"]]
    assert became == [("late", None), ("not_done", None), ("sorry", "I am sorry.")]


def test_who_looked_is_in_it_twice(recently_in, full_page):
    found = files(recently_in.get(ARCHIVE))
    rows = list(csv.DictReader(StringIO(found["who-looked.csv"].decode("utf-8-sig"))))
    looks = json.loads(found["who-looked.json"])["looks"]
    assert [row["who"] for row in rows] == [look["who"] for look in looks] == ["Cal"]


def test_the_photo_is_the_whole_one(recently_in, full_page):
    photo = full_page.photos.newest()
    photo.profile = full_page
    found = files(recently_in.get(ARCHIVE))["photo.jpg"]
    assert found == photo.whole
    assert read_photo(found).size == (400, 300)


def test_an_empty_page_can_be_taken_along_too(client, db):
    client.post(reverse("pages:start"), {"who": "me", "language": "en"})
    found = files(client.get(ARCHIVE))
    assert set(found) == ALWAYS
    assert read(found[EVERYTHING]).answers[0].text == ""


def test_the_same_page_makes_the_same_file(recently_in, full_page):
    assert files(recently_in.get(ARCHIVE)) == files(recently_in.get(ARCHIVE))


def test_other_words_on_the_same_day_make_another_document(recently_in, full_page):
    first = json.loads(files(recently_in.get(ARCHIVE))["my-page.fhir.json"])
    say(full_page, "important", "Milk first.")
    second = json.loads(files(recently_in.get(ARCHIVE))["my-page.fhir.json"])
    assert first["identifier"] != second["identifier"]
    assert first["timestamp"] <= second["timestamp"]


def test_every_topic_is_in_the_layout_that_everything_is_made_with():
    assert set(ONE_PAGE.topics) == set(load().by_key)


def test_make_page_takes_a_file_from_it(recently_in, full_page, tmp_path):
    (tmp_path / EVERYTHING).write_bytes(files(recently_in.get(ARCHIVE))[EVERYTHING])
    status, _, wrong = ended(str(tmp_path / EVERYTHING), str(tmp_path / "ana.pdf"))
    assert status == 0
    assert wrong.startswith("Left out, since they are private: ") and wrong.count("\n") == 1
    words = " ".join(text_of((tmp_path / "ana.pdf").read_bytes()).split())
    assert "Coffee first." in words and "Dydd Gŵyl Dewi." in words


# What cannot be in it


def failing(fault: Exception) -> Callable[..., Any]:
    def make(*args: Any) -> Any:
        raise fault

    return make


@pytest.mark.parametrize(
    "fault, sentence",
    [
        (
            DoesNotFit(Fit(lines_left=0, lines_over=4, filled=10, print_pt=12)),
            "The PDF “One page about me”. Your page is 4 lines too long. Choose what to shorten.",
        ),
        (TooHard("This page took too long."), "The PDF “One page about me”. This page took too"),
    ],
)
def test_a_pdf_that_cannot_be_made_is_left_out_and_the_read_me_says_why(
    recently_in, full_page, monkeypatch, fault, sentence
):
    monkeypatch.setattr(printing, "make_pdf", failing(fault))
    found = files(recently_in.get(ARCHIVE))
    assert set(found) == ALWAYS - PDFS | DECIDED | {"photo.jpg"}
    assert sentence in read_me(found)
    assert "DocumentReference" not in by_kind(json.loads(found["my-page.fhir.json"]))


def test_letters_that_cannot_be_printed_are_told(recently_in, anas_page):
    say(anas_page, "story", "A letter of my own: \U000f0000")
    assert "We cannot print these: \U000f0000" in read_me(files(recently_in.get(ARCHIVE)))


def test_when_too_many_pages_are_made_it_can_be_tried_again(recently_in, anas_page, monkeypatch):
    monkeypatch.setattr(printing, "make_pdf", failing(Busy()))
    answer = recently_in.get(ARCHIVE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_of_very_many_words_and_looks_the_newest_are_in_it_and_that_is_told(
    recently_in, full_page, monkeypatch
):
    note(Happened.LOOKED, profile=full_page)
    monkeypatch.setattr(making, "MOST_ROWS", 1)
    found = files(recently_in.get(ARCHIVE))
    assert len(json.loads(found["earlier-words.json"])["answers"]) == 1
    assert len(json.loads(found["who-looked.json"])["looks"]) == 1
    assert "Earlier words, before the newest 1. They stay on the page." in read_me(found)
    assert "Who looked, before the newest 1 looks. They stay in your list." in read_me(found)


# Who gets it


def test_a_visitor_needs_no_account(visitor):
    assert set(files(visitor.get(ARCHIVE))) == ALWAYS


def test_whoever_signed_in_a_while_ago_is_asked_to_do_it_again(anas_browser):
    for name in ("archive", "everything"):
        answer = anas_browser.get(reverse(f"exports:{name}"))
        assert answer.url == f"{reverse('account_reauthenticate')}?next=%2Fme%2Fcopy%2F"


def test_a_keeper_gets_the_words_and_leaves_one_line_in_the_log(dee):
    page = page_actions.start_page(for_someone=True, language="en", user=dee)
    say(page, "call_me", "Nan")
    found = files(just_signed_in(dee).get(ARCHIVE))
    assert set(found) == ALWAYS | DECIDED
    assert [look.happened for look in page.looks.all()] == [Happened.TOOK_DATA]
    assert "Ask them who may have this file." in read_me(found)


def test_what_somebody_decided_is_not_given_to_their_keeper(ana, dee, full_page):
    full_page.kept_by = dee
    full_page.save()
    assert not DECIDED & set(files(just_signed_in(dee).get(ARCHIVE)))


def test_the_persons_own_look_is_not_logged(recently_in, full_page):
    before = full_page.looks.count()
    recently_in.get(ARCHIVE)
    assert full_page.looks.count() == before


def test_nobody_without_a_page_gets_anything(client, dee, full_page):
    assert client.get(ARCHIVE).status_code == 403
    assert just_signed_in(dee).get(ARCHIVE).url == reverse("pages:start")


def test_its_name_is_nobodys_and_no_cache_keeps_it(recently_in, full_page):
    answer = recently_in.get(ARCHIVE)
    assert answer["Content-Disposition"] == 'attachment; filename="tell-it-once.zip"'
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]


def test_it_is_only_read(recently_in, full_page):
    assert recently_in.head(ARCHIVE).status_code == 200
    assert recently_in.post(ARCHIVE).status_code == 405


def test_it_is_made_so_often_and_then_somebody_waits(visitor, monkeypatch):
    monkeypatch.setitem(archive_views.LIMITS, "archive", "1/h/key")
    assert visitor.get(ARCHIVE).status_code == 200
    assert visitor.get(ARCHIVE).status_code == 429


def test_the_page_of_copies_leads_to_it(anas_browser):
    page = anas_browser.get(COPY).content.decode()
    assert "Take everything in one file" in page and f'href="{ARCHIVE}"' in page


def test_a_file_can_be_unpacked_and_read_by_everybody(visitor):
    with ZipFile(BytesIO(visitor.get(ARCHIVE).content)) as zipped:
        assert {info.external_attr >> 16 for info in zipped.infolist()} == {0o644}
        assert all("/" not in name for name in zipped.namelist())
        assert archive.NAME not in zipped.namelist()
