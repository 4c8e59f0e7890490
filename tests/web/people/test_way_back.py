"""A worker's page leads back to where it was opened from, on every one of its tabs."""

from tests.web.counter import Counter
from tests.web.people.registered import a_case


def test_the_way_back_is_where_the_reader_came_from(counter: Counter) -> None:
    worker_id = a_case(counter).worker_id
    browser = counter.signed_in("caseworker-1")
    plain = browser.get(f"/workers/{worker_id}").text
    assert 'href="/workers">← 回零工列表' in plain
    found = browser.get(f"/workers/{worker_id}?back=/find").text
    assert 'href="/find">← 回查找结果' in found
    assert f'href="/workers/{worker_id}/facts?back=%2Ffind"' in found
    case = browser.get(f"/workers/{worker_id}?back=/cases/case-1").text
    assert 'href="/cases/case-1">← 回个案<' in case
    assert 'class="yz-back" href="//example.test' not in browser.get(f"/workers/{worker_id}?back=//example.test").text
