"""What a film's file is, by its content and never by its name."""

import io
import random
import struct
from contextlib import suppress

import pytest

from media.containers import LONGEST_SECONDS, Measured, NotAFilm, measure
from tests.media.footage import box, corpora, mp4, webm


def measured(content: bytes) -> Measured:
    return measure(io.BytesIO(content), len(content))


def refusal_of(content: bytes) -> str:
    with pytest.raises(NotAFilm) as refused:
        measured(content)
    return str(refused.value)


@pytest.mark.parametrize("options", [{}, {"long_header": True}])
def test_mp4_says_how_long_and_large_it_is(options):
    assert measured(mp4(90.5, **options)) == Measured("mp4", "video/mp4", 90.5, 640, 360, "avc1")


@pytest.mark.parametrize(("codec", "name"), [(b"V_VP8", "vp8"), (b"V_VP9", "vp9"), (b"V_AV1", "av1")])
def test_webm_says_how_long_and_large_it_is(codec, name):
    assert measured(webm(90.5, codec=codec)) == Measured("webm", "video/webm", 90.5, 640, 360, name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("low_res_sample.mp4", Measured("mp4", "video/mp4", 1.0, 320, 240, "avc1")),
        ("low_res_sample.webm", Measured("webm", "video/webm", 1.0, 426, 240, "vp9")),
    ],
)
def test_films_nobody_here_made_are_measured(name, expected):
    assert measured(corpora("media-samples", name).read_bytes()) == expected


@pytest.mark.parametrize("name", ["basic.vtt", "basic.srt", "testsubtitles_ar.srt", "LICENSE.txt"])
def test_captions_and_other_texts_are_no_films(name):
    assert "film" in refusal_of(corpora("media-samples", name).read_bytes())


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"), (b"GIF89a", "GIF"), (b"%PDF-1.7", "PDF"),
     (b"PK\x03\x04", "ZIP"), (b"MZ\x90", "EXE"), (b"ID3\x04", "MP3"), (b"RIFF1234AVI ", "AVI or WAV"),
     (b"OggS\0", "Ogg"), (b"WEBVTT\n", "WebVTT")],
)  # fmt: skip
def test_file_of_another_kind_is_called_by_its_kind(content, name):
    words = f"This is a file of the kind {name}, whatever it is called. A film is MP4 or WebM."

    assert refusal_of(content + b"\0" * 100) == words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"<html><script>", "This is not a film we can show."),
        (mp4(brand=b"qt  "), "This is a QuickTime film (MOV)"),
        (mp4(codec=b"hvc1"), "This film is packed as hvc1"),
        (mp4(handler=b"soun"), "This file has sound and no pictures."),
        (mp4(0), "This film does not say how long it is"),
        (mp4(LONGEST_SECONDS + 1), "This film does not say how long it is, or is longer than six hours."),
        (webm(None), "This film does not say how long it is"),
        (webm(codec=b"V_MPEG4/ISO/ASP"), "This file has no pictures that browsers show."),
        (webm(doc_type=b"matroska"), "This is a Matroska film (MKV)"),
        (box(b"ftyp", b"isom\0\0\0\0") + box(b"mdat", b"\0" * 50), "This film breaks off before its end"),
    ],
)
def test_film_that_cannot_be_shown_is_refused_with_the_reason(content, words):
    assert words in refusal_of(content)


@pytest.mark.parametrize("whole", [mp4(), webm()], ids=["mp4", "webm"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 0.99])
def test_film_that_breaks_off_is_refused(whole, share):
    assert "breaks off before its end" in refusal_of(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("whole", [mp4(), webm()], ids=["mp4", "webm"])
def test_film_with_bytes_changed_is_measured_or_refused_and_never_breaks_us(whole):
    chance = random.Random(20261125)

    for _turn in range(3_000):
        content = bytearray(whole)
        for _byte in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        with suppress(NotAFilm):
            assert 0 < measured(bytes(content)).seconds <= LONGEST_SECONDS


def test_index_that_claims_to_be_huge_is_not_read():
    content = box(b"ftyp", b"isom\0\0\0\0") + struct.pack(">I4s", 40_000_000, b"moov")

    with pytest.raises(NotAFilm, match="The index of this film is larger"):
        measure(io.BytesIO(content), 50_000_000)
