"""Photos for tests, drawn in code."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

register_heif_opener()

RED, GREEN, BLUE, WHITE = (200, 40, 40), (40, 160, 60), (40, 60, 200), (255, 255, 255)


def corners(width: int = 400, height: int = 300) -> Image.Image:
    """Red at the top left, green at the top right, blue at the bottom left, white at the last."""
    image = Image.new("RGB", (width, height), WHITE)
    half = (width // 2, height // 2)
    image.paste(RED, (0, 0, *half))
    image.paste(GREEN, (half[0], 0, width, half[1]))
    image.paste(BLUE, (0, half[1], half[0], height))
    return image


def as_file(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def read(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def near(seen: Any, wanted: tuple[int, int, int], within: int = 14) -> bool:
    """Are two colours the same, as far as JPEG can tell?"""
    return all(abs(a - b) <= within for a, b in zip(seen, wanted, strict=True))


def colours(image: Image.Image) -> list[Any]:
    """The colours of the four corners: top left, top right, bottom left, bottom right."""
    x, y = image.width // 8, image.height // 8
    right, low = image.width - x, image.height - y
    return [image.getpixel(at) for at in [(x, y), (right, y), (x, low), (right, low)]]


def looks_like_corners(image: Image.Image) -> bool:
    """Is this the picture `corners` draws, the right way up?"""
    return all(map(near, colours(image), [RED, GREEN, BLUE, WHITE]))


def telling_exif(orientation: int = 1) -> bytes:
    """What a camera may write into a photo: the way it was held, its maker, and where it was."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CNRY-camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 28.0, 51.0), 29: "CNRY-2026:05:03"})
    return exif.tobytes()


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped_profile() -> bytes:
    """A colour profile by which a file's red means blue, and its blue means red."""
    profile = bytearray(srgb_profile())
    count = struct.unpack(">I", profile[128:132])[0]
    tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    profile[red + 4 : red + 12], profile[blue + 4 : blue + 12] = (
        profile[blue + 4 : blue + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile)


def jpeg_header(width: int, height: int) -> bytes:
    """A JPEG that claims a size, and has next to nothing in it."""
    data = as_file(Image.new("L", (8, 8)), "JPEG")
    at = data.index(b"\xff\xc0") + 5  # behind the marker, the length and the depth
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def jpeg_of_many_scans(side: int, most: int) -> bytes:
    """A JPEG that is drawn ever finer, in as many scans as its size can hold."""
    data = as_file(Image.new("L", (side, side), 90), "JPEG", progressive=True, quality=60)
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * ((most - len(data)) // len(scan)) + data[-2:]


def png_header(width: int, height: int, bits: int, colour: int) -> bytes:
    """A PNG that claims a size, and has next to nothing in it."""
    body = zlib.compress(bytes(10_000))
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
