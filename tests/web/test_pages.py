"""Pages: safe by default, right in each language and zone, the same template as a page and in the dialog."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import UndefinedError
from starlette.applications import Starlette
from starlette.requests import Request

from factboard.assets import asset_dir
from factboard.domain.events import Role, Settings
from factboard.domain.state import Team
from factboard.web.pages import environment, page, static_url
from factboard.web.times import Times

NOW = datetime(2026, 11, 26, 8, 41, tzinfo=UTC)
TEMPLATES = sorted(asset_dir("templates").rglob("*.html"))
ZONE = "Europe/Stockholm"


def asked(path: str = "/board", query: str = "", language: str = "sv", **headers: str) -> Request:
    app = Starlette()
    app.state.clock, app.state.demo = lambda: NOW, None
    names = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": names,
        "app": app,
    }
    request = Request(scope)
    request.state.language = language
    return request


def made(request: Request, template: str = "error.html", **context: Any) -> str:
    return bytes(page(request, template, **({"key": "unknown_page"} | context)).body).decode()


def written(source: str, language: str = "sv", **context: Any) -> str:
    return environment(language, ZONE).from_string(source).render(**context)


# --- safety -----------------------------------------------------------------------------------------------


def test_what_people_typed_is_text_and_never_markup() -> None:
    typed = "<script>alert(1)</script>\"'"
    html = written(
        '{% from "macros/forms.html" import field, textarea, problems %}'
        '{{ typed }}{{ field(typed, "a", typed, typed) }}{{ textarea("b", "b", typed) }}{{ problems({"a": typed}) }}',
        typed=typed,
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39;") == 6


def test_a_name_that_is_missing_is_an_error_and_no_empty_spot() -> None:
    with pytest.raises(UndefinedError):
        written("{{ stay.reason }}", stay=SimpleNamespace())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_style_or_script_of_its_own(path: Path) -> None:
    html = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    if path.name == "file.html":  # opened from a folder, on paper: it carries its sheet of style with it
        html = html.replace("<style>", "")
    assert re.findall(r"<style|<script(?! src=)|\sstyle=|\son[a-z]+=|\shx-on|javascript:", html) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_picture_that_is_named_is_drawn(path: Path) -> None:
    sprite = (asset_dir("templates") / "macros" / "sprite.html").read_text()
    named = set(re.findall(r'icon\("([a-z]+)"\)', path.read_text()))
    assert {name for name in named if f'id="i-{name}"' not in sprite} == set()


# --- the page ---------------------------------------------------------------------------------------------


def test_one_template_is_a_page_and_htmx_gets_its_content_only() -> None:
    whole, part = made(asked()), made(asked(HX_Request="true"))
    assert whole.startswith("<!doctype html>")
    assert "<h1>Finns inte</h1>" in whole
    assert "<html" not in part
    assert 'id="dialog-title"' in part
    assert "Sidan finns inte." in part


def test_a_page_says_its_language_what_it_is_not_and_where_the_other_language_is() -> None:
    html = made(asked("/clients", "q=%C3%85sa&lang=sv"))
    assert '<html lang="sv">' in html
    assert "Ring 112" in html
    assert 'href="/clients?%71=%C3%85%73%61&amp;lang=en"' in html
    assert "call 112" in made(asked(language="en"))


def test_the_menu_offers_what_the_role_may_do() -> None:
    def menu(*rights: str) -> set[str]:
        request = asked()
        team = Team("kusten", 1, Settings(name="Kusten", client_word="brukare"), {}, {})
        request.state.who = SimpleNamespace(
            teams=1,
            screen=None,
            user="u1",
            team="kusten",
            role=Role.LEAD,
            username="anna",
            name="Anna Exempelsson",
            team_state=team,
            may=lambda right: right.value in rights,
        )
        return set(re.findall(r'href="(/[a-z]+)"', made(request))) - {"/static"}

    assert {"/board", "/clients", "/flag", "/notices"} <= menu("care")
    assert not {"/import", "/settings", "/history", "/admin"} & menu("care")
    assert {"/import", "/settings"} <= menu("care", "lead")
    assert "/history" in menu("history")
    assert not {"/board", "/clients", "/flag"} & (menu("audit") | menu("admin"))
    assert not {"/board", "/history", "/notices"} & menu()


def test_an_answer_depends_on_who_asks_and_how() -> None:
    answer = page(asked(), "error.html", status=404, headers={"HX-Trigger": "saved"}, key="unknown_page")
    assert answer.status_code == 404
    assert answer.headers["hx-trigger"] == "saved"
    assert "HX-Request" in answer.headers["vary"]


def test_the_address_of_a_static_file_changes_with_its_content() -> None:
    first = static_url("app.js")
    assert re.fullmatch(r"/static/app\.js\?[0-9a-f]{10}", first)
    assert first.partition("?")[2] != static_url("base.css").partition("?")[2]
    with pytest.raises(FileNotFoundError):
        static_url("not-there.js")


# --- form parts -------------------------------------------------------------------------------------------


def test_a_mistake_stands_beside_its_field_and_is_tied_to_it() -> None:
    html = written(
        '{% from "macros/forms.html" import field, problems %}'
        "{{ problems(wrong) }}"
        '{{ field("Skäl", "reason", "för kort", wrong["reason"], hint="En mening", required=true) }}',
        wrong={"reason": "Fyll i det här."},
    )
    assert '<a href="#f-reason">Fyll i det här.</a>' in html
    assert 'aria-describedby="h-reason e-reason"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="för kort"' in html
    assert 'for="f-reason"' in html


def test_choices_keep_what_was_chosen() -> None:
    html = written(
        '{% from "macros/forms.html" import radios, checkboxes, select %}'
        '{{ radios("R", "r", pairs, "b") }}{{ checkboxes("C", "c", pairs, ["a", "b"]) }}'
        '{{ select("S", "s", pairs, "a") }}',
        pairs=[("a", "Ett"), ("b", "Två")],
    )
    assert html.count(" checked") == 3
    assert re.search(r'name="r" value="b"[^>]* checked', html)
    assert '<option value="a" selected>Ett</option>' in html
    assert html.count("<fieldset") == 2


# --- days and times ---------------------------------------------------------------------------------------

SV, EN = Times("sv", ZONE), Times("en", ZONE)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: SV.day(date(2026, 11, 26)), "tors 26 nov"),
        (lambda: EN.day(date(2026, 11, 26)), "Thu 26 Nov"),
        (lambda: SV.day(datetime(2026, 11, 25, 23, 30, tzinfo=UTC)), "tors 26 nov"),
        (lambda: SV.full_day(date(2027, 1, 2)), "lör 2 jan 2027"),
        (lambda: SV.clock(NOW), "09:41"),
        (lambda: EN.clock(time(13, 5)), "13:05"),
        (lambda: SV.clock(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)), "02:30"),
        (lambda: SV.clock(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)), "02:30"),
        (lambda: EN.moment(NOW), "Thu 26 Nov 09:41"),
        (lambda: SV.near(date(2026, 11, 26), NOW), "i dag"),
        (lambda: SV.near(datetime(2026, 11, 25, 22, 59, tzinfo=UTC), NOW), "i går"),
        (lambda: EN.near(date(2026, 11, 27), NOW), "tomorrow"),
        (lambda: EN.near(date(2026, 11, 29), NOW), "Sun 29 Nov"),
        (lambda: EN.near(date(2027, 1, 2), NOW), "Sat 2 Jan 2027"),
        (lambda: SV.short_day(date(2026, 5, 2), NOW), "2 maj"),
        (lambda: EN.short_day(date(2025, 5, 2), NOW), "2 May 2025"),
        (lambda: SV.days_count(0), "i dag"),
        (lambda: SV.days_count(1), "1 dag"),
        (lambda: EN.days_count(12), "12 days"),
        (lambda: SV.number(12345), "12\N{NO-BREAK SPACE}345"),
        (lambda: EN.number(12345), "12,345"),
    ],
)
def test_days_and_numbers_are_said_as_the_reader_says_them(said: Callable[[], str], expected: str) -> None:
    assert said() == expected


def test_the_same_instant_is_another_day_in_another_zone() -> None:
    assert Times("en", "America/New_York").day(datetime(2026, 11, 26, 3, 0, tzinfo=UTC)) == "Wed 25 Nov"


# --- contrast ---------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    bright, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", (asset_dir("static") / "tokens.css").read_text()
    )
}
MARKS = ("blue", "red", "violet", "amber", "teal", "green", "brown", "grey")
PAIRS = [
    *((text, ground, 4.5) for text in ("ink", "muted", "link", "late", "good") for ground in ("paper", "surface")),
    *((text, "sunken", 4.5) for text in ("ink", "muted", "late")),
    *((f"on-{ground}", ground, 4.5) for ground in ("strong", "loud", "fresh")),
    *((mark, ground, 3.0) for mark in (*MARKS, "edge", "focus") for ground in ("paper", "surface")),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("above", "below", "least"), PAIRS)
def test_text_and_marks_stand_out_in_both_themes(above: str, below: str, least: float, theme: int) -> None:
    assert contrast(TOKENS[above][theme], TOKENS[below][theme]) >= least
