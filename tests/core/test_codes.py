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
    "words",
    [
        "7KQ3‑M0X1", "7KQ3—M0X1", "7KQ3−M0X1", "7KQ3ーM0X1", "7KQ3\u00a0M0X1", "7KQ3\u202fM0X1",
        "\u202a7KQ3-M0X1\u202c", "\ufeff7KQ3\u200b-M0X1\u200e", "7KQ3\u00adM0X1", "7KQ3\tM0X1\r\n",
        "“7KQ3-M0X1”", "„7KQ3-M0X1“", "«7KQ3-M0X1»", "(7KQ3-M0X1)", "<7KQ3-M0X1>", "*7KQ3-M0X1*",
        "7KQ3-M0X1.", "7KQ3-M0X1,", "7KQ3 : M0X1", "７ＫＱ３－Ｍ０Ｘ１", "٧KQ٣-M٠X١", "७KQ३-M०X१",
        "code: 7KQ3-M0X1", "Code = 7kq3 m0x1", "code 7KQ3 M0X1",
        "passcode: 7KQ3M0X1", "kod: 7KQ3-M0X1",
        "Your code is 7KQ3-M0X1.", "your code is “7KQ3M0X1”, for one hour", "Code：7KQ3-M0X1",
        "https://tellitonce.example/check/7KQ3-M0X1/", "tellitonce.example/check/7kq3-m0x1",
        "7KQ3-M0X1 (7KQ3-M0X1)",
    ],
)  # fmt: skip
def test_a_code_is_understood_however_it_is_pasted(words):
    assert codes.typed(words) == "7KQ3M0X1"


@pytest.mark.parametrize(
    "words", ["your code is ABCD-EFGH", "code ABCD EFGH", "passcode: ABCDEFGH", "ABCD EFGH"]
)
def test_a_code_without_digits_is_told_from_the_words_around_it(words):
    assert codes.typed(words) == "ABCDEFGH"


@pytest.mark.parametrize(
    "words", ["", "7KQ3", "7KQ3M0X12", "7KQ3M0X!", "ÄKQ3M0X1", "\x007KQ3M0X1", "Й" * 8,
              "7KQ3-M0X1 or 7KQ3-M0X2", "A7KQ3-M0X1", "7KQ3-M0X12", "x" * 4_000]
)  # fmt: skip
def test_what_cannot_be_a_code_is_none(words):
    assert codes.typed(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        "12345678", "1234-5678", "1234–5678", "1234‑5678", "12 34 56 78", "1 2 3 4 5 6 7 8",
        "1234\u00a05678", "\u200b1234\u200c5678\u200d", "\u2068١٢٣٤-٥٦٧٨\u2069", "۱۲۳۴۵۶۷۸",
        "१२३४-५६७८", "１２３４－５６７８", "１２３４ー５６７８", "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "1\ufe0f\u20e32345678",
        "‘1234’ ‘5678’",
        "code: 1234-5678", "Your code is 1234-5678. It works for 1 hour.", "G-1234-5678",
        "Step 2: 1234-5678",
    ],
)  # fmt: skip
def test_a_number_is_understood_however_it_is_pasted(words):
    assert codes.digits(words, length=8) == "12345678"


@pytest.mark.parametrize(
    "words", ["", "1234567", "123456789", "1234-5678-9", "12345678 or 12345679", "abcdefgh",
              "1234\x005678", "½" * 8]
)  # fmt: skip
def test_what_cannot_be_such_a_number_is_none(words):
    assert codes.digits(words, length=8) == ""


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
