"""The briefings, the stories, the guide and the standing pages as plain text: their size, their care, their links.

Read without the database and without the loader, so that a fault in the words shows as one.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

CONTENT = Path(__file__).resolve().parents[2] / "content"


def english(pattern: str) -> list[Path]:
    """The files of a pattern, without those of other languages (`x.cy.md`)."""
    return sorted(path for path in CONTENT.glob(pattern) if path.name.count(".") == 1)


BRIEFINGS = english("briefings/*.md")
FILMS = english("films/*/film.md")
STORIES = english("stories/*.md")
REPORTS = english("reports/*.md")
STANDING = [CONTENT / "pages/for-directors.md", CONTENT / "pages/resources.md"]
PAGES = [*BRIEFINGS, *STORIES, *REPORTS, *STANDING]
NUMBERS = tuple(f"{number:02}" for number in range(1, 11))

AUDIENCES = {"all", "practitioners", "managers", "reviewers", "boards", "partnerships"}
STORY_KEYS = ["what-was-done", "what-made-it-possible", "what-changed"]

QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)")
BLAMING = re.compile(
    r"\b(failed|failings?|should have|non-engaging|disguised compliance|obvious(ly)?|clearly)\b", re.IGNORECASE
)
FERNBROOK = re.compile(
    r"\b(Fernbrook|Oakmere|Dana|Merrow|Kit|Posy|Lee|Castle|Cassell|Pauline|Ruth|Anil|Carole|Osei|Bethan|Hale|Marcus"
    r"|Jo|Sian|Kaur|Priya|Helen)\b"
)
SECTION = re.compile(r"^## .+ \{#([a-z0-9-]+)\}$", re.MULTILINE)
BLOCK = re.compile(r"^::: [a-z-]+ \{#([a-z0-9-]+)\}", re.MULTILINE)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
TERM = re.compile(r"\[([^\]]+)\]\((/glossary/[^)\s]+)\)")


@cache
def parts(path: Path) -> tuple[dict[str, Any], str]:
    """The fields of a page file and the text under them."""
    _nothing, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


@cache
def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def words_in(body: str) -> int:
    """Words a reader reads: without addresses, keys and the signs of blocks."""
    shown = re.sub(r"\]\([^)]*\)|\{#[^}]*\}|^:::( [a-z-]+)?|^## |^- ", " ", body, flags=re.MULTILINE)
    return len(shown.split())


def said_in(path: Path) -> str:
    """Everything a page says to a reader, its title, lead and key messages included."""
    fields, body = parts(path)
    return "\n".join([fields["title"], fields["lead"], *fields.get("key_messages", []), body])


def glossary() -> list[dict[str, Any]]:
    return list(read_yaml(CONTENT / "reference/glossary.yaml"))


def source_keys() -> set[str]:
    return {source["key"] for source in read_yaml(CONTENT / "reference/sources.yaml")}


def lesson_addresses() -> set[str]:
    """The address of each lesson, from the slugs in the files that hold it."""
    return {
        "/".join(
            ["", parts(lesson.parents[1] / "course.md")[0]["slug"]]
            + [parts(file)[0]["slug"] for file in (lesson.parent / "module.md", lesson)]
            + [""]
        )
        for lesson in english("courses/*/*/[0-9][0-9]-*.md")
    }


@cache
def known_addresses() -> set[str]:
    """Every address within the site that these pages may link to, as far as files tell."""
    return (
        lesson_addresses()
        | {f"/briefings/{parts(path)[0]['slug']}/" for path in BRIEFINGS}
        | {f"/stories/{parts(path)[0]['slug']}/" for path in STORIES}
        | {f"/reports/{parts(path)[0]['slug']}/" for path in REPORTS}
        | {f"/glossary/{term['key']}/" for term in glossary()}
        | {f"/{parts(path)[0]['slug']}/" for path in STANDING}
        | {f"/films/{parts(path)[0]['slug']}/" for path in FILMS}
        | {"/reading/"}
    )


def by_name(value: object) -> str:
    return value.stem if isinstance(value, Path) else str(value)


# -- What each kind of page holds -----------------------------------------------------------------------------


def test_the_first_ten_briefings_are_there_each_with_its_number():
    files = {path.name: parts(path)[0] for path in BRIEFINGS}

    named = {(name[:2], f"{fields['number']:02}") for name, fields in files.items()}

    assert named >= {(number, number) for number in NUMBERS}
    assert len(named) == len(files)
    assert all(name == f"{fields['number']:02}-{fields['slug']}.md" for name, fields in files.items())


@pytest.mark.parametrize("path", BRIEFINGS, ids=by_name)
def test_a_briefing_has_nine_hundred_to_fourteen_hundred_words(path):
    _fields, body = parts(path)

    words = words_in(body)

    assert 900 <= words <= 1400, words


@pytest.mark.parametrize("path", BRIEFINGS, ids=by_name)
def test_a_briefing_opens_with_four_to_eight_whole_sentences(path):
    messages = parts(path)[0]["key_messages"]

    halves = [message for message in messages if not re.fullmatch(r"[A-Z“].{20,}[.?]", message)]

    assert halves == []
    assert 4 <= len(messages) <= 8


@pytest.mark.parametrize("path", BRIEFINGS, ids=by_name)
def test_a_briefing_says_for_whom_it_is_and_when_it_will_be_looked_at_again(path):
    fields, _body = parts(path)

    strangers = set(fields["audience"]) - AUDIENCES

    assert strangers == set()
    assert fields["audience"]
    assert fields["topics"]
    assert fields["review_due"].year - fields["published"].year == 2


@pytest.mark.parametrize("path", BRIEFINGS, ids=by_name)
def test_a_briefing_ends_with_something_to_do_on_monday(path):
    keys = SECTION.findall(parts(path)[1])

    last = keys[-1]

    assert last == "on-monday"


@pytest.mark.parametrize("path", STORIES, ids=by_name)
def test_a_story_says_what_was_done_what_made_it_possible_and_what_changed(path):
    fields, body = parts(path)

    keys, words = SECTION.findall(body), words_in(body)

    assert keys == STORY_KEYS
    assert 600 <= words <= 800, words
    assert "invented" in fields["lead"]


def test_there_are_six_stories_or_more_and_no_two_have_the_same_address():
    slugs = [parts(path)[0]["slug"] for path in STORIES]

    assert len(slugs) >= 6
    assert slugs == [path.stem for path in STORIES]
    assert sorted(slugs) == sorted(set(slugs))


def test_the_guide_has_seven_to_nine_chapters_and_says_that_the_model_is_not_ours():
    fields, body = parts(CONTENT / "reports/guide-to-the-model.md")

    chapters, words = SECTION.findall(body), words_in(body)

    assert 7 <= len(chapters) <= 9
    assert 2200 <= words <= 3000, words
    assert fields["authors"] == ["Learning Together project"]
    assert {"scie-report-19", "scie-guide-24"} <= set(fields["sources"])
    assert "SCIE has not seen it or approved it" in " ".join(body.split())


def test_the_door_for_directors_asks_five_questions():
    body = parts(CONTENT / "pages/for-directors.md")[1]

    asked = body.split("{#five-questions}")[1].split("\n## ")[0]

    assert re.findall(r"^(\d)\. \*\*[^*]+\?\*\*", asked, re.MULTILINE) == ["1", "2", "3", "4", "5"]


# -- What every page keeps to ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_sections_and_blocks_have_keys_of_their_own(path):
    body = parts(path)[1]

    keys = SECTION.findall(body) + BLOCK.findall(body)

    assert sorted(keys) == sorted(set(keys))
    assert len(SECTION.findall(body)) == body.count("\n## ")


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_every_link_within_the_site_leads_somewhere(path):
    fields, body = parts(path)

    lost = {link for link in [*LINK.findall(body), *fields.get("see_also", [])] if link not in known_addresses()}

    assert lost == set()


@pytest.mark.parametrize("path", [*BRIEFINGS, *REPORTS], ids=by_name)
def test_a_term_is_linked_where_it_is_first_met_and_once(path):
    body = " ".join(SECTION.sub("", parts(path)[1]).split())
    terms = TERM.findall(body)

    first_met = [re.search(rf".\b{re.escape(label)}\b", body, re.IGNORECASE) for label, _address in terms]
    addresses = [address for _label, address in terms]

    assert [found.group() for found in first_met if found and found.group()[0] != "["] == []
    assert sorted(addresses) == sorted(set(addresses))
    assert len(addresses) >= 3


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_every_source_named_is_in_the_list(path):
    fields, _body = parts(path)

    unknown = set(fields["sources"]) - source_keys()

    assert unknown == set()


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_a_page_says_who_drafted_it_and_when_and_who_checked_it_if_anyone_did(path):
    fields, _body = parts(path)

    said = (
        bool(fields["drafted_by"]),
        bool(fields["drafted_on"]),
        bool(fields["checked_by"]) == bool(fields["checked_on"]),
    )

    assert said == (True, True, True)


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_a_content_notice_says_what_it_is_about(path):
    fields, _body = parts(path)

    told = bool(fields["content_topics"])

    assert told == (fields["content_notice"] > 0)


@pytest.mark.parametrize("path", PAGES, ids=by_name)
def test_words_that_blame_stand_only_in_quotation_marks(path):
    said = QUOTED.sub(" ", said_in(path))

    found = [match.group() for match in BLAMING.finditer(said)]

    assert found == []


@pytest.mark.parametrize("path", [*PAGES, CONTENT / "reference/glossary.yaml"], ids=by_name)
def test_nothing_comes_from_the_practice_case(path):
    text = path.read_text(encoding="utf-8")

    found = FERNBROOK.findall(text)

    assert found == []


@pytest.mark.parametrize("path", [*PAGES, CONTENT / "reference/glossary.yaml"], ids=by_name)
def test_nothing_is_said_with_an_exclamation_mark(path):
    text = path.read_text(encoding="utf-8")

    marks = text.count("!")

    assert marks == 0


def test_no_two_pages_share_an_identifier():
    written = [path for path in english("**/*.md") if path.read_text(encoding="utf-8").startswith("---\n")]

    uuids = [parts(path)[0]["uuid"] for path in written]

    assert sorted(uuids) == sorted(set(uuids))
    assert set(PAGES) < set(written)


# -- The glossary ---------------------------------------------------------------------------------------------


def test_the_glossary_has_forty_five_terms_or_more_and_each_once():
    keys = [term["key"] for term in glossary()]

    assert len(keys) >= 45
    assert sorted(keys) == sorted(set(keys))


def test_a_term_points_to_terms_and_sources_that_exist_and_not_to_itself():
    keys = {term["key"] for term in glossary()}

    lost = [
        (term["key"], other)
        for term in glossary()
        for other in term.get("see", [])
        if other not in keys or other == term["key"]
    ]
    unknown = {source for term in glossary() for source in term.get("sources", [])} - source_keys()

    assert (lost, unknown) == ([], set())


@pytest.mark.parametrize("term", glossary(), ids=lambda term: term["key"])
def test_a_term_is_explained_in_one_to_three_short_sentences(term):
    meaning = term["en"]["meaning"]

    sentences = re.findall(r"[.?](?=\s|$)", meaning)

    assert set(term) <= {"key", "en", "cy", "see", "sources"}
    assert set(term["en"]) == {"term", "meaning"}
    assert 1 <= len(sentences) <= 3, meaning
    assert 8 <= len(meaning.split()) <= 45, meaning
    assert BLAMING.findall(QUOTED.sub(" ", meaning)) == []


@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.stem)
def test_each_briefing_has_a_team_pack_of_twenty_minutes_and_three_questions(path: Path) -> None:
    pack = parts(path)[0]["team_pack"]

    assert sum(step["minutes"] for step in pack["agenda"]) == 20
    assert (3 <= len(pack["agenda"]) <= 6, len(set(pack["questions"]))) == (True, 3)
    assert all(question.endswith("?") for question in pack["questions"])
    said = " ".join([*(step["what"] for step in pack["agenda"]), *pack["questions"]])
    assert (BLAMING.findall(said), FERNBROOK.findall(said)) == ([], [])
