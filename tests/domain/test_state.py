"""What the facts add up to. The fold never refuses, whatever the history holds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.planned_care import waits_for_follow_up
from factboard.domain.state import KEPT, Admission, Legal, PastStay, Visit, evolve_client, evolve_team, fold_client
from tests.domain.given import CLIENT, NOW, TEAM, TODAY, a_client, details, who_left
from tests.domain.test_undo import (
    ACTION,
    ADMITTED,
    AGAIN,
    ANNOUNCED,
    CONTACT,
    DISCHARGED,
    ENDED,
    HELD,
    IN_ERROR,
    MEASURE,
    MOVED,
    OTHER_ACTION,
    OTHER_WARD,
    OVER,
    PLAN,
    PLANNED,
    PROLONGED,
    RATED,
    RETURNED,
    REVIEW,
    VISIT,
    VISIT_MOVED,
    VISIT_OFF,
)

DISCUSSED, PASSED = e.ClientDiscussed("m1"), e.NotDiscussed("m1")
NOTED = e.MeetingNoted("m1", e.NotePart.DECISION, "Vi väntar")
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
    past = PastStay(stay.placement, stay.since, NOW, stay.category, in_error, "Sover inte", 0, "lars")
    assert after.past == (past,)


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


class TestVisits:
    def test_a_changed_visit_is_the_same_one_as_it_stands_now(self) -> None:
        planned = a_client().on_board().then(VISIT).then(e.VisitPlanned("maria", TODAY))
        changed = e.VisitChanged(23, "lars", TODAY + timedelta(days=1), time(10), "Ring först", "anna")
        first, second = planned.then(changed).client.visits
        assert first == Visit(23, "lars", TODAY + timedelta(days=1), time(10), "Ring först", "anna", 25)
        assert second == planned.client.visits[1]

    def test_a_cancelled_one_is_gone_and_the_others_stay(self) -> None:
        after = a_client().on_board().then(VISIT).then(e.VisitPlanned("maria", TODAY)).then(VISIT_OFF).client
        assert [visit.who for visit in after.visits] == ["maria"]

    def test_a_change_or_a_cancelling_that_is_undone_leaves_it_as_it_was(self) -> None:
        planned = a_client().on_board().then(VISIT)
        for fact in (VISIT_MOVED, VISIT_OFF):
            assert planned.then(fact).undone().client.visits == planned.client.visits


class TestWhereTheyAre:
    def test_an_admission_until_the_discharge(self) -> None:
        given = a_client().on_board().then(e.Admitted("Avd 31", TODAY, TODAY + timedelta(days=7), "Frivillig"))
        admission = Admission("Avd 31", TODAY, TODAY + timedelta(days=7), "Frivillig", NOW)
        assert given.client.admission == admission
        moved = given.then(e.AdmissionChanged("Avd 32", None, "LPT"), ago=-HOUR).client.admission
        assert moved == replace(admission, ward="Avd 32", expected=None, note="LPT")
        home = given.then(e.Discharged(TODAY, "Avd 32")).client
        assert (home.admission, home.discharged) == (None, TODAY)

    def test_it_outlives_the_time_on_the_board_and_another_one_begins_anew(self) -> None:
        given = a_client().on_board().then(ADMITTED).then(RETURNED)
        assert given.client.admission.ward == "51"
        again = given.then(DISCHARGED).then(e.Admitted("Avd 9", TODAY)).client
        assert (again.admission.ward, again.discharged) == ("Avd 9", TODAY)

    def test_an_older_admission_noted_afterwards_makes_the_last_discharge_no_older(self) -> None:
        """They have been home since the later one: two weeks are counted from it (design 5)."""
        home = a_client().on_board().then(ADMITTED).then(e.Discharged(TODAY, "51"))
        long_ago = TODAY - timedelta(days=30)
        noted = home.then(e.Admitted("Avd 9", long_ago)).then(e.Discharged(long_ago, "Avd 9")).client
        assert (noted.admission, noted.discharged) == (None, TODAY)

    def test_legal_measures_side_by_side(self) -> None:
        other = e.LegalMeasureStarted("lrv", "ÖRV", TODAY, TODAY + timedelta(days=30), "Dom")
        given = a_client().then(MEASURE).then(other)
        assert given.client.legal == (
            Legal("opt", "ÖPT", TODAY, None, ""),
            Legal("lrv", "ÖRV", TODAY, TODAY + timedelta(days=30), "Dom"),
        )
        longer = given.then(e.LegalMeasureProlonged("lrv", "ÖRV", TODAY + timedelta(days=60))).client.legal
        assert [(one.id, one.ends, one.note) for one in longer] == [
            ("opt", None, ""),
            ("lrv", TODAY + timedelta(days=60), "Dom"),
        ]
        assert [one.id for one in given.then(OVER).client.legal] == ["lrv"]


DECIDED = (
    AGAIN, e.Taken(), MOVED, RATED, REVIEW, ACTION, VISIT, VISIT_MOVED, VISIT_OFF, PLAN, ADMITTED, OTHER_WARD,
    DISCHARGED, MEASURE, PROLONGED, OVER, RETURNED, IN_ERROR, HELD, PLANNED,
)  # fmt: skip
WITHDRAWN = e.AnnouncementWithdrawn((e.Need.AT_HOME,), NOW, 1, 5, "0.3", 7)
BY_ITSELF = (  # what the rule or the clock writes, or a meeting as it closes: nobody has decided anything
    ANNOUNCED, e.ReturnTold(e.Informed.YES), e.ReturnUpheld("m1", NOW), e.ReturnPostponed(NOW, e.Postponed.DAYS_OFF),
    WITHDRAWN, e.ReviewFellDue(NOW, e.Step.REVIEW), e.UnseenTooLong(NOW, e.Step.UNSEEN_LEAD),
    e.FlagUntaken(NOW, e.Step.TONIGHT), e.FollowUpMissed(NOW, e.Step.FOLLOW_UP),
)  # fmt: skip
NOT_DECIDED = (
    CONTACT, NOTED, DISCUSSED, PASSED, e.NoticeRead(1), e.NotesCopied("m1"), e.ActionDone("a1", "Ring"), *BY_ITSELF,
)  # fmt: skip


class TestAtMeetings:
    @pytest.mark.parametrize("fact", DECIDED, ids=lambda fact: fact.kind)
    def test_a_decision_is_remembered_and_an_undone_one_is_not(self, fact: e.Fact) -> None:
        given = a_client().on_board()
        assert given.then(fact).client.decided == NOW
        assert given.then(fact).undone().client.decided == NOW - 3 * HOUR

    @pytest.mark.parametrize("fact", NOT_DECIDED, ids=lambda fact: fact.kind)
    def test_what_is_no_decision_is_none(self, fact: e.Fact) -> None:
        assert a_client().on_board().then(fact).client.decided == NOW - 3 * HOUR

    def test_whom_a_meeting_passed_over_waits_until_one_has_thought_of_them(self) -> None:
        passed = a_client().on_board().then(DISCUSSED, ago=2 * HOUR).then(PASSED, ago=HOUR)
        assert (passed.client.discussed, passed.client.passed_over) == (NOW - 2 * HOUR, NOW - HOUR)
        after = passed.then(DISCUSSED).client
        assert (after.discussed, after.passed_over) == (NOW, None)

    @pytest.mark.parametrize("end", [RETURNED, IN_ERROR, ENDED], ids=lambda fact: fact.kind)
    def test_a_new_time_on_the_board_was_passed_over_by_nobody(self, end: e.Fact) -> None:
        assert a_client().on_board().then(PASSED).then(end).client.passed_over is None

    def test_a_category_has_been_the_same_since_it_was_changed(self) -> None:
        given = a_client().on_board()
        assert given.client.stay.category_since is None
        assert given.then(MOVED).client.stay.category_since == NOW


class TestTheWayBack:
    BOARD = a_client().on_board()

    def test_an_announcement_stands_until_it_is_called_off(self) -> None:
        given = self.BOARD.then(ANNOUNCED, by="anna")
        announced = given.client.stay.announced
        assert (announced.seq, announced.by, announced.at) == (given.seq, "anna", NOW)
        assert (announced.meeting, announced.mode, announced.planned) == ("m", e.Mode.AUTOMATIC, NOW)
        assert given.then(WITHDRAWN).client.stay.announced is None
        assert self.BOARD.then(WITHDRAWN).client.stay.announced is None

    def test_it_is_upheld_and_waits_again_when_it_was_postponed(self) -> None:
        due = NOW + 3 * HOUR
        upheld = self.BOARD.then(ANNOUNCED).then(e.ReturnUpheld("m2", due))
        assert (upheld.client.stay.announced.upheld, upheld.client.stay.announced.due) == ("m2", due)
        waits = upheld.then(e.ReturnPostponed(due, e.Postponed.SERVICE_DOWN)).client.stay.announced
        assert (waits.upheld, waits.due) == (None, None)

    def test_who_told_the_client_and_what_they_think(self) -> None:
        told = self.BOARD.then(ANNOUNCED).then(e.ReturnTold(e.Informed.YES, "Känns bra"), by="anna")
        known = told.client.stay.announced
        assert (known.informed, known.view, known.told_by, known.told_at) == (e.Informed.YES, "Känns bra", "anna", NOW)
        again = told.then(e.ReturnTold(e.Informed.NOT_POSSIBLE), by="lars").client.stay.announced
        assert (again.informed, again.view, again.told_by) == (e.Informed.NOT_POSSIBLE, "Känns bra", "lars")
        assert self.BOARD.then(e.ReturnTold(e.Informed.YES)).client.stay.announced is None

    def test_each_keeping_on_is_counted_but_to_prolong_one_is_no_other_and_the_newest_stands(self) -> None:
        longer = e.ReturnHeld(TODAY + timedelta(days=7), "Ny medicin")
        stay = self.BOARD.then(HELD, by="anna").then(longer, by="lars").client.stay
        assert (stay.kept.until, stay.kept.reason, stay.kept.by) == (TODAY + timedelta(days=7), "Ny medicin", "lars")
        assert stay.holds == 1
        over = e.ReturnHeld(TODAY - timedelta(days=1), "Ny medicin")
        assert self.BOARD.then(over).then(longer).client.stay.holds == 2
        assert self.BOARD.then(HELD).then(RETURNED).client.past[-1].holds == 1

    def test_which_meeting_discussed_them_while_ready(self) -> None:
        ready = self.BOARD.then(e.ClientDiscussed("m1", ready=True))
        assert ready.client.stay.ready_in == "m1"
        assert self.BOARD.then(DISCUSSED).client.stay.ready_in is None

    def test_each_step_of_getting_louder_is_told_once(self) -> None:
        due, again = NOW - 2 * HOUR, NOW - HOUR
        given = self.BOARD.then(e.ReviewFellDue(due, e.Step.REVIEW)).then(e.UnseenTooLong(due, e.Step.UNSEEN))
        given = given.then(e.ReviewFellDue(again, e.Step.REVIEW))
        assert given.client.stay.told == {e.Step.REVIEW: again, e.Step.UNSEEN: due}
        missed = self.BOARD.then(RETURNED).then(e.FollowUpMissed(due, e.Step.FOLLOW_UP)).client
        assert missed.follow_up_told == {e.Step.FOLLOW_UP: due}

    def test_the_standing_schedule_is_the_newest_and_outlives_the_board(self) -> None:
        given = self.BOARD.then(PLANNED, by="anna").then(RETURNED)
        plan = given.client.planned
        assert (plan.who, plan.every_days, plan.next, plan.set_by, plan.set_at) == ("anna", 7, TODAY, "anna", NOW)
        assert given.then(replace(PLANNED, who="lars")).client.planned.who == "lars"

    def test_a_follow_up_waits_for_anybodys_contact_after_the_return(self) -> None:
        back = e.Returned("", NOW, e.Grounds(1, 5, "0.3"), TODAY + timedelta(days=7), "anna")
        given = self.BOARD.then(back, ago=2 * HOUR)
        assert (given.client.follow_up.who, given.client.follow_up.due) == ("anna", TODAY + timedelta(days=7))
        before = replace(CONTACT, happened_at=NOW - 3 * HOUR)
        tried = replace(CONTACT, contact=e.ContactKind.TRIED)
        assert given.then(before).then(tried).client.follow_up.done is None
        met = given.then(replace(CONTACT, by="lars", contact=e.ContactKind.PHONE)).client.follow_up
        assert (met.done, met.done_by) == (NOW, "lars")
        up_again = given.on_board()
        assert waits_for_follow_up(up_again.client) is None
        assert waits_for_follow_up(up_again.then(IN_ERROR).client)  # it never was: they are still to be met
        assert self.BOARD.then(RETURNED).client.follow_up is None  # an earlier release asked for none


class TestLeftTheBoard:
    def test_is_when_the_newest_time_ended(self) -> None:
        first = a_client().on_board(ago=9 * HOUR).then(RETURNED, ago=8 * HOUR)
        assert first.client.left_board == NOW - 8 * HOUR
        assert first.on_board().client.left_board is None
        assert first.on_board().then(RETURNED).client.left_board == NOW

    def test_a_time_that_never_should_have_been_changes_nothing(self) -> None:
        assert a_client().on_board().then(IN_ERROR).client.left_board is None
        first = a_client().on_board(ago=9 * HOUR).then(RETURNED, ago=8 * HOUR)
        assert first.on_board().then(IN_ERROR).client.left_board == NOW - 8 * HOUR

    def test_nobody_who_never_was_there_or_left_the_team(self) -> None:
        assert a_client().client.left_board is None
        assert a_client().on_board().then(ENDED).client.left_board is None


def test_the_newest_of_very_many_are_kept() -> None:
    given = a_client().on_board()
    for number in range(KEPT + 5):
        given = given.then(replace(CONTACT, happened_at=NOW - timedelta(days=90) + number * HOUR))
    contacts = given.client.contacts
    assert len(contacts) == KEPT
    assert contacts[0].happened_at == NOW - timedelta(days=90) + 5 * HOUR


def test_a_visit_still_to_come_is_kept_however_many_were_planned_after_it() -> None:
    given = a_client().on_board().then(e.VisitPlanned("anna", TODAY + timedelta(days=30)))
    far = given.seq
    for number in range(KEPT + 5):
        given = given.then(e.VisitPlanned("lars", TODAY - timedelta(days=KEPT - number)))
    assert given.client
    visits = given.client.visits
    assert far in {one.seq for one in visits}
    assert len(visits) == KEPT


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
    VISIT_MOVED, VISIT_OFF, ADMITTED, OTHER_WARD, DISCHARGED, MEASURE, PROLONGED, OVER, DISCUSSED, PASSED, NOTED,
    e.MeetingNoteCorrected("m1", 5, "x"), e.NotesCopied("m1"), e.MeetingClosed("m1", True),
    RETURNED, IN_ERROR, e.NoticeRead(1), e.PutOnBoard("no such category", "x"),
    e.Imported("f", "d", 1, 1, 1, 1), e.Undone(5, "taken"), HELD, PLANNED, *BY_ITSELF,
    e.ClientDiscussed("m1", ready=True), e.Returned("", NOW, e.Grounds(1, 5, "0.3"), TODAY, "anna"),
    e.ReturnsPaused(e.Pause.MANY, 6, 20),
    e.ReleaseAgreed("m1"), e.ReturnsReleased(("lars",), None, "x"),
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
            assert team is not None


def test_there_is_no_client_before_they_are_enrolled() -> None:
    assert fold_client(CLIENT, []) is None
    assert fold_client(CLIENT, [e.Recorded(1, NOW, "anna", RATED, CLIENT)]) is None


def test_one_who_comes_back_has_their_past() -> None:
    back = who_left().then(e.ClientEnrolled(details(phone="1"))).client
    assert (back.enrolled, back.enrolment_end, back.details.phone) == (True, None, "1")
