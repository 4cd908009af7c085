"""The Strengths Model (Rapp and Goscha; domain page, section 7): a wish becomes a goal; colleagues lend ideas."""

from __future__ import annotations

from collections.abc import Iterable

from factboard.domain.case import Case
from factboard.domain.events import Member
from factboard.domain.events.contents import LifeDomain, Strengths, Supervision
from factboard.domain.events.contents.words import LifeArea
from factboard.domain.refusal import Invalid
from factboard.domain.state import Team


def begun() -> Strengths:
    """A new assessment asks of every domain of life, in the model's order."""
    return Strengths(domains=tuple(LifeDomain(area.value.replace("_", ""), area) for area in LifeArea))


def goal_of(content: Strengths, row: str) -> str:
    """What one domain, or with `p0`, `p1` ... a priority, says as a goal; empty where it says nothing."""
    if row[:1] == "p" and row[1:].isdigit() and len(row) < 4:
        return content.priorities[int(row[1:])] if int(row[1:]) < len(content.priorities) else ""
    return next((one.wishes for one in content.domains if one.id == row), "")


def leaders(team: Team) -> list[Member]:
    """Who may lead group supervision: whom the lead has marked; while nobody is, everybody who works in the team."""
    here = [one for one in team.members.values() if not one.left]
    return [one for one in here if one.leads_supervision] or here


def check(case: Case, written: Supervision) -> None:
    """Raises `Invalid` for what a session must say, and for who may not lead it."""
    if written.on is None:
        raise Invalid("required", "on")
    if written.on > case.today:
        raise Invalid("in_the_future", "on")
    if not written.led_by:
        raise Invalid("required", "led_by")
    known = case.document.content if case.document else None
    before = known.led_by if isinstance(known, Supervision) else None
    if written.led_by != before and written.led_by not in _users(leaders(case.team)):
        raise Invalid("may_not_lead_supervision", "led_by")
    if not written.asked:
        raise Invalid("required", "asked")
    if written.back_by and written.back_by < written.on:
        raise Invalid("ends_before_it_begins", "back_by")


def _users(members: Iterable[Member]) -> set[str]:
    return {one.user for one in members}
