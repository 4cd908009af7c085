"""Was this return as design section 5 wants it? Judged from the history alone, by the plain reading of the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from factboard.domain import events as e
from tests.domain.stepdown.plain import DAY, HOUR, Plain

Rows = Sequence[e.Recorded]
STOPS = (e.FlaggedAgain, e.Admitted, e.Recategorised, e.ReturnHeld, e.AnnouncementWithdrawn)


def wrongs(rows: Rows, returned: e.Recorded, down: Sequence[tuple[datetime, datetime]]) -> Iterator[str]:
    """What is wrong with a return that happened by itself; `rows` are those before it."""
    assert returned.client
    fact: Any = returned.fact
    now, plain = returned.at, Plain(rows, returned.client)
    if plain.put_on is None:
        yield "not on the board"
        return
    if missing := plain.missing(now):
        yield f"without {missing}"
    announced, upheld = plain.announced(), plain.upheld()
    if announced is None or upheld is None:
        yield "unannounced, or upheld by no meeting"
        return
    yield from _announcing(rows, returned.client, announced)
    yield from _upholding(rows, returned.client, announced, upheld)
    if any(row.seq > announced.seq for row in plain.stay.all(*STOPS)):
        yield "stopped since"
    due: datetime = upheld.fact.due  # type: ignore[attr-defined]
    if fact.due != due or not due <= now or plain.day(due) != plain.day(now):
        yield "not at its time, or not on its day"
    today = plain.day(now)
    if not plain.works(today) or not (plain.works(today + DAY) or plain.works(today + 2 * DAY)):
        yield "before days off, or on one"
    newest = plain.day(plain.stable(now)[-1][1])
    if sum(plain.works(newest + n * DAY) for n in range(1, (today - newest).days + 1)) > 3:
        yield "nobody has rated them of late"
    if any(since < due and until > due - HOUR for since, until in down):
        yield "nobody could have stopped it in the hour before"
    paused = plain.team.last(e.ReturnsPaused, e.ReturnsReleased)
    if paused and isinstance(paused.fact, e.ReturnsPaused):
        yield "returns were paused"


def _announcing(rows: Rows, client: str, announced: e.Recorded) -> Iterator[str]:
    """By a held meeting that thought of them while they were ready."""
    fact: Any = announced.fact
    discussed = [row for row in rows if _is_discussed(row, client, fact.meeting)]
    if not any(not Plain(rows[: row.seq - 1], client).missing(row.at) for row in discussed):
        yield "announced by a meeting that did not think of them while they were ready"
    closed = _closed(rows, fact.meeting)
    if closed is None or (announced.seq > closed.seq and announced.actor == "factboard"):
        yield "announced by no held meeting"
    mode = Plain(rows[: announced.seq - 1], client).category.policy.mode
    if mode is e.Mode.BY_HAND:
        yield "announced, though their category lets nobody go"


def _upholding(rows: Rows, client: str, announced: e.Recorded, upheld: e.Recorded) -> Iterator[str]:
    """By another held meeting, on a later day, that had them up as announced; and it was that day's moment."""
    fact: Any = upheld.fact
    plain = Plain(rows[: upheld.seq - 1], client)
    if fact.meeting == announced.fact.meeting:  # type: ignore[attr-defined]
        yield "in the meeting that announced them"
    if plain.day(upheld.at) <= plain.day(announced.at):
        yield "on the day that announced them"
    if not any(_is_discussed(row, client, fact.meeting) and row.seq > announced.seq for row in rows):
        yield "by a meeting that did not think of them"
    if _closed(rows, fact.meeting) is None:
        yield "by a meeting that was not held"
    at = plain.category.policy.return_time or plain.settings.return_time
    if fact.due != plain.start_of(plain.day(upheld.at), at):
        yield "not at the return time"


def _is_discussed(row: e.Recorded, client: str, meeting: str) -> bool:
    return row.client == client and isinstance(row.fact, e.ClientDiscussed) and row.fact.meeting == meeting


def _closed(rows: Rows, meeting: str) -> e.Recorded | None:
    """The end of a meeting with two clinicians in it."""
    there: set[str] = set()
    for row in rows:
        match row.fact:
            case e.MeetingOpened(meeting=id, present=present) if id == meeting:
                there |= {*present}
            case e.AttendanceNoted(meeting=id, user=user, present=came) if id == meeting:
                there = there | {user} if came else there - {user}
            case e.MeetingClosed(meeting=id, held=True) if id == meeting:
                plain = Plain(rows[: row.seq], row.client or "")
                return row if sum(plain.sees_clients(user) for user in there) >= 2 else None
    return None
