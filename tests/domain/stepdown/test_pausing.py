"""Nobody returns by itself where too many would at once, or the clock has jumped, until people say that they may."""

from __future__ import annotations

import pytest

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.domain.events import Postponed
from factboard.domain.refusal import Conflict, Forbidden, Invalid
from factboard.domain.stepdown import State
from tests.domain.stepdown.given import CLIENT, on_board, ready, returning, together
from tests.domain.stepdown.world import DAY, HOUR, NOW, PRESENT, World, local

ONE = local("2026-11-24 13:00")


class TestPaused:
    def board(self, returns: int, of: int) -> World:
        lives = {f"r{n}": ready() for n in range(returns)} | {f"s{n}": on_board() for n in range(of - returns)}
        world = together(**lives)
        world.meet()
        world.to(NOW + DAY)
        world.meet()
        return world

    def gone(self, world: World) -> int:
        return sum(world.state(client) is State.RETURNED for client in world.clients)

    @pytest.mark.parametrize(
        ("returns", "of", "pauses"),
        [(4, 10, False), (4, 4, False), (5, 30, False), (5, 25, False), (6, 30, False), (7, 30, True), (5, 20, True),
         (5, 24, True)],
    )  # fmt: skip
    def test_more_than_a_fifth_of_a_board_at_once_and_at_least_five(self, returns: int, of: int, pauses: bool) -> None:
        world = self.board(returns, of)
        done = world.to(ONE)
        if pauses:
            assert done == [e.ReturnsPaused(e.Pause.MANY, returns, of)]
        assert self.gone(world) == (0 if pauses else returns)

    def test_goes_on_on_the_same_day_when_the_lead_says_so(self) -> None:
        world = self.board(5, 20)
        world.to(ONE + HOUR)
        assert self.gone(world) == 0
        world.do(stepdown.release, by="lars", reason="De är genomgångna")
        done = world.run()
        assert self.gone(world) == 5
        assert {fact.due for fact in done if isinstance(fact, e.Returned)} == {ONE}

    def test_released_for_the_clocks_sake_nobody_has_looked_at_how_many_they_are(self) -> None:
        world = self.board(5, 20)
        world.do(stepdown.pause_for_clock, by="factboard", jump=900)
        world.do(stepdown.release, by="lars", reason="Klockan går rätt")
        assert world.to(ONE) == [e.ReturnsPaused(e.Pause.MANY, 5, 20)]
        assert self.gone(world) == 0

    def test_waits_for_the_next_meeting_when_the_day_has_passed(self) -> None:
        world = self.board(5, 20)
        world.to("2026-11-24 23:59")
        assert self.gone(world) == 0
        done = world.to("2026-11-25 08:00")
        assert [fact.why for fact in done if isinstance(fact, e.ReturnPostponed)] == [Postponed.DAY_PASSED] * 5
        assert {world.state(f"r{n}") for n in range(5)} == {State.ANNOUNCED}

    def test_two_clinicians_in_a_held_meeting_let_them_go_on(self) -> None:
        world = self.board(5, 20)
        world.to("2026-11-25 08:30")
        id = world.opens()
        for client in world.clients:
            world.discusses(id, client)
        for who in ("anna", "lars"):
            world.do(stepdown.agree_to_release, by=who, of_meeting=id)
        done = world.closes(id)
        assert [fact for fact in done if isinstance(fact, e.ReturnsReleased)] == [
            e.ReturnsReleased(("anna", "lars"), id)
        ]
        world.to("2026-11-25 13:00")
        assert self.gone(world) == 5

    @pytest.mark.parametrize(
        ("present", "who"), [(PRESENT, ["anna"]), (PRESENT, ["anna", "anna"]), (("anna", "maria"), ["anna"])]
    )
    def test_but_not_one_alone(self, present: tuple[str, ...], who: list[str]) -> None:
        world = returning()
        world.tell(e.ReturnsPaused(e.Pause.CLOCK, jump=900))
        id = world.opens(present)
        for one in who:
            world.do(stepdown.agree_to_release, by=one, of_meeting=id)
        world.closes(id)
        assert world.here.paused

    @pytest.mark.parametrize("by", ["maria", "fatima"])
    def test_nor_somebody_who_is_not_there_or_no_clinician(self, by: str) -> None:
        world = returning()
        world.tell(e.ReturnsPaused(e.Pause.CLOCK, jump=900))
        id = world.opens(("anna", "lars", "maria"))
        with pytest.raises(Forbidden):
            world.do(stepdown.agree_to_release, by=by, of_meeting=id)
        with pytest.raises(Forbidden):
            world.do(stepdown.release, by=by, reason="Vi tittade")

    def test_the_lead_pauses_them_with_a_reason_and_they_go_on_as_after_any_pause(self) -> None:
        world = returning()
        world.do(stepdown.pause, by="lars", reason="Influensa i teamet")
        paused = world.here.paused
        assert paused
        assert (paused.why, paused.reason) == (e.Pause.PEOPLE, "Influensa i teamet")
        assert world.to(ONE) == []
        assert world.state(CLIENT) is not State.RETURNED
        world.do(stepdown.release, by="lars", reason="Friska igen")
        assert world.here.paused is None

    def test_nor_without_a_reason_or_without_a_pause(self) -> None:
        world = returning()
        with pytest.raises(Conflict, match="not_paused"):
            world.do(stepdown.release, by="lars", reason="Vi tittade")
        world.do(stepdown.pause_for_clock, by="factboard", jump=-3600)
        with pytest.raises(Invalid, match="required"):
            world.do(stepdown.release, by="lars", reason="")

    def test_a_clock_that_jumped_pauses_and_what_is_lost_is_still_called_off(self) -> None:
        world = returning()
        world.do(stepdown.pause_for_clock, by="factboard", jump=-3600)
        assert world.do(stepdown.pause_for_clock, by="factboard", jump=1200) == []
        assert world.to("2026-11-24 23:59") == []
        assert world.asked(CLIENT, "returns") == [], "whoever asks"
        assert world.state(CLIENT) is State.RETURNING
        world.flag(CLIENT)
        assert world.state(CLIENT) is State.ON_BOARD
