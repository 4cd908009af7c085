"""`history case-pack` and `history verify-pack`: a case for an investigation; is a pack as it was signed?"""

from __future__ import annotations

import asyncio
import os
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from factboard.access import AccessLog
from factboard.case_pack import Checked, Faulty, check, gather, packed
from factboard.cli.common import Database, Stop, in_database, settings
from factboard.cli.exporting import By, a_team
from factboard.domain.investigation import wish
from factboard.domain.people import COMMAND_LINE
from factboard.exporting import EXPORTED, Lines, NotLogged, logged
from factboard.recorder import Recorder
from factboard.signing import NoKey, signer
from factboard.storage import projections
from factboard.web.language import LANGUAGES
from factboard.web.pages import NOBODYS
from factboard.web.words import words_for


def add_to(app: typer.Typer) -> None:
    app.command(
        "case-pack",
        epilog="Example: factboard history case-pack case.zip --team kusten --client 91ab... --first 2026-11-01 "
        "--last 2026-11-23 --why 'lex Maria, ref. 123'",
    )(case_pack)
    app.command("verify-pack", epilog="Example: factboard history verify-pack case.zip --key '1a2b 3c4d 5e6f 7a8b'")(
        verify_pack
    )


def case_pack(
    file: Annotated[Path, typer.Argument(help="Where to; a zip.")],
    team: Annotated[str, typer.Option(help="Whose client.")],
    client: Annotated[str, typer.Option(help="The client's id, as in their page's address.")],
    first: Annotated[str, typer.Option(metavar="DAY", help="From this day on, as 2026-11-23.")],
    last: Annotated[str, typer.Option(metavar="DAY", help="Up to and with this day.")],
    why: Annotated[str, typer.Option(help="What it is for; stands on its first page and in the access log.")],
    language: Annotated[str, typer.Option(help="sv or en; else the team's.")] = "",
    database: Database = None,
) -> None:
    """All that is known of one client in one period, in one signed file, for an investigation (docs/export.md)."""
    if file.exists():
        raise Stop(f"There is a file at {file} already.")
    if language and language not in LANGUAGES:
        raise Stop(f"factboard speaks {' and '.join(LANGUAGES)}.")
    try:
        own = signer(settings())
    except NoKey as no:
        raise Stop(f"A case pack must be signed: {no}.") from None

    async def go(recorder: Recorder) -> int:
        here, now = await a_team(recorder, team), recorder.clock()
        async with recorder.store.reading() as connection:
            known = await projections.person(connection, team, client)
        if known is None:
            raise Stop(f"There is no client {client} in {team}.")
        wanted = wish(_day(first), _day(last), why, now, here.settings)
        access = AccessLog(recorder.store, recorder.clock)
        detail = f"{wanted.first} {wanted.last} {wanted.why}"
        access.saw(By(team), "case_pack", [known.id], action=EXPORTED, detail=detail)
        await logged(access)
        said = language or here.settings.language
        by = words_for(NOBODYS, said).person(here, COMMAND_LINE)
        case = await gather(recorder.store, here, known, wanted, now, by, said)
        pack = await asyncio.to_thread(packed, case, Lines(recorder.store, here, said, masked=False), own)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(pack)
        return len(case.facts)

    try:
        facts = in_database(database, go)
    except NotLogged:
        raise Stop("The access log cannot be written, so nothing was taken out.") from None
    print(f"{file}: {facts} facts about one client, signed.")


def verify_pack(
    file: Annotated[Path, typer.Argument(help="The case pack.")],
    key: Annotated[str, typer.Option(help="The fingerprint of its key, as you know it from elsewhere.")] = "",
) -> None:
    """Is a case pack as it was signed? Needs no database.

    That a pack is whole says that nobody has changed it since it was signed, not who signed it: compare the
    fingerprint with the one that whoever runs the service gives you.
    """
    try:
        found = check(file)
    except Faulty as no:
        raise Stop(f"{file} must not be relied on. {no}") from None
    wanted = "".join(key.split()).lower()
    if wanted and wanted != found.fingerprint.replace(" ", ""):
        raise Stop(f"{file} must not be relied on. It is signed by another key: {found.fingerprint}.")
    print("\n".join(_said(file, found, compared=bool(wanted))))


def _said(file: Path, found: Checked, *, compared: bool) -> list[str]:
    manifest = found.manifest
    period, stood = manifest["period"], manifest["history"]
    whole = (
        f"The history was whole up to no. {stood['seq']}, with the hash {stood['hash']}."
        if stood["whole"]
        else f"THE HISTORY WAS NOT WHOLE when the pack was made: broken at no. {stood['broken']['seq']}."
    )
    return [
        f"{file} is as it was signed: {found.parts} parts, {found.facts} facts, {found.checkpoints} checkpoints.",
        f"Team {manifest['team']['id']}, client {manifest['client']}, {period['first']} to {period['last']}, made "
        f"{manifest['made']} by {manifest['by']} with factboard {manifest['versions']['factboard']}.",
        whole,
        f"Signed by the key {found.fingerprint}{', as you say.' if compared else ': compare it with the one known.'}",
    ]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Stop(f"{text} is no day. Write it as 2026-11-23.") from None
