"""What the access log notes beside a look, as its reader is told it: in their language and their team's time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factboard.domain.access import Look
from factboard.domain.events import Settings
from factboard.domain.people import alias
from factboard.domain.state import Team
from factboard.exporting.disclosing import spelled
from factboard.storage.codec import instant_to_text
from factboard.storage.history import Filter
from factboard.web.access_log.details import detailed
from factboard.web.words.kinds import GROUPS

TEAM = Team("kusten", 1, Settings("Kusten"), {}, {})  # in Stockholm: an hour before UTC in winter, two in summer
FIRST, AFTER = datetime(2026, 10, 31, 23, tzinfo=UTC), datetime(2026, 11, 30, 23, tzinfo=UTC)
BOARD = GROUPS["of_the_board"].kinds


def told(action: str, view: str, detail: str, language: str = "en") -> str:
    return detailed(Look(1, FIRST, "anna", action, view, detail=detail), language, TEAM)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Filter(), ""),
        (Filter(since=FIRST, until=AFTER), "From: Sun 1 Nov 2026; To: Mon 30 Nov 2026"),
        (Filter(since=datetime(2026, 11, 1, 8, 30, tzinfo=UTC)), "From: Sun 1 Nov 2026 09:30"),
        (Filter(kinds=BOARD), "What: All of this: Time on the board"),
        (Filter(kinds=("taken",), automatic=False), "What: Taken on; How it came about: By hand"),
        (
            Filter(clients=("c1",), words="since=x kinds=('y',)"),
            f"Patient: patient {alias('c1')}; Words: since=x kinds=('y',)",
        ),
        (Filter(meeting="m1"), "Meeting: one of the team's meetings"),
        (Filter(actor="anna", category="gone"), "Who did it: anna; Category: gone"),
    ],
    ids=str,
)
def test_a_files_filter_reads_as_on_its_form(asked: Filter, said: str) -> None:
    assert told("exported", "history.csv", spelled(asked)) == said


@pytest.mark.parametrize(
    ("look", "said"),
    [
        (("replay", "board", f"{instant_to_text(FIRST)} no. 12"), "Sun 1 Nov 2026 00:00, fact no. 12"),
        (("read", "statistics", "flag_to_seen first=2026-08-01&last=2026-10-31"), "Sat 1 Aug 2026 – Sat 31 Oct 2026"),
        (("exported", "statistics.xlsx", "first=2026-08-01&last=2026-10-31"), "Sat 1 Aug 2026 – Sat 31 Oct 2026"),
        (("exported", "case_pack", "2026-08-01 2026-10-31 IVO 1/26"), "Sat 1 Aug 2026 – Sat 31 Oct 2026: IVO 1/26"),
        (("export", "sheet", "morning-2026-08-01.html"), "the morning sheet, Sat 1 Aug 2026"),
        (("export", "sheet", "on-call"), "the on-call sheet"),
    ],
    ids=str,
)
def test_days_and_moments_are_the_teams(look: tuple[str, str, str], said: str) -> None:
    found = told(*look)
    assert found.endswith(said)
    assert "first=" not in found
    assert "flag_to" not in found


def test_it_is_told_in_the_readers_language() -> None:
    assert told("export", "flag", "kept on a phone", "sv") == "sparades på en telefon"


@pytest.mark.parametrize(
    ("action", "view", "detail"),
    [
        ("unmasked", "names", "on-call"),
        ("exported", "history.csv", "some=other shape"),
        ("exported", "case_pack", "2026-13-41 2026-10-31 x"),
        ("replay", "board", "yesterday no. 1"),
        ("read", "statistics", "flag_to_seen"),
        ("steal", "attic", "?"),
    ],
)
def test_what_has_no_known_shape_is_shown_as_it_is(action: str, view: str, detail: str) -> None:
    assert told(action, view, detail) == detail
