"""What one more fact changes in what is shown; stopped early, the board as it was then."""

from __future__ import annotations

from dataclasses import replace

from factboard.domain import events as e
from factboard.domain.notices import Notice
from factboard.domain.projection import project, rebuild
from tests.domain.given import CLIENT, NOW, TEAM, Given, a_client

MANAGED = a_client(case_manager="lars").on_board(by="anna")
START = e.Recorded(1, NOW, "command_line", e.HistoryStarted("Team Kusten"))


def rebuilt(given: Given):
    return rebuild(TEAM.id, [START, *given.story])


def test_a_rebuild_knows_team_clients_and_notices() -> None:
    state = rebuilt(MANAGED)
    assert state.team.settings.name == "Team Kusten"
    assert state.clients == {CLIENT: MANAGED.client}
    assert state.notices == {Notice("lars", MANAGED.seq, CLIENT): False}


def test_stopped_early_it_is_the_board_as_it_was() -> None:
    later = MANAGED.then(e.Taken()).then(e.Returned("x"))
    assert rebuilt(Given(later.story[:2])).clients == {CLIENT: MANAGED.client}


def test_a_notice_is_read_by_whom_it_is_for_and_nobody_else() -> None:
    def read_by(who: str, seq: int, client: str = CLIENT) -> bool:
        row = e.Recorded(99, NOW, who, e.NoticeRead(seq), client)
        return rebuild(TEAM.id, [START, *MANAGED.story, row]).notices[Notice("lars", MANAGED.seq, CLIENT)]

    assert read_by("lars", MANAGED.seq)
    assert not read_by("anna", MANAGED.seq)
    assert not read_by("lars", MANAGED.seq + 1)
    assert not read_by("lars", MANAGED.seq, client="another")


def test_an_undone_fact_takes_its_notice_along_read_or_not() -> None:
    assert rebuilt(MANAGED.undone(by="anna")).notices == {}
    read = MANAGED.then(e.NoticeRead(MANAGED.seq), by="lars")
    undone = e.Recorded(99, NOW, "anna", e.Undone(MANAGED.seq, "put_on_board"), CLIENT)
    assert rebuild(TEAM.id, [START, *read.story, undone]).notices == {}


def test_the_whole_story_is_asked_for_on_undo_only() -> None:
    def never() -> list[e.Recorded]:
        raise AssertionError

    row = MANAGED.story[-1]
    before = a_client(case_manager="lars").client
    assert project(TEAM.id, row, TEAM, before, never).client == MANAGED.client
    undone = replace(row, seq=row.seq + 1, fact=e.Undone(row.seq, "put_on_board"))
    outcome = project(TEAM.id, undone, TEAM, MANAGED.client, lambda: [*MANAGED.story, undone])
    assert (outcome.client.stay, outcome.withdrawn) == (None, row.seq)


OPENED = e.MeetingOpened("m1", "lars", None, ("lars", "anna"), (e.AgendaItem(CLIENT, e.AgendaGroup.REST),), NOW)


def test_a_rebuild_knows_every_meeting_and_its_facts_about_clients() -> None:
    def row(seq: int, fact: e.Fact, client: str | None = None) -> e.Recorded:
        return e.Recorded(seq, NOW, "lars", fact, client)

    state = rebuild(
        TEAM.id,
        [
            START,
            *MANAGED.story,
            row(50, replace(OPENED, meeting="m0")),
            row(51, e.MeetingClosed("m0", held=False)),
            row(52, OPENED),
            row(53, e.MeetingNoted("m1", e.NotePart.DECISION, "Besök"), CLIENT),
            row(54, e.ClientDiscussed("m1"), CLIENT),
        ],
    )
    assert set(state.meetings) == {"m0", "m1"}
    assert state.team.meeting == "m1"
    assert (state.meetings["m0"].seq, state.meetings["m0"].closed, state.meetings["m0"].items) == (51, NOW, {})
    assert [line.text for line in state.meetings["m1"].item(CLIENT).lines] == ["Besök"]
    assert state.clients[CLIENT].discussed == NOW


def test_a_fact_of_a_meeting_that_is_not_known_makes_none() -> None:
    row = e.Recorded(99, NOW, "lars", e.ClientDiscussed("m9"), CLIENT)
    outcome = project(TEAM.id, row, TEAM, MANAGED.client, list)
    assert outcome.meeting is None
    assert outcome.client.discussed == NOW


def test_an_undo_in_a_meeting_takes_nothing_from_its_notes() -> None:
    met = rebuild(TEAM.id, [START, *MANAGED.story, e.Recorded(50, NOW, "lars", OPENED)]).meetings["m1"]
    undone = e.Recorded(51, NOW, "anna", e.Undone(MANAGED.seq, "put_on_board"), CLIENT)
    outcome = project(TEAM.id, undone, TEAM, MANAGED.client, lambda: [*MANAGED.story, undone], met)
    assert outcome.meeting is None  # it is no fact of the meeting: that one stands as it stood
