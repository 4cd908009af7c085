"""What a client thinks of their return: an objection stops nothing by itself, and is never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from factboard.domain import events as e
from factboard.domain import stepdown
from factboard.domain.refusal import Invalid
from factboard.domain.stepdown import Keeping, State, Told, Wishes
from tests.domain.stepdown.given import CLIENT, announced, ready
from tests.domain.stepdown.world import World

NO: dict[str, Any] = {"informed": e.Informed.YES, "view": "Vill INTE", "objects": True}
DAY = timedelta(days=1)


def objects() -> World:
    world = announced()
    world.do(stepdown.tell, CLIENT, **NO)
    return world


def thinks(world: World) -> tuple[str, bool, str] | None:
    said = world.stay(CLIENT).said
    return (said.view, said.objects, said.by) if said else None


def test_an_objection_is_known_and_stops_nothing_by_itself() -> None:
    world = objects()
    assert world.state(CLIENT) is State.ANNOUNCED
    assert world.stay(CLIENT).objects
    assert thinks(world) == ("Vill INTE", True, "anna")
    assert world.stay(CLIENT).said_before is None, "it is said of this return"


@pytest.mark.parametrize(
    ("later", "known"),
    [
        ({"informed": e.Informed.YES}, ("Vill INTE", True)),  # nothing new is thought
        ({"informed": e.Informed.NOT_POSSIBLE}, ("Vill INTE", True)),
        ({"informed": e.Informed.NO}, ("Vill INTE", True)),
        ({"informed": e.Informed.YES, "view": "Helt ok"}, ("Helt ok", False)),
        ({"informed": e.Informed.YES, "objects": True}, ("", True)),
    ],
)
def test_only_what_they_think_later_takes_its_place(later: dict[str, Any], known: tuple[str, bool]) -> None:
    world = objects()
    world.do(stepdown.tell, CLIENT, **later)
    stay = world.stay(CLIENT)
    assert stay.announced
    assert stay.said
    assert (stay.announced.view, stay.announced.objects) == known
    assert (stay.said.view, stay.said.objects) == known


def test_what_is_known_is_not_written_twice() -> None:
    world = objects()
    assert not world.do(stepdown.tell, CLIENT, **NO)
    assert not world.do(stepdown.tell, CLIENT, informed=e.Informed.YES)


def test_called_off_and_announced_anew_it_is_said_before() -> None:
    world = objects()
    world.do(stepdown.keep_on, CLIENT, reason="Vill inte", until=world.today)
    assert world.stay(CLIENT).announced is None
    assert world.stay(CLIENT).said_before == world.stay(CLIENT).said
    world.to(DAY)
    world.meets(CLIENT, "anna")
    world.meet()
    stay = world.stay(CLIENT)
    assert stay.announced
    assert (stay.announced.view, stay.announced.objects) == ("", False)
    assert stay.objects
    assert stay.said_before
    assert thinks(world) == ("Vill INTE", True, "anna")


def test_it_goes_with_the_announcement() -> None:
    world = ready().world()
    world.meet(wishes=Wishes(told={CLIENT: Told(**NO)}))
    [fact] = world.of(CLIENT, e.ReturnAnnounced)
    assert isinstance(fact, e.ReturnAnnounced)
    assert (fact.view, fact.objects) == ("Vill INTE", True)
    assert world.stay(CLIENT).objects


@pytest.mark.parametrize("present", [("anna", "lars"), ("anna",)])
def test_whoever_is_kept_on_for_it_has_said_it_all_the_same(present: tuple[str, ...]) -> None:
    world = ready().world()
    world.meet(present, wishes=Wishes(keep={CLIENT: Keeping("Vill inte")}, told={CLIENT: Told(**NO)}))
    assert world.state(CLIENT) is State.KEPT
    assert thinks(world) == ("Vill INTE", True, "anna")


def test_a_meeting_that_counts_as_none_loses_nothing() -> None:
    world = ready().world()
    world.meet(("anna",), wishes=Wishes(told={CLIENT: Told(**NO)}))
    assert world.state(CLIENT) is State.READY
    assert world.stay(CLIENT).said_before


@pytest.mark.parametrize("said", [{"view": "Vill INTE"}, {"objects": True}])
def test_nobody_thinks_anything_of_what_they_were_not_told(said: dict[str, Any]) -> None:
    asks: list[tuple[World, Any, dict[str, Any], str]] = [(announced(), stepdown.tell, {}, "informed")]
    confirmed = ready("confirm").world()
    confirmed.meet()
    asks.append((confirmed, stepdown.announce, {}, "informed"))
    for world, rule, more, field in asks:
        with pytest.raises(Invalid) as refused:
            world.do(rule, CLIENT, informed=e.Informed.NO, **said, **more)
        assert (refused.value.key, refused.value.field) == ("view_without_telling", field)
    closing = ready().world()
    with pytest.raises(Invalid) as refused:
        closing.meet(wishes=Wishes(told={CLIENT: Told(e.Informed.NO, **said)}))
    assert (refused.value.key, refused.value.field) == ("view_without_telling", f"told_{CLIENT}")


def test_older_facts_object_to_nothing() -> None:
    assert e.ReturnTold(e.Informed.YES, "Bra").objects is False
