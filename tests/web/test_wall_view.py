"""The wall's frame: each screen as it is set now, nobody where nothing is to be seen, and exactly whom it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from factboard.domain import care, meeting, placement, team
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.recorder import Recorder
from factboard.storage import projections
from factboard.storage.engine import Store
from factboard.web.live import VIEWS
from factboard.web.sessions import Who
from factboard.web.wall.view import WallView
from tests.conftest import TEAM, Clock, a_client, a_team

EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)


def says(*facts: e.Fact) -> object:
    """A rule that writes these facts, whatever is so: other tests ask how they come about."""

    def rule(_: Case) -> list[e.Entry]:
        return [e.Entry(fact) for fact in facts]

    return rule


async def paired(recorder: Recorder, naming: e.Naming, outside: e.OutsideMeeting, id: str = "s1") -> None:
    await recorder.change(TEAM, "lars", says(e.ScreenPaired(id, "Köket", naming, outside)))  # type: ignore[arg-type]


async def put_on(recorder: Recorder, surname: str = "Exempel", first: str = "Stina", **known: Any) -> str:
    client = await a_client(recorder, surname, first, **known)
    what: dict[str, Any] = {"category": "short_intensive", "reason": "Sover inte"}
    await recorder.change(TEAM, "lars", placement.put_on_board, client=client, **what)
    return client


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


async def test_a_screen_names_clients_as_it_is_set_now(recorder: Recorder, store: Store, clock: Clock) -> None:
    await a_team(recorder)
    client = await put_on(recorder)
    view = WallView(store, clock)
    await paired(recorder, e.Naming.SHORT, e.OutsideMeeting.COUNTS)
    before = await view.frame(TEAM, "sv", "screen.s1")
    changed = e.ScreenChanged("s1", "Köket", e.Naming.INITIALS, e.OutsideMeeting.COUNTS)
    await recorder.change(TEAM, "lars", says(changed))  # type: ignore[arg-type]
    after = await view.frame(TEAM, "sv", "screen.s1")
    assert "Stina" in before.html
    assert "Stina" not in after.html
    assert "SE" in after.html
    assert before.clients == after.clients == {client}
    assert after.seq > before.seq


async def test_a_wall_says_neither_where_a_protected_identity_is_nor_what_leads_there(
    recorder: Recorder, store: Store, clock: Clock
) -> None:
    await a_team(recorder)
    hidden = await put_on(recorder, "Skyddsson", "Vilma", protected=True, warnings="Bror på Storgatan")
    shown = await put_on(recorder, "Exempel", "Stina")
    for client, ward in ((hidden, "PIVA Norr"), (shown, "PIVA Söder")):
        await recorder.change(TEAM, "lars", care.admit, client=client, ward=ward)
    view = WallView(store, clock)
    board = (await view.frame(TEAM, "en")).html
    await recorder.change(TEAM, "anna", meeting.open_meeting, with_all=True)
    async with store.reading() as connection:
        here = await projections.team(connection, TEAM)
    assert here
    what: dict[str, Any] = {"of_meeting": here.meeting, "with_all": True}
    frames = [board]
    for client in (hidden, shown):
        await recorder.change(TEAM, "anna", meeting.move_focus, to=client, **what)
        frames.append((await view.frame(TEAM, "en")).html)
    assert "Admitted" in frames[1]
    assert "PIVA Söder" in frames[0] + frames[2]
    for html in frames:
        assert not [secret for secret in ("PIVA Norr", "Storgatan", "Vilma", "Skyddsson") if secret in html]


async def test_a_revoked_screen_shows_nothing_before_its_stream_has_ended(
    recorder: Recorder, store: Store, clock: Clock
) -> None:
    await a_team(recorder)
    await put_on(recorder)
    await paired(recorder, e.Naming.SHORT, e.OutsideMeeting.BOARD)
    view = WallView(store, clock)
    assert (await view.frame(TEAM, "sv", "screen.s1")).clients
    await recorder.change(TEAM, "lars", says(e.ScreenRevoked("s1", "Köket")))  # type: ignore[arg-type]
    for screen in ("screen.s1", "screen.nobodys"):
        frame = await view.frame(TEAM, "sv", screen)
        assert frame.clients == frozenset()
        assert "Stina" not in frame.html


@pytest.mark.parametrize("outside", list(e.OutsideMeeting))
async def test_outside_the_meeting_a_screen_shows_what_it_is_set_to(
    recorder: Recorder, store: Store, clock: Clock, outside: e.OutsideMeeting
) -> None:
    await a_team(recorder)
    client = await put_on(recorder)
    await paired(recorder, e.Naming.SHORT, outside)
    clock.now = EVENING
    frame = await WallView(store, clock).frame(TEAM, "sv", "screen.s1")
    assert frame.clients == ({client} if outside is e.OutsideMeeting.BOARD else frozenset())
    assert ("Stina" in frame.html) == (outside is e.OutsideMeeting.BOARD)
    assert frame.valid_until
    assert frame.valid_until > EVENING


async def test_a_blanked_wall_names_nobody_to_anybody(recorder: Recorder, store: Store, clock: Clock) -> None:
    await a_team(recorder)
    await put_on(recorder)
    await recorder.change(TEAM, "anna", says(e.WallsBlanked()))  # type: ignore[arg-type]
    frame = await WallView(store, clock).frame(TEAM, "sv", "short.board")
    assert (frame.clients, "Stina" in frame.html) == (frozenset(), False)


async def test_a_protected_identity_never_shows_a_name(recorder: Recorder, store: Store, clock: Clock) -> None:
    await a_team(recorder)
    client = await put_on(recorder, "Skyddsson", "Vilma", protected=True, short_name="Ville")
    for naming in e.Naming:
        frame = await WallView(store, clock).frame(TEAM, "sv", f"{naming}.board")
        assert not [name for name in ("Vilma", "Ville", "Skydds") if name in frame.html]
        assert frame.clients == {client}


async def test_a_client_in_focus_who_was_entered_in_error_still_has_a_name(
    recorder: Recorder, store: Store, clock: Clock
) -> None:
    await a_team(recorder)
    client = await put_on(recorder)
    agenda = (e.AgendaItem(client, e.AgendaGroup.REST),)
    opened = e.MeetingOpened("m", "anna", None, ("anna", "lars"), agenda, clock() + timedelta(minutes=15))
    await recorder.change(TEAM, "anna", says(opened))  # type: ignore[arg-type]
    view = WallView(store, clock)
    assert f'id="focus-{client}"' in (await view.frame(TEAM, "sv")).html
    await recorder.change(TEAM, "anna", placement.enter_in_error, client=client, reason="Fel person")
    gone = await view.frame(TEAM, "sv")
    assert f'id="focus-{client}"' in gone.html
    assert gone.clients == {client}


async def returned(recorder: Recorder, clock: Clock, surname: str, first: str, **known: Any) -> str:
    """Back in planned care for ten days, and nobody has met them."""
    client = await put_on(recorder, surname, first, **known)
    now = clock.now
    clock.now = now - timedelta(days=10)
    await recorder.change(TEAM, "lars", placement.return_to_planned_care, client=client, reason="Mår bra")
    clock.now = now
    return client


async def test_whom_nobody_met_after_a_return_is_marked_and_comes_up_in_the_meeting(
    recorder: Recorder, store: Store, clock: Clock
) -> None:
    await a_team(recorder)
    stina = await returned(recorder, clock, "Exempel", "Stina", case_manager="anna")
    hidden = await returned(recorder, clock, "Skyddsson", "Vilma", protected=True)
    view = WallView(store, clock)
    frame = await view.frame(TEAM, "en")
    for client in (stina, hidden):
        row = frame.html.partition(f'id="returned-{client}"')[2].partition("</li>")[0]
        assert "not met since, due Fri 20 Nov" in row
    assert frame.clients == {stina, hidden}
    await recorder.change(TEAM, "anna", meeting.open_meeting, with_all=True, present=("anna", "lars"))
    async with store.reading() as connection:
        here = await projections.team(connection, TEAM)
    assert here
    what: dict[str, Any] = {"of_meeting": here.meeting, "with_all": True}
    await recorder.change(TEAM, "anna", meeting.move_focus, to=None, **what)
    for client, said in ((stina, "Anna was to meet them by Fri 20 Nov."), (hidden, "Somebody was to meet them")):
        await recorder.change(TEAM, "anna", meeting.move_focus, to=client, **what)
        focus = (await view.frame(TEAM, "en")).html.partition(f'id="focus-{client}"')[2]
        assert said in focus
        assert "nobody has met them since" in focus
        assert "Vilma" not in focus
    assert "0 of 2" in (await view.frame(TEAM, "en")).html


async def test_an_announced_return_stands_with_its_moment_and_a_pause_across_the_wall(
    recorder: Recorder, store: Store, clock: Clock
) -> None:
    await a_team(recorder)
    soon = e.Policy(stable_ratings=2, raters=1, stable_days=1, blockers=())
    easy = e.Category("easy", "Lätt", contacts_a_week=0, unseen_days=90, policy=soon)
    await recorder.change(TEAM, "lars", team.set_category, category=easy)
    client, now = await a_client(recorder), clock.now
    clock.now = now - timedelta(days=3)
    await recorder.change(TEAM, "lars", placement.put_on_board, client=client, category="easy", reason="Sover inte")
    await recorder.change(TEAM, "anna", placement.take, client=client)
    rated: dict[str, Any] = {"rating": e.Rating.USUAL, "basis": e.Basis.SEEN}
    for days in (2, 1):
        clock.now = now - timedelta(days=days)
        await recorder.change(TEAM, "anna", placement.rate, client=client, **rated)
    clock.now = now
    view = WallView(store, clock)
    assert "ready to return" in (await view.frame(TEAM, "en")).html
    await recorder.change(TEAM, "anna", meeting.open_meeting, with_all=True, present=("anna", "lars"))
    async with store.reading() as connection:
        here = await projections.team(connection, TEAM)
    assert here
    what: dict[str, Any] = {"of_meeting": here.meeting, "with_all": True}
    await recorder.change(TEAM, "anna", meeting.no_change, of=client, **what)
    await recorder.change(TEAM, "anna", meeting.close, reason="Slut", **what)
    html = (await view.frame(TEAM, "en")).html
    assert "returns tomorrow 13:00" in html.partition(f'id="tile-{client}"')[2]
    assert "tomorrow 13:00" in html.partition(f'id="returns-{client}"')[2].partition("</li>")[0]
    assert "1 announced today" in html
    assert "paused" not in html
    await recorder.change(TEAM, "factboard", says(e.ReturnsPaused(e.Pause.MANY, 6, 20)))  # type: ignore[arg-type]
    paused = (await view.frame(TEAM, "en")).html
    assert 'id="wall-paused"' in paused
    assert "13:00" not in paused.partition(f'id="tile-{client}"')[2], "nobody says when while nobody goes"
    counted = (await view.frame(TEAM, "en", "short.counts")).html
    assert 'id="wall-paused"' in counted


async def test_the_last_round_knows_everybody_in_the_teams_care(recorder: Recorder, store: Store, clock: Clock) -> None:
    await a_team(recorder)
    off = await a_client(recorder, "Ek", "Siv")
    opened = e.MeetingOpened("m", "anna", None, ("anna", "lars"), (), clock() + timedelta(minutes=15))
    await recorder.change(TEAM, "anna", says(opened))  # type: ignore[arg-type]
    frame = await WallView(store, clock).frame(TEAM, "en")
    assert "Anyone we should worry about" in frame.html
    assert frame.clients == {off}


async def test_a_team_that_is_not_there_has_no_wall(store: Store, clock: Clock) -> None:
    with pytest.raises(LookupError):
        await WallView(store, clock).frame("nobodys", "sv")


def test_each_screen_is_an_audience_and_people_share_one() -> None:
    audience = VIEWS["wall"].audience
    screen, person = (cast(Who, SimpleNamespace(screen=id)) for id in ("s1", ""))
    assert (audience(screen), audience(person)) == ("screen.s1", "short.board")


async def test_a_screen_without_a_server_is_told_the_days_off_of_the_next_weeks(
    recorder: Recorder, store: Store, clock: Clock
) -> None:
    """It judges by itself then whether a meeting's hour has come: on Christmas Day none does."""
    await a_team(recorder)
    for audience in ("short.board", "short.blank"):
        frame = await WallView(store, clock).frame(TEAM, "sv", audience)
        assert 'data-closed="2026-12-25 2026-12-26 2027-01-01 2027-01-06"' in frame.html
