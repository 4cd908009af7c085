"""What a meeting shows of returns before it closes is what closing it does; and whoever waits is told why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factboard.domain import events as e
from factboard.domain import meeting
from factboard.domain.meeting.agenda import is_up
from factboard.domain.meeting.closing import Open
from factboard.domain.meeting.returns import Going, Returns, Waits, at_its_end
from tests.domain.stepdown.given import CLIENT, announced, on_board, ready, returning, together
from tests.domain.stepdown.world import DAY, World


def shown(world: World, actor: str = "anna") -> tuple[Open, Returns]:
    id = world.here.meeting or ""
    there = [one for one in world.clients.values() if is_up(one)]
    return at_its_end(world.here, world.meetings[id], there, actor, world.now)


def names(rows: tuple[Going, ...]) -> list[str]:
    return [one.client.id for one in rows]


def test_what_is_shown_is_what_closing_does() -> None:
    world = together(
        goes=ready(), kept=ready().kept(until_in=3), asked=ready("confirm"), new=ready("quick"), rest=on_board()
    )
    world.meet(over=["new"])
    world.to(world.now + DAY)
    id = world.opens()
    for item in world.meetings[id].agenda:
        world.discusses(id, item.client)
    _, returns = shown(world)
    assert (names(returns.returning), names(returns.announces)) == (["goes"], ["new"])
    assert (names(returns.asks), returns.waiting, returns.moved) == (["asked"], (), {"goes", "new"})
    world.closes(id)
    [upheld] = world.of("goes", e.ReturnUpheld)
    [new] = world.of("new", e.ReturnAnnounced)
    assert isinstance(upheld, e.ReturnUpheld)
    assert isinstance(new, e.ReturnAnnounced)
    assert (upheld.due, new.planned) == (returns.returning[0].at, returns.announces[0].at)
    assert world.of("asked", e.ReturnAnnounced) == []


def test_the_client_in_focus_about_whom_something_was_decided_counts_as_up() -> None:
    world = announced()
    world.to(world.now + DAY)
    id = world.opens()
    left, returns = shown(world)
    assert (names(returns.waiting), [one.id for one in left.not_discussed]) == ([CLIENT], [CLIENT])
    world.do(meeting.note, CLIENT, of_meeting=id, part=e.NotePart.DECISION, text="Går hem i dag")
    left, returns = shown(world)
    assert (names(returns.returning), left.not_discussed) == ([CLIENT], ())
    assert names(shown(world, actor="lars")[1].returning) == [CLIENT], "whoever looks"


def for_long() -> World:
    """Announced, and nothing calls it off for a week."""
    world = ready("quick").planned(in_days=20, days_ago=0.5).world()
    world.meet()
    return world


@pytest.mark.parametrize(
    ("says", "world", "when", "why"),
    [
        ("announced by the meeting of this morning", announced(), timedelta(hours=1), Waits.TODAY),
        ("the return time has passed", announced(), DAY + timedelta(hours=6), Waits.PASSED),
        ("before the weekend", for_long(), 4 * DAY, Waits.DAYS_OFF),
        ("on a Saturday", for_long(), 5 * DAY, Waits.DAYS_OFF),
        ("not up in this meeting", announced(), DAY, Waits.NOT_UP),
    ],
)
def test_why_an_announced_client_waits(says: str, world: World, when: timedelta, why: Waits) -> None:
    world.now += when
    id = world.opens()
    if why is not Waits.NOT_UP:
        world.discusses(id, CLIENT)
    [one] = shown(world)[1].waiting
    assert one.waits is why, says
    assert one.at
    assert one.at > world.now
    assert world.closes(id)
    assert world.of(CLIENT, e.ReturnUpheld) == []


def test_whose_rating_will_be_too_old_by_then_is_said() -> None:
    world = together(old=ready(), new=ready().rated("lars"))
    world.now += 2 * DAY  # a Wednesday: by Thursday the rating of a Sunday is four working days old
    world.do(meeting.open_meeting, by="anna", present=("anna", "lars"))
    id = world.here.meeting or ""
    for client in ("old", "new"):
        world.discusses(id, client)
    assert {one.client.id: one.fresh for one in shown(world)[1].announces} == {"old": False, "new": True}


def test_a_return_that_an_earlier_meeting_upheld_is_shown_as_well() -> None:
    world = returning()
    world.now += timedelta(hours=1)
    world.opens()
    [one] = shown(world)[1].returning
    assert one.at == world.moment("13:00")
    assert shown(world)[1].moved == {CLIENT}
