"""What the hostile world replaces: every column of words, whatever columns of other tables are called."""

import pytest
from django.apps import apps

from tests.access.world import world
from tests.hostile.words import hostile_words
from tests.hostile.world import NOT_WORDS, make_hostile, may_hold_words, word_columns

# Words that people type, in columns whose names mean a key or a code in another table.
NAMESAKES = {
    ("assessments.ItemAct", "reason"),
    ("assessments.Score", "reason"),
    ("enrolments.LiveSession", "place"),
    ("player.LearningElsewhere", "provider"),
    ("privacy.LegalHold", "reason"),
}


def test_words_are_found_under_a_name_that_means_a_key_elsewhere() -> None:
    found = {(table._meta.label, one.name) for table, columns in word_columns() for one in columns}

    assert NAMESAKES - found == set()
    assert {("enrolments.Progress", "place"), ("credentials.CredentialChange", "reason")} & found == set()


def test_every_column_left_out_exists_and_would_be_taken_for_words() -> None:
    columns = {
        table._meta.label: {one.name for one in table._meta.local_fields if may_hold_words(one)}
        for table in apps.get_models()
    }

    gone = {label: names - columns.get(label, set()) for label, names in NOT_WORDS.items()}

    assert {label: names for label, names in gone.items() if names} == {}


@pytest.mark.lengthy
@pytest.mark.django_db
def test_each_of_them_holds_hostile_words_in_the_world() -> None:
    world()

    make_hostile()

    starts = tuple(one[:4] for one in hostile_words() if one.strip())
    tame = {
        (label, name)
        for label, name in NAMESAKES
        if not any(
            value.partition(" ")[2].startswith(starts)
            for value in apps.get_model(label)._base_manager.values_list(name, flat=True)
        )
    }
    assert tame == set()
