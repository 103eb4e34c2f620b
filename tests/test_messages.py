"""The Welsh catalogue: whole, with its blanks intact, compiled as committed, and what Welsh pages are served with."""

import ast
import gettext
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.factories.site import real_content

CATALOGUES = sorted(settings.SITE.glob("locale/*/LC_MESSAGES/django.po"))
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]")
MARKUP = re.compile(r"<[^>]*>")


@dataclass
class Entry:
    """One text of a .po file; `parts` by its keywords: msgid, msgid_plural, msgstr or msgstr[0], msgstr[1] …"""

    flags: set[str] = field(default_factory=set)
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def originals(self) -> list[str]:
        return [text for keyword, text in self.parts.items() if keyword.startswith("msgid")]

    @property
    def translations(self) -> list[str]:
        return [text for keyword, text in self.parts.items() if keyword.startswith("msgstr")]


def read_po(text: str) -> list[Entry]:
    """The entries of a .po file, its header first."""
    return [entry for block in text.split("\n\n") if (entry := _read_block(block)).parts]


def _read_block(block: str) -> Entry:
    entry, keyword = Entry(), ""
    for line in block.splitlines():
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif not line.startswith("#") and line:
            named, quote, rest = line.partition('"')
            keyword = named.strip() or keyword
            entry.parts[keyword] = entry.parts.get(keyword, "") + ast.literal_eval(quote + rest)
    return entry


def faults(entry: Entry) -> list[str]:
    """What keeps a translation from being shown as it should be."""
    found = ["fuzzy"] if "fuzzy" in entry.flags else []
    if not all(entry.translations):
        found.append("empty")
    blanks, tags = (sorted(pattern.findall(entry.originals[-1])) for pattern in (BLANK, MARKUP))
    for welsh in filter(None, entry.translations):
        if sorted(BLANK.findall(welsh)) != blanks:
            found.append("blanks differ")
        if sorted(MARKUP.findall(welsh)) != tags:
            found.append("markup differs")
    return found


def compiled(entries: list[Entry]) -> dict[str | tuple[str, int], str]:
    """What msgfmt makes of the entries, as gettext holds it: plural forms by text and number of the form."""
    held: dict[str | tuple[str, int], str] = {}
    for entry in entries:
        text = entry.parts["msgid"]
        if "msgid_plural" in entry.parts:
            held |= {(text, number): form for number, form in enumerate(entry.translations)}
        else:
            held[text] = entry.parts["msgstr"]
    return held


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ('msgid "Home"\nmsgstr "Hafan"', []),
        ('msgid "Home"\nmsgstr ""', ["empty"]),
        ('#, fuzzy\nmsgid "Home"\nmsgstr "Hafan"', ["fuzzy"]),
        ('#, python-format\nmsgid "Next: %(title)s"\nmsgstr "Nesaf: %(teitl)s"', ["blanks differ"]),
        ('msgid "<b>Home</b>"\nmsgstr "Hafan"', ["markup differs"]),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s dydd"\nmsgstr[1] ""', ["empty"]),
    ],
)
def test_planted_fault_is_found(block, expected):
    (entry,) = read_po(block)

    assert faults(entry) == expected


def test_every_language_but_english_has_a_catalogue():
    assert [path.parents[1].name for path in CATALOGUES] == [code for code, _name in settings.LANGUAGES if code != "en"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_catalogue_has_every_text_translated(path: Path):
    _header, *entries = read_po(path.read_text(encoding="utf-8"))

    found = {entry.parts["msgid"]: faults(entry) for entry in entries if faults(entry)}

    assert (found, len(entries) > 400) == ({}, True), "run `make messages`, then translate"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_catalogue_says_nothing_of_the_moment_or_machine_it_was_made_on(path: Path):
    text = path.read_text(encoding="utf-8")

    assert not re.findall(r"POT-Creation-Date|PO-Revision-Date|^#: (?:.* )?[/.].*|^#: .*:[0-9].*", text, re.MULTILINE)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_committed_mo_is_what_its_po_compiles_to(path: Path):
    with path.with_suffix(".mo").open("rb") as file:
        held = gettext.GNUTranslations(file)._catalog

    assert held == compiled(read_po(path.read_text(encoding="utf-8"))), "run `make messages`"


def test_welsh_catalogue_has_the_plurals_of_djangos_own():
    header = read_po((settings.SITE / "locale/cy/LC_MESSAGES/django.po").read_text(encoding="utf-8"))[0].parts["msgstr"]

    assert "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;" in header
    assert "\nLanguage: cy\n" in header


@pytest.fixture(autouse=True)
def _language_put_back():
    """A request to /cy/ leaves its thread Welsh, and the next test with it."""
    with translation.override(translation.get_language()):
        yield


@pytest.fixture
def _content(db):
    real_content()


def _main_links(client: Client, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, language and the links of the main navigation, by their words."""
    answer = client.get(path, headers=headers)
    html = answer.content.decode()
    language = re.search(r'<html lang="(\w+)"', html)
    nav = re.search(r'<nav class="ways".*?</nav>', html, re.DOTALL)
    assert language
    assert nav
    links = re.findall(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', nav[0], re.DOTALL)
    return answer.status_code, language[1], {words: href + _tongue(rest) for href, rest, words in links}


def _tongue(attributes: str) -> str:
    found = re.search(r'hreflang="(\w+)"', attributes)
    return f" ({found[1]})" if found else ""


@pytest.mark.usefixtures("_content")
def test_welsh_front_page_has_welsh_navigation_and_says_what_is_in_english(client):
    assert _main_links(client, "/cy/") == (
        200,
        "cy",
        {
            "Hafan": "/cy/",
            "Cwrs (yn Saesneg)": "/foundation/ (en)",
            "Briffiau (yn Saesneg)": "/briefings/ (en)",
            "Ffilmiau": "/cy/films/",
            "Chwilio": "/cy/search/",
            "Fy nysgu": "/cy/my-learning/",
            "Gwirio tystysgrif": "/cy/verify/",
            "Mewngofnodi": "/cy/account/login/",
            "English": "/ (en)",
        },
    )


@pytest.mark.usefixtures("_content")
def test_front_page_given_a_browser_that_prefers_welsh_stays_english(client):
    assert _main_links(client, "/", **{"accept-language": "cy"}) == (
        200,
        "en",
        {
            "Home": "/",
            "Course": "/foundation/",
            "Briefings": "/briefings/",
            "Films": "/films/",
            "Search": "/search/",
            "My learning": "/my-learning/",
            "Check a certificate": "/verify/",
            "Sign in": "/account/login/",
            "Cymraeg": "/cy/ (cy)",
        },
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/cy/verify/", "/cy/account/login/", "/cy/account/signup/"])
def test_welsh_forms_have_no_english_words_of_ours_or_of_the_libraries(client, path):
    html = client.get(path).content.decode()

    shown = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    assert not re.findall(r"\b(?:the|your|you|password|email|sign|check|account)\b", shown, re.IGNORECASE)
