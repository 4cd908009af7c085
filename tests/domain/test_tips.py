"""A tip from somebody near the client: apart from a placement, told to the case manager, open until answered."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from factboard.domain import events as e
from factboard.domain import tips
from factboard.domain.masking import MASKED, masked
from factboard.domain.meeting import worries
from factboard.domain.notices import notices
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.undo import undo
from factboard.storage.codec import fact_to_text
from tests.domain.given import NOW, Given, Refusal, a_client, facts, nobody, table, who_left

TOLD = e.TipNoted("t1", "Han svarar inte i telefon", e.Source.RELATIVE, "Eva Exempel", "070-174 06 05")
TIPPED = a_client(case_manager="lars").then(TOLD, by="anna", ago=timedelta(minutes=5))
FLAG = {"category": "short_intensive", "reason": "Svarar inte"}


def many(given: Given, number: int = tips.MOST) -> Given:
    for one in range(number):
        given = given.then(e.TipNoted(f"t{one}", "Orolig", e.Source.OTHER))
    return given


REFUSALS = [
    Refusal("a tip about nobody", nobody(), tips.note, {"text": "x"}, "unknown_client", Unknown, "client"),
    Refusal("a tip about one who left", who_left(), tips.note, {"text": "x"}, "enrolment_has_ended", Conflict),
    Refusal("a tip of nothing", a_client(), tips.note, {"text": "  "}, "required", Invalid, "text"),
    Refusal("a tip from the team itself", a_client(), tips.note, {"text": "x", "relation": e.Source.TEAM}, "unknown_choice", Invalid, "relation"),
    Refusal("a 21st open tip", many(a_client()), tips.note, {"text": "x"}, "too_many_tips", Conflict),
    Refusal("answering what is not there", a_client(), tips.answer, {"tip": "t1", "ending": e.TipEnd.TALKED}, "tip_answered_already", Conflict),
    Refusal("answering with nothing and no word why", TIPPED, tips.answer, {"tip": "t1", "ending": e.TipEnd.NOTHING}, "required", Invalid, "note"),
    Refusal("saying by hand that it is flagged", TIPPED, tips.answer, {"tip": "t1", "ending": e.TipEnd.FLAGGED}, "unknown_choice", Invalid, "ending"),
    Refusal("a form of answers where no tip waits", a_client(), tips.waiting, {}, "tip_answered_already", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_refuses(row: Refusal) -> None:
    row.holds()


def test_a_tip_is_a_fact_of_its_own_and_puts_nobody_on_the_board() -> None:
    given = {"text": " Han svarar inte ", "said_by": "Eva Exempel", "reach": "070-174 06 05"}
    assert facts(tips.note(a_client().case(), **given)) == [
        e.TipNoted("id1", "Han svarar inte", e.Source.RELATIVE, "Eva Exempel", "070-174 06 05")
    ]
    client = TIPPED.client
    assert client
    assert client.stay is None
    assert [(tip.text, tip.by) for tip in client.tips] == [("Han svarar inte i telefon", "anna")]


def test_it_stays_until_it_is_answered_and_whoever_wrote_it_down_is_told() -> None:
    [answered] = facts(tips.answer(TIPPED.case("lars"), tip="t1", ending=e.TipEnd.TALKED, told_back=True))
    assert answered == e.TipAnswered("t1", e.TipEnd.TALKED, "", told_back=True, noted_by="anna")
    after = TIPPED.then(answered, by="lars")
    assert after.client
    assert after.client.tips == ()
    assert [one.user for one in notices(after.team, after.client, after.story[-1])] == ["anna"]


def test_the_case_manager_is_told_and_without_one_the_lead() -> None:
    for given in (TIPPED, a_client().then(TOLD, by="anna")):
        assert given.client
        assert [one.user for one in notices(given.team, given.client, given.story[-1])] == ["lars"]


def test_a_flag_that_a_tip_led_to_answers_it() -> None:
    for given in (TIPPED, TIPPED.on_board()):
        entries = tips.put_on_board(given.case(), tip="t1", **FLAG, source=e.Source.RELATIVE)
        assert isinstance(entries[0].fact, e.PutOnBoard | e.FlaggedAgain)
        assert entries[1].fact == e.TipAnswered("t1", e.TipEnd.FLAGGED, noted_by="anna")
        assert entries[1].placement == entries[0].placement


def test_a_tip_that_was_answered_meanwhile_stops_no_flag() -> None:
    assert [type(fact) for fact in facts(tips.put_on_board(a_client().case(), tip="t1", **FLAG))] == [e.PutOnBoard]


def test_undoing_the_flag_opens_the_tip_again() -> None:
    for given in (TIPPED, TIPPED.on_board()):
        case, story = given.case(), given
        for entry in tips.put_on_board(case, tip="t1", **FLAG):
            story = story.then(entry.fact, by="anna", placement=entry.placement)
        undone = undo(story.case(seen=given.seq), seq=given.seq + 1)
        for entry in undone:
            story = story.then(entry.fact, by="anna", placement=entry.placement)
        assert story.client
        assert [tip.id for tip in story.client.tips] == ["t1"]
        assert bool(story.client.stay) is bool(given.client and given.client.stay)


def test_in_the_round_of_worries_a_tip_comes_before_the_longest_without_contact() -> None:
    met = e.ContactLogged(e.ContactKind.HOME, "anna", NOW)
    tipped, never = TIPPED.then(met).client, a_client().client
    assert tipped
    assert never
    assert [one.id for one in worries(TIPPED.team, [replace(never, id="never"), tipped], NOW)] == ["stina", "never"]


def test_an_outside_auditor_does_not_read_who_told_it() -> None:
    hidden = masked(json.loads(fact_to_text(TOLD)))
    assert (hidden["said_by"], hidden["reach"], hidden["text"]) == (MASKED, MASKED, TOLD.text)
