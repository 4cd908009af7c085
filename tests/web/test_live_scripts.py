"""Every page loads htmx so that it cannot start before its extension has come (`docs/live.md`)."""

from __future__ import annotations

import re

from factboard.assets import asset_dir


def test_htmx_and_its_stream_extension_are_not_deferred() -> None:
    base = (asset_dir("templates") / "base.html").read_text(encoding="utf-8")
    vendor_loop = re.search(r'"vendor/htmx\.min\.js".*?{% endfor %}', base, re.DOTALL)
    assert vendor_loop
    assert base.index("vendor/htmx.min.js") < base.index("vendor/hx-sse.min.js") < base.index('"live.js"')
    assert not re.search(r"\b(defer|async)\b", vendor_loop[0])
