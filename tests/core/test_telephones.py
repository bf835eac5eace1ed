"""Which digits are plainly a telephone number; and dates, prices and others, which are none."""

import pytest
from django.utils.html import strip_tags

from profiles.core.telephones import telephones
from profiles.templatetags.words import to_press, with_number

NUMBERS = {
    "07700 900123": ["07700900123"],
    "My sister Dee, 07700 900123, any time.": ["07700900123"],
    "Ring me on 07700900123.": ["07700900123"],
    "Tel:07700 900123": ["07700900123"],
    "Dee-07700 900123": ["07700900123"],
    "(0117) 496 0123": ["01174960123"],
    "(020)7946 0018": ["02079460018"],
    "0117-496-0123": ["01174960123"],
    "0117\u2011496\u20110123": ["01174960123"],
    "0117\u00a0496\u202f0123": ["01174960123"],
    "0800 1111": ["08001111"],
    "+44 7700 900123": ["+447700900123"],
    "+44 (0)20 7946 0018": ["+442079460018"],
    "+44(0)2079460018": ["+442079460018"],
    "0044 (0)20 7946 0018": ["00442079460018"],
    "+1 (202) 555-0143": ["+12025550143"],
    "(202) 555-0143": ["2025550143"],
    "202-555-0143": ["2025550143"],
    "202.555.0143": ["2025550143"],
    "1-800-555-0199": ["18005550199"],
    "01.42.68.53.00": ["0142685300"],
    "06.12.34.56.78": ["0612345678"],
    "06 12 34 56 78": ["0612345678"],
    "030/1234567": ["0301234567"],
    "0664/123 45 67": ["06641234567"],
    "+49 151 23456789": ["+4915123456789"],
    "8-800-555-35-35": ["88005553535"],
    "+7 (495) 123-45-67": ["+74951234567"],
    "601 234 567": ["601234567"],
    "22 12 34 56": ["22123456"],
    "+353 1 234 5678": ["+35312345678"],
    "03・1234・5678": ["0312345678"],
    "０３－１２３４－５６７８": ["0312345678"],
    "＋81 3-1234-5678": ["+81312345678"],
    "٠٧٧٠٠ ٩٠٠١٢٣": ["07700900123"],
    "+٤٤ ٧٧٠٠ ٩٠٠١٢٣": ["+447700900123"],
    "۰۲۱-۱۲۳۴۵۶۷۸": ["02112345678"],
    "०९८७६ ५४३२१०": ["09876543210"],
    "דנה 050-123-4567 תמיד": ["0501234567"],
    "\u202a+44 7700 900123\u202c": ["+447700900123"],
    "\u206807700\u200e 900123\u2069": ["07700900123"],
    "07700 900123 or 0117 496 0123": ["07700900123", "01174960123"],
    "07700 900123 / 0117 496 0123": ["07700900123", "01174960123"],
    "07700 900123 0117 496 0123": ["07700900123", "01174960123"],
    "+44 7700 900123 +1 202 555 0143": ["+447700900123", "+12025550143"],
    "0117 496 0123 ext 12": ["01174960123"],
    "07700 900123 10:00 to 18:00": ["07700900123"],
    "07700 900123 10am": ["07700900123"],
    "07700 900123 9-5": ["07700900123"],
    "0117 496 0123 24/7": ["01174960123"],
    "07700 900123 – 24 hours": ["07700900123"],
    "Call 2025550143": ["2025550143"],
    "My GP’s phone is 4960123": ["4960123"],
}  # fmt: skip
NO_NUMBERS = [
    "I was born on 12.03.1961.", "12/03/1961", "12-03-1961", "12 03 1961", "1961-03-12",
    "20261120", "01031961", "2026-11-20 14:30", "12.03.1961 10:30", "12/03/61 14/04/26",
    "٢٠٢٦/١١/٢٠", "١٢/٠٣/١٩٦١", "1405/08/29", "2019-2026", "2019 – 2026", "1961/2024",
    "10:30", "9.00-17.00", "10.30 - 12.30", "8.00 12.00 18.00", "0900-1700", "10:30:15 11:45:00",
    "£1,234,567", "£1234567", "£ 12 345 67", "1 250 000 kr", "12.500.000 €", "1.250.000",
    "1 234 567 €",
    "Room 12, bed 3", "Room 1234567", "Room 0123 456 789",
    "943 476 5919", "My NHS number is 943 476 5919.", "NHS 943 476 5919", "NHS no. 9434765919",
    "NHS number: 0434 765 919", "CHI number 010161 1234", "Hospital number 01234567",
    "Passport 012345678", "Policy no: 0123 456 789", "Card number 0123 4567 8901 2345",
    "Sort code 01-02-03, account 01234567", "The code is 0123 4567",
    "1 2 3 4 5 6 7 8 9 10", "Count 1-2-3-4-5-6-7.", "120/80 130/85", "51.507400", "1234567",
    "https://example.org/07700900123", "dee07700900123@example.org",
    "www.example.org/0117-496-0123",
    "A07700900123", "07700900123b", "0117", "999", "116 123", "", "Tea first.", "1/2/2026 3/4/2026",
]  # fmt: skip


@pytest.mark.parametrize(("said", "dialled"), NUMBERS.items())
def test_what_is_plainly_a_telephone_number_can_be_dialled(said: str, dialled: list[str]) -> None:
    assert [found.dialled for found in telephones(said)] == dialled
    assert [found.dialled for found in telephones(said, to_ring=True)] == dialled


@pytest.mark.parametrize("said", NO_NUMBERS)
def test_what_is_not_is_left_as_words(said: str) -> None:
    assert [*telephones(said)] == []


def test_whom_to_ring_needs_no_other_sign_of_a_number() -> None:
    assert [found.dialled for found in telephones("Dee 4960123", to_ring=True)] == ["4960123"]
    assert [*telephones("Dee, NHS number 943 476 5919", to_ring=True)] == []
    assert [*telephones("Dee, since 12.03.1961", to_ring=True)] == []


def test_it_is_shown_as_it_was_typed() -> None:
    assert to_press("Dee, 07700 900123. <b>") == (
        'Dee, <a href="tel:07700900123"><bdo dir="ltr">07700 900123</bdo></a>. &lt;b&gt;'
    )
    assert to_press("Dee, 07700 900123", "ring") == (
        'Dee, <a class="number" href="tel:07700900123"><bdo dir="ltr">07700 900123</bdo></a>'
    )


def test_a_bracket_round_it_all_is_no_part_of_it() -> None:
    assert to_press("Dee (07700 900123)") == (
        'Dee (<a href="tel:07700900123"><bdo dir="ltr">07700 900123</bdo></a>)'
    )


def test_among_words_from_right_to_left_it_stays_apart() -> None:
    assert to_press("דנה 050-123-4567, תמיד") == (
        'דנה <bdi dir="ltr"><a href="tel:0501234567">'
        '<bdo dir="ltr">050-123-4567</bdo></a></bdi>, תמיד'
    )
    assert 'href="tel:07700900123"><bdo dir="ltr">٠٧٧٠٠ ٩٠٠١٢٣</bdo>' in to_press(
        "دانا ٠٧٧٠٠ ٩٠٠١٢٣"
    )


def test_a_stop_stands_in_the_box_of_its_number_and_once() -> None:
    for said in ("Dee, 07700 900123. Now.", "דנה 07700 900123. תמיד", "دينا 07700 900123، ليلا"):
        shown = to_press(said, "ring")
        assert f"</bdo>{said[said.rindex('3') + 1]}</a>" in shown
        assert strip_tags(shown) == said


def test_on_paper_it_stands_on_the_side_to_which_the_words_go() -> None:
    assert with_number("Dee 07700 900123. Any time.") == (
        'Dee <b class="number" dir="ltr">07700 900123.</b> Any time.'
    )
    assert with_number("דנה 07700 900123. תמיד") == (
        'דנה <b class="number" dir="ltr">07700 900123</b>. תמיד'
    )


def test_digits_that_are_read_from_right_to_left_stand_so() -> None:
    assert '<bdo dir="rtl">߀߇߇߀߀ ߉߀߀߁߂߃</bdo>' in to_press("߀߇߇߀߀ ߉߀߀߁߂߃")
