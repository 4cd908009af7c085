"""Every page loads htmx so that it cannot start before its extension and its listeners have come (`docs/live.md`)."""

from __future__ import annotations

import re

import pytest

from factboard.assets import TOGETHER, asset_dir, joined, static_parts

TEMPLATES = asset_dir("templates")


def scripts(template: str) -> list[str]:
    """The scripts that stand in this template, in order."""
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    (loop,) = re.findall(r'{% for script in \(([^)]*"htmx\.js"[^)]*)\) %}\s*<script [^>]* defer>', source)
    return re.findall(r'"([^"]+)"', loop)


def test_htmx_and_its_stream_extension_are_one_script() -> None:
    assert TOGETHER["htmx.js"] == ("vendor/htmx.min.js", "vendor/hx-sse.min.js")
    whole = joined(static_parts("htmx.js"))
    assert whole.index(b"registerExtension") < whole.rindex(b'registerExtension("sse"')


@pytest.mark.parametrize(("template", "watchdog"), [("base.html", "page.js"), ("wall/page.html", "live.js")])
def test_what_listens_to_htmx_is_there_before_it_begins(template: str, watchdog: str) -> None:
    assert "live.js" in TOGETHER.get(watchdog, (watchdog,))
    assert scripts(template).index(watchdog) < scripts(template).index("htmx.js")


def test_no_page_with_a_stream_loads_htmx_alone() -> None:
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        assert "hx-sse.min.js" not in source, template
        assert not ("hx-sse:connect" in source and "vendor/htmx.min.js" in source), template


def test_files_that_are_asked_for_as_one_all_exist_and_keep_apart() -> None:
    for name, parts in TOGETHER.items():
        whole = joined(static_parts(name)).decode()
        for part in parts:
            assert (asset_dir("static") / part).read_text(encoding="utf-8") in whole
