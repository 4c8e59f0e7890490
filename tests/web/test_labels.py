"""The error summary says which field each error is about."""

import re

from tests.web.counter import Counter


def _summary(page: str) -> str:
    found = re.search(r'<div class="govuk-error-summary".*?</ul>', page, re.DOTALL)
    assert found, "the page has no error summary"
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def test_every_error_of_an_empty_registration_begins_with_its_field(counter: Counter) -> None:
    page = counter.signed_in("caseworker-1").send("/register", {"station": "station-1", "opens": "yes"})
    assert page.status_code == 422
    for label in ("姓名", "证件号码", "电话"):
        assert f"{label}：请填写这一项" in _summary(page.text)
    assert "\x00" not in page.text


def test_what_somebody_typed_is_no_place_for_a_label(counter: Counter) -> None:
    page = counter.signed_in("caseworker-1").send(
        "/register", {"station": "station-1", "opens": "yes", "name": "\x00phone\x00"}
    )
    assert "\x00" not in page.text
