"""Handing a client over to another case manager: one at a time by the rule, several in one transaction by the page."""

from __future__ import annotations

from factboard.domain import events as e
from factboard.domain import planned_care, roster
from factboard.domain.case import Case
from factboard.domain.people import Right, may
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.text import REASON, clean


def hand_over(case: Case, *, to: str, before: str | None, reason: str = "") -> list[e.Entry]:
    """From `before`, whom the person saw as the case manager (None: nobody), to `to`. Planned contacts that were theirs
    go along; visits stay with whoever was to go. Refused where somebody else has handed the client over meanwhile.
    """
    client = case.enrolled()
    if client.details.case_manager != before:
        raise Conflict("case_manager_changed_meanwhile")
    member = case.member(to, "to")
    if not may(member.role, Right.CARE):
        raise Invalid("unknown_member", "to")
    if to == before:
        raise Invalid("same_case_manager", "to")
    why = clean(reason, "reason", limit=REASON)
    along = member.role in roster.CLINICAL and any(line.who == before for line in planned_care.schedule(client))
    return [case.about(e.CaseManagerChanged(to, before, why, along))]
