"""Which addresses may be a push service: whoever is signed in names one, and the server calls it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 2_000
NAME = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*", re.IGNORECASE)  # a host's name, never an address in numbers
PRIVATE = ("local", "localhost", "internal", "intranet", "lan", "home", "corp", "arpa", "test", "invalid", "onion")


def origins(setting: str) -> frozenset[str]:
    """The operator's own push services, `http(s)://HOST:PORT` by comma."""
    return frozenset(one.strip().rstrip("/") for one in setting.split(",") if one.strip())


def origin(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def is_push_service(endpoint: str, own: frozenset[str] = frozenset()) -> bool:
    """Public, by https and by name, or one of the operator's `own`. Where a name leads is asked when it is called."""
    if len(endpoint) > LONGEST or not re.fullmatch(r"[!-\[\]-~]+", endpoint):
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if "@" in parts.netloc:
        return False
    if origin(endpoint) in own:
        return True
    public = NAME.fullmatch(host) is not None and host.rpartition(".")[2].lower() not in PRIVATE
    return parts.scheme == "https" and port in (None, 443) and public
