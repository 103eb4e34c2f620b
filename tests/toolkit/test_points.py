"""Exact points: what goes in comes out, and no float gets in."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st
from toolkit.points import PointsField, read_points

from assessments.attempts import finish_attempt, start_attempt
from assessments.models import Score
from assessments.rules import AttemptRules
from tests.factories import NOON, people, taught_course


def a_score(points):
    """A stored score of these points; the response it judges is beside the point."""
    attempt = start_attempt(
        taught_course().assessment,
        people().amina,
        run_id=UUID(int=1),
        rules=AttemptRules(Fraction(1, 2)),
        language="en",
        at=NOON,
        seed="s",
    )
    first = finish_attempt(attempt, at=NOON).result.scores.first()
    return Score.objects.create(
        response=first.response,
        kind="regrade",
        points=points,
        max_score=1,
        rule="r",
        rule_version=1,
        scored_at=NOON,
        supersedes=first,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_points", "kept", "text"),
    [
        (Fraction(17, 3), Fraction(17, 3), "17/3"),
        (Fraction(34, 6), Fraction(17, 3), "17/3"),
        (Fraction(2), Fraction(2), "2"),
        (2, Fraction(2), "2"),
        (0, Fraction(0), "0"),
        (Fraction(-1, 2), Fraction(-1, 2), "-1/2"),
        ("17/3", Fraction(17, 3), "17/3"),
        ("70/100", Fraction(7, 10), "7/10"),
        ("-0", Fraction(0), "0"),
    ],
)
def test_points_come_back_from_the_database_as_they_went_in(given_points, kept, text):
    score = a_score(given_points)

    score.refresh_from_db()

    assert (score.points, type(score.points)) == (kept, Fraction)
    with connection.cursor() as cursor:
        cursor.execute("SELECT points FROM assessments_score WHERE id = %s", [score.pk])
        assert cursor.fetchone() == (text,)


@pytest.mark.django_db
def test_equal_points_are_found_however_they_are_written():
    score = a_score(Fraction(7, 10))

    found = [Score.objects.filter(points=written).count() for written in ("70/100", "7/10", Fraction(14, 20))]

    assert (found, Score.objects.get(points="7/10")) == ([1, 1, 1], score)


@pytest.mark.django_db
def test_points_survive_being_written_out_and_read_in():
    score = a_score(Fraction(17, 3))

    written = serializers.serialize("json", [score])
    read = next(serializers.deserialize("json", written)).object

    assert '"points": "17/3"' in written
    assert read.points == Fraction(17, 3)


@given(st.fractions(min_value=-(10**17), max_value=10**17, max_denominator=10**17))
def test_any_points_survive_the_trip_through_text(points):
    field = PointsField()

    back = field.from_db_value(field.get_prep_value(points), None, None)

    assert back == points


@pytest.mark.parametrize("value", [0.7, 1.0, True, False, Decimal("0.5"), 1j, b"1", ["1"], {"points": 1}])
def test_what_is_not_exact_is_refused(value):
    field = PointsField()

    with pytest.raises(ValidationError) as refused:
        field.get_prep_value(value)

    assert (refused.value.code, refused.value.messages) == (
        "not_exact",
        ["Points are whole numbers or fractions such as 17/3."],
    )


@pytest.mark.parametrize(
    "text",
    ["", " ", "0.7", "70%", "7/0", "7/00", "1/-2", "--1", "+1", "1e3", "1_000", " 1", "1 ", "1/2/3", "nan", "inf", "½",
     "٣", "1" * 19, "1/" + "1" * 19, "7/010", "1\n"],
)  # fmt: skip
def test_text_that_is_no_whole_number_or_fraction_is_refused(text):
    field = PointsField()

    with pytest.raises(ValueError, match="is not a whole number or a fraction") as refused:
        read_points(text)
    with pytest.raises(ValidationError) as invalid:
        field.to_python(text)

    assert str(refused.value) == f"{text!r} is not a whole number or a fraction such as 17/3"
    assert (invalid.value.code, invalid.value.messages) == ("not_exact", [str(refused.value)])


def test_no_points_stay_no_points():
    field = PointsField(null=True)

    passed = (field.to_python(None), field.get_prep_value(None), field.from_db_value(None, None, None))

    assert passed == (None, None, None)


def test_a_migration_does_not_repeat_the_length():
    field = PointsField(null=True)

    _name, path, args, kwargs = field.deconstruct()

    assert (path, args, kwargs) == ("toolkit.points.PointsField", [], {"null": True})
    assert (field.max_length, isinstance(field, models.CharField)) == (40, True)
