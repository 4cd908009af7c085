"""What comes late from a phone's queue: a flag, "worse", "keep on the board", written before what others did since."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from factboard.domain import back_up, placement, stepdown, visits
from factboard.domain import events as e
from factboard.domain.refusal import Conflict, Invalid, Overtaken, Refused
from factboard.domain.undo import undo
from tests.domain.given import NOW, TODAY, Given, a_client, facts, who_left

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WAITED = HOUR  # most of what is asked here was written at 08:40 and came at 09:40
MADE = NOW - WAITED
TWO_HOURS = 2 * HOUR

FLAG = {"category": "short_intensive", "reason": "Hör röster"}
ELSEWHERE = {"category": "admitted", "reason": "Hör röster"}
WORSE = {"rating": e.Rating.WORSE, "basis": e.Basis.SEEN}
USUAL = {"rating": e.Rating.USUAL, "basis": e.Basis.SEEN}
MET_WORSE = {"contact": e.ContactKind.HOME, "rating": e.Rating.WORSE}
MET_BETTER = {"contact": e.ContactKind.HOME, "rating": e.Rating.BETTER}
KEEP = {"reason": "Sonen flyttar"}

RETURNED, IN_ERROR, ENDED = e.Returned("Mår bra"), e.EnteredInError("Fel person"), e.EnrolmentEnded(e.EndReason.MOVED)
RATED = e.Rated(e.Rating.USUAL, e.Basis.SEEN, "lars", NOW - HOUR)
CONTACT_SINCE = e.ContactLogged(e.ContactKind.HOME, "lars", NOW)

PLANNED = a_client()
BEFORE = a_client().on_board(ago=3 * HOUR)
LONG_BEFORE = a_client().on_board(ago=30 * DAY)
SINCE = a_client().on_board(ago=MINUTE)
BY_ME_SINCE = a_client().on_board(by="anna", ago=MINUTE)
AGAIN_SINCE = BEFORE.flagged_again(ago=MINUTE)
BACK_SINCE = BEFORE.then(RETURNED, ago=30 * MINUTE)
BACK_BEFORE = BEFORE.then(RETURNED, ago=TWO_HOURS)
UP_AGAIN = BACK_SINCE.on_board(ago=MINUTE)
UP_AGAIN_BY_ME = BACK_SINCE.on_board(by="anna", ago=MINUTE)
BY_ERROR_SINCE = BACK_SINCE.on_board(ago=20 * MINUTE).then(IN_ERROR, ago=MINUTE)
KEPT_SINCE = BEFORE.then(e.ReturnHeld(TODAY + 10 * DAY, "Väntar på svar"), ago=MINUTE)
MOVED_SINCE = BEFORE.then(e.Recategorised("crisis_prevention", "short_intensive"), ago=MINUTE)


@dataclass(frozen=True)
class Late:
    """One row: in this situation, this rule, given this an hour late, writes these kinds or says no like this."""

    says: str
    given: Given
    rule: Callable[..., list[e.Entry]]
    typed: dict[str, object]
    then: str | tuple[type[Refused], str]
    anyway: bool = False
    waited: timedelta | None = WAITED
    more: dict[str, object] = field(default_factory=dict)


UP = "put_on_board"
AGAIN = "flagged_again"
BACK_UP = f"{UP} rated"
WRITTEN_SINCE = (Overtaken, "changed_since_written")
PUT_ON_SINCE = (Overtaken, "put_on_since_written")
OFF = (Conflict, "not_on_board")
flag, rate, met, keep = placement.put_on_board, placement.rate, placement.log_contact, stepdown.keep_on

ROWS = [
    # a flag: always gets its client up; whom others have put up or flagged since, its writer sees first
    Late("a late flag for somebody in planned care", PLANNED, flag, FLAG, UP),
    Late("a late flag for somebody who was up already", BEFORE, flag, FLAG, AGAIN),
    Late("a late flag for somebody whom others have put up since", SINCE, flag, FLAG, WRITTEN_SINCE),
    Late("the same, anyway", SINCE, flag, FLAG, AGAIN, anyway=True),
    Late("a late flag for somebody whom others have flagged since", AGAIN_SINCE, flag, FLAG, WRITTEN_SINCE),
    Late("the same, anyway", AGAIN_SINCE, flag, FLAG, AGAIN, anyway=True),
    Late("a late flag for somebody put up since, which was undone", SINCE.undone(), flag, FLAG, UP),
    Late("a late flag for somebody flagged since, which was undone", AGAIN_SINCE.undone(), flag, FLAG, AGAIN),
    Late("a late flag for somebody whom its writer has put up since", BY_ME_SINCE, flag, FLAG, AGAIN),
    Late("a flag that took 29 seconds", SINCE, flag, FLAG, AGAIN, waited=29 * SECOND),
    Late("a flag without a queue", SINCE, flag, FLAG, AGAIN, waited=None),
    Late("a late flag for somebody who was rated since", BEFORE.then(RATED), flag, FLAG, AGAIN),
    Late("a late flag that would move whom others have moved since", MOVED_SINCE, flag, FLAG, WRITTEN_SINCE),
    Late("the same, anyway", MOVED_SINCE, flag, FLAG, f"{AGAIN} recategorised", anyway=True),
    Late("a late flag in the category to which others moved them since", MOVED_SINCE, flag, FLAG | {"category": "crisis_prevention"}, AGAIN),
    Late("a late flag that moves somebody whom nobody has moved", BEFORE, flag, ELSEWHERE, f"{AGAIN} recategorised"),
    Late("a late flag for somebody who has returned since", BACK_SINCE, flag, FLAG, UP),
    Late("a late flag for somebody who returned before", BACK_BEFORE, flag, FLAG, UP),
    Late("a late flag for somebody put up and returned since", SINCE.then(RETURNED), flag, FLAG, UP),
    Late("a late flag for somebody put up in error since", BY_ERROR_SINCE, flag, FLAG, UP),
    Late("a late flag in a category that is gone", BACK_SINCE, flag, FLAG | {"category": "summer"}, (Invalid, "unknown_category")),
    Late("a late flag for somebody whose enrolment has ended", who_left(), flag, FLAG, (Conflict, "enrolment_has_ended")),
    # worse: counts, and puts those back up who have returned since it was written
    Late("a late worse for somebody on the board", BEFORE, rate, WORSE, "rated"),
    Late("a late worse for somebody who has returned since", BACK_SINCE, rate, WORSE, BACK_UP),
    Late("a late worse for somebody who returned before", BACK_BEFORE, rate, WORSE, OFF),
    Late("a worse without a queue", BACK_SINCE, rate, WORSE, OFF, waited=None),
    Late("a worse for somebody who returned while it was sent", BEFORE.then(RETURNED, ago=SECOND), rate, WORSE, BACK_UP, waited=2 * SECOND),
    Late("a worse for somebody who returned in that very instant", BEFORE.then(RETURNED, ago=HOUR), rate, WORSE, BACK_UP),
    Late("a late worse for somebody who was never up", PLANNED, rate, WORSE, OFF),
    Late("a late worse for somebody who was up in error only", BEFORE.then(IN_ERROR, ago=MINUTE), rate, WORSE, OFF),
    Late("a late worse for somebody up in error after a return", BY_ERROR_SINCE, rate, WORSE, BACK_UP),
    Late("a late worse for somebody whom others have put up again", UP_AGAIN, rate, WORSE, PUT_ON_SINCE),
    Late("the same, anyway", UP_AGAIN, rate, WORSE, "rated", anyway=True),
    Late("a late worse for somebody whom its writer has put up again", UP_AGAIN_BY_ME, rate, WORSE, "rated"),
    Late("a late worse for somebody flagged again since", AGAIN_SINCE, rate, WORSE, "rated"),
    Late("a late worse for somebody whose enrolment has ended", BACK_SINCE.then(ENDED), rate, WORSE, (Conflict, "enrolment_has_ended")),
    Late("a late worse without a basis", BACK_SINCE, rate, WORSE | {"basis": e.Basis.NONE}, (Invalid, "rating_needs_basis")),
    Late("a late worse by somebody who has left", BACK_SINCE, rate, WORSE | {"by": "greta"}, (Invalid, "unknown_member")),
    Late("a late rating as usual for somebody who has returned since", BACK_SINCE, rate, USUAL, OFF),
    Late("a late rating as usual for somebody put up again", UP_AGAIN, rate, USUAL, "rated"),
    # a contact with a rating
    Late("a late contact, worse", BEFORE, met, MET_WORSE, "contact_logged rated"),
    Late("a late contact, worse, with somebody who has returned since", BACK_SINCE, met, MET_WORSE, f"{UP} contact_logged rated"),
    Late("a late contact, worse, with somebody who returned before", BACK_BEFORE, met, MET_WORSE, OFF),
    Late("a late contact, worse, with somebody put up again", UP_AGAIN, met, MET_WORSE, PUT_ON_SINCE),
    Late("the same, anyway", UP_AGAIN, met, MET_WORSE, "contact_logged rated", anyway=True),
    Late("a late contact, better, with somebody who has returned since", BACK_SINCE, met, MET_BETTER, OFF),
    Late("a late contact that says nothing of how they are", BACK_SINCE, met, {"contact": e.ContactKind.PHONE}, "contact_logged"),
    Late("a late attempt is no evidence either", BACK_SINCE, met, MET_WORSE | {"contact": e.ContactKind.TRIED}, (Invalid, "attempt_is_no_evidence")),
    # kept on the board
    Late("kept late", BEFORE, keep, KEEP, "return_held"),
    Late("kept late, who has returned since", BACK_SINCE, keep, KEEP, f"{UP} return_held"),
    Late("kept late, who returned before", BACK_BEFORE, keep, KEEP, OFF),
    Late("kept without a queue, who has returned", BACK_SINCE, keep, KEEP, OFF, waited=None),
    Late("kept late, whom others have put up again", UP_AGAIN, keep, KEEP, PUT_ON_SINCE),
    Late("the same, anyway", UP_AGAIN, keep, KEEP, "return_held", anyway=True),
    Late("kept late, whom others have kept since, perhaps for longer", KEPT_SINCE, keep, KEEP, WRITTEN_SINCE),
    Late("the same, anyway", KEPT_SINCE, keep, KEEP, "return_held", anyway=True),
    Late("kept late, whom others have kept since, which was undone", KEPT_SINCE.undone(), keep, KEEP, "return_held"),
    Late("kept late, whom others have kept and returned since", KEPT_SINCE.then(RETURNED), keep, KEEP, f"{UP} return_held"),
    Late("kept without a queue, whom others have kept", KEPT_SINCE, keep, KEEP, "return_held", waited=None),
    Late("kept late, without a reason", BACK_SINCE, keep, {"reason": " "}, (Invalid, "required")),
    Late("kept late, for too long", BACK_SINCE, keep, KEEP | {"until": TODAY + 15 * DAY}, (Invalid, "kept_too_long")),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.says} {row.anyway or ''}".strip() for row in ROWS])
def test_what_comes_late(row: Late) -> None:
    case = row.given.case(waited=row.waited, anyway=row.anyway)
    if isinstance(row.then, tuple):
        with pytest.raises(Refused) as no:
            row.rule(case, **row.typed)
        assert (type(no.value), no.value.key) == row.then
    else:
        assert [fact.kind for fact in facts(row.rule(case, **row.typed))] == row.then.split()


def test_a_late_flag_says_when_it_was_written_and_the_board_when_it_came() -> None:
    for given in (PLANNED, BEFORE):
        [entry] = flag(given.case(waited=WAITED), **FLAG)
        assert entry.fact.made == MADE
        stay = given.then(entry.fact, by="anna", placement=entry.placement).client.stay
        assert (stay.flagged_at, stay.flagged_made) == (NOW, MADE)
    newer = given.then(entry.fact, by="anna", placement=entry.placement).flagged_again().client.stay
    assert newer.flagged_made is None


def test_what_took_a_moment_only_is_not_called_late() -> None:
    assert flag(PLANNED.case(waited=29 * SECOND), **FLAG)[0].fact.made is None
    assert flag(PLANNED.case(waited=30 * SECOND), **FLAG)[0].fact.made == NOW - 30 * SECOND
    assert keep(BEFORE.case(waited=29 * SECOND), **KEEP)[0].fact.made is None


def test_who_was_quicker_is_named() -> None:
    with pytest.raises(Overtaken) as no:
        flag(SINCE.case(waited=WAITED), **FLAG)
    assert no.value.params == {"by": "lars"}
    with pytest.raises(Overtaken) as no:
        rate(UP_AGAIN.case(waited=WAITED), **WORSE)
    assert no.value.params == {"by": "lars"}


def test_what_the_writer_had_seen_is_no_news() -> None:
    assert facts(flag(SINCE.case(waited=WAITED, seen=SINCE.seq), **FLAG))[0].kind == AGAIN
    with pytest.raises(Overtaken):
        flag(SINCE.case(waited=WAITED, seen=SINCE.seq - 1), **FLAG)


def test_back_up_by_worse_is_as_they_were_with_the_rating_in_the_same_time_on_the_board() -> None:
    given = a_client().on_board("crisis_prevention", ago=3 * HOUR).then(RETURNED, ago=30 * MINUTE)
    for rule, typed in ((rate, WORSE), (met, MET_WORSE)):
        entries = rule(given.case(waited=WAITED), **typed)
        up = entries[0].fact
        assert (up.category, up.reason, up.back, up.made) == ("crisis_prevention", "Sover inte", True, MADE)
        assert up.review_by == TODAY + timedelta(days=given.team.categories["crisis_prevention"].review_days)
        assert {(one.client, one.placement) for one in entries} == {("stina", "id1")}
        assert (entries[-1].fact.rating, entries[-1].fact.happened_at) == (e.Rating.WORSE, MADE)


def test_kept_late_is_back_up_with_the_reason_that_was_typed() -> None:
    up, held = keep(BACK_SINCE.case(waited=WAITED), **KEEP)
    assert (up.fact.reason, up.fact.back, up.fact.made) == ("Sonen flyttar", False, MADE)
    assert (held.fact.reason, held.fact.made, held.fact.until) == ("Sonen flyttar", MADE, TODAY + 7 * DAY)
    assert up.placement == held.placement


def test_a_category_that_is_gone_keeps_nobody_off_whom_worse_puts_back() -> None:
    gone = a_client().on_board("summer", ago=3 * HOUR).then(RETURNED, ago=MINUTE)
    up, _ = rate(gone.case(waited=WAITED), **WORSE)
    assert up.fact.category == min(gone.team.categories.values(), key=lambda one: (one.retired, one.order)).code


def test_it_happened_when_it_was_written_unless_said_otherwise() -> None:
    case = LONG_BEFORE.case(waited=2 * DAY)
    assert rate(case, **WORSE)[0].fact.happened_at == NOW - 2 * DAY
    assert met(case, **MET_WORSE)[0].fact.happened_at == NOW - 2 * DAY
    assert rate(case, **WORSE, happened_at=NOW - HOUR)[0].fact.happened_at == NOW - HOUR


def test_a_day_that_has_passed_while_it_waited_is_today() -> None:
    yesterday = TODAY - DAY
    case = PLANNED.case(waited=2 * DAY)
    assert flag(case, **FLAG, review_by=yesterday)[0].fact.review_by == TODAY
    assert flag(LONG_BEFORE.case(waited=2 * DAY), **FLAG, review_by=yesterday)[1].fact.review_by == TODAY
    assert keep(LONG_BEFORE.case(waited=2 * DAY), **KEEP, until=yesterday)[0].fact.until == TODAY
    assert keep(LONG_BEFORE.case(waited=20 * DAY), **KEEP)[0].fact.until == TODAY
    for late in (HOUR, None):
        with pytest.raises(Invalid):
            flag(PLANNED.case(waited=late), **FLAG, review_by=yesterday)
        with pytest.raises(Invalid):
            keep(BEFORE.case(waited=late), **KEEP, until=yesterday)


class TestAVisit:
    GOES = e.VisitPlanned("anna", TODAY)
    PLANNED_VISIT = BEFORE.then(GOES, ago=TWO_HOURS)
    SEQ = PLANNED_VISIT.seq

    def made(
        self, given: Given, waited: timedelta | None = WAITED, *, anyway: bool = False, **typed: object
    ) -> list[e.Fact]:
        return facts(
            visits.make_visit(given.case(seen=self.SEQ, waited=waited, anyway=anyway), visit=self.SEQ, **typed)
        )

    def test_that_was_made_late_and_worse_puts_back_up(self) -> None:
        given = self.PLANNED_VISIT.then(RETURNED, ago=30 * MINUTE)
        kinds = [fact.kind for fact in self.made(given, rating=e.Rating.WORSE)]
        assert kinds == ["put_on_board", "contact_logged", "rated"]

    def test_happened_when_it_was_written_on_the_day_that_it_was_for(self) -> None:
        given = BEFORE.then(e.VisitPlanned("anna", TODAY - DAY), ago=2 * DAY)
        assert self.made(given, DAY)[0].happened_at == NOW - DAY
        assert self.made(given, HOUR)[0].happened_at.date() == TODAY - DAY

    @pytest.mark.parametrize(
        "since",
        [e.VisitCancelled(SEQ, "anna", TODAY), e.VisitChanged(SEQ, "lars", TODAY), e.ContactLogged(e.ContactKind.HOME, "anna", NOW)],
        ids=lambda fact: fact.kind,
    )  # fmt: skip
    def test_that_others_have_changed_since_takes_no_worse_with_it(self, since: e.Fact) -> None:
        given = self.PLANNED_VISIT.then(since, ago=MINUTE)
        with pytest.raises(Overtaken):
            self.made(given, rating=e.Rating.WORSE)
        found = self.made(given, rating=e.Rating.WORSE, anyway=True)
        assert [fact.kind for fact in found] == ["contact_logged", "rated"]
        for waited, rating in ((WAITED, e.Rating.USUAL), (None, e.Rating.WORSE)):
            with pytest.raises(Conflict) as no:
                self.made(given, waited, rating=rating)
            assert type(no.value) is Conflict


@pytest.mark.parametrize(("rule", "typed"), [(rate, WORSE), (met, MET_WORSE), (keep, KEEP)])
def test_what_put_somebody_back_up_is_undone_as_one(
    rule: Callable[..., list[e.Entry]], typed: dict[str, object]
) -> None:
    given = BACK_SINCE
    for entry in rule(given.case(waited=WAITED), **typed):
        given = given.then(entry.fact, by="anna", placement=entry.placement)
    first = BACK_SINCE.seq + 1
    undone = undo(given.case(seen=first - 1), seq=first)
    assert [entry.fact.seq for entry in undone] == list(range(first, given.seq + 1))
    for entry in undone:
        given = given.then(entry.fact, by="anna", placement=entry.placement)
    assert given.client.stay is None
    assert given.client.left_board == NOW - 30 * MINUTE


def test_what_rests_on_a_late_flag_rests_on_it_as_on_any() -> None:
    [entry] = flag(PLANNED.case(waited=WAITED), **FLAG)
    given = PLANNED.then(entry.fact, by="anna", placement=entry.placement, ago=SECOND).then(RATED, by="anna")
    with pytest.raises(Conflict, match="something_rests_on_it"):
        undo(given.case(seen=given.seq - 2), seq=given.seq - 1)


def test_nobody_comes_back_up_by_one_touch_who_is_up() -> None:
    with pytest.raises(Conflict, match="already_on_board"):
        back_up.put_back(UP_AGAIN.case(waited=WAITED))
