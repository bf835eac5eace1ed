"""Photos beside answers, bytes in and bytes out: kept small, printed smaller, and never cut."""

import pytest
from PIL import Image

from profiles.photos import images, worker_process
from profiles.photos.images import BESIDE, BESIDE_BYTES, PRINTED_BYTES, PhotoRefused, printed
from tests.photos.photos import (
    as_file,
    corners,
    looks_like_corners,
    png_header,
    read,
    telling_exif,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def noise(width: int, height: int) -> bytes:
    """What a JPEG can make least smaller."""
    grey = [Image.effect_noise((width, height), 200) for _ in range(3)]
    return as_file(Image.merge("RGB", grey), quality=95)


def animated(kind: str) -> bytes:
    return as_file(corners(), kind, save_all=True, append_images=[Image.new("RGB", (400, 300))])


@pytest.mark.parametrize("size", [(3000, 2000), (900, 4000), (3000, 90), (200, 200)])
def test_the_photo_that_shows_most_is_kept_and_printed_small_enough(size):
    whole = images.take_in(noise(*size), BESIDE)
    assert len(whole) <= BESIDE_BYTES == 40_000
    assert len(printed(whole)) <= PRINTED_BYTES == 6_000


def test_it_is_all_there_on_paper_whatever_its_shape():
    for size in [(400, 300), (300, 400)]:
        paper = read(printed(images.take_in(as_file(corners(*size)), BESIDE)))
        assert max(paper.size) == 240 and (paper.width > paper.height) == (size[0] > size[1])
        assert looks_like_corners(paper)


def test_a_small_photo_is_made_no_larger():
    assert read(printed(images.take_in(as_file(corners(80, 60)), BESIDE))).size == (80, 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_its_child_says_what_would_be_said_here(kind):
    data = as_file(corners(1200, 900), kind)
    whole = worker_process.take_in_beside(data)
    assert whole == images.take_in(data, BESIDE)
    assert read(whole).size == (640, 480) and looks_like_corners(read(whole))


def test_the_portrait_is_kept_as_large_as_ever():
    assert read(worker_process.take_in(as_file(corners(1200, 900)))).size == (1200, 900)


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken():
    held = corners().transpose(Image.Transpose.ROTATE_90)
    whole = worker_process.take_in_beside(as_file(held, exif=telling_exif(6)))
    assert looks_like_corners(read(whole)) and b"CNRY" not in whole + printed(whole)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_one_that_moves_the_first_moment_is_kept(kind):
    assert looks_like_corners(read(worker_process.take_in_beside(animated(kind))))


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"Tea first.", images.NOT_A_PHOTO),
        (SVG, images.NOT_A_PHOTO),
        (animated("GIF"), images.NOT_A_PHOTO),
        (png_header(30_000, 30_000, 1, 0), images.TOO_DETAILED),
        (as_file(corners())[:900], images.PART_MISSING),
        (bytes(images.MOST_BYTES + 1), images.TOO_BIG),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(PhotoRefused) as refused:
        worker_process.take_in_beside(data)
    assert str(refused.value) == sentence
