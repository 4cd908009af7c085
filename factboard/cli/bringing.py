"""`import`: a team's file from the command line. What concerns the file is told in the team's language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from factboard.bringing_in import File, LineRefused, NotOk, Prepared, bring_in, prepare
from factboard.cli.common import Database, Stop, bars, in_database
from factboard.domain.people import COMMAND_LINE
from factboard.domain.refusal import Unknown
from factboard.importing.layout import choose, mapping_from
from factboard.importing.messages import OUTCOMES, counted, place, sentence
from factboard.importing.plan import Plan
from factboard.importing.problems import Problem, Unreadable
from factboard.importing.sheets import load
from factboard.recorder import Recorder
from factboard.storage import projections
from factboard.web.language import N_, catalogue
from factboard.web.words import words_for

READING, WRITING = N_("Reading"), N_("Bringing in")
NOTHING_NEW = N_("Nothing in this file is new. Nothing was changed.")
LEAVE_OUT = N_("To leave the column out, add: %(option)s")
NOTHING_DONE = N_("Nothing was brought in.")
DRY_RUN = N_("This was a dry run. Nothing was brought in.")
BROUGHT_IN = N_("Brought in, no. %(seq)s in the history.")

Gettext = Callable[[str], str]
NGettext = Callable[[str, str, int], str]


def add_to(app: typer.Typer) -> None:
    app.command("import", epilog='Example: factboard import caseload.xlsx --team kusten --map "Namn=full_name"')(
        import_file
    )


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX, as the team has it.")],
    team: Annotated[str, typer.Option(help="The team whose clients these are.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show line by line what would happen.")] = False,
    map: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=FIELD", help="What a column holds; an empty field leaves it out. May be repeated."
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read, where there are several.")] = None,
    database: Database = None,
) -> None:
    """Bring in a team's clients and today's board: every line, or none."""

    async def work(recorder: Recorder) -> list[str]:
        async with recorder.store.reading() as connection:
            state = await projections.team(connection, team)
        if state is None:
            raise Unknown("unknown_team")
        sentences = catalogue(state.settings.language)
        gettext = sentences.gettext
        try:
            sheets = load(file)
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            layout = choose(sheets, mapping_from(map or ()), sheet)
            with bars() as shown:
                prepared = await prepare(recorder, team, COMMAND_LINE, layout, _bar(shown, gettext(READING)))
                _whole(prepared.plan, gettext)
                if dry_run:
                    counts = _counts(prepared.plan, sentences.ngettext)
                    return [*_lines(prepared, gettext), *counts, gettext(DRY_RUN)]
                writing = _bar(shown, gettext(WRITING))
                receipt, plan = await bring_in(recorder, COMMAND_LINE, File(file.name, digest), prepared, writing)
        except Unreadable as no:
            raise Stop(sentence(no, gettext)) from None
        except LineRefused as no:
            words = words_for(state.settings, state.settings.language)
            where = place(Problem(no.line, "", ""), gettext)
            raise Stop(f"{where}: {words.refusal(no.refusal)}", gettext(NOTHING_DONE)) from None
        except NotOk as no:
            _whole(no.prepared.plan, gettext)
            words = words_for(state.settings, state.settings.language)
            raise Stop(words.problem("changed_meanwhile"), gettext(NOTHING_DONE)) from None
        if receipt is None:
            return [*_counts(plan, sentences.ngettext), gettext(NOTHING_NEW)]
        return [*_counts(plan, sentences.ngettext), gettext(BROUGHT_IN) % {"seq": receipt.seq}]

    print("\n".join(in_database(database, work)))


def _whole(plan: Plan, gettext: Gettext) -> None:
    """Raises `Stop` with every line that cannot come in."""
    if not plan.ok:
        told = (f"{place(wrong, gettext)}: {sentence(wrong, gettext)}" for wrong in plan.problems)
        unknown = {wrong.column for wrong in plan.problems if wrong.key == "unknown_case_manager"}
        left_out = (gettext(LEAVE_OUT) % {"option": f'--map "{column}="'} for column in unknown)
        raise Stop(*told, *left_out, gettext(NOTHING_DONE))


def _lines(prepared: Prepared, gettext: Gettext) -> list[str]:
    lines = []
    for row in prepared.plan.rows:
        does = ", ".join(gettext(OUTCOMES[outcome]) for outcome in (row.outcome, row.board) if outcome)
        name = f"{row.row.name} {row.born or ''}".strip()
        lines.append(f"{row.row.line:>6}  {name}: {does}")
    return lines


def _counts(plan: Plan, ngettext: NGettext) -> list[str]:
    return [f"{count} {counted(outcome, count, ngettext)}" for outcome, count in plan.counts.items()]


def _bar(shown: Progress, words: str) -> Callable[[int, int], None]:
    task = shown.add_task(words, total=None)
    return lambda done, total: shown.update(task, completed=done, total=total)
