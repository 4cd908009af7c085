"""A client moves to another team: asked, taken over, declined; and what comes along."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from factboard.domain import events as e
from factboard.domain import merging, moving
from factboard.domain.case import Case
from factboard.domain.events.contents import About, Together
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Unknown
from factboard.domain.state import Client, Offer, fold_client
from factboard.domain.versions import Version
from tests.domain.given import NOW, TEAM, Given, Refusal, a_client, facts, nobody, table, who_left

NOTE = e.HandoverNote("Öppnar inte för okända", "Ring apoteket", "Besök varje tisdag", "Vill byta, sa det den 20")
ASKED = e.MoveAsked("m1", "skogen", "Team Skogen", NOTE, e.Given.YEAR)
LOCK = e.LockPlaced("l1", ("identity",), e.LockedFor.OTHERS)
HERE = a_client(case_manager="anna")
WAITING = HERE.then(ASKED, by="anna")
OFFER = Offer("m1", "skogen", "Team Skogen", "their-stina", NOW, 7, "abc")
RECEIVING = replace(TEAM, offers={"m1": OFFER})


def asks(**more: object) -> dict[str, object]:
    return {"move": "m1", "team": "skogen", "name": "Team Skogen", "note": NOTE, "history": e.Given.YEAR} | more


def received(here: Given | None = None, actor: str = "lars") -> Case:
    """The receiving team's case: of nobody whom it knows, or of its own record."""
    case = (here or nobody()).case(actor)
    return replace(case, team=RECEIVING)


def elsewhere(known: Given = WAITING, written: Sequence[Version] = ()) -> moving.Elsewhere:
    client = known.client
    assert client
    return moving.Elsewhere(client, written, {"lars": "Lars Test"})


def takes(known: Given = WAITING, **more: object) -> dict[str, object]:
    return {"move": "m1", "elsewhere": elsewhere(known)} | more


ON_BOARD = a_client().on_board().then(ASKED, by="lars")
GONE = {"move": "m1", "team": "skogen", "name": "Team Skogen", "theirs": "x", "seq": 9, "hash": "def"}

REFUSALS = [
    Refusal("asking for nobody", nobody(), moving.ask, asks(), "unknown_client", Unknown, "client"),
    Refusal("asking for who has left", who_left(), moving.ask, asks(), "enrolment_has_ended", Conflict),
    Refusal("asking for a colleague's", a_client(case_manager="lars"), moving.ask, asks(), "case_manager_or_lead_only", Forbidden),
    Refusal("asking twice", WAITING, moving.ask, asks(), "move_waits", Conflict),
    Refusal("asking one's own team", HERE, moving.ask, asks(team="kusten"), "this_very_team", Invalid, "team"),
    Refusal("asking without a word", HERE, moving.ask, asks(note=replace(NOTE, to_know=" ")), "required", Invalid, "to_know"),
    Refusal("asking without what the client says", HERE, moving.ask, asks(note=replace(NOTE, agreed_to="")), "required", Invalid, "agreed_to"),
    Refusal("giving a history in which something is locked", HERE.then(LOCK), moving.ask, asks(), "locked_history", Invalid, "history"),
    Refusal("taking back what is not asked", HERE, moving.withdraw, {"reason": "Ångrat sig"}, "move_is_over", Conflict),
    Refusal("taking back a colleague's question", a_client(case_manager="lars").then(ASKED), moving.withdraw, {"reason": "x"}, "case_manager_or_lead_only", Forbidden),
    Refusal("taking back without a reason", WAITING, moving.withdraw, {"reason": ""}, "required", Invalid, "reason"),
    Refusal("declining what is not asked", HERE, moving.decline, {"move": "m1", "team": "skogen", "name": "Team Skogen", "reason": "Fullt"}, "move_is_over", Conflict),
    Refusal("declining without a reason", WAITING, moving.decline, {"move": "m1", "team": "skogen", "name": "Team Skogen", "reason": ""}, "required", Invalid, "reason"),
    Refusal("taking over what nobody offers", nobody(), moving.accept, takes(), "unknown_move", Unknown),
    Refusal("taking over what is asked no more", received(), moving.accept, takes(HERE), "move_is_over", Conflict),
    Refusal("taking over as an auditor", received(actor="maria"), moving.accept, takes(), "clinicians_only", Forbidden),
    Refusal("taking over into a record that is merged", replace(received(), client=Client("old", 1, e.Details("A", "B"), merged_into="stina")), moving.accept, takes(), "merged_already", Conflict),
    Refusal("a stranger as case manager", received(), moving.accept, takes(case_manager="bo"), "unknown_member", Invalid, "case_manager"),
    Refusal("somebody on the board, without a category", received(), moving.accept, takes(ON_BOARD), "choose_one", Invalid, "category"),
    Refusal("letting go what is not asked", HERE, moving.gone, GONE, "move_is_over", Conflict),
    Refusal("merging somebody who waits to move", replace(WAITING.case(), beside=Client("x", 1, e.Details("A", "B"))), merging.merge, {"reason": "x", "looked": 1}, "move_waits", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_what_is_asked_is_told_to_the_other_team_without_saying_who_it_is() -> None:
    assert facts(moving.ask(HERE.case(), **asks())) == [ASKED]  # type: ignore[arg-type]
    [offered] = moving.offered(
        nobody().case(), move="m1", team="kusten", name="Team Kusten", theirs="stina", seq=22, hash="abc"
    )
    assert (offered.client, offered.fact) == (None, e.MoveOffered("m1", "kusten", "Team Kusten", "stina", 22, "abc"))


def test_who_is_on_the_board_there_is_on_the_board_here_with_what_is_still_to_be_done() -> None:
    there = a_client(case_manager="lars", helps="Kaffe").on_board().then(e.ActionAdded("a1", "Ring apoteket", "lars"))
    there = there.then(e.Admitted("Avd 3", date(2026, 11, 20))).then(
        e.LegalMeasureStarted("l9", "ÖPT", date(2026, 11, 1))
    )
    there = there.then(e.CrisisPlanReviewed(date(2026, 11, 2), True)).then(ASKED, by="lars")
    entries = moving.accept(received(), **takes(there, case_manager="anna", category="crisis_prevention"))  # type: ignore[arg-type]
    assert {entry.client for entry in entries[:-1]} == {"id1"}
    enrolled, moved, put_on, *others, accepted = facts(entries)
    assert isinstance(enrolled, e.ClientEnrolled)
    assert (enrolled.details.case_manager, enrolled.details.helps) == ("anna", "Kaffe")
    assert moved == e.MovedHere("m1", "skogen", "Team Skogen", "their-stina", 7, "abc", NOTE, e.Given.YEAR)
    assert put_on == e.PutOnBoard("crisis_prevention", "Sover inte")
    assert [fact.kind for fact in others] == [
        "admitted",
        "legal_measure_started",
        "crisis_plan_reviewed",
        "action_added",
    ]
    assert accepted == e.MoveAccepted("m1", "skogen", "Team Skogen")
    [away, ended] = facts(moving.gone(there.case(), **GONE))  # type: ignore[arg-type]
    assert away == e.MovedAway(**GONE, asked_by="lars")  # type: ignore[arg-type]
    left = there.then(away).then(ended).client
    assert left
    assert (left.enrolled, left.stay, left.moves.asked, left.moves.went is not None) == (False, None, None, True)


def test_who_was_here_before_goes_on_in_their_own_record() -> None:
    entries = moving.accept(received(who_left()), **takes(a_client(phone="070").then(ASKED, by="lars")))  # type: ignore[arg-type]
    assert [entry.fact.kind for entry in entries] == ["client_enrolled", "moved_here", "move_accepted"]
    assert entries[0].client == "stina"
    still = moving.accept(received(a_client().on_board()), **takes(ON_BOARD))  # type: ignore[arg-type]
    assert [entry.fact.kind for entry in still] == ["moved_here", "move_accepted"]


def test_the_newest_of_what_is_written_comes_along_unless_something_is_locked() -> None:
    version = Version("stina", "about", 3, 40, NOW, "lars", About(who_i_am="Snickare"), Together.TOGETHER)
    [_, _, written, _] = facts(moving.accept(received(), move="m1", elsewhere=elsewhere(WAITING, [version])))
    assert isinstance(written, e.DocumentWritten)
    assert (written.number, written.content) == (1, About(who_i_am="Snickare"))
    assert written.carried == e.Carried("skogen", "stina", 40, 3, "Lars Test", NOW)
    locked = elsewhere(WAITING.then(LOCK), [version])
    entries = facts(moving.accept(received(), move="m1", elsewhere=locked))
    assert [fact.kind for fact in entries] == ["client_enrolled", "moved_here", "move_accepted"]
    assert isinstance(entries[1], e.MovedHere)
    assert entries[1].history is e.Given.NOTHING


def test_a_question_is_over_when_it_is_answered_and_when_the_enrolment_ends() -> None:
    for last in (
        e.MoveWithdrawn("m1", "skogen", "Team Skogen", "x"),
        e.MoveDeclined("m1", "skogen", "Team Skogen", "Fullt", "anna"),
        e.EnrolmentEnded(e.EndReason.MOVED),
    ):
        client = fold_client("stina", WAITING.then(last).story)
        assert client
        assert client.moves.asked is None
    assert moving.over(nobody().case(), move="m1") == []
    assert facts(moving.over(received(), move="m1")) == [e.MoveWithdrawn("m1", "skogen", "Team Skogen")]
    assert facts(moving.over(received(), move="m1", declined=True)) == [e.MoveDeclined("m1", "skogen", "Team Skogen")]
