"""Every key that the code can raise has its sentence, and every sentence its parameters."""

import ast
import pickle
import re
from pathlib import Path

import pytest

from factboard.importing import headers, messages, plan
from factboard.importing.problems import LISTED, BadCell, Problem, Unreadable, listed
from tests.importing.files import one_problem

ROOM = Path(messages.__file__).parent
RAISED = {"Unreadable": messages.FILE, "BadCell": messages.CELL}


def calls() -> list[tuple[str, str, set[str]]]:
    """(class, key, parameter names) of every error made with a written-out key."""
    found = []
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in RAISED and node.args:
                names = {keyword.arg or "**" for keyword in node.keywords}
                for constant in ast.walk(node.args[0]):
                    if isinstance(constant, ast.Constant):
                        found.append((ast.unparse(node.func), str(constant.value), names))
    return found


def test_every_error_has_a_sentence_with_just_the_parameters_it_brings() -> None:
    assert len(calls()) > 40
    for kind, key, names in calls():
        wanted = set(re.findall(r"%\((\w+)\)s", RAISED[kind][key]))
        assert wanted <= names, key


def test_no_sentence_stands_idle() -> None:
    source = "".join(path.read_text() for path in ROOM.glob("*.py") if path.name != "messages.py")
    domain = {"too_long", "control_characters"}  # named by factboard.domain.text
    named = {key for _, key, _ in calls()} | domain
    for key in messages.FILE.keys() | messages.CELL.keys():
        assert key in named or f'"{key}"' in source or f"{{name}}_{key.partition('_')[2]}" in source


def test_every_field_and_outcome_has_its_name() -> None:
    assert set(messages.FIELDS) == set(headers.FIELDS)
    assert set(messages.OUTCOMES) == {*plan.Outcome, *plan.OnBoardOutcome}


def test_every_outcome_is_counted_in_words() -> None:
    said = {
        outcome: [
            messages.counted(outcome, count, lambda one, many, count: one if count == 1 else many) for count in (1, 2)
        ]
        for outcome in messages.OUTCOMES
    }
    assert said[plan.Outcome.NEW] == ["new client", "new clients"]
    assert len({one for one, _ in said.values()}) == len(messages.OUTCOMES)


def test_a_problem_reads_as_place_and_sentence_in_the_language_of_the_reader() -> None:
    problem = one_problem("31 februari 1980", "Född")
    assert messages.place(problem, str) == "Line 2, column Född"
    assert messages.sentence(problem, str) == "There is no such day as 31 februari 1980."
    swedish = {"There is no such day as %(value)s.": "Dagen %(value)s finns inte."}
    assert messages.sentence(problem, lambda text: swedish[text]) == "Dagen 31 februari 1980 finns inte."
    assert messages.place(Problem(7, "", "too_many_cells"), str) == "Line 7"


@pytest.mark.parametrize("wrong", [Unreadable("too_large", size=100, limit=20), BadCell("formula", value="100 %s")])
def test_what_a_cell_holds_is_never_a_template(wrong: Unreadable | BadCell) -> None:
    assert "100" in messages.sentence(wrong, str)


@pytest.mark.parametrize("wrong", [Unreadable("too_large", size=100, limit=20), BadCell("formula", value="=1")])
def test_an_error_comes_whole_out_of_another_process(wrong: Unreadable | BadCell) -> None:
    back = pickle.loads(pickle.dumps(wrong))
    assert (back.key, back.params) == (wrong.key, wrong.params)


def test_a_message_lists_what_there_is_and_not_without_end() -> None:
    assert listed(["Namn", "Född"]) == "Namn, Född"
    assert listed(["x" * 1000] * 1000).count(",") == LISTED - 1
    assert len(listed(["x" * 1000] * 1000)) < 3_000
