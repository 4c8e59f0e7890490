"""Every example of a subsidy can be read by the command it is for, and is decided as its first line says."""

import re
from pathlib import Path
from typing import Any

import pytest

from activities.bootstrap import load_policies
from activities.subsidy_intake import read_application
from cases.applications import Application
from cases.canonical import canonical
from cases.commands import SUBSIDY_ACTS
from cases.determinations import Conclusion
from cases.identity import parse_identity
from cli.yaml_input import read_fields
from rules.evaluate import evaluate_known
from rules.facts import StoredFact, read_facts
from rules.reckoner import known_facts
from store.seed_offers import EMPLOYERS
from store.seed_places import STAFF, STATIONS
from tests.test_examples import EXAMPLES, REGISTRATION, TODAY

COMMAND = re.compile(
    r"^#   yizhan (?:subsidy apply|case do CASE (?P<act>[a-z-]+)) examples/subsidies/(?P<file>[a-z0-9-]+\.yaml) "
    r"--as (?P<staff>\S+)$",
    re.MULTILINE,
)
FILES = sorted((EXAMPLES / "subsidies").glob("*.yaml"))


def command_of(example: Path) -> re.Match[str]:
    found = COMMAND.search(example.read_text(encoding="utf-8"))
    assert found, f"{example.name} does not name its command"
    return found


APPLICATIONS = [example for example in FILES if command_of(example)["act"] is None]


def application_of(example: Path) -> tuple[Application, dict[str, Any]]:
    fields = read_fields(example, TODAY)
    return read_application(fields), fields


@pytest.mark.parametrize("example", FILES, ids=lambda path: path.name)
def test_an_example_names_the_command_that_reads_it(example: Path) -> None:
    found = command_of(example)
    assert found["file"] == example.name
    assert found["staff"] in STAFF


@pytest.mark.parametrize("example", [each for each in FILES if each not in APPLICATIONS], ids=lambda path: path.name)
def test_an_act_of_a_subsidy_case_is_read(example: Path) -> None:
    act = SUBSIDY_ACTS.read_act(command_of(example)["act"], read_fields(example, TODAY))
    assert command_of(example)["act"] == act.KIND


@pytest.mark.parametrize("example", APPLICATIONS, ids=lambda path: path.name)
def test_an_application_tells_declared_facts_of_applicants_that_are_there(example: Path) -> None:
    application, _ = application_of(example)
    policies = load_policies()
    assert application.station in {station.id for station in STATIONS}
    refused = [reason for fact in application.facts for reason in policies.fact_refusals(fact.name, fact.value)]
    assert refused == []
    assert all(fact.established_on <= TODAY for fact in application.facts)
    registered = read_fields(REGISTRATION, TODAY)["worker"]["identity_number"]
    known = {registered, *(row[0] for row in EMPLOYERS), *(row[3] for row in EMPLOYERS)}
    hired = application.hired.told if application.hired else ()
    assert {*application.applicant.told, *hired} <= known


def test_the_worker_s_application_is_granted_without_another_question() -> None:
    application, fields = application_of(EXAMPLES / "subsidies" / "application.yaml")
    assert application.applicant.identity_number
    identity = parse_identity(application.applicant.identity_number, TODAY)
    stored = {fact["name"]: StoredFact(canonical(fact["value"])) for fact in fields["facts"]}
    for name, value in (("born_on", str(identity.born_on)), ("sex", identity.sex.value), ("applied_on", str(TODAY))):
        stored[name] = StoredFact(canonical(value))
    rules = load_policies().book.resolve(application.policy, "cn-50-99", TODAY).rules
    found = evaluate_known(rules, known_facts(rules, read_facts(stored, rules.facts).facts))
    assert found.conclusion is Conclusion.GRANTED


def test_the_table_of_examples_names_every_file() -> None:
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in FILES if f"`subsidies/{path.name}`" not in table] == []
