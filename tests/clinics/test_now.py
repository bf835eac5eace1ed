"""A page is taken at once, by GET: by whoever holds the link, and written down each time."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from profiles.clinics import files, views
from profiles.core.clock import APART
from profiles.door import paper_codes
from profiles.door.models import Paper
from profiles.pages.actions import delete_page
from profiles.pdf.fit import Busy, DoesNotFit, Fit, MadePage, NotMade, TooHard
from profiles.sharing import actions
from profiles.sharing.clinic import AT_THE_DESK, TWO_DAYS, Taking
from profiles.sharing.models import ConsentEvent, Share
from tests.clinics.computer import PDF, WARD, Computer, computer, made, pdf_in, told
from tests.factories import begin_clinic_share, make_share, say
from tests.pdf.reading import text_of
from tests.places import held_until_written

pytestmark = pytest.mark.django_db


# ---- what is taken


def test_a_computer_takes_the_page_and_the_person_sees_who(now: Computer, real_paper) -> None:
    bundle = now.opens(now.get(recipient=WARD))
    pdf = pdf_in(bundle)
    paper = Paper.objects.get(share=now.share)
    assert "Tea first." in text_of(pdf) and f"{paper.code[:4]}-{paper.code[4:]}" in text_of(pdf)
    assert told(now.share) == [("shl", WARD)]
    assert paper.look == now.share.looks.get()
    assert bundle["entry"][0]["resource"]["name"][0]["text"] == "Ana Ruiz"


def test_it_holds_a_place_to_print_until_it_is_written_down(now: Computer) -> None:
    with held_until_written():
        assert now.get(recipient=WARD).status_code == 200


def test_each_time_is_a_look_and_a_paper_and_an_iv_of_its_own(now: Computer) -> None:
    answers = [now.get(recipient=WARD) for _ in range(5)]
    assert told(now.share) == [("shl", WARD)] * 5
    assert len({*Paper.objects.values_list("code", flat=True)}) == 5
    assert len({answer.content.split(b".")[2] for answer in answers}) == 5
    names = {entry["fullUrl"] for each in answers for entry in now.opens(each)["entry"]}
    assert len(names) == 2  # a newer answer is about the same


def test_it_is_what_stands_there_now_and_what_was_agreed_to(now: Computer, ana) -> None:
    sheets = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.printing, "make_pdf", lambda sheet: sheets.append(sheet) or made(PDF))
        now.get()
        say(now.share.profile, "important", "Coffee.")
        say(now.share.profile, "health", "CNRY-private")
        now.get()
    assert [[(e.topic, e.lines) for e in sheet.entries] for sheet in sheets] == [
        [("call_me", ("Ana",)), ("important", ("Tea first.", "Then we talk."))],
        [("call_me", ("Ana",)), ("important", ("Coffee.",))],
    ]
    editions = [look.edition.number for look in now.share.looks.order_by("pk")]
    assert editions == [1, 2]


def test_whoever_asks_and_says_no_name_is_written_down_all_the_same(now: Computer) -> None:
    assert now.get().status_code == 200
    assert told(now.share) == [("shl", "")]


NAMES = [
    ("  Ward 4,\n\t City   Hospital ", "Ward 4, City Hospital"),
    ("\u202eWard\u202c 4\u2066\u2069\u200f", "Ward 4"),
    ("Ward\x01\x7f 4\ud800", "Ward 4"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # words, and shown as words
    ("{{ 7 }}{% debug %}", "{{ 7 }}{% debug %}"),
    ("a" * 100_000, "a" * 80),
    ("\u200b\u2060 ", ""),
    ("<> - ☎", ""),
    ("\u3164 \u115f\uffa0", ""),  # letters that are drawn as nothing
    ("مستشفى المدينة", "مستشفى المدينة"),
    ("", ""),
]


def test_a_name_is_cleaned_and_cut_and_never_refused(now: Computer) -> None:
    for sent, _ in NAMES:
        raw = sent.encode("utf-8", "surrogatepass")
        query = "recipient=" + "".join(f"%{byte:02x}" for byte in raw)
        assert now.browser.get(f"{now.address}?{query}").status_code == 200
    names = [name.replace("\ufffd", "") for _, name in told(now.share)]
    assert names == [kept for _, kept in NAMES]


def test_its_name_and_its_key_stand_in_no_line_of_the_log(now: Computer, caplog) -> None:
    with caplog.at_level("INFO"):
        now.get(recipient="CNRY Ward")
        now.browser.get("/shl/CNRY?recipient=CNRY")
    assert "CNRY" not in caplog.text and now.share.key not in caplog.text


# ---- whoever may not


def never(it: Computer) -> str:
    return secrets.token_urlsafe(32)


def stopped(it: Computer) -> str:
    actions.stop(share=it.share, by=it.share.profile.owner)
    return it.share.key


def paused(it: Computer) -> str:
    actions.pause(share=it.share, by=it.share.profile.owner)
    return it.share.key


def over(it: Computer) -> str:
    Share.objects.filter(pk=it.share.pk).update(ends_at=timezone.now())  # exactly now is over
    return it.share.key


def deleted(it: Computer) -> str:
    key = it.share.key
    delete_page(profile=it.share.profile)
    return key


def without_its_other_half(it: Computer) -> str:
    it.link.delete()
    return it.share.key


def of_another_kind(it: Computer) -> str:
    """A link that people open."""
    return make_share(it.share.profile).key


def taken_in_another_way(it: Computer) -> str:
    return computer(it.share.profile, taking=Taking.UPDATED).share.key


def not_given(it: Computer) -> str:
    return begin_clinic_share(it.share.profile).key


CLOSED = [
    never, stopped, paused, over, deleted, without_its_other_half, of_another_kind,
    taken_in_another_way, not_given,
]  # fmt: skip


@pytest.mark.parametrize("why", CLOSED, ids=lambda why: why.__name__)
def test_what_opens_nothing_is_one_and_the_same_answer(
    now: Computer, why: Callable[[Computer], str], django_assert_num_queries
) -> None:
    model = Client().get(f"/shl/{secrets.token_urlsafe(32)}")
    key = why(now)
    Client().get(f"/shl/{key}")  # the first after its end has it written down
    with django_assert_num_queries(1):  # as many as for a key that never was
        answer = Client().get(f"/shl/{key}")
    assert answer.status_code == model.status_code == 404
    assert answer.content == model.content
    assert {*answer.headers} == {*model.headers}
    head = Client().head(f"/shl/{key}")
    assert head.status_code == 404 and not head.content
    assert why is deleted or not now.share.looks.exists()


def test_it_is_over_to_the_second_and_stays_over(now: Computer, time_machine_at) -> None:
    last = now.share.ends_at - timedelta(microseconds=1)
    with time_machine_at(last):
        assert now.get().status_code == 200
    with time_machine_at(now.share.ends_at):
        assert now.get().status_code == 404
    with time_machine_at(last):  # once it was seen to be over, whatever a clock says
        assert now.get().status_code == 404
    assert now.share.events.filter(kind=ConsentEvent.Kind.EXPIRED).exists()
    assert told(now.share) == [("shl", "")]


def test_minutes_that_a_clock_ahead_began_are_over(now: Computer) -> None:
    Share.objects.update(ends_at=timezone.now() + AT_THE_DESK + APART + timedelta(minutes=1))
    assert now.get().status_code == 404
    assert now.share.events.filter(kind=ConsentEvent.Kind.EXPIRED).exists()


def test_no_other_door_opens_by_its_key(now: Computer, client) -> None:
    for rest in ("", "page/", "page.pdf", "page.txt", "page.json"):
        assert client.get(f"/s/{now.share.key}/{rest}").status_code == 410
    assert not now.share.looks.exists()


def test_stopped_between_making_and_handing_over_nobody_gets_it(now: Computer, monkeypatch) -> None:
    def stops(sheet: object) -> MadePage:
        actions.stop(share=now.share, by=now.share.profile.owner)
        return made(PDF)

    monkeypatch.setattr(files.printing, "make_pdf", stops)
    answer = now.get(recipient=WARD)
    assert answer.status_code == 404 and answer.content == Client().get("/shl/never").content
    assert not now.share.looks.openings().exists() and not Paper.objects.exists()
    ended = now.share.events.get(kind="withdrawn").happened_at
    assert told(now.share) == [("norecord", WARD)]
    assert not now.share.looks.filter(looked_at__gt=ended).exists()


def test_a_topic_taken_out_meanwhile_is_not_taken_along(now: Computer, monkeypatch) -> None:
    opened = views.door.open_through

    def changes_behind_it(*args, **kwargs):
        came_through = opened(*args, **kwargs)
        Share.objects.filter(pk=now.share.pk).update(topics=[])
        return came_through

    monkeypatch.setattr(views.door, "open_through", changes_behind_it)
    answer = now.get()  # the link opens still, and shows less to whoever asks again
    assert answer.status_code == 503 and answer["Retry-After"]
    assert not now.share.looks.openings().exists()


def test_a_page_that_is_deleted_while_it_is_made_is_not_taken(now: Computer, monkeypatch) -> None:
    def goes(sheet: object) -> MadePage:
        delete_page(profile=now.share.profile)
        return made(PDF)

    monkeypatch.setattr(files.printing, "make_pdf", goes)
    assert now.get().status_code == 404


FULL = Fit(lines_left=0, lines_over=3, filled=10, print_pt=9)


@pytest.mark.parametrize(
    "why, status, again",
    [
        (Busy(), 503, "5"), (NotMade(), 503, "5"), (DoesNotFit(FULL), 409, None),
        (TooHard("CNRY"), 409, None),
    ],
)  # fmt: skip
def test_what_could_not_be_made_is_told_as_not_got(now, monkeypatch, why, status, again) -> None:
    def breaks(sheet: object) -> MadePage:
        raise why

    monkeypatch.setattr(files.printing, "make_pdf", breaks)
    answer = now.get(recipient=WARD)
    assert (answer.status_code, answer.get("Retry-After")) == (status, again)
    assert b"CNRY" not in answer.content
    assert told(now.share) == [("norecord", WARD)]
    assert not Paper.objects.exists()


def test_a_failed_ask_is_told_as_a_computers_also_where_it_gave_no_name(
    now, monkeypatch, anas_browser
) -> None:
    def is_full(sheet: object) -> MadePage:
        raise DoesNotFit(FULL)

    monkeypatch.setattr(files.printing, "make_pdf", is_full)
    for name in ("", WARD):
        now.get(recipient=name)
    for address in ("access:looked", "access:by_day"):
        page = unescape(anas_browser.get(reverse(address)).content.decode())
        said = " ".join(strip_tags(page).split())
        for who in ("A computer", WARD):
            assert who in said, address
        assert "asked for your page for its records, and did not get it." in said
        assert "Somebody" not in said and "as a PDF" not in said
    assert "Somebody" not in anas_browser.get(reverse("access:looked_csv")).getvalue().decode()


def test_nothing_is_written_down_of_what_cannot_be_encrypted(now, monkeypatch) -> None:
    monkeypatch.setattr(files, "encrypted", lambda *_, **__: 1 / 0)
    now.browser.raise_request_exception = False
    assert now.get().status_code == 500
    assert told(now.share) == []


# ---- how it is asked


def test_asking_for_the_head_makes_no_page_and_is_no_look(now: Computer, monkeypatch) -> None:
    monkeypatch.setattr(files.printing, "make_pdf", lambda sheet: 1 / 0)
    answer = now.browser.head(now.address)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/jose"
    assert not now.share.looks.exists() and not Paper.objects.exists()


def test_a_browser_may_ask_before_it_asks_and_nothing_is_looked_up(
    now: Computer, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        answers = [
            Client().options(f"/shl/{key}", headers={"Origin": "https://clinic.example"})
            for key in (now.share.key, "never", f"{now.share.key}/files/never")
        ]
    for answer in answers:
        assert answer.status_code == 204 and not answer.content
        assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
        assert answer["Access-Control-Allow-Headers"] == "Content-Type"
    told = [
        {name: said for name, said in answer.items() if name != "Expires"} for answer in answers
    ]
    assert told[0] == told[1] == told[2]  # but for the second in which each was asked


def test_any_page_may_ask_no_cookie_goes_along_and_nobody_keeps_it(now: Computer) -> None:
    for method in ("get", "head", "post", "options", "put", "delete"):
        answer = getattr(now.browser, method)(now.address)
        assert answer["Access-Control-Allow-Origin"] == "*", method
        assert "Access-Control-Allow-Credentials" not in answer
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies


def test_no_cookie_goes_back_to_whoever_is_signed_in_here(anas_page, time_machine_at) -> None:
    it = computer(anas_page, lasts=TWO_DAYS)
    it.browser.force_login(anas_page.owner)
    with time_machine_at(timezone.now() + timedelta(hours=2)):  # any other page would renew it
        answers = [it.browser.get(address) for address in (it.address, "/shl/never")]
        assert it.browser.get("/shl/").cookies
    assert [answer.status_code for answer in answers] == [200, 404]
    assert not any(answer.cookies for answer in answers)


def test_no_other_method_is_known_whoever_asks(now: Computer) -> None:
    answers = [
        getattr(Client(), method)(f"/shl/{key}")
        for method in ("put", "patch", "delete", "trace")
        for key in (now.share.key, "never")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(405, b"")}


def test_a_link_that_is_taken_too_often_is_told_so(now: Computer, monkeypatch) -> None:
    monkeypatch.setitem(views.LIMITS, "take", "2/h/key")
    answers = [now.get() for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert len(told(now.share)) == 2


def test_where_the_list_of_looks_is_full_nothing_is_taken(now: Computer, monkeypatch) -> None:
    monkeypatch.setattr("profiles.reading.actions.MOST_LINES", 1)
    assert [now.get().status_code for _ in range(2)] == [200, 429]
    assert len(told(now.share)) == 1


def test_every_paper_is_handed_over_as_what_went_into_a_record(now: Computer, monkeypatch) -> None:
    """Paper that somebody else's door hands over is told as paper, and this is not."""
    seen, hand_over = [], paper_codes.hand_over

    def watched(*args, **said):
        seen.append(said["happened"])
        return hand_over(*args, **said)

    monkeypatch.setattr(views.paper_codes, "hand_over", watched)
    now.get()
    assert seen == ["shl"]
