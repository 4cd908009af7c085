"""What is sent compressed, and what never is: streams, small answers, and pages that another site asked for."""

from __future__ import annotations

import gzip
import html
import re

import httpx2
import pytest

from factboard.addresses import ROUTES
from factboard.assets import asset_dir
from factboard.web.pages import static_url
from tests.service import Service

OWN = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"}
PLAIN = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}


async def raw(browser: httpx2.AsyncClient, path: str, headers: dict[str, str]) -> tuple[httpx2.Response, bytes]:
    """The answer and the bytes of its body as they travelled."""
    async with browser.stream("GET", path, headers=headers) as answer:
        return answer, b"".join([chunk async for chunk in answer.aiter_raw()])


@pytest.mark.parametrize("site", ["same-origin", "none"])
async def test_a_page_that_the_reader_asked_for_is_compressed(anna: httpx2.AsyncClient, site: str) -> None:
    answer, body = await raw(anna, "/board", OWN | {"Sec-Fetch-Site": site})
    plain, whole = await raw(anna, "/board", PLAIN)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(body))
    assert "content-encoding" not in plain.headers
    assert len(gzip.decompress(body)) == len(whole)
    assert len(body) < len(whole) / 2
    for one in (answer, plain):
        assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in one.headers["vary"].split(",")}
        assert one.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
async def test_a_page_that_another_site_may_have_asked_for_has_its_own_length(
    anna: httpx2.AsyncClient, site: str | None
) -> None:
    headers = {"Accept-Encoding": "gzip"} | ({"Sec-Fetch-Site": site} if site else {})
    answer, body = await raw(anna, "/board", headers)
    assert "content-encoding" not in answer.headers
    assert body.rstrip().endswith(b"</html>")


async def test_what_the_apps_worker_asks_for_repeats_no_guess_from_the_address(anna: httpx2.AsyncClient) -> None:
    answered = {one.path for one in ROUTES if one.method == "GET" and "{" not in one.path and "." not in one.path}
    assert {"/", "/flag", "/board", "/clients"} <= answered
    for path in sorted(answered):
        for name in ("guess", "client", "saved", "q"):
            page = (await anna.get(path, params={name: "Exempelsson 0701234567"}, follow_redirects=True)).text
            assert not re.search("Exempelsson|0701234567", page), (path, name)


async def test_the_other_language_is_the_same_page(anna: httpx2.AsyncClient) -> None:
    page = (await anna.get("/visits", params={"week": "2026-11-30", "lang": "sv"})).text
    there = html.unescape(re.search(r'href="([^"]+)" hreflang="en"', page)[1])  # type: ignore[index]
    asked = httpx2.URL(there)
    assert (asked.path, dict(asked.params)) == ("/visits", {"week": "2026-11-30", "lang": "en"})


async def test_head_says_the_same_as_get(anna: httpx2.AsyncClient) -> None:
    for path in ("/clients", "/static/app.js"):
        got, body = await raw(anna, path, OWN)
        said = await anna.head(path, headers=OWN)
        assert said.content == b""
        for name in ("content-encoding", "content-length", "vary", "content-type"):
            assert said.headers[name] == got.headers[name], (path, name)
        assert said.headers["content-length"] == str(len(body))


async def test_what_is_small_is_sent_as_it_is(anna: httpx2.AsyncClient) -> None:
    for path in ("/notices/count", "/healthz"):
        answer, _ = await raw(anna, path, OWN)
        assert "content-encoding" not in answer.headers


async def test_a_stream_is_never_compressed_nor_held_back(anna: httpx2.AsyncClient) -> None:
    async with anna.stream("GET", "/live/board", headers=OWN) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers
        async for chunk in answer.aiter_raw():  # the first one comes at once, and is text
            assert chunk.startswith(b"id: ")
            break


async def test_a_static_file_is_kept_compressed_with_a_tag_of_its_own(
    service: Service, nobody: httpx2.AsyncClient
) -> None:
    squeezed, body = await raw(nobody, "/static/app.js", {"Accept-Encoding": "gzip, br"})
    plain, whole = await raw(nobody, "/static/app.js", {"Accept-Encoding": "identity"})
    assert gzip.decompress(body) == whole
    assert squeezed.headers["content-encoding"] == "gzip"
    assert squeezed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert squeezed.headers["etag"] != plain.headers["etag"]
    assert plain.headers["content-type"].startswith("text/javascript")


async def test_an_unchanged_static_file_is_304(nobody: httpx2.AsyncClient) -> None:
    for coding in ("gzip", "identity"):
        headers = {"Accept-Encoding": coding}
        tag = (await nobody.get("/static/base.css", headers=headers)).headers["etag"]
        again = await nobody.get("/static/base.css", headers=headers | {"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["vary"]) == (tag, "Accept-Encoding")
    assert (await nobody.get("/static/base.css", headers={"If-None-Match": '"other"'})).status_code == 200


async def test_files_that_are_asked_for_as_one_are_one_and_change_their_address_with_each(
    nobody: httpx2.AsyncClient,
) -> None:
    answer, body = await raw(nobody, static_url("page.css"), {"Accept-Encoding": "gzip"})
    whole = gzip.decompress(body)
    for part in ("tokens.css", "base.css", "print.css"):
        assert (asset_dir("static") / part).read_bytes() in whole
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert (await nobody.post("/static/page.css", headers=OWN)).status_code == 405


async def test_there_is_no_way_out_of_the_static_folder(nobody: httpx2.AsyncClient) -> None:
    for path in ("/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/static/nothing.js", "/static/vendor"):
        assert (await nobody.get(path)).status_code == 404
