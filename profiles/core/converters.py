"""The pieces of addresses that vary."""

from django.urls.converters import PathConverter, StringConverter


class Piece(StringConverter):
    """What stands between two slashes, where it could be the name of something of ours.

    Under /s/ it is Django's own `str`: there every link that opens nothing answers alike.
    """

    regex = r"[^/\x00]+"  # no database takes a NUL


class Pieces(PathConverter):
    """The same, and whatever else stands after it: a link that came broken."""

    regex = r"[^\x00]+"
