from dataclasses import replace
from datetime import time

import pytest

from cases.constraints import Constraints, Demands, Fit, HealthDemand, PayFloor, PayUnit, fit
from cases.hours import Hours, Shift

DAYS = Hours((Shift(frozenset(range(1, 6)), time(8), time(17)),))
NIGHTS = Hours((Shift(frozenset(range(1, 6)), time(22), time(6)),))
WORKER = Constraints(
    hours=DAYS,
    places=frozenset({"district"}),
    pay_floor=PayFloor(15_000, PayUnit.DAY),
    ruled_out=frozenset({HealthDemand.HEAVY_LIFTING}),
)
OFFER = Demands(
    hours=DAYS,
    places=frozenset({"province", "district", "street"}),
    pay_min_fen=15_000,
    pay_max_fen=20_000,
    pay_unit=PayUnit.DAY,
    health=frozenset({HealthDemand.LONG_STANDING}),
)
MET = Fit(hours=True, place=True, pay_floor=True, health=True)
UNKNOWN = Fit(hours=None, place=None, pay_floor=None, health=None)


def test_an_offer_that_meets_everything() -> None:
    assert fit(WORKER, OFFER) == MET
    assert fit(WORKER, OFFER).proved


@pytest.mark.parametrize(
    ("offer", "expected"),
    [
        pytest.param(replace(OFFER, hours=NIGHTS), replace(MET, hours=False), id="at night"),
        pytest.param(replace(OFFER, hours=None), replace(MET, hours=None), id="hours not said"),
        pytest.param(replace(OFFER, places=frozenset({"province", "elsewhere"})), replace(MET, place=False), id="far"),
        pytest.param(replace(OFFER, places=None), replace(MET, place=None), id="place not said"),
        pytest.param(replace(OFFER, pay_min_fen=14_999), replace(MET, pay_floor=None), id="perhaps a fen too little"),
        pytest.param(
            replace(OFFER, pay_min_fen=10_000, pay_max_fen=14_999), replace(MET, pay_floor=False), id="a fen too little"
        ),
        pytest.param(replace(OFFER, pay_min_fen=None), replace(MET, pay_floor=None), id="only the most is said"),
        pytest.param(replace(OFFER, pay_min_fen=None, pay_max_fen=14_999), replace(MET, pay_floor=False), id="too low"),
        pytest.param(replace(OFFER, pay_max_fen=None), MET, id="only the least is said"),
        pytest.param(replace(OFFER, pay_unit=PayUnit.MONTH), replace(MET, pay_floor=None), id="pay by the month"),
        pytest.param(
            replace(OFFER, health=frozenset({HealthDemand.HEAVY_LIFTING})), replace(MET, health=False), id="too heavy"
        ),
        pytest.param(replace(OFFER, health=None), replace(MET, health=None), id="demands not said"),
    ],
)
def test_each_constraint_by_itself(offer: Demands, expected: Fit) -> None:
    assert fit(WORKER, offer) == expected
    assert fit(WORKER, offer).proved is (expected == MET)


def test_unknown_constraints_are_no_proof() -> None:
    assert fit(Constraints(), OFFER) == UNKNOWN
    assert not fit(Constraints(), OFFER).proved


def test_having_no_limit_is_known() -> None:
    anything = Constraints(DAYS, frozenset({"province"}), PayFloor(0, PayUnit.DAY), frozenset())
    assert fit(anything, replace(OFFER, pay_unit=PayUnit.PIECE, pay_min_fen=None)).proved
