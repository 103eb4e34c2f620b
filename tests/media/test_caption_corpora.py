"""WebVTT and SRT files nobody here made: each is read, mended or refused exactly as this table says."""

import json
import re

import pytest

from media.captions import plain_words, read_captions
from media.remarks import BadText
from tests.media.footage import corpora

# File | how many captions, or the lines refused | the lines mended.
WPT = """
wpt-cue-parsing/entities.vtt | 25 |
wpt-cue-parsing/tags.vtt | 28 |
wpt-cue-parsing/text.vtt | refused 23 |
wpt-cue-parsing/timestamps.vtt | 10 | 16
wpt-cue-parsing/tree-building.vtt | 9 |
wpt-file-parsing/arrows.vtt | refused 3 6 9 12 15 21 23 25 27 |
wpt-file-parsing/header-garbage.vtt | 1 |
wpt-file-parsing/header-space.vtt | 1 | 3
wpt-file-parsing/header-tab.vtt | 1 | 3
wpt-file-parsing/header-timings.vtt | 1 | 2
wpt-file-parsing/ids.vtt | 5 |
wpt-file-parsing/newlines.vtt | 4 |
wpt-file-parsing/timings-omitted-hours.vtt | 3 |
wpt-file-parsing/settings-multiple.vtt | 2 |
wpt-file-parsing/settings-vertical.vtt | 8 | 15 18 21 21 24
wpt-file-parsing/settings-align.vtt | 13 | 24 27 27 30 33 36
wpt-file-parsing/regions-old.vtt | 2 | 5 8
wpt-file-parsing/stylesheets.vtt | refused 14 |
wpt-file-parsing/timings-60.vtt | refused 3 6 9 12 |
wpt-file-parsing/timings-eof.vtt | refused 3 |
wpt-file-parsing/timings-negative.vtt | refused 3 6 9 12 |
wpt-file-parsing/whitespace-chars.vtt | refused 16 |
"""
EMPTY = ["bom", "no-newline", "space", "space-no-newline", "tab", "tab-no-newline", "timings"]


def rows() -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in WPT.strip().splitlines()]


def outcome(content: bytes) -> tuple[str, list[int]]:
    """What came of it, in the words of the table."""
    try:
        captions = read_captions(content)
    except BadText as bad:
        return "refused " + " ".join(str(fault.line) for fault in bad.faults), []
    return str(len(captions.cues)), [remark.line for remark in captions.mended]


@pytest.mark.parametrize(("name", "expected", "mended"), rows(), ids=lambda value: value)
def test_file_is_read_mended_or_refused_as_the_table_says(name, expected, mended):
    content = corpora("webvtt", name).read_bytes()

    assert outcome(content) == (expected, [int(line) for line in mended.split()])


@pytest.mark.parametrize("name", EMPTY)
def test_signature_with_nothing_under_it_holds_no_captions(name):
    content = corpora("webvtt", "wpt-file-parsing", f"signature-{name}.vtt").read_bytes()

    assert outcome(content) == ("refused 0", [])


def test_every_file_is_refused_by_line_or_read_and_then_reads_back_as_it_is():
    files = sorted(corpora("webvtt").rglob("*.vtt"))
    outcomes = []
    for file in files:
        try:
            captions = read_captions(file.read_bytes())
        except BadText as bad:
            outcomes.append(bool(bad.faults))
            continue
        again = read_captions(captions.as_webvtt())
        outcomes.append((again.cues, again.mended) == (captions.cues, ()))

    assert (len(files), set(outcomes)) == (42, {True})


def expected_words(tree: str) -> str:
    """The words in a tree as the corpus writes it: a line for each node, words in quotation marks."""
    return "".join(re.findall(r'^\|\s*"((?:[^"]|"(?!$))*)"$', tree, flags=re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", ["entities", "tags", "text", "timestamps", "tree-building"])
def test_words_of_each_caption_are_those_the_standard_finds(name):
    cues = json.loads(corpora("webvtt", "wpt-cue-parsing", f"{name}.json").read_text())
    # A caption ends at an empty line, and a sign without meaning is replaced before a caption is read.
    readable = [one for one in cues if "\n\n" not in one["text"] and "\0" not in one["text"]]

    found = [plain_words(one["text"].removesuffix("\n")) for one in readable]

    assert found == [expected_words(one["expectedTree"]) for one in readable]
    assert len(readable) >= 3


@pytest.mark.parametrize(("name", "count"), [("basic.srt", 230), ("basic.vtt", 230), ("testsubtitles_ar.srt", 3)])
def test_arabic_captions_are_read_whole(name, count):
    captions = read_captions(corpora("media-samples", name).read_bytes())

    assert len(captions.cues) == count
    assert captions.cues[0].text == "أمضيت ما يقرب من العقدين"
    assert (captions.cues[0].start, captions.cues[0].end) == (12_464, 14_979)


def test_the_same_captions_as_srt_and_as_webvtt_are_kept_the_same():
    srt, webvtt = (corpora("media-samples", f"basic.{kind}").read_bytes() for kind in ("srt", "vtt"))

    def words(content: bytes) -> list[tuple[int, int, str]]:
        return [(cue.start, cue.end, " ".join(cue.text.split())) for cue in read_captions(content).cues]

    assert words(srt) == words(webvtt)
