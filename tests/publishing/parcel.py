"""A small whole package of content, as texts by path, and the few ways tests change one."""

import zipfile
from pathlib import Path

from publishing.loader import load
from tests.factories.again import again

HOME = "pages/home.md"
COURSE = "courses/small/course.md"
MODULE = "courses/small/m1/module.md"
LESSON = "courses/small/m1/01-first.md"
QUIZ = "courses/small/m1/assessment.yaml"
ITEM = "courses/small/m1/items/one.yaml"
SECOND_ITEM = "courses/small/m1/items/two.yaml"
REQUIREMENTS = "courses/small/requirements.yaml"
SOURCES = "reference/sources.yaml"

LESSON_UUID = "00000000-0000-4000-8000-000000000003"
QUIZ_UUID = "00000000-0000-4000-8000-000000000004"
ITEM_UUID = "00000000-0000-4000-8000-000000000005"


def _page(uuid: int, slug: str, title: str, extra: str = "", body: str = "") -> str:
    return f"""---
uuid: 00000000-0000-4000-8000-{uuid:012}
slug: {slug}
title: {title}
lead: About {title.lower()}.
content_notice: 0
content_topics: []
drafted_by: The project
drafted_on: 2026-11-22
checked_by:
checked_on:
sources: [guide]
{extra}---

{body or "A paragraph."}
"""


LESSON_BODY = """## Where it starts {#start}

A paragraph with **strong** words and a [link](https://example.org/a?b=1&c=2).

- one
- two

::: key-point {#kp-1}
One idea.
:::

::: quotation {#q-1} A worker, invented
What they said.
:::

## Where it goes {#on}

The end."""


def _item(uuid: int, prompt: str) -> str:
    return f"""uuid: 00000000-0000-4000-8000-{uuid:012}
kind: single_choice
outcome: LO1.1
answer: [b]
drafted_by: The project
drafted_on: 2026-11-22
checked_by:
checked_on:
sources: [guide]
en:
  prompt: {prompt}
  choices:
    a:
      text: The first.
      explanation: Because the first is so.
    b:
      text: The second.
      explanation: Because the second is so.
"""


def parcel() -> dict[str, str]:
    """Nine files, ten things: a front page, a course of one module, one lesson, two items, a quiz of two, a source."""
    return {
        HOME: _page(9, "home", "Front"),
        COURSE: _page(1, "small", "Small course", "code: LT-S\n"),
        MODULE: _page(
            2,
            "m1",
            "Module one",
            "number: 1\noutcomes:\n"
            "  - code: LO1.1\n    uuid: 00000000-0000-4000-8000-000000000011\n    en: Can do it.\n",
        ),
        LESSON: _page(3, "first", "First lesson", body=LESSON_BODY),
        QUIZ: f"""uuid: "{QUIZ_UUID}"
key: small-quiz
position: 90
pass_share: "7/10"
bank:
  key: small-open
  open: true
  en:
    title: Open bank
blueprint:
  LO1.1: 2
drafted_by: The project
drafted_on: 2026-11-22
checked_by:
checked_on:
sources: [guide]
en:
  title: The quiz
  intro: Two questions.
""",
        ITEM: _item(5, "Which of two?"),
        SECOND_ITEM: _item(6, "And which of these?"),
        REQUIREMENTS: f"""sets:
  - key: module-1
    version: 1
    lessons:
      - "{LESSON_UUID}"
    assessments:
      - uuid: "{QUIZ_UUID}"
        pass_share: "7/10"
    thresholds: {{}}
achievements:
  - uuid: "00000000-0000-4000-8000-000000000008"
    key: module-1
    requires: module-1
    kind: module
    issuer:
      key: us
      en:
        name: Us
    en:
      title: Module one
      statement: Shows that it was read.
""",
        SOURCES: """- key: guide
  title: A guide
  publisher: Somebody
  authors: [Ann Author]
  year: 2008
  published: October 2008
  nation: england
  checked_on: 2026-11-22
  url: https://example.org/guide
  note: Read in November.
""",
    }


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """The package with one passage of one file replaced; the passage must be there, once."""
    texts = parcel()
    assert texts[path].count(old) == 1, f"{old!r} stands {texts[path].count(old)} times in {path}"
    return {**texts, path: texts[path].replace(old, new)}


def write_folder(folder: Path, texts: dict[str, str]) -> Path:
    """The package as a folder."""
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return folder


def write_zip(path: Path, texts: dict[str, str]) -> Path:
    """The package as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path


def loaded(texts: dict[str, str]) -> None:
    """These files loaded, as far as a test does not look at how."""
    again(f"files {hash(frozenset(texts.items()))}", lambda: load(texts))
