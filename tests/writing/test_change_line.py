"""Moving a line up or down, and taking it off."""

import pytest

from profiles.answers import actions
from profiles.topics.load import load
from tests.factories import make_page, texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "line, how, after",
    [
        (0, "down", "b\na\nc"),
        (2, "up", "a\nc\nb"),
        (1, "remove", "a\nc"),
        (0, "up", "a\nb\nc"),
        (2, "down", "a\nb\nc"),
        (9, "remove", "a\nb\nc"),
    ],
)
def test_a_line_moves_or_goes_and_the_lines_before_stay_as_history(line, how, after):
    page = make_page(important="a\nb\nc")
    actions.change_line(profile=page, topic=load().topic("important"), number=1, line=line, how=how)
    assert page.answers.current().get().text == after
    assert texts(page, "important")[0] == "a\nb\nc"


def test_taking_off_the_last_line_clears_the_answer():
    page = make_page(important="a")
    actions.change_line(
        profile=page, topic=load().topic("important"), number=1, line=0, how="remove"
    )
    assert not page.answers.current().exists()
