"""What a changed word is besides a word: a number, a date, a name, a negation, a duty (decision 42).

Every list errs on the side of a second reader. Welsh words are listed once and known in all their mutations.
"""

import unicodedata
from collections.abc import Callable, Iterable, Set
from functools import cache

from .tokens import APOSTROPHES, HYPHENS, Token

SIGNS_OF_NUMBERS = "%‰°§#"
DASHES = "-‐‑‒–—−"

NUMBERS = """zero nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
million millions billion first second third fourth fifth sixth seventh eighth ninth tenth once twice thrice half halves
quarter quarters thirds double doubled treble triple single dozen dozens couple pair both several few fewer most many
more less least majority minority percent percentage"""
DATES = """january february april june july august september october november december monday tuesday wednesday
thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays today yesterday tomorrow
tonight noon midnight day days week weeks weekend fortnight month months year years hour hours minute minutes daily
weekly fortnightly monthly quarterly yearly annual annually before after until within"""
NEGATIONS = """no not never none nobody noone nothing nowhere neither nor without cannot nay hardly barely scarcely
rarely seldom unless except excluding exclude excludes lack lacks lacked lacking fail fails failed failing failure
absent absence deny denies denied longer ain't cant wont dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt
shouldnt wouldnt couldnt mustnt neednt shant"""
DUTIES = """must shall should ought may might required requires require mandatory obliged optional allowed forbidden
prohibited permitted only all every each any some always sometimes usually often"""

WELSH_NUMBERS = """sero un dau dwy tri tair pedwar pedair pump pum chwech chwe saith wyth naw deg deng deuddeg deuddeng
pymtheg deunaw ugain deugain trigain hanner cant can mil miliwn cyntaf ail trydydd trydedd pedwerydd pedwaredd pumed
chweched seithfed wythfed nawfed degfed unwaith dwywaith teirgwaith chwarter traean dwsin pâr mwy llai mwyaf lleiaf
llawer ychydig sawl"""
WELSH_DATES = """ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr llun mercher
iau gwener sadwrn sul heddiw ddoe yfory heno dydd dyddiau diwrnod wythnos wythnosau pythefnos mis misoedd blwyddyn
blynedd blynyddoedd awr oriau munud munudau dyddiol wythnosol misol blynyddol cyn wedi ar nes"""
WELSH_NEGATIONS = """ni nid na nad nac nis nas nage naddo dim heb neb byth erioed oni onid peidio peidiwch paid peidied
methu methodd amhosibl amhosib dydy dydi dyw dydyn dydych dydw does doedd doedden doeddwn doeddech oes prin anaml"""
WELSH_DUTIES = """rhaid gorfod dylai dylid dylech dylem dylen dylent caiff cânt cewch cawn gellir gall gallai dim-ond
yn-unig pob holl bob bawb pawb rhai weithiau fel-arfer gofynnol"""

OPPOSING = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "an", "di", "am", "af", "ang")
ORDINARY = """a an the this that these those it its they he she we you his her their our your there here when where what
who which why how if as at by for from in into of on or and but so to with then while because although though is are was
were be been has have had do does did can will would could some any other another each such also however therefore i i'm
i've i'll i'd y yr mae roedd bydd dyma dyna pan os ond ac gan gyda mewn am"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SOFT = {"ll": "l", "rh": "r", "p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f"}
_NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
_BREATHED = {"p": "ph", "t": "th", "c": "ch"}


def mutations(word: str) -> set[str]:
    """A Welsh word in each form it takes after another."""
    found = {word} | ({f"h{word}"} if word[0] in "aeiouwy" else set())
    for table in (_SOFT, _NASAL, _BREATHED):
        start = next((one for one in table if word.startswith(one) and not _is_one_letter(word, one)), None)
        if start is not None:
            found.add(table[start] + word[len(start) :])
    return found


def _is_one_letter(word: str, start: str) -> bool:
    """Whether the word begins with a letter of two signs that does not change: ch, dd, ff, ng, ph, th."""
    return len(start) == 1 and word[:2] in ("ch", "dd", "ff", "ng", "ph", "th", "ll", "rh")


def _welsh(words: str) -> frozenset[str]:
    return frozenset(form for word in words.split() for form in mutations(word))


LISTS = {
    "number": {"en": _set(NUMBERS), "cy": _welsh(WELSH_NUMBERS)},
    "date": {"en": _set(DATES), "cy": _welsh(WELSH_DATES)},
    "negation": {"en": _set(NEGATIONS), "cy": _welsh(WELSH_NEGATIONS)},
    "duty": {"en": _set(DUTIES), "cy": _welsh(WELSH_DUTIES)},
}
ORDINARY_WORDS = _set(ORDINARY)


@cache
def seen(raw: str) -> str:
    """A word as a reader sees it: in small letters, compatible forms folded, what nobody sees taken out."""
    folded = unicodedata.normalize("NFKC", raw).casefold()
    shown = "".join(one for one in folded if unicodedata.category(one)[0] != "C")
    for one in APOSTROPHES:
        shown = shown.replace(one, "'")
    for one in HYPHENS:
        shown = shown.replace(one, "-")
    return shown


def parts(raw: str) -> set[str]:
    """The word, and what its hyphens join: "two-year" is "two" as well."""
    word = seen(raw)
    return {word, *word.split("-"), *word.replace("'s", "").split("-")}


def is_listed(kind: str, token: Token, language: str) -> bool:
    words = LISTS[kind]["en"] | LISTS[kind]["cy"] if language == "cy" else LISTS[kind]["en"]
    return not parts(token.raw).isdisjoint(words)


def is_number(token: Token, language: str) -> bool:
    raw = unicodedata.normalize("NFKC", token.raw)
    if any(unicodedata.category(one)[0] == "N" or one in SIGNS_OF_NUMBERS for one in raw + token.raw):
        return True
    is_sign = any(unicodedata.category(one) in ("Sc", "Sm") for one in raw)
    return is_sign or (token.touches and raw in DASHES) or is_listed("number", token, language)


def is_negation(token: Token, language: str) -> bool:
    word = seen(token.raw)
    ends = word.endswith(("n't", "less")) or word.startswith("non-")
    return ends or is_listed("negation", token, language)


def has_capital(token: Token) -> bool:
    return any(one.isupper() or one.istitle() for one in token.raw)


def is_name(token: Token, ordinary: Set[str]) -> bool:
    """A capital letter; at the start of a sentence everything has one, so ordinary words are none there."""
    if not has_capital(token) or seen(token.raw) in ("i", "i'm", "i've", "i'll", "i'd"):
        return False
    return not token.starts or seen(token.raw) not in ordinary


def is_foreign(token: Token) -> bool:
    """A letter of another alphabet, which may look like one of ours."""
    return any(one.isalpha() and "LATIN" not in unicodedata.name(one, "") for one in token.raw)


def is_hidden(token: Token) -> bool:
    """Something nobody sees, or which turns round what is read."""
    return any(unicodedata.category(one)[0] == "C" for one in token.raw)


def are_opposed(before: Iterable[Token], after: Iterable[Token]) -> bool:
    """Whether a word stands against itself: "safe" and "unsafe"."""
    ones, others = ({seen(token.raw) for token in tokens} for tokens in (before, after))
    return any(_opposes(one, other) or _opposes(other, one) for one in ones for other in others)


def _opposes(word: str, other: str) -> bool:
    return len(word) > 2 and any(other in (f"{start}{word}", f"{start}-{word}") for start in OPPOSING)


# The weightiest first: of several, an editor is told one.
SIGNS: dict[str, Callable[[Token, str], bool]] = {
    "negation": is_negation,
    "number": is_number,
    "date": lambda token, language: is_listed("date", token, language),
    "foreign": lambda token, language: is_foreign(token),
    "hidden": lambda token, language: is_hidden(token),
    "duty": lambda token, language: is_listed("duty", token, language),
}
