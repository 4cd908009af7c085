"""Why not yet, what would take them there, and who could do it: short, plain and true, in each language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from factboard.domain import events as e
from factboard.domain.events import Need, Step
from factboard.domain.louder import LESS, Alarm
from factboard.domain.state import Rating
from factboard.domain.stepdown import Finding, Standing, State, standing
from factboard.web.language import LANGUAGES
from factboard.web.words import words_for
from factboard.web.words.stepdown import USEFUL
from tests.domain.given import NOW, SETTINGS, TEAM, TODAY, Given, a_client

TEAM = replace(
    TEAM,
    members={
        user: e.Member(user, user, name, e.Role.CLINICIAN)
        for user, name in (
            ("anna", "Anna Ek"), ("lars", "Lars Test"), ("fatima", "Fatima Prov"), ("elin", "Elin Övning"),
            ("eva", "Eva Ett"), ("eva2", "Eva Två"),
        )
    },
)  # fmt: skip
WORDS = {language: words_for(SETTINGS, language) for language in LANGUAGES}
DAY = timedelta(days=1)
THURSDAY = date(2026, 11, 26)
ALL = ("anna", "elin", "fatima", "lars")
SHORT = {  # of each need, one that is not met
    Need.BY_ITSELF: Finding(Need.BY_ITSELF, False),
    Need.AT_HOME: Finding(Need.AT_HOME, False, day=date(2026, 12, 3)),
    Need.SETTLED: Finding(Need.SETTLED, False, 5, 14, day=date(2026, 12, 2)),
    Need.NOT_KEPT: Finding(Need.NOT_KEPT, False, day=THURSDAY),
    Need.RATINGS: Finding(Need.RATINGS, False, 1, 3, who=("anna",), could=ALL),
    Need.RATERS: Finding(Need.RATERS, False, 1, 2, who=("anna",), could=("lars",)),
    Need.DAYS: Finding(Need.DAYS, False, 5, 7, could=ALL),
    Need.CONTACTS: Finding(Need.CONTACTS, False, 2, 3, could=ALL),
    Need.LEGAL: Finding(Need.LEGAL, False, 1),
    Need.URGENT: Finding(Need.URGENT, False, 1, could=("lars",)),
    Need.CRISIS_PLAN: Finding(Need.CRISIS_PLAN, False, could=("lars",)),
    Need.CASE_MANAGER: Finding(Need.CASE_MANAGER, False),
    Need.NEXT_CONTACT: Finding(Need.NEXT_CONTACT, False, could=("lars",)),
}
MET = {need: replace(one, met=True, who=one.who or ("lars",)) for need, one in SHORT.items()}


def stands(*short: Need | Finding, state: State = State.ON_BOARD, rated: int = 1, **more: object) -> Standing:
    """A standing in which these are missing, and everything else is so; rated as usual first five days ago."""
    missing = {one.need: one for one in (SHORT[one] if isinstance(one, Need) else one for one in short)}
    first = NOW - 5 * DAY
    ratings = (Rating(31, e.Rating.USUAL, e.Basis.SEEN, "anna", first, first),) * rated
    return Standing(state, tuple((MET | missing).values()), ratings, **more)  # type: ignore[arg-type]


def missing(*short: Need | Finding, language: str = "en", **more: object) -> list[str]:
    return WORDS[language].missing(stands(*short, **more), TEAM)  # type: ignore[arg-type]


def next_step(*short: Need | Finding, language: str = "en", **more: object) -> str:
    return WORDS[language].next_step(stands(*short, **more), TEAM)  # type: ignore[arg-type]


def ratings(have: int, of: int, who: tuple[str, ...] = ("anna",)) -> Finding:
    return Finding(Need.RATINGS, have >= of, have, of, who=who, could=ALL)


def raters(who: tuple[str, ...], of: int, could: tuple[str, ...] = ("lars",)) -> Finding:
    return Finding(Need.RATERS, len(who) >= of, len(who), of, who=who, could=could)


@pytest.mark.parametrize(
    ("short", "says"),
    [
        ([], []),
        ([Need.BY_ITSELF], ["nobody in this category goes back by itself"]),
        ([Need.AT_HOME], ["not while admitted, nor for 14 days after"]),
        ([Finding(Need.AT_HOME, False)], ["not while admitted, nor for 14 days after"]),
        ([Need.SETTLED], ["5 of 14 days since the discharge"]),
        ([Need.NOT_KEPT], ["kept on the board to the end of Thu 26 Nov"]),
        ([Need.RATINGS], ["1 of 3 ratings as usual"]),
        ([Need.RATERS], ["one more rating by somebody other than Anna"]),
        ([raters(("anna", "lars"), 4)], ["2 more ratings by people other than Anna or Lars"]),
        ([raters(("anna", "lars", "elin", "fatima"), 5)], ["a rating by one more person"]),
        ([raters(("anna", "lars", "elin", "fatima"), 6)], ["ratings by 2 more people"]),
        ([Need.DAYS], ["stable 5 of 7 days"]),
        ([Finding(Need.DAYS, False, 0, 1)], ["stable 0 of 1 day"]),
        ([Need.CONTACTS], ["contacts 2 of 3 in 7 days"]),
        ([Need.LEGAL], ["a legal measure is in force"]),
        ([Need.URGENT], ["an urgent action is open"]),
        ([Need.CRISIS_PLAN], ["crisis plan not reviewed"]),
        ([Need.CASE_MANAGER], ["no case manager or substitute is here"]),
        ([Need.NEXT_CONTACT], ["no next contact planned"]),
        ([Finding(Need.NEXT_CONTACT, False, day=date(2026, 11, 20))],
         ["the next contact (Fri 20 Nov) has to be planned anew"]),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)  # fmt: skip
def test_what_is_missing_is_said_in_a_few_words(short: list[Need | Finding], says: list[str]) -> None:
    assert missing(*short) == says


class TestNothingIsSaidTwice:
    def test_somebody_else_says_that_a_rating_is_missing_too(self) -> None:
        assert missing(ratings(1, 2), Need.RATERS) == ["one more rating by somebody other than Anna"]
        assert missing(ratings(1, 4), Need.RATERS) == [
            "1 of 4 ratings as usual",
            "one more rating by somebody other than Anna",
        ]

    def test_without_any_rating_nobody_asks_for_people_and_days(self) -> None:
        none = [ratings(0, 3, ()), raters((), 2), Finding(Need.DAYS, False, 0, 14)]
        assert missing(*none, Need.CRISIS_PLAN) == ["0 of 3 ratings as usual", "crisis plan not reviewed"]

    def test_what_is_counted_anew_from_the_discharge_is_not_asked_for_in_hospital(self) -> None:
        found = missing(Need.AT_HOME, Need.SETTLED, Need.RATINGS, Need.DAYS, Need.CONTACTS, Need.CRISIS_PLAN)
        assert found == ["not while admitted, nor for 14 days after", "crisis plan not reviewed"]

    def test_an_admitted_client_is_said_to_stay_once_and_no_other_category_is_advised(self) -> None:
        admitted = [Need.BY_ITSELF, Need.AT_HOME, Need.RATINGS, Need.CRISIS_PLAN]
        assert missing(*admitted) == ["not while admitted, nor for 14 days after"]
        assert next_step(*admitted) == ""
        assert WORDS["en"].on_card(stands(*admitted), TEAM) == [("not while admitted, nor for 14 days after", False)]
        assert next_step(Need.AT_HOME, Need.CRISIS_PLAN) == "review the crisis plan: Lars"

    def test_in_a_category_that_lets_nobody_go_the_rest_would_change_nothing(self) -> None:
        assert len(missing(*SHORT)) == 1


@pytest.mark.parametrize(
    ("short", "says"),
    [
        ([], ""),
        ([Need.BY_ITSELF], "change the category"),
        ([Need.RATINGS], "one more rating “as usual” (seen or spoken with): Anna, Elin, Fatima or somebody else in the "
         "team"),
        ([ratings(0, 2, ()), raters((), 2, ("lars", "elin"))], "a first rating “as usual” (seen or spoken with): "
         "Anna, Elin, Fatima or somebody else in the team"),
        ([raters(("anna",), 2, ("lars", "fatima", "elin"))], "one more rating “as usual” (seen or spoken with) by "
         "somebody other than Anna: Lars, Fatima or Elin"),
        ([raters(("anna",), 2, ())], "one more rating “as usual” (seen or spoken with) by somebody other than Anna"),
        ([raters(("anna", "lars", "elin", "fatima"), 5, ("eva", "eva2"))], "one more rating “as usual” (seen or spoken "
         "with) by somebody who has not rated yet: Eva Ett or Eva Två"),
        ([Need.DAYS], "a new rating “as usual” on Wed 25 Nov or later (seen or spoken with): Anna, Elin, Fatima or "
         "somebody else in the team"),
        ([Need.CONTACTS], "one more contact within 7 days: Anna, Elin, Fatima or somebody else in the team"),
        ([Finding(Need.CONTACTS, False, 0, 2, could=("lars",))], "2 more contacts within 7 days: Lars"),
        ([Need.URGENT], "do the urgent action: Lars"),
        ([Finding(Need.URGENT, False, 2, could=("lars", "anna"))], "do the 2 urgent actions: Lars or Anna"),
        ([Need.CRISIS_PLAN], "review the crisis plan: Lars"),
        ([Finding(Need.CRISIS_PLAN, False)], "review the crisis plan"),
        ([Need.CASE_MANAGER], "name a case manager or a substitute who is here"),
        ([Need.NEXT_CONTACT], "plan the next contact, with day and person: Lars"),
        ([Need.LEGAL], "wait until the legal measure has ended"),
        ([Need.AT_HOME], ""),
        ([Need.SETTLED], "wait until Wed 2 Dec: then 14 days have passed at home"),
        ([Need.NOT_KEPT], "wait until Thu 26 Nov is over"),
        # the first of several
        ([Need.NOT_KEPT, Need.CRISIS_PLAN], "review the crisis plan: Lars"),
        ([Need.DAYS, Need.CRISIS_PLAN], "review the crisis plan: Lars"),
        ([Need.AT_HOME, Need.RATINGS, Need.CRISIS_PLAN], "review the crisis plan: Lars"),
        ([Need.AT_HOME, Need.RATINGS], ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_next_useful_act_is_one_that_somebody_can_do(short: list[Need | Finding], says: str) -> None:
    assert next_step(*short) == says


def test_before_a_return_the_newest_rating_has_to_be_new() -> None:
    for state in (State.READY, State.ANNOUNCED, State.RETURNING):
        assert missing(state=state, fresh=False) == ["the newest rating as usual is too old"]
        assert next_step(state=state, fresh=False).startswith(
            "a new rating “as usual” before the return (seen or spoken with): Anna, Elin, "
        )
        assert missing(state=state) == []
    assert missing(Need.CRISIS_PLAN, fresh=False) == ["crisis plan not reviewed"]


@pytest.mark.parametrize(
    ("one", "asked", "how"),
    [
        (SHORT[Need.BY_ITSELF], "a category whose patients go back by the team's rule",
         "no, only by hand"),
        (MET[Need.BY_ITSELF], "a category whose patients go back by the team's rule", "yes"),
        (SHORT[Need.AT_HOME], "not admitted", "admitted, discharge expected Thu 3 Dec"),
        (Finding(Need.AT_HOME, False), "not admitted", "admitted"),
        (MET[Need.AT_HOME], "not admitted", "at home"),
        (SHORT[Need.SETTLED], "14 days since a discharge", "5 days; enough on Wed 2 Dec"),
        (Finding(Need.SETTLED, True, of=14), "14 days since a discharge", "no discharge noted"),
        (MET[Need.SETTLED], "14 days since a discharge", "yes"),
        (SHORT[Need.NOT_KEPT], "nobody keeps the patient on the board", "kept on the board to the end of Thu 26 Nov"),
        (MET[Need.NOT_KEPT], "nobody keeps the patient on the board", "nobody does"),
        (SHORT[Need.RATINGS], "3 ratings “as usual” (seen or spoken with)", "1 (Anna)"),
        (ratings(0, 1, ()), "1 rating “as usual” (seen or spoken with)", "0"),
        (raters(("anna", "lars"), 2), "the ratings by at least 2 people", "2 (Anna, Lars)"),
        (raters((), 1), "the ratings by at least 1 person", "0"),
        (SHORT[Need.DAYS], "7 days from the first of those ratings to the newest", "5 days"),
        (SHORT[Need.CONTACTS], "3 contacts in 7 days", "2"),
        (MET[Need.CONTACTS], "3 contacts in 7 days", "2; not asked for in the first 7 days"),
        (Finding(Need.CONTACTS, True, 1, 1), "1 contact in 7 days", "1"),
        (SHORT[Need.LEGAL], "no legal measure in force", "1 in force"),
        (MET[Need.LEGAL], "no legal measure in force", "none"),
        (SHORT[Need.URGENT], "no urgent action open", "1 open"),
        (MET[Need.URGENT], "no urgent action open", "none"),
        (SHORT[Need.CRISIS_PLAN], "crisis plan reviewed during this time on the board", "not reviewed"),
        (MET[Need.CRISIS_PLAN], "crisis plan reviewed during this time on the board", "reviewed"),
        (SHORT[Need.CASE_MANAGER], "a case manager or a substitute who is here", "nobody is"),
        (Finding(Need.CASE_MANAGER, True, who=("lars",)), "a case manager or a substitute who is here", "Lars"),
        (SHORT[Need.NEXT_CONTACT], "the next contact planned, with day and person", "not planned"),
        (Finding(Need.NEXT_CONTACT, False, day=THURSDAY), "the next contact planned, with day and person",
         "Thu 26 Nov has to be planned anew"),
        (Finding(Need.NEXT_CONTACT, True, day=THURSDAY), "the next contact planned, with day and person", "Thu 26 Nov"),
        (Finding(Need.FRESH, True), "at the return, the newest rating “as usual” at most 3 working days old", "yes"),
        (Finding(Need.FRESH, False), "at the return, the newest rating “as usual” at most 3 working days old", "older"),
    ],
    ids=lambda value: f"{value.need}-{value.met}" if isinstance(value, Finding) else "",
)  # fmt: skip
def test_all_that_is_asked_is_a_table_of_what_and_how_it_stands(one: Finding, asked: str, how: str) -> None:
    assert WORDS["en"].finding(one, TEAM) == (asked, how)


def test_every_need_has_its_place_among_what_is_useful() -> None:
    assert set(USEFUL) == set(Need)
    assert set(SHORT) | {Need.FRESH} == set(Need)


@pytest.mark.parametrize(("language", "need"), [*product(LANGUAGES, SHORT)])
def test_every_need_is_said_in_each_language(language: str, need: Need) -> None:
    [said] = missing(need, language=language)
    asked, how = WORDS[language].finding(SHORT[need], TEAM)
    following = next_step(need, language=language)
    texts = [said, asked, how, *WORDS[language].finding(MET[need], TEAM)]
    assert all(texts)
    assert bool(following) == (need is not Need.AT_HOME), "of whoever is admitted nothing is to be done but wait"
    texts.append(following)
    assert not [text for text in texts if "%(" in text]
    assert said != asked


@pytest.mark.parametrize("need", SHORT)
def test_in_swedish_nothing_is_left_in_english(need: Need) -> None:
    assert missing(need, language="sv") != missing(need)
    assert next_step(need, language="sv") != next_step(need) or need is Need.AT_HOME
    assert WORDS["sv"].finding(SHORT[need], TEAM) != WORDS["en"].finding(SHORT[need], TEAM)


class TestTheIssuesExample:
    """Flagged a week ago; rated as usual by Anna alone, five days from each other; the plan lies as it was."""

    GIVEN = a_client(case_manager="lars").on_board("crisis_prevention", ago=8 * DAY)

    def stands(self, *rated: tuple[str, int]) -> Standing:
        given: Given = self.GIVEN.with_team(members=TEAM.members)
        for by, days in rated:
            at = NOW - days * DAY
            given = given.then(e.ContactLogged(e.ContactKind.HOME, by, at), by=by, ago=days * DAY)
            given = given.then(e.Rated(e.Rating.USUAL, e.Basis.SEEN, by, at), by=by, ago=days * DAY)
        assert given.client
        return standing(replace(given.team, categories=TEAM.categories), given.client, NOW)

    def test_is_said_as_the_issue_asks(self) -> None:
        now = self.stands(("anna", 6), ("anna", 1))
        said = WORDS["en"].missing(now, TEAM)
        assert WORDS["en"].state(now) == "on the board"
        assert said[:2] == ["one more rating by somebody other than Anna", "stable 5 of 7 days"]
        assert "crisis plan not reviewed" in said
        assert WORDS["en"].next_step(now, TEAM) == (
            "one more rating “as usual” (seen or spoken with) by somebody other than Anna: Elin, Eva Ett, Eva Två or "
            "somebody else in the team"
        )

    def test_the_day_named_is_the_one_on_which_a_rating_makes_the_days_enough(self) -> None:
        now = self.stands(("anna", 6), ("lars", 1))
        days = now.finding(Need.DAYS)
        assert days
        assert (days.have, days.of) == (5, 7)
        asked = replace(now, findings=(days,))
        assert "on Tue 24 Nov or later" in WORDS["en"].next_step(asked, TEAM)
        assert date(2026, 11, 24) == TODAY + DAY


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_has_a_name(language: str) -> None:
    assert len({WORDS[language].state(Standing(state)) for state in State}) == len(State)


def test_states_are_called_what_the_field_calls_them() -> None:
    assert {state: WORDS["en"].state(Standing(state)) for state in State} == {
        State.PLANNED_CARE: "in planned care",
        State.ON_BOARD: "on the board",
        State.KEPT: "kept on the board",
        State.READY: "ready to return",
        State.ANNOUNCED: "return planned",
        State.RETURNING: "returns today",
        State.RETURNED: "recently returned",
    }


SINCE = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("step", "says", "told"),
    [
        (Step.REVIEW, "review overdue", "review long overdue"),
        (Step.UNSEEN, "nobody has seen them", "nobody has seen them for long"),
        (Step.UNTAKEN, "nobody has taken this", "nobody has taken this for long"),
        (Step.TONIGHT, "who acts tonight?", "who acts tonight?"),
        (Step.FOLLOW_UP, "follow-up not made", "follow-up still not made"),
        (Step.CONTACT, "planned contact not made", "planned contact still not made"),
    ],
)
def test_what_has_gone_on_too_long_is_named_and_louder_for_twice_as_long(step: Step, says: str, told: str) -> None:
    assert WORDS["en"].alarm(Alarm(step, SINCE)) == says
    assert WORDS["en"].alarm(Alarm(step, SINCE, lead=True)) == told
    for language in LANGUAGES:
        assert WORDS[language].alarm(Alarm(step, SINCE))
    assert step in LESS or step is Step.TONIGHT


def test_the_teams_own_words_stand_in_what_is_asked() -> None:
    words = words_for(replace(SETTINGS, client_word="klient", case_manager_word="fast_vardkontakt"), "en")
    assert words.missing(stands(Need.CASE_MANAGER), TEAM) == ["no named care contact or substitute is here"]
    assert words.finding(SHORT[Need.NOT_KEPT], TEAM)[0] == "nobody keeps the client on the board"
    assert words.term(e.Blocker.CASE_MANAGER) == "no named care contact or substitute is here"
