"""The command line: each command does what it says, and each failure is one clear line and exit code 1."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import httpx2
import pytest
import structlog
from sqlalchemy import make_url, text

from factboard.cli import main
from factboard.cli.ticking import PLAIN
from factboard.demo import make
from factboard.domain import events as e
from factboard.domain.louder import FACTS
from factboard.storage import accounts, history, projections, service
from factboard.storage.codec import recorded
from factboard.storage.engine import Store
from tests.importing.files import delimited

PASSWORD = "ett långt lösenord"
SECRET = "only for this test, and long enough to be taken"
WAITS = "1 return waits for the next held meeting."
FILE = delimited(
    [("Namn", "Född", "Case manager", "Kategori", "Orsak"),
     ("Prov, Göran", "1958-03-05", "lars", "kortvarigt intensiv", "Sover inte"),
     ("Exempel, Åsa", "1971-01-02", "", "", "")]
)  # fmt: skip


@dataclass
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command on a migrated database of its own; away from any developer's .env."""
    monkeypatch.setenv("FACTBOARD_DATABASE_URL", sqlite_url)
    monkeypatch.delenv("FACTBOARD_SECRET_KEY", raising=False)
    monkeypatch.setenv("FACTBOARD_NEW_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["factboard", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return Ran(int(end.value.code or 0), printed.out, printed.err)

    return go


@pytest.fixture
def a_team(run: Run) -> None:
    assert run("team", "add", "kusten", "--name", "Team Kusten").code == 0
    assert run("user", "add", "Lars", "--name", "Lars Test", "--team", "kusten", "--role", "lead").code == 0


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "lista.csv"
    path.write_bytes(FILE)
    return str(path)


def facts(url: str, team: str = "kusten") -> list[e.Recorded]:
    async def read() -> list[e.Recorded]:
        store = Store(url)
        try:
            async with store.reading() as connection:
                return [recorded(row) async for row in history.rows(connection, team)]
        finally:
            await store.close()

    return asyncio.run(read())


def one_line(ran: Ran) -> str:
    """The one line that a failure is."""
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("factboard: ")
    return ran.err


COMMANDS = (
    "migrate", "serve", "demo", "tick", "import", "export", "team add", "user add", "history verify",
    "history case-pack", "history verify-pack", "history rebuild",
    "history checkpoint",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert ran.code == 0
    assert f"factboard {command}" in ran.out.split("Example:")[1]


def test_the_module_is_the_command(run: Run) -> None:
    ran = subprocess.run([sys.executable, "-m", "factboard", "--help"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert "migrate" in ran.stdout


def test_a_new_database_is_migrated_once_and_again(run: Run, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    assert "migrate" in one_line(run("team", "add", "kusten", "--name", "K", "--database", url))
    assert not (tmp_path / "new.db").exists()
    for _ in range(2):
        assert run("migrate", "--database", url).code == 0
    assert run("team", "add", "kusten", "--name", "K", "--database", url).code == 0


def test_the_first_team_and_its_people(run: Run, a_team: None, sqlite_url: str) -> None:
    told = facts(sqlite_url)
    assert told[0].fact == e.HistoryStarted("Team Kusten")
    assert isinstance(told[-1].fact, e.MemberAdded)
    assert (told[-1].actor, told[-1].fact.member.username) == ("command_line", "lars")
    assert run("user", "add", "adam", "--name", "Adam Test", "--admin").code == 0

    async def adam() -> accounts.User | None:
        store = Store(sqlite_url)
        async with store.reading() as connection:
            known = await accounts.by_username(connection, "adam")
        await store.close()
        return known

    known = asyncio.run(adam())
    assert known
    assert known.admin
    assert PASSWORD not in known.password


def test_what_cannot_be_added_is_one_line(run: Run, a_team: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "with this id already" in one_line(run("team", "add", "kusten", "--name", "Igen"))
    assert "team's id" in one_line(run("team", "add", "system", "--name", "System"))
    assert "team's id" in one_line(run("team", "add", "Två ord", "--name", "x"))
    assert "no such team" in one_line(run("user", "add", "nora", "--name", "Nora", "--team", "norra"))
    assert "works in the team already" in one_line(run("user", "add", "lars", "--name", "L", "--team", "kusten"))
    assert "user name already" in one_line(run("user", "add", "lars", "--name", "L"))
    assert "--team" in one_line(run("user", "add", "x1", "--name", "X", "--team", "kusten", "--admin"))
    assert "--admin" in one_line(run("user", "add", "x1", "--name", "X", "--role", "admin"))
    monkeypatch.setenv("FACTBOARD_NEW_PASSWORD", "kort")
    assert "12 characters" in one_line(run("user", "add", "x1", "--name", "X"))
    assert run("user", "add", "x1").code == 2  # usage


class TestExport:
    def test_each_form_of_file_holds_the_history_and_is_logged(
        self, run: Run, a_team: None, file: str, sqlite_url: str, tmp_path: Path
    ) -> None:
        run("import", file, "--team", "kusten")
        last = facts(sqlite_url)[-1].seq
        for ending in ("csv", "xlsx", "jsonl"):
            ran = run("export", str(tmp_path / f"ut.{ending}"), "--team", "kusten")
            assert ran.out == f"{last} facts of kusten are in {tmp_path / 'ut'}.{ending}.\n"
        assert "Göran Prov" in (tmp_path / "ut.csv").read_text("utf-8-sig")
        assert (tmp_path / "ut.jsonl").read_text().count("\n") == last
        assert (tmp_path / "ut.csv").stat().st_mode & 0o777 == 0o600
        assert sorted(path.name for path in tmp_path.glob(".ut*")) == []
        with sqlite3.connect(make_url(sqlite_url).database or "") as plain:
            logged = plain.execute("SELECT DISTINCT actor, action, client IS NULL FROM access_log").fetchall()
        assert {("command_line", "exported", 0), ("command_line", "exported", 1)} <= set(logged)

    def test_a_part_of_it_by_codes_in_english(
        self, run: Run, a_team: None, file: str, sqlite_url: str, tmp_path: Path
    ) -> None:
        run("import", file, "--team", "kusten")
        out = tmp_path / "part.csv"
        part = ("--kind", "client_enrolled", "--since", "2020-01-01", "--codes", "--language", "en")
        assert run("export", str(out), "--team", "kusten", *part).out.startswith("2 facts")
        text = out.read_text("utf-8-sig")
        assert text.startswith("No.,Day,Time,What happened,Patient")
        assert "Göran" not in text
        assert run("export", str(tmp_path / "none.csv"), "--team", "kusten", "--until", "2020-01-01").out.startswith(
            "0 "
        )

    def test_what_cannot_be_exported_is_one_line_and_no_file(self, run: Run, a_team: None, tmp_path: Path) -> None:
        there = tmp_path / "there.csv"
        there.write_text("mine")
        assert "already" in one_line(run("export", str(there), "--team", "kusten"))
        assert there.read_text() == "mine"
        assert ".csv, .xlsx or .jsonl" in one_line(run("export", str(tmp_path / "x.pdf"), "--team", "kusten"))
        assert "no team norra" in one_line(run("export", str(tmp_path / "x.csv"), "--team", "norra"))
        assert "no day" in one_line(run("export", str(tmp_path / "x.csv"), "--team", "kusten", "--since", "igår"))
        assert "no day" in one_line(run("export", str(tmp_path / "x.csv"), "--team", "kusten", "--until", "9999-12-31"))
        assert "speaks" in one_line(run("export", str(tmp_path / "x.csv"), "--team", "kusten", "--language", "fi"))
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("x", ".x"))] == []


class TestCasePack:
    def test_it_is_made_signed_and_checked(
        self, run: Run, a_team: None, file: str, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("import", file, "--team", "kusten")
        client = next(row.client for row in facts(sqlite_url) if row.fact.kind == "put_on_board")
        today, out = datetime.now(ZoneInfo("Europe/Stockholm")).date().isoformat(), str(tmp_path / "case.zip")
        asked = ("--team", "kusten", "--client", str(client), "--first", "2026-01-01", "--last", today, "--why", "prov")
        assert "must be signed" in one_line(run("history", "case-pack", out, *asked))
        monkeypatch.setenv("FACTBOARD_SECRET_KEY", SECRET)
        assert "no client" in one_line(run("history", "case-pack", out, *asked, "--client", "x"))
        assert "no day" in one_line(run("history", "case-pack", out, *asked, "--last", "igår"))
        assert not Path(out).exists()
        assert "signed" in run("history", "case-pack", out, *asked).out
        assert "already" in one_line(run("history", "case-pack", out, *asked))
        checked = run("history", "verify-pack", out).out
        assert "as it was signed" in checked
        key = checked.partition("by the key ")[2].partition(":")[0]
        assert "as you say" in run("history", "verify-pack", out, "--key", key).out
        assert "another key" in one_line(run("history", "verify-pack", out, "--key", "0000"))
        Path(out).write_bytes(Path(out).read_bytes()[:-50])
        assert "must not be relied on" in one_line(run("history", "verify-pack", out))


class TestImport:
    def test_a_dry_run_says_line_by_line_and_changes_nothing(
        self, run: Run, a_team: None, file: str, sqlite_url: str
    ) -> None:
        before = facts(sqlite_url)
        ran = run("import", file, "--team", "kusten", "--dry-run")
        assert ran.code == 0
        assert "2  Göran Prov 1958-03-05: Ny i teamet, Sätts upp på tavlan" in ran.out
        assert "3  Åsa Exempel 1971-01-02: Ny i teamet" in ran.out
        assert "\n2 nya i teamet\n1 sätts upp på tavlan\n" in ran.out
        assert facts(sqlite_url) == before

    def test_all_of_it_comes_in_and_again_changes_nothing(
        self, run: Run, a_team: None, file: str, sqlite_url: str
    ) -> None:
        ran = run("import", file, "--team", "kusten")
        assert ran.code == 0
        assert ran.err == ""
        last = facts(sqlite_url)[-1]
        assert last.fact == e.Imported("lista.csv", getattr(last.fact, "digest", ""), 2, 2, 0, 1)
        assert str(last.seq) in ran.out
        again = run("import", file, "--team", "kusten")
        assert again.code == 0
        assert "Inget i filen är nytt" in again.out
        assert facts(sqlite_url)[-1] == last

    def test_each_bad_line_is_named_and_nothing_comes_in(
        self, run: Run, a_team: None, tmp_path: Path, sqlite_url: str
    ) -> None:
        bad = tmp_path / "bad.csv"
        bad.write_bytes(delimited([("Namn", "Född"), ("Prov, Göran", "1980-02-31"), ("Ek", "igår"), ("Ek, Bo", "")]))
        before = facts(sqlite_url)
        ran = run("import", str(bad), "--team", "kusten")
        assert ran.code == 1
        lines = ran.err.splitlines()
        assert [line.split(":")[1].strip() for line in lines[:-1]] == [
            "Rad 2, kolumn Född",
            "Rad 3, kolumn Namn",
            "Rad 3, kolumn Född",
        ]
        assert facts(sqlite_url) == before

    def test_a_case_manager_nobody_knows_can_be_left_out(self, run: Run, a_team: None, tmp_path: Path) -> None:
        path = tmp_path / "lista.csv"
        path.write_bytes(delimited([("Namn", "Kontaktperson"), ("Prov, Göran", "Nils Okänd")]))
        ran = run("import", str(path), "--team", "kusten")
        assert ran.code == 1
        assert '--map "Kontaktperson="' in ran.err
        assert run("import", str(path), "--team", "kusten", "--map", "Kontaktperson=").code == 0

    def test_columns_and_sheet_are_given_by_hand(self, run: Run, a_team: None, tmp_path: Path) -> None:
        odd = tmp_path / "odd.csv"
        odd.write_bytes(delimited([("Vem?", "Ring"), ("Prov, Göran", "070-1")]))
        assert "Ring" in one_line(run("import", str(odd), "--team", "kusten"))
        ran = run("import", str(odd), "--team", "kusten", "--map", "Vem?=full_name", "--map", "Ring=phone")
        assert ran.code == 0
        assert "full_name" in one_line(run("import", str(odd), "--team", "kusten", "--map", "Vem?=namnet"))
        assert "Vem" in one_line(run("import", str(odd), "--team", "kusten", "--map", "Vem?"))
        assert "Norr" in one_line(run("import", str(odd), "--team", "kusten", "--sheet", "Norr"))

    def test_what_is_not_there_is_one_line(self, run: Run, a_team: None, file: str, tmp_path: Path) -> None:
        assert "no such team" in one_line(run("import", file, "--team", "norra"))
        assert "nowhere.csv" in one_line(run("import", "nowhere.csv", "--team", "kusten"))
        assert str(tmp_path) in one_line(run("import", str(tmp_path), "--team", "kusten"))
        (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7")
        one_line(run("import", str(tmp_path / "x.xlsx"), "--team", "kusten"))


class TestHistory:
    def test_a_whole_one_is_whole(self, run: Run, a_team: None, file: str) -> None:
        run("import", file, "--team", "kusten")
        ran = run("history", "verify")
        assert ran.code == 0
        assert "kusten: 13 facts, the chain is whole." in ran.out
        assert "system: " in ran.out
        told = run("history", "verify", "--team", "kusten").out.splitlines()
        assert len(told) == 2
        assert "the chain alone does not show it" in told[1]
        assert "norra" in one_line(run("history", "verify", "--team", "norra"))

    def test_a_tampered_one_is_named_at_its_row(self, run: Run, a_team: None, sqlite_url: str) -> None:
        change(sqlite_url, "DROP TRIGGER history_refuses_update", "UPDATE history SET actor = 'x' WHERE seq = 4")
        assert "kusten is broken at no. 4 (hash)" in one_line(run("history", "verify", "--team", "kusten"))

    def test_only_a_checkpoint_shows_that_its_end_was_cut_off(
        self, run: Run, a_team: None, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "FACTBOARD_SECRET_KEY" in one_line(run("history", "checkpoint"))
        monkeypatch.setenv("FACTBOARD_SECRET_KEY", SECRET)
        end = len(facts(sqlite_url))
        told = run("history", "checkpoint", "--team", "kusten", "--to", "kept").out
        assert f"kusten: no. {end} of " in told
        key = told.splitlines()[-1].split("key ")[1].rstrip(".")
        file = f"kept/kusten-{end:010d}.txt"
        verify = ("history", "verify", "--team", "kusten")
        assert f"{end} facts, the chain is whole, and as 1 checkpoint says" in run(*verify, "--checkpoint", file).out

        monkeypatch.setenv("FACTBOARD_SECRET_KEY", "somebody else's service, or a new key")
        assert f'--key "{key}"' in one_line(run(*verify, "--checkpoint", "kept"))
        assert run(*verify, "--checkpoint", "kept", "--key", key).code == 0
        text = (tmp_path / file).read_text()
        (tmp_path / "forged.txt").write_text(text.replace(f"seq: {end}", f"seq: {end - 1}"))
        assert "its signature does not hold" in one_line(run(*verify, "--checkpoint", "forged.txt", "--key", key))
        (tmp_path / "letter.txt").write_text("Hej")
        assert "letter.txt holds no checkpoint" in one_line(run(*verify, "--checkpoint", "letter.txt"))
        assert "none.txt" in one_line(run(*verify, "--checkpoint", "none.txt"))
        assert "history is not asked about" in one_line(
            run("history", "verify", "--team", "system", "--checkpoint", file, "--key", key)
        )

        cut = f"DELETE FROM history WHERE seq = {end} AND team = 'kusten'"
        note = (
            f"UPDATE stream SET seq = {end - 1}, hash = (SELECT hash FROM history WHERE team = 'kusten' AND seq = "
            f"{end - 1}) WHERE team = 'kusten'"
        )
        change(sqlite_url, "DROP TRIGGER history_refuses_delete", cut, note)
        assert run(*verify).code == 0  # the chain alone does not show it
        missing = f"kusten is broken at no. {end} (missing)"
        assert missing in one_line(run(*verify, "--checkpoint", file, "--key", key))
        monkeypatch.setenv("FACTBOARD_SECRET_KEY", SECRET)
        monkeypatch.setenv("FACTBOARD_CHECKPOINTS", "kept")
        assert missing in one_line(run(*verify))  # the second place is always asked
        assert missing in one_line(run("history", "checkpoint", "--team", "kusten"))

        gone = ("DELETE FROM history WHERE team = 'kusten'", "DELETE FROM stream WHERE team = 'kusten'")
        change(sqlite_url, *gone)
        assert "checkpoints of kusten in kept, and no such history" in one_line(run("history", "verify"))

    def test_a_shortened_one_is_missing_its_end(self, run: Run, a_team: None, sqlite_url: str) -> None:
        end = len(facts(sqlite_url))
        change(sqlite_url, "DROP TRIGGER history_refuses_delete", f"DELETE FROM history WHERE seq = {end}")
        assert "(missing)" in one_line(run("history", "verify"))

    @pytest.mark.parametrize(
        ("damage", "told"),
        [
            ("UPDATE client SET on_board = 0", "on_board differs"),
            ("UPDATE client SET state = replace(state, 'Göran', 'Gustav')", "state differs"),
            ("DELETE FROM membership", "it is missing"),
            ("UPDATE team SET name = 'x'", "name differs"),
            ("INSERT INTO notice VALUES ('kusten', 'lars', 99, 'c', 0)", "it should not be there"),
        ],
    )
    def test_read_tables_that_differ_are_named_and_mended(
        self, run: Run, a_team: None, file: str, sqlite_url: str, damage: str, told: str
    ) -> None:
        run("import", file, "--team", "kusten")
        assert run("history", "rebuild", "--check").code == 0
        change(sqlite_url, damage)
        ran = run("history", "rebuild", "--check")
        assert told in one_line(ran)
        assert "Göran" not in ran.err
        assert run("history", "rebuild").code == 0
        assert run("history", "rebuild", "--check").code == 0


def change(url: str, *statements: str) -> None:
    """Do to the database what nothing of ours would do."""

    async def go() -> None:
        store = Store(url)
        async with store.writing() as connection:
            for statement in statements:
                await connection.execute(text(statement))
        await store.close()

    asyncio.run(go())


def test_a_database_that_cannot_be_used_is_one_line(run: Run, tmp_path: Path) -> None:
    def tell(url: str) -> str:
        return one_line(run("history", "verify", "--database", url))

    assert "sqlite+aiosqlite" in tell("mysql://localhost/x")
    assert "sqlite+aiosqlite" in tell("no address at all")
    assert "no database" in tell(f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    told = tell("postgresql+asyncpg://anna:hemligt@127.0.0.1:1/x")
    assert "cannot be reached" in told
    assert "hemligt" not in told
    (tmp_path / "no.db").write_text("this is a letter, not a database")
    tell(f"sqlite+aiosqlite:///{tmp_path / 'no.db'}")


class TestTick:
    @pytest.fixture(autouse=True)
    def logs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is set up for logging would last as long as the tests' own process."""
        monkeypatch.setattr("factboard.cli.ticking.logs.set_up", lambda *_: None)
        for module in ("scheduler", "watchman"):
            monkeypatch.setattr(f"factboard.{module}.log", structlog.testing.CapturingLogger())

    @pytest.fixture
    def at(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
        """The next tick is at this instant, after another start of the machine: its clock was not put forward."""

        def go(now: datetime) -> None:
            monkeypatch.setattr("factboard.cli.common.datetime", SimpleNamespace(now=lambda _: now))
            monkeypatch.setattr("factboard.watchman.this_boot", lambda: f"the start before {now}")

        return go

    def test_what_fell_due_is_done_once_and_not_again(
        self,
        run: Run,
        a_team: None,
        sqlite_url: str,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        at: Callable[[datetime], None],
    ) -> None:
        assert run("tick").out == "Nothing was due.\n"
        now = facts(sqlite_url)[0].at
        friday = (now + timedelta(days=11 - now.weekday())).replace(hour=15)  # of next week, in the afternoon in Sweden
        at(friday)
        monkeypatch.setenv("FACTBOARD_SHEETS", str(tmp_path / "sheets"))
        assert sorted(run("tick").out.splitlines()) == [
            "1 meeting was not held.",
            "1 sheet for paper was written.",
            "1 time was noted in which nobody was served.",
        ]
        new = {row.fact.kind: row for row in facts(sqlite_url)[-2:]}
        assert set(new) == {"meeting_not_held", "sheet_written"}
        assert {(row.actor, row.at) for row in new.values()} == {("factboard", friday)}
        assert [file.name for file in (tmp_path / "sheets" / "kusten").iterdir()] == [f"on-call-{friday.date()}.html"]
        assert run("tick").out == "Nothing was due.\n"

    def test_what_gets_louder_is_counted_by_kind(
        self, run: Run, a_team: None, file: str, sqlite_url: str, at: Callable[[datetime], None]
    ) -> None:
        run("import", file, "--team", "kusten")
        at(facts(sqlite_url)[0].at + timedelta(days=40))
        ran = run("tick")
        assert ran.code == 0
        assert "2 reviews are overdue.\n" in ran.out
        assert "2 clients have gone unseen for too long.\n" in ran.out
        assert {row.actor for row in facts(sqlite_url) if row.fact.kind == "review_fell_due"} == {"factboard"}
        assert run("tick").out == "Nothing was due.\n"

    @pytest.mark.parametrize(("served", "said"), [(True, "1 client went back to planned care."), (False, WAITS)])
    def test_a_tick_alone_lets_nobody_return(
        self, run: Run, sqlite_url: str, at: Callable[[datetime], None], served: bool, said: str
    ) -> None:
        due = asyncio.run(_somebody_returns_today(sqlite_url))
        now = due + timedelta(seconds=10)
        asyncio.run(_sign_of_work(sqlite_url, now - timedelta(seconds=20) if served else due - timedelta(hours=2)))
        at(now)
        ran = run("tick")
        assert ran.code == 0
        assert said in ran.out.splitlines()
        assert ("went back" in ran.out) is served

    def test_what_is_logged_is_not_among_what_was_done(self, a_team: None, sqlite_url: str) -> None:
        asyncio.run(_sign_of_work(sqlite_url, facts(sqlite_url)[0].at - timedelta(hours=2)))
        ran = subprocess.run([sys.executable, "-m", "factboard", "tick"], capture_output=True, text=True, check=False)
        assert ran.stdout == "1 time was noted in which nobody was served.\n"
        assert "nobody was served" in ran.stderr

    def test_its_help_says_so(self, run: Run) -> None:
        said = " ".join(run("tick", "--help").out.split())
        assert "a tick alone lets nobody return" in said

    def test_every_kind_that_falls_due_is_said_in_plain_words(self) -> None:
        by_itself = {fact.kind for fact in FACTS.values()} | {
            "meeting_not_held", "meeting_closed", "client_discussed", "not_discussed", "sheet_written", "returned",
            "return_postponed", "announcement_withdrawn", "returns_paused", "service_was_down", "redacted",
            "access_log_shortened",
        }  # fmt: skip
        assert set(PLAIN) == by_itself

    def test_what_cannot_be_done_is_one_line(
        self,
        run: Run,
        a_team: None,
        sqlite_url: str,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        at: Callable[[datetime], None],
    ) -> None:
        now = facts(sqlite_url)[0].at
        at((now + timedelta(days=11 - now.weekday())).replace(hour=15))
        (tmp_path / "sheets").write_text("a file where the folder should be")
        monkeypatch.setenv("FACTBOARD_SHEETS", str(tmp_path / "sheets"))
        ran = run("tick")
        assert ran.code == 1
        assert ran.out == "1 meeting was not held.\n"
        assert ran.err.splitlines()[-1].startswith("factboard: Something that is due could not be done")
        assert facts(sqlite_url)[-1].fact.kind == "meeting_not_held"


async def _somebody_returns_today(url: str) -> datetime:
    """Makes a small demo in which it is so; when (UTC)."""
    store = Store(url)
    try:
        now = await make(store, date(2026, 11, 23), clients=40, weeks=6)
        async with store.reading() as connection:
            board = await projections.on_board(connection, "kusten")
    finally:
        await store.close()
    (due,) = {one.stay.announced.due for one in board if one.stay and one.stay.announced and one.stay.announced.due}
    assert due is not None
    assert due > now
    return due


async def _sign_of_work(url: str, at: datetime) -> None:
    """The service was at work then, and not since."""
    store = Store(url)
    async with store.writing() as connection:
        await service.leave_sign(connection, service.AtWork(at, 0.0, "an earlier start"))
    await store.close()


class TestServe:
    def test_it_wants_a_secret_and_a_migrated_database(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        assert "FACTBOARD_SECRET_KEY" in one_line(run("serve"))
        monkeypatch.setenv("FACTBOARD_SECRET_KEY", "x" * 31)
        assert "32 characters" in one_line(run("serve"))
        monkeypatch.setenv("FACTBOARD_SECRET_KEY", SECRET)
        assert "migrate" in one_line(run("serve", "--database", f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"))
        monkeypatch.setenv("FACTBOARD_SESSION_HOURS", "1000")
        assert "session_hours" in one_line(run("serve"))

    def test_one_process_a_file_and_a_port_of_its_own(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("FACTBOARD_SECRET_KEY", SECRET)
        port = free_port()
        first = subprocess.Popen(
            [sys.executable, "-m", "factboard", "serve", "--port", str(port)], stderr=subprocess.PIPE, env=os.environ
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            assert "already serves" in one_line(run("serve", "--port", str(free_port())))
            other = f"sqlite+aiosqlite:///{tmp_path / 'other.db'}"
            assert run("migrate", "--database", other).code == 0
            assert f"127.0.0.1:{port} is in use" in one_line(run("serve", "--port", str(port), "--database", other))
            # Other commands work beside it.
            assert run("team", "add", "kusten", "--name", "Team Kusten").code == 0
        finally:
            first.send_signal(signal.SIGTERM)
            _, log = first.communicate(timeout=10)
        assert first.returncode == -signal.SIGTERM  # it ends by the signal it was sent, after its streams
        assert b"Traceback" not in log


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            assert httpx2.get(address, timeout=2).status_code == 200
            return
        except httpx2.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
