"""The rooms of those who answer for people, below the organisation they do it for."""

from django.urls import path

from enrolments.choices import LearnerMove

from . import answering, funders, inviting, lists, one_person, people, resending
from .board import certificates, granting, moving, one_learner, pages, supervised, writing
from .live import register, screen, sessions
from .marking import pages as marking
from .planned import pages as planned
from .reports import one_outcome
from .reports import pages as reports

LEAD, TRAINER = "organisation/<uuid:organisation>/", "cohort/<uuid:cohort>/"
FUNDER = "funder/<uuid:organisation>/"

urlpatterns = [
    path(LEAD, people.show, name="organisation_people"),
    path(f"{LEAD}people.<slug:kind>", people.as_file, name="organisation_people_file"),
    path(f"{LEAD}people/<uuid:person>/", one_person.show, name="organisation_person"),
    path(f"{LEAD}people/<uuid:person>/leaving/", one_person.leaving, name="organisation_leaving"),
    path(f"{LEAD}bookings/<uuid:booking>/", one_person.booking, name="organisation_booking"),
    path(f"{LEAD}book/", lists.book, name="organisation_book"),
    path(f"{LEAD}book/list.csv", lists.template, {"kind": "csv"}, name="organisation_list_csv"),
    path(f"{LEAD}book/list.xlsx", lists.template, {"kind": "xlsx"}, name="organisation_list_xlsx"),
    path(f"{LEAD}book/<uuid:listed>/", lists.show, name="organisation_list"),
    path(f"{LEAD}book/<uuid:listed>/lines-to-mend.csv", lists.faults, name="organisation_list_faults"),
    path(f"{LEAD}invitations/", inviting.organisation_invitations, name="organisation_invitations"),
    path(f"{LEAD}invitations/link/", inviting.organisation_link, name="organisation_invitation_link"),
    path(f"{LEAD}invitations/letter/", inviting.organisation_letter, name="organisation_invitation_letter"),
    path(
        f"{LEAD}invitations/<uuid:invitation>/withdraw/",
        inviting.organisation_withdraw,
        name="organisation_invitation_withdraw",
    ),
    path(
        f"{LEAD}invitations/<uuid:invitation>/again/",
        resending.organisation_again,
        name="organisation_invitation_again",
    ),
    path(f"{LEAD}reports/", reports.organisation_reports, name="organisation_reports"),
    path(f"{LEAD}reports/files/<uuid:made>/", reports.organisation_making, name="organisation_report_making"),
    path(f"{LEAD}reports/files/<uuid:made>/file", reports.organisation_made, name="organisation_report_made"),
    path(
        f"{LEAD}reports/addresses/<uuid:address>/withdraw/",
        reports.organisation_withdraw,
        name="organisation_report_withdraw",
    ),
    path(f"{LEAD}reports/<slug:report>/", reports.organisation_report, name="organisation_report"),
    path(f"{LEAD}reports/<slug:report>/address/", reports.organisation_address, name="organisation_report_address"),
    path(f"{LEAD}reports/<slug:report>.<slug:kind>", reports.organisation_file, name="organisation_report_file"),
    path(f"{LEAD}requests/", answering.organisation_requests, name="organisation_requests"),
    path(f"{LEAD}requests/<uuid:asked>/", answering.organisation_answer, name="organisation_request_answer"),
    path(f"{TRAINER}reports/", reports.cohort_reports, name="cohort_reports"),
    path(f"{TRAINER}reports/files/<uuid:made>/", reports.cohort_making, name="cohort_report_making"),
    path(f"{TRAINER}reports/files/<uuid:made>/file", reports.cohort_made, name="cohort_report_made"),
    path(
        f"{TRAINER}reports/addresses/<uuid:address>/withdraw/",
        reports.cohort_withdraw,
        name="cohort_report_withdraw",
    ),
    path(f"{TRAINER}reports/<slug:report>/", reports.cohort_report, name="cohort_report"),
    path(f"{TRAINER}reports/<slug:report>/address/", reports.cohort_address, name="cohort_report_address"),
    path(f"{TRAINER}reports/<slug:report>.<slug:kind>", reports.cohort_file, name="cohort_report_file"),
    path(f"{TRAINER}outcomes/<uuid:outcome>/", one_outcome.show, name="cohort_outcome"),
    path("reports/<str:token>.csv", reports.by_address, name="report_by_address"),
    path(TRAINER, pages.show, name="cohort_board"),
    path(f"{TRAINER}plan/", planned.show, name="cohort_plan"),
    path(f"{TRAINER}live/", sessions.index, name="cohort_live"),
    path(f"{TRAINER}live/add/", sessions.add, name="cohort_live_add"),
    path(f"{TRAINER}live/<uuid:session>/", sessions.change, name="cohort_live_session"),
    path(f"{TRAINER}live/<uuid:session>/cancel/", sessions.cancel, name="cohort_live_cancel"),
    path(f"{TRAINER}live/<uuid:session>/register/", register.show, name="cohort_register"),
    path(f"{TRAINER}live/<uuid:session>/plan/", screen.show, name="cohort_session_plan"),
    path(f"{TRAINER}write/", writing.write, name="cohort_write"),
    path(f"{TRAINER}board.<slug:kind>", pages.as_file, name="cohort_board_file"),
    path(f"{TRAINER}people/<uuid:enrolment>/", one_learner.show, name="cohort_learner"),
    *(
        path(f"{TRAINER}people/<uuid:enrolment>/{move}/", moving.move, {"move": move}, name=f"cohort_{move}")
        for move in LearnerMove
    ),
    path(f"{TRAINER}people/<uuid:enrolment>/adjustments/", granting.give, name="cohort_grant"),
    path(
        f"{TRAINER}people/<uuid:enrolment>/adjustments/<uuid:adjustment>/take-back/",
        granting.take_back,
        name="cohort_grant_back",
    ),
    path(f"{TRAINER}people/<uuid:enrolment>/attempts/<uuid:attempt>/", one_learner.attempt, name="cohort_attempt"),
    path(
        f"{TRAINER}people/<uuid:enrolment>/certificates/<uuid:credential>/",
        certificates.show,
        name="cohort_certificate",
    ),
    path(
        f"{TRAINER}people/<uuid:enrolment>/certificates/<uuid:credential>/<slug:act>/",
        certificates.change,
        name="cohort_certificate_change",
    ),
    path(f"{TRAINER}marking/", marking.queue, name="cohort_marking"),
    path(f"{TRAINER}marking/<int:response>/", marking.one, name="cohort_mark"),
    path("supervising/", supervised.index, name="supervising"),
    path("supervising/<uuid:enrolment>/", supervised.show, name="supervising_learner"),
    path("supervising/<uuid:enrolment>/attempts/<uuid:attempt>/", supervised.attempt, name="supervising_attempt"),
    path("assessing/", marking.assessing, name="assessing"),
    path("assessing/<int:response>/", marking.assess, name="assessing_mark"),
    path(f"{TRAINER}invitations/", inviting.cohort_invitations, name="cohort_invitations"),
    path(f"{TRAINER}invitations/link/", inviting.cohort_link, name="cohort_invitation_link"),
    path(f"{TRAINER}invitations/letter/", inviting.cohort_letter, name="cohort_invitation_letter"),
    path(
        f"{TRAINER}invitations/<uuid:invitation>/withdraw/", inviting.cohort_withdraw, name="cohort_invitation_withdraw"
    ),
    path(f"{TRAINER}invitations/<uuid:invitation>/again/", resending.cohort_again, name="cohort_invitation_again"),
    path(f"{TRAINER}requests/", answering.cohort_requests, name="cohort_requests"),
    path(f"{TRAINER}requests/<uuid:asked>/", answering.cohort_answer, name="cohort_request_answer"),
    path(FUNDER, funders.show, name="funder_trained"),
    path(f"{FUNDER}trained.<slug:kind>", funders.as_file, name="funder_trained_file"),
]
