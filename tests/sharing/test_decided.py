"""How somebody decided: each way has its own things to say, and keeps them word for word."""

from datetime import date

import pytest

from profiles.sharing.decided import AUTHORITY, Decided, Mode

HELPED = Decided(mode=Mode.HELPED, helper="my sister Dee", help=("read", "time"), shown="pointed")
FOR_THEM = Decided(
    mode=Mode.FOR_ME,
    authority="best_interests",
    decided_by="Dr Rees and Amir, her brother",
    asked="Jo, Amir and her key worker",
    person_showed="She smiled at the page",
    can_object="She pushes the page away",
    review_on=date(2027, 3, 1),
)


@pytest.mark.parametrize("decided", [Decided(mode=Mode.ME), HELPED, FOR_THEM])
def test_what_the_ledger_keeps_is_the_same_again(decided):
    assert Decided.from_json(decided.as_json()) == decided


def test_where_nothing_was_decided_there_is_nothing():
    assert Decided.from_json("{}") is None


def test_deciding_oneself_needs_no_more_words():
    assert Decided(mode=Mode.ME).sentences == ("I decided.",)


def test_help_is_told_with_who_helped_and_how_the_yes_was_given():
    said = " ".join(HELPED.sentences)
    assert "with help from my sister Dee" in said
    assert "They read it to me." in said
    assert "How I said yes: I pointed, or looked at it." in said


@pytest.mark.parametrize("authority", AUTHORITY)
def test_what_was_decided_for_somebody_is_never_called_consent(authority):
    from dataclasses import replace

    said = " ".join(replace(FOR_THEM, authority=authority).sentences).lower()
    assert "consent" not in said
    assert "agreed" not in said
    assert "dr rees" in said
    assert "she smiled at the page" in said
    assert "she pushes the page away" in said
    assert "again on 1 march 2027." in said


def test_a_best_interests_decision_is_called_that():
    assert FOR_THEM.sentences[0].startswith("It was decided in best interests")
