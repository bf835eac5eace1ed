"""Passcodes: ten different wrong ones, and then not even the right one."""

import pytest
from django.core.cache import cache

from profiles.access.models import Happened
from profiles.reading.passcodes import Guess, guess
from profiles.sharing import actions
from profiles.sharing.models import MOST_TRIES, Share
from tests.factories import make_share

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page, with_passcode=True)


def wrong(share: Share, number: int = 1) -> str:
    return str((int(share.passcode) + number) % 1_000_000).zfill(6)


def tries(share: Share) -> int:
    share.refresh_from_db()
    return share.wrong_tries


def test_the_right_one_costs_nothing(share):
    assert [guess(share, share.passcode) for _ in range(15)] == [Guess.RIGHT] * 15
    assert tries(share) == 0


@pytest.mark.parametrize(
    "typed", ["{0}{1}", "{0} {1}", "{0}-{1}", " {0}{1} ", "{0}–{1}", "“{0}\u00a0{1}”.",
              "passcode: {0}{1}", "It is {0}\u200b{1}, for 2 of you"]
)  # fmt: skip
def test_it_may_be_typed_with_spaces_and_dashes(share, typed):
    assert guess(share, typed.format(share.passcode[:3], share.passcode[3:])) is Guess.RIGHT


@pytest.mark.parametrize("zero", "٠۰०０𝟎")
def test_it_may_be_typed_in_the_digits_of_any_script(share, zero):
    typed = "".join(chr(ord(zero) + int(digit)) for digit in share.passcode)
    assert guess(share, typed) is Guess.RIGHT


def test_a_wrong_one_counts(share):
    assert guess(share, wrong(share)) is Guess.WRONG
    assert tries(share) == 1


def test_the_same_wrong_one_counts_once(share):
    first, *others = [guess(share, wrong(share)) for _ in range(5)]
    assert first is Guess.WRONG
    assert set(others) == {Guess.AGAIN}
    assert tries(share) == 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥", "123456 or 654321"])
def test_what_can_be_no_passcode_costs_nothing(share, typed):
    assert guess(share, typed) is Guess.AGAIN
    assert tries(share) == 0


def test_after_ten_not_even_the_right_one_opens_it(share):
    came = [guess(share, wrong(share, n)) for n in range(1, MOST_TRIES + 3)]
    assert came == [Guess.WRONG] * MOST_TRIES + [Guess.LOCKED] * 2
    assert guess(share, share.passcode) is Guess.LOCKED
    assert tries(share) == MOST_TRIES


def test_a_new_passcode_can_be_tried_afresh(ana, share):
    old = share.passcode
    tried = [wrong(share, n) for n in range(1, MOST_TRIES + 1)]
    for each in tried:
        guess(share, each)
    fresh = actions.change_passcode(share=share, by=ana)
    assert fresh.passcode != old
    assert tries(share) == 0
    assert guess(fresh, fresh.passcode) is Guess.RIGHT
    before = next(each for each in tried if each != fresh.passcode)
    assert guess(fresh, before) is Guess.WRONG  # it costs a try: nobody knows more than at first


def test_a_new_passcode_counts_at_once_for_who_is_at_the_doorstep(ana, share):
    old = share.passcode
    actions.change_passcode(share=Share.objects.select_related("profile").get(), by=ana)
    assert guess(share, old) is Guess.WRONG


def test_a_whole_ward_comes_in_by_the_right_one_from_one_internet_address(share, cal):
    cache.clear()
    for _ in range(25):
        cal.come_in(share, passcode=share.passcode)
    assert share.introductions.count() == 25


def test_no_guess_is_kept_in_the_clear(share):
    guess(share, wrong(share))
    assert wrong(share) not in share.wrong_guesses.get().guess_digest


def test_the_person_sees_who_tried_and_is_told_once_when_it_locks(
    share, cal, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(1, MOST_TRIES + 3):
            cal.come_in(share, passcode=wrong(share, n))
    happened = list(share.looks.values_list("happened", flat=True))
    assert happened.count(Happened.WRONG_PASSCODE) == MOST_TRIES
    assert happened.count(Happened.LOCKED) == 1
    [mail] = mailoutbox
    assert mail.to == ["ana@example.org"]
    assert "Priya" not in mail.subject + mail.body
    assert "Cal" not in mail.subject + mail.body


def test_a_locked_doorstep_is_the_closed_page_and_those_who_are_in_stay_in(share, cal):
    cal.come_in(share, passcode=share.passcode)
    stranger = type(cal)(name="Sly")
    for n in range(1, MOST_TRIES + 1):
        stranger.come_in(share, passcode=wrong(share, n))
    assert stranger.open(share.key).status_code == 410
    assert stranger.come_in(share, passcode=share.passcode).status_code == 410
    assert cal.ask(share).status_code == 200
