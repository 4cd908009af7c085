"""Is the history whole: the same check on a page, what it is held against, and what it says that it cannot find."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from factboard.domain.checkpoint import read
from factboard.signing import fingerprint
from factboard.storage import projections
from tests.proof.given import hand_in
from tests.service import OWN, Service
from tests.web.reading import words

STINA = "Stina Exempel"


@pytest_asyncio.fixture
async def maria(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """An auditor of the team."""
    async with service.person("maria") as client:
        yield client


async def checked(client: httpx2.AsyncClient, kept: str = "", **typed: str) -> str:
    files = {"checkpoint": ("kept.txt", kept)} if kept else {"checkpoint": ("", b"")}
    return words(await client.post("/history/proof?lang=en", data=typed, files=files))


async def test_a_whole_history_is_whole_and_a_changed_fact_is_named(
    service: Service, maria: httpx2.AsyncClient
) -> None:
    page = words(await maria.get("/history/proof?lang=en"))
    assert "Is the history whole?" in page
    assert "looking at it shows nothing" in page  # what the chain alone cannot find
    assert "None has been made yet" in page
    assert "The history is whole:" in await checked(maria)
    with hand_in(service.recorder.store) as database:
        database.execute("UPDATE history SET actor = 'eva' WHERE team = ? AND seq = 5", (OWN,))
        said = await checked(maria)
        assert "The history is not whole: fact no. 5" in said
        assert "Who, when or about whom was changed in it." in said
        answer = await maria.post("/history/proof/checkpoint?lang=en", follow_redirects=False)
        assert answer.status_code == 422  # nothing is signed that is not whole
        assert "fact no. 5" in words(answer)


async def test_a_checkpoint_is_made_saved_and_held_against_what_stands_there(
    service: Service, maria: httpx2.AsyncClient
) -> None:
    made = await maria.post("/history/proof/checkpoint", follow_redirects=False)
    assert made.status_code == 303
    page = await maria.get(f"{made.headers['location']}&lang=en")
    seq = int(made.headers["location"].rpartition("=")[2])
    file = await maria.get(f"/history/proof/checkpoints/{seq}")
    assert f"kusten-{seq:010d}.txt" in file.headers["content-disposition"]
    one = read(file.text)
    assert (one.team, one.seq) == (OWN, seq)
    for shown in (f"Signed up to no. {seq}", one.code, fingerprint(one.key)):
        assert shown in words(page)
    assert (await maria.get(f"/history/proof/checkpoints/{seq - 1}")).status_code == 404

    await service.put_on(STINA)
    agrees = f"It agrees with what you brought: at no. {seq} stands the same fact"
    assert agrees in await checked(maria, file.text)
    assert agrees in await checked(maria, seq=str(seq), code=one.code.upper().replace(" ", "-"))
    assert "It does not agree with what you brought" in await checked(maria, seq=str(seq - 1), code=one.code)
    assert "It does not agree with what you brought" in await checked(maria, seq="4000000000", code=one.code)
    for kept, typed, told in (
        ("Hej", {}, "This is no checkpoint's file."),
        (one.file.replace(f"seq: {seq}", f"seq: {seq - 1}"), {}, "its signature does not hold"),
        ("", {"seq": str(seq)}, "Code:"),
        ("", {"seq": str(seq), "code": "3f2a"}, "8 groups of 4"),
        ("", {"seq": "many", "code": one.code}, "Number:"),
        ("", {"code": one.code}, "Number:"),
    ):
        said = await checked(maria, kept, **typed)
        assert told in said, told
        assert "It agrees" not in said
        assert "Not saved yet" not in said, "nothing is saved here"
        assert ("The checkpoint that you brought was changed" in said) == ("signature" in told), told

    with hand_in(service.recorder.store) as database:  # cut off, with every note of it
        [(hash,)] = database.execute("SELECT hash FROM history WHERE team = ? AND seq = 5", (OWN,)).fetchall()
        database.execute("DELETE FROM history WHERE team = ? AND seq > 5", (OWN,))
        database.execute("UPDATE stream SET seq = 5, hash = ? WHERE team = ?", (hash, OWN))
        database.execute("DELETE FROM checkpoint")
        assert "The history is whole: 5 facts" in await checked(maria)
        said = await checked(maria, file.text)
        assert "The history is not whole: fact no. 6" in said
        assert "It does not agree with what you brought" in said
        assert "It does not agree with what you brought" in await checked(maria, seq=str(seq), code=one.code)


async def test_what_keeps_a_checkpoint_from_being_made_is_said_and_nothing_breaks_off(
    service: Service, maria: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    own = service.app.state.checkpoints
    monkeypatch.setattr(own, "folder", tmp_path / "file" / "folder")
    answer = await maria.post("/history/proof/checkpoint?lang=en")
    assert (answer.status_code, "cannot be written to the second place" in words(answer)) == (422, True)
    assert "None has been made yet" in words(answer)  # none without its copy
    monkeypatch.setattr(own, "folder", None)
    assert (await maria.post("/history/proof/checkpoint")).status_code == 303

    gone = own._settings.model_copy(update={"signing_key": str(tmp_path / "gone.pem")})
    monkeypatch.setattr(own, "_settings", gone)
    monkeypatch.setattr(own, "_known", None)
    assert "Nothing can be signed" in words(await maria.get("/history/proof?lang=en"))
    assert "The history is whole:" in await checked(maria)
    await service.put_on(STINA)
    answer = await maria.post("/history/proof/checkpoint?lang=en")
    assert (answer.status_code, "has no key to sign with" in words(answer)) == (422, True)
    fact = await maria.get("/history/5?lang=en")  # which the checkpoint holds
    assert "is not signed with this service's key" in words(fact)
    assert (await own.daily(), own.failed) == (0, "NoKey")  # and whoever runs the service is told


async def test_a_legal_hold_is_placed_and_lifted_by_the_lead_with_a_reason(
    service: Service, lars: httpx2.AsyncClient, anna: httpx2.AsyncClient
) -> None:
    client = service.clients[STINA]
    page = f"/clients/{client}/legal-hold"
    assert (await anna.get(page)).status_code == 403
    assert page not in (await anna.get(f"/clients/{client}")).text
    assert page in (await lars.get(f"/clients/{client}")).text
    assert "Reason: Fill this in." in words(await lars.post(f"{page}?lang=en", data={"reason": " "}))
    placed = await lars.post(page, data={"reason": "IVO frågar"}, follow_redirects=False)
    assert placed.status_code == 303
    assert "IVO frågar" in words(await lars.get(f"/clients/{client}?lang=en"))
    assert "There is a legal hold already." in words(await lars.post(f"{page}?lang=en", data={"reason": "Igen"}))
    assert "Lift the legal hold" in words(await lars.get(f"{page}?lang=en"))
    assert (await lars.post(page, data={"reason": "Klart", "lift": "yes"})).status_code == 303
    async with service.recorder.store.reading() as connection:
        state = await projections.client(connection, OWN, client)
    assert state
    assert state.legal_hold is None
