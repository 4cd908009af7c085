"""The pack itself: its parts in a zip, a list of their digests, and the list's signature.

The list is as `sha256sum` reads it and the key as `openssl` does, so that nobody needs factboard to check a pack.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from factboard import __version__
from factboard.case_pack.gathering import Case
from factboard.case_pack.page import Telling
from factboard.checkpoints import file_name as checkpoint_name
from factboard.domain.people import alias
from factboard.domain.stepdown import RULE
from factboard.exporting import Lines, csv_text, json_line
from factboard.exporting.csv_lines import MARK
from factboard.signing import Signer, fingerprint, pem
from factboard.storage.codec import instant_to_text

FORMAT = "factboard case pack 1"
MANIFEST, SUMS, SIGNATURE, KEY = "manifest.json", "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"
FACTS, RULES, CHECKPOINTS = "facts.jsonl", "rules.jsonl", "checkpoints/"
UNSUMMED = frozenset({SUMS, SIGNATURE, KEY})  # they cannot stand in the list


def packed(case: Case, lines: Lines, own: Signer) -> bytes:
    """The zip. Beside the loop: it takes as long as there are facts."""
    parts = {name: content.encode() for name, content in _parts(case, Telling(case, lines), own)}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in parts.items())
    parts |= {
        SUMS: sums.encode(),
        SIGNATURE: base64.b64decode(own.sign(sums)),
        KEY: pem(own.public).encode(),
    }
    made = case.made.astimezone(ZoneInfo(case.team.settings.time_zone))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            pack.writestr(entry, content)
    return file.getvalue()


def file_name(case: Case) -> str:
    """Without a name in it: what is saved lies in a folder that others may see."""
    return f"case-pack-{case.team.id}-{alias(case.client.id)}-{case.wish.first}-{case.wish.last}.zip"


def _parts(case: Case, telling: Telling, own: Signer) -> Iterable[tuple[str, str]]:
    language = telling.language

    def table(rows: Iterable[Sequence[int | str]]) -> str:
        return MARK + csv_text(rows, language)

    yield telling.first, telling.page(own.public)
    yield "facts.csv", table(telling.facts(case.facts))
    yield FACTS, "".join(json_line(row, masked=case.label.hidden, salted=True) for row in case.facts)
    yield "rules.csv", table(telling.facts(case.rules))
    yield RULES, "".join(json_line(row, salted=True) for row in case.rules)
    yield "meetings.csv", table(telling.facts(case.meetings))
    yield "looks.csv", table(telling.looks())
    yield "service.csv", table(telling.down())
    for one in case.checkpoints:
        yield f"{CHECKPOINTS}{checkpoint_name(one)}", one.file
    yield MANIFEST, json.dumps(_manifest(case, language, own), ensure_ascii=False, indent=2) + "\n"


def _manifest(case: Case, language: str, own: Signer) -> dict[str, Any]:
    wish, found = case.wish, case.found
    return {
        "format": FORMAT,
        "team": {"id": case.team.id, "name": case.team.settings.name},
        "client": case.client.id,
        "period": {
            "first": wish.first.isoformat(),
            "last": wish.last.isoformat(),
            "time_zone": case.team.settings.time_zone,
            "since": instant_to_text(wish.since),
            "until": instant_to_text(wish.until),
        },
        "why": wish.why,
        "made": instant_to_text(case.made),
        "by": case.by,
        "language": language,
        "versions": {
            "factboard": __version__,
            "rule": RULE,
            "decided_by": [
                {"factboard": one.software, "rule": one.rule, "policy": one.policy, "facts": list(one.facts)}
                for one in case.decided
            ],
        },
        "counts": {"facts": len(case.facts), "rules": len(case.rules), "looks": len(case.looks)},
        "history": {
            "seq": found.seq,
            "hash": found.hash,
            "whole": found.broken is None,
            "broken": {"seq": found.broken.seq, "how": found.broken.how} if found.broken else None,
            "agrees_with_checkpoint": found.agreed.seq if found.agreed else None,
        },
        "key": own.public,
        "fingerprint": fingerprint(own.public),
    }
