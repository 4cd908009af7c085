"""Who is told of what: the case manager when somebody else acts on their client's place, the lead when something has
gone on for twice as long as it should, whoever is to meet a client who has returned; and of nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factboard.domain import events as e
from factboard.domain.events import Step
from factboard.domain.events.contents import Kind
from factboard.domain.louder import FACTS, TO_THE_LEAD
from factboard.domain.notices import Notice, notices, read_notice
from factboard.domain.people import SYSTEM
from tests.domain.given import MEMBERS, NOW, SETTINGS, TODAY, Given, a_client, who_left
from tests.domain.test_undo import (
    ACTION,
    AGAIN,
    CONTACT,
    ENDED,
    HELD,
    IN_ERROR,
    MOVED,
    PLAN,
    PLANNED,
    RATED,
    RETURNED,
    REVIEW,
    TIP,
    VISIT,
)

GROUNDS = e.Grounds(1, 5, "0.3")
ANNOUNCED = e.ReturnAnnounced("m1", e.Mode.AUTOMATIC, NOW, "anna", TODAY, e.Informed.NO, "", GROUNDS)
WITHDRAWN = e.AnnouncementWithdrawn((e.Need.AT_HOME,), NOW, 1, 5, "0.3")
POSTPONED = e.ReturnPostponed(NOW, e.Postponed.DAYS_OFF)
TOLD = [
    AGAIN, e.Taken(), RETURNED, IN_ERROR, ENDED, ANNOUNCED, WITHDRAWN, HELD, POSTPONED,
    e.FlagUntaken(NOW, Step.UNTAKEN), e.FollowUpMissed(NOW, Step.FOLLOW_UP), TIP,
    e.PlannedContactMissed(NOW, Step.CONTACT, "lars", TODAY),
    e.ConsentGiven("Kommunen", ("board",), None, next(iter(e.Agreed))), e.ConsentRevoked("Kommunen"),
    e.LockPlaced("l1", ("board",), e.LockedFor.OTHERS), e.ClientModelSet("act", "fact"),
    e.DocumentWithdrawn(Kind.EVALUATION, "evaluation.a1", "Fel person"),
]  # fmt: skip
NOT_TOLD = [
    MOVED, RATED, CONTACT, VISIT, ACTION, PLAN, REVIEW, PLANNED, e.NoticeRead(3), e.Undone(3, "taken"),
    e.ReturnTold(e.Informed.YES), e.ReturnUpheld("m1", NOW), e.ClientDiscussed("m1", ready=True),
    e.ReviewFellDue(NOW, Step.REVIEW), e.UnseenTooLong(NOW, Step.UNSEEN),
]  # fmt: skip
CASE_MANAGED = a_client(case_manager="lars").on_board()


def told(given: Given) -> list[Notice]:
    client = given.client
    assert client
    return notices(given.team, client, given.story[-1])


def who(given: Given) -> list[str]:
    """Who is told of what has just happened; each of them of that, and of this client."""
    found = told(given)
    assert {(one.seq, one.client) for one in found} <= {(given.seq, "stina")}
    return [one.user for one in found]


@pytest.mark.parametrize("fact", TOLD, ids=lambda fact: fact.kind)
def test_is_told_of(fact: e.Fact) -> None:
    given = CASE_MANAGED.then(fact, by="anna")
    assert told(given) == [Notice("lars", given.seq, "stina")]


@pytest.mark.parametrize(("by", "told"), [("anna", ["lars"]), ("maria", ["lars", "anna"]), ("lars", ["anna"])])
def test_both_are_told_of_a_client_who_is_handed_over(by: str, told: list[str]) -> None:
    assert who(a_client(case_manager="anna").then(e.CaseManagerChanged("lars", "anna"), by=by)) == told


def test_is_told_when_their_client_is_put_on_the_board() -> None:
    assert told(a_client(case_manager="lars").on_board(by="anna"))


def test_is_not_told_what_a_file_brings_in() -> None:
    assert told(a_client(case_manager="lars").on_board(by="anna", source=e.Source.IMPORT)) == []


@pytest.mark.parametrize("fact", NOT_TOLD, ids=lambda fact: fact.kind)
def test_is_not_told_of(fact: e.Fact) -> None:
    assert told(CASE_MANAGED.then(fact, by="anna")) == []


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    assert told(CASE_MANAGED.then(e.Taken(), by="lars")) == []


def test_nobody_is_told_where_there_is_no_case_manager() -> None:
    assert told(a_client().on_board().then(e.Taken(), by="anna")) == []


def test_a_file_tells_nobody_what_the_team_knows_already() -> None:
    imported = e.PutOnBoard("short_intensive", "Sover inte", source=e.Source.IMPORT)
    assert told(a_client(case_manager="lars").then(imported, by="anna", placement="p")) == []


# --- the lead, who meets them, who is on duty ----------------------------------------------------------------

OTHERS = (
    e.Member("karin", "karin", "Karin Test", e.Role.LEAD),
    e.Member("nils", "nils", "Nils Test", e.Role.LEAD, left=True),
    e.Member("olga", "olga", "Olga Test", e.Role.CLINICIAN),
)
HERE = {one.user: one for one in (*MEMBERS, *OTHERS)}


def in_a_team(given: Given, **more: object) -> Given:
    """With two leads, lars and karin, and one who has left."""
    return given.with_team(members=HERE, **more)


@pytest.mark.parametrize("step", Step)
def test_the_leads_are_told_of_what_has_gone_on_for_twice_as_long_and_of_an_untaken_flag_at_once(step: Step) -> None:
    more = {"who": "anna", "day": TODAY} if FACTS[step] is e.PlannedContactMissed else {}
    given = in_a_team(a_client(case_manager="anna").on_board()).then(FACTS[step](NOW, step, **more), by=SYSTEM)
    leads = {"lars", "karin"} if step in TO_THE_LEAD or FACTS[step] is e.FlagUntaken else set()
    manager = {"anna"} if FACTS[step] in (e.FlagUntaken, e.FollowUpMissed, e.PlannedContactMissed) else set()
    assert set(who(given)) == leads | manager
    assert len(who(given)) == len(set(who(given)))


def test_a_lead_who_is_the_case_manager_too_is_told_once() -> None:
    given = in_a_team(CASE_MANAGED).then(e.FlagUntaken(NOW, Step.UNTAKEN_LEAD), by=SYSTEM)
    assert who(given) == ["lars", "karin"]


class TestWhoActsTonight:
    ASKED = e.FlagUntaken(NOW, Step.TONIGHT)

    def asked(self, duty: dict[object, str]) -> list[str]:
        return who(in_a_team(a_client().on_board(), duty=duty).then(self.ASKED, by=SYSTEM))

    def test_is_asked_of_whoever_is_on_duty_that_day_and_of_the_leads(self) -> None:
        assert self.asked({TODAY: "olga"}) == ["lars", "karin", "olga"]

    def test_is_asked_of_the_leads_where_nobody_is(self) -> None:
        assert self.asked({TODAY + timedelta(days=1): "olga"}) == ["lars", "karin"]
        assert self.asked({TODAY: "greta"}) == ["lars", "karin"]  # she has left the team

    def test_is_asked_of_nobody_twice(self) -> None:
        assert self.asked({TODAY: "karin"}) == ["lars", "karin"]

    def test_is_asked_of_whoever_is_on_duty_whatever_the_team_wants_told_at_once(self) -> None:
        nobody = replace(SETTINGS, told=e.Told((), (), (), ()))
        given = in_a_team(a_client().on_board(), duty={TODAY: "olga"}, settings=nobody)
        assert who(given.then(self.ASKED, by=SYSTEM)) == ["lars", "karin", "olga"]
        assert who(given.then(e.FlagUntaken(NOW, Step.UNTAKEN), by=SYSTEM)) == []


@pytest.mark.parametrize(
    "fact", [replace(ANNOUNCED, objects=True), e.ReturnTold(e.Informed.YES, "Vill INTE", objects=True)]
)
def test_the_case_manager_and_the_leads_are_told_that_a_client_does_not_want_to_go_back(fact: e.Fact) -> None:
    given = in_a_team(a_client(case_manager="anna").on_board())
    assert who(given.then(fact, by="olga")) == ["anna", "lars", "karin"]
    assert who(given.then(fact, by="anna")) == ["lars", "karin"]


class TestTheFollowUp:
    BY_ITSELF = e.Returned("", NOW, GROUNDS, TODAY + timedelta(days=7), "anna")

    def returned(self, **more: object) -> Given:
        fact = replace(self.BY_ITSELF, **more)  # type: ignore[type-var]
        return in_a_team(CASE_MANAGED).then(fact, by=SYSTEM)

    def test_whoever_is_to_meet_them_is_told_of_the_return_with_the_case_manager(self) -> None:
        assert who(self.returned()) == ["lars", "anna"]
        assert who(self.returned(who="lars")) == ["lars"]
        assert who(self.returned(who=None)) == ["lars"]

    def test_nobody_is_told_that_they_let_them_go_themselves(self) -> None:
        by_hand = e.Returned("Mår bra", follow_up=TODAY, who="anna")
        assert who(in_a_team(CASE_MANAGED).then(by_hand, by="anna")) == ["lars"]
        assert who(in_a_team(CASE_MANAGED).then(by_hand, by="lars")) == ["anna"]

    def test_when_it_was_not_made_who_should_have_is_told_and_then_the_leads(self) -> None:
        first = self.returned().then(e.FollowUpMissed(NOW, Step.FOLLOW_UP), by=SYSTEM)
        assert who(first) == ["lars", "anna"]
        second = first.then(e.FollowUpMissed(NOW, Step.FOLLOW_UP_LEAD), by=SYSTEM)
        assert who(second) == ["lars", "anna", "karin"]


def test_what_nobody_clicked_is_told_to_the_case_manager_like_anything_else() -> None:
    assert who(CASE_MANAGED.then(WITHDRAWN, by=SYSTEM)) == ["lars"]
    assert who(a_client().on_board().then(WITHDRAWN, by=SYSTEM)) == []


def test_reading_a_notice_is_a_fact_about_its_client() -> None:
    assert read_notice(who_left().case(), notice=7) == [e.Entry(e.NoticeRead(7), "stina")]
