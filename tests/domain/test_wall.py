"""The wall at a moment: what it shows, to whom, for how long, and what it says when not all of it fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.louder import Alarm
from factboard.domain.state import Absence, Client, FollowUp, Held, Meeting, PastStay, Paused, Team
from factboard.domain.stepdown import State, Wishes
from factboard.domain.visits import Why
from factboard.domain.wall import MOST, TURN, Mode, Tile, Wall, blank, fit, mode, opens, page, shares, theme, wall
from factboard.domain.wall.tiles import Mark
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client, details
from tests.domain.stepdown.given import CLIENT, announced, on_board, ready, returning, together
from tests.domain.stepdown.world import SETTINGS, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOARD, COUNTS, NOTHING = e.OutsideMeeting.BOARD, e.OutsideMeeting.COUNTS, e.OutsideMeeting.BLANK


def local(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """A time in Stockholm, which is an hour ahead of UTC in November."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - HOUR


def named(given: Given, id: str, **known: object) -> Client:
    state = given.client
    assert state
    return replace(state, id=id, details=details(**known) if known else state.details)  # type: ignore[arg-type]


def board_of(count: int) -> list[Client]:
    return [named(a_client().on_board(), f"c{number:02}", first_name=f"N{number}") for number in range(count)]


def the_tile(given: Given, now: datetime = NOW) -> Tile:
    (found,) = wall(given.team, [named(given, "stina")], now).tiles
    return found


def a_meeting(focus: str | None, *agenda: str) -> Meeting:
    items = tuple(e.AgendaItem(client, e.AgendaGroup.REST) for client in agenda)
    people = ("anna", "lars")
    return Meeting("m", 1, 1, NOW, NOW + HOUR, None, "anna", None, people, items, focus, NOW, {})


# --- when it shows what -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "shows"),
    [
        (local(7, 59), Mode.COUNTS),
        (local(8, 0), Mode.BOARD),  # 30 minutes before 08:30
        (local(9, 44), Mode.BOARD),
        (local(9, 45), Mode.COUNTS),  # 60 minutes after its end
        (local(8, 30, date(2026, 11, 28)), Mode.COUNTS),  # a Saturday
    ],
)
def test_clients_are_shown_around_the_meeting(at: datetime, shows: Mode) -> None:
    assert mode(TEAM, at, COUNTS) is shows
    assert mode(TEAM, at, NOTHING) is (Mode.BLANK if shows is Mode.COUNTS else shows)
    assert mode(TEAM, at, BOARD) is Mode.BOARD


def test_a_closed_day_has_no_meeting_to_show_clients_for() -> None:
    closed = replace(TEAM, settings=replace(TEAM.settings, closed_days=(TODAY,)))
    assert mode(closed, local(8, 30), NOTHING) is Mode.BLANK


def test_a_window_reaches_over_midnight() -> None:
    night = replace(TEAM, settings=replace(TEAM.settings, meeting_time=time(23, 50), meeting_days=(0,)))
    assert mode(night, local(0, 30, TODAY + DAY), NOTHING) is Mode.BOARD


def test_an_open_meeting_shows_clients_at_any_hour() -> None:
    assert mode(replace(TEAM, meeting="m", opened=local(20)), local(20, 30), NOTHING) is Mode.BOARD


def test_a_blanked_wall_is_blank_whatever_else_is_so() -> None:
    blanked = replace(TEAM, blank=True, meeting="m", opened=NOW)
    assert mode(blanked, local(8, 30), BOARD) is Mode.BLANK
    shown = wall(blanked, board_of(3), local(8, 30), meeting=a_meeting("c00", "c00"))
    assert (shown.clients, shown.tiles, shown.count) == (frozenset(), (), 0)


def test_a_blank_wall_says_when_it_is_back() -> None:
    assert opens(TEAM.settings, local(12)) == local(8, 0, TODAY + DAY)
    assert opens(TEAM.settings, local(7)) == local(8)
    assert opens(replace(TEAM.settings, meeting_days=()), NOW) is None


def test_a_wall_knows_the_days_off_of_the_next_weeks_public_holidays_among_them() -> None:
    own = replace(TEAM, settings=replace(TEAM.settings, closed_days=(date(2026, 11, 22), TODAY, date(2026, 12, 24))))
    off = [date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 1, 6)]
    assert list(wall(own, [], NOW).closed) == [TODAY, date(2026, 12, 24), *off]
    assert list(blank(TEAM, NOW).closed) == off
    plain = replace(TEAM, settings=replace(TEAM.settings, public_holidays=False))
    assert wall(plain, [], NOW).closed == ()


@pytest.mark.parametrize(
    ("at", "shown"),
    [(local(6, 59), "dark"), (local(7), "light"), (local(17, 59), "light"), (local(18), "dark"), (local(0), "dark")],
)
def test_it_is_light_by_day_and_dark_by_night(at: datetime, shown: str) -> None:
    assert theme(TEAM.settings, at) == shown


@pytest.mark.parametrize(
    ("at", "turns"),
    [
        (local(6), local(7)),  # light
        (local(7), local(8)),  # the window opens
        (local(8), local(8, 30)),  # from the meeting on, visits are counted to the next one
        (local(8, 30), local(9, 45)),  # the window closes
        (local(9, 45), local(13)),  # what is not done rises
        (local(13), local(18)),  # dark
        (local(18), local(0, 0, TODAY + DAY)),
    ],
)
def test_it_says_when_the_hour_alone_changes_it(at: datetime, turns: datetime) -> None:
    assert blank(TEAM, at).valid_until == turns
    assert wall(TEAM, [], at).valid_until == turns


def test_no_turn_is_left_out_on_the_days_when_the_clock_changes() -> None:
    for day in (date(2026, 3, 28), date(2026, 10, 24)):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        end = at + 3 * DAY
        while at < end:
            until = wall(TEAM, [], at, outside=COUNTS).valid_until
            assert at < until <= at + DAY + HOUR
            halfway = at + (until - at) / 2
            one, other = (wall(TEAM, [], moment, outside=COUNTS) for moment in (at, halfway))
            assert (one.mode, one.theme, one.meets) == (other.mode, other.theme, other.meets)
            at = until


@pytest.mark.parametrize("outside", [BOARD, COUNTS])
def test_a_wall_is_the_same_until_it_says(outside: e.OutsideMeeting) -> None:
    given = (
        a_client()
        .on_board(ago=5 * HOUR, review_by=TODAY + DAY)
        .then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW - 6 * DAY), ago=6 * DAY)
        .then(e.VisitPlanned("lars", TODAY + DAY, time(10), ""))
        .then(e.ActionAdded("a", "Ring", "anna", TODAY, False))
    )
    returned = a_client().on_board(ago=20 * DAY).then(e.Returned(""), ago=13 * DAY)
    people = [named(given, "a"), named(returned, "b", first_name="B")]

    def seen(at: datetime) -> tuple[object, ...]:
        shown = wall(TEAM, people, at, outside=outside)
        tiles = tuple(replace(one, turns=NOW) for one in shown.tiles)
        return shown.mode, shown.theme, shown.meets, shown.opens, tiles, shown.side, shown.overdue, shown.uncovered

    at = NOW
    while at < NOW + 4 * DAY:
        until = wall(TEAM, people, at, outside=outside).valid_until
        assert seen(at) == seen(until - timedelta(seconds=1))
        at = until


# --- a client -----------------------------------------------------------------------------------------------


def test_a_tile_says_who_goes_next() -> None:
    given = a_client().on_board().then(e.VisitPlanned("lars", TODAY, time(14), ""), ago=HOUR)
    found = the_tile(given)
    assert found.visit
    assert (found.visit.day, found.goes, found.gap) == (TODAY, "lars", None)


def test_a_tile_says_that_the_backup_goes_or_nobody() -> None:
    away = {"x": Absence("x", "lars", TODAY, TODAY, "")}
    plan = e.VisitPlanned("lars", TODAY, None, "", "anna")
    with_backup = a_client().on_board().then(plan).with_team(absences=away)
    alone = a_client().on_board().then(replace(plan, backup=None)).with_team(absences=away)
    assert the_tile(with_backup).goes == "anna"
    assert (the_tile(alone).goes, the_tile(alone).gap) == (None, Why.AWAY)


def test_a_later_visit_does_not_hide_that_nobody_goes_before_the_meeting() -> None:
    given = a_client().on_board().then(e.VisitPlanned("lars", TODAY + 6 * DAY, None, ""), ago=HOUR)
    found, lists = the_tile(given), beside(given).side
    assert (found.gap, found.visit and found.visit.day) == (Why.NOBODY, TODAY + 6 * DAY)
    assert lists
    assert [one.client.id for one in lists.gaps.shown] == [*lists.later]


def test_in_focus_only_contacts_of_seven_days_are_listed_and_the_last_one_before() -> None:
    given = a_client().on_board(ago=20 * DAY)
    for days in (12, 9, 3):
        given = given.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW - days * DAY), ago=days * DAY)
    shown = wall(given.team, [named(given, "c00")], NOW, meeting=a_meeting("c00", "c00")).focus
    assert shown
    assert [one.happened_at for one in shown.contacts] == [NOW - 3 * DAY]
    assert shown.before
    assert shown.before.happened_at == NOW - 9 * DAY


def test_a_tile_counts_the_contacts_of_seven_days() -> None:
    met = e.ContactLogged(e.ContactKind.HOME, "anna", NOW - 6 * DAY)
    given = a_client().on_board(ago=8 * DAY).then(met, ago=6 * DAY)
    assert (the_tile(given).contacts, the_tile(given).due) == (1, 5)
    leaves = calendar.midnight_after(TODAY + DAY, given.team.settings)  # then its day is more than a week ago
    assert wall(given.team, [named(given, "stina")], leaves - HOUR).tiles[0].contacts == 1
    assert wall(given.team, [named(given, "stina")], leaves - HOUR).valid_until == leaves
    assert wall(given.team, [named(given, "stina")], leaves).tiles[0].contacts == 0


def test_what_has_changed_is_counted_from_the_last_held_meeting() -> None:
    given = a_client().on_board(ago=3 * HOUR)
    before, after = (Held("m", NOW - 9 * HOUR, NOW - hours * HOUR) for hours in (4, 2))
    assert the_tile(given.with_team(held=before)).changes == ("put_on",)
    assert the_tile(given.with_team(held=after)).changes == ()
    assert the_tile(given).changes == ("put_on",)  # no meeting was ever held: a day's news
    assert the_tile(given, NOW + 22 * HOUR).changes == ()


def test_the_most_pressing_marks_come_first() -> None:
    given = a_client().on_board(ago=9 * DAY, review_by=TODAY - DAY)
    added = e.ActionAdded("a", "Ring", None, None, True)
    assert said(given.then(added)) == ["untaken", "unseen", "review", "urgent"]
    assert said(given.then(e.Taken(), by="anna")) == ["unseen", "review"]
    new = a_client().on_board(ago=timedelta(minutes=5))
    assert said(new) == ["untaken", "put_on"], "and not yet for too long"
    assert the_tile(new).marks[0] is Mark.UNTAKEN


def said(given: Given, now: datetime = NOW) -> list[str]:
    """What a tile marks, by name."""
    marks = the_tile(given, now).marks
    return [one.step.value if isinstance(one, Alarm) else one.value for one in marks]


def test_an_untaken_flag_asks_out_of_hours_who_acts_tonight() -> None:
    given = a_client().on_board(ago=timedelta(minutes=5))
    assert said(given, local(10, 10))[0] == "untaken"
    assert isinstance(the_tile(given, local(10, 10)).marks[0], Alarm), "half an hour of working time has passed"
    assert said(given, local(16, 30))[0] == "tonight"
    shown = wall(TEAM, [named(given, "stina")], local(16, 0))
    assert shown.valid_until == local(16, 30), "as the team goes home"
    sides = [wall(TEAM, [named(given, "stina")], local(hour)).side for hour in (15, 17)]
    assert [side and side.tonight for side in sides] == [False, True]


def test_tiles_stand_in_the_teams_order_and_untaken_first() -> None:
    people = [
        named(a_client().on_board("long_intensive"), "d"),
        named(a_client().on_board("short_intensive").then(e.Taken(), by="anna"), "c"),
        named(a_client().on_board("short_intensive", ago=9 * HOUR), "b"),
        named(a_client().on_board("crisis_prevention").then(e.Taken(), by="anna"), "a"),
    ]
    assert [one.client.id for one in wall(TEAM, people, NOW).tiles] == ["a", "b", "c", "d"]


def test_what_has_gone_on_for_too_long_stands_before_the_others_of_its_category() -> None:
    taken = e.Taken()
    people = [
        named(a_client().on_board(ago=timedelta(minutes=1)), "new"),
        named(a_client().on_board(ago=2 * HOUR, review_by=TODAY - DAY).then(taken, by="anna"), "overdue"),
        named(a_client().on_board(ago=20 * DAY).then(taken, by="anna"), "unseen"),
        named(a_client().on_board("crisis_prevention").then(taken, by="anna"), "other"),
    ]
    assert [one.client.id for one in wall(TEAM, people, NOW).tiles] == ["other", "unseen", "overdue", "new"]


# --- the way back -------------------------------------------------------------------------------------------


def on_the_way(world: World, now: datetime | None = None) -> Wall:
    return wall(world.here, list(world.clients.values()), now or world.now)


def test_a_tile_says_where_a_client_stands_on_the_way_back() -> None:
    for world, state, mark in (
        (ready().world(), State.READY, Mark.READY),
        (announced(), State.ANNOUNCED, Mark.RETURNS),
        (returning(), State.RETURNING, Mark.RETURNS),
        (ready().kept(until_in=3).world(), State.KEPT, Mark.KEPT),
    ):
        (found,) = on_the_way(world).tiles
        assert found.standing.state is state
        assert mark in found.marks
        assert found.goes_home == (mark is Mark.RETURNS)
        assert (found.returns is not None) == found.goes_home


def test_an_announced_return_stands_before_all_but_what_nobody_has_taken() -> None:
    world = returning()
    world.tell(e.ReviewSet(world.now.date() - DAY, "Ny dag"), client=CLIENT)
    (found,) = on_the_way(world).tiles
    assert found.review_overdue
    assert found.marks[0] is Mark.RETURNS


def test_planned_returns_stand_beside_the_board_with_their_moments_in_order() -> None:
    world = together(first=ready(), later=ready(), third=on_board())
    world.meet(wishes=Wishes(announce=["first", "later"]))
    shown = on_the_way(world)
    assert shown.side
    assert [one.client.id for one in shown.side.returning.shown] == ["first", "later"]
    assert {one.returns for one in shown.side.returning.shown} == {world.standing("first").returns}
    assert (shown.announced, shown.returning) == (2, 0)
    assert shown.clients >= {"first", "later"}
    world = returning()
    assert (on_the_way(world).announced, on_the_way(world).returning) == (0, 1)


def test_nobody_is_said_to_return_while_returns_are_paused() -> None:
    world = returning()
    paused = replace(world.here, paused=Paused(e.Pause.MANY, world.now))
    shown = wall(paused, list(world.clients.values()), world.now)
    assert (shown.returning, shown.tiles[0].returns, shown.tiles[0].goes_home) == (0, None, True)


def test_a_wall_turns_with_where_clients_stand() -> None:
    world = ready().world(replace(SETTINGS, return_time=time(14, 10)))
    world.meet()
    world.to(world.now + DAY)
    world.meet()
    due = world.standing(CLIENT).returns
    assert due == local(14, 10, TODAY + DAY)
    assert on_the_way(world, local(13, 30, TODAY + DAY)).valid_until == due
    assert on_the_way(world, due).valid_until > due


def test_where_clients_stand_is_the_same_until_the_wall_says() -> None:
    world = together(
        home=ready(), kept=ready().kept(until_in=2), soon=on_board().rated("anna", days_ago=2), ward=ready().admitted()
    )
    world.meet()

    def seen(at: datetime) -> tuple[object, ...]:
        shown = on_the_way(world, at)
        tiles = tuple(replace(one, turns=NOW) for one in shown.tiles)
        return tiles, shown.side, shown.announced, shown.returning, shown.overdue

    at = world.now
    while at < world.now + 12 * DAY:
        until = on_the_way(world, at).valid_until
        assert at < until
        assert seen(at) == seen(until - timedelta(seconds=1))
        at = until


def returned(id: str, ago: timedelta, plan: FollowUp | None) -> Client:
    past = PastStay("p", NOW - 30 * DAY, NOW - ago, "short_intensive")
    return replace(named(a_client(), id, first_name=id), past=(past,), follow_up=plan)


def test_whom_nobody_has_met_in_time_after_a_return_comes_first_and_is_marked() -> None:
    people = [
        returned("newest", DAY, FollowUp(TODAY + 6 * DAY, "lars", NOW - DAY)),
        returned("met", 3 * DAY, FollowUp(TODAY, "lars", NOW - 3 * DAY, NOW, "lars")),
        returned("late", 9 * DAY, FollowUp(TODAY - 2 * DAY, "anna", NOW - 9 * DAY)),
        returned("long", 40 * DAY, FollowUp(TODAY - 33 * DAY, None, NOW - 40 * DAY)),
    ]
    shown = wall(TEAM, people, NOW)
    assert shown.side
    found = shown.side.returned.shown
    assert [(one.client.id, one.late) for one in found] == [
        ("long", True), ("late", True), ("newest", False), ("met", False),
    ]  # fmt: skip
    assert found[3].follow_up is None, "nobody waits for them"
    soon = [returned("a", DAY, FollowUp(TODAY, "lars", NOW - DAY))]
    assert wall(TEAM, soon, local(19)).valid_until == local(0, 0, TODAY + DAY)


def test_who_waits_for_a_follow_up_is_still_to_be_thought_of() -> None:
    waits = returned("waits", 9 * DAY, FollowUp(TODAY - 2 * DAY, "anna", NOW - 9 * DAY))
    met = returned("met", 9 * DAY, FollowUp(TODAY - 2 * DAY, "anna", NOW - 9 * DAY, NOW))
    shown = wall(TEAM, [*board_of(1), waits, met], NOW, meeting=a_meeting("waits", "waits", "met", "c00"))
    assert shown.progress
    assert (shown.progress.discussed, shown.progress.of) == (1, 3)
    assert shown.focus
    assert (shown.focus.client.id, shown.focus.tile) == ("waits", None)
    assert shown.focus.follow_up == waits.follow_up
    assert [alarm.step for alarm in shown.focus.alarms] == [e.Step.FOLLOW_UP]


# --- how much fits ------------------------------------------------------------------------------------------


def test_everybody_fits_up_to_sixty_and_the_more_the_less_is_said_of_each() -> None:
    details_of = [fit(count).detail for count in range(1, MOST + 1)]
    assert details_of == sorted(details_of, reverse=True)
    assert all((one := fit(count)).columns * one.rows >= count for count in range(1, MOST + 1))
    assert fit(30).detail == 3  # thirty with everything


def test_above_sixty_pages_take_turns_and_nobody_is_left_out() -> None:
    people = board_of(75)
    first, second = (wall(TEAM, people, NOW + timedelta(seconds=TURN * step)) for step in (0, 1))
    assert {one.client.id for shown in (first, second) for one in shown.tiles} == {one.id for one in people}
    for shown in (first, second):
        assert (shown.count, shown.page and shown.page.count) == (75, 2)
        assert len(shown.tiles) in (37, 38)
    assert first.valid_until == NOW + timedelta(seconds=TURN)
    assert first.page != second.page


def test_sixty_are_one_page_that_does_not_turn() -> None:
    assert page(60, NOW) == page(60, NOW + timedelta(seconds=TURN))
    assert page(0, NOW).count == 1


def test_lists_share_the_lines_and_the_first_has_most() -> None:
    assert shares([2, 0, 3], 20) == [2, 0, 3]
    many = shares([40, 40, 40], 20)
    assert sum(many) + 6 <= 20  # a heading and a line for the rest each
    assert many[0] > many[1] >= many[2] >= 1
    assert shares([1] * 7, 5) == [1] * 7  # one of each is always said


def test_what_a_list_leaves_out_is_counted() -> None:
    side = wall(TEAM, board_of(40), NOW).side
    assert side
    assert side.gaps.more > 0
    assert len(side.gaps.shown) + side.gaps.more == 40
    assert len(side.untaken.shown) + side.untaken.more == 40


# --- beside the board ---------------------------------------------------------------------------------------


def beside(*given: Given, now: datetime = NOW, team: Team = TEAM) -> Wall:
    people = [named(one, f"c{number}", first_name=f"N{number}") for number, one in enumerate(given)]
    return wall(team, people, now)


def test_those_for_whom_nobody_goes_come_before_the_visits() -> None:
    goes = a_client().on_board().then(e.VisitPlanned("lars", TODAY, None, ""), ago=HOUR)
    side = beside(a_client().on_board(), goes).side
    assert side
    assert [gap.client.id for gap in side.gaps.shown] == ["c0"]
    assert [(one.client.id, one.who) for one in side.going.shown] == [("c1", "lars")]


def test_what_is_not_done_rises_in_the_afternoon() -> None:
    given = (
        a_client()
        .on_board()
        .then(e.VisitPlanned("lars", TODAY, time(10), ""), ago=HOUR)
        .then(e.ActionAdded("a", "Ring", "anna", TODAY, False))
        .then(e.ActionAdded("b", "Ring sen", "anna", TODAY + DAY, False))
    )
    before, after = (beside(given, now=local(hour)).side for hour in (12, 13))
    assert before
    assert after
    assert (before.undone.shown, len(before.going.shown)) == ((), 1)
    assert [one.action.id if one.action else "visit" for one in after.undone.shown] == ["visit", "a"]
    assert after.going.shown == ()


def test_a_visit_that_was_made_does_not_rise() -> None:
    met = e.ContactLogged(e.ContactKind.HOME, "lars", NOW)
    given = a_client().on_board().then(e.VisitPlanned("lars", TODAY, None, ""), ago=HOUR).then(met)
    side = beside(given, now=local(14)).side
    assert side
    assert side.undone.shown == ()


def test_the_side_tells_who_is_here_admitted_under_a_measure_and_just_returned() -> None:
    admitted = a_client().then(e.Admitted("PIVA 12", TODAY - 6 * DAY, TODAY + 2 * DAY), ago=HOUR)
    legal = a_client().then(e.LegalMeasureStarted("l", "ÖPT", TODAY, TODAY + 12 * DAY))
    sooner = a_client().then(e.LegalMeasureStarted("l", "ÖPT", TODAY, TODAY + 3 * DAY))
    open_end = a_client().then(e.LegalMeasureStarted("l", "ÖPT", TODAY))
    returned = a_client().on_board(ago=20 * DAY).then(e.Returned(""), ago=2 * DAY)
    long_ago = a_client().on_board(ago=40 * DAY).then(e.Returned(""), ago=15 * DAY)
    team = replace(TEAM, duty={TODAY: "lars"})
    shown = beside(admitted, legal, sooner, open_end, returned, long_ago, team=team)
    side = shown.side
    assert side
    assert [one.id for one in side.admitted.shown] == ["c0"]
    assert [(one.client.id, one.left) for one in side.legal.shown] == [("c2", 3), ("c1", 12), ("c3", None)]
    assert [one.client.id for one in side.returned.shown] == ["c4"]
    assert ([one.user for one in side.here], side.duty and side.duty.user) == (["anna", "lars"], "lars")
    assert shown.clients == {"c0", "c1", "c2", "c3", "c4"}


def test_somebody_leaves_the_recently_returned_when_their_days_are_over() -> None:
    returned = a_client().on_board(ago=20 * DAY).then(e.Returned(""), ago=14 * DAY - timedelta(minutes=1))
    shown = beside(returned)
    assert shown.valid_until == NOW + timedelta(minutes=1)
    later = beside(returned, now=NOW + timedelta(minutes=1)).side
    assert later
    assert later.returned.shown == ()


# --- whom it shows ------------------------------------------------------------------------------------------


def test_numbers_show_nobody() -> None:
    shown = wall(TEAM, board_of(5), local(20), outside=COUNTS)
    assert (shown.mode, shown.count, shown.untaken) == (Mode.COUNTS, 5, 5)
    assert (shown.clients, shown.tiles, shown.side, shown.names) == (frozenset(), (), None, None)
    assert [(category.code, many) for category, many in shown.groups] == [("short_intensive", 5)]


def test_a_page_shows_those_who_stand_on_it_and_in_the_lists() -> None:
    shown = wall(TEAM, board_of(75), NOW)
    assert shown.side
    assert shown.clients == {one.client.id for one in shown.tiles} | shown.side.clients
    assert len(shown.clients) < 75


def test_no_two_on_one_wall_are_called_the_same() -> None:
    people = [named(a_client().on_board(), f"c{number}") for number in range(20)]
    names = wall(TEAM, people, NOW).names
    assert names
    assert len({name.text for name in names.values()}) == 20


# --- in a meeting -------------------------------------------------------------------------------------------


def test_in_a_meeting_the_client_in_focus_stands_before_everybody() -> None:
    people = board_of(3)
    shown = wall(TEAM, people, NOW, meeting=a_meeting("c01", "c00", "c01", "c02"))
    assert shown.focus
    assert (shown.focus.client.id, shown.side, shown.worries) == ("c01", None, None)
    assert [one.client.id for one in shown.tiles] == ["c00", "c01", "c02"]
    assert shown.clients == {"c00", "c01", "c02"}
    assert shown.progress
    assert (shown.progress.discussed, shown.progress.of) == (0, 3)


def test_who_has_left_the_board_needs_no_more_thinking_of() -> None:
    shown = wall(TEAM, board_of(2), NOW, meeting=a_meeting("c00", "c00", "gone"))
    assert shown.progress
    assert (shown.progress.discussed, shown.progress.of) == (1, 3)  # c01 was put on during the meeting


def test_a_client_in_focus_who_has_left_the_board_is_still_shown() -> None:
    gone = replace(named(a_client(), "gone"), past=(PastStay("p", NOW - DAY, NOW, "short_intensive"),))
    shown = wall(TEAM, board_of(2), NOW, meeting=a_meeting("gone", "gone"), caseload=[gone])
    assert shown.focus
    assert (shown.focus.client.id, shown.focus.tile) == ("gone", None)
    assert "gone" in shown.clients


def test_the_page_with_the_client_in_focus_is_the_one_that_stands() -> None:
    people = board_of(75)
    for id in ("c00", "c74"):
        shown = wall(TEAM, people, NOW, meeting=a_meeting(id))
        assert id in {one.client.id for one in shown.tiles}
        later = wall(TEAM, people, NOW + timedelta(seconds=TURN), meeting=a_meeting(id))
        assert later.page == shown.page


def test_the_last_round_asks_for_those_off_the_board_longest_without_contact() -> None:
    def met(id: str, ago: timedelta) -> Client:
        contact = e.ContactLogged(e.ContactKind.PHONE, "anna", NOW - ago)
        return named(a_client().then(contact, ago=ago), id, first_name=id)

    off = [met("b", 40 * DAY), met("c", DAY), named(a_client(), "a", first_name="a")]
    shown = wall(TEAM, board_of(2), NOW, meeting=a_meeting(None), caseload=[*board_of(2), *off])
    assert shown.worries
    assert [one.id for one in shown.worries.shown] == ["a", "b", "c"]
    assert shown.clients >= {"a", "b", "c"}


def test_a_meeting_that_nobody_closed_shows_nobody_in_the_afternoon() -> None:
    left = replace(TEAM, meeting="m", opened=local(8, 30))
    assert mode(left, local(10, 29), NOTHING) is Mode.BOARD
    assert mode(left, local(10, 30), NOTHING) is Mode.BLANK
    shown = wall(left, board_of(2), local(10, 25), outside=NOTHING, meeting=a_meeting("c00", "c00"))
    assert shown.clients
    assert shown.valid_until <= local(10, 30), "the screen is told so in time"
