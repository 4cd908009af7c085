"""What the notes of a meeting say: each client's turn, the lines that stand, and what was decided while it was open."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from factboard.domain import events as e
from factboard.domain.notes import DECISIONS, Notes, Turn, notes
from factboard.domain.people import SYSTEM
from factboard.domain.state import Meeting, evolve_meeting
from tests.domain.given import NOW, TODAY

MINUTE = timedelta(minutes=1)
GROUP = e.AgendaGroup
AGENDA = (e.AgendaItem("stina", GROUP.UNTAKEN), e.AgendaItem("olle", GROUP.REST), e.AgendaItem("vilma", GROUP.REST))
OPENED = e.MeetingOpened("m1", "lars", "anna", ("lars", "anna"), AGENDA, NOW + 15 * MINUTE, NOW)
CLOSED = e.MeetingClosed("m1", held=True)
PUT_ON = e.PutOnBoard("short_intensive", "Sover inte")
VISIT = e.VisitPlanned("lars", TODAY, backup="anna")
FIRST = 40  # the number of the fact that opened it

Told = e.Fact | tuple[e.Fact, str]

DECIDED: tuple[e.Fact, ...] = (
    PUT_ON, e.FlaggedAgain("Ringde i natt"), e.Taken(), e.Recategorised("long_intensive", "short_intensive"),
    e.Rated(e.Rating.WORSE, e.Basis.SEEN, "anna", NOW), e.ReviewSet(TODAY), e.ActionAdded("a1", "Ring", "lars", TODAY),
    e.ActionDone("a1", "Ring"), VISIT, e.VisitChanged(7, "anna", TODAY), e.VisitCancelled(7, "lars", TODAY),
    e.CrisisPlanReviewed(TODAY, with_client=True), e.Admitted("Avd 2", TODAY), e.AdmissionChanged("Avd 2"),
    e.Discharged(TODAY, "Avd 2"), e.LegalMeasureStarted("l1", "LPT", TODAY), e.LegalMeasureProlonged("l1", "LPT"),
    e.LegalMeasureEnded("l1", "LPT", TODAY), e.Returned("Sover gott"), e.EnteredInError("Fel person"),
    e.PlannedContactSet("anna", 7, TODAY), e.IntensityChanged("anna", 7, 14, TODAY, "Oro"),
    e.ReturnHeld(TODAY, "Ny medicin"), e.ReturnTold(e.Informed.YES),
    e.ReturnUpheld("m1", NOW),
    e.ReturnAnnounced("m1", e.Mode.AUTOMATIC, NOW, "anna", TODAY, e.Informed.NO, "", e.Grounds(1, 5, "0.3")),
)  # fmt: skip


def story(*told: Told) -> list[e.Recorded]:
    """The opening and then these, a minute between each; (fact, client) for one about a client."""
    numbers = count(FIRST)
    rows = []
    for one in (OPENED, *told):
        fact, client = one if isinstance(one, tuple) else (one, None)
        number = next(numbers)
        rows.append(e.Recorded(number, NOW + (number - FIRST) * MINUTE, "anna", fact, client))
    return rows


def after(*told: Told, before: tuple[e.Recorded, ...] = ()) -> Notes:
    rows = story(*told)
    state: Meeting | None = None
    for row in rows:
        state = evolve_meeting(state, row)
    assert state
    return notes(state, [*before, *rows])


def decided(of: Notes, client: str = "stina") -> list[e.Fact]:
    found = of.of(client)
    return [row.fact for row in found.decided] if found else []


@pytest.mark.parametrize("fact", DECIDED, ids=[fact.kind for fact in DECIDED])
def test_it_was_decided_in_the_meeting_that_was_open(fact: e.Fact) -> None:
    assert decided(after((fact, "stina"))) == [fact]
    assert decided(after((fact, "stina"), CLOSED)) == [fact]
    assert decided(after(CLOSED, (fact, "stina"))) == [], "after the meeting"
    earlier = e.Recorded(FIRST - 1, NOW - MINUTE, "anna", fact, "stina")
    assert decided(after(before=(earlier,))) == [], "before the meeting"
    assert decided(after((fact, "stina"), (e.Undone(FIRST + 1, fact.kind), "stina"))) == [], "undone"


def test_every_kind_of_decision_is_in_the_table() -> None:
    assert {type(fact) for fact in DECIDED} == set(DECISIONS)


def test_what_falls_due_while_it_is_open_is_no_decision_of_the_meeting() -> None:
    rows = story((e.Taken(), "stina"))
    by_itself = e.Recorded(FIRST + 2, NOW + 2 * MINUTE, SYSTEM, e.Returned("", NOW), "stina")
    state: Meeting | None = None
    for row in rows:
        state = evolve_meeting(state, row)
    assert state
    assert decided(notes(state, [*rows, by_itself])) == [e.Taken()]


def test_undone_after_the_meeting_is_undone_all_the_same() -> None:
    assert decided(after((VISIT, "stina"), CLOSED, (e.Undone(FIRST + 1, VISIT.kind), "stina"))) == []


def test_what_the_others_do_meanwhile_is_no_decision() -> None:
    seen = e.ContactLogged(e.ContactKind.PHONE, "anna", NOW)
    assert decided(after((seen, "stina"))) == []


class TestVisits:
    """How they stand when the meeting ends."""

    changed = e.VisitChanged(FIRST + 1, "anna", TODAY)
    cancelled = e.VisitCancelled(FIRST + 1, "lars", TODAY)

    def test_planned_and_changed_it_is_as_changed(self) -> None:
        assert decided(after((VISIT, "stina"), (self.changed, "stina"))) == [self.changed]

    def test_planned_and_cancelled_it_never_was(self) -> None:
        assert decided(after((VISIT, "stina"), (self.cancelled, "stina"))) == []
        assert decided(after((VISIT, "stina"), (self.changed, "stina"), (self.cancelled, "stina"))) == []

    def test_one_of_two_cancelled_leaves_the_other(self) -> None:
        assert decided(after((VISIT, "stina"), (VISIT, "stina"), (self.cancelled, "stina"))) == [VISIT]

    def test_an_earlier_one_cancelled_in_the_meeting_is_a_decision(self) -> None:
        earlier = e.VisitCancelled(7, "lars", TODAY)
        assert decided(after((e.VisitChanged(7, "anna", TODAY), "stina"), (earlier, "stina"))) == [earlier]

    def test_a_cancelling_that_was_undone_leaves_the_visit(self) -> None:
        undone = e.Undone(FIRST + 2, self.cancelled.kind)
        assert decided(after((VISIT, "stina"), (self.cancelled, "stina"), (undone, "stina"))) == [VISIT]


class TestTurns:
    def test_what_each_turn_came_to(self) -> None:
        open_ = after((e.ClientDiscussed("m1"), "stina"), (e.ClientDiscussed("m1", no_change=True), "olle"))
        assert [one.turn for one in open_.clients] == [Turn.DISCUSSED, Turn.NO_CHANGE, Turn.OPEN]
        assert open_.discussed == 2
        closed = after((e.ClientDiscussed("m1"), "stina"), (e.NotDiscussed("m1"), "olle"), CLOSED)
        assert [one.turn for one in closed.clients] == [Turn.DISCUSSED, Turn.NOT_DISCUSSED, Turn.NOT_DISCUSSED]

    def test_the_order_of_the_agenda_and_why_each_came_up(self) -> None:
        assert [(one.client, one.group) for one in after().clients] == [(one.client, one.group) for one in AGENDA]

    def test_whoever_was_put_on_meanwhile_is_one_of_the_meeting(self) -> None:
        found = after((PUT_ON, "erik")).of("erik")
        assert found
        assert (found.group, found.turn) == (GROUP.UNTAKEN, Turn.OPEN)
        left = after((PUT_ON, "erik"), CLOSED).of("erik")
        assert left
        assert left.turn is Turn.NOT_DISCUSSED

    def test_put_on_and_undone_is_nobody(self) -> None:
        assert after((PUT_ON, "erik"), (e.Undone(FIRST + 1, PUT_ON.kind), "erik")).of("erik") is None

    def test_whoever_was_returned_meanwhile_is_still_in_the_notes(self) -> None:
        returned = e.Returned("Sover gott")
        found = after((e.ClientDiscussed("m1"), "olle"), (returned, "olle"), CLOSED)
        assert decided(found, "olle") == [returned]
        assert [one.client for one in found.clients] == ["stina", "olle", "vilma"]

    def test_somebody_beside_the_agenda_is_beside_it(self) -> None:
        noted = e.MeetingNoted("m1", e.NotePart.DECISION, "Ring modern")
        for told in ((e.ReviewSet(TODAY), "erik"), (noted, "erik")):
            found = after(told, CLOSED).of("erik")
            assert found
            assert (found.group, found.turn) == (None, Turn.BESIDE)

    def test_a_client_nobody_named_has_no_notes(self) -> None:
        assert after().of("erik") is None


class TestLines:
    def test_by_part_then_as_they_were_written(self) -> None:
        said = [(e.NotePart.DECISION, "Åk dit"), (e.NotePart.SITUATION, "Sover inte"), (e.NotePart.DECISION, "Ring")]
        found = after(*((e.MeetingNoted("m1", part, text), "stina") for part, text in said)).of("stina")
        assert found
        assert [line.text for line in found.lines] == ["Sover inte", "Åk dit", "Ring"]
        assert {(line.by, line.at) for line in found.lines} == {("anna", NOW + n * MINUTE) for n in (1, 2, 3)}
        assert found.says_something

    def test_a_correction_keeps_how_it_read(self) -> None:
        found = after(
            (e.MeetingNoted("m1", e.NotePart.DECISION, "Åk dit i dag"), "stina"),
            CLOSED,
            (e.MeetingNoteCorrected("m1", FIRST + 1, "Åk dit i morgon"), "stina"),
        ).of("stina")
        assert found
        [line] = found.lines
        assert line.text == "Åk dit i morgon"
        assert [(was.text, was.by) for was in line.earlier] == [("Åk dit i dag", "anna")]

    def test_taken_back_it_is_no_line_of_the_note(self) -> None:
        found = after(
            (e.MeetingNoted("m1", e.NotePart.DECISION, "Fel patient"), "stina"),
            (e.MeetingNoteCorrected("m1", FIRST + 1, ""), "stina"),
        ).of("stina")
        assert found
        assert found.lines == ()
        assert not found.says_something
        assert found.item.lines[0].earlier[0].text == "Fel patient", "but it is not forgotten"

    def test_lines_about_the_meeting_as_a_whole(self) -> None:
        found = after(e.MeetingNoted("m1", e.NotePart.SITUATION, "Bil två är på verkstad"))
        assert [line.text for line in found.general] == ["Bil två är på verkstad"]
        assert all(not one.lines for one in found.clients)


def test_how_it_ended_and_who_ended_it() -> None:
    closing = e.MeetingClosed("m1", held=False, reason="Brandlarm", not_discussed=3)
    found = after(closing)
    assert (found.closing, found.closed_by) == (closing, "anna")
    assert (after().closing, after().closed_by) == (None, "")


def test_of_a_meeting_that_nobody_closed_what_came_after_its_last_step_is_not_its_own() -> None:
    rows = story((e.Taken(), "stina"), e.FocusMoved("m1", "olle"), (e.ReviewSet(TODAY), "olle"))
    ended = e.Recorded(rows[-1].seq + 1, NOW + 900 * MINUTE, SYSTEM, e.MeetingClosed("m1", held=False))
    state: Meeting | None = None
    for row in (*rows, ended):
        state = evolve_meeting(state, row)
    assert state
    made = notes(state, [*rows, ended])
    assert decided(made) == [e.Taken()]
    assert decided(made, "olle") == []


def test_who_was_there_at_any_time_is_known_so_that_the_others_decisions_can_be_told_apart() -> None:
    made = after(e.AttendanceNoted("m1", "bo", True), e.AttendanceNoted("m1", "bo", False), (e.Taken(), "stina"))
    assert made.there == {"lars", "anna", "bo"}


def test_a_line_of_decision_is_more_than_no_change() -> None:
    note = (e.MeetingNoted("m1", e.NotePart.DECISION, "Ring"), "stina")
    made = after(note, (e.ClientDiscussed("m1", no_change=True), "stina"))
    found = made.of("stina")
    assert found
    assert found.turn is Turn.DISCUSSED
