"""QR codes: an address as a picture that a phone can scan."""

from io import BytesIO

import segno


def qr_code(address: str) -> bytes:
    """An address as a QR code of level M, as an SVG with the quiet zone that scanners need."""
    drawn = BytesIO()
    made = segno.make(address, error="m", micro=False)
    made.save(drawn, kind="svg", border=4, omitsize=True, xmldecl=False, nl=False, light="#fff")
    return drawn.getvalue()
