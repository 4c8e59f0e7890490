"""Every page of every case of the demonstration: shown, in one language at a time, to those who may see it."""

import re

import pytest
from sqlalchemy import select

from store.engine import read
from store.tables.cases import determination, hardship_case
from tests.demo_record import PASSWORD
from tests.web.case.desk import PAGES
from tests.web.counter import Browser, Counter
from tests.web.spoken import chinese_words, english_words

READERS = {"station-1": "supervisor-1", "station-2": "manager-1", "station-3": "supervisor-3"}


def cases(demo: Counter) -> dict[str, str]:
    """Two of each stage: their stations by their ids."""
    query = select(hardship_case.c.id, hardship_case.c.station_id, hardship_case.c.stage).order_by(hardship_case.c.id)
    with read(demo.office.station.engine) as connection:
        rows = connection.execute(query).all()
    by_stage: dict[str, list[str]] = {}
    for row in rows:
        by_stage.setdefault(row.stage, []).append(row.id)
    chosen = {each for ids in by_stage.values() for each in (ids[0], ids[-1])}
    return {row.id: row.station_id for row in rows if row.id in chosen}


def reader(demo: Counter, staff: str, language: str) -> Browser:
    browser = demo.browser()
    browser.client.cookies.set("yizhan-language", language)
    return browser.sign_in(staff, PASSWORD)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_a_case_speaks_its_readers_language_alone(demo: Counter, language: str) -> None:
    browsers = {staff: reader(demo, staff, language) for staff in {*READERS.values(), "auditor-1"}}
    foreign = english_words if language == "zh" else chinese_words
    shown = 0
    for case_id, station in cases(demo).items():
        for browser in (browsers[READERS[station]], browsers["auditor-1"]):
            for page in (*PAGES, *determinations(demo, case_id)):
                answer = browser.get(f"/cases/{case_id}{page}")
                assert answer.status_code == 200, (case_id, page)
                # A name may be in Latin letters.
                stray = {words for words in foreign(answer.text) if "NGUYEN" not in words}
                assert not stray, (page, stray)
                shown += 1
    assert shown > 100


def test_nothing_personal_stands_in_an_address_or_a_title(demo: Counter) -> None:
    browser = reader(demo, "supervisor-1", "zh")
    for case_id, station in cases(demo).items():
        if READERS[station] != "supervisor-1":
            continue
        page = browser.get(f"/cases/{case_id}").text
        title = re.search(r"<title>(.*?)</title>", page)
        name = re.search(r'<h1 lang="zh-CN">(.*?)</h1>', page)
        assert title
        assert name
        assert name[1] not in title[1]
        # By themselves: the token of a form is any figures and letters.
        assert not re.search(r"(?<![0-9A-Za-z])(?:\d{17}[\dX]|1[3-9]\d{9})(?![0-9A-Za-z])", page), "a whole number"
        assert not any(name[1] in address for address in re.findall(r'(?:href|action)="([^"]*)"', page))


def determinations(demo: Counter, case_id: str) -> list[str]:
    query = select(determination.c.id).where(determination.c.case_id == case_id).order_by(determination.c.id)
    with read(demo.office.station.engine) as connection:
        ids = list(connection.scalars(query))
    compared = [f"/determinations/compare?a={ids[0]}&b={ids[-1]}", f"/determinations/{ids[0]}/today"] if ids else []
    return [*(f"/determinations/{each}" for each in ids), *compared]
