"""The board at a moment: days, what is new, what is overdue, in which order, and when it turns by itself."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.board import FRESH, Board, board, card
from factboard.domain.events import Need, Step
from factboard.domain.people import SYSTEM, Label
from factboard.domain.state import Client, FollowUp, Held, Team
from factboard.domain.stepdown import State
from tests.domain.given import NOW, TEAM, TODAY, Given, a_client, details

LABEL = Label("Stina Exempel")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def in_zone(name: str) -> Team:
    return replace(TEAM, settings=replace(TEAM.settings, time_zone=name))


def on_board(since: datetime, **more: object) -> Client:
    """A client whose time on the board began at this instant."""
    state = a_client().on_board(**more).client  # type: ignore[arg-type]
    return replace(state, stay=replace(state.stay, since=since, flagged_at=since))


def another(state: Client, id: str, **stay: object) -> Client:
    return replace(state, id=id, stay=replace(state.stay, **stay))  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("began", "now", "days"),
    [
        ((2026, 11, 23, 8, 40), (2026, 11, 23, 8, 40), 0),
        ((2026, 11, 22, 22, 59), (2026, 11, 23, 8, 40), 1),  # 23:59 the evening before
        ((2026, 11, 22, 23, 1), (2026, 11, 23, 8, 40), 0),  # 00:01 this morning
        ((2026, 3, 28, 12, 0), (2026, 3, 29, 12, 0), 1),  # over the short night
        ((2026, 3, 28, 22, 30), (2026, 3, 29, 22, 30), 2),  # 23:30, and 24 hours later it is 00:30 two days on
        ((2026, 10, 24, 21, 30), (2026, 10, 25, 21, 30), 1),  # over the long night
        ((2026, 10, 24, 22, 30), (2026, 10, 25, 22, 30), 0),  # 00:30 to 23:30 of the same, long day
        ((2025, 11, 23, 8, 40), (2026, 11, 23, 8, 40), 365),
    ],
)
def test_days_are_the_midnights_passed_in_the_teams_zone(
    began: tuple[int, ...], now: tuple[int, ...], days: int
) -> None:
    since, at = (datetime(*instant, tzinfo=UTC) for instant in (began, now))  # type: ignore[misc, arg-type]
    assert card(TEAM, on_board(since), LABEL, at).days == days


def test_days_differ_by_zone() -> None:
    since = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    zones = ("Europe/Stockholm", "Europe/London", "Pacific/Auckland")
    assert [card(in_zone(zone), on_board(since), LABEL, NOW).days for zone in zones] == [0, 1, 0]


def test_a_flag_is_new_for_24_hours_and_not_a_moment_longer() -> None:
    client = on_board(NOW)
    assert card(TEAM, client, LABEL, NOW + FRESH - timedelta(microseconds=1)).fresh
    assert not card(TEAM, client, LABEL, NOW + FRESH).fresh


def test_a_flag_again_is_new_again_but_the_days_go_on() -> None:
    given = a_client().on_board(ago=10 * DAY).flagged_again(ago=HOUR)
    shown = card(TEAM, given.client, LABEL, NOW)
    assert (shown.fresh, shown.days) == (True, 10)


ZONES = ("Europe/Stockholm", "Europe/London", "America/St_Johns", "Africa/Cairo", "Pacific/Auckland")
INSTANTS = [
    datetime(*at, tzinfo=UTC)  # type: ignore[misc, arg-type]
    for at in (
        (2026, 3, 28, 22, 30), (2026, 3, 29, 0, 30), (2026, 3, 29, 11, 0), (2026, 10, 24, 21, 59),
        (2026, 10, 25, 0, 30), (2026, 10, 25, 1, 30), (2026, 10, 29, 21, 30), (2026, 4, 23, 22, 30),
        (2026, 11, 23, 8, 40), (2026, 12, 31, 22, 59),
    )
]  # fmt: skip


def faces(team: Team, client: Client, at: datetime) -> tuple[object, ...]:
    """All of a card but when it changes."""
    shown = card(team, client, LABEL, at)
    return tuple(getattr(shown, field.name) for field in fields(shown) if field.name != "changes_at")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("now", INSTANTS, ids=str)
@pytest.mark.parametrize("ago", [timedelta(), 5 * HOUR, 23 * HOUR, 24 * HOUR, 40 * HOUR])
def test_a_card_is_the_same_until_changes_at_and_differs_then(zone: str, now: datetime, ago: timedelta) -> None:
    """A wrong `changes_at` is a board that is old and looks right (hazard H1): walk to it and past it."""
    team = in_zone(zone)
    state = on_board(now - ago)
    today = calendar.local_day(now, team.settings)
    visit = e.VisitPlanned("anna", today)
    client = Given().then(e.ClientEnrolled(details())).on_board().then(visit).client
    client = replace(client, stay=replace(state.stay, review_by=today))
    changes_at = card(team, client, LABEL, now).changes_at
    assert now < changes_at <= now + 25 * HOUR
    before = faces(team, client, now)
    step = (changes_at - now) / 7
    for at in (*(now + number * step for number in range(7)), changes_at - timedelta(microseconds=1)):
        assert faces(team, client, at) == before
    assert faces(team, client, changes_at) != before


def stable(*, ago: timedelta = 10 * DAY, taken: bool = True) -> Given:
    """On the board for crisis prevention, and all that its policy asks is so."""
    given = a_client(case_manager="anna").on_board("crisis_prevention", ago=ago)
    if taken:
        given = given.then(e.Taken(), by="anna", ago=ago)
    for days, by in ((8, "anna"), (4, "lars"), (1, "anna")):
        at = NOW - days * DAY
        given = given.then(e.ContactLogged(e.ContactKind.HOME, by, at), by=by, ago=days * DAY)
        given = given.then(e.Rated(e.Rating.USUAL, e.Basis.SEEN, by, at), by=by, ago=days * DAY)
    given = given.then(e.CrisisPlanReviewed(TODAY - DAY, True), ago=DAY)
    return given.then(e.PlannedContactSet("anna", 14, TODAY + 3 * DAY), ago=DAY)


ANNOUNCED = e.ReturnAnnounced("m1", e.Mode.AUTOMATIC, None, "anna", None, e.Informed.YES, "", e.Grounds(1, 1, "test"))
THIRTEEN = calendar.instant(TODAY, time(13), TEAM.settings)

SITUATIONS = {
    "ready": stable(),
    "announced": stable().then(ANNOUNCED, ago=HOUR),
    "returning today": stable().then(ANNOUNCED, ago=3 * DAY).then(e.ReturnUpheld("m2", THIRTEEN)),
    "kept": stable().then(e.ReturnHeld(TODAY + 2 * DAY, "Flyttar på onsdag"), ago=HOUR),
    "untaken": a_client().on_board(ago=timedelta(minutes=10)),
    "untaken since the evening": a_client().on_board(ago=16 * HOUR),
    "unseen, and the review is due": a_client().on_board(ago=DAY, review_by=TODAY).then(e.Taken()),
}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_card_is_the_same_until_it_changes_all_week(zone: str, situation: str) -> None:
    """Whatever is said of the way back, and however loud it grows: from change to change, and at each it differs."""
    team, client, now = in_zone(zone), SITUATIONS[situation].client, NOW
    while now < NOW + 8 * DAY:
        changes_at, before = card(team, client, LABEL, now).changes_at, faces(team, client, now)
        assert now < changes_at <= now + 25 * HOUR
        step = (changes_at - now) / 5
        for at in (*(now + number * step for number in range(5)), changes_at - timedelta(microseconds=1)):
            assert faces(team, client, at) == before, at
        assert faces(team, client, changes_at) != before, changes_at
        now = changes_at


class TestTheWayBack:
    def test_an_announced_return_that_no_meeting_upholds_moves_on_at_its_moment(self) -> None:
        client = SITUATIONS["announced"].client
        tomorrow, day_after = THIRTEEN + DAY, THIRTEEN + 2 * DAY
        before = card(TEAM, client, LABEL, tomorrow - HOUR)
        assert (before.standing.state, before.standing.returns) == (State.ANNOUNCED, tomorrow)
        assert before.changes_at == tomorrow
        assert card(TEAM, client, LABEL, tomorrow).standing.returns == day_after

    def test_a_rating_counts_for_as_long_as_it_is_new_enough(self) -> None:
        client = stable().client
        fresh = [card(TEAM, client, LABEL, NOW + days * DAY).standing.fresh for days in range(5)]
        assert fresh == [True, True, True, False, False]

    def test_who_is_kept_is_so_to_the_end_of_the_day_and_counted(self) -> None:
        client = SITUATIONS["kept"].then(e.ReturnHeld(TODAY + 2 * DAY, "Väntar på svar")).client
        over = calendar.midnight_after(TODAY + 2 * DAY, TEAM.settings)
        last = card(TEAM, client, LABEL, over - HOUR)
        assert (last.standing.state, last.holds, last.changes_at) == (State.KEPT, 1, over)  # prolonged: no other time
        assert card(TEAM, client, LABEL, over).standing.state is State.READY

    def test_a_contact_leaves_the_week_as_its_day_does(self) -> None:
        client = stable().client
        leaves = calendar.midnight_after(TODAY + 3 * DAY, TEAM.settings)  # the one of four days ago
        before = card(TEAM, client, LABEL, leaves - HOUR)
        assert (before.changes_at, before.standing.finding(Need.CONTACTS).have) == (leaves, 2)
        assert card(TEAM, client, LABEL, leaves).standing.finding(Need.CONTACTS).have == 1


class TestToAnnounce:
    """Whether a named person may announce the return now."""

    HELD = replace(TEAM, held=Held("m1", NOW - 2 * HOUR, NOW - HOUR))

    def may(self, given: Given, *, discussed_in: str | None = "m1", team: Team = HELD) -> bool:
        client = given.client
        return card(team, replace(client, stay=replace(client.stay, ready_in=discussed_in)), LABEL, NOW).to_announce

    def test_once_the_last_held_meeting_discussed_them_while_ready(self) -> None:
        assert self.may(stable())
        assert not self.may(stable(), discussed_in=None)
        assert not self.may(stable(), discussed_in="the one before")

    def test_not_while_another_meeting_is_open(self) -> None:
        assert not self.may(stable(), team=replace(self.HELD, meeting="m2"))

    def test_not_of_somebody_who_is_not_ready_or_announced_already(self) -> None:
        assert not self.may(a_client().on_board())
        assert not self.may(SITUATIONS["announced"])


class TestGrowingLouder:
    def test_an_untaken_flag_after_half_an_hour_and_the_lead_is_told_after_an_hour(self) -> None:
        client = a_client().on_board(ago=timedelta()).client
        soon, late = NOW + HOUR / 2, NOW + HOUR
        assert (card(TEAM, client, LABEL, NOW).alarms, card(TEAM, client, LABEL, NOW).changes_at) == ((), soon)
        [alarm] = card(TEAM, client, LABEL, soon).alarms
        assert (alarm.step, alarm.since, alarm.lead) == (Step.UNTAKEN, soon, False)
        assert card(TEAM, client, LABEL, soon).changes_at == late
        assert card(TEAM, client, LABEL, late).alarms[0].lead

    def test_as_the_team_goes_home_it_is_asked_who_acts_tonight(self) -> None:
        client = a_client().on_board(ago=timedelta()).client
        home = calendar.instant(TODAY, time(16, 30), TEAM.settings)
        before = card(TEAM, client, LABEL, home - HOUR)
        assert ([one.step for one in before.alarms], before.changes_at) == ([Step.UNTAKEN], home)
        assert [one.step for one in card(TEAM, client, LABEL, home).alarms] == [Step.TONIGHT]


class TestASecondTime:
    def back(self, days: int) -> Client:
        given = a_client().on_board(ago=90 * DAY).then(e.Returned("Lugnt"), ago=(days + 1) * DAY)
        return given.on_board(ago=DAY).client

    def test_within_30_days_of_the_last_is_marked_with_the_day_they_left(self) -> None:
        assert card(TEAM, self.back(29), LABEL, NOW).again == NOW - 30 * DAY
        assert card(TEAM, self.back(30), LABEL, NOW).again is None

    def test_after_a_time_that_was_an_error_is_none(self) -> None:
        given = a_client().on_board(ago=5 * DAY).then(e.EnteredInError("Fel person"), ago=4 * DAY)
        assert card(TEAM, given.on_board().client, LABEL, NOW).again is None


@pytest.mark.parametrize(
    ("review_by", "overdue"),
    [(TODAY - DAY, True), (TODAY, False), (TODAY + DAY, False), (None, False)],
)
def test_a_review_is_overdue_the_day_after(review_by: date | None, overdue: bool) -> None:
    client = on_board(NOW)
    client = replace(client, stay=replace(client.stay, review_by=review_by))
    assert card(TEAM, client, LABEL, NOW).review_overdue is overdue
    assert board(TEAM, [client], NOW).overdue == overdue


class TestWhoGoesNext:
    def next_of(self, *visits: tuple[str, date, time | None]) -> str | None:
        given = a_client().on_board()
        for who, day, at in visits:
            given = given.then(e.VisitPlanned(who, day, at))
        found = card(TEAM, given.client, LABEL, NOW).next_visit
        return found.who if found else None

    def test_is_the_earliest_from_today_on(self) -> None:
        assert self.next_of(("later", TODAY + DAY, None), ("today", TODAY, time(15))) == "today"
        assert self.next_of(("past", TODAY - DAY, None)) is None
        assert self.next_of() is None

    def test_with_a_time_goes_before_one_at_any_time(self) -> None:
        assert (
            self.next_of(("sometime", TODAY, None), ("at two", TODAY, time(14)), ("at ten", TODAY, time(10)))
            == "at ten"
        )

    def test_is_the_one_planned_first_where_two_are_equal(self) -> None:
        assert self.next_of(("first", TODAY, None), ("second", TODAY, None)) == "first"

    def test_is_nobody_once_the_visit_was_made_by_them_or_with_them(self) -> None:
        planned = a_client().on_board().then(e.VisitPlanned("anna", TODAY, time(9)))
        for by, others in (("anna", ()), ("lars", ("anna",))):
            made = planned.then(e.ContactLogged(e.ContactKind.HOME, by, NOW, others))
            assert card(TEAM, made.client, LABEL, NOW).next_visit is None

    @pytest.mark.parametrize(
        "contact",
        [
            e.ContactLogged(e.ContactKind.TRIED, "anna", NOW),
            e.ContactLogged(e.ContactKind.HOME, "lars", NOW),
            e.ContactLogged(e.ContactKind.HOME, "anna", NOW - DAY),
        ],
        ids=["an attempt", "somebody else", "another day"],
    )
    def test_is_still_due_after(self, contact: e.ContactLogged) -> None:
        given = a_client().on_board().then(e.VisitPlanned("anna", TODAY, None)).then(contact)
        assert card(TEAM, given.client, LABEL, NOW).next_visit is not None

    def test_is_marked_when_the_time_has_passed_and_the_card_turns_by_itself(self) -> None:
        client = a_client().on_board().then(e.VisitPlanned("anna", TODAY, time(14))).client
        before = card(TEAM, client, LABEL, NOW)
        at_two = calendar.instant(TODAY, time(14), TEAM.settings)
        assert (before.visit_passed, before.changes_at) == (False, at_two)
        assert card(TEAM, client, LABEL, at_two).visit_passed


class TestLastSeen:
    def card_after(self, *contacts: tuple[e.ContactKind, timedelta]):
        given = a_client().on_board()
        for kind, ago in contacts:
            given = given.then(e.ContactLogged(kind, "lars", NOW - ago))
        return card(TEAM, given.client, LABEL, NOW)

    def test_attempts_since_the_last_contact_are_counted(self) -> None:
        tried, home = e.ContactKind.TRIED, e.ContactKind.HOME
        shown = self.card_after((tried, 30 * HOUR), (home, 20 * HOUR), (tried, 10 * HOUR), (tried, 5 * HOUR))
        assert (shown.last_seen.kind, shown.attempts_since) == (home, 2)

    def test_never_seen_counts_every_attempt(self) -> None:
        shown = self.card_after((e.ContactKind.TRIED, 2 * DAY), (e.ContactKind.TRIED, DAY))
        assert (shown.last_seen, shown.attempts_since) == (None, 2)

    def test_is_by_when_it_happened_not_by_when_it_was_written(self) -> None:
        shown = self.card_after((e.ContactKind.STREET, HOUR), (e.ContactKind.HOME, 5 * HOUR))
        assert shown.last_seen.kind is e.ContactKind.STREET

    def test_a_call_is_no_sight_of_them_and_is_told_apart(self) -> None:
        shown = self.card_after((e.ContactKind.HOME, 5 * DAY), (e.ContactKind.PHONE, HOUR))
        assert (shown.last_seen.kind, shown.spoken_since.kind) == (e.ContactKind.HOME, e.ContactKind.PHONE)
        assert self.card_after((e.ContactKind.PHONE, DAY), (e.ContactKind.HOME, HOUR)).spoken_since is None


def test_ticked_actions_leave_the_card() -> None:
    given = a_client().on_board().then(e.ActionAdded("a1", "Ring")).then(e.ActionAdded("a2", "Handla"))
    given = given.then(e.ActionDone("a1", "Ring"))
    assert [action.text for action in card(TEAM, given.client, LABEL, NOW).open_actions] == ["Handla"]


def test_the_newest_rating_is_by_when_it_happened() -> None:
    given = a_client().on_board()
    for rating, ago in ((e.Rating.USUAL, HOUR), (e.Rating.WORSE, DAY)):
        given = given.then(e.Rated(rating, e.Basis.SEEN, "lars", NOW - ago))
    assert card(TEAM, given.client, LABEL, NOW).rating.rating is e.Rating.USUAL


@pytest.mark.parametrize(("reviewed", "this_stay"), [(TODAY - 3 * DAY, False), (TODAY - 2 * DAY, True)])
def test_a_crisis_plan_reviewed_before_this_stay_is_told_apart(reviewed: date, this_stay: bool) -> None:
    given = a_client().on_board(ago=2 * DAY).then(e.CrisisPlanReviewed(reviewed, True))
    assert card(TEAM, given.client, LABEL, NOW).crisis_plan_this_stay is this_stay


class TestTheWholeBoard:
    def shown(self, *clients: Client, team: Team = TEAM, now: datetime = NOW) -> Board:
        return board(team, clients, now)

    def order(self, *clients: Client) -> list[str]:
        [group] = [group for group in self.shown(*clients).groups if group.cards]
        return [one.client.id for one in group.cards]

    def test_untaken_first_then_the_newest_flag(self) -> None:
        state, minute = on_board(NOW - DAY), timedelta(minutes=1)
        clients = [
            another(state, "taken new", taken_by="anna", flagged_at=NOW),
            another(state, "untaken old", flagged_at=NOW - 20 * minute),
            another(state, "taken old", taken_by="anna", flagged_at=NOW - 2 * DAY),
            another(state, "untaken new", flagged_at=NOW - 5 * minute),
        ]
        assert self.order(*clients) == ["untaken new", "untaken old", "taken new", "taken old"]

    def test_what_has_gone_on_for_too_long_stands_above_them_all_the_longest_first(self) -> None:
        state = on_board(NOW - DAY)
        clients = [
            another(state, "untaken", flagged_at=NOW),
            another(state, "untaken for two hours", flagged_at=NOW - 2 * HOUR),
            another(state, "taken", taken_by="anna", flagged_at=NOW),
            another(state, "review overdue", taken_by="anna", review_by=TODAY - 2 * DAY),
            another(state, "untaken for days", flagged_at=NOW - 4 * DAY),
        ]
        assert self.order(*clients) == [
            "untaken for days", "review overdue", "untaken for two hours", "untaken", "taken",
        ]  # fmt: skip

    def test_stands_in_the_teams_order_of_categories(self) -> None:
        codes = [group.category.code for group in self.shown().groups]
        assert codes == [
            known.code for known in sorted(TEAM.categories.values(), key=lambda c: c.order) if not known.retired
        ]

    def test_a_retired_category_shows_as_long_as_somebody_is_in_it(self) -> None:
        client = another(on_board(NOW), "a", category="summer")
        assert "summer" in [group.category.code for group in self.shown(client).groups]
        assert "summer" not in [group.category.code for group in self.shown().groups]

    def test_counts_everybody_on_it_and_nobody_else(self) -> None:
        state = on_board(NOW)
        off = a_client().client
        left = replace(state, id="left", enrolled=False)
        taken = another(state, "taken", taken_by="anna")
        whole = self.shown(state, off, left, taken)
        assert (whole.count, whole.untaken) == (2, 1)
        assert sum(len(group.cards) for group in whole.groups) == 2

    def test_counts_who_is_ready_and_who_is_announced(self) -> None:
        whole = self.shown(*(replace(given.client, id=name) for name, given in SITUATIONS.items()))
        assert (whole.ready, whole.announced) == (1, 2)

    def test_is_valid_until_its_first_card_changes(self) -> None:
        soon = on_board(NOW - FRESH + HOUR)
        assert self.shown(soon, on_board(NOW - 5 * DAY)).valid_until == NOW + HOUR

    @pytest.mark.parametrize("zone", ZONES)
    def test_an_empty_one_is_valid_until_midnight(self, zone: str) -> None:
        team = in_zone(zone)
        assert self.shown(team=team).valid_until == calendar.next_midnight(NOW, team.settings)

    def test_tells_namesakes_apart_among_those_on_it(self) -> None:
        state = on_board(NOW)
        cards = [one for group in self.shown(state, replace(state, id="other")).groups for one in group.cards]
        assert len({one.label for one in cards}) == 2


class TestRecentlyReturned:
    def left(self, ago: timedelta, *, by: str = "lars", due: date | None = None, who: str | None = "anna") -> Client:
        given = a_client().on_board(ago=40 * DAY)
        due = due or TODAY + 7 * DAY
        return given.then(e.Returned("Lugnt nu", follow_up=due, who=who), by=by, ago=ago).client

    def shown(self, *clients: Client, now: datetime = NOW) -> Board:
        return board(TEAM, [replace(one, id=f"{n}") for n, one in enumerate(clients)], now)

    def test_stands_when_by_whom_and_who_meets_them_by_when(self) -> None:
        whole = self.shown(self.left(2 * DAY, by=SYSTEM, due=TODAY + 5 * DAY))
        [one] = whole.returned
        assert (one.since, one.by, one.late) == (NOW - 2 * DAY, SYSTEM, False)
        assert one.follow_up == FollowUp(TODAY + 5 * DAY, "anna", NOW - 2 * DAY)
        assert (whole.count, list(whole.clients)) == (0, ["0"])

    def test_for_14_days_and_the_board_turns_when_they_are_over(self) -> None:
        met = e.ContactLogged(e.ContactKind.HOME, "anna", NOW - DAY)
        given = a_client().on_board(ago=40 * DAY).then(e.Returned("Lugnt", follow_up=TODAY, who="anna"), ago=13 * DAY)
        client, ends = given.then(met, ago=DAY).client, NOW + DAY
        last = self.shown(client, now=ends - HOUR)
        assert (len(last.returned), last.valid_until) == (1, ends)
        assert self.shown(client, now=ends).returned == ()

    def test_until_somebody_has_met_them_and_first_when_that_is_late(self) -> None:
        late, new = self.left(30 * DAY, due=TODAY - DAY), self.left(HOUR)
        found = self.shown(new, late).returned
        assert [(one.client.id, one.late) for one in found] == [("1", True), ("0", False)]

    def test_the_board_turns_when_the_day_of_the_follow_up_is_over(self) -> None:
        client, over = self.left(3 * DAY, due=TODAY), calendar.midnight_after(TODAY, TEAM.settings)
        before = self.shown(client)
        assert ([one.late for one in before.returned], before.valid_until) == ([False], over)
        assert [one.late for one in self.shown(client, now=over).returned] == [True]

    def test_overdue_first_then_due_today_then_later_and_whom_somebody_has_met_last(self) -> None:
        met = e.ContactLogged(e.ContactKind.HOME, "anna", NOW - HOUR)
        done = a_client().on_board(ago=40 * DAY).then(e.Returned("Lugnt", follow_up=TODAY, who="anna"), ago=DAY)
        dues = (TODAY + 5 * DAY, TODAY, TODAY - DAY, TODAY - 3 * DAY)
        whole = self.shown(done.then(met, ago=HOUR).client, *(self.left(4 * DAY, due=due) for due in dues))
        assert [one.client.id for one in whole.returned] == ["4", "3", "2", "1", "0"]
        assert whole.not_met == 2

    def test_the_newest_first(self) -> None:
        found = self.shown(self.left(3 * DAY), self.left(DAY), self.left(2 * DAY)).returned
        assert [one.client.id for one in found] == ["1", "2", "0"]

    def test_is_nobody_who_is_on_the_board_again_has_left_the_team_or_was_there_in_error(self) -> None:
        again = a_client().on_board(ago=9 * DAY).then(e.Returned("Lugnt"), ago=5 * DAY).on_board().client
        gone = a_client().on_board(ago=9 * DAY).then(e.EnrolmentEnded(e.EndReason.MOVED), ago=DAY).client
        wrong = a_client().on_board(ago=9 * DAY).then(e.EnteredInError("Fel person"), ago=DAY).client
        assert self.shown(again, gone, wrong).returned == ()


def test_there_is_no_card_for_somebody_off_the_board() -> None:
    with pytest.raises(ValueError, match="on the board"):
        card(TEAM, a_client().client, LABEL, NOW)
