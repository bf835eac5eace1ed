"""Who has looked: every look, print, try, reply and ask, in sentences, by day."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access import log
from profiles.access import views as access_views
from profiles.access.actions import Reader, note
from profiles.access.log import cell, who_opened
from profiles.access.models import Happened, Look
from profiles.access.sentences import SENTENCES, rows_for
from profiles.core.append_only import NeverChanges
from profiles.door import reader_views
from profiles.pages import actions
from profiles.pdf.fit import TooHard
from profiles.sharing import actions as sharing
from profiles.sharing import ask_actions
from profiles.sharing.models import Share
from tests.factories import make_page, make_share, make_user, say
from tests.readers import ReaderWithLink, address

pytestmark = pytest.mark.django_db
LOOKED, BY_DAY = reverse("access:looked"), reverse("access:by_day")


@pytest.fixture
def share(anas_page) -> Share:
    cache.clear()
    return make_share(anas_page)


def test_before_anybody_looked_it_says_so(anas_browser):
    for address_ in (LOOKED, BY_DAY):
        assertContains(anas_browser.get(address_), "Nobody has looked yet.")
    assertNotContains(anas_browser.get(LOOKED), "Take the list with you")


def test_each_kind_of_thing_has_its_sentence(anas_browser, anas_page, share):
    for happened in Happened:
        note(happened, profile=anas_page, share=share, reader=Reader(name="Cal"))
    page = anas_browser.get(BY_DAY)
    for happened, sentence in SENTENCES.items():
        if happened is not Happened.PRINTED:  # this one got no paper
            assertContains(page, sentence)
    assertContains(page, "and did not get it.")


def test_whoever_keeps_the_page_is_not_told_that_it_is_theirs(client, rosa, kept):
    client.force_login(rosa)
    for happened in Happened:
        note(happened, profile=kept, reader=Reader(name="Cal"))
    for address_ in (LOOKED, BY_DAY, reverse("access:looked_json")):
        page = client.get(address_).getvalue().decode()
        assert "looked at the page." in page
        for theirs in ("your page", "made you", "together with you", "helping you", "for you"):
            assert theirs not in page


def test_it_says_who_they_said_they_are_and_which_page_they_saw(anas_browser, share, cal):
    cal.read(share)
    page = anas_browser.get(BY_DAY)
    for said in ["Cal", "night nurse, Ward 4", "looked at your page. Edition 1.", "Priya, Sunrise"]:
        assertContains(page, said)


def test_paper_that_was_made_is_told_as_taken(anas_browser, share, cal):
    cal.read(share, "pdf")
    assertContains(anas_browser.get(BY_DAY), "took your page as a PDF, to print or to keep.")


def test_paper_that_failed_is_told_as_not_given(anas_browser, share, cal, monkeypatch):
    def fails(sheet):
        raise TooHard("no")

    monkeypatch.setattr(reader_views.printing, "make_pdf", fails)
    cal.read(share, "pdf")
    assertContains(anas_browser.get(BY_DAY), "asked for your page as a PDF, and did not get it.")


def test_what_a_reader_wrote_is_shown_as_their_words(anas_browser, share, cal):
    cal.come_in(share)
    cal.browser.post(
        address("reading:tell", share.key), {"words": "Dee has <b>another</b> number."}
    )
    page = anas_browser.get(BY_DAY)
    assertContains(page, "thinks that something is out of date.")
    assertContains(page, "Dee has &lt;b&gt;another&lt;/b&gt; number.")


def test_looks_of_one_reader_within_half_an_hour_are_one_line(anas_page, share, cal):
    for _ in range(3):
        cal.read(share)
    [row] = rows_for(looks(anas_page))
    assert row.times == 3


@pytest.mark.parametrize("minutes, lines", [(29, 1), (31, 2)])
def test_later_looks_are_lines_of_their_own(anas_page, share, monkeypatch, minutes, lines):
    now = timezone.now()
    for moment in (now, now + timedelta(minutes=minutes)):
        monkeypatch.setattr("profiles.access.actions.timezone.now", lambda moment=moment: moment)
        note(Happened.LOOKED, profile=anas_page, share=share, reader=Reader(name="Cal"))
    assert len(rows_for(looks(anas_page))) == lines


def test_who_opened_it_is_told_of_each_share_alone_and_of_no_mere_try(anas_page, share, cal):
    cal.read(share)
    ReaderWithLink(name="Tess").read(make_share(anas_page, reader_name="Ward 5"))
    note(Happened.WRONG_PASSCODE, profile=anas_page, share=share, reader=Reader(name="Kim"))
    assert who_opened(anas_page, share) == ["Cal (night nurse, Ward 4)"]


def test_looks_through_another_share_are_not_put_together(anas_page, share, cal):
    for each in (share, make_share(anas_page, reader_name="Ward 4")):
        cal.read(each)
    told = [(row.shared_with, row.times) for row in rows_for(looks(anas_page))]
    assert told == [("Ward 4", 1), ("Priya, Sunrise Home Care", 1)]


def test_looks_at_another_edition_or_by_somebody_else_are_not_put_together(anas_page, share, cal):
    cal.read(share)
    say(anas_page, "important", "Coffee.")
    cal.read(share)
    ReaderWithLink(name="Tess").read(share)
    assert [row.times for row in rows_for(looks(anas_page))] == [1, 1, 1]


def looks(page):
    return page.looks.latest_first().select_related("share", "edition", "paper").with_profile(page)


def test_days_stand_apart_newest_first(anas_browser, anas_page, share):
    for days in (2, 0):
        at, reader = timezone.now() - timedelta(days=days), Reader(name=f"Day{days}")
        note(Happened.LOOKED, profile=anas_page, share=share, reader=reader, at=at)
    page = anas_browser.get(BY_DAY).content.decode()
    assert page.count("<h2>") == 2
    assert page.index("<bdi>Day0") < page.index("<bdi>Day2")


def test_one_name_can_be_looked_at_alone(anas_browser, share, cal):
    cal.read(share)
    ReaderWithLink(name="Tess").read(make_share(share.profile, reader_name="The day centre"))
    assertContains(anas_browser.get(BY_DAY), '<option value="Tess">Tess</option>', html=True)
    only = anas_browser.get(BY_DAY, {"name": "Tess"})
    assertContains(only, "<b><bdi>Tess</bdi></b>")
    assertNotContains(only, "<b><bdi>Cal</bdi></b>")
    by_share = anas_browser.get(BY_DAY, {"name": "the day centre"})
    assertContains(by_share, "<b><bdi>Tess</bdi></b>")
    assertContains(anas_browser.get(BY_DAY, {"name": "nobody"}), "Nobody with that name.")


def test_a_long_log_is_shown_page_by_page(anas_browser, anas_page, share):
    for n in range(60):
        note(
            Happened.WRONG_PASSCODE, profile=anas_page, share=share, reader=Reader(name=f"N{n:02d}")
        )
    first = anas_browser.get(BY_DAY)
    assertContains(first, "<b><bdi>N59")
    assertNotContains(first, "<b><bdi>N09")
    assertContains(anas_browser.get(BY_DAY, {"page": 2}), "<b><bdi>N09")
    assert anas_browser.get(BY_DAY, {"page": "nonsense"}).status_code == 200


def test_a_keepers_own_looks_are_there_too(client):
    ben = make_user("ben@example.org")
    actions.start_page(for_someone=True, language="en", user=ben)
    client.force_login(ben)
    client.get("/me/page/")
    assertContains(client.get(BY_DAY), "The person who keeps this page")


def test_somebody_who_asks_is_in_the_log(anas_browser, ana, anas_page, priya):
    code = ask_actions.make_ask_code(profile=anas_page, by=ana)
    ask_actions.ask(code=code.code, worker=priya, reader=Reader(name="Priya"), why="I start Monday")
    page = anas_browser.get(BY_DAY)
    assertContains(page, "asked to see your page.")
    assertContains(page, "I start Monday")


def test_it_is_ones_own_log(dees_browser, dee, share, cal):
    make_page(dee, call_me="Dee")
    cal.read(share)
    for name in ("looked", "by_day", "looked_csv", "looked_json"):
        assertNotContains(dees_browser.get(reverse(f"access:{name}")), "Cal")


# ---- taking it along


def test_the_table_has_a_line_a_look(anas_browser, share, cal):
    for channel in ("html", "html", "pdf"):
        cal.read(share, channel)
    answer = anas_browser.get(reverse("access:looked_csv"))
    header, *rows = csv.reader(StringIO(answer.getvalue().decode("utf-8-sig")))
    assert header == ["when", "who", "role", "place", "what", "shared_with", "edition", "words"]
    assert [row[1:4] for row in rows] == [["Cal", "night nurse", "Ward 4"]] * 3
    assert 'filename="who-looked.csv"' in answer["Content-Disposition"]


def test_the_table_tells_the_time_by_our_clock_as_the_screens_do(anas_page):
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    note(Happened.LOOKED, profile=anas_page, reader=Reader(name="Cal"), at=late)
    assert [row["when"] for row in log.table(anas_page)] == ["2026-07-02T00:30:00+01:00"]


FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", " =1",
    ";=HYPERLINK(A1)", "Ward 4; +1", "a\t@SUM(A1)", "a|=1", "a,=1", 'a"=1', "a\n=1", "a;;\t -1",
]  # fmt: skip
PARTS = [None, *",;\t|\r\n\"'"]  # what a spreadsheet may be told parts the cells


@pytest.mark.parametrize("parts", PARTS)
def test_no_spreadsheet_takes_words_for_a_formula_whatever_parts_its_cells(parts):
    taken = []
    for typed in FORMULAS:
        cells = cell(typed).split(parts) if parts and parts != "'" else [cell(typed)]
        heads = [each.strip(' \t\r\n"')[:1] for each in cells]
        taken += [typed for head in heads if head and head in "=+-@＝＋－＠"]
    assert taken == []


@pytest.mark.parametrize(
    "typed", ["Dee", "well-being", "a - b", "10-12", "Tea; then we talk", "a@b.c"]
)
def test_other_words_stand_in_the_table_as_they_were_typed(typed):
    assert cell(typed) == typed


def test_every_cell_of_the_table_is_quoted(anas_browser, share, cal):
    cal.read(share)
    table = anas_browser.get(reverse("access:looked_csv")).getvalue().decode("utf-8-sig")
    assert all(line.startswith('"') and line.endswith('"') for line in table.splitlines())
    assert table.count('","') == 7 * len(table.splitlines())


def test_a_name_like_a_formula_is_disarmed_in_the_table(anas_browser, share, cal):
    cal.come_in(share, name="=HYPERLINK(1)")
    cal.ask(share)
    words = anas_browser.get(reverse("access:looked_csv")).getvalue().decode()
    assert ',"\'=HYPERLINK(1)",' in words


def test_the_data_file_says_the_same(anas_browser, share, cal):
    cal.read(share)
    cal.browser.post(address("workers:have_read", share.key), {"promise": "I will knock."})
    data = json.loads(anas_browser.get(reverse("access:looked_json")).getvalue())
    assert data["format"] == "tell-it-once/looks/1"
    assert [look["words"] for look in data["looks"]] == ["I will knock.", ""]
    assert data["looks"][1]["edition"] == 1


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_of_a_long_log_every_line_comes_once_and_in_its_order(
    anas_browser, anas_page, share, monkeypatch, at_once
):
    """It is read lot by lot, and some lines are of one moment."""
    monkeypatch.setattr(log, "AT_ONCE", at_once)
    now = timezone.now()
    for number in range(7):
        at, reader = now - timedelta(minutes=number // 3), Reader(name=f"N{number}")
        note(Happened.LOOKED, profile=anas_page, share=share, reader=reader, at=at)
    answer = anas_browser.get(reverse("access:looked_csv"))
    _, *rows = csv.reader(StringIO(answer.getvalue().decode("utf-8-sig")))
    assert [row[1] for row in rows] == ["N2", "N1", "N0", "N5", "N4", "N3", "N6"]
    data = json.loads(anas_browser.get(reverse("access:looked_json")).getvalue())
    assert [look["who"] for look in data["looks"]] == [row[1] for row in rows]


def test_the_first_lines_are_on_their_way_before_the_last_are_read(
    anas_browser, anas_page, share, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(log, "AT_ONCE", 2)
    monkeypatch.setattr(access_views, "LINES_A_PIECE", 4)  # two of them are no looks
    for number in range(9):
        note(Happened.LOOKED, profile=anas_page, share=share, reader=Reader(name=f"N{number}"))
    answer = anas_browser.get(reverse("access:looked_csv"))
    pieces = iter(answer.streaming_content)
    with django_assert_num_queries(1):  # the first two of nine
        assert b"N8" in next(pieces)
    assert b"N0" in b"".join(pieces)


def test_of_a_very_long_log_it_is_said_how_far_a_name_was_looked_for(
    anas_browser, anas_page, share, monkeypatch
):
    monkeypatch.setattr(log, "SEARCHED", 2)
    told = "We looked through the newest 2 lines."
    for name in ("Old", "Cal"):
        note(Happened.LOOKED, profile=anas_page, share=share, reader=Reader(name=name))
    assertNotContains(anas_browser.get(BY_DAY, {"name": "Cal"}), told)
    note(Happened.LOOKED, profile=anas_page, share=share, reader=Reader(name="Cal"))
    answer = anas_browser.get(BY_DAY, {"name": "Old"})
    assertContains(answer, told)
    assertNotContains(answer, "<bdi>Old")
    assertNotContains(anas_browser.get(BY_DAY), told)


def test_an_empty_log_is_a_table_and_data_too(anas_browser, anas_page):
    assert anas_browser.get(reverse("access:looked_csv")).getvalue().count(b"\n") == 1
    assert json.loads(anas_browser.get(reverse("access:looked_json")).getvalue())["looks"] == []


# ---- an email when somebody looks


def test_nobody_is_emailed_unless_they_asked(
    share, cal, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        cal.read(share)
    assert not mailoutbox


def test_the_email_says_that_somebody_looked_and_holds_no_word(
    anas_browser, share, cal, mailoutbox, django_capture_on_commit_callbacks
):
    anas_browser.post(reverse("access:tell_me"), {"wanted": "yes"})
    with django_capture_on_commit_callbacks(execute=True):
        cal.read(share)
        cal.read(share)  # twenty looks are not twenty emails
    [mail] = mailoutbox
    assert mail.to == ["ana@example.org"]
    assert "/me/looked/" in mail.body
    for word in ["Cal", "Ana", "Priya", "Tea"]:
        assert word not in mail.subject + mail.body


def test_the_emails_can_be_stopped(
    anas_browser, share, cal, mailoutbox, django_capture_on_commit_callbacks
):
    for wanted in ("yes", "no"):
        anas_browser.post(reverse("access:tell_me"), {"wanted": wanted})
    with django_capture_on_commit_callbacks(execute=True):
        cal.read(share)
    assert not mailoutbox


def test_only_the_person_themself_can_ask_for_emails(visitor, visitors_page):
    assert visitor.post(reverse("access:tell_me"), {"wanted": "yes"}).status_code == 403
    visitors_page.refresh_from_db()
    assert not visitors_page.tells_me


def test_a_mail_server_that_is_down_does_not_keep_a_reader_waiting(
    anas_browser, share, cal, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def refuse(*given):
        raise ConnectionRefusedError

    anas_browser.post(reverse("access:tell_me"), {"wanted": "yes"})
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        assert cal.read(share)
    assert "ConnectionRefusedError" in caplog.text


# ---- nobody tidies it


@pytest.mark.parametrize(
    "attempt",
    [
        lambda look: look.save(),
        lambda look: look.delete(),
        lambda look: Look.objects.update(happened="html"),
        lambda look: Look.objects.all().delete(),
    ],
    ids=["save twice", "delete one", "update", "delete all"],
)
def test_a_look_is_never_changed_or_removed(share, cal, attempt):
    cal.read(share)
    with pytest.raises(NeverChanges):
        attempt(share.looks.get())


@pytest.mark.parametrize(
    "sql", ["UPDATE profiles_look SET happened = 'html'", "DELETE FROM profiles_look"]
)
def test_the_database_refuses_too(share, cal, sql):
    cal.read(share)
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_a_worker_who_leaves_changes_no_history(ana, anas_page, priya, priyas_browser):
    named = make_share(anas_page, email=priya.email)
    reader = ReaderWithLink(name="Priya", browser=priyas_browser)
    reader.read(named)
    priya.delete()
    look = named.looks.get()
    look.profile = anas_page
    assert look.reader_said == "Priya"
    sharing.stop(share=named, by=ana)
    assert named.looks.count() == 1
