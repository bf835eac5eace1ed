"""Finds the file that can be brought back in what somebody chose: the file itself, or our zip.

Nothing is unpacked on a disk, and nothing but that one file is unpacked at all.
"""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from profiles.exports.archive import EVERYTHING
from profiles.imports.checking import MOST_BYTES, NotAProfile

MOST_MEMBERS: Final = 1_000
A_ZIP, A_MEMBER = b"PK", b"PK\x01\x02"
KNOWN: Final = {ZIP_STORED, ZIP_DEFLATED}  # others may ask for gigabytes before their first byte
LOCKED: Final = 0x1


def portable_in(file: bytes) -> bytes:
    """The portable file. Raises NotAProfile with a sentence if there is none to be found."""
    if not file.startswith(A_ZIP):
        return file
    if file.count(A_MEMBER) > MOST_MEMBERS:
        raise NotAProfile(f"There are too many files in this zip. The most is {MOST_MEMBERS:,}.")
    try:
        with ZipFile(BytesIO(file)) as zipped:
            return _read(zipped)
    except NotAProfile:
        raise
    except Exception:  # noqa: BLE001  # hostile files make zip readers raise anything at all
        raise NotAProfile(
            f"We could not open this zip file. Try to unpack it, and choose {EVERYTHING} in it."
        ) from None


def _read(zipped: ZipFile) -> bytes:
    found = [member for member in zipped.infolist() if _is_it(member.filename)]
    if len(found) != 1:
        many = "more than one" if found else "no"
        raise NotAProfile(f"There is {many} file called {EVERYTHING} in this zip.")
    [member] = found
    if member.flag_bits & LOCKED:
        raise NotAProfile(f"This zip has a password. Unpack it, and choose {EVERYTHING} in it.")
    return _bytes(zipped, member)


def _bytes(zipped: ZipFile, member: ZipInfo) -> bytes:
    """Its bytes, up to one more than we take: the size that a zip claims may be a lie."""
    if member.compress_type not in KNOWN:
        raise ValueError(member.compress_type)
    with zipped.open(member) as opened:
        return opened.read(MOST_BYTES + 1)


def _is_it(name: str) -> bool:
    """Is this the one, at the top or in a folder? A Mac adds a shadow of each file it packs, and
    Windows may part its folders the other way.
    """
    *folders, last = name.replace("\\", "/").split("/")
    return last == EVERYTHING and "__MACOSX" not in folders and ".." not in folders
