"""Documents: what is refused, what is kept, what is otherwise between two versions, what of two people goes together."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from factboard.domain import documents
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.documents import Difference, asked, differences, merged
from factboard.domain.events.contents import (
    CONTENTS,
    About,
    CarePlan,
    Evaluation,
    Goal,
    GoalEvaluated,
    Kind,
    LifeDomain,
    Network,
    NetworkActor,
    StandingContact,
    Strengths,
    Together,
)
from factboard.domain.events.contents.words import Actor, GoalState, LifeArea
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.text import LINE
from factboard.domain.versions import Ref, Version
from tests.domain.given import CLIENT, NOW, TODAY, Given, Refusal, a_client, facts, table, who_left

DAY = timedelta(days=1)
WITH = Together.TOGETHER
AT_HOME = a_client()
SELF = About(who_i_am="Jag målar")


def a_case(given: Given = AT_HOME, known: Version | None = None) -> Case:
    return replace(given.case(), document=known)


def version(content: object = SELF, number: int = 2, **more: object) -> Version:
    known = {"together": WITH} | more
    return Version(CLIENT, content.document.value, number, 30, NOW, "lars", content, **known)  # type: ignore[attr-defined, arg-type]


def typed(content: object = SELF, ref: str = "about", based_on: int = 0, **more: object) -> dict[str, object]:
    return {"ref": ref, "content": content, "together": WITH, "based_on": based_on} | more


ONE = version(Evaluation(note="Bra"))

REFUSALS = [
    Refusal("writing for who has left", a_case(who_left()), documents.write, typed(), "enrolment_has_ended", Conflict),
    Refusal("writing over a newer version", a_case(known=version()), documents.write, typed(based_on=1), "written_meanwhile", Conflict),
    Refusal("writing what there is already as if there were none", a_case(known=version()), documents.write, typed(), "written_meanwhile", Conflict),
    Refusal("changing what was taken away", a_case(), documents.write, typed(based_on=1), "document_withdrawn", Conflict),
    Refusal("to be looked at yesterday", a_case(), documents.write, typed(review_by=TODAY - DAY), "day_out_of_range", Invalid, "review_by"),
    Refusal("an empty page", a_case(), documents.write, typed(About()), "nothing_written", Invalid, "who_i_am"),
    Refusal("only empty rows", a_case(), documents.write, typed(CarePlan(goals=(Goal(id="x"),)), "care_plan"), "nothing_written", Invalid, ""),
    Refusal("how a goal stands that nobody names", a_case(), documents.write, typed(Evaluation(goals=(GoalEvaluated(state=GoalState.NEARER),)), "evaluation.a1"), "required", Invalid, "goals-0-words"),
    Refusal("too long a line", a_case(), documents.write, typed(About(matters=("a", "b" * (LINE + 1)))), "too_long", Invalid, "matters"),
    Refusal("too long in a row", a_case(), documents.write, typed(CarePlan(goals=(Goal(goal="a"), Goal(goal="b" * 501))), "care_plan"), "too_long", Invalid, "goals-1-goal"),
    Refusal("too many lines", a_case(), documents.write, typed(About(matters=("a",) * 51)), "too_many", Invalid, "matters"),
    Refusal("too many rows", a_case(), documents.write, typed(CarePlan(goals=(Goal(goal="a"),) * 101), "care_plan"), "too_many", Invalid, "goals"),
    Refusal("every 400 days", a_case(), documents.write, typed(CarePlan(contacts=(StandingContact(every_days=400),)), "care_plan"), "number_out_of_range", Invalid, "contacts-0-every_days"),
    Refusal("a document of no kind", a_case(), documents.write, typed(ref="diary"), "unknown_page", Unknown),
    Refusal("taking away what there is one of", a_case(known=version()), documents.withdraw, {"ref": "about", "reason": "Fel", "based_on": 2}, "unknown_page", Unknown),
    Refusal("taking away what was changed meanwhile", a_case(known=ONE), documents.withdraw, {"ref": "evaluation.a1", "reason": "Fel", "based_on": 1}, "written_meanwhile", Conflict),
    Refusal("taking away for no reason", a_case(known=ONE), documents.withdraw, {"ref": "evaluation.a1", "reason": " ", "based_on": 2}, "required", Invalid, "reason"),
]  # fmt: skip


@table(REFUSALS)
def test_refusals(row: Refusal) -> None:
    row.holds()


def test_what_is_written_is_kept_clean_and_its_rows_have_ids() -> None:
    content = CarePlan(
        goals=(Goal(goal=" Bo själv \r\n"), Goal(), Goal(id="old", goal="Arbeta", subgoals=("", "Ringa ")))
    )
    (fact,) = facts(documents.write(a_case(), **typed(content, "care_plan")))
    assert isinstance(fact, e.DocumentWritten)
    assert (fact.document, fact.ref, fact.number) == (Kind.CARE_PLAN, "care_plan", 1)
    assert fact.content.goals == (Goal("id1", "Bo själv"), Goal("old", "Arbeta", ("Ringa",)))  # type: ignore[union-attr]


def test_a_row_in_which_something_was_only_chosen_is_kept() -> None:
    content = Network(actors=(NetworkActor(actor=Actor.GUARDIAN), NetworkActor(coordinates=True), NetworkActor()))
    (fact,) = facts(documents.write(a_case(), **typed(content, "network")))
    assert [(one.actor, one.coordinates) for one in fact.content.actors] == [  # type: ignore[attr-defined]
        (Actor.GUARDIAN, False),
        (None, True),
    ]


def test_a_row_that_has_only_what_its_form_begins_with_says_nothing() -> None:
    with pytest.raises(Invalid, match="nothing_written"):
        documents.write(a_case(), **typed(Strengths(domains=(LifeDomain(area=LifeArea.WORK),)), "strengths"))


@pytest.mark.parametrize(
    ("says", "stood", "ago", "ahead"),
    [
        ("no day", None, 0, None),
        ("today", 0, 90, 0),
        ("to come", 30, 60, 30),
        ("passed", -1, 180, 179),
        ("passed after a day or two", -1, 3, 7),
        ("passed after years", -1, 900, 366),
    ],
)
def test_the_next_review_is_as_far_ahead_as_the_one_that_has_passed(
    says: str, stood: int | None, ago: int, ahead: int | None
) -> None:
    day = None if stood is None else TODAY + stood * DAY
    found = documents.next_review(day, TODAY - ago * DAY, TODAY)
    assert found == (None if ahead is None else TODAY + ahead * DAY), says


def test_the_next_version_has_the_next_number_and_the_same_again_is_none() -> None:
    known = version()
    (fact,) = facts(documents.write(a_case(known=known), **typed(About(who_i_am="Annat"), based_on=2)))
    assert isinstance(fact, e.DocumentWritten)
    assert fact.number == 3
    assert documents.write(a_case(known=known), **typed(based_on=2)) == []


def test_a_review_day_that_has_passed_stays_as_long_as_nobody_sets_another() -> None:
    known = version(review_by=TODAY - DAY)
    (fact,) = facts(
        documents.write(a_case(known=known), **typed(About(who_i_am="Nytt"), based_on=2, review_by=TODAY - DAY))
    )
    assert fact.review_by == TODAY - DAY  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["care_plan", "about", "evaluation.8f3a"])
def test_a_document_is_named_by_its_kind_and_one_of_several_by_its_id_too(text: str) -> None:
    assert str(Ref.read(text)) == text


@pytest.mark.parametrize(
    "text", ["", "diary", "evaluation", "care_plan.8f", "evaluation.", "evaluation.../x", "evaluation." + "a" * 33]
)
def test_what_names_no_document_is_unknown(text: str) -> None:
    with pytest.raises(Unknown):
        Ref.read(text)


def test_every_field_of_every_document_can_be_asked_for() -> None:
    for kind, shape in CONTENTS.items():
        assert shape().document is kind
        rows = [one.row for one in asked(shape) if one.row]
        assert asked(shape)
        assert all(asked(row)[0].asks == "id" for row in rows)
        assert all(one.of for known in (shape, *rows) for one in asked(known) if one.asks in ("choice", "choices"))


def test_differences_name_the_field_the_row_and_both_sides() -> None:
    before = CarePlan(goals=(Goal("a", "Bo själv"), Goal("b", "Sova")), note="Som förut")
    after = CarePlan(goals=(Goal("c", "Resa"), Goal("a", "Bo nära mamma")), note="Som förut")
    assert differences(before, after) == [
        Difference(("goals", "c"), None, Goal("c", "Resa")),
        Difference(("goals", "a", "goal"), "Bo själv", "Bo nära mamma"),
        Difference(("goals", "b"), Goal("b", "Sova"), None),
    ]
    assert differences(before, before) == []


def test_two_peoples_work_goes_together_and_what_both_wrote_is_shown() -> None:
    base = CarePlan(goals=(Goal("a", "Bo själv"), Goal("b", "Sova"), Goal("d", "Äta")), note="x")
    mine = CarePlan(goals=(Goal("a", "Bo här"), Goal("b", "Sova", ("Tid",)), Goal(goal="Ny")), note="x")
    theirs = CarePlan(goals=(Goal("a", "Bo där"), Goal("b", "Sova"), Goal("d", "Äta"), Goal("c", "Resa")), note="y")
    whole, collisions = merged(base, mine, theirs)
    assert whole.goals == (Goal("a", "Bo här"), Goal("b", "Sova", ("Tid",)), Goal("c", "Resa"), Goal(goal="Ny"))
    assert whole.note == "y"
    assert collisions == [Difference(("goals", "a", "goal"), "Bo där", "Bo här")]


@pytest.mark.parametrize("seed", range(200))
def test_of_two_peoples_work_not_one_word_is_lost(seed: int) -> None:
    """Every word that one of them wrote anew stands in what comes out, or in what is shown beside it."""
    pick = random.Random(seed)
    base = CarePlan(goals=tuple(Goal(f"g{n}", f"bas{n}") for n in range(4)), note="bas")

    def work(who: str) -> CarePlan:
        goals = list(base.goals)
        for turn in range(pick.randrange(1, 6)):
            place = pick.randrange(len(goals) + 1)
            if place == len(goals):
                goals.append(Goal(goal=f"{who}{turn}"))
            elif pick.random() < 0.2:
                goals.pop(place)
            else:
                goals[place] = replace(goals[place], goal=f"{who}{turn}")
        return CarePlan(goals=tuple(goals), note=pick.choice(("bas", f"{who}not")))

    mine, theirs = work("mitt"), work("deras")
    theirs = replace(theirs, goals=tuple(row if row.id else replace(row, id=f"n{row.goal}") for row in theirs.goals))
    whole, collisions = merged(base, mine, theirs)
    kept = f"{whole} {collisions}"
    for work_of in (mine, theirs):
        written = [goal.goal for goal in work_of.goals] + [work_of.note]
        assert all(word in kept for word in written if not word.startswith("bas"))
