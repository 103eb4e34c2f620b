"""What a search costs over 5,000 documents: the time from a question to its page, half and 95 of a hundred.

Run on the database of DATABASE_URL, a throw-away one: it is filled with made documents, whose words are those of the
real content, common ones as often as there. `make bench` runs it after the pages; printed as JSON.
"""

import json
import os
import sys
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any

DOCUMENTS = int(os.environ.get("DOCUMENTS") or 5_000)
QUESTIONS = int(os.environ.get("QUESTIONS") or 250)
WORDS_EACH, WARM_UP = 220, 10


def main() -> None:
    """Fill, ask, and print the figures in milliseconds of wall time, on one process that nobody else asks."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    chance = Random("search")  # noqa: S311  a draw, not a secret
    words, often = vocabulary()
    count = fill(chance, words, often)
    print(json.dumps({"documents": count, "questions": QUESTIONS, **asked(chance, words, often)}))


def vocabulary() -> tuple[list[str], list[int]]:
    """Every word of the content, and how many entries it stands in."""
    from django.db.models import Count

    from search.models import Word

    rows = Word.objects.filter(language="en").annotate(count=Count("postings")).order_by("word")
    return [row.word for row in rows], [row.count for row in rows]


def fill(chance: Random, words: list[str], often: list[int]) -> int:
    """Make as many documents as are missing; how many there are then."""
    from search.choices import Kind
    from search.entries import Draft
    from search.indexing import write
    from search.models import Entry
    from search.passages import Passage

    for number in range(Entry.objects.count(), DOCUMENTS):
        text = " ".join(chance.choices(words, often, k=WORDS_EACH))
        title = " ".join(chance.choices(words, often, k=4))
        write(f"made:{number}", Draft(Kind.TERM, f"made-{number}", "en", title, passages=[Passage(text)]))
    return Entry.objects.count()


def asked(chance: Random, words: list[str], often: list[int]) -> dict[str, Any]:
    """Ask questions of one to three words, every fifth with a slip, through the whole site but for the network."""
    from django.test import Client

    client, times = Client(), []
    for number in range(QUESTIONS + WARM_UP):
        question = chance.choices(words, often, k=chance.randint(1, 3))
        if number % 5 == 0:
            question[0] = slipped(chance, question[0])
        started_at = perf_counter()
        response = client.get("/search/", {"q": " ".join(question)}, secure=True)
        times.append(1000 * (perf_counter() - started_at))
        if response.status_code != 200:
            sys.exit(f"The search for {question} answered {response.status_code}.")
    measured = quantiles(times[WARM_UP:], n=20)
    return {"median_ms": round(measured[9], 1), "p95_ms": round(measured[18], 1)}


def slipped(chance: Random, word: str) -> str:
    """The word with two letters changed round."""
    place = chance.randrange(max(1, len(word) - 1))
    return word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :]


if __name__ == "__main__":
    main()
