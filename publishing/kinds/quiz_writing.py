"""The way back of `quiz_files`: a quiz and its questions as fields, and what of them no file can say."""

from typing import Any

from django.conf import settings
from django.db.models import F

from assessments.models import Assessment
from publishing.yaml_writing import day

from .base import Notes, Parsed
from .item_parts import written_parts, written_texts
from .item_shelf import written_shelf
from .quiz_parts import written_drawn
from .quiz_rules import written_rules


def can_go(assessment: Assessment, notes: Notes) -> bool:
    """Whether a file can say where it is drawn from; why not, if not."""
    title = assessment.titles.get("en", assessment.uuid)
    same = Assessment.objects.filter(own_pass_share__isnull=not assessment.is_optional)
    beside = same.filter(activity__module=assessment.activity.module).count()
    if assessment.activity.module is None:
        notes.hindered.append(f"The assessment “{title}” belongs to no module, and a package has no place for it.")
    elif beside > 1:
        notes.hindered.append(f"The module of “{title}” has {beside} assessments, and a package holds one for each.")
    if not assessment.bank.is_open:
        said = f"The package holds the keys of the private bank “{assessment.bank.key}”. Keep it where keys are kept."
        notes.warned.append(said)
    return True


def tell_newer_drafts(items: Any, notes: Notes) -> None:
    """Note how many live questions have a newer version that is not live; a file holds one version."""
    if count := items.filter(current__isnull=False, versions__number__gt=F("current__number")).distinct().count():
        notes.left_out.append(f"Newer drafts of live questions: {count}.")
    if count := items.filter(retired_at__isnull=False, current__learning_outcome__retired_at__isnull=False).count():
        notes.left_out.append(f"Questions that were retired with their learning outcome: {count}.")


def written_assessment(thing: Parsed) -> dict[str, Any]:
    """A quiz's fields. Pure."""
    state = thing.state
    bank = {"key": state["bank"]["key"], "open": state["bank"]["is_open"], **_in_order(state["bank"]["texts"])}
    fields = {"uuid": thing.key, "position": state["position"], **_own_rules(state), **written_rules(state)}
    fields |= {"bank": bank, **written_drawn(state)}
    return {**fields, **_in_order(state["texts"])}


def _own_rules(state: dict[str, Any]) -> dict[str, Any]:
    return {name: state[name] for name in ("pass_share", "names_hidden", "shows_cohort") if name in state}


def written_item(thing: Parsed) -> dict[str, Any]:
    """A question's fields; its choices in their own order, which is kept nowhere but in that of the file."""
    state = thing.state
    return {
        "uuid": thing.key,
        "kind": state["kind"],
        "outcome": state["outcome"],
        **written_shelf(state),
        **written_parts(state),
        "drafted_by": state["drafted_by"],
        "drafted_on": day(state["drafted_on"]),
        "checked_by": state["checked_by"] or None,
        "checked_on": day(state["checked_on"]),
        "sources": state["sources"],
        **{code: written_texts(texts, state) for code, texts in _in_order(state["texts"]).items()},
    }


def _in_order(texts: dict[str, Any]) -> dict[str, Any]:
    """By language, in the site's order."""
    known = [code for code, _name in settings.LANGUAGES]
    return {code: texts[code] for code in [*known, *sorted(set(texts) - set(known))] if code in texts}
