"""Keys and codes: what people type is forgiven, and what the database keeps opens nothing."""

import pytest

from profiles.core import codes


def test_a_key_cannot_be_guessed_and_is_never_the_same():
    keys = {codes.new_key() for _ in range(1_000)}
    assert len(keys) == 1_000
    assert all(len(key) >= 22 for key in keys)


def test_a_code_has_no_letter_that_looks_like_another():
    made = "".join(codes.new_code() for _ in range(1_000))
    assert not set(made) & set("OILU")
    assert len(set(made)) == 32


@pytest.mark.parametrize(
    "words", ["7KQ3M0X1", "7kq3-m0x1", " 7kq3 mox1 ", "7 K Q 3 – M O X I", "7KQ3.MOXL", "7KQ3_m0x1"]
)
def test_a_code_is_understood_however_it_is_typed(words):
    assert codes.typed(words) == "7KQ3M0X1"


@pytest.mark.parametrize(
    "words", ["", "7KQ3", "7KQ3M0X12", "7KQ3M0X!", "ÄKQ3M0X1", "\x007KQ3M0X1", "٧" * 8]
)
def test_what_cannot_be_a_code_is_none(words):
    assert codes.typed(words) == ""


def test_a_code_is_understood_as_it_is_shown():
    code = codes.new_code()
    assert codes.typed(codes.shown(code)) == code


def test_a_passcode_is_six_digits():
    assert all(
        codes.new_passcode().isdecimal() and len(codes.new_passcode()) == 6 for _ in range(99)
    )


def test_a_digest_tells_nothing_and_changes_with_what_it_is_about(settings):
    one = codes.digest("key", about="a link")
    assert "key" not in one and len(one) == 64
    assert one != codes.digest("key", about="a code")
    settings.SHARE_KEY_SECRET = "another" * 10
    assert one != codes.digest("key", about="a link")


def test_a_digest_can_be_made_of_anything_that_is_typed():
    assert codes.digest("\ud800\x00", about="a link")
