"""Announced: by a held meeting that thought of them while they were ready, or by a named clinician after one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from factboard.domain import events as e
from factboard.domain import meeting, placement, roster, stepdown
from factboard.domain.refusal import Conflict, Forbidden, Refused
from factboard.domain.stepdown import Keeping, State, Told, Wishes
from tests.domain.stepdown.given import CLIENT, TOLD, WORSE, announced, on_board, ready, together
from tests.domain.stepdown.world import DAY, NOW, World, local

FRIDAY = date(2026, 11, 27)


class TestAHeldMeetingAnnounces:
    def test_everybody_who_is_ready_and_was_thought_of(self) -> None:
        world = together(
            stina=ready(),
            omar=ready(),
            karin=ready(),
            asa=on_board(),
            by_hand=ready("by_hand"),
            confirm=ready("confirm"),
        )
        done = world.meet(over=["karin"], wishes=Wishes(keep={"omar": Keeping("Flyttar på fredag", FRIDAY)}))
        assert {client: world.state(client).value for client in world.clients} == {
            "stina": "announced", "omar": "kept", "karin": "ready", "asa": "on_board", "by_hand": "on_board",
            "confirm": "ready",
        }  # fmt: skip
        assert [fact.kind for fact in done] == ["not_discussed", "return_held", "return_announced", "meeting_closed"]
        assert [fact.announced for fact in done if isinstance(fact, e.MeetingClosed)] == [1]

    def test_and_says_when_to_which_plan_who_was_told_and_on_what_grounds(self) -> None:
        world = ready().world()
        world.meet(wishes=Wishes(told={CLIENT: Told(e.Informed.YES, "Känns bra")}))
        [fact] = world.of(CLIENT, e.ReturnAnnounced)
        assert isinstance(fact, e.ReturnAnnounced)
        assert fact.planned == local("2026-11-24 13:00") == world.standing(CLIENT).returns
        assert (fact.who, fact.next, fact.informed, fact.view) == ("lars", date(2026, 11, 26), "yes", "Känns bra")
        assert fact.mode is e.Mode.AUTOMATIC
        assert [one.by for one in fact.grounds.ratings] == ["anna", "lars", "anna"]
        assert {one.rating for one in fact.grounds.ratings} == {one.seq for one in world.stay(CLIENT).ratings}
        assert (len(fact.grounds.contacts), fact.grounds.rule, fact.grounds.software) == (2, 1, "test")
        assert fact.grounds.policy == world.here.policies["stable"] > 0

    @pytest.mark.parametrize(
        ("told", "kinds"),
        [
            (Told(e.Informed.YES, "Känns bra"), ["return_told"]),
            (Told(e.Informed.NO), []),  # known already
            (Told(e.Informed.UNKNOWN, "Känns bra"), []),  # nobody said whether
        ],
    )
    def test_what_the_client_was_told_is_written_where_it_is_news(self, told: Told, kinds: list[str]) -> None:
        world = announced()
        done = world.meet(wishes=Wishes(told={CLIENT: told}))
        assert [fact.kind for fact in done if fact.kind == "return_told"] == kinds

    @pytest.mark.parametrize("present", [("anna",), ("anna", "maria")])
    def test_not_without_two_clinicians(self, present: tuple[str, ...]) -> None:
        world = ready().world()
        done = world.meet(present)
        assert [fact.held for fact in done if isinstance(fact, e.MeetingClosed)] == [False]
        assert world.state(CLIENT) is State.READY

    def test_but_what_its_chair_said_then_is_kept(self) -> None:
        """Somebody asked for a client to be kept on: that does not depend on how many were there."""
        world = together(stina=ready(), omar=ready())
        world.meet(("anna",), wishes=Wishes(keep={CLIENT: Keeping("Orolig", FRIDAY)}))
        assert world.state(CLIENT) is State.KEPT
        assert (world.state("omar"), world.stay(CLIENT).holds) == (State.READY, 1)

    def test_not_who_was_thought_of_before_they_were_ready(self) -> None:
        world = on_board().rated("anna", days_ago=9).rated("lars", days_ago=5).world()
        id = world.opens()
        world.discusses(id, CLIENT)
        world.do(meeting.move_focus, of_meeting=id, to=None)
        world.meets(CLIENT, "anna")
        assert world.state(CLIENT) is State.READY
        world.closes(id)
        assert world.state(CLIENT) is State.READY

    def test_who_becomes_ready_while_they_are_before_everybody(self) -> None:
        world = on_board().rated("anna", days_ago=9).rated("lars", days_ago=5).world()
        id = world.opens()
        world.discusses(id, CLIENT)
        world.meets(CLIENT, "anna")
        world.closes(id)
        assert world.state(CLIENT) is State.ANNOUNCED

    def test_not_who_is_ready_no_more_when_it_closes(self) -> None:
        world = ready().world()
        id = world.opens()
        world.discusses(id, CLIENT)
        world.do(placement.rate, CLIENT, by="fatima", rating=WORSE, basis=TOLD)
        world.closes(id)
        assert world.state(CLIENT) is State.ON_BOARD
        assert not world.of(CLIENT, e.ReturnAnnounced)

    def test_not_one_that_nobody_closed(self) -> None:
        world = ready().world()
        world.discusses(world.opens(), CLIENT)
        world.to(NOW + DAY)
        assert world.state(CLIENT) is State.READY

    def test_somebody_put_on_the_board_meanwhile_keeps_their_own_pace(self) -> None:
        world = together(stina=ready(), omar=on_board())
        id = world.opens()
        world.discusses(id, CLIENT)
        world.do(placement.return_to_planned_care, CLIENT, reason="Flyttar")
        world.closes(id, Wishes(keep={CLIENT: Keeping("Nej")}, told={CLIENT: Told(e.Informed.YES)}))
        assert not world.of(CLIENT, e.ReturnHeld, e.ReturnTold, e.ReturnAnnounced)


class TestConfirmed:
    def test_by_a_tick_as_the_meeting_closes(self) -> None:
        world = together(ticked=ready("confirm"), not_ticked=ready("confirm"))
        world.meet(wishes=Wishes(announce=["ticked"]))
        assert (world.state("ticked"), world.state("not_ticked")) == (State.ANNOUNCED, State.READY)

    def test_or_by_a_named_clinician_afterwards(self) -> None:
        world = ready("confirm").world()
        world.meet()
        world.to(timedelta(hours=3))
        world.do(stepdown.announce, CLIENT, by="fatima", informed=e.Informed.NOT_POSSIBLE, view="Svarar inte")
        known = world.stay(CLIENT).announced
        assert known
        assert (known.by, known.meeting, known.mode) == ("fatima", "id1", e.Mode.CONFIRM)
        assert world.state(CLIENT) is State.ANNOUNCED

    def test_a_tick_announces_nobody_who_is_not_ready(self) -> None:
        world = on_board("confirm").world()
        world.meet(wishes=Wishes(announce=[CLIENT]))
        assert world.state(CLIENT) is State.ON_BOARD


def not_discussed() -> World:
    world = ready("confirm").world()
    world.meet(over=[CLIENT])
    return world


def after(*acts: Callable[[World], Any], category: str = "confirm") -> World:
    """A held meeting thought of them while ready, and announced nobody; then this."""
    world = ready(category).world()
    world.meet()
    for act in acts:
        act(world)
    return world


def worried_and_well_again(world: World) -> None:
    """A new worry after the meeting, and by the next morning two people have seen them as usual, over a day."""
    stable = replace(world.here.categories["confirm"].policy, stable_ratings=2, stable_days=1)
    world.tell(e.CategoryChanged(replace(world.here.categories["confirm"], policy=stable, contacts_a_week=0)))
    world.flag(CLIENT, "confirm", taken_by="")
    for when, who in (("2026-11-23 20:00", "anna"), ("2026-11-24 07:30", "lars")):
        world.to(when)
        world.meets(CLIENT, who)
    assert world.state(CLIENT) is State.READY


def away_and_back(world: World) -> None:
    """The case manager was said to be away, and is not: everything is as it was."""
    world.do(roster.note_absence, user="anna", first=world.today)
    [absence] = world.here.absences
    world.do(roster.remove_absence, absence=absence)


@pytest.mark.parametrize(
    ("says", "world", "by", "key", "how"),
    [
        ("somebody who sees no clients", after(), "maria", "clinicians_only", Forbidden),
        ("whom no meeting has thought of", not_discussed(), "anna", "not_discussed_while_ready", Conflict),
        ("while a meeting goes on", after(lambda world: world.opens()), "anna", "announced_at_closing", Conflict),
        ("who is not ready", after(lambda world: world.meets(CLIENT, "lars", WORSE)), "anna", "not_ready", Conflict),
        ("twice", announced("confirm"), "anna", "already_announced", Conflict),
        ("whom an earlier meeting thought of, and the last did not",
         after(lambda world: world.to(DAY), lambda world: world.meet(over=[CLIENT])), "anna",
         "not_discussed_while_ready", Conflict),
        ("whom somebody has kept on since, when that has run out",
         after(lambda world: world.do(stepdown.keep_on, CLIENT, reason="Vänta", until=world.today),
               lambda world: world.to("2026-11-24 08:00")), "anna", "not_discussed_while_ready", Conflict),
        ("about whom somebody was worried since, though they are well again", after(worried_and_well_again), "anna",
         "not_discussed_while_ready", Conflict),
        ("whose return was called off since, though all is as it was",
         after(lambda world: world.do(stepdown.announce, CLIENT), away_and_back), "anna",
         "not_discussed_while_ready", Conflict),
    ],
)  # fmt: skip
def test_nobody_announces(says: str, world: World, by: str, key: str, how: type[Refused]) -> None:
    with pytest.raises(how) as refused:
        world.do(stepdown.announce, CLIENT, by=by)
    assert refused.value.key == key
