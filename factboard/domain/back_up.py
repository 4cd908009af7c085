"""Back up by one touch: for somebody who returned a short while ago, and is not well after all."""

from __future__ import annotations

from datetime import timedelta

from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict


def put_back(case: Case) -> list[e.Entry]:
    """One touch, for somebody who returned a short while ago: the same category, and the same reason as then."""
    client = case.enrolled()
    last = next((past for past in reversed(client.past) if not past.in_error), None)
    if client.stay:
        raise Conflict("already_on_board")
    if last is None:
        raise Conflict("never_on_board")
    usable = [one for one in case.team.categories.values() if not one.retired]
    known = next((one for one in usable if one.code == last.category), None)
    category = known or min(usable, key=lambda one: (one.order, one.code))
    review_by = case.today + timedelta(days=category.review_days)
    fact = e.PutOnBoard(category.code, last.reason, review_by=review_by, back=True)
    return [e.Entry(fact, client.id, case.new_id())]
