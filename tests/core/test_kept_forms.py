"""What was typed on one page is kept for the next: in one browser alone, and not for ever."""

from django.http import QueryDict
from django.test import RequestFactory

from profiles.core import kept_forms
from profiles.core.kept_forms import MOST, kept, newest, now_made


def keep(session: dict, words: str, about: str = "a page") -> str:
    request = asking(session)
    request.POST = QueryDict(f"words={words}&csrfmiddlewaretoken=CNRY&more=CNRY")
    return kept_forms.keep(request, about, ["words", "left_out"])


def asking(session: dict):
    request = RequestFactory().get("/")
    request.session = session
    return request


def test_it_is_as_it_was_sent_and_nothing_that_was_not_asked_for():
    session: dict = {}
    name = keep(session, "A%0D%0AB&words=C")
    found = kept(asking(session), "a page", name)
    assert found and found.typed.getlist("words") == ["A\r\nB", "C"]
    assert "left_out" not in found.typed
    assert "CNRY" not in str(session)


def test_it_is_only_what_it_is_about():
    session: dict = {}
    name = keep(session, "A")
    assert kept(asking(session), "another page", name) is None
    assert kept(asking(session), "a page", "made up") is None
    assert newest(asking(session), "another page") is None


def test_the_newest_is_the_one_of_which_nothing_was_made_yet():
    session: dict = {}
    first, second = keep(session, "A"), keep(session, "B")
    found = newest(asking(session), "a page")
    assert found and found.name == second
    now_made(asking(session), "a page", second, "a decision")
    found, made = newest(asking(session), "a page"), kept(asking(session), "a page", second)
    assert found and found.name == first
    assert made and made.made == "a decision" and not made.typed


def test_the_oldest_go_first():
    session: dict = {}
    names = [keep(session, str(n)) for n in range(MOST + 1)]
    there = [name for name in names if kept(asking(session), "a page", name)]
    assert there == names[1:]
