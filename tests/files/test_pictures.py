from io import BytesIO
from unittest.mock import patch

import pytest
from PIL import ExifTags, Image

from files import pictures
from files.pictures import PictureDamaged, PictureTooLarge, derive
from files.signatures import Kind, kind_of
from tests.files import samples


def derived(content):
    return derive(BytesIO(content), kind_of(content))


def opened(content):
    image = Image.open(BytesIO(content))
    image.load()
    return image


def is_near(colour, wanted, tolerance=40):
    return all(abs(one - other) <= tolerance for one, other in zip(colour, wanted, strict=True))


def is_red_above_green(image):
    above = image.getpixel((image.width // 2, image.height // 8))
    below = image.getpixel((image.width // 2, image.height * 7 // 8))
    return is_near(above, samples.RED) and is_near(below, samples.GREEN)


@pytest.mark.parametrize("content", [samples.jpeg(), samples.png(), samples.webp()])
def test_derive_makes_jpeg_copies(content):
    made = derived(content)

    preview, thumbnail = opened(made.preview), opened(made.thumbnail)
    assert (made.width, made.height) == (400, 300)
    assert (preview.format, preview.mode, preview.size) == ("JPEG", "RGB", (400, 300))
    assert (thumbnail.format, thumbnail.mode, thumbnail.size) == ("JPEG", "RGB", (320, 240))
    assert is_red_above_green(preview)
    assert is_red_above_green(thumbnail)


@pytest.mark.parametrize(
    ("size", "preview", "thumbnail"),
    [
        ((4000, 3000), (1600, 1200), (320, 240)),
        ((3000, 4000), (1200, 1600), (240, 320)),
        ((1601, 10), (1600, 10), (320, 2)),
        ((100, 80), (100, 80), (100, 80)),
        ((1, 1), (1, 1), (1, 1)),
        ((1, 9000), (1, 1600), (1, 320)),
    ],
)
@pytest.mark.parametrize("make", [samples.jpeg, samples.png])
def test_derive_shrinks_the_long_edge_and_never_enlarges(make, size, preview, thumbnail):
    made = derived(make(size))

    assert (opened(made.preview).size, opened(made.thumbnail).size) == (preview, thumbnail)
    assert (made.width, made.height) == size


@pytest.mark.parametrize(
    ("size", "medium"),
    [((4000, 3000), (800, 600)), ((3000, 4000), (600, 800)), ((801, 10), (800, 10)), ((800, 600), None)],
)
def test_derive_makes_a_medium_copy_where_it_saves_something(size, medium):
    made = derived(samples.jpeg(size))

    assert (opened(made.medium).size if made.medium else None) == medium


def test_derive_makes_small_thumbnails():
    noise = Image.effect_noise((2000, 1500), 60).convert("RGB")

    made = derived(samples.encoded(noise, quality=95))

    assert len(made.thumbnail) < 40_000


@pytest.mark.parametrize("orientation", range(1, 9))
def test_derive_turns_pictures_upright(orientation):
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    upright = samples.two_colours((2000, 1500))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stored = upright.transpose(back) if back is not None else upright

    for format in ("JPEG", "PNG", "WEBP"):
        made = derived(samples.encoded(stored, format, exif=exif))

        assert (made.width, made.height) == (2000, 1500)
        assert opened(made.preview).size == (1600, 1200)
        assert is_red_above_green(opened(made.preview))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("tiff", [b"rusak", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff\1\x12"])
def test_derive_takes_a_photo_with_broken_exif(tiff):
    assert is_red_above_green(opened(derived(samples.jpeg(exif=b"Exif\0\0" + tiff)).preview))


def test_derive_removes_every_kind_of_metadata():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Ponsel"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (7.0, 10.0, 6.0)
    content = samples.jpeg(
        exif=exif,
        comment=b"rumah Bu Siti",
        xmp=b"<x:xmpmeta>Bu Siti</x:xmpmeta>",
        icc_profile=samples.swapped_profile(),
        dpi=(300, 300),
    )
    before = opened(content)
    assert {"exif", "comment", "xmp", "icc_profile", "dpi"} <= before.info.keys()

    made = derived(content)

    for copy in (made.preview, made.thumbnail):
        assert opened(copy).info.keys() <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert not any(trace in copy for trace in (b"Exif", b"Siti", b"Ponsel", b"ICC", b"ns.adobe"))


def test_derive_moves_colours_to_srgb():
    content = samples.jpeg(icc_profile=samples.swapped_profile(), quality=95)

    preview = opened(derived(content).preview)

    above = preview.getpixel((200, 20))
    assert above[1] > above[0] + 100


@pytest.mark.parametrize("profile", [b"rusak", bytes(200)])
def test_derive_ignores_a_broken_profile(profile):
    assert is_red_above_green(opened(derived(samples.jpeg(icc_profile=profile)).preview))


def test_derive_ignores_a_profile_for_other_colours():
    grey = Image.new("L", (100, 100), 128)

    preview = opened(derived(samples.encoded(grey, icc_profile=samples.swapped_profile())).preview)

    assert is_near(preview.getpixel((50, 50)), (128, 128, 128), 3)


@pytest.mark.parametrize("size", [(40, 40), (5000, 3500)])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_derive_lays_transparent_pictures_on_white(mode, size):
    clear = Image.new("RGBA", size, (0, 0, 0, 0))
    content = samples.encoded(clear.convert(mode), "PNG", **({"transparency": 0} if mode == "P" else {}))

    preview = opened(derived(content).preview)

    assert preview.getpixel((preview.width // 2, preview.height // 2)) == samples.WHITE


@pytest.mark.parametrize(
    ("image", "options", "shown"),
    [
        (Image.new("L", (50, 50), 100), {"format": "PNG"}, (100, 100, 100)),
        (Image.new("1", (50, 50), 1), {"format": "PNG"}, (255, 255, 255)),
        (Image.new("I;16", (50, 50), 100 * 256), {"format": "PNG"}, (100, 100, 100)),
        (Image.new("CMYK", (50, 50), (0, 255, 255, 0)), {"format": "JPEG"}, (254, 0, 0)),
        (Image.new("L", (50, 50), 100), {"format": "JPEG"}, (100, 100, 100)),
        (samples.two_colours().quantize(16), {"format": "PNG"}, (120, 90, 30)),
    ],
)
def test_derive_reads_every_kind_of_pixel(image, options, shown):
    preview = opened(derived(samples.encoded(image, **options)).preview)

    assert preview.mode == "RGB"
    assert is_near(preview.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)), shown)


def test_derive_takes_the_first_of_several_pictures():
    """Phones write JPEG files that hold a second picture (MPO), and WebP may be animated."""
    first, second = samples.two_colours(), Image.new("RGB", (400, 300), "blue")

    for format in ("MPO", "WEBP"):
        content = samples.encoded(first, format, save_all=True, append_images=[second])
        assert is_red_above_green(opened(derived(content).preview))


def test_derive_takes_a_photo_with_a_film_behind_it():
    film = bytes(range(256)) * 100 + b"\xff\xda\0\x02" * 1000

    assert is_red_above_green(opened(derived(samples.jpeg() + film).preview))


@pytest.mark.parametrize("size", [(10_000, 6_000), (6_000, 10_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_derive_refuses_too_many_pixels_by_the_header_alone(size):
    """The file holds no pixels at all: whoever decoded it would find it damaged."""
    with pytest.raises(PictureTooLarge):
        derived(samples.png_header(*size))


def test_derive_refuses_a_real_picture_of_sixty_megapixels():
    with pytest.raises(PictureTooLarge):
        derived(samples.encoded(Image.new("1", (10_000, 6_000)), "PNG"))


def test_derive_takes_a_picture_at_the_limit():
    made = derived(samples.encoded(Image.new("1", (10_000, 5_000)), "PNG"))

    assert (made.width, made.height) == (10_000, 5_000)


def test_derive_refuses_a_jpeg_of_endless_scans():
    with pytest.raises(PictureDamaged):
        derived(samples.jpeg_of_many_scans(200))


def test_derive_takes_a_progressive_jpeg():
    assert is_red_above_green(opened(derived(samples.jpeg(progressive=True)).preview))


@pytest.mark.parametrize("make", [samples.jpeg, samples.png, samples.webp])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_derive_refuses_a_picture_that_is_cut_off(make, share):
    content = make((800, 600))

    with pytest.raises(PictureDamaged):
        derived(content[: int(len(content) * share)])


def test_derive_refuses_a_picture_with_changed_bytes():
    content = bytearray(samples.png())
    middle = content.index(b"IDAT") + 40
    content[middle] ^= 0xFF

    with pytest.raises(PictureDamaged):
        derived(bytes(content))


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP])
def test_derive_refuses_what_only_begins_like_a_picture(kind):
    beginning = {Kind.JPEG: b"\xff\xd8\xff\xe0", Kind.PNG: b"\x89PNG\r\n\x1a\n", Kind.WEBP: b"RIFF\0\0\0\0WEBPVP8 "}

    with pytest.raises(PictureDamaged):
        derive(BytesIO(beginning[kind] + b"<script>alert(1)</script>" * 100), kind)


def test_derive_refuses_whatever_the_decoder_trips_over():
    with patch.object(pictures.Image, "open", side_effect=KeyError("unknown")), pytest.raises(PictureDamaged):
        derived(samples.jpeg())


def test_derive_gives_the_turn_back_after_a_refusal():
    with pytest.raises(PictureDamaged):
        derived(samples.jpeg()[:200])

    assert not pictures._one_at_a_time.locked()
