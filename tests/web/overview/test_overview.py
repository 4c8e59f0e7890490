"""The overview: every figure equals the number of cases that it opens."""

import re

from store.behind import Figure, What, cases_behind
from store.engine import read
from store.overview import overview
from store.scope import scope_of
from tests.web.counter import Counter
from web.overview import figures

LINK = re.compile(r'href="(/overview/[a-z-]+(?:\?[^"]*)?)"[^>]*>(?:在办 )?(\d+)(?: 件)?</a>')


def test_every_figure_equals_the_cases_that_it_opens(demo: Counter) -> None:
    browser = demo.signed_in("manager-1")
    page = browser.get("/overview").text
    # A case can have several terms in one week; every other figure counts cases.
    found = [(href, int(n)) for href, n in LINK.findall(page) if "/met" not in href and "/missed" not in href]
    assert len(found) > 20
    for href, count in found:
        assert f"共 {count} 件" in browser.get(href.replace("&amp;", "&")).text, href


def test_the_figures_of_the_stations_add_up_to_the_open_cases(demo: Counter) -> None:
    with read(demo.office.station.engine) as connection:
        scope = scope_of(connection, "manager-1", demo.hands.today)
        stations = overview(connection, scope, demo.hands())
        _, open_cases = cases_behind(connection, scope, Figure(What.OPEN), demo.hands())
    assert sum(station.open for station in stations) == open_cases > 10
    for station in stations:
        assert sum(part.value for part in figures.by_turn(station)) == station.open


def test_a_manager_opens_no_figure_of_another_place(demo: Counter) -> None:
    browser = demo.signed_in("manager-1")
    assert "station-3" not in browser.get("/overview").text
    assert browser.get("/overview/open?station=station-3").status_code == 404
    assert browser.get("/overview/no-such-figure").status_code == 404


def test_a_caseworker_has_no_overview(demo: Counter) -> None:
    assert demo.signed_in("caseworker-1").get("/overview").status_code == 403


def test_the_overview_speaks_english(demo: Counter) -> None:
    browser = demo.signed_in("manager-1")
    browser.client.cookies.set("yizhan-language", "en")
    assert "every figure opens its cases" in browser.get("/overview").text
