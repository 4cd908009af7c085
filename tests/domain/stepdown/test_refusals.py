"""Every refusal on the way back to planned care: who asked what in which situation, and what was said."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from factboard.domain import back_up, enrolment, meeting, placement, planned_care, stepdown
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Unknown
from tests.domain.given import TODAY, Refusal, a_client, details, table
from tests.domain.stepdown.given import CLIENT, DAY, announced, on_board, ready, returning
from tests.domain.stepdown.world import World

ON_BOARD = a_client().on_board()
PLAN = {"who": "anna", "every_days": 7, "next": TODAY}
FAR = TODAY + timedelta(days=400)
SUBSTITUTE = {"details": details(case_manager="lars", substitute="lars")}
LEAVES = {"reason": "Vill inte", "declined": True}


def asks(world: World, by: str = "anna", id: str | None = None) -> Case:
    return world.case(by, CLIENT, id)


def paused() -> World:
    world = ready().world()
    world.do(stepdown.pause_for_clock, jump=3_600)
    return world


def in_meeting(
    world: World, by: str = "anna", present: tuple[str, ...] = ("anna", "lars"), discussed: bool = False
) -> Case:
    """A question inside an open meeting, in which the client has been discussed or not."""
    id = world.opens(present)
    if discussed:
        world.discusses(id, CLIENT)
    return asks(world, by, id)


def held(world: World, **more: Any) -> World:
    world.meet(**more)
    return world


def later(world: World, *acts: Callable[[World], object]) -> World:
    for act in acts:
        act(world)
    return world


def next_morning() -> Case:
    """Announced yesterday, and up today: closing this meeting lets them go."""
    return in_meeting(later(announced(), lambda world: world.to(world.now + DAY)), discussed=True)


UNSEEN = on_board(contacts=False).world()

REFUSALS = [
    # planned care
    Refusal("a plan over one that somebody made meanwhile", a_client().then(e.PlannedContactSet("lars", 7, TODAY)).case(seen=21), planned_care.set_planned_contact, PLAN, "plan_changed_meanwhile", Conflict),
    Refusal("a plan by somebody who sees no clients", a_client(), planned_care.set_planned_contact, PLAN | {"who": "maria"}, "unknown_member", Invalid, "who"),
    Refusal("a plan by somebody unknown", a_client(), planned_care.set_planned_contact, PLAN | {"who": "nemo"}, "unknown_member", Invalid, "who"),
    Refusal("a contact every 0 days", a_client(), planned_care.set_planned_contact, PLAN | {"every_days": 0}, "number_out_of_range", Invalid, "every_days"),
    Refusal("a contact every 367 days", a_client(), planned_care.set_planned_contact, PLAN | {"every_days": 367}, "number_out_of_range", Invalid, "every_days"),
    Refusal("a next contact yesterday", a_client(), planned_care.set_planned_contact, PLAN | {"next": TODAY - DAY}, "day_out_of_range", Invalid, "next"),
    Refusal("a next contact after more than a year", a_client(), planned_care.set_planned_contact, PLAN | {"next": FAR}, "day_out_of_range", Invalid, "next"),
    Refusal("a substitute who is the case manager", a_client(), enrolment.correct, SUBSTITUTE, "substitute_is_the_same", Invalid, "substitute"),
    Refusal("a substitute whom nobody knows", a_client(), enrolment.correct, {"details": details(substitute="nemo")}, "unknown_member", Invalid, "substitute"),
    # back up, and back by hand
    Refusal("back up for one who is there", ON_BOARD, back_up.put_back, {}, "already_on_board", Conflict),
    Refusal("back up for one who never was there", a_client(), back_up.put_back, {}, "never_on_board", Conflict),
    Refusal("back up for one who was there in error", ON_BOARD.then(e.EnteredInError("Fel person")), back_up.put_back, {}, "never_on_board", Conflict),
    Refusal("declining without a second person", ON_BOARD, placement.return_to_planned_care, LEAVES, "choose_one", Invalid, "agreed_with"),
    Refusal("declining, agreed with oneself", ON_BOARD, placement.return_to_planned_care, LEAVES | {"agreed_with": "anna"}, "two_people_agree", Invalid, "agreed_with"),
    Refusal("declining, agreed with somebody who sees no clients", ON_BOARD, placement.return_to_planned_care, LEAVES | {"agreed_with": "maria"}, "two_people_agree", Invalid, "agreed_with"),
    # kept on the board
    Refusal("kept on who is not there", a_client(), stepdown.keep_on, {"reason": "Vänta"}, "not_on_board", Conflict),
    Refusal("kept on without a reason", ON_BOARD, stepdown.keep_on, {"reason": " "}, "required", Invalid, "reason"),
    Refusal("kept on until yesterday", ON_BOARD, stepdown.keep_on, {"reason": "Vänta", "until": TODAY - DAY}, "kept_too_long", Invalid, "until"),
    Refusal("kept on for 15 days", ON_BOARD, stepdown.keep_on, {"reason": "Vänta", "until": TODAY + 15 * DAY}, "kept_too_long", Invalid, "until"),
    Refusal("kept on until the end of all days", ON_BOARD, stepdown.keep_on, {"reason": "Vänta", "until": date.max}, "kept_too_long", Invalid, "until"),
    # announced by a person
    Refusal("announced twice", asks(announced("confirm")), stepdown.announce, {}, "already_announced", Conflict),
    Refusal("announced while a meeting is open", in_meeting(ready("confirm").world()), stepdown.announce, {}, "announced_at_closing", Conflict),
    Refusal("announced before they are ready", asks(on_board("confirm").world()), stepdown.announce, {}, "not_ready", Conflict),
    Refusal("announced before any meeting was held", asks(ready("confirm").world()), stepdown.announce, {}, "not_discussed_while_ready", Conflict),
    Refusal("announced when the last meeting passed them over", asks(held(ready("confirm").world(), over=(CLIENT,))), stepdown.announce, {}, "not_discussed_while_ready", Conflict),
    Refusal("announced by somebody who sees no clients", asks(held(ready("confirm").world()), "maria"), stepdown.announce, {}, "clinicians_only", Forbidden),
    Refusal("told of a return that is not planned", ON_BOARD, stepdown.tell, {"informed": e.Informed.YES}, "not_announced", Conflict),
    Refusal("what they think, though nobody has told them", asks(announced()), stepdown.tell, {"informed": e.Informed.NO, "view": "Vill inte"}, "view_without_telling", Invalid, "informed"),
    Refusal("told or not told, who knows", asks(announced()), stepdown.tell, {"informed": e.Informed.UNKNOWN}, "choose_one", Invalid, "informed"),
    # in the meeting
    Refusal("no change for one whom nobody has seen", in_meeting(UNSEEN), meeting.no_change, {"of": CLIENT}, "decide_what_is_done", Conflict),
    Refusal("closing with somebody on the list whom the chair has not seen", next_morning(), meeting.close, {"reason": "Slut", "shown": ()}, "others_return_meanwhile", Conflict),
    Refusal("closing with a keeping without its reason", next_morning(), meeting.close, {"reason": "Slut", "wishes": stepdown.Wishes(keep={CLIENT: stepdown.Keeping("")})}, "required", Invalid, f"keep_{CLIENT}"),
    Refusal("closing with a keeping for too long", next_morning(), meeting.close, {"reason": "Slut", "wishes": stepdown.Wishes(keep={CLIENT: stepdown.Keeping("Vänta", FAR)})}, "kept_too_long", Invalid, f"until_{CLIENT}"),
    # paused
    Refusal("agreeing to let returns go on that go on", in_meeting(ready().world()), stepdown.agree_to_release, {}, "not_paused", Conflict),
    Refusal("agreeing to it without being there", in_meeting(paused(), by="fatima"), stepdown.agree_to_release, {}, "clinicians_in_the_meeting_only", Forbidden),
    Refusal("agreeing to it as somebody who sees no clients", in_meeting(paused(), by="maria", present=("anna", "lars", "maria")), stepdown.agree_to_release, {}, "clinicians_in_the_meeting_only", Forbidden),
    Refusal("agreeing to it outside a meeting", asks(paused()), stepdown.agree_to_release, {}, "unknown_meeting", Unknown),
    Refusal("pausing returns that are paused", asks(paused(), "lars"), stepdown.pause, {"reason": "x"}, "already_paused", Conflict),
    Refusal("pausing returns without leading the team", asks(returning()), stepdown.pause, {"reason": "x"}, "lead_only", Forbidden),
    Refusal("pausing returns without a reason", asks(returning(), "lars"), stepdown.pause, {"reason": " "}, "required", Invalid, "reason"),
    Refusal("letting returns go on that go on", asks(returning(), "lars"), stepdown.release, {"reason": "x"}, "not_paused", Conflict),
    Refusal("letting returns go on, alone, without leading the team", asks(paused()), stepdown.release, {"reason": "x"}, "lead_only", Forbidden),
    Refusal("letting returns go on without a reason", asks(paused(), "lars"), stepdown.release, {"reason": ""}, "required", Invalid, "reason"),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()
