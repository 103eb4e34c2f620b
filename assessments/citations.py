"""Which quizzes cite which sources, for the public reading list. Says nothing of the questions themselves."""

from collections.abc import Iterable

from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import get_language

from reference.citations import Citing

from .models import Assessment, ItemVersion


def quizzes_citing(request: HttpRequest) -> Iterable[tuple[int, Citing]]:
    """(source's pk, the quiz) for every quiz whose bank holds an item that cites the source."""
    language = get_language() or "en"
    pairs = ItemVersion.objects.filter(
        sources__isnull=False, item__current_id=F("pk"), item__retired_at=None
    ).values_list("sources", "item__bank")
    quizzes = {quiz.bank_id: quiz for quiz in Assessment.objects.all()}
    for source_id, bank_id in set(pairs):
        if quiz := quizzes.get(bank_id):
            tongue = language if language in quiz.titles else "en"
            yield source_id, Citing(quiz.title, "", tongue)
