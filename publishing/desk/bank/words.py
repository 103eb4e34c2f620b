"""The words of a question as boxes at the desk hold them: the Markdown of files, with pictures by their number here."""

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy

from assessments.choice_writing import ChoiceItem, Finding, Option
from assessments.items import Form, Words, picture_values
from assessments.items.words import Json
from assessments.models import ItemVersion
from publishing.faults import Fault
from publishing.item_words import Named, read_words, source_of
from publishing.markdown_writing import CannotSay

_NAME = re.compile(r"picture-(?P<number>\d{1,9})")


def on_this_site(name: str) -> Json | None:
    """The image that a name such as “picture-17” stands for; None where there is none."""
    found = _NAME.fullmatch(name)
    number = int(found["number"]) if found else 0
    return {"image": number} if number and get_image_model().objects.filter(pk=number).exists() else None


def pictures_for(user: Any, before: ItemVersion | None = None) -> Named:
    """What a name in this editor's boxes stands for: what they may choose, or the version before shows already.

    Any other is said not to be there, so that nobody learns of a picture in a collection closed to them.
    """
    shown = {value["image"] for value in picture_values(before.texts)} if before else set()

    def named(name: str) -> Json | None:
        found = on_this_site(name)
        if found is None or found["image"] in shown:
            return found
        return found if choosable(user).filter(pk=found["image"]).exists() else None

    return named


def choosable(user: Any) -> Any:
    """The pictures of the library that an editor may put into a question."""
    return permission_policy.instances_user_has_any_permission_for(user, ["choose"])


def name_on_site(value: Json) -> str:
    return f"picture-{value['image']}"


def as_typed(words: str, form: Form) -> str:
    """What a box holds for these words. Old words that would now read as marks stand there as they are."""
    try:
        return source_of(words, form, name_on_site, on_this_site)
    except CannotSay:
        return str(words)


def as_compared(words: Words) -> str:
    """The same, for two versions laid side by side."""
    return as_typed(words, Form.LINKED if isinstance(words.rich, str) else Form.WHOLE)


def worded(typed: ChoiceItem, named: Named) -> tuple[ChoiceItem, list[Finding]]:
    """The item that boxes say, and what in them cannot be read; `named` says what a picture's name stands for."""
    found: list[Finding] = []

    def read(texts: dict[str, str], part: str, option: int | None, form: Form) -> dict[str, str]:
        return {
            code: _read(words, form, Finding("", part, option, code), found, named) for code, words in texts.items()
        }

    prompts = read(typed.prompts, "prompt", None, Form.WHOLE)
    options = [
        Option(
            one.identifier,
            read(one.texts, "text", place, Form.INLINE),
            read(one.explanations, "explanation", place, Form.LINKED),
            one.is_key,
        )
        for place, one in enumerate(typed.options)
    ]
    return ChoiceItem(typed.kind, prompts, options), found


def _read(words: str, form: Form, where: Finding, found: list[Finding], named: Named) -> str:
    faults: list[Fault] = []
    read = read_words(words, form, faults, named) if words else words
    found += [replace(where, sentence=f"{_place(where)} {one.sentence}") for one in faults]
    return read


def _place(where: Finding) -> str:
    number = {"number": (where.option or 0) + 1}
    if where.part == "prompt":
        return _("The question:")
    return (_("Option %(number)s:") if where.part == "text" else _("The explanation of option %(number)s:")) % number
