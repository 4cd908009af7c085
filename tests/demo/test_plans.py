"""The demo's clients have plans that could be somebody's, and are nobody's."""

from __future__ import annotations

from factboard.demo.plans import lives
from factboard.demo.staff import PEOPLE
from factboard.domain.events.contents import Kind
from factboard.domain.state import Coming
from factboard.storage import documents
from tests.demo.conftest import Demo


def test_every_life_holds_together() -> None:
    for life in lives():
        for said in ("who_i_am", "meet_me", "care_wishes"):
            assert life[said].strip(), said
        for listed in ("matters", "helps", "signs", "i_do", "others_do", "others_do_not"):
            assert len(life[listed]) >= 2, listed
        assert any(kind == "private" for _, kind, *_ in life["group"])
        assert all(told in ("nothing", "in_crisis", "plan", "everything") for *_, told in life["group"])


async def test_most_clients_have_a_plan_and_some_a_group(demo: Demo) -> None:
    async with demo.store.reading() as connection:
        of = {kind: await documents.of_kind(connection, "kusten", kind) for kind in Kind}
    assert len(of[Kind.CARE_PLAN]) > len(of[Kind.CRISIS_PLAN]) > len(of[Kind.RESOURCE_GROUP]) > 0
    assert any(one.content.responsible for one in of[Kind.SIP])  # type: ignore[union-attr]
    assert of[Kind.SUPERVISION]
    assert all(one.content.goals for one in of[Kind.CARE_PLAN])  # type: ignore[union-attr]
    assert len({one.content.who_i_am for one in of[Kind.ABOUT]}) > 1  # type: ignore[union-attr]


async def test_whoever_tries_the_demo_has_a_tip_to_answer_and_a_group_that_has_met(demo: Demo) -> None:
    clients = [one for one in await demo.clients() if one.details.case_manager == PEOPLE[0].username]
    assert any(one.tips for one in clients)
    assert {dated.what for one in clients for dated in one.coming} >= {Coming.GROUP_MEETING, Coming.EDUCATION_FOLLOW_UP}
