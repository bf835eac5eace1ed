"""Takes in photos: bytes in, bytes out. No Django, no database, no settings.

What comes out is always a picture we drew ourselves, so nothing the camera or anybody else wrote
into the file (where it was taken, a script, a colour profile) can come along.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from math import ceil, hypot
from typing import Final

from PIL import Image, ImageCms, ImageFile, ImageOps

MOST_BYTES: Final = 15 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000  # an iPhone's largest photo has 48 million
KEPT_BYTES: Final = 150_000
PRINT_SIDE: Final = 480
MOST_PHOTOS: Final = 12  # beside the answers of a page
BESIDE_BYTES: Final = 40_000  # of a photo beside an answer
PRINTED_BYTES: Final = 6_000  # of the same, as it is printed: a page may have twelve
QUALITY: Final = 82
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")

TOO_BIG: Final = "That photo is too big. Choose one under 15 MB, or take a new one"
NOT_A_PHOTO: Final = "We could not open that file. Choose a photo (JPG, PNG or HEIC)"
TOO_DETAILED: Final = "That photo is too large for us to open. Choose a smaller one"
PART_MISSING: Final = "Part of that photo is missing. Choose it again, or choose another one"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of a photo: at most so many bytes, and dots along its longer side."""

    most_bytes: int
    side: int


PORTRAIT: Final = Kept(most_bytes=KEPT_BYTES, side=1_200)
BESIDE: Final = Kept(most_bytes=BESIDE_BYTES, side=640)
# How a photo beside an answer is printed: dots along its longer side, and the quality. The first of
# these that is small enough; the last is, whatever the photo shows.
PRINTED: Final = ((240, 72), (240, 60), (200, 55), (160, 50), (120, 45), (80, 40))


class Crop(StrEnum):
    """Which square of the photo goes on the page."""

    LEFT = "left"  # in a tall photo: the top
    MIDDLE = "middle"
    RIGHT = "right"  # in a tall photo: the bottom
    CLOSER = "closer"
    FURTHER = "further"  # all of it, with white beside it


# Where the squares lie that are not in the middle, along the photo and across it.
CENTRES: Final = {Crop.LEFT: (0.0, 0.0), Crop.RIGHT: (1.0, 1.0)}
MIDDLE: Final = (0.5, 0.5)
FACES: Final = (0.5, 0.35)  # in a tall photo, faces are above the middle
CLOSER: Final = 0.6  # how much of the square's side is left


class PhotoRefused(Exception):
    """A file that cannot be the photo. Its message is a sentence for the person who chose it."""


def take_in(data: bytes, kept: Kept = PORTRAIT) -> bytes:
    """The whole photo as we keep it: a small, upright JPEG, without anything hidden.

    Strangers' bytes are decoded here: on the web, call it through worker_process.
    """
    if len(data) > MOST_BYTES:
        raise PhotoRefused(TOO_BIG)
    with _strictly():
        image = _opened(data)
        try:
            return _small_enough(_plain(image, kept.side), kept.most_bytes)
        except MemoryError:
            raise PhotoRefused(TOO_DETAILED) from None
        except Exception:  # noqa: BLE001  # hostile files make decoders raise anything at all
            raise PhotoRefused(PART_MISSING) from None


def crop(whole: bytes, how: Crop, size: int = PRINT_SIDE) -> bytes:
    """A square of a photo that we took in, as a JPEG."""
    image = Image.open(BytesIO(whole), formats=("JPEG",))
    if how is Crop.CLOSER:
        return _jpeg(_closer(image, size))
    shown = _whole_on_white(image) if how is Crop.FURTHER else image
    return _jpeg(_square(shown, size, CENTRES.get(how, MIDDLE)))


def printed(whole: bytes) -> bytes:
    """All of a photo that we took in to stand beside an answer, as it is printed there."""
    image = Image.open(BytesIO(whole), formats=("JPEG",))
    for side, quality in PRINTED:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        data = _jpeg(image, quality=quality)
        if len(data) <= PRINTED_BYTES:
            break
    return data


def is_tall(whole: bytes) -> bool:
    """Is the photo taller than it is wide? Then its crops lie above one another."""
    image = Image.open(BytesIO(whole), formats=("JPEG",))
    return image.height > image.width


@contextmanager
def _strictly() -> Iterator[None]:
    """Let Pillow refuse what is too large or cut short, and keep its other remarks to itself."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint sets it, where both are loaded
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _opened(data: bytes) -> Image.Image:
    """The file's header, read by its content alone; nothing is decoded yet."""
    _learn_heif()
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PhotoRefused(TOO_DETAILED) from None
    except Exception:  # noqa: BLE001  # hostile files make readers raise anything at all
        raise PhotoRefused(NOT_A_PHOTO) from None
    if image.width * image.height > MOST_PIXELS:
        raise PhotoRefused(TOO_DETAILED)
    return image


def _learn_heif() -> None:
    # Imported here, because the web's own processes only crop, and need no HEIF decoder.
    from pillow_heif import register_heif_opener

    # An embedded thumbnail may show something other than the photo.
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def _plain(image: Image.Image, side: int) -> Image.Image:
    """The photo upright, no larger than we keep it, in sRGB, on white."""
    image = _in_a_common_mode(image)
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    # Turned once it is small, as a turn makes a copy. A broken note is no reason to refuse a photo;
    # one that can be read but not written anew raises when the photo is turned already.
    with suppress(Exception):
        ImageOps.exif_transpose(image, in_place=True)
    fresh = Image.new("RGB", image.size, "white")
    mask = image.getchannel("A") if image.mode == "RGBA" else None
    fresh.paste(_in_srgb(image), mask=mask)
    return fresh


def _in_a_common_mode(image: Image.Image) -> Image.Image:
    """RGB, RGBA, CMYK or L, of 8 bits: what can be made smaller and coloured."""
    if image.mode.startswith("I"):  # 16-bit grey: convert() would turn all but the darkest white
        return image.point(lambda level: level / 256).convert("L")
    if image.has_transparency_data:
        wanted = "RGBA"
    elif image.mode == "1":
        wanted = "L"
    else:
        wanted = image.mode if image.mode in {"CMYK", "L"} else "RGB"
    return image if image.mode == wanted else image.convert(wanted)  # no copy of a large one


def _in_srgb(image: Image.Image) -> Image.Image:
    """The colours as the photo's own profile means them, or as they are if it has none."""
    profile = image.info.get("icc_profile")
    if image.mode == "RGBA":
        image = image.convert("RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            shown = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            shown = None  # a profile that is broken, or is for another kind of image
        if shown is not None:
            return shown
    return image.convert("RGB")


def _small_enough(image: Image.Image, most_bytes: int) -> bytes:
    """A JPEG of it that is small enough to keep, and no smaller than that asks for."""
    kept = _jpeg(image)
    while len(kept) > most_bytes:
        side = max(image.size) * 5 // 6
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        kept = _jpeg(image, quality=75)
    return kept


def _jpeg(image: Image.Image, quality: int = QUALITY) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def _square(image: Image.Image, size: int, centre: tuple[float, float]) -> Image.Image:
    return ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS, centering=centre)


def _closer(image: Image.Image, size: int) -> Image.Image:
    """A part of the square."""
    centre = FACES if image.height > image.width else MIDDLE
    large = round(size / CLOSER)
    left, top = (round((large - size) * at) for at in centre)
    return _square(image, large, centre).crop((left, top, left + size, top + size))


def _whole_on_white(image: Image.Image) -> Image.Image:
    """All of the photo. Layouts draw a circle in the square, and all of it must be inside."""
    side = ceil(hypot(*image.size))
    left, top = (side - image.width) // 2, (side - image.height) // 2
    border = (left, top, side - image.width - left, side - image.height - top)
    return ImageOps.expand(image, border, "white")
