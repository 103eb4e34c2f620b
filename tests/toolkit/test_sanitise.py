"""The seam for rich text: only our tags come through, and what no editor would write is refused fast."""

import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from toolkit.sanitise import ATTRIBUTES, MAX_BYTES, MAX_DEPTH, SCHEMES, TAGS, TooMuchMarkup, sanitise

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("LT_CORPORA", ROOT / ".." / "shared" / "corpora"))
HOSTILE = sorted((CORPORA / "xss" / "bleach").glob("*.test"), key=lambda path: int(path.stem))

needs_corpus = pytest.mark.skipif(
    not HOSTILE, reason=f"no hostile corpus at {CORPORA / 'xss'}; set LT_CORPORA to where corpora/ lies"
)


class Seen(HTMLParser):
    """What a browser would make elements and attributes of."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.addresses = set(), set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.add((tag, name))
            if name == "href":
                self.addresses.append(re.sub(r"[\x00-\x20]", "", value or ""))

    handle_startendtag = handle_starttag

    def handle_comment(self, data):
        self.elements.add("<!--")

    def handle_decl(self, decl):
        self.elements.add("<!")

    def handle_pi(self, data):
        self.elements.add("<?")


def faults_of(text):
    """Whatever a browser could run or load in a cleaned text."""
    seen = Seen(text)
    allowed = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names}
    schemes = {address.split(":", 1)[0].lower() for address in seen.addresses if ":" in address}
    return (seen.elements - TAGS, seen.attributes - allowed, schemes - SCHEMES)


CLEAN = (set(), set(), set())


@needs_corpus
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_nothing_of_the_hostile_corpus_can_run(path):
    hostile = path.read_text().split("\n--\n")[0]

    cleaned = sanitise(hostile)

    assert faults_of(cleaned) == CLEAN


MORE = [
    '<a href="javascript:1">x</a>',
    '<a href="JaVaScRiPt:1">x</a>',
    '<a href=" javascript:1">x</a>',
    '<a href="java\tscript:1">x</a>',
    '<a href="java\nscript:1">x</a>',
    '<a href="java&#10;script:1">x</a>',
    '<a href="&#106;avascript:1">x</a>',
    '<a href="&#x6A;avascript&colon;1">x</a>',
    '<a href="javascript&colon;1">x</a>',
    '<a href="\x01javascript:1">x</a>',
    '<a href="javascript://%0aalert(1)">x</a>',
    '<a href="data:text/html,<script>1</script>">x</a>',
    '<a href="vbscript:1">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    '<a href="http://a" onclick="1">x</a>',
    '<a href="http://a" style="x:expression(1)">x</a>',
    "<script>1</script>",
    "<scr<script>ipt>1</scr</script>ipt>",
    "<svg onload=1>",
    "<svg><style><img src=x onerror=1></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=1></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<p><!--<img src=\"--><img src=x onerror=1>\"></p>",
    "<template><script>1</script></template>",
    "<style>*{background:url(http://a)}</style>",
    "<object data='javascript:1'></object>",
    "<base href='http://evil/'>",
    "<meta http-equiv=refresh content='0;url=javascript:1'>",
    "<form action=javascript:1><button>x</button></form>",
    "<p onmouseover=1 style='x' class='y' id='z'>x</p>",
    "<b/onclick=1>x</b>",
    "<a href='http://a\"onclick=1'>x</a>",
    "<img src=x onerror=1//",
    "<<p>x",
    "<?php echo 1 ?>",
    "<![CDATA[<script>1</script>]]>",
    "<!DOCTYPE html><html><body onload=1>",
]  # fmt: skip


@pytest.mark.parametrize("hostile", MORE)
def test_nothing_of_our_own_hostile_list_can_run(hostile):
    text = f"<p>before</p>{hostile}<p>after</p>"

    cleaned = sanitise(text)

    assert faults_of(cleaned) == CLEAN
    assert "before" in cleaned


@pytest.mark.parametrize("address", ["javascript:1", "JAVASCRIPT:1", "javascript:80", "vbscript:1", "data:1", "x:1"])
def test_an_address_that_looks_like_host_and_port_is_still_no_address(address):
    text = f'<p><a href="{address}">here</a></p>'

    cleaned = sanitise(text)

    assert cleaned == "<p><a>here</a></p>"


@pytest.mark.parametrize(
    "text",
    [
        "<p>A plain paragraph.</p>",
        "<p>With <b>strong</b> and <i>emphasis</i> and <strong>both</strong> <em>kinds</em>.</p>",
        '<p><a href="https://example.org/a?b=1&amp;c=2">a link</a></p>',
        '<p><a href="mailto:someone@example.org">a letter</a></p>',
        '<p><a linktype="page" id="3">our own page</a></p>',
        "<ul><li>one</li><li>two</li></ul>",
        "<ol><li>one</li></ol>",
        "<p>First<br>second</p>",
        "<p>5 &lt; 6 &amp; 7 &gt; 6</p>",
        "<p>Siân Ŵyn – “quoted”</p>",
        "",
    ],
)
def test_what_editors_may_write_comes_through_unchanged(text):
    written = text

    cleaned = sanitise(written)

    assert cleaned == written


@pytest.mark.parametrize("written", ["a&#1;b", "a\x01b", "a&#11;b", "a&#x1f;b"])
def test_character_nobody_sees_is_shown_as_one_that_is_not_known_however_it_is_written(written):
    assert sanitise(written) == "a?b"


@given(st.text(alphabet="<>/=\"'&;:#! \tabphrefjsciptonlk1-", max_size=120))
@example("&#1;")
@example("&#13;x")
def test_whatever_is_typed_nothing_can_run_and_cleaning_again_changes_nothing(text):
    cleaned = sanitise(text)

    again = sanitise(cleaned)

    assert faults_of(cleaned) == CLEAN
    assert again == cleaned


TOO_LONG = "This text is too long for one block (over 20 KB). Split it in two."
TOO_DEEP = "This text is nested too deeply (over 20 levels). Paste it again as plain text."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<p>" + "x" * MAX_BYTES + "</p>", TOO_LONG),
        ("ŵ" * (MAX_BYTES // 2 + 1), TOO_LONG),
        ("<" * 5_000_000, TOO_LONG),
        ("<b>" * (MAX_DEPTH + 1), TOO_DEEP),
        ("<ul><li>" * 11 + "x" + "</li></ul>" * 11, TOO_DEEP),
        ("<b>" * 6_000, TOO_DEEP),
        # What only looks closed: to a browser none of these ends the element it opens.
        ("<b/>" * 5_000, TOO_DEEP),
        ('<b a="/">' * 2_000, TOO_DEEP),
        ("<b x='>'>" * 2_000, TOO_DEEP),
        ("<b></i>" * 2_000, TOO_DEEP),
        ('<b x="</b>">' * 1_500, TOO_DEEP),
        ("<b x='></b>'>" * 1_500, TOO_DEEP),
        ("<b x=></b>" * 1_000 + "<b x='></b>'>" * 100, TOO_DEEP),
        ("<b><!--</b>-->" * 1_400, TOO_DEEP),
        ("".join(f'<p><b x="{number}"></p>' for number in range(900)), TOO_DEEP),
        # Tags that never end.
        ("<a " * 6_000, TOO_DEEP),
        ("<p/" * 6_000, TOO_DEEP),
        ("<a href=" * 2_000, TOO_DEEP),
    ],
    ids=lambda value: value[:14],
)
def test_what_no_editor_would_write_is_refused_in_words_and_at_once(text, sentence):
    begun = time.process_time()

    with pytest.raises(TooMuchMarkup) as refused:
        sanitise(text)

    assert str(refused.value) == sentence
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "<" * 20_000,
        "&" * 20_000,
        "<!--" * 5_000,
        "</p>" * 5_000,
        "<b></b>" * 2_900,
        "<p><b></p></b>" * 1_400,
        "<a" + " x" * 10_000,
        "<a" + " " * 20_000,
        '<a href="' + "x" * 20_000,
    ],
    ids=lambda value: value[:14],
)
def test_odd_text_within_the_limits_is_cleaned_in_a_moment(text):
    begun = time.process_time()

    cleaned = sanitise(text)

    assert faults_of(cleaned) == CLEAN
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "text",
    ["x" * MAX_BYTES, "<b>" * MAX_DEPTH + "x" + "</b>" * MAX_DEPTH, "<p>x<br></p>" * 400, "<p>x</p>" * 2_000],
)
def test_text_at_the_limits_passes(text):
    cleaned = sanitise(text)

    assert faults_of(cleaned) == CLEAN
    assert "x" in cleaned
