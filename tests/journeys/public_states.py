"""What anybody may open, in every state: part of what tests/journeys/test_accessibility.py walks."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import follow
from tests.journeys.ways import State, all_unfolded, at, at_module, menu_open, pressing
from tests.media.footage import is_at_hand

EXEMPT_PUBLIC_PAGES = {
    "briefing_feed": "a feed; checked in tests/briefings/test_feeds.py",
    "briefing_pdf": "a file; checked as PDF/UA in tests/briefings/test_paper.py",
    "film_captions": "a text for the player; checked in tests/media/test_showing.py",
    "film_card": "a picture; decoration",
    "fact_check_captions": "a text for the player; checked in tests/publishing/test_fact_checks.py",
    "fact_check_film": "a film; what is around it is checked with its draft",
    "film_file": "a film; what is around it is checked with its page",
    "film_report": "answers POST only, to the page's script",
    "uploaded_picture": "a picture; its alternative text is checked with its page",
    "try_sign_in": "leads to the dashboard",
    "wagtailcore_authenticate_with_password": "no page has a password of its own",
}


def at_draft(page: Page) -> None:
    page.goto(page.draft_link)


def at_draft_without_answer(page: Page) -> None:
    at_draft(page)
    page.get_by_role("button", name="Send my answer").click()
    page.locator(".error-summary").wait_for()


def word_opened(page: Page) -> None:
    page.goto("/briefings/past-review/")
    page.locator("button.term").first.click()
    page.locator(".meaning:popover-open").wait_for()


def at_many_checks(page: Page) -> None:
    for _check in range(61):
        page.request.get("/verify/NONE/")
    page.goto("/verify/NONE/")


def rating(*chosen: int | None) -> Callable[[Page], Any]:
    """Try the decision, rating it so; None leaves a rating out."""

    def come(page: Page) -> None:
        page.goto("/ninety-seconds/")
        for number in chosen:
            if number is not None:
                page.get_by_role("radio", name=str(number), exact=True).check()
            with page.expect_navigation():  # the address stays the same from the second step on
                page.get_by_role("main").get_by_role("button").click()

    return come


def at_letter(page: Page) -> None:
    page.goto("/try/mail/")
    invitation = page.locator("article", has_text="You are invited").last
    follow(page, invitation.get_by_role("link", name="See it as a mail program shows it"))


def at_film(*, suffix: str = "") -> Callable[[Page], Any]:
    """A film browsers play, loaded by the fixture `films`."""

    def come(page: Page) -> None:
        page.goto(f"/films/second-look/{suffix}")

    return come


def at_playing_film(page: Page) -> None:
    """Playing at its second chapter, captions shown, keys unfolded, words searched for."""
    if not is_at_hand():
        pytest.skip("the shared material is not on this machine, and no film plays without it")
    page.goto("/films/second-look/?t=21")
    page.get_by_role("button", name="Captions").click()
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").wait_for()
    page.locator(".keys summary").click()
    page.get_by_role("searchbox").fill("kettle")


PUBLIC_STATES = [
    State("wagtail_serve", "front page", "", at("/"), "Not who went wrong"),
    State("wagtail_serve", "front page in Welsh", "", at("/cy/"), ""),
    State("wagtail_serve", "front page, signed in", "amina", at("/"), "Not who went wrong"),
    State("wagtail_serve", "front page, menu open", "", menu_open("/"), "Not who went wrong"),
    State("wagtail_serve", "course", "", at("/foundation/"), "Learning Together"),
    State("wagtail_serve", "module", "", at_module, "Why case reviews needed another way"),
    State("wagtail_serve", "shelf of briefings", "", at("/briefings/"), "At a Glance"),
    State("wagtail_serve", "shelf of briefings, narrowed", "", at("/briefings/?audience=boards"), "At a Glance"),
    State("wagtail_serve", "shelf of briefings, nothing left", "", at("/briefings/?topic=law"), "At a Glance"),
    State("wagtail_serve", "briefing", "", all_unfolded("/briefings/thirteen-hundred/"), "Handovers in thirteen"),
    State("wagtail_serve", "briefing, replaced", "", at("/briefings/handovers/"), "What a handover carries"),
    State("wagtail_serve", "briefing, past its review", "", at("/briefings/past-review/"), "Handovers at the weekend"),
    State("wagtail_serve", "briefing, a word opened", "", word_opened, "Handovers at the weekend"),
    State(
        "wagtail_serve", "briefing, as editor", "dev", at("/briefings/handovers-again/"), "Handovers, looked at again"
    ),
    State("wagtail_serve", "shelf of stories", "", at("/stories/"), "Good practice"),
    State("wagtail_serve", "story", "", at("/stories/the-second-call/"), "The second call"),
    State("wagtail_serve", "shelf of reports", "", at("/reports/"), "Reports"),
    State("wagtail_serve", "report", "", all_unfolded("/reports/a-short-sample/"), "A short sample"),
    State("wagtail_serve", "resources on the model", "", all_unfolded("/resources/"), "Resources on the model"),
    State("wagtail_serve", "for directors", "", at("/for-directors/"), "For directors and boards"),
    State("wagtail_serve", "nothing there", "", at("/no-such-page/"), ""),
    State("wagtail_serve", "films", "", at("/films/"), "Watch it happen"),
    State("wagtail_serve", "films, narrowed to none", "", at("/films/?topic=families"), "Watch it happen"),
    State("wagtail_serve", "films in Welsh", "", at("/cy/films/"), "Gwyliwch"),
    State("wagtail_serve", "films, one left half-way", "ceri", at("/films/"), "Watch it happen"),
    State("wagtail_serve", "film", "", at_film(), "A second look", in_player=True),
    State("wagtail_serve", "film at a moment", "", at_film(suffix="?t=21"), "A second look", in_player=True),
    State("wagtail_serve", "film, words not found", "", at_film(suffix="?q=giraffe"), "A second look", in_player=True),
    State("wagtail_serve", "film, playing", "amina", at_playing_film, "A second look", in_player=True),
    State("wagtail_serve", "film of another host", "", at("/films/elsewhere/"), "A talk elsewhere", in_player=True),
    State("wagtail_serve", "privacy", "", at("/privacy/"), "Privacy"),
    State("wagtail_serve", "cookies", "", at("/cookies/"), "Cookies"),
    State("wagtail_serve", "accessibility statement", "", at("/accessibility/"), "Accessibility statement"),
    State("wagtail_serve", "contact", "", at("/contact/"), "Contact"),
    State("wagtail_serve", "report a concern", "", at("/report-a-concern/"), "Report a concern"),
    State("fact_check", "open", "", at_draft, "What went wrong"),
    State("fact_check", "refused", "", at_draft_without_answer, "What went wrong"),
    State("concern_send", "refused", "", pressing("/report-a-concern/", "Send it"), "Report a concern"),
    State("concern_sent", "told", "", at("/report-a-concern/sent/"), "Your concern is on its way"),
    State("briefing", "withdrawn", "", at("/briefings/93/"), "Briefing 93 is no longer published"),
    State("briefing_team_pack", "for a meeting", "", at("/briefings/96/team/"), "Handovers in thirteen"),
    State("glossary", "from A to Z", "", at("/glossary/"), "What the words mean here"),
    State("glossary", "in Welsh", "", at("/cy/glossary/"), ""),
    State("glossary_term", "a word", "", at("/glossary/sample-handover/"), "Handover"),
    State("glossary_term", "a word not in Welsh yet", "", at("/cy/glossary/sample-handover/"), "Handover"),
    State("reading", "unfolded", "", all_unfolded("/reading/"), "What we read"),
    State("verify", "empty", "", at("/verify/"), "Check a certificate"),
    State("verify", "refused", "", at("/verify/?code="), "Check a certificate"),
    State("verify_code", "unknown", "", at("/verify/0000-0000-0000-0000-0000/"), "No certificate has this code"),
    State("wagtail_serve", "a decision to rate", "", at("/ninety-seconds/"), "Rate one decision, twice"),
    State("ninety_seconds", "refused", "", rating(None), "Rate one decision, twice"),
    State("ninety_seconds", "the ending", "", rating(7), "How it ended"),
    State("ninety_seconds", "the ending, refused", "", rating(7, None), "How it ended"),
    State("ninety_seconds", "a shift", "", rating(7, 3), "You moved from 7 down to 3"),
    State("ninety_seconds", "no shift", "", rating(5, 5), "You stayed at 5"),
    State("search", "not asked yet", "", at("/search/"), "Find a word"),
    State("search", "refused", "", at("/search/?q=the"), "Find a word"),
    State("search", "answers", "", at("/search/?q=hindsight"), "answers for"),
    State("search", "answers for a learner", "amina", at("/search/?q=same+lesson"), "answers for"),
    State("search", "one kind", "", at("/search/?q=review&kind=term"), "answers for"),
    State("search", "a moment of a film", "", at("/search/?q=red+bus"), "for"),
    State("search", "a slip mended", "", at("/search/?q=chronolgy"), "for"),
    State("search", "nothing found", "", at("/search/?q=giraffe"), "No answer for"),
    State("search", "nothing of this kind", "", at("/search/?q=hindsight&kind=report"), ""),
    State("try", "cast", "", at("/try/"), "Try the site"),
    State("try_letter", "a letter", "", at_letter, "You are invited"),
    State("try_components", "every component", "", at("/try/components/"), "Every component in every state"),
    State("try_mail", "letters", "", at("/try/mail/"), "Mail sent"),
    State("verify_code", "too many", "", at_many_checks, "Too many checks at once"),
]
