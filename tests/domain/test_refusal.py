"""Every place where a rule refuses is reached by a table, and what a refusal carries."""

from __future__ import annotations

import ast
from pathlib import Path

import factboard.domain
from factboard.domain import refusal
from tests.domain import (
    test_access_check,
    test_accounts,
    test_advocacy,
    test_anchoring,
    test_care,
    test_caseload,
    test_consent,
    test_contact,
    test_documents,
    test_enrolment,
    test_investigation,
    test_meeting,
    test_merging,
    test_moving,
    test_placement,
    test_planned_care,
    test_resource_group,
    test_retention,
    test_roster,
    test_screens,
    test_sip,
    test_strengths,
    test_team,
    test_telling,
    test_tips,
    test_undo,
    test_visits,
)
from tests.domain.given import Refusal
from tests.domain.stepdown import test_refusals as test_stepdown

RULES = Path(factboard.domain.__file__).parent
TABLES: list[Refusal] = [
    *test_accounts.REFUSALS,
    *test_advocacy.REFUSALS,
    *test_anchoring.REFUSALS,
    *test_placement.REFUSALS,
    *test_planned_care.REFUSALS,
    *test_enrolment.REFUSALS,
    *test_team.REFUSALS,
    *test_telling.REFUSALS,
    *test_meeting.REFUSALS,
    *test_merging.REFUSALS,
    *test_moving.REFUSALS,
    *test_care.REFUSALS,
    *test_caseload.REFUSALS,
    *test_consent.REFUSALS,
    *test_contact.REFUSALS,
    *test_documents.REFUSALS,
    *test_resource_group.REFUSALS,
    *test_retention.REFUSALS,
    *test_access_check.REFUSALS,
    *test_investigation.REFUSALS,
    *test_roster.REFUSALS,
    *test_screens.REFUSALS,
    *test_sip.REFUSALS,
    *test_strengths.REFUSALS,
    *test_tips.REFUSALS,
    *test_stepdown.REFUSALS,
    *test_undo.REFUSALS,
    *test_visits.REFUSALS,
    test_undo.refusal("", test_undo.RECENT.then(test_undo.AGAIN), 2, "something_rests_on_it"),
]
HOWS = {"Invalid", "Conflict", "Unknown", "Forbidden"}


def places() -> set[tuple[str, int]]:
    """(file, line) of each `raise` of a refusal in the rules."""
    return {
        (str(path.relative_to(RULES)), node.lineno)
        for path in RULES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) in HOWS
    }


def reached(row: Refusal) -> tuple[str, int]:
    trace = row.refused().__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    assert trace
    return str(Path(trace.tb_frame.f_code.co_filename).relative_to(RULES)), trace.tb_lineno


def test_every_refusal_is_reached_by_a_table() -> None:
    assert len(places()) > 40
    assert places() - {reached(row) for row in TABLES} == set()


def test_a_refusal_is_a_key_with_parameters_and_no_sentence() -> None:
    said = refusal.Invalid("too_long", "reason", limit=500, length=501)
    assert (said.key, said.field, said.params) == ("too_long", "reason", {"limit": 500, "length": 501})
    assert str(said) == "too_long"
    assert refusal.Conflict("not_on_board").meanwhile == ()
