"""Roles and rights, and labels: no two people on a screen are ever called the same (hazard H6)."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factboard.domain import people
from factboard.domain.events import Details, Role
from factboard.domain.people import Label, Right, labels, may
from factboard.domain.text import folded


def visible(label: Label) -> tuple[str, str]:
    """A label as eyes compare it."""
    return folded(label.name), folded(label.second)


def all_differ(clients: list[tuple[str, Details]]) -> dict[str, Label]:
    named = labels(clients)
    assert set(named) == {client for client, _ in clients}
    seen = [visible(label) for label in named.values()]
    assert len(set(seen)) == len(seen)
    return named


SPELLINGS = ("Anna", "ANNA", "anna", "Ånna", "Ann\u0301a", "An\u200bna", "Аnna", "Ａｎｎａ", "Anna ", "An\u00adna")
SURNAMES = ("Exempel", "exempel", "Éxempel", "Exempel\u200d", "Ехempel", "EXEMPEL ")
BIRTHS = (None, date(1980, 1, 1), date(1980, 1, 2))


def near_duplicates(count: int, seed: int) -> list[tuple[str, Details]]:
    pick = random.Random(seed)
    return [
        (
            f"client{number}",
            Details(
                pick.choice(SURNAMES),
                pick.choice(SPELLINGS),
                birth_date=pick.choice(BIRTHS),
                protected=pick.random() < 0.1,
            ),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_two_hundred_near_duplicate_names_are_two_hundred_people(seed: int) -> None:
    named = all_differ(near_duplicates(200, seed))
    assert sum(label.hidden for label in named.values()) > 5


def test_equal_codes_grow_until_they_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among a caseload's four-letter codes two are equal once in a while: here they nearly all are."""
    real = people.code
    monkeypatch.setattr(people, "code", lambda client, length=4: "ABC" + real(client, length - 3))
    all_differ(near_duplicates(200, 1))
    all_differ([(f"c{number}", Details("Exempel", "Stina", protected=True)) for number in range(200)])


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="aA\u0301åÅäа\u200b👍\u05d0\u0627 ", min_size=1, max_size=3),
            st.sampled_from(["Exempel", "exempel", "Éxempel", "\u0627\u0644"]),
            st.sampled_from(BIRTHS),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_no_two_labels_are_ever_the_same(rows: list[tuple[str, str, date | None, bool]]) -> None:
    named = all_differ(
        [
            (f"c{number}", Details(surname, first, birth_date=born, protected=protected))
            for number, (first, surname, born, protected) in enumerate(rows)
        ]
    )
    for number, (_, _, _, protected) in enumerate(rows):
        assert named[f"c{number}"].hidden == protected


def test_a_name_of_ones_own_needs_nothing_more() -> None:
    assert labels([("a", Details("Exempel", "Stina")), ("b", Details("Exempel", "Olle"))]) == {
        "a": Label("Stina Exempel"),
        "b": Label("Olle Exempel"),
    }


def test_namesakes_are_told_apart_by_birth_date_then_by_code() -> None:
    born = date(1980, 1, 1)
    named = labels(
        [
            ("a", Details("Exempel", "Stina", birth_date=born)),
            ("b", Details("Exempel", "Stina", birth_date=date(1991, 5, 5))),
            ("c", Details("Exempel", "stina")),
            ("d", Details("Övning", "Kim", birth_date=born)),
            ("e", Details("Övning", "Kim", birth_date=born)),
        ]
    )
    assert [named[one].second for one in "abc"] == ["1980-01-01", "1991-05-05", people.code("c")]
    assert {named["d"].second, named["e"].second} == {f"1980-01-01 {people.code(one)}" for one in "de"}


@pytest.mark.parametrize("first", ["Stina", "محمد", "👍", "Åsa"])
def test_a_protected_identity_never_shows_a_name(first: str) -> None:
    shown = labels(
        [("a", Details("Exempel", first, short_name="SE", protected=True)), ("b", Details("Exempel", first))]
    )
    assert shown["a"] == Label("", people.code("a"), hidden=True)
    assert shown["b"].second  # whoever knows the name of "a" can still not take "b" for them


def test_a_code_is_always_the_same_and_has_no_letters_that_look_alike() -> None:
    assert people.code("stina") == people.code("stina")
    assert len({people.code(str(number)) for number in range(200)}) > 195
    assert not set("".join(people.code(str(number)) for number in range(2_000))) & set("01OI")


# Written out, so that a right which somebody gains or loses is seen here.
MAY = {
    None: "public",
    Role.CLINICIAN: "public signed_in wall care",
    Role.LEAD: "public signed_in wall care lead history inquiry",
    Role.MANAGER: "public signed_in history",
    Role.AUDITOR: "public signed_in history inquiry audit",
    Role.ADMIN: "public signed_in admin",
    Role.WALL: "public wall",
}


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_may_do_its_part_and_no_more(role: Role | None) -> None:
    assert {right for right in Right if may(role, right)} == {Right(name) for name in MAY[role].split()}
