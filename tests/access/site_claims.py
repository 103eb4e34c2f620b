"""Claims for every address outside the desk."""

from typing import Any

from assessments.models import Item
from player.models import LearningElsewhere, Note
from player.practising import address_part
from post.unsubscribing import address_for
from tests.access.board_claims import BOARDS
from tests.access.briefing_claims import BRIEFING_CLAIMS
from tests.access.claims import Claim, Exemption, at, each
from tests.access.draft_claims import DRAFT_CLAIMS
from tests.access.names import REFLECTION, open_token, token
from tests.access.report_claims import REPORT_CLAIMS
from tests.access.rules import (
    ANYBODY,
    COUNTS,
    DOOR,
    HOLDER,
    KEPT_BACK,
    LEADS,
    MEETS,
    NOBODY,
    NONE,
    ON_COURSE,
    READS,
    REFUSED,
    REPORTS,
    SEES,
    SIGN_IN,
    SIGNED_IN,
    TRAINS,
    WRITER,
)
from tests.access.trying import WRONG_METHOD
from tests.access.world import World

SIDES = ("a", "b")
KEPT = "Pages and papers kept back"
ELSEWHERE = "People of another organisation"
SITTERS = ("learner_a", "doing_a", "withdrawn_a", "learner_b", "doing_b", "withdrawn_b")
HOLDERS = ("learner_a", "learner_b")
WRITTEN_TO = ("withdrawn_a", "withdrawn_b")
ASKING = ("asker_a", "asker_b")
POST, FORM = ("POST",), ("GET", "POST")


def _activity(kind: str) -> Any:
    """The address of something done with a side's own lesson or film."""

    def address(world: World, side: str) -> str:
        slug = "film" if kind.startswith("film") else "own-lesson"
        page = world.page(f"{slug}-{side}")
        activity = page.activity if slug == "own-lesson" else world.film_activity(side)
        return f"/learn/{activity.uuid}/{kind}"

    return address


def _attempt(rest: str) -> Any:
    return each(SITTERS, lambda world, who: f"/attempt/{world.attempts[who].uuid}/{rest}")


def _practice(world: World, who: str) -> str:
    drawn = address_part(world.attempts[who], [Item.objects.get(bank__key="practice").pk])
    return f"/attempt/{world.attempts[who].uuid}/practice/{drawn}/1/"


def _certificate(rest: str) -> Any:
    return each(HOLDERS, lambda world, who: f"/certificate/{world.credentials[who].uuid}/{rest}")


def _answer(world: World, who: str) -> dict[str, Any]:
    return {"q1": "1", "sequence": "5", "go": "next"}


def _quiz(world: World, side: str) -> str:
    return f"/quiz/{world.courses[side].assessment.uuid}/"


def _letters_link(world: World, who: str) -> str:
    """What a person's own letter leads to when they prove an address."""
    return f"/account/confirm-email/{world.confirmation(who)}/"


def _own_note(world: World, who: str) -> str:
    return f"/my-learning/written/{Note.objects.get(enrolment__learner=world.people[who]).uuid}/"


def _own_elsewhere(world: World, who: str) -> str:
    entry = LearningElsewhere.objects.get(learner=world.people[who])
    return f"/my-learning/record/elsewhere/{entry.uuid}/"


def _asking_for_others(world: World, who: str) -> str:
    """My learning, with the numbers of somebody and of their things as parameters."""
    number, run = world.people[who].pk, world.runs[who]
    return f"/my-learning/?learner={number}&user={number}&person={number}&enrolment={run.pk}&cohort={run.cohort_id}"


def _welsh_paper(world: World, who: str) -> str:
    return f"/cy/certificate/{world.credentials[who].uuid}/pdf/"


def _welsh_result(world: World, who: str) -> str:
    return f"/cy/attempt/{world.attempts[who].uuid}/result/"


ACCOUNT_PAGES = [
    *(
        Claim(f"account_{name}", "Account", rule, at(f"/account/{address}"), FORM)
        for name, rule, address in (
            ("login", ANYBODY, "login/"),
            ("logout", ANYBODY, "logout/"),
            ("signup", ANYBODY, "signup/"),
            ("reauthenticate", SIGNED_IN, "reauthenticate/"),
            ("email", SIGNED_IN, "email/"),
            ("change_password", SIGNED_IN, "password/change/"),
            ("set_password", SIGNED_IN, "password/set/"),
            ("reset_password", ANYBODY, "password/reset/"),
            ("confirm_login_code", ANYBODY, "login/code/confirm/"),
            ("reset_password_from_key", ANYBODY, "password/reset/key/1-nobodys-link/"),
        )
    ),
    *(
        Claim(f"account_{name}", "Account", ANYBODY, at(f"/account/{address}"))
        for name, address in (
            ("inactive", "inactive/"),
            ("email_verification_sent", "confirm-email/"),
            ("reset_password_from_key_done", "password/reset/key/done/"),
            ("reset_password_done", "password/reset/done/"),
        )
    ),
    Claim(
        "stop_letters",
        "Stopping letters from a letter",
        ANYBODY,
        each(HOLDERS, lambda world, of: address_for(world.people[of], "reminder").removeprefix("http://testserver")),
        FORM,
    ),
    *(
        Claim(name, "Account", SIGNED_IN, at(f"/account/{address}"), FORM, also=(NONE, WRONG_METHOD))
        for name, address in (
            ("account", ""),
            ("account_preferences", "preferences/"),
            ("mfa_index", "second-step/"),
            ("mfa_authenticate", "second-step/authenticate/"),
            ("mfa_reauthenticate", "second-step/reauthenticate/"),
            ("mfa_activate_totp", "second-step/totp/activate/"),
            ("mfa_deactivate_totp", "second-step/totp/deactivate/"),
            ("mfa_view_recovery_codes", "second-step/recovery-codes/"),
            ("mfa_generate_recovery_codes", "second-step/recovery-codes/generate/"),
            ("mfa_download_recovery_codes", "second-step/recovery-codes/download/"),
            ("mfa_list_webauthn", "second-step/webauthn/"),
            ("mfa_add_webauthn", "second-step/webauthn/add/"),
            ("mfa_reauthenticate_webauthn", "second-step/webauthn/reauthenticate/"),
            ("mfa_remove_webauthn", "second-step/webauthn/keys/999/remove/"),
            ("mfa_edit_webauthn", "second-step/webauthn/keys/999/edit/"),
            ("usersessions_list", "sign-ins/"),
            ("socialaccount_connections", "organisation/"),
        )
    ),
    *(
        Claim(name, "Account", ANYBODY, at(f"/account/{address}"), FORM, also=(WRONG_METHOD, SIGN_IN))
        for name, address in (
            ("account_request_login_code", "login/code/"),
            ("organisation_sign_in", "organisation/find/"),
            ("mfa_login_webauthn", "second-step/webauthn/login/"),
            ("socialaccount_login_cancelled", "organisation/login/cancelled/"),
            ("socialaccount_login_error", "organisation/login/error/"),
        )
    ),
    Claim("socialaccount_signup", "Account", DOOR, at("/account/organisation/signup/"), FORM),
    Claim("openid_connect_login", "Account", NOBODY, at("/account/organisation/sign-in/nobodys/login/"), FORM),
    Claim("openid_connect_callback", "Account", NOBODY, at("/account/organisation/sign-in/nobodys/login/callback/")),
    *(
        Claim(name, "A person's own data", SIGNED_IN, at(f"/your-data/{address}"), FORM, also=(WRONG_METHOD,))
        for name, address in (
            ("your_data", ""),
            ("your_data_download", "download.json"),
            ("your_data_correct", "correct/"),
            ("your_data_close", "close/"),
        )
    ),
    Claim("account_closed", "A person's own data", ANYBODY, at("/account-closed/")),
    Claim(
        "account_confirm_email",
        "Account",
        ANYBODY,
        each(HOLDERS, _letters_link),
        FORM,
        reveals=("mail",),
        also=(SIGN_IN,),
    ),
]

LEARNING = [
    Claim("lesson_read", "Learning", ON_COURSE, each(SIDES, _activity("read/")), POST),
    Claim(
        "lesson_place", "Learning", ON_COURSE, each(SIDES, _activity("place/")), POST, lambda w, s: {"section": "start"}
    ),
    Claim(
        "lesson_reflect",
        "Learning",
        ON_COURSE,
        each(SIDES, _activity(f"reflection/{REFLECTION}/")),
        POST,
        lambda w, s: {"words": "What I saw.", "seen": ""},
        also=(REFUSED,),  # somebody signed out gets their words back, to copy them
    ),
    Claim(
        "note_add",
        "Learning",
        ON_COURSE,
        each(SIDES, _activity("notes/")),
        POST,
        lambda w, s: {"section": "start", "words": "What I saw.", "go": "note"},
        also=(REFUSED,),  # somebody signed out gets their words back, to copy them
    ),
    Claim("my_notes", "What a learner writes", SIGNED_IN, at("/my-learning/written/")),
    Claim("note", "What a learner writes", HOLDER, each(HOLDERS, _own_note), FORM),
    Claim("learning_record", "What a learner writes", SIGNED_IN, at("/my-learning/record/")),
    Claim("learning_record_file", "What a learner writes", SIGNED_IN, at("/my-learning/record/file/json/")),
    Claim("elsewhere_add", "What a learner writes", SIGNED_IN, at("/my-learning/record/elsewhere/"), FORM),
    Claim("elsewhere", "What a learner writes", HOLDER, each(HOLDERS, _own_elsewhere), FORM),
    Claim("lesson_section", "Learning", ON_COURSE, each(SIDES, _activity("section/start/"))),
    Claim("film_activity", "Lessons and films of a course", READS, each(SIDES, _activity("film/"))),
    Claim("film_read", "Learning", ON_COURSE, each(SIDES, _activity("film/read/")), POST),
    Claim("live_activity", "Learning", ON_COURSE, each(("a",), lambda w, s: f"/learn/{w.live(s).activity.uuid}/live/")),
    Claim("live_sessions", "Live sessions", HOLDER, each(HOLDERS, lambda w, who: f"/live/{w.runs[who].uuid}/")),
    Claim("live_calendar", "Live sessions", MEETS, each(SIDES, lambda w, s: f"/live/{w.live(s).uuid}/session.ics")),
    Claim("quiz_start", "Learning", ON_COURSE, each(SIDES, _quiz), FORM),
    Claim("quiz_question", "Attempts", WRITER, _attempt("1/"), FORM, _answer),
    Claim("quiz_save", "Attempts", WRITER, _attempt("1/save/"), POST, _answer),
    Claim("quiz_check", "Attempts", WRITER, _attempt("check/")),
    Claim("quiz_hand_in", "Attempts", WRITER, _attempt("hand-in/"), POST),
    Claim("quiz_result", "Results", HOLDER, _attempt("result/")),
    Claim("quiz_how_sure", "Results", HOLDER, _attempt("how-sure/")),
    Claim("quiz_practise", "Attempts", WRITER, _attempt("practice/?like=1")),
    Claim("quiz_practice", "Attempts", WRITER, each(SITTERS, _practice), FORM, lambda world, who: {"q1": "1"}),
    Claim("certificate", "Certificates and their papers", HOLDER, _certificate("")),
    Claim("certificate_pdf", "Certificates and their papers", HOLDER, _certificate("pdf/")),
    Claim(
        "certificate_name", "Certificates and their papers", HOLDER, _certificate("name/"), POST,
        lambda w, s: {"show": "yes"},
    ),
    Claim("dashboard", "My learning", SIGNED_IN, at("/my-learning/")),
    Claim("dashboard", "My learning", SIGNED_IN, each(HOLDERS, _asking_for_others)),
    Claim("certificate_pdf", "Certificates and their papers", HOLDER, each(HOLDERS, _welsh_paper)),
    Claim("quiz_result", "Results", HOLDER, each(SITTERS, _welsh_result)),
    Claim(
        "join", "Invitation links", ANYBODY, each(SIDES, lambda world, side: f"/join/{token(side)}/"), FORM,
        reveals=("organisation", "cohort", "name of lead"),
    ),
    Claim(
        "join", "Invitation links", ANYBODY, each(SIDES, lambda world, side: f"/join/{open_token(side)}/"), FORM,
        reveals=("organisation", "cohort"),
    ),
]  # fmt: skip


def _of_giver(kind: str, rest: str) -> Any:
    """The address of a page of an organisation or a cohort that gives out places, of its own side."""

    def address(world: World, side: str) -> str:
        giver = world.booker(side) if kind == "organisation" else world.cohort(side)
        asked = world.asked(f"{'asker' if kind == 'organisation' else 'lone_asker'}_{side}")
        things = {"asked": asked.uuid, "invitation": asked.invitation.uuid if asked.invitation else ""}
        return f"/{kind}/{giver.uuid}/{rest.format(**things)}"

    return each(SIDES, address)


def _of_booker(rest: str) -> Any:
    """The address of something below an organisation, of its own side."""
    return each(SIDES, lambda world, side: f"/organisation/{world.booker(side).uuid}/{rest}")


def _of_its_own(kind: str) -> Any:
    """Somebody of the organisation's own, or a letter it sent."""

    def address(world: World, side: str) -> str:
        person, letter = world.people[f"doing_{side}"].uuid, world.letter(side).uuid
        rest = {"person": f"people/{person}/", "leaving": f"people/{person}/leaving/", "booking": f"bookings/{letter}/"}
        return f"/organisation/{world.booker(side).uuid}/{rest[kind]}"

    return each(SIDES, address)


def _crossed(kind: str, rest: str) -> Any:
    """A thing of the one side below the giver of the other."""
    own = _of_giver(kind, rest)

    def places(world: World) -> dict[str, str]:
        a, b = (str((world.booker if kind == "organisation" else world.cohort)(side).uuid) for side in SIDES)
        return {"a": own(world)["b"].replace(b, a), "b": own(world)["a"].replace(a, b)}

    return places


def _answer_yes(world: World, of: str) -> dict[str, Any]:
    return {"answer": "yes"}


GIVING = [
    *(
        Claim(f"{kind}_{page}", "Invitations and requests", rule, _of_giver(kind, rest), accepts, _answer_yes)
        for kind, rule in (("organisation", LEADS), ("cohort", TRAINS))
        for page, rest, accepts in (
            ("invitations", "invitations/", ("GET",)),
            ("invitation_link", "invitations/link/", FORM),
            ("invitation_letter", "invitations/letter/", FORM),
            ("invitation_withdraw", "invitations/{invitation}/withdraw/", FORM),
            ("invitation_again", "invitations/{invitation}/again/", FORM),
            ("requests", "requests/", ("GET",)),
            ("request_answer", "requests/{asked}/", POST),
        )
    ),
    *(
        Claim(
            f"{kind}_{page}", "Invitations and requests of another side", NOBODY, _crossed(kind, rest), accepts,
            _answer_yes, also=(SIGN_IN, WRONG_METHOD),
        )
        for kind in ("organisation", "cohort")
        for page, rest, accepts in (
            ("invitation_withdraw", "invitations/{invitation}/withdraw/", FORM),
            ("invitation_again", "invitations/{invitation}/again/", FORM),
            ("request_answer", "requests/{asked}/", POST),
        )
    ),
    Claim(
        "invitation", "Invitations and requests", HOLDER,
        each(WRITTEN_TO, lambda world, who: f"/invitations/{world.invitation_to(who).uuid}/"), FORM,
        reveals=("organisation", "cohort", "name of lead"),
    ),
    Claim(
        "place_request_withdraw", "Invitations and requests", HOLDER,
        each(ASKING, lambda world, who: f"/place-requests/{world.asked(who).uuid}/withdraw/"), POST,
        also=(WRONG_METHOD,),
    ),
]  # fmt: skip


def _of_the_other(kind: str) -> Any:
    """Somebody, or a letter, of the one side below the organisation of the other."""
    own = _of_its_own(kind)

    def crossed(world: World) -> dict[str, str]:
        a, b = (str(world.booker(side).uuid) for side in SIDES)
        return {"a": own(world)["b"].replace(b, a), "b": own(world)["a"].replace(a, b)}

    return crossed


def _funder(rest: str) -> Any:
    return each(SIDES, lambda world, side: f"/funder/{world.booker(side).uuid}/{rest}")


LEADING = [
    Claim("organisation_people", "A lead's people", LEADS, _of_booker("")),
    Claim("organisation_people", "A lead's people", LEADS, _of_booker("?q=zq&show=doing&sort=-until&page=9")),
    *(
        Claim("organisation_people_file", "A lead's people", LEADS, _of_booker(f"people.{kind}"))
        for kind in ("csv", "xlsx")
    ),
    *(
        Claim(f"organisation_{kind}", "A lead's people", LEADS, _of_its_own(kind), accepts)
        for kind, accepts in (("person", ("GET",)), ("leaving", FORM), ("booking", FORM))
    ),
    *(
        Claim(
            f"organisation_{kind}",
            "People of another organisation",
            NOBODY,
            _of_the_other(kind),
            accepts,
            also=(SIGN_IN,),
        )
        for kind, accepts in (("person", ("GET",)), ("leaving", FORM), ("booking", FORM))
    ),
    Claim("funder_trained", "A funder's numbers", COUNTS, _funder("")),
    *(
        Claim("funder_trained_file", "A funder's numbers", COUNTS, _funder(f"trained.{kind}"))
        for kind in ("csv", "xlsx")
    ),
]

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


def _list(rest: str) -> Any:
    """An address below the list that a side's lead sent in."""
    return each(SIDES, lambda w, s: f"/organisation/{w.booker(s).uuid}/book/{w.listed(s).uuid}/{rest}")


def _book(rest: str) -> Any:
    return each(SIDES, lambda w, s: f"/organisation/{w.booker(s).uuid}/book/{rest}")


LISTS = [
    Claim("organisation_book", "Lists of people to be booked", LEADS, _book(""), FORM),
    Claim("organisation_list_csv", "Lists of people to be booked", LEADS, _book("list.csv")),
    Claim("organisation_list_xlsx", "Lists of people to be booked", LEADS, _book("list.xlsx")),
    Claim("organisation_list", "Lists of people to be booked", LEADS, _list(""), FORM),
    Claim("organisation_list_faults", "Lists of people to be booked", LEADS, _list("lines-to-mend.csv")),
]

DEVELOPMENT = "development only: one click makes anybody anybody there, and config/urls.py leaves it out elsewhere"
EXEMPT = [Exemption(name, DEVELOPMENT) for name in ("try", "try_components", "try_mail", "try_letter", "try_sign_in")]

SITE_CLAIMS = [*ACCOUNT_PAGES, *LEARNING, *GIVING, *LEADING, *BOARDS, *REPORT_CLAIMS, *FILMS, *PUBLIC, *PAGES, *LISTS]
