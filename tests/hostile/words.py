"""Words typed or pasted to have a script run in another person's browser: ours, and a corpus of others'."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("LT_CORPORA", ROOT / ".." / "shared" / "corpora"))

OURS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus=alert(1) x='",
    "` onmouseover=alert(1) `",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<details open ontoggle=alert(1)>",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    '<a href="javascript:alert(1)">here</a>',
    '<a href="java\tscript:alert(1)">here</a>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template><img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u2028alert(1)\u2028//",
    '";alert(1);//',
    "';alert(1);//",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "{% if 1 %}<script>alert(1)</script>{% endif %}",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    '<base href="javascript:alert(1)//">',
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<form action=javascript:alert(1)><button>go</button></form>",
    "<button formaction=javascript:alert(1)>go</button>",
    '<object data="javascript:alert(1)"></object>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    "\u202e<script>alert(1)</script>",
    "<ScRiPt\x0c>alert(1)</ScRiPt >",
)


def corpus() -> tuple[str, ...]:
    """The hostile inputs of bleach's own tests; none where the corpus is not beside the project."""
    files = sorted((CORPORA / "xss" / "bleach").glob("*.test"), key=lambda path: int(path.stem))
    return tuple(path.read_text(encoding="utf-8").partition("\n--\n")[0] for path in files)


def hostile_words() -> tuple[str, ...]:
    """All of them."""
    return OURS + corpus()
