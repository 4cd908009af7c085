"""Reading what the service has written: its pages' words, its history, its access log."""

from __future__ import annotations

import html
import io
import re
import zipfile
from html.parser import HTMLParser

import httpx2

from factboard.domain.events import Recorded
from factboard.domain.state import Client
from factboard.storage import access, history, projections
from factboard.storage.codec import recorded
from tests.service import OWN, Service

FRAGMENT = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


def words(answer: httpx2.Response) -> str:
    """What a person reads on a page, without its frame."""
    _, main, inside = answer.text.rpartition("<main")
    content = (inside.partition(">")[2] if main else answer.text).partition('<footer class="foot"')[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", content)).split())


def text_of(content: bytes) -> str:
    """All that a person could read in an answer, in a zipped file too."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def typed(answer: httpx2.Response, name: str) -> str:
    """What stands in this field of the form."""
    found = re.search(rf'(?s)<(?:textarea|input)[^>]*name="{name}"[^>]*', answer.text)
    assert found, name
    tag = found.group()
    if tag.startswith("<textarea"):
        rest = answer.text[found.end() + 1 :]
        return html.unescape(rest.split("</textarea>")[0]).removeprefix("\n")
    value = re.search(r'value="([^"]*)"', tag)
    return html.unescape(value.group(1)) if value else ""


async def seq(service: Service, team: str = OWN) -> int:
    """The number of the team's newest fact."""
    async with service.app.state.store.reading() as connection:
        return (await history.heads(connection, [team]))[team]


async def facts(service: Service, after: int = 0, team: str = OWN, *, tasks: bool = False) -> list[Recorded]:
    """What was written after this number; without the tasks to write a crisis plan that flags bring with them."""
    async with service.app.state.store.reading() as connection:
        rows = await history.newest(connection, team, limit=500)
    found = [recorded(row) for row in reversed(rows) if row.seq > after]
    return [row for row in found if tasks or not getattr(row.fact, "task", None)]


async def client(service: Service, name: str, team: str = OWN) -> Client:
    async with service.app.state.store.reading() as connection:
        known = await projections.client(connection, team, service.clients[name])
    assert known
    return known


async def looks(service: Service, team: str = OWN) -> set[tuple[str | None, str, str, str | None]]:
    """Who saw whom: (actor, action, view, client), without the doings of streams."""
    await service.app.state.access.flush()
    async with service.app.state.store.reading() as connection:
        return {(look.actor, look.action, look.view, look.client) for look in await access.read(connection, team)}


class _Form(HTMLParser):
    """The fields of the page's newest long form, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._inside = self._template = False
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        name = known.get("name", "")
        if tag == "form":
            self._inside = known.get("action", "").endswith(("/edit", "/withdraw"))
        if tag == "template":
            self._template = True
        if not self._inside or self._template:
            return
        if tag == "input" and (known.get("type") not in ("checkbox", "radio") or "checked" in known):
            self.found[name] = known.get("value", "")
        elif tag == "textarea":
            self._area, self.found[name] = name, ""
        elif tag == "select":
            self._select, self.found[name] = name, ""
        elif tag == "option" and "selected" in known:
            self.found[self._select] = known.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._template = False
        if tag == "textarea" and self._area:
            self.found[self._area] = self.found[self._area].removeprefix("\n")
            self._area = ""
        if tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data


def fields(answer: httpx2.Response) -> dict[str, str]:
    """What the page's form about a document would send, untouched."""
    form = _Form()
    form.feed(answer.text)
    return form.found
