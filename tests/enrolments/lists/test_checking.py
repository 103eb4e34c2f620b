"""The report on a list: faults that stop it, questions somebody has to answer, what would happen."""

from datetime import UTC, datetime
from typing import Any

import pytest

from enrolments.lists.checking import outcome, vocabulary_of
from enrolments.lists.nearness import Acquaintance, Known, domains_of, is_near_name
from enrolments.lists.receiving import choose
from enrolments.lists.words import CAME_BACK, FAULTS, LOOKS, NOTES, QUESTIONS, fault, faults_by_line, look, note
from enrolments.models import EnrolmentList
from tests.enrolments.lists.sending import Booker, booker, csv_of, member, sent
from tests.factories import enrolment, organisation, person

pytestmark = pytest.mark.django_db
ALL = "E-mail,Name,Agency,Area,Language"
N = "Ada Lee"


def faults_of(*lines: str, headings: str = ALL) -> dict[int, list[str]]:
    return faults_by_line(sent(booker(), csv_of(*lines, headings=headings)))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f",{N}", "There is no e-mail address."),
        (f"ada,{N}", "“ada” is not an e-mail address: it has no @."),
        (f"ada lee@b.example,{N}", "it has a space, a comma or a slash in it"),
        (f"a@b.example; c@b.example,{N}", "is more than one address"),
        (f"ada@b,{N}", "“ada@b” is not an e-mail address."),
        (f"ada@@b.example,{N}", "“ada@@b.example” is not an e-mail address."),
        (f"ada@b..example,{N}", "is not an e-mail address."),
        (f"siân@b.example,{N}", "“siân@b.example” is not an e-mail address."),
        (f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 10}.example,{N}", "is too long: 254 letters at most"),
        (f"#N/A,{N}", "A cell shows the spreadsheet’s own error, “#N/A”."),
        (f"ada\x07@b.example,{N}", "holds letters that cannot be seen"),
        ("Amina.Rahman@list.example,Amina Rahman", "is the example of the empty list. Take this line out."),
        ("ada@b.example,", "There is no name."),
        ("ada@b.example,12345", "“12345” is not a name"),
        ("ada@b.example,2026-05-01", "“2026-05-01” is not a name"),
        ("ada@b.example,TRUE", "“TRUE” is not a name"),
        ("ada@b.example,ada@b.example", "looks like an address where the name should be"),
        (f"ada@b.example,{'Ada ' * 40}", "is too long: 150 letters at most"),
        ("ada@b.example,Si?n Jones", "“Si?n Jones” has lost a letter on its way"),
        ("ada@b.example,SiÃ¢n Jones", "“SiÃ¢n Jones” has lost a letter on its way"),
        ("ada@b.example,#REF!", "the spreadsheet’s own error, “#REF!”"),
        (f"ada@b.example,{N},Polcie", "“Polcie” is not an agency we know. Did you mean “Police”?"),
        (f"ada@b.example,{N},Circus", "“Circus” is not an agency we know."),
        (f"ada@b.example,{N},NHS", "Write one of these, or nothing: Health, Police, Social care, Education, Housing,"),
        (f"ada@b.example,{N},,Saltby", "“Saltby” is not an area of your organisation."),
        (f"ada@b.example,{N},,Saltby", "Write one of these, or nothing: Larchmere."),
        (f"ada@b.example,{N},,Larchmeer", "Did you mean “larchmere”?"),
        (f"ada@b.example,{N},,,French", "“French” is not a language of this site"),
    ],
)
def test_faulty_line_is_named_with_what_is_wrong(line: str, words: str) -> None:
    found = faults_of(line)

    assert list(found) == [2]
    assert words in " ".join(found[2])


def test_area_of_an_organisation_that_has_none_is_to_be_left_empty() -> None:
    larchmere = booker()
    larchmere.organisation.areas.clear()

    found = faults_by_line(sent(larchmere, csv_of(f"ada@b.example,{N},,Saltby", headings=ALL)))

    assert found == {2: ["“Saltby” is not an area of your organisation. It has no areas, so leave this empty."]}


@pytest.mark.parametrize(
    "line",
    [
        f"ada@b.example,{N},POLICE,larchmere,en",
        f"ada@b.example,{N},Social care,LARCHMERE,Cymraeg",
        f"ada@b.example,{N},social_care,,cy",
        f"ADA@B.EXAMPLE,{N}",
        "o'neill@b.example,Seán Ó’Néill",
        "a+b@b.example,Ŵ",
        "a@b.example,李小龍",
        "a@b.example,=cmd|' /C calc'!A0",
    ],
)
def test_sound_line_has_no_fault(line: str) -> None:
    assert faults_of(line) == {}


def test_same_address_twice_names_both_lines_whatever_its_capitals() -> None:
    found = faults_of("ada@b.example,Ada Lee", "bob@b.example,Bob Ray", "ADA@B.example,Ada Lee")

    assert found == {4: ["“ada@b.example” is already on line 2. Leave one of the two lines out."]}


def questions(of: Booker, *lines: str) -> dict[int, list[tuple[str, str, int]]]:
    """(why, address, line) of each option, by line."""
    one = sent(of, csv_of(*lines))
    return {
        question["line"]: [(option["why"], option["address"], option["line"]) for option in question["options"]]
        for question in one.report["questions"]
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("sj@elsewhere.example,Sian Jones", "name"),
        ("sj@elsewhere.example,Siân Jonse", "name"),
        ('sj@elsewhere.example,"Jones, Siân"', "name"),
        ("sj@elsewhere.example,Siân Mair Jones", "name"),
        ("sj@elsewhere.example,SIAN  JONES", "name"),
        ("sian.jones@larchmere.exmaple,Somebody Else", "address"),
        ("sian.jones@larchmer.example,Somebody Else", "address"),
        ("sian.jnoes@larchmere.example,Somebody Else", "address"),
    ],
)
def test_member_under_another_spelling_is_asked_about(line: str, why: str) -> None:
    larchmere = booker()
    member(larchmere, "Siân Jones", "sian.jones@larchmere.example")

    assert questions(larchmere, line) == {2: [(why, "sian.jones@larchmere.example", 0)]}


@pytest.mark.parametrize(
    "line",
    [
        "j.smith@larchmere.example,Jo Smith",
        "sian.jones@elsewhere.example,Tom Rees",
        "sian.jones2@larchmere.example,Al Rees",
        "sian.jones@larchmere.example,Siân Jones-Rees",
    ],
)
def test_somebody_else_is_not_asked_about(line: str) -> None:
    larchmere = booker()
    member(larchmere, "Siân Jones", "sian.jones@larchmere.example")
    member(larchmere, "Al Smith", "a.smith@larchmere.example")

    assert questions(larchmere, line) == {}


def test_earlier_line_with_nearly_the_same_name_is_asked_about_once() -> None:
    found = questions(booker(), "sj@a.example,Siân Jones", "bob@a.example,Bob Ray", "sian@b.example,Sian Jones")

    assert found == {4: [("name", "sj@a.example", 2)]}


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("sian@gmial.com", "sian@gmail.com"),
        ("sian@gmail.con", "sian@gmail.com"),
        ("sian@hotmial.co.uk", "sian@hotmail.co.uk"),
        ("sian@saltby.nhs.ukk", "sian@saltby.nhs.uk"),
        ("sian@larchmere.gov.ku", "sian@larchmere.gov.uk"),
        ("sian@gmail.com", ""),
        ("sian@mail.com", ""),
        ("sian@saltby.nhs.uk", ""),
        ("sian@larchmere.example", ""),
    ],
)
def test_misspelt_end_of_an_address_is_asked_about_whoever_it_may_be(address: str, meant: str) -> None:
    found = questions(booker(), f"{address},Sian Jones")

    assert found == ({2: [("domain", meant, 0)]} if meant else {})


def test_stranger_under_another_spelling_is_never_asked_about() -> None:
    person("Siân Jones", "sian.jones@larchmere.example")

    assert questions(booker(), "sian.jnoes@larchmere.example,Sian Jones") == {}


def report_on(account: str) -> tuple[Any, ...]:
    """Everything the report holds on one line, with the account made first."""
    larchmere = booker()
    if account in ("stranger", "learns elsewhere"):
        stranger = person("Zed Zee", "ada@b.example")
    if account == "learns elsewhere":
        enrolment(stranger, larchmere.cohort, booked_by=organisation("Elsewhere"))
    if account == "member who learns elsewhere":
        enrolment(member(larchmere, "Ada Lee", "ada@b.example"), larchmere.cohort, booked_by=organisation("Elsewhere"))
    one = sent(larchmere, csv_of("ada@b.example,Ada Lee"))
    found = outcome(one.rows, one.report, vocabulary_of(larchmere.organisation))
    return one.rows, one.report, found


@pytest.mark.parametrize("account", ["nobody", "stranger", "learns elsewhere", "member who learns elsewhere"])
def test_report_on_an_account_elsewhere_is_that_on_an_address_nobody_has(account: str) -> None:
    found = report_on(account)

    _rows, report, counted = found
    assert report == {"faults": [], "questions": [], "looks": [], "here": [], "notes": [], "came_back": ""}
    assert (counted.fates, counted.is_ready) == ({2: "place"}, True)


def test_member_with_quite_another_name_is_worth_a_look_and_keeps_nothing_up() -> None:
    larchmere = booker()
    member(larchmere, "Siân Jones", "sj@larchmere.example")

    one = sent(larchmere, csv_of("sj@larchmere.example,Tom Rees"))

    assert one.report["looks"] == [[2, "other_name", {"text": "Tom Rees", "known": "Siân Jones"}]]
    assert outcome(one.rows, one.report, vocabulary_of(larchmere.organisation)).is_ready


@pytest.mark.parametrize(("booked_here", "completed_on"), [(True, "2026-05-03"), (False, None)])
def test_member_who_completed_the_course_with_them_is_worth_a_look_and_nobody_elses_course_is(
    booked_here: bool, completed_on: str | None
) -> None:
    larchmere = booker()
    sian = member(larchmere, "Siân Jones", "sj@larchmere.example")
    run = enrolment(sian, larchmere.cohort, booked_by=larchmere.organisation if booked_here else organisation("Other"))
    at = datetime(2026, 5, 3, 12, tzinfo=UTC)
    type(run).objects.filter(pk=run.pk).update(state="completed", started_at=at, completed_at=at)

    one = sent(larchmere, csv_of("sj@larchmere.example,Siân Jones"))

    assert one.report["looks"] == ([[2, "completed", {"known": "Siân Jones", "day": completed_on}]] * booked_here)
    assert [look(code, facts) for _line, code, facts in one.report["looks"]] == [
        "Siân Jones completed this course with you on 3 May 2026. Taking the list in offers it to them once more."
    ] * booked_here
    assert outcome(one.rows, one.report, vocabulary_of(larchmere.organisation)).is_ready


def counts(one: EnrolmentList) -> tuple[int, ...]:
    found = outcome(one.rows, one.report, vocabulary_of(one.organisation))
    return found.lines, found.faulty, found.unanswered, found.here, found.merged, len(found.booked)


def test_choices_merge_lines_into_one_person_even_over_two_lines() -> None:
    larchmere = booker()
    one = sent(
        larchmere,
        csv_of(
            "sj@a.example,Siân Jones", "sian@b.example,Sian Jones", "s@c.example,Sian Jonse", "bob@a.example,Bob Ray"
        ),
    )
    assert counts(one) == (4, 0, 2, 0, 0, 2)

    left = choose(one, {3: "sj@a.example", 4: "sian@b.example", 99: "else", 2: "nonsense"})

    one.refresh_from_db()
    assert left == 0
    assert counts(one) == (4, 0, 0, 0, 2, 2)


def test_choice_that_was_not_offered_is_not_taken() -> None:
    one = sent(booker(), csv_of("sj@a.example,Siân Jones", "sian@b.example,Sian Jones"))

    assert choose(one, {3: "attacker@evil.example"}) == 1


def test_all_others_may_be_said_to_be_different_people_at_once() -> None:
    one = sent(booker(), csv_of("sj@a.example,Siân Jones", "sian@b.example,Sian Jones", "s@c.example,Siân Jones"))

    left = choose(one, {3: "sj@a.example"}, others_differ=True)

    one.refresh_from_db()
    assert left == 0
    assert [question["choice"] for question in one.report["questions"]] == ["sj@a.example", "else"]


def test_whoever_is_booked_by_the_organisation_is_nothing_to_do_in_any_cohort_of_the_course() -> None:
    larchmere = booker()
    enrolment(member(larchmere, "Ada Lee", "ada@b.example"), larchmere.cohort, booked_by=larchmere.organisation)

    assert counts(sent(larchmere, csv_of("ada@b.example,Ada Lee", "bob@b.example,Bob Ray"))) == (2, 0, 0, 1, 0, 1)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Siân Jones", "Sian Jones", True),
        ("Sian Jones", "Jones Sian", True),
        ("Mohamed Ali", "Mohammed Ali", True),
        ("Ann Lee", "Ann Mary Lee", True),
        *((f"Al O{sign}Ray", "Al O’Ray", True) for sign in "'‘ʼ`´"),
        ("Al Lee", "Ed Lee", False),
        ("Learner 12", "Learner 13", False),
        ("Sian Jones", "Sian Johns", False),
        ("", "Ada", False),
        ("Bo", "Jo", False),
    ],
)
def test_names_are_near_when_one_slip_or_a_middle_name_lies_between_them(one: str, other: str, near: bool) -> None:
    assert is_near_name(one, other) is near


def test_ten_thousand_people_of_one_name_are_compared_in_time_that_grows_with_the_list() -> None:
    met = Acquaintance(domains_of([]))

    found = 0
    for number in range(10_000):
        found += bool(met.near(f"p{number}@b.example", "Sian Jones"))
        met.meet(Known(f"p{number}@b.example", "Sian Jones", number))

    assert found == 9_999


def test_every_code_has_words_in_which_all_its_facts_stand() -> None:
    for code in FAULTS:
        assert fault(code, {"text": "T", "line": "7", "meant": ""}).endswith(".")
    facts = {"column": "C", "heading": "H", "meant": "", "encoding": "E", "sheet": "S", "line": "3"}
    assert all(note(code, facts).endswith((".", "?")) for code in NOTES)
    assert all(str(words) for words in (*LOOKS.values(), *QUESTIONS.values(), *CAME_BACK.values()))
