"""The order of a meeting: the team's own, the most pressing first, nobody twice and nobody left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from factboard.domain import events as e
from factboard.domain.meeting import agenda, following, passed_by, preceding, remaining, worries
from factboard.domain.state import (
    Action,
    Admission,
    Client,
    Contact,
    FollowUp,
    Held,
    Item,
    Legal,
    Meeting,
    PastStay,
    PlannedContact,
    Rating,
    Stay,
)
from tests.domain.given import NOW, TEAM, TODAY
from tests.domain.stepdown import given as way_back

DAY = timedelta(days=1)
MET = replace(TEAM, held=Held("m0", NOW - 2 * DAY, NOW - 2 * DAY))  # two days ago: what is older is no news
G = e.AgendaGroup


def on_board(id: str, *, days: int = 10, seen: int = 1, **known: object) -> Client:
    """Quiet: taken, seen yesterday, in long-term care; `known` changes the stay or the client."""
    at = NOW - days * DAY
    stay = Stay(
        "p", at, "lars", "long_intensive", "Sover inte", (), "", e.Informed.YES, e.Source.TEAM,
        TODAY + 10 * DAY, at, "lars", 7, taken_by="anna", taken_at=at,
    )  # fmt: skip
    met = Contact(8, e.ContactKind.HOME, "anna", (), NOW - seen * DAY, NOW - seen * DAY, "")
    mine = {name: known.pop(name) for name in list(known) if name in Client.__slots__}
    return replace(Client(id, 9, e.Details("Exempel", id)), stay=replace(stay, **known), contacts=(met,), **mine)  # type: ignore[arg-type]


def groups(clients: list[Client], team: object = MET) -> list[tuple[str, str]]:
    return [(item.client, item.group.value) for item in agenda(team, clients, NOW)]  # type: ignore[arg-type]


WARD = Admission("PIVA", TODAY - 9 * DAY, None, "", NOW - 9 * DAY)
ENDS = Legal("l", "ÖPT", TODAY - 90 * DAY, TODAY + 3 * DAY, "")
WORSE = Rating(9, e.Rating.WORSE, e.Basis.SEEN, "anna", NOW - DAY, NOW - DAY)
ONE_OF_EACH = [
    on_board("rest"),
    on_board("long", days=60),
    on_board("legal", legal=(ENDS,)),
    on_board("admitted", admission=WARD),
    on_board("unseen", seen=8),
    on_board("crisis", category="short_intensive"),
    on_board("changed", ratings=(WORSE,)),
    on_board("untaken", taken_by=None),
    on_board("passed", passed_over=NOW - 2 * DAY, taken_by=None),
]


def test_whoever_was_passed_over_comes_first_then_the_order_to_begin_with() -> None:
    assert groups(ONE_OF_EACH) == [
        ("passed", "passed_over"), ("untaken", "untaken"), ("changed", "changed"), ("crisis", "crisis"),
        ("unseen", "unseen"), ("admitted", "admitted"), ("legal", "legal"), ("long", "long"), ("rest", "rest"),
    ]  # fmt: skip


def test_the_team_sets_the_order_and_passed_over_stays_first() -> None:
    settings = replace(MET.settings, agenda=(G.LEGAL, G.CRISIS))
    shown = groups(ONE_OF_EACH, replace(MET, settings=settings))
    assert shown[:2] == [("passed", "passed_over"), ("legal", "legal")]
    assert {client for client, group in shown if group == "crisis"} == {"crisis", "changed"}
    assert {group for _, group in shown[4:]} == {"rest"}, "groups that were left out are no reason to leave people out"
    assert len(shown) == len(ONE_OF_EACH)


def test_each_client_comes_up_once_in_the_first_group_that_fits() -> None:
    everything = on_board("x", category="short_intensive", legal=(ENDS,), seen=9, taken_by=None)
    assert groups([everything]) == [("x", "untaken")]


def test_only_those_on_the_board_come_up() -> None:
    off = replace(on_board("off"), stay=None)
    gone = replace(on_board("gone"), enrolled=False)
    assert groups([off, gone]) == []


def test_inside_a_group_the_most_pressing_comes_first() -> None:
    waits = [on_board("b", taken_by=None, flagged_at=NOW - DAY), on_board("a", taken_by=None, flagged_at=NOW)]
    assert [client for client, _ in groups(waits)] == ["b", "a"]
    home = [
        on_board("later", admission=replace(WARD, expected=TODAY + 5 * DAY)),
        on_board("open", admission=WARD),
        on_board("soon", admission=replace(WARD, expected=TODAY + DAY)),
    ]
    assert [client for client, _ in groups(home)] == ["soon", "later", "open"]
    better = replace(WORSE, rating=e.Rating.BETTER)
    changed = [on_board("a", ratings=(better,)), on_board("b", ratings=(WORSE,))]
    assert [client for client, _ in groups(changed)] == ["b", "a"]
    unseen = [on_board("a", seen=7), on_board("b", seen=12)]
    assert [client for client, _ in groups(unseen)] == ["b", "a"]


def test_somebody_rated_worse_or_with_an_urgent_action_is_in_a_crisis_in_any_category() -> None:
    old = replace(WORSE, recorded_at=NOW - 4 * DAY)
    urgent = Action("a", 3, "Ring", "anna", TODAY, urgent=True)
    assert groups([on_board("a", ratings=(old,)), on_board("b", actions=(urgent,))]) == [
        ("a", "crisis"),
        ("b", "crisis"),
    ]
    done = replace(urgent, done_by="anna", done_at=NOW)
    assert groups([on_board("b", actions=(done,))]) == [("b", "rest")]


def test_without_a_held_meeting_a_change_is_news_for_a_day() -> None:
    assert groups(
        [on_board("a", ratings=(replace(WORSE, rating=e.Rating.BETTER, recorded_at=NOW - 2 * DAY),))], TEAM
    ) == [("a", "rest")]


def a_meeting(*order: str, focus: str | None = None, items: dict[str, Item] | None = None) -> Meeting:
    up = tuple(e.AgendaItem(one, G.REST) for one in order)
    return Meeting("m", 9, 9, NOW, NOW + DAY, None, "anna", None, (), up, focus, NOW, items or {})


def test_the_agenda_stands_still_and_those_put_on_meanwhile_come_at_its_end() -> None:
    held = a_meeting("b", "a")
    now = [on_board("new", flagged_seq=99), on_board("newest", flagged_seq=101), on_board("a")]  # b has left the board
    assert [item.client for item in remaining(held, now)] == ["b", "a", "new", "newest"]


def test_a_closed_meetings_agenda_is_what_came_up_and_nothing_later() -> None:
    held = replace(a_meeting("a", items={"x": Item("x", NOW)}), closed=NOW)
    assert [item.client for item in remaining(held, [on_board("later")])] == ["a", "x"]


ORDER = a_meeting("a", "b", "c").agenda


def test_next_and_back_walk_the_agenda_and_the_round_after_it() -> None:
    assert [following(ORDER, focus) for focus in ("a", "b", "c", None, "gone")] == ["b", "c", None, None, None]
    assert [preceding(ORDER, focus) for focus in ("a", "b", "c", None, "gone")] == ["a", "a", "b", "c", "a"]
    assert (following((), None), preceding((), None)) == (None, None)


def test_the_next_one_not_thought_of_is_looked_for_onwards_and_then_from_the_beginning() -> None:
    there = {"a", "b", "c"}
    assert passed_by(ORDER, "a", {"b"}.__contains__, there) == "c"
    assert passed_by(ORDER, "c", {"a"}.__contains__, there) == "b"
    assert passed_by(ORDER, "b", {"a", "c"}.__contains__, there) is None, "not the one who is just being left"
    assert passed_by(ORDER, "a", set[str]().__contains__, {"a", "c"}) == "c", "who left the board needs no turn"


def test_the_worry_is_about_those_off_the_board_longest_without_contact() -> None:
    def off(id: str, *contacts: Contact) -> Client:
        return replace(on_board(id), stay=None, contacts=contacts)

    def met(days: int, kind: e.ContactKind = e.ContactKind.PHONE) -> Contact:
        return Contact(8, kind, "anna", (), NOW - days * DAY, NOW - days * DAY, "")

    tried = e.ContactKind.TRIED
    people = [on_board("on"), off("spoken", met(3)), off("tried", met(20), met(1, tried)), off("never")]
    people += [replace(off("left"), enrolled=False)]
    assert [client.id for client in worries(TEAM, people, NOW)] == ["never", "tried", "spoken"]
    late = PlannedContact("anna", 7, NOW.date() - 2 * DAY, "anna", NOW - 9 * DAY)
    people += [replace(off("missed", met(4)), planned=late)]
    assert [client.id for client in worries(TEAM, people, NOW)] == ["missed", "never", "tried", "spoken"]


def test_a_time_on_the_board_long_ago_changes_nothing() -> None:
    past = PastStay("p0", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), "admitted")
    assert groups([on_board("a", past=(past,), review_by=date(2026, 12, 24))]) == [("a", "rest")]


def test_a_category_of_the_teams_own_is_a_crisis_by_what_it_asks_for() -> None:
    own = replace(MET.categories["long_intensive"], code="storm", name="Storm", contacts_a_week=6)
    team = replace(MET, categories={**MET.categories, "storm": own})
    assert groups([on_board("theirs", category="storm")], team) == [("theirs", "crisis")]


# --- the way back -------------------------------------------------------------------------------------------


def waits(id: str, due: date, **known: object) -> Client:
    """Back in planned care for a while, and nobody has met them."""
    return replace(on_board(id), stay=None, follow_up=FollowUp(due, "anna", NOW - 20 * DAY), **known)  # type: ignore[arg-type]


def test_whom_nobody_met_in_time_after_a_return_comes_before_everybody_the_longest_wait_first() -> None:
    people = [
        on_board("passed", passed_over=NOW - 2 * DAY),
        waits("late", TODAY - DAY),
        waits("longest", TODAY - 3 * DAY),
        waits("today", TODAY),
        replace(waits("met", TODAY - DAY), follow_up=FollowUp(TODAY - DAY, "anna", NOW - 9 * DAY, NOW)),
        waits("left", TODAY - DAY, enrolled=False),
    ]
    assert groups(people) == [("longest", "follow_up"), ("late", "follow_up"), ("passed", "passed_over")]


def test_ready_and_announced_are_groups_of_their_own_whatever_else_is_so() -> None:
    world = way_back.together(home=way_back.ready(), ready=way_back.ready("confirm"), rest=way_back.on_board())
    world.meet()
    up = [(item.client, item.group.value) for item in agenda(world.here, world.clients.values(), world.now)]
    assert sorted(up) == [("home", "announced"), ("ready", "ready"), ("rest", "rest")]
    own = replace(world.here.settings, agenda=(G.CHANGED, G.REST))
    left_out = agenda(replace(world.here, settings=own), world.clients.values(), world.now)
    assert {(item.client, item.group.value) for item in left_out} == set(up), "whatever the team ordered"


def test_the_team_says_where_the_ready_and_the_announced_come() -> None:
    world = way_back.together(home=way_back.ready(), ready=way_back.ready("confirm"), rest=way_back.on_board())
    world.meet()
    own = replace(world.here.settings, agenda=(G.ANNOUNCED, G.CHANGED, G.READY))
    order = agenda(replace(world.here, settings=own), world.clients.values(), world.now)
    assert [item.client for item in order] == ["home", "ready", "rest"]
