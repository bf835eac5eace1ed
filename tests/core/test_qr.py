"""How an address is drawn as a QR code: at which level of correction."""

import segno

from profiles.core.qr import qr_code

ROOM_FOR_MORE = "https://tellitonce.example/check/7KQ3-M9XT/"


def dots(level: str) -> bytes:
    made = segno.make(ROOM_FOR_MORE, error=level, micro=False, boost_error=False)
    return made.svg_inline(border=4).rpartition(' d="')[2].encode()


def test_paper_has_the_best_level_that_takes_no_more_room_and_a_clinic_its_own():
    assert dots("q") != dots("m")
    assert dots("q") in qr_code(ROOM_FOR_MORE)
    assert dots("m") in qr_code(ROOM_FOR_MORE, exactly_m=True)
