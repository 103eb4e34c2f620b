"""The rules an attempt may stand under, one set a line: what is said of each, and what its answers earn.

Crossed with every registered item type by test_every_type_under_every_rule.py. Points are written down here rather than
computed, as multiples of what an item is worth.
"""

from dataclasses import dataclass
from fractions import Fraction

from assessments.assessment_rules import AssessmentPart, AssessmentRules
from assessments.choices import Moment, Reveal

HINT = "Look at what is certain."
# One matrix for all, so that every story meets every column of it: each shows more than the one before.
REVIEW = {
    Moment.JUST_AFTER: frozenset({Reveal.RESPONSE, Reveal.CORRECTNESS}),
    Moment.WHILE_OPEN: frozenset(Reveal) - {Reveal.RIGHT_ANSWER},
}


@dataclass(frozen=True)
class Earns:
    """What one answer earns. The learner is very sure of what is right, and fairly sure of what is wrong."""

    at_once: Fraction = Fraction(1)  # right, at the first try
    right: Fraction = Fraction(1)  # right, after a wrong try where another may be given
    wrong: Fraction = Fraction(0)
    won: Fraction = Fraction(1)  # the wrong one, once the key is mended and says that it is right
    lost: Fraction = Fraction(0)  # the right one, once the key is mended and says that it is wrong
    most: Fraction = Fraction(1)


MARKS = Earns(*(Fraction(points) for points in (3, 3, -2, 2, -6, 3)))


@dataclass(frozen=True)
class RuleSet:
    """Rules, and words that stand on a page because of them."""

    own: AssessmentRules
    start: str  # on the page before the start
    question: str = ""  # beside a question that is judged without a person
    part: str = ""  # where the kind's own questions stand
    earns: Earns = Earns()
    minutes: int | None = None  # to hand in; here nobody does, and the server closes the attempt

    @property
    def rules(self) -> AssessmentRules:
        return AssessmentRules(**{**vars(self.own), "review": REVIEW})


_PARTS = (
    AssessmentPart({"en": "The ideas"}, {"en": "First the ideas."}),
    AssessmentPart({"en": "An extract"}, {"en": "Now an extract."}),
)
_AT_ONCE = "You can check each answer before you hand in. Once checked, it stays as it is."
_MARKED = "You say how sure you are of each answer, and points hang on it."
_ONWARD = "You answer the questions in order, and cannot go back to an earlier one."
_CHECK, _SURE, _AT_STAKE = "Check my answer", "How sure are you?", "Very sure: 3 if it fits, minus 6 if not"

RULE_SETS = {
    "deferred": RuleSet(AssessmentRules(), "nothing is judged until you hand in"),
    "in the order written": RuleSet(AssessmentRules(is_shuffled=False), "nothing is judged until you hand in"),
    "immediate": RuleSet(AssessmentRules(feedback="immediate"), _AT_ONCE, _CHECK),
    "tries with hints and a penalty": RuleSet(
        AssessmentRules(feedback="tries", tries=3, penalty=Fraction(1, 3)),
        "answer a question up to 3 times; the last one counts. Each further try costs 1/3 of its points.",
        _CHECK,
        earns=Earns(right=Fraction(2, 3)),
    ),
    "certainty asked": RuleSet(AssessmentRules(certainty="asked"), "No points hang on it.", _SURE),
    "certainty marked": RuleSet(AssessmentRules(certainty="marked"), _MARKED, _AT_STAKE, earns=MARKS),
    "certainty marked and told at once": RuleSet(
        AssessmentRules(certainty="marked", feedback="immediate"), _MARKED, _AT_STAKE, earns=MARKS
    ),
    "forward only": RuleSet(AssessmentRules(is_forward_only=True), _ONWARD),
    "forward only and told at once": RuleSet(
        AssessmentRules(is_forward_only=True, feedback="immediate"), _ONWARD, _CHECK
    ),
    "parts": RuleSet(AssessmentRules(parts=_PARTS), "Part 2, “An extract”: ", part="Part 2 of 2: An extract"),
    "parts, forward only": RuleSet(
        AssessmentRules(parts=_PARTS, is_forward_only=True), _ONWARD, part="Part 2 of 2: An extract"
    ),
    "a time limit": RuleSet(AssessmentRules(), "30 minutes", minutes=30),
}
QUICK = {"tries with hints and a penalty", "certainty marked and told at once", "parts, forward only"}
