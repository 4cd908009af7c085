"""What an account and a team may be called, and what a password must be."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from collections.abc import Callable

import pytest

from factboard.domain import accounts
from factboard.domain.events import Entry
from factboard.domain.refusal import Invalid
from tests.domain.given import Refusal, nobody, table


def asked(rule: Callable[..., str]) -> Callable[..., list[Entry]]:
    """An account's rule looks at nothing but what was typed."""

    def without_case(_case: object, **typed: str) -> list[Entry]:
        rule(**typed)
        return []

    return without_case


NAMES = [
    "",
    "a",
    "anna exempel",
    "Änna",
    "-anna",
    "a" * 61,
    "anna\n1",
    "an\0na",
    "../anna",
    "system",
    "Factboard",
    "command_line",
]
TEAMS = ["", "k", "Team Kusten", "kust_en", "-kusten", "k" * 41, "küsten", "system", "a/b"]  # fmt: skip
LONG = "korrekt häst batteri"

REFUSALS = [
    *(Refusal(f"the username {name!r}", nobody(), asked(accounts.username), {"text": name}, "not_a_username", Invalid, "username") for name in NAMES),
    *(Refusal(f"the team {name!r}", nobody(), asked(accounts.team_id), {"text": name}, "not_a_team_id", Invalid, "team") for name in TEAMS),
    Refusal("a short password", nobody(), asked(accounts.password), {"text": "x" * 11, "username": "anna"}, "password_too_short", Invalid, "password"),
    Refusal("an endless password", nobody(), asked(accounts.password), {"text": "x" * 201, "username": "anna"}, "too_long", Invalid, "password"),
    Refusal("the username as password", nobody(), asked(accounts.password), {"text": " Anna.Exempel ", "username": "anna.exempel"}, "password_is_username", Invalid, "password"),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


@pytest.mark.parametrize(("typed", "kept"), [(" Anna ", "anna"), ("a.b+c@d-e_f", "a.b+c@d-e_f"), ("1a", "1a")])
def test_a_username_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert accounts.username(typed) == kept


def test_a_team_id_is_kept_in_lower_case() -> None:
    assert accounts.team_id(" Kusten-2 ") == "kusten-2"


def test_a_password_is_kept_as_it_was_typed() -> None:
    assert accounts.password(f" {LONG} ", "anna") == f" {LONG} "
