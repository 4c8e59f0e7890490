"""The same policy in other engines, for comparison. What is not installed is left out, and that is said.

durable-rules is the one we have: here it only gives its verdicts, on fields that were reckoned before, and without the
memory settings that its own process has. zen-engine decides everything, in one expression node behind a loader that
keeps it compiled. OpenFisca (AGPL-3.0) is no part of this project: where OPENFISCA_PYTHON names an interpreter that has
it, `bench/rules_openfisca.py` runs there as a program of its own.
"""

import importlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.rules_measuring import Row, against, each, rate, spread
from bench.rules_plain import decided_by_hand
from bench.rules_population import OUTPUTS
from bench.rules_single import the_policy
from rules.durable_engine import LoadedProgram
from rules.python_program import program_of

FEW: Final = 3_000  # people; these engines take their time
OPENFISCA: Final = Path(__file__).parent / "rules_openfisca.py"
EXPRESSIONS: Final = {
    "working": "age_m >= 192 and age_m < retire_m",
    "old": "(sex == 'male' and age_m >= 600) or (sex == 'female' and age_m >= 480)",
    "category": "not($.working) ? 'ordinary' : dis_level >= 1 ? 'disabled' : zero_family ? 'zero_employment' : "
    "min_allow ? 'minimum_living' : $.old ? 'older' : land_loss ? 'landless' : "
    "(registered and unemp_m >= 12) ? 'long_without_work' : 'ordinary'",
    "hard": "$.category != 'ordinary'",
    "left": "retire_m - age_m + si_used_m <= 60 ? retire_m - age_m : 36 - si_used_m",
    "insured": "$.hard and (status == 'flexible' or status == 'platform') and contrib > 0 and $.left > 0",
    "si_amount": "$.insured ? min([floor(contrib * 2 / 3), 60000]) : 0",
    "si_months_left": "$.insured ? $.left : 0",
    "level": "[0, 100000, 150000, 200000, 300000, 400000][course_level]",
    "training": "course_level >= 1 and course_passed and ($.hard or grad_years <= 2 or status == 'platform') ? "
    "($.hard ? $.level : floor($.level * 80 / 100)) : 0",
    "living": "$.hard and $.training > 0 and train_days >= 5 ? 5000 * min([train_days, 60]) : 0",
    "loan": "status == 'self_employed' and biz_m <= 36 and loan_req > 0 and ($.hard or grad_years <= 5 or hires >= 3) "
    "? min([loan_req, partners < 2 ? 200000 : min([200000 * partners, 1000000])]) : 0",
    "startup": "status == 'self_employed' and biz_m >= 6 and ($.hard or grad_years <= 5) ? "
    "200000 + 100000 * min([hires, 3]) : 0",
    "accident": "status == 'platform' and has_policy and active_days >= 30 ? "
    "min([floor(premium * ($.hard ? 100 : 50) / 100), 10000]) : 0",
    "post": "status == 'unemployed' and ($.category == 'disabled' or $.category == 'zero_employment' or "
    "$.category == 'older') and registered and offers_refused < 3 and $.si_amount == 0 and $.training == 0 and "
    "$.loan == 0 and $.startup == 0 and $.accident == 0",
}


def rows(everybody: Sequence[Mapping[str, Any]], chunks: int) -> Iterator[Row]:
    some = everybody[:FEW]
    plain = each(decided_by_hand, some)
    for name, make in (("durable-rules, verdicts only", _durable), ("zen-engine, one expression node", _zen)):
        work = make(some)
        if work is None:
            yield _left_out(name, "the package is not installed")
            continue
        function, cases = work
        _, rates, ratio = against(plain, each(function, cases), chunks)
        yield Row(f"other engines: {name}", median(rates), ratio)
    yield _openfisca(some, chunks)


Work = tuple[Callable[[Any], object], Sequence[Any]]


def _left_out(name: str, why: str) -> Row:
    sys.stderr.write(f"LEFT OUT: {name}: {why}\n")
    return Row(f"other engines: {name}", 0.0, note=f"LEFT OUT: {why}")


def _durable(some: Sequence[Mapping[str, Any]]) -> Work:
    policy = the_policy()
    loaded, fields = LoadedProgram(policy.engine.program), program_of(policy).engine_fields(policy.engine.asked)
    return loaded.verdicts, [fields(person) for person in some]


def _zen(some: Sequence[Mapping[str, Any]]) -> Work | None:
    if importlib.util.find_spec("zen") is None:
        return None
    zen = importlib.import_module("zen")
    decision = zen.ZenDecisionContent(json.dumps(_graph()))  # a loader that gives text has it compiled every time
    engine = zen.ZenEngine({"loader": lambda _: decision})

    def decide(person: Mapping[str, Any]) -> object:
        return engine.evaluate("policy", person)

    for person in some:
        found = engine.evaluate("policy", dict(person))["result"]
        assert tuple(found[name] for name in OUTPUTS) == decided_by_hand(dict(person)), "zen-engine"
    return decide, [dict(person) for person in some]


def _graph() -> Mapping[str, object]:
    expressions = [
        {"id": f"e{place}", "key": key, "value": value} for place, (key, value) in enumerate(EXPRESSIONS.items())
    ]
    content = {"expressions": expressions, "passThrough": False, "inputField": None, "outputPath": None}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {"id": "policy", "type": "expressionNode", "name": "policy", "position": {"x": 1, "y": 0}, "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "policy", "type": "edge"},
        {"id": "b", "sourceId": "policy", "targetId": "out", "type": "edge"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _openfisca(some: Sequence[Mapping[str, Any]], chunks: int) -> Row:
    name, python = "OpenFisca, one person at a time", os.environ.get("OPENFISCA_PYTHON", "")
    if not python or not OPENFISCA.exists():
        return _left_out(name, "OPENFISCA_PYTHON names no interpreter that has it")
    asked = json.dumps({"people": list(some[:200]), "chunks": chunks})
    answer = subprocess.run([python, str(OPENFISCA)], input=asked, capture_output=True, text=True, check=True)
    told = json.loads(answer.stdout)
    expected = [list(decided_by_hand(dict(person))) for person in some[:200]]
    assert told["outputs"] == expected, "OpenFisca"
    plain = [rate(each(decided_by_hand, some), time.process_time) for _ in range(chunks)]
    ratio = spread([theirs / median(plain) for theirs in told["rates"]])
    return Row(f"other engines: {name}", median(told["rates"]), ratio, note="a process of its own, not in turns")
