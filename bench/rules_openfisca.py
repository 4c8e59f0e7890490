"""The benchmark's policy in OpenFisca, run by an interpreter that has it: a program of its own, of no other's parts.

It reads {"people": [...], "chunks": n} and writes {"outputs": [[...], ...], "rates": [...]}: the outputs of each,
and how many were decided a second of processor time, one person and one simulation at a time.

    python -m venv elsewhere && elsewhere/bin/pip install openfisca-core
    OPENFISCA_PYTHON=elsewhere/bin/python make bench ARGS="rules --only others"
"""

# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, PLR2004  # OpenFisca has no types, and nothing of this project is imported here

import json
import sys
import time

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = build_entity(key="person", plural="people", label="A person", is_person=True)
PERIOD = "2026-06"
CATEGORIES = ["ordinary", "disabled", "zero_employment", "minimum_living", "older", "landless", "long_without_work"]
STATUSES = ["unemployed", "flexible", "platform", "employed", "self_employed"]
UNEMPLOYED, FLEXIBLE, PLATFORM, _, SELF_EMPLOYED = range(5)
TRAINING = np.array([0, 100_000, 150_000, 200_000, 300_000, 400_000])
OUTPUTS = [
    "category",
    "si_amount",
    "si_months_left",
    "training",
    "living",
    "loan",
    "startup",
    "accident",
    "post",
]


def category(p):
    working = (p("age_m") >= 192) & (p("age_m") < p("retire_m"))
    old = p("age_m") >= np.where(p("sex") == 1, 600, 480)
    grounds = [
        p("dis_level") >= 1,
        p("zero_family"),
        p("min_allow"),
        old,
        p("land_loss"),
        p("registered") & (p("unemp_m") >= 12),
    ]
    return working * np.select([ground > 0 for ground in grounds], range(1, 7), 0)


def months_left(p):
    to_retirement = p("retire_m") - p("age_m")
    return np.where(to_retirement + p("si_used_m") <= 60, to_retirement, 36 - p("si_used_m"))


def insured(p):
    status = p("status")
    return (
        (p("category") > 0)
        & ((status == FLEXIBLE) | (status == PLATFORM))
        & (p("contrib") > 0)
        & (p("months_left") > 0)
    )


def si_amount(p):
    return np.where(p("insured"), np.minimum(p("contrib") * 2 // 3, 60_000), 0)


def si_months_left(p):
    return np.where(p("insured"), p("months_left"), 0)


def training(p):
    hard, full = p("category") > 0, TRAINING[p("course_level")]
    owed = (p("course_level") >= 1) & (p("course_passed") > 0)
    owed &= hard | (p("grad_years") <= 2) | (p("status") == PLATFORM)
    return np.where(owed, np.where(hard, full, full * 80 // 100), 0)


def living(p):
    owed = (p("category") > 0) & (p("training") > 0) & (p("train_days") >= 5)
    return np.where(owed, 5000 * np.minimum(p("train_days"), 60), 0)


def loan(p):
    cap = np.where(p("partners") < 2, 200_000, np.minimum(200_000 * p("partners"), 1_000_000))
    owed = (p("status") == SELF_EMPLOYED) & (p("biz_m") <= 36) & (p("loan_req") > 0)
    owed &= (p("category") > 0) | (p("grad_years") <= 5) | (p("hires") >= 3)
    return np.where(owed, np.minimum(p("loan_req"), cap), 0)


def startup(p):
    owed = (p("status") == SELF_EMPLOYED) & (p("biz_m") >= 6) & ((p("category") > 0) | (p("grad_years") <= 5))
    return np.where(owed, 200_000 + 100_000 * np.minimum(p("hires"), 3), 0)


def accident(p):
    owed = (p("status") == PLATFORM) & (p("has_policy") > 0) & (p("active_days") >= 30)
    return np.where(owed, np.minimum(p("premium") * np.where(p("category") > 0, 100, 50) // 100, 10_000), 0)


def post(p):
    found = p("category")
    last_resort = (found == 1) | (found == 2) | (found == 4)
    nothing = p("si_amount") + p("training") + p("loan") + p("startup") + p("accident") == 0
    return (p("status") == UNEMPLOYED) & last_resort & (p("registered") > 0) & (p("offers_refused") < 3) & nothing


FORMULAS = [category, months_left, insured, si_amount, si_months_left, training, living, loan, startup, accident, post]


def variable(name, function=None):
    """A monthly whole number of a person; with a formula, or an input."""
    members = {"value_type": int, "entity": PERSON, "definition_period": DateUnit.MONTH, "label": name}
    if function:
        members["formula"] = lambda person, period, _: function(lambda read: person(read, period))
    return type(name, (Variable,), members)


def system(inputs):
    found = TaxBenefitSystem([PERSON])
    for name in inputs:
        found.add_variable(variable(name))
    for function in FORMULAS:
        found.add_variable(variable(function.__name__, function))
    return found


def decide(rules, person):
    simulation = SimulationBuilder().build_default_simulation(rules, count=1)
    for name, value in person.items():
        simulation.set_input(name, PERIOD, np.array([value]))
    found = [simulation.calculate(name, PERIOD)[0] for name in OUTPUTS]
    return [CATEGORIES[found[0]], *map(int, found[1:-1]), bool(found[-1])]


def main():
    asked = json.load(sys.stdin)
    people = [
        {**person, "sex": int(person["sex"] == "male"), "status": STATUSES.index(person["status"])}
        for person in asked["people"]
    ]
    rules = system(people[0])
    outputs = [decide(rules, person) for person in people]
    rates = []
    for _ in range(asked["chunks"]):
        began = time.process_time()
        for person in people:
            decide(rules, person)
        rates.append(len(people) / (time.process_time() - began))
    json.dump({"outputs": outputs, "rates": rates}, sys.stdout)


if __name__ == "__main__":
    main()
