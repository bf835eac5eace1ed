"""QR codes: an address as a picture that a phone can scan."""

from io import BytesIO

import segno


def qr_code(address: str, *, exactly_m: bool = False) -> bytes:
    """An address as a QR code of level M, as an SVG with the quiet zone that scanners need.

    Where a better level takes no more room it has that, unless it has to be `exactly_m`.
    """
    drawn = BytesIO()
    made = segno.make(address, error="m", micro=False, boost_error=not exactly_m)
    made.save(drawn, kind="svg", border=4, omitsize=True, xmldecl=False, nl=False, light="#fff")
    return drawn.getvalue()
