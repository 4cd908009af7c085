"""What a wall calls a client: short, and never the same for two (hazard H6)."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factboard.domain.events import Details, Naming
from factboard.domain.naming import LONGEST, wall_names
from factboard.domain.people import code
from factboard.domain.state import Client
from factboard.domain.text import folded

BORN = date(1980, 5, 17)


def clients(*known: Details) -> list[Client]:
    return [Client(f"c{number}", number, details) for number, details in enumerate(known)]


def called(naming: Naming, *known: Details) -> list[str]:
    return [name.text for name in wall_names(clients(*known), naming).values()]


def all_differ(people: Iterable[Client], naming: Naming) -> None:
    looks = [folded(name.text) for name in wall_names(people, naming).values()]
    assert len(set(looks)) == len(looks)
    assert all(looks)


@pytest.mark.parametrize(
    ("naming", "names"),
    [(Naming.INITIALS, ["SE", "ÅP"]), (Naming.SHORT, ["Stina E", "Åke P"]), (Naming.FIRST, ["Stina", "Åke"])],
)
def test_a_screen_says_what_it_is_set_to(naming: Naming, names: list[str]) -> None:
    assert called(naming, Details("Exempel", "Stina"), Details("Provström", "Åke")) == names


def test_the_teams_own_short_name_is_used_for_short_names_only() -> None:
    known = Details("Exempel", "Stina", short_name="Stisse")
    assert [called(naming, known) for naming in Naming] == [["SE"], ["Stisse"], ["Stina"]]


@pytest.mark.parametrize(
    ("naming", "one", "other", "names"),
    [
        (Naming.FIRST, Details("Ek", "Stina"), Details("Alm", "Stina"), ["Stina E", "Stina A"]),
        (Naming.SHORT, Details("Ek", "Stina"), Details("Exempel", "Stina"), ["Stina Ek", "Stina Ex"]),
        (Naming.SHORT, Details("Öberg", "Åke"), Details("Oberg", "Ake", birth_date=BORN), ["Åke ", "Ake O 1980"]),
        (
            Naming.SHORT,
            Details("Testberg", "Johan", birth_date=date(1975, 6, 30)),
            Details("Testberg", "Johan", birth_date=date(1996, 1, 9)),
            ["Johan T 1975", "Johan T 1996"],
        ),
        (
            Naming.INITIALS,
            Details("Ek", "Siv", birth_date=date(1975, 6, 30)),
            Details("Exempel", "Stina", birth_date=date(1975, 1, 9)),
            ["SE 1975-06-30", "SE 1975-01-09"],
        ),
    ],
)
def test_those_who_look_alike_are_told_apart(naming: Naming, one: Details, other: Details, names: list[str]) -> None:
    found = called(naming, one, other)
    assert all(name.startswith(wanted) for name, wanted in zip(found, names, strict=True))


def test_two_of_one_name_and_day_have_a_code() -> None:
    twin = Details("Testberg", "Johan", birth_date=BORN)
    assert called(Naming.SHORT, twin, twin) == [f"Johan {code('c0')}", f"Johan {code('c1')}"]


def test_a_protected_identity_never_shows_a_name() -> None:
    for naming in Naming:
        (name,) = wall_names(
            clients(Details("Skyddsson", "Vilma", short_name="Ville", protected=True)), naming
        ).values()
        assert (name.name, name.tail, name.hidden) == ("", code("c0"), True)


def test_nobodys_label_changes_because_somebody_else_comes() -> None:
    first = clients(Details("Ek", "Stina"), Details("Alm", "Bo"), Details("Lind", "Åke"))
    newcomer = Client("new", 9, Details("Exempel", "Stina"))
    before, after = wall_names(first, Naming.SHORT), wall_names([*first, newcomer], Naming.SHORT)
    assert [client for client in before if before[client] != after[client]] == ["c0"]  # whom the newcomer looks like


def test_the_order_of_the_clients_does_not_matter() -> None:
    people = near_duplicates(60, 3)
    assert wall_names(people, Naming.SHORT) == wall_names(people[::-1], Naming.SHORT)


def test_a_long_name_is_cut_before_it_is_compared() -> None:
    one, other = Details("Ek", "Aleksanterinpoika"), Details("Ek", "Aleksanterintytär", birth_date=BORN)
    found = wall_names(clients(one, other), Naming.SHORT).values()
    assert all(len(name.name) <= LONGEST and name.name.endswith("…") for name in found)
    assert len({folded(name.text) for name in found}) == 2


def test_letters_keep_their_marks() -> None:
    assert called(Naming.INITIALS, Details("E\u0301tienne", "A\u030ake")) == ["A\u030aE\u0301"]


def test_who_has_no_first_name_is_called_something() -> None:
    for naming in Naming:
        all_differ(clients(Details("Exempel", ""), Details("", ""), Details("", "👍")), naming)


def near_duplicates(count: int, seed: int) -> list[Client]:
    """People whom a tired eye takes for one another: accents, case, namesakes, twins, invisible signs, cut names."""
    rng = random.Random(seed)
    firsts = ("Stina", "STINA", "Stína", "Åsa", "Asa", "Aleksanterinpoika", "Aleksanterintytär", "محمد", "Sti\u200bna")
    lasts = ("Exempel", "Éxempel", "Ex", "E", "exempelsson", "Ek", "الحسيني", "")
    short = ("", "", "", "Stina E", "Stina Ex", "Åsa 1980")
    found = [
        Details(
            rng.choice(lasts),
            rng.choice(firsts),
            short_name=rng.choice(short),
            birth_date=rng.choice([None, BORN, date(1980, 5, 18), date(1979, 5, 17)]),
            protected=rng.random() < 0.05,
        )
        for _ in range(count)
    ]
    return clients(*found)


@pytest.mark.parametrize("naming", Naming)
def test_no_two_of_200_near_duplicates_are_called_the_same(naming: Naming) -> None:
    for seed in range(5):
        all_differ(near_duplicates(200, seed), naming)


@given(
    st.lists(
        st.builds(
            Details,
            st.text(alphabet="aAÅEé ا👍", max_size=3),
            st.text(alphabet="aAÅ\u0301ا-… ", max_size=14),
            short_name=st.sampled_from(["", "a", "A 1980", "a 1980-05-17"]),
            birth_date=st.sampled_from([None, BORN]),
            protected=st.booleans(),
        ),
        max_size=12,
    ),
    st.sampled_from(Naming),
)
def test_whoever_they_are_no_two_are_called_the_same(known: list[Details], naming: Naming) -> None:
    all_differ(clients(*known), naming)
