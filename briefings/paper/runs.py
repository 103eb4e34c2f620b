"""From the rich text of a page to what a layout can set: paragraphs and lists of plain runs. Pure.

Knows the tags the one seam lets through (toolkit.sanitise) and no others.
"""

from html.parser import HTMLParser
from typing import Any

Run = dict[str, Any]  # {"text": …, "strong": bool, "emph": bool, "href": "" or a whole address}
Block = dict[str, Any]  # {"kind": "paragraph", "runs": [Run]} or {"kind": "list", "ordered": bool, "items": [[Run]]}


def blocks_of(html: str, *, site_url: str) -> list[Block]:
    """The paragraphs and lists of a rich text; addresses on this site are made whole with `site_url`."""
    reader = _Reader(site_url)
    reader.feed(html)
    reader.close()
    return [block for block in reader.blocks if block.get("runs") or block.get("items")]


class _Reader(HTMLParser):
    def __init__(self, site_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.site_url = site_url
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.strong = self.emph = 0
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.blocks.append({"kind": "list", "ordered": tag == "ol", "items": []})
        elif tag == "li":
            self.runs = []
            if self.blocks and self.blocks[-1]["kind"] == "list":
                self.blocks[-1]["items"].append(self.runs)
        elif tag == "p":
            self.runs = []
            self.blocks.append({"kind": "paragraph", "runs": self.runs})
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self.href = self.site_url + href if href.startswith("/") else href
        self.strong += tag in ("b", "strong")
        self.emph += tag in ("i", "em")

    def handle_endtag(self, tag: str) -> None:
        self.strong -= tag in ("b", "strong")
        self.emph -= tag in ("i", "em")
        if tag == "a":
            self.href = ""

    def handle_data(self, data: str) -> None:
        if not data.strip() and not self.runs:
            return
        if not self.blocks:
            self.handle_starttag("p", [])
        run = {"text": data, "strong": self.strong > 0, "emph": self.emph > 0, "href": self.href}
        self.runs.append(run)
