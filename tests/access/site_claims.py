"""Claims for every address outside the desk."""

from tests.access.account_claims import ACCOUNT_PAGES
from tests.access.board_claims import BOARDS
from tests.access.briefing_claims import BRIEFING_CLAIMS
from tests.access.claims import FORM, HOLDERS, POST, SIDES, Claim, Exemption, at, each
from tests.access.draft_claims import DRAFT_CLAIMS
from tests.access.learning_claims import LEARNING
from tests.access.organisation_claims import GIVING, LEADING, LISTS
from tests.access.report_claims import REPORT_CLAIMS
from tests.access.rules import (
    ANYBODY,
    DOOR,
    KEPT_BACK,
    NOBODY,
    READS,
    REPORTS,
    SEES,
)

KEPT = "Pages and papers kept back"

FILMS = [
    Claim(
        "film_file", "Files and captions of a course's films", SEES,
        each(SIDES, lambda w, s: w.film(s).film_file.url),
    ),
    Claim(
        "film_captions", "Files and captions of a course's films", SEES,
        each(SIDES, lambda w, s: f"/film-captions/{w.film(s).film.uuid}/en.vtt"),
    ),
    Claim(
        "film_report", "Reports of what was watched", REPORTS,
        each(SIDES, lambda w, s: f"/film-report/{w.film(s).film.uuid}/"), POST,
        lambda w, s: {"intervals": "[[0, 5]]", "place": "5"},
    ),
    Claim("film_card", "Public pages", ANYBODY, at("/film-card/anything.svg")),
]  # fmt: skip

PUBLIC = [
    Claim("ninety_seconds", "Public pages", ANYBODY, at("/ninety-seconds/answer/"), POST),
    Claim("concern_send", "Public pages", ANYBODY, at("/report-a-concern/send/"), FORM),
    Claim("concern_sent", "Public pages", ANYBODY, at("/report-a-concern/sent/")),
    *BRIEFING_CLAIMS,
    *DRAFT_CLAIMS,
    Claim("search", "Public pages", ANYBODY, each(SIDES, lambda w, s: f"/search/?q=zqlesson{s}zq+jones+zqkept{s}zq")),
    *(
        # A slip of one letter: whoever may open it is shown what was meant, and nobody else.
        Claim("search", "Public pages", ANYBODY, each(SIDES, lambda w, s, kind=kind: f"/search/?q=zq{kind}{s}z"))
        for kind in ("lesson", "film", "kept")
    ),
    Claim("verify", "Check page", ANYBODY, at("/verify/")),
    Claim("verify_code", "Check page", ANYBODY, each(HOLDERS, lambda w, s: f"/verify/{w.credentials[s].shown_code}/")),
    Claim("glossary", "Public pages", ANYBODY, at("/glossary/")),
    Claim("glossary_term", "Public pages", ANYBODY, at("/glossary/hindsight/")),
    Claim("reading", "Public pages", ANYBODY, at("/reading/")),
    Claim("uploaded_picture", "Uploads", NOBODY, each(SIDES, lambda w, s: f"/uploads/images/{w.document(s).filename}")),
]

PAGES = [
    *(
        Claim("wagtail_serve", "Public pages", ANYBODY, at(address), FORM)
        for address in ("/", "/foundation/", "/foundation/m1/", "/refresher/m1/", "/films/", "/films/in-the-channel/")
    ),
    *(
        Claim("wagtail_serve", "Public pages", ANYBODY, at(address), FORM)
        for address in ("/briefings/", "/briefings/about-1/", "/stories/", "/stories/a-story/", "/reports/a-report/")
    ),
    Claim(
        "wagtail_serve", "Lessons and films of a course", READS,
        each(SIDES, lambda w, s: w.page(f"own-lesson-{s}").url), FORM,
    ),
    Claim("wagtail_serve", "Lessons and films of a course", READS, each(SIDES, lambda w, s: w.film(s).url), FORM),
    Claim("wagtail_serve", "Drafts", NOBODY, each(SIDES, lambda w, s: f"/briefings/draft-{s}/"), FORM),
    Claim("wagtail_serve", KEPT, KEPT_BACK, each(SIDES, lambda w, s: f"/briefings/kept-{s}/"), FORM),
    Claim(
        "wagtaildocs_serve", KEPT, KEPT_BACK,
        each(SIDES, lambda w, s: f"/documents/{w.document(s).pk}/{w.document(s).filename}"), FORM,
    ),
    *(
        Claim(
            label, KEPT, NOBODY,
            each(
                SIDES,
                lambda w, s: f"/_util/authenticate_with_password/{w.restriction(s).pk}/{w.page(f'draft-{s}').pk}/",
            ),
            FORM, lambda w, s: {"password": "", "return_url": "/"},
        )
        for label in (
            "wagtailcore_authenticate_with_password",
            "_util/authenticate_with_password/<int:restriction_id>/<int:page_id>/",
        )
    ),
    *(
        Claim(
            label, KEPT, NOBODY,
            each(SIDES, lambda w, s: f"/documents/authenticate_with_password/{w.document_restriction(s).pk}/"),
            FORM, lambda w, s: {"password": "", "return_url": "/"},
        )
        for label in (
            "wagtaildocs_authenticate_with_password",
            "documents/authenticate_with_password/<int:restriction_id>/",
        )
    ),
    *(Claim(label, "Account", DOOR, at("/_util/login/"), FORM) for label in ("wagtailcore_login", "_util/login/")),
]  # fmt: skip


DEVELOPMENT = "development only: one click makes anybody anybody there, and config/urls.py leaves it out elsewhere"
EXEMPT = [Exemption(name, DEVELOPMENT) for name in ("try", "try_components", "try_mail", "try_letter", "try_sign_in")]

SITE_CLAIMS = [*ACCOUNT_PAGES, *LEARNING, *GIVING, *LEADING, *BOARDS, *REPORT_CLAIMS, *FILMS, *PUBLIC, *PAGES, *LISTS]
