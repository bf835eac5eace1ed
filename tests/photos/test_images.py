"""Photos, bytes in and bytes out."""

from random import Random

import pytest
from PIL import Image, ImageFile

from profiles.photos import images
from profiles.photos.images import Crop, PhotoRefused, crop, is_tall, take_in
from tests.photos.photos import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    as_file,
    colours,
    corners,
    looks_like_corners,
    near,
    png_header,
    read,
    srgb_profile,
    swapped_profile,
    telling_exif,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"
# How to turn a photo back whose camera was held on its side: the EXIF standard's eight ways.
TURN_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SCRIPT = b"*/=1;alert('CNRY');/*<script>alert('CNRY')</script>"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_kind_of_photo_comes_out_as_a_jpeg_of_the_same_picture(kind):
    whole = read(take_in(as_file(corners(), kind)))
    assert whole.format == "JPEG" and whole.size == (400, 300)
    assert looks_like_corners(whole)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_taken_with_the_camera_on_its_side_comes_out_upright(kind, orientation):
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turn = TURN_BACK.get(undo)
    held = corners() if turn is None else corners().transpose(turn)
    whole = read(take_in(as_file(held, kind, exif=telling_exif(orientation))))
    assert whole.size == (400, 300)
    assert looks_like_corners(whole)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_the_camera_wrote_comes_along(kind):
    told = as_file(
        corners(),
        kind,
        exif=telling_exif(6),
        icc_profile=srgb_profile(),
        xmp=b"<x:xmpmeta>CNRY-where</x:xmpmeta>",
    )
    assert b"CNRY" in told
    for made in (take_in(told), crop(take_in(told), Crop.MIDDLE)):
        image = read(made)
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        for trace in (b"CNRY", b"Exif", b"ICC_PROFILE", b"http://ns.adobe.com", b"\xff\xe1"):
            assert trace not in made


def test_a_comment_and_a_script_after_the_picture_are_left_behind():
    told = as_file(corners(), comment=SCRIPT) + SCRIPT
    assert told.count(b"<script>") == 2
    assert b"script" not in take_in(told) and b"CNRY" not in take_in(told)


def test_a_photo_of_many_pictures_gives_its_first():
    several = as_file(corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    assert looks_like_corners(read(take_in(several)))


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_a_moving_picture_gives_its_first_frame(kind):
    moving = as_file(
        corners(), kind, save_all=True, append_images=[Image.new("RGB", (400, 300), BLUE)]
    )
    assert looks_like_corners(read(take_in(moving)))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_can_be_seen_through_becomes_white(kind):
    seen_through = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    seen_through.paste((*RED, 255), (0, 0, 50, 50))
    made = colours(read(take_in(as_file(seen_through, kind))))
    assert all(map(near, made, [RED, WHITE, WHITE, WHITE]))


def test_a_palette_with_a_see_through_colour_comes_out_on_white():
    palette = corners().convert("P", palette=Image.Palette.ADAPTIVE)
    index = palette.getpixel((5, 5))
    whole = read(take_in(as_file(palette, "PNG", transparency=index)))
    assert all(map(near, colours(whole), [WHITE, GREEN, BLUE, WHITE]))


@pytest.mark.parametrize("mode", ["P", "RGBA"])
def test_a_picture_of_that_kind_keeps_its_colours(mode):
    image = corners().convert(mode, palette=Image.Palette.ADAPTIVE)
    assert looks_like_corners(read(take_in(as_file(image, "PNG"))))


def test_a_cmyk_photo_keeps_its_colours():
    assert looks_like_corners(read(take_in(as_file(corners().convert("CMYK"), "JPEG"))))


@pytest.mark.parametrize("mode, kind", [("L", "PNG"), ("L", "JPEG"), ("LA", "PNG")])
def test_a_grey_photo_stays_grey(mode, kind):
    grey = corners().convert("L")
    made = read(take_in(as_file(grey.convert(mode), kind)))
    assert made.mode == "RGB"
    wanted = [(level,) * 3 for level in colours(grey)]
    assert all(map(near, colours(made), wanted))


def test_a_photo_of_sixteen_bits_is_neither_black_nor_white():
    deep = Image.new("I;16", (100, 100), 100 * 256)
    assert near(read(take_in(as_file(deep, "PNG"))).getpixel((50, 50)), (100, 100, 100))


def test_a_drawing_of_one_bit_comes_out_black_and_white():
    drawing = Image.new("1", (100, 100), 1)
    drawing.paste(0, (0, 0, 50, 100))
    made = colours(read(take_in(as_file(drawing, "PNG"))))
    assert all(map(near, made, [(0, 0, 0), WHITE, (0, 0, 0), WHITE]))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_colours_are_shown_as_the_photos_own_profile_means_them(kind):
    red = Image.new("RGB", (100, 100), (255, 0, 0))
    made = read(take_in(as_file(red, kind, icc_profile=swapped_profile())))
    assert near(made.getpixel((50, 50)), (0, 0, 255))


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_profile_that_is_broken_or_of_another_kind_is_passed_by(mode):
    profile = b"not a profile" if mode == "RGB" else srgb_profile()
    image = corners().convert(mode)
    made = read(take_in(as_file(image, icc_profile=profile)))
    wanted = [(level,) * 3 if mode == "L" else level for level in colours(image)]
    assert all(map(near, colours(made), wanted))


def test_a_broken_note_from_the_camera_does_not_cost_the_photo():
    assert looks_like_corners(read(take_in(as_file(corners(), exif=b"Exif\0\0MM\0*\xff\xff\xff"))))


def test_a_large_photo_is_made_small_enough_to_keep():
    noisy = Image.effect_noise((3000, 2000), 100).convert("RGB")
    data = as_file(noisy, quality=95)
    whole = take_in(data)
    assert len(data) > 3_000_000 and len(whole) <= 150_000
    assert max(read(whole).size) <= 1_200


def test_even_noise_is_made_small_enough_to_keep():
    loud = Random(1).choices([0, 255], k=480 * 480 * 3)
    noise = Image.frombytes("RGB", (480, 480), bytes(loud))
    assert len(take_in(as_file(noise, "PNG"))) <= 150_000


def test_a_plain_large_photo_keeps_its_detail_and_its_shape():
    assert read(take_in(as_file(corners(4_000, 3_000)))).size == (1_200, 900)


@pytest.mark.parametrize("size", [(1, 1), (1, 5_000), (5_000, 1)])
def test_the_smallest_and_thinnest_pictures_can_be_cropped(size):
    whole = take_in(as_file(Image.new("RGB", size, RED), "PNG"))
    for how in Crop:
        assert read(crop(whole, how)).size == (480, 480)


@pytest.mark.parametrize(
    "how, seen",
    [
        (Crop.LEFT, [RED, RED, BLUE, BLUE]),
        (Crop.MIDDLE, [RED, GREEN, BLUE, WHITE]),
        (Crop.RIGHT, [GREEN, GREEN, WHITE, WHITE]),
        (Crop.CLOSER, [RED, GREEN, BLUE, WHITE]),
        (Crop.FURTHER, [WHITE, WHITE, WHITE, WHITE]),
    ],
)
def test_a_crop_of_a_wide_photo_shows_what_it_says(how, seen):
    square = read(crop(take_in(as_file(corners(800, 400))), how))
    assert square.size == (480, 480)
    assert all(map(near, colours(square), seen))


@pytest.mark.parametrize(
    "how, seen",
    [
        (Crop.LEFT, [RED, GREEN, RED, GREEN]),
        (Crop.MIDDLE, [RED, GREEN, BLUE, WHITE]),
        (Crop.RIGHT, [BLUE, WHITE, BLUE, WHITE]),
    ],
)
def test_in_a_tall_photo_the_crops_lie_above_one_another(how, seen):
    whole = take_in(as_file(corners(400, 800)))
    assert is_tall(whole) and not is_tall(take_in(as_file(corners())))
    assert all(map(near, colours(read(crop(whole, how))), seen))


def test_further_shows_the_whole_photo_and_closer_less_than_the_middle():
    framed = Image.new("RGB", (800, 400), WHITE)
    framed.paste(RED, (0, 0, 20, 400))
    framed.paste(BLUE, (300, 100, 500, 300))
    whole = take_in(as_file(framed))

    def share_of(colour, how):
        square = read(crop(whole, how))
        return sum(near(square.getpixel((x, 240)), colour) for x in range(480))

    assert share_of(RED, Crop.FURTHER) > 0 == share_of(RED, Crop.MIDDLE)
    assert share_of(BLUE, Crop.CLOSER) > share_of(BLUE, Crop.MIDDLE) > share_of(BLUE, Crop.FURTHER)


def test_closer_shows_of_a_tall_photo_what_is_above_its_middle_where_faces_are():
    tall = Image.new("RGB", (600, 900), BLUE)
    tall.paste(RED, (0, 0, 600, 450))
    square = read(crop(take_in(as_file(tall)), Crop.CLOSER))
    assert near(square.getpixel((240, 288)), RED) and near(square.getpixel((240, 470)), BLUE)


def test_further_away_the_whole_photo_is_inside_the_circle_that_layouts_draw():
    square = read(crop(take_in(as_file(Image.new("RGB", (800, 600), RED))), Crop.FURTHER))
    seen = [
        (x, y)
        for x in range(0, 480, 5)
        for y in range(0, 480, 5)
        if near(square.getpixel((x, y)), RED, within=30)
    ]
    assert seen and all((x - 240) ** 2 + (y - 240) ** 2 <= 242**2 for x, y in seen)
    assert max(x for x, y in seen) > 420


def test_a_photo_for_print_is_small():
    soft = Image.radial_gradient("L").resize((1_600, 1_200)).convert("RGB")
    made = crop(take_in(as_file(soft)), Crop.MIDDLE)
    assert read(made).size == (480, 480) and len(made) < 30_000


GIF_OF_60_FRAMES = as_file(
    Image.new("P", (20, 20)),
    "GIF",
    save_all=True,
    append_images=[Image.new("P", (20, 20), number) for number in range(59)],
)


@pytest.mark.parametrize(
    "data, sentence",
    [
        pytest.param(b"", images.NOT_A_PHOTO, id="empty"),
        pytest.param(b"hello", images.NOT_A_PHOTO, id="words"),
        pytest.param(SVG, images.NOT_A_PHOTO, id="svg"),
        pytest.param(EPS, images.NOT_A_PHOTO, id="eps"),
        pytest.param(GIF_OF_60_FRAMES, images.NOT_A_PHOTO, id="gif"),
        pytest.param(as_file(corners(), "BMP"), images.NOT_A_PHOTO, id="bmp"),
        pytest.param(as_file(corners(), "TIFF"), images.NOT_A_PHOTO, id="tiff"),
        pytest.param(as_file(corners(), "PDF"), images.NOT_A_PHOTO, id="pdf"),
        pytest.param(b"\0" * (16 * 1024 * 1024), images.TOO_BIG, id="16 MB"),
        pytest.param(png_header(30_000, 30_000, 1, 0), images.TOO_DETAILED, id="900 megapixels"),
        pytest.param(png_header(13_300, 13_300, 8, 6), images.TOO_DETAILED, id="177 megapixels"),
        pytest.param(png_header(9_000, 9_000, 8, 2), images.TOO_DETAILED, id="81 megapixels"),
        pytest.param(png_header(300, 300, 8, 2), images.PART_MISSING, id="header without picture"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(PhotoRefused) as refused:
        take_in(data)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.5, 0.95])
def test_a_photo_cut_short_is_refused(kind, kept, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    data = as_file(Image.effect_noise((300, 300), 90).convert("RGB"), kind)
    with pytest.raises(PhotoRefused) as refused:
        take_in(data[: int(len(data) * kept)])
    assert str(refused.value) in {images.PART_MISSING, images.NOT_A_PHOTO}
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_photo_that_memory_cannot_hold_is_refused(monkeypatch):
    def too_much(image, side):
        raise MemoryError

    monkeypatch.setattr(images, "_plain", too_much)
    with pytest.raises(PhotoRefused, match="too large for us"):
        take_in(as_file(corners()))
