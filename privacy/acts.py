"""What stands in the log of acts, in words for the person it is about."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "account_closed": _("Account closed"),
    "adjustment_given": _("Adjustment granted"),
    "adjustment_taken_back": _("Adjustment taken back"),
    "appointed": _("Appointed to somebody’s learning"),
    "attendance_entered": _("Entered in the register of a live session"),
    "booking_taken_up_again": _("Booking taken up again"),
    "cohort_role_ended": _("Role in a cohort ended"),
    "cohort_role_given": _("Role in a cohort given"),
    "credential_awarded": _("Certificate awarded"),
    "credential_changed": _("Certificate changed"),
    "dates_planned": _("Dates of a cohort planned"),
    "details_corrected": _("Details corrected"),
    "enrolment_booked": _("Booked into a course"),
    "enrolment_changed": _("Booking changed"),
    "enrolment_list_given_up": _("List of people given up"),
    "enrolment_list_sent_in": _("List of people sent in"),
    "enrolment_list_taken_in": _("List of people taken in"),
    "enrolment_list_to_be_taken_in": _("List of people to be taken in"),
    "fact_check_answered": _("Fact check of a draft answered"),
    "fact_check_asked": _("Fact check of a draft asked for"),
    "fact_check_closed": _("Fact check of a draft closed"),
    "invitation_accepted": _("Invitation accepted"),
    "invitation_made": _("Invitation made"),
    "invitation_sent_again": _("E-mail of an invitation sent again"),
    "invitation_withdrawn": _("Invitation withdrawn"),
    "legal_hold_changed": _("Legal hold changed"),
    "legal_hold_placed": _("Legal hold placed"),
    "live_session_cancelled": _("Live session cancelled"),
    "live_session_changed": _("Live session changed"),
    "live_session_planned": _("Live session planned"),
    "organisation_joined": _("Joined an organisation"),
    "organisation_left": _("Left an organisation"),
    "organisation_role_ended": _("Role in an organisation ended"),
    "organisation_role_given": _("Role in an organisation given"),
    "person_erased": _("Personal data erased"),
    "place_asked": _("Place asked for"),
    "place_request_approved": _("Place given to somebody who asked"),
    "place_request_refused": _("Place refused to somebody who asked"),
    "place_request_withdrawn": _("Request for a place withdrawn"),
    "published_in_spite": _("Page published in spite of a check"),
    "reminder_written": _("Reminder written to a trainee"),
    "change_read": _("Change of a lesson read for somebody else"),
    "change_sent_back": _("Change of a lesson sent back to who wrote it"),
    "report_address_made": _("Address of a report made"),
    "report_address_withdrawn": _("Address of a report withdrawn"),
    "report_fetched": _("Report fetched by its address"),
    "result_recorded": _("Result recorded"),
    "role_ended": _("Role ended"),
}


def act_in_words(act: str) -> str:
    """An act that nobody worded is still told, in the words of its code."""
    return str(ACTS.get(act) or act.replace("_", " ").capitalize())
