"""At the edges of a period, of a time on the board, of a wait: two weeks in spring, while summer time begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from factboard.domain import events as e
from factboard.domain.statistics import Key, Material, Number, Period, Table, figures
from factboard.domain.statistics.episodes import (
    Admission,
    Contact,
    Ending,
    Flag,
    InCare,
    InTeam,
    Meeting,
    Post,
    ReviewBy,
    Spell,
    Stay,
)
from factboard.domain.statistics.shapes import Distribution

SPRING = Period(date(2026, 3, 23), date(2026, 4, 6))
SECOND = timedelta(seconds=1)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Stockholm")).astimezone(UTC)


BEGINS, ENDS = at("2026-03-23 00:00"), at("2026-04-06 00:00")
LONG_AGO = at("2020-01-01 12:00")


def stay(began: str | datetime, ended: str | datetime | None = None, client: str = "ada", **more: object) -> Stay:
    first = at(began) if isinstance(began, str) else began
    last = at(ended) if isinstance(ended, str) else ended
    flag = Flag(first, "Sover inte", (), e.Source.TEAM, e.Informed.YES)
    known = Stay(client + str(first), client, first, (Spell(first, "new_client"),), (flag,), (ReviewBy(first, None),))
    known = replace(known, ended=last, ending=Ending.BY_HAND if last else None)
    return replace(known, **more)  # type: ignore[arg-type]


def counted(*stays: Stay, now: str = "2026-12-01 12:00", period: Period = SPRING, **more: object) -> dict[Key, object]:
    """The values of the figures; everybody has been in care for long."""
    care = tuple(InCare(client, client, LONG_AGO) for client in dict.fromkeys(one.client for one in stays))
    m = Material(e.Settings("Team Kusten"), (), period, at(now), stays=stays, in_care=care, known_since=LONG_AGO)
    return {key: figure.value for key, figure in figures(replace(m, **more)).items()}  # type: ignore[arg-type]


NOBODY = Number(None, Fraction(0), Fraction(0))


def share(part: int, whole: int) -> Number:
    return Number(Fraction(part, whole), Fraction(part), Fraction(whole))


def many(number: int) -> Number:
    return Number(Fraction(number))


def values(found: object) -> tuple[Fraction, ...]:
    assert isinstance(found, Distribution)
    return found.values


# --- the period -----------------------------------------------------------------------------------------------


def test_the_first_instant_is_in_the_period_and_the_first_after_it_is_not() -> None:
    found = counted(stay(BEGINS - SECOND, ENDS), stay(BEGINS, ENDS - SECOND, "bo"), stay(ENDS, None, "cia"))
    assert found[Key.PUT_ON] == many(1)
    assert found[Key.ENDED] == many(1)
    assert found[Key.ON_BOARD] == many(1)
    table = found[Key.KEPT_ON]
    assert isinstance(table, Table)
    assert sum(line.cells[0] or 0 for line in table.lines) == 2
    found = counted(stay(BEGINS - SECOND, BEGINS), stay(BEGINS - SECOND, BEGINS - SECOND, "bo"))
    assert found[Key.ENDED] == many(1)
    table = found[Key.KEPT_ON]
    assert isinstance(table, Table)
    assert sum(line.cells[0] or 0 for line in table.lines) == 1


def test_whoever_is_in_care_for_a_part_counts_for_that_part() -> None:
    care = (InCare("1", "ada", at("2026-03-30 09:00"), at("2026-04-01 09:00")), InCare("2", "bo", BEGINS, ENDS))
    found = counted(stay("2026-03-25 09:00", "2026-04-03 09:00"), in_care=care)
    assert found[Key.CASELOAD_SHARE] == share(2, 2 + 14)
    team = (InTeam("anna", "anna", LONG_AGO, (Post(LONG_AGO, e.Role.CLINICIAN, 5),)),)
    assert counted(in_care=care, in_team=team)[Key.DACTS_H1] == share(1, 1)  # bo until the last instant; ada has left


def test_a_night_in_which_summer_time_begins_is_one_day_and_an_hour_less() -> None:
    over = stay("2026-03-28 23:00", "2026-03-30 01:00", taken=(at("2026-03-29 04:00"),))
    found = counted(over)
    assert values(found[Key.TIME_ON_BOARD]) == (2,)
    assert values(found[Key.FLAG_TO_TAKEN]) == (4 * 60,)


def test_a_period_that_goes_on_is_counted_until_now() -> None:
    found = counted(stay("2026-03-20 09:00", "2026-03-30 09:00"), now="2026-03-26 09:00")
    assert found[Key.CASELOAD_SHARE] == share(3, 3)
    assert found[Key.ON_BOARD] == many(1)
    assert found[Key.ENDED] == many(0)
    table = found[Key.OVER_TIME]
    assert isinstance(table, Table)
    assert [line.key for line in table.lines] == ["2026-03-23"]
    assert found[Key.DACTS_H3] == NOBODY


def test_weeks_add_up_to_the_period() -> None:
    monday = at("2026-03-30 00:00")  # where one week ends and the next begins
    stays = (
        stay(monday),
        stay(BEGINS, monday, "bo"),
        stay(monday - SECOND, ENDS - SECOND, "cia"),
        stay(ENDS, None, "dan"),
    )
    found = counted(*stays)
    table = found[Key.OVER_TIME]
    assert isinstance(table, Table)
    assert [line.cells for line in table.lines] == [(2, 0, 2), (1, 2, 1)]
    assert [sum(cells) for cells in zip(*(line.cells[:2] for line in table.lines), strict=True)] == [3, 2]  # type: ignore[arg-type]
    assert (found[Key.PUT_ON], found[Key.ENDED], found[Key.ON_BOARD]) == (many(3), many(2), many(1))


def test_a_time_stands_in_the_category_in_which_it_is_now() -> None:
    spells = (Spell(BEGINS, "new_client"), Spell(at("2026-03-30 09:00"), "short_intensive"))
    m = Material(e.Settings("Team Kusten"), (), SPRING, ENDS, stays=(stay(BEGINS, spells=spells),))
    assert [one.value for one in figures(m)[Key.BY_CATEGORY].behind] == ["short_intensive"]


# --- the way back, and coming again ---------------------------------------------------------------------------


@pytest.mark.parametrize(("again", "came"), [("2026-04-24 23:59", 1), ("2026-04-25 00:01", 0)])
def test_the_thirtieth_day_counts_as_again_and_the_day_after_it_not(again: str, came: int) -> None:
    found = counted(stay("2026-03-20 09:00", "2026-03-25 09:00"), stay(again))
    assert found[Key.AGAIN_30] == share(came, 1)
    assert found[Key.AGAIN_90] == share(1, 1)


@pytest.mark.parametrize(("now", "known"), [("2026-04-24 23:59", 0), ("2026-04-25 00:01", 1)])
def test_who_cannot_be_followed_yet_is_left_open_even_if_they_came_again(now: str, known: int) -> None:
    m = counted(stay("2026-03-20 09:00", "2026-03-25 09:00"), stay("2026-04-02 09:00"), now=now)[Key.AGAIN_30]
    assert m == (share(1, 1) if known else NOBODY)


def test_only_who_returned_is_followed() -> None:
    left = replace(stay("2026-03-20 09:00", "2026-03-25 09:00"), ending=Ending.LEFT_CARE)
    found = counted(left, stay("2026-03-26 09:00"))
    assert found[Key.AGAIN_30] == NOBODY
    assert found[Key.CRISIS_PLAN] == NOBODY


# --- from the flag on -----------------------------------------------------------------------------------------


def met(when: str, kind: str = "home", *staff: str, client: str = "ada") -> Contact:
    return Contact(client, at(when), e.ContactKind(kind), staff or ("anna",))


def test_a_contact_is_waited_for_thirty_days_and_not_past_the_time_on_the_board() -> None:
    flagged = "2026-03-25 09:00"
    for ended, contact, hours in (
        (None, "2026-03-25 09:00", (0,)),
        (None, "2026-04-24 09:00", (30 * 24 - 1,)),  # the hour that summer time takes
        (None, "2026-04-24 10:00", ()),
        ("2026-03-26 09:00", "2026-03-26 08:00", (23,)),
        ("2026-03-26 09:00", "2026-03-26 10:00", ()),
    ):
        found = counted(stay(flagged, ended), contacts=(met(contact),))
        assert values(found[Key.FLAG_TO_CONTACT]) == hours


def test_a_flag_that_still_waits_is_left_open_and_one_that_nobody_took_was_missed() -> None:
    stays = (stay("2026-03-25 09:00"), stay("2026-03-25 09:00", "2026-03-26 09:00", "bo"), stay("2026-03-25 09:00"))
    m = Material(e.Settings("Team Kusten"), (), SPRING, at("2026-04-10 09:00"), stays=stays)
    for key in (Key.FLAG_TO_TAKEN, Key.FLAG_TO_CONTACT):
        assert (figures(m)[key].left_open, figures(m)[key].missed) == (2, 1)
    later = figures(replace(m, now=at("2026-04-30 09:00")))  # more than thirty days
    assert (later[Key.FLAG_TO_TAKEN].left_open, later[Key.FLAG_TO_TAKEN].missed) == (2, 1)
    assert (later[Key.FLAG_TO_CONTACT].left_open, later[Key.FLAG_TO_CONTACT].missed) == (0, 3)


def test_behind_who_came_again_stands_after_how_many_days() -> None:
    stays = (stay("2026-03-20 09:00", "2026-03-25 09:00"), stay("2026-04-02 08:00"), stay(BEGINS, ENDS - SECOND, "bo"))
    m = Material(e.Settings("Team Kusten"), (), SPRING, at("2026-12-01 12:00"), stays=stays)
    assert {(one.client, one.value) for one in figures(m)[Key.AGAIN_30].behind} == {("ada", 8), ("bo", None)}


def test_taken_before_the_flag_is_no_answer_to_it() -> None:
    again = Flag(at("2026-03-25 12:00"), "Ringer", (), e.Source.TEAM, e.Informed.UNKNOWN)
    one = stay("2026-03-25 09:00", taken=(at("2026-03-25 10:00"), at("2026-03-25 12:00")))
    found = counted(replace(one, flags=(*one.flags, again)))
    assert values(found[Key.FLAG_TO_TAKEN]) == (0, 60)


# --- contacts -------------------------------------------------------------------------------------------------


def test_the_instant_of_the_return_is_off_the_board_again() -> None:
    over = stay("2026-03-25 09:00", "2026-03-27 09:00")
    contacts = (met("2026-03-25 09:00"), met("2026-03-27 08:59"), met("2026-03-27 09:00"), met("2026-04-05 23:59"))
    found = counted(over, contacts=(*contacts, met("2026-04-06 00:00"), met("2026-03-22 23:59")))
    assert found[Key.CONTACTS_ON_BOARD] == Number(Fraction(2 * 7, 2), Fraction(2), Fraction(2, 7))
    assert found[Key.CONTACTS_OFF_BOARD] == Number(Fraction(2 * 7, 12), Fraction(2), Fraction(12, 7))


def test_a_fortnight_counts_for_who_was_there_from_its_first_instant_to_its_last() -> None:
    contacts = (met("2026-03-23 00:00", "home", "anna"), met("2026-04-05 23:59", "office", "lars"))
    for began, ended, found in (
        (BEGINS, ENDS, share(1, 1)),
        (BEGINS + SECOND, ENDS, None),
        (BEGINS, ENDS - SECOND, None),
        (BEGINS, None, share(1, 1)),
    ):
        assert counted(stay(began, ended), contacts=contacts)[Key.SEEN_BY_TWO] == (found or NOBODY)
    assert counted(stay(BEGINS), contacts=contacts[:1])[Key.SEEN_BY_TWO] == share(0, 1)
    together = (met("2026-03-24 09:00", "ward", "anna", "lars"),)
    assert counted(stay(BEGINS), contacts=together)[Key.SEEN_BY_TWO] == share(1, 1)
    assert counted(stay(BEGINS), contacts=together, now="2026-04-05 23:59")[Key.SEEN_BY_TWO] == Number(
        None, Fraction(0), Fraction(0)
    )


# --- what is owed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "counts"), [(24, 0), (25, 1), (27, 1), (28, 0)])
def test_a_crisis_plan_counts_from_the_first_day_on_the_board_to_the_last(day: int, counts: int) -> None:
    over = stay("2026-03-25 23:00", "2026-03-27 00:30", crisis_plans=(date(2026, 3, day),))
    assert counted(over)[Key.CRISIS_PLAN] == share(counts, 1)


def test_the_newest_known_answer_says_whether_the_client_knows() -> None:
    one = stay("2026-03-25 09:00")
    told = (e.Informed.NO, e.Informed.NOT_POSSIBLE, e.Informed.UNKNOWN)
    flags = tuple(replace(one.flags[0], informed=answer) for answer in told)
    table = counted(replace(one, flags=flags))[Key.INFORMED_HOW]
    assert isinstance(table, Table)
    assert [line.key for line in table.lines if line.cells == (1,)] == ["not_possible"]


def test_a_review_is_overdue_from_the_day_after_its_own() -> None:
    began = at("2026-03-20 09:00")
    for day, late, days in (("2026-04-04", 1, 1), ("2026-04-05", 0, 0), ("2026-03-22", 1, 14), ("2026-01-01", 1, 14)):
        found = counted(stay(began, reviews=(ReviewBy(began, date.fromisoformat(day)),)))
        assert found[Key.REVIEWS_OVERDUE] == share(late, 1)
        assert found[Key.OVERDUE_TIME] == share(days, 14)


def test_a_review_set_after_the_period_changes_nothing_in_it() -> None:
    began = at("2026-03-20 09:00")
    reviews = (ReviewBy(began, date(2026, 4, 1)), ReviewBy(ENDS, date(2026, 5, 1)))
    assert counted(stay(began, reviews=reviews))[Key.REVIEWS_OVERDUE] == share(1, 1)
    assert counted(stay(began, reviews=reviews))[Key.OVERDUE_TIME] == share(4, 14)  # 2 to 5 April


def test_behind_the_community_stands_whoever_was_met_there() -> None:
    stays = (stay(BEGINS), stay(BEGINS, None, "bo"), stay(BEGINS, None, "cia"))
    ways = (("ada", "home"), ("bo", "office"), ("cia", "ward"))
    contacts = tuple(met("2026-03-24 09:00", kind, client=client) for client, kind in ways)
    care = tuple(InCare(client, client, LONG_AGO) for client in ("ada", "bo", "cia"))
    m = Material(e.Settings("Team Kusten"), (), SPRING, ENDS, stays=stays, in_care=care, contacts=contacts)
    figure = figures(m)[Key.DACTS_S1]
    assert figure.value == share(1, 2)
    assert {(one.client, one.counts) for one in figure.behind} == {("ada", True), ("bo", False)}


# --- hospital and meetings ------------------------------------------------------------------------------------


def test_a_night_in_hospital_belongs_to_the_day_before_it() -> None:
    for on, home, began, there, nights in (
        ("2026-03-20", "2026-03-22", 0, 0, 0),
        ("2026-03-20", "2026-03-23", 0, 1, 0),  # home that morning
        ("2026-03-20", "2026-03-24", 0, 1, 1),
        ("2026-03-23", "2026-03-23", 1, 1, 0),
        ("2026-04-05", None, 1, 1, 1),
        ("2026-04-06", None, 0, 0, 0),
        ("2026-03-20", None, 0, 1, 14),
    ):
        home_on = date.fromisoformat(home) if home else None
        one = Admission("a", "ada", date.fromisoformat(on), home_on)
        found = counted(stay(ENDS), admissions=(one,))
        assert found[Key.ADMISSIONS] == many(began)
        assert found[Key.ADMITTED_CLIENTS] == many(there)
        assert found[Key.BED_DAYS] == many(nights)


def test_a_meeting_tried_twice_is_one_planned_meeting() -> None:
    planned = at("2026-03-25 08:30")
    tried = Meeting("1", planned, planned, ended=planned, discussed=3, not_discussed=1)
    m = Material(e.Settings("Team Kusten"), (), SPRING, ENDS, meetings=(tried, replace(tried, id="2", ended=None)))
    assert (figures(m)[Key.MEETINGS_HELD].value, figures(m)[Key.MEETINGS_HELD].left_open) == (share(0, 1), 0)
    held = replace(m, meetings=(tried, replace(tried, id="2", held=True)))
    assert figures(held)[Key.MEETINGS_HELD].value == share(1, 1)
    assert [one.value for one in figures(held)[Key.CLIENTS_DISCUSSED].behind] == [Fraction(3, 4)]


def test_five_points_for_meetings_take_that_everybody_came_up() -> None:
    days = ("03-23", "03-24", "03-25", "03-26", "04-01", "04-02", "04-03", "04-04")
    mornings = [at(f"2026-{day} 08:30") for day in days]
    whole = [Meeting(str(when), when, when, ended=when, held=True, discussed=3) for when in mornings]
    m = Material(e.Settings("Team Kusten"), (), SPRING, at("2026-05-01 12:00"), meetings=tuple(whole))
    four_a_week = Number(Fraction(4), Fraction(8), Fraction(2))
    assert figures(m)[Key.DACTS_H3].value == four_a_week
    assert figures(m)[Key.DACTS_H3].score == 5
    week = replace(m, period=Period(SPRING.first, date(2026, 3, 30)))
    assert figures(week)[Key.DACTS_H3].value == Number(Fraction(4), Fraction(4), Fraction(1))
    assert figures(replace(week, period=Period(SPRING.first, date(2026, 3, 29))))[Key.DACTS_H3].value == NOBODY
    passed = replace(m, meetings=(*whole[1:], replace(whole[0], not_discussed=1)))
    assert figures(passed)[Key.DACTS_H3].score == 4
    twice = replace(m, meetings=(*whole, replace(whole[0], id="again", began=whole[0].began + SECOND)))
    assert figures(twice)[Key.DACTS_H3].value == four_a_week
