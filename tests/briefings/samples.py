"""Content files of a small shelf, as texts by path: short, real and invented here; not the site's own briefings."""

BRIEFING = "briefings/91-handovers.md"
SUCCESSOR = "briefings/92-handovers-again.md"
STORY = "stories/the-second-call.md"
REPORT = "reports/a-short-sample.md"
GLOSSARY = "reference/glossary.yaml"

BRIEFING_UUID = "00000000-0000-4000-8000-000000000091"
SUCCESSOR_UUID = "00000000-0000-4000-8000-000000000092"
MESSAGES = [
    "Ask what the last shift knew.",
    "A note is read in the order of the screen.",
    "Silence at a handover is information.",
    "Say what you are still unsure of.",
]
TEAM_PACK = """team_pack:
  agenda:
    - minutes: 5
      what: Read the key messages aloud.
    - minutes: 10
      what: Talk about the questions.
    - minutes: 5
      what: Choose one thing to ask.
  questions:
    - What did the last shift know?
    - What makes it easy to tell?
    - Who could ask?
"""
SECTION = """## What a handover carries {#carries}

A handover carries what fits into it. On one ward it fits into [four minutes](/glossary/sample-handover/), and the
things that take five are told in the corridor, or **not at all**.

::: key-point {#kp-corridor}
What is told in the corridor is part of the system too.
:::

::: quotation {#q-nurse} A night nurse, invented
I knew, and I knew that nobody had asked.
:::

## What you can look for {#look}

- Who speaks first.
- What is *never* said.
"""


def page_file(uuid: str, slug: str, title: str, extra: str, body: str = SECTION) -> str:
    """A page file with nothing distressing in it and no sources."""
    return f"""---
uuid: "{uuid}"
slug: {slug}
title: {title}
lead: What one shift tells the next, and what it keeps.
content_notice: 0
content_topics: []
drafted_by: Learning Together project
drafted_on: 2026-11-25
checked_by:
checked_on:
sources: []
{extra}---

{body}"""


def briefing_file(
    uuid: str,
    number: int,
    slug: str,
    title: str,
    *,
    published: str = "2026-11-25",
    due: str = "2028-11-25",
    supersedes: str = "",
    pack: str = "",
    body: str = SECTION,
) -> str:
    """A briefing for managers and boards on taking part."""
    messages = "".join(f"  - {message}\n" for message in MESSAGES)
    extra = f"""number: {number}
audience: [managers, boards]
topics: [taking-part]
key_messages:
{messages}published: {published}
review_due: {due}
supersedes: {supersedes}
see_also:
  - /glossary/
{pack}"""
    return page_file(uuid, slug, title, extra, body)


def small_shelf() -> dict[str, str]:
    """A briefing, the one that takes its place, a story, a report and a term: five files."""
    story = "".join(
        f"## {heading} {{#{key}}}\n\n{text}\n\n"
        for key, heading, text in (
            ("what-was-done", "She rang a second time", "The school secretary rang again on Friday."),
            ("what-made-it-possible", "A list on the wall", "There was a list of calls nobody had answered."),
            ("what-changed", "Fridays", "Somebody now looks at the list on Fridays."),
        )
    )
    sorted_for_all = "audience: [all]\ntopics: [good-practice]\n"
    return {
        BRIEFING: briefing_file(BRIEFING_UUID, 91, "handovers", "What a handover carries", pack=TEAM_PACK),
        SUCCESSOR: briefing_file(SUCCESSOR_UUID, 92, "handovers-again", "Handovers, looked at again", supersedes="91"),
        STORY: page_file(
            "00000000-0000-4000-8000-000000000093", "the-second-call", "The second call", sorted_for_all, story
        ),
        REPORT: page_file(
            "00000000-0000-4000-8000-000000000094",
            "a-short-sample",
            "A short sample",
            f"{sorted_for_all}published: 2026-11-25\nauthors: [Learning Together project]\n",
            "## One {#one}\n\nThe first chapter.\n\n## Two {#two}\n\nThe second.\n",
        ),
        GLOSSARY: """- key: sample-handover
  en:
    term: Handover
    meaning: What one shift tells the next.
  see: []
""",
    }


PROSE = (
    "A review that looks for the reason behind an act asks what the person saw, wanted and faced on that day, and "
    "then what in the work around them made the act likely. It reads the record from the front."
)


def long_body(words: int) -> str:
    """About so many words under eight headings, the first section being the sample's own."""
    share = "\n\n".join([PROSE] * round((words - len(SECTION.split())) / 8 / len(PROSE.split())))
    return SECTION + "".join(f"\n## Part {number} {{#part-{number}}}\n\n{share}\n" for number in range(1, 9))


def standing_shelf() -> dict[str, str]:
    """For walks through the running site: every state a briefing can be in, in files beside the site's own content.

    91 was replaced by 92, that by 95 and that by 96, so that only 94, past its review, and 96 stand on the shelf;
    93 is for taking back. 95 has about 900 words and 96 about 1,350.
    """
    texts = small_shelf()
    for number, slug, title, fields, words in (
        (93, "taken-back", "Handovers by telephone", {}, 0),
        (94, "past-review", "Handovers at the weekend", {"due": "2026-11-24", "published": "2024-11-24"}, 0),
        (95, "nine-hundred", "Handovers in nine hundred words", {"supersedes": "92"}, 900),
        (96, "thirteen-hundred", "Handovers in thirteen hundred words", {"supersedes": "95", "pack": TEAM_PACK}, 1350),
    ):
        uuid = f"00000000-0000-4000-8000-0000000001{number}"
        body = long_body(words) if words else SECTION
        texts[f"briefings/{number}-{slug}.md"] = briefing_file(uuid, number, slug, title, body=body, **fields)
    return texts


def standing_pages() -> dict[str, str]:
    """The two standing pages with lists, for a site that has none of its own yet."""
    names = {"resources": "Resources on the model", "for-directors": "For directors and boards"}
    return {
        f"pages/{slug}.md": page_file(f"00000000-0000-4000-8000-00000000020{number}", slug, title, "", "A paragraph.\n")
        for number, (slug, title) in enumerate(names.items())
    }
