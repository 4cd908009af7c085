"""Is a case pack as it was signed? Needs the file alone: no database, no settings."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from factboard.case_pack.packing import CHECKPOINTS, FACTS, FORMAT, KEY, MANIFEST, RULES, SIGNATURE, SUMS, UNSUMMED
from factboard.domain import checkpoint
from factboard.domain.chain import digest_of, hash_of
from factboard.signing import fingerprint, public_in, signed

MOST = 2 * 1024**3  # bytes of all parts together: more is no case, but somebody's bomb
_SUM = re.compile("([0-9a-f]{64})  (.+)")


class Faulty(Exception):
    """The pack is not as it was signed, or is none."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack that is whole: by which key, for whom and when, and how much of it was checked."""

    key: str
    fingerprint: str
    manifest: dict[str, Any]
    parts: int
    facts: int
    checkpoints: int


def check(file: Path) -> Checked:
    """Raises `Faulty`, which says what is wrong; OSError where the file cannot be read."""
    with file.open("rb") as opened:
        return _read(opened)


def _read(opened: BinaryIO) -> Checked:
    try:
        with zipfile.ZipFile(opened) as pack:
            return _checked(pack)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Faulty("It is no whole zip file.") from None
    except (ValueError, KeyError, TypeError, AttributeError):  # signed, and yet not as any release writes it
        raise Faulty("It is not written as this release of factboard reads it.") from None


def _checked(pack: zipfile.ZipFile) -> Checked:
    names = pack.namelist()
    if len({*names}) != len(names):
        raise Faulty("The same part is in it twice.")
    if missing := [name for name in (SUMS, SIGNATURE, KEY, MANIFEST) if name not in names]:
        raise Faulty(f"{missing[0]} is missing: it is no case pack, or a cut one.")
    if sum(one.file_size for one in pack.infolist()) > MOST:
        raise Faulty("It is larger than any case pack.")
    key, sums = public_in(pack.read(KEY).decode()), pack.read(SUMS).decode()
    if not signed(key, sums, base64.b64encode(pack.read(SIGNATURE)).decode()):
        raise Faulty("The signature does not fit the list of parts: somebody has changed one of the two.")
    _as_listed(pack, names, sums)
    manifest = json.loads(pack.read(MANIFEST))
    if manifest["format"] != FORMAT or manifest["key"] != key:
        raise Faulty("The manifest is of another release, or of another key.")
    facts = sum(_of_the_chain(pack, name, manifest["counts"][name.partition(".")[0]]) for name in (FACTS, RULES))
    return Checked(key, fingerprint(key), manifest, len(names), facts, _checkpoints(pack, names))


def _as_listed(pack: zipfile.ZipFile, names: list[str], sums: str) -> None:
    """Every part is as it was when the list was signed, and there is no other."""
    listed = {match[2]: match[1] for line in sums.splitlines() if (match := _SUM.fullmatch(line))}
    if missing := sorted(listed.keys() - names):
        raise Faulty(f"{missing[0]} is missing.")
    if more := sorted({*names} - listed.keys() - UNSUMMED):
        raise Faulty(f"{more[0]} was added: it is not in the signed list.")
    for name, digest in listed.items():
        if hashlib.sha256(pack.read(name)).hexdigest() != digest:
            raise Faulty(f"{name} was changed.")


def _of_the_chain(pack: zipfile.ZipFile, name: str, counted: int) -> int:
    """Every fact has the hash that its own columns give, and its content the digest in it."""
    rows = [json.loads(line) for line in pack.read(name).decode().splitlines()]
    if len(rows) != counted:
        raise Faulty(f"{name} does not hold as many facts as the manifest says.")
    for row in rows:
        columns = ("previous", "team", "seq", "at", "actor", "kind", "version", "client", "placement", "digest")
        if hash_of(*(row[column] for column in columns)) != row["hash"]:
            raise Faulty(f"{name}: fact no. {row['seq']} has not the hash that it says.")
        if row.get("text") is not None and digest_of(row["text"], row["salt"]) != row["digest"]:
            raise Faulty(f"{name}: the content of fact no. {row['seq']} is not the one that was written.")
        if row.get("text") is not None and json.loads(row["text"]) != row["payload"]:
            raise Faulty(f"{name}: fact no. {row['seq']} says one thing and is signed for another.")
    return len(rows)


def _checkpoints(pack: zipfile.ZipFile, names: list[str]) -> int:
    found = [name for name in names if name.startswith(CHECKPOINTS)]
    for name in found:
        one = checkpoint.read(pack.read(name).decode())
        if not signed(one.key, one.text, one.signature):
            raise Faulty(f"{name}: the signature does not hold.")
    return len(found)
