"""Looking for what must not be readable on a phone: in all that its pages can store, and in its profile's files."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

from playwright.async_api import Page

# Everything that is stored for our origin, keys and values, as one text; bytes as hexadecimal.
STORED = r"""async () => {
  const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const flat = (value) => {
    if (value instanceof CryptoKey) return `a key, extractable: ${value.extractable}`;
    if (value instanceof ArrayBuffer) return hex(value);
    if (ArrayBuffer.isView(value)) return hex(value.buffer);
    if (value instanceof Blob) throw new Error("a blob: to be looked into");
    if (Array.isArray(value)) return value.map(flat).join(" ");
    return value && typeof value === "object"
      ? Object.entries(value).map(([name, one]) => `${name}=${flat(one)}`).join(" ")
      : String(value);
  };
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = [location.href, document.title, flat(history.state), document.cookie, self.name];
  found.push(...performance.getEntries().map((one) => one.name));
  for (const { name } of await indexedDB.databases()) {
    const base = await answer(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const rows = base.transaction(store).objectStore(store);
      found.push(name, store, flat(await answer(rows.getAllKeys())), flat(await answer(rows.getAll())));
    }
    base.close();
  }
  found.push(flat({ ...localStorage }), flat({ ...sessionStorage }));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const kept = await cache.match(request);
      found.push(request.url, flat([...request.headers]), flat([...kept.headers]), await kept.text());
    }
  }
  return found.join("\n");
}"""


def forms(word: str) -> Iterator[bytes]:
    """The ways in which a word may be written and still be read."""
    for plain in (word.encode(), word.encode("utf-16-le")):
        yield plain
        yield plain.hex().encode()
        for shift in range(3):  # base64 of a text in which it stands anywhere
            yield base64.b64encode(b"\0" * shift + plain)[(0, 4, 4)[shift] : -4]
    yield from {quote(word).encode(), quote_plus(word).encode(), ascii(word)[1:-1].encode()}


def _unpacked(raw: bytes) -> bytes:
    """The bytes, and what is in them that was packed with gzip."""
    parts = [raw]
    for found in re.finditer(rb"\x1f\x8b\x08", raw):
        try:
            parts.append(zlib.decompressobj(31).decompress(raw[found.start() :]))
        except zlib.error:
            continue
    return b"\0".join(parts)


def on_disk(profile: Path) -> dict[str, bytes]:
    """The files of a profile. The browser may still be writing there."""
    found = {}
    for path in profile.rglob("*"):
        if path.is_file() and not path.is_symlink():
            try:
                found[str(path.relative_to(profile))] = _unpacked(path.read_bytes())
            except OSError:  # gone in the meantime
                continue
    return found


def leaks(where: dict[str, bytes], words: Iterable[str]) -> list[tuple[str, str]]:
    """Which of these words can be read, and where."""
    wanted = [(word, tuple(forms(word))) for word in words]
    return [(name, word) for name, raw in where.items() for word, ways in wanted if any(way in raw for way in ways)]


async def stored(page: Page) -> dict[str, bytes]:
    found: str = await page.evaluate(STORED)
    return {"what pages store": found.encode()}


def cached(files: dict[str, bytes]) -> set[str]:
    """The addresses whose answers the browser keeps in its cache of files, without their search parts."""
    kept = set()
    for name, raw in files.items():
        if "/Cache_Data/" in name:
            kept |= {urlsplit(one.decode()).path for one in re.findall(rb"https?://127\.0\.0\.1:\d+/[\w./?=&%-]*", raw)}
    return kept
