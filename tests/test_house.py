"""The house keeps its one direction (STYLE.md, section 1): a room knows the rooms below it and no others.

`mentions` reads every way a room can name another: imports, strings that import, string foreign keys, get_model,
migration dependencies, and the tags and templates a template uses. Before the real house is read, a violation of each
kind is planted in a small house of its own and must be caught.

Three mentions upwards are allowed, because Django and Wagtail leave no other way:
- the user model: "people.User" as text, and `from people.models import User` for type checking only;
- the base templates of site/templates, which any room may use and which may use any room's tags;
- `parent_page_types` and `subpage_types`: Wagtail asks a child page to name its parents, and a front page is above
  the courses it holds. They are names for the editor's menu, looked up late and imported by nobody.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps

HOUSE = Path(__file__).resolve().parents[1]
ORDER = """
    config → samples → home → search → publishing → training → player → credentials → enrolments → assessments
    → courses → briefings | media → reference → privacy → people → post | audit → toolkit
"""
RANKS = {
    room.strip(): rank for rank, storey in enumerate(ORDER.split("→")) for room in storey.split("|")
}  # 0 is the top
UNDER_SITE = {"config", "toolkit"}
NEVER_IMPORTED = {"tools", "tests", "content", "var"}
PAGE_TYPE_LISTS = {"parent_page_types", "subpage_types", "parent_page_type", "subpage_type"}
IMPORTS_BY_NAME = {"import_module", "import_string", "__import__", "include", "autodiscover_modules"}
LOOKS_UP_MODELS = {"get_model", "get_registered_model", "get_app_config"}
USER_MODEL = "people.User"
LONGEST_MODULE = 500


@dataclass(frozen=True, order=True)
class Mention:
    """A place where one room names another."""

    file: str
    line: int
    room: str
    other: str
    how: str


def folder_of(house: Path, room: str) -> Path:
    return house / "site" / room if room in UNDER_SITE else house / room


def rooms_of(house: Path) -> list[str]:
    """The rooms of the order that are built, from the top."""
    return [room for room in RANKS if folder_of(house, room).is_dir()]


def may_know(room: str, other: str) -> bool:
    """Whether a room may name another: itself, or one on a storey below. Neighbours ignore each other."""
    return room == other or (other in RANKS and RANKS[room] < RANKS[other])


def violations(house: Path) -> list[Mention]:
    """Every mention of a room by one that may not know it."""
    return sorted(mention for mention in mentions(house) if not may_know(mention.room, mention.other))


def mentions(house: Path) -> Iterator[Mention]:
    """Every mention of a room, or of what is never imported, by a room."""
    rooms = rooms_of(house)
    for room in rooms:
        folder = folder_of(house, room)
        for file in sorted(folder.rglob("*.py")):
            reader = _Reader(room, file, house, {*rooms, *NEVER_IMPORTED})
            reader.visit(ast.parse(file.read_text(encoding="utf-8"), filename=str(file)))
            yield from reader.found
        for file in sorted((folder / "templates").rglob("*")):
            if file.is_file():
                yield from _template_mentions(room, file, house, rooms)


class _Reader(ast.NodeVisitor):
    """Collects the mentions in one module."""

    def __init__(self, room: str, file: Path, house: Path, known: set[str]) -> None:
        self.room, self.file, self.house, self.known = room, file, house, known
        self.is_migration = file.parent.name == "migrations"
        self.for_type_checking = False
        self.found: list[Mention] = []

    def note(self, node: ast.AST, name: str, how: str) -> None:
        """Keep a mention if the dotted name starts with a room."""
        other = name.partition(".")[0]
        if other in self.known and other != self.room:
            place = self.file.relative_to(self.house).as_posix()
            self.found.append(Mention(place, getattr(node, "lineno", 0), self.room, other, how))

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        before = self.for_type_checking
        self.for_type_checking = before or ast.unparse(node.test).endswith("TYPE_CHECKING")
        for child in node.body:
            self.visit(child)
        self.for_type_checking = before
        for child in node.orelse:
            self.visit(child)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.note(node, alias.name, "import")

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        name = node.module or ""
        if node.level:
            top = self.house / "site" if self.room in UNDER_SITE else self.house
            package = self.file.relative_to(top).with_suffix("").parts[: -node.level]
            name = ".".join([*package, *([name] if name else [])])
        if name:
            if self.for_type_checking and name == "people.models" and [alias.name for alias in node.names] == ["User"]:
                return
            self.note(node, name, "import")
        else:  # `from .. import home`, written in a room's own folder
            for alias in node.names:
                self.note(node, alias.name, "import")

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names & PAGE_TYPE_LISTS:
            return
        if self.is_migration and names & {"dependencies", "run_before", "replaces"}:
            self._note_pairs(node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if not (isinstance(node.target, ast.Name) and node.target.id in PAGE_TYPE_LISTS):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        first = texts[0] if texts and isinstance(texts[0], str) else ""
        if called in IMPORTS_BY_NAME:
            self.note(node, first, "import by name")
        if called in LOOKS_UP_MODELS and ".".join(map(str, texts[:2])) != USER_MODEL and not _is_model_name(first):
            self.note(node, first, "get_model")
        for keyword in node.keywords:
            value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
            if isinstance(value, str) and keyword.arg == "app_label":
                self.note(node, value, "get_model")
            points = self.is_migration and keyword.arg in {"to", "through"}  # written there in small letters
            if isinstance(value, str) and points and value.lower() != USER_MODEL.lower() and not _is_model_name(value):
                self.note(node, value, "string foreign key")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A text that is exactly "room.Model", wherever it stands: a key, a chooser, a lookup."""
        if isinstance(node.value, str) and _is_model_name(node.value) and node.value != USER_MODEL:
            self.note(node, node.value, "string foreign key")

    def _note_pairs(self, value: ast.expr) -> None:
        for pair in ast.walk(value):
            if isinstance(pair, ast.Tuple) and pair.elts and isinstance(pair.elts[0], ast.Constant):
                self.note(pair, str(pair.elts[0].value), "migration dependency")


def _is_model_name(text: str) -> bool:
    return re.fullmatch(r"[a-z_]+\.[A-Z]\w*", text) is not None


def _template_mentions(room: str, file: Path, house: Path, rooms: list[str]) -> Iterator[Mention]:
    """The rooms whose tags a template loads and whose templates it includes or extends."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    for tag in re.finditer(r"{#.*?#}|{%-?\s*(load|include|extends)\s+(.*?)%}", text):
        kind, rest = tag.group(1), tag.group(2)
        if kind == "load":
            words = rest.split()
            libraries = words[words.index("from") + 1 :] if "from" in words else words
            owners = [owner for owner in rooms for name in libraries if _has_tags(house, owner, name)]
            how = "template tag"
        elif kind and (name := re.match(r"""["']([^"']+)["']""", rest)):
            owners = _template_owners(house, rooms, name.group(1))
            how = kind
        else:
            continue
        line = text.count("\n", 0, tag.start()) + 1
        for owner in owners:
            if owner != room:
                yield Mention(file.relative_to(house).as_posix(), line, room, owner, how)


def _has_tags(house: Path, room: str, library: str) -> bool:
    return (folder_of(house, room) / "templatetags" / f"{library}.py").is_file()


def _template_owners(house: Path, rooms: list[str], name: str) -> list[str]:
    """The rooms that hold a template of this name; none if it is a base template, which Django finds first."""
    if (house / "site/templates" / name).is_file():
        return []
    holders = [room for room in rooms if (folder_of(house, room) / "templates" / name).is_file()]
    named_after = name.partition("/")[0]
    return holders or ([named_after] if named_after in rooms else [])


# -- A small house, in which every kind of violation is planted and must be caught ------------------------------

# How a room is named | in which file | which room that may not know | what is written there.
PLANTED = """
import | courses/queries.py | home | import home.views
import | courses/queries.py | home | from home.views import front
import | courses/queries.py | home | from home import views
import | courses/queries.py | home | def front(): from home.views import front
import | people/queries.py | courses | if TYPE_CHECKING: from courses.models import Course
import | audit/entries.py | people | from people.models import User
import | audit/entries.py | people | if TYPE_CHECKING: from people.models import Organisation, User
import | media/queries.py | briefings | import briefings.models
import | briefings/queries.py | media | from media import models
import | post/outbox.py | audit | from audit import entries
import | home/queries.py | config | from config.settings import base
import | site/toolkit/dates.py | people | import people.models
import | home/queries.py | tests | from tests.factories import make
import | home/queries.py | tools | from tools import bench
import by name | courses/queries.py | home | views = import_module("home.views")
import by name | courses/urls.py | home | urlpatterns = [path("", include("home.urls"))]
string foreign key | courses/models.py | home | page = ForeignKey("home.HomePage", PROTECT)
string foreign key | people/models.py | courses | course = models.ManyToManyField(to="courses.Course")
string foreign key | courses/blocks.py | home | page = PageChooserBlock(page_type=["home.HomePage"])
string foreign key | courses/queries.py | home | page = apps.get_model("home.HomePage")
string foreign key | courses/migrations/0002_x.py | home | field = models.ForeignKey(to="home.homepage")
get_model | courses/queries.py | home | page = apps.get_model("home", "HomePage")
get_model | courses/queries.py | home | page = get_model("home.homepage")
get_model | courses/queries.py | home | kind = ContentType.objects.get(app_label="home", model="homepage")
get_model | courses/migrations/0002_x.py | home | def fill(apps, editor): apps.get_model("home", "HomePage")
migration dependency | courses/migrations/0002_x.py | home | dependencies = [("media", "0001_x"), ("home", "0001_x")]
migration dependency | courses/migrations/0002_x.py | home | run_before = [("home", "0001_x")]
template tag | courses/templates/courses/lesson.html | home | {% load i18n home_tags %}
template tag | courses/templates/courses/lesson.html | home | {% load front from home_tags %}
include | courses/templates/courses/lesson.html | home | {% include 'home/_front.html' with page=page only %}
include | courses/templates/courses/lesson.html | home | <p>{% include "account/_card.html" %}
extends | courses/templates/courses/lesson.html | home | {% extends "home/front.html" %}
"""
ALLOWED = """
home/queries.py | from courses.models import Course
home/queries.py | from people.models import User
home/queries.py | film = apps.get_model("media", "Film")
home/models.py | film = ForeignKey("media.Film", PROTECT)
home/migrations/0002_x.py | dependencies = [("courses", "0001_x")]
courses/queries.py | from .models import Course
courses/queries.py | from . import blocks
courses/queries.py | import training.models
audit/models.py | actor = ForeignKey("people.User", PROTECT)
audit/queries.py | person = get_model("people", "User")
audit/queries.py | if TYPE_CHECKING: from people.models import User
audit/migrations/0001_x.py | dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
courses/models.py | parent_page_types = ["home.HomePage"]
courses/models.py | subpage_types: list[str] = ["home.HomePage"]
home/templates/home/front.html | {% extends "base.html" %}{% load course_tags %}{% include "courses/_card.html" %}
courses/templates/courses/lesson.html | {% extends "base.html" %}{% include "_mark.html" %}
courses/templates/courses/lesson.html | {# {% include 'home/_front.html' %} #}
site/templates/base.html | {% load home_tags %}
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A few rooms on several storeys, in which nothing is wrong."""
    for room in ("home", "courses", "briefings", "media", "people", "post", "audit", "site/config", "site/toolkit"):
        (tmp_path / room).mkdir(parents=True)
        (tmp_path / room / "__init__.py").touch()
    _write(tmp_path, "home/templatetags/home_tags.py", "")
    _write(tmp_path, "courses/templatetags/course_tags.py", "")
    for template in ("site/templates/base.html", "site/templates/_mark.html"):
        _write(tmp_path, template, "")
    for template in ("home/front.html", "home/_front.html", "account/_card.html"):
        _write(tmp_path, f"home/templates/{template}", "")
    _write(tmp_path, "courses/templates/courses/_card.html", "")
    assert violations(tmp_path) == []
    return tmp_path


def _write(house: Path, name: str, text: str) -> None:
    file = house / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("how", "name", "other", "text"), _rows(PLANTED))
def test_planted_violation_is_caught(small_house: Path, how: str, name: str, other: str, text: str) -> None:
    _write(small_house, name, text)

    room = name.removeprefix("site/").partition("/")[0]
    assert violations(small_house) == [Mention(name, 1, room, other, how)]


@pytest.mark.parametrize(("name", "text"), _rows(ALLOWED))
def test_what_is_allowed_is_left_alone(small_house: Path, name: str, text: str) -> None:
    _write(small_house, name, text)

    assert violations(small_house) == []


# -- The real house ---------------------------------------------------------------------------------------------


def test_the_house_keeps_its_one_direction() -> None:
    shown = [f"{m.file}:{m.line} {m.room} may not know {m.other} ({m.how})" for m in violations(HOUSE)]

    assert shown == []


def test_the_house_is_really_read() -> None:
    """Guards against a reader that finds nothing because it looks nowhere."""
    pairs = {(mention.room, mention.other) for mention in mentions(HOUSE)}

    assert {("credentials", "enrolments"), ("enrolments", "assessments"), ("courses", "media")} <= pairs


def test_every_room_has_its_place_in_the_order() -> None:
    built = {file.parent.name for folder in (HOUSE, HOUSE / "site") for file in folder.glob("*/apps.py")}

    assert built - RANKS.keys() == set()


def test_every_room_says_what_it_is_for() -> None:
    """The frame's two rooms may share site/README.md."""
    places = {room: [folder_of(HOUSE, room)] + [HOUSE / "site"] * (room in UNDER_SITE) for room in rooms_of(HOUSE)}

    assert [room for room, at in places.items() if not any((folder / "README.md").is_file() for folder in at)] == []


def _our_modules() -> list[Path]:
    folders = [*(folder_of(HOUSE, room) for room in rooms_of(HOUSE)), HOUSE / "site/tools", HOUSE / "tests"]
    return sorted({file for folder in folders for file in folder.rglob("*.py")})


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    """Migrations are written by a machine and read by one."""
    lengths = {
        file.relative_to(HOUSE).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in _our_modules()
        if file.parent.name != "migrations"
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_table_is_imported_from_the_models_of_its_room() -> None:
    """Also where they stand in several modules: other rooms need not know how a room divides them."""
    rooms = [room for room in apps.get_app_configs() if Path(room.path).parent in {HOUSE, HOUSE / "site"}]
    found = [(room, model.__name__) for room in rooms for model in room.get_models()]

    assert [f"{room.name}.{name}" for room, name in found if not hasattr(room.models_module, name)] == []
    assert "assessments.Item" in {f"{room.name}.{name}" for room, name in found}


def test_nothing_is_called_core_common_utils_helpers_or_services() -> None:
    vague = {"core", "common", "utils", "helpers", "services", "misc"}
    names = [file.relative_to(HOUSE) for file in _our_modules()]

    assert [name.as_posix() for name in names if vague & {part.removesuffix(".py") for part in name.parts}] == []


def test_toolkit_has_no_tables() -> None:
    toolkit = folder_of(HOUSE, "toolkit")

    assert not (toolkit / "models.py").exists()
    assert not (toolkit / "migrations").exists()


def test_site_is_a_plain_folder() -> None:
    """Python's own `site` module always wins the name, so ours must not look like a package."""
    assert not (HOUSE / "site/__init__.py").exists()


@pytest.mark.parametrize("folder", [HOUSE, HOUSE / "site"], ids=["root", "site"])
def test_nothing_of_ours_shadows_an_installed_package(folder: Path) -> None:
    """A folder without __init__.py cannot: Python prefers any real package of that name."""
    ours = {file.stem for file in folder.glob("*.py")} | {file.parent.name for file in folder.glob("*/__init__.py")}
    theirs = packages_distributions().keys() | sys.stdlib_module_names

    assert ours & theirs == set()


def _ignored(name: str) -> bool:
    """Whether git would leave this path out, by our own .gitignore alone."""
    answer = subprocess.run(
        ["git", "-c", "core.excludesFile=", "check-ignore", "--quiet", "--no-index", name],
        cwd=HOUSE,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
        check=False,
    )
    assert answer.returncode in (0, 1), f"git check-ignore ended with {answer.returncode}"
    return answer.returncode == 0


@pytest.mark.skipif(not (HOUSE / ".git").exists(), reason="not a git clone")
@pytest.mark.parametrize(
    ("names", "ignored"),
    [
        (["site", "site/config/urls.py", "site/static/css/site.css", "site/templates/base.html"], False),
        (["media", "media/models.py", "media/templates/media/film.html", "content/courses/x.md"], False),
        (["var/uploads/picture.png", "var/private/certificate.pdf", "var/learning-together.sqlite3"], True),
    ],
    ids=["site is kept", "media is kept", "var is left out"],
)
def test_git_keeps_our_rooms_and_leaves_uploads_out(names: list[str], ignored: bool) -> None:
    assert {name: _ignored(name) for name in names} == dict.fromkeys(names, ignored)
