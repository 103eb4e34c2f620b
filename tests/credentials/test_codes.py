"""A code is drawn from a cryptographic source, shown in fours, and read however somebody types it."""

import secrets

import pytest

from credentials.codes import ALPHABET, LENGTH, grouped, new_code, read_code

CODE = "7K3M0QWXYT5DHB21Z0AC"


def test_alphabet_is_crockfords_with_no_letter_taken_for_a_number() -> None:
    assert (len(ALPHABET), len(set(ALPHABET)), set("ILOU") & set(ALPHABET)) == (32, 32, set())
    assert set(ALPHABET) < set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_new_codes_have_a_hundred_bits_and_never_repeat() -> None:
    codes = [new_code() for _ in range(2_000)]

    assert LENGTH * 5 >= 80
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) == set(ALPHABET)
    assert len(set(codes)) == len(codes)


def test_new_code_asks_the_operating_systems_source_for_each_character(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def last(letters: str) -> str:
        asked.append(letters)
        return letters[-1]

    monkeypatch.setattr(secrets, "choice", last)

    assert new_code() == "Z" * LENGTH
    assert asked == [ALPHABET] * LENGTH


def test_code_is_shown_in_groups_of_four() -> None:
    assert grouped(CODE) == "7K3M-0QWX-YT5D-HB21-Z0AC"
    assert grouped("") == ""


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "7K3M-0QWX-YT5D-HB21-Z0AC",
        "7k3m-0qwx-yt5d-hb21-z0ac",
        "7k3M0qWxYt5DhB21z0aC",
        " 7K3M 0QWX YT5D HB21 Z0AC ",
        "7K3M0-QWXY-T5DH-B21Z-0AC",
        "7K3M-OQWX-YT5D-HB21-ZOAC",
        "7K3M-oQWX-YT5D-HB2I-ZoAC",
        "7K3M-0QWX-YT5D-HB2l-Z0AC",
        "7K3M-0QWX-YT5D-HB2i-Z0AC",
        "7K3M\u20110QWX\u2010YT5D\u2013HB21\u2014Z0AC",
        "7K3M\t0QWX\nYT5D\u00a0HB21--Z0AC",
    ],
)
def test_code_is_read_in_any_case_with_or_without_hyphens_and_with_letters_for_numbers(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "----",
        "7K3M",
        CODE[:-1],
        CODE + "0",
        CODE[:-1] + "U",
        CODE[:-1] + "é",
        CODE[:-1] + "\u0660",  # an Arabic-Indic zero is a digit to Python and none of ours
        CODE[:-1] + "\u212a",  # the Kelvin sign looks like a K
        CODE.replace("0", "/"),
        "' OR 1=1 --",
        "\x00" * LENGTH,
        "x" * 100_000,
    ],
)
def test_what_cannot_be_a_code_reads_as_nothing(typed: str) -> None:
    assert read_code(typed) == ""


def test_every_code_is_read_back_as_it_was_printed() -> None:
    codes = [new_code() for _ in range(500)]

    assert [read_code(grouped(code).lower()) for code in codes] == codes
