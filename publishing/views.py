"""A draft at its private address, for somebody outside who checks the facts in it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from toolkit.limits import within_limit
from toolkit.typed import typed_text

from media.blocks import holds_frames
from media.delivery import send_file
from media.embeds import allow_frames
from media.models import FilmPage
from media.showing import ShownPrivately
from reference.pages import WrittenPage

from .fact_checks import Closed, answer, check_of, is_open, revision_of
from .models import FactCheck

LONGEST = 10_000  # characters
ANSWERS_PER_HOUR = 30
NOTHING = gettext_lazy("Write what is wrong, missing or out of date, or that nothing is.")


class AnswerForm(forms.Form):
    """One box."""

    words = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy(
            "What is wrong, missing or out of date, and where it says so? If all is right, say that."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": NOTHING},
    )

    def clean_words(self) -> str:
        words = typed_text(self.cleaned_data["words"]).strip()
        if not words:
            raise forms.ValidationError(NOTHING)
        return words


@dataclass(frozen=True)
class AroundDraft:
    """What stands around a draft on its private page; base.html asks the request for it."""

    check: FactCheck
    form: AnswerForm
    refusal: str
    above: str = "publishing/_fact_check_above.html"
    below: str = "publishing/_fact_check_below.html"

    @property
    def problems(self) -> list[dict[str, str]]:
        """What the summary of errors says besides the form's own."""
        return [{"href": "#answer", "text": self.refusal}] if self.refusal else []


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fact_check(request: HttpRequest, token: str) -> HttpResponse:
    """The draft, what is asked about it, and the box below it; afterwards the answers sent from here."""
    check = check_of(token)
    if check is None:
        raise Http404
    draft = revision_of(check)
    if draft is None or not is_open(check, timezone.now()):
        return _private(render(request, "publishing/fact_check_closed.html", {"check": check}, status=410))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        try:
            return _keep(request, check, form.cleaned_data["words"])
        except Closed as closed:
            refusal = str(closed)
    if isinstance(draft, FilmPage) and draft.film_file:
        request.shown_privately = _addresses(draft, token)  # type: ignore[attr-defined]
    return _page(request, draft, AroundDraft(check, form, refusal), status=status)


@never_cache
@require_safe
def fact_check_film(request: HttpRequest, token: str, suffix: str) -> HttpResponseBase:
    """The film of a draft, as long as the draft may be read; in parts, as a player asks for it."""
    film_file = _open_film(token).film_file
    if film_file is None or film_file.suffix != suffix:
        raise Http404
    return _private(send_file(request, film_file, is_public=False))


@never_cache
@require_safe
def fact_check_captions(request: HttpRequest, token: str) -> HttpResponse:
    """Its captions as the draft has them."""
    draft = _open_film(token)
    if not draft.captions:
        raise Http404
    return _private(HttpResponse(draft.captions, content_type="text/vtt; charset=utf-8"))


def _open_film(token: str) -> FilmPage:
    """The film a token lets somebody see today. Raises Http404."""
    check = check_of(token)
    draft = revision_of(check) if check and is_open(check, timezone.now()) else None
    if not isinstance(draft, FilmPage):
        raise Http404
    return draft


def _addresses(draft: FilmPage, token: str) -> ShownPrivately:
    suffix = draft.film_file.suffix if draft.film_file else ""
    film = reverse("fact_check_film", args=[token, suffix])
    return ShownPrivately(file=film, captions=reverse("fact_check_captions", args=[token]))


def _keep(request: HttpRequest, check: FactCheck, words: str) -> HttpResponse:
    """Raises Closed."""
    if not within_limit(f"fact-check:{check.uuid}", limit=ANSWERS_PER_HOUR, seconds=3600):
        raise Closed(_("Too many answers came in the last hour. Please try again later; your words are still here."))
    answer(check, words, at=timezone.now())
    return redirect(f"{request.path}#answers")


def _page(request: HttpRequest, draft: WrittenPage, around: AroundDraft, *, status: int) -> HttpResponse:
    """The page as readers would have it, without anything of who is signed in."""
    request.is_preview = True  # type: ignore[attr-defined]
    request.around = around  # type: ignore[attr-defined]
    context: dict[str, Any] = draft.get_context(request)
    response = render(request, draft.get_template(request), context, status=status)
    if getattr(draft, "embed_address", "") or holds_frames(draft.body):
        allow_frames(response)
    return _private(response)


def _private(response: Any) -> Any:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
