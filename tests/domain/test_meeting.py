"""Leading, noting, closing: what was known and what was asked, then the facts or the refusal."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest

from factboard.domain import back_up, placement, visits
from factboard.domain import events as e
from factboard.domain import meeting as rules
from factboard.domain.case import Case
from factboard.domain.meeting.leading import planned_for
from factboard.domain.meeting.picture import Focus, Picture, picture
from factboard.domain.people import labels
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Unknown
from factboard.domain.state import Client, Contact, Meeting, Team, Visit, evolve_client, evolve_meeting, evolve_team
from factboard.domain.stepdown import State
from tests.domain.given import TEAM, TODAY, Refusal, facts, table
from tests.domain.stepdown import given as way_back
from tests.domain.stepdown.world import SETTINGS, World
from tests.domain.test_agenda import on_board

START = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # 08:30 in Stockholm
MEMBERS = (
    e.Member("karin", "karin", "Karin Test", e.Role.CLINICIAN),
    e.Member("olle", "olle", "Olle Test", e.Role.WALL),
)
HERE = replace(TEAM, members=TEAM.members | {one.user: one for one in MEMBERS})


class Morning:
    """A team with clients on the board, and its meeting, moved on by what the rules answer."""

    def __init__(self, *clients: str, now: datetime = START, team: Team = HERE, **meeting: Any) -> None:
        self.now, self.team, self.seq = now, team, 100
        self.clients: dict[str, Client] = {
            id: replace(on_board(id), visits=(Visit(5, "anna", TODAY, None, ""),)) for id in clients
        }
        self.meeting: Meeting | None = None
        self.ids = count(1)
        self.facts: list[e.Fact] = []
        if meeting.pop("open", True):
            self.does("anna", rules.open_meeting, present=("anna", "lars"), **meeting)

    def case(self, actor: str = "anna", client: str | None = None) -> Case:
        about = self.clients.get(client) if client else None
        return Case(
            self.team,
            about,
            actor,
            self.now,
            lambda: f"m{next(self.ids)}",
            (),
            self.meeting,
            tuple(self.clients.values()),
        )

    def does(self, actor: str, rule: Any, *, client: str | None = None, **what: Any) -> list[e.Fact]:
        entries = rule(self.case(actor, client), **what)
        for entry in entries:
            self.happens(entry.fact, actor, entry.client, entry.placement)
        return facts(entries)

    def happens(
        self, fact: e.Fact, actor: str = "anna", client: str | None = None, placement: str | None = None
    ) -> Morning:
        self.seq += 1
        row = e.Recorded(self.seq, self.now, actor, fact, client, placement)
        self.facts.append(fact)
        if getattr(fact, "meeting", None):
            self.meeting = evolve_meeting(self.meeting, row)
        if client:
            after = evolve_client(client, self.clients.get(client), row)
            assert after
            self.clients[client] = after
        else:
            self.team = evolve_team(self.team.id, self.team, row) or self.team
        return self

    def later(self, minutes: float = 1) -> Morning:
        self.now += timedelta(minutes=minutes)
        return self

    def rated(self, client: str) -> Morning:
        """Somebody decides something about the client."""
        return self.happens(e.ReviewSet(TODAY), "lars", client, "p")

    @property
    def held(self) -> Meeting:
        assert self.meeting
        return self.meeting


def case(actor: str = "anna", client: str | None = None, *clients: str) -> Case:
    return Morning(*(clients or ("a", "b", "c"))).case(actor, client)


def over(minutes: int = 61) -> Case:
    morning = Morning("a")
    morning.does("anna", rules.close, reason="Tiden är slut")
    return morning.later(minutes).case("anna", "a")


def noted() -> Case:
    morning = Morning("a")
    morning.does("lars", rules.note, client="a", part=e.NotePart.SITUATION, text="Sover")
    return morning.case("lars", "a")


NOT_OPEN = Morning("a", open=False).case()
REFUSALS = [
    Refusal("opening a second one", case(), rules.open_meeting, {}, "meeting_is_open", Conflict),
    Refusal("a chair who sees no clients", NOT_OPEN, rules.open_meeting, {"chair": "maria"}, "unknown_member", Invalid, "chair"),
    Refusal("a recorder from elsewhere", NOT_OPEN, rules.open_meeting, {"recorder": "bo"}, "unknown_member", Invalid, "recorder"),
    Refusal("a hundred and one present", NOT_OPEN, rules.open_meeting, {"present": ["lars"] * 101}, "too_many", Invalid, "present"),
    Refusal("somebody present who left the team", NOT_OPEN, rules.open_meeting, {"present": ["greta"]}, "unknown_member", Invalid, "present"),
    Refusal("attendance at no meeting", NOT_OPEN, rules.note_attendance, {"user": "lars", "present": True}, "unknown_meeting", Unknown),
    Refusal("attendance when it is over", over(), rules.note_attendance, {"user": "lars", "present": True}, "meeting_is_over", Conflict),
    Refusal("a chair who is not there", case(), rules.note_attendance, {"user": "anna", "present": False}, "chair_is_there", Invalid, "user"),
    Refusal("giving the chair away for another", case("karin"), rules.change_chair, {"chair": "lars"}, "not_in_the_chair", Forbidden),
    Refusal("taking the chair from whom it has left", case("karin"), rules.change_chair, {"chair": "karin", "previous": "lars"}, "chair_changed_meanwhile", Conflict),
    Refusal("moving on without the chair", case("lars"), rules.move_focus, {"to": "b"}, "not_in_the_chair", Forbidden),
    Refusal("moving to nobody's client", case(), rules.move_focus, {"to": "x"}, "not_on_agenda", Conflict),
    Refusal("no change without the chair", case("lars"), rules.no_change, {"of": "a"}, "not_in_the_chair", Forbidden),
    Refusal("no change for one who is not up", case(), rules.no_change, {"of": "b"}, "focus_has_moved", Conflict),
    Refusal("discussing one who is not up", case(), rules.discuss, {"of": "b"}, "focus_has_moved", Conflict),
    Refusal("an empty line", case("lars", "a"), rules.note, {"part": e.NotePart.DECISION, "text": " "}, "required", Invalid, "text"),
    Refusal("a line of 501 characters", case("lars", "a"), rules.note, {"part": e.NotePart.DECISION, "text": "x" * 501}, "too_long", Invalid, "text"),
    Refusal("a line an hour after the end", over(), rules.note, {"part": e.NotePart.DECISION, "text": "x"}, "meeting_is_over", Conflict),
    Refusal("a line at no meeting", NOT_OPEN, rules.note, {"part": e.NotePart.DECISION, "text": "x"}, "unknown_meeting", Unknown),
    Refusal("correcting a line that is not there", noted(), rules.correct_note, {"line": 7, "text": "x"}, "unknown_line", Unknown),
    Refusal("correcting what somebody corrected", noted(), rules.correct_note, {"line": 102, "text": "x", "was": "Annat"}, "note_changed_meanwhile", Conflict),
    Refusal("copying a note whose turn has not come", case("lars", client="a"), rules.copied, {}, "note_not_finished", Conflict),
    Refusal("copying what was not on the agenda", case("lars"), rules.copied, {}, "unknown_client", Unknown, "client"),
    Refusal("closing without the chair", case("lars"), rules.close, {"reason": "x"}, "not_in_the_chair", Forbidden),
    Refusal("closing over those not discussed", case(), rules.close, {"reason": " "}, "say_why_open", Invalid, "reason"),
    Refusal("too long a reason", case(), rules.close, {"reason": "x" * 501}, "too_long", Invalid, "reason"),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_it_opens_with_everybody_on_the_board_and_an_end_in_sight() -> None:
    morning = Morning("a", "b", recorder="karin")
    assert morning.held.chair == "anna"
    assert morning.held.present == ("anna", "karin", "lars"), "who leads and who writes are there"
    assert [item.client for item in morning.held.agenda] == ["a", "b"]
    assert (morning.held.focus, morning.held.ends) == ("a", START + timedelta(minutes=15))
    assert (morning.team.meeting, morning.team.planned) == ("m1", START)


@pytest.mark.parametrize(
    ("says", "now", "judged", "planned"),
    [
        ("on time", START, None, START),
        ("two hours early", START - timedelta(hours=2), None, START),
        ("in the night before", START - timedelta(hours=3), None, None),
        ("late in the day, when nothing is known of the morning", START + timedelta(hours=6), None, START),
        ("after today's was held or known not to be", START + timedelta(hours=6), START, None),
        ("after yesterday's", START, START - timedelta(days=3), START),
        ("on a Saturday", START + timedelta(days=5), None, None),
    ],
)
def test_which_planned_meeting_it_is(
    says: str, now: datetime, judged: datetime | None, planned: datetime | None
) -> None:
    assert planned_for(replace(HERE, judged=judged), now) == planned, says


def test_who_comes_late_is_added_once() -> None:
    morning = Morning("a")
    assert morning.does("lars", rules.note_attendance, user="karin", present=True)
    assert morning.does("karin", rules.note_attendance, user="karin", present=True) == []
    assert morning.does("lars", rules.note_attendance, user="lars", present=False)
    assert morning.held.present == ("anna", "karin")


def test_the_chair_hands_over_or_another_takes_over_and_nothing_else_changes() -> None:
    morning = Morning("a", "b")
    morning.does("anna", rules.no_change, of="a")
    assert morning.does("anna", rules.change_chair, chair="lars") == [e.ChairChanged("m1", "lars", "anna")]
    taken = morning.does("karin", rules.change_chair, chair="karin", previous="lars")
    assert taken == [e.ChairChanged("m1", "karin", "lars"), e.AttendanceNoted("m1", "karin", True)]
    assert (morning.held.chair, morning.held.focus, morning.held.discussed("a")) == ("karin", "b", True)
    assert morning.does("karin", rules.change_chair, chair="karin", previous="lars") == [], "twice is once"


def test_who_writes_is_named_and_is_there() -> None:
    morning = Morning("a")
    assert morning.does("lars", rules.name_recorder, recorder="karin") == [
        e.RecorderChanged("m1", "karin"),
        e.AttendanceNoted("m1", "karin", True),
    ]
    assert morning.does("lars", rules.name_recorder, recorder="karin") == []
    assert morning.does("lars", rules.name_recorder) == [e.RecorderChanged("m1", None)]


def test_moving_on_says_nothing_of_one_about_whom_nothing_was_decided() -> None:
    morning = Morning("a", "b")
    assert morning.does("anna", rules.move_focus, to="b") == [e.FocusMoved("m1", "b")]
    assert morning.does("anna", rules.move_focus, to="b") == [], "a double tap moves once"


def test_moving_on_from_one_about_whom_something_was_decided_says_that_they_were_discussed() -> None:
    morning = Morning("a", "b").rated("a").rated("b")
    assert morning.does("anna", rules.move_focus, to=None) == [e.ClientDiscussed("m1"), e.FocusMoved("m1", None)]
    assert (morning.held.discussed("a"), morning.held.discussed("b")) == (True, False), "b has not been up"


def test_a_decision_from_before_the_meeting_is_none_of_its_own() -> None:
    morning = Morning("a", "b", open=False).rated("a").later(5)
    morning.does("anna", rules.open_meeting)
    assert morning.does("anna", rules.move_focus, to="b") == [e.FocusMoved("m1", "b")]


def test_no_change_for_thirty_takes_thirty_presses() -> None:
    clients = [f"c{number:02}" for number in range(30)]
    morning = Morning(*clients)
    for _ in clients:
        morning.does("anna", rules.no_change, of=morning.held.focus)
    assert morning.held.focus is None
    assert all(morning.held.item(client).no_change for client in clients)
    assert rules.left_open(morning.team, morning.held, morning.clients.values(), morning.now).not_discussed == ()


def test_no_change_comes_back_to_those_who_were_skipped() -> None:
    morning = Morning("a", "b", "c")
    morning.does("anna", rules.move_focus, to="b")
    morning.does("anna", rules.no_change, of="b")
    morning.does("anna", rules.no_change, of="c")
    assert morning.held.focus == "a"


def test_no_change_after_a_change_was_made_is_a_change() -> None:
    morning = Morning("a", "b").rated("a")
    assert morning.does("anna", rules.no_change, of="a")[0] == e.ClientDiscussed("m1", no_change=False)


def test_a_line_of_notes_alone_changes_no_plan() -> None:
    morning = Morning("a", "b")
    morning.does("lars", rules.note, client="a", part=e.NotePart.SITUATION, text="Systern ringde")
    assert morning.does("anna", rules.no_change, of="a")[0] == e.ClientDiscussed("m1", no_change=True)


def test_a_line_and_a_decision_are_a_change_whichever_came_first() -> None:
    for first in (True, False):
        morning = Morning("a", "b")
        if first:
            morning.rated("a").later()
        morning.does("lars", rules.note, client="a", part=e.NotePart.SITUATION, text="Systern ringde")
        if not first:
            morning.later().rated("a")
        assert morning.later().does("anna", rules.no_change, of="a")[0] == e.ClientDiscussed("m1"), first


def test_moving_on_from_one_of_whom_a_line_says_something_says_that_they_were_discussed() -> None:
    morning = Morning("a", "b")
    morning.does("lars", rules.note, client="a", part=e.NotePart.SITUATION, text="Systern ringde")
    assert morning.does("anna", rules.move_focus, to="b")[0] == e.ClientDiscussed("m1")


@pytest.mark.parametrize("goes_on", [(rules.move_focus, {"to": "b"}), (rules.no_change, {"of": "a"})])
def test_no_change_gives_way_to_what_is_decided_after_all(goes_on: tuple[Any, dict[str, Any]]) -> None:
    morning = Morning("a", "b")
    rule, what = goes_on
    morning.does("anna", rules.no_change, of="a")
    morning.later().rated("a").later().does("anna", rules.move_focus, to="a")
    assert morning.held.item("a").no_change, "nobody has gone through them again yet"
    assert morning.later().does("anna", rule, **what)[0] == e.ClientDiscussed("m1")
    assert not morning.held.item("a").no_change


def test_one_gone_through_again_as_the_meeting_closes_counts_once() -> None:
    morning = Morning("a")
    morning.does("anna", rules.no_change, of="a")
    morning.later().rated("a").does("anna", rules.move_focus, to="a")
    assert closing(morning.later()).discussed == 1
    assert not morning.held.item("a").no_change


def test_no_change_for_one_already_discussed_only_moves_on() -> None:
    morning = Morning("a", "b")
    morning.does("anna", rules.discuss, of="a")
    assert morning.does("anna", rules.no_change, of="a") == [e.FocusMoved("m1", "b")]
    assert morning.held.item("a").no_change is False


def test_one_who_was_put_on_meanwhile_comes_up_too() -> None:
    morning = Morning("a")
    morning.clients["new"] = on_board("new", flagged_seq=101, taken_by=None)
    morning.does("anna", rules.no_change, of="a")
    assert morning.held.focus == "new"


def test_one_who_left_the_board_needs_no_turn() -> None:
    morning = Morning("a", "b")
    morning.clients["b"] = replace(morning.clients["b"], stay=None)
    morning.does("anna", rules.no_change, of="a")
    assert morning.held.focus is None
    assert rules.left_open(morning.team, morning.held, morning.clients.values(), morning.now).not_discussed == ()


def test_discussing_is_said_once() -> None:
    morning = Morning("a")
    assert morning.does("anna", rules.discuss, of="a") == [e.ClientDiscussed("m1")]
    assert morning.does("anna", rules.discuss, of="a") == []


def test_anyone_writes_a_line_about_anyone_and_about_the_whole() -> None:
    morning = Morning("a", "b")
    morning.does("karin", rules.note, client="b", part=e.NotePart.DECISION, text=" Läkartid ")
    morning.does("lars", rules.note, part=e.NotePart.SITUATION, text="Kort möte")
    [line], [whole] = morning.held.item("b").lines, morning.held.general
    assert (line.text, line.by, whole.text) == ("Läkartid", "karin", "Kort möte")


def test_a_line_that_was_being_typed_when_the_meeting_closed_is_not_lost() -> None:
    late = over(59)
    assert rules.note(late, part=e.NotePart.DECISION, text="Ring systern")


def test_a_line_is_corrected_by_a_new_fact_also_after_the_end() -> None:
    morning = Morning("a")
    morning.does("lars", rules.note, client="a", part=e.NotePart.SITUATION, text="Sover")
    morning.does("anna", rules.close, reason="Slut")
    morning.later(600)
    line = morning.held.item("a").lines[0]
    assert morning.does("karin", rules.correct_note, client="a", line=line.seq, text="Sover", was="Sover") == []
    morning.does("karin", rules.correct_note, client="a", line=line.seq, text="Sover inte", was="Sover")
    read = morning.held.item("a").lines[0]
    assert (read.text, read.earlier[0].text, read.earlier[0].by) == ("Sover inte", "Sover", "karin")
    morning.does("karin", rules.correct_note, client="a", line=line.seq, text="")
    assert morning.held.item("a").lines[0].text == ""


def test_copying_the_notes_is_a_fact() -> None:
    morning = Morning("a", "b")
    morning.does("anna", rules.no_change, of="a")
    assert morning.does("lars", rules.copied, client="a") == [e.NotesCopied("m1")]
    assert morning.held.item("a").copied[0].by == "lars"


def closing(morning: Morning, reason: str = "") -> e.MeetingClosed:
    last = morning.does("anna", rules.close, reason=reason)[-1]
    assert isinstance(last, e.MeetingClosed)
    return last


def test_a_meeting_with_nothing_open_closes_without_a_word() -> None:
    morning = Morning("a", "b")
    for client in ("a", "b"):
        morning.does("anna", rules.no_change, of=client)
    assert closing(morning) == e.MeetingClosed("m1", held=True, discussed=2)
    assert morning.team.held is not None
    assert morning.team.judged == START


def test_what_is_left_open_is_counted_and_the_passed_over_come_first_next_time() -> None:
    morning = Morning("a", "b", "c")
    morning.clients["b"] = replace(morning.clients["b"], visits=())
    morning.clients["c"] = on_board("c", taken_by=None)
    morning.does("anna", rules.no_change, of="a")
    closed = closing(morning, "Tiden är slut")
    assert (closed.discussed, closed.not_discussed, closed.untaken, closed.uncovered) == (1, 2, 1, 2)
    assert closed.reason == "Tiden är slut"
    morning.later(24 * 60)
    morning.does("lars", rules.open_meeting)
    assert [(item.client, item.group) for item in morning.held.agenda][:2] == [
        ("b", e.AgendaGroup.PASSED_OVER),
        ("c", e.AgendaGroup.PASSED_OVER),
    ]


def test_the_last_one_up_was_discussed_where_something_was_decided() -> None:
    morning = Morning("a").rated("a")
    assert morning.does("anna", rules.close) == [
        e.ClientDiscussed("m1"),
        e.MeetingClosed("m1", held=True, discussed=1),
    ]


@pytest.mark.parametrize(
    ("present", "held"), [((), False), (("lars",), True), (("karin", "olle"), True), (("olle",), False)]
)
def test_it_was_held_where_two_clinicians_were_there(present: Iterable[str], held: bool) -> None:
    morning = Morning(open=False)
    morning.does("anna", rules.open_meeting, present=tuple(present))
    assert closing(morning).held is held


def test_an_unowned_action_is_shown_and_keeps_nobody() -> None:
    morning = Morning("a")
    morning.happens(e.ActionAdded("x", "Ring", None, None, False), "lars", "a", "p")
    morning.does("anna", rules.no_change, of="a")
    left = rules.left_open(morning.team, morning.held, morning.clients.values(), morning.now)
    assert [action.text for _, action in left.unowned] == ["Ring"]
    assert not left.needs_reason


def shown(morning: Morning) -> Any:
    named = labels((client.id, client.details) for client in morning.clients.values())
    return picture(morning.team, morning.held, morning.clients.values(), named, morning.now)


def test_the_picture_says_how_far_it_has_come_and_who_is_next() -> None:
    morning = Morning("a", "b", "c")
    morning.does("anna", rules.no_change, of="a")
    now = shown(morning)
    assert (now.discussed, now.left, now.preceding, now.following) == (1, 2, "a", "c")
    assert (now.focus.client.id, now.clients) == ("b", {"a", "b", "c"})


def test_those_put_on_meanwhile_are_a_group_of_their_own_at_the_end() -> None:
    morning = Morning(open=False)
    morning.clients = {"a": on_board("a", taken_by=None), "b": on_board("b")}
    morning.does("anna", rules.open_meeting)
    morning.clients["new"] = on_board("new", taken_by=None, flagged_seq=200)
    assert [(key, [turn.client.id for turn in turns]) for key, _, turns in shown(morning).groups] == [
        ("untaken", ["a"]),
        ("rest", ["b"]),
        ("untaken-late", ["new"]),
    ]


def test_in_the_round_after_the_agenda_the_picture_shows_who_is_off_the_board() -> None:
    morning = Morning("a")
    morning.clients["off"] = replace(on_board("off"), stay=None)
    assert shown(morning).worries == ()
    morning.does("anna", rules.move_focus, to=None)
    assert [client.id for client in shown(morning).worries] == ["off"]


def test_one_in_focus_who_left_the_board_is_still_shown() -> None:
    morning = Morning("a")
    morning.clients["a"] = replace(morning.clients["a"], stay=None)
    now = shown(morning)
    assert (now.focus.card, now.turns[0].gone, now.left) == (None, True, 0)


def test_what_was_decided_before_somebody_came_up_is_no_word_about_them_in_the_meeting() -> None:
    morning = Morning("a", "b").later().rated("b").later()
    morning.does("anna", rules.move_focus, to="b")
    assert morning.does("anna", rules.move_focus, to=None) == [e.FocusMoved("m1", None)], "b was passed over"
    left = rules.left_open(morning.team, morning.held, morning.clients.values(), morning.now)
    assert [one.id for one in left.not_discussed] == ["a", "b"]


def test_the_picture_is_true_until_it_says_so() -> None:
    midnight = START.replace(hour=23, minute=0)  # in Stockholm
    old = Contact(7, e.ContactKind.HOME, "anna", (), START - timedelta(days=7), START - timedelta(days=7), "")
    morning = Morning("a")
    morning.clients["a"] = replace(morning.clients["a"], contacts=(old,))
    now = shown(morning)
    morning.now = midnight
    assert shown(morning).focus.met == now.focus.met - 1
    assert now.valid_until <= midnight
    early = Morning("a", now=START - timedelta(minutes=5))
    assert shown(early).valid_until <= START, "the next meeting is another one from its beginning on"


# --- the way back, before everybody -------------------------------------------------------------------------


def looked_at(world: World, id: str) -> Picture:
    """The meeting as everybody in it sees it."""
    there = world.clients.values()
    named = labels((client.id, client.details) for client in there)
    return picture(world.here, world.meetings[id], there, named, world.now)


def in_focus(world: World, client: str = way_back.CLIENT) -> Focus:
    id = world.here.meeting or world.opens()
    if world.meetings[id].focus != client:
        world.do(rules.move_focus, by="anna", of_meeting=id, to=client)
    found = looked_at(world, id).focus
    assert found
    return found


def test_of_one_who_is_ready_it_says_when_this_meeting_would_let_them_go() -> None:
    world = way_back.ready().world()
    focus = in_focus(world)
    assert focus.standing.state is State.READY
    world.discusses(world.here.meeting or "", way_back.CLIENT)
    [announced] = [fact for fact in world.closes(world.here.meeting or "") if isinstance(fact, e.ReturnAnnounced)]
    assert focus.when == announced.planned, "as its closing does"


def test_of_one_who_is_announced_it_says_when_they_go() -> None:
    world = way_back.announced()
    world.to(world.now + timedelta(days=1))
    focus = in_focus(world)
    assert (focus.standing.state, focus.when) == (State.ANNOUNCED, world.moment("13:00"))
    world.discusses(world.here.meeting or "", way_back.CLIENT)
    world.closes(world.here.meeting or "")
    assert in_focus(world).when == world.moment("13:00")


def test_of_one_who_is_not_ready_it_says_what_is_missing_and_no_moment() -> None:
    focus = in_focus(way_back.on_board().rated("anna", days_ago=2).world())
    assert focus.standing.state is State.ON_BOARD
    assert focus.standing.missing
    assert focus.when is None


def test_who_was_unseen_for_too_long_has_to_be_decided_about_until_it_is_said_what_is_done() -> None:
    world = way_back.on_board(contacts=False).world()
    focus = in_focus(world)
    assert (focus.undecided, [alarm.step for alarm in focus.alarms]) == (True, [e.Step.UNSEEN])
    id = world.here.meeting or ""
    with pytest.raises(Conflict, match="decide_what_is_done"):
        world.do(rules.no_change, by="anna", of_meeting=id, of=way_back.CLIENT)
    world.do(visits.plan_visit, way_back.CLIENT, who="lars", day=way_back.TODAY)
    assert not in_focus(world).undecided
    assert world.do(rules.no_change, by="anna", of_meeting=id, of=way_back.CLIENT)


def not_met() -> World:
    """Returned by hand a fortnight ago, and nobody has met them since."""
    world = way_back.on_board(days_ago=30).world()
    world.now -= timedelta(days=14)
    world.do(placement.return_to_planned_care, way_back.CLIENT, reason="Mår bra")
    world.now += timedelta(days=14)
    return world


def test_whom_nobody_has_met_after_a_return_is_thought_of_until_they_are_met() -> None:
    world = not_met()
    focus = in_focus(world)
    assert (focus.group, focus.card) == (e.AgendaGroup.FOLLOW_UP, None)
    assert focus.follow_up == world.clients[way_back.CLIENT].follow_up
    assert [alarm.step for alarm in focus.alarms] == [e.Step.FOLLOW_UP]
    id = world.here.meeting or ""
    assert [turn.gone for turn in looked_at(world, id).turns] == [False]
    assert looked_at(world, id).left == 1
    world.meets(way_back.CLIENT, "lars", rating=None)
    after = looked_at(world, id)
    assert ([turn.gone for turn in after.turns], after.left) == ([True], 0)
    assert after.focus
    assert after.focus.follow_up is None


def test_who_is_back_within_thirty_days_is_marked() -> None:
    world = not_met()
    world.do(back_up.put_back, way_back.CLIENT)
    assert in_focus(world).again


def test_the_picture_turns_with_where_the_client_in_focus_stands() -> None:
    settings = replace(SETTINGS, return_time=time(14, 10))
    world = way_back.ready().world(settings)
    world.meet()
    world.to(world.now + timedelta(days=1))
    in_focus(world)
    world.now = world.moment("14:05")
    before = looked_at(world, world.here.meeting or "")
    assert before.valid_until == world.moment("14:10"), "from then on it is not today any more"
    assert before.focus
    world.now = before.valid_until
    after = looked_at(world, world.here.meeting or "").focus
    assert after
    assert after.when != before.focus.when


def test_the_picture_turns_as_the_team_goes_home_and_nobody_has_the_flag() -> None:
    world = way_back.Life().world()
    world.flag(way_back.CLIENT, taken_by="")
    in_focus(world)
    world.now = world.moment("16:29")
    assert looked_at(world, world.here.meeting or "").valid_until == world.moment("16:30")
    world.now = world.moment("16:30")
    assert [alarm.step for alarm in in_focus(world).alarms] == [e.Step.TONIGHT]
