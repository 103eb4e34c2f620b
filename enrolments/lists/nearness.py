"""Who on a list may be somebody known under another spelling. Pure.

Everybody is put under a few keys, so that only those who share a key are compared (rapidfuzz judges): the time grows
with the list and not with its square. Two names one slip apart share what is left when one letter is taken out of each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein
from toolkit.folding import fold

SHORTEST = 6  # letters of a name in which a slip may be forgiven
LONGEST = 60  # of a name that is compared slip by slip; longer ones must be the same
UNDER_ONE_KEY = 4  # people compared for each key
OPTIONS = 3  # shown for one line
OFTEN = 3  # times a domain must be used to be no slip of the pen

COMMON_DOMAINS = frozenset(
    {
        *("gmail.com", "googlemail.com", "mail.com", "ymail.com", "email.com", "outlook.com", "outlook.co.uk"),
        *("hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com"),
        *("mac.com", "msn.com", "aol.com", "gmx.com", "btinternet.com", "sky.com", "protonmail.com", "proton.me"),
        *("nhs.net", "nhs.scot", "gov.wales"),
    }
)
COMMON_ENDINGS = frozenset(
    {
        *("nhs.uk", "nhs.net", "nhs.scot", "gov.uk", "gov.wales", "gov.scot"),
        *("police.uk", "ac.uk", "sch.uk", "org.uk", "co.uk"),
    }
)


@dataclass(frozen=True)
class Known:
    """Somebody a line may mean: a member of the organisation, or an earlier line of the same file."""

    address: str
    name: str
    line: int = 0  # 0: a member


@dataclass(frozen=True)
class Near:
    """Why a line may mean somebody: the code of a sentence, and whom."""

    why: str  # name, address, domain
    known: Known


def folded_name(name: str) -> str:
    """The parts of a name in small letters without accents, in order of the alphabet: “Jones, Siân” is “jones sian”."""
    kept = "".join(one if one.isalnum() else " " for one in fold(name) if one != "'")
    return " ".join(sorted(kept.split()))


def is_slip(one: str, other: str, *, slips: int = 1) -> bool:
    """Whether two texts are at most so many slips apart; another number is another thing, no slip."""
    digits = [[letter for letter in text if letter.isdigit()] for text in (one, other)]
    return digits[0] == digits[1] and DamerauLevenshtein.distance(one, other, score_cutoff=slips) <= slips


class Acquaintance:
    """Everybody met so far, found again by nearly the same name or address."""

    def __init__(self, domains: "Counter[str]") -> None:
        self._domains = domains
        self._own = [domain for domain, count in domains.items() if count >= OFTEN]
        self._people: list[Known] = []
        self._by_key: dict[int, tuple[int, ...]] = defaultdict(tuple)
        self._meant: dict[str, str] = {}

    def meet(self, known: Known) -> None:
        """Remember somebody."""
        self._people.append(known)
        place = len(self._people) - 1
        for key in _keys(known):
            if len(self._by_key[key]) < UNDER_ONE_KEY:
                self._by_key[key] += (place,)

    def near(self, address: str, name: str) -> list[Near]:
        """Whom somebody with this name and address may be; nobody twice, addresses first."""
        asked = Known(address, name)
        places = sorted({place for key in _keys(asked) for place in self._by_key.get(key, ())})
        found = [Near(why, one) for one in (self._people[place] for place in places) if (why := self._why(asked, one))]
        found.sort(key=lambda near: near.why)
        if not any(near.why == "address" for near in found) and (meant := self.domain_meant(address)):
            found.insert(0, Near("domain", Known(f"{address.rpartition('@')[0]}@{meant}", name)))
        return found[:OPTIONS]

    def _why(self, asked: Known, other: Known) -> str:
        if asked.address == other.address:
            return ""
        if self._is_near_address(asked.address, other.address):
            return "address"
        return "name" if is_near_name(asked.name, other.name) else ""

    def _is_near_address(self, one: str, other: str) -> bool:
        (name, _at, domain), (other_name, _at, other_domain) = one.rpartition("@"), other.rpartition("@")
        if domain == other_domain:
            return sorted(name) == sorted(other_name) and is_slip(name, other_name)
        both_used = all(self._is_used(one) for one in (domain, other_domain))
        return name == other_name and not both_used and is_slip(domain, other_domain, slips=2)

    def _is_used(self, domain: str) -> bool:
        return domain in COMMON_DOMAINS or self._domains[domain] >= OFTEN

    def domain_meant(self, address: str) -> str:
        """The domain that was nearly written; empty if it looks right."""
        domain = address.rpartition("@")[2]
        if domain not in self._meant:
            self._meant[domain] = "" if self._is_used(domain) else self._nearest(domain)
        return self._meant[domain]

    def _nearest(self, domain: str) -> str:
        whole = [one for one in (*self._own, *sorted(COMMON_DOMAINS)) if len(one) > 6 and is_slip(domain, one)]
        if whole:
            return whole[0]
        *before, last, end = ["", *domain.split(".")][-50:] if domain.count(".") else ["", "", ""]
        ending = f"{last}.{end}"
        if not last or not any(before) or ending in COMMON_ENDINGS:
            return ""
        meant = [one for one in sorted(COMMON_ENDINGS) if len(one) > 5 and is_slip(ending, one)]
        return ".".join([*filter(None, before), meant[0]]) if meant else ""


def is_near_name(one: str, other: str) -> bool:
    """One slip apart, or one has a middle name more; whatever the order, accents and capitals."""
    first, second = folded_name(one), folded_name(other)
    if not first or not second:
        return False
    shorter, longer = sorted((set(first.split()), set(second.split())), key=len)
    if len(shorter) > 1 and shorter <= longer and len(longer) - len(shorter) <= 2:
        return True
    return first == second or (min(len(first), len(second)) >= SHORTEST and is_slip(first, second))


def _keys(known: Known) -> Iterator[int]:
    """Numbers instead of texts: there are many. Two texts with one number are told apart by the judge."""
    name = folded_name(known.name)
    yield hash(("name", name))
    if SHORTEST <= len(name) <= LONGEST:
        for place in range(len(name)):
            yield hash(("name", name[:place] + name[place + 1 :]))
    parts = [part for part in folded_name(known.name).split() if len(part) > 2]
    if len(parts) > 1:
        ends = sorted(folded_name(part) for part in _ends(known.name))
        yield hash(("ends", *ends))
    local, _at, domain = known.address.rpartition("@")
    yield hash(("local", local))
    yield hash(("letters", "".join(sorted(local)), domain))


def _ends(name: str) -> tuple[str, str]:
    """The first and the last part of a name; “Jones, Siân Mair” begins with Siân."""
    last, comma, first = name.partition(",")
    parts = f"{first} {last}".split() if comma else name.split()
    return (parts[0], parts[-1]) if parts else ("", "")


def domains_of(addresses: Iterable[str]) -> "Counter[str]":
    """How often each domain is used."""
    return Counter(address.rpartition("@")[2] for address in addresses)
