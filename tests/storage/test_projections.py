"""The read tables on both engines: search, the board, namesakes, notices, memberships."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factboard.domain import enrolment, placement, team
from factboard.domain import events as e
from factboard.domain.notices import Notice, read_notice
from factboard.domain.people import code
from factboard.domain.refusal import Unknown
from factboard.domain.text import folded
from factboard.recorder import Recorder
from factboard.storage import projections
from tests.conftest import TEAM, Clock, a_client, a_team

FLAG = {"category": "short_intensive", "reason": "Sover inte"}


async def found(recorder: Recorder, text: str, team: str = TEAM, **more: bool) -> set[str]:
    """The surnames that a search finds."""
    async with recorder.store.reading() as connection:
        return {known.details.surname for known in await projections.search(connection, team, text, **more)}


async def a_caseload(recorder: Recorder) -> None:
    await a_team(recorder)
    for surname, first, more in (
        ("Öberg-Testsson", "Åsa", {"birth_date": date(1980, 1, 2)}),
        ("Łukaszewicz", "Søren", {}),
        ("العربي", "محمد", {}),
        ("100%_Test", "Kim/Kim", {"short_name": "K\\O"}),
        ("Skyddad", "Stina", {"protected": True}),
        ("👍", "Emoji", {}),
    ):
        await a_client(recorder, surname, first, **more)


SEARCHES: list[tuple[str, set[str] | None]] = [  # None: everybody, as nothing was asked
    ("öberg", {"Öberg-Testsson"}),
    ("OBERG", {"Öberg-Testsson"}),
    ("estss", {"Öberg-Testsson"}),
    ("testsson åsa", {"Öberg-Testsson"}),
    ("asa  oberg", {"Öberg-Testsson"}),
    ("asa lukasz", set()),
    ("1980-01", {"Öberg-Testsson"}),
    ("sören luk", {"Łukaszewicz"}),
    ("العر", {"العربي"}),
    ("محمّد", {"العربي"}),
    ("%", {"100%_Test"}),
    ("_", {"100%_Test"}),
    ("0%_t", {"100%_Test"}),
    ("/", {"100%_Test"}),
    ("\\", {"100%_Test"}),
    ("'; DROP TABLE client; --", set()),
    ("\0", None),
    ("\ud800", None),
    ("skyddad", {"Skyddad"}),
    ("👍", {"👍"}),
    ("nobody", set()),
    ("", None),
    ("x " * 5_000, set()),
    ("x" * 20_000, set()),
]


class TestSearch:
    async def test_any_part_of_a_name_however_it_is_typed(self, recorder: Recorder) -> None:
        await a_caseload(recorder)
        whole = await found(recorder, "")
        assert len(whole) == 6
        for text, surnames in SEARCHES:
            assert await found(recorder, text) == (whole if surnames is None else surnames), text[:40]

    async def test_a_protected_client_is_found_by_the_code_that_stands_for_them(self, recorder: Recorder) -> None:
        await a_team(recorder)
        client = await a_client(recorder, "Skyddad", protected=True)
        await a_client(recorder, "Annan")
        for typed in (code(client), code(client).lower(), code(client, 6)):
            assert await found(recorder, typed) == {"Skyddad"}
        assert await found(recorder, code(client)[1:]) == set()  # a name's letters do not find a stranger's code

    async def test_one_who_left_is_found_only_when_asked_for(self, recorder: Recorder) -> None:
        await a_team(recorder)
        client = await a_client(recorder)
        await recorder.change(TEAM, "lars", enrolment.end_enrolment, client=client, reason=e.EndReason.MOVED)
        assert await found(recorder, "exempel") == set()
        assert await found(recorder, "exempel", ended=True) == {"Exempel"}

    async def test_finds_nobody_of_another_team(self, recorder: Recorder) -> None:
        await a_team(recorder)
        await a_team(recorder, "skogen", "Team Skogen")
        await a_client(recorder)
        assert await found(recorder, "exempel", team="skogen") == set()

    async def test_follows_a_correction(self, recorder: Recorder) -> None:
        await a_team(recorder)
        client = await a_client(recorder, "Feelstavad")
        known = e.Details("Felstavad", "Stina")
        await recorder.change(TEAM, "lars", enrolment.correct, client=client, details=known)
        assert await found(recorder, "feel") == set()
        assert await found(recorder, "fels") == {"Felstavad"}

    async def test_gives_no_more_than_asked(self, recorder: Recorder) -> None:
        await a_caseload(recorder)
        async with recorder.store.reading() as connection:
            assert len(await projections.search(connection, TEAM, "", limit=2)) == 2


async def test_the_board_is_those_on_it_and_nobody_else(recorder: Recorder) -> None:
    await a_team(recorder)
    on, returned, left, _never = [await a_client(recorder, f"Exempel{number}") for number in range(4)]
    for client in (on, returned, left):
        await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **FLAG)
    await recorder.change(TEAM, "anna", placement.return_to_planned_care, client=returned, reason="Mår bra")
    await recorder.change(TEAM, "anna", enrolment.end_enrolment, client=left, reason=e.EndReason.MOVED)
    async with recorder.store.reading() as connection:
        assert [known.id for known in await projections.on_board(connection, TEAM)] == [on]
        assert {known.id for known in await projections.caseload(connection, TEAM)} >= {on, returned}
        assert left not in {known.id for known in await projections.caseload(connection, TEAM)}
        assert left in {known.id for known in await projections.caseload(connection, TEAM, ended=True)}
        assert len([known async for known in projections.everyone(connection, TEAM)]) == 4


async def test_a_reader_that_knows_old_states_gets_the_new_ones(recorder: Recorder) -> None:
    await a_team(recorder)
    one, two = await a_client(recorder), await a_client(recorder)
    for client in (one, two):
        await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **FLAG)

    async def board(known: dict | None = None) -> dict:
        async with recorder.store.reading() as connection:
            return {state.id: state for state in await projections.on_board(connection, TEAM, known)}

    before = await board()
    await recorder.change(TEAM, "lars", placement.take, client=one)
    await recorder.change(TEAM, "lars", placement.return_to_planned_care, client=two, reason="x")
    after = await board(before)
    assert set(after) == {one}
    assert after[one].stay.taken_by == "lars"
    assert after == await board()
    assert (await board(after))[one] is after[one]  # not read again


class TestNamesakes:
    async def test_are_all_who_are_called_the_same(self, recorder: Recorder) -> None:
        await a_team(recorder)
        ids = [await a_client(recorder, "Exempel", first) for first in ("Stina", "STINA", "Stína", "Stinas", "Olle")]
        async with recorder.store.reading() as connection:
            stina = await projections.client(connection, TEAM, ids[0])
            assert {known.id for known in await projections.namesakes(connection, TEAM, [stina])} == set(ids[1:3])
            assert await projections.namesakes(connection, TEAM, []) == []

    async def test_of_very_many_are_still_an_answer(self, recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(projections.names, "MANY_NAMES", 3)
        await a_caseload(recorder)
        async with recorder.store.reading() as connection:
            everybody = await projections.caseload(connection, TEAM)
            named = await projections.namesakes(connection, TEAM, everybody[:5])
        assert {known.id for known in named} == {known.id for known in everybody[5:]}


async def test_a_notice_is_unread_until_its_reader_has_read_it(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder, case_manager="lars")
    other = await a_client(recorder, case_manager="lars")
    flagged = await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **FLAG)
    taken = await recorder.change(TEAM, "anna", placement.take, client=client)

    async def unread(user: str = "lars") -> list[Notice]:
        async with recorder.store.reading() as connection:
            notices = await projections.unread(connection, TEAM, user)
            assert await projections.count_unread(connection, TEAM, user) == len(notices)
            return notices

    assert await unread() == [Notice("lars", taken.seq, client), Notice("lars", flagged.seq, client)]
    await recorder.change(TEAM, "anna", read_notice, client=client, notice=flagged.seq)
    await recorder.change(TEAM, "lars", read_notice, client=other, notice=flagged.seq)
    assert len(await unread()) == 2  # neither another person nor another client's page reads it
    await recorder.change(TEAM, "lars", read_notice, client=client, notice=flagged.seq)
    assert [notice.seq for notice in await unread()] == [taken.seq]
    assert await unread("anna") == []


async def test_an_id_that_no_database_could_hold_is_nobodys(recorder: Recorder) -> None:
    await a_team(recorder)
    for id in ("\0", "a\0b", "\n"):
        with pytest.raises(Unknown):
            await recorder.change(TEAM, "anna", placement.put_on_board, client=id, category="admitted", reason="Oro")


async def test_memberships_follow_the_team(recorder: Recorder) -> None:
    await a_team(recorder)
    await a_team(recorder, "skogen", "Team Skogen")

    async def of(user: str) -> list[tuple[str, e.Role]]:
        async with recorder.store.reading() as connection:
            return await projections.memberships(connection, user)

    assert await of("anna") == [(TEAM, e.Role.CLINICIAN), ("skogen", e.Role.CLINICIAN)]
    await recorder.change(TEAM, "lars", team.remove_member, user="anna")
    assert await of("anna") == [("skogen", e.Role.CLINICIAN)]
    promoted = e.Member("anna", "anna", "Anna Test", e.Role.LEAD)
    await recorder.change("skogen", "lars", team.set_member, member=promoted)
    assert await of("anna") == [("skogen", e.Role.LEAD)]


async def test_the_search_text_is_what_folding_makes_of_every_name(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder, "Öberg", "Åsa", short_name="Åsis")
    async with recorder.store.reading() as connection:
        state, here = await projections.client(connection, TEAM, client), await projections.team(connection, TEAM)
    assert state
    assert here
    search = str(projections.client_columns(here, state)["search"])
    assert search == folded(search)
    assert search.startswith("asa oberg")
    assert "asis" in search


class TestWhatFallsDue:
    """Each clock of a client has its instant in a column of its own: what is not due is not read."""

    async def due(self, recorder: Recorder, clock: Clock) -> list[tuple[str, str]]:
        async with recorder.store.reading() as connection:
            return [(client, kind) for _, _, client, kind in await projections.due_clients(connection, clock())]

    async def test_the_oldest_first_and_nothing_before_its_time(self, recorder: Recorder, clock: Clock) -> None:
        await a_team(recorder)
        first, second = await a_client(recorder), await a_client(recorder)
        await recorder.change(TEAM, "anna", placement.put_on_board, client=first, **FLAG)
        clock.forward(minutes=10)
        await recorder.change(TEAM, "anna", placement.put_on_board, client=second, **FLAG)
        assert await self.due(recorder, clock) == []
        clock.forward(minutes=20)
        assert await self.due(recorder, clock) == [(first, "taken")]
        clock.forward(minutes=10)
        assert await self.due(recorder, clock) == [(first, "taken"), (second, "taken")]
        await recorder.change(TEAM, "lars", placement.take, client=first)
        assert await self.due(recorder, clock) == [(second, "taken")]

    async def test_nobody_off_the_board_is_due_but_for_the_follow_up(self, recorder: Recorder, clock: Clock) -> None:
        await a_team(recorder)
        client = await a_client(recorder)
        await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **FLAG)
        await recorder.change(TEAM, "anna", placement.return_to_planned_care, client=client, reason="Mår bra")
        clock.forward(days=7)
        assert await self.due(recorder, clock) == []
        clock.forward(days=1)
        assert await self.due(recorder, clock) == [(client, "follow_up")]
        await recorder.change(TEAM, "anna", placement.log_contact, client=client, contact=e.ContactKind.HOME)
        assert await self.due(recorder, clock) == []


async def test_the_boards_page_and_the_agenda_keep_who_waits_for_a_follow_up(recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    on, waits, met, _never = [await a_client(recorder, f"Exempel{number}") for number in range(4)]
    for client in (on, waits, met):
        await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **FLAG)
    for client in (waits, met):
        await recorder.change(TEAM, "anna", placement.return_to_planned_care, client=client, reason="Mår bra")
    await recorder.change(TEAM, "anna", placement.log_contact, client=met, contact=e.ContactKind.PHONE)

    async def shown() -> tuple[set[str], set[str]]:
        async with recorder.store.reading() as connection:
            page = await projections.on_board_page(connection, TEAM, clock() - timedelta(days=14))
            return {one.id for one in page}, {one.id for one in await projections.on_agenda(connection, TEAM)}

    assert await shown() == ({on, waits, met}, {on, waits})
    clock.forward(days=15)
    assert await shown() == ({on, waits}, {on, waits})
