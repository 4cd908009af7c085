"""One time on the board, rule by rule: what was known and what was typed, then the facts or the refusal."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from factboard.domain import crisis_plan
from factboard.domain import events as e
from factboard.domain import placement as p
from factboard.domain import visits as v
from factboard.domain.refusal import Conflict, Invalid, Unknown
from tests.domain.given import NOW, TODAY, Refusal, a_client, facts, nobody, table, who_left

FLAG = {"category": "short_intensive", "reason": "Sover inte"}
ON_BOARD = a_client().on_board()
WORSE = e.Rated(e.Rating.WORSE, e.Basis.SEEN, "lars", NOW)
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
TOO_LATE = TODAY + timedelta(days=367)
ACTION = e.ActionAdded("a1", "Ring soc")

REFUSALS = [
    # put on the board
    Refusal("a flag for nobody", nobody(), p.put_on_board, FLAG, "unknown_client", Unknown, "client"),
    Refusal("a flag for one who left", who_left(), p.put_on_board, FLAG, "enrolment_has_ended", Conflict),
    Refusal("no such category", a_client(), p.put_on_board, FLAG | {"category": "x"}, "unknown_category", Invalid, "category"),
    Refusal("a retired category", a_client(), p.put_on_board, FLAG | {"category": "summer"}, "unknown_category", Invalid, "category"),
    Refusal("no reason", a_client(), p.put_on_board, FLAG | {"reason": " \n "}, "required", Invalid, "reason"),
    Refusal("a reason nobody can see", a_client(), p.put_on_board, FLAG | {"reason": "\u200d\u200b"}, "required", Invalid, "reason"),
    Refusal("a reason of 20,000 characters", a_client(), p.put_on_board, FLAG | {"reason": "x" * 20_000}, "too_long", Invalid, "reason"),
    Refusal("a bell in the reason", a_client(), p.put_on_board, FLAG | {"reason": "a\ab"}, "control_characters", Invalid, "reason"),
    Refusal("too long a need", a_client(), p.put_on_board, FLAG | {"needed": "x" * 501}, "too_long", Invalid, "needed"),
    Refusal("21 warning signs", a_client(), p.put_on_board, FLAG | {"warning_signs": list("abcdefghijklmnopqrstu")}, "too_many", Invalid, "warning_signs"),
    Refusal("since tomorrow", a_client(), p.put_on_board, FLAG | {"since": TOMORROW}, "in_the_future", Invalid, "since"),
    Refusal("since the year 1", a_client(), p.put_on_board, FLAG | {"since": date.min}, "day_out_of_range", Invalid, "since"),
    Refusal("a review too far off", a_client(), p.put_on_board, FLAG | {"review_by": TOO_LATE}, "day_out_of_range", Invalid, "review_by"),
    Refusal("an import with a review too far off", a_client(), p.put_on_board, FLAG | {"review_by": TOO_LATE, "source": e.Source.IMPORT}, "day_out_of_range", Invalid, "review_by"),
    Refusal("a flag with a review in the past", a_client(), p.put_on_board, {"category": "admitted", "reason": "x", "review_by": YESTERDAY}, "day_out_of_range", Invalid, "review_by"),
    Refusal("a flag again with a review in the past", ON_BOARD, p.put_on_board, {"category": "admitted", "reason": "x", "review_by": YESTERDAY}, "day_out_of_range", Invalid, "review_by"),
    # take
    Refusal("taking nobody", nobody(), p.take, {}, "unknown_client", Unknown, "client"),
    Refusal("taking one off the board", a_client(), p.take, {}, "not_on_board", Conflict),
    Refusal("taking one's own", ON_BOARD.then(e.Taken(), by="anna"), p.take, {}, "already_yours", Conflict),
    Refusal("taking another's", ON_BOARD.then(e.Taken(), by="lars"), p.take, {}, "already_taken", Conflict),
    Refusal("taking a flag not yet read", ON_BOARD.flagged_again().case(seen=ON_BOARD.seq), p.take, {}, "flagged_meanwhile", Conflict),
    # recategorise
    Refusal("recategorising one off the board", a_client(), p.recategorise, {"category": "admitted"}, "not_on_board", Conflict),
    Refusal("to no category", ON_BOARD, p.recategorise, {"category": "x"}, "unknown_category", Invalid, "category"),
    Refusal("to the same category", ON_BOARD, p.recategorise, {"category": "short_intensive"}, "same_category", Invalid, "category"),
    Refusal("after somebody else did", ON_BOARD.then(e.Recategorised("admitted", "short_intensive")).case(seen=ON_BOARD.seq), p.recategorise, {"category": "new_client"}, "category_changed_meanwhile", Conflict),
    Refusal("on another time on the board than was seen", ON_BOARD.then(e.Returned("x")).on_board("admitted").case(seen=ON_BOARD.seq), p.recategorise, {"category": "new_client"}, "category_changed_meanwhile", Conflict),
    Refusal("too long a reason to recategorise", ON_BOARD, p.recategorise, {"category": "admitted", "reason": "x" * 501}, "too_long", Invalid, "reason"),
    Refusal("recategorised, review yesterday", ON_BOARD, p.recategorise, {"category": "admitted", "review_by": YESTERDAY}, "day_out_of_range", Invalid, "review_by"),
    # rate
    Refusal("rating one off the board", a_client(), p.rate, {"rating": e.Rating.BETTER, "basis": e.Basis.SEEN}, "not_on_board", Conflict),
    Refusal("a rating without a basis", ON_BOARD, p.rate, {"rating": e.Rating.USUAL, "basis": e.Basis.NONE}, "rating_needs_basis", Invalid, "basis"),
    Refusal("a basis without a rating", ON_BOARD, p.rate, {"rating": e.Rating.NOT_ASSESSED, "basis": e.Basis.SEEN}, "rating_needs_basis", Invalid, "basis"),
    Refusal("rated by one who left the team", ON_BOARD, p.rate, {"rating": e.Rating.USUAL, "basis": e.Basis.SEEN, "by": "greta"}, "unknown_member", Invalid, "by"),
    Refusal("rated by a stranger", ON_BOARD, p.rate, {"rating": e.Rating.USUAL, "basis": e.Basis.SEEN, "by": "bo"}, "unknown_member", Invalid, "by"),
    Refusal("rated in the future", ON_BOARD, p.rate, {"rating": e.Rating.USUAL, "basis": e.Basis.SEEN, "happened_at": NOW + timedelta(seconds=1)}, "in_the_future", Invalid, "happened_at"),
    # contact
    Refusal("a contact with nobody", nobody(), p.log_contact, {"contact": e.ContactKind.HOME}, "unknown_client", Unknown, "client"),
    Refusal("a contact with one who left", who_left(), p.log_contact, {"contact": e.ContactKind.HOME}, "enrolment_has_ended", Conflict),
    Refusal("a contact by a stranger", ON_BOARD, p.log_contact, {"contact": e.ContactKind.HOME, "by": "bo"}, "unknown_member", Invalid, "by"),
    Refusal("a contact with a stranger along", ON_BOARD, p.log_contact, {"contact": e.ContactKind.HOME, "others": ["bo"]}, "unknown_member", Invalid, "others"),
    Refusal("a contact tomorrow", ON_BOARD, p.log_contact, {"contact": e.ContactKind.HOME, "happened_at": NOW + timedelta(days=1)}, "in_the_future", Invalid, "happened_at"),
    Refusal("a contact two years ago", ON_BOARD, p.log_contact, {"contact": e.ContactKind.HOME, "happened_at": NOW - timedelta(days=730)}, "day_out_of_range", Invalid, "happened_at"),
    Refusal("a note too long", ON_BOARD, p.log_contact, {"contact": e.ContactKind.HOME, "note": "x" * 2_001}, "too_long", Invalid, "note"),
    Refusal("an attempt that carries a rating", ON_BOARD, p.log_contact, {"contact": e.ContactKind.TRIED, "rating": e.Rating.USUAL}, "attempt_is_no_evidence", Invalid, "rating"),
    Refusal("a contact with a rating, off the board", a_client(), p.log_contact, {"contact": e.ContactKind.HOME, "rating": e.Rating.USUAL}, "not_on_board", Conflict),
    # visit
    Refusal("a visit to one off the board", a_client(), v.plan_visit, {"who": "anna", "day": TODAY}, "not_on_board", Conflict),
    Refusal("a visit by a stranger", ON_BOARD, v.plan_visit, {"who": "bo", "day": TODAY}, "unknown_member", Invalid, "who"),
    Refusal("a visit yesterday", ON_BOARD, v.plan_visit, {"who": "anna", "day": YESTERDAY}, "day_out_of_range", Invalid, "day"),
    Refusal("a visit in two years", ON_BOARD, v.plan_visit, {"who": "anna", "day": date.max}, "day_out_of_range", Invalid, "day"),
    Refusal("a visit with too long a note", ON_BOARD, v.plan_visit, {"who": "anna", "day": TODAY, "note": "x" * 201}, "too_long", Invalid, "note"),
    # actions
    Refusal("an action for one off the board", a_client(), p.add_action, {"text": "Ring"}, "not_on_board", Conflict),
    Refusal("an action of nothing", ON_BOARD, p.add_action, {"text": ""}, "required", Invalid, "text"),
    Refusal("an action owned by a stranger", ON_BOARD, p.add_action, {"text": "Ring", "owner": "bo"}, "unknown_member", Invalid, "owner"),
    Refusal("an action due yesterday", ON_BOARD, p.add_action, {"text": "Ring", "due": YESTERDAY}, "day_out_of_range", Invalid, "due"),
    Refusal("ticking an action of nobody's", ON_BOARD, p.tick_action, {"action": "a1"}, "unknown_action", Conflict),
    Refusal("ticking what is ticked", ON_BOARD.then(ACTION).then(e.ActionDone("a1", "Ring")), p.tick_action, {"action": "a1"}, "already_done", Conflict),
    Refusal("ticking an action of a time on the board that was an error", ON_BOARD.then(ACTION).then(e.EnteredInError("x")).on_board(), p.tick_action, {"action": "a1"}, "unknown_action", Conflict),
    # crisis plan
    Refusal("a crisis plan of one who left", who_left(), crisis_plan.review_crisis_plan, {"with_client": True}, "enrolment_has_ended", Conflict),
    Refusal("a crisis plan reviewed tomorrow", a_client(), crisis_plan.review_crisis_plan, {"with_client": True, "on": TOMORROW}, "day_out_of_range", Invalid, "on"),
    Refusal("a crisis plan reviewed years ago", a_client(), crisis_plan.review_crisis_plan, {"with_client": True, "on": date.min}, "day_out_of_range", Invalid, "on"),
    Refusal("a crisis plan to be reviewed yesterday", a_client(), crisis_plan.review_crisis_plan, {"with_client": True, "review_by": YESTERDAY}, "day_out_of_range", Invalid, "review_by"),
    Refusal("a crisis plan with too much told", a_client(), crisis_plan.review_crisis_plan, {"with_client": False, "note": "x" * 501}, "too_long", Invalid, "note"),
    # review by
    Refusal("a review of one off the board", a_client(), p.set_review, {"review_by": TOMORROW}, "not_on_board", Conflict),
    Refusal("a review yesterday", ON_BOARD, p.set_review, {"review_by": YESTERDAY}, "day_out_of_range", Invalid, "review_by"),
    Refusal("a review too late", ON_BOARD, p.set_review, {"review_by": TOO_LATE}, "day_out_of_range", Invalid, "review_by"),
    Refusal("a review set by somebody else meanwhile", ON_BOARD.then(e.ReviewSet(TOMORROW)).case(seen=ON_BOARD.seq), p.set_review, {"review_by": TOMORROW}, "review_changed_meanwhile", Conflict),
    # back to planned care
    Refusal("returning one off the board", a_client(), p.return_to_planned_care, {"reason": "Mår bra"}, "not_on_board", Conflict),
    Refusal("returning without a reason", ON_BOARD, p.return_to_planned_care, {"reason": ""}, "required", Invalid, "reason"),
    Refusal("returning after a flag not seen", ON_BOARD.flagged_again().case(seen=ON_BOARD.seq), p.return_to_planned_care, {"reason": "x"}, "flagged_meanwhile", Conflict),
    Refusal("returning another time than was seen", ON_BOARD.then(e.Returned("x")).on_board().case(seen=ON_BOARD.seq), p.return_to_planned_care, {"reason": "x"}, "flagged_meanwhile", Conflict),
    Refusal("returning after a worse rating not seen", ON_BOARD.then(WORSE).case(seen=ON_BOARD.seq), p.return_to_planned_care, {"reason": "x"}, "worse_meanwhile", Conflict),
    # entered in error
    Refusal("an error about one off the board", a_client(), p.enter_in_error, {"reason": "Fel person"}, "not_on_board", Conflict),
    Refusal("an error without a reason", ON_BOARD, p.enter_in_error, {"reason": "\t"}, "required", Invalid, "reason"),
    Refusal("an error after a flag not seen", ON_BOARD.flagged_again().case(seen=ON_BOARD.seq), p.enter_in_error, {"reason": "x"}, "flagged_meanwhile", Conflict),
    Refusal("an error about another time than was seen", ON_BOARD.then(e.Returned("x")).on_board().case(seen=ON_BOARD.seq), p.enter_in_error, {"reason": "x"}, "flagged_meanwhile", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_a_refusal_names_who_was_first() -> None:
    taken = Refusal("", ON_BOARD.then(e.Taken(), by="lars"), p.take, {}, "already_taken", Conflict).refused()
    assert taken.params == {"by": "lars"}
    ticked = ON_BOARD.then(ACTION).then(e.ActionDone("a1", "Ring"), by="lars")
    done = Refusal("", ticked, p.tick_action, {"action": "a1"}, "already_done", Conflict).refused()
    assert done.params == {"by": "lars"}


class TestPutOnBoard:
    def test_writes_what_was_typed_in_a_placement_of_its_own(self) -> None:
        [entry] = p.put_on_board(
            a_client().case(),
            category="crisis_prevention",
            reason="  Sover inte ",
            warning_signs=["sömn", " sömn ", ""],
            needed="Hembesök i dag",
            informed=e.Informed.YES,
            source=e.Source.RELATIVE,
        )
        assert entry == e.Entry(
            e.PutOnBoard(
                "crisis_prevention",
                "Sover inte",
                ("sömn",),
                "Hembesök i dag",
                e.Informed.YES,
                e.Source.RELATIVE,
                since=None,
                review_by=date(2026, 11, 30),
            ),
            "stina",
            "id1",
        )

    def test_needs_no_approval_and_anybody_in_the_team_may(self) -> None:
        for actor in ("anna", "lars"):
            assert p.put_on_board(a_client().case(actor), **FLAG)

    def test_since_earlier_counts_from_noon_that_day_and_may_be_overdue(self) -> None:
        [entry] = p.put_on_board(
            a_client().case(), **FLAG, source=e.Source.IMPORT, since=date(2026, 7, 1), review_by=date(2026, 8, 1)
        )
        assert entry.fact.since == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)  # noon in summer time
        assert entry.fact.review_by == date(2026, 8, 1)

    def test_since_long_ago_without_a_review_day_is_to_be_reviewed_today(self) -> None:
        [entry] = p.put_on_board(a_client().case(), **FLAG, since=date(2026, 3, 1))
        assert entry.fact.review_by == TODAY

    def test_since_today_is_simply_now(self) -> None:
        [entry] = p.put_on_board(a_client().case(), **FLAG, since=TODAY)
        assert entry.fact.since is None

    def test_never_begins_before_the_last_time_ended(self) -> None:
        ended = timedelta(hours=1)
        before = a_client().on_board(ago=timedelta(days=9)).then(e.Returned("x"), ago=ended)
        [entry] = p.put_on_board(before.case(), **FLAG, since=YESTERDAY)
        assert entry.fact.since == NOW - ended

    def test_again_is_the_same_time_on_the_board(self) -> None:
        [entry] = p.put_on_board(ON_BOARD.case(), category="short_intensive", reason="Sämre")
        assert entry == e.Entry(e.FlaggedAgain("Sämre"), "stina", ON_BOARD.client.stay.placement)

    def test_again_in_another_category_moves_there_too(self) -> None:
        again = p.put_on_board(ON_BOARD.case(), category="crisis_prevention", reason="Sämre")
        assert facts(again) == [
            e.FlaggedAgain("Sämre"),
            e.Recategorised("crisis_prevention", "short_intensive", "", date(2026, 11, 30)),
        ]

    def test_again_with_a_review_day_sets_it(self) -> None:
        again = {"category": "short_intensive", "reason": "Sämre"}
        assert facts(p.put_on_board(ON_BOARD.case(), **again, review_by=TOMORROW)) == [
            e.FlaggedAgain("Sämre"),
            e.ReviewSet(TOMORROW),
        ]

    def test_is_never_refused_for_what_happened_meanwhile(self) -> None:
        seen = a_client().on_board()
        for later in (seen.flagged_again(), seen.then(e.Returned("x")), seen.then(e.Taken()), seen.then(WORSE)):
            assert p.put_on_board(later.case(seen=seen.seq), **FLAG)


class TestTake:
    def test_is_a_fact_on_the_placement(self) -> None:
        assert p.take(ON_BOARD.case()) == [e.Entry(e.Taken(), "stina", ON_BOARD.client.stay.placement)]

    def test_anew_after_a_new_flag(self) -> None:
        assert p.take(ON_BOARD.then(e.Taken(), by="anna").flagged_again().case())

    def test_is_not_stopped_by_a_flag_that_was_undone(self) -> None:
        assert p.take(ON_BOARD.flagged_again().undone().case(seen=ON_BOARD.seq))


def test_recategorising_says_from_where_and_sets_the_new_categorys_review_day() -> None:
    moved = p.recategorise(ON_BOARD.case(), category="long_intensive", reason=" Behöver mer ")
    assert facts(moved) == [e.Recategorised("long_intensive", "short_intensive", "Behöver mer", date(2026, 12, 14))]


def test_recategorising_keeps_the_review_day_that_was_typed() -> None:
    [moved] = facts(p.recategorise(ON_BOARD.case(), category="admitted", review_by=TOMORROW))
    assert moved.review_by == TOMORROW


class TestRate:
    def test_is_by_the_person_who_had_the_contact(self) -> None:
        rated = p.rate(ON_BOARD.case("anna"), rating=e.Rating.USUAL, basis=e.Basis.SEEN, by="lars")
        assert facts(rated) == [e.Rated(e.Rating.USUAL, e.Basis.SEEN, "lars", NOW)]

    def test_not_assessed_has_no_basis(self) -> None:
        assert p.rate(ON_BOARD.case(), rating=e.Rating.NOT_ASSESSED, basis=e.Basis.NONE)

    def test_keeps_its_instant_in_utc(self) -> None:
        local = datetime(2026, 11, 20, 14, 30, tzinfo=timezone(timedelta(hours=1)))
        [rated] = facts(p.rate(ON_BOARD.case(), rating=e.Rating.BETTER, basis=e.Basis.TOLD, happened_at=local))
        assert rated.happened_at == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
        assert rated.happened_at.tzinfo is UTC


class TestContact:
    @pytest.mark.parametrize(
        ("kind", "basis"),
        [
            (e.ContactKind.HOME, e.Basis.SEEN),
            (e.ContactKind.OFFICE, e.Basis.SEEN),
            (e.ContactKind.STREET, e.Basis.SEEN),
            (e.ContactKind.WARD, e.Basis.SEEN),
            (e.ContactKind.VIDEO, e.Basis.SEEN),
            (e.ContactKind.PHONE, e.Basis.SPOKEN_WITH),
        ],
    )
    def test_with_a_rating_writes_both_with_the_basis_that_follows(self, kind: e.ContactKind, basis: e.Basis) -> None:
        when = NOW - timedelta(hours=2)
        written = p.log_contact(
            ON_BOARD.case("anna"), contact=kind, by="lars", happened_at=when, note="Kaffe", rating=e.Rating.USUAL
        )
        assert facts(written) == [
            e.ContactLogged(kind, "lars", when, (), "Kaffe"),
            e.Rated(e.Rating.USUAL, basis, "lars", when),
        ]

    def test_counts_each_companion_once_and_nobody_twice(self) -> None:
        [logged] = facts(
            p.log_contact(ON_BOARD.case("anna"), contact=e.ContactKind.HOME, others=["lars", "anna", "lars"])
        )
        assert logged.others == ("lars",)

    def test_not_assessed_writes_the_contact_alone(self) -> None:
        written = p.log_contact(ON_BOARD.case(), contact=e.ContactKind.HOME, rating=e.Rating.NOT_ASSESSED)
        assert [type(fact) for fact in facts(written)] == [e.ContactLogged]

    def test_is_welcome_off_the_board(self) -> None:
        [entry] = p.log_contact(a_client().case(), contact=e.ContactKind.TRIED)
        assert entry.placement is None

    def test_a_year_ago_to_the_day_is_still_a_contact(self) -> None:
        assert p.log_contact(a_client().case(), contact=e.ContactKind.HOME, happened_at=NOW - timedelta(days=366))


def test_a_visit_says_who_when_and_why() -> None:
    planned = v.plan_visit(ON_BOARD.case(), who="lars", day=TODAY, at=time(14), note="Medicin")
    assert facts(planned) == [e.VisitPlanned("lars", TODAY, time(14), "Medicin")]


def test_an_action_has_an_id_an_owner_and_a_day() -> None:
    added = p.add_action(ON_BOARD.case(), text="Ring soc", owner="lars", due=TOMORROW, urgent=True)
    assert facts(added) == [e.ActionAdded("id1", "Ring soc", "lars", TOMORROW, True)]
    assert facts(p.tick_action(ON_BOARD.then(added[0].fact).case(), action="id1")) == [e.ActionDone("id1", "Ring soc")]


def test_a_crisis_plan_review_is_dated_today_unless_said() -> None:
    assert facts(crisis_plan.review_crisis_plan(a_client().case(), with_client=True)) == [
        e.CrisisPlanReviewed(TODAY, True)
    ]
    earlier = crisis_plan.review_crisis_plan(a_client().case(), with_client=False, on=YESTERDAY, note="Ville inte")
    assert facts(earlier) == [e.CrisisPlanReviewed(YESTERDAY, False, "Ville inte")]


def test_a_review_day_may_be_any_from_today_to_a_year() -> None:
    for day in (TODAY, TODAY + timedelta(days=366)):
        assert facts(p.set_review(ON_BOARD.case(), review_by=day)) == [e.ReviewSet(day)]


class TestReturn:
    def test_is_a_fact_with_its_reason_and_a_contact_within_a_week(self) -> None:
        returned = p.return_to_planned_care(ON_BOARD.case(), reason="Sover igen")
        fact = e.Returned("Sover igen", follow_up=date(2026, 11, 30))
        assert returned == [e.Entry(fact, "stina", ON_BOARD.client.stay.placement)]

    @pytest.mark.parametrize("rating", [e.Rating.BETTER, e.Rating.USUAL, e.Rating.UNCHANGED])
    def test_is_not_stopped_by_a_rating_that_is_no_worse(self, rating: e.Rating) -> None:
        later = ON_BOARD.then(e.Rated(rating, e.Basis.SEEN, "lars", NOW))
        assert p.return_to_planned_care(later.case(seen=ON_BOARD.seq), reason="x")

    def test_is_not_stopped_by_a_worse_rating_that_was_undone(self) -> None:
        later = ON_BOARD.then(WORSE).undone()
        assert p.return_to_planned_care(later.case(seen=ON_BOARD.seq), reason="x")


def test_entered_in_error_is_a_fact_with_its_reason() -> None:
    assert facts(p.enter_in_error(ON_BOARD.case(), reason="Fel person")) == [e.EnteredInError("Fel person")]


def test_a_flag_can_be_taken_over_by_who_has_seen_that_another_has_it() -> None:
    taken = ON_BOARD.then(e.Taken(), by="lars")
    assert facts(p.take(taken.case(actor="anna"), over=True)) == [e.Taken()]
    unseen = taken.case(actor="anna", seen=ON_BOARD.seq)
    with pytest.raises(Conflict, match="already_taken"):
        p.take(unseen, over=True)


def test_what_is_left_to_do_outlives_the_time_on_the_board_and_goes_to_the_next() -> None:
    returned = ON_BOARD.then(ACTION).then(e.Returned("Som vanligt"))
    assert [action.text for action in returned.client.actions_left] == ["Ring soc"]
    [ticked] = facts(p.tick_action(returned.case(), action="a1"))
    assert returned.then(ticked).client.actions_left == ()
    again = returned.then(e.PutOnBoard("short_intensive", "Sover inte"), placement="p2")
    assert [action.id for action in again.client.stay.actions] == ["a1"]
    assert again.client.actions_left == ()
