"""Models of case management, what each carries, how often each is met, and handing clients over."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from factboard.domain import caseload, mandate, planned_care
from factboard.domain import events as e
from factboard.domain.caseload.handing import hand_over
from factboard.domain.caseload.models import default
from factboard.domain.caseload.pacing import next_day
from factboard.domain.caseload.rhythm import AHEAD, BACK, planned_days
from factboard.domain.events.contents import CarePlan, Kind, StandingContact, Together
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Client
from tests.domain.given import NOW, TEAM, TODAY, Given, Refusal, a_client, details, facts, table

OMBUD = e.CareModel("personligt_ombud", most=20, treats=e.Treats.OTHERS, cover=e.Cover.NONE, mandate=True)
PLANNED = a_client(case_manager="anna").then(e.PlannedContactSet("anna", 14, date(2026, 12, 1)), ago=timedelta(days=30))
WITH_OMBUD = PLANNED.then(e.ClientModelSet("personligt_ombud", "f_act"))

EVA = e.Member("eva", "eva", "Eva Test", e.Role.CLINICIAN)


def plan_of(number: int, **every: int) -> e.DocumentWritten:
    contacts = tuple(StandingContact(who, who, days, first=date(2026, 12, 1)) for who, days in every.items())
    return e.DocumentWritten(Kind.CARE_PLAN, "care_plan", number, CarePlan(contacts=contacts), Together.TOGETHER)


def how_often(given: Given) -> dict[str, int]:
    each = planned_care.next_of_each(some(given), TEAM.settings)
    return {short.who: short.every_days for one in each if (short := planned_care.in_short(one))}


BY_PLAN = (
    a_client(case_manager="anna")
    .with_team(members=TEAM.members | {"eva": EVA})
    .then(plan_of(1, anna=14, lars=28), ago=timedelta(days=30))
)

REFUSALS = [
    Refusal("a model without a code", a_client(), caseload.set_model, {"model": e.CareModel("")}, "required", Invalid, "code"),
    Refusal("more clients than anybody has", a_client(), caseload.set_model, {"model": e.CareModel("act", most=201)}, "number_out_of_range", Invalid, "most"),
    Refusal("a default that is not offered", a_client(), caseload.set_model, {"model": replace(caseload.STANDARD["f_act"], used=False)}, "default_model_is_used", Invalid, "used"),
    Refusal("making the default of one that is not offered", a_client(), caseload.set_model, {"model": e.CareModel("act", used=False), "default": True}, "default_model_is_used", Invalid, "used"),
    Refusal("a model of the team's own without a name", a_client(), caseload.set_model, {"model": e.CareModel("ours")}, "required", Invalid, "name"),
    Refusal("a model that the team does not offer", a_client(), caseload.set_client_model, {"model": "act"}, "unknown_choice", Invalid, "model"),
    Refusal("another has changed the model", WITH_OMBUD.case(seen=PLANNED.seq), caseload.set_client_model, {"model": "f_act"}, "changed_meanwhile", Conflict),
    Refusal("a pace where nothing is planned", a_client(), caseload.change_pace, {"every_days": 7, "reason": "Oro"}, "no_planned_contact", Conflict),
    Refusal("a pace of never", PLANNED, caseload.change_pace, {"every_days": 0, "reason": "Oro"}, "number_out_of_range", Invalid, "every_days"),
    Refusal("the pace that is", PLANNED, caseload.change_pace, {"every_days": 14, "reason": "Oro"}, "same_pace", Invalid, "every_days"),
    Refusal("a pace without a reason", PLANNED, caseload.change_pace, {"every_days": 7, "reason": " "}, "required", Invalid, "reason"),
    Refusal("a next contact that has been", PLANNED, caseload.change_pace, {"every_days": 7, "reason": "Oro", "next": date(2026, 11, 1)}, "day_out_of_range", Invalid, "next"),
    Refusal("another has changed the schedule", PLANNED.then(e.PlannedContactSet("lars", 7, date(2026, 12, 1))).case(seen=PLANNED.seq), caseload.change_pace, {"every_days": 21, "reason": "Oro"}, "plan_changed_meanwhile", Conflict),
    Refusal("another has handed them over", PLANNED, hand_over, {"to": "lars", "before": "lars"}, "case_manager_changed_meanwhile", Conflict),
    Refusal("to whoever has them", PLANNED, hand_over, {"to": "anna", "before": "anna"}, "same_case_manager", Invalid, "to"),
    Refusal("to whoever has left", PLANNED, hand_over, {"to": "greta", "before": "anna"}, "unknown_member", Invalid, "to"),
    Refusal("to somebody who sees no clients", PLANNED, hand_over, {"to": "maria", "before": "anna"}, "unknown_member", Invalid, "to"),
    Refusal("a change without its mandate", WITH_OMBUD, lambda case: mandate.with_mandate(case, caseload.change_pace(case, every_days=7, reason="Oro"), said=False), {}, "mandate_needed", Invalid, "mandate"),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


class TestModels:
    def test_everybody_is_met_by_the_default_until_something_else_is_said(self) -> None:
        assert caseload.model_of(TEAM, some(PLANNED)).code == "f_act"
        assert caseload.model_of(TEAM, some(WITH_OMBUD)).code == "personligt_ombud"

    def test_a_team_edits_a_standard_one_and_makes_it_its_default(self) -> None:
        act = e.CareModel("act", most=12, treats=e.Treats.TEAM, cover=e.Cover.DAYTIME)
        assert facts(caseload.set_model(PLANNED.case(), model=act, default=True)) == [e.CareModelSet(act, default=True)]
        team = replace(TEAM, care_models={"act": act}, care_model="act")
        assert default(team) == act
        assert caseload.model_of(team, some(PLANNED)) == act
        same = PLANNED.with_team(care_models={"act": act}, care_model="act")
        assert caseload.set_model(same.case(), model=act, default=True) == []

    def test_whoever_is_met_by_one_keeps_it_when_it_is_offered_no_more(self) -> None:
        assert "personligt_ombud" not in {one.code for one in caseload.offered(TEAM, some(PLANNED))}
        assert "personligt_ombud" in {one.code for one in caseload.offered(TEAM, some(WITH_OMBUD))}
        assert caseload.set_client_model(WITH_OMBUD.case(), model="personligt_ombud") == []

    def test_every_number_is_at_most_what_was_found_of_it(self) -> None:
        """Domain page, section 7: strengths at most 20, ACT 10, F-ACT coordinator 25."""
        found = {code: one.most for code, one in caseload.STANDARD.items()}
        assert (found["strengths"], found["act"], found["f_act"]) == (20, 10, 25)
        assert [code for code, one in caseload.STANDARD.items() if one.mandate] == ["personligt_ombud"]


class TestWeighing:
    def test_clients_weigh_by_their_own_model(self) -> None:
        act = e.CareModel("act", most=10)
        team = replace(TEAM, care_models={"act": act})
        twenty = [some(PLANNED)] * 20
        five = [replace(some(PLANNED), model="act")] * 5
        load = caseload.load(team, "anna", [*twenty, *five], NOW)
        assert load.share == Fraction(20, 25) + Fraction(5, 10)
        assert (load.percent, load.over, load.fits) == (130, True, 19)
        assert load.models == {"f_act": 20, "act": 5}

    @pytest.mark.parametrize(("many", "days", "over"), [(25, 5, False), (26, 5, True), (15, 3, False), (16, 3, True), (5, 0, False)])  # fmt: skip
    def test_guidance_is_for_the_days_that_somebody_works(self, many: int, days: int, over: bool) -> None:
        anna = replace(TEAM.members["anna"], works=tuple(range(days)))
        team = replace(TEAM, members=TEAM.members | {"anna": anna})
        assert caseload.load(team, "anna", [some(PLANNED)] * many, NOW).over is over

    def test_contacts_made_and_planned_are_counted_for_a_week(self) -> None:
        met = PLANNED
        for days, by, kind in (
            (1, "anna", "home"),
            (8, "lars", "phone"),
            (9, "anna", "tried_and_missed"),
            (40, "anna", "home"),
        ):
            at = NOW - timedelta(days=days)
            met = met.then(e.ContactLogged(e.ContactKind(kind), by, at), by=by, ago=timedelta(days=days))
        load = caseload.load(TEAM, "anna", [some(met)], NOW)
        assert (load.made, load.own) == (2 / 4, 1 / 4), "an attempt is no contact, and five weeks are too long ago"
        assert load.planned == 2 / 4, "1 and 15 December"

    def test_the_fullest_comes_first_and_what_nobody_carries_last(self) -> None:
        two = replace(some(PLANNED), id="b", details=details(case_manager="lars"))
        none = replace(some(PLANNED), id="c", details=details())
        gone = replace(some(PLANNED), id="d", enrolled=False)
        found = caseload.loads(TEAM, [none, some(PLANNED), two, replace(two, id="e"), gone], NOW)
        assert [(one.user, len(one.clients)) for one in found] == [("lars", 2), ("anna", 1), (None, 1)]
        assert (found[-1].percent, found[-1].over) == (0, False)

    def test_a_model_without_a_number_weighs_nothing(self) -> None:
        load = caseload.load(TEAM, "anna", [replace(some(PLANNED), model="resource")], NOW)
        assert (load.share, load.fits) == (0, None)


class TestRhythm:
    def test_weeks_begin_on_monday_and_hold_what_was_made_and_what_is_planned(self) -> None:
        met = PLANNED.then(e.ContactLogged(e.ContactKind.HOME, "anna", NOW - timedelta(days=7)), ago=timedelta(days=7))
        met = met.then(e.ContactLogged(e.ContactKind.TRIED, "anna", NOW), by="anna")
        seen = caseload.rhythm(TEAM, some(met), NOW)
        assert len(seen.weeks) == BACK + AHEAD - 1
        by_day = {week.first: week for week in seen.weeks}
        assert by_day[date(2026, 11, 16)].made == 1
        assert (by_day[date(2026, 11, 23)].made, by_day[date(2026, 11, 23)].tried) == (0, 1)
        assert [day for day, week in by_day.items() if week.planned] == [date(2026, 11, 30), date(2026, 12, 14)]
        assert (seen.next and seen.next.day, seen.late) == (date(2026, 12, 1), False)

    def test_what_is_overdue_is_due_today_and_said(self) -> None:
        late = a_client().then(e.PlannedContactSet("anna", 7, date(2026, 11, 20)))
        assert planned_days(TEAM, some(late), TODAY, TODAY + timedelta(days=14)) == [TODAY, date(2026, 11, 30)]
        assert caseload.rhythm(TEAM, some(late), NOW).late

    def test_on_the_board_the_category_asks_instead_of_the_schedule(self) -> None:
        crisis = PLANNED.on_board("short_intensive")
        planned = planned_days(TEAM, some(crisis), TODAY, TODAY + timedelta(weeks=4))
        assert len(planned) == 4 * 5
        visit = crisis.then(e.VisitPlanned("anna", TODAY))
        assert len(planned_days(TEAM, some(visit), TODAY, TODAY + timedelta(weeks=4))) == 4 * 5
        seen = caseload.rhythm(TEAM, some(crisis), NOW)
        assert seen.weeks[BACK - 1].on_board
        assert not seen.weeks[BACK - 2].on_board


class TestPace:
    def test_thinned_out_and_stepped_up_are_kept_in_the_schedule_with_why(self) -> None:
        [fact] = facts(caseload.change_pace(PLANNED.case(), every_days=28, reason=" Mår bra "))
        assert fact == e.IntensityChanged("anna", 28, 14, date(2026, 12, 15), "Mår bra")
        after = some(PLANNED.then(fact, by="anna"))
        assert after.planned
        assert (after.planned.who, after.planned.every_days, after.planned.next) == ("anna", 28, date(2026, 12, 15))
        assert [(one.before, one.every_days, one.reason) for one in after.paced] == [(14, 28, "Mår bra")]

    @pytest.mark.parametrize(
        ("planned", "before", "every", "day"),
        [
            (date(2026, 12, 1), 14, 28, date(2026, 12, 15)),
            (date(2026, 12, 1), 14, 7, date(2026, 11, 24)),
            (date(2026, 12, 1), 14, 2, TODAY),
            (date(2026, 11, 20), 7, 14, date(2026, 11, 27)),
        ],
    )
    def test_the_next_one_is_counted_from_the_one_before(
        self, planned: date, before: int, every: int, day: date
    ) -> None:
        assert next_day(planned, before, every, TODAY) == day


class TestByAPlan:
    """Two people meet the client by the care plan."""

    def test_one_person_s_contacts_are_thinned_out_and_the_other_s_stay(self) -> None:
        [fact] = facts(caseload.change_pace(BY_PLAN.case(), who="lars", every_days=42, reason="Klarar sig"))
        assert isinstance(fact, e.IntensityChanged)
        assert (fact.who, fact.before, fact.every_days) == ("lars", 28, 42)
        both = BY_PLAN.then(fact).then(e.IntensityChanged("anna", 7, 14, TODAY, "Oro"))
        assert how_often(both) == {"anna": 7, "lars": 42}

    def test_it_stands_until_a_plan_says_something_new_of_that_person(self) -> None:
        thinned = BY_PLAN.then(e.IntensityChanged("lars", 42, 28, TODAY, "Klarar sig"), ago=timedelta(days=1))
        assert how_often(thinned.then(plan_of(2, anna=7, lars=28))) == {"anna": 7, "lars": 42}
        assert how_often(thinned.then(plan_of(2, anna=14, lars=21))) == {"anna": 14, "lars": 21}

    def test_handed_over_the_lines_of_the_one_before_are_the_new_one_s(self) -> None:
        [fact] = facts(hand_over(BY_PLAN.case(), to="eva", before="anna"))
        assert how_often(BY_PLAN.then(fact)) == {"eva": 14, "lars": 28}
        paced = BY_PLAN.then(e.IntensityChanged("anna", 7, 14, TODAY, "Oro")).then(fact)
        assert how_often(paced) == {"eva": 7, "lars": 28}


class TestHandingOver:
    def test_planned_contacts_of_the_one_before_go_along(self) -> None:
        found = facts(hand_over(PLANNED.case(), to="lars", before="anna", reason="Pension"))
        assert found == [e.CaseManagerChanged("lars", "anna", "Pension", contacts=True)]
        after = some(PLANNED.then(found[0]))
        assert after.planned
        assert (after.planned.who, after.planned.next) == ("lars", date(2026, 12, 1))
        others = a_client(case_manager="anna").then(e.PlannedContactSet("lars", 14, date(2026, 12, 1)))
        assert facts(hand_over(others.case(), to="lars", before="anna")) == [e.CaseManagerChanged("lars", "anna")]

    def test_a_stand_in_who_becomes_the_case_manager_is_no_stand_in_any_more(self) -> None:
        known = a_client(case_manager="anna", substitute="lars").then(e.CaseManagerChanged("lars", "anna"))
        assert (some(known).details.case_manager, some(known).details.substitute) == ("lars", None)

    def test_whoever_has_nobody_gets_somebody(self) -> None:
        assert facts(hand_over(a_client().case(), to="lars", before=None)) == [e.CaseManagerChanged("lars", None)]


class TestMandate:
    def test_what_is_changed_is_said_to_be_on_it_right_after(self) -> None:
        case = WITH_OMBUD.case()
        entries = caseload.change_pace(case, every_days=7, reason="Vill det")
        found = mandate.with_mandate(case, entries, said=True)
        assert [entry.fact.kind for entry in found] == ["intensity_changed", "on_mandate"]
        assert {entry.client for entry in found} == {"stina"}

    def test_nobody_is_asked_about_anybody_else(self) -> None:
        entries = caseload.change_pace(PLANNED.case(), every_days=7, reason="Vill det")
        assert mandate.with_mandate(PLANNED.case(), entries, said=False) == entries

    @pytest.mark.parametrize(
        "fact", [e.ContactLogged(e.ContactKind.HOME, "anna", NOW), e.FlaggedAgain("Oro"), e.Taken()]
    )
    def test_a_worry_and_a_contact_are_never_held_up(self, fact: e.Fact) -> None:
        case = WITH_OMBUD.on_board().case()
        assert mandate.with_mandate(case, [case.about(fact)], said=False) == [case.about(fact)]

    def test_where_nobody_asked_nothing_is_said_and_nothing_stopped(self) -> None:
        case = WITH_OMBUD.case()
        entries = caseload.change_pace(case, every_days=7, reason="Vill det")
        assert mandate.with_mandate(case, entries, said=None) == entries

    def test_only_a_correction_that_changes_who_answers_asks(self) -> None:
        assert not mandate.needed([e.ClientCorrected(details(), ("phone",))])
        assert mandate.needed([e.ClientCorrected(details(), ("case_manager",))])


def some(given: Given) -> Client:
    assert given.client
    return given.client
