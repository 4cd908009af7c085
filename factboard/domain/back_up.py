"""Back up on the board: for somebody who returned a short while ago, and is not well after all.

By one touch; or by what was written before they returned and came here only then, from the queue of a phone.
"""

from __future__ import annotations

from datetime import timedelta

from factboard.domain import events as e
from factboard.domain import planned_care
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Overtaken
from factboard.domain.state import Client, PastStay


def put_back(case: Case) -> list[e.Entry]:
    """One touch, for somebody who returned a short while ago: the same category, and the same reason as then."""
    client = case.enrolled()
    last = _last(client)
    if client.stay:
        raise Conflict("already_on_board")
    if last is None:
        raise Conflict("never_on_board")
    return [_put_on(case, client, last)]


def if_returned_since(case: Case, reason: str = "") -> list[e.Entry]:
    """What comes first of what says that a client is to stay on the board: back up, where they have returned since it
    was written; nothing, where they are on it. `reason`, else the last one.

    Raises `Conflict` where they were not on it then either, `Overtaken` where others have put them on again since.
    """
    client, made = case.enrolled(), case.made
    last, left = _last(client), client.left_board
    if made and last and left and left >= made:
        return [_put_on(case, client, last, reason)]
    stay = case.on_board()
    again = made is not None and (stay.noted or stay.since) > made and stay.put_on_by != case.actor
    if again and not case.anyway:
        raise Overtaken("put_on_since_written", by=stay.put_on_by)
    return []


def with_those(up: list[e.Entry], entries: list[e.Entry]) -> list[e.Entry]:
    """What puts a client back up, and these after it, in the time on the board that it begins."""
    return [*up, *(e.Entry(one.fact, one.client, up[0].placement) for one in entries)] if up else entries


def _last(client: Client) -> PastStay | None:
    return next((past for past in reversed(client.past) if not past.in_error), None)


def _put_on(case: Case, client: Client, last: PastStay, reason: str = "") -> e.Entry:
    usable = [one for one in case.team.categories.values() if not one.retired]
    known = next((one for one in usable if one.code == last.category), None)
    category = known or min(usable, key=lambda one: (one.order, one.code))
    review_by = case.today + timedelta(days=category.review_days)
    fact = e.PutOnBoard(
        category.code,
        reason or last.reason,
        review_by=review_by,
        back=not reason,
        made=case.made,
        plans=planned_care.in_force(client),
    )
    return e.Entry(fact, client.id, case.new_id())
