"""Join the stylesheets into the one file pages link: `python site/tools/assets.py` (`make assets`).

With --check nothing is written; the exit code is 1 if the committed file is out of date.
"""

import gzip
import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parents[1] / "static/css"
JOINED = CSS / "site.css"
PARTS = [
    "tokens",
    "base",
    "header",
    "footer",
    "buttons",
    "cards",
    "threads",
    "forms",
    "errors",
    "outline",
    "lesson",
    "notes",
    "glossary",
    "briefings",
    "question",
    "items",
    "results",
    "try",
    "practice",
    "icons",
    "certificate",
    "verify",
    "dashboard",
    "notices",
    "tables",
    "board",
    "live",
    "marking",
    "films",
    "filters",
    "search",
    "organisation",
    "invitations",
    "print",
]


def lighter(css: str) -> str:
    """The same rules without comments and the blank space nobody needs."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};])\s*", r"\1", css)
    css = re.sub(r"([{;][-\w]+):\s+", r"\1:", css)
    return css.replace(";}", "}").replace(", ", ",").strip() + "\n"


def joined() -> str:
    """All parts in order; raises ValueError if a stylesheet lies in the folder and is not named here."""
    strays = {path.stem for path in CSS.glob("*.css")} - set(PARTS) - {JOINED.stem}
    if strays:
        raise ValueError(f"not named in PARTS: {', '.join(sorted(strays))}")
    return lighter("\n".join((CSS / f"{part}.css").read_text() for part in PARTS))


def main() -> int:
    """Write the joined file, or with --check only say whether it is current."""
    css = joined()
    if "--check" in sys.argv:
        current = JOINED.exists() and JOINED.read_text() == css
        print("site.css is up to date" if current else "site.css is out of date: run `make assets`")
        return 0 if current else 1
    JOINED.write_text(css)
    print(f"site.css  {len(css) / 1024:.1f} KB, {len(gzip.compress(css.encode())) / 1024:.1f} KB gzipped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
