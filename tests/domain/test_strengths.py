"""The strengths assessment, from which goals come, and group supervision, led by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factboard.domain import documents, strengths
from factboard.domain.events.contents import LifeDomain, Strengths, Supervision, Together
from factboard.domain.events.contents.words import LifeArea
from factboard.domain.refusal import Invalid
from factboard.domain.state import Coming
from tests.domain.given import TODAY, Given, Refusal, a_client, table

DAY = timedelta(days=1)
SEEN = Strengths(
    domains=(LifeDomain("w", LifeArea.WORK, wishes="Köra buss igen"),), priorities=("Barnbarnen", "Bussen")
)
BROUGHT = Supervision(on=TODAY, led_by="lars", brought_by="anna", asked="Hur kommer vi vidare?")


def marked() -> Given:
    """Anna leads supervision, nobody else does."""
    known = a_client()
    members = known.team.members
    return known.with_team(members=members | {"anna": replace(members["anna"], leads_supervision=True)})


def writing(content: Supervision) -> dict[str, object]:
    return {"ref": "supervision.a1", "content": content, "together": Together.WITHOUT, "based_on": 0}


def no(says: str, content: Supervision, key: str, field: str, given: Given | None = None) -> Refusal:
    return Refusal(says, given or a_client(), documents.write, writing(content), key, Invalid, field)


REFUSALS = [
    no("on no day", replace(BROUGHT, on=None), "required", "on"),
    no("of tomorrow", replace(BROUGHT, on=TODAY + DAY), "in_the_future", "on"),
    no("led by nobody", replace(BROUGHT, led_by=""), "required", "led_by"),
    no("led by a stranger", replace(BROUGHT, led_by="nobody"), "may_not_lead_supervision", "led_by"),
    no("led by who is not marked", BROUGHT, "may_not_lead_supervision", "led_by", marked()),
    no("nothing asked", replace(BROUGHT, asked=""), "required", "asked"),
    no("back before it was", replace(BROUGHT, back_by=TODAY - DAY), "ends_before_it_begins", "back_by"),
]


@table(REFUSALS)
def test_no_is_said_beside_the_field(row: Refusal) -> None:
    row.holds()


def test_while_nobody_is_marked_everybody_may_lead_it_and_then_those_who_are() -> None:
    assert documents.write(a_client().case(), **writing(BROUGHT))  # type: ignore[arg-type]
    assert documents.write(marked().case(), **writing(replace(BROUGHT, led_by="anna")))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "goal"), [("w", "Köra buss igen"), ("p1", "Bussen"), ("p7", ""), ("x", ""), ("p", "")]
)  # fmt: skip
def test_a_wish_or_a_priority_is_a_goal(row: str, goal: str) -> None:
    assert strengths.goal_of(SEEN, row) == goal


def test_an_assessment_begins_with_every_domain_of_life() -> None:
    assert [one.area for one in strengths.begun().domains] == list(LifeArea)


def test_ideas_wait_to_be_talked_over_until_something_came_of_them() -> None:
    waits = a_client()
    for came_of_it, coming in (("", [(Coming.SUPERVISION_BACK, TODAY + DAY, "anna")]), ("Vi gick ut", [])):
        content = replace(BROUGHT, back_by=TODAY + DAY, came_of_it=came_of_it)
        [entry] = documents.write(waits.case(), **writing(content))  # type: ignore[arg-type]
        assert [(one.what, one.day, one.who) for one in waits.then(entry.fact).client.coming] == coming
