"""The rules an assessment brings itself in plain words, as shown before the start. Nothing is said of what is usual."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessments.assessment_rules import AssessmentPart, AssessmentRules
from assessments.choices import CertaintyUse, Counts, Feedback, Moment, Reveal


def share_in_words(share: Fraction) -> str:
    """'1/3' or '25 per cent', whichever is exact and shorter."""
    percent = share * 100
    return _("%(percent)s per cent") % {"percent": percent} if percent.denominator == 1 else str(share)


def questions_in_words(rules: AssessmentRules, by_part: Sequence[int]) -> list[str]:
    """How many questions there are; of an assessment in parts also which parts, and how many in each.

    A part that holds none is left out, and where all stand in one part it is one whole.
    """
    parts = [one for one in zip(rules.parts, by_part, strict=True) if one[1]] if rules.parts else []
    values = {"count": sum(by_part), "parts": len(parts)}
    if len(parts) < 2:
        return [ngettext("%(count)s question.", "%(count)s questions.", values["count"]) % values]
    whole = ngettext(
        "%(count)s question in %(parts)s parts.", "%(count)s questions in %(parts)s parts.", values["count"]
    )
    return [whole % values, *(_part(*one) for one in enumerate(parts, start=1))]


def _part(number: int, part: tuple[AssessmentPart, int]) -> str:
    words, count = part
    values = {"number": number, "title": words.title(get_language() or "en"), "count": count}
    return (
        ngettext(
            "Part %(number)s, “%(title)s”: %(count)s question.",
            "Part %(number)s, “%(title)s”: %(count)s questions.",
            count,
        )
        % values
    )


def own_rules_in_words(rules: AssessmentRules) -> list[str]:
    """One sentence each."""
    sentences = [
        *_feedback(rules),
        _certainty(rules),
        counts_in_words(rules),
        ""
        if not rules.is_forward_only
        else _("You answer the questions in order, and cannot go back to an earlier one."),
        *_review(rules),
    ]
    return [sentence for sentence in sentences if sentence]


def _feedback(rules: AssessmentRules) -> list[str]:
    if rules.feedback == Feedback.IMMEDIATE:
        return [
            _("You can check each answer before you hand in. Once checked, it stays as it is."),
            _("Your answers are saved as you go."),
        ]
    if rules.feedback == Feedback.TRIES:
        return [_tries(rules), _("Your answers are saved as you go.")]
    return [_("Your answers are saved as you go, and nothing is judged until you hand in.")]


def _tries(rules: AssessmentRules) -> str:
    values = {"count": rules.tries, "share": share_in_words(rules.penalty)}
    if not rules.penalty:
        return (
            ngettext(
                "You can check each answer, and answer a question up to %(count)s time; the last one counts.",
                "You can check each answer, and answer a question up to %(count)s times; the last one counts.",
                rules.tries,
            )
            % values
        )
    return (
        ngettext(
            "You can check each answer, and answer a question up to %(count)s time; the last one counts. "
            "Each further try costs %(share)s of its points.",
            "You can check each answer, and answer a question up to %(count)s times; the last one counts. "
            "Each further try costs %(share)s of its points.",
            rules.tries,
        )
        % values
    )


def _certainty(rules: AssessmentRules) -> str:
    if rules.certainty == CertaintyUse.ASKED:
        return _("You are asked how sure you are of each answer. No points hang on it.")
    if rules.certainty == CertaintyUse.MARKED:
        return _(
            "You say how sure you are of each answer, and points hang on it. An answer that fits earns 1, 2 or 3 times "
            "its points; one that does not fit loses nothing, 2 or 6 times its points. The sum can fall below zero."
        )
    return ""


def counts_in_words(rules: AssessmentRules) -> str:
    """Which attempt counts; nothing where the best does."""
    return {
        Counts.LAST: _("If you try more than once, your last attempt counts, even if it is not your best."),
        Counts.FIRST: _("If you try more than once, your first attempt counts."),
        Counts.MEAN: _("If you try more than once, the mean of all your attempts counts."),
    }.get(Counts(rules.counts), "")


def _review(rules: AssessmentRules) -> list[str]:
    """What is not shown at some moment after the hand-in."""
    return [_withheld(rules, moment) for moment in (Moment.JUST_AFTER, Moment.WHILE_OPEN, Moment.AFTER_CLOSE)]


def _withheld(rules: AssessmentRules, moment: Moment) -> str:
    missing = set(Reveal) - rules.shown_at(moment)
    if not missing:
        return ""
    names = "; ".join(str(one.label) for one in Reveal if one in missing)
    sentence = {
        Moment.JUST_AFTER: _("In the first hour after handing in you are not shown: %(names)s."),
        Moment.WHILE_OPEN: _("Later, while the quiz is open, you are not shown: %(names)s."),
        Moment.AFTER_CLOSE: _("After the quiz has closed you are not shown: %(names)s."),
    }[moment]
    return sentence % {"names": names}
