"""The house rules: who may import whom, who may write history, who may open a stream, how long a file may be.

A room is a module or package right under factboard, or one under factboard/web. A new one gets its line here.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "factboard"
LONGEST = 260  # lines; past about 200 a file is better a folder of the same name

WIRING = {"app", "addresses", "cli", "server", "demo", "__main__", "__init__"}  # these may import anything
COMMON = {
    "settings",
    "assets",
    "metrics",
    "passwords",
    "signing",
    "__version__",
}  # anybody but the rules may import these
WEB_SHARED = {
    f"web/{room}"
    for room in (
        "anchoring",
        "answers",
        "asking",
        "forms",
        "labels",
        "language",
        "pages",
        "past",
        "queued",
        "security",
        "sentences",
        "sessions",
        "sight",
        "telephone",
        "times",
        "words",
    )
} | {"web"}  # what every web job shares

MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "settings": set(),
    "assets": set(),
    "metrics": set(),
    "passwords": set(),
    "signing": set(),
    "logs": set(),
    "access": {"storage"},
    "importing": {"domain"},
    "storage": {"domain"},
    "live": {"domain"},
    "recorder": {"domain", "storage", "live"},
    "bringing_in": {"domain", "storage", "recorder", "importing", "web/words", "web/language"},
    "checkpoints": {"domain", "storage"},
    "address": {"domain"},
    "moving": {"domain", "storage", "recorder"},
    "scheduler": {"domain", "recorder", "storage", "watchman"},
    "retention": {"domain", "recorder", "storage"},
    "shortening": {"domain", "recorder", "storage"},
    "pushing": {"domain", "storage", "web/language"},
    "watchman": {"domain", "recorder", "storage"},
    "public_holidays": set(),
    "exporting": {"domain", "storage", "access", "web/labels", "web/language", "web/sentences", "web/words"},
    "case_pack": {"domain", "storage", "exporting", "checkpoints", "web/access_log", "web/story", "web/pages"}
    | {"web/labels", "web/language", "web/sentences", "web/times", "web/words"},
    "sheets": {"domain", "recorder", "storage", "access", "web/labels", "web/pages"},
    **{shared: {"domain", "storage", "recorder"} | WEB_SHARED for shared in WEB_SHARED},
}
WEB_JOB = {
    "domain",
    "storage",
    "live",
    "recorder",
    "importing",
    "bringing_in",
    "moving",
    "checkpoints",
    "pushing",
    "sheets",
    "exporting",
    "case_pack",
    "public_holidays",
} | WEB_SHARED
MAY_IMPORT["web/access_log"] = WEB_JOB | {"web/statistics"}  # a look behind a figure is told with the figure's name


def room(dotted: str) -> str:
    """The room that a module stands in: `factboard.web.board.cards` stands in `web/board`."""
    parts = dotted.split(".")[1:]
    if not parts:
        return "__init__"
    return "/".join(parts[:2]) if parts[0] == "web" else parts[0]


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


FILES = {path: ast.parse(path.read_text()) for path in sorted(PACKAGE.rglob("*.py"))}


def imported(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every (line, module) that is imported, inside functions too; `from x import y` counts as x.y."""
    package = dotted(path).split(".") if path.name == "__init__.py" else dotted(path).split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)


def is_room(name: str) -> bool:
    """Whether room() named a module of ours and not something defined in a package's own file."""
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def target(module: str) -> str:
    """The room that an import leads to: `from factboard.web import pages` leads to web/pages."""
    found = room(module)
    return found if is_room(found) or "/" not in found else found.partition("/")[0]


def places(path: Path, lines: list[str]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{line}" for line in lines]


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_imports_go_one_way(path: Path) -> None:
    here = room(dotted(path))
    if here in WIRING:
        return
    allowed = MAY_IMPORT.get(here, WEB_JOB if here.startswith("web/") else None)
    assert allowed is not None, f"{here} is a new room: say in MAY_IMPORT what it may import"
    if here != "domain":
        allowed = allowed | COMMON
    ours = [(line, target(module)) for line, module in imported(path, FILES[path]) if module.startswith("factboard.")]
    assert places(path, [f"{line} {there}" for line, there in ours if there not in allowed | {here}]) == []


@pytest.mark.parametrize("path", [path for path in FILES if room(dotted(path)) == "domain"], ids=dotted)
def test_the_rules_know_only_the_standard_library_and_neither_clock_nor_await(path: Path) -> None:
    foreign = [
        f"{line} {module}"
        for line, module in imported(path, FILES[path])
        if module.split(".")[0] not in sys.stdlib_module_names | {"factboard"} or module.startswith("gettext")
    ]
    waits = [
        f"{node.lineno} await"
        for node in ast.walk(FILES[path])
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
    ]
    clocks = [
        f"{node.lineno} {node.func.attr}()"
        for node in ast.walk(FILES[path])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today", "monotonic", "perf_counter"}
    ]
    assert places(path, foreign + waits + clocks) == []


def writes_history(node: ast.AST) -> bool:
    """A call of history.append, begin or end, or a statement of its own on the history table."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith("factboard.storage.history") and bool(
            {alias.name for alias in node.names} & {"append", "begin", "end"}
        )
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func).split(".")
    if called[-2:] in (["history", "append"], ["history", "begin"], ["history", "end"]):
        return True
    on = ast.unparse(node.args[0]) if node.args else ""
    return called[-1] in {"insert", "update", "delete"} and on in {"history", "tables.history"}


def test_only_the_recorder_appends_history() -> None:
    writers = {dotted(path) for path, tree in FILES.items() if any(map(writes_history, ast.walk(tree)))}
    assert "factboard.storage.history.writing" in writers
    assert {writer.removesuffix(".writing") for writer in writers if room(writer) != "recorder"} == {
        "factboard.storage.history"
    }


def test_only_web_live_opens_a_stream() -> None:
    signs = ("EventSourceResponse", "text/event-stream")
    assert {room(dotted(path)) for path in FILES if any(sign in path.read_text() for sign in signs)} == {"web/live"}


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_no_file_outgrows_its_room(path: Path) -> None:
    lines = path.read_text().count("\n")
    assert lines <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_every_room_says_what_it_is_for(path: Path) -> None:
    if path.name != "__init__.py" or path.stat().st_size:
        assert ast.get_docstring(FILES[path])


LOADS = (  # what reads states of clients; whoever shows them asks the gate first
    "person", "client", "clients", "states", "on_board", "on_board_page", "on_agenda", "on_wall", "in_care", "caseload",
    "search",
)  # fmt: skip
UNSEEN = {  # loads states that it shows to nobody
    "factboard.web.access_log.asked",  # an auditor's, whose gate is masking
    "factboard.web.access_log.choosing",
    "factboard.web.access_log.naming",
    "factboard.web.client.twice",  # says only that somebody is known already
    "factboard.web.moving.before",  # of another team: what is locked there is not read at all
}


def loads_clients(tree: ast.AST) -> bool:
    calls = (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(call in {f"projections.{name}" for name in LOADS} or call.endswith("caseload.of") for call in calls)


def asks_the_gate(tree: ast.AST) -> bool:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return bool(names & {"eyes", "Eyes", "require", "withheld", "sees"})


def test_no_page_loads_clients_without_asking_what_its_reader_may_see() -> None:
    shows = {dotted(path): tree for path, tree in FILES.items() if room(dotted(path)).startswith("web/")}
    found = {name for name, tree in shows.items() if loads_clients(tree) and not asks_the_gate(tree)}
    assert sorted(found - UNSEEN) == [], "what it loads goes through web/sight, or nobody sees it"
