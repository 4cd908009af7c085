"""What the facts add up to. The fold never refuses, whatever the history holds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.state import KEPT, PastStay, evolve_client, evolve_team, fold_client
from tests.domain.given import CLIENT, NOW, SETTINGS, TEAM, TODAY, a_client, details, who_left
from tests.domain.test_undo import (
    ACTION,
    AGAIN,
    CONTACT,
    ENDED,
    IN_ERROR,
    MOVED,
    OTHER_ACTION,
    PLAN,
    RATED,
    RETURNED,
    REVIEW,
    VISIT,
)

HOUR = timedelta(hours=1)


def test_a_time_on_the_board_is_what_was_typed_and_by_whom() -> None:
    given = a_client().on_board("admitted", by="anna", warning_signs=("sömn",), needed="Hembesök", review_by=TODAY)
    stay = given.client.stay
    assert (stay.category, stay.put_on_by, stay.flagged_by, stay.flagged_seq) == ("admitted", "anna", "anna", given.seq)
    assert (stay.warning_signs, stay.needed, stay.review_by) == (("sömn",), "Hembesök", TODAY)
    assert stay.since == stay.flagged_at == NOW - 3 * HOUR
    assert stay.taken_by is None


def test_since_earlier_is_when_it_began() -> None:
    began = datetime(2026, 7, 1, 10, tzinfo=UTC)
    stay = a_client().on_board(since=began).client.stay
    assert (stay.since, stay.flagged_at) == (began, began)


def test_a_flag_again_keeps_the_time_and_its_evidence_and_lets_go_of_who_had_taken_it() -> None:
    before = a_client().on_board().then(e.Taken(), by="anna").then(RATED).then(ACTION)
    stay = before.flagged_again(by="maria").client.stay
    first = before.client.stay
    assert (stay.placement, stay.since, stay.put_on_by) == (first.placement, first.since, first.put_on_by)
    assert (stay.ratings, stay.actions) == (first.ratings, first.actions)
    assert (stay.taken_by, stay.taken_at, stay.flagged_by, stay.reason) == (None, None, "maria", "Ringde i natt")


@pytest.mark.parametrize(("fact", "in_error"), [(RETURNED, False), (IN_ERROR, True), (ENDED, False)])
def test_an_end_moves_the_stay_to_the_past(fact: e.Fact, in_error: bool) -> None:
    given = a_client().on_board()
    stay = given.client.stay
    after = given.then(fact).client
    assert after.stay is None
    assert after.past == (PastStay(stay.placement, stay.since, NOW, stay.category, in_error),)


def test_a_new_time_on_the_board_starts_clean_but_for_what_is_left_to_do() -> None:
    done = e.ActionDone("a2", "Handla")
    first = a_client().on_board().then(RATED).then(ACTION).then(OTHER_ACTION).then(done)
    again = first.then(RETURNED).on_board().client
    assert (again.stay.ratings, len(again.past)) == ((), 1)
    assert [action.id for action in again.stay.actions] == ["a1"]
    assert first.then(IN_ERROR).on_board().client.stay.actions == ()  # they were meant for somebody else


def test_contacts_visits_and_the_crisis_plan_outlive_the_stay() -> None:
    after = a_client().on_board().then(CONTACT).then(VISIT).then(PLAN).then(RETURNED).client
    assert (len(after.contacts), len(after.visits), after.crisis_plan.on) == (1, 1, TODAY)


def test_contacts_and_ratings_stand_in_the_order_in_which_they_happened() -> None:
    given = a_client().on_board()
    for ago in (1, 5, 3):
        given = given.then(replace(CONTACT, happened_at=NOW - ago * HOUR))
        given = given.then(replace(RATED, happened_at=NOW - ago * HOUR))
    for known in (given.client.contacts, given.client.stay.ratings):
        assert [one.happened_at for one in known] == [NOW - ago * HOUR for ago in (5, 3, 1)]


def test_the_newest_of_very_many_are_kept() -> None:
    given = a_client().on_board()
    for number in range(KEPT + 5):
        given = given.then(replace(CONTACT, happened_at=NOW - timedelta(days=90) + number * HOUR))
    contacts = given.client.contacts
    assert len(contacts) == KEPT
    assert contacts[0].happened_at == NOW - timedelta(days=90) + 5 * HOUR


def test_every_fact_moves_the_seq_on() -> None:
    given = a_client()
    for fact in (e.NoticeRead(3), CONTACT, e.ClientCorrected(details(phone="1"), ("phone",)), e.Taken()):
        given = given.then(fact)
        assert given.client.seq == given.seq


def test_what_was_undone_is_left_out_wherever_it_stood() -> None:
    given = a_client().on_board().then(CONTACT).undone().then(RATED)
    plain = a_client().on_board().then(RATED)
    assert given.client.contacts == ()
    assert given.client.stay.ratings[0].rating == plain.client.stay.ratings[0].rating


def test_one_fact_at_a_time_or_all_at_once_is_the_same() -> None:
    given = a_client().on_board().then(e.Taken()).then(MOVED).then(RATED).flagged_again().then(REVIEW).then(RETURNED)
    state = None
    for row in given.story:
        state = evolve_client(CLIENT, state, row)
    assert state == fold_client(CLIENT, given.story)


ANY = (
    e.ClientEnrolled(details()), e.ClientCorrected(details(phone="1"), ("phone",)), ENDED, AGAIN, e.Taken(), MOVED,
    RATED, CONTACT, VISIT, ACTION, e.ActionDone("a1", "Ring"), e.ActionDone("none", "Ring"), PLAN, REVIEW,
    RETURNED, IN_ERROR, e.NoticeRead(1), e.PutOnBoard("no such category", "x"),
    e.Imported("f", "d", 1, 1, 1, 1), e.Undone(5, "taken"),
)  # fmt: skip


def test_the_fold_takes_any_facts_in_any_order(full: bool) -> None:
    """A fact in the history has happened: a fold that stumbled would leave a team without a board."""
    for seed in range(5_000 if full else 300):
        pick = random.Random(seed)
        rows = [e.Recorded(seq, NOW, "anna", pick.choice(ANY), CLIENT, "p") for seq in range(1, 30)]
        folded = fold_client(CLIENT, rows)
        if folded:
            assert folded.seq == 29
        team = TEAM
        for row in rows:
            team = evolve_team(TEAM.id, team, replace(row, client=None))
        assert team.seq == 29


def test_there_is_no_client_before_they_are_enrolled() -> None:
    assert fold_client(CLIENT, []) is None
    assert fold_client(CLIENT, [e.Recorded(1, NOW, "anna", RATED, CLIENT)]) is None


def test_one_who_comes_back_has_their_past() -> None:
    back = who_left().then(e.ClientEnrolled(details(phone="1"))).client
    assert (back.enrolled, back.enrolment_end, back.details.phone) == (True, None, "1")


class TestTeam:
    def after(self, fact: e.Fact, client: str | None = None):
        return evolve_team(TEAM.id, TEAM, e.Recorded(99, NOW, "lars", fact, client))

    def test_starts_with_its_genesis(self) -> None:
        assert evolve_team("t", None, e.Recorded(1, NOW, "x", e.HistoryStarted("Team"))).settings.name == "Team"
        assert evolve_team("t", None, e.Recorded(1, NOW, "x", e.Taken())) is None

    def test_facts_about_clients_leave_it_as_it_is(self) -> None:
        assert self.after(CONTACT, client=CLIENT) == TEAM

    def test_settings_categories_and_members_follow_their_facts(self) -> None:
        settings = replace(SETTINGS, meeting_days=(1, 3))
        assert self.after(e.TeamSettingsChanged(settings)).settings == settings
        category = replace(TEAM.categories["admitted"], retired=True)
        assert self.after(e.CategoryChanged(category)).categories["admitted"].retired
        bo = e.Member("bo", "bo", "Bo Test", e.Role.CLINICIAN)
        assert self.after(e.MemberAdded(bo)).members["bo"] == bo
        assert self.after(e.MemberChanged(replace(bo, role=e.Role.LEAD))).members["bo"].role is e.Role.LEAD

    def test_one_who_leaves_stays_known_by_name(self) -> None:
        gone = self.after(e.MemberRemoved("anna")).members["anna"]
        assert (gone.left, gone.name) == (True, "Anna Test")
        assert self.after(e.MemberRemoved("nobody")).members == TEAM.members
