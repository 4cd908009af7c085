"""What the facts of a meeting add up to: its people, who stands before everybody, what was noted about whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.projection import meeting_of
from factboard.domain.state import Copied, Item, Line, Meeting, Reading, evolve_meeting
from tests.domain.given import NOW

MINUTE = timedelta(minutes=1)
AGENDA = (e.AgendaItem("stina", e.AgendaGroup.UNTAKEN), e.AgendaItem("olle", e.AgendaGroup.REST))
OPENED = e.MeetingOpened("m1", "lars", "anna", ("lars", "anna"), AGENDA, NOW + 15 * MINUTE, NOW)
SITUATION, DECISION = e.NotePart.SITUATION, e.NotePart.DECISION


def after(*facts: e.Fact | tuple[e.Fact, str], opened: e.MeetingOpened = OPENED) -> Meeting:
    """The meeting opened in fact 40, and then these, a minute between each; (fact, client) for one about a client."""
    state: Meeting | None = None
    for number, fact in enumerate((opened, *facts)):
        said, client = fact if isinstance(fact, tuple) else (fact, None)
        state = evolve_meeting(state, e.Recorded(40 + number, NOW + number * MINUTE, "anna", said, client))
    assert state
    return state


def test_it_begins_with_the_first_on_its_agenda() -> None:
    met = after()
    assert (met.id, met.seq, met.first_seq, met.opened, met.planned) == ("m1", 40, 40, NOW, NOW)
    assert (met.chair, met.recorder, met.present, met.agenda) == ("lars", "anna", ("lars", "anna"), AGENDA)
    assert (met.focus, met.focus_since, met.ends) == ("stina", NOW, NOW + 15 * MINUTE)
    assert (met.items, met.general, met.closed, met.held) == ({}, (), None, False)


def test_with_nobody_on_the_agenda_it_begins_with_the_round() -> None:
    assert after(opened=e.MeetingOpened("m1", "lars", None, ("lars",), (), NOW)).focus is None


def test_there_is_none_before_it_was_opened() -> None:
    assert evolve_meeting(None, e.Recorded(40, NOW, "anna", e.FocusMoved("m1", "olle"))) is None


def test_people_come_and_go_and_nobody_is_there_twice() -> None:
    came = after(e.AttendanceNoted("m1", "maria", True), e.AttendanceNoted("m1", "maria", True))
    assert came.present == ("lars", "anna", "maria")
    assert after(e.AttendanceNoted("m1", "lars", False)).present == ("anna",)
    assert after(e.AttendanceNoted("m1", "greta", False)).present == ("lars", "anna")


def test_the_chair_and_who_writes_change() -> None:
    met = after(e.ChairChanged("m1", "anna", "lars"), e.RecorderChanged("m1", None))
    assert (met.chair, met.recorder, met.seq) == ("anna", None, 42)


def test_the_focus_moves_and_its_time_begins_anew() -> None:
    met = after(e.FocusMoved("m1", "olle"))
    assert (met.focus, met.focus_since) == ("olle", NOW + MINUTE)
    assert after(e.FocusMoved("m1", None)).focus is None


class TestClients:
    def test_discussed_with_or_without_a_change(self) -> None:
        met = after((e.ClientDiscussed("m1", no_change=True), "stina"))
        assert met.item("stina") == Item("stina", NOW + MINUTE, "anna", no_change=True)
        assert (met.discussed("stina"), met.discussed("olle")) == (True, False)
        changed = after((e.ClientDiscussed("m1", no_change=True), "stina"), (e.ClientDiscussed("m1"), "stina"))
        assert not changed.item("stina").no_change

    def test_passed_over_is_not_discussed(self) -> None:
        met = after((e.NotDiscussed("m1"), "olle"))
        assert (met.item("olle").passed_over, met.discussed("olle")) == (True, False)
        assert not after((e.NotDiscussed("m1"), "olle"), (e.ClientDiscussed("m1"), "olle")).item("olle").passed_over

    def test_what_was_copied_by_whom_each_time(self) -> None:
        met = after((e.NotesCopied("m1"), "stina"), (e.NotesCopied("m1"), "stina"))
        assert met.item("stina").copied == (Copied("anna", NOW + MINUTE), Copied("anna", NOW + 2 * MINUTE))

    def test_one_who_never_came_up_has_an_empty_item_that_is_kept_nowhere(self) -> None:
        met = after()
        assert met.item("somebody") == Item("somebody")
        assert met.items == {}

    @pytest.mark.parametrize("fact", [e.ClientDiscussed("m1"), e.NotDiscussed("m1"), e.NotesCopied("m1")])
    def test_a_fact_about_nobody_changes_nobody(self, fact: e.Fact) -> None:
        assert after(fact).items == {}


class TestNotes:
    def test_lines_stand_by_their_client_or_by_the_meeting_in_order(self) -> None:
        met = after(
            (e.MeetingNoted("m1", SITUATION, "Sover"), "stina"),
            e.MeetingNoted("m1", DECISION, "Fika"),
            (e.MeetingNoted("m1", DECISION, "Besök"), "stina"),
        )
        assert met.item("stina").lines == (
            Line(41, SITUATION, "Sover", "anna", NOW + MINUTE),
            Line(43, DECISION, "Besök", "anna", NOW + 3 * MINUTE),
        )
        assert met.general == (Line(42, DECISION, "Fika", "anna", NOW + 2 * MINUTE),)
        assert not met.discussed("stina")

    def test_a_corrected_line_says_how_it_read(self) -> None:
        noted = (e.MeetingNoted("m1", SITUATION, "Sover"), "stina"), (e.MeetingNoted("m1", DECISION, "Besök"), "stina")
        first = (e.MeetingNoteCorrected("m1", 41, "Sover inte"), "stina")
        line, other = after(*noted, first, (e.MeetingNoteCorrected("m1", 41, ""), "stina")).item("stina").lines
        assert (line.seq, line.text, line.by, line.at) == (41, "", "anna", NOW + MINUTE)
        assert line.earlier == (
            Reading("Sover", "anna", NOW + 3 * MINUTE),
            Reading("Sover inte", "anna", NOW + 4 * MINUTE),
        )
        assert (other.text, other.earlier) == ("Besök", ())

    def test_a_line_of_the_meetings_own_is_corrected_there(self) -> None:
        met = after(e.MeetingNoted("m1", DECISION, "Fika"), e.MeetingNoteCorrected("m1", 41, "Paus"))
        assert [line.text for line in met.general] == ["Paus"]

    def test_a_correction_of_a_line_that_never_was_changes_none(self) -> None:
        met = after((e.MeetingNoted("m1", DECISION, "Fika"), "stina"), (e.MeetingNoteCorrected("m1", 7, "x"), "stina"))
        assert [line.text for line in met.item("stina").lines] == ["Fika"]


@pytest.mark.parametrize("held", [True, False])
def test_closed_it_says_whether_it_counts_and_why_it_let_go(held: bool) -> None:
    met = after(e.MeetingClosed("m1", held, "Brandlarm"))
    assert (met.closed, met.last_seq, met.held, met.reason) == (NOW + MINUTE, 41, held, "Brandlarm")


def test_what_is_written_after_the_end_moves_its_seq_and_not_its_end() -> None:
    met = after(e.MeetingClosed("m1", True), (e.NotesCopied("m1"), "stina"))
    assert (met.seq, met.last_seq, met.closed) == (42, 41, NOW + MINUTE)


def test_every_fact_of_a_meeting_says_of_which() -> None:
    ours = {kind for kind, shape in e.KINDS.items() if "meeting" in shape.__slots__}
    assert ours == {
        "meeting_opened", "attendance_noted", "chair_changed", "recorder_changed", "focus_moved", "client_discussed",
        "not_discussed", "meeting_noted", "meeting_note_corrected", "notes_copied", "meeting_closed",
        "return_announced", "return_upheld", "release_agreed", "returns_released",
    }  # fmt: skip
    assert meeting_of(OPENED) == "m1"
    assert meeting_of(e.Taken()) is None
    assert meeting_of(e.ReturnsReleased(("lars",), None, "Klockan stämmer")) is None  # by the lead, in no meeting


def test_who_was_discussed_while_ready_is_remembered_until_they_are_discussed_again() -> None:
    ready = (e.ClientDiscussed("m1", ready=True), "stina")
    assert after(ready).item("stina").ready
    assert not after(ready, (e.ClientDiscussed("m1"), "stina")).item("stina").ready
    assert not after((e.ClientDiscussed("m1"), "stina")).item("stina").ready


def test_what_it_does_about_returns_moves_its_seq_and_nothing_else() -> None:
    grounds = e.Grounds(1, 5, "0.3")
    announced = e.ReturnAnnounced("m1", e.Mode.AUTOMATIC, NOW, "anna", NOW.date(), e.Informed.NO, "", grounds)
    facts = (announced, "stina"), (e.ReturnUpheld("m1", NOW), "olle"), e.ReleaseAgreed("m1")
    met = after(*facts, e.MeetingClosed("m1", True), e.ReturnsReleased(("anna", "lars"), "m1"))
    closed = after(*facts, e.MeetingClosed("m1", True))
    assert (met.seq, met.last_seq) == (45, 44)
    assert replace(met, seq=44) == closed
    assert (closed.items, closed.general) == ({}, ())
