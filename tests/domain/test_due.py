"""What falls due by itself, and when: across midnights, daylight saving, holidays, a week without service."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from factboard.domain import due
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.meeting.leading import planned_for
from factboard.domain.state import Meeting, Team, evolve_meeting, evolve_team
from tests.domain.given import NOW, TEAM, TODAY, a_client, facts

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
START = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # 08:30 in Stockholm
FRIDAY = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


MADE = {e.Sheet.ON_CALL: date(2026, 11, 20)}  # last Friday's


def team(**changed: object) -> Team:
    return replace(TEAM, **{"judged": FRIDAY, "sheets": MADE} | changed)  # type: ignore[arg-type]


def with_settings(**changed: object) -> Team:
    return team(settings=replace(TEAM.settings, **changed))  # type: ignore[arg-type]


def unheld(known: Team, now: datetime, began: datetime = LONG_AGO) -> list[datetime]:
    return [one.planned for one in due.due(known, now, began) if isinstance(one, due.Unheld)]


def sheets(known: Team, now: datetime) -> list[tuple[e.Sheet, date]]:
    return [(one.sheet, one.day) for one in due.due(known, now, LONG_AGO) if isinstance(one, due.SheetDue)]


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo("Europe/Stockholm")).astimezone(UTC)


@pytest.mark.parametrize(
    ("says", "known", "now", "found"),
    [
        ("not before its end", team(), START + timedelta(minutes=14), []),
        ("from its end on", team(), START + timedelta(minutes=15), [START]),
        ("not once it is judged", replace(team(), judged=START), NOW, []),
        ("not while a meeting is open", replace(team(), meeting="m", opened=START), NOW, []),
        ("not on a closed day", with_settings(closed_days=(TODAY,)), NOW, []),
        ("not without meeting days", with_settings(meeting_days=()), NOW, []),
        ("not on a weekend", team(), FRIDAY + timedelta(days=2), []),
        ("each one after a week without service", team(), START + timedelta(days=2, hours=1),
         [START, START + timedelta(days=1), START + timedelta(days=2)]),
        ("two weeks back at most", replace(team(), judged=LONG_AGO), NOW, [
            local(TODAY - timedelta(days=back), 8, 30) for back in range(13, -1, -1)
            if (TODAY - timedelta(days=back)).weekday() < 5
        ]),
        ("a day back where none was ever judged", replace(team(), judged=None), START + timedelta(days=2, hours=1),
         [START + timedelta(days=2)]),
        ("nothing after a clock set back", replace(team(), judged=START + timedelta(days=9)), NOW, []),
    ],
)  # fmt: skip
def test_a_planned_meeting_is_missed(says: str, known: Team, now: datetime, found: list[datetime]) -> None:
    assert unheld(known, now) == found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"meeting_days": (1,)}, {"meeting_days": (0, 1)}),
        ({"meeting_time": time(15)}, {"meeting_time": time(8, 30)}),
        ({"closed_days": (TODAY,)}, {"closed_days": ()}),
        ({"time_zone": "America/New_York"}, {"time_zone": "Europe/Stockholm"}),
    ],
)
def test_no_meeting_is_missed_that_was_not_planned_when_its_hour_came(
    before: dict[str, object], after: dict[str, object]
) -> None:
    old, now = with_settings(**before), START + timedelta(hours=2)
    fact = e.TeamSettingsChanged(replace(old.settings, **after))  # type: ignore[arg-type]
    new = evolve_team(old.id, old, e.Recorded(old.seq + 1, now, "lars", fact))
    assert new
    assert unheld(new, now + timedelta(minutes=5)) == []
    assert planned_for(new, now + timedelta(minutes=5)) is None, "nor is a meeting begun now the one of this morning"
    tomorrow = START + timedelta(days=1)
    assert unheld(new, tomorrow + timedelta(hours=1)) == [tomorrow]


def test_other_settings_leave_what_was_missed_as_it_is() -> None:
    fact = e.TeamSettingsChanged(replace(TEAM.settings, most_visits=9))
    new = evolve_team(TEAM.id, team(), e.Recorded(TEAM.seq + 1, NOW, "lars", fact))
    assert new
    assert unheld(new, NOW) == [START]


def test_a_team_just_founded_has_missed_nothing() -> None:
    assert unheld(replace(TEAM, judged=None), NOW, began=START + timedelta(minutes=1)) == []


@pytest.mark.parametrize("day", [date(2026, 10, 24), date(2026, 10, 25), date(2026, 3, 28), date(2026, 3, 29)])
def test_daylight_saving_moves_no_meeting_and_no_sheet(day: date) -> None:
    settings = replace(TEAM.settings, meeting_days=tuple(range(7)), meeting_time=time(2, 30))
    known = team(settings=settings, sheets={e.Sheet.ON_CALL: day}, judged=local(day - timedelta(days=1), 12))
    assert len(unheld(known, local(day, 12))) == 1
    late = replace(known, settings=replace(settings, meeting_time=time(8, 30)))
    assert unheld(late, local(day, 8, 44)) == []
    assert unheld(late, local(day, 8, 45)) == [local(day, 8, 30)]
    assert sheets(late, local(day, 7, 29)) == []
    assert sheets(late, local(day, 7, 30)) == [(e.Sheet.MORNING, day)]


@pytest.mark.parametrize(
    ("says", "known", "now", "found"),
    [
        ("an hour before the meeting", team(), local(TODAY, 7, 30), [(e.Sheet.MORNING, TODAY)]),
        ("not earlier", team(), local(TODAY, 7, 29), []),
        ("not once it is over", team(), local(TODAY, 8, 45), []),
        ("once a day", team(sheets=MADE | {e.Sheet.MORNING: TODAY}), local(TODAY, 8), []),
        ("on working days without a meeting too", with_settings(meeting_days=(2,)), local(TODAY, 8),
         [(e.Sheet.MORNING, TODAY)]),
        ("not on a Thursday afternoon", team(), local(date(2026, 11, 26), 15), []),
        ("for on-call on Friday at three", team(), local(date(2026, 11, 27), 15),
         [(e.Sheet.ON_CALL, date(2026, 11, 27))]),
        ("not a minute before three", team(), local(date(2026, 11, 27), 14, 59), []),
        ("still on Sunday, after a power cut", team(), local(date(2026, 11, 29), 12),
         [(e.Sheet.ON_CALL, date(2026, 11, 27))]),
        ("no longer when the team is back", team(sheets={e.Sheet.MORNING: date(2026, 11, 30)}),
         local(date(2026, 11, 30), 8, 30), []),
        ("before a holiday in the week", with_settings(closed_days=(date(2026, 11, 25),)),
         local(date(2026, 11, 24), 15), [(e.Sheet.ON_CALL, date(2026, 11, 24))]),
    ],
)  # fmt: skip
def test_a_sheet_is_due(says: str, known: Team, now: datetime, found: list[tuple[e.Sheet, date]]) -> None:
    assert sheets(known, now) == found


def test_the_on_call_sheet_reaches_to_the_next_working_morning() -> None:
    known = with_settings(closed_days=(date(2026, 11, 30),))
    found = due.due(known, local(date(2026, 11, 27), 16), LONG_AGO)
    assert [one.until for one in found if isinstance(one, due.SheetDue)] == [local(date(2026, 12, 1), 8, 30)]


def test_without_a_folder_no_sheet_is_due() -> None:
    assert due.due(team(), local(TODAY, 8), LONG_AGO, sheets=False) == []


# --- the rules look again -----------------------------------------------------------------------------------


def a_meeting(planned: datetime | None = START) -> Meeting:
    opened = e.MeetingOpened("m", "anna", None, ("anna",), (e.AgendaItem("stina", e.AgendaGroup.REST),), NOW, planned)
    found = evolve_meeting(None, e.Recorded(40, START, "anna", opened))
    assert found
    return found


def case(known: Team, now: datetime = NOW, **more: object) -> Case:
    return replace(a_client().on_board().case("factboard", now=now), team=known, client=None, **more)  # type: ignore[arg-type]


def test_nobody_opened_it() -> None:
    assert facts(due.not_held(case(team()), planned=START)) == [e.MeetingNotHeld(START, e.NotHeld.NOT_OPENED)]


def test_too_few_were_there() -> None:
    closed = replace(a_meeting(), closed=NOW)
    assert facts(due.not_held(case(team(), meeting=closed), planned=START)) == [
        e.MeetingNotHeld(START, e.NotHeld.TOO_FEW)
    ]


@pytest.mark.parametrize("known", [replace(team(), judged=START), replace(team(), meeting="m", opened=NOW)])
def test_what_is_judged_or_going_on_is_not_judged_again(known: Team) -> None:
    assert due.not_held(case(known), planned=START) == []


def test_a_meeting_nobody_closed_ends_after_midnight_and_loses_nobody() -> None:
    known = replace(team(), meeting="m", opened=START, planned=START)
    stina = a_client().on_board().client
    assert stina
    midnight = local(TODAY + timedelta(days=1), 0)
    early = case(known, midnight - timedelta(seconds=1), meeting=a_meeting(), others=(stina,))
    assert due.close_left_open(early) == []
    entries = due.close_left_open(case(known, midnight, meeting=a_meeting(), others=(stina,)))
    assert [(entry.fact.kind, entry.client) for entry in entries] == [
        ("not_discussed", "stina"), ("meeting_closed", None), ("meeting_not_held", None),
    ]  # fmt: skip
    assert entries[1].fact == e.MeetingClosed("m", False, not_discussed=1, untaken=1, uncovered=1)
    assert entries[2].fact == e.MeetingNotHeld(START, e.NotHeld.NOT_CLOSED)


def test_a_meeting_opened_late_at_night_has_its_hours() -> None:
    opened = local(TODAY, 23, 50)
    known = replace(team(), judged=START, meeting="m", opened=opened)
    at = [one.at for one in due.due(known, opened + timedelta(hours=9), LONG_AGO) if isinstance(one, due.LeftOpen)]
    assert at == [opened + timedelta(hours=4)]


def test_a_sheet_is_written_once_a_day() -> None:
    given = {"sheet": e.Sheet.MORNING, "day": TODAY, "file": "morning.html", "digest": "x", "clients": 3}
    assert len(due.sheet_written(case(team()), **given)) == 1  # type: ignore[arg-type]
    assert due.sheet_written(case(team(sheets=MADE | {e.Sheet.MORNING: TODAY})), **given) == []  # type: ignore[arg-type]
