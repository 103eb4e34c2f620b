"""Captions: read from WebVTT or SRT, mended where that is safe, refused by line where it is not."""

import codecs

import pytest

from media.captions import Cue, plain_words, read_captions
from media.remarks import BadText


def cue(*, start: int = 1000, end: int = 4000, text: str = "Hello.", settings: str = "") -> Cue:
    return Cue(start, end, text, settings)


def faults_of(source):
    with pytest.raises(BadText) as refused:
        read_captions(source)
    return [str(fault) for fault in refused.value.faults]


def mended_in(source):
    return [str(remark) for remark in read_captions(source).mended]


GOOD = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nHello.\n"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "WEBVTT\r\n\r\n00:00:01.000 --> 00:00:04.000\r\nHello.",
        "WEBVTT\r\r00:01.000 --> 00:04.000\rHello.\r",
        "\ufeffWEBVTT a heading\nKind: captions\n\nNOTE a note\nof two\n\n1\n00:01.000 --> 00:04.000\nHello.\n\n\n",
        "WEBVTT\n\nNOTE\n\n   00:01.000   -->\t00:04.000  \nHello.\n",
    ],
)
def test_webvtt_in_any_of_its_forms_is_read_and_nothing_is_mended(text):
    captions = read_captions(text.encode())

    assert (captions.cues, captions.mended) == ((cue(),), ())
    assert captions.as_webvtt() == GOOD


def test_what_is_kept_reads_back_as_it_is():
    text = "WEBVTT\n\n10:00:00.500 --> 10:00:01.000 line:10% align:start\n<v Narrator>Two\nlines &amp; more\n"

    captions = read_captions(text)

    assert read_captions(captions.as_webvtt()) == captions
    assert captions.cues == (Cue(36_000_500, 36_001_000, "<v Narrator>Two\nlines &amp; more", "line:10% align:start"),)
    assert captions.cues[0].speaker == "Narrator"


def test_srt_is_converted_and_says_so():
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\nTom & <i>Ann</i> <3\n\n"
        '2\n00:00:05,000 --> 00:00:06,500\n{\\an8}<font color="red">Up here</font>\n'
    )

    captions = read_captions(text)

    assert captions.as_webvtt() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nTom &amp; <i>Ann</i> &lt;3\n\n"
        "00:00:05.000 --> 00:00:06.500\nUp here\n"
    )
    assert [str(remark) for remark in captions.mended] == [
        "The captions were converted from SRT.",
        "Line 6: colours, fonts and places were left out.",
    ]


@pytest.mark.parametrize("text", ["00:00:01,000 --> 00:00:04,000\nHello.\n", "\n\n7\n00:01.000 --> 00:04.000\nHello."])
def test_srt_without_numbers_or_hours_is_read(text):
    assert read_captions(text).cues == (cue(),)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("WEBVTT\n\n00:01,000 --> 00:04,000\nHello.", "Line 3: a comma in the time was read as a full stop."),
        ("WEBVTT\n00:01.000 --> 00:04.000\nHello.", "Line 2: an empty line was put in front of this time."),
        ("WEBVTT\n\n00:01.000 --> 00:04.000 align:middle\nHello.", "Line 3: the setting “align:middle” was left out."),
        ("WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:04.000\nHello.",
         "Line 3: the block STYLE was left out: captions look the same in every film."),
        ("WEBVTT\n\n00:00.000 --> 00:00.500\n\n00:01.000 --> 00:04.000\nHello.",
         "Line 3: a caption without words was left out."),
    ],
)  # fmt: skip
def test_small_faults_are_mended_with_a_sentence(text, remark):
    captions = read_captions(text)

    assert (captions.cues, mended_in(text)) == ((cue(),), [remark])


def test_a_sign_without_meaning_is_replaced_with_a_sentence():
    text = "WEBVTT\n\n00:01.000 --> 00:04.000\nHel\0lo.\n"

    assert read_captions(text).cues == (cue(text="Hel\ufffdlo."),)
    assert mended_in(text) == ["Line 4: a sign without meaning was replaced."]


def test_captions_out_of_order_are_put_in_order():
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nB\n\n00:01.000 --> 00:02.000\nA\n"

    assert [one.text for one in read_captions(text).cues] == ["A", "B"]
    assert mended_in(text) == ["Captions that stood out of order were put in order of time."]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_is_converted_and_says_so(mark):
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"

    captions = read_captions(mark + GOOD.encode(encoding))

    assert (captions.cues, [str(one) for one in captions.mended]) == (
        (cue(),), ["The text was converted from UTF-16."]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("", ["Line 1: captions begin with the word WEBVTT, or are an SRT file with numbered times."]),
        ("Hello", ["Line 1: captions begin with the word WEBVTT, or are an SRT file with numbered times."]),
        ("WEBVTTX\n\n00:01.000 --> 00:04.000\nHello.",
         ["Line 1: captions begin with the word WEBVTT, or are an SRT file with numbered times."]),
        ("WEBVTT\n", ["There are no captions in this text."]),
        ("WEBVTT\n\n00:04.000 --> 00:01.000\nHello.", ["Line 3: this caption ends before it has begun."]),
        ("WEBVTT\n\n0:1.0 --> 00:04.000\nHello.",
         ["Line 3: this time cannot be read. Write 00:01.000 --> 00:04.000."]),
        ("WEBVTT\n\nHello, no time\n\n00:01.000 --> 00:61.000\nx",
         ["Line 3: this is neither a caption nor a note. A caption begins with 00:01.000 --> 00:04.000.",
          "Line 5: this time cannot be read. Write 00:01.000 --> 00:04.000."]),
        ("1\n00:00:01,000 --> 00:00:04,000\nA\n\n2\nno time\n",
         ["Line 5: a time such as 00:00:01,000 --> 00:00:04,000 is expected here."]),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nS\xeen\n",
         ["Line 4: this is not UTF-8 text. Save the file again as UTF-8."]),
        (codecs.BOM_UTF16_LE + b"W", ["This is not text."]),
        (b"x" * 1_000_001, ["This file is larger than 1 MB; captions are text."]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_every_fault_by_its_line(source, faults):
    assert faults_of(source) == faults


def test_more_captions_than_a_film_has_are_refused():
    blocks = "\n\n".join(f"00:00:{number % 60:02}.000 --> 01:00:00.000\nx" for number in range(5001))

    assert faults_of(f"WEBVTT\n\n{blocks}\n") == ["There are more than 5000 captions in this text."]


@pytest.mark.parametrize(
    ("text", "words"),
    [("<b>Bold</b> &amp; <i.x>not</i>", "Bold & not"), ("<v.loud Ann>Hi</v>", "Hi"), ("a <unclosed", "a "),
     ("2 &lt; 3", "2 < 3"), ("<00:01.000>now", "now")],
)  # fmt: skip
def test_words_of_a_caption_are_what_a_viewer_sees(text, words):
    assert plain_words(text) == words


def test_caption_without_a_voice_names_nobody():
    assert cue(text="<i>Hello</i>").speaker == ""
