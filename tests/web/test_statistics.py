"""The statistics: what a lead and a unit manager see of their team, and what an auditor does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from fractions import Fraction
from io import BytesIO
from xml.etree.ElementTree import fromstring

import httpx2
import pytest
import pytest_asyncio
from openpyxl import load_workbook

from factboard.domain.events import Settings
from factboard.domain.state import Team
from factboard.domain.statistics import (
    DEFINITIONS,
    Behind,
    Distribution,
    Figure,
    Group,
    Head,
    Key,
    Kind,
    Number,
    Rule,
    Source,
    Unit,
    masked,
)
from factboard.domain.statistics.definitions import Why
from factboard.domain.statistics.episodes import Ending
from factboard.domain.statistics.shapes import spread
from factboard.web.statistics import terms
from factboard.web.statistics.charts import Chart, Look, Series, Shape, draw, scale
from factboard.web.statistics.saying import Numbers, rounded
from tests.conftest import Clock
from tests.service import Service
from tests.web.reading import looks, words

NOVEMBER = {"first": "2026-11-01", "last": "2026-11-30"}


@pytest_asyncio.fixture
async def monika(service: Service) -> AsyncIterator[httpx2.AsyncClient]:
    """The unit manager."""
    async with service.person("monika") as client:
        yield client


async def test_a_unit_manager_begins_with_the_figures_and_changes_nothing(monika: httpx2.AsyncClient) -> None:
    answer = await monika.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/statistics")
    page = await monika.get("/statistics")
    assert page.status_code == 200
    assert 'href="/history"' in page.text
    assert 'href="/board"' not in page.text
    assert 'action="/flag"' not in page.text


async def test_a_period_stands_beside_the_one_before_and_names_nobody(
    service: Service, clock: Clock, monika: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel")
    clock.forward(minutes=5)
    page = await monika.get("/statistics", params=NOVEMBER)
    read = words(page)
    assert "1 nov – 30 nov 2026" in read
    assert "1 okt – 31 okt 2026" in read
    assert "Uppsatta på tavlan" in read
    assert "Team Kusten, 1 nov – 30 nov 2026. Utskrivet mån 23 nov 2026." in read
    assert "Exempel" not in read
    assert "style=" not in page.text
    ids = [part.split('"')[0] for part in page.text.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


async def test_a_period_from_before_the_history_says_when_it_began(
    service: Service, clock: Clock, monika: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel")
    clock.forward(minutes=5)
    for path in ("/statistics", "/statistics/put_on"):
        before = await monika.get(path, params=NOVEMBER)
        assert "<small>historiken började 23 nov 2026</small>" in before.text
        later = await monika.get(path, params={"first": "2026-11-23", "last": "2026-11-30"})
        assert later.text.count("<small>historiken började") < before.text.count("<small>historiken började")
    sheet = await monika.get("/statistics/fidelity.xlsx", params=NOVEMBER)
    heads = [
        cell for row in load_workbook(BytesIO(sheet.content)).worksheets[0].iter_rows(values_only=True) for cell in row
    ]
    assert "Värde förra mätperioden (historiken började 23 nov 2026)" in heads


async def test_a_figure_opens_to_whom_it_counts_and_the_look_is_logged(
    service: Service, clock: Clock, monika: httpx2.AsyncClient
) -> None:
    await service.put_on("Stina Exempel")
    clock.forward(minutes=5)
    read = words(await monika.get("/statistics/put_on", params=NOVEMBER))
    assert "Stina Exempel" in read
    assert "Åke" not in read
    assert "Antal perioder på tavlan som började under mätperioden" in read
    assert ("monika", "read", "statistics", service.clients["Stina Exempel"]) in await looks(service)


@pytest.mark.parametrize(("figure", "columns"), [("put_on", 4), ("kept_on", 5)])
async def test_what_is_behind_a_figure_has_no_column_that_says_nothing(
    service: Service, clock: Clock, monika: httpx2.AsyncClient, figure: str, columns: int
) -> None:
    await service.put_on("Stina Exempel")
    clock.forward(minutes=5)
    page = await monika.get(f"/statistics/{figure}", params=NOVEMBER)
    behind = page.text.split('id="behind"')[1]
    assert behind.count('<th scope="col">') == columns  # kept on: also how often, and nobody is "not counted"


async def test_an_auditor_sees_nobody_behind_a_figure(service: Service, clock: Clock) -> None:
    await service.put_on("Stina Exempel")
    clock.forward(minutes=5)
    async with service.person("maria") as maria:
        for named in (False, True):
            if named:
                assert (await maria.post("/unmask", data={"reason": "Tillsyn"})).status_code == 303
            read = words(await maria.get("/statistics/put_on", params=NOVEMBER))
            assert "Stina" not in read
            assert "små tal är dolda" in read
    assert not [look for look in await looks(service) if look[0] == "maria" and look[2] == "statistics"]


@pytest.mark.parametrize("path", ["/statistics", "/statistics/time_on_board"])
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "igår", "last": "2026-11-30"}, "Det här är inget datum"),
        ({"first": "2026-11-20", "last": "2026-11-01"}, "innan det börjar"),
        ({"first": "2026-11-01"}, "Fyll i det här"),
        ({"first": "2026-11-01", "last": "9999-12-31"}, "för tidig eller för sen"),
        ({"first": "1990-01-01", "last": "2026-11-30"}, "högst 10 år"),
    ],
)
async def test_what_is_no_period_is_said_beside_the_field(
    monika: httpx2.AsyncClient, path: str, asked: dict[str, str], said: str
) -> None:
    answer = await monika.get(path, params=asked)
    assert answer.status_code == 422
    assert said in words(answer)
    assert f'value="{asked["first"]}"' in answer.text


async def test_a_figure_that_there_is_not_is_no_page(monika: httpx2.AsyncClient) -> None:
    assert (await monika.get("/statistics/league_table")).status_code == 404


async def test_the_fidelity_sheet_has_numbers_and_no_formula_and_is_logged(service: Service, clock: Clock) -> None:
    await service.put_on("Stina Exempel")
    clock.forward(minutes=5)
    async with service.person("lars") as lars:
        answer = await lars.get("/statistics/fidelity.xlsx", params=NOVEMBER)
    assert answer.headers["content-disposition"] == (
        'attachment; filename="fidelity-kusten-2026-11-01-2026-11-30.xlsx"'
    )
    book = load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    fidelity = {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True)}
    assert fidelity["H1 Liten ärendemängd"][2] == pytest.approx(2.5)  # five clients, a clinician and a lead
    assert fidelity["H1 Liten ärendemängd"][3] == 5  # points
    assert fidelity["H5 Personalkontinuitet"][2:4] == ("för kort historik",) * 2
    assert "Räknas inte ut." in fidelity["H6"][1]
    figures = {row[0]: row[1:] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert figures["Uppsatta på tavlan"][0] == "dolt"  # one
    tables = {row[:3]: row[3:] for row in book.worksheets[2].iter_rows(values_only=True)}
    assert ("dolt", "–") in tables.values()
    assert ("lars", "exported", "statistics.xlsx", None) in await looks(service)
    async with service.person("lars") as lars:
        assert (await lars.get("/statistics/fidelity.xlsx", params={"first": "x"})).status_code == 303


def test_every_figure_and_every_head_has_its_words() -> None:
    assert set(terms.FIGURES) == set(Key)
    for table, of in (
        (terms.GROUPS, Group), (terms.HEADS, Head), (terms.ENDINGS, Ending), (terms.KINDS, Kind), (terms.RULES, Rule),
        (terms.SOURCES, Source), (terms.WHY, Why), (terms.UNITS, Unit),
    ):  # fmt: skip
        assert set(table) == set(of)
    for language in ("sv", "en"):
        numbers = Numbers.of(language, Team("kusten", 1, Settings("Kusten"), {}, {}))
        for told in terms.FIGURES.values():
            assert all(numbers.gettext(sentence).strip() for sentence in told)
        for sentences in (terms.SOURCES, terms.RULES):
            assert all(numbers.gettext(sentence) for sentence in sentences.values())


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (Fraction(1, 3), Unit.SHARE, "33.3 %"),
        (Fraction(1), Unit.DAYS, "1 day"),
        (Fraction(49, 2), Unit.DAYS, "24.5 days"),
        (Fraction(59), Unit.MINUTES, "59 min"),
        (Fraction(90), Unit.MINUTES, "1.5 h"),
        (Fraction(47), Unit.HOURS, "47 h"),
        (Fraction(60), Unit.HOURS, "2.5 days"),
        (Fraction(1), Unit.DAYS_A_WEEK, "1 day a week"),
        (Fraction(17, 12), Unit.A_WEEK, "1.42 a week"),
        (Fraction(1_234), Unit.COUNT, "1,234"),
        (None, Unit.DAYS, "–"),
    ],
)
def test_a_value_is_said_in_its_unit(value: Fraction | None, unit: Unit, said: str) -> None:
    numbers = Numbers.of("en", Team("kusten", 1, Settings("Kusten"), {}, {}))
    assert numbers.value(value, unit).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("value", "places", "whole"), [("0.5", 0, 1), ("2.5", 0, 3), ("0.0005", 3, 0.001), ("2", 1, 2)]
)
def test_a_half_is_rounded_up(value: str, places: int, whole: float) -> None:
    assert rounded(Fraction(value), places) == whole


def test_a_distribution_says_its_middle_half_its_tail_and_never_a_mean() -> None:
    numbers = Numbers.of("en", Team("kusten", 1, Settings("Kusten"), {}, {}))
    figure = Figure(Key.TIME_ON_BOARD, spread(map(Fraction, (1, 2, 3, 4, 100))), left_open=2)
    assert numbers.short(figure) == "3 days"
    said = " / ".join(numbers.beside(figure))
    assert said == (
        "the median; half of them between 2 days and 4 days / one in ten longer than 61.6 days / "
        "the longest 100 days / "
        "of 5 / 2 not over yet"
    )
    assert DEFINITIONS[Key.TIME_ON_BOARD].unit is Unit.DAYS


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("0.2", "1.1", "between 12 min and 66 min"),
        ("1", "30", "between 1 h and 30 h"),
        ("5", "72", "between 5 h and 72 h"),
        ("30", "72", "between 1.3 days and 3 days"),
        ("2", "240", "between 0.1 days and 10 days"),
    ],
)
def test_both_ends_of_the_middle_half_have_one_unit(low: str, high: str, said: str) -> None:
    numbers = Numbers.of("en", Team("kusten", 1, Settings("Kusten"), {}, {}))
    ends = Distribution(9, Fraction(low), Fraction(low), Fraction(high))
    assert said in numbers.beside(Figure(Key.FLAG_TO_CONTACT, ends))[0].replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_hidden_is_said_to_be_and_nothing_else() -> None:
    numbers = Numbers.of("en", Team("kusten", 1, Settings("Kusten"), {}, {}))
    many = tuple(Behind(Kind.STAY, str(n), str(n), value=Fraction(n)) for n in range(20))
    length = masked(Figure(Key.TIME_ON_BOARD, spread(Fraction(n) for n in range(20)), many))
    assert numbers.beside(length) == [
        "the median; half of them between 4.8 days and 14.3 days",
        "of 20",
        "small numbers hidden",
    ]
    few = masked(Figure(Key.PUT_ON, Number(Fraction(3)), many[:3]))
    assert (numbers.short(few), numbers.beside(few)) == ("–", ["small numbers hidden"])
    enough = masked(Figure(Key.PUT_ON, Number(Fraction(20)), many))
    assert (numbers.short(enough), numbers.beside(enough)) == ("20", [])


def a_chart(shape: Shape, *values: float | None) -> Chart:
    labels = tuple(f"<b>{place}&" for place in range(len(values)))
    series = (Series("Now", Look.NOW, values), Series('"Before"', Look.BEFORE, values[::-1]))
    return Chart("c-1", "A title & more", "Told <so>", shape, labels, series, lambda value: f"{value:g} days")


@pytest.mark.parametrize("shape", Shape)
def test_a_chart_is_shapes_and_classes_and_nothing_else(shape: Shape) -> None:
    svg = fromstring(str(draw(a_chart(shape, 3, None, 7.5))))
    parts = list(svg.iter())
    allowed = {"svg", "g", "path", "rect", "circle", "line", "text", "title", "desc"}
    assert {part.tag for part in parts} <= allowed
    attributes = {name for part in parts for name in part.attrib}
    assert not [name for name in attributes if name in ("style", "fill", "stroke") or name.startswith("on")]
    ids = [part.attrib["id"] for part in parts if "id" in part.attrib]
    assert ids == ["c-1", "c-1-title", "c-1-told"]
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == "c-1-title c-1-told"


def test_each_value_of_a_chart_is_said_with_its_own_name_and_label() -> None:
    for shape in Shape:
        svg = fromstring(str(draw(a_chart(shape, 3, None, 7.5))))
        said = {(group.attrib["class"], title.text) for group in svg.iter("g") for title in _titles(group)}
        now, before = f"series {Look.NOW}", f"series {Look.BEFORE}"
        assert said == {
            (now, "<b>0&, Now: 3 days"), (now, "<b>2&, Now: 7.5 days"),
            (before, '<b>0&, "Before": 7.5 days'), (before, '<b>2&, "Before": 3 days'),
        }  # fmt: skip


def _titles(group: object) -> list[object]:
    return list(group.iter("title")) if group.attrib["class"].startswith("series") else []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((), [0, 1]),
        ((0,), [0, 1]),
        ((3,), [0, 1, 2, 3]),
        ((9,), [0, 2, 4, 6, 8, 10]),
        ((0.4,), [0, 0.1, 0.2, 0.3, 0.4]),
    ],
)
def test_a_scale_begins_at_nothing_and_has_round_numbers(values: tuple[float, ...], ticks: list[float]) -> None:
    assert scale(values) == pytest.approx(ticks)
