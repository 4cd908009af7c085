"""Wall screens: paired, named, set, revoked, and all of them blanked at once."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace

from factboard.domain import events as e
from factboard.domain import screens
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.state import Screen
from tests.domain.given import NOW, Refusal, facts, nobody, table

SHORT, COUNTS = e.Naming.SHORT, e.OutsideMeeting.COUNTS
ROOM = Screen("room", "Mötesrummet", SHORT, COUNTS, "lars", NOW)
OLD = replace(ROOM, id="old", name="Korridoren", revoked=True)
GIVEN = nobody().with_team(screens={"room": ROOM, "old": OLD})
FULL = nobody().with_team(screens={f"s{n}": replace(ROOM, id=f"s{n}", name=f"Skärm {n}") for n in range(screens.MOST)})


def asked(screen: str = "new", name: str = "Köket", naming: e.Naming = SHORT) -> dict[str, object]:
    return {"screen": screen, "name": name, "naming": naming, "outside": COUNTS}


REFUSALS = [
    Refusal("the forty-first screen", FULL, screens.pair_screen, asked(), "too_many", Invalid, "name"),
    Refusal("a screen without a name", GIVEN, screens.pair_screen, asked(name=" "), "required", Invalid, "name"),
    Refusal("a screen with a long name", GIVEN, screens.pair_screen, asked(name="x" * 61), "too_long", Invalid, "name"),
    Refusal("two screens of one name", GIVEN, screens.pair_screen, asked(name="MÖTESRUMMET"), "screen_name_taken", Invalid, "name"),
    Refusal("changing no screen", GIVEN, screens.change_screen, asked("wall"), "unknown_screen", Unknown),
    Refusal("changing a revoked screen", GIVEN, screens.change_screen, asked("old"), "screen_is_revoked", Conflict),
    Refusal("revoking no screen", GIVEN, screens.revoke_screen, {"screen": "wall"}, "unknown_screen", Unknown),
    Refusal("revoking twice", GIVEN, screens.revoke_screen, {"screen": "old"}, "screen_is_revoked", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_a_screen_is_paired_and_may_have_the_name_of_one_that_is_revoked() -> None:
    for name in ("Köket", "Korridoren"):
        made = screens.pair_screen(GIVEN.case(), **asked(name=name))  # type: ignore[arg-type]
        assert facts(made) == [e.ScreenPaired("new", name, SHORT, COUNTS)]


def test_a_revoked_screen_takes_no_room() -> None:
    one_revoked = FULL.team.screens | {"s0": replace(FULL.team.screens["s0"], revoked=True)}
    assert screens.pair_screen(nobody().with_team(screens=one_revoked).case(), **asked())  # type: ignore[arg-type]


def test_a_screen_is_set_anew_and_nothing_changed_is_no_fact() -> None:
    other = screens.change_screen(GIVEN.case(), **asked("room", "Mötesrummet", e.Naming.INITIALS))  # type: ignore[arg-type]
    assert facts(other) == [e.ScreenChanged("room", "Mötesrummet", e.Naming.INITIALS, COUNTS)]
    assert screens.change_screen(GIVEN.case(), **asked("room", "Mötesrummet")) == []  # type: ignore[arg-type]


def test_revoking_says_which() -> None:
    assert facts(screens.revoke_screen(GIVEN.case(), screen="room")) == [e.ScreenRevoked("room", "Mötesrummet")]


def test_all_walls_are_blanked_and_shown_again_once() -> None:
    blank = nobody().with_team(blank=True)
    assert facts(screens.blank_walls(nobody().case())) == [e.WallsBlanked()]
    assert screens.blank_walls(blank.case()) == []
    assert facts(screens.show_walls(blank.case())) == [e.WallsShown()]
    assert screens.show_walls(nobody().case()) == []
