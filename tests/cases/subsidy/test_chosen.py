"""A case goes on a public list, and a payment into a file, that names it: a number typed by hand proves nothing."""

from dataclasses import replace

import pytest

from cases.subsidy.chosen import Chosen
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import SendPayment
from tests.cases.subsidy.counter import CHOSEN, POLICY, Counter, granted, in_payment

OTHER_PLACE = [
    pytest.param(None, ["unknown"], id="there is none"),
    pytest.param(replace(CHOSEN, station_id="station-2"), ["other-station"], id="of another station"),
    pytest.param(replace(CHOSEN, policy="startup-grant"), ["other-subsidy"], id="of another subsidy"),
    pytest.param(replace(CHOSEN, named=False), ["not-named"], id="names other cases"),
    pytest.param(
        Chosen("station-2", "startup-grant", named=False),
        ["other-station", "other-subsidy", "not-named"],
        id="all at once",
    ),
]


def against(counter: Counter, chosen: Chosen | None) -> Counter:
    counter.record.chosen = chosen
    return counter


@pytest.mark.parametrize(("chosen", "codes"), OTHER_PLACE)
def test_a_case_goes_on_no_list_that_does_not_name_it(chosen: Chosen | None, codes: list[str]) -> None:
    assert against(granted(), chosen).refused(PublishNotice("list"), "officer-1") == codes


@pytest.mark.parametrize(("chosen", "codes"), OTHER_PLACE)
def test_a_payment_goes_into_no_file_that_does_not_name_it(chosen: Chosen | None, codes: list[str]) -> None:
    counter = in_payment()
    payment = counter.orders()
    assert against(counter, chosen).refused(SendPayment(payment, "file"), "officer-2") == codes


def test_a_list_of_this_subsidy_that_names_the_case_has_it() -> None:
    counter = against(granted(), Chosen("station-1", POLICY, named=True))
    assert counter.does(PublishNotice("list"), "officer-1").notice_id == "list"


def test_a_number_that_is_blank_is_refused_as_that_alone() -> None:
    assert against(granted(), None).refused(PublishNotice(" "), "officer-1") == ["blank"]
