"""From a template and what it needs to a page: the one place where HTML is made.

Every template is rendered in one language and one zone, so a view that many readers share needs no request
(`render`); `page` adds what belongs to one reader. Autoescaping is always on, and a name that is missing is
an error, never an empty spot on the board.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from starlette.requests import Request
from starlette.responses import HTMLResponse

from factboard.assets import asset_dir, joined, static_parts
from factboard.domain.crisis_plan import standing_on
from factboard.domain.events import Settings
from factboard.domain.out_of_hours import says_112
from factboard.domain.people import Right
from factboard.domain.state import Team
from factboard.domain.visits import covered_by
from factboard.web.language import NAMES, catalogue, other
from factboard.web.security import SAFE, is_fragment
from factboard.web.sight import is_limited, was_then
from factboard.web.telephone import numbers
from factboard.web.times import Times
from factboard.web.words import initial, words_for

VARY = {"Vary": "HX-Request, Cookie, Accept-Language"}
NOBODYS = Settings(name="")  # the words and zone of a page that belongs to no team


def render(template: str, language: str, *, team: Team | None = None, **context: Any) -> str:
    """The template as HTML, in the team's words and zone. Needs no request: for views that many share."""
    settings = team.settings if team else NOBODYS
    words = words_for(settings, language)
    found = environment(language, settings.time_zone).get_template(template)
    return found.render(team=team, words=words, language=language, **context)


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page for this reader, or only its content where htmx asks for it.

    A template that can be both says `{% extends layout %}`. Adds `who`, `team`, `right(name)`, `now` (UTC),
    `demo` (the demo's bar, or None), `path`, `of_nobody` (see `shell`), `sight` (by which an open page asks
    whether it may still show what it does; "": it may) and `switch` (to the other language).
    """
    html = render(template, request.state.language, **_of_the_reader(request), **context)  # no name given twice
    return HTMLResponse(html, status, VARY | dict(headers or {}))


def shell(request: Request, template: str, **context: Any) -> HTMLResponse:
    """A page of the reader's team without anybody in it, the reader included: such a one may be kept on a phone."""
    nobody = {"who": None, "sight": "", "right": lambda name: False, "demo": None, "of_nobody": True}
    html = render(template, request.state.language, **_of_the_reader(request) | nobody, **context)
    return HTMLResponse(html, headers=VARY)


def _of_the_reader(request: Request) -> dict[str, Any]:
    who = getattr(request.state, "who", None)
    return {
        "team": who.team_state if who else None,
        "layout": "dialog.html" if is_fragment(request) else "base.html",
        "who": who,
        "of_nobody": False,
        "right": lambda name: who is not None and who.may(Right(name)),
        "demo": getattr(request.app.state, "demo", None),
        "now": request.app.state.clock(),
        "path": request.url.path,
        "sight": was_then(request) if is_limited(who) else "",
        "switch": _switch(request, other(request.state.language)),
    }


class Compiled(BytecodeCache):
    """Templates compiled once for all languages and zones, which differ only in what a template is given."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@cache
def environment(language: str, zone: str) -> Environment:
    """Jinja2 in one language and one zone."""
    made = Environment(
        loader=FileSystemLoader(asset_dir("templates")),
        bytecode_cache=COMPILED,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    sentences = catalogue(language)
    made.install_gettext_callables(sentences.gettext, sentences.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= Times(language, zone).filters()
    made.filters |= {"initial": initial, "numbers": numbers, "says_112": says_112}
    made.globals |= {"static_url": static_url, "zone": zone, "covered_by": covered_by}
    made.globals |= {"crisis_standing": standing_on}
    return made


@cache
def static_url(path: str) -> str:
    """The address of a static file, which changes with its content, so that it may be cached for ever."""
    digest = hashlib.sha256(joined(static_parts(path))).hexdigest()
    return f"/static/{path}?{digest[:10]}"


def _switch(request: Request, language: str) -> dict[str, str]:
    """The same page in another language, by one touch; an answer to a form has no address to come back to.

    What the address asks for is repeated as numbers, not in its letters: see `compressed`.
    """
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    path = request.url.path if request.method in SAFE else "/"
    asked = "".join(f"{_numbers(key)}={_numbers(value)}&" for key, value in query)
    return {"language": language, "name": NAMES[language], "url": f"{path}?{asked}lang={language}"}


def _numbers(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())
