"""The case pack: who may take it out, what is in it, that it is logged, and that a changed one is found."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import html
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from factboard.case_pack import Faulty, check
from factboard.checkpoints import Checkpoints
from factboard.domain import contact, events
from factboard.domain.chain import digest_of
from factboard.storage import accounts
from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.service import OWN, Service, a_service
from tests.web.reading import looks, words

NOV = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock(NOV)


@pytest_asyncio.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, empty_sqlite, clock: Clock) -> AsyncIterator[Service]:
    """Stina, put on on Monday by Lars, met on Tuesday by Anna, and looked at; Vilma has a protected identity."""
    path = tmp_path_factory.mktemp("case") / "factboard.db"
    shutil.copy(empty_sqlite, path)
    async with a_service(Store(f"sqlite+aiosqlite:///{path}"), clock) as running:
        stina, change = running.clients["Stina Exempel"], running.recorder.change
        await running.put_on("Stina Exempel", reason="=Sover inte")
        await running.put_on("Vilma Skyddsson")
        clock.forward(days=1)
        met = {"contact": events.ContactKind.HOME, "happened_at": clock(), "note": "Vi sågs"}
        await change(OWN, "anna", contact.log, client=stina, **met)
        async with running.recorder.system("factboard", events.ServiceWasDown(NOV + timedelta(hours=2), clock())):
            pass
        async with running.person("anna") as anna:
            await anna.get(f"/clients/{stina}")
        await Checkpoints(running.app.state.store, clock, running.app.state.settings).make(OWN)
        yield running


@pytest_asyncio.fixture(scope="module")
async def pack(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    async with service.person("lars") as lars:
        answer = await lars.post("/history/case-pack", data=asked(service))
    assert answer.status_code == 200, words(answer)
    file = tmp_path_factory.mktemp("pack") / "case.zip"
    file.write_bytes(answer.content)
    return file


def asked(service: Service, name: str = "Stina Exempel", **other: str) -> dict[str, str]:
    given = {"client": service.clients[name], "first": "2026-11-24", "last": "2026-11-24", "why": "IVO 8.5-1/2026"}
    return given | other


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


async def test_it_holds_what_was_written_in_the_period_and_what_stood_before_it(service: Service, pack: Path) -> None:
    found = parts(pack)
    page = found["1-las-detta-forst.html"].decode()
    assert "Stina Exempel" in page
    assert "IVO 8.5-1/2026" in page
    assert "på tavlan sedan mån 23 nov 2026" in page
    told = [row[7] for row in rows(found["facts.csv"])[1:]]
    assert told == ["contact_logged"]
    assert [json.loads(line)["kind"] for line in found["facts.jsonl"].splitlines()] == told
    assert {json.loads(line)["kind"] for line in found["rules.jsonl"].splitlines()} >= {"category_changed"}
    assert [row[2] for row in rows(found["looks.csv"])[1:]][:1] == ["Anna Test"]
    assert len(rows(found["service.csv"])) == 2
    assert [name for name in found if name.startswith("checkpoints/kusten-")]
    manifest = json.loads(found["manifest.json"])
    assert manifest["history"]["whole"] is True
    assert manifest["period"]["since"] == "2026-11-23T23:00:00.000000Z"
    everything = b" ".join(found.values()).decode(errors="replace")
    for other in ("Åke", "Vilma", service.clients["Åke Provström"]):
        assert other not in everything


def test_each_facts_content_can_be_checked_against_the_chain(pack: Path) -> None:
    for line in parts(pack)["facts.jsonl"].splitlines():
        row = json.loads(line)
        assert digest_of(row["text"], row["salt"]) == row["digest"]


def test_openssl_alone_can_check_it(pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as known:
        known.extractall(tmp_path)
    page = html.unescape((tmp_path / "1-las-detta-forst.html").read_text())
    commands = page.partition("<pre>")[2].partition("</pre>")[0].splitlines()
    said = [subprocess.run(["sh", "-c", one], cwd=tmp_path, capture_output=True, text=True) for one in commands]
    assert [one.returncode for one in said] == [0, 0, 0]
    assert "Signature Verified Successfully" in said[0].stdout
    assert said[2].stdout.strip() == check(pack).fingerprint.replace(" ", "")
    assert check(pack).fingerprint in page


async def test_a_whole_pack_says_what_it_is(service: Service, pack: Path) -> None:
    found = check(pack)
    assert found.manifest["client"] == service.clients["Stina Exempel"]
    assert found.facts >= 1
    assert found.checkpoints >= 1


def resigned(found: dict[str, bytes]) -> dict[str, bytes]:
    """As somebody would who has no key: the list fits again, its signature does not."""
    listed = [name for name in found if not name.startswith(("SHA256SUMS", "public-key"))]
    sums = "".join(f"{hashlib.sha256(found[name]).hexdigest()}  {name}\n" for name in listed)
    return found | {"SHA256SUMS": sums.encode()}


TAMPERS: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "a part changed": lambda found: found | {"looks.csv": found["looks.csv"].replace(b"Anna", b"Berit")},
    "one sign of the page": lambda found: found | {"facts.csv": found["facts.csv"] + b" "},
    "a part gone": lambda found: {name: part for name, part in found.items() if name != "service.csv"},
    "a part added": lambda found: found | {"notes.txt": b"hej"},
    "the list gone": lambda found: {name: part for name, part in found.items() if name != "SHA256SUMS"},
    "the signature gone": lambda found: {name: part for name, part in found.items() if name != "SHA256SUMS.sig"},
    "the signature another": lambda found: found | {"SHA256SUMS.sig": base64.b64decode("AAAA" * 21 + "AA==")},
    "the list made to fit": lambda found: resigned(found | {"looks.csv": b""}),
    "no key": lambda found: found | {"public-key.pem": b"no key"},
}


@pytest.mark.parametrize("tamper", TAMPERS.values(), ids=TAMPERS)
def test_a_pack_that_was_changed_is_found(
    pack: Path, tmp_path: Path, tamper: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    file = tmp_path / "case.zip"
    with zipfile.ZipFile(file, "w") as new:
        for name, content in tamper(parts(pack)).items():
            new.writestr(name, content)
    with pytest.raises(Faulty):
        check(file)


def test_what_is_no_pack_is_no_pack(pack: Path, tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"hej", pack.read_bytes()[:2_000], pack.read_bytes()[2_000:])):
        file = tmp_path / str(number)
        file.write_bytes(content)
        with pytest.raises(Faulty):
            check(file)


async def test_it_is_logged_as_an_export_with_what_it_is_for(service: Service, pack: Path) -> None:
    assert ("lars", "exported", "case_pack", service.clients["Stina Exempel"]) in await looks(service)


async def test_its_empty_form_is_logged_as_a_list_and_not_as_a_pack(service: Service) -> None:
    async with service.person("lars") as lars:
        await lars.get("/history/case-pack")
        await lars.get("/history/case-pack", params={"client": service.clients["Stina Exempel"]})
    views = {view for who, action, view, _ in await looks(service) if (who, action) == ("lars", "read")}
    assert views & {"case_pack", "clients", "card"} == {"clients", "card"}


async def test_a_protected_identity_is_a_code_in_every_part(service: Service, tmp_path: Path) -> None:
    async with service.person("lars") as lars:
        answer = await lars.post("/history/case-pack", data=asked(service, "Vilma Skyddsson", first="2026-11-23"))
    file = tmp_path / "case.zip"
    file.write_bytes(answer.content)
    everything = b" ".join(parts(file).values()).decode(errors="replace")
    assert service.clients["Vilma Skyddsson"] in everything
    for known in ("Vilma", "Skyddsson", "1983"):
        assert known not in everything
    assert check(file).facts > 1


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"first": ""}, "first"),
        ({"last": "igår"}, "last"),
        ({"first": "2026-11-25", "last": "2026-11-25"}, "first"),
        ({"first": "2026-11-24", "last": "2026-11-23"}, "last"),
        ({"why": " "}, "why"),
        ({"why": "x" * 501}, "why"),
        ({"client": ""}, "client"),
        ({"first": "0001-01-01"}, "first"),
    ],
)
async def test_what_cannot_be_meant_stands_beside_its_field_and_what_was_typed_is_kept(
    service: Service, given: dict[str, str], wrong: str
) -> None:
    async with service.person("lars") as lars:
        answer = await lars.post("/history/case-pack", data=asked(service, **given))
        assert answer.status_code == 422
        assert f'id="e-{wrong}"' in answer.text
        if "why" not in given:
            assert "IVO 8.5-1/2026" in answer.text
        theirs = asked(service, "Olle Främling")
        assert (await lars.post("/history/case-pack", data=theirs)).status_code == 404


async def test_only_the_lead_and_an_auditor_who_sees_names_take_it_out(service: Service) -> None:
    for username in ("anna", "monika", "bo", "admin"):
        async with service.person(username) as other:
            assert (await other.get("/history/case-pack")).status_code == 403
            assert (await other.post("/history/case-pack", data=asked(service))).status_code == 403
    async with service.person("maria") as maria:
        page = await maria.get("/history/case-pack")
        assert page.status_code == 200
        assert "Stina" not in page.text
        assert (await maria.post("/history/case-pack", data=asked(service))).status_code == 409
        await unmasked(service, maria)
        assert (await maria.post("/history/case-pack", data=asked(service))).status_code == 200


async def unmasked(service: Service, browser: httpx2.AsyncClient) -> None:
    key = service.app.state.settings.secret_key.get_secret_value().encode()
    id = hmac.new(key, browser.cookies["factboard"].encode(), hashlib.sha256).hexdigest()
    async with service.app.state.store.writing() as connection:
        await accounts.unmask(connection, id, datetime.now(UTC) + timedelta(minutes=30))
